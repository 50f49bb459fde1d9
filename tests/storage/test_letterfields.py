"""Progress letters are filled from the records: when they are owed, how it goes, how often somebody was there."""

from dataclasses import replace

import pytest

from desktop import clock
from desktop.actions.letter_looks import open_letter
from desktop.actions.letters import edit_letter, write_letter
from desktop.errors import Refused
from desktop.language import set_language
from desktop.rules.staff import Member
from desktop.storage.letters_due import due_of_case
from desktop.storage.models import Letter
from tests.actions.test_letters import a_case, sent
from tests.factory import (
    add_activity,
    add_aftercare,
    add_closing,
    add_consent,
    add_enrolment,
    add_practice,
    add_voucher,
    days_ago,
)
from tests.letters_made import fixed_page, months_on, owed


def test_progress_letter_is_written_without_a_talk_and_says_when_it_comes(office: Member) -> None:
    voucher = months_on(office)
    assert owed(office, voucher) == ["progress"]
    page = fixed_page(office, write_letter(office, voucher.id, "progress"))
    assert "bericht over de voortgang" in page
    assert "nog niet gevraagd hoe het gaat" in page
    assert "Aanwezigheid 7 van 8 keer" in page
    assert "ouwgroep" not in page


def test_progress_letter_tells_what_the_talk_said_and_nothing_of_why(office: Member) -> None:
    voucher = months_on(office)
    add_aftercare(voucher, days_ago(2), outcome="stopped", stop_reason="illness", note="ligt in het ziekenhuis")
    page = fixed_page(office, write_letter(office, voucher.id, "progress"))
    assert "Mevrouw is gestopt." in page
    for private in ("ziek", "illness", "omdat"):
        assert private not in page


def test_progress_letter_settles_what_nobody_wrote_about_before(office: Member) -> None:
    voucher = months_on(office)
    letter = write_letter(office, voucher.id, "progress")
    assert [each.moment for each in letter.moments] == ["arrived", "intake", "progress"]
    sent(office, letter)
    assert owed(office, voucher) == []
    for moment in ("arrived", "intake", "progress"):
        with pytest.raises(Refused, match="al"):
            write_letter(office, voucher.id, moment)


def test_no_progress_letter_before_anything_happened(office: Member) -> None:
    voucher = a_case(office)
    with pytest.raises(Refused, match="nog niet gebeurd"):
        write_letter(office, voucher.id, "progress")
    add_aftercare(voucher, days_ago(1), outcome="still")
    assert owed(office, voucher) == ["progress"]


def test_stopped_enrolment_counts_no_months(office: Member) -> None:
    voucher = add_voucher(office, add_practice(), dated_on=days_ago(130))
    add_enrolment(voucher, add_activity(), state="stopped", first_attended_on=days_ago(100), stopped_on=days_ago(90))
    assert owed(office, voucher) == ["arrived"]


def test_start_date_counts_when_nobody_knows_of_a_first_time(office: Member) -> None:
    voucher = add_voucher(office, add_practice(), dated_on=days_ago(130))
    add_enrolment(voucher, add_activity(), state="enrolled", start_on=days_ago(95))
    assert owed(office, voucher) == ["progress"]


def test_practice_without_progress_letters_gets_none_and_is_told_why(office: Member) -> None:
    voucher = months_on(office, practice=add_practice(letter_moments="closing"))
    assert owed(office, voucher) == []
    (due,) = [due for due in due_of_case(office, voucher.id, clock.today()) if due.moment == "progress"]
    assert "afgesproken" in due.why_not
    with pytest.raises(Refused, match="afgesproken"):
        write_letter(office, voucher.id, "progress")


def test_closing_letter_takes_over_a_progress_concept_and_keeps_the_count(office: Member) -> None:
    voucher = months_on(office)
    write_letter(office, voucher.id, "progress")
    add_closing(voucher, "completed")
    letter = write_letter(office, voucher.id, "closing")
    assert Letter.select().count() == 1
    assert {each.moment for each in letter.moments} == {"arrived", "intake", "progress", "closing"}
    assert "Aanwezigheid 7 van 8 keer" in fixed_page(office, letter)


def test_marks_of_the_newest_talk_are_on_the_hexagon_only_when_chosen_and_allowed(office: Member) -> None:
    voucher = months_on(office)
    add_aftercare(voucher, days_ago(1), outcome="still", mark_body=9, mark_feeling=8)
    opened = open_letter(office, write_letter(office, voucher.id, "progress").id)
    assert opened.content.marks is None
    with pytest.raises(Refused):
        edit_letter(office, replace(opened.draft, with_marks=True))
    add_consent(voucher, "hexagon")
    edit_letter(office, replace(opened.draft, with_marks=True))
    marks = dict(open_letter(office, opened.record.id).content.marks or ())
    assert marks["Lichaam"] == 9
    assert marks["Meedoen"] is None


def test_attendance_is_dutch_whatever_the_screen_speaks(office: Member) -> None:
    set_language("en")
    letter = write_letter(office, months_on(office).id, "progress")
    assert open_letter(office, letter.id).content.attendance == "7 van 8 keer"


def test_intake_letter_says_nothing_about_attendance(office: Member) -> None:
    voucher = months_on(office)
    assert open_letter(office, write_letter(office, voucher.id, "intake").id).content.attendance == ""
