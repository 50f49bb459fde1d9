"""The access log: who, what, when, where and about whom, never contents; each tampering shows; reading is logged."""

import random
import re
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from desktop import clock
from desktop.actions.action import ACTIONS, VIEWS
from desktop.actions.entrance import log
from desktop.actions.log import check_log, month_report, open_history, read_log, who_looked_list
from desktop.actions.merge import merge_people
from desktop.actions.views import open_case, open_person
from desktop.actions.vouchers import correct_person
from desktop.errors import Refused
from desktop.language import set_language
from desktop.rules.log import CHANGE, FAILURE, NAMES, PRINT, VIEW, kind_of, said
from desktop.rules.merge import MergeDraft
from desktop.rules.people import PersonDraft
from desktop.rules.staff import Member
from desktop.storage.changes import Audit, station
from desktop.storage.database import database
from desktop.storage.log import fetch_log, list_log, verify, who_looked
from desktop.storage.models import Person
from tests.factory import add_member, add_practice, add_voucher

TAMPERINGS = 1_000
COLUMNS = ("at", "staff_id", "name", "subject_kind", "subject_id", "person_id", "undoes_id", "roles", "station", "mac")


def some_work(by: Member, times: int = 8) -> Person:
    """A morning at the office: vouchers, corrections, looks."""
    practice = add_practice()
    for number in range(times):
        voucher = add_voucher(by, practice, first_name=f"P{number}")
        person = open_person(by, voucher.person_id)
        open_case(by, voucher.id)
        correct_person(by, PersonDraft(id=person.id, version=person.version, surname=f"Kuiper{number}", comes_by=True))
    found: Person = Person.get_by_id(person.id)
    return found


def pdf_text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


# ---- what a line says


def test_each_line_says_who_in_which_role_what_when_where_and_about_whom(office: Member) -> None:
    voucher = add_voucher(office)
    before = clock.now()
    open_person(office, voucher.person_id)
    line = Audit.select().order_by(Audit.id.desc()).get()
    assert (line.staff_id, line.roles, line.name) == (office.id, "coach coordinator", "person opened")
    assert (line.person_id, line.station) == (voucher.person_id, station())
    assert before <= line.at <= clock.now()
    shown = fetch_log(office, [line.id])[0]
    assert (shown.who, shown.roles) == ("F. Yıldız", "Coördinator, Welzijnscoach")
    assert shown.about == "Annie van der Meer-de Wit"


def test_no_line_holds_contents(office: Member) -> None:
    person = some_work(office)
    rows = database.execute_sql("SELECT name, subject_kind, roles, station, staff_id, person_id FROM audit").fetchall()
    text = " ".join(str(fact) for row in rows for fact in row)
    assert re.search(r"Kuiper|Meer|P\d|31687654321|1951", text) is None
    assert person.surname.startswith("Kuiper")


def test_looks_changes_prints_failures_and_reading_the_log_each_leave_a_line(office: Member) -> None:
    person = some_work(office, 1)
    read_log(office)
    who_looked_list(office, person.id)
    open_history(office, "person", person.id)
    log(office, "locked")
    names = [row[0] for row in Audit.select(Audit.name).tuples()]
    assert {"person opened", "person corrected", "log read", "who looked printed", "locked"} <= set(names)
    assert [kind_of(each) for each in ("person opened", "person corrected", "day sheet printed", "sign-in failed")] == [
        VIEW, CHANGE, PRINT, FAILURE,
    ]  # fmt: skip


def test_a_merge_of_roles_is_told_in_order_and_a_leader_may_not_read_the_log(office: Member) -> None:
    coach = add_member("K. de Boer", "coach")
    for function in (read_log, check_log, list_log):
        with pytest.raises(Refused):
            function(coach)


def test_every_name_that_can_stand_in_the_log_has_words() -> None:
    assert [name for name in (*ACTIONS, *VIEWS) if name not in NAMES] == []
    assert [name for name in NAMES if said(name) == name] == []


# ---- lists


def test_the_log_narrows_by_kind_colleague_person_and_words(office: Member) -> None:
    person = some_work(office)
    colleague = add_member("K. de Boer", "coach")
    open_person(colleague, person.id)
    assert len(list_log(office, filters={"staff": colleague.id})) == 1
    views = fetch_log(office, list_log(office, filters={"kind": VIEW}))
    assert {kind_of(line.name) for line in views} == {VIEW}
    assert len(list_log(office, "Kuiper7")) == 5  # registered, opened twice, corrected, and the look of the colleague
    assert list_log(office, "Deelnemer gecorrigeerd") == list_log(office, "deelnemer gecorrigeerd") != []
    everything = list_log(office)
    assert everything == sorted(everything, reverse=True)


def test_who_looked_is_counted_by_day_and_goes_along_in_a_merge(office: Member) -> None:
    first = Person.get_by_id(add_voucher(office).person_id)
    second = Person.get_by_id(add_voucher(office).person_id)
    colleague = add_member("K. de Boer", "coach")
    for _time in range(3):
        open_person(colleague, second.id)
    merge_people(
        office,
        MergeDraft(kept=first.id, other=second.id, kept_version=first.version, other_version=second.version),
    )
    looked = [line for line in who_looked(office, first.id) if line.who == "K. de Boer"]
    assert [(line.times, line.day) for line in looked] == [(3, clock.today())]


