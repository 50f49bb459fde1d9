"""The steps of a worry, each with its day: of the Meldcode with its weighing, or those at signs of suicide."""

from collections.abc import Callable, Mapping
from typing import Any

from desktop import clock
from desktop.actions.meldcode import record_steps, record_suicide_steps
from desktop.language import _
from desktop.rules import suicide as suicide_rules
from desktop.rules.codes import YES_NO, options
from desktop.rules.dates import PAST
from desktop.rules.gp import Gp
from desktop.rules.meldcode import DECISIONS, STEPS, WEIGHING, MeldcodeDraft, says_must_report, weighed
from desktop.rules.suicide import SuicideDraft
from desktop.screens.asked import LONGEST
from desktop.screens.case_forms import deed_or_none, value_of
from desktop.screens.doctors import GpCard, HelpLines
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import Gone, about, day_field
from desktop.storage.gp import find_gp
from desktop.storage.meldcode import list_steps
from desktop.storage.models import Worry
from desktop.widgets import parts
from desktop.widgets.fields import Item, Switch, Text
from desktop.widgets.form import Card, Extra, Form
from desktop.widgets.pages import Page

WEIGHED_AT, DECIDED_AT = 4, 5  # steps


def meldcode(office: Office, worry_id: int) -> Page:
    """What was done at each step; the weighing and the two decisions are asked where they belong."""
    worry = deed_or_none(office, "worry", worry_id)
    if worry is None:
        return Gone(_("Meldcode"))
    if worry.kind == "suicide":
        return suicide(office, worry_id)
    cards = [Card(_(text), [*_step_fields(office, step, _("With whom, and what came of it")), *_questions(step)])
             for step, text in STEPS.items()]  # fmt: skip
    answers = {name: getattr(worry, name) or None for name in (*WEIGHING, *DECISIONS)}
    form = _steps_form(office, about(_("Meldcode"), worry.person), cards, MeldcodeDraft, record_steps, worry, answers)
    _ask_what_applies(form)
    return form


def suicide(office: Office, worry_id: int) -> Page:
    """112, 113, the GP today, and nobody left alone."""
    worry = deed_or_none(office, "worry", worry_id)
    if worry is None:
        return Gone(_("Steps at signs of suicide"))
    if worry.kind != "suicide":
        return meldcode(office, worry_id)
    cards = [Card(_(text), _step_fields(office, step, _("What was said and agreed")))
             for step, text in suicide_rules.STEPS.items()]  # fmt: skip
    called = {f"on_{suicide_rules.SPOKEN_TO_GP}": clock.local(worry.called_at).date()} if worry.called_at else {}
    title = about(_("Steps at signs of suicide"), worry.person)
    return _steps_form(office, title, cards, SuicideDraft, record_suicide_steps, worry, called)


def _step_fields(office: Office, step: int, words: str) -> list[Item]:
    return [
        day_field(f"on_{step}", _("Taken on"), office.today, PAST),
        Text(f"note_{step}", words, lines=2, width=2, limit=LONGEST),
    ]


def _questions(step: int) -> list[Item]:
    asked = {WEIGHED_AT: WEIGHING, DECIDED_AT: DECISIONS}.get(step, {})
    return [Switch(name, _(text), options(YES_NO)) for name, text in asked.items()]


def _steps_form(
    office: Office,
    title: str,
    cards: list[Card],
    draft: Callable[..., Any],
    save: Callable[..., Any],
    worry: Worry,
    values: Mapping[str, Any],
) -> Form:
    filled: dict[str, Any] = {"worry_id": worry.id, **values}
    for row in office.desk.look(list_steps, worry.id) or []:
        filled |= {f"on_{row.step}": row.done_on, f"note_{row.step}": row.note}

    def write(_worry: object) -> None:
        office.open("signal", voucher_id=worry.voucher_id, worry_id=worry.id)

    gp = office.desk.look(find_gp, worry.voucher_id) or Gp()
    return Form(
        office.desk,
        title,
        cards,
        lambda **given: draft(**{name: value for name, value in given.items() if value is not None}),
        save,
        values=filled,
        key=f"{'suicide' if worry.kind == 'suicide' else 'meldcode'}:{worry.id}",
        keep=office.keep,
        said=_("Steps saved"),
        extra_buttons=[Extra(_("Save and write to the practice"), then=write)],
        side=parts.column(
            parts.card(_("Always reachable"), HelpLines(worry.kind)), GpCard(_("The GP"), gp, large=False), None, gap=12
        ),
        place="people",
    )


def _ask_what_applies(form: Form) -> None:
    """Without a suspicion nothing more is weighed; danger says which decision there is."""
    said = parts.label(
        _("Acutely or structurally unsafe: it must be reported to Veilig Thuis, whatever help there is."), "complaint"
    )
    form.add_below("must_report", said)

    def look() -> None:
        asked = weighed(value_of(form.editor("weigh_suspected")) or "")
        for name in WEIGHING:
            form.show_field(name, name in asked)
        unsafe = value_of(form.editor("weigh_unsafe")) or ""
        said.setVisible("weigh_unsafe" in asked and says_must_report(unsafe))

    form.edited.connect(look)
    look()


PAGES: dict[str, PageMaker] = {"meldcode": meldcode, "suicide": suicide}
