"""Consent as it is recorded: per case and practice, in the talk it was given in; letters, Te doen, leaders obey it."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop import clock
from desktop.actions.consents import record_consents, withdraw_consent
from desktop.actions.contacts import correct_contact, record_contact, take_back_contact
from desktop.actions.endings import close_case
from desktop.actions.enrolments import register_walk_in
from desktop.actions.intakes import correct_intake, hold_intake, take_back_intake
from desktop.actions.letter_sending import fix_letter
from desktop.actions.letters import rewrite_letter, write_letter
from desktop.actions.lettertexts import change_text
from desktop.actions.merge import merge_people, merge_practices
from desktop.actions.undo import undo, undo_last
from desktop.actions.vouchers import correct_voucher
from desktop.errors import Doubtful, Refused
from desktop.rules.deeds import ClosingDraft, ConsentDraft, ContactDraft, IntakeDraft, WalkInDraft
from desktop.rules.letterfields import FIELDS, NEUTRAL
from desktop.rules.lettertext_check import LetterTextDraft
from desktop.rules.lettertexts import text_of
from desktop.rules.merge import MergeDraft
from desktop.rules.staff import Member
from desktop.storage import changes
from desktop.storage.groups import list_own_groups, list_own_participants, seen_by_leaders
from desktop.storage.letters import content_of
from desktop.storage.letters_due import due_of_case
from desktop.storage.models import (
    Consent,
    ContactAttempt,
    Letter,
    LetterMoment,
    Person,
    Practice,
    Staff,
    StaffRole,
    Voucher,
)
from desktop.storage.tasks import list_tasks
from tests.factory import (
    a_draft,
    add_activity,
    add_enrolment,
    add_practice,
    add_row,
    add_voucher,
    counts,
    days_ago,
    member_of,
)


@pytest.fixture
def esch(office: Member) -> Practice:
    return add_practice("Huisartsenpraktijk De Esch")


@pytest.fixture
def veen(office: Member) -> Practice:
    return add_practice("Fysiotherapie Het Veen", agb="04054321", kind="physio")


def answered(by: Member, voucher: Voucher, answer: str, on: date, sure: bool = False) -> None:
    record_consents(
        by,
        ConsentDraft(
            person_id=voucher.person_id, voucher_id=voucher.id, report_back=answer, given_on=on, how="spoken", sure=sure
        ),
    )


def letter_of(by: Member, voucher: Voucher) -> str:
    """What the practice would get now: in full, a receipt, or nothing and why."""
    before = {letter.id for letter in Letter.select()}
    try:
        made = write_letter(by, voucher.id, "arrived")
    except Refused as refused:
        return refused.sentence()
    assert made.id not in before
    receipt = content_of(Letter.get_by_id(made.id)).receipt
    undo_last(by)
    return "receipt" if receipt else "full"


def corrected(by: Member, voucher: Voucher, practice: Practice) -> None:
    """The wrong practice stood on the voucher."""
    now = Voucher.get_by_id(voucher.id)
    values: dict[str, Any] = {"id": now.id, "version": now.version, "dated_on": now.dated_on}
    correct_voucher(by, replace(a_draft(practice), **values))


def consent_tasks(by: Member, today: date | None = None) -> list[Any]:
    return [task for task in list_tasks(by, today or clock.today()) if task.kind == "consent"]


def merged(by: Member, kind: Any, model: Any, kept: int, other: int) -> None:
    one, two = model.get_by_id(kept), model.get_by_id(other)
    kind(by, MergeDraft(kept=one.id, other=two.id, kept_version=one.version, other_version=two.version))


# ---- another practice, another case


@pytest.mark.parametrize("answer", ["no", "ask", ""])
def test_yes_for_one_practice_opens_no_letter_to_another(
    office: Member, esch: Practice, veen: Practice, answer: str
) -> None:
    first = add_voucher(office, esch, dated_on=days_ago(30), consent_report_back="yes")
    second = add_voucher(
        office, veen, person_id=first.person_id, dated_on=days_ago(40), consent_report_back=answer, sure=True
    )
    assert (letter_of(office, first), letter_of(office, second)) == ("full", "receipt")


def test_no_for_one_practice_cuts_the_other_not_off(office: Member, esch: Practice, veen: Practice) -> None:
    first = add_voucher(office, esch)
    second = add_voucher(office, veen, person_id=first.person_id, consent_report_back="no")
    assert (letter_of(office, first), letter_of(office, second)) == ("full", "receipt")


def test_an_answer_given_for_the_wrong_practice_is_asked_again(office: Member, esch: Practice, veen: Practice) -> None:
    voucher = add_voucher(office, esch)
    hold_intake(office, IntakeDraft(voucher_id=voucher.id, held_on=days_ago(0)))
    assert consent_tasks(office) == []
    corrected(office, voucher, veen)
    assert letter_of(office, voucher) == "receipt"
    (task,) = consent_tasks(office)
    assert task.subtitle.startswith("Het antwoord dat er is, was voor een andere praktijk")
    answered(office, voucher, "yes", days_ago(0))
    assert letter_of(office, voucher) == "full"
    corrected(office, voucher, esch)
    assert letter_of(office, voucher) == "full"  # the first answer was for De Esch


def test_practices_made_one_are_one_addressee(office: Member, esch: Practice, veen: Practice) -> None:
    voucher = add_voucher(office, veen)
    merged(office, merge_practices, Practice, esch.id, veen.id)
    assert letter_of(office, voucher) == "full"


def test_merging_persons_takes_no_answer_to_another_case(office: Member, esch: Practice) -> None:
    said_no = add_voucher(office, esch, consent_report_back="no")
    said_yes = add_voucher(office, esch, first_name="Anna")
    merged(office, merge_people, Person, said_no.person_id, said_yes.person_id)
    assert (letter_of(office, said_no), letter_of(office, said_yes)) == ("receipt", "full")


# ---- the order of answers


def test_a_no_of_an_earlier_day_is_asked_about_and_then_counts(office: Member, esch: Practice) -> None:
    voucher = add_voucher(office, esch, dated_on=days_ago(5))
    talk = IntakeDraft(voucher_id=voucher.id, held_on=days_ago(6), consent_report_back="no", sure=False)
    with pytest.raises(Doubtful):
        hold_intake(office, talk)
    hold_intake(office, replace(talk, sure=True))
    assert letter_of(office, voucher) == "receipt"


def test_a_yes_of_an_earlier_day_than_a_no_is_asked_about_with_both_answers(office: Member, esch: Practice) -> None:
    voucher = add_voucher(office, esch, dated_on=days_ago(9), consent_report_back="ask")
    answered(office, voucher, "no", days_ago(2))
    with pytest.raises(Doubtful) as asked:
        answered(office, voucher, "yes", days_ago(3))
    assert "Er staat al “nee” van" in asked.value.fields["report_back"]
    assert "Dit “ja” is van een eerdere dag" in asked.value.fields["report_back"]
    assert counts(voucher) == "no"
    answered(office, voucher, "yes", days_ago(3), sure=True)
    assert counts(voucher) == "yes"


def test_two_answers_that_nobody_was_asked_about_stand_in_te_doen(
    office: Member, esch: Practice, veen: Practice
) -> None:
    voucher = add_voucher(office, esch, dated_on=days_ago(9), consent_report_back="ask")
    answered(office, voucher, "no", days_ago(1))
    corrected(office, voucher, veen)
    answered(office, voucher, "yes", days_ago(4))  # of another practice: nothing to ask
    merged(office, merge_practices, Practice, veen.id, esch.id)
    assert (counts(voucher), letter_of(office, voucher)) == ("ask", "receipt")
    (task,) = consent_tasks(office)
    assert task.subtitle.startswith("Twee antwoorden: ja op")
    answered(office, voucher, "yes", days_ago(0))
    assert (counts(voucher), consent_tasks(office)) == ("yes", [])


def test_withdrawing_one_of_two_yes_leaves_none(office: Member, esch: Practice) -> None:
    voucher = add_voucher(office, esch)
    hold_intake(office, IntakeDraft(voucher_id=voucher.id, held_on=days_ago(0), consent_report_back="yes"))
    first = Consent.select().where(Consent.purpose == "report_back").order_by(Consent.id).first()
    withdraw_consent(office, first.id)
    assert letter_of(office, voucher) == "receipt"
    undo_last(office)
    assert letter_of(office, voucher) == "full"


# ---- the talk in which it was given


@pytest.mark.parametrize(("answer", "after"), [("yes", "ask"), ("no", "ask")])
def test_an_answer_goes_with_the_talk_that_is_taken_back(
    office: Member, esch: Practice, answer: str, after: str
) -> None:
    voucher = add_voucher(office, esch, consent_report_back="ask")
    intake = hold_intake(
        office,
        IntakeDraft(voucher_id=voucher.id, held_on=days_ago(0), consent_report_back=answer, consent_activity="yes"),
    )
    assert counts(voucher) == answer
    take_back_intake(office, intake.id)
    assert (counts(voucher), counts(voucher, "activity")) == (after, "")
    undo_last(office)
    assert (counts(voucher), counts(voucher, "activity")) == (answer, "yes")


def test_no_of_a_talk_taken_back_is_lifted(office: Member, esch: Practice) -> None:
    voucher = add_voucher(office, esch)
    intake = hold_intake(office, IntakeDraft(voucher_id=voucher.id, held_on=days_ago(0), consent_report_back="no"))
    take_back_intake(office, intake.id)
    assert letter_of(office, voucher) == "full"


def test_correcting_the_talk_keeps_its_answer_and_takes_another(office: Member, esch: Practice) -> None:
    voucher = add_voucher(office, esch, dated_on=days_ago(9), consent_report_back="ask")
    draft = IntakeDraft(voucher_id=voucher.id, held_on=days_ago(1), consent_report_back="yes")
    intake = hold_intake(office, draft)
    again = replace(draft, id=intake.id, held_on=days_ago(2), goals="Onder de mensen")
    correct_intake(office, again)
    kept = [each for each in Consent.select() if each.intake_id == intake.id]
    assert [(each.answer, each.given_on) for each in kept] == [("yes", days_ago(2))]
    correct_intake(office, replace(again, consent_report_back="no"))
    assert counts(voucher) == "no"
    take_back_intake(office, intake.id)
    assert counts(voucher) == "ask"


def test_an_answer_noted_in_a_call_goes_with_the_call(office: Member, esch: Practice) -> None:
    voucher = add_voucher(office, esch, consent_report_back="ask")
    answered(office, voucher, "yes", days_ago(0))
    noted = Consent.select().order_by(Consent.id.desc()).first()
    call = record_contact(office, ContactDraft(voucher_id=voucher.id, outcome="reached", noted=(noted.id,)))
    assert Consent.get_by_id(noted.id).attempt_id == call.id
    correct_contact(
        office, ContactDraft(id=call.id, voucher_id=voucher.id, outcome="reached", consent_report_back="no")
    )
    assert counts(voucher) == "no"
    take_back_contact(office, call.id)
    assert (counts(voucher), ContactAttempt.select().count()) == ("ask", 0)


# ---- still to ask


def test_a_walk_in_of_whom_it_was_not_asked_stands_in_te_doen(office: Member, esch: Practice) -> None:
    activity = add_activity("Koffie-inloop")
    values = {name: getattr(a_draft(esch), name) for name in a_draft(esch).__dataclass_fields__}
    values |= {"activity": activity.id, "first_attended_on": days_ago(0), "consent_report_back": ""}
    register_walk_in(office, WalkInDraft(**values))
    (task,) = consent_tasks(office)
    assert task.title == "Vraag mevrouw Van der Meer-de Wit: mogen wij terugkoppelen?"


def test_nobody_is_asked_who_has_no_practice_to_tell(office: Member) -> None:
    voucher = add_voucher(office, consent_report_back="", referrer_kind="self", channel="self", referrer_name="")
    hold_intake(office, IntakeDraft(voucher_id=voucher.id, held_on=days_ago(0)))
    assert consent_tasks(office) == []


def test_no_without_a_case_named_is_about_every_case_and_a_yes_about_none(
    office: Member, esch: Practice, veen: Practice
) -> None:
    first = add_voucher(office, esch)
    second = add_voucher(office, veen, person_id=first.person_id)
    draft = ConsentDraft(person_id=first.person_id, report_back="yes", given_on=days_ago(0), how="spoken")
    with pytest.raises(Refused):
        record_consents(office, draft)
    record_consents(office, replace(draft, report_back="no"))
    assert (counts(first), counts(second)) == ("no", "no")


# ---- what letters say without consent


def test_receipt_of_before_the_yes_is_filled_anew(office: Member, esch: Practice) -> None:
    voucher = add_voucher(office, esch, consent_report_back="ask")
    letter = write_letter(office, voucher.id, "arrived")
    answered(office, voucher, "yes", days_ago(0))
    with pytest.raises(Refused, match="Er is nu toestemming"):
        fix_letter(office, letter.id)
    rewrite_letter(office, letter.id)
    assert not content_of(Letter.get_by_id(letter.id)).receipt
    assert fix_letter(office, letter.id).state == "fixed"


@pytest.mark.parametrize("answer", ["", "ask"])
@pytest.mark.parametrize("outcome", ["not_reached", "not_interested", "expired"])
def test_who_was_never_asked_is_only_said_to_be_closed(
    office: Member, esch: Practice, outcome: str, answer: str
) -> None:
    voucher = add_voucher(office, esch, consent_report_back=answer)
    close_case(office, ClosingDraft(voucher_id=voucher.id, closed_on=days_ago(0), outcome=outcome, sure=True))
    (due,) = due_of_case(office, voucher.id, clock.today())
    assert (due.moment, due.why_not) == ("declined", "")
    letter = write_letter(office, voucher.id, "declined")
    content = content_of(Letter.get_by_id(letter.id))
    assert content.core[0][1] == "Wij hebben uw verwijzing afgesloten."
    assert content.receipt
    assert "traject" not in " ".join(text for _heading, text in content.core)
    assert [each.moment for each in LetterMoment.select().where(LetterMoment.letter == letter)] == ["declined"]
    assert due_of_case(office, voucher.id, clock.today()) == ()
    assert fix_letter(office, letter.id).state == "fixed"


@pytest.mark.parametrize(
    ("values", "outcome"),
    [
        ({"consent_report_back": "no"}, "not_reached"),
        ({"consent_report_back": "ask", "referrer_kind": "self", "channel": "self"}, "not_reached"),
        ({"consent_report_back": "ask", "report_back": False}, "not_reached"),
        ({"consent_report_back": "ask"}, "deceased"),
        ({"consent_report_back": "ask"}, "error"),
    ],
)
def test_the_end_is_told_to_nobody_who_may_not_hear_it(
    office: Member, esch: Practice, values: dict[str, Any], outcome: str
) -> None:
    voucher = add_voucher(office, esch, **values)
    close_case(office, ClosingDraft(voucher_id=voucher.id, closed_on=days_ago(0), outcome=outcome, sure=True))
    with pytest.raises(Refused):
        write_letter(office, voucher.id, "declined")


def test_a_no_after_the_ending_was_written_stops_it(office: Member, esch: Practice) -> None:
    voucher = add_voucher(office, esch, consent_report_back="ask")
    close_case(office, ClosingDraft(voucher_id=voucher.id, closed_on=days_ago(0), outcome="expired", sure=True))
    letter = write_letter(office, voucher.id, "declined")
    answered(office, voucher, "no", days_ago(0))
    with pytest.raises(Refused, match="toestemming"):
        fix_letter(office, letter.id)


@pytest.mark.parametrize("kind", NEUTRAL)
def test_a_neutral_text_takes_no_field_that_tells_of_the_person(office: Member, kind: str) -> None:
    for name in FIELDS:
        body = text_of(kind).replace("Wij hebben {verwijzing}", "{" + name + "} Wij hebben {verwijzing}", 1)
        if name in NEUTRAL[kind]:
            continue
        with pytest.raises(Refused, match="zegt niets over de persoon"):
            change_text(office, LetterTextDraft(kind=kind, body=body, sure=True))


# ---- what a leader sees


@pytest.mark.parametrize(("answer", "seen"), [("yes", "Annie M."), ("no", ""), ("ask", ""), ("", "")])
def test_a_leader_sees_a_name_only_with_a_yes(office: Member, esch: Practice, answer: str, seen: str) -> None:
    add_row(StaffRole(staff=office.id, role="leader"))
    leader = member_of(Staff.get_by_id(office.id))
    group = add_activity("Koffie-inloop", leader=office.id)
    voucher = add_voucher(office, esch)
    add_enrolment(voucher, group)
    hold_intake(office, IntakeDraft(voucher_id=voucher.id, held_on=days_ago(0), consent_activity=answer))
    assert [each.name for each in list_own_participants(leader, group.id)] == [seen]
    assert [each.people for each in list_own_groups(leader)] == [1]
    assert [each.name for each in seen_by_leaders(office, voucher.id)] == [seen]


# ---- every order


STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(["answer", "talk"]),
            st.sampled_from([0, 1]),
            st.sampled_from(["yes", "no", "ask"]),
            st.integers(0, 9),
        ),
        st.tuples(
            st.sampled_from(["withdraw", "take back", "correct", "merge people", "undo"]),
            st.sampled_from([0, 1]),
            st.just(""),
            st.just(0),
        ),
    ),
    max_size=7,
)


def _told_now(voucher: Voucher, addressee: int) -> bool:
    """Said without the rule: of what is on file of this case for this practice, the last recorded is a yes."""
    asked = Consent.select().where(
        (Consent.voucher == voucher.id) & (Consent.purpose == "report_back") & (Consent.practice == addressee)
    )
    last = asked.order_by(Consent.id.desc()).first()
    return last is not None and last.answer == "yes" and last.withdrawn_on is None


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, first=st.sampled_from(["yes", "no", "ask", ""]), second=st.sampled_from(["yes", "no", "ask", ""]))
def test_no_order_of_answers_opens_a_letter_to_a_practice_without_its_own_yes(
    office: Member, steps: list[tuple[str, int, str, int]], first: str, second: str
) -> None:
    practices = [add_practice("De Esch", agb=None), add_practice("Het Veen", agb=None)]
    cases = [
        add_voucher(office, practices[0], first_name="Annie", consent_report_back=first, dated_on=days_ago(5)),
        add_voucher(office, practices[1], first_name="Anna", consent_report_back=second, dated_on=days_ago(5)),
    ]
    start = clock.now()
    for step, which, answer, ago in steps:
        _take(office, step, cases[which], answer, ago, practices, cases, start)
        for case in cases:
            now = Voucher.get_by_id(case.id)
            assert counts(now) != "yes" or _told_now(now, now.practice_id)
    for case in cases:
        now = Voucher.get_by_id(case.id)
        assert letter_of(office, now) == ("full" if counts(now) == "yes" else "receipt")


def _take(
    by: Member,
    step: str,
    case: Voucher,
    answer: str,
    ago: int,
    practices: list[Practice],
    cases: list[Voucher],
    start: datetime,
) -> None:
    now = Voucher.get_by_id(case.id)
    if step == "answer":
        answered(by, now, answer, days_ago(ago), sure=True)
    elif step == "talk":
        hold_intake(by, IntakeDraft(voucher_id=now.id, held_on=days_ago(ago), consent_report_back=answer, sure=True))
    elif step == "withdraw":
        given_yes = Consent.get_or_none((Consent.voucher == now.id) & (Consent.answer == "yes"))
        if given_yes is not None:
            withdraw_consent(by, given_yes.id)
    elif step == "take back":
        talk = Consent.get_or_none((Consent.voucher == now.id) & Consent.intake.is_null(False))
        if talk is not None:
            take_back_intake(by, talk.intake_id)
    elif step == "correct":
        corrected(by, now, practices[1] if now.practice_id == practices[0].id else practices[0])
    elif step == "merge people":
        one, two = (Voucher.get_by_id(each.id).person_id for each in cases)
        if one != two:
            merged(by, merge_people, Person, one, two)
    elif mine := changes.recent_of(by.id, start):
        with suppress(Refused):
            undo(by, mine[0].id)
