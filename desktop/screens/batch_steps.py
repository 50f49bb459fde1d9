"""The steps of printing letters together, each as what it shows. Performs nothing; the page knows what comes next."""

from collections.abc import Callable, Collection, Sequence
from functools import partial
from itertools import groupby

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.actions.batches import LeftOut, LookedOver
from desktop.language import _, ngettext
from desktop.rules.batches import AddressCheck, Place, Printable, in_order
from desktop.rules.codes import LETTER_MOMENTS, LETTER_WAYS, word
from desktop.rules.tasks import who
from desktop.screens.letter_parts import Paper
from desktop.storage.batches import Candidate
from desktop.widgets import parts, theme
from desktop.widgets.flow import Flow
from desktop.widgets.rows import Row, Rows
from desktop.widgets.ticks import Tick, TickGroup, Ticks

LOWEST = 220  # pixels of list that are always seen
MOST_NOT_READY = 4  # letters named under the choice; the rest is counted
Mend = Callable[[int], object]
"""Opens the address of this practice."""


class Step(QWidget):
    """What one step shows; `first` is where the keyboard begins."""

    heading = ""

    def __init__(self) -> None:
        super().__init__()
        self._lists: list[QWidget] = []

    def keep_high(self, *lists: QWidget) -> None:
        """These are never so low that nothing is seen in them: then the page scrolls."""
        self._lists += lists
        self._measure()

    def _measure(self) -> None:
        for each in self._lists:
            each.setMinimumHeight(theme.px(LOWEST))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_lists"):
            self._measure()

    def first(self) -> QWidget | None:
        return None


class Choose(Step):
    """Which letters: ready ones and concepts the coach approved, per practice."""

    def __init__(
        self, found: Sequence[Candidate], ticked: Collection[int], not_ready: Sequence[LeftOut] = ()
    ) -> None:
        super().__init__()
        self.heading = _("Choose")
        self.ticks = Ticks(_("Letters to print"))
        self.count = parts.label("", "muted")
        all_of_them = parts.button(_("All"), "link", on=lambda: self.ticks.tick(self.ticks.keys()))
        none = parts.button(_("None"), "link", on=lambda: self.ticks.tick(()))
        layout = QVBoxLayout(self)
        theme.space(layout, 8)
        parts.fill(layout, parts.row(self.count, None, all_of_them, none), self.ticks)
        layout.setStretch(1, 1)
        if any(each.concept for each in found):
            parts.fill(layout, parts.label(_("Approved letters are fixed when they are printed."), "muted"))
        parts.fill(layout, left_out_card(_("Not ready to print yet"), not_ready, most=MOST_NOT_READY))
        self.ticks.changed.connect(self._say_count)
        self.ticks.set_groups(_groups(found, ticked))

    def first(self) -> QWidget | None:
        return self.ticks

    def _say_count(self) -> None:
        n = len(self.ticks.ticked())
        self.count.setText(ngettext("{n} letter chosen", "{n} letters chosen", n).format(n=n))


class LookAt(Step):
    """Each paper beside the list; what is not right is left out here."""

    looked = Signal(int)
    through = Signal()  # Enter on the last one

    def __init__(self, letters: Sequence[Candidate], seen: LookedOver, mend: Mend | None = None) -> None:
        super().__init__()
        self.heading = _("Look at each")
        self._by_id = {each.letter.letter_id: each for each in letters}
        self._ids = list(seen.letter_ids)
        self.left_out = left_out_card(_("These letters do not go along"), seen.left_out, mend)
        self.rows = Rows(_("Letters to print"))
        self.paper = Paper()
        self.paper.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # no higher than the room
        self.previous = parts.button(_("Previous"), "", "arrow-up", lambda: self._walk(-1), "Ctrl+PgUp")
        self.next = parts.button(_("Next"), "", "arrow-down", lambda: self._walk(1), "Ctrl+PgDown")
        self.out = parts.button(_("Leave this one out"), "link", "x", self._leave_out)
        QShortcut(QKeySequence("Del"), self.rows, self._leave_out, context=Qt.ShortcutContext.WidgetShortcut)
        left = parts.column(self.rows, _flowing(self.previous, self.next, self.out))
        layout = QVBoxLayout(self)
        theme.space(layout, 8)
        parts.fill(layout, self.left_out, parts.Beside(left, parts.card("", self.paper), (2, 3)))
        layout.setStretch(1, 1)
        self.keep_high(self.rows, self.paper)
        self.rows.chosen.connect(lambda _key: self._walk(1))
        self.rows.selectionModel().currentChanged.connect(lambda *_rows: self._look())
        self._fill()

    def first(self) -> QWidget | None:
        return self.rows

    def letter_ids(self) -> tuple[int, ...]:
        """What is left to print."""
        return tuple(self._ids)

    def show_paper(self, pdf: bytes | None) -> None:
        """The letter that was asked for; None when it cannot be shown."""
        if pdf is None:
            self.paper.show_none(_("This letter cannot be shown."))
        else:
            self.paper.show_pdf(pdf)

    def _fill(self) -> None:
        self.rows.set_rows([_row(number, self._by_id[each]) for number, each in enumerate(self._ids, start=1)])
        self.rows.select(self.rows.current_key() or (self._ids[0] if self._ids else None))
        self._look()

    def _look(self) -> None:
        key = self.rows.current_key()
        if key is not None:
            self.looked.emit(key)

    def _walk(self, step: int) -> None:
        key = self.rows.current_key()
        at = self._ids.index(key) + step if key in self._ids else 0
        if 0 <= at < len(self._ids):
            self.rows.select(self._ids[at])
        elif at == len(self._ids):
            self.through.emit()

    def _leave_out(self) -> None:
        key = self.rows.current_key()
        if key in self._ids:
            self._ids.remove(key)
            self._fill()


