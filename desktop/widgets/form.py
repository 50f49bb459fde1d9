"""A form as a page: cards of fields, one save, complaints under the fields. Must not know what is being saved."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import Doubtful, Refused
from desktop.language import _
from desktop.widgets import icons, parts, theme
from desktop.widgets.desk import Desk
from desktop.widgets.editors import Editor
from desktop.widgets.fields import Item
from desktop.widgets.flow import Flow
from desktop.widgets.group import LARGE_TYPE, FieldGroup
from desktop.widgets.keeping import Keeper
from desktop.widgets.leaving import TypedPage
from desktop.widgets.notice import Answer
from desktop.widgets.pages import reveal
from desktop.widgets.scrolled import Scrolled

SIDE_BESIDE = 900     # pixels at the usual size of text; narrower forms put the side below
SIDE_WIDTH = 286


@dataclass(frozen=True)
class Card:
    """A few fields under one heading; folded ones open when something in them needs a look."""

    title: str
    fields: Sequence[Item]
    folded: bool = False
    columns: int = 3


@dataclass(frozen=True)
class Extra:
    """A button beside save: `then` saves first and is called with the result, `on` only does its thing."""

    text: str
    on: Callable[[], object] | None = None
    then: Callable[[Any], object] | None = None


class Form(TypedPage):
    """Fills `draft(**values)` and has the desk perform `save(by, draft)`."""

    saved = Signal(object)

    scrolls_itself = True

    def __init__(self, desk: Desk, title: str, cards: Sequence[Card], draft: Callable[..., Any],
                 save: Callable[..., Any], *, values: Mapping[str, Any] | None = None, key: str = "",
                 keep: Keeper | None = None, extra_buttons: Sequence[Extra] = (), side: QWidget | None = None,
                 said: str = "", save_text: str = "", place: str = "") -> None:
        super().__init__(key or title, keep)
        self.title, self.place = title, place
        self._desk, self._draft, self._save, self._said = desk, draft, save, said
        self._saving = self._stored = False
        self._folds = [_Fold(card) for card in cards]
        self._side = side
        self._build(extra_buttons, save_text or _("Save"))
        self._fixed: dict[str, Any] = {}
        self.set_values(values or {})
        self._as_opened = self.raw()
        for fold in self._folds:
            fold.group.edited.connect(self._touched)
        parts.on_ctrl_enter(self, self.submit)
        self._keeping.offer(self.notice, self.restore, self._settle)

    # -- what is in it -----------------------------------------------------------------------------------

    def editor(self, name: str) -> Editor:
        return self._fold_of(name).group.editor(name)

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Fill in; values without a field (the id and version of a record) go along into the draft."""
        known = self._names()
        for fold in self._folds:
            fold.group.set_values(values)
        self._fixed |= {name: value for name, value in values.items() if name not in known}

    def suggest(self, values: Mapping[str, Any]) -> None:
        """Fill in what the program found, each field marked until somebody edits it."""
        for fold in self._folds:
            fold.group.suggest(values)
            fold.open_when(any(name in values for name in fold.group.names()))
        self._touched()

    def values(self) -> dict[str, Any]:
        """What was filled in, with every complaint at once."""
        values = dict(self._fixed)
        wrong: dict[str, str] = {}
        for fold in self._folds:
            try:
                values |= fold.group.values()
            except Refused as refusal:
                wrong |= refusal.fields
        if wrong:
            raise Refused(**wrong)
        return values

    def raw(self) -> dict[str, str]:
        return {name: text for fold in self._folds for name, text in fold.group.raw().items()}

    def restore(self, raw: Mapping[str, str]) -> None:
        """Put back what was kept."""
        for fold in self._folds:
            fold.group.restore(raw)
            fold.open_when(any(raw.get(name, "") != self._as_opened.get(name, "") for name in fold.group.names()))
        self.edited.emit()

    def is_edited(self) -> bool:
        return not self._stored and super().is_edited()

    def show_field(self, name: str, shown: bool) -> None:
        """Show or hide a field that does not always apply."""
        self._fold_of(name).group.show_field(name, shown)

    def add_below(self, name: str, widget: QWidget) -> None:
        """Put something below the fields of the card in which this field stands."""
        layout = self._fold_of(name).layout()
        assert layout is not None
        layout.addWidget(widget)

    # -- saving ------------------------------------------------------------------------------------------

    def submit(self, *, sure: bool = False, then: Callable[[Any], object] | None = None) -> None:
        """Save once: a second press while saving or afterwards does nothing."""
        if self._saving or self._stored:
            return
        self.notice.clear()
        try:
            draft = self._draft(**self.values(), **({"sure": True} if sure else {}))
        except Refused as refusal:
            self.complain(refusal, then)
            return
        self._set_saving(True)
        self._desk.perform(self._save, draft, said=self._said, refused=partial(self.complain, then=then),
                           done=partial(self._finish, then), ended=self._stop_saving)

    def complain(self, refusal: Refused, then: Callable[[Any], object] | None = None) -> None:
        """Show each sentence under its field and the rest in the strip; the first wrong field gets the focus."""
        wrong: list[str] = []
        for fold in self._folds:
            names = fold.group.complain(refusal)
            fold.open_when(bool(names))
            wrong += names
        elsewhere = [text for name, text in refusal.fields.items() if name not in wrong]
        message = " ".join(part for part in (refusal.message, *elsewhere) if part)
        if wrong:
            self._go_to(wrong[0])
        if isinstance(refusal, Doubtful):
            answers: list[Answer] = [(_("That is right, save anyway"), partial(self._save_anyway, then))]
            self.notice.ask(message or _("Something here is unusual. Is it right?"), answers)
        elif message:
            self.notice.say(message)

    def _save_anyway(self, then: Callable[[Any], object] | None) -> None:
        self.submit(sure=True, then=then)

    def _finish(self, then: Callable[[Any], object] | None, result: Any) -> None:
        self._stored = True
        self._set_saving(False)
        self._keeping.forget()
        self.saved.emit(result)
        if then is not None:
            then(result)
        self.closed.emit()

    def _stop_saving(self) -> None:
        self._set_saving(False)

    def _set_saving(self, saving: bool) -> None:
        self._saving = saving
        for button in self._save_buttons:
            button.setEnabled(not saving and not self._stored)

    def _go_to(self, name: str) -> None:
        editor = self.editor(name)
        editor.focus()
        self._inside.activate()   # a complaint or an opened card moved everything below it
        reveal(editor)

    # -- leaving -----------------------------------------------------------------------------------------

    def may_close(self) -> bool:
        return not self._saving and super().may_close()

    def first_focus(self) -> QWidget | None:
        if self._keeping.offering() and self.notice.answers():
            return self.notice.answers()[0]
        names = self._names()
        return self.editor(names[0]).focus_widget() if names else None

    # -- parts -------------------------------------------------------------------------------------------

    def _names(self) -> list[str]:
        return [name for fold in self._folds for name in fold.group.names()]

    def _fold_of(self, name: str) -> "_Fold":
        return next(fold for fold in self._folds if name in fold.group.names())

    def _build(self, extras: Sequence[Extra], save_text: str) -> None:
        scroll = Scrolled()
        self._inside = scroll.inside
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        theme.space(self._body, 14)
        cards = parts.column(*self._folds, None, gap=12)
        self._body.addWidget(cards, 1)
        if self._side is not None:
            self._body.addWidget(self._side)
        self._inside.addWidget(parts.title(self.title))
        self._inside.addLayout(self._body, 1)
        layout = QVBoxLayout(self)
        theme.space(layout, 0)
        parts.fill(layout, scroll, parts.row(self.notice, margins=(24, 0, 24, 0)),
                   self._footer(extras, save_text))

    def _footer(self, extras: Sequence[Extra], save_text: str) -> QWidget:
        save = parts.button(with_key(save_text), "primary", on=self.submit)
        save.setAccessibleName(save_text)
        self._save_buttons = [save]
        footer = QWidget()
        row = QHBoxLayout(footer)
        theme.space(row, 8, (24, 10, 24, 12))
        row.addWidget(self._keeping.label, 1)
        buttons = QWidget()
        row.addWidget(buttons)
        flow = Flow(buttons, at_end=True)  # in large type they go on below
        theme.space(flow, 8)
        if self._keeping.possible():
            flow.addWidget(parts.button(_("Finish later"), on=self.finish_later))
        for extra in extras:
            flow.addWidget(self._extra_button(extra))
        flow.addWidget(save)
        return footer

    def _extra_button(self, extra: Extra) -> QWidget:
        if extra.then is None:
            return parts.button(extra.text, on=extra.on)
        button = parts.button(extra.text, on=partial(self.submit, then=extra.then))
        self._save_buttons.append(button)
        return button

    def _place_side(self) -> None:
        if self._side is None:
            return
        beside = self.width() >= theme.px(SIDE_BESIDE) and theme.percent() < LARGE_TYPE
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._body.setDirection(direction)
        self._side.setMaximumWidth(theme.px(SIDE_WIDTH) if beside else 16777215)
        self._side.setMinimumWidth(theme.px(SIDE_WIDTH) if beside else 0)

    def _name_save(self) -> None:
        save = self._save_buttons[0]
        save.setText(with_key(save.accessibleName()))

    # -- Qt ----------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_side()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._place_side()
            self._name_save()


