"""Worries, the end of a case and its being opened again, and whose case it is."""

from collections.abc import Sequence
from functools import partial

from desktop import clock
from desktop.actions import endings
from desktop.actions.vouchers import change_coach
from desktop.language import _
from desktop.rules import deeds as rules
from desktop.rules.codes import (
    CLOSING_OUTCOMES,
    DROP_OUT_REASONS,
    WORRY_KINDS,
    options,
)
from desktop.rules.declared import typed_values
from desktop.rules.letters_due import SIGNAL
from desktop.screens.case_forms import (
    LONG,
    case_form,
    case_or_none,
    deed_or_none,
    follow,
    note_field,
    phone_card,
    value_of,
)
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import (
    Gone,
    about,
    coach_options,
    day_field,
    hour_field,
)
from desktop.storage.letters_due import due_of_case
from desktop.storage.models import Worry
from desktop.widgets import parts
from desktop.widgets.fields import Choice, Item, Switch, Text
from desktop.widgets.form import Card, Extra
from desktop.widgets.pages import Page


def worry(office: Office, voucher_id: int = 0, worry_id: int | None = None) -> Page:
    """Phone the practice today: its number stands large beside the form."""
    if not office.may_open("meldcode"):
        return _report(office, voucher_id)
    old = deed_or_none(office, "worry", worry_id)
    voucher = case_or_none(office, old.voucher_id if old else voucher_id)
    if voucher is None or (worry_id and old is None):
        return Gone(_("Worry"))
    called = clock.local(old.called_at) if old and old.called_at else None
    values = {
        "voucher_id": voucher.id,
        "called_on": called.date() if called else None,
        "called_at": called.time() if called else None,
        **(typed_values("worry", old) if old else {"noticed_on": office.today, "meldcode_step": 1}),
    }
    cards = [
        _noticed_card(office),
        Card(
            _("The practice was phoned"),
            [
                day_field("called_on", _("Phoned on"), office.today),
                hour_field("called_at", _("Time")),
                Text("reached", _("Spoke to")),
                Choice("meldcode_step", _("Step of the Meldcode"), _meldcode_options, width=2),
                day_field("done_on", _("Done on"), office.today),
            ],
        ),
    ]
    practice = voucher.practice
    return case_form(
        office,
        about(_("Worry"), voucher.person),
        cards,
        rules.WorryDraft,
        endings.correct_worry if old else endings.record_worry,
        values,
        key=f"worry:{voucher.id}",
        old=old,
        take_back=endings.take_back_worry,
        extras=_after_a_worry(office, voucher.id, old.id if old else None),
        side=phone_card(practice.name, practice.phone) if practice is not None else None,
    )


def _report(office: Office, voucher_id: int) -> Page:
    """What somebody noticed who takes no further steps: written down at once, and told to the coach."""
    voucher = case_or_none(office, voucher_id)
    if voucher is None:
        return Gone(_("Worry"))
    return case_form(
        office,
        about(_("Worry"), voucher.person),
        [_noticed_card(office)],
        rules.WorryDraft,
        endings.record_worry,
        {"voucher_id": voucher.id, "kind": None, "noticed_on": office.today},
        key=f"worry:{voucher.id}",
        side=parts.card(
            _("And now"),
            parts.label(_("Tell the coach at once, by voice. In immediate danger: 112.")),
            parts.label(_("What you write here is read by coaches only. You cannot open it again."), "muted"),
        ),
    )


def _noticed_card(office: Office) -> Card:
    return Card(
        _("What was noticed"),
        [
            Switch("kind", _("What it is about"), options(WORRY_KINDS), width=2, required=True),
            day_field("noticed_on", _("Noticed on"), office.today, required=True),
            note_field(_("What was seen or heard, in plain words")),
        ],
    )


