"""Letters: what has to be written, what waits, what went out. Must not know how a letter is filled or drawn."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.actions.letters import write_letter
from desktop.language import N_, _, ngettext
from desktop.rules.codes import LETTER_MOMENTS, word
from desktop.rules.dates import show_date
from desktop.rules.letters_due import SIGNAL
from desktop.rules.names import fold, full
from desktop.rules.tasks import who
from desktop.screens import letter_parts as said
from desktop.screens.letter import LetterPage
from desktop.screens.office import Office, PageMaker
from desktop.screens.signals import signal
from desktop.screens.who import may_open
from desktop.storage.letters import count_letters, find_standing, list_letters, list_waiting
from desktop.storage.letters_due import (
    NoLonger,
    NotDue,
    Overview,
    Owed,
    letters_overview,
    list_not_due,
    list_wrong_letters,
)
from desktop.storage.models import Letter
from desktop.widgets import parts, theme
from desktop.widgets.flow import Flow
from desktop.widgets.lines import Line
from desktop.widgets.pages import Page
from desktop.widgets.rows import Row, Rows

DUE, CONCEPT, FIXED, SENT = "due", "concept", "fixed", "sent"
MOST = 200
DOORS: tuple[tuple[str, str], ...] = (
    ("friday", N_("Who waits for word")),
    ("batch", N_("Print letters")),
    ("labels", N_("Labels and envelopes")),
    ("archive", N_("Archive")),
    ("letter_texts", N_("Texts of letters")),
)
"""The pages about many letters at once, with their names: links at the top right for who may open them."""


class Letters(Page):
    """Four lists in the order of the work: to write, concept, ready to send, sent."""

    place = "letters"

    def __init__(self, office: Office, show: str = "") -> None:
        super().__init__()
        self.office, self.title = office, _("Letters")
        self.rows = Rows(_("Letters"), grow=True)
        self.rows.acted.connect(self._act)
        self.rows.chosen.connect(self._open)
        self.search = Line()
        self.search.setPlaceholderText(_("Filter by name or practice"))
        self.search.setAccessibleName(_("Filter by name or practice"))
        self.search.textChanged.connect(lambda _text: self._fill())
        self.under, self.empty = parts.label("", "muted"), parts.label("", "muted")
        self.chips = {key: parts.button("", "chip", on=partial(self.show_list, key)) for key in _names()}
        self.none = Rows(_("Not needed, and why"), grow=True)
        self.none.acted.connect(self._open)
        self.none.chosen.connect(self._open)
        self.fold = parts.button("", "link", on=self._turn_fold)
        self.more = parts.label("", "muted")
        self._overview = Overview([], 0)
        self._unfolded = False
        self._shown = show
        self._lay_out()
        self.refresh()

    def refresh(self) -> None:
        desk = self.office.desk
        self._overview = desk.look(letters_overview, self.office.today) or Overview([], 0)
        owed = self._overview.owed
        counts = {CONCEPT: 0, FIXED: 0, SENT: 0, **(desk.look(count_letters) or {}), DUE: len(owed)}
        for key, name in _names().items():
            self.chips[key].setText(f"{name} {counts[key]}")
            self.chips[key].setAccessibleName(f"{name} {counts[key]}")
        self.under.setText(_summary(len(owed), sum(each.due.late for each in owed)))
        if not self._shown:
            self._shown = next((key for key in (DUE, FIXED, CONCEPT) if counts[key]), DUE)
        self._fill()

    def first_focus(self) -> QWidget | None:
        return self.rows if self.rows.rows() else self.chips[self._shown or DUE]

    def show_list(self, key: str) -> None:
        """Show another of the four lists."""
        self._shown = key
        self._fill()

    def _lay_out(self) -> None:
        box = QWidget()
        flow = Flow(box)
        theme.space(flow, 8)
        for chip in self.chips.values():
            chip.setCheckable(True)
            flow.addWidget(chip)
        layout = QVBoxLayout(self)
        theme.space(layout, 8, (24, 16, 24, 16))
        head = parts.Beside(parts.title(self.title), self._doors(), shares=(1, 0), needs=900)
        parts.fill(layout, head, self.under, box, self.search, self.empty, self.rows)
        parts.fill(layout, parts.row(self.fold, None), self.more, self.none, None)

    def _doors(self) -> QWidget:
        """Links to the pages of DOORS; they go on below each other when the text is large."""
        box = QWidget()
        flow = Flow(box)
        theme.space(flow, 8)
        for page, name in DOORS:
            if may_open(self.office.desk.by, page):
                flow.addWidget(parts.button(_(name), "link", on=partial(self.office.open, page)))
        return box

    def _fill(self) -> None:
        for key, chip in self.chips.items():
            chip.setChecked(key == self._shown)
        text = self.search.text()
        if self._shown == DUE:
            wrong = [each for each in self.office.desk.look(list_wrong_letters) or [] if _finds(each, text)]
            owed = [owed for owed in self._overview.owed if _fits(owed, text)]
            rows = [*map(_wrong_row, wrong), *map(_owed_row, owed)][:MOST]
        else:
            waiting = set(self.office.desk.look(list_waiting) or []) if self._shown == FIXED else set()
            letters = self.office.desk.look(list_letters, self._shown, text, MOST) or []
            rows = [_letter_row(letter, letter.id in waiting) for letter in letters]
        self.rows.set_rows(rows)
        self.rows.setVisible(bool(rows))
        words = _empty(self._shown, bool(text.strip())) if not rows else _first() if len(rows) == MOST else ""
        self.empty.setText(words)
        self.empty.setVisible(bool(words))
        self._fill_none(text)

    def _fill_none(self, text: str) -> None:
        """What needs no letter stays folded, so that it does not drown the work; who is looked for is shown."""
        unfolded = self._unfolded or bool(text.strip())
        shown, count = [], self._overview.others if self._shown == DUE else 0
        if count and unfolded:
            found = self.office.desk.look(list_not_due, self.office.today, text, MOST) or NotDue([], 0)
            shown, count = found.shown, found.count
        self.fold.setText(_not_needed(count, unfolded))
        self.fold.setAccessibleName(_not_needed(count, unfolded))
        self.fold.setVisible(bool(count))
        self.none.set_rows([_none_row(owed) for owed in shown])
        self.none.setVisible(bool(shown))
        self.more.setText(_first())
        self.more.setVisible(len(shown) < count and unfolded)

    def _turn_fold(self) -> None:
        self._unfolded = not self._unfolded
        self._fill()

    def _act(self, key: Any) -> None:
        kind, *rest = key
        if kind == DUE and rest[1] == SIGNAL:
            self.office.open("signal", voucher_id=rest[0], worry_id=rest[2])
        elif kind == DUE:
            self.office.open("write_letter", voucher_id=rest[0], moment=rest[1])
        else:
            self.office.open("letter", letter_id=rest[0])

    def _open(self, key: Any) -> None:
        if key[0] == DUE:
            self.office.open("person", person_id=key[-1], voucher_id=key[1])
        else:
            self._act(key)


class NotWritten(Page):
    """A letter that could not be written, with the reason why."""

    place = "letters"

    def __init__(self, why: str) -> None:
        super().__init__()
        self.title = _("No letter")
        self.why = parts.label(why)
        self.back = parts.button(_("Back"), "primary", "arrow-left", self.closed.emit)
        layout = QVBoxLayout(self)
        theme.space(layout, 12, (24, 16, 24, 16))
        parts.fill(layout, parts.title(_("This letter is not written")), self.why, parts.row(self.back, None), None)

    def first_focus(self) -> QWidget | None:
        return self.back


def open_or_write(office: Office, voucher_id: int, moment: str) -> Page:
    """The letter about this moment: the one that is there already, else a new concept; a signal asks its ground."""
    if moment == SIGNAL:
        return signal(office, voucher_id)
    standing = office.desk.look(find_standing, voucher_id, moment)
    if standing is not None and standing.state != SENT:
        return LetterPage(office, standing.id)
    why: list[str] = []
    done = office.desk.perform(
        write_letter, voucher_id, moment, said=_("Concept made"), refused=lambda no: why.append(no.sentence())
    )
    if done is None:
        return NotWritten(" ".join(why) or _("Try again in a moment."))
    return LetterPage(office, done.result.id)


def _names() -> dict[str, str]:
    return {DUE: _("To write"), CONCEPT: _("Concept"), FIXED: _("Ready to send"), SENT: _("Sent")}


def _first() -> str:
    return _("The first {n}; type a name or practice to see others.").format(n=MOST)


def _summary(due: int, late: int) -> str:
    if not due:
        return _("Every practice knows where its people are.")
    words = ngettext("{n} letter to write", "{n} letters to write", due).format(n=due)
    return words + (_(", {n} late").format(n=late) if late else "")


def _empty(shown: str, filtered: bool) -> str:
    if filtered:
        return _("Nothing fits what you typed.")
    return {
        DUE: _("Nothing to write: every practice knows where its people are."),
        CONCEPT: _("No concepts."),
        FIXED: _("Nothing is ready to send."),
        SENT: _("No letters were sent yet."),
    }[shown]


def _not_needed(count: int, unfolded: bool) -> str:
    words = _("Not needed, and why ({n})").format(n=count)
    return f"{'▾' if unfolded else '▸'} {words}"


def _owed_row(owed: Owed) -> Row:
    voucher, due = owed.voucher, owed.due
    days = ngettext("{n} day late", "{n} days late", due.days_late).format(n=due.days_late)
    by_day = _("today") if due.moment == SIGNAL else _("by {date} at the latest").format(date=show_date(due.due_on))
    return Row(
        key=(DUE, voucher.id, due.moment, due.worry_id, voucher.person_id),
        icon="warning" if due.moment == SIGNAL else "envelope-simple",
        title=f"{word(LETTER_MOMENTS, due.moment)}: {who(voucher.person.known_as)}",
        subtitle=f"{_practice(owed)} · {voucher.number}",
        pill=days if due.late else by_day,
        tone="late" if due.late else "news",
        action=_("Write"),
    )


def _wrong_row(found: NoLonger) -> Row:
    case, wrong = found.case, found.wrong
    return Row(
        key=(SENT, wrong.letter_id),
        icon="warning",
        title=f"{word(LETTER_MOMENTS, wrong.moment)}: {who(case.person.name)}",
        subtitle=f"{wrong.practice} · {case.number} · {wrong.why}",
        pill=_("no longer right"),
        tone="late",
        action=_("Open"),
    )


def _finds(found: NoLonger, text: str) -> bool:
    words = fold(f"{full(found.case.person.name)} {found.wrong.practice} {found.case.number}")
    return all(part in words for part in fold(text).split())


def _none_row(owed: Owed) -> Row:
    voucher = owed.voucher
    return Row(
        key=(DUE, voucher.id, owed.due.moment, owed.due.worry_id, voucher.person_id),
        icon="envelope-simple",
        title=f"{_moments(owed)}: {who(voucher.person.known_as)}",
        subtitle=f"{owed.due.why_not} {_practice(owed)} · {voucher.number}",
    )


def _moments(owed: Owed) -> str:
    """Aangekomen, na de intake: what one letter told together."""
    first, *others = [word(LETTER_MOMENTS, moment) for moment in owed.due.settles]
    return ", ".join([first, *(other.lower() for other in others)])


def _practice(owed: Owed) -> str:
    return owed.practice.name if owed.practice else _("no practice")


def _letter_row(letter: Letter, waits: bool) -> Row:
    text, tone = said.state_of(letter, waits)
    practice = letter.practice.name if letter.practice else ""
    sent = letter.state == SENT
    return Row(
        key=(letter.state, letter.id),
        icon="envelope-simple",
        title=f"{said.kind_of(letter)}: {who(letter.person.known_as)}",
        subtitle=f"{practice} · {letter.voucher.number}",
        pill="" if sent or text == _("Concept") else text,
        tone=tone,
        action="" if sent else _("Send") if letter.state == FIXED else _("Open"),
        lead=show_date(letter.written_on),
    )


def _fits(owed: Owed, text: str) -> bool:
    words = fold(f"{full(owed.voucher.person.known_as)} {_practice(owed)} {owed.voucher.number}")
    return all(part in words for part in fold(text).split())


PAGES: dict[str, PageMaker] = {"letters": Letters, "letter": LetterPage, "write_letter": open_or_write}
