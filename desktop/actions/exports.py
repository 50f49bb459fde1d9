"""A list that leaves the program: why is asked and kept, what was in it is not. Must not know screens."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from desktop import clock
from desktop.actions.action import action
from desktop.errors import Refused
from desktop.exchange.spreadsheets import write_table
from desktop.language import _
from desktop.rules.identifiers import has_bsn
from desktop.rules.staff import OFFICE, Member
from desktop.storage.models import Export

SHORTEST_REASON = 5


@dataclass(frozen=True, kw_only=True)
class ExportDraft:
    """Which list, why, and how many lines."""

    what: str = ""
    reason: str = ""
    lines: int = 0
    sure: bool = False


def check_reason(draft: ExportDraft) -> None:
    """A reason somebody can judge later."""
    if len(draft.reason.strip()) < SHORTEST_REASON:
        raise Refused(reason=_("Say what the list is for: the log keeps the reason."))
    if has_bsn(draft.reason):
        raise Refused(reason=_("A BSN may not be stored. Leave it out."))


@action("list exported", may=OFFICE)
def export_list(by: Member, draft: ExportDraft) -> Export:
    """Without a reason nothing leaves the program."""
    check_reason(draft)
    export = Export(
        what=draft.what,
        reason=draft.reason.strip(),
        lines=draft.lines,
        exported_at=clock.now(),
        staff=by.id or None,
    )
    export.save()
    return export


def as_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """The bytes of a spreadsheet in which every text is text."""
    target = BytesIO()
    write_table(target, columns, rows, title)
    return target.getvalue()