def test_the_list_for_a_participant_is_dutch_and_names_who_looked(office: Member) -> None:
    person = some_work(office)
    for number in range(60):
        open_person(add_member(f"Collega {number}", "intake"), person.id)
    text = pdf_text(who_looked_list(office, person.id).pdf)
    assert "Wie heeft mijn gegevens bekeken" in text
    assert "Collega 59 (intakemedewerker)" in text
    assert "blad 2 van" in text


def test_the_month_on_paper_ends_with_the_end_of_the_chain(office: Member) -> None:
    some_work(office)
    last = Audit.select().order_by(Audit.id.desc()).get()
    text = pdf_text(month_report(office, clock.today()))
    assert last.mac[:32] in text
    assert last.mac[32:] in text
    assert f"regel {last.id}" in text
    set_language("en")
    empty = pdf_text(month_report(office, date(2020, 1, 1)))
    assert "Toegangslog van 01-2020" in empty
    assert "Bekeken" in empty


# ---- the chain


def test_a_log_that_nobody_touched_is_sound_also_after_something_was_refused(office: Member) -> None:
    some_work(office)
    with pytest.raises(Refused):
        correct_person(office, PersonDraft(id=1, version=1, surname=""))
    verdict = check_log(office)
    assert verdict.sound
    assert verdict.lines == Audit.select().count() - 1  # the check itself is the next line


@pytest.mark.figures
def test_a_thousand_random_tamperings_are_all_found(office: Member) -> None:
    some_work(office)
    chance = random.Random(7513)
    lines = [tuple(row) for row in database.execute_sql("SELECT * FROM audit ORDER BY id").fetchall()]
    found = 0
    for number in range(TAMPERINGS):
        tamper = (_change, _delete, _insert, _swap)[number % 4]
        with database.atomic() as untouched:
            tamper(chance, lines)
            found += not verify().sound
            untouched.rollback()
    assert verify().sound
    assert found == TAMPERINGS
    print(f"access log: {TAMPERINGS} tamperings, found {found}")  # noqa: T201 - the figures


def _change(chance: random.Random, lines: list[tuple[Any, ...]]) -> None:
    column, line = chance.choice(COLUMNS), chance.choice(lines)
    makers: dict[str, Callable[[], object]] = {
        "at": lambda: (clock.now() - timedelta(minutes=chance.randint(1, 10**6))).isoformat(),
        "mac": lambda: f"{chance.getrandbits(256):064x}",
    }
    words = ("name", "subject_kind", "roles", "station")
    value = makers.get(column, lambda: chance.randbytes(3).hex() if column in words else chance.randint(1000, 9999))()
    if column == "undoes_id":
        value = chance.choice([row[0] for row in lines if row[0] != line[7]])
    for each, sql in UPDATES.items():
        if each == column:
            database.execute_sql(sql, (value, line[0]))


UPDATES = {
    "at": "UPDATE audit SET at = ? WHERE id = ?",
    "staff_id": "UPDATE audit SET staff_id = ? WHERE id = ?",
    "name": "UPDATE audit SET name = ? WHERE id = ?",
    "subject_kind": "UPDATE audit SET subject_kind = ? WHERE id = ?",
    "subject_id": "UPDATE audit SET subject_id = ? WHERE id = ?",
    "person_id": "UPDATE audit SET person_id = ? WHERE id = ?",
    "undoes_id": "UPDATE audit SET undoes_id = ? WHERE id = ?",
    "roles": "UPDATE audit SET roles = ? WHERE id = ?",
    "station": "UPDATE audit SET station = ? WHERE id = ?",
    "mac": "UPDATE audit SET mac = ? WHERE id = ?",
}


def _delete(chance: random.Random, lines: list[tuple[Any, ...]]) -> None:
    """One line, or the whole end of the log, with the lines that came of them."""
    line = chance.choice(lines)[0]
    database.execute_sql("PRAGMA defer_foreign_keys = on")
    whole_end = chance.random() < 0.5
    database.execute_sql("DELETE FROM audit WHERE id >= ? AND id <= ?", (line, 10**9 if whole_end else line))


def _insert(chance: random.Random, lines: list[tuple[Any, ...]]) -> None:
    """A line made up at the end or moved in between."""
    copied = list(chance.choice(lines))
    copied[0] = lines[-1][0] + chance.randint(1, 3)
    database.execute_sql("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", tuple(copied))


def _swap(chance: random.Random, lines: list[tuple[Any, ...]]) -> None:
    """Two lines change places."""
    first, second = chance.sample(lines, 2)
    database.execute_sql("PRAGMA defer_foreign_keys = on")
    for old, new in ((first[0], 10**6), (second[0], first[0]), (10**6, second[0])):
        database.execute_sql("UPDATE audit SET id = ? WHERE id = ?", (new, old))
