"""A case is read whole and once: every column of every deed comes through, in as many queries as for one."""

from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from desktop.rules import cases as rules
from desktop.rules.staff import Member
from desktop.storage.cases import cases_of, read_case, read_cases
from desktop.storage.changes import Record
from desktop.storage.models import (
    Aftercare,
    Appointment,
    Closing,
    Consent,
    ContactAttempt,
    Enrolment,
    Hold,
    Intake,
    Letter,
    LetterMoment,
    Voucher,
    Worry,
)
from tests.counting import assert_query_count
from tests.factory import add_activity, add_practice, add_row, add_voucher

DAY = date(2026, 11, 16)
MOMENT = datetime(2026, 11, 16, 9, 30, tzinfo=UTC)
DEEDS: dict[type[Record], tuple[str, type[Any]]] = {
    ContactAttempt: ("attempts", rules.Attempt),
    Appointment: ("visits", rules.Visit),
    Intake: ("intakes", rules.FirstTalk),
    Aftercare: ("talks", rules.Talk),
    Worry: ("signs", rules.Sign),
    Closing: ("endings", rules.Ending),
    Hold: ("pauses", rules.Pause),
    Enrolment: ("joined", rules.Joined),
    Consent: ("answers", rules.Answer),
}
CHOSEN = {  # where a column takes only some values
    "direction": "in", "kind": "aftercare", "state": "moved", "outcome": "other", "answer": "no", "satisfaction": 7,
}  # fmt: skip
OWN = {(Closing, "outcome"): "stopped", (ContactAttempt, "outcome"): "voicemail", (Enrolment, "state"): "offered",
       (Worry, "kind"): "neglect"}  # fmt: skip
NOT_READ = {  # what nothing that is made of a case asks for
    *("id", "uid", "version", "voucher", "person", "staff", "text_version", "barriers", "weigh_suspected"),
    *("weigh_unsafe", "weigh_able", "weigh_accepted", "weigh_safer", "must_report", "may_help"),
    *("destination", "destination_name", "queued_at"),
}
CALLED = {  # what a column is called in the case
    "held_on": "on", "meldcode_step": "step", "first_attended_on": "first_on", "times_present": "present",
    "times_held": "held", "first_known_by": "known_by",
}  # fmt: skip


def value_for(model: type[Record], field: Any, number: int) -> Any:
    """A value of this column's own, that no other column has."""
    kind = type(field).__name__
    if (model, field.name) in OWN:
        return OWN[model, field.name]
    if (field.name in CHOSEN and field.name not in ("kind",)) or (field.name == "kind" and model is Appointment):
        return CHOSEN[field.name]
    return {
        "TextField": f"woord {number}",
        "IntegerField": number % 10,
        "BooleanField": True,
        "_DayField": DAY + timedelta(days=number),
        "_MomentField": MOMENT + timedelta(days=number),
        "_WallField": datetime(2026, 12, 1, 10) + timedelta(days=number),
        "_HourField": time(8, number),
    }[kind]


def filled(model: type[Record], voucher: Voucher) -> Record:
    """A row of which every column says something."""
    row = model(voucher=voucher, person=voucher.person_id)
    for number, field in enumerate(model._meta.sorted_fields, start=3):
        if field.name in NOT_READ or type(field).__name__ in ("ForeignKeyField", "AutoIncrementField"):
            continue
        setattr(row, field.name, value_for(model, field, number))
    return add_row(row)


@pytest.mark.parametrize("model", DEEDS, ids=[model.__name__ for model in DEEDS])
def test_every_column_of_a_deed_comes_through(office: Member, model: type[Record]) -> None:
    voucher = add_voucher(office, add_practice())
    Consent.delete().execute()
    row = filled(model, voucher)
    name, _kind = DEEDS[model]
    (deed,) = getattr(read_case(voucher.id), name)
    marks = [getattr(row, field.name) for field in model._meta.sorted_fields if field.name.startswith("mark_")]
    for field in model._meta.sorted_fields:
        if field.name in NOT_READ or type(field).__name__ in ("ForeignKeyField", "AutoIncrementField"):
            continue
        if field.name.startswith("mark_"):
            assert deed.marks == tuple(marks)
            continue
        assert getattr(deed, CALLED.get(field.name, field.name)) == getattr(row, field.name), field.name
    assert deed.id == row.id


