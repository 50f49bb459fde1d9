"""Colleagues: adding one with a one-time password, changing roles, one's own password. Must not know screens."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop import clock
from desktop.actions.action import about, action
from desktop.actions.filling import fill
from desktop.errors import Refused
from desktop.language import _
from desktop.rules.staff import ALL, COORDINATOR, Member, StaffDraft, check_staff
from desktop.storage import keys, office
from desktop.storage.database import query, told
from desktop.storage.models import Practice, Staff, StaffRole, Voucher
from desktop.storage.passwords import folded, one_time_password
from desktop.storage.rekey import Rekeyed, rekey
from desktop.storage.staff import find_organisation, find_staff, in_charge_of, led_by, visits_with


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
    fill(staff, draft)
    staff.sign_in_name = draft.sign_in_name.strip()
    staff.save()
    _set_roles(staff, draft.roles)
    about(staff)
    password = one_time_password()
    _close_ways_of_nobody(session)
    keys.add_member(session.folder, session.opened, staff.uid, staff.sign_in_name, password)
    return NewColleague(staff, password)


def _close_ways_of_nobody(session: office.Session) -> None:
    """Adding a colleague was undone, but the keys are in no history: their way in goes before the next one comes."""
    known = {row[0] for row in Staff.select(Staff.uid).tuples()}
    for uid in keys.members(session.folder) - known:
        keys.remove_member(session.folder, session.opened, uid)


@action("colleague changed", may=COORDINATOR)
def change_colleague(by: Member, draft: StaffDraft) -> Staff:
    """Another name, role or phone; somebody has to remain coordinator."""
    check_staff(draft)
    assert draft.id is not None
    staff = Staff.get_one(draft.id)
    staff.version = draft.version
    fill(staff, draft)
    staff.save()
    _set_roles(staff, draft.roles)
    if not _someone_coordinates():
        raise Refused(roles=_("There has to be a coordinator. Give someone else that role first."))
    return staff


@action("work handed over", may=COORDINATOR)
def hand_over(by: Member, staff_id: int, to: int | None) -> Staff:
    """All that stands in somebody's name goes to one colleague: cases, appointments, groups, practices."""
    staff = Staff.get_one(staff_id)
    if to is None or to == staff_id:
        raise Refused(to=_("Choose the colleague who takes it over."))
    _hand_over(staff_id, to)
    return staff


@action("colleague left", may=COORDINATOR)
def say_goodbye(by: Member, staff_id: int) -> Staff:
    """Somebody works here no longer; the keys follow right after this.

    What was not handed over goes to the substitute, and where there is none to everybody.
    """
    staff = Staff.get_one(staff_id)
    if staff.id == by.id:
        raise Refused(_("You cannot take away your own way in. Ask another coordinator."))
    _hand_over(staff_id, None)
    staff.active = False
    staff.save()
    if not _someone_coordinates():
        raise Refused(_("There has to be a coordinator. Give someone else that role first."))
    return staff


@action("keys renewed", may=COORDINATOR)
def note_new_keys(by: Member) -> None:
    """The data lie under a new key: a line in the log."""


def let_go(
    by: Member, session: office.Session, staff_id: int, backups: Path, progress: Callable[[int, int], None] | None
) -> Rekeyed:
    """A colleague leaves: no longer in the list, a verified backup, and a new key that only those who stay can open.

    Interrupted, it is done again by calling it again. The session must be opened anew afterwards.
    """
    if find_staff(by, staff_id).active:
        say_goodbye(by, staff_id)
    note_new_keys(by)
    return rekey(session.opened, leavers(session), backups, clock.now(), progress)


def leavers(session: office.Session) -> frozenset[str]:
    """Whoever still has a way in and works here no longer."""
    with told():
        here = {row[0] for row in Staff.select(Staff.uid).where(Staff.active).tuples()}
    return keys.members(session.folder) - here


@query(may=COORDINATOR)
def unfinished_goodbye(by: Member, session: office.Session) -> int | None:
    """Someone who left while the power failed: the keys are still to be renewed."""
    staff = Staff.select(Staff.id).where(Staff.uid.in_(leavers(session))).first()
    return staff.id if staff else None


@action("own password changed", may=ALL)
def note_own_password(by: Member) -> Staff:
    """A line in the log; what the password is stands nowhere."""
    return Staff.get_one(by.id)


def change_own_password(
    by: Member, session: office.Session, password: str, new_password: str, _progress: object = None
) -> None:
    """Another password of one's own, by who knows the present one."""
    staff = find_staff(by, by.id)
    known = (staff.name, find_organisation(by).name)
    keys.change_password(session.folder, session.opened, staff.sign_in_name, password, new_password, *known)
    note_own_password(by)


@query(may=ALL)
def goes_by_another_name(by: Member, name: str) -> bool:
    """Whether who just signed in with this name stands on file under another, free to be taken: the sheet does that."""
    names = {row[0]: folded(row[1]) for row in Staff.select(Staff.id, Staff.sign_in_name).tuples()}
    return folded(name) not in names.values() and by.id in names


@action("sign-in name taken", may=ALL)
def take_sign_in_name(by: Member, name: str) -> Staff:
    """The keys know another sign-in name than the list of colleagues: the list follows."""
    staff = Staff.get_one(by.id)
    staff.sign_in_name = name.strip()
    staff.save()
    return staff


@action("colleague's password renewed", may=COORDINATOR)
def renew_password(by: Member, session: office.Session, staff_id: int) -> NewColleague:
    """A colleague forgot the password, or works here again: a new one that works once."""
    staff = Staff.get_one(staff_id)
    staff.active = True
    staff.save()
    about(staff)
    password = one_time_password()
    keys.reset_password(session.folder, session.opened, staff.uid, staff.sign_in_name, password)
    return NewColleague(staff, password)


@action("recovery sheet renewed", may=COORDINATOR)
def renew_recovery_sheet(by: Member, session: office.Session) -> tuple[str, ...]:
    """Groups for a new sheet, when the old one was lost or seen; the old one opens nothing any more."""
    return keys.renew_recovery(session.folder, session.opened)


def _hand_over(staff_id: int, to: int | None) -> None:
    """To one colleague, else to whoever stands in."""
    for record in (*in_charge_of(Voucher, staff_id), *in_charge_of(Practice, staff_id)):
        stands_in = record.substitute_id if record.substitute_id != staff_id else None
        if record.coach_id == staff_id:
            record.coach = to or stands_in
        record.substitute = stands_in if stands_in != record.coach_id else None
        record.save()
    for visit in visits_with(staff_id):
        visit.coach = to or visit.voucher.coach_id
        visit.save()
    for activity in led_by(staff_id):
        activity.leader = to
        activity.save()


def _someone_coordinates() -> bool:
    return bool(StaffRole.select().join(Staff).where((StaffRole.role == "coordinator") & Staff.active).exists())


def _set_roles(staff: Staff, roles: tuple[str, ...]) -> None:
    current = {row.role: row for row in StaffRole.select().where(StaffRole.staff == staff)}
    for role, row in current.items():
        if role not in roles:
            row.delete_instance()
    for role in roles:
        if role not in current:
            StaffRole(staff=staff, role=role).save()
