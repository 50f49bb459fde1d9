"""Te doen: what is to be done now, each with the deed on its row. Must not know how tasks come about."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QMenu, QPushButton, QVBoxLayout, QWidget

from desktop import clock
from desktop.actions.quiet_practices import put_off_quiet
from desktop.actions.tasks import postpone_task
from desktop.language import _, current, ngettext
from desktop.rules.dates import show_day
from desktop.rules.tasks import GROUPS, Task, count_late, show_short, when_due
from desktop.screens.office import LeftUnfinished, Office, PageMaker
from desktop.screens.parts_of_a_case import ICONS, do_task
from desktop.storage.tasks import list_tasks
from desktop.widgets import parts, theme
from desktop.widgets.flow import Flow
from desktop.widgets.pages import Page
from desktop.widgets.rows import Row, Rows

MINE, HIDDEN = "tasks.mine", "tasks.reasons_hidden"
QUIET = "quiet_practice"


class Tasks(Page):
    """The list with its chips; Enter does the deed, U postpones, the list looks again after each deed."""

    place = "tasks"

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.title = _("To do")
        self._office = office
        self._tasks: dict[str, Task] = {}
        self._left: dict[str, LeftUnfinished] = {}
        self._group = ""
        self._count = parts.label("", "muted")
        self._chips = QWidget()
        self._flow = Flow(self._chips)
        theme.space(self._flow, 8)
        self._chip: dict[str, QPushButton] = {}
        self.mine = self._tick(_("Only mine"), MINE)
        self.hidden = self._tick(_("Hide reasons"), HIDDEN)
        self.rows = Rows(_("To do"), grow=True)
        self.rows.acted.connect(self._act)
        self.rows.chosen.connect(self._open)
        self.empty = parts.card(
            "",
            parts.label(_("Nothing to do now. New vouchers stand here by themselves.")),
            parts.row(parts.button(_("New voucher"), "primary", "plus", partial(office.open, "new_voucher")), None),
        )
        self.later = parts.button(_("Postpone (U)"), "link", "clock", self.postpone)
        self.about = parts.button(_("Open the person (Shift+Enter)"), "link", "user", self._open_current)
        self._build()
        QShortcut(QKeySequence("U"), self, self.postpone, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.refresh()

    def refresh(self) -> None:
        tasks = self._office.desk.look(list_tasks, self._office.today, self.mine.isChecked()) or []
        self._left = {f"unfinished:{left.kept_key}": left for left in self._office.left_unfinished()}
        self._tasks = {task.key: task for task in tasks}
        self._say_count(tasks)
        self._show_chips(tasks)
        shown = [task for task in tasks if not self._group or task.group == self._group]
        rows = [self._row(task) for task in shown]
        if not self._group:
            rows = [_unfinished_row(key, left) for key, left in self._left.items()] + rows
        self.rows.set_rows(rows)
        self.rows.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        for button in (self.later, self.about):
            button.setVisible(bool(rows))

    def first_focus(self) -> QWidget | None:
        return self.rows if self.rows.rows() else None

    def show_group(self, group: str) -> None:
        """Only the tasks of one kind; "" for all."""
        self._group = group
        self.refresh()

    def postpone(self) -> None:
        """Ask until when; the list of days stands beside the button, the first letter or arrows pick."""
        task = self._tasks.get(self.rows.current_key() or "")
        if task is None or not (task.voucher_id or task.kind == QUIET):
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = {1: _("Until tomorrow"), 2: _("Two days"), 7: _("A week")}
        for number, days in enumerate(words, 1):
            menu.addAction(f"&{number}  {words[days]}", partial(self._postpone, task, days))
        menu.popup(self.later.mapToGlobal(self.later.rect().bottomLeft()))

    def _postpone(self, task: Task, days: int) -> None:
        said = ngettext("Comes back tomorrow", "Comes back in {n} days", days).format(n=days)
        if task.kind == QUIET:
            self._office.desk.perform(put_off_quiet, task.subject_id, days, said=said)
            return
        self._office.desk.perform(postpone_task, task.voucher_id, task.kind, days, task.subject_id, said=said)

    def _act(self, key: str) -> None:
        if key in self._left:
            self._office.resume(self._left[key])
        elif key in self._tasks:
            do_task(self._office, self._tasks[key])

    def _open(self, key: str) -> None:
        task = self._tasks.get(key)
        if task is None or task.person_id is None:
            self._act(key)
        else:
            self._office.open("person", person_id=task.person_id, voucher_id=task.voucher_id)

    def _open_current(self) -> None:
        key = self.rows.current_key()
        if key is not None:
            self._open(key)

    def _row(self, task: Task) -> Row:
        words, tone = when_due(task, self._office.today)
        private = "" if self.hidden.isChecked() else task.private
        subtitle = " · ".join(part for part in (task.subtitle, private) if part)
        return Row(
            task.key,
            ICONS[task.kind],
            task.title,
            task.strong,
            subtitle,
            words,
            tone,
            task.note,
            task.action,
        )

    def _say_count(self, tasks: list[Task]) -> None:
        today, late = self._office.today, count_late(tasks, self._office.today)
        said = ngettext("{n} task", "{n} tasks", len(tasks)).format(n=len(tasks))
        if late:
            said = _("{tasks}, {n} late").format(tasks=said, n=late)
        self._count.setText(f"{show_day(today, current())} · {said}")

    def _show_chips(self, tasks: list[Task]) -> None:
        """A chip for each group that has something, with how many."""
        counts = {"": len(tasks)} | {group: sum(task.group == group for task in tasks) for group in GROUPS}
        if not counts.get(self._group):
            self._group = ""
        for group, count in counts.items():
            chip = self._chip.get(group) or self._make_chip(group)
            words = _(GROUPS[group]) if group else _("All")
            chip.setText(f"{words} {count}")
            chip.setAccessibleName(chip.text())
            chip.setVisible(bool(count) or not group)
            chip.setChecked(group == self._group)

    def _make_chip(self, group: str) -> QPushButton:
        chip = parts.button("", "chip", on=partial(self.show_group, group))
        chip.setCheckable(True)
        self._flow.addWidget(chip)
        self._chip[group] = chip
        return chip

    def _tick(self, text: str, setting: str) -> QCheckBox:
        box = QCheckBox(text)
        box.setAccessibleName(text)
        box.setChecked(bool(self._office.settings.get(setting, False)))

        def ticked(checked: bool) -> None:
            self._office.settings.set(setting, checked)
            self.refresh()

        box.toggled.connect(ticked)
        return box

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        theme.space(layout, 10, (24, 16, 24, 16))
        sheet = parts.button(_("Day sheet"), "link", "printer", partial(self._office.open, "day_sheet"))
        open_blank = partial(self._office.open, "blank_intake")
        blank = parts.button(_("Blank intake form"), "link", "clipboard-text", open_blank)
        ticks = parts.row(self.mine, self.hidden, None, gap=16)
        head = parts.Beside(
            parts.column(parts.title(self.title), self._count, gap=2), parts.row(sheet, blank, None), (1, 0)
        )
        chips = parts.Beside(self._chips, ticks, (1, 0))
        parts.fill(layout, head, chips, self.rows, self.empty, parts.row(self.later, self.about, None), None)


def _unfinished_row(key: str, left: LeftUnfinished) -> Row:
    """A form that somebody was still busy with."""
    at = clock.local(left.at)
    since = _("kept {day} {hour}").format(day=show_short(at.date()), hour=f"{at:%H:%M}")
    row = Row(key, ICONS["unfinished"], _("Finish: {form}").format(form=left.title), left.hint, since)
    return replace(row, action=_("Go on"))


PAGES: dict[str, PageMaker] = {"tasks": Tasks}
