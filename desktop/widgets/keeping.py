"""Keeps what is typed while it is typed, says when, and offers it again. Must not know where it is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from desktop import clock
from desktop.errors import StorageProblem
from desktop.language import _
from desktop.widgets import parts
from desktop.widgets.notice import Notice

PAUSE = 1000   # milliseconds after the first key that is not kept yet
SLOTS = 9      # forms of one kind that can lie unfinished beside each other
BETWEEN = " ~"


@dataclass(frozen=True)
class Kept:
    """A form as its writer left it: the raw text of each field, and when."""

    raw: dict[str, str]
    at: datetime


class Keeper(Protocol):
    """Where unfinished forms go; raw strings only."""

    def keep(self, form_key: str, raw: dict[str, str]) -> None: ...

    def forget(self, form_key: str) -> None: ...

    def find(self, form_key: str) -> Kept | None: ...


def slots(form_key: str) -> list[str]:
    """The keys under which several forms of one kind lie: the second is begun while the first waits."""
    return [form_key, *(f"{form_key}{BETWEEN}{number}" for number in range(2, SLOTS + 1))]


def kind_of(kept_key: str) -> str:
    """The form key that this slot belongs to."""
    return kept_key.rsplit(BETWEEN, 1)[0]


class Keeping(QObject):
    """At most one second behind the keyboard; a kept text that was taken back is forgotten.

    What was left before is offered; as long as nobody answered, it is neither overwritten nor forgotten.
    """

    def __init__(self, keeper: Keeper | None, key: str, raw: Callable[[], dict[str, str]],
                 edited: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self.label = parts.label(role="help")
        self._keeper, self._kind = keeper, key
        self._key = key
        self._left = ""        # where the text lies that is offered
        self._raw, self._edited = raw, edited
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.keep_now)

    def possible(self) -> bool:
        return self._keeper is not None

    def key(self) -> str:
        """Where this form is kept; nothing while it is not."""
        return "" if self._left or self._keeper is None else self._key

    def touched(self) -> None:
        """Something was typed."""
        if self._left:
            self.begin_beside()
        if self._keeper is not None and not self._timer.isActive():
            self._timer.start()

    def keep_now(self) -> bool:
        """Keep what stands there; False when it could not be kept."""
        self._timer.stop()
        if self._keeper is None:
            return False
        if self._left:
            if not self._edited():
                return True
            self.begin_beside()
        try:
            if self._edited():
                self._keeper.keep(self._key, self._raw())
                moment = clock.local_now().strftime("%H:%M:%S")
                self.label.setText(_("Draft kept {time}").format(time=moment))
            else:
                self._keeper.forget(self._key)
                self.label.setText("")
        except StorageProblem as problem:
            self.label.setText(problem.message)
            return False
        return True

    def forget(self) -> None:
        """It was saved or thrown away."""
        self._timer.stop()
        self.label.setText("")
        if not self._left:
            self._forget(self._key)

    # -- what was left before ----------------------------------------------------------------------------

    def offer(self, notice: Notice, restore: Callable[[dict[str, str]], None], settled: Callable[[], None]) -> bool:
        """Ask whether to go on with what was left; False when nothing was."""
        found = self._newest_left()
        if found is None:
            self._left = ""
            return False
        self._left, kept = found
        notice.ask(
            _("You were busy with this at {time}.").format(time=_moment(kept.at)),
            [
                (_("Go on with it"), partial(self._go_on, notice, restore, kept, settled)),
                (_("Throw away"), partial(self._throw_left, notice, restore, settled)),
                (_("Keep for later"), partial(self._leave, notice, settled)),
            ],
            tone="news",
            escape=partial(self._leave, notice, settled),
        )
        return True

    def offering(self) -> bool:
        return bool(self._left)

    def take_up(self, kept_key: str) -> Kept | None:
        """Go on with what lies under this key, without asking."""
        kept = self._keeper.find(kept_key) if self._keeper is not None else None
        if kept is not None:
            self._key, self._left = kept_key, ""
        return kept

    def begin_beside(self) -> None:
        """Keep this form apart from what was left; that stays where it is."""
        assert self._keeper is not None
        self._left = ""
        taken = [self._keeper.find(key) is not None for key in slots(self._kind)]
        self._key = slots(self._kind)[taken.index(False) if False in taken else -1]

    def _newest_left(self) -> tuple[str, Kept] | None:
        if self._keeper is None:
            return None
        found = [(key, kept) for key in slots(self._kind) if (kept := self._keeper.find(key)) is not None]
        return max(found, key=lambda each: each[1].at, default=None)

    def _go_on(self, notice: Notice, restore: Callable[[dict[str, str]], None], kept: Kept,
               settled: Callable[[], None]) -> None:
        self._key, self._left = self._left, ""
        notice.clear()
        restore(kept.raw)
        settled()

    def _throw_left(self, notice: Notice, restore: Callable[[dict[str, str]], None],
                    settled: Callable[[], None]) -> None:
        self._forget(self._left)
        notice.clear()
        if not self.offer(notice, restore, settled):
            settled()

    def _leave(self, notice: Notice, settled: Callable[[], None]) -> None:
        self.begin_beside()
        notice.clear()
        settled()

    def _forget(self, key: str) -> None:
        if self._keeper is not None:
            try:
                self._keeper.forget(key)
            except StorageProblem as problem:
                self.label.setText(problem.message)


def _moment(at: datetime) -> str:
    local = clock.local(at)
    return local.strftime("%H:%M" if local.date() == clock.today() else "%d-%m %H:%M")
