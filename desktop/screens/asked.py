"""The fields of a form as they are declared: what each is called, and how its kind is read and shown."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from desktop.rules import codes
from desktop.rules.declared import SUBJECTS
from desktop.rules.fields import DAY, HOUR, LONG, NUMBER, PHONE, Field
from desktop.rules.numbers import read_number
from desktop.rules.phones import read_phone, show_phone
from desktop.screens.parts_of_a_case import day_field, hour_field
from desktop.widgets.fields import Check, Chips, Choice, Switch, Text, marks

WIDE = 3
LONGEST = 2000  # characters of somebody's own words
READ: dict[str, dict[str, Any]] = {
    PHONE: {"read": read_phone, "show": show_phone},
    NUMBER: {"read": read_number},
    LONG: {"lines": 2, "width": WIDE, "limit": LONGEST},
}
"""How each kind is typed, unless the form says otherwise."""
Options = Callable[[], Sequence[tuple[Any, str]]]


class Asks:
    """Asks the fields of one subject; `today` is needed for days only."""

    def __init__(self, table: str, today: date | None = None) -> None:
        self._fields = {each.name: each for each in SUBJECTS[table].fields}
        self._today = today

    def label(self, name: str) -> str:
        return self._fields[name].on_form

    def text(self, name: str, **more: Any) -> Text:
        """One line or more, read and shown as its kind is."""
        field = self._fields[name]
        label = more.pop("label", field.on_form)
        if field.kind == DAY:
            assert self._today is not None, name
            return day_field(name, label, self._today, field.lies, **more)
        if field.kind == HOUR:
            return hour_field(name, label, **more)
        return Text(name, label, **(READ.get(field.kind, {}) | more))

    def choice(self, name: str, options: Options | None = None, **more: Any) -> Choice:
        """One of a list; of its own words when no other list is given."""
        field = self._fields[name]
        return Choice(name, field.on_form, options or partial(_words_of, field), **more)

    def switch(self, name: str, **more: Any) -> Switch:
        """One of a few answers side by side."""
        field = self._fields[name]
        return Switch(name, field.on_form, _words_of(field), **more)

    def chips(self, name: str, **more: Any) -> Chips:
        """Several of its words."""
        field = self._fields[name]
        return Chips(name, field.on_form, partial(_words_of, field), **more)

    def check(self, name: str, **more: Any) -> Check:
        return Check(name, self._fields[name].on_form, **more)

    def mark(self, name: str, **more: Any) -> Switch:
        """A mark out of ten."""
        return marks(name, self._fields[name].on_form, **more)


def _words_of(field: Field) -> list[tuple[str, str]]:
    return codes.options(field.words)
