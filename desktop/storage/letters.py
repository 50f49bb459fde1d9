"""Named queries about feedback letters that were written, and to whom a case is reported."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import peewee

from desktop.rules.cases import marked_talk
from desktop.rules.letters import LetterContent
from desktop.rules.letters_due import ENDINGS, SIGNAL, UPDATE
from desktop.rules.staff import CASEWORK, Member
from desktop.storage import search
from desktop.storage.addressees import readers
from desktop.storage.cases import read_cases, sendings
from desktop.storage.changes import Change, Record, kind_of
from desktop.storage.database import query
from desktop.storage.gp import gp_of_voucher
from desktop.storage.letterparts import content_from
from desktop.storage.living import who_stayed
from desktop.storage.models import (
    Closing,
    Contact,
    Dispatch,
    Intake,
    Letter,
    LetterMoment,
    LetterPdf,
    Person,
    Practice,
    Reason,
    ReturnedPost,
    Staff,
    Voucher,
    VoucherReason,
)
from desktop.storage.people import erased

MOVED_WITH = ("person_id", "practice_id", "recipient_id", "recipient_key", "mixed_up", "worry_id")


@dataclass(frozen=True)
class Route:
    """To whom a case is reported: a practice, and somebody there or nobody by name."""

    practice: Practice
    contact: Contact | None

    @property
    def key(self) -> str:
        return f"{self.practice.id}-{self.contact.id if self.contact else 0}"


def sent_by_action(audit_id: int) -> bool:
    """Whether this action changed a letter that is sent now, or what came back of one; moving them along is neither."""
    touched, back = (_rows_of(model, audit_id).where(~_only_moved()) for model in (Letter, ReturnedPost))
    returned = ReturnedPost.select(ReturnedPost.letter).where(ReturnedPost.id.in_(back))
    sent = Letter.select().where((Letter.state == "sent") & (Letter.id.in_(touched) | Letter.id.in_(returned)))
    return bool(sent.exists())


def handed_out_since(audit_id: int) -> bool:
    """Whether this action fixed a letter that has left our hands: what lies there is no concept any more."""
    fixed = _rows_of(Letter, audit_id).where(
        (peewee.fn.json_extract(Change.before, "$.state") == "concept")
        & (peewee.fn.json_extract(Change.after, "$.state") == "fixed")
    )
    return bool(Dispatch.select().where(Dispatch.letter.in_(fixed)).exists())


def _rows_of(model: type[Record], audit_id: int) -> peewee.ModelSelect:
    """The rows of one table that an action changed."""
    return Change.select(Change.row).where((Change.audit == audit_id) & (Change.table == kind_of(model)))


def _only_moved() -> Any:
    """The changes of what went along when persons or practices were merged, or a deed or case was moved."""
    rest = peewee.fn.json_remove(Change.after, *(f"$.{column}" for column in MOVED_WITH))
    return peewee.fn.coalesce(rest, "") == "{}"


@query(may=CASEWORK)
def list_letters(by: Member, state: str, text: str = "", most: int = 200) -> list[Letter]:
    """The newest letters in this state with person, practice and recipient filled in; withdrawn ones left out."""
    stands = (Letter.state == state) & Letter.withdrawn_on.is_null()
    letters = _filled().where(stands & Person.erased_on.is_null())
    if text.strip():
        people = [row for _kind, row in search.find(text, "person", 500)]
        practices = [row for _kind, row in search.find(text, "practice", 100)]
        letters = letters.where(Letter.person.in_(people) | Letter.practice.in_(practices))
    return list(letters.order_by(Letter.written_on.desc(), Letter.id.desc()).limit(most))


@query(may=CASEWORK)
def count_letters(by: Member) -> dict[str, int]:
    """How many letters stand, by their state; those of persons whose data were destroyed left out."""
    state = Letter.state.concat("")  # so that it goes along the archive's index, which knows the person: no row is read
    rows = Letter.select(state, peewee.fn.COUNT(Letter.id)).group_by(state)
    return dict(rows.where(Letter.withdrawn_on.is_null() & Letter.person.not_in(erased())).tuples())


@query(may=CASEWORK)
def list_case_letters(by: Member, voucher_id: int) -> list[Letter]:
    """Every letter of a case, withdrawn ones too, oldest first."""
    return list(_filled().where(Letter.voucher == voucher_id).order_by(Letter.id))


@query(may=CASEWORK)
def list_dispatches(by: Member, letter_id: int) -> list[Dispatch]:
    """How a letter went out, newest first; unconfirmed ones too."""
    return list(Dispatch.select().where(Dispatch.letter == letter_id).order_by(Dispatch.id.desc()))


def unconfirmed(letter_id: int, way: str = "") -> list[Dispatch]:
    """How it was handed out without a word that it went; in a print of many it has a place of its own."""
    rows = Dispatch.select().where(
        (Dispatch.letter == letter_id) & Dispatch.confirmed_at.is_null() & (Dispatch.batch == "")
    )
    return list(rows.where(Dispatch.way == way) if way else rows)


@query(may=CASEWORK)
def list_waiting(by: Member) -> list[int]:
    """The letters that were handed out without anybody confirming that they went."""
    handed = Dispatch.select(Dispatch.letter).join(Letter)
    rows = handed.where((Letter.state == "fixed") & Letter.withdrawn_on.is_null() & Dispatch.confirmed_at.is_null())
    return [row[0] for row in rows.tuples()]


@query(may=CASEWORK)
def find_standing(by: Member, voucher_id: int, moment: str) -> Letter | None:
    """The letter that stands about this moment, if there is one."""
    return standing_letter(voucher_id, moment)


@query(may=CASEWORK)
def list_reason_words(by: Member, voucher_id: int) -> list[str]:
    """The names of this case's reasons, which have no place in its letters."""
    reasons = Reason.select().join(VoucherReason).where(VoucherReason.voucher == voucher_id)
    return [reason.name for reason in reasons if reason.code != "other"]


