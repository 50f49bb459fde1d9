"""The texts of letters, for the coordinator: the list, one to change beside its paper, and the versions there were."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.actions.lettertexts import SeenText, change_text, restore_text
from desktop.clock import local
from desktop.errors import Doubtful, Refused
from desktop.language import _, ngettext
from desktop.rules.codes import LETTER_TEXTS, word
from desktop.rules.dates import show_date
from desktop.rules.letterfields import FIELDS
from desktop.rules.lettersamples import KINDS, fields_of
from desktop.rules.lettertext_check import LetterTextDraft
from desktop.rules.lettertexts import FIELD
from desktop.screens.lettertext_trial import Trial
from desktop.screens.office import Office, PageMaker
from desktop.storage.lettertexts import TextVersion, list_texts, list_versions
from desktop.widgets import parts, theme
from desktop.widgets.editors import cleaned
from desktop.widgets.form import with_key
from desktop.widgets.leaving import TypedPage
from desktop.widgets.lines import SearchLine, fitting
from desktop.widgets.marked import Mark, MarkedText
from desktop.widgets.notice import Answer
from desktop.widgets.pages import Page, reveal
from desktop.widgets.rows import Row, Rows
from desktop.widgets.sided import Sided

PAUSE = 250  # milliseconds after the last key until the paper is drawn again


class LetterTexts(Page):
    """The seven texts: which version is in use, and since when."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office, self.title, self.place = office, _("Texts of letters"), "settings"
        self.setObjectName("page")
        self.rows = Rows(self.title, grow=True)
        self.rows.chosen.connect(self._open)
        self.rows.acted.connect(self._open)
        explain = _("What letters say, per kind. A change holds from the next letter on: letters that are written "
                    "already keep their words, and every earlier version stays.")  # fmt: skip
        layout = QVBoxLayout(self)
        theme.space(layout, 12, (24, 16, 24, 16))
        parts.fill(layout, parts.title(self.title), parts.label(explain, "muted"), self.rows, None)
        self.refresh()

    def refresh(self) -> None:
        texts = self._office.desk.look(list_texts, KINDS) or []
        self.rows.set_rows([_text_row(each) for each in texts])

    def first_focus(self) -> QWidget | None:
        return self.rows

    def _open(self, kind: str) -> None:
        self._office.open("letter_text", kind=kind)


class _Tried(TypedPage):
    """What the text and an old version of it share: the words left, the paper right or, without room, below."""

    scrolls_itself = True

    def __init__(self, office: Office, kind: str, key: str, keep: Any) -> None:
        super().__init__(key, keep)
        self.setObjectName("page")
        self.office, self.kind, self.place = office, kind, "settings"
        self.trial = Trial(office, kind)
        self.trial.seen.connect(self._show_seen)
        self._sides = Sided(self.trial)
        self._footer = QHBoxLayout()
        theme.space(self._footer, 8, (24, 6, 24, 12))
        layout = QVBoxLayout(self)
        theme.space(layout, 0)
        parts.fill(layout, self._sides, parts.row(self.notice, margins=(24, 0, 24, 8)), self._footer)
        layout.setStretch(0, 1)

    def first_focus(self) -> QWidget | None:
        return self.notice.answers()[0] if self.notice.answers() else self.text

    def _make_text(self, read_only: bool) -> None:
        self.text = MarkedText(_("Text of the letter"), _marks, read_only)
        self.out = parts.label("", "help")

    def _show_seen(self, seen: SeenText) -> None:
        self.text.fade(seen.left_out)
        self.out.setText(_out_sentence(len(seen.left_out), seen.paragraphs))


