"""Consent on screen: per case and practice, what stands, what waits, and asking again one key away."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.actions.consents import record_consents
from desktop.actions.intakes import hold_intake
from desktop.actions.vouchers import correct_voucher
from desktop.rules.deeds import ConsentDraft, IntakeDraft
from desktop.rules.staff import Member
from desktop.screens import calls, deeds, groups, people
from desktop.storage.models import Consent, ContactAttempt, Staff, StaffRole, Voucher
from tests.factory import (
    a_draft,
    add_activity,
    add_enrolment,
    add_member,
    add_practice,
    add_row,
    add_voucher,
    counts,
    days_ago,
    member_of,
)
from tests.screens.room import Room


@pytest.fixture
def room(qtbot: QtBot, office: Member) -> Room:
    return Room(qtbot, office, {**deeds.PAGES, **people.PAGES, **calls.PAGES})


@pytest.fixture
def two_cases(office: Member) -> tuple[Voucher, Voucher]:
    """One person, referred by two practices; the second one was said no to."""
    first = add_voucher(office, add_practice("De Esch"), dated_on=days_ago(30), received_on=days_ago(30))
    veen = add_practice("Het Veen", agb="04054321", kind="physio")
    second = add_voucher(office, veen, person_id=first.person_id, consent_report_back="no")
    return first, second


def moved_to(by: Member, voucher: Voucher, name: str) -> None:
    other = add_practice(name, agb=None)
    now = Voucher.get_by_id(voucher.id)
    correct_voucher(by, replace(a_draft(other), id=now.id, version=now.version, dated_on=now.dated_on))


def test_each_case_says_for_which_practice_the_answer_was(room: Room, two_cases: tuple[Voucher, Voucher]) -> None:
    first, second = two_cases
    room.open("person", person_id=first.person_id)
    texts = room.texts()
    assert f"{first.number} · De Esch" in texts
    assert f"{second.number} · Het Veen" in texts
    assert "Wij mogen terugkoppelen: ja" in texts
    assert "Wij mogen terugkoppelen: nee" in texts


def test_the_case_is_chosen_on_the_page_with_the_questions(room: Room, two_cases: tuple[Voucher, Voucher]) -> None:
    first, second = two_cases
    page = room.open("consent", person_id=first.person_id, voucher_id=first.id)
    assert page.values()["voucher_id"] == first.id
    page.set_values({"voucher_id": second.id, "report_back": "yes", "how": "spoken"})
    room.save()
    assert (counts(first), counts(second)) == ("yes", "yes")
    assert Consent.select().order_by(Consent.id.desc()).first().practice_id == second.practice_id


def test_two_answers_are_asked_about_beside_the_question(room: Room, office: Member) -> None:
    voucher = add_voucher(office, add_practice("De Esch"), dated_on=days_ago(9), consent_report_back="ask")
    draft = ConsentDraft(person_id=voucher.person_id, voucher_id=voucher.id, report_back="no", how="spoken")
    record_consents(office, replace(draft, given_on=days_ago(1)))
    page = room.open("consent", person_id=voucher.person_id, voucher_id=voucher.id)
    page.set_values({"report_back": "yes", "how": "spoken", "given_on": days_ago(3)})
    room.save()
    assert "Er staat al “nee” van" in page.editor("report_back").complaint()
    assert counts(voucher) == "no"
    room.click("Dat klopt, toch opslaan")
    assert counts(voucher) == "yes"


def test_an_answer_for_another_practice_is_told_and_asked_in_the_call(room: Room, office: Member) -> None:
    voucher = add_voucher(office, add_practice("De Esch"))
    moved_to(office, voucher, "Het Veen")
    room.open("person", person_id=voucher.person_id)
    assert "was voor De Esch, niet voor Het Veen: nog vragen" in room.texts()
    room.open("call", voucher_id=voucher.id)
    room.click("Mogen wij terugkoppelen aan Het Veen?: Ja")
    assert counts(voucher) == "yes"
    room.page.choose("reached")
    newest = Consent.select().order_by(Consent.id.desc()).first()
    assert newest.attempt_id == ContactAttempt.get().id


def test_correcting_the_talk_shows_what_was_answered_in_it(room: Room, office: Member) -> None:
    voucher = add_voucher(office, add_practice("De Esch"), consent_report_back="ask")
    draft = IntakeDraft(voucher_id=voucher.id, held_on=days_ago(0), consent_report_back="yes")
    intake = hold_intake(office, draft)
    page = room.open("correct_deed", kind="intake", deed_id=intake.id)
    assert page.values()["consent_report_back"] == "yes"
    page.set_values({"consent_report_back": "no"})
    room.save()
    assert counts(voucher) == "no"


def test_a_leader_sees_places_of_who_is_not_named(qtbot: QtBot, office: Member) -> None:
    add_row(StaffRole(staff=office.id, role="leader"))
    group = add_activity("Koffie-inloop", leader=office.id)
    named = add_voucher(office, add_practice("De Esch"))
    hold_intake(office, IntakeDraft(voucher_id=named.id, held_on=days_ago(0), consent_activity="yes"))
    add_enrolment(named, group)
    for first_name in ("Bea", "Carla"):
        add_enrolment(add_voucher(office, first_name=first_name), group)
    room = Room(qtbot, member_of(Staff.get_by_id(office.id)), groups.PAGES)
    page = room.open("group", activity_id=group.id)
    assert [row.title for row in page.rows.rows()] == ["Annie M.", "2 plaatsen bezet"]


@pytest.mark.parametrize(("role", "told"), [("intake", False), ("coach", True)])
def test_where_somebody_goes_is_told_to_coaches_only(qtbot: QtBot, office: Member, role: str, told: bool) -> None:
    voucher = add_voucher(office, add_practice("De Esch"))
    add_enrolment(voucher, add_activity("Koffie-inloop"))
    room = Room(qtbot, add_member("K. de Boer", role), people.PAGES)
    room.open("person", person_id=voucher.person_id)
    assert ("Koffie-inloop" in room.texts()) is told
    assert room.troubled == []
