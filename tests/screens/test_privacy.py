"""The law at the keyboard: a request from its letter to the certificate, a list that is exported, a breach."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop import clock
from desktop.rules.staff import Member
from desktop.screens import breaches, exports, people, privacy, requests, retention
from desktop.storage.changes import Audit
from desktop.storage.models import Breach, Destruction, Export, Person, Request, RetentionTerm, Voucher
from desktop.storage.unfinished import UnfinishedForms
from tests.factory import add_closing, add_practice, add_voucher, days_ago
from tests.screens.room import Room

PAGES = {
    **privacy.PAGES,
    **requests.PAGES,
    **retention.PAGES,
    **breaches.PAGES,
    **exports.PAGES,
    **people.PAGES,
}


class OpenSession:
    """As much of the open data as destroying asks for."""

    def __init__(self, folder: Path) -> None:
        self.forms = UnfinishedForms.open(folder, b"k" * 32)


@pytest.fixture
def room(qtbot: QtBot, office: Member, tmp_path: Path) -> Iterator[Room]:
    made = Room(qtbot, office, PAGES)
    session: Any = OpenSession(tmp_path)
    made.office.session = lambda: session
    yield made
    made.desk.close()


def test_a_destruction_request_from_letter_to_certificate(room: Room, office: Member) -> None:
    voucher = add_voucher(office, add_practice())
    add_closing(voucher)
    room.open("request", person_id=voucher.person_id)
    while room.page.editor("kind").value() != "destruction":
        room.press(Qt.Key.Key_Right)
    room.type_in("Gevraagd door", "de dochter, met machtiging")
    room.save()
    request = Request.get()
    assert (request.kind, request.received_on) == ("destruction", clock.today())

    page = room.open("requests")
    assert page.rows.rows()[0].title == "Wil de gegevens laten vernietigen: Annie van der Meer-de Wit"
    page = room.open("request", request_id=request.id)
    page.set_values({"proved": True})
    room.save()
    room.open("request", request_id=request.id)
    room.click("Gegevens vernietigen")
    assert room.opened[-1] == ("destroy", {"person_id": voucher.person_id, "request_id": request.id})
    room.type_in("Typ de achternaam", "Jansen")
    room.save()
    assert Person.select().count() == 1
    assert "Typ de achternaam van deze persoon" in room.texts()
    room.type_in("Typ de achternaam", "meer-de wit")
    with room.work_done():
        room.save()
    assert Person.select().count() == 0
    assert Voucher.select().count() == 0
    name, paper = room.opened[-1]
    assert (name, paper["file_name"]) == (
        "preview",
        "verklaring-V-2026-001.pdf".replace("2026", str(clock.today().year)),
    )
    assert (Request.get().outcome, Request.get().person_id) == ("granted", None)
    assert room.said[-1] == "De gegevens zijn vernietigd"

    room.open("retention")
    assert room.page.certificates.rows()[0].title.startswith(Destruction.get().number)


def test_the_terms_are_changed_and_a_list_goes_from_made_to_carried_out(room: Room, office: Member) -> None:
    voucher = add_voucher(office)
    add_closing(voucher, "not_reached", closed_on=days_ago(200))
    row = Voucher.get_by_id(voucher.id)
    assert row.status == "closed"
    room.open("retention")
    room.click("Lijst van dit jaar maken")
    assert "Van niemand is de bewaartermijn voorbij" in room.troubled[-1]
    room.open("retention_terms")
    room.type_in("Geholpen, taak uit de Wmo", "6")
    room.save()
    assert {term.kind: term.months for term in RetentionTerm.select()}["helped_wmo"] == 6
    room.open("retention")
    room.click("Lijst van dit jaar maken")
    assert room.opened[-1][0] == "retention_list"
    assert room.page.rows.rows()[0].pill == "Vernietigen"
    room.click("Deze lijst goedkeuren")
    assert Person.select().count() == 1
    with room.work_done():
        room.click("Nu uitvoeren")
    assert Person.select().count() == 0
    assert Destruction.get().why == "retention"


def test_what_is_of_others_is_marked_with_enter_and_the_file_opens(room: Room, office: Member) -> None:
    voucher = add_voucher(office, add_practice(), note="Buurman drinkt")
    page = room.open("person_file", person_id=voucher.person_id)
    page.rows.setFocus()
    room.press(Qt.Key.Key_Return)
    assert page.rows.rows()[0].pill == "Van anderen: blijft weg"
    room.click("Dossier maken")
    assert room.opened[-1][0] == "preview"


def test_a_list_is_exported_with_its_reason(room: Room, office: Member, tmp_path: Path) -> None:
    add_voucher(office)
    page = room.open("people")
    target = tmp_path / "lijst.xlsx"
    form = exports.export(room.office, page.title, page.table.count(), page.cells, lambda name: str(target))
    room.window.show_page(form)
    room.type_in("Waarvoor is de lijst?", "x")
    room.save()
    assert not target.exists()
    room.type_in("Waarvoor is de lijst?", "uitnodiging voor het buurtfeest")
    room.save()
    assert target.read_bytes().startswith(b"PK")
    assert (Export.get().what, Export.get().lines) == ("Deelnemers", 1)
    assert Audit.select().order_by(Audit.id.desc()).get().name == "list exported"


def test_the_export_button_of_a_list_asks_first(room: Room, office: Member) -> None:
    add_voucher(office)
    room.open("people")
    room.click("Exporteren")
    name, arguments = room.opened[-1]
    assert (name, arguments["title"], arguments["lines"]) == ("export", "Deelnemers", 1)
    titles, rows = arguments["cells"]()
    assert (titles[0], rows[0][0]) == ("Naam", "Annie van der Meer-de Wit")


def test_a_breach_is_written_down_in_a_minute(room: Room) -> None:
    room.open("breach")
    room.type_in("Wat er gebeurde", "Brief aan het verkeerde adres")
    room.save()
    assert Breach.get().what == "Brief aan het verkeerde adres"
    page = room.open("breaches")
    assert page.rows.rows()[0].pill in ("nog 72 uur", "nog 71 uur")
