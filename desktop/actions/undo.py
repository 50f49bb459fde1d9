"""Taking back one's own last action, whole. Must not know what the action was about."""

from collections.abc import Mapping
from datetime import timedelta

from desktop import clock
from desktop.actions.action import action
from desktop.actions.places import refuse_over
from desktop.errors import Refused
from desktop.language import _
from desktop.rules.places import Places
from desktop.rules.staff import ALL, Member
from desktop.storage import changes
from desktop.storage.batches import printed_by_action
from desktop.storage.changes import Audit
from desktop.storage.letters import handed_out_since, sent_by_action
from desktop.storage.merge import is_torn, link_anew
from desktop.storage.models import Activity
from desktop.storage.places import moved_since, places_by_activity, places_touched

WITHIN = timedelta(hours=24)
STEPS = 50


@action("undone", may=ALL)
def undo_last(by: Member) -> str:
    """Take back the newest action of one's own of the last 24 hours; the audit name of what was undone."""
    last = changes.last_undoable(by.id, clock.now() - WITHIN)
    if last is None:
        raise Refused(_("There is nothing of yours to undo."))
    return _undo(last)


@action("action undone", may=ALL)
def undo(by: Member, audit_id: int) -> str:
    """Take back one certain action of one's own."""
    audit = Audit.get_by_id(audit_id)
    if audit.staff_id != by.id:
        raise Refused(_("This was done by a colleague; only they can undo it."))
    recent = changes.recent_of(by.id, clock.now() - WITHIN, STEPS)
    if audit.id not in {each.id for each in recent}:
        raise Refused(_("This was done too long ago to be undone."))
    return _undo(audit)


def _undo(audit: Audit) -> str:
    if sent_by_action(audit.id):
        raise Refused(_("A letter that was sent cannot be undone. Withdraw it instead."))
    if handed_out_since(audit.id):
        raise Refused(_("The letter was copied, saved or printed since. Say first that it was not sent."))
    if printed_by_action(audit.id):
        raise Refused(_("Printing cannot be undone. Stop the batch instead: nothing of it then counts as sent."))
    changes.under_way().undoes = audit.id
    places = places_by_activity()  # of all: taking back may bring somebody where the action touched nothing
    changes.take_back(audit)
    _refuse_overfilled(audit, places, places_touched(audit))
    link_anew(audit)
    if is_torn(audit):
        raise Refused(_(changes.BUILT_ON))
    return str(audit.name)


def _refuse_overfilled(audit: Audit, before: Mapping[int, Places], after: Mapping[int, Places]) -> None:
    """Taking something back takes no place that somebody else got since, and none where it was stopped since."""
    for activity_id, places in after.items():
        was, activity = before.get(activity_id, places), Activity.get_by_id(activity_id)
        more = places.taken > was.taken
        if more or places.waiting > was.waiting:
            refuse_over(activity)
        full = places.capacity is not None and places.taken > places.capacity
        if full and more and moved_since(audit, activity_id):  # else it was as full before, and somebody was asked
            raise Refused(_("The place at {activity} is no longer free.").format(activity=activity.title))
