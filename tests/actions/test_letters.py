"""From what is owed to what was sent, as coaches and intake staff do it."""

import hashlib
import io
import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pypdf import PdfReader

from desktop import clock
from desktop.actions.letter_correcting import withdraw_letter
from desktop.actions.letter_looks import open_letter, preview_letter, reprint_letter
from desktop.actions.letter_sending import confirm_sent, fix_letter, send_letter, take_back
from desktop.actions.letters import approve_letter, discard_letter, edit_letter, rewrite_letter, write_letter
from desktop.actions.undo import undo_last
from desktop.errors import Doubtful, Refused, StorageProblem
from desktop.language import set_language
from desktop.rules.letters import as_text
from desktop.rules.staff import Member
from desktop.storage import changes
from desktop.storage.changes import Audit
from desktop.storage.letters import list_case_letters, list_letters
from desktop.storage.letters_due import due_of_case, list_letters_due
from desktop.storage.models import (
    Consent,
    Contact,
    Dispatch,
    Letter,
    LetterMoment,
    LetterPdf,
    Practice,
    Reason,
    Voucher,
)
from tests.factory import (
    add_activity,
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

ODD_NAMES = ["Zoë <b>Öztürk</b>", "{x} {Deelnemer}", "Łukasiewicz-Nguyễn", 'Jan "de" Wit & Zn', "محمد العربي", "A" * 90]


def a_case(by: Member, **more: Any) -> Voucher:
    """A voucher of ten days ago with an intake last week and a coffee morning that began."""
    voucher = add_voucher(by, more.pop("practice", None) or add_practice(), **{"dated_on": days_ago(10), **more})
    add_intake(voucher, days_ago(7), goals="Meer onder de mensen", barriers="haar zoon Piet drinkt")
    activity = add_activity("Rouwgroep", letter_name="een groep bij ons")
    add_enrolment(voucher, activity, state="started", start_on=days_ago(5), first_attended_on=days_ago(5))
    return voucher


def sent(by: Member, letter: Letter, way: str = "print") -> Letter:
    return confirm_sent(by, send_letter(by, fix_letter(by, letter.id).id, way).id)


def page_of(pdf: bytes) -> str:
    reader = PdfReader(io.BytesIO(pdf))
    assert len(reader.pages) == 1
    fonts: Any = reader.pages[0]["/Resources"]
    for font in fonts["/Font"].values():
        descendant = font.get_object()
        descriptor = descendant.get("/FontDescriptor") or descendant["/DescendantFonts"][0].get_object().get(
            "/FontDescriptor"
        )
        assert "/FontFile2" in descriptor.get_object()
    return reader.pages[0].extract_text()


def flat(text: str) -> str:
    return " ".join(text.split())


def withdraw_consent(voucher: Voucher) -> None:
    with changes.deed(None, "consent withdrawn by a test"):
        for consent in Consent.select().where(Consent.person == voucher.person_id):
            if consent.purpose == "report_back":
                consent.withdrawn_on = clock.today()
                consent.save()


# ---- writing


def test_intake_letter_tells_the_conclusion_and_no_story(office: Member) -> None:
    voucher = a_case(office, reasons=(Reason.get(Reason.code == "grief").id,), note="huilt veel")
    letter = write_letter(office, voucher.id, "intake")
    page = flat(page_of(open_letter(office, fix_letter(office, letter.id).id).pdf or b""))
    assert "Betreft: mw. A. van der Meer-de Wit, geb. 03-04-1951" in page
    assert "Mevrouw doet mee." in page
    assert "een groep bij ons" in page
    assert "Geen actie nodig." in page
    for private in ("rouwgroep", "om rouw", "zoon", "piet", "mensen", "huilt", "verlies"):
        assert private not in page.lower()


def test_one_letter_settles_every_moment_it_covers(office: Member) -> None:
    voucher = a_case(office)
    letter = write_letter(office, voucher.id, "intake")
    moments = [each.moment for each in LetterMoment.select().where(LetterMoment.letter == letter)]
    assert moments == ["arrived", "intake"]
    assert due_of_case(office, voucher.id, clock.today()) == ()
    assert list_letters_due(office, clock.today()) == []


def test_concept_about_the_arrival_is_taken_over_by_the_intake_letter(office: Member) -> None:
    voucher = add_voucher(office, add_practice(), dated_on=days_ago(3))
    write_letter(office, voucher.id, "arrived")
    add_intake(voucher, days_ago(1))
    write_letter(office, voucher.id, "intake")
    (letter,) = Letter.select()
    assert letter.moment == "intake"
    assert LetterMoment.select().count() == 2


def test_never_two_letters_about_one_moment(office: Member) -> None:
    voucher = a_case(office)
    first = write_letter(office, voucher.id, "intake")
    for moment in ("intake", "arrived"):
        with pytest.raises(Refused, match="Er is al een brief"):
            write_letter(office, voucher.id, moment)
    sent(office, first)
    with pytest.raises(Refused, match="De praktijk weet dit al"):
        write_letter(office, voucher.id, "intake")
    assert Letter.select().count() == 1


def test_nothing_is_written_about_what_did_not_happen(office: Member) -> None:
    voucher = add_voucher(office, add_practice())
    for moment in ("intake", "closing", "declined"):
        with pytest.raises(Refused, match="nog niet gebeurd"):
            write_letter(office, voucher.id, moment)


@pytest.mark.parametrize("outcome", ["deceased", "error"])
def test_the_dead_and_mistakes_are_not_reported(office: Member, outcome: str) -> None:
    voucher = a_case(office)
    concept = write_letter(office, voucher.id, "intake")
    add_closing(voucher, outcome)
    assert list_letters_due(office, clock.today()) == []
    with pytest.raises(Refused):
        write_letter(office, voucher.id, "closing")
    with pytest.raises(Refused, match="geen bericht meer"):
        fix_letter(office, concept.id)


def test_letter_is_dutch_whatever_the_screen_speaks(office: Member) -> None:
    set_language("en")
    letter = write_letter(office, a_case(office).id, "intake")
    page = flat(page_of(open_letter(office, fix_letter(office, letter.id).id).pdf or b""))
    assert "Stand van zaken" in page
    assert "Sinds" in page
    for english in ("since", "talk", "Mrs", "GP"):
        assert english not in page


# ---- consent


@pytest.mark.parametrize("answer", ["no", "ask"])
def test_letter_without_consent_is_only_a_receipt(office: Member, answer: str) -> None:
    voucher = a_case(office, consent_report_back=answer)
    with pytest.raises(Refused):
        write_letter(office, voucher.id, "intake")
    letter = fix_letter(office, write_letter(office, voucher.id, "arrived").id)
    page = flat(page_of(open_letter(office, letter.id).pdf or b""))
    assert "Wij hebben uw verwijzing ontvangen." in page
    for told in ("doet mee", "groep", "gesprek", "intake", "toestemming gegeven"):
        assert told not in page


def test_receipt_cannot_be_filled_with_more(office: Member) -> None:
    voucher = a_case(office, consent_report_back="no")
    opened = open_letter(office, write_letter(office, voucher.id, "arrived").id)
    with pytest.raises(Refused, match="neutrale bericht"):
        edit_letter(office, replace(opened.draft, state="Mevrouw doet mee."))
    edit_letter(office, replace(opened.draft, attendance="7 van 8 keer", discussed=True))
    assert open_letter(office, opened.record.id).content.attendance == ""


def test_withdrawn_consent_is_obeyed_at_once(office: Member) -> None:
    voucher = a_case(office)
    letter = fix_letter(office, write_letter(office, voucher.id, "intake").id)
    withdraw_consent(voucher)
    with pytest.raises(Refused, match="toestemming"):
        send_letter(office, letter.id, "text")
    assert open_letter(office, letter.id).stopped
    assert Dispatch.select().count() == 0


def test_concept_of_before_the_withdrawal_becomes_a_receipt_when_filled_anew(office: Member) -> None:
    voucher = add_voucher(office, add_practice())
    letter = write_letter(office, voucher.id, "arrived")
    withdraw_consent(voucher)
    with pytest.raises(Refused, match="opnieuw"):
        fix_letter(office, letter.id)
    rewrite_letter(office, letter.id)
    assert open_letter(office, letter.id).receipt
    assert fix_letter(office, letter.id).state == "fixed"


def test_hexagon_needs_a_consent_of_its_own(office: Member) -> None:
    voucher = a_case(office)
    add_intake(voucher, days_ago(6), mark_body=6, mark_feeling=4, mark_meaning=5)
    opened = open_letter(office, write_letter(office, voucher.id, "intake").id)
    assert opened.content.marks is None
    with pytest.raises(Refused) as refused:
        edit_letter(office, replace(opened.draft, with_marks=True))
    assert set(refused.value.fields) == {"with_marks"}
    add_consent(voucher, "hexagon")
    edit_letter(office, replace(opened.draft, with_marks=True))
    page = page_of(open_letter(office, fix_letter(office, opened.record.id).id).pdf or b"")
    assert "geen meting" in flat(page)


# ---- akkoord, fixing, sending


def test_a_colleague_sends_only_after_the_coachs_akkoord(office: Member) -> None:
    clerk = add_member("K. de Boer", "coach")
    letter = write_letter(clerk, a_case(office, coach=office.id).id, "intake")
    with pytest.raises(Refused, match="akkoord"):
        fix_letter(clerk, letter.id)
    with pytest.raises(Refused):
        approve_letter(clerk, letter.id)
    approve_letter(office, letter.id)
    assert fix_letter(clerk, letter.id).approved_by_id == office.id


def test_coach_of_another_case_gives_no_akkoord(office: Member) -> None:
    other = add_member("P. Ander", "coach")
    voucher = a_case(office, coach=office.id)
    with pytest.raises(Refused, match="Alleen de coach"):
        approve_letter(other, write_letter(other, voucher.id, "intake").id)


def test_edit_after_the_akkoord_asks_for_it_again(office: Member) -> None:
    clerk = add_member("K. de Boer", "coach")
    letter = approve_letter(office, write_letter(clerk, a_case(office, coach=office.id).id, "intake").id)
    edit_letter(clerk, replace(open_letter(clerk, letter.id).draft, agreed="Wij bellen in mei."))
    with pytest.raises(Refused, match="akkoord"):
        fix_letter(clerk, letter.id)


def test_fixed_letter_keeps_its_bytes_and_changes_no_more(office: Member) -> None:
    letter = fix_letter(office, write_letter(office, a_case(office).id, "intake").id)
    opened = open_letter(office, letter.id)
    assert hashlib.sha256(opened.pdf or b"").hexdigest() == LetterPdf.get(LetterPdf.letter == letter).sha256
    with pytest.raises(Refused, match="staat vast"):
        edit_letter(office, opened.draft)
    for refused in (rewrite_letter, discard_letter, approve_letter, fix_letter):
        with pytest.raises(Refused):
            refused(office, letter.id)
    assert open_letter(office, letter.id).pdf == opened.pdf


def test_damaged_bytes_are_not_handed_out(office: Member) -> None:
    letter = fix_letter(office, write_letter(office, a_case(office).id, "intake").id)
    LetterPdf.update(bytes=b"%PDF-other").where(LetterPdf.letter == letter).execute()
    with pytest.raises(StorageProblem):
        send_letter(office, letter.id, "print")


@pytest.mark.parametrize("way", ["text", "pdf", "print"])
def test_letter_is_sent_only_when_staff_confirm(office: Member, way: str) -> None:
    letter = fix_letter(office, write_letter(office, a_case(office).id, "intake").id)
    dispatch = send_letter(office, letter.id, way)
    assert send_letter(office, letter.id, way).id == dispatch.id
    assert Letter.get_by_id(letter.id).state == "fixed"
    confirm_sent(office, dispatch.id)
    assert Letter.get_by_id(letter.id).state == "sent"
    with pytest.raises(Refused, match="al verstuurd"):
        send_letter(office, letter.id, way)


def test_concept_cannot_be_sent(office: Member) -> None:
    with pytest.raises(Refused, match="vastgezet"):
        send_letter(office, write_letter(office, a_case(office).id, "intake").id, "print")


def test_sent_letter_is_not_undone_but_withdrawn_and_replaced(office: Member) -> None:
    voucher = a_case(office)
    letter = sent(office, write_letter(office, voucher.id, "intake"))
    with pytest.raises(Refused, match="verstuurd"):
        undo_last(office)
    with pytest.raises(Refused) as refused:
        withdraw_letter(office, letter.id, "  ")
    assert set(refused.value.fields) == {"why"}
    withdraw_letter(office, letter.id, "verkeerde datum")
    again = write_letter(office, voucher.id, "intake")
    assert again.corrects_id == letter.id
    today = f"{clock.today().day} "
    assert "vervangt ons bericht van " + today in open_letter(office, again.id).content.kind
    assert [each.id for each in list_case_letters(office, voucher.id)] == [letter.id, again.id]


def test_fixing_is_not_undone_under_the_hands_of_who_handed_it_out(office: Member) -> None:
    letter = fix_letter(office, write_letter(office, a_case(office).id, "intake").id)
    colleague = add_member("C. Coach", "coach")
    dispatch = send_letter(colleague, letter.id, "print")
    with pytest.raises(Refused, match="niet verstuurd"):
        undo_last(office)
    assert confirm_sent(colleague, dispatch.id).state == "sent"
    assert open_letter(office, letter.id).pdf


def test_fixing_is_undone_once_it_was_said_that_it_was_not_sent(office: Member) -> None:
    letter = fix_letter(office, write_letter(office, a_case(office).id, "intake").id)
    colleague = add_member("C. Coach", "coach")
    take_back(colleague, send_letter(colleague, letter.id, "print").id)
    undo_last(office)
    assert Letter.get().state == "concept"


def test_fixing_is_undone_while_nothing_was_sent(office: Member) -> None:
    letter = fix_letter(office, write_letter(office, a_case(office).id, "intake").id)
    undo_last(office)
    assert Letter.get_by_id(letter.id).state == "concept"
    assert LetterPdf.select().count() == 0


def test_discarded_concept_is_owed_again(office: Member) -> None:
    voucher = a_case(office)
    discard_letter(office, write_letter(office, voucher.id, "intake").id)
    assert [due.moment for due in due_of_case(office, voucher.id, clock.today())] == ["intake"]
    undo_last(office)
    assert due_of_case(office, voucher.id, clock.today()) == ()


def test_reprint_says_kopie_and_stores_nothing(office: Member) -> None:
    letter = sent(office, write_letter(office, a_case(office).id, "intake"))
    before = LetterPdf.select().count(), Dispatch.select().count()
    assert "kopie" in page_of(reprint_letter(office, letter.id).pdf)
    assert "kopie" not in page_of(open_letter(office, letter.id).pdf or b"")
    assert (LetterPdf.select().count(), Dispatch.select().count()) == before
    assert Audit.select().where(Audit.name == "letter reprinted").count() == 1


def test_text_that_does_not_fit_is_refused_by_its_heading(office: Member) -> None:
    opened = open_letter(office, write_letter(office, a_case(office).id, "intake").id)
    long = replace(opened.draft, agreed="Wij spreken veel af met elkaar en met u. " * 8)
    seen = preview_letter(office, long)
    assert seen.pdf is None
    assert "Wat is afgesproken" in seen.complaint
    assert seen.lines[1] > 4
    letter = edit_letter(office, long)
    for deed in (approve_letter, fix_letter):
        with pytest.raises(Refused, match="Wat is afgesproken"):
            deed(office, letter.id)
    assert Letter.get_by_id(letter.id).approved_by_id is None
    assert Letter.get_by_id(letter.id).state == "concept"


def test_letters_nobody_can_print_are_named(office: Member) -> None:
    letter = write_letter(office, a_case(office, surname="Bakker 漢").id, "intake")
    with pytest.raises(Refused, match="漢"):
        fix_letter(office, letter.id)


@pytest.mark.parametrize("surname", ODD_NAMES)
def test_odd_names_stand_in_the_letter_as_they_are(office: Member, surname: str) -> None:
    letter = fix_letter(office, write_letter(office, a_case(office, surname=surname).id, "intake").id)
    opened = open_letter(office, letter.id)
    assert surname in opened.content.subject
    page = page_of(opened.pdf or b"")
    if surname.isascii() and len(surname) < 50:
        assert surname in flat(page)


@pytest.mark.parametrize(
    ("moment", "outcome"), [("arrived", ""), ("intake", ""), ("closing", "completed"), ("declined", "not_interested")]
)
def test_each_kind_is_one_page_with_nothing_unfilled(office: Member, moment: str, outcome: str) -> None:
    voucher = add_voucher(office, add_practice(), dated_on=days_ago(10))
    if moment in ("intake", "closing"):
        add_intake(voucher, days_ago(7))
    if outcome:
        add_closing(voucher, outcome)
    letter = fix_letter(office, write_letter(office, voucher.id, moment).id)
    page = page_of(open_letter(office, letter.id).pdf or b"")
    assert "{" not in page
    for heading in ("Wat is afgesproken", "Wat vragen wij van u", "Volgend bericht"):
        assert heading in page
    for word in ("interest", "reden", "omdat", "bereikt"):
        assert word not in page


def test_text_for_their_own_system_has_the_four_headings(office: Member) -> None:
    letter = fix_letter(office, write_letter(office, a_case(office).id, "intake").id)
    text = as_text(open_letter(office, letter.id).content)
    for part in ("Betreft: mw. A. van der Meer-de Wit", "Stand van zaken\n", "Volgend bericht\n", "Met vriendelijke"):
        assert part in text


def test_reason_named_in_the_letter_is_asked_about(office: Member) -> None:
    reason = Reason.get(Reason.code == "loneliness")
    opened = open_letter(office, write_letter(office, a_case(office, reasons=(reason.id,)).id, "intake").id)
    odd = replace(opened.draft, state="Zij komt vanwege eenzaamheid.")
    with pytest.raises(Doubtful):
        edit_letter(office, odd)
    assert edit_letter(office, replace(odd, sure=True)).id


def test_whatever_is_typed_is_printed_or_refused_in_words(office: Member) -> None:
    opened = open_letter(office, write_letter(office, a_case(office).id, "intake").id)
    pick = random.Random(26)
    signs = "aé{}<>&%\\\"'\n\t\0\u202e\u200f\ufeff\ud800漢ع😀ʼ\u0301 \u00a0€-/."
    for _round in range(150):
        texts = ["".join(pick.choices(signs, k=pick.randrange(120))) for _part in range(3)]
        typed = replace(opened.draft, state="Zo: " + texts[0], agreed=texts[1], attendance=texts[2], version=None)
        seen = preview_letter(office, typed)
        assert (seen.pdf is None) == bool(seen.complaint)
        assert edit_letter(office, typed).state == "concept"


def test_markup_and_fields_in_a_text_are_printed_as_typed(office: Member) -> None:
    opened = open_letter(office, write_letter(office, a_case(office).id, "intake").id)
    seen = preview_letter(office, replace(opened.draft, agreed="Zie <b>{Deelnemer}</b> & %s"))
    assert "Zie <b>{Deelnemer}</b> & %s" in flat(page_of(seen.pdf or b""))


def test_a_practice_name_of_two_hundred_letters_is_told_not_cut(office: Member) -> None:
    practice = add_practice("Gezondheidscentrum " * 25)
    letter = write_letter(office, a_case(office, practice=practice).id, "intake")
    with pytest.raises(Refused, match="Adres"):
        fix_letter(office, letter.id)


# ---- to whom


def test_letter_goes_to_whom_the_voucher_says_and_names_who_referred(office: Member) -> None:
    practice = add_practice()
    doctor, poh = Contact.get(Contact.role == "gp"), Contact.get(Contact.role == "poh_ggz")
    voucher = a_case(office, practice=practice, referrer=doctor.id, report_to=poh.id)
    content = open_letter(office, write_letter(office, voucher.id, "intake").id).content
    assert content.address[:2] == ("Huisartsenpraktijk De Linde", "t.a.v. S. Bos, POH-GGZ")
    assert content.salutation == "Geachte heer/mevrouw Bos,"
    assert dict(content.references)["Verwezen door"] == "M. Jansen, huisarts"


def test_contact_who_left_is_passed_over(office: Member) -> None:
    practice = add_practice()
    doctor = Contact.get(Contact.role == "gp")
    with changes.deed(None, "doctor left"):
        doctor.active = False
        doctor.save()
    content = open_letter(
        office, write_letter(office, a_case(office, practice=practice, report_to=doctor.id).id, "intake").id
    ).content
    assert content.salutation == "Geachte huisarts,"
    assert content.address[1] == "Lindelaan 4"


def test_letter_addressed_to_someone_who_no_longer_gets_it_is_stopped(office: Member) -> None:
    practice = add_practice()
    doctor, poh = Contact.get(Contact.role == "gp"), Contact.get(Contact.role == "poh_ggz")
    voucher = a_case(office, practice=practice, report_to=doctor.id)
    letter = write_letter(office, voucher.id, "intake")
    with changes.deed(None, "report to the other"):
        fresh = Voucher.get_by_id(voucher.id)
        fresh.report_to = poh
        fresh.save()
    with pytest.raises(Refused, match="iemand anders"):
        fix_letter(office, letter.id)
    rewrite_letter(office, letter.id)
    assert "Bos" in fix_letter(office, letter.id).content


def test_changed_address_since_the_last_letter_is_shown(office: Member) -> None:
    practice = add_practice()
    sent(office, write_letter(office, a_case(office, practice=practice).id, "intake"))
    with changes.deed(None, "practice moved"):
        fresh = Practice.get_by_id(practice.id)
        fresh.street, fresh.number = "Kerkplein", "1"
        fresh.save()
    second = add_voucher(office, practice, surname="Smit", phone="+31612345678")
    opened = open_letter(office, write_letter(office, second.id, "arrived").id)
    assert "Lindelaan 4" in opened.last_address
    assert "Kerkplein 1" in opened.content.address


def test_reopened_case_is_reported_again_when_it_closes_again(office: Member) -> None:
    voucher = a_case(office, dated_on=days_ago(40))
    closing = add_closing(voucher, "completed", closed_on=days_ago(20))
    first = sent(office, write_letter(office, voucher.id, "closing"))
    with changes.deed(None, "reopened"):
        closing.reopened_on = days_ago(10)
        closing.save()
        fresh = Letter.get_by_id(first.id)
        fresh.written_on = days_ago(20)
        fresh.save()
    add_closing(voucher, "stopped", closed_on=days_ago(1))
    again = write_letter(office, voucher.id, "closing")
    assert (again.corrects_id, again.follows_id) == (None, first.id)  # what it said was so
    assert "vervolg op ons bericht van" in open_letter(office, again.id).content.kind


def test_number_that_may_not_be_stored_is_refused_in_the_attendance_too(office: Member) -> None:
    letter = write_letter(office, a_case(office).id, "intake")
    draft = replace(open_letter(office, letter.id).draft, attendance="111222333")
    with pytest.raises(Refused) as refused:
        edit_letter(office, draft)
    assert set(refused.value.fields) == {"attendance"}


def test_letter_after_a_withdrawn_and_a_reopened_one_goes_on_from_the_newest(office: Member) -> None:
    voucher = a_case(office, dated_on=days_ago(40))
    closing = add_closing(voucher, "completed", closed_on=days_ago(20))
    withdraw_letter(office, sent(office, write_letter(office, voucher.id, "closing")).id, "verkeerde datum")
    second = sent(office, write_letter(office, voucher.id, "closing"))
    closing.reopened_on, second.written_on = days_ago(10), days_ago(20)
    for row in (closing, second):
        add_row(row)
    add_closing(voucher, "stopped", closed_on=days_ago(1))
    third = write_letter(office, voucher.id, "closing")
    assert (second.corrects_id is not None, third.corrects_id, third.follows_id) == (True, None, second.id)


def test_leader_sees_no_letters(office: Member) -> None:
    leader = add_member("L. Leider", "leader")
    letter = write_letter(office, a_case(office).id, "intake")
    for look in (lambda: open_letter(leader, letter.id), lambda: list_letters(leader, "concept")):
        with pytest.raises(Refused):
            look()


def test_due_list_puts_the_longest_due_first_and_why_not_last(office: Member) -> None:
    practice = add_practice()
    late = add_voucher(office, practice, dated_on=days_ago(30), received_on=days_ago(29))
    fresh = add_voucher(office, practice, dated_on=days_ago(2), surname="Smit", phone="+31612345678")
    days = {"dated_on": days_ago(50), "received_on": days_ago(49)}
    silent = add_voucher(
        office, practice, surname="Bakker", phone="+31612345679", consent_report_back="no", **days
    )
    add_intake(silent, days_ago(40))
    owed = list_letters_due(office, clock.today())
    assert [(each.voucher.id, each.due.moment) for each in owed] == [
        (silent.id, "arrived"),
        (late.id, "arrived"),
        (fresh.id, "arrived"),
        (silent.id, "intake"),
    ]
    assert owed[-1].due.why_not
    assert timedelta(days=owed[1].due.days_late) == timedelta(days=16)
