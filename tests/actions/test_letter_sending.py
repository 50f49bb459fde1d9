"""What a letter promised is owed on its day; what was told counts for who heard it, about the deed as it stands."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from desktop import clock
from desktop.actions.aftercare import correct_aftercare, hold_aftercare
from desktop.actions.appointments import miss_appointment, plan_intake
from desktop.actions.endings import close_case, correct_closing, reopen_case, take_back_closing
from desktop.actions.enrolments import (
    enrol,
    record_first_time,
    stop_enrolment,
    take_back_enrolment,
    take_back_first_time,
)
from desktop.actions.intakes import hold_intake, take_back_intake
from desktop.actions.letter_correcting import withdraw_letter
from desktop.actions.letter_looks import open_letter
from desktop.actions.letter_sending import confirm_sent, fix_letter, send_letter
from desktop.actions.letters import rewrite_letter, write_letter
from desktop.actions.vouchers import correct_voucher
from desktop.errors import Refused
from desktop.rules.aftercare import AftercareDraft
from desktop.rules.deeds import (
    AppointmentDraft,
    ClosingDraft,
    EnrolDraft,
    FirstTimeDraft,
    IntakeDraft,
    MissedDraft,
    ReopenDraft,
    StopDraft,
)
from desktop.rules.letters_due import wrong_letters
from desktop.rules.staff import Member
from desktop.rules.vouchers import VoucherDraft
from desktop.storage.cases import read_case
from desktop.storage.letters import content_of
from desktop.storage.letters_due import due_of_case, list_letters_due, list_not_due, list_wrong_letters
from desktop.storage.models import Closing, Dispatch, Enrolment, Letter, Practice, Voucher
from desktop.storage.tasks import list_tasks
from tests.factory import add_activity, add_practice, add_voucher

MONDAY = date(2026, 11, 2)


class Year:
    """The program's clock, moved by the test."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.moment = datetime.combine(MONDAY, time(9), UTC)
        monkeypatch.setattr(clock, "now", lambda: self.moment)

    def on(self, day: date) -> None:
        self.moment = datetime.combine(day, time(9), UTC)

    def later(self, days: int) -> None:
        self.moment += timedelta(days=days)


@pytest.fixture
def year(monkeypatch: pytest.MonkeyPatch, office: Member) -> Year:
    return Year(monkeypatch)


def case_of(by: Member, practice: Practice | None = None, **more: Any) -> Voucher:
    practice = practice or add_practice()
    return add_voucher(by, practice, dated_on=clock.today(), received_on=clock.today(), **more)


def tell(by: Member, voucher: Voucher, moment: str) -> Letter:
    """Written, fixed, copied and sent."""
    letter = fix_letter(by, write_letter(by, voucher.id, moment).id)
    return confirm_sent(by, send_letter(by, letter.id, "text").id)


def owed(by: Member, voucher: Voucher) -> list[str]:
    return [each.moment for each in due_of_case(by, voucher.id, clock.today()) if not each.why_not]


def promised(letter: Letter) -> date:
    day: date | None = Letter.get_by_id(letter.id).promised_on
    assert day is not None
    return day


def talk(by: Member, voucher: Voucher, **more: Any) -> int:
    draft = IntakeDraft(voucher_id=voucher.id, held_on=clock.today(), sure=True, **more)
    return int(hold_intake(by, draft).id)


def place(by: Member, voucher: Voucher, **more: Any) -> Enrolment:
    activity = add_activity("Zangkoor", letter_name="een koor")
    draft = EnrolDraft(voucher_id=voucher.id, activities=(activity.id,), enrolled_on=clock.today(), sure=True, **more)
    return enrol(by, draft)[0]


def end(by: Member, voucher: Voucher, outcome: str = "completed", **more: Any) -> Closing:
    draft = ClosingDraft(voucher_id=voucher.id, closed_on=clock.today(), outcome=outcome, sure=True, **more)
    return close_case(by, draft)


def nobody_reached(by: Member) -> tuple[Voucher, str]:
    return case_of(by), "arrived"


