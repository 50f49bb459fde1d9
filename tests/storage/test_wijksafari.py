"""What the catalogue gives for a card: only what takes people, with everything a participant wants to know."""

from datetime import time

import pytest

from desktop.rules.staff import Member
from desktop.rules.wijksafari import Near
from desktop.storage.models import (
    ActivityTheme,
    Location,
    Neighbourhood,
    Reason,
    ReasonTheme,
    Schedule,
    Theme,
)
from desktop.storage.wijksafari import (
    list_on_offer,
    list_reasons,
    list_theme_names,
    neighbourhood_centre,
    practice_centre,
    reason_centre,
)
from tests.counting import assert_query_count
from tests.factory import add_activity, add_enrolment, add_practice, add_row, add_voucher


@pytest.fixture
def centrum(office: Member) -> Neighbourhood:
    made = Neighbourhood(name="Centrum", postcodes="5611 5612")
    add_row(made)
    return made


@pytest.fixture
def brink(centrum: Neighbourhood) -> Location:
    made = Location(name="De Brink", street="Brinkstraat", number="12", postcode="5699 AB", town="Dorpstad")
    add_row(made)
    return made


def test_everything_the_card_says_about_an_activity(office: Member, brink: Location) -> None:
    made = add_activity(
        "Wandelclub", location=brink, price_cents=250, price_per="session", contact_phone="+31402111111",
        how_to_join="loop binnen",
    )  # fmt: skip
    add_row(Schedule(activity=made, rrule="FREQ=WEEKLY;BYDAY=TU", opens=time(10), closes=time(11, 30)))
    theme = Theme.select().order_by(Theme.position).first()
    add_row(ActivityTheme(activity=made, theme=theme))
    (offer,) = list_on_offer(office)
    assert (offer.title, offer.when, offer.themes) == ("Wandelclub", ("Elke dinsdag 10:00-11:30",), (theme.name,))
    assert offer.where == "De Brink, Brinkstraat 12, Dorpstad"
    assert (offer.price, offer.join) == ("€ 2,50 per keer", "loop binnen · bel 040 211 1111")
    assert offer.place == Near(None, frozenset({"5699"}), "Dorpstad")


def test_stopped_and_inactive_are_left_out_and_full_is_marked(office: Member) -> None:
    for status in ("active", "full", "inactive", "stopped"):
        add_activity(status, status=status)
    crowded = add_activity("vol geraakt", capacity=1)
    add_enrolment(add_voucher(office), crowded, state="started")
    found = {offer.title: offer.full for offer in list_on_offer(office)}
    assert found == {"active": False, "full": True, "vol geraakt": True}


def test_an_activity_is_where_it_says_itself_else_where_its_location_is(
    office: Member, centrum: Neighbourhood, brink: Location
) -> None:
    west = Neighbourhood(name="West")
    add_row(west)
    add_activity("eigen wijk", neighbourhood=west, location=brink)
    add_activity("zonder plek", neighbourhood=centrum)
    brink.neighbourhood = centrum
    add_row(brink)
    add_activity("wijk van de plek", location=brink)
    places = {offer.title: offer.place for offer in list_on_offer(office)}
    assert places["eigen wijk"].neighbourhood == west.id
    assert places["zonder plek"] == Near(centrum.id, frozenset({"5611", "5612"}))
    assert places["wijk van de plek"].neighbourhood == centrum.id


def test_a_practice_is_in_its_neighbourhood_with_all_its_postcodes(office: Member, centrum: Neighbourhood) -> None:
    linde = add_practice(neighbourhood=centrum, postcode="5613 XA")
    assert practice_centre(office, linde.id).near == Near(centrum.id, frozenset({"5611", "5612", "5613"}), "Dorpstad")
    plain = add_practice("Oost", agb=None)
    assert practice_centre(office, plain.id).near == Near(None, frozenset({"5611"}), "Dorpstad")
    assert neighbourhood_centre(office, centrum.id).near == Near(centrum.id, frozenset({"5611", "5612"}))


def test_a_reason_gives_its_themes_in_their_order(office: Member) -> None:
    reason = Reason.get(Reason.code == "money")
    centre = reason_centre(office, reason.id)
    wanted = Theme.select().join(ReasonTheme).where(ReasonTheme.reason == reason).order_by(Theme.position)
    assert centre.themes == tuple(theme.name for theme in wanted)
    assert (reason.id, reason.name) in list_reasons(office)
    assert set(centre.themes) <= set(list_theme_names(office))


def test_queries_do_not_grow_with_the_catalogue(office: Member, brink: Location) -> None:
    for n in range(12):
        made = add_activity(f"Groep {n}", location=brink)
        add_row(Schedule(activity=made, rrule="FREQ=WEEKLY;BYDAY=TU"))
    with assert_query_count(4):
        assert len(list_on_offer(office)) == 12
