"""One file with everything of one person: complete, without others on choice, logged."""

import json
from datetime import datetime, time

import pytest

from desktop import clock
from desktop.actions import contacts, subject_access
from desktop.actions.ready_texts import TEXTS, ready_text
from desktop.language import current, set_language
from desktop.rules.deeds import ContactDraft
from desktop.rules.staff import Member
from desktop.storage.changes import Audit
from desktop.storage.models import ContactAttempt, RetentionTerm, Voucher
from desktop.storage.subject_access import list_parts
from tests.factory import add_consent, add_intake, add_practice, add_row, add_voucher
from tests.paper import reading


def with_story(by: Member) -> Voucher:
    voucher = add_voucher(by, add_practice(), note="Komt met de bus")
    contacts.record_contact(
        by, ContactDraft(voucher_id=voucher.id, on=clock.today(), at=time(0), outcome="reached", note="Buurman drinkt"),
    )  # fmt: skip
    add_intake(voucher, wishes="Onder de mensen")
    add_consent(voucher)
    return voucher


def test_the_file_holds_all_in_the_words_of_the_forms(office: Member) -> None:
    voucher = with_story(office)
    other = add_voucher(office, surname="Bakker", phone="+31655555555")
    made = subject_access.make_file(office, voucher.person_id)
    text = reading.flat(made.pdf)
    for words in (
        *("Gegevens van mw. A. van der Meer-de Wit", "03-04-1951", "06 8765 4321", "Huisartsenpraktijk De Linde"),
        *("Komt met de bus", "Buurman drinkt", "Onder de mensen", "Gesproken"),
    ):
        assert words in text, words
    assert "Bakker" not in text
    data = json.loads(made.json)["data"]
    assert data["person"][0]["surname"] == "Meer-de Wit"
    assert [row["number"] for row in data["voucher"]] == [voucher.number]
    assert other.number not in made.json.decode()
    line = Audit.select().order_by(Audit.id.desc()).get()
    assert (line.name, line.person_id) == ("own file made", voucher.person_id)
    assert "Meer" not in made.name


def test_what_is_of_others_stays_out_and_the_file_says_so(office: Member) -> None:
    voucher = with_story(office)
    attempt = ContactAttempt.get()
    subject_access.mark_others(office, voucher.person_id, "contact_attempt", attempt.id, of_others=True)
    made = subject_access.make_file(office, voucher.person_id)
    assert "Buurman" not in reading.flat(made.pdf) + made.json.decode()
    assert "Eén onderdeel is weggelaten" in reading.flat(made.pdf)
    whole = subject_access.make_file(office, voucher.person_id, without_others=False)
    assert "Buurman" in reading.flat(whole.pdf)
    subject_access.mark_others(office, voucher.person_id, "contact_attempt", attempt.id, of_others=False)
    assert not any(part.of_others for part in list_parts(office, voucher.person_id))


def test_ready_texts_are_filled_in_with_this_organisation_and_its_terms(office: Member) -> None:
    for name in TEXTS:
        text = reading.flat(ready_text(office, name))
        assert "Welzijn Dorpstad" in text
        assert "15 jaar" in text
        assert "maanden maanden" not in text
        assert "{" not in text


@pytest.mark.parametrize(
    ("stored", "said", "machine"),
    [
        ("2026-07-01T22:10:00+00:00", "02-07-2026 00:10", "2026-07-02T00:10:00+02:00"),
        ("2026-12-31T23:30:00+00:00", "01-01-2027 00:30", "2027-01-01T00:30:00+01:00"),
        ("2026-10-25T00:30:00+00:00", "25-10-2026 02:30", "2026-10-25T02:30:00+02:00"),
        ("2026-10-25T01:30:00+00:00", "25-10-2026 02:30", "2026-10-25T02:30:00+01:00"),
    ],
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_own_file_is_dutch_and_tells_the_hours_of_here(
    office: Member, stored: str, said: str, machine: str, language: str
) -> None:
    voucher = add_voucher(office, add_practice())
    add_row(ContactAttempt(
        voucher=voucher, person=voucher.person_id, at=datetime.fromisoformat(stored), way="phone", outcome="no_answer"
    ))  # fmt: skip
    set_language(language)
    made = subject_access.make_file(office, voucher.person_id)
    assert current() == language
    paper = reading.flat(made.pdf)
    assert said in paper
    assert json.loads(made.json)["data"]["contact_attempt"][0]["at"] == machine
    for words in ("Deelnemer", "Contactmoment", "Geboortedatum", "Hoe het ging"):
        assert words in paper
    assert "Participant" not in paper
    assert "Contactpersoon" not in paper


def test_leaflet_says_terms_in_years_where_they_are_and_in_months_where_not(office: Member) -> None:
    add_row(RetentionTerm(kind="helped_wmo", months=18))
    text = reading.flat(ready_text(office, "leaflet"))
    assert "bewaren wij uw gegevens 18 maanden" in text
    assert "dan 1 jaar" in text
