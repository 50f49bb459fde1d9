"""Named queries about feedback letters."""

from desktop.storage.changes import Change, kind_of
from desktop.storage.models import Letter


def sent_by_action(audit_id: int) -> bool:
    """Whether this action sent a letter, or touched one that has been sent."""
    touched = Change.select(Change.row).where((Change.audit == audit_id) & (Change.table == kind_of(Letter)))
    return bool(Letter.select().where(Letter.id.in_(touched) & (Letter.state == "sent")).exists())