def still_looking(by: Member) -> tuple[Voucher, str]:
    voucher = case_of(by)
    talk(by, voucher)
    return voucher, "intake"


def on_the_waiting_list(by: Member) -> tuple[Voucher, str]:
    voucher = case_of(by)
    talk(by, voucher)
    place(by, voucher, waiting=True)
    return voucher, "intake"


def signed_up_without_a_day(by: Member) -> tuple[Voucher, str]:
    voucher = case_of(by)
    talk(by, voucher)
    place(by, voucher)
    return voucher, "intake"


def with_a_volunteer(by: Member) -> tuple[Voucher, str]:
    voucher = case_of(by)
    talk(by, voucher)
    enrol(by, EnrolDraft(voucher_id=voucher.id, destination="buddy", enrolled_on=clock.today(), sure=True))
    return voucher, "intake"


def one_talk_and_not_closed(by: Member) -> tuple[Voucher, str]:
    voucher = case_of(by)
    talk(by, voucher, one_talk_enough=True)
    return voucher, "intake"


SITUATIONS = [nobody_reached, still_looking, on_the_waiting_list, signed_up_without_a_day, with_a_volunteer,
              one_talk_and_not_closed]  # fmt: skip


@pytest.mark.parametrize("situation", SITUATIONS, ids=[each.__name__ for each in SITUATIONS])
def test_promised_day_is_owed_and_kept_until_the_next_promise(office: Member, year: Year, situation: object) -> None:
    voucher, moment = situation(office)  # type: ignore[operator]
    day = promised(tell(office, voucher, moment))
    assert owed(office, voucher) == []
    year.on(day)
    assert owed(office, voucher), "the day has come and nothing is owed"
    assert "letters" in [task.kind for task in list_tasks(office, day)]
    assert voucher.id in [each.voucher.id for each in list_letters_due(office, day)]
    year.later(100)
    assert owed(office, voucher)
    following = tell(office, voucher, owed(office, voucher)[0])
    assert owed(office, voucher) == []
    year.on(promised(following))
    assert owed(office, voucher)


def test_talk_that_did_not_go_on_leaves_the_promise_standing(office: Member, year: Year) -> None:
    voucher = case_of(office)
    visit = plan_intake(
        office, AppointmentDraft(voucher_id=voucher.id, day=MONDAY + timedelta(days=7), hour=time(10), sure=True)
    )
    day = promised(tell(office, voucher, "arrived"))
    year.later(8)
    miss_appointment(office, MissedDraft(id=visit.id, voucher_id=voucher.id))
    year.on(day)
    assert owed(office, voucher) == ["update"]


def test_word_promised_for_when_it_stops_is_owed_when_it_stops(office: Member, year: Year) -> None:
    voucher = case_of(office)
    talk(office, voucher)
    joined = place(office, voucher, start_on=MONDAY)
    record_first_time(office, FirstTimeDraft(enrolment_id=joined.id, first_attended_on=MONDAY, first_known_by="phone"))
    assert tell(office, voucher, "intake").promised_sooner
    year.later(14)
    stop_enrolment(
        office, StopDraft(enrolment_id=joined.id, stopped_on=clock.today(), stop_reason="no_match", sure=True)
    )
    assert owed(office, voucher) == ["update"]


def taking_part(by: Member) -> tuple[Voucher, Enrolment]:
    voucher = case_of(by)
    talk(by, voucher)
    joined = place(by, voucher, start_on=MONDAY)
    record_first_time(by, FirstTimeDraft(enrolment_id=joined.id, first_attended_on=MONDAY, first_known_by="phone"))
    return voucher, joined


@pytest.mark.parametrize(
    ("told_after", "stopped_after", "recorded_after"), [(0, 0, 0), (7, 3, 9), (0, 1, 1), (2, 2, 40)]
)
def test_stop_is_owed_whatever_day_stands_on_it(
    office: Member, year: Year, told_after: int, stopped_after: int, recorded_after: int
) -> None:
    """On the day of the letter itself, or dated back before it: the practice was told that it went on."""
    voucher, joined = taking_part(office)
    year.later(told_after)
    tell(office, voucher, "intake")
    year.on(MONDAY + timedelta(days=recorded_after))
    day = MONDAY + timedelta(days=stopped_after)
    stop_enrolment(office, StopDraft(enrolment_id=joined.id, stopped_on=day, stop_reason="no_match", sure=True))
    assert owed(office, voucher) == ["update"]
    assert "gestopt" in str(content_of(tell(office, voucher, "update")).core)
    assert owed(office, voucher) == []


