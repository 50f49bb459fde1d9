"""The tables are made by migrations alone, equal the models, and a file from tomorrow stays as it is."""

import base64
import hashlib
import json
import secrets
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playhouse.schema_diff import diff_models

from desktop.errors import StorageProblem
from desktop.rules.names import FOLDING_VERSION
from desktop.rules.staff import Member
from desktop.rules.status import Status, status_of
from desktop.storage import migrations
from desktop.storage.cases import read_case
from desktop.storage.changes import schema_version
from desktop.storage.database import check_engine, database, open_database
from desktop.storage.letterparts import whole_pdf
from desktop.storage.letters import content_of
from desktop.storage.migrations import is_newer, migrate, needs_migration
from desktop.storage.models import (
    RECORDS,
    TABLES,
    Aftercare,
    Consent,
    Letter,
    LetterMoment,
    LetterPdf,
    Meta,
    Neighbourhood,
    NumberSeries,
    Person,
    Voucher,
)
from desktop.storage.search import find
from desktop.storage.story import story
from desktop.storage.vouchers import terms
from tests.factory import add_member, add_practice, add_voucher, shut

KEES = Member(0, "K. de Boer", frozenset({"coach"}), "", "")


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[None]:
    path = tmp_path / "empty.db"
    path.touch()
    open_database(path, secrets.token_bytes(32))
    yield
    shut()


def test_tables_made_by_migrations_equal_the_models(office: Member) -> None:
    assert not diff_models(database, list(TABLES))


