"""What is on the disk tells nobody anything: fifty planted words are nowhere in data, copies, temp or settings."""

import random
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import time, timedelta
from pathlib import Path

import pytest

from desktop import clock
from desktop.actions import entrance
from desktop.actions.activities import add_activity
from desktop.actions.appointments import plan_intake
from desktop.actions.contacts import record_contact
from desktop.actions.endings import close_case, record_worry
from desktop.actions.enrolments import enrol
from desktop.actions.entrance import CHEAP, NewOffice
from desktop.actions.intakes import hold_intake
from desktop.actions.letter_looks import open_letter
from desktop.actions.letter_sending import fix_letter, send_letter
from desktop.actions.letters import approve_letter, edit_letter, write_letter
from desktop.actions.practices import add_contact, add_practice
from desktop.actions.staff import add_colleague
from desktop.actions.vouchers import correct_person, register_voucher
from desktop.errors import Refused
from desktop.rules.activities import ActivityDraft
from desktop.rules.deeds import AppointmentDraft, ClosingDraft, ContactDraft, EnrolDraft, IntakeDraft, WorryDraft
from desktop.rules.letterdraft import LetterDraft
from desktop.rules.organisation import OrganisationDraft
from desktop.rules.people import PersonDraft
from desktop.rules.practices import ContactDraft as WorkerDraft
from desktop.rules.practices import PracticeDraft
from desktop.rules.staff import Member, StaffDraft
from desktop.rules.vouchers import VoucherDraft
from desktop.settings import Settings
from desktop.storage import backup, keys
from desktop.storage.database import connect_raw, database
from desktop.storage.models import Person
from tests.factory import days_ago

PASSWORD = "wandelen langs de dijk"


class Planted:
    """Words that occur nowhere else, and where each was left."""

    def __init__(self) -> None:
        self._chance = random.Random(3)
        self.words: dict[str, str] = {}

    def word(self, place: str) -> str:
        made = "Qx" + "".join(self._chance.choices("bdfgklmnprstvwz", k=9))
        self.words[made] = place
        return made


def found_in(folder: Path, words: Iterator[str] | list[str]) -> list[tuple[str, str]]:
    """(file, word) of every word that can be read there, as written or folded, in the ways systems store text."""
    files = [(path, path.read_bytes().lower()) for path in folder.rglob("*") if path.is_file()]
    names = [(path, str(path.relative_to(folder)).lower().encode()) for path in folder.rglob("*")]
    return [
        (str(path.relative_to(folder)), word)
        for word in words
        for path, content in files + names
        if any(word.lower().encode(code) in content for code in ("utf-8", "utf-16-le", "utf-16-be"))
    ]


