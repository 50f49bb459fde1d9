"""Keeping practices by keyboard: the list, a new one, who works there, who left."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.actions.practices import change_practice
from desktop.errors import Refused
from desktop.rules.practices import PracticeDraft, check
from desktop.rules.staff import Member
from desktop.screens import practices
from desktop.storage.changes import Audit
from desktop.storage.history import history
from desktop.storage.merge import differences
from desktop.storage.models import Contact, Practice, Voucher
from desktop.storage.passwords import dictated_password
from desktop.widgets.veiled import VeiledEditor
from tests.factory import add_practice, add_voucher
from tests.screens.room import Room

PASSWORD = "mola-kefi-rubo-4829"


@pytest.fixture
def room(qtbot: QtBot, office: Member) -> Iterator[Room]:
    made = Room(qtbot, office, practices.PAGES)
    yield made
    made.desk.close()


def test_list_shows_who_works_there_and_how_many_vouchers_came(room: Room, office: Member) -> None:
    add_voucher(office, add_practice())
    page = room.open("practices")
    shown = [column.show(page.table.selected()) for column in page.table.model().columns]
    assert shown[:5] == ["Huisartsenpraktijk De Linde", "Dorpstad", "040 211 1111", "M. Jansen, S. Bos", "1"]
    assert "1 praktijk" in room.texts()


def test_list_finds_a_practice_by_a_contact_and_by_phone(room: Room) -> None:
    add_practice()
    add_practice("Praktijk Oost", agb="01054399", phone="+31402119999")
    page = room.open("practices")
    for typed, found in (("bos", 2), ("de linde", 1), ("0402119999", 1), ("xyz", 0)):
        page.search.setText(typed)
        page.refresh()
        assert page.table.count() == found, typed


def test_empty_list_says_what_to_do(room: Room) -> None:
    room.open("practices")
    assert "Er zijn nog geen praktijken" in room.texts()
    room.click("Inlezen uit bestand")
    assert room.opened[-1] == ("import_practices", {})


def test_new_practice_by_keyboard_and_then_its_first_contact(room: Room) -> None:
    room.open("practice")
    room.type_in("Naam", "Praktijk De Eik")
    room.type_in("Postcode", "5611xa")
    room.type_in("Telefoon", "040-2112222")
    room.type_in("AGB-code", "1054399")
    room.type_in("Wijk", "Centrum")
    room.save()
    made = Practice.get()
    assert (made.name, made.postcode, made.phone, made.agb) == (
        "Praktijk De Eik",
        "5611 XA",
        "+31402112222",
        "01054399",
    )
    assert made.neighbourhood.name == "Centrum"
    assert room.opened[-1] == ("practice", {"practice_id": made.id})
    room.click("Contactpersoon toevoegen")
    room.type_in("Voorletters", "M.")
    room.type_in("Achternaam", "Jansen")
    room.save()
    assert [(each.surname, each.role) for each in Contact.select()] == [("Jansen", "gp")]
    assert [row.title for row in room.page.rows.rows()] == ["M. Jansen"]


def test_wrong_phone_postcode_and_agb_are_told_beside_their_fields_and_nothing_is_lost(room: Room) -> None:
    form = room.open("practice")
    room.type_in("Naam", "Praktijk De Eik")
    room.type_in("Postcode", "0011 XA")
    room.type_in("Telefoon", "04021122")
    room.type_in("AGB-code", "12")
    room.save()
    assert Practice.select().count() == 0
    assert all(form.editor(name).complaint() for name in ("postcode", "phone", "agb"))
    assert form.raw()["phone"] == "04021122"


def test_practice_twice_is_told_at_its_name(room: Room) -> None:
    add_practice(agb=None)
    form = room.open("practice")
    room.type_in("Naam", "Huisartsenpraktijk de Linde")
    room.type_in("Postcode", "5611 XA")
    room.save()
    assert "staat er al" in form.editor("name").complaint()
    room.type_in("Postcode", "5612 CD")
    room.save()
    assert Practice.select().count() == 2


def test_letter_agreement_is_kept_as_agreed(room: Room) -> None:
    practice = add_practice()
    form = room.open("edit_practice", practice_id=practice.id)
    form.set_values({"letter_moments": ("intake", "closing"), "letter_way": "text", "letter_copy": True})
    room.save()
    kept = Practice.get_by_id(practice.id)
    assert (kept.letter_moments, kept.letter_way, kept.letter_copy) == ("intake closing", "text", True)
    room.open("practice", practice_id=practice.id)
    assert "na de intake, afsluiting" in room.texts()


def test_someone_who_left_stays_readable_but_is_marked(room: Room) -> None:
    practice = add_practice()
    jansen = Contact.get(Contact.surname == "Jansen")
    page = room.open("practice", practice_id=practice.id)
    form = room.open("contact", practice_id=practice.id, contact_id=jansen.id)
    room.go_to("Werkt hier")
    room.press(Qt.Key.Key_Space)
    room.save()
    assert form not in [room.page]
    assert not Contact.get_by_id(jansen.id).active
    assert [(row.title, row.pill) for row in page.rows.rows()] == [("S. Bos", ""), ("M. Jansen", "Weg")]


def test_change_by_a_colleague_meanwhile_is_refused_and_what_was_typed_stays(room: Room, office: Member) -> None:
    practice = add_practice()
    first = room.open("edit_practice", practice_id=practice.id)
    second = room.open("edit_practice", practice_id=practice.id)
    second.set_values({"phone": "+31402115555"})
    second.submit()
    first.set_values({"town": "Elders"})
    first.submit()
    assert Practice.get_by_id(practice.id).town == "Dorpstad"
    assert first.raw()["town"] == "Elders"


def test_letters_results_and_wijksafari_of_this_practice_are_one_key_away(room: Room) -> None:
    practice = add_practice()
    for button, page in (
        ("Brieven van deze praktijk", "archive"),
        ("Resultaten per kwartaal", "value_page"),
        ("Wijksafari", "wijksafari"),
    ):
        room.open("practice", practice_id=practice.id)
        room.click(button)
        assert room.opened[-1] == (page, {"practice_id": practice.id})


@pytest.mark.parametrize(
    "name", ["<b>De Linde</b>", "{x} De Linde", '\'t "Huis"', "Praktijk 🙂", "بيت الحي", "x" * 119]
)
def test_odd_names_are_shown_as_they_are(room: Room, name: str) -> None:
    practice = add_practice(name)
    room.open("practice", practice_id=practice.id)
    assert name in room.texts()
    page = room.open("practices")
    assert page.table.selected().record.name == name


def test_name_too_long_for_a_letter_is_refused(room: Room) -> None:
    form = room.open("practice")
    form.set_values({"name": "x" * 150})
    form.submit()
    assert "past niet" in form.editor("name").complaint()
    assert Practice.select().count() == 0


# ---- the password for PDFs


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


def test_a_gp_who_moves_takes_the_open_vouchers_along(room: Room, office: Member) -> None:
    old, new = add_practice("De Linde"), add_practice("Het Veen", agb="01054330", postcode="5613 ZZ")
    doctor = Contact.get((Contact.practice == old) & (Contact.role == "gp"))
    voucher = add_voucher(office, old, report_to=doctor.id)
    form = room.open("contact", practice_id=old.id, contact_id=doctor.id)
    assert "De open vouchers" not in room.texts()
    room.type_in("Achternaam", "Vermeer")
    room.type_in("Praktijk", "Het Veen")
    room.press(Qt.Key.Key_Return)
    room.save()
    assert "Op 1 open voucher" in form.editor("takes_along").complaint()
    form.editor("takes_along").set_value(True)
    room.save()
    assert Contact.get_by_id(doctor.id).practice_id == new.id
    assert Voucher.get_by_id(voucher.id).practice_id == new.id
