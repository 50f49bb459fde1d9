"""A case on hold and going on again: the place is kept, and nothing is asked until then. Must not know letters."""

from desktop import clock
from desktop.actions.action import action
from desktop.actions.deeds import known_deed, new_deed, take_back
from desktop.actions.filling import fill
from desktop.actions.vouchers import refresh_status
from desktop.errors import Refused
from desktop.language import _
from desktop.rules.cases import Case
from desktop.rules.holds import HoldDraft, check_hold, within
from desktop.rules.staff import CASEWORK, Member
from desktop.rules.tasks import show_short
from desktop.storage.cases import read_case
from desktop.storage.models import Hold, Voucher


@action("case put on hold", may=CASEWORK)
def pause_case(by: Member, draft: HoldDraft) -> Hold:
    """Ill or away: who it is keeps the place, and is left alone until the day that was agreed."""
    hold: Hold = new_deed(Hold, by, draft.voucher_id)
    _fill(hold, draft)
    return hold


@action("hold corrected", may=CASEWORK)
def correct_pause(by: Member, draft: HoldDraft) -> Hold:
    """Another day or reason, or the day on which they were back."""
    hold = known_deed(Hold, draft.id, draft.version)
    _fill(hold, draft)
    return hold


@action("hold ended", may=CASEWORK)
def end_pause(by: Member, hold_id: int, version: int | None = None) -> Hold:
    """Back sooner than thought: from today everything goes on."""
    hold = known_deed(Hold, hold_id, version)
    if hold.ended_on is not None:
        raise Refused(_("This was ended already."))
    if hold.from_on > clock.today():
        raise Refused(_("This has not begun yet. Take it back instead."))
    hold.ended_on = clock.today()
    hold.save()
    refresh_status(hold.voucher)
    return hold


@action("hold taken back", may=CASEWORK)
def take_back_pause(by: Member, deed_id: int, version: int | None = None) -> Voucher:
    """As if it was never on hold."""
    return take_back(known_deed(Hold, deed_id, version))


def _fill(hold: Hold, draft: HoldDraft) -> None:
    case = read_case(hold.voucher_id)
    if case.closed_on is not None:
        raise Refused(_("This case is closed already."))
    check_hold(draft, clock.today(), _overlaps(case, draft, hold.id), _stands_then(case, draft))
    fill(hold, draft)
    hold.save()
    refresh_status(hold.voucher)


def _overlaps(case: Case, draft: HoldDraft, hold_id: int | None) -> bool:
    first, last = draft.from_on, draft.ended_on or draft.until_on
    if first is None or last is None:
        return False
    others = [each for each in case.pauses if each.id != hold_id]
    return any(first < (each.ended_on or each.until_on) and each.from_on < last for each in others)


def _stands_then(case: Case, draft: HoldDraft) -> str:
    """What was agreed in those days, and a place that is kept for somebody who is not asked."""
    visits = [f"{show_short(each.on)} {each.starts_at:%H:%M}" for each in case.to_come if within(draft, each)]
    offered = [each.title for each in case.standing if each.state == "offered"]
    said = []
    if visits:
        days = ", ".join(visits)
        said.append(_("An appointment stands in these days: {days}. It stays until you move it.").format(days=days))
    if offered:
        places = ", ".join(offered)
        said.append(_("A place was offered at {activity}, and stays taken meanwhile.").format(activity=places))
    return " ".join(said)
