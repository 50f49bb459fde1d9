"""To which practice each case is reported, as its agreement says, for any number of cases. Must not know letters."""

from collections.abc import Mapping, Sequence

from desktop.storage.database import among
from desktop.storage.models import Contact, Practice, Voucher

READERS = {"report_to": ("report_to", "referrer"), "referrer": ("referrer", "report_to"), "practice": ()}
"""Whom a practice wants its letters to go to, first choice first; whoever left is passed over."""


def addressees(voucher_ids: Sequence[int]) -> dict[int, int | None]:
    """Per case the practice that its letters go to."""
    return {voucher_id: practice_id for voucher_id, (practice_id, _contact) in readers(voucher_ids).items()}


def readers(voucher_ids: Sequence[int]) -> dict[int, tuple[int | None, int | None]]:
    """Per case the practice and who there reads its letters, or nobody by name."""
    rows = Voucher.select(Voucher.id, Voucher.practice, Voucher.report_to, Voucher.referrer)
    named = list(rows.where(Voucher.id.in_(among(voucher_ids))).tuples())
    active = Contact.select(Contact.id, Contact.practice).where(
        Contact.active & Contact.id.in_(among([each for row in named for each in row[2:] if each is not None]))
    )
    works_at, merged = dict(active.tuples()), merged_practices()
    wishes = dict(Practice.select(Practice.id, Practice.letter_to).tuples())
    found: dict[int, tuple[int | None, int | None]] = {}
    for voucher_id, own, report_to, referrer in named:
        practice_id = standing_in(merged, own)
        persons = {"report_to": report_to, "referrer": referrer}
        wish = wishes.get(practice_id, "report_to")
        contact_id = next((persons[each] for each in READERS[wish] if persons[each] in works_at), None)
        at = works_at[contact_id] if contact_id is not None else practice_id
        found[voucher_id] = standing_in(merged, at), contact_id
    return found


def merged_practices() -> dict[int, int]:
    """Of every practice that was merged away, into which one."""
    return dict(
        Practice.select(Practice.id, Practice.merged_into).where(Practice.merged_into.is_null(False)).tuples()
    )


def standing_in(merged: Mapping[int, int], practice_id: int | None) -> int | None:
    """The practice itself, or the one it was merged into."""
    while practice_id is not None and practice_id in merged:
        practice_id = merged[practice_id]
    return practice_id
