"""Made-up offices and people for the tests: the shortest way to a database with something in it."""

import secrets
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from desktop import clock
from desktop.actions.organisation import set_up_organisation
from desktop.actions.vouchers import register_voucher
from desktop.rules.organisation import OrganisationDraft
from desktop.rules.staff import NOBODY, Member
from desktop.rules.vouchers import VoucherDraft
from desktop.storage import changes
from desktop.storage.changes import Record
from desktop.storage.consents import position_of
from desktop.storage.database import close_database, database, open_database
from desktop.storage.migrations import describe, migrate
from desktop.storage.models import (
    Activity,
    Aftercare,
    Closing,
    Consent,
    Contact,
    Enrolment,
    Intake,
    Practice,
    Staff,
    StaffRole,
    Voucher,
)


def make_office(folder: Path, key: bytes | None = None) -> tuple[Path, bytes, Member]:
    """A new encrypted file with an organisation and its coordinator (who is also coach), open."""
    key = key or secrets.token_bytes(32)
    path = folder / "office.db"
    path.touch()
    open_database(path, key)
    migrate()
    describe("test-database", "office")
    staff = set_up_organisation(
        NOBODY,
        OrganisationDraft(
            name="Welzijn Dorpstad",
            street="Brinkstraat",
            number="12",
            postcode="5611 AB",
            town="Dorpstad",
            phone="+31402110000",
            province="Noord-Brabant",
        ),
        "coordinator-uid",
        "F. Yıldız",
        "fyildiz",
    )
    return path, key, member_of(staff)


def member_of(staff: Staff) -> Member:
    roles = frozenset(each.role for each in StaffRole.select().where(StaffRole.staff == staff))
    return Member(staff.id, staff.name, roles, staff.role_title, staff.phone)


def add_member(name: str = "K. de Boer", *roles: str) -> Member:
    with changes.deed(None, "member added by a test"):
        staff = Staff(name=name, sign_in_name=name.lower().replace(" ", ""), role_title="welzijnscoach")
        staff.save()
        for role in roles or ("intake",):
            StaffRole(staff=staff, role=role).save()
    return member_of(staff)


def add_practice(name: str = "Huisartsenpraktijk De Linde", **more: Any) -> Practice:
    """A practice with a GP (dr. M. Jansen) and a POH-GGZ (S. Bos)."""
    with changes.deed(None, "practice added by a test"):
        values = {
            "agb": "01054321",
            "street": "Lindelaan",
            "number": "4",
            "postcode": "5611 XA",
            "town": "Dorpstad",
            "phone": "+31402111111",
            **more,
        }
        practice = Practice(name=name, **values)
        practice.save()
        Contact(practice=practice, role="gp", initials="M.", surname="Jansen").save()
        Contact(practice=practice, role="poh_ggz", initials="S.", surname="Bos").save()
    return practice


def a_draft(practice: Practice | None = None, **more: Any) -> VoucherDraft:
    """A voucher that can be saved as it is."""
    values: dict[str, Any] = {
        "form_of_address": "mevrouw",
        "initials": "A.",
        "first_name": "Annie",
        "tussenvoegsel": "van der",
        "surname": "Meer-de Wit",
        "birth_date": "1951-04-03",
        "phone": "+31687654321",
        "postcode": "5612 CD",
        "street": "Beukenlaan",
        "number": "12 bis",
        "town": "Dorpstad",
        "dated_on": clock.today(),
        "consent_received": "yes",
        "consent_report_back": "yes",
        "practice": practice.id if practice else None,
        "referrer_name": "" if practice else "dr. Pietersen",
    }
    return VoucherDraft(**{**values, **more})


def add_voucher(by: Member, practice: Practice | None = None, **more: Any) -> Voucher:
    return register_voucher(by, a_draft(practice, **more))


def shut() -> None:
    close_database()
    database.init(None)


def add_activity(title: str = "Koffie-inloop", **more: Any) -> Activity:
    """Something of the catalogue, without a limit unless a capacity is given."""
    with changes.deed(None, "activity added by a test"):
        activity = Activity(title=title, **more)
        activity.save()
    return activity


def days_ago(n: int) -> date:
    return clock.today() - timedelta(days=n)


def add_row(row: Record) -> Record:
    """Any record, stored as if an action had done it."""
    with changes.deed(None, "row added by a test"):
        row.save()
    return row


def add_intake(voucher: Voucher, held_on: date | None = None, **more: Any) -> Intake:
    """A talk that was held."""
    intake = Intake(voucher=voucher, person=voucher.person_id, held_on=held_on or clock.today(), **more)
    add_row(intake)
    return intake


def add_enrolment(voucher: Voucher, activity: Activity | None = None, **more: Any) -> Enrolment:
    """Signed up for an activity of the catalogue, or for a destination outside it."""
    values = {"enrolled_on": clock.today(), **more}
    enrolment = Enrolment(voucher=voucher, person=voucher.person_id, activity=activity, **values)
    add_row(enrolment)
    return enrolment


def add_aftercare(voucher: Voucher, held_on: date | None = None, **more: Any) -> Aftercare:
    """The talk three months on."""
    values = {"outcome": "still", **more}
    talk = Aftercare(voucher=voucher, person=voucher.person_id, held_on=held_on or clock.today(), **values)
    add_row(talk)
    return talk


def add_closing(voucher: Voucher, outcome: str = "completed", **more: Any) -> Closing:
    """The end of the case."""
    closing = Closing(
        voucher=voucher, person=voucher.person_id, outcome=outcome, **{"closed_on": clock.today(), **more}
    )
    add_row(closing)
    with changes.deed(None, "status set by a test"):
        fresh = Voucher.get_by_id(voucher.id)
        fresh.status, fresh.due_on = "closed", None
        fresh.save()
    return closing


def counts(voucher: Voucher, purpose: str = "report_back") -> str:
    """The answer that counts in this case, for the practice that its letters go to."""
    return position_of(voucher.id, purpose).counts


def add_consent(voucher: Voucher, purpose: str = "report_back", answer: str = "yes", **more: Any) -> Consent:
    """An answer given today, for the practice of the case."""
    values = {"given_on": clock.today(), "how": "spoken", "practice": voucher.practice_id, **more}
    consent = Consent(person=voucher.person_id, voucher=voucher, purpose=purpose, answer=answer, **values)
    add_row(consent)
    return consent
