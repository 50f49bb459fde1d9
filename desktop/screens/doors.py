"""A button that opens another page, for whom that page is: nothing is offered that would be refused."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QPushButton

from desktop.screens.office import Office
from desktop.widgets import parts


def door(
    office: Office, page: str, text: str, role: str = "", icon: str = "", shortcut: str = "", **arguments: Any
) -> list[QPushButton]:
    """One button, or none when the page is not for whoever is in."""
    if not office.may_open(page):
        return []
    return [parts.button(text, role, icon, partial(office.open, page, **arguments), shortcut)]
