"""Keeps what is typed while it is typed, and says when. Must not know where it is kept."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from desktop import clock
from desktop.errors import StorageProblem
from desktop.language import _
from desktop.widgets import parts

PAUSE = 1000   # milliseconds after the first key that is not kept yet


class Keeper(Protocol):
    """Where unfinished forms go; raw strings only."""

    def keep(self, form_key: str, raw: dict[str, str]) -> None: ...

    def forget(self, form_key: str) -> None: ...


class Keeping(QObject):
    """At most one second behind the keyboard; a kept text that was taken back is forgotten."""

    def __init__(self, keeper: Keeper | None, key: str, raw: Callable[[], dict[str, str]],
                 edited: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self.label = parts.label(role="help")
        self._keeper, self._key = keeper, key
        self._raw, self._edited = raw, edited
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.keep_now)

    def possible(self) -> bool:
        return self._keeper is not None

    def touched(self) -> None:
        """Something was typed."""
        if self._keeper is not None and not self._timer.isActive():
            self._timer.start()

    def keep_now(self) -> bool:
        """Keep what stands there; False when it could not be kept."""
        self._timer.stop()
        if self._keeper is None:
            return False
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
        if self._keeper is not None:
            try:
                self._keeper.forget(self._key)
            except StorageProblem as problem:
                self.label.setText(problem.message)