def test_links_between_deeds_come_through(office: Member) -> None:
    practice = add_practice()
    voucher = add_voucher(office, practice)
    activity = add_activity("Koffie-inloop", letter_name="een inloop", status="full")
    mine = {"voucher": voucher, "person": voucher.person_id}
    closing = add_row(Closing(**mine, closed_on=DAY, outcome="completed"))
    place = add_row(Enrolment(**mine, activity=activity, enrolled_on=DAY, ended_by=closing, state="stopped"))
    visit = add_row(
        Appointment(**mine, starts_at=datetime(2026, 11, 20, 10), coach=office.id, enrolment=place, ended_by=closing)
    )
    talk = add_row(Intake(**mine, held_on=DAY, appointment=visit))
    call = add_row(ContactAttempt(**mine, at=MOMENT, outcome="reached"))
    worry = add_row(Worry(**mine, kind="neglect", noticed_on=DAY, called_practice=practice))
    given = {"practice": practice, "intake": talk, "attempt": call}
    add_row(Consent(**mine, purpose="hexagon", answer="yes", given_on=DAY, **given))
    to = {"practice": practice, "recipient_key": "1-0", "content": "{}", "written_on": DAY}
    first = add_row(Letter(**mine, **to, moment="arrived"))
    links = {"worry": worry, "subject": worry.id, "corrects": first, "follows": first, "copy_of": first}
    promise = {"promised_on": DAY, "promised_sooner": True, "withdrawn_on": DAY, "ground": "vital", "going_on": "7 8+"}
    letter = add_row(Letter(**mine, **to, **links, **promise, moment="signal"))
    add_row(LetterMoment(letter=letter, moment="signal", subject=worry.id, said="iets"))
    case = read_case(voucher.id)
    assert (case.joined[0].title, case.joined[0].name, case.joined[0].activity_status) == (
        "Koffie-inloop", "een inloop", "full",
    )  # fmt: skip
    assert (case.joined[0].activity_id, case.joined[0].ended_by_id) == (activity.id, closing.id)
    seen = case.visits[0]
    assert (seen.coach_id, seen.coach, seen.enrolment_id, seen.ended_by_id) == (
        office.id, office.name, place.id, closing.id,
    )  # fmt: skip
    assert (case.intakes[0].appointment_id, case.signs[0].called_practice_id) == (visit.id, practice.id)
    answer = case.answers[-1]
    assert (answer.practice_id, answer.intake_id, answer.attempt_id) == (practice.id, talk.id, call.id)
    word = case.words[-1]
    assert word == rules.Word(
        "signal", "concept", DAY, practice.id, None, "1-0", "", practice.name, "", None, DAY,
        (rules.Settled("signal", worry.id, "iets"),), worry.id, worry.id, "vital", first.id, first.id, first.id,
        DAY, True, (rules.Told(7), rules.Told(8, begun=True)), id=letter.id,
    )  # fmt: skip


def test_voucher_person_practice_and_referrer_come_through(office: Member) -> None:
    practice = add_practice(letter_moments="arrived closing", progress_weeks=6)
    doctor = practice.contacts[0]
    voucher = add_voucher(
        office, practice, referrer=doctor.id, report_to=doctor.id, channel="zivver", their_reference="Z-1", warm=True,
        report_back=False, best_time="ochtend", email="a@b.nl", phone2="+31612345678", voicemail="no",
        contact_by=("post",), own_practice=practice.id,
    )  # fmt: skip
    case = read_case(voucher.id)
    fresh = Voucher.get_by_id(voucher.id)
    for name in ("id", "number", "channel", "their_reference", "referrer_kind", "referrer_name", "report_back",
                 "valid_until", "dated_on", "received_on", "warm", "status", "outcome", "coach_id", "referrer_id",
                 "substitute_id", "report_to_id"):  # fmt: skip
        assert getattr(case, name) == getattr(fresh, name), name
    person = fresh.person
    for field in fields(rules.Participant):
        if field.name not in ("name", "contact_by"):
            assert getattr(case.person, field.name) == getattr(person, field.name), field.name
    assert (case.person.name, case.person.contact_by) == (person.known_as, ("post",))
    assert case.practice == rules.Office(
        practice.name, "gp", practice.phone, ("arrived", "closing"), True, 6, practice.id
    )
    assert (case.referrer, case.referrer_role) == (doctor.known_as, "gp")


def test_many_cases_take_as_many_queries_as_one(office: Member) -> None:
    practice, activity = add_practice(), add_activity("Koffie-inloop", capacity=3)
    vouchers = [add_voucher(office, practice, surname=f"Persoon{n}", phone="", comes_by=True) for n in range(30)]
    for voucher in vouchers:
        for model in DEEDS:
            filled(model, voucher)
        mine = {"voucher": voucher, "person": voucher.person_id}
        add_row(Enrolment(**mine, activity=activity, enrolled_on=DAY, state="waiting"))
    ids = [voucher.id for voucher in vouchers]
    with assert_query_count(25) as one:
        read_cases(ids[:1])
    with assert_query_count(25) as many:
        found = read_cases(reversed(ids))
    assert len(one) == len(many)
    assert list(found) == ids[::-1]


def test_place_is_free_for_who_waits_until_it_is_taken(office: Member) -> None:
    activity = add_activity("Koffie-inloop", capacity=1, status="active")
    practice = add_practice()
    waits, comes = (add_voucher(office, practice, surname=name) for name in ("Bakker", "Smit"))
    add_row(Enrolment(voucher=waits, person=waits.person_id, activity=activity, enrolled_on=DAY, state="waiting"))
    assert [each.has_place for each in read_case(waits.id).joined] == [True]
    for state in ("enrolled", "offered", "started"):
        taken = add_row(
            Enrolment(voucher=comes, person=comes.person_id, activity=activity, enrolled_on=DAY, state=state)
        )
        assert [each.has_place for each in read_case(waits.id).joined] == [False], state
        Enrolment.delete().where(Enrolment.id == taken.id).execute()


def test_cases_of_a_person_come_oldest_first(office: Member) -> None:
    practice = add_practice()
    first = add_voucher(office, practice, dated_on=DAY, received_on=DAY)
    second = add_voucher(
        office,
        practice,
        dated_on=DAY - timedelta(days=9),
        received_on=DAY - timedelta(days=3),
        person_id=first.person_id,
    )
    assert [case.id for case in cases_of(first.person_id)] == [second.id, first.id]
