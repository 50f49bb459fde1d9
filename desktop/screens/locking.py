"""After how long without anybody the program locks on this computer. Must not know how that is noticed."""


from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.language import _, ngettext
from desktop.screens.office import Office, PageMaker
from desktop.settings import Settings
from desktop.widgets import parts, theme
from desktop.widgets.flow import Flow
from desktop.widgets.pages import Page

USUAL, IN_CALL = 5, 30
CHOICES = {"lock_after": (1, 2, 3, 5, 10, 15), "lock_after_in_call": (5, 10, 15, 30, 45, 60)}


def minutes_until_lock(settings: Settings, in_call: bool) -> float:
    """How long nobody may touch the computer; longer while a call or a talk is open. Nonsense counts as the usual."""
    key, usual = ("lock_after_in_call", IN_CALL) if in_call else ("lock_after", USUAL)
    minutes = settings.get(key, usual)
    return float(minutes) if minutes in CHOICES[key] else usual


class LockSettings(Page):
    """How soon the program locks by itself on this computer."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office, self.place, self.title = office, "settings", _("Locking")
        self.setObjectName("page")
        layout = QVBoxLayout(self)
        theme.space(layout, 12, (24, 16, 24, 16))
        explain = _("The program locks when nobody touches this computer for a while, and at once when the screen is "
                    "locked, when the computer goes to sleep, or with Ctrl+L. What was being typed waits.")  # fmt: skip
        parts.fill(
            layout, parts.title(self.title), parts.label(explain, "muted"),
            parts.card("", parts.label(_("Lock after"), "card_title"), self._row("lock_after", USUAL)),
            parts.card(
                "", parts.label(_("Lock after, while a call or a talk is open"), "card_title"),
                self._row("lock_after_in_call", IN_CALL),
            ),
            None,
        )  # fmt: skip

    def first_focus(self) -> QWidget | None:
        return next((each for each in self.findChildren(QPushButton) if each.isChecked()), None)

    def _row(self, key: str, usual: int) -> QWidget:
        now = self._office.settings.get(key, usual)
        row = QWidget()
        flow = Flow(row)
        theme.space(flow, 8)
        for minutes in CHOICES[key]:
            flow.addWidget(self._pick(key, minutes, minutes == now))
        return row

    def _pick(self, key: str, minutes: int, picked: bool) -> QWidget:
        made = parts.button(
            ngettext("{n} minute", "{n} minutes", minutes).format(n=minutes), "chip",
            on=lambda: self._office.settings.set(key, minutes),
        )  # fmt: skip
        made.setCheckable(True)
        made.setChecked(picked)
        made.setAutoExclusive(True)
        return made


PAGES: dict[str, PageMaker] = {"lock_settings": LockSettings}