class LetterTextPage(_Tried):
    """One text to change: its fields from a list, the paper beside it, its versions below it."""

    def __init__(self, office: Office, kind: str) -> None:
        super().__init__(office, kind, f"letter_text:{kind}", office.keep)
        self.title = _("Text: {kind}").format(kind=word(LETTER_TEXTS, kind).lower())
        self._make_text(read_only=False)
        self.fields = _FieldLine(self._offered)
        self.fields.picked.connect(self._put_in)
        self.fields.away.connect(self._to_text)
        self.no_field = parts.label(_("No field has this word. Try another one, or press arrow down for all."), "help")
        self.no_field.hide()
        self.fields.textChanged.connect(self._say_no_field)
        self.complaint = parts.label("", "complaint")
        self.complaint.hide()
        self.versions = Rows(_("Versions"), grow=True, framed=False)
        self.versions.acted.connect(self._open_version)
        self.versions.chosen.connect(self._open_version)
        self._state = parts.pill("")
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.draw)
        self._leaving = self._saving = False
        self._lay_out()
        self._load()
        self.text.typed.connect(self._typed)
        self.trial.turned.connect(self.draw)
        parts.on_ctrl_enter(self, self.save)
        for keys, deed in (("Ctrl+S", self.save), ("Ctrl+Space", self._open_fields)):
            QShortcut(QKeySequence(keys), self).activated.connect(deed)
        self._keeping.offer(self.notice, self.restore, self._settle)

    # -- what stands in it -------------------------------------------------------------------------------

    def raw(self) -> dict[str, str]:
        return {"body": self.text.text(), "base": str(self._base or "")}

    def restore(self, raw: Mapping[str, str]) -> None:
        """Put back what was kept, with the version it was made from."""
        self.text.set_text(raw.get("body", ""))
        self._base = int(raw["base"]) if raw.get("base") else None
        self.draw()

    def refresh(self) -> None:
        if self._leaving:
            return
        if self.is_edited():
            self._show_versions()
        else:
            self._load()

    def draw(self) -> None:
        """The paper as it would be printed now."""
        self._timer.stop()
        self.trial.show_text(self.text.text())

    def _load(self) -> None:
        newest = self._show_versions()
        self._base = newest.id if newest is not None else None
        if newest is not None and newest.body.rstrip("\n") != self.text.text():
            self.text.set_text(newest.body.rstrip("\n"))
        self._as_opened = self.raw()
        self.draw()

    def _show_versions(self) -> TextVersion | None:
        versions = self.office.desk.look(list_versions, self.kind) or []
        self.versions.set_rows([_version_row(each, each is versions[0]) for each in versions])
        newest = versions[0] if versions else None
        if newest is not None:
            parts.set_pill(self._state, _state_word(newest), "plain" if newest.shipped else "news")
        return newest

    # -- typing ------------------------------------------------------------------------------------------

    def _offered(self, typed: str) -> list[tuple[str, str]]:
        values = self.trial.values()
        return fitting(
            [
                (name, _field_line(name, words, bool(values.get(name))))
                for name, words in fields_of(self.kind, self.office.today).items()
            ],
            typed,
        )

    def _open_fields(self) -> None:
        reveal(self.fields)  # before its list hangs below it: scrolling closes a list
        self.fields.open_all()

    def _say_no_field(self, typed: str) -> None:
        self.no_field.setVisible(bool(typed.strip()) and not self._offered(typed))

    def _put_in(self, name: str, _text: str) -> None:
        self.fields.clear()
        self.text.put_in("{" + name + "}")
        self._to_text()

    def _to_text(self) -> None:
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self) -> None:
        self._say("")
        self._touched()
        self._timer.start()

    # -- saving ------------------------------------------------------------------------------------------

    def save(self, sure: bool = False) -> None:
        """A new version, unless something in it would spoil a letter; pressed twice it saves once."""
        if self._saving or self._leaving:
            return
        self._set_saving(True)
        self.notice.clear()
        self._say("")
        body = cleaned(self.text.text(), several_lines=True)
        draft = LetterTextDraft(kind=self.kind, body=body, base=self._base, sure=sure)
        said = _("Text saved: it stands in the next letter")
        self.office.desk.perform(change_text, draft, said=said, refused=self._refuse, done=self._saved,
                                 ended=partial(self._set_saving, False))  # fmt: skip

    def _set_saving(self, saving: bool) -> None:
        self._saving = saving
        self.save_button.setEnabled(not saving)

    def may_close(self) -> bool:
        return not self._saving and super().may_close()

    def _saved(self, _version: Any) -> None:
        self._leaving = True
        self._keeping.forget()
        self._leave()

    def _refuse(self, refused: Refused) -> None:
        sentence = "\n".join(part for part in (refused.message, *refused.fields.values()) if part)
        if isinstance(refused, Doubtful):
            answers: list[Answer] = [(_("That is right, save anyway"), partial(self.save, sure=True))]
            self.notice.ask(sentence, [*answers, (_("Go on typing"), self._stay)], escape=self._stay)
            return
        self._say(sentence)
        self.text.go_to_wrong()
        self._to_text()
        reveal(self.complaint)

    def _say(self, sentence: str) -> None:
        self.complaint.setText(sentence)
        self.complaint.setVisible(bool(sentence))
        self.text.complain(sentence)

    # -- versions ----------------------------------------------------------------------------------------

    def _open_version(self, version_id: int) -> None:
        self.office.open("letter_text_version", kind=self.kind, version_id=version_id)

    # -- parts -------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        explain = _("A line that starts with # is a heading of the letter; each other line is a paragraph. A paragraph "
                    "with a field that is empty stays out of the letter.")  # fmt: skip
        label = parts.label(_("Put in a field"))
        parts.fill(
            self._sides.inside,
            parts.header(self.title, state=self._state, under=explain),
            parts.card("", parts.column(label, self.fields, self.no_field, gap=4), self.complaint, self.text, self.out),
            parts.card(_("Versions"), self.versions, flush=True),
            None,
        )
        self._sides.place()
        self.save_button = parts.button(_("Save"), "primary", on=self.save)
        self.save_button.setText(with_key(_("Save")))
        later = parts.button(_("Finish later"), on=self.finish_later) if self._keeping.possible() else None
        self._footer.addWidget(self._keeping.label, 1)
        for button in (later, self.save_button):
            if button is not None:
                self._footer.addWidget(button)