def _filled() -> peewee.ModelSelect:
    """Letters for a list: without the content, which is a page of text each."""
    shown = [field for field in Letter._meta.sorted_fields if field is not Letter.content]
    return (
        Letter.select(*shown, Voucher, Person, Practice, Contact)
        .join(Voucher)
        .switch(Letter)
        .join(Person)
        .switch(Letter)
        .join(Practice, peewee.JOIN.LEFT_OUTER)
        .switch(Letter)
        .join(Contact, peewee.JOIN.LEFT_OUTER)
    )


def route_of(voucher: Voucher) -> Route | None:
    """Who gets the letter, as the practice agreed; whoever left is passed over."""
    practice_id, contact_id = readers([voucher.id])[voucher.id]
    if practice_id is None:
        return None
    return Route(Practice.get_one(practice_id), Contact.get_one(contact_id) if contact_id is not None else None)


def route_for(voucher: Voucher, moment: str) -> Route | None:
    """Who gets a letter of this kind: a signal goes to the GP, whoever referred."""
    return signal_route_of(voucher) if moment == SIGNAL else route_of(voucher)


def signal_route_of(voucher: Voucher) -> Route | None:
    """The practice of the GP; whom the practice wants its letters to go to there reads this one too."""
    surgery, usual = gp_of_voucher(voucher).surgery, route_of(voucher)
    if surgery is None:
        return None
    own = usual is not None and usual.practice.id == surgery.id
    return usual if own else Route(Practice.get_one(surgery.id), None)


def standing_practice(practice: Practice | None) -> Practice | None:
    """The practice itself, or the one it was merged into."""
    return who_stayed(practice) if practice is not None else None


def copy_route_of(voucher: Voucher, moment: str = "") -> Route | None:
    """Where the copy goes: to who referred, when the practice wants that and the letter goes to somebody else."""
    route, referrer = route_for(voucher, moment), voucher.referrer
    practice = standing_practice(voucher.practice)
    if route is None or practice is None or not practice.letter_copy or referrer is None or not referrer.active:
        return None
    if route.contact is not None and route.contact.id == referrer.id:
        return None
    if moment == SIGNAL and route.practice.id != practice.id:
        return None  # what the GP should know is not for another practice
    return Route(standing_practice(referrer.practice) or referrer.practice, referrer)


def newest_marks(voucher_id: int) -> tuple[int | None, ...]:
    """The six marks that a letter about this case shows."""
    talk = marked_talk(read_cases([voucher_id]).values(), whole=True)
    return talk.marks if talk is not None else ()


def agreed_in_intake(voucher_id: int) -> str:
    """What was agreed in the latest talk, in the coach's own words: to look at while writing, never copied unseen."""
    talk = (
        Intake.select(Intake.agreed)
        .where((Intake.voucher == voucher_id) & (Intake.agreed != ""))
        .order_by(Intake.held_on.desc(), Intake.id.desc())
        .first()
    )
    return talk.agreed if talk else ""


def content_of(letter: Letter) -> LetterContent:
    return content_from(letter.content)


def standing_letter(voucher_id: int, moment: str, practice_id: int | None = None) -> Letter | None:
    """The letter that stands about this moment, to one practice or to any; the newest when there are more."""
    letters = (
        Letter.select()
        .join(LetterMoment)
        .where((Letter.voucher == voucher_id) & (LetterMoment.moment == moment) & Letter.withdrawn_on.is_null())
        .where(Letter.mixed_up == "")
        .order_by(Letter.id.desc())
    )
    found: Letter | None = (letters.where(Letter.practice == practice_id) if practice_id else letters).first()
    return found


def letters_before(voucher_id: int, practice_id: int, moments: Collection[str]) -> list[Letter]:
    """What this practice had about these moments, the newest first: standing, or sent and then withdrawn."""
    letters = Letter.select().where(
        (Letter.voucher == voucher_id)
        & (Letter.practice == practice_id)
        & Letter.moment.in_(list(moments))
        & Letter.copy_of.is_null()
        & (Letter.withdrawn_on.is_null() | (Letter.state == "sent"))
        & (Letter.mixed_up == "")
    )
    return list(letters.order_by(Letter.id.desc()))


