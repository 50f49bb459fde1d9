"""A few pages of fields after each other, each explained, with one deed at the end. Must not know the deed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.errors import Doubtful, Refused
from desktop.language import _
from desktop.widgets import parts, theme
from desktop.widgets.editors import Editor
from desktop.widgets.fields import Item
from desktop.widgets.group import FieldGroup
from desktop.widgets.keeping import Keeper
from desktop.widgets.leaving import TypedPage
from desktop.widgets.notice import Answer
from desktop.widgets.pages import reveal
from desktop.widgets.scrolled import Scrolled

STEP = "_step"   # where in the kept text it says how far somebody was


@dataclass(frozen=True)
class Step:
    """One page: `fields`, or a `widget` made from what was answered so far; `check` may refuse to go on.

    A widget that has a `values()` adds to what was answered.
    """

    title: str
    explain: str = ""
    fields: Sequence[Item] = ()
    _: KW_ONLY
    widget: Callable[[dict[str, Any]], QWidget] | None = None
    check: Callable[[dict[str, Any]], object] | None = None
    next_text: str = ""
    columns: int = 2


class Wizard(TypedPage):
    """Calls `finish(values)` once; when it answers False the last page stays open."""

    scrolls_itself = True

    def __init__(self, title: str, steps: Sequence[Step], finish: Callable[[dict[str, Any]], object], *,
                 values: Mapping[str, Any] | None = None, key: str = "", keep: Keeper | None = None,
                 finish_text: str = "", place: str = "") -> None:
        super().__init__(key or title, keep)
        self.title, self.place = title, place
        self._finish_with = finish
        self._finish_text = finish_text or _("Finish")
        self._busy = self._done = self._complained = False
        self._at = 0
        self._sheets = [_Sheet(step) for step in steps]
        self._fixed = {name: value for name, value in (values or {}).items() if not self._has(name)}
        self._build()
        for sheet in self._sheets:
            sheet.group.set_values(values or {})
            sheet.group.edited.connect(self._touched)
        self._as_opened = self.raw()
        self._shortcuts()
        self._sheets[0].prepare(dict(values or {}))
        self._show_step(0)
        self._keeping.offer(self.notice, self.restore, self._settle)

    # -- what is in it -----------------------------------------------------------------------------------

    def step(self) -> int:
        """Which page is shown, from 0."""
        return self._at

    def editor(self, name: str) -> Editor:
        return next(sheet for sheet in self._sheets if name in sheet.group.names()).group.editor(name)

    def set_values(self, values: Mapping[str, Any]) -> None:
        for sheet in self._sheets:
            sheet.group.set_values(values)

    def raw(self) -> dict[str, str]:
        return {name: text for sheet in self._sheets for name, text in sheet.group.raw().items()} \
            | ({STEP: str(self._at)} if self._at else {})

    def restore(self, raw: Mapping[str, str]) -> None:
        """Put back what was kept, on the page where somebody left off or the first that is not right."""
        for sheet in self._sheets:
            sheet.group.restore(raw)
        wished = raw.get(STEP, "0")
        wanted = min(int(wished) if wished.isdigit() else 0, len(self._sheets) - 1)
        self._show_step(0)
        while self._at < wanted and self._advance(sure=True):
            pass
        self.notice.clear()

    def is_edited(self) -> bool:
        return not self._done and self._answers() != {
            name: text for name, text in self._as_opened.items() if name != STEP}

    # -- going -------------------------------------------------------------------------------------------

    def go_next(self, *, sure: bool = False) -> None:
        """To the next page, or finish from the last; a second press while finishing does nothing."""
        if self._busy or self._done:
            return
        self.notice.clear()
        if self._at < len(self._sheets) - 1:
            self._advance(sure)
        else:
            self._finish(sure)

    def go_back(self) -> None:
        if self._at > 0 and not self._busy:
            self._show_step(self._at - 1)

    def complain(self, refusal: Refused) -> None:
        """Go to the first page with something wrong and say it there; for a finish that was refused."""
        self._complained = True
        wrong = [at for at, sheet in enumerate(self._sheets) if sheet.group.complain(refusal)]
        if wrong and wrong[0] != self._at:
            self._show_step(wrong[0])
            self._sheets[wrong[0]].group.complain(refusal)
        names = [name for sheet in self._sheets for name in sheet.group.names() if name in refusal.fields]
        message = " ".join(part for part in (refusal.message, *(
            text for name, text in refusal.fields.items() if name not in names)) if part)
        if names:
            self._inside.activate()
            self.editor(names[0]).focus()
            reveal(self.editor(names[0]))
        if isinstance(refusal, Doubtful):
            answers: list[Answer] = [(_("That is right, go on"), partial(self.go_next, sure=True))]
            self.notice.ask(message or _("Something here is unusual. Is it right?"), answers)
        elif message:
            self.notice.say(message)

    def _values(self, until: int) -> dict[str, Any]:
        values, wrong = dict(self._fixed), dict[str, str]()
        for sheet in self._sheets[:until + 1]:
            try:
                values |= sheet.values()
            except Refused as refusal:
                if not refusal.fields:
                    raise
                wrong |= refusal.fields
        if wrong:
            raise Refused(**wrong)
        return values

    def _advance(self, sure: bool) -> bool:
        sheet = self._sheets[self._at]
        try:
            values = self._values(self._at)
            if sheet.step.check is not None and not sure:
                sheet.step.check(values)
        except Refused as refusal:
            self.complain(refusal)
            return False
        self._sheets[self._at + 1].prepare(values)
        self._show_step(self._at + 1)
        return True

    def _finish(self, sure: bool) -> None:
        sheet = self._sheets[self._at]
        self._complained = False
        self._set_busy(True)
        try:
            values = self._values(self._at)
            if sheet.step.check is not None and not sure:
                sheet.step.check(values)
            answer = self._finish_with(values | ({"sure": True} if sure else {}))
        except Refused as refusal:
            self.complain(refusal)
            return
        finally:
            self._set_busy(False)
        if answer is not False and not self._complained:
            self._done = True
            self._set_busy(True)
            self._keeping.forget()
            self.closed.emit()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._next.setEnabled(not busy)
        self._back.setEnabled(not busy and self._at > 0)

    def _show_step(self, at: int) -> None:
        self._at = at
        for place, sheet in enumerate(self._sheets):
            sheet.setVisible(place == at)
        step = self._sheets[at].step
        self._where.setText(_("Step {n} of {total}").format(n=at + 1, total=len(self._sheets)))
        self._back.setVisible(len(self._sheets) > 1)
        self._back.setEnabled(at > 0)
        last = at == len(self._sheets) - 1
        text = step.next_text or (self._finish_text if last else _("Next"))
        self._next.setText((text + "  (" + _("Ctrl+Enter") + ")").replace("&", "&&"))
        self._next.setAccessibleName(text)
        self.notice.clear()
        self._scroll.verticalScrollBar().setValue(0)
        first = self.first_focus()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- leaving -----------------------------------------------------------------------------------------

    def may_close(self) -> bool:
        return not (self._busy and not self._done) and super().may_close()

    def first_focus(self) -> QWidget | None:
        if self._keeping.offering() and self.notice.answers():
            return self.notice.answers()[0]
        group = self._sheets[self._at].group
        return group.editor(group.names()[0]).focus_widget() if group.names() else self._next

    # -- parts -------------------------------------------------------------------------------------------

    def _has(self, name: str) -> bool:
        return any(name in sheet.group.names() for sheet in self._sheets)

    def _answers(self) -> dict[str, str]:
        return {name: text for name, text in self.raw().items() if name != STEP}

    def _shortcuts(self) -> None:
        for keys, deed in (("Ctrl+Return", self.go_next), ("Ctrl+Enter", self.go_next),
                           ("Ctrl+PgDown", self.go_next), ("Ctrl+PgUp", self.go_back)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(deed)

    def _build(self) -> None:
        self._where = parts.label(role="muted")
        self._back: QPushButton = parts.button(_("Back"), on=self.go_back)
        self._next: QPushButton = parts.button(_("Next"), "primary", on=self.go_next)
        self._scroll = Scrolled(10)
        self._inside = self._scroll.inside
        parts.fill(self._inside, parts.title(self.title), self._where, *self._sheets, None)
        footer = QWidget()
        row = QHBoxLayout(footer)
        theme.space(row, 8, (24, 10, 24, 12))
        row.addWidget(self._keeping.label, 1)
        parts.fill(row, self._back, self._next)
        layout = QVBoxLayout(self)
        theme.space(layout, 0)
        parts.fill(layout, self._scroll, parts.row(self.notice, margins=(24, 0, 24, 0)), footer)


class _Sheet(QFrame):
    """One step as a card."""

    def __init__(self, step: Step) -> None:
        super().__init__()
        self.step = step
        self.group = FieldGroup(step.fields, step.columns)
        self._widget: QWidget | None = None
        self.setProperty("role", "card")
        self._layout = QVBoxLayout(self)
        theme.space(self._layout, 10, (16, 12, 16, 14))
        self._layout.addWidget(parts.label(step.title, "card_title"))
        if step.explain:
            self._layout.addWidget(parts.label(step.explain, "muted"))
        self._layout.addWidget(self.group)
        self.group.setHidden(not step.fields)

    def prepare(self, values: dict[str, Any]) -> None:
        """Make the step's own widget anew: what it shows follows from the answers before it."""
        if self.step.widget is None:
            return
        if self._widget is not None:
            self._widget.deleteLater()
            self._widget.hide()
            self._layout.removeWidget(self._widget)
        self._widget = self.step.widget(values)
        self._layout.addWidget(self._widget)

    def values(self) -> dict[str, Any]:
        values = self.group.values()
        more: Callable[[], dict[str, Any]] | None = getattr(self._widget, "values", None)
        return values | (more() if more is not None else {})
