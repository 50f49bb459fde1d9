"""What is decided about a practice that sent nobody: put off, or no talk needed. A talk itself settles it too."""

from datetime import timedelta

from desktop import clock
from desktop.actions.action import about, action
from desktop.errors import Refused
from desktop.language import _
from desktop.rules.staff import CASEWORK, Member
from desktop.rules.values import last_whole
from desktop.storage.living import living_practice
from desktop.storage.models import Practice, QuietPractice
from desktop.storage.quiet_practices import decision_on, quiet_practices


@action("quiet practice put off", may=CASEWORK)
def put_off_quiet(by: Member, practice_id: int, days: int) -> QuietPractice:
    """Off the list until that many days from now."""
    if not 1 <= days <= 90:
        raise Refused(_("A practice can be put off for 1 to 90 days."))
    decision = _decision(by, practice_id)
    decision.until = clock.today() + timedelta(days=days)
    decision.save()
    return decision


@action("quiet practice settled", may=CASEWORK)
def settle_quiet(by: Member, practice_id: int) -> QuietPractice:
    """No talk needed for this quarter; when the next one is as quiet, it is asked again."""
    decision = _decision(by, practice_id)
    decision.settled_on = clock.today()
    decision.save()
    return decision


def _decision(by: Member, practice_id: int) -> QuietPractice:
    """The decision on the last whole quarter of a practice that asks for a talk now."""
    practice: Practice = living_practice(practice_id)
    today = clock.today()
    if practice.id not in {each.practice_id for each in quiet_practices(today)}:
        raise Refused(_("This practice is not quiet any more: it sent somebody, or a talk was held or promised."))
    quarter = last_whole(today)
    decision = decision_on(practice.id, quarter) or QuietPractice(practice=practice, quarter=quarter.code)
    decision.staff = by.id or None
    about(practice)
    return decision