def later_letter(letter: Letter) -> Letter | None:
    """A letter to the same practice about the same case that was fixed or sent after this one, and stands."""
    found: Letter | None = (
        Letter.select()
        .where(
            (Letter.voucher == letter.voucher_id)
            & (Letter.practice == letter.practice_id)
            & (Letter.id > letter.id)
            & Letter.state.in_(["fixed", "sent"])
            & (Letter.moment != SIGNAL)
            & Letter.copy_of.is_null()
            & Letter.withdrawn_on.is_null()
            & (Letter.mixed_up == "")
        )
        .order_by(Letter.id.desc())
        .first()
    )
    return found


def tells_of_another(letter_id: int, moment: str, subject: int) -> bool:
    """Whether a letter tells of another deed than this one, and that deed is still on file."""
    same = LetterMoment.moment.in_(list(ENDINGS) if moment in ENDINGS else [moment])
    rows = LetterMoment.select().where((LetterMoment.letter == letter_id) & same)
    told = {row.subject for row in rows} - {0, subject}
    if moment in ENDINGS:
        return bool(Closing.select().where(Closing.id.in_(told)).exists())
    return moment == UPDATE and bool(told)


def withdrawn_signal(voucher_id: int, worry_id: int | None) -> Letter | None:
    """The last signal about this worry that was sent and then withdrawn, and that no other replaced."""
    later = Letter.alias()
    replaced = later.select(later.corrects).where(later.corrects.is_null(False))
    about = Letter.worry == worry_id if worry_id is not None else Letter.worry.is_null()
    found: Letter | None = (
        Letter.select()
        .where((Letter.voucher == voucher_id) & (Letter.moment == SIGNAL) & (Letter.state == "sent"))
        .where(about & Letter.copy_of.is_null() & Letter.withdrawn_on.is_null(False) & Letter.id.not_in(replaced))
        .order_by(Letter.id.desc())
        .first()
    )
    return found


def standing_signal(worry_id: int) -> Letter | None:
    """The newest signal about this worry that was not withdrawn."""
    stands = (Letter.worry == worry_id) & Letter.copy_of.is_null() & Letter.withdrawn_on.is_null()
    found: Letter | None = Letter.select().where(stands).order_by(Letter.id.desc()).first()
    return found


def copies_of(letter_id: int) -> list[Letter]:
    """The copies that went to somebody else and that stand."""
    return list(Letter.select().where((Letter.copy_of == letter_id) & Letter.withdrawn_on.is_null()))


def moments_of(letter_id: int) -> list[LetterMoment]:
    return list(LetterMoment.select().where(LetterMoment.letter == letter_id).order_by(LetterMoment.id))


def concepts_of(voucher_id: int, moments: Sequence[str]) -> list[Letter]:
    """Letters about these moments that nobody saw yet."""
    return list(
        Letter.select().where(
            (Letter.voucher == voucher_id)
            & Letter.moment.in_(moments)
            & (Letter.state == "concept")
            & Letter.withdrawn_on.is_null()
        )
    )


def pdf_of(letter_id: int) -> LetterPdf | None:
    found: LetterPdf | None = LetterPdf.get_or_none(LetterPdf.letter == letter_id)
    return found


def whole_letter(letter_id: int) -> Letter | None:
    """A letter with everyone it names, so that showing it asks the database nothing more."""
    writer, approver, coach = Staff.alias(), Staff.alias(), Staff.alias()
    left = peewee.JOIN.LEFT_OUTER
    found: Letter | None = (
        Letter.select(Letter, Voucher, Person, Practice, Contact, writer, approver, coach)
        .join(Voucher)
        .join(coach, left, on=(Voucher.coach == coach.id), attr="coach")
        .switch(Letter)
        .join(Person)
        .switch(Letter)
        .join(Practice, left)
        .switch(Letter)
        .join(Contact, left)
        .switch(Letter)
        .join(writer, left, on=(Letter.written_by == writer.id), attr="written_by")
        .switch(Letter)
        .join(approver, left, on=(Letter.approved_by == approver.id), attr="approved_by")
        .where(Letter.id == letter_id)
        .first()
    )
    return found


def last_address(letter: Letter) -> tuple[str, ...]:
    """The address on the last letter that was sent to the same recipient; empty for the first one."""
    sent = (Letter.state == "sent") & Letter.person.not_in(erased())
    earlier = (
        Letter.select()
        .where((Letter.recipient_key == letter.recipient_key) & sent & (Letter.id != letter.id))
        .order_by(Letter.id.desc())
        .first()
    )
    return content_of(earlier).address if earlier else ()


def sent_on(letter: Letter) -> date | None:
    """The day on which staff confirmed that it went out; a sending that came back is none."""
    found = sendings([letter.id]).get(letter.id)
    return found.on if found is not None else None
