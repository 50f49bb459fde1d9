"""Printing letters together: starting, printing, hearing what came out well, stopping. Must not know printers.

Paper that lies in the printer is not sent: only what staff confirm is. Whatever happens in between, the batch waits.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from desktop import clock
from desktop.actions.action import about, action, view
from desktop.actions.letter_content import back_to, letterhead, recipient
from desktop.actions.letter_sending import fix_letter
from desktop.actions.letter_state import (
    fixed_bytes,
    refuse_no_post,
    refuse_stopped,
    refuse_withdrawn,
    renewed,
    route_on,
    why_no_post,
    why_stopped,
)
from desktop.errors import Refused
from desktop.language import _
from desktop.rules import addresses
from desktop.rules.batches import (
    AddressCheck,
    CoverSlip,
    Parcel,
    Place,
    moved,
    positions,
    still_to_print,
)
from desktop.rules.dates import show_long
from desktop.rules.letter_envelope import Recipient, address_lines
from desktop.rules.staff import CASEWORK, Member, require
from desktop.rules.tasks import who
from desktop.storage import batches as stored
from desktop.storage.database import told
from desktop.storage.models import Batch, Dispatch, Letter, Organisation, Practice

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class LeftOut:
    """A letter that does not go along, with the reason."""

    letter_id: int
    number: str
    practice: str
    why: str
    address_of: int = 0  # the practice whose address has to be mended first


@dataclass(frozen=True)
class LookedOver:
    """What was chosen, before it is printed: what may go, what may not, and which addresses are new."""

    letter_ids: tuple[int, ...]
    left_out: tuple[LeftOut, ...]
    changed: tuple[AddressCheck, ...]


@dataclass(frozen=True)
class Started:
    """A batch that waits for the printer; None when no letter was left."""

    batch_id: int | None
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True)
class Turn:
    """A letter whose turn it is."""

    record: Letter
    pdf: bytes


@dataclass(frozen=True)
class Confirmed:
    """What the word of staff came to: so many sent, so many still to print, and what must come out of the pile."""

    sent: int
    left: int
    left_out: tuple[LeftOut, ...]


def _alone(done: int, total: int) -> None:
    """Nobody watches the progress."""


# ---- before printing


def look_over(by: Member, letter_ids: Sequence[int], progress: Progress = _alone) -> LookedOver:
    """Whether each of these letters may go, and where it goes; changes nothing."""
    require(by, CASEWORK)
    with told():
        letters = _in_order(stored.whole_letters(letter_ids))
        now = {letter.id: address_lines(recipient(route_on(letter))) for letter in letters}
        left_out = []
        for number, letter in enumerate(letters, start=1):
            if stays := _why_out(Letter.get_one(letter.id)):
                left_out.append(stays)
            progress(number, len(letters))
        out = {each.letter_id for each in left_out}
        going = [letter for letter in letters if letter.id not in out]
        return LookedOver(tuple(letter.id for letter in going), tuple(left_out), _changed(going, now))


def not_ready(by: Member) -> tuple[LeftOut, ...]:
    """Letters that practices want on paper and that nobody approved yet: they are not offered to print."""
    require(by, CASEWORK)
    with told():
        why = _("The coach has to approve this letter first.")
        return tuple(_left_out(letter, why) for letter in _in_order(stored.unapproved()))


def prepare_batch(by: Member, letter_ids: Sequence[int], progress: Progress = _alone) -> Started:
    """Fix the approved concepts among these one by one, then put all that may go in one batch."""
    require(by, CASEWORK)
    with told():
        letters = _in_order(stored.whole_letters(letter_ids))
    left_out = []
    for number, letter in enumerate(letters, start=1):
        try:
            with told():
                refuse_no_post(letter)
            if letter.state == "concept":
                _refuse_unapproved(letter)
                fix_letter(by, letter.id)
        except Refused as refused:
            left_out.append(_left_out(letter, refused.sentence(), refused.sentence() == why_no_post(letter)))
        progress(number, len(letters) + 1)
    out = {each.letter_id for each in left_out}
    going = [letter.id for letter in letters if letter.id not in out]
    return Started(start_batch(by, going).id if going else None, tuple(left_out))


@action("batch started", may=CASEWORK)
def start_batch(by: Member, letter_ids: Sequence[int]) -> Batch:
    """From now on these letters belong together, each with its position; none of them is sent yet."""
    letters = {letter.id: letter for letter in stored.whole_letters(letter_ids)}
    if not letters:
        raise Refused(_("Choose at least one letter."))
    for letter_id in letters:
        _refuse_unprintable(Letter.get_one(letter_id))
    _refuse_twice(letters)
    moment = clock.now()
    batch = Batch(started_at=moment, letters=len(letters), staff=by.id)
    batch.save()
    for position, each in positions(stored.printable(letter) for letter in letters.values()):
        values = {"batch": batch.uid, "position": position, "sent_at": moment, "staff": by.id}
        Dispatch(letter=each.letter_id, way="print", **values).save()
    return batch


# ---- while printing


@view("letter printed", may=CASEWORK)
def letter_at(by: Member, batch_id: int, position: int) -> Turn:
    """The fixed bytes of the letter whose turn it is; Refused when it may not go any more."""
    batch = _open(batch_id)
    dispatch = stored.dispatches_of(batch).get(position)
    if dispatch is None or dispatch.confirmed_at is not None:
        raise Refused(_("This letter is no longer in the batch."))
    letter: Letter = dispatch.letter
    _refuse_unprintable(letter)
    return Turn(letter, fixed_bytes(letter))


def slip_for(by: Member, batch_id: int, parcel: Parcel, place: int, places: int) -> bytes:
    """The sheet on top of what one practice gets."""
    from desktop.paper.coverslip import render

    require(by, CASEWORK)
    with told():
        practice = Practice.get_one(parcel.practice_id)
        addresses.refuse_no_post(practice.name, practice)
        office = Organisation.select().first()
        return render(
            CoverSlip(
                letterhead=letterhead(),
                address=address_of(practice),
                practice=practice.name,
                day=show_long(clock.today()),
                numbers=tuple(each.letter.number for each in parcel.letters),
                place=place,
                places=places,
                mark=f"P{batch_id}",
                window=office.window if office else "right",
                shift_x=office.shift_x if office else 0,
                shift_y=office.shift_y if office else 0,
                fold=office.fold if office else "DL",
                back_to=back_to(office),
            )
        )


def address_of(practice: Practice) -> tuple[str, ...]:
    """The practice itself, nobody there by name."""
    return address_lines(Recipient(practice=practice.name, kind=practice.kind, address=addresses.address_of(practice)))


@action("batch printed", may=CASEWORK)
def note_printed(by: Member, batch_id: int, printed: int, refused: Collection[int] = ()) -> Batch:
    """So far the printer took it. What was refused at its turn is on no paper: it leaves the batch, ready as before."""
    batch = _open(batch_id)
    for position, dispatch in stored.dispatches_of(batch).items():
        if position in refused and dispatch.confirmed_at is None:
            dispatch.delete_instance()
    batch.printed = printed
    batch.state = "printed" if printed >= batch.letters else "printing"
    batch.save()
    return batch


# ---- after printing


@action("batch confirmed", may=CASEWORK)
def confirm_batch(by: Member, batch_id: int, up_to: int, progress: Progress = _alone) -> Confirmed:
    """Up to and including this position all came out well: those are sent, the rest can be printed on."""
    batch = _open(batch_id)
    about(batch)
    if not 0 <= up_to <= batch.letters:
        raise Refused(_("There is no such letter in this batch."))
    said_good = [place for place in stored.places_of(batch) if place.position <= up_to and not place.confirmed]
    dispatches, moment, left_out = stored.dispatches_of(batch), clock.now(), []
    for number, place in enumerate(said_good, start=1):
        dispatch = dispatches[place.position]
        if why := _why_not_sent(dispatch, place):
            left_out.append(_left_out(dispatch.letter, why))
            dispatch.delete_instance()
        else:
            _confirm(dispatch, moment)
        progress(number, len(said_good))
    left = len(still_to_print(stored.places_of(batch)))
    if not left:
        _end(batch, "done")
    return Confirmed(len(said_good) - len(left_out), left, tuple(left_out))


@action("batch stopped", may=CASEWORK)
def stop_batch(by: Member, batch_id: int) -> Batch:
    """What was not confirmed is ready to send as before; it was not sent."""
    batch = _open(batch_id)
    for dispatch in stored.dispatches_of(batch).values():
        if dispatch.confirmed_at is None:
            dispatch.delete_instance()
    _end(batch, "stopped")
    return batch


# ---- parts


def _in_order(letters: Sequence[Letter]) -> list[Letter]:
    by_id = {letter.id: letter for letter in letters}
    return [by_id[each.letter_id] for _position, each in positions(stored.printable(letter) for letter in letters)]


def _changed(letters: Sequence[Letter], now: dict[int, tuple[str, ...]]) -> tuple[AddressCheck, ...]:
    """Each recipient once whose address is not the one on the last letter that was sent there."""
    last = stored.last_addresses(letter.recipient_key for letter in letters)
    before = {letter.id: last.get(letter.recipient_key, ()) for letter in letters}
    found: dict[str, list[Letter]] = {}
    by_id = {letter.id: letter for letter in letters}
    for letter_id in moved(now, before):
        found.setdefault(by_id[letter_id].recipient_key, []).append(by_id[letter_id])
    return tuple(
        AddressCheck(some[0].practice.name, now[some[0].id], before[some[0].id], tuple(each.id for each in some))
        for some in found.values()
    )


def _left_out(letter: Letter, why: str, mend: bool = False) -> LeftOut:
    """Why it stays here; `mend` when it is the address of its practice."""
    address_of = letter.practice_id if mend else 0
    return LeftOut(letter.id, letter.voucher.number, letter.practice.name, why, address_of)


def _why_out(letter: Letter) -> LeftOut | None:
    """Why this letter does not go along: what stops it anywhere, its akkoord, its address, or the paper itself."""
    why = why_stopped(letter)
    if not why and letter.state == "concept" and letter.approved_by_id is None:
        why = _("The coach has to approve this letter first.")
    if not why and (nowhere := why_no_post(letter)):
        return _left_out(letter, nowhere, mend=True)
    why = why or (_why_unfit(letter) if letter.state == "concept" else "")
    return _left_out(letter, why) if why else None


def _why_unfit(letter: Letter) -> str:
    from desktop.paper.letter import check

    try:
        check(renewed(letter))
    except Refused as refused:
        return refused.sentence()
    return ""


def _refuse_unprintable(letter: Letter) -> None:
    refuse_withdrawn(letter)
    if letter.state != "fixed":
        raise Refused(
            _("The letter about voucher {number} was sent already.").format(number=letter.voucher.number)
            if letter.state == "sent"
            else _("The letter about voucher {number} is not fixed yet.").format(number=letter.voucher.number)
        )
    refuse_no_post(letter)
    refuse_stopped(letter)


def _refuse_unapproved(letter: Letter) -> None:
    """A coach's own akkoord is given on the page where the letter is read, not by printing a pile."""
    if letter.approved_by_id is None:
        raise Refused(_("The coach has to approve this letter first."))


def _refuse_twice(letters: dict[int, Letter]) -> None:
    for letter_id in sorted(stored.waiting_elsewhere(list(letters))):
        letter = letters[letter_id]
        raise Refused(
            _("The letter about {person} ({number}) is already in a batch that waits to be confirmed.").format(
                person=who(letter.person.known_as), number=letter.voucher.number
            )
        )


def _why_not_sent(dispatch: Dispatch, place: Place) -> str:
    """Why paper that came out well may not go after all."""
    letter: Letter = dispatch.letter
    if letter.withdrawn_on is not None:
        return _("This letter was withdrawn.")
    if place.gone:
        return _("This letter was sent in another way meanwhile.")
    return why_stopped(letter)


def _confirm(dispatch: Dispatch, moment: object) -> None:
    letter: Letter = dispatch.letter
    dispatch.confirmed_at = moment
    dispatch.save()
    letter.state = "sent"
    letter.save()


def _open(batch_id: int) -> Batch:
    batch = Batch.get_one(batch_id)
    if batch.state not in stored.OPEN:
        raise Refused(_("This batch is done with already."))
    return batch


def _end(batch: Batch, state: str) -> None:
    batch.state, batch.ended_at = state, clock.now()
    batch.save()