class LetterTextVersion(_Tried):
    """A version as it was, to look at and to put back."""

    def __init__(self, office: Office, kind: str, version_id: int = 0) -> None:
        super().__init__(office, kind, "", None)
        self.title = _("Text: {kind}").format(kind=word(LETTER_TEXTS, kind).lower())
        self._version_id = version_id
        self._make_text(read_only=True)
        self._state = parts.pill("")
        self._under = parts.label("", "muted")
        self.again = parts.button(_("Use this text again"), "primary", "arrow-counter-clockwise", self.put_back)
        parts.fill(self._sides.inside, parts.header(self.title, state=self._state), self._under,
                   parts.card("", self.text, self.out), None)  # fmt: skip
        self._sides.place()
        parts.fill(self._footer, parts.button(_("Back"), "", "arrow-left", self.closed.emit), None, self.again)
        self.trial.turned.connect(lambda: self.trial.show_text(self.text.text()))
        self.refresh()

    def raw(self) -> dict[str, str]:
        return {}

    def restore(self, raw: Mapping[str, str]) -> None:
        """Nothing is typed here."""

    def refresh(self) -> None:
        versions = self.office.desk.look(list_versions, self.kind) or []
        found = next((each for each in versions if (each.id or 0) == self._version_id), None)
        if found is None:
            self._under.setText(_("This version is no longer there."))
            self.again.setEnabled(False)
            return
        parts.set_pill(self._state, _state_word(found), "plain" if found.shipped else "news")
        self._under.setText(_made_words(found))
        self.text.set_text(found.body.rstrip("\n"))
        self.again.setEnabled(found.body.strip() != versions[0].body.strip())
        self.trial.show_text(found.body)

    def first_focus(self) -> QWidget | None:
        return self.again if self.again.isEnabled() else self.text

    def put_back(self) -> None:
        """The same words as a new version, in use from the next letter on."""
        self.again.setEnabled(False)
        self.office.desk.perform(
            restore_text, self.kind, self._version_id or None, said=_("Text put back: it stands in the next letter"),
            done=lambda _version: self.closed.emit(), ended=self.refresh,
        )  # fmt: skip


