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


@dataclass(frozen=True, kw_only=True)
class StaffDraft:
    """A member of staff as typed by the coordinator."""

    id: int | None = None
    version: int | None = None
    name: str = ""
    sign_in_name: str = ""
    role_title: str = ""
    phone: str | None = ""
    email: str = ""
    roles: tuple[str, ...] = ()
    sure: bool = False


def check_staff(draft: StaffDraft) -> None:
    """Refuse a member of staff without name, sign-in name or role."""
    wrong: dict[str, str] = {}
    if not draft.name.strip():
        wrong["name"] = _("The name of the colleague is needed.")
    if draft.id is None and not draft.sign_in_name.strip():
        wrong["sign_in_name"] = _("A name to sign in with is needed.")
    if not draft.roles or not set(draft.roles) <= set(ROLES):
        wrong["roles"] = _("Choose at least one role.")
    if wrong:
        raise Refused(**wrong)
