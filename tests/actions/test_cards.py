"""Cards for participants and the coach's day sheet, read back from the paper."""

import io
from datetime import date, datetime, time

import pytest
from pypdf import PdfReader

from desktop.actions.cards import activity_card, appointment_card, blank_intake, contact_card, day_sheet
from desktop.actions.contacts import record_contact
from desktop.errors import Refused
from desktop.language import set_language
from desktop.rules.deeds import ContactDraft
from desktop.rules.staff import Member
from desktop.storage.changes import Audit
from desktop.storage.models import Appointment, ContactAttempt, Location, Schedule, Voucher
from tests.factory import add_activity, add_enrolment, add_member, add_practice, add_row, add_voucher, days_ago

THURSDAY = datetime(2026, 11, 12, 10, 0)


def read(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages).replace("\xa0", " ")


def plan(by: Member, voucher: Voucher, **more: object) -> Appointment:
    values = {"starts_at": THURSDAY, "place": "home", "coach": by.id, "kind": "intake", **more}
    appointment = Appointment(voucher=voucher, person=voucher.person_id, **values)
    add_row(appointment)
    return appointment


def test_appointment_card_says_who_comes_when_in_plain_dutch(office: Member) -> None:
    set_language("en")
    voucher = add_voucher(office, add_practice())
    card = read(appointment_card(office, plan(office, voucher).id).pdf)
    assert "F. Yıldız komt donderdag 12 november om 10 uur bij u" in card
    assert "Voor mevrouw Van der Meer-de Wit" in card
    assert "Beukenlaan 12 bis" in card
    assert "040 211 0000" in card
    assert Audit.select().where(Audit.name == "appointment card printed").count() == 1


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("office", "U komt donderdag 12 november om 10 uur bij F. Yıldız"),
        ("practice", "bij uw huisarts in de praktijk"),
        ("phone", "F. Yıldız belt u donderdag 12 november om 10 uur"),
        ("activity", "samen met F. Yıldız"),
    ],
)
def test_card_says_where(office: Member, place: str, words: str) -> None:
    voucher = add_voucher(office, add_practice())
    assert words in read(appointment_card(office, plan(office, voucher, place=place).id).pdf)


def test_card_names_no_reason_and_no_welfare(office: Member) -> None:
    voucher = add_voucher(office, add_practice(), note="eenzaam na overlijden")
    card = read(appointment_card(office, plan(office, voucher, note="let op de hond").id).pdf).lower()
    for private in ("eenzaam", "overlijden", "hond", "voucher"):
        assert private not in card


def test_activity_card_says_what_it_costs_and_who_goes_along(office: Member) -> None:
    voucher = add_voucher(office, add_practice())
    place = Location(name="Huis van de Wijk", street="Brink", number="1", postcode="5611 AB", town="Dorpstad")
    add_row(place)
    activity = add_activity("Koffie-inloop", location=place, price_cents=250, price_per="session")
    add_row(Schedule(activity=activity, rrule="FREQ=WEEKLY;BYDAY=TH", opens=time(9, 30), closes=time(12)))
    enrolment = add_enrolment(voucher, activity, start_on=date(2026, 11, 19), accompanied=True)
    card = read(activity_card(office, enrolment.id).pdf)
    for part in ("U gaat donderdag 19 november om 9.30 uur naar Koffie-inloop", "elke donderdag", "Huis van de Wijk",
                 "€ 2,50 per keer", "mee"):
        assert part in card, part


def test_card_for_a_destination_outside_the_catalogue(office: Member) -> None:
    voucher = add_voucher(office, add_practice())
    enrolment = add_enrolment(voucher, None, destination="volunteering", destination_name="Voedselbank <b>{x}</b>")
    assert "Voedselbank <b>{x}</b>" in read(activity_card(office, enrolment.id).pdf)


def test_day_sheet_holds_this_coachs_day_in_order(office: Member) -> None:
    practice = add_practice()
    voucher = add_voucher(office, practice)
    other = add_voucher(office, practice, surname="Smit", phone="+31612345678")
    plan(office, voucher, starts_at=THURSDAY.replace(hour=14))
    plan(office, other, starts_at=THURSDAY.replace(hour=9), place="phone")
    plan(office, other, starts_at=THURSDAY.replace(day=13))
    plan(add_member("P. Ander", "coach"), other)
    plan(office, other, state="cancelled")
    sheet = read(day_sheet(office, THURSDAY.date()).pdf)
    assert "Donderdag 12 november 2026" in sheet
    assert "2 afspraken" in sheet
    assert sheet.index("9.00") < sheet.index("14.00")
    assert "06 8765 4321" in sheet
    assert "Beukenlaan 12 bis" in sheet


def test_blank_intake_form_is_two_sides_without_a_name(office: Member) -> None:
    reader = PdfReader(io.BytesIO(blank_intake(office)))
    assert len(reader.pages) == 2
    assert "Intakegesprek" in reader.pages[0].extract_text()


def test_leader_prints_no_cards(office: Member) -> None:
    leader = add_member("L. Leider", "leader")
    with pytest.raises(Refused):
        blank_intake(leader)
    with pytest.raises(Refused):
        day_sheet(leader)


def place(name: str = "De Brug", **more: str) -> Location:
    values = {"street": "Havenpad", "number": "9", "postcode": "5613 ZZ", "town": "Dorpstad", **more}
    return add_row(Location(name=name, **values))