def test_written_schema_is_that_of_the_models(office: Member) -> None:
    models: tuple[Any, ...] = TABLES
    made = {row[0] for row in database.execute_sql("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()}
    assert {model._meta.table_name for model in models} <= made


def test_every_record_table_gives_out_an_id_only_once(office: Member) -> None:
    models: tuple[Any, ...] = RECORDS
    for model in models:
        (sql,) = database.execute_sql(
            "SELECT sql FROM sqlite_master WHERE name = ?", (model._meta.table_name,)
        ).fetchone()
        assert "AUTOINCREMENT" in sql, model


def test_migrating_twice_changes_nothing(office: Member) -> None:
    migrate()
    assert schema_version() == len(migrations.STEPS)
    assert not needs_migration()


def test_file_of_a_newer_program_is_refused_unchanged(office: Member) -> None:
    add_voucher(office, add_practice())
    database.pragma("user_version", len(migrations.STEPS) + 1)
    before = database.execute_sql("SELECT count(*), max(version) FROM voucher").fetchone()
    assert is_newer()
    with pytest.raises(StorageProblem):
        migrate()
    assert schema_version() == len(migrations.STEPS) + 1
    assert database.execute_sql("SELECT count(*), max(version) FROM voucher").fetchone() == before


def test_step_that_fails_leaves_the_version_before_it(empty: None) -> None:
    def fails() -> None:
        database.execute_sql("CREATE TABLE half_done (id INTEGER)")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        migrate((*migrations.STEPS, fails))
    assert schema_version() == len(migrations.STEPS)
    assert database.execute_sql("SELECT name FROM sqlite_master WHERE name = 'half_done'").fetchone() is None


def test_steps_of_tomorrow_are_done_on_the_file_of_today(office: Member) -> None:
    voucher = add_voucher(office)

    def add_column() -> None:
        database.execute_sql("ALTER TABLE voucher ADD COLUMN colour TEXT NOT NULL DEFAULT 'green'")

    migrate((*migrations.STEPS, add_column))
    row = database.execute_sql("SELECT colour, number FROM voucher").fetchone()
    assert (schema_version(), *row) == (len(migrations.STEPS) + 1, "green", voucher.number)


def insert(table: str, **values: object) -> int:
    """A row of the first release, written as its program did: what is not given is empty."""
    columns = database.execute_sql(f"PRAGMA table_info({table})").fetchall()
    needed = {name: "" if kind == "TEXT" else 0 for _n, name, kind, must, _default, key in columns if must and not key}
    row: dict[str, object] = {**needed, "uid": secrets.token_hex(8), **values}
    names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
    statement = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608 (our own names)
    return int(database.execute_sql(statement, list(row.values())).lastrowid)


def test_talk_held_in_the_first_release_is_a_talk_of_its_own_afterwards(empty: None) -> None:
    migrate(migrations.STEPS[:1])
    coach = insert("staff", name="K. de Boer", sign_in_name="kees", active=1)
    person = insert("person", surname="Bakker", voicemail="yes")
    case = insert(
        "voucher", number="26-00001-A", person_id=person, dated_on="2026-03-02", received_on="2026-03-03",
        status="aftercare",
    )  # fmt: skip
    of_case = {"voucher_id": case, "person_id": person, "coach_id": coach, "kind": "aftercare", "place": "phone"}
    held = insert("appointment", **of_case, state="held", starts_at="2026-06-10T14:30", note="Gaat nog elke week.")
    insert("appointment", **of_case, state="planned", starts_at="2026-12-01T10:00")
    insert("appointment", **of_case, state="missed", starts_at="2026-06-03T10:00")
    insert("appointment", **{**of_case, "kind": "intake"}, state="held", starts_at="2026-03-10T10:00")

    migrate()

    talk = Aftercare.get()  # one, of the one that was held
    assert (Aftercare.select().count(), talk.appointment_id, talk.held_on) == (1, held, date(2026, 6, 10))
    assert (talk.voucher_id, talk.person_id, talk.coach_id, talk.place) == (case, person, coach, "phone")
    assert (talk.outcome, talk.note, talk.version) == ("", "Gaat nog elke week.", 1)
    assert status_of(read_case(Voucher.get().id), terms()) == Status("aftercare", date(2026, 6, 10), "close")
    assert [line.title for line in story(KEES, person) if line.kind == "aftercare"] == ["Nazorggesprek gehad"]


@pytest.mark.parametrize(
    ("told", "receipt"),
    [("Mevrouw doet mee bij Café Zoë.", False), ("Wij hebben uw verwijzing ontvangen.", True),
     ("Wij hebben de aanmelding ontvangen.", True), ("", False)],
)  # fmt: skip
def test_letter_sent_in_the_first_release_is_the_same_letter_afterwards(
    empty: None, told: str, receipt: bool
) -> None:
    migrate(migrations.STEPS[:1])
    person = insert("person", surname="Bakker", voicemail="yes")
    case = insert("voucher", number="26-00001-A", person_id=person, dated_on="2026-03-02", received_on="2026-03-03",
                  status="placing")  # fmt: skip
    head = {"name": "Welzijn Dorpstad", "lines": ["Brinkstraat 12"], "colour": "#123456", "phone": "",
            "logo": base64.b64encode(b"a picture").decode()}  # fmt: skip
    content = {
        "letterhead": head, "address": ["De Linde"], "references": [], "subject": "", "kind": "", "salutation": "",
        "core": [["Stand van zaken", told]], "closing": {"name": "K. de Boer", "role": "", "phone": ""}, "copy": False,
    }  # fmt: skip
    letter = insert("letter", voucher_id=case, person_id=person, moment="intake", recipient_key="1-0", state="sent",
                    content=json.dumps(content, ensure_ascii=False), written_on="2026-03-12")  # fmt: skip
    pdf = b"%PDF-1.4 as it was printed then"
    insert("letter_pdf", letter_id=letter, bytes=pdf, sha256=hashlib.sha256(pdf).hexdigest())

    migrate()

    kept = content_of(Letter.get())
    assert (kept.core, kept.receipt) == ((("Stand van zaken", told),), receipt)
    assert (kept.letterhead.logo, kept.code) == (b"a picture", "")
    assert whole_pdf(LetterPdf.get()) == pdf


def test_other_folding_makes_every_search_word_anew(office: Member) -> None:
    person = add_voucher(office, add_practice(), surname="Yılmaz").person
    Meta.update(folding_version=FOLDING_VERSION - 1).execute()
    database.execute_sql("UPDATE search_entry SET text = 'old folding', sort_key = ''")
    Person.update(sound="", sort_name="").execute()
    assert needs_migration()
    assert find("yilmaz") == []
    migrate()
    assert ("person", person.id) in find("yilmaz")
    assert find("old folding") == []
    assert (Person.get().sound != "", Person.get().sort_name.startswith("yilmaz")) == (True, True)
    assert not needs_migration()


def add_many(office: Member) -> None:
    for number in range(300):
        add_voucher(office, surname=f"Persoon {number}", note="x" * 1900, phone="", comes_by=True)


def test_full_disk_is_a_sentence_and_what_was_there_stays(office: Member) -> None:
    add_voucher(office)
    pages = database.execute_sql("PRAGMA page_count").fetchone()[0]
    database.execute_sql(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(StorageProblem, match="schijf is vol"):
        add_many(office)
    database.execute_sql("PRAGMA max_page_count = 1073741823")
    stored = Voucher.select().count()
    assert stored >= 1
    assert database.execute_sql("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert Person.select().count() == stored
    add_voucher(office, surname="Weer ruimte")
    assert Voucher.select().count() == stored + 1


def test_double_name_is_refused_and_a_wrong_key_a_sentence(office: Member, tmp_path: Path) -> None:
    add_member("K. de Boer")
    assert Neighbourhood.select().count() == 0
    shut()
    with pytest.raises(StorageProblem):
        open_database(tmp_path / "office.db", secrets.token_bytes(32))


def test_missing_file_is_never_replaced_by_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(StorageProblem):
        open_database(tmp_path / "gone.db", secrets.token_bytes(32))
    assert not (tmp_path / "gone.db").exists()


def test_engine_with_the_known_fault_is_refused() -> None:
    with pytest.raises(StorageProblem):
        check_engine((3, 51, 2))
    check_engine((3, 53, 4))


# ---- version 3


def a_case_of_version_2(outcome: str = "stopped") -> dict[str, int]:
    """A case as the last release kept it: a consent, a talk, a letter that promised a day, and an ending."""
    migrate(migrations.STEPS[:2])
    practice = insert("practice", name="De Linde", kind="gp", letter_to="report_to", letter_way="print", active=1)
    person = insert("person", surname="Bakker", form_of_address="mevrouw")
    case = insert(
        "voucher", number="26-00041-A", person_id=person, practice_id=practice, dated_on="2026-03-02",
        received_on="2026-03-03", status="closed",
    )  # fmt: skip
    of_case = {"voucher_id": case, "person_id": person}
    intake = insert("intake", **of_case, held_on="2026-03-12")
    given = insert("consent", **of_case, purpose="report_back", answer="yes", given_on="2026-03-12", how="spoken")
    asked = insert("consent", person_id=person, purpose="activity", answer="no", given_on="2026-03-02")
    core = [["Stand van zaken", "Wij spraken mevrouw."], ["Wat is afgesproken", ""], ["Wat vragen wij van u", ""],
            ["Volgend bericht", "Rond 12 juni 2026, of eerder als zij stopt."]]  # fmt: skip
    letter = insert(
        "letter", **of_case, moment="intake", practice_id=practice, recipient_key=f"{practice}-0", state="sent",
        content=json.dumps({"core": core}), written_on="2026-03-16",
    )  # fmt: skip
    ending = insert("closing", **of_case, closed_on="2026-05-04", outcome=outcome)
    last = insert(
        "letter", **of_case, moment="closing", practice_id=practice, recipient_key=f"{practice}-0", state="sent",
        content=json.dumps({"core": []}), written_on="2026-05-04",
    )  # fmt: skip
    for each, moment in ((letter, "arrived"), (letter, "intake"), (last, "closing")):
        insert("letter_moment", letter_id=each, moment=moment)
    return {"practice": practice, "person": person, "case": case, "intake": intake, "given": given, "asked": asked,
            "letter": letter, "ending": ending, "last": last}  # fmt: skip


def test_answer_of_the_last_release_belongs_to_its_case_practice_and_talk(empty: None) -> None:
    made = a_case_of_version_2()
    migrate()
    given, asked = Consent.get_by_id(made["given"]), Consent.get_by_id(made["asked"])
    assert (given.practice_id, given.intake_id) == (made["practice"], made["intake"])
    assert (asked.voucher_id, asked.practice_id) == (made["case"], made["practice"])  # the only case it can be of


def test_letter_of_the_last_release_tells_of_its_deed_and_promised_its_day(empty: None) -> None:
    made = a_case_of_version_2()
    migrate()
    letter, last = Letter.get_by_id(made["letter"]), Letter.get_by_id(made["last"])
    assert (letter.promised_on, letter.promised_sooner) == (date(2026, 6, 12), True)
    assert (last.promised_on, last.promised_sooner) == (None, False)
    told = {(each.moment, each.subject, each.said) for each in LetterMoment.select()}
    assert told == {("arrived", 0, ""), ("intake", made["intake"], ""), ("closing", made["ending"], "stopped")}
    assert (letter.subject, last.subject) == (made["intake"], made["ending"])


def test_death_in_one_case_is_a_fact_of_the_person(empty: None) -> None:
    made = a_case_of_version_2(outcome="deceased")
    migrate()
    assert Person.get_by_id(made["person"]).deceased_on == date(2026, 5, 4)


def test_open_cases_stand_where_todays_rule_says(empty: None) -> None:
    """The last release put who stopped back at the beginning."""
    made = a_case_of_version_2()
    of_case = {"person_id": made["person"], "practice_id": made["practice"], "received_on": "2026-03-03"}
    stopped = insert("voucher", number="26-00042-B", **of_case, dated_on="2026-03-02", status="received",
                     due_on="2026-03-08")  # fmt: skip
    insert("enrolment", voucher_id=stopped, person_id=made["person"], state="stopped", enrolled_on="2026-03-12",
           first_attended_on="2026-03-16", stopped_on="2026-06-01", stop_reason="illness")  # fmt: skip
    migrate()
    for each in Voucher.select():
        now = status_of(read_case(each.id), terms())
        assert (each.status, each.due_on) == (now.status, now.due_on), each.number
    assert Voucher.get_by_id(stopped).status == "placing"


def test_numbers_go_on_after_the_highest_of_the_last_release(empty: None) -> None:
    a_case_of_version_2()
    migrate()
    assert [(each.series, each.last) for each in NumberSeries.select()] == [("26", 41)]


def test_table_made_anew_keeps_rows_ids_given_out_and_indexes(empty: None) -> None:
    made = a_case_of_version_2()
    gone = insert("enrolment", voucher_id=made["case"], person_id=made["person"], state="enrolled",
                  enrolled_on="2026-03-12")  # fmt: skip
    database.execute_sql("DELETE FROM enrolment")
    before = database.execute_sql("SELECT id, uid, version, moment, written_on FROM letter ORDER BY id").fetchall()
    indexes = {row[0] for row in database.execute_sql("SELECT name FROM sqlite_master WHERE type = 'index'").fetchall()}
    migrate()
    after = database.execute_sql("SELECT id, uid, version, moment, written_on FROM letter ORDER BY id").fetchall()
    assert after == before
    kept = {row[0] for row in database.execute_sql("SELECT name FROM sqlite_master WHERE type = 'index'").fetchall()}
    assert {name for name in indexes if not name.startswith("postponement")} <= kept  # that one was given another
    again = insert("enrolment", voucher_id=made["case"], person_id=made["person"], state="offered",
                   enrolled_on="2026-03-12")  # fmt: skip
    assert again > gone  # an id is given out once
    assert database.execute_sql("PRAGMA foreign_keys").fetchone()[0] == 1


def test_step_that_leaves_a_reference_to_nothing_is_not_taken(empty: None) -> None:
    migrate()

    def forgets() -> None:
        database.execute_sql("INSERT INTO staff_role (uid, version, staff_id, role) VALUES ('x', 1, 99, 'coach')")

    with pytest.raises(RuntimeError, match="staff_role"):
        migrate((*migrations.STEPS, forgets))
    assert schema_version() == len(migrations.STEPS)
