"""A worry about somebody: what was noticed, whom to phone, and the page with the steps that go with it."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from desktop import clock
from desktop.actions import endings
from desktop.language import _
from desktop.rules import deeds as rules
from desktop.rules.dates import PAST
from desktop.rules.declared import typed_values
from desktop.rules.gp import Gp
from desktop.rules.tasks import who
from desktop.screens.asked import WIDE, Asks
from desktop.screens.case_forms import case_form, case_or_none, deed_or_none, value_of
from desktop.screens.doctors import GpCard, HelpLines
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import Gone, day_field, hour_field
from desktop.storage.gp import find_gp, find_surgery, list_gp_choices
from desktop.storage.models import Person, Voucher, Worry
from desktop.widgets import parts
from desktop.widgets.fields import Choice, Item
from desktop.widgets.form import Card, Extra, Form
from desktop.widgets.pages import Page


def worry(office: Office, voucher_id: int = 0, worry_id: int | None = None) -> Page:
    """Phone the GP today: the numbers stand large beside the form, those that always answer in it."""
    if not office.may_open("meldcode"):
        return _report(office, voucher_id)
    old = deed_or_none(office, "worry", worry_id)
    voucher = case_or_none(office, old.voucher_id if old else voucher_id)
    if voucher is None or (worry_id and old is None):
        return Gone(_("Report a worry"))
    gp = office.desk.look(find_gp, voucher.id) or Gp()
    card = GpCard(_("Whom you call"), gp)
    form = case_form(
        office,
        about_worry(voucher.person),
        [_noticed_card(office), _gp_card(office, voucher.person)],
        rules.WorryDraft,
        endings.correct_worry if old else endings.record_worry,
        _values(office, voucher, old, gp),
        key=f"worry:{voucher.id}",
        old=old,
        take_back=endings.take_back_worry,
        extras=_after_a_worry(office, voucher.id),
        side=parts.column(card, None),
    )
    _show_help(form)
    asked = form.editor("own_practice")
    asked.edited.connect(lambda: _show_gp(office, form, card, gp))
    return form


def _report(office: Office, voucher_id: int) -> Page:
    """What somebody noticed who takes no further steps: written down at once, and told to the coach."""
    voucher = case_or_none(office, voucher_id)
    if voucher is None:
        return Gone(_("Report a worry"))
    form = case_form(
        office,
        about_worry(voucher.person),
        [_noticed_card(office)],
        rules.WorryDraft,
        endings.record_worry,
        {"voucher_id": voucher.id, "noticed_on": office.today},
        key=f"worry:{voucher.id}",
        side=parts.column(
            parts.card(
                _("And now"),
                parts.label(_("Tell the coach at once, by voice. In immediate danger: 112.")),
                parts.label(_("What you write here is read by coaches only. You cannot open it again."), "muted"),
            ),
            None,
        ),
    )
    _show_help(form)
    return form


def about_worry(person: Person) -> str:
    """ "Zorg over Robin d'Hondt"."""
    return _("Worry about {who}").format(who=who(person.known_as))


def steps_page(kind: str) -> str:
    """The page with the steps that go with what it is about."""
    return "suicide" if kind == "suicide" else "meldcode"


def own_practice_field(office: Office, person: Person) -> Choice:
    """Whose patient this is: asked of the person, and kept with them."""
    return Choice(
        "own_practice",
        _("Who is the GP?"),
        partial(_choices, office, person.own_practice_id),
        help=_("The practice as this person says it"),
        width=3,
    )


def _noticed_card(office: Office) -> Card:
    ask = Asks("worry", office.today)
    return Card(
        _("What was noticed"),
        [
            ask.switch("kind", width=WIDE, required=True),
            ask.text("noticed_on", required=True),
            ask.text("note"),
        ],
    )


def _gp_card(office: Office, person: Person) -> Card:
    ask = Asks("worry", office.today)
    phoned: list[Item] = [
        own_practice_field(office, person),
        day_field("called_on", _("GP phoned on"), office.today, PAST),
        hour_field("called_at", _("Time")),
        ask.text("reached"),
        ask.choice(
            "called_practice",
            partial(_choices, office, None),
            help=_("Empty: somebody else, such as the out-of-hours GP"),
            width=2,
        ),
        ask.text("done_on"),
    ]
    return Card(_("The GP"), phoned)


def _choices(office: Office, with_id: int | None) -> Sequence[tuple[int, str]]:
    return office.desk.look(list_gp_choices, with_id) or []


def _values(office: Office, voucher: Voucher, old: Worry | None, gp: Gp) -> dict[str, Any]:
    called = clock.local(old.called_at) if old and old.called_at else None
    usual = gp.surgery.id if gp.surgery is not None else None
    return {
        "voucher_id": voucher.id,
        **(typed_values("worry", old) if old else {"noticed_on": office.today, "meldcode_step": 1}),
        "called_on": called.date() if called else None,
        "called_at": called.time() if called else None,
        "called_practice": old.called_practice_id if old and called else usual,
        "own_practice": voucher.person.own_practice_id,
    }


def _show_help(form: Form) -> None:
    """Who always answers, under what it is about."""
    lines = HelpLines()
    form.add_below("kind", lines)

    def look() -> None:
        lines.show_for(value_of(form.editor("kind")) or "")

    form.edited.connect(look)
    look()


def _show_gp(office: Office, form: Form, card: GpCard, first: Gp) -> None:
    """Somebody said whose patient this is: that practice is phoned."""
    chosen = value_of(form.editor("own_practice"))
    surgery = office.desk.look(find_surgery, chosen) if chosen else None
    card.show_gp(Gp(surgery, "own") if surgery is not None else first)
    if surgery is not None:
        form.set_values({"called_practice": surgery.id})


def _after_a_worry(office: Office, voucher_id: int) -> list[Extra]:
    """The doctor should hear of it the same day, and what is done is recorded as steps."""

    def write(made: Worry) -> None:
        office.open("signal", voucher_id=voucher_id, worry_id=made.id)

    def go_on(made: Worry) -> None:
        office.open(steps_page(made.kind), worry_id=made.id)

    return [Extra(_("Save and write to the practice"), then=write), Extra(_("Save and record steps"), then=go_on)]


PAGES: dict[str, PageMaker] = {"worry": worry}
