"""Friday afternoon: every practice knows where its people are. Must not know how a letter is filled or drawn.

Enter takes the next step of the letter the keyboard stands on and stays with it until somebody said that it went.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.actions.friday import ReadyText, look_at_text, text_again
from desktop.actions.letter_correcting import write_for_new_address
from desktop.actions.letter_sending import fix_letter
from desktop.actions.letters import rewrite_letter, write_letter
from desktop.errors import Doubtful, Refused
from desktop.language import _, ngettext
from desktop.rules.friday import (
    APPROVE,
    BATCH,
    CONFIRM,
    FIX,
    OTHERS,
    SEND,
    SIGNAL,
    WRITE,
    AtPractice,
    Wait,
    by_practice,
)
from desktop.screens import friday_rows as said
from desktop.screens.letter_ways import Sending, question
from desktop.screens.office import Office, PageMaker
from desktop.storage.friday import list_waiting_for_word
from desktop.widgets import parts, theme
from desktop.widgets.flow import flowing
from desktop.widgets.notice import Notice
from desktop.widgets.pages import Page, reveal
from desktop.widgets.rows import Rows

LIST, READING = 200, 340  # pixels of height at least, at the usual size of text
PAUSE = 60  # milliseconds the keyboard stands on a row before its text is looked up


class Friday(Page):
    """Left who waits, practice by practice; right the text as it will be."""

    place = "letters"

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office, self.title = office, _("Every practice knows where its people are")
        self.notice = Notice()
        self.sending = Sending(office, self, self._tell)
        self.rows = Rows(_("Who waits for word"))
        self.text = _reading()
        self.left, self.about = parts.label("", "muted"), parts.label("", "card_title")
        self.asked, self.calm = parts.label("", "strong"), parts.label("", "strong")
        self._groups: list[AtPractice] = []
        self._waits: dict[Any, Wait] = {}
        self._met: dict[Any, int] = {}  # everything seen since the page was opened, with its practice
        self._names: dict[int, str] = {}
        self._shown: Any = None  # whose text is shown
        self._stopped = False  # it may not go as it stands
        self._resting = QTimer(self, singleShot=True, interval=QApplication.doubleClickInterval())
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.show_text)
        self._in_sight = QTimer(self, singleShot=True, interval=0)  # after the list made room for a question
        self._in_sight.timeout.connect(self._bring_in_sight)
        self.deeds = self._make_deeds()
        self._lay_out()
        self.rows.acted.connect(self._act)
        self.rows.chosen.connect(self._open)
        self.rows.selectionModel().currentChanged.connect(self._moved)
        self.refresh()

    def refresh(self) -> None:
        found = self.office.desk.look(list_waiting_for_word, self.office.today)
        if found is None:
            return
        self._groups = by_practice(found)
        self._waits = {wait.key: wait for group in self._groups for wait in group.waits}
        self._met |= {wait.key: wait.practice_id for wait in found}
        self._names |= {group.id: group.name for group in self._groups}
        stood = self.rows.current_key()
        self.rows.set_rows(said.rows_of(self._groups, self._done()))
        self._land(stood)
        self._tell_left()
        self.show_text()

    def first_focus(self) -> QWidget | None:
        return self.notice.answers()[0] if self.notice.answers() else self.rows

    def ready(self) -> bool:
        """Whether Enter does something now: a second Enter at once was meant for the step before."""
        return not self._resting.isActive() and not self.office.desk.working()

    def standing(self) -> Wait | None:
        """The letter the keyboard stands on."""
        return self._waits.get(self.rows.current_key())

    def show_text(self) -> None:
        """The text as it will be, of the letter the keyboard stands on."""
        self._pause.stop()
        wait = self.standing()
        look = text_again if wait is not None and wait.key == self._shown else look_at_text
        ready = self.office.desk.look(look, wait) if wait is not None else None
        self._shown = wait.key if wait is not None and ready is not None else None
        group = self._group(self.rows.current_key())
        to = ready.to if ready is not None else ()
        self.about.setText(said.about_words(wait, to) if wait is not None else group.name if group is not None else "")
        self.text.setPlainText(ready.text if ready is not None else "")
        self.text.setVisible(bool(ready is not None and ready.text))
        self._stopped = bool(ready is not None and ready.stopped)
        self._ask(wait, ready)
        self._offer(wait)

    # -- one letter --------------------------------------------------------------------------------------

    def _act(self, key: Any) -> None:
        """The next step, once: an Enter that follows at once is not taken for the step after it."""
        if not self.ready():
            return
        self.notice.clear()
        wait, group = self._waits.get(key), self._group(key)
        if wait is not None:
            self._step(wait)
        elif group is not None:
            self._step_all(group)
        self._resting.start()

    def _step(self, wait: Wait) -> None:
        steps: dict[str, Callable[[], object]] = {
            WRITE: partial(self._perform, write_letter, wait.voucher_id, wait.moment, said=_("Concept made")),
            SIGNAL: partial(self.office.open, "signal", voucher_id=wait.voucher_id, worry_id=wait.worry_id),
            APPROVE: partial(self._fix, wait.letter_id, _("Akkoord given and fixed")),
            FIX: partial(self._fix, wait.letter_id, _("Fixed")),
            SEND: partial(self._send, wait),
            CONFIRM: partial(self.sending.confirm, wait.dispatch_id, sure=self._stopped),
            BATCH: partial(self.office.open, "batch"),
        }
        steps[wait.step]()

    def _send(self, wait: Wait) -> None:
        """By the way of the practice; what goes on paper or as PDF goes together."""
        together = [wait] if wait.way in ("text", "told") else self._at(wait).at(SEND)
        if len(together) > 1:
            self._send_together(together)
        else:
            self.sending.hand_out(wait.letter_id, wait.way)

    def _send_together(self, waits: list[Wait]) -> None:
        letter_ids = [wait.letter_id for wait in waits]
        if waits[0].way == "pdf":
            self.sending.save_all(letter_ids)
        else:
            self.office.open("batch", letter_ids=letter_ids)

    def _perform(self, function: Callable[..., object], *args: object, said: str) -> None:
        self.office.desk.perform(function, *args, said=said, refused=self._refused)

    def _refused(self, refused: Refused) -> None:
        self._tell(refused.sentence())

    def _fix(self, letter_id: int, said: str, sure: bool = False) -> None:
        self.notice.clear()
        self.office.desk.perform(
            fix_letter, letter_id, sure, said=said, refused=partial(self._asked, letter_id, said)
        )

    def _asked(self, letter_id: int, said: str, refused: Refused) -> None:
        """What is asked before a letter is fixed is answered here."""
        if not isinstance(refused, Doubtful):
            self._refused(refused)
            return
        answer = (_("That is right, go on"), partial(self._fix, letter_id, said, True))
        self.notice.ask(refused.sentence(), [answer], escape=self.notice.clear)
        self._in_sight.start()

    def _tell(self, sentence: str) -> None:
        self.notice.say(sentence)
        self._in_sight.start()

    def again(self) -> None:
        """Hand out once more what was handed out: another copy, another print."""
        wait = self.standing()
        if wait is not None and wait.step == CONFIRM and self.ready():
            self.notice.clear()
            self.sending.hand_out(wait.letter_id, wait.handed_out)

    def not_sent(self) -> None:
        """It did not go after all."""
        wait = self.standing()
        if wait is not None and wait.step == CONFIRM and self.ready():
            self.notice.clear()
            self.sending.take_back(wait.dispatch_id)

    def refill(self) -> None:
        """From the records as they are now: a concept is filled anew, a fixed letter withdrawn and written anew."""
        wait = self.standing()
        if wait is None or not wait.letter_id or not self._stopped or not self.ready():
            return
        anew = rewrite_letter if wait.step in (APPROVE, FIX, OTHERS) else write_for_new_address
        self._perform(anew, wait.letter_id, said=_("Filled anew from the records"))

    def edit(self) -> None:
        """Open the letter beside its paper; going back leads to the same row."""
        wait = self.standing()
        if wait is not None and wait.letter_id:
            self.office.open("letter", letter_id=wait.letter_id)
        elif wait is not None and wait.step == SIGNAL:
            self._step(wait)
        elif wait is not None:
            self.office.open("write_letter", voucher_id=wait.voucher_id, moment=wait.moment)

    def _open(self, key: Any) -> None:
        if key in self._waits:
            self.edit()
        elif key[1]:
            self.office.open("practice", practice_id=key[1])

    # -- a whole practice --------------------------------------------------------------------------------

    def confirm_practice(self) -> None:
        """Ask once whether all that was handed out to this practice went."""
        wait, group = self.standing(), self._group(self.rows.current_key())
        group = self._at(wait) if wait is not None else group
        if group is not None and group.at(CONFIRM):
            self._ask_all(group)

    def _step_all(self, group: AtPractice) -> None:
        if said.whole(group) == SEND:
            self._send_together(group.at(SEND))
        elif group.at(CONFIRM):
            self._ask_all(group)

    def _ask_all(self, group: AtPractice) -> None:
        count = len(group.at(CONFIRM))
        asked = ngettext(
            "Was the {n} letter to {practice} sent?", "Were all {n} letters to {practice} sent?", count
        ).format(n=count, practice=group.name)
        yes = partial(self._confirm_all, [wait.dispatch_id for wait in group.at(CONFIRM)])
        self.notice.ask(asked, [(_("Yes, all were sent"), yes), (_("Not yet"), self._not_yet)], escape=self._not_yet)
        self._in_sight.start()

    def _confirm_all(self, dispatch_ids: list[int]) -> None:
        self._not_yet()
        self.sending.confirm_all(dispatch_ids)
        self._resting.start()

    def _not_yet(self) -> None:
        self.notice.clear()
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _at(self, wait: Wait) -> AtPractice:
        return next(group for group in self._groups if group.id == wait.practice_id)

    def _group(self, key: Any) -> AtPractice | None:
        is_head = isinstance(key, tuple) and key[0] == said.HEAD
        return next((group for group in self._groups if group.id == key[1]), None) if is_head else None

    # -- where the keyboard stands -----------------------------------------------------------------------

    def _moved(self) -> None:
        self._pause.start()
        self._in_sight.start()

    def _bring_in_sight(self) -> None:
        """In large type the page scrolls too: what is asked, else the row the keyboard stands on."""
        current = self.rows.currentIndex()
        self.rows.scrollTo(current)
        if self.notice.answers():
            reveal(self.notice)
        elif self.rows.hasFocus():
            reveal(self.rows, self.rows.visualRect(current))

    def _land(self, stood: Any) -> None:
        """Stay where it was; when that letter went, on the next letter and not on a heading."""
        current = self.rows.current_key()
        if stood is not None and current == stood and (current in self._waits or self._group(current) is not None):
            return
        keys = [row.key for row in self.rows.rows()]
        start = keys.index(current) if current in keys else 0
        following = next((key for key in (*keys[start:], *keys[:start]) if key in self._waits), None)
        if following is not None:
            self.rows.select(following)

    # -- what is said ------------------------------------------------------------------------------------

    def _done(self) -> list[tuple[int, str]]:
        """The practices of this afternoon that wait for nothing any more."""
        waiting = {group.id for group in self._groups}
        return [(each, self._names.get(each, "")) for each in dict.fromkeys(self._met.values()) if each not in waiting]

    def _tell_left(self) -> None:
        some = bool(self._waits)
        self.left.setText(said.left_words(len(self._waits), len(self._met), len(self._groups)) if some else "")
        self.left.setVisible(some)
        self.rows.setVisible(bool(self.rows.rows()))
        self.reading.setVisible(some)
        self.keys.setVisible(some)
        self.calm.setText("" if some else _("Nobody waits for word any more."))
        self.calm.setVisible(not some)

    def _ask(self, wait: Wait | None, ready: ReadyText | None) -> None:
        words = ""
        if ready is not None and ready.stopped:
            asked = question(wait.handed_out, wait.letter_id) if wait is not None and wait.step == CONFIRM else ""
            words = " ".join(filter(None, (ready.stopped, asked)))
        elif wait is not None and wait.step == CONFIRM:
            words = question(wait.handed_out, wait.letter_id)
        elif wait is not None and wait.step == SIGNAL:
            words = _("A signal is written in your own words: Enter opens its form.")
        elif wait is None and self._group(self.rows.current_key()) is not None:
            words = _("Arrow down goes to the letters of this practice.")
        self.asked.setText(words)
        self.asked.setProperty("role", "complaint" if ready is not None and ready.stopped else "strong")
        theme.restyle(self.asked)
        self.asked.setVisible(bool(words))

    def _offer(self, wait: Wait | None) -> None:
        confirming = wait is not None and wait.step == CONFIRM
        group = self._at(wait) if wait is not None else self._group(self.rows.current_key())
        self.deeds["edit"].setVisible(wait is not None)
        self.deeds["refill"].setVisible(self._stopped and wait is not None and bool(wait.letter_id))
        self.deeds["again"].setVisible(confirming)
        self.deeds["not_sent"].setVisible(confirming)
        self.deeds["all"].setVisible(group is not None and len(group.at(CONFIRM)) > 1)

    # -- how it is laid out ------------------------------------------------------------------------------

    def _make_deeds(self) -> dict[str, QWidget]:
        made: dict[str, QWidget] = {}
        for name, text, key, on in (
            ("edit", _("Change (E)"), "E", self.edit),
            ("refill", _("Fill anew (F)"), "F", self.refill),
            ("again", _("Once more (R)"), "R", self.again),
            ("not_sent", _("Not sent (N)"), "N", self.not_sent),
            ("all", _("All sent (A)"), "A", self.confirm_practice),
        ):
            made[name] = parts.button(text, "link", on=on)
            shortcut = QShortcut(QKeySequence(key), self.rows)  # only while the keyboard is in the list
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(on)
        return made

    def _lay_out(self) -> None:
        self.reading = parts.card("", self.about, self.asked, self.text, flowing(*self.deeds.values()), None)
        inside = self.reading.layout()
        assert isinstance(inside, QBoxLayout)
        inside.setStretchFactor(self.text, 100)  # the text takes the room, and without one what is said stays on top
        self.keys = parts.label(_("Up and down walk, Enter takes the next step, Shift+Enter opens."), "help")
        sides = parts.Beside(self.rows, self.reading, (1, 1))
        layout = QVBoxLayout(self)
        theme.space(layout, 8, (24, 16, 24, 12))
        parts.fill(layout, parts.title(self.title), self.left, self.calm, sides, self.notice, self.keys)
        layout.setStretch(3, 1)
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "reading"):
            self._make_room()

    def _make_room(self) -> None:
        self.rows.setMinimumHeight(theme.px(LIST))
        self.reading.setMinimumHeight(theme.px(READING))


def _reading() -> QPlainTextEdit:
    """A text to read, not to type in; Tab goes on."""
    made = QPlainTextEdit()
    made.setReadOnly(True)
    made.setTabChangesFocus(True)
    made.setAccessibleName(_("The text of the letter"))
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
    )
    return made


PAGES: dict[str, PageMaker] = {"friday": Friday}
