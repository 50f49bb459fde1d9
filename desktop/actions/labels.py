"""Addresses on labels and envelopes. Changes nothing: an address of a practice is nobody's secret."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.actions.letter_content import recipient
from desktop.errors import Refused
from desktop.language import _
from desktop.rules.addresses import no_post_to, place_lines
from desktop.rules.labels import ENVELOPES
from desktop.rules.letter_envelope import address_lines
from desktop.rules.staff import CASEWORK, Member, require
from desktop.storage.database import told
from desktop.storage.labels import list_routes
from desktop.storage.models import Organisation

Key = tuple[int, int]  # the practice, and who works there or 0


@dataclass(frozen=True)
class Addressee:
    """A practice or somebody there, with the address as it is printed."""

    key: Key
    practice: str
    lines: tuple[str, ...]
    why_not: str = ""  # what is wrong in the address, so that no post arrives there


def list_addressees(by: Member) -> list[Addressee]:
    """Everybody an address can be printed for, per practice."""
    return [
        Addressee(
            (route.practice.id, route.contact.id if route.contact else 0),
            route.practice.name,
            address_lines(recipient(route)),
            no_post_to(route.practice.name, route.practice),
        )
        for route in list_routes(by)
    ]


def addresses_printed(by: Member, keys: Sequence[Key], form: str, start: int = 1, with_sender: bool = False) -> bytes:
    """A PDF with these addresses on labels or envelopes."""
    require(by, CASEWORK)
    known = {each.key: each for each in list_addressees(by)}
    chosen = [known[key] for key in keys if key in known]
    if not chosen:
        raise Refused(_("Choose at least one address."))
    if wrong := list(dict.fromkeys(each.why_not for each in chosen if each.why_not)):
        raise Refused("\n".join(wrong))
    addresses = [each.lines for each in chosen]
    if form in ENVELOPES:
        from desktop.paper import envelopes

        return envelopes.render(addresses, form, _sender() if with_sender else "")
    from desktop.paper import labels

    return labels.render(addresses, form, start)


def _sender() -> str:
    """Where a letter that cannot be delivered goes back to; no more than the post needs."""
    with told():
        office = Organisation.select().first()
    if office is None:
        return ""
    return ", ".join(part for part in (office.name, *place_lines(office)) if part)
