"""The password for the PDFs of a practice: agreed by phone, proposed, checked, and shown nowhere else."""

import re
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from desktop.actions.practices import change_practice
from desktop.errors import Refused
from desktop.rules.practices import PracticeDraft, check
from desktop.rules.staff import Member
from desktop.screens import practices
from desktop.storage.changes import Audit
from desktop.storage.history import history
from desktop.storage.merge import differences
from desktop.storage.models import Practice
from desktop.storage.passwords import dictated_password
from desktop.widgets.veiled import VeiledEditor
from tests.factory import add_practice
from tests.screens.room import Room

PASSWORD = "mola-kefi-rubo-4829"


@pytest.fixture
def room(qtbot: QtBot, office: Member) -> Iterator[Room]:
    made = Room(qtbot, office, practices.PAGES)
    yield made
    made.desk.close()


def agreed(by: Member) -> Practice:
    practice = add_practice()
    return change_practice(by, PracticeDraft(id=practice.id, name=practice.name, pdf_password=PASSWORD))


def test_a_proposed_password_is_stored_with_the_practice(room: Room) -> None:
    practice = add_practice()
    form = room.open("edit_practice", practice_id=practice.id)
    editor = form.editor("pdf_password")
    assert isinstance(editor, VeiledEditor)
    room.go_to("Wachtwoord voor PDF's")
    room.click("Bedenk er een")
    room.save()
    assert re.fullmatch(r"([bdfghjklmnprstw][aeiou][bdfghjklmnprstw][aeiou]-){4}\d{4}", Practice.get().pdf_password)


def test_changing_something_else_keeps_the_password(room: Room, office: Member) -> None:
    agreed(office)
    room.open("edit_practice", practice_id=Practice.get().id)
    room.type_in("Plaats", "Rivierdam")
    room.save()
    assert (Practice.get().town, Practice.get().pdf_password) == ("Rivierdam", PASSWORD)


@pytest.mark.parametrize("weak", ["kort-1", "aaaaaaaa", "20261121", "de linde", "x" * 61])
def test_a_weak_password_is_told_beside_its_field(weak: str) -> None:
    with pytest.raises(Refused) as refused:
        check(PracticeDraft(name="Huisartsenpraktijk De Linde", pdf_password=weak))
    assert list(refused.value.fields) == ["pdf_password"]


def test_the_password_is_shown_on_no_page_and_in_no_log(room: Room, office: Member, qtbot: QtBot) -> None:
    practice = agreed(office)
    other = add_practice("Praktijk Oost", agb="01054399")
    room.open("practice", practice_id=practice.id)
    qtbot.waitUntil(lambda: "op slot met een wachtwoord" in room.texts())
    assert PASSWORD not in room.texts()
    told = f"{history(office, 'practice', practice.id)} {differences(office, 'practice', practice.id, other.id)}"
    assert "PDF's met een wachtwoord" in told
    assert PASSWORD not in told
    assert not [line for line in Audit.select().dicts() if PASSWORD in str(line)]


def test_proposed_passwords_differ() -> None:
    assert len({dictated_password() for _n in range(200)}) == 200
