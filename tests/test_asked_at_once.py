"""All that is unusual about one deed is asked at once: "that is right" to one question is no answer to the next."""

from collections.abc import Callable
from typing import Any

import pytest

from desktop.actions.contacts import record_contact
from desktop.actions.deceased import record_death
from desktop.actions.endings import close_case
from desktop.actions.enrolments import record_first_time
from desktop.actions.intakes import hold_intake
from desktop.actions.vouchers import register_voucher
from desktop.errors import Doubtful, Refused, all_asked_at_once, ask
from desktop.rules.deceased import DeathDraft
from desktop.rules.deeds import ClosingDraft, ContactDraft, FirstTimeDraft, IntakeDraft
from desktop.rules.staff import Member
from desktop.storage.models import Activity, Closing, Consent, Person, Voucher
from tests.factory import (
    a_draft,
    add_activity,
    add_consent,
    add_enrolment,
    add_intake,
    add_practice,
    add_row,
    add_voucher,
    days_ago,
)


@pytest.fixture
def case(office: Member) -> Voucher:
    return add_voucher(office, add_practice(), dated_on=days_ago(10), consent_report_back="")


def asked(deed: Callable[[], Any]) -> Doubtful:
    """What is asked of a deed that nobody confirmed; nothing of it is stored."""
    before = [model.select().count() for model in (Consent, Closing, Voucher, Person)]
    with pytest.raises(Doubtful) as doubt:
        deed()
    assert [model.select().count() for model in (Consent, Closing, Voucher, Person)] == before
    return doubt.value


def test_a_talk_of_an_odd_day_does_not_decide_between_yes_and_no(office: Member, case: Voucher) -> None:
    """Else who confirms the day has silently set an older yes above the no."""
    add_consent(case, answer="no", given_on=days_ago(1))
    draft = IntakeDraft(voucher_id=case.id, held_on=days_ago(12), consent_report_back="yes")
    assert set(asked(lambda: hold_intake(office, draft)).fields) == {"held_on", "consent_report_back"}


def test_nor_does_a_call_of_an_odd_day(office: Member, case: Voucher) -> None:
    add_consent(case, answer="no", given_on=days_ago(1))
    draft = ContactDraft(voucher_id=case.id, on=days_ago(12), outcome="reached", consent_report_back="yes")
    assert set(asked(lambda: record_contact(office, draft)).fields) == {"on", "consent_report_back"}


def test_an_odd_day_of_a_death_does_not_close_the_other_cases(office: Member, case: Voucher) -> None:
    other = add_voucher(office, None, person_id=case.person_id)
    add_intake(case, days_ago(2))
    draft = ClosingDraft(voucher_id=case.id, closed_on=days_ago(5), outcome="deceased")
    doubt = asked(lambda: close_case(office, draft))
    assert other.number in doubt.fields["outcome"]
    assert "closed_on" in doubt.fields


def test_a_voucher_of_long_ago_for_who_died_is_asked_about_both(office: Member, case: Voucher) -> None:
    record_death(office, DeathDraft(person_id=case.person_id, deceased_on=days_ago(3), sure=True))
    draft = a_draft(person_id=case.person_id, dated_on=days_ago(900))
    doubt = asked(lambda: register_voucher(office, draft))
    assert "overleden" in doubt.message
    assert "dated_on" in doubt.fields


def test_a_first_time_before_the_voucher_in_a_full_group_is_asked_about_both(office: Member, case: Voucher) -> None:
    choir = add_activity("Koor", capacity=0)
    waits = add_enrolment(case, choir, state="waiting", enrolled_on=days_ago(1))
    draft = FirstTimeDraft(enrolment_id=waits.id, first_attended_on=days_ago(12), first_known_by="phone")
    words = asked(lambda: record_first_time(office, draft)).fields["first_attended_on"]
    assert "vóór de voucher" in words
    assert "Koor is vol" in words


def test_what_cannot_be_is_said_before_anything_is_asked(office: Member, case: Voucher) -> None:
    """Nobody answers a question about a deed that is then refused."""
    choir = add_activity("Koor")
    waits = add_enrolment(case, choir, state="waiting", enrolled_on=days_ago(1))
    gone = Activity.get_by_id(choir.id)
    gone.status = "stopped"
    add_row(gone)
    draft = FirstTimeDraft(enrolment_id=waits.id, first_attended_on=days_ago(12), first_known_by="phone")
    with pytest.raises(Refused) as refused:
        record_first_time(office, draft)
    assert not isinstance(refused.value, Doubtful)


def test_one_question_at_its_field_however_often_it_was_asked() -> None:
    def several() -> None:
        with all_asked_at_once():
            ask("Klopt het?", day="Vroeg?")
            ask("Klopt het?", day="Laat?", hour="Nacht?")

    with pytest.raises(Doubtful) as doubt:
        several()
    assert (doubt.value.message, doubt.value.fields) == ("Klopt het?", {"day": "Vroeg? Laat?", "hour": "Nacht?"})
    with pytest.raises(Doubtful, match="meteen"):
        ask("meteen")