def readable(path: Path, key: bytes) -> str:
    """Everything in the database for whoever has the key."""
    with closing(connect_raw(path, key)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [row for table in tables for row in connection.execute(f'SELECT * FROM "{table}"')]  # noqa: S608
    return repr(rows)


@pytest.fixture
def computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which everything of this computer lies: data, copies, temporary files, settings."""
    for name, variables in {
        "temp": ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"),
        "home": ("HOME", "XDG_DATA_HOME"),
    }.items():
        (tmp_path / name).mkdir()
        for variable in variables:
            monkeypatch.setenv(variable, str(tmp_path / name))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.chdir(tmp_path / "home")
    return tmp_path


def plant(by: Member, planted: Planted) -> None:
    """A whole case through the doors staff use, with a planted word wherever text can be typed."""
    word, today = planted.word, clock.today()
    practice = add_practice(by, PracticeDraft(
        name=f"Praktijk {word('practice')}", street=word("practice street"), number="4", postcode="5611 XA",
        town=word("practice town"), phone="+31402111111", note=word("practice note"),
        in_practice_hours=word("practice hours"), neighbourhood_name=word("neighbourhood"),
    ))  # fmt: skip
    gp = add_contact(by, WorkerDraft(practice=practice.id, role="gp", initials="M.", surname=word("GP")))
    activity = add_activity(by, ActivityDraft(
        title=word("activity"), short_text=word("activity text"), long_text=word("activity long text"),
        location_name=word("location"), street=word("location street"), contact_name=word("activity contact"),
        how_to_join=word("how to join"), note=word("activity note"), schedule_note=word("schedule note"),
        price_note=word("price note"),
    ))  # fmt: skip
    voucher = register_voucher(by, VoucherDraft(
        form_of_address="mevrouw", first_name=word("first name"), surname=word("surname"),
        birth_name=word("birth name"), birth_date="1951-04-03", phone="+31687654321", street=word("street"),
        number="12", postcode="5612 CD", town=word("town"), email=f"{word('email')}@voorbeeld.nl",
        best_time=word("best time"), language=word("language"), contact_name=word("contact person"),
        contact_relation=word("relation"), person_note=word("person note"), voucher_number=word("voucher number"),
        their_reference=word("their reference"), practice=practice.id, referrer=gp.id, report_to=gp.id,
        referrer_name=word("referrer"), note=word("voucher note"), dated_on=days_ago(9), received_on=days_ago(8),
        consent_received="yes", consent_report_back="yes",
    ))  # fmt: skip
    person = Person.get_by_id(voucher.person_id)
    correct_person(by, PersonDraft(
        id=person.id, version=person.version, surname=word("new surname"), phone="+31687654321",
        person_note=word("new person note"),
    ))  # fmt: skip
    record_contact(by, ContactDraft(voucher_id=voucher.id, outcome="reached", note=word("call note")))
    plan_intake(
        by,
        AppointmentDraft(
            voucher_id=voucher.id,
            day=today + timedelta(days=3),
            hour=time(10),
            place="home",
            address=word("address"),
            note=word("appointment note"),
            sure=True,
        ),
    )
    hold_intake(
        by,
        IntakeDraft(
            voucher_id=voucher.id,
            held_on=today,
            goals=word("goals"),
            wishes=word("wishes"),
            barriers=word("barriers"),
            agreed=word("agreed"),
            note=word("intake note"),
            sure=True,
        ),
    )
    record_worry(by, WorryDraft(voucher_id=voucher.id, kind="neglect", noticed_on=today, note=word("worry"), sure=True))
    enrol(
        by,
        EnrolDraft(
            voucher_id=voucher.id,
            activities=(activity.id,),
            destination="buddy",
            enrolled_on=today,
            start_on=today,
            destination_name=word("destination"),
            note=word("enrolment"),
            sure=True,
        ),
    )
    letter = write_letter(by, voucher.id, "intake")
    edit_letter(
        by,
        LetterDraft(
            id=letter.id,
            version=None,
            state=f"Mevrouw {word('letter')} doet mee.",
            agreed=f"Zij gaat {word('letter agreed')}.",
            ask="",
            next="Rond februari.",
        ),
    )
    approve_letter(by, letter.id)
    fix_letter(by, letter.id)
    send_letter(by, letter.id, "pdf")
    open_letter(by, letter.id)
    close_case(
        by,
        ClosingDraft(
            voucher_id=voucher.id,
            closed_on=today,
            outcome="passed_on",
            passed_on_to=word("passed on"),
            note=word("closing note"),
            sure=True,
        ),
    )


@pytest.mark.figures
def test_fifty_planted_words_are_found_nowhere(computer: Path, capfd: pytest.CaptureFixture[str]) -> None:
    planted = Planted()
    data, copies = computer / "data", computer / "copies"
    new = NewOffice(
        organisation=OrganisationDraft(name=planted.word("organisation"), town="Rivierdam", phone="+31402110000"),
        name=planted.word("coordinator"),
        sign_in_name=planted.word("sign-in name"),
        password=PASSWORD,
    )
    opened, sheet = entrance.set_up(data, "office", new, CHEAP)
    entered = entrance.enter(opened)
    colleague = StaffDraft(
        name=planted.word("colleague"), sign_in_name=planted.word("sign-in name of a colleague"), roles=("coach",)
    )
    add_colleague(entered.member, entered.session, colleague)
    plant(entered.member, planted)
    for number in range(4):
        form = {"surname": planted.word("unfinished surname"), "note": planted.word("unfinished note")}
        entered.session.forms.keep(entered.session.member_uid, f"new_voucher:{number}", form, clock.now())
    Settings.load(data).set("language", "nl")
    made = entrance.back_up(entered.session, copies, clock.now())
    words = list(planted.words)
    assert len(words) >= 50

    assert found_in(computer, words) == []  # while it is open, with its log beside it
    assert Path(f"{opened.database}-wal").stat().st_size > 0

    content = readable(opened.database, opened.data_key)
    hidden = [word for word, place in planted.words.items() if not place.startswith(("unfinished", "sign-in"))]
    assert [planted.words[word] for word in hidden if word not in content] == []  # they are really there

    name = words[2]
    entered.session.close()
    wrong = planted.word("name that does not exist")
    for typed in (name, wrong):
        with pytest.raises(Refused):
            keys.sign_in(data, typed, planted.word("wrong password"))
    assert found_in(computer, list(planted.words)) == []  # after the lock

    backup.restore(made.path, data, clock.now(), recovery=" ".join(sheet))
    assert any(path.name.startswith("put-aside") for path in data.iterdir())
    assert found_in(computer, [*planted.words, PASSWORD, *sheet]) == []  # after a restore, with the old data aside
    secrets = (opened.data_key, opened.data_key.hex().encode())
    assert [
        path for path in computer.rglob("*") if path.is_file() and any(key in path.read_bytes() for key in secrets)
    ] == []
    printed = "".join(capfd.readouterr()).lower()
    assert not any(word.lower() in printed for word in planted.words)
    print(f"markers: {len(planted.words)} planted, found 0 in files, names and output")  # noqa: T201 - the figures


def test_erased_text_leaves_the_pages_of_the_file(computer: Path) -> None:
    """What was deleted or corrected is overwritten, so that even with the key nothing of it can be dug up."""
    new = NewOffice(organisation=OrganisationDraft(name="Welzijn Rivierdam", town="Rivierdam"), name="Robin Bos",
                    sign_in_name="robin", password=PASSWORD)  # fmt: skip
    entered = entrance.enter(entrance.set_up(computer / "data", "office", new, CHEAP)[0])
    assert [database.pragma(name) for name in ("secure_delete", "temp_store")] == [1, 2]
    index = database.execute_sql("SELECT v FROM search_index_config WHERE k = 'secure-delete'").fetchone()
    entered.session.close()
    assert index[0] == 1


def test_this_would_find_a_word(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "plain.txt").write_text("mevrouw QXBDFGKLMNP", "utf-8")
    (tmp_path / "wide.log").write_bytes("Qxbdfgklmnp".encode("utf-16-le"))
    (tmp_path / "Qxbdfgklmnp.pdf").write_bytes(b"")

    assert {name for name, _word in found_in(tmp_path, ["Qxbdfgklmnp"])} == {
        "a/plain.txt",
        "wide.log",
        "Qxbdfgklmnp.pdf",
    }
