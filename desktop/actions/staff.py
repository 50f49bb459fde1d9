"""Colleagues: adding one with a one-time password, changing roles, one's own password. Must not know screens."""

from dataclasses import dataclass

from desktop.actions.action import about, action
from desktop.errors import Refused
from desktop.language import _
from desktop.rules.staff import COORDINATOR, Member, StaffDraft, check_staff
from desktop.storage import keys, office
from desktop.storage.models import Staff, StaffRole
from desktop.storage.passwords import one_time_password


@dataclass(frozen=True)
class NewColleague:
    """A colleague and the password that works once, to be read out and never stored."""

    staff: Staff
    password: str


@action("colleague added", may=COORDINATOR)
def add_colleague(by: Member, session: office.Session, draft: StaffDraft) -> NewColleague:
    """A colleague with a one-time password, which they change at their first sign-in."""
    check_staff(draft)
    staff = Staff()
    _fill(staff, draft)
    staff.sign_in_name = draft.sign_in_name.strip()
    staff.save()
    _set_roles(staff, draft.roles)
    about(staff)
    password = one_time_password()
    keys.add_member(session.folder, session.opened, staff.uid, staff.sign_in_name, password)
    return NewColleague(staff, password)


@action("colleague changed", may=COORDINATOR)
def change_colleague(by: Member, draft: StaffDraft) -> Staff:
    """Another name, role or phone; somebody has to remain coordinator."""
    check_staff(draft)
    assert draft.id is not None
    staff = Staff.get_one(draft.id)
    staff.version = draft.version
    _fill(staff, draft)
    staff.save()
    _set_roles(staff, draft.roles)
    if not StaffRole.select().join(Staff).where((StaffRole.role == "coordinator") & Staff.active).exists():
        raise Refused(roles=_("There has to be a coordinator. Give someone else that role first."))
    return staff


@action("colleague's password renewed", may=COORDINATOR)
def renew_password(by: Member, session: office.Session, staff_id: int) -> NewColleague:
    """A colleague forgot the password: a new one that works once."""
    staff = Staff.get_one(staff_id)
    about(staff)
    password = one_time_password()
    keys.reset_password(session.folder, session.opened, staff.uid, staff.sign_in_name, password)
    return NewColleague(staff, password)


@action("recovery sheet renewed", may=COORDINATOR)
def renew_recovery_sheet(by: Member, session: office.Session) -> tuple[str, ...]:
    """Groups for a new sheet, when the old one was lost or seen; the old one opens nothing any more."""
    return keys.renew_recovery(session.folder, session.opened)


def _fill(staff: Staff, draft: StaffDraft) -> None:
    staff.name, staff.role_title = draft.name.strip(), draft.role_title.strip()
    staff.phone, staff.email, staff.active = draft.phone or "", draft.email.strip(), draft.active


def _set_roles(staff: Staff, roles: tuple[str, ...]) -> None:
    current = {row.role: row for row in StaffRole.select().where(StaffRole.staff == staff)}
    for role, row in current.items():
        if role not in roles:
            row.delete_instance()
    for role in roles:
        if role not in current:
            StaffRole(staff=staff, role=role).save()
