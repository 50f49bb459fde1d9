"""The copy of a letter for who referred."""

import pytest

from desktop.actions.letter_correcting import correct_letter, withdraw_letter
from desktop.actions.letter_looks import open_letter
from desktop.actions.letter_sending import confirm_sent, fix_letter, send_letter
from desktop.actions.letters import write_letter
from desktop.actions.signals import write_signal
from desktop.actions.undo import undo_last
from desktop.errors import Refused
from desktop.rules.staff import Member
from desktop.storage.models import Contact, Letter, LetterMoment, LetterPdf, Practice, Voucher
from tests.actions.test_letters import a_case, flat, page_of, sent
from tests.factory import add_practice, add_row
from tests.letters_made import a_signal, closed_and_told, open_again


@pytest.fixture
def copied(office: Member) -> Voucher:
    """A case reported to the POH of a practice that wants a copy for who referred, the doctor."""
    practice = add_practice(letter_copy=True)
    doctor, poh = Contact.get(Contact.role == "gp"), Contact.get(Contact.role == "poh_ggz")
    return a_case(office, practice=practice, referrer=doctor.id, report_to=poh.id)


def copy_of(letter: Letter) -> Letter:
    found: Letter = Letter.get(Letter.copy_of == letter.id)
    return found


def test_copy_for_the_referrer_is_fixed_with_the_letter(office: Member, copied: Voucher) -> None:
    letter = fix_letter(office, write_letter(office, copied.id, "intake").id)
    copy = copy_of(letter)
    assert (copy.state, copy.moment) == ("fixed", "intake")
    assert LetterPdf.select().count() == 2
    page = flat(page_of(open_letter(office, copy.id).pdf or b""))
    assert "t.a.v. M. Jansen, huisarts" in page
    assert "Geachte dokter Jansen," in page
    assert "afschrift van ons bericht aan S. Bos, POH-GGZ" in page
    assert "Verwezen door" not in page
    assert "Verwezen door" in flat(page_of(open_letter(office, letter.id).pdf or b""))
    assert open_letter(office, copy.id).content.core == open_letter(office, letter.id).content.core


def test_copy_settles_nothing_and_is_never_the_letter_that_stands(office: Member, copied: Voucher) -> None:
    letter = fix_letter(office, write_letter(office, copied.id, "intake").id)
    assert LetterMoment.select().where(LetterMoment.letter == copy_of(letter)).count() == 0
    with pytest.raises(Refused, match="Er is al een brief"):
        write_letter(office, copied.id, "intake")
    assert Letter.select().count() == 2


def test_copy_is_sent_and_confirmed_on_its_own(office: Member, copied: Voucher) -> None:
    letter = fix_letter(office, write_letter(office, copied.id, "intake").id)
    copy = copy_of(letter)
    confirm_sent(office, send_letter(office, letter.id, "print").id)
    assert Letter.get_by_id(copy.id).state == "fixed"
    confirm_sent(office, send_letter(office, copy.id, "text").id)
    assert Letter.get_by_id(copy.id).state == "sent"


def test_copy_is_withdrawn_with_the_letter_and_the_next_copy_says_what_it_replaces(
    office: Member, copied: Voucher
) -> None:
    letter = sent(office, write_letter(office, copied.id, "intake"))
    copy = copy_of(letter)
    confirm_sent(office, send_letter(office, copy.id, "print").id)
    withdraw_letter(office, letter.id, "verkeerde datum")
    assert Letter.get_by_id(copy.id).withdrawn_why == "verkeerde datum"
    again = fix_letter(office, write_letter(office, copied.id, "intake").id)
    assert again.corrects_id == letter.id
    assert copy_of(again).corrects_id == copy.id
    assert "vervangt ons bericht van" in open_letter(office, copy_of(again).id).content.kind
    assert Letter.select().where(Letter.withdrawn_on.is_null()).count() == 2


def test_correcting_a_letter_corrects_its_copy(office: Member, copied: Voucher) -> None:
    letter = sent(office, write_letter(office, copied.id, "intake"))
    again = fix_letter(office, correct_letter(office, letter.id, "verkeerde dag").id)
    assert copy_of(again).withdrawn_on is None
    assert Letter.get(Letter.copy_of == letter.id).withdrawn_on is not None


def test_copy_goes_on_from_the_letter_that_the_referrer_had_before_the_case_was_opened_again(office: Member) -> None:
    practice = add_practice()
    doctor, poh = Contact.get(Contact.role == "gp"), Contact.get(Contact.role == "poh_ggz")
    voucher = a_case(office, practice=practice, referrer=doctor.id)
    first = closed_and_told(office, voucher)
    open_again(first)
    practice.letter_copy, voucher.report_to = True, poh
    for row in (practice, voucher):
        row.version = type(row).get_by_id(row.id).version
        add_row(row)
    second = closed_and_told(office, voucher)
    assert (second.follows_id, copy_of(second).follows_id) == (first.id, first.id)
    assert "vervolg op ons bericht van" in open_letter(office, copy_of(second).id).content.kind


def test_undoing_the_fixing_takes_the_copy_away(office: Member, copied: Voucher) -> None:
    fix_letter(office, write_letter(office, copied.id, "intake").id)
    undo_last(office)
    assert [each.state for each in Letter.select()] == ["concept"]
    assert LetterPdf.select().count() == 0


def test_no_copy_for_who_gets_the_letter_nor_for_who_left(office: Member, copied: Voucher) -> None:
    doctor = Contact.get(Contact.role == "gp")
    voucher = Voucher.get_by_id(copied.id)
    voucher.report_to = doctor
    add_row(voucher)
    letter = fix_letter(office, write_letter(office, copied.id, "intake").id)
    assert Letter.select().where(Letter.copy_of == letter.id).count() == 0
    withdraw_letter(office, letter.id, "opnieuw")
    doctor.active = False
    add_row(doctor)
    letter = fix_letter(office, write_letter(office, copied.id, "intake").id)
    assert Letter.select().where(Letter.copy_of == letter.id).count() == 0


def test_practice_that_wants_no_copy_gets_none(office: Member, copied: Voucher) -> None:
    practice = Practice.get()
    practice.letter_copy = False
    add_row(practice)
    fix_letter(office, write_letter(office, copied.id, "intake").id)
    assert Letter.select().count() == 1


def test_copy_no_longer_wanted_is_not_sent(office: Member, copied: Voucher) -> None:
    copy = copy_of(fix_letter(office, write_letter(office, copied.id, "intake").id))
    practice = Practice.get()
    practice.letter_copy = False
    add_row(practice)
    with pytest.raises(Refused, match="afschrift"):
        send_letter(office, copy.id, "print")


def test_letter_to_the_practice_itself_is_copied_to_the_referrer(office: Member) -> None:
    practice = add_practice(letter_copy=True, letter_to="practice")
    voucher = a_case(office, practice=practice, referrer=Contact.get(Contact.role == "gp").id)
    letter = fix_letter(office, write_letter(office, voucher.id, "intake").id)
    assert "aan Huisartsenpraktijk De Linde" in open_letter(office, copy_of(letter).id).content.kind


def test_signal_is_copied_with_consent_and_not_on_the_meldcode(office: Member, copied: Voucher) -> None:
    letter = fix_letter(office, write_signal(office, a_signal(copied)).id)
    assert copy_of(letter).ground == "consent"
    other = fix_letter(office, write_signal(office, a_signal(copied, ground="meldcode")).id)
    assert Letter.select().where(Letter.copy_of == other.id).count() == 0
