"""Addresses on envelopes: what the post needs, and no more."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from desktop.actions.labels import addresses_printed, list_addressees
from desktop.errors import Refused
from desktop.rules.labels import ENVELOPES, FORMATS
from desktop.rules.staff import Member
from desktop.storage import changes
from desktop.storage.models import Organisation
from tests.factory import add_practice


def test_sender_on_an_envelope_is_a_postal_address(office: Member) -> None:
    practice = add_practice()
    with changes.deed(None, "organisation filled in by a test"):
        house = Organisation.get()
        house.name, house.street, house.number = "Welzijn Rivierdam", "Brinkstraat", "12"
        house.postcode, house.town = "9797 PC", "Rivierdam"
        house.email, house.website = "welzijn@rivierdam.example", "www.rivierdam.example"
        house.save()
    envelope = addresses_printed(office, [(practice.id, 0)], next(iter(ENVELOPES)), with_sender=True)
    words = PdfReader(BytesIO(envelope)).pages[0].extract_text()
    assert "Welzijn Rivierdam, Brinkstraat 12, 9797 PC Rivierdam" in words
    assert "example" not in words


@pytest.mark.parametrize("form", [*FORMATS, *ENVELOPES])
def test_no_label_and_no_envelope_for_what_is_no_address(office: Member, form: str) -> None:
    good, lost = add_practice(), add_practice("Het Dok", agb=None, street="zwervend", number="")
    abroad = add_practice("De Grens", agb=None, postcode="9000", town="Gent", country="België")
    with pytest.raises(Refused, match="Naar Het Dok kan geen post"):
        addresses_printed(office, [(good.id, 0), (lost.id, 0)], form)
    addresses_printed(office, [(good.id, 0), (abroad.id, 0)], form)
    known = {each.key[0]: each for each in list_addressees(office)}
    assert known[good.id].why_not == known[abroad.id].why_not == ""
    assert known[abroad.id].lines[-2:] == ("9000 GENT", "BELGIË")
