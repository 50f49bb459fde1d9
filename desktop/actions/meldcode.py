"""Recording the steps of the Meldcode that were taken for a worry. Must not know screens."""

from desktop import clock
from desktop.actions.action import about, action
from desktop.rules import meldcode as rules
from desktop.rules.meldcode import MeldcodeDraft
from desktop.rules.staff import CASEWORK, Member
from desktop.storage.models import MeldcodeStep, Worry


@action("meldcode steps recorded", may=CASEWORK)
def record_steps(by: Member, draft: MeldcodeDraft) -> Worry:
    """Each step with its day and what came of it; the worry stands at the last one taken."""
    worry = Worry.get_one(draft.worry_id)
    rules.check(draft, worry.noticed_on, clock.today())
    known = {row.step: row for row in MeldcodeStep.select().where(MeldcodeStep.worry == worry)}
    for number in rules.STEPS:
        day, note = draft.step(number)
        row = known.get(number)
        if day is None and row is not None:
            row.delete_instance()
        elif day is not None:
            row = row or MeldcodeStep(worry=worry, voucher=worry.voucher_id, person=worry.person_id, step=number)
            row.staff = row.staff_id or by.id or None
            row.done_on, row.note = day, note
            row.save()
    worry.meldcode_step = max((number for number in rules.STEPS if draft.step(number)[0]), default=1)
    worry.save()
    about(worry)
    return worry