def _after_a_worry(office: Office, voucher_id: int, worry_id: int | None) -> list[Extra]:
    """The doctor should hear of it the same day; the Meldcode has its own page once the worry is on file."""
    def write(made: Worry) -> None:
        office.open("signal", voucher_id=voucher_id, worry_id=made.id)

    signal = Extra(_("Save and write to the practice"), then=write)
    if worry_id is None:
        return [signal]
    return [signal, Extra(_("Steps of the Meldcode"), on=partial(office.open, "meldcode", worry_id=worry_id))]


def close(office: Office, voucher_id: int, closing_id: int | None = None) -> Page:
    """How it ended; only what goes with the outcome is asked."""
    old = deed_or_none(office, "closing", closing_id)
    voucher = case_or_none(office, old.voucher_id if old else voucher_id)
    if voucher is None or (closing_id and old is None):
        return Gone(_("Close"))
    values = {"voucher_id": voucher.id, **(typed_values("closing", old) if old else {"closed_on": office.today})}
    fields: list[Item] = [
        Choice("outcome", _("How it ended"), partial(options, CLOSING_OUTCOMES), width=2, required=True),
        day_field("closed_on", _("Closed on"), office.today, required=True),
        Choice("reason", _("Reason"), partial(options, DROP_OUT_REASONS), width=2),
        Text("passed_on_to", _("Passed on to"), width=2),
        note_field(_("Note (not in letters)")),
    ]

    def write_letter(_closing: object) -> None:
        _open_letter(office, voucher.id)

    form = case_form(
        office,
        about(_("Close"), voucher.person),
        [Card("", fields)],
        rules.ClosingDraft,
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
    return form


def reopen(office: Office, voucher_id: int) -> Page:
    """It goes on after all."""
    voucher = case_or_none(office, voucher_id)
    if voucher is None:
        return Gone(_("Open again"))
    return case_form(
        office,
        about(_("Open again"), voucher.person),
        [
            Card(
                "",
                [
                    day_field("reopened_on", _("From"), office.today, required=True),
                    Text("reopened_why", _("Why it goes on"), width=2, required=True, limit=LONG),
                ],
            )
        ],
        rules.ReopenDraft,
        endings.reopen_case,
        {"voucher_id": voucher.id, "reopened_on": office.today},
        key=f"reopen:{voucher.id}",
    )


def coach(office: Office, voucher_ids: Sequence[int]) -> Page:
    """Another coach and substitute, for one case or many."""
    cases = [case for each in voucher_ids if (case := case_or_none(office, each)) is not None]
    if not cases:
        return Gone(_("Coach"))
    one = cases[0] if len(cases) == 1 else None
    title = about(_("Coach"), one.person) if one else _("Coach of {n} vouchers").format(n=len(cases))
    ids = tuple(case.id for case in cases)
    return case_form(
        office,
        title,
        [
            Card(
                "",
                [
                    Choice("coach", _("Coach"), partial(coach_options, office)),
                    Choice("substitute", _("Substitute"), partial(coach_options, office)),
                ],
            )
        ],
        dict,
        lambda by, draft: change_coach(by, ids, draft["coach"], draft["substitute"]),
        {"coach": one.coach_id if one else None, "substitute": one.substitute_id if one else None},
        key="coach:" + ",".join(map(str, ids)),
    )


def _meldcode_options() -> list[tuple[int, str]]:
    return [(step, _(text)) for step, text in rules.MELDCODE_STEPS.items()]


def _open_letter(office: Office, voucher_id: int) -> None:
    """The letter that is due now, if one may be written."""
    due = office.desk.look(due_of_case, voucher_id, office.today) or ()
    moment = next((each.moment for each in due if not each.why_not and each.moment != SIGNAL), "")
    if moment:
        office.open("write_letter", voucher_id=voucher_id, moment=moment)
    else:
        office.desk.said.emit(_("Closed. No letter is due."), False)


PAGES: dict[str, PageMaker] = {
    "worry": worry,
    "close": close,
    "reopen": reopen,
    "coach": coach,
}
