"""The wijksafari card: which activities are near, which of them fit on one page, and the page as bytes.

Looks only, and at nothing that is about a person: the log stays silent.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Literal

from desktop.actions.letter_content import letterhead
from desktop.rules.letters import Letterhead
from desktop.rules.phones import show_phone
from desktop.rules.staff import Member
from desktop.rules.wijksafari import Offer, Order, Safari, grouped, nearest_first
from desktop.storage.models import Organisation
from desktop.storage.wijksafari import (
    Centre,
    list_on_offer,
    list_theme_names,
    neighbourhood_centre,
    practice_centre,
    reason_centre,
)

Kind = Literal["practice", "neighbourhood", "reason"]
CENTRES = {"practice": practice_centre, "neighbourhood": neighbourhood_centre, "reason": reason_centre}
MOST_TRIED = 80  # more activities than ever fit on a page


@dataclass(frozen=True)
class Around:
    """What a card can be made of: every activity that is near or suits, the nearest first."""

    kind: Kind
    centre: Centre
    offers: tuple[Offer, ...]
    themes: tuple[str, ...]
    letterhead: Letterhead
    phone: str = ""
    website: str = ""

    def card(self, ids: Set[int], order: Order) -> Safari:
        """The card with these activities."""
        chosen = [offer for offer in self.offers if offer.id in ids]
        title, subtitle = _titles(self.kind, self.centre, chosen)
        groups = grouped(chosen, order, self.centre.themes or self.themes)
        return Safari(self.letterhead, title, subtitle, groups, self.phone, self.website)


def around(by: Member, kind: Kind, record_id: int) -> Around:
    """Everything on offer near a practice, in a neighbourhood or for a reason."""
    centre = CENTRES[kind](by, record_id)
    offers = list_on_offer(by)
    office = Organisation.select().first()
    return Around(
        kind,
        centre,
        tuple(nearest_first(centre.near, offers) if centre.near is not None else _suiting(centre.themes, offers)),
        tuple(list_theme_names(by)),
        letterhead(),
        show_phone(office.phone) if office else "",
        office.website if office else "",
    )


def fitting(by: Member, near: Around, order: Order) -> frozenset[int]:
    """As many activities as one page holds, the nearest first."""
    from desktop.paper.wijksafari import plan

    ids: frozenset[int] = frozenset()
    for offer in near.offers[:MOST_TRIED]:
        wider = ids | {offer.id}
        if not plan(near.card(wider, order)).left_out:
            ids = wider
    return ids


def without_room(by: Member, near: Around, ids: Set[int], order: Order) -> tuple[str, ...]:
    """The titles of what was chosen and does not fit any more."""
    from desktop.paper.wijksafari import plan

    return tuple(offer.title for offer in plan(near.card(ids, order)).left_out)


def safari_card(by: Member, near: Around, ids: Set[int], order: Order) -> bytes:
    """The page; Refused when it does not fit."""
    from desktop.paper.wijksafari import render

    return render(near.card(ids, order))


def _suiting(themes: Sequence[str], offers: Sequence[Offer]) -> list[Offer]:
    """What has one of these themes, most of them first; what is full after what has room."""
    wanted = frozenset(themes)
    found = [offer for offer in offers if wanted & frozenset(offer.themes)]
    return sorted(found, key=lambda offer: (offer.full, -len(wanted & frozenset(offer.themes)), offer.title.casefold()))


def _titles(kind: Kind, centre: Centre, chosen: Sequence[Offer]) -> tuple[str, str]:
    """Above a card for a reason stand the themes that are on it; the reason itself does not."""
    if kind == "neighbourhood":
        return f"Wat is er te doen in {centre.name}?", ""
    if kind == "practice":
        return "Wat is er te doen bij u in de buurt?", f"In de buurt van {centre.name}"
    found = [name for name in centre.themes if any(name in offer.themes for offer in chosen)]
    return "Wat is er voor u te doen?", ", ".join([*found[:1], *(name.lower() for name in found[1:])])
