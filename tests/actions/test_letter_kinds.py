"""Progress letters, signals, and the copy that goes to who referred."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from desktop import clock
from desktop.actions.endings import take_back_worry
from desktop.actions.letter_correcting import correct_letter, withdraw_letter
from desktop.actions.letter_looks import open_letter, preview_letter, text_of_letter
from desktop.actions.letter_sending import confirm_sent, fix_letter, send_letter
from desktop.actions.letters import approve_letter, edit_letter, rewrite_letter, write_letter
from desktop.actions.signals import write_signal
from desktop.actions.undo import undo_last
from desktop.errors import Doubtful, Refused
from desktop.language import set_language
from desktop.rules.letters_due import LetterFacts
from desktop.rules.signals import SignalDraft
from desktop.rules.staff import Member
from desktop.storage.letters_due import due_of_case, letters_overview, list_letters_due, list_not_due
from desktop.storage.models import Consent, Contact, Letter, LetterMoment, LetterPdf, Practice, Reason, Voucher, Worry
from desktop.storage.tasks import letters_due
from tests.actions.test_letters import a_case, flat, page_of, sent, withdraw_consent
from tests.counting import assert_query_count
from tests.factory import (
    add_activity,
    add_aftercare,
    add_closing,
    add_consent,
    add_enrolment,
    add_intake,
    add_member,
    add_practice,
    add_row,
    add_voucher,
    days_ago,
)

ALL = "arrived intake progress closing declined signal"


def months_on(by: Member, **more: Any) -> Voucher:
    """Somebody who began a hundred days ago and whose intake letter went out."""
    voucher = add_voucher(by, more.pop("practice", None) or add_practice(), **{"dated_on": days_ago(130), **more})
    add_intake(voucher, days_ago(120), mark_body=4, mark_feeling=5)
    activity = add_activity("Rouwgroep", letter_name="een groep bij ons")
    add_enrolment(voucher, activity, state="started", start_on=days_ago(110), first_attended_on=days_ago(100),
                  times_present=7, times_held=8)  # fmt: skip
    return voucher


def worried(voucher: Voucher, **more: Any) -> Worry:
    worry = Worry(voucher=voucher, person=voucher.person_id, kind="neglect",
                  **{"noticed_on": clock.today(), **more})  # fmt: skip
    add_row(worry)
    return worry


def a_signal(voucher: Voucher, **more: Any) -> SignalDraft:
    usual = {"ground": "consent", "sentence": "Mevrouw eet en slaapt slecht, zegt zij."}
    return SignalDraft(**{"voucher_id": voucher.id, **usual, **more})


def owed(by: Member, voucher: Voucher) -> list[str]:
    return [due.moment for due in due_of_case(by, voucher.id, clock.today()) if not due.why_not]


def fixed_page(by: Member, letter: Letter) -> str:
    return flat(page_of(open_letter(by, fix_letter(by, letter.id).id).pdf or b""))


# ---- progress


def test_progress_letter_is_written_without_a_talk_and_says_when_it_comes(office: Member) -> None:
    voucher = months_on(office)
    assert owed(office, voucher) == ["progress"]
    page = fixed_page(office, write_letter(office, voucher.id, "progress"))
    assert "bericht over de voortgang" in page
    assert "nog niet gesproken over hoe het gaat" in page
    assert "Aanwezigheid 7 van 8 keer" in page
    assert "ouwgroep" not in page


def test_progress_letter_tells_what_the_talk_said_and_nothing_of_why(office: Member) -> None:
    voucher = months_on(office)
    add_aftercare(voucher, days_ago(2), outcome="stopped", stop_reason="illness", note="ligt in het ziekenhuis")
    page = fixed_page(office, write_letter(office, voucher.id, "progress"))
    assert "Mevrouw is met de activiteit opgehouden." in page
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


# ---- signal


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
    clerk = add_member("K. de Boer", "intake")
    voucher = a_case(office, consent_report_back="no")
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
    text = text_of_letter(open_letter(office, letter.id))
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
    assert write_signal(office, a_signal(voucher, worry_id=worry.id)).corrects_id is None


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
    with pytest.raises(Refused, match="niemand"):
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


# ---- the copy


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
    assert "t.a.v. dr. M. Jansen" in page
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


# ---- what is not due


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
    for number in range(20):
        voucher = months_on(office, practice=practice, surname=f"Jansen{number}")
        worried(voucher)
        if number % 2:
            sent(office, write_letter(office, voucher.id, "progress"))
    with assert_query_count(11):
        overview = letters_overview(office, clock.today())
    assert len(overview.owed) == 30
    with assert_query_count(11):
        assert list_not_due(office, clock.today()).count == overview.others
    with assert_query_count(11):
        assert len(list_letters_due(office, clock.today())) == 30


def test_owed_signal_stands_with_its_worry_and_its_day(office: Member) -> None:
    voucher = a_case(office, practice=add_practice(letter_moments=ALL))
    old = worried(voucher, noticed_on=days_ago(2))
    worried(voucher, done_on=clock.today())
    (signal,) = [each for each in list_letters_due(office, clock.today()) if each.due.moment == "signal"]
    assert (signal.due.worry_id, signal.due.days_late) == (old.id, timedelta(days=2).days)


def test_usual_agreement_holds_no_signals(office: Member) -> None:
    assert "signal" not in LetterFacts(clock.today(), clock.today()).agreed
    voucher = a_case(office)
    worried(voucher)
    assert owed(office, voucher) == ["intake"]
