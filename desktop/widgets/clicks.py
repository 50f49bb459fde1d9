"""Double clicks that began somewhere else: the first press closed a page, the second lands on what lay behind it."""

from typing import ClassVar


class Clicks:
    """The presses on one widget; knows nothing of what a press does."""

    _latest: ClassVar["Clicks | None"] = None  # whose press was the last one of all

    def pressed(self) -> None:
        Clicks._latest = self

    def began_here(self) -> bool:
        """Whether the first press of a double click was on the same widget."""
        return Clicks._latest is self