class _FieldLine(SearchLine):
    """Searches the fields by name and by what they are for; Esc goes back to the text."""

    away = Signal()

    def __init__(self, offered: Any) -> None:
        super().__init__(offered, eager=True)
        self.setAccessibleName(_("Put in a field"))
        self.setPlaceholderText(_("Search by a word, for example: intake (Ctrl+Space)"))

    def after_pick(self) -> None:
        """The text has the keyboard again."""

    def go_on(self) -> None:
        """Enter on a word that no field has stays: leaving would look as if something was put in."""
        if not self.text().strip():
            self.away.emit()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride \
                and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.is_open():
            self.clear()
            self.away.emit()
            return
        super().keyPressEvent(event)


def _marks(line: str) -> Iterable[Mark]:
    if line.startswith("# "):
        yield Mark(0, len(line), "strong")
    elif line.strip().startswith("#"):
        yield Mark(0, len(line), "wrong")
    for found in FIELD.finditer(line):
        known = found.group(1) in FIELDS
        yield Mark(found.start(), found.end() - found.start(), "named" if known else "wrong")


def _field_line(name: str, words: str, filled: bool) -> str:
    line = f"{{{name}}}  {words}"
    return line if filled else _("{field} (empty here)").format(field=line)


def _out_sentence(out: int, paragraphs: int) -> str:
    if not out:
        return _("In this situation every paragraph stands in the letter.")
    return ngettext(
        "In this situation {n} of {all} paragraphs stays out: the one in grey italics.",
        "In this situation {n} of {all} paragraphs stay out: those in grey italics.",
        out,
    ).format(n=out, all=paragraphs)


def _state_word(version: TextVersion) -> str:
    return _("As shipped") if version.shipped else _("Version {n}").format(n=version.number)


def _made_words(version: TextVersion) -> str:
    if version.made_at is None:
        return _("The text that comes with the program")
    at = local(version.made_at)
    return _("Version {n}, made by {name} on {date} at {time}").format(
        n=version.number, name=version.made_by or _("a colleague"), date=show_date(at.date()),
        time=at.strftime("%H:%M"),
    )  # fmt: skip


def _text_row(version: TextVersion) -> Row:
    return Row(
        version.kind,
        "text-align-left",
        word(LETTER_TEXTS, version.kind),
        subtitle=_made_words(version),
        pill=_("As shipped") if version.shipped else _("Own text"),
        tone="plain" if version.shipped else "news",
        action=_("Open"),
    )


def _version_row(version: TextVersion, in_use: bool) -> Row:
    name, made = _("As shipped"), _("The text that comes with the program")
    if version.made_at is not None:
        name, at = _("Version {n}").format(n=version.number), local(version.made_at)
        made = ", ".join([version.made_by or _("a colleague"), f"{show_date(at.date())} {at.strftime('%H:%M')}"])
        if version.shipped:
            name = _("Version {n}, as shipped").format(n=version.number)
    return Row(
        version.id or 0,
        "clock-counter-clockwise",
        name,
        subtitle=made,
        pill=_("In use") if in_use else "",
        tone="well",
        action=_("Look at"),
    )


PAGES: dict[str, PageMaker] = {
    "letter_texts": LetterTexts,
    "letter_text": LetterTextPage,
    "letter_text_version": LetterTextVersion,
}