def first_time_taken_back(by: Member, joined: Enrolment) -> None:
    take_back_first_time(by, joined.id)


def enrolment_taken_back(by: Member, joined: Enrolment) -> None:
    take_back_first_time(by, joined.id)
    take_back_enrolment(by, joined.id)


@pytest.mark.parametrize("goes_back", [first_time_taken_back, enrolment_taken_back])
def test_letter_about_taking_part_that_never_was_is_to_be_withdrawn(
    office: Member, year: Year, goes_back: Callable[[Member, Enrolment], None]
) -> None:
    voucher, joined = taking_part(office)
    letter = tell(office, voucher, "intake")
    year.later(4)
    goes_back(office, joined)
    assert [(each.case.id, each.wrong.letter_id) for each in list_wrong_letters(office)] == [(voucher.id, letter.id)]
    assert "wrong_letter" in {task.kind for task in list_tasks(office, clock.today())}
    withdraw_letter(office, letter.id, "verkeerd vastgelegd")
    assert (list_wrong_letters(office), owed(office, voucher)) == ([], ["intake"])


@pytest.mark.parametrize("outcome", ["stopped", "never", "other"])
def test_talk_corrected_after_its_letter_is_told_again(office: Member, year: Year, outcome: str) -> None:
    voucher, _joined = taking_part(office)
    year.later(95)
    held = hold_aftercare(office, AftercareDraft(voucher_id=voucher.id, held_on=clock.today(), outcome="still"))
    letter = tell(office, voucher, "progress")
    assert owed(office, voucher) == []
    reason = "" if outcome == "other" else "illness"
    draft = AftercareDraft(
        id=held.id, version=held.version, voucher_id=voucher.id, held_on=clock.today(), outcome=outcome,
        stop_reason=reason, sure=True,
    )  # fmt: skip
    correct_aftercare(office, draft)
    assert owed(office, voucher) == ["progress"]
    assert write_letter(office, voucher.id, "progress").corrects_id == letter.id


def test_concept_filled_anew_settles_what_it_says_now(office: Member, year: Year) -> None:
    voucher, _joined = taking_part(office)
    year.later(20)
    closing = end(office, voucher, "stopped", reason="illness")
    concept = write_letter(office, voucher.id, "closing")
    correct_closing(
        office, ClosingDraft(id=closing.id, version=closing.version, voucher_id=voucher.id, closed_on=clock.today(),
                             outcome="completed", sure=True)
    )  # fmt: skip
    rewrite_letter(office, concept.id)
    fix_letter(office, concept.id)
    confirm_sent(office, send_letter(office, concept.id, "text").id)
    assert owed(office, voucher) == []


def test_newest_letter_is_the_one_that_promises(office: Member, year: Year) -> None:
    voucher = case_of(office)
    first = tell(office, voucher, "arrived")
    year.later(3)
    talk(office, voucher)
    tell(office, voucher, "intake")
    year.on(promised(first))
    assert owed(office, voucher) == []


def test_withdrawn_letter_promises_nothing(office: Member, year: Year) -> None:
    voucher = case_of(office)
    letter = tell(office, voucher, "arrived")
    withdraw_letter(office, letter.id, "verkeerd")
    assert owed(office, voucher) == ["arrived"]


# ---- endings


def begun(by: Member, year: Year) -> Voucher:
    voucher = case_of(by)
    talk(by, voucher)
    joined = place(by, voucher, start_on=MONDAY)
    record_first_time(by, FirstTimeDraft(enrolment_id=joined.id, first_attended_on=MONDAY, first_known_by="phone"))
    year.later(20)
    return voucher


