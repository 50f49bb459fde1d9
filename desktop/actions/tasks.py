"""A task that is put off; doing one is the deed itself."""

from datetime import timedelta

from desktop import clock
from desktop.actions.action import about, action
from desktop.errors import Refused
from desktop.language import _
from desktop.rules.roles import doers
from desktop.rules.staff import OFFICE, Member, require
from desktop.storage.living import living_case
from desktop.storage.models import Postponement


@action("task postponed", may=OFFICE)
def postpone_task(by: Member, voucher_id: int, task: str, days: int, subject_id: int | None = None) -> Postponement:
    """Off the list until that many days from now; of two tasks of one kind, only the one about this subject."""
    if not 1 <= days <= 60:
        raise Refused(_("A task can be postponed for 1 to 60 days."))
    require(by, doers(task))
    if task == "untouched":
        raise Refused(_("Record what was done, or put the case on hold: this comes back until then."))
    voucher = living_case(voucher_id)
    known = (Postponement.task == task) & (Postponement.subject == (subject_id or 0))
    found = Postponement.get_or_none((Postponement.voucher == voucher) & known)
    postponement: Postponement = found or Postponement(voucher=voucher, task=task, subject=subject_id or 0)
    postponement.ended_by = None
    postponement.until = clock.today() + timedelta(days=days)
    postponement.staff = by.id or None
    postponement.save()
    about(voucher)
    return postponement
