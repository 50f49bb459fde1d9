"""Recording the steps that were taken for a worry: of the Meldcode, or at signs of suicide. Knows no screens."""

from collections.abc import Collection
from datetime import time

from desktop import clock
from desktop.actions.action import about, action
from desktop.actions.deeds import moment
from desktop.errors import Refused
from desktop.language import _
from desktop.rules import meldcode as rules
from desktop.rules import suicide
from desktop.rules.meldcode import MeldcodeDraft, StepsDraft
from desktop.rules.staff import CASEWORK, Member
from desktop.rules.suicide import SuicideDraft
from desktop.storage.gp import gp_of_voucher
from desktop.storage.models import MeldcodeStep, Worry


@action("meldcode steps recorded", may=CASEWORK)
def record_steps(by: Member, draft: MeldcodeDraft) -> Worry:
    """Each step with its day and what came of it, what was weighed and decided; the worry stands at the last one."""
    worry = Worry.get_one(draft.worry_id)
    if worry.kind == "suicide":
        raise Refused(_("The Meldcode is about violence. Signs of suicide have steps of their own."))
    rules.check(draft, worry.noticed_on, clock.today())
    for name, answer in draft.answered().items():
        setattr(worry, name, answer)
    _store_steps(by, worry, draft, rules.STEPS)
    return worry


@action("suicide steps recorded", may=CASEWORK)
def record_suicide_steps(by: Member, draft: SuicideDraft) -> Worry:
    """Each step with its day and what was agreed; the day on which the GP was spoken to is that of the call."""
    worry = Worry.get_one(draft.worry_id)
    if worry.kind != "suicide":
        raise Refused(_("These steps are about suicide. At violence and neglect the Meldcode is followed."))
    suicide.check(draft, worry.noticed_on, clock.today())
    called_on, _words = draft.step(suicide.SPOKEN_TO_GP)
    if called_on is not None and worry.called_at is None:
        surgery = gp_of_voucher(worry.voucher).surgery
        worry.called_at = clock.now() if called_on == clock.today() else moment(called_on, time(12))
        worry.called_practice = surgery.id if surgery is not None else None
    _store_steps(by, worry, draft, suicide.STEPS)
    return worry


def _store_steps(by: Member, worry: Worry, draft: StepsDraft, numbers: Collection[int]) -> None:
    known = {row.step: row for row in MeldcodeStep.select().where(MeldcodeStep.worry == worry)}
    for number in numbers:
        day, note = draft.step(number)
        row = known.get(number)
        if day is None and row is not None:
            row.delete_instance()
        elif day is not None:
            row = row or MeldcodeStep(worry=worry, voucher=worry.voucher_id, person=worry.person_id, step=number)
            row.staff = row.staff_id or by.id or None
            row.done_on, row.note = day, note
            row.save()
    worry.meldcode_step = max((number for number in numbers if draft.step(number)[0]), default=1)
    worry.save()
    about(worry)
