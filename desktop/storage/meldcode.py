"""Named queries about the steps of the Meldcode. Must not know what they are called."""

from desktop.rules.staff import CASEWORK, Member
from desktop.storage.database import query
from desktop.storage.models import MeldcodeStep


@query(may=CASEWORK)
def list_steps(by: Member, worry_id: int) -> list[MeldcodeStep]:
    """The steps taken for a worry, in their order."""
    return list(MeldcodeStep.select().where(MeldcodeStep.worry == worry_id).order_by(MeldcodeStep.step))
