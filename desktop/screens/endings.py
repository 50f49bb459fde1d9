"""The end of a case and its being opened again, and whose case it is."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from desktop.actions import endings
from desktop.actions.deceased import record_death, take_back_death
from desktop.actions.vouchers import change_coach
from desktop.language import _
from desktop.rules import deeds as rules
from desktop.rules.deceased import DeathDraft
from desktop.rules.declared import typed_values
from desktop.rules.ends import goes_on, may_go_on
from desktop.rules.letters_due import SIGNAL
from desktop.screens.asked import WIDE, Asks
from desktop.screens.case_forms import (
    ask_take_back,
    case_form,
    case_or_none,
    deed_or_none,
    follow,
    value_of,
)
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import (
    Gone,
    about,
    coach_options,
)
from desktop.storage.ends import Held, list_held
from desktop.storage.letters_due import due_of_case
from desktop.storage.people import find_person
from desktop.widgets import parts
from desktop.widgets.fields import Item, Switch
from desktop.widgets.form import Card, Extra, Form
from desktop.widgets.pages import Page

KEEPS, YES, NO = "keeps_", "yes", "no"


def close(office: Office, voucher_id: int, closing_id: int | None = None) -> Page:
    """How it ended; only what goes with the outcome is asked."""
    old = deed_or_none(office, "closing", closing_id)
    voucher = case_or_none(office, old.voucher_id if old else voucher_id)
    if voucher is None or (closing_id and old is None):
        return Gone(_("Close"))
    values = {"voucher_id": voucher.id, **(typed_values("closing", old) if old else {"closed_on": office.today})}
    held = office.desk.look(list_held, voucher.id, closing_id) or []
    if old is not None:
        values |= {f"{KEEPS}{each.id}": YES if each.kept else NO for each in held}
    ask = Asks("closing", office.today)
    fields: list[Item] = [
        ask.choice("outcome", width=2, required=True),
        ask.text("closed_on", required=True),
        ask.choice("reason", width=2),
        ask.text("passed_on_to", width=2),
        *_place_fields(held),
        ask.text("note"),
    ]

    def write_letter(_closing: object) -> None:
        _open_letter(office, voucher.id)

    form = case_form(
        office,
        about(_("Close"), voucher.person),
        [Card("", fields)],
        _closing_draft,
        endings.correct_closing if old else endings.close_case,
        values,
        key=f"close:{voucher.id}",
        old=old,
        take_back=endings.take_back_closing,
        extras=[] if old else [Extra(_("Save and write the letter"), then=write_letter)],
        save_text=_("Close the case") if old is None else "",
    )
    follow(form, "reason", lambda: rules.asks_reason(value_of(form.editor("outcome"))))
    follow(form, "passed_on_to", lambda: rules.asks_whom(value_of(form.editor("outcome"))))
    _propose_places(form, held)
    return form


def _place_fields(held: Sequence[Held]) -> list[Switch]:
    """Of each place the person holds: whether it stays taken when nobody of us follows it any more."""
    answers = [(YES, _("Goes on without us, keeps the place")), (NO, _("The place is free"))]
    title = _("Place at {activity}")
    return [Switch(f"{KEEPS}{each.id}", title.format(activity=each.title), answers, width=WIDE) for each in held]


def _closing_draft(**values: Any) -> rules.ClosingDraft:
    names = [name for name in values if name.startswith(KEEPS)]
    answers = {int(name.removeprefix(KEEPS)): values.pop(name) for name in names}
    kept = tuple(number for number, answer in answers.items() if answer == YES)
    return rules.ClosingDraft(**values, keeps=kept)


def _propose_places(form: Form, held: Sequence[Held]) -> None:
    """What is usual after this outcome is filled in, until somebody answers otherwise."""
    proposed: dict[str, str] = {}

    def propose() -> None:
        outcome = value_of(form.editor("outcome"))
        for each in held:
            name, usual = f"{KEEPS}{each.id}", YES if goes_on(outcome, each.state) else NO
            form.show_field(name, may_go_on(outcome))
            editor = form.editor(name)
            if outcome and proposed.get(name) != usual and value_of(editor) in (None, proposed.get(name)):
                proposed[name] = usual
                editor.set_value(usual)

    form.edited.connect(propose)
    propose()


def reopen(office: Office, voucher_id: int) -> Page:
    """It goes on after all."""
    voucher = case_or_none(office, voucher_id)
    if voucher is None:
        return Gone(_("Open again"))
    ask = Asks("closing", office.today)
    return case_form(
        office,
        about(_("Open again"), voucher.person),
        [
            Card(
                "",
                [
                    ask.text("reopened_on", required=True),
                    ask.text("reopened_why", lines=1, width=2, required=True),
                ],
            )
        ],
        rules.ReopenDraft,
        endings.reopen_case,
        {"voucher_id": voucher.id, "reopened_on": office.today},
        key=f"reopen:{voucher.id}",
    )


def death(office: Office, person_id: int) -> Page:
    """Heard of somebody's death: every case is closed, nobody calls or writes; or it was a mistake."""
    person = office.desk.look(find_person, person_id)
    if person is None:
        return Gone(_("Deceased"))
    explain = _("Every open voucher is closed, appointments are called off and places are free. Nobody is called or "
                "written to any more. Correct it here when it was a mistake.")  # fmt: skip
    form: Form

    def take_back() -> None:
        ask_take_back(office, form, partial(take_back_death, person_id=person.id))

    form = case_form(
        office,
        about(_("Deceased"), person),
        [Card("", [
            Asks("person", office.today).text(
                "deceased_on", required=True, help=_("Not known? Then the day on which we heard.")
            ),
        ])],
        DeathDraft,
        record_death,
        {"person_id": person.id, "deceased_on": person.deceased_on or office.today},
        key=f"death:{person.id}",
        extras=[Extra(_("Take back"), on=take_back)] if person.deceased_on is not None else [],
        side=parts.column(parts.card(_("What happens"), parts.label(explain, "muted")), None),
    )  # fmt: skip
    return form


def coach(office: Office, voucher_ids: Sequence[int]) -> Page:
    """Another coach and substitute, for one case or many."""
    cases = [case for each in voucher_ids if (case := case_or_none(office, each)) is not None]
    if not cases:
        return Gone(_("Coach"))
    one = cases[0] if len(cases) == 1 else None
    title = about(_("Coach"), one.person) if one else _("Coach of {n} vouchers").format(n=len(cases))
    ids, ask = tuple(case.id for case in cases), Asks("voucher")
    return case_form(
        office,
        title,
        [
            Card(
                "",
                [
                    ask.choice("coach", partial(coach_options, office)),
                    ask.choice("substitute", partial(coach_options, office)),
                ],
            )
        ],
        dict,
        lambda by, draft: change_coach(by, ids, draft["coach"], draft["substitute"]),
        {"coach": one.coach_id if one else None, "substitute": one.substitute_id if one else None},
        key="coach:" + ",".join(map(str, ids)),
    )


def _open_letter(office: Office, voucher_id: int) -> None:
    """The letter that is due now, if one may be written."""
    due = office.desk.look(due_of_case, voucher_id, office.today) or ()
    moment = next((each.moment for each in due if not each.why_not and each.moment != SIGNAL), "")
    if moment:
        office.open("write_letter", voucher_id=voucher_id, moment=moment)
    else:
        office.desk.said.emit(_("Closed. No letter is due."), False)


PAGES: dict[str, PageMaker] = {
    "close": close,
    "reopen": reopen,
    "death": death,
    "coach": coach,
}
