"""The practice organisation: made-up people to learn on. Must not know the real organisation's folder."""

from pathlib import Path

from desktop.actions.entrance import CHEAP, NewOffice, set_up
from desktop.rules.organisation import OrganisationDraft
from desktop.storage.keys import Opened

SIGN_IN_NAME = "oefenen"
PASSWORD = "rustig oefenen zonder zorgen"
"""No secret: everything in the practice organisation is made up."""


def make_exercise(folder: Path) -> Opened:
    """A practice organisation without anyone in it yet."""
    new = NewOffice(
        organisation=OrganisationDraft(
            name="Welzijn Rivierdam (oefenorganisatie)",
            street="Brinkstraat",
            number="12",
            postcode="9797 PC",
            town="Rivierdam",
            phone="+31502110000",
            province="Groningen",
        ),
        name="Robin Oefening",
        sign_in_name=SIGN_IN_NAME,
        password=PASSWORD,
    )
    return set_up(folder, "exercise", new, CHEAP)[0]
