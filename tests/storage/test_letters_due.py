"""What is owed in all cases and what needs no letter, each with the reason why."""

from collections.abc import Callable
from datetime import date, timedelta

from desktop import clock
from desktop.actions.letter_sending import fix_letter
from desktop.actions.letters import write_letter
from desktop.actions.signals import write_signal
from desktop.rules.letters_due import LetterFacts
from desktop.rules.staff import Member
from desktop.storage.letters_due import letters_overview, list_letters_due, list_not_due
from desktop.storage.models import Practice, Worry
from desktop.storage.tasks import letters_due
from tests.actions.test_letters import a_case, sent
from tests.counting import assert_query_count
from tests.factory import add_closing, add_practice, add_voucher, days_ago
from tests.letters_made import ALL, a_signal, months_on, owed, worried


def test_practices_that_wait_for_progress_or_a_signal_stand_in_te_doen(office: Member) -> None:
    voucher = months_on(office)
    sent(office, write_letter(office, voucher.id, "intake"))
    other = add_voucher(office, add_practice("Praktijk Nowak", agb="01054999", letter_moments=ALL), surname="Smit",
                        phone="+31612345678", report_back=False)  # fmt: skip
    worried(other)
    due = letters_due(clock.today())
    assert due is not None
    assert len(due.practices) == 2
    sent(office, write_letter(office, voucher.id, "progress"))
    write_signal(office, a_signal(other))
    assert letters_due(clock.today()) is not None  # the worry itself has no letter: the signal named none
    write_signal(office, a_signal(other, worry_id=Worry.get().id))
    assert letters_due(clock.today()) is None


def test_everything_that_needs_no_letter_says_why(office: Member) -> None:
    practice = add_practice()
    told = a_case(office, practice=practice)
    sent(office, write_letter(office, told.id, "intake"))
    more = {"practice": practice, "phone": "+31612345678"}
    a_case(office, surname="Zwijger", consent_report_back="no", **more)
    a_case(office, surname="Ongewenst", report_back=False, **more)
    add_closing(a_case(office, surname="Overleden", **more), "deceased")
    add_voucher(office, None, surname="Niemand", phone="+31612345679")
    reasons = {
        (each.voucher.person.surname, moment): each.due.why_not
        for each in list_not_due(office, clock.today()).shown
        for moment in each.due.settles
    }
    day = f"{clock.today().day} "
    assert reasons[("Meer-de Wit", "intake")].startswith(f"De praktijk weet het al sinds {day}")
    assert reasons[("Meer-de Wit", "arrived")].startswith("De praktijk weet het al")
    assert "toestemming" in reasons[("Zwijger", "intake")]
    assert "wil geen terugkoppeling" in reasons[("Ongewenst", "intake")]
    assert "geen bericht meer" in reasons[("Overleden", "closing")]
    assert "niemand" in reasons[("Niemand", "arrived")]
    overview = letters_overview(office, clock.today())
    assert overview.others == list_not_due(office, clock.today()).count
    assert [each.due.moment for each in overview.owed] == ["arrived"]  # the receipt about Zwijger


def test_who_is_looked_for_is_found_among_what_needs_no_letter(office: Member) -> None:
    practice = add_practice()
    for surname in ("Zwijger", "Bakker"):
        a_case(office, practice=practice, surname=surname, phone="+31612345678", consent_report_back="no")
    found = list_not_due(office, clock.today(), "zwijg")
    assert {each.voucher.person.surname for each in found.shown} == {"Zwijger"}
    assert list_not_due(office, clock.today(), "linde").count == 2
    assert list_not_due(office, clock.today(), "(* OR").count == 0
    assert len(list_not_due(office, clock.today(), most=1).shown) == 1


def test_concept_and_fixed_letters_say_how_far_they_are(office: Member) -> None:
    voucher = a_case(office)
    letter = write_letter(office, voucher.id, "intake")
    assert list_not_due(office, clock.today()).shown[0].due.why_not.startswith("De brief wordt geschreven")
    fix_letter(office, letter.id)
    assert "ligt klaar" in list_not_due(office, clock.today()).shown[0].due.why_not


def test_number_of_queries_does_not_grow_with_the_cases(office: Member) -> None:
    practice = add_practice(letter_moments=ALL)
    looks = (letters_overview, list_not_due, list_letters_due)
    _six_with_a_worry(office, practice)
    asked_of_few = [_asked(look, office) for look in looks]
    for _n in range(3):
        _six_with_a_worry(office, practice)
    assert [_asked(look, office) for look in looks] == asked_of_few
    overview = letters_overview(office, clock.today())
    assert len(overview.owed) == len(list_letters_due(office, clock.today())) == 36
    assert list_not_due(office, clock.today()).count == overview.others


def _six_with_a_worry(office: Member, practice: Practice) -> None:
    for number in range(6):
        voucher = months_on(office, practice=practice, surname=f"Jansen{number}")
        worried(voucher)
        if number % 2:
            sent(office, write_letter(office, voucher.id, "progress"))


def _asked(look: Callable[[Member, date], object], office: Member) -> int:
    with assert_query_count(40) as asked:
        look(office, clock.today())
    return len(asked)


def test_owed_signal_stands_with_its_worry_and_its_day(office: Member) -> None:
    voucher = a_case(office, practice=add_practice(letter_moments=ALL))
    old = worried(voucher, noticed_on=days_ago(2))
    worried(voucher, done_on=clock.today())
    (signal,) = [each for each in list_letters_due(office, clock.today()) if each.due.moment == "signal"]
    assert (signal.due.worry_id, signal.due.days_late) == (old.id, timedelta(days=2).days)


def test_worry_owes_a_signal_whatever_was_agreed_about_letters(office: Member) -> None:
    assert "signal" not in LetterFacts(clock.today(), clock.today()).agreed
    voucher = a_case(office)
    worried(voucher)
    assert owed(office, voucher) == ["intake", "signal"]
