"""The card from a real catalogue: what is near, what fits, and for whom."""

from io import BytesIO

from pypdf import PdfReader

from desktop.actions.wijksafari import around, fitting, safari_card, without_room
from desktop.rules.staff import Member
from desktop.storage.changes import Audit
from desktop.storage.models import ActivityTheme, Location, Neighbourhood, Reason, ReasonTheme
from tests.factory import add_activity, add_practice, add_row


def place(name: str, postcode: str, town: str) -> Location:
    made = Location(name=name, postcode=postcode, town=town)
    add_row(made)
    return made


def read(pdf: bytes) -> str:
    (page,) = PdfReader(BytesIO(pdf)).pages
    return " ".join(page.extract_text().split())


def test_round_a_practice_the_nearest_first_and_nothing_from_elsewhere(office: Member) -> None:
    centrum = Neighbourhood(name="Centrum", postcodes="5611")
    add_row(centrum)
    linde = add_practice(neighbourhood=centrum)
    add_activity("In de stad", location=place("Sporthal", "5699 AB", "Dorpstad"))
    add_activity("Zelfde postcode", location=place("De Brink", "5611 ZZ", ""))
    add_activity("Eigen wijk", neighbourhood=centrum)
    add_activity("Elders", location=place("Ver", "1011 AB", "Amsterdam"))
    add_activity("Gestopt", neighbourhood=centrum, status="stopped")
    near = around(office, "practice", linde.id)
    assert [offer.title for offer in near.offers] == ["Eigen wijk", "Zelfde postcode", "In de stad"]
    card = read(safari_card(office, near, fitting(office, near, "theme"), "theme"))
    assert "In de buurt van Huisartsenpraktijk De Linde" in card
    assert all(title in card for title in ("Eigen wijk", "Zelfde postcode", "In de stad"))


def test_as_many_as_fit_the_nearest_first_and_what_does_not_fit_is_named(office: Member) -> None:
    centrum = Neighbourhood(name="Centrum")
    add_row(centrum)
    far = place("Sporthal", "5699 AB", "Dorpstad")
    for n in range(30):
        add_activity(f"Ver {n}", location=far, price_cents=0)
    for n in range(3):
        add_activity(f"Wijk {n}", neighbourhood=centrum)
    near = around(office, "practice", add_practice(neighbourhood=centrum).id)
    ids = fitting(office, near, "day")
    titles = {offer.title for offer in near.offers if offer.id in ids}
    assert {"Wijk 0", "Wijk 1", "Wijk 2"} < titles
    assert 10 < len(ids) < 33
    assert without_room(office, near, ids, "day") == ()
    everything = frozenset(offer.id for offer in near.offers)
    assert 0 < len(without_room(office, near, everything, "day")) < 33
    card = read(safari_card(office, near, ids, "day"))
    assert all(title in card for title in titles)


def test_a_reason_brings_its_themes_and_does_not_stand_on_the_card(office: Member) -> None:
    reason = Reason.get(Reason.code == "loneliness")
    theme = ReasonTheme.get(ReasonTheme.reason == reason).theme
    suits, other = add_activity("Koffie"), add_activity("Iets anders")
    add_row(ActivityTheme(activity=suits, theme=theme))
    near = around(office, "reason", reason.id)
    assert [offer.title for offer in near.offers] == ["Koffie"]
    card = read(safari_card(office, near, {suits.id}, "theme"))
    assert theme.name in card
    other_themes = [each.theme.name for each in ReasonTheme.select().where(ReasonTheme.reason == reason)]
    assert [name for name in other_themes if name.lower() in card.lower()] == [theme.name]
    assert reason.name.lower() not in card.lower()
    assert other.title not in card


def test_a_neighbourhood_by_its_name_and_nothing_in_the_log(office: Member) -> None:
    west = Neighbourhood(name="West")
    add_row(west)
    made = add_activity("Tuin", neighbourhood=west)
    before = Audit.select().count()
    near = around(office, "neighbourhood", west.id)
    assert "Wat is er te doen in West?" in read(safari_card(office, near, {made.id}, "day"))
    assert Audit.select().count() == before