class Addresses(Step):
    """Where the letters go, as far as that is not where the last one went."""

    def __init__(self, changed: Sequence[AddressCheck]) -> None:
        super().__init__()
        self.heading = _("Check addresses")
        layout = QVBoxLayout(self)
        theme.space(layout, 10)
        if not changed:
            parts.fill(layout, parts.label(_("No address changed since the last letter there.")), None)
            return
        words = _("These addresses are not the ones on the last letter there. Is the new one right?")
        parts.fill(layout, parts.label(words), *(_address_card(each) for each in changed), None)


class Run(Step):
    """How far the printer is."""

    def __init__(self, total: int) -> None:
        super().__init__()
        self.heading = _("Print")
        self._total = total
        self.words = parts.label("", "strong")
        self.bar = QProgressBar()
        self.bar.setRange(0, total)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("How far printing is"))
        explain = _("Nothing counts as sent yet. Leave the printer on and do not close the program.")
        layout = QVBoxLayout(self)
        theme.space(layout, 12)
        parts.fill(layout, parts.card("", self.words, self.bar, parts.label(explain, "muted")), None)

    def show_progress(self, number: int, practice: str) -> None:
        """12 of 40, Huisartsenpraktijk De Linde."""
        self.bar.setValue(number)
        self.words.setText(_("{n} of {total}, {practice}").format(n=number, total=self._total, practice=practice))


class Ask(Step):
    """Which letters came out well: the last good one is chosen in the list."""

    answered = Signal(object)

    def __init__(
        self, question: str, what_happened: str, places: Sequence[Place], not_printed: Sequence[LeftOut],
        explain: str = "",
    ) -> None:  # fmt: skip
        super().__init__()
        self.heading = _("Did they come out well?")
        self.rows = Rows(_("The last letter that came out well"))
        self.rows.acted.connect(self.answered)
        self.rows.chosen.connect(self.answered)
        self.rows.set_rows([_place_row(place) for place in places])
        layout = QVBoxLayout(self)
        theme.space(layout, 8)
        self.question = parts.label(question, "strong")
        told = [parts.label(what_happened, "doubt")] if what_happened else []
        explain = explain or _("Not all of them? Choose the last letter that came out well. Printing goes on after it.")
        missing = left_out_card(_("Not printed"), not_printed)
        parts.fill(layout, *told, self.question, missing, parts.label(explain, "muted"), self.rows)
        layout.setStretch(layout.count() - 1, 1)
        self.keep_high(self.rows)

    def first(self) -> QWidget | None:
        return self.rows


class Finish(Step):
    """What was sent, what must come out of the pile, and what is left to do."""

    def __init__(
        self, said: str, left_out: Sequence[LeftOut] = (), parcels: Sequence[tuple[str, int]] = (), heading: str = "",
        not_ready: Sequence[LeftOut] = (),
    ) -> None:  # fmt: skip
        super().__init__()
        self.heading = heading or _("Ready")
        layout = QVBoxLayout(self)
        theme.space(layout, 10)
        out = left_out_card(_("Take these letters out of the pile: they may not go"), left_out)
        rows = [parts.label(f"{practice}: {_letters(count)}") for practice, count in parcels]
        piles = [parts.card(_("Put them in the envelopes, each practice with its cover slip"), *rows)] if rows else []
        waiting = left_out_card(_("Not ready to print yet"), not_ready, most=MOST_NOT_READY)
        parts.fill(layout, parts.label(said, "strong"), out, *piles, waiting, None)


