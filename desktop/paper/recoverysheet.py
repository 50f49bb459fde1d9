"""The recovery sheet: the key that opens everything when passwords are lost, to keep in a safe. Knows no keys."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.language import _
from desktop.paper import codes
from desktop.paper.printable import refuse_unprintable
from desktop.paper.sheet import Sheet, wrap
from desktop.rules.cards import RecoverySheet

LEFT, RIGHT = 25.0, 185.0
GROUPS_IN_A_ROW = 4
GROUP_PITCH, KEY_SIZE = 14.0, 20
QR_SIDE = 42.0


def render(recovery: RecoverySheet) -> bytes:
    """One A4 with the key in groups to type and as a QR code to scan."""
    refuse_unprintable(recovery)
    sheet = Sheet(_("Recovery sheet"), recovery.organisation)
    sheet.text(LEFT, 34, _("Recovery sheet"), 22, bold=True)
    y = sheet.lines(LEFT, 43, wrap(recovery.organisation, RIGHT - LEFT, 12), 12, pitch=5.8)
    sheet.text(LEFT, y, _("Made on {day}").format(day=recovery.made_on), 10, colour="muted")
    y = _draw_key(sheet, recovery.key_groups, y + 8)
    _draw_code(sheet, recovery.key_groups, y)
    room = RIGHT - LEFT - QR_SIDE - 10
    y += 4
    for paragraph in recovery.explanation:
        y = sheet.lines(LEFT, y, wrap(paragraph, room, 11), 11, pitch=5.8) + 2.5
    _draw_place(sheet)
    return sheet.finish()


def _draw_key(sheet: Sheet, groups: Sequence[str], y: float) -> float:
    rows = -(-len(groups) // GROUPS_IN_A_ROW)
    height = rows * GROUP_PITCH + 8
    sheet.box(LEFT, y, RIGHT - LEFT, height, fill="tint", round_by=3)
    step = (RIGHT - LEFT - 12) / GROUPS_IN_A_ROW
    for at, group in enumerate(groups):
        row, column = divmod(at, GROUPS_IN_A_ROW)
        x, line_y = LEFT + 8 + column * step, y + 13.5 + row * GROUP_PITCH
        sheet.text(x, line_y - 6.6, str(at + 1), 7, colour="muted")
        sheet.text(x, line_y, group, KEY_SIZE, bold=True, spacing=1.6)
    return y + height + 10


def _draw_code(sheet: Sheet, groups: Sequence[str], y: float) -> None:
    text = "-".join(groups)
    squares = len(codes.qr(text).rows)
    codes.qr(text, QR_SIDE / squares).draw(sheet, RIGHT - QR_SIDE, y)


def _draw_place(sheet: Sheet) -> None:
    """Where the sheet is kept, written by hand."""
    for label, y in ((_("Kept at"), 258.0), (_("Kept by"), 272.0)):
        sheet.text(LEFT, y, label, 10, colour="muted")
        sheet.rule(LEFT + 32, y + 0.8, RIGHT, y + 0.8, "muted")