def corrected(by: Member, closing: Closing, **more: Any) -> Closing:
    fresh = Closing.get_by_id(closing.id)
    draft = ClosingDraft(
        id=fresh.id, version=fresh.version, voucher_id=fresh.voucher_id, closed_on=fresh.closed_on,
        outcome=fresh.outcome, reason=fresh.reason, sure=True,
    )  # fmt: skip
    return correct_closing(by, replace(draft, **more))


def test_other_day_of_the_same_ending_owes_nothing(office: Member, year: Year) -> None:
    voucher = begun(office, year)
    closing = end(office, voucher)
    tell(office, voucher, "closing")
    year.later(2)
    corrected(office, closing, closed_on=clock.today())
    assert owed(office, voucher) == []


def test_other_outcome_replaces_what_was_told(office: Member, year: Year) -> None:
    voucher = begun(office, year)
    closing = end(office, voucher, "stopped", reason="illness")
    told = tell(office, voucher, "closing")
    year.later(1)
    corrected(office, closing, outcome="completed", reason="")
    assert owed(office, voucher) == ["closing"]
    again = write_letter(office, voucher.id, "closing")
    assert again.corrects_id == told.id
    assert "vervangt ons bericht van" in open_letter(office, again.id).content.kind


def test_ending_that_turns_out_never_to_have_begun_replaces_the_closing_letter(office: Member, year: Year) -> None:
    voucher = case_of(office)
    talk(office, voucher)
    closing = end(office, voucher, "one_talk")
    told = tell(office, voucher, "closing")
    corrected(office, closing, outcome="not_interested", reason="other")
    assert owed(office, voucher) == ["declined"]
    assert write_letter(office, voucher.id, "declined").corrects_id == told.id


def test_closed_again_the_same_day_owes_the_new_ending_as_a_sequel(office: Member, year: Year) -> None:
    voucher = begun(office, year)
    end(office, voucher, "stopped", reason="illness")
    told = tell(office, voucher, "closing")
    reopen_case(office, ReopenDraft(voucher_id=voucher.id, reopened_on=clock.today(), reopened_why="vergissing"))
    end(office, voucher, "completed")
    assert owed(office, voucher) == ["closing"]
    again = write_letter(office, voucher.id, "closing")
    assert (again.corrects_id, again.follows_id) == (None, told.id)
    assert "vervolg op ons bericht van" in open_letter(office, again.id).content.kind


def test_practice_that_heard_the_last_word_hears_that_it_goes_on(office: Member, year: Year) -> None:
    voucher = begun(office, year)
    end(office, voucher, "stopped", reason="illness")
    tell(office, voucher, "closing")
    year.later(10)
    reopen_case(office, ReopenDraft(voucher_id=voucher.id, reopened_on=clock.today(), reopened_why="wil toch weer"))
    assert owed(office, voucher) == ["update"]


def test_closing_taken_back_leaves_its_letter_to_be_withdrawn(office: Member, year: Year) -> None:
    voucher = begun(office, year)
    closing = end(office, voucher)
    letter = tell(office, voucher, "closing")
    take_back_closing(office, closing.id)
    (wrong,) = wrong_letters(read_case(voucher.id))
    assert (wrong.letter_id, "afsluiting" in wrong.why) == (letter.id, True)


def test_letter_nobody_wrote_moves_to_what_needs_none_after_a_year(office: Member, year: Year) -> None:
    voucher = begun(office, year)
    end(office, voucher)
    assert owed(office, voucher) == ["closing"]
    year.later(366)
    assert owed(office, voucher) == []
    (kept,) = [each for each in list_not_due(office, clock.today()).shown if each.voucher.id == voucher.id]
    assert "langer dan een jaar geleden" in kept.due.why_not


# ---- who heard it, and about what


def put_right(by: Member, voucher: Voucher, practice: Practice) -> None:
    fresh = Voucher.get_by_id(voucher.id)
    correct_voucher(
        by,
        VoucherDraft(
            id=fresh.id, version=fresh.version, person_id=fresh.person_id, practice=practice.id,
            dated_on=fresh.dated_on, received_on=fresh.received_on, coach=fresh.coach_id,
            voucher_number=fresh.number, consent_report_back="yes", sure=True,
        ),
    )  # fmt: skip


