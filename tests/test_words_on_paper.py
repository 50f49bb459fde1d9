"""Whatever is typed and can reach a paper says so where it is declared, and is asked about by the one check.

Every typed field gets a word of its own, every paper is made, and the words that stand on it are looked up. Then an
ordinary member of staff types a diagnosis in every field of every form, and nothing of it gets on paper unasked.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from io import BytesIO
from typing import cast

import pytest
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from desktop import clock
from desktop.actions import cards
from desktop.actions.batches import slip_for
from desktop.actions.imports import import_activities, import_practices
from desktop.actions.labels import addresses_printed, list_addressees
from desktop.actions.letter_looks import open_letter
from desktop.actions.letter_sending import fix_letter
from desktop.actions.letters import approve_letter, edit_letter, write_letter
from desktop.actions.lettertexts import change_text
from desktop.actions.signals import write_signal
from desktop.actions.values import value_page
from desktop.actions.wijksafari import around, safari_card
from desktop.errors import Doubtful
from desktop.rules.activity_rows import ActivityRow
from desktop.rules.batches import Parcel, Place
from desktop.rules.declared import SUBJECTS as DECLARED
from desktop.rules.fields import LONG, NAME, OFFER, TEXT, WORDS, Subject
from desktop.rules.imports import JudgedRow, Plan
from desktop.rules.labels import ENVELOPES, FORMATS
from desktop.rules.lettertext_check import LetterTextDraft
from desktop.rules.lettertexts import text_of
from desktop.rules.practice_rows import ContactRow, PracticeRow
from desktop.rules.staff import Member
from desktop.rules.values import last_whole
from desktop.storage.batches import printable
from desktop.storage.changes import MODELS, Record, kind_of
from desktop.storage.letters import content_of
from desktop.storage.models import (
    Activity,
    Appointment,
    Contact,
    Enrolment,
    Letter,
    Location,
    Organisation,
    PracticeTalk,
    Schedule,
    Staff,
    Voucher,
)
from tests.every_form import SUBJECTS, World, odd_kept
from tests.factory import add_activity, add_consent, add_enrolment, add_intake, add_practice, add_row, add_voucher
from tests.factory import days_ago as ago
from tests.letters_made import a_signal, months_on

ODD = "depressief"
PARTS = {
    *("number", "postcode", "country", "agb", "email", "secure_mail", "rrule", "not_on", "colour", "icpc"),
    *("pdf_password", "price_per"),
}
"""What has to look like a number, a code or an address, so that no word can stand there."""


class Marks:
    """Gives each typed field of a record a word of its own."""

    def __init__(self) -> None:
        self.fields: dict[str, tuple[str, str]] = {}

    def put(self, record: Record, *left: str) -> Record:
        table = kind_of(type(record))
        for each in DECLARED[table].fields:
            typed = each.kind in (TEXT, LONG) and not each.words and bool(each.label or each.asked)
            if typed and each.name not in PARTS and each.column not in left:
                word = f"Zq{chr(97 + len(self.fields) // 26)}{chr(97 + len(self.fields) % 26)}"
                self.fields[word] = table, each.name
                setattr(record, each.column, word)
        return add_row(record)

    def on(self, words: str) -> set[tuple[str, str]]:
        return {field for word, field in self.fields.items() if word in words}


def words_on(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def a_whole_office(by: Member, marks: Marks) -> Voucher:
    """One case with a word of its own in everything that was typed of it."""
    marks.put(Organisation.get())
    marks.put(Staff.get_by_id(by.id), "sign_in_name")
    linde = add_practice(coach=by.id, letter_copy=True)
    for contact in Contact.select().where(Contact.practice == linde):
        marks.put(contact, "salutation")  # with one it is not seen how the name is said
    place = marks.put(Location(name="", postcode="5611 AB", number="1"))
    choir = add_activity("Koor", location=place, contact_phone="+31402220000", price_cents=250)
    marks.put(choir)
    marks.put(Schedule(activity=choir, rrule="FREQ=WEEKLY;BYDAY=TU", opens=time(10), closes=time(11)))
    gp, poh = Contact.select().where(Contact.practice == linde).order_by(Contact.id)
    voucher = add_voucher(by, linde, dated_on=ago(40), referrer=gp.id, report_to=poh.id, coach=by.id)
    marks.put(voucher, "number")
    marks.put(voucher.person, "birth_name")
    add_intake(voucher, ago(3))
    add_enrolment(voucher, choir, start_on=ago(-7))
    marks.put(PracticeTalk(practice=linde, held_on=ago(5)))
    marks.put(linde)
    return Voucher.get_one(voucher.id)


def papers_of(by: Member, voucher: Voucher, marks: Marks) -> Iterator[tuple[str, str]]:
    """Every paper about this case, with the words on it."""
    letter = fix_letter(by, write_letter(by, voucher.id, "intake").id, sure=True)
    copies = Letter.select().where(Letter.copy_of == letter)
    yield from (("letter", words_on(open_letter(by, each.id).pdf or b"")) for each in (letter, *copies))
    yield "slip", words_on(slip_for(by, 1, Parcel((Place(1, printable(Letter.get_one(letter.id))),)), 1, 1))
    keys = [each.key for each in list_addressees(by)]
    for form in (next(iter(FORMATS)), next(iter(ENVELOPES))):
        yield "label", words_on(addresses_printed(by, keys, form, with_sender=True))
    enrolment = Enrolment.get(Enrolment.voucher == voucher)
    yield "card", words_on(cards.activity_card(by, enrolment.id).pdf)
    for kind, at in (("intake", "office"), ("intake", "home"), ("first_visit", "activity"), ("intake", "practice")):
        visit = Appointment(voucher=voucher, person=voucher.person_id, kind=kind, place=at, state="planned",
                            starts_at=clock.local_now().replace(tzinfo=None, microsecond=0), coach=by.id)  # fmt: skip
        marks.put(visit)
        yield "card", words_on(cards.appointment_card(by, visit.id).pdf)
    yield "card", words_on(cards.contact_card(by, voucher.id).pdf)
    yield "day sheet", words_on(cards.day_sheet(by).pdf)
    yield "values", words_on(value_page(by, voucher.practice_id, last_whole(clock.today())).pdf)
    near = around(by, "practice", voucher.practice_id)
    yield "offer", words_on(safari_card(by, near, frozenset(each.id for each in near.offers), "day"))


def silent(marks: Marks, papers: list[tuple[str, str]]) -> set[tuple[str, str]]:
    """The fields that stand on a paper and do not say so, or that they stand on papers of the offer only."""
    found = set()
    for kind, words in papers:
        for table, name in marks.on(words):
            (declared,) = (each.on_paper for each in DECLARED[table].fields if each.name == name)
            if not declared or (declared == OFFER and kind not in ("card", "day sheet", "offer")):
                found.add((table, name))
    return found


def test_every_typed_field_that_reaches_a_paper_says_so(office: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    marks = Marks()
    papers = list(papers_of(office, a_whole_office(office, marks), marks))
    assert silent(marks, papers) == set()
    seen = {field for _kind, words in papers for field in marks.on(words)}
    assert len(seen) > 25, seen
    for table, name in sorted(seen):  # and each of them is missed when it does not
        whole = DECLARED[table]
        fields = tuple(replace(each, on_paper="") if each.name == name else each for each in whole.fields)
        with monkeypatch.context() as patch:
            patch.setitem(cast(dict[str, Subject], DECLARED), table, replace(whole, fields=fields))
            assert silent(marks, papers) == {(table, name)}


TYPED_IN = {
    *("practice", "contact", "practice_talk", "activity", "person", "voucher", "organisation", "staff"),
    *("appointment", "enrolment"),
}
"""Subjects with fields for paper that are typed in a form of their own; the others have their own tests below."""


def test_every_subject_with_words_for_paper_is_typed_in_here() -> None:
    tables = {table for table, each in DECLARED.items() if any(f.on_paper in (NAME, WORDS) for f in each.fields)}
    assert tables == TYPED_IN | {"letter", "letter_text"}


@pytest.mark.parametrize(
    "name",
    ["voucher", "walk-in", "practice", "contact", "practice_talk", "activity", "organisation", "staff", "appointment",
     "enrolment"],
)  # fmt: skip
def test_what_is_typed_in_a_form_gets_on_no_paper_unasked(qtbot: QtBot, office: Member, name: str) -> None:
    assert list(odd_kept(World(qtbot, office), SUBJECTS[name], ODD)) == []


# ---- words that come in otherwise


def asked_of(deed: object, *arguments: object, **more: object) -> str:
    assert callable(deed)
    with pytest.raises(Doubtful) as doubtful:
        deed(*arguments, **more)
    return doubtful.value.sentence()


def test_words_of_a_letter_a_signal_and_the_texts_of_letters_are_asked_about(office: Member) -> None:
    voucher = months_on(office)
    letter = write_letter(office, voucher.id, "progress")
    draft = open_letter(office, letter.id).draft
    assert f"“{ODD}”" in asked_of(edit_letter, office, replace(draft, state=f"Mevrouw is {ODD}."))
    assert f"“{ODD}”" in asked_of(write_signal, office, a_signal(voucher, sentence=f"Mevrouw is {ODD}."))
    body = text_of("intake").replace("{geen_actie}", f"{{geen_actie}}\nMevrouw is {ODD}.")
    assert f"“{ODD}”" in asked_of(change_text, office, LetterTextDraft(kind="intake", body=body))


def test_words_of_a_list_are_asked_about_with_their_row(office: Member) -> None:
    contact = ContactRow("gp", surname=f"Jansen ({ODD})")
    for deed, draft in (
        (import_practices, PracticeRow(name="De Wilg", contacts=(contact,))),
        (import_activities, ActivityRow(title="Ommetje", letter_name=f"een groep voor wie {ODD} is")),
    ):
        plan = Plan((JudgedRow(7, (), "new", draft=draft, key="x"),))
        said = asked_of(deed, office, plan)
        assert "7" in said
        assert f"“{ODD}”" in said
    assert not Activity.select().exists()


# ---- and once more before a letter is fixed


def test_what_was_typed_before_anybody_asked_is_asked_before_it_is_fixed(office: Member) -> None:
    """A concept of before this check, or one that came in by another way."""
    letter = write_letter(office, months_on(office).id, "progress")
    typed = letter.content.replace("Mevrouw ging", "Mevrouw is depressief en ging")
    assert typed != letter.content
    letter.content = typed
    add_row(letter)
    for deed in (approve_letter, fix_letter):
        assert f"“{ODD}”" in asked_of(deed, office, letter.id)
    assert Letter.get_by_id(letter.id).state == "concept"
    approve_letter(office, letter.id, sure=True)
    assert fix_letter(office, letter.id).state == "fixed"


def test_what_the_writer_said_to_be_meant_is_not_asked_again(office: Member) -> None:
    letter = write_letter(office, months_on(office).id, "progress")
    draft = open_letter(office, letter.id).draft
    edit_letter(office, replace(draft, agreed="Haar dochter rijdt haar.", sure=True))
    assert fix_letter(office, letter.id).state == "fixed"
    assert "dochter" in content_of(Letter.get_by_id(letter.id)).core[1][1]


def test_another_odd_word_typed_later_is_asked_about(office: Member) -> None:
    letter = write_letter(office, months_on(office).id, "progress")
    edit_letter(office, replace(open_letter(office, letter.id).draft, agreed="Haar dochter rijdt haar.", sure=True))
    again = open_letter(office, letter.id).draft
    assert "“zoon”" in asked_of(edit_letter, office, replace(again, agreed="Haar zoon rijdt haar."))


def test_a_group_that_is_called_by_its_own_name_is_asked_about_before_it_is_fixed(office: Member) -> None:
    voucher = add_voucher(office, add_practice(), dated_on=ago(20))
    add_intake(voucher, ago(2))
    add_enrolment(voucher, add_activity("Rouwgroep Samen Verder", letter_name="Rouwgroep Samen Verder"))
    letter = write_letter(office, voucher.id, "intake")
    assert "naam van de groep zelf" in asked_of(fix_letter, office, letter.id)
    assert fix_letter(office, letter.id, sure=True).state == "fixed"


@pytest.mark.parametrize("surname", ["Vriend", "Man", "Broer"])
def test_somebody_who_is_called_like_a_relative_is_no_question(office: Member, surname: str) -> None:
    voucher = add_voucher(
        office, add_practice(), form_of_address="", first_name="Kim", initials="K.", tussenvoegsel="de", surname=surname
    )
    add_consent(voucher)
    assert fix_letter(office, write_letter(office, voucher.id, "arrived").id).state == "fixed"


assert set(MODELS) >= TYPED_IN