class _Fold(QFrame):
    """A card of fields; a folded one shows its heading as a button."""

    def __init__(self, card: Card) -> None:
        super().__init__()
        self.group = FieldGroup(card.fields, card.columns)
        self.group.setAccessibleName(card.title)  # heard before a field that is called alike in every card
        self.setProperty("role", "card")
        layout = QVBoxLayout(self)
        theme.space(layout, 8, (16, 6, 16, 8) if card.folded else (16, 12, 16, 14))
        self._button = parts.button(card.title, "fold", on=self._turn) if card.folded else None
        if self._button is not None:
            layout.addWidget(self._button)
            self.group.hide()
            self._show_state()
        elif card.title:
            layout.addWidget(parts.label(card.title, "card_title"))
        layout.addWidget(self.group)

    def open_when(self, needed: bool) -> None:
        if needed and self.group.isHidden():
            self._turn()

    def _turn(self) -> None:
        self.group.setHidden(not self.group.isHidden())
        self._show_state()
        if not self.group.isHidden() and self._button is not None and self._button.hasFocus():
            QTimer.singleShot(0, self, self._reveal_first)  # when everything has its place

    def _reveal_first(self) -> None:
        """What unfolded is seen, also where the button stood at the lower edge."""
        names = self.group.names()
        if names:
            reveal(self.group.editor(names[0]))

    def _show_state(self) -> None:
        if self._button is not None:
            folded = self.group.isHidden()
            self._button.setIcon(icons.icon("caret-right" if folded else "caret-down", "primary"))
            self._button.setAccessibleDescription(_("folded") if folded else _("unfolded"))


def with_key(text: str) -> str:
    """A button with the key that presses it, as long as large type leaves room for that."""
    return text if theme.percent() >= LARGE_TYPE else text + "  (" + _("Ctrl+Enter") + ")"
