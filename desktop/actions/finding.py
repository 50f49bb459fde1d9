"""Searching the catalogue for somebody: what was not there is counted."""

from desktop import clock
from desktop.actions.action import about, action
from desktop.rules.staff import CASEWORK, Member
from desktop.storage.living import living_case
from desktop.storage.models import Gap, Person, Voucher
from desktop.storage.vouchers import reasons_of


@action("gap noted", may=CASEWORK)
def note_gap(by: Member, voucher_id: int, note: str = "") -> Voucher:
    """Nothing suitable in the catalogue: counted per reason and neighbourhood, once a case and day."""
    voucher = living_case(voucher_id)
    person = Person.get_one(voucher.person_id)
    today = clock.today()
    for reason in [each.id for each in reasons_of(voucher.id)] or [None]:
        counted = Gap.select().where((Gap.voucher == voucher) & (Gap.reason == reason) & (Gap.noticed_on == today))
        if not counted.exists():
            Gap(
                voucher=voucher,
                reason=reason,
                neighbourhood=person.neighbourhood_id,
                noticed_on=today,
                note=note.strip(),
            ).save()
    about(voucher)
    return voucher
