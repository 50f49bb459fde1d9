"""Who works here and which roles there are. Must not know passwords or tables."""

from dataclasses import dataclass

from desktop.errors import Refused
from desktop.language import N_, _

ROLES = {
    "coordinator": N_("Coordinator"),
    "coach": N_("Wellbeing coach"),
    "intake": N_("Intake staff"),
    "leader": N_("Activity leader"),
}
COORDINATOR = frozenset({"coordinator"})
CASEWORK = frozenset({"coordinator", "coach"})
OFFICE = frozenset({"coordinator", "coach", "intake"})
ALL = frozenset(ROLES)


@dataclass(frozen=True)
class Member:
    """The signed-in member of staff, as every action and query gets it."""

    id: int
    name: str
    roles: frozenset[str]
    role_title: str = ""
    phone: str = ""

    def may(self, roles: frozenset[str]) -> bool:
        return bool(self.roles & roles)


NOBODY = Member(id=0, name="", roles=frozenset())


def require(by: Member, roles: frozenset[str]) -> None:
    """Deny by default: without one of the roles nothing happens."""
    if not by.may(roles):
        raise Refused(_("Your role does not allow this. Ask the coordinator."))
