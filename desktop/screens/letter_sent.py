"""What happened to a fixed letter: who sent it how, what came back, which letters belong to it. Must not know texts."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.actions.letter_correcting import correct_letter, find_overtaken, withdraw_letter, write_for_new_address
from desktop.actions.letter_looks import OpenLetter, reprint_letter
from desktop.clock import local
from desktop.errors import Refused
from desktop.language import _
from desktop.rules.archive import RETURNED
from desktop.rules.archive import state_of as stands
from desktop.rules.codes import word
from desktop.rules.dates import show_date, show_long
from desktop.rules.letters_due import Wrong
from desktop.rules.moves import ask_back
from desktop.rules.overtaken import Overtaken
from desktop.rules.phones import show_phone
from desktop.rules.returned_post import REASONS
from desktop.screens import letter_parts as said
from desktop.screens.doors import door
from desktop.screens.letter_parts import WAY_ICONS, WAYS_DONE
from desktop.screens.office import Office
from desktop.storage.archive import Sending, Trail, trail_of
from desktop.storage.letters_due import find_wrong_letter
from desktop.storage.models import Letter, ReturnedPost
from desktop.widgets import parts
from desktop.widgets.clipboard import copy_lasting
from desktop.widgets.fields import Text
from desktop.widgets.flow import flowing
from desktop.widgets.group import FieldGroup
from desktop.widgets.rows import Row, Rows

NOTHING = Trail((), None, None, None, ())


def look_up(office: Office, opened: OpenLetter) -> Trail:
    """What became of this letter."""
    return office.desk.look(trail_of, opened.record.id) or NOTHING


def state_of(letter: Letter, trail: Trail, waits: bool) -> tuple[str, str]:
    """The state as a word with its tone; a letter that came back is no longer simply ready."""
    if stands(letter.state, letter.withdrawn_on is not None, trail.returned is not None) == RETURNED:
        return _("Came back"), "late"
    return said.state_of(letter, waits)


def cards(office: Office, letter: Letter, trail: Trail) -> list[QWidget]:
    """How it went out; the letters it belongs to."""
    found = (wrong_card(office, letter), _sent_card(letter, trail), kin_card(office, trail))
    return [card for card in found if card is not None]


def wrong_card(office: Office, letter: Letter) -> QWidget | None:
    """A practice had a letter that was not to be told there: what to say to it, and the breach to write down."""
    wrong = office.desk.look(find_wrong_letter, letter.id)
    if wrong is None:
        return None
    asked = _asked_back(office, letter, wrong) if wrong.not_theirs else []
    return parts.card(_("No longer right"), parts.label(wrong.why, "complaint"), *asked)


def _asked_back(office: Office, letter: Letter, wrong: Wrong) -> list[QWidget]:
    """How the practice is asked to destroy it, and where that it happened is written down."""
    day = show_long(wrong.sent_on)
    asked = ask_back(day, letter.voucher.number)
    phone = show_phone(letter.practice.phone) if letter.practice is not None else ""
    call = _("Phone {practice} ({phone}) and ask them to destroy it; or send them the text below.")
    what = _("A letter of {day} to {practice} was about somebody else.").format(day=day, practice=wrong.practice)
    copy = parts.button(_("Copy this text"), "link", "copy-simple", partial(copy_lasting, asked))
    report = door(office, "breach", _("Write down as a data breach"), "link", "warning", what=what)
    return [
        parts.label(call.format(practice=wrong.practice, phone=phone or _("no phone number"))),
        parts.label(asked, "muted"),
        flowing(copy, *report),
    ]


def kin_card(office: Office, trail: Trail) -> QWidget | None:
    """The letters that this one replaces, that replace it, or that are a copy; Enter opens one."""
    found = [
        *((_("Takes the place of"), each) for each in (trail.replaces,) if each is not None),
        *((_("Replaced by"), each) for each in (trail.replaced_by,) if each is not None),
        *((_("Copy of it") if each.copy_of_id is not None else _("Is a copy of"), each) for each in trail.copies),
    ]
    if not found:
        return None
    rows = Rows(_("Belongs together"), grow=True, framed=False)
    rows.set_rows([_kin_row(what, letter) for what, letter in found])
    for signal in (rows.chosen, rows.acted):
        signal.connect(partial(_open_letter, office))
    return parts.card(_("Belongs together"), rows)


Ask = Callable[[str, Callable[[], object]], object]
"""Says a sentence on the page, with the answer that goes on all the same."""


def show_copy(office: Office, letter_id: int, ask: Ask, sure: bool = False) -> None:
    """The letter overprinted with *kopie*, to print once more or save as PDF; what is no longer so in it is asked."""

    def refused(refusal: Refused) -> None:
        ask(refusal.sentence(), partial(show_copy, office, letter_id, ask, True))

    printed = office.desk.look(reprint_letter, letter_id, sure, refused=refused)
    if printed is not None:
        office.open("preview", title=_("Copy of the letter"), pdf=printed.pdf)


def deeds(office: Office, letter: Letter, withdraw: Callable[[], object], ask: Ask) -> list[QPushButton]:
    """What can be done with a letter that was fixed, beside sending it."""
    made = [
        parts.button(
            _("History of changes"), "link", on=partial(office.open, "history", kind="letter", record_id=letter.id)
        ),
        parts.button(_("Withdraw"), "link", on=withdraw),
    ]
    if letter.state == "sent":
        made.append(parts.button(_("Came back"), "link", on=partial(office.open, "came_back", letter_id=letter.id)))
    return [*made, parts.button(_("Copy"), "", "copy-simple", partial(show_copy, office, letter.id, ask))]


def after_withdrawal(office: Office, letter: Letter, trail: Trail) -> QPushButton:
    """The next step from a letter that was withdrawn: the one that took its place, else a new one."""
    if trail.replaced_by is not None:
        return parts.button(_("To the new letter"), "primary", on=partial(_open_letter, office, trail.replaced_by.id))
    original = next((each for each in trail.copies if each.id == letter.copy_of_id), None)
    if original is not None:
        return parts.button(_("To the letter it copied"), "primary", on=partial(_open_letter, office, original.id))
    again = partial(office.open, "write_letter", voucher_id=letter.voucher_id, moment=letter.moment)
    return parts.button(_("Write a new letter"), "primary", on=again)


class Withdrawal(QObject):
    """Asks why a letter is withdrawn; withdraws it, alone or to correct it at once; `over` when that is dealt with."""

    def __init__(self, office: Office, opened: OpenLetter, over: Callable[[], object]) -> None:
        super().__init__()
        self._office, self._letter, self._over = office, opened.record, over
        self._why = FieldGroup([Text("why", _("Why is it withdrawn?"), required=True, limit=300)], columns=1)
        buttons = [parts.button(_("Withdraw the letter"), "danger", on=self._withdraw),
                   parts.button(_("No, keep it"), on=over)]
        if self._may_correct():
            buttons.insert(0, parts.button(_("Withdraw and correct"), "primary", on=self._correct))
        self.card = parts.card(_("Withdraw"), self._why, parts.label(self._explained(), "help"), flowing(*buttons))
        self.setParent(self.card)

    def focus(self) -> None:
        self._why.editor("why").focus()

    def is_typed(self) -> bool:
        """Whether there is a reason that would be lost."""
        return bool(self._why.editor("why").raw().strip())

    def go_on(self) -> None:
        """The usual step: to correct it; of a copy there is nothing to correct."""
        if self._may_correct():
            self._correct()
        else:
            self._withdraw()

    def _may_correct(self) -> bool:
        """Of a copy, and of what is about somebody else, there is nothing to correct."""
        return self._letter.copy_of_id is None and not self._letter.mixed_up

    def _explained(self) -> str:
        if self._letter.copy_of_id is not None:
            return _("This is a copy: the letter itself stays.")
        if self._letter.mixed_up:
            return _("It is about somebody else. What is owed about this voucher is written anew.")
        if self._letter.state == "sent":
            return _("Correcting opens a new letter with these texts. It tells the practice which letter it replaces.")
        return _("Correcting opens a new letter with these texts. The practice never saw this one.")

    def _correct(self) -> None:
        self._perform(correct_letter, _("Withdrawn; correct the mistake"), self._corrected)

    def _corrected(self, new: Letter) -> None:
        self._over()
        _open_letter(self._office, new.id)

    def _withdraw(self) -> None:
        self._perform(withdraw_letter, _("Withdrawn"), self._withdrawn)

    def _withdrawn(self, _letter: Letter) -> None:
        self._over()

    def _perform(self, deed: Callable[..., Letter], done_words: str, then: Callable[[Letter], None]) -> None:
        try:
            sentence = self._why.values()["why"]
        except Refused as refused:
            self._why.complain(refused)
            return
        undoable = self._letter.state != "sent"
        self._office.desk.perform(
            deed, self._letter.id, sentence, said=done_words, refused=self._complain, undoable=undoable, done=then
        )

    def _complain(self, refused: Refused) -> None:
        named = self._why.complain(refused)
        if not named:
            self._why.complain(Refused(why=refused.sentence()))


def _open_letter(office: Office, letter_id: Any) -> None:
    office.open("letter", letter_id=letter_id)


def address_card(
    office: Office, letter: Letter, trail: Trail, changed: Sequence[Overtaken] = ()
) -> tuple[QWidget, QPushButton] | None:
    """That it came back, or that its address or a sentence is no longer so, with the next step; else nothing."""
    if letter.state != "fixed" or letter.withdrawn_on is not None:
        return None
    overtaken = bool(office.desk.look(find_overtaken, letter.id))
    if trail.returned is None and not overtaken:
        return None
    words = [_came_back(trail.returned)] if trail.returned is not None else []
    if overtaken:
        words.append(_("The records changed since this letter was fixed: write it anew."))
        words += [each.said() for each in changed]
        step = parts.button(_("Write it anew"), "primary", on=partial(_write_anew, office, letter.id))
    else:
        assert trail.returned is not None
        look = partial(office.open, "returned", practice_id=trail.returned.practice_id)
        step = parts.button(_("Look at the address"), "primary", on=look)
    return parts.card(_("No longer right"), *(parts.label(each) for each in words), parts.row(step, None)), step


def _write_anew(office: Office, letter_id: int) -> None:
    office.desk.perform(
        write_for_new_address, letter_id, said=_("Written anew from the records"),
        done=lambda new: _open_letter(office, new.id),
    )  # fmt: skip


def _sent_card(letter: Letter, trail: Trail) -> QWidget | None:
    words: list[QWidget] = []
    if letter.withdrawn_on is not None:
        why = _("Withdrawn on {date}: {why}").format(date=show_date(letter.withdrawn_on), why=letter.withdrawn_why)
        words.append(parts.label(why, "complaint"))
    if trail.sendings:
        rows = Rows(_("How it went out"), grow=True, framed=False)
        rows.set_rows([_sending_row(each) for each in trail.sendings])
        words.append(rows)
    return parts.card(_("How it went out"), *words) if words else None


def _sending_row(sending: Sending) -> Row:
    dispatch, returned = sending.dispatch, sending.returned
    by = dispatch.staff.name if dispatch.staff is not None else ""
    when = f"{local(dispatch.sent_at):%H:%M}"
    batch = ""
    if sending.batch is not None:
        started = show_date(local(sending.batch.started_at).date())
        batch = _("letter {n} of the batch of {date}").format(n=dispatch.position, date=started)
    confirmed = _("confirmed") if dispatch.confirmed_at else _("not confirmed as sent")
    return Row(
        dispatch.id,
        WAY_ICONS[dispatch.way],
        word(WAYS_DONE, dispatch.way),
        subtitle=" · ".join(part for part in (when, by, confirmed, batch) if part),
        pill=_("came back {date}").format(date=show_date(returned.returned_on)) if returned is not None else "",
        tone="late",
        lead=show_date(local(dispatch.sent_at).date()),
    )


def _came_back(returned: ReturnedPost) -> str:
    return _("It came back on {date}: {why}. It counts as not sent.").format(
        date=show_date(returned.returned_on), why=word(REASONS, returned.why).lower()
    )


def _kin_row(what: str, letter: Letter) -> Row:
    text, tone = said.state_of(letter)
    practice = letter.practice.name if letter.practice is not None else ""
    return Row(
        letter.id,
        "envelope-simple",
        what,
        subtitle=" · ".join(part for part in (said.kind_of(letter), practice) if part),
        pill=text,
        tone=tone,
        action=_("Open"),
        lead=show_date(letter.written_on),
    )