def test_right_practice_hears_what_the_wrong_one_was_told(office: Member, year: Year) -> None:
    wrong, right = add_practice("Huisartsen Zuid", agb="01012345"), add_practice("Huisartsen Noord", agb="01012346")
    voucher = case_of(office, wrong)
    letter = tell(office, voucher, "arrived")
    put_right(office, voucher, right)
    year.later(14)
    assert [each.moment for each in due_of_case(office, voucher.id, clock.today())] == ["arrived"]
    (found,) = wrong_letters(read_case(voucher.id))
    assert (found.letter_id, found.practice, "datalek" in found.why) == (letter.id, "Huisartsen Zuid", True)
    again = write_letter(office, voucher.id, "arrived")
    assert (again.practice_id, again.corrects_id, again.follows_id) == (right.id, None, None)


def test_intake_that_was_not_is_to_be_withdrawn_and_the_real_one_is_owed(office: Member, year: Year) -> None:
    voucher = case_of(office)
    intake = talk(office, voucher)
    letter = tell(office, voucher, "intake")
    take_back_intake(office, intake)
    (wrong,) = wrong_letters(read_case(voucher.id))
    assert (wrong.letter_id, "intake" in wrong.why) == (letter.id, True)
    year.later(9)
    talk(office, voucher)
    assert "intake" in owed(office, voucher)
    assert write_letter(office, voucher.id, "intake").corrects_id == letter.id


def test_word_of_arrival_after_the_talk_is_the_letter_about_the_talk(office: Member, year: Year) -> None:
    voucher = case_of(office)
    year.later(10)
    talk(office, voucher)
    letter = write_letter(office, voucher.id, "arrived")  # a list that was on screen for a while said so
    assert letter.moment == "intake"
    assert {each.moment for each in letter.moments} == {"arrived", "intake"}


def test_older_letter_that_lay_here_does_not_follow_a_newer_one(office: Member, year: Year) -> None:
    voucher = case_of(office)
    older = fix_letter(office, write_letter(office, voucher.id, "arrived").id)
    year.later(5)
    talk(office, voucher)
    tell(office, voucher, "intake")
    assert "vertelt meer" in open_letter(office, older.id).stopped
    with pytest.raises(Refused):
        send_letter(office, older.id, "text")


def test_letter_goes_one_way_only(office: Member, year: Year) -> None:
    voucher = case_of(office)
    letter = fix_letter(office, write_letter(office, voucher.id, "arrived").id)
    ways = [send_letter(office, letter.id, way) for way in ("text", "print")]
    confirm_sent(office, ways[0].id)
    with pytest.raises(Refused):
        confirm_sent(office, ways[1].id)
    assert Dispatch.select().where(Dispatch.confirmed_at.is_null(False)).count() == 1


def test_what_was_told_in_the_meeting_settles_the_moment(office: Member, year: Year) -> None:
    voucher = case_of(office, add_practice(letter_way="told"))
    year.later(14)
    assert owed(office, voucher) == ["arrived"]
    letter = fix_letter(office, write_letter(office, voucher.id, "arrived").id)
    sent = confirm_sent(office, send_letter(office, letter.id, "told").id)
    assert (sent.state, owed(office, voucher)) == ("sent", [])


def test_practice_has_its_own_weeks_until_the_progress_letter(office: Member, year: Year) -> None:
    voucher = case_of(office, add_practice(progress_weeks=6))
    talk(office, voucher)
    joined = place(office, voucher, start_on=MONDAY)
    record_first_time(office, FirstTimeDraft(enrolment_id=joined.id, first_attended_on=MONDAY, first_known_by="phone"))
    tell(office, voucher, "intake")
    year.on(MONDAY + timedelta(weeks=6) - timedelta(days=1))
    assert "progress" not in owed(office, voucher)
    year.later(1)
    assert "progress" in owed(office, voucher)
