"""What every deed on a case shares: made, found again as the form saw it, taken back. Must not know any one kind."""

from datetime import date, datetime, time
from typing import TypeVar

from desktop import clock
from desktop.actions.action import about
from desktop.actions.consents import let_go_with
from desktop.actions.vouchers import refresh_status
from desktop.errors import Refused
from desktop.language import _, current
from desktop.rules.dates import show_long
from desktop.rules.staff import Member
from desktop.storage.changes import Record
from desktop.storage.deeds import open_closing
from desktop.storage.living import living_case
from desktop.storage.models import ContactAttempt, Intake, Voucher

D = TypeVar("D", bound=Record)


def new_deed(model: type[D], by: Member, voucher_id: int) -> D:
    """A deed of this member on a case, still to be filled."""
    voucher = living_case(voucher_id)
    return model(voucher=voucher, person=voucher.person_id, staff=by.id or None)


def refuse_closed(voucher: Voucher, on: date | None = None) -> None:
    """A closed case takes nothing that is still to come; what happened before its end can still be told."""
    closing = open_closing(voucher)
    if closing is not None and (on is None or on > closing.closed_on):
        day = show_long(closing.closed_on, current())
        raise Refused(_("This case was closed on {day}. Open it again first.").format(day=day))


def known_deed(model: type[D], deed_id: int | None, version: int | None) -> D:
    """A deed on file as the form saw it: saved with another version in between is refused."""
    assert deed_id is not None
    deed = model.get_one(deed_id)
    if version is not None:
        deed.version = version
    return deed


def take_back(deed: Record) -> Voucher:
    """As if it never was, with what was answered and told in it."""
    voucher: Voucher = deed.voucher
    if isinstance(deed, (Intake, ContactAttempt)):
        let_go_with(deed)
    deed.delete_instance()
    about(voucher)
    refresh_status(voucher)
    return voucher


def moment(day: date, hour: time) -> datetime:
    """Amsterdam wall time as an aware moment."""
    return datetime.combine(day, hour, tzinfo=clock.AMSTERDAM)