@pytest.mark.parametrize("linked", [True, False])
def test_first_visit_says_where_on_card_and_day_sheet(office: Member, linked: bool) -> None:
    voucher = add_voucher(office, add_practice())
    enrolment = add_enrolment(voucher, add_activity("Zanguurtje", location=place()), accompanied=True)
    add_enrolment(voucher, add_activity("Biljart", location=place("De Haven", street="Kade", number="1")))
    visit = {"kind": "first_visit", "place": "activity", "address": "Zanguurtje"}
    appointment = plan(office, voucher, **visit, enrolment=enrolment if linked else None)
    for paper in (appointment_card(office, appointment.id).pdf, day_sheet(office, THURSDAY.date()).pdf):
        words = read(paper)
        for part in ("De Brug", "Havenpad 9", "5613 ZZ Dorpstad"):
            assert part in words
        assert "Kade" not in words
    assert "samen met F. Yıldız naar Zanguurtje" in read(appointment_card(office, appointment.id).pdf)


def test_first_visit_outside_the_catalogue_says_what_is_known(office: Member) -> None:
    voucher = add_voucher(office, add_practice())
    add_enrolment(voucher, None, destination="volunteering", destination_name="Voedselbank Noord", accompanied=True)
    appointment = plan(office, voucher, kind="first_visit", place="activity", address="Voedselbank Noord")
    assert "Voedselbank Noord" in read(appointment_card(office, appointment.id).pdf)


@pytest.mark.parametrize(
    ("kind", "said", "not_said"),
    [
        ("gp", "bij uw huisarts in de praktijk", "bij Praktijk Plein"),
        ("health_centre", "bij uw huisarts in de praktijk", "bij Praktijk Plein"),
        ("physio", "bij Praktijk Plein", "huisarts"),
        ("neighbourhood_team", "bij Praktijk Plein", "huisarts"),
    ],
)
def test_card_names_a_practice_that_is_no_gps(office: Member, kind: str, said: str, not_said: str) -> None:
    voucher = add_voucher(office, add_practice("Praktijk Plein", kind=kind))
    card = read(appointment_card(office, plan(office, voucher, place="practice").id).pdf)
    assert said in card
    assert not_said not in card
    for part in ("Praktijk Plein", "Lindelaan 4", "5611 XA Dorpstad"):
        assert part in card


def test_room_is_said_with_the_house_it_is_in(office: Member) -> None:
    voucher = add_voucher(office, add_practice())
    card = read(appointment_card(office, plan(office, voucher, place="office", address="kamer 3").id).pdf)
    for part in ("Welzijn Dorpstad", "Brinkstraat 12", "kamer 3"):
        assert part in card
    elsewhere = read(appointment_card(office, plan(office, voucher, place="office", address="Kade 8").id).pdf)
    assert "Kade 8" in elsewhere
    assert "Brinkstraat 12" not in elsewhere.split("Waar", 1)[1]


def test_home_of_which_the_street_is_unknown_is_its_postcode_and_number(office: Member) -> None:
    voucher = add_voucher(office, add_practice(), street="", town="", postcode="1501 AB", number="4")
    appointment = plan(office, voucher)
    assert "Bij u thuis 1501 AB 4" in read(appointment_card(office, appointment.id).pdf)
    assert "1501 AB 4" in read(day_sheet(office, THURSDAY.date()).pdf)


def test_card_for_who_was_not_reached_is_neutral_outside_and_plain_inside(office: Member) -> None:
    voucher = add_voucher(office, add_practice(), dated_on=days_ago(9))
    record_contact(office, ContactDraft(voucher_id=voucher.id, outcome="no_answer"))
    card = read(contact_card(office, voucher.id).pdf)
    for part in ("Mw. A. van der Meer-de Wit", "Beukenlaan 12 bis", "5612 CD DORPSTAD", "040 211 0000",
                 "Geachte mevrouw Van der Meer-de Wit,", "Wij hebben geprobeerd u te bellen", "F. Yıldız"):  # fmt: skip
        assert part in card, part
    outside = card.split("Geachte")[0].lower()
    for word in ("welzijn", "huisarts", "praktijk", "voucher"):
        assert word not in outside
    assert "huisarts" not in card
    assert Audit.select().where(Audit.name == "contact card printed").count() == 1
    assert ContactAttempt.select().where(ContactAttempt.way == "post").count() == 0


def test_card_to_postcode_and_number_and_to_who_was_never_called(office: Member) -> None:
    where = {"street": "", "number": "4", "postcode": "1501 AB", "town": "Oostzaan", "phone": ""}
    voucher = add_voucher(office, None, form_of_address="", first_name="Robin", initials="", tussenvoegsel="", **where)
    card = read(contact_card(office, voucher.id).pdf)
    assert "1501 AB 4 OOSTZAAN" in card
    assert "geprobeerd u te bellen" not in card
    assert "Wij willen u graag spreken." in card


def test_card_to_another_country_ends_with_that_country(office: Member) -> None:
    where = {"street": "Zandstraat", "number": "7", "postcode": "B-2910", "town": "Essen", "country": "België"}
    card = read(contact_card(office, add_voucher(office, add_practice(), **where).id).pdf)
    assert "Zandstraat 7 2910 ESSEN BELGIË" in card


def test_no_card_without_an_address(office: Member) -> None:
    voucher = add_voucher(office, add_practice(), street="onbekend", number="", postcode="")
    with pytest.raises(Refused, match="geen adres bekend"):
        contact_card(office, voucher.id)
