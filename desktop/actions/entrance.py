"""Coming in and going out: a new office, signing in, colleagues, backups. Must not know screens."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from desktop import clock
from desktop.actions import backups
from desktop.actions.action import roles_of
from desktop.actions.organisation import set_up_organisation
from desktop.actions.staff import goes_by_another_name, take_sign_in_name
from desktop.errors import Refused
from desktop.language import _
from desktop.rules.cards import RecoverySheet
from desktop.rules.organisation import OrganisationDraft
from desktop.rules.organisation import check as check_organisation
from desktop.rules.staff import NOBODY, Member
from desktop.storage import backup, folders, keys, office
from desktop.storage.changes import write_audit
from desktop.storage.database import told, transaction
from desktop.storage.keys import Opened
from desktop.storage.models import Organisation, Staff, StaffRole
from desktop.storage.passwords import Cost, calibrate, check_password
from desktop.storage.staff import member_with_uid

CHEAP = Cost(memory_kib=64 * 1024, passes=1, lanes=1)
"""For the practice organisation only, whose password is no secret."""
MOST_FAILED = 1000  # lines in the log for wrong tries since the last good one


@dataclass(frozen=True, kw_only=True)
class NewOffice:
    """What the first coordinator fills in."""

    organisation: OrganisationDraft
    name: str
    sign_in_name: str
    password: str


@dataclass(frozen=True)
class Entered:
    """Someone is in: the open data and who they are."""

    session: office.Session
    member: Member


def check_new_office(new: NewOffice) -> None:
    """Every complaint about a new office at once, before anything is made."""
    wrong: dict[str, str] = {}
    if not new.name.strip():
        wrong["name_of_member"] = _("Your own name is needed.")
    if not new.sign_in_name.strip():
        wrong["sign_in_name"] = _("A name to sign in with is needed.")
    known = (new.name, new.sign_in_name, new.organisation.name)
    for check in (
        partial(check_organisation, new.organisation, clock.today()),
        partial(check_password, new.password, *known),
    ):
        try:
            check()
        except Refused as refused:
            wrong = refused.fields | wrong
    if wrong:
        raise Refused(**wrong)


def set_up(folder: Path, purpose: str, new: NewOffice, cost: Cost | None = None) -> tuple[Opened, tuple[str, ...]]:
    """A new organisation with its first coordinator; the groups are for the recovery sheet."""
    check_new_office(new)
    if (trouble := folders.trouble_with(folder)) is not None:
        raise Refused(trouble)
    uid = uuid.uuid4().hex

    def fill(_opened: Opened) -> None:
        set_up_organisation(NOBODY, new.organisation, uid, new.name, new.sign_in_name)

    return office.make_office(folder, purpose, uid, new.sign_in_name, new.password, cost or calibrate(), fill)


def enter(opened: Opened, name: str = "") -> Entered:
    """Open the data for someone who proved who they are, and log it; `name` is what they signed in with."""
    session = office.Session.open(opened, folders.backup_folder(opened.folder), clock.now())
    try:
        with told():
            member = member_with_uid(opened.member_uid)
        with transaction():
            _log_failed(opened)
            write_audit(member.id, "signed in", subject_kind="staff", subject_id=member.id, roles=roles_of(member))
        if name and goes_by_another_name(member, name):
            take_sign_in_name(member, name)
    except BaseException:
        session.close()
        raise
    keys.failed_sign_ins_logged(opened.folder)
    return Entered(session, member)


def reenter(opened: Opened) -> Entered:
    """Open the data again for who is in already: they lie under a new key."""
    session = office.Session.open(opened, folders.backup_folder(opened.folder), clock.now())
    with told():
        return Entered(session, member_with_uid(opened.member_uid))


def _log_failed(opened: Opened) -> None:
    """One line for each wrong try, up to a night of them."""
    for _try in range(min(opened.failed.count, MOST_FAILED) if opened.failed is not None else 0):
        write_audit(None, "sign-in failed")


def log(member: Member, name: str) -> None:
    """One line in the log for something that changes no record: locked, signed out, printed."""
    with transaction():
        write_audit(member.id or None, name, roles=roles_of(member))


def back_up(
    session: office.Session, target: Path, now: datetime, progress: Callable[[int, int], None] | None = None
) -> backup.BackupInfo:
    """A verified copy; the old ones that the rule no longer keeps go."""
    return backups.back_up(session, target, now, progress).info


def organisation_name() -> str:
    """The name above the letters, for the window."""
    with told():
        row = Organisation.select(Organisation.name).first()
    return row.name if row else ""


def sign_in(_by: object, folder: Path, name: str, password: str, _progress: object = None) -> Opened:
    """The keys for the right name and password; takes the better part of a second on purpose."""
    return keys.sign_in(folder, name, password)


def seconds_to_wait(folder: Path) -> int:
    """How long the next try has to wait after wrong ones; 0 when nobody has to."""
    return keys.seconds_to_wait(folder)


def sign_in_with_sheet(_by: object, folder: Path, typed: str, _progress: object = None) -> Opened:
    """The keys for whoever has the recovery sheet; they choose a new password next."""
    return keys.open_with_recovery(folder, typed)


def coordinators(opened: Opened) -> list[tuple[str, str]]:
    """(uid, name) of the coordinators: the holder of the recovery sheet becomes one of them again."""
    session = office.Session.open(opened, folders.backup_folder(opened.folder), clock.now())
    try:
        with told():
            rows = Staff.select().join(StaffRole).where((StaffRole.role == "coordinator") & Staff.active)
            return [(staff.uid, staff.name) for staff in rows.order_by(Staff.name)]
    finally:
        session.close()


def choose_password(opened: Opened, member_uid: str, name: str, old: str, new: str) -> Opened:
    """A password of one's own: after a one-time password, or after the recovery sheet (then `old` is not needed)."""
    if opened.member_uid:
        return keys.change_password(opened.folder, opened, name, old, new)
    return keys.set_new_password_after_recovery(opened.folder, opened, member_uid, name, new)


def recovery_sheet(organisation: str, groups: tuple[str, ...]) -> bytes:
    """The sheet to print and keep in a safe place."""
    from desktop.paper.recoverysheet import render

    explanation = (
        _("With this sheet you can get in when nobody knows a password any more."),
        _("Keep it in a closed cupboard or a safe, not beside the computer. Whoever has it can read everything."),
        _("Without a password and without this sheet nobody can open the data, not even the makers."),
    )
    made_on = clock.today().strftime("%d-%m-%Y")
    return render(RecoverySheet(organisation, groups, made_on, explanation))


def restore_backup(
    _by: object, path: Path, folder: Path, purpose: str, name: str, password: str, sheet: str, _progress: object = None
) -> Opened:
    """Bring a backup back with a password or the recovery sheet; what lies in the folder is kept aside."""
    return backups.restore(None, path, folder, purpose, backups.WayIn(name, password, sheet))