def left_out_card(heading: str, left_out: Sequence[LeftOut], mend: Mend | None = None, most: int = 0) -> QWidget:
    """Letters with the reason why they stay here, and the way to an address to mend; hidden when there are none."""
    shown = left_out[:most] if most else left_out
    rows: list[QWidget] = [_left_out_row(each, mend) for each in shown]
    if len(shown) < len(left_out):
        rows.append(parts.label(_("and {n} more").format(n=len(left_out) - len(shown)), "muted"))
    made = parts.card(heading, *rows)
    if not rows:
        made.hide()
    return made


def _left_out_row(each: LeftOut, mend: Mend | None) -> QWidget:
    words = parts.label(f"{each.number}, {each.practice}: {each.why}")
    if mend is None or not each.address_of:
        return words
    return parts.row(words, parts.button(_("Complete the address"), "link", on=partial(mend, each.address_of)))


def preselected(found: Sequence[Candidate], letter_ids: Collection[int] | None) -> set[int]:
    """What is ticked at first: what was asked for, else all that goes by paper and is not under way."""
    if letter_ids is not None:
        return set(letter_ids)
    return {each.letter.letter_id for each in found if each.way == "print" and not each.handed_out}


def parcels_of(places: Sequence[Place]) -> list[tuple[str, int]]:
    """Each practice with how many of these letters are for it."""
    together = groupby(places, key=lambda each: (each.letter.practice_id, each.letter.practice))
    return [(practice, len(list(some))) for (_id, practice), some in together]


def _groups(found: Sequence[Candidate], ticked: Collection[int]) -> list[TickGroup]:
    by_id = {each.letter.letter_id: each for each in found}
    ordered = [by_id[each.letter_id] for each in in_order(each.letter for each in found)]
    together = groupby(ordered, key=lambda each: (each.letter.practice_id, each.letter.practice))
    return [TickGroup(name, tuple(_tick(each, ticked) for each in some)) for (_id, name), some in together]


def _tick(each: Candidate, ticked: Collection[int]) -> Tick:
    to = _(", to {recipient}").format(recipient=each.recipient) if each.recipient else ""
    text = f"{each.letter.number}  {who(each.person)}, {_kind(each.letter)}{to}"
    return Tick(each.letter.letter_id, text, _note(each), each.letter.letter_id in ticked)


def _note(each: Candidate) -> str:
    if each.handed_out:
        return _("Confirm sending")
    if each.concept:
        return _("Approved")
    return "" if each.way == "print" else word(LETTER_WAYS, each.way)


def _row(number: int, each: Candidate) -> Row:
    return Row(
        each.letter.letter_id,
        "envelope-simple",
        f"{number}. {each.letter.number}  {who(each.person)}",
        subtitle=" · ".join(filter(None, (_kind(each.letter), each.letter.practice, each.recipient))),
    )


def _place_row(place: Place) -> Row:
    title = _("Letter {n}: {number}").format(n=place.position, number=place.letter.number)
    action = _("Up to and including this one")
    subtitle = f"{_kind(place.letter)} · {place.letter.practice}"
    return Row(place.position, "envelope-simple", title, subtitle=subtitle, action=action)


def _kind(letter: Printable) -> str:
    """Na de intake: two letters about one voucher differ in this alone."""
    return word(LETTER_MOMENTS, letter.moment).lower()


def _address_card(each: AddressCheck) -> QWidget:
    now = parts.column(parts.label(_("Now"), "muted"), *(parts.label(line) for line in each.now), None, gap=2)
    old = [parts.label(line, "muted") for line in each.before]
    before = parts.column(parts.label(_("On the last letter"), "muted"), *old, None, gap=2)
    count = parts.label(_letters(len(each.letter_ids)), "muted")
    return parts.card(each.recipient, parts.Beside(now, before, (1, 1), needs=420), count)


def _flowing(*buttons: QPushButton) -> QWidget:
    """Buttons beside each other that go on below when the line is full."""
    box = QWidget()
    flow = Flow(box)
    theme.space(flow, 8)
    for button in buttons:
        flow.addWidget(button)
    return box


def _letters(count: int) -> str:
    return ngettext("{n} letter", "{n} letters", count).format(n=count)
