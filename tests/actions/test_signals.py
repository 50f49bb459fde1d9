"""What was noticed, told to the practice on a ground that is asked each time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop import clock
from desktop.actions.endings import take_back_worry
from desktop.actions.letter_correcting import correct_letter, withdraw_letter, write_for_new_address
from desktop.actions.letter_looks import open_letter, preview_letter
from desktop.actions.letter_sending import fix_letter
from desktop.actions.letters import approve_letter, edit_letter, rewrite_letter, write_letter
from desktop.actions.signals import write_signal
from desktop.actions.undo import undo_last
from desktop.errors import Doubtful, Refused
from desktop.rules.dates import show_long
from desktop.rules.letters import as_text
from desktop.rules.staff import Member
from desktop.storage.models import Consent, Contact, Letter, Reason, Voucher, Worry
from tests.actions.test_letters import a_case, sent, withdraw_consent
from tests.factory import add_closing, add_member, add_practice, add_row, add_voucher
from tests.letters_made import ALL, a_signal, fixed_page, months_on, owed, worried


def test_signal_is_written_beside_the_other_letters_and_settles_none(office: Member) -> None:
    voucher = a_case(office, practice=add_practice(letter_moments=ALL))
    worry = worried(voucher)
    assert owed(office, voucher) == ["intake", "signal"]
    letter = write_signal(office, a_signal(voucher, worry_id=worry.id))
    assert owed(office, voucher) == ["intake"]
    assert (letter.ground, letter.worry_id, [each.moment for each in letter.moments]) == (
        "consent",
        worry.id,
        ["signal"],
    )
    page = fixed_page(office, letter)
    assert "Mevrouw eet en slaapt slecht, zegt zij." in page
    assert "met toestemming van mevrouw" in page
    assert "neglect" not in page
    assert "verwaarloz" not in page.lower()


def test_several_signals_about_one_case(office: Member) -> None:
    voucher = a_case(office)
    first = sent(office, write_signal(office, a_signal(voucher)))
    second = write_signal(office, a_signal(voucher, sentence="Mevrouw is twee keer gevallen deze week."))
    assert (first.corrects_id, second.corrects_id) == (None, None)
    assert fix_letter(office, second.id).state == "fixed"


def test_signal_by_hand_whatever_the_agreement_and_the_voucher_say(office: Member) -> None:
    voucher = a_case(office, practice=add_practice(letter_moments=""), report_back=False)
    letter = sent(office, write_signal(office, a_signal(voucher)))
    assert letter.state == "sent"


def test_signal_without_consent_only_on_the_meldcode_or_a_yes_given_now(office: Member) -> None:
    voucher = a_case(office, consent_report_back="no")
    with pytest.raises(Refused) as refused:
        write_signal(office, a_signal(voucher))
    assert set(refused.value.fields) == {"agreed"}
    page = fixed_page(office, write_signal(office, a_signal(voucher, ground="meldcode")))
    assert "op grond van de Meldcode" in page
    assert "Alleen als daarvoor toestemming is." in page
    letter = write_signal(office, a_signal(voucher, agreed=True))
    given = Consent.get(Consent.purpose == "signal")
    assert (given.answer, given.given_on, given.staff_id) == ("yes", clock.today(), office.id)
    assert fix_letter(office, letter.id).state == "fixed"


def test_signal_whose_consent_was_withdrawn_stays_here(office: Member) -> None:
    voucher = a_case(office)
    letter = write_signal(office, a_signal(voucher))
    on_the_meldcode = write_signal(office, a_signal(voucher, ground="meldcode"))
    withdraw_consent(voucher)
    with pytest.raises(Refused, match="niet meer goed"):
        fix_letter(office, letter.id)
    assert fix_letter(office, on_the_meldcode.id).state == "fixed"


def test_signal_is_edited_and_approved_like_any_letter(office: Member) -> None:
    clerk = add_member("K. de Boer", "coach")
    voucher = a_case(office, consent_report_back="no", coach=office.id)
    letter = write_signal(clerk, a_signal(voucher, ground="meldcode"))
    with pytest.raises(Refused, match="akkoord"):
        fix_letter(clerk, letter.id)
    draft = open_letter(clerk, letter.id).draft
    edit_letter(clerk, replace(draft, state="Mevrouw zat in de kou. Er was geen eten in huis."))
    approve_letter(office, letter.id)
    assert "zat in de kou" in fixed_page(clerk, letter)


def test_filling_a_signal_anew_keeps_its_words_and_looks_up_who_gets_it(office: Member) -> None:
    practice = add_practice()
    doctor, poh = Contact.get(Contact.role == "gp"), Contact.get(Contact.role == "poh_ggz")
    voucher = a_case(office, practice=practice, report_to=doctor.id)
    letter = write_signal(office, a_signal(voucher))
    voucher = Voucher.get_by_id(voucher.id)
    voucher.report_to = poh
    add_row(voucher)
    rewrite_letter(office, letter.id)
    text = as_text(open_letter(office, letter.id).content)
    assert "Bos" in text
    assert "eet en slaapt slecht" in text


def test_withdrawn_signal_is_owed_again_and_the_new_one_refers_to_it(office: Member) -> None:
    voucher = a_case(office, practice=add_practice(letter_moments=ALL))
    worry = worried(voucher)
    first = sent(office, write_signal(office, a_signal(voucher, worry_id=worry.id)))
    withdraw_letter(office, first.id, "verkeerde persoon")
    assert "signal" in owed(office, voucher)
    again = write_signal(office, a_signal(voucher, worry_id=worry.id))
    assert again.corrects_id == first.id
    another = write_signal(office, a_signal(voucher, worry_id=worry.id, sure=True))
    assert another.corrects_id is None


def test_second_signal_about_one_worry_is_asked_about(office: Member) -> None:
    voucher = a_case(office)
    worry = worried(voucher)
    draft = a_signal(voucher, worry_id=worry.id)
    first = write_signal(add_member("K. de Boer", "coach"), draft)
    with pytest.raises(Doubtful, match="al een signaal"):
        write_signal(office, draft)
    assert Letter.select().count() == 1
    withdraw_letter(office, sent(office, first).id, "verkeerde persoon")
    assert write_signal(office, draft).corrects_id == first.id


def test_worry_a_letter_is_about_is_not_taken_back(office: Member) -> None:
    voucher = a_case(office)
    worry = worried(voucher)
    write_signal(office, a_signal(voucher, worry_id=worry.id))
    with pytest.raises(Refused, match="brief aan de praktijk"):
        take_back_worry(office, worry.id, worry.version)
    undo_last(office)
    take_back_worry(office, worry.id, worry.version)
    assert Worry.select().count() == 0


@pytest.mark.parametrize("outcome", ["deceased", "error"])
def test_no_signal_about_the_dead_or_a_mistake_nor_to_nobody(office: Member, outcome: str) -> None:
    voucher = a_case(office)
    add_closing(voucher, outcome)
    with pytest.raises(Refused, match="geen bericht meer"):
        write_signal(office, a_signal(voucher))
    nobody = add_voucher(office, None, surname="Smit", phone="+31612345678")
    with pytest.raises(Refused, match="niet bekend wie de huisarts is"):
        write_signal(office, a_signal(nobody))


def test_diagnosis_and_reason_in_a_signal_are_asked_about(office: Member) -> None:
    voucher = a_case(office, reasons=(Reason.get(Reason.code == "loneliness").id,))
    for odd in ("Zij heeft dementie.", "Zij zoekt hulp om haar eenzaamheid."):
        with pytest.raises(Doubtful):
            write_signal(office, a_signal(voucher, sentence=odd))
        assert write_signal(office, a_signal(voucher, sentence=odd, sure=True)).id


def test_signal_that_does_not_fit_says_what_must_go_and_what_cannot_be_printed_is_named(office: Member) -> None:
    voucher = a_case(office)
    letter = write_signal(office, a_signal(voucher, sentence="Mevrouw vertelt heel veel over alles. " * 14))
    seen = preview_letter(office, open_letter(office, letter.id).draft)
    assert "Stand van zaken" in seen.complaint
    with pytest.raises(Refused, match="Stand van zaken"):
        approve_letter(office, letter.id)
    odd = write_signal(office, a_signal(voucher, sentence="Mevrouw zei 漢."))
    with pytest.raises(Refused, match="漢"):
        fix_letter(office, odd.id)


def test_long_progress_letter_is_warned_about(office: Member) -> None:
    opened = open_letter(office, write_letter(office, months_on(office).id, "progress").id)
    zin = "Dit is een zin. " * 11
    long = replace(opened.draft, state=zin, agreed=zin, ask=zin, next=zin)
    assert preview_letter(office, long).long


def days_later(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    later = clock.now() + timedelta(days=days)
    monkeypatch.setattr(clock, "now", lambda: later)


def lies_too_long(by: Member, monkeypatch: pytest.MonkeyPatch, state: str, sentence: str) -> Letter:
    """A signal that nobody sent before the day it promises was over."""
    letter = write_signal(by, a_signal(a_case(by), sentence=sentence))
    if state == "fixed":
        fix_letter(by, letter.id)
    days_later(monkeypatch, 200)
    assert "voorbij" in open_letter(by, letter.id).stopped
    return letter


def anew(by: Member, letter: Letter) -> Letter:
    return (rewrite_letter if Letter.get_by_id(letter.id).state == "concept" else write_for_new_address)(by, letter.id)


@pytest.mark.parametrize("state", ["concept", "fixed"])
def test_signal_that_lay_too_long_promises_a_day_anew_and_keeps_its_words(
    office: Member, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    letter = lies_too_long(office, monkeypatch, state, "Mevrouw eet en slaapt slecht, zegt zij.")
    again = anew(office, letter)
    look = open_letter(office, again.id)
    assert look.stopped == ""
    assert "Mevrouw eet en slaapt slecht, zegt zij." in as_text(look.content)
    assert again.ground == "consent"
    assert fix_letter(office, again.id).state == "fixed"


@pytest.mark.parametrize("state", ["concept", "fixed"])
def test_a_day_that_is_over_in_the_workers_own_words_is_changed_by_the_worker(
    office: Member, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    soon = show_long(clock.today() + timedelta(days=2))
    letter = lies_too_long(office, monkeypatch, state, f"Mevrouw gaat op {soon} naar het ziekenhuis.")
    with pytest.raises(Refused, match="ziekenhuis"):
        anew(office, letter)
    if state == "fixed":
        letter = correct_letter(office, letter.id, "de dag is voorbij")
    draft = open_letter(office, letter.id).draft
    edit_letter(office, replace(draft, state="Mevrouw eet slecht."))
    again = rewrite_letter(office, letter.id)
    assert open_letter(office, again.id).stopped == ""
    assert "Mevrouw eet slecht." in as_text(open_letter(office, again.id).content)
