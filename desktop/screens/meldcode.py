"""The five steps of the Meldcode for a worry, each with its day."""

from typing import Any

from desktop.actions.meldcode import record_steps
from desktop.language import _
from desktop.rules.meldcode import STEPS, MeldcodeDraft
from desktop.screens.case_forms import deed_or_none
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import Gone, about, day_field
from desktop.storage.meldcode import list_steps
from desktop.widgets import parts
from desktop.widgets.fields import Text
from desktop.widgets.form import Card, Extra, Form
from desktop.widgets.pages import Page


def meldcode(office: Office, worry_id: int) -> Page:
    """What was done at each step; one that was not taken stays empty."""
    worry = deed_or_none(office, "worry", worry_id)
    if worry is None:
        return Gone(_("Meldcode"))
    values: dict[str, Any] = {"worry_id": worry.id}
    for row in office.desk.look(list_steps, worry.id) or []:
        values |= {f"on_{row.step}": row.done_on, f"note_{row.step}": row.note}
    cards = [
        Card(_(text), [
            day_field(f"on_{step}", _("Taken on"), office.today),
            Text(f"note_{step}", _("With whom, and what came of it"), lines=2, width=2, limit=2000),
        ])
        for step, text in STEPS.items()
    ]  # fmt: skip

    def write(_worry: object) -> None:
        office.open("signal", voucher_id=worry.voucher_id, worry_id=worry.id)

    advice = _("Veilig Thuis gives advice day and night, also without a name: 0800 2000. In danger: 112.")
    return Form(
        office.desk,
        about(_("Meldcode"), worry.person),
        cards,
        _draft,
        record_steps,
        values=values,
        key=f"meldcode:{worry.id}",
        keep=office.keep,
        said=_("Steps saved"),
        extra_buttons=[Extra(_("Save and write to the practice"), then=write)],
        side=parts.column(parts.card(_("Advice"), parts.label(advice, "muted")), None),
        place="people",
    )


def _draft(**values: Any) -> MeldcodeDraft:
    return MeldcodeDraft(**{name: value for name, value in values.items() if value is not None})


PAGES: dict[str, PageMaker] = {"meldcode": meldcode}
