"""Fills any form with values of its own, field by field, so that a test can look where each of them went."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from PIL import Image

from desktop.errors import Refused
from desktop.widgets.choosing import ChipsEditor, ChoiceEditor
from desktop.widgets.editors import CheckEditor, Editor, TextEditor
from desktop.widgets.fields import Picture
from desktop.widgets.form import Form
from desktop.widgets.pictures import PictureEditor
from desktop.widgets.segments import SwitchEditor
from desktop.widgets.veiled import VeiledEditor


class Pen:
    """Writes what was written nowhere before; `written` holds every text that only this pen can have left."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._count = 0
        self.written: list[str] = []

    def fill(self, form: Form, given: Mapping[str, str | None], which: int = 0) -> dict[str, Any]:
        """Give each field something else than it has; by field what was understood. None in `given` leaves it."""
        understood: dict[str, Any] = {}
        chosen: dict[str, int] = {}
        for editor in _editors(form):
            if editor.isHidden() or given.get(editor.name, "") is None:
                continue
            if editor.name in given:
                self._put(editor, str(given[editor.name]))
            else:
                self._write(editor, which, chosen)
            understood[editor.name] = editor.value()
        hidden = [name for name in understood if form.editor(name).isHidden()]
        return {name: value for name, value in understood.items() if name not in hidden}

    def _write(self, editor: Editor, which: int, chosen: dict[str, int]) -> None:
        match editor:
            case CheckEditor():
                self._put(editor, "" if editor.value() else "1")
            case ChipsEditor() | ChoiceEditor() | SwitchEditor():
                self._choose(editor, which, chosen)
            case PictureEditor():
                assert isinstance(editor.declared, Picture)
                editor.set_value(editor.declared.read(a_picture(self._next())))
                editor.tell_edited()
            case TextEditor() | VeiledEditor():
                self._type(editor)

    def _choose(self, editor: Editor, which: int, chosen: dict[str, int]) -> None:
        """Another option than any field before it with the same options, as far as there are so many."""
        options = options_of(editor)
        same = repr([value for value, _text in options])
        place = chosen.get(same, 0) + which
        chosen[same] = place - which + 1
        turned = [options[(place + turn) % len(options)][0] for turn in range(len(options))]
        values = [(value,) if isinstance(editor, ChipsEditor) else value for value in turned]
        editor.set_value(next((value for value in values if value != _understood(editor)), None))
        editor.tell_edited()

    def _type(self, editor: Editor) -> None:
        for text in self._texts(editor.name):
            editor.set_raw(text)
            if _understood(editor) not in (None, "", ()):
                if text.startswith("Qx"):
                    self.written.append(text)
                editor.tell_edited()
                return
        raise AssertionError(f"nothing that the pen knows is read by the field {editor.name!r}")

    def _texts(self, name: str) -> Iterator[str]:
        """What the field may be for, the plainest first."""
        number = self._next()
        if "mail" in name:
            yield f"qx{number}@voorbeeld.nl"
        yield "Qx" + "".join(chr(ord("a") + int(digit)) for digit in f"{number:03d}") + "woord"
        yield f"{self._today - timedelta(days=number % 60 + 1):%d-%m-%Y}"
        yield str(number % 9 + 1)
        yield f"06 {1000 + number} 5678"
        yield f"{8 + number % 10}:{10 + number % 50}"
        yield f"56{number % 90 + 10} AB"

    def _put(self, editor: Editor, raw: str) -> None:
        """A text as it is typed; of what is chosen the value or the words."""
        found = [value for value, text in options_of(editor) if raw in (str(value), text)]
        if isinstance(editor, ChipsEditor):
            editor.set_value(tuple(found))
        elif found:
            editor.set_value(found[0])
        else:
            editor.set_raw(raw)
        editor.tell_edited()

    def _next(self) -> int:
        self._count += 1
        return self._count


def options_of(editor: Editor) -> Sequence[tuple[Any, str]]:
    """(value, text) of what can be chosen; nothing for a field that is typed."""
    offered = getattr(editor.declared, "options", ())
    return tuple(offered() if callable(offered) else offered)


def values_of(form: Form) -> dict[str, Any]:
    """What stands in every field that is shown, as it is understood."""
    return {editor.name: editor.value() for editor in _editors(form) if not editor.isHidden()}


def words_of(form: Form) -> dict[str, str]:
    """The same as staff see it."""
    return {editor.name: seen(editor) for editor in _editors(form) if not editor.isHidden()}


def typed_lines(form: Form) -> list[str]:
    """The fields in which words are typed."""
    return [each.name for each in _editors(form) if isinstance(each, TextEditor) and not each.isHidden()]


def labels_of(form: Form) -> dict[str, str]:
    return {editor.name: editor.label for editor in _editors(form)}


def seen(editor: Editor) -> str:
    """What a field says, without how it says it."""
    if isinstance(editor, ChipsEditor):
        return ", ".join(editor.texts())
    if isinstance(editor, CheckEditor):
        return "Ja" if editor.value() else "Nee"
    return editor.raw()


def a_picture(shade: int) -> bytes:
    """A picture of its own colour, as it is in a file."""
    file = BytesIO()
    Image.new("RGB", (400, 120), (shade % 256, 90, 120)).save(file, "PNG")
    return file.getvalue()


def _editors(form: Form) -> Iterator[Editor]:
    yield from form.findChildren(Editor)


def _understood(editor: Editor) -> Any:
    """The value, None as long as there is none or it cannot be read."""
    try:
        return editor.value()
    except Refused:
        return None
