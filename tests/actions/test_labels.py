"""Addresses on envelopes: what the post needs, and no more."""

from io import BytesIO

from pypdf import PdfReader

from desktop.actions.labels import addresses_printed
from desktop.rules.labels import ENVELOPES
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
