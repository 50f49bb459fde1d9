"""A page with something typed: kept meanwhile, offered again, asked about on leaving. Must not know what is typed."""

from collections.abc import Mapping

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.language import _
from desktop.widgets.keeping import Keeper, Keeping
from desktop.widgets.notice import Answer, Notice
from desktop.widgets.pages import Page, reveal


class TypedPage(Page):
    """What forms, wizards and letters do alike; each says for itself what stands in it and puts that back."""

    edited = Signal()

    def __init__(self, key: str, keep: Keeper | None) -> None:
        super().__init__()
        self.form_key = key
        self.notice = Notice()
        self._keeping = Keeping(keep, key, self.raw, self.is_edited, self)
        self._as_opened: dict[str, str] = {}
        self._last_focus: QWidget | None = None

    # -- what each page says itself ----------------------------------------------------------------------

    def raw(self) -> dict[str, str]:
        """The text of each field as it stands there."""
        raise NotImplementedError

    def restore(self, raw: Mapping[str, str]) -> None:
        """Put back what was kept."""
        raise NotImplementedError

    def is_edited(self) -> bool:
        """Whether leaving now would lose something."""
        return self.raw() != self._as_opened

    # -- leaving -----------------------------------------------------------------------------------------

    def may_close(self) -> bool:
        if not self.is_edited():
            self._keeping.forget()
            return True
        now = self.focusWidget()
        if now is None or not self.notice.isAncestorOf(now):  # asked again, it stands on an answer that goes away
            self._last_focus = now
        self.notice.ask(_("What you typed is not saved yet."), self._ways_out(), escape=self._stay)
        reveal(self.notice)
        return False

    def _ways_out(self) -> list[Answer]:
        later: list[Answer] = [(_("Keep for later"), self.finish_later)] if self._keeping.possible() else []
        return [(_("Go on typing"), self._stay), *later, (_("Throw away"), self.throw_away)]

    def finish_later(self) -> None:
        """Keep it as it stands and leave; when it cannot be kept, stay."""
        if self._keeping.keep_now():
            self._leave()

    def throw_away(self) -> None:
        self._keeping.forget()
        self._leave()

    def _leave(self) -> None:
        self._as_opened = self.raw()
        self.notice.clear()
        self.closed.emit()

    def _stay(self) -> None:
        self.notice.clear()
        before = self._last_focus
        if before is None or not shiboken6.isValid(before) or not before.isVisible():
            before = self.first_focus() or self
        before.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what was left before ----------------------------------------------------------------------------

    def unfinished(self) -> None:
        if self.is_edited():
            self._keeping.keep_now()

    def kept_under(self) -> str:
        return self._keeping.key() if self.is_edited() else ""

    def take_up(self, kept_key: str) -> None:
        kept = self._keeping.take_up(kept_key)
        if kept is not None:
            self.notice.clear()
            self.restore(kept.raw)
            self._settle()

    def _settle(self) -> None:
        """What was left before is dealt with: on to the fields."""
        first = self.first_focus()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _touched(self) -> None:
        self.notice.clear()
        self._keeping.touched()
        self.edited.emit()

    # -- Qt ----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.may_close():
                self.closed.emit()
            return
        super().keyPressEvent(event)
