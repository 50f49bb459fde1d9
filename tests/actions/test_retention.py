"""Keeping no longer than needed: someone's data gone everywhere, the yearly list, counts that stay."""

import json
from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import Any

import peewee
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from desktop import clock
from desktop.actions import contacts, retention
from desktop.actions.batches import look_over
from desktop.actions.letter_looks import open_letter
from desktop.actions.letter_sending import fix_letter
from desktop.actions.letters import approve_letter, write_letter
from desktop.actions.requests import change_request, register_request
from desktop.actions.undo import undo_last
from desktop.actions.vouchers import correct_person
from desktop.errors import Refused
from desktop.rules.dates import months_after
from desktop.rules.deeds import ContactDraft
from desktop.rules.people import PersonDraft
from desktop.rules.requests import RequestDraft
from desktop.rules.retention import DestroyDraft, TermsDraft
from desktop.rules.staff import Member
from desktop.storage import changes, erasing
from desktop.storage.batches import list_printable
from desktop.storage.changes import Audit, Change
from desktop.storage.database import database
from desktop.storage.finding import find_anything
from desktop.storage.friday import list_waiting_for_word
from desktop.storage.letters import count_letters, list_letters
from desktop.storage.models import (
    Closing,
    Destruction,
    Letter,
    LetterPdf,
    Person,
    Request,
    RetentionItem,
    RetentionList,
    Voucher,
    Worry,
)
from desktop.storage.people import list_people
from desktop.storage.retention import kept_long_enough, list_items
from desktop.storage.tasks import list_tasks
from desktop.storage.unfinished import UnfinishedForms
from tests.actions.test_letters import a_case, sent
from tests.factory import (
    add_closing,
    add_consent,
    add_intake,
    add_member,
    add_practice,
    add_row,
    add_voucher,
    days_ago,
    make_office,
    shut,
)
from tests.letters_made import worried

MARKERS = ("Zonnebloemkwast", "Pluimkever", "Vlinderdrogist", "Roestmandarijn")
PAGE, RESERVED, IV = 4096, 80, 16


def quiet(_done: int, _total: int) -> None:
    """No progress to show."""


def plain_pages(path: Path, key: bytes) -> bytes:
    """Everything that stands in the file, free pages included, decrypted."""
    content, found = path.read_bytes(), []
    for at in range(0, len(content), PAGE):
        page = content[at : at + PAGE]
        start = at + PAGE - RESERVED
        cipher = Cipher(algorithms.AES(key), modes.CBC(content[start : start + IV]))
        decryptor = cipher.decryptor()
        found.append(decryptor.update(page[16 if at == 0 else 0 : PAGE - RESERVED]) + decryptor.finalize())
    return b"".join(found)


def someone(by: Member, **more: Any) -> Voucher:
    """A person whose every text is a word that occurs nowhere else."""
    values = {
        "surname": MARKERS[0], "first_name": MARKERS[1], "street": MARKERS[2], "note": MARKERS[3],
        "phone": "+31611223344", "birth_name": "",
    }  # fmt: skip
    voucher = add_voucher(by, add_practice(agb=None), **{**values, **more})
    add_intake(voucher, days_ago(3), wishes=f"naar {MARKERS[3]}", note=MARKERS[3])
    add_consent(voucher)
    content = json.dumps({"core": [["Stand van zaken", MARKERS[0]]], "subject": MARKERS[0]})
    letter = Letter(
        voucher=voucher, person=voucher.person_id, moment="intake", recipient_key="1", content=content,
        written_on=days_ago(2), state="sent",
    )  # fmt: skip
    add_row(letter)
    add_row(LetterPdf(letter=letter, bytes=MARKERS[0].encode() * 3, sha256="0"))
    return voucher


