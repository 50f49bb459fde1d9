"""The log of breaches: what happened, who was told, within 72 hours. Must not know screens."""

from datetime import date, datetime, time

from desktop import clock
from desktop.actions.action import action
from desktop.actions.filling import fill
from desktop.errors import Refused
from desktop.language import _
from desktop.rules import breaches as rules
from desktop.rules.breaches import BreachDraft
from desktop.rules.staff import OFFICE, Member
from desktop.storage.models import Breach

MORNING = time(9)


@action("breach registered", may=OFFICE)
def register_breach(by: Member, draft: BreachDraft) -> Breach:
    """Whoever notices it writes it down; the 72 hours run from then."""
    return _save(by, Breach(staff=by.id or None), draft)


@action("breach changed", may=OFFICE)
def change_breach(by: Member, draft: BreachDraft) -> Breach:
    """Decided, reported or closed."""
    assert draft.id is not None
    breach = Breach.get_one(draft.id)
    breach.version = draft.version
    return _save(by, breach, draft)


def _save(by: Member, breach: Breach, draft: BreachDraft) -> Breach:
    rules.check(draft, clock.today())
    assert draft.noticed_on is not None
    breach.noticed_at = _moment(draft.noticed_on, draft.noticed_at)
    if breach.noticed_at > clock.now():
        raise Refused(noticed_at=_("This moment is in the future."))
    fill(breach, draft)
    breach.authority_at = _moment(draft.authority_on, draft.authority_at) if draft.authority_on else None
    breach.save()
    return breach


def _moment(day: date, hour: time | None) -> datetime:
    """Without an hour: the start of the working day, so that the clock runs early and never late."""
    moment = datetime.combine(day, hour or MORNING, clock.AMSTERDAM)
    return moment if hour is not None else min(moment, clock.now())