def everything() -> str:
    """All values of all tables, the history and the search index included."""
    tables = [row[0] for row in database.execute_sql("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
    return "".join(str(peewee.Table(table).bind(database).select(peewee.SQL("*")).tuples()[:]) for table in tables)


def test_after_destroying_no_word_of_the_person_is_left_anywhere_in_the_file(tmp_path: Path) -> None:
    """The journey: a letter comes, the request is written down, the data are destroyed, the certificate is printed."""
    path, key, by = make_office(tmp_path)
    other = add_voucher(by, surname="Bakker", first_name="Ans", phone="+31655555555")
    voucher = someone(by)
    person = Person.get_by_id(voucher.person_id)
    correct_person(
        by, PersonDraft(id=person.id, version=person.version, surname=MARKERS[0], town=MARKERS[2], phone="+31611223344")
    )
    draft = RequestDraft(
        person_id=person.id, kind="destruction", received_on=days_ago(5), asked_by=MARKERS[1], proved=True
    )
    request = register_request(by, draft)
    assert request.answer_by > days_ago(-80)  # three months
    forms = UnfinishedForms.open(tmp_path, key)
    forms.keep("colleague", "call:1", {"note": f"{MARKERS[0]} belt terug", "phone": "06 11223344"}, clock.now())
    forms.keep("colleague", "edit", {"_origin": json.dumps({"page": "x", "arguments": {"person_id": person.id}})},
               clock.now())  # fmt: skip
    forms.keep("colleague", "voucher", {"surname": "Bakker", "first_name": "Ans"}, clock.now())
    assert all(marker in everything() for marker in MARKERS)
    database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    assert MARKERS[0].encode() in plain_pages(path, key)

    with pytest.raises(Refused) as refused:
        retention.destroy_person(by, DestroyDraft(person_id=person.id, surname="Bakker"))
    assert "surname" in refused.value.fields
    with pytest.raises(Refused, match=f"{voucher.number} loopt nog"):
        retention.destroy_person(by, DestroyDraft(person_id=person.id, surname=MARKERS[0], sure=True))
    add_closing(voucher)
    sure = DestroyDraft(person_id=person.id, surname=MARKERS[0].lower(), request_id=request.id, sure=True)
    gone = retention.destroy_and_clear_up(by, sure, forms, quiet)

    assert MARKERS[0] in gone.certificate.whose
    left = everything()
    assert [marker for marker in MARKERS if marker.lower() in left.lower()] == []
    assert [form.form_key for form in forms.find("colleague")] == ["voucher"]
    assert find_anything(by, MARKERS[0], clock.today()) == []
    assert list_people(by) == [other.person_id]
    assert Change.select().where((Change.person_id == person.id) & Change.before.is_null(False)).count() == 0
    answered = Request.get_by_id(request.id)
    assert (answered.person_id, answered.outcome, answered.asked_by) == (None, "granted", "")
    assert database.execute_sql("PRAGMA foreign_key_check").fetchall() == []
    assert Audit.select().where(Audit.person_id == person.id).exists()
    shut()
    file = plain_pages(path, key)
    lower = file.lower()
    assert [marker for marker in MARKERS if marker.lower().encode() in lower] == []
    assert b"Bakker" in file


def test_nobody_but_a_coordinator_destroys(office: Member) -> None:
    voucher = add_voucher(office)
    coach = add_member("K. de Boer", "coach")
    with pytest.raises(Refused):
        retention.destroy_person(coach, DestroyDraft(person_id=voucher.person_id, surname="Meer-de Wit", sure=True))
    assert Person.select().count() == 1


def test_destroying_cannot_be_undone_and_undo_brings_nothing_back(office: Member) -> None:
    voucher = add_voucher(office)
    add_closing(voucher)
    retention.destroy_person(office, DestroyDraft(person_id=voucher.person_id, surname="Meer-de Wit", sure=True))
    with pytest.raises(Refused):
        undo_last(office)
    assert Person.select().count() == 0


def test_somebody_who_was_merged_into_the_person_goes_too(office: Member) -> None:
    voucher = someone(office)
    twin = Person(surname=MARKERS[0], merged_into=voucher.person_id)
    add_row(twin)
    add_closing(voucher)
    retention.destroy_person(office, DestroyDraft(person_id=voucher.person_id, surname=MARKERS[0], sure=True))
    assert Person.select().count() == 0
    assert Destruction.get().persons == 2


def test_nothing_is_still_to_be_done_about_an_open_case_that_was_made_anonymous(office: Member) -> None:
    practice = add_practice()
    fixed = fix_letter(office, write_letter(office, a_case(office, practice=practice).id, "intake").id)
    concept = write_letter(office, a_case(office, practice=practice, surname="Aart").id, "intake")
    owing = a_case(office, practice=practice, surname="Bakker")
    worried(owing)
    approve_letter(office, concept.id)
    assert (len(list_printable(office)), len(list_waiting_for_word(office, clock.today()))) == (2, 4)
    for person in (fixed.person, concept.person, owing.person):
        with changes.deed(office.id, "made anonymous by a test"):  # as it could be with a case that went on
            erasing.anonymise(person.id, clock.today())
    assert not list_printable(office)
    assert not list_waiting_for_word(office, clock.today())
    assert not list_tasks(office, clock.today())
    assert list_letters(office, "concept") == list_letters(office, "fixed") == []
    assert count_letters(office) == {}


def test_address_on_a_letter_of_which_nothing_is_left_is_no_other_address(office: Member) -> None:
    practice = add_practice()
    told = sent(office, write_letter(office, a_case(office, practice=practice).id, "intake"))
    add_closing(told.voucher)
    asked = DestroyDraft(person_id=told.person_id, how="anonymise", surname=told.person.surname, sure=True)
    retention.destroy_person(office, asked)
    letter = fix_letter(office, write_letter(office, a_case(office, practice=practice).id, "intake").id)
    assert open_letter(office, letter.id).last_address == ()
    assert look_over(office, [letter.id]).changed == ()


def test_anonymous_data_still_count_and_tell_nothing(office: Member) -> None:
    voucher = someone(office)
    contacts.record_contact(
        office,
        ContactDraft(voucher_id=voucher.id, on=clock.today(), at=time(0), outcome="reached", note=MARKERS[3]),
    )
    add_closing(voucher)
    retention.destroy_person(
        office, DestroyDraft(person_id=voucher.person_id, surname=MARKERS[0], how="anonymise", sure=True)
    )
    left = everything()
    assert [marker for marker in MARKERS if marker.lower() in left.lower()] == []
    kept = Voucher.get_by_id(voucher.id)
    assert (kept.practice_id, kept.received_on, kept.status) == (
        voucher.practice_id,
        voucher.received_on,
        "closed",
    )
    assert (Letter.select().count(), LetterPdf.select().count()) == (1, 0)
    assert list_people(office) == []


def closed(by: Member, name: str, outcome: str, on: int, **more: Any) -> Voucher:
    voucher = add_voucher(by, surname=name, first_name="", phone="+31612345678", dated_on=days_ago(on + 1), sure=True)
    with_outcome = add_closing(voucher, outcome, closed_on=days_ago(on))
    row = Voucher.get_by_id(with_outcome.voucher_id)
    row.outcome = outcome
    for field, value in more.items():
        setattr(row, field, value)
    add_row(row)
    return voucher


def test_the_yearly_list_holds_whose_longest_term_is_over(office: Member) -> None:
    reached = closed(office, "Aalbers", "not_reached", 400)
    closed(office, "Bakker", "not_reached", 300)
    closed(office, "Claassen", "completed", 400)
    agreed = closed(office, "Dorst", "completed", 760, ground="agreement")
    add_voucher(office, surname="Evers")
    found = kept_long_enough(clock.today())
    assert [(kept.person_id, kept.verdict.kind) for kept in found] == [
        (agreed.person_id, "helped_other"),
        (reached.person_id, "not_reached"),
    ]
    terms: dict[str, Any] = {
        "helped_wmo": 12,
        "helped_other": 24,
        "declined": 12,
        "not_reached": 24,
        "deceased": 180,
        "error": 1,
    }
    retention.change_terms(office, TermsDraft(**terms))
    assert len(kept_long_enough(clock.today())) == 2  # Claassen and Dorst now


def test_an_approved_list_is_carried_out_and_a_reason_keeps_somebody(tmp_path: Path) -> None:
    _path, key, by = make_office(tmp_path)
    forms = UnfinishedForms.open(tmp_path, key)
    gone = closed(by, "Aalbers", "not_reached", 400)
    counted = closed(by, "Bakker", "not_interested", 500)
    kept = closed(by, "Claassen", "not_reached", 600)
    made = retention.make_list(by)
    items = {line.record.person_id: line.record for line in list_items(by, made.id)}
    retention.choose(by, items[counted.person_id].id, "anonymise")
    with pytest.raises(Refused):
        retention.choose(by, items[kept.person_id].id, "keep")
    retention.choose(by, items[kept.person_id].id, "keep", "klacht loopt nog")
    with pytest.raises(Refused):
        retention.carry_out_item(by, items[gone.person_id].id)
    retention.approve_list(by, made.id)
    assert retention.carry_out(by, made.id, forms, quiet) == 3
    assert list_people(by) == [kept.person_id]
    assert sorted(row.how for row in Destruction.select()) == ["anonymise", "destroy"]
    assert RetentionList.get().done_on == clock.today()
    assert [item.person_id for item in RetentionItem.select() if item.person_id] == [kept.person_id]
    assert Closing.select().count() == 2
    shut()


def test_a_list_without_anyone_is_not_made(office: Member) -> None:
    add_voucher(office)
    with pytest.raises(Refused):
        retention.make_list(office)


def test_what_still_goes_on_is_named_and_who_asks_has_to_be_certain(office: Member) -> None:
    voucher = add_voucher(office)
    closed: dict[str, Any] = {"person_id": voucher.person_id, "surname": "Meer-de Wit", "sure": True}
    add_closing(voucher)
    worry = worried(voucher)
    with pytest.raises(Refused, match=r"zorg van .* staat nog open"):
        retention.destroy_person(office, DestroyDraft(**closed))
    with changes.deed(office.id, "worry done"):
        worry = Worry.get_by_id(worry.id)
        worry.done_on = clock.today()
        worry.save()
    asked = RequestDraft(person_id=voucher.person_id, kind="destruction", received_on=clock.today(), asked_by="zelf")
    request = register_request(office, asked)
    for more in ({}, {"request_id": request.id}):
        with pytest.raises(Refused, match="zelf het vraagt"):
            retention.destroy_person(office, DestroyDraft(**closed, **more))
    change_request(office, replace(asked, id=request.id, version=request.version, proved=True))
    retention.destroy_person(office, DestroyDraft(**closed, request_id=request.id))
    assert Person.select().count() == 0


def test_who_has_an_open_worry_is_not_on_the_yearly_list(office: Member) -> None:
    long_ago = months_after(clock.today(), -200)
    for surname in ("Bakker", "Visser"):
        voucher = add_voucher(office, surname=surname)
        add_closing(voucher, closed_on=long_ago)
    worried(voucher)
    assert [each.person_id for each in kept_long_enough(clock.today())] == [Voucher.select().first().person_id]


def test_a_number_is_given_out_once_whatever_is_undone_or_destroyed(office: Member) -> None:
    first = add_voucher(office)
    undo_last(office)
    second = add_voucher(office)
    add_closing(second)
    retention.destroy_person(office, DestroyDraft(person_id=second.person_id, surname="Meer-de Wit", sure=True))
    third = add_voucher(office)
    assert len({first.number, second.number, third.number}) == 3
    foreign = add_voucher(office, surname="Bakker", voucher_number="ZD-4711")
    add_closing(foreign)
    retention.destroy_person(office, DestroyDraft(person_id=foreign.person_id, surname="Bakker", how="anonymise"))
    for number in (second.number, "ZD-4711", "zd-4711"):
        with pytest.raises(Refused, match="vernietigd"):
            add_voucher(office, surname="Nieuw", voucher_number=number)
    assert second.number not in everything()


@pytest.mark.parametrize(("whose", "kind"), [("other", "destruction"), ("own", "access"), ("own", "correction")])
def test_request_of_somebody_else_or_about_something_else_destroys_nobody(
    office: Member, whose: str, kind: str
) -> None:
    practice = add_practice()
    asked, other = (add_voucher(office, practice, surname=name).person for name in ("Bos", "Kok"))
    for voucher in Voucher.select():
        add_closing(voucher, "not_interested")
    person = other if whose == "other" else asked
    draft = RequestDraft(person_id=person.id, kind=kind, received_on=clock.today(), asked_by="zelf", proved=True)
    request = register_request(office, draft)
    with pytest.raises(Refused):
        retention.destroy_person(office, DestroyDraft(person_id=asked.id, surname="Bos", request_id=request.id))
    assert Person.get_or_none(Person.id == asked.id) is not None
    assert Request.get_by_id(request.id).answered_on is None
