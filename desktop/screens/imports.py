"""Reading a list of practices or activities: the file, its columns, a verdict per row, and only then taking over."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.actions.imports import (
    Imported,
    Preview,
    first_row_names,
    import_activities,
    import_practices,
    plan_activities,
    plan_practices,
    write_rejected,
)
from desktop.actions.undo import undo
from desktop.errors import Doubtful, Refused, StorageProblem
from desktop.language import N_, _, ngettext
from desktop.rules.activity_rows import FIELDS as ACTIVITY_FIELDS
from desktop.rules.activity_rows import ActivityRow, renamed
from desktop.rules.imports import VERDICT_NAMES, ColumnMap, JudgedRow, Plan, column_letter
from desktop.rules.letternames import in_a_letter
from desktop.rules.names import Name, full
from desktop.rules.practice_rows import FIELDS as PRACTICE_FIELDS
from desktop.rules.practice_rows import PracticeRow
from desktop.rules.prices import show_price
from desktop.rules.schedules import show_schedules
from desktop.screens.office import Office, PageMaker
from desktop.widgets import icons, parts, theme
from desktop.widgets.fields import Check, Choice, Item, Text
from desktop.widgets.flow import Flow
from desktop.widgets.group import FieldGroup
from desktop.widgets.notice import Notice
from desktop.widgets.pages import Page
from desktop.widgets.rows import Row, Rows

FILES = "*.xlsx *.xls *.xlsm *.ods *.csv *.txt"
LIST_HEIGHT = 330
TO_CHECK = "check"
NAMES_FIRST = "names_first"
LETTER_NAME = "letter_name"
AFTER_TYPING = 300  # milliseconds until the rows follow what is typed of one
ICONS = {"new": "plus", "joined": "git-merge", "known": "check", "rejected": "x", "title": "minus"}
TONES = {"new": "well", "joined": "news", "known": "plain", "rejected": "late", "title": "plain"}
SHOWN_CELLS = 4
FIELD_NAMES: Mapping[str, str] = {
    "name": N_("Name"), "agb": N_("AGB code"), "street": N_("Street"), "number": N_("House number"),
    "postcode": N_("Postcode"), "town": N_("Town"), "phone": N_("Phone"), "email": N_("E-mail"), "gp": N_("GPs"),
    "poh_ggz": N_("POH-GGZ"), "poh_s": N_("POH-S"), "poh": N_("POH"), "assistant": N_("Practice assistant"),
    "other": N_("Other contacts"), "note": N_("Note"), "title": N_("Activity"), "short_text": N_("Description"),
    "location_name": N_("Place"), "neighbourhood": N_("Neighbourhood"), "schedule": N_("When"), "hours": N_("Hours"),
    "price": N_("Price"), "contact_name": N_("Contact"), "capacity": N_("Places"), "partner": N_("Offered by"),
    "degree": N_("Title before the name"), "letter_name": N_("Neutral name for letters"),
}  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """What is read: its words, its fields, and the two actions."""

    title: str
    explain: str
    place: str
    first_field: str
    fields: Sequence[str]
    plan: Callable[..., Preview[Any]]
    store: Callable[..., Imported]
    describe: Callable[[Any], tuple[str, str]]
    stored: Callable[[Imported], str]
    go_on: str
    rename: Callable[[Plan[Any], int, str], Plan[Any]] | None = None
    """What letters call it is asked of every row."""


class ImportPage(Page):
    """Choose, look, take over; every row is accounted for, and one press takes it all back."""

    def __init__(self, office: Office, kind: Kind) -> None:
        super().__init__()
        self._office, self._kind = office, kind
        self.title, self.place = kind.title, kind.place
        self.choose_file: Callable[[QWidget], str] = ask_file
        self.choose_target: Callable[[QWidget, str], str] = ask_target
        self.preview: Preview[Any] | None = None
        self._done: Imported | None = None
        self._busy = self._keyboard_left = False
        self._chips: dict[str, QPushButton] = {}
        self._shown = ""
        self._quiet = False
        self._unnamed = False  # no row with names we know was found
        self._at: dict[int, JudgedRow[Any]] = {}
        self._typed: dict[int, str] = {}  # names for letters, by row
        self._asked_of = 0  # the row whose name stands in the field
        self._follow = QTimer(self, singleShot=True, interval=AFTER_TYPING)
        self._follow.timeout.connect(self._show_typed)
        self.setObjectName("page")
        self.setAcceptDrops(True)
        self._build()
        office.desk.busy.connect(self._follow_work)

    # -- reading -----------------------------------------------------------------------------------------

    def choose(self) -> None:
        """Ask for a file and look at it."""
        path = self.choose_file(self)
        if path:
            self.read(Path(path))

    def read(self, path: Path) -> None:
        """Look at this file; nothing is stored."""
        self.notice.clear()
        self._done = None
        self._unnamed = False
        self._typed = {}
        self._look(path, None)

    def _look(self, source: Path | Preview[Any], columns: ColumnMap | None) -> None:
        self._office.desk.perform_in_background(
            self._kind.plan, source, columns, title=_("Reading the file"), done=self._show, failed=self._complain,
            writes=False,
        )  # fmt: skip

    def _complain(self, problem: Exception) -> None:
        if isinstance(problem, Doubtful):
            answer = (_("That is right, take it over"), partial(self._store, sure=True))
            self.notice.ask(problem.sentence(), [answer], escape=self.notice.clear)
        elif isinstance(problem, Refused):
            self.notice.say(problem.sentence())
        elif isinstance(problem, StorageProblem):
            self.notice.say(problem.message)

    def _show(self, preview: Preview[Any]) -> None:
        preview = replace(preview, plan=self._with_typed(preview.plan))
        self.preview, self._asked_of = preview, 0
        self._fill_columns(preview)
        counts = preview.plan.counts
        self.totals.setText(totals_in_words(preview.plan))
        self.file.setText(_about_file(preview))
        if self._kind.first_field not in preview.columns.columns:
            self.notice.say(_("Which column holds the name? Choose it under Columns; then the rows are shown."), "soon")
            self.columns.show()
        else:
            self.notice.clear()
        self._fill_chips(preview.plan)
        self._fill_rows()
        self.looked.show()
        self.save_rejected.setVisible(counts["rejected"] > 0)
        self._set_buttons()

    # -- taking over -------------------------------------------------------------------------------------

    def take_over(self) -> None:
        """First a verified backup, then everything that was shown as new, in one deed."""
        if self.preview is None or self._busy or self._done is not None or not self.preview.plan.counts["new"]:
            return
        self._set_busy(True)
        if self._office.back_up is None:
            self._store()
        else:
            self._office.back_up(self._store, failed=self._complain)

    def _store(self, _backup: object = None, sure: bool = False) -> None:
        assert self.preview is not None
        self._office.desk.perform_in_background(
            partial(self._kind.store, sure=sure), self.preview.plan, title=_("Taking over"), done=self._stored,
            failed=self._complain, said=_("Taken over"),
        )  # fmt: skip

    def _stored(self, imported: Imported) -> None:
        self._done = imported
        self._tell_row()
        answers = [(self._kind.go_on, self._go_on), (_("Undo"), self.take_back)]
        self.notice.ask(self._kind.stored(imported), answers, tone="")
        self._set_buttons()

    def _go_on(self) -> None:
        self._office.open(self._kind.place)

    def take_back(self) -> None:
        """Undo this import, whole."""
        if self._done is None:
            return
        self._office.desk.perform_in_background(
            _take_back,
            self._done.audit_id,
            title=_("Taking back"),
            done=self._taken_back,
            failed=self._complain,
        )

    def _taken_back(self, _name: object) -> None:
        self._done = None
        assert self.preview is not None
        self.notice.clear()
        self._office.desk.said.emit(_("Taken back"), False)
        self._look(self.preview, self.preview.columns)

    def store_rejected(self) -> None:
        """The rows left out with the reasons, to correct and read again."""
        if self.preview is None:
            return
        name = _("left out of {file}.xlsx").format(file=Path(self.preview.file).stem)
        path = self.choose_target(self, name)
        if not path:
            return
        target = Path(path) if path.lower().endswith(".xlsx") else Path(f"{path}.xlsx")
        count = self._office.desk.look(write_rejected, self.preview, target)
        if count is not None:
            said = ngettext("{n} row saved in {file}", "{n} rows saved in {file}", count)
            self._office.desk.said.emit(said.format(n=count, file=target.name), False)

    # -- what is shown -----------------------------------------------------------------------------------

    def show_only(self, verdict: str) -> None:
        """Only the rows with this verdict, those to look at, or ("") all."""
        self._shown = verdict
        for key, chip in self._chips.items():
            chip.setChecked(key == verdict)
        self._fill_rows()

    def _rows(self) -> list[JudgedRow[Any]]:
        rows = self.preview.plan.rows if self.preview is not None else ()
        if self._shown == TO_CHECK:
            return [row for row in rows if row.flags]
        return [row for row in rows if self._shown in ("", row.verdict)]

    def _fill_rows(self) -> None:
        shown = self._rows()
        self._list(shown)
        if shown:
            self.rows.select(shown[0].number)
        self._tell_row()

    def _list(self, shown: list[JudgedRow[Any]]) -> None:
        self._at = {row.number: row for row in shown}
        self.rows.set_rows([self._row(row) for row in shown])

    def _row(self, judged: JudgedRow[Any]) -> Row:
        title, what = self._kind.describe(judged.draft) if judged.draft is not None else (_cells(judged), "")
        words = " ".join((*judged.flags, *judged.reasons)) or what
        if judged.draft is not None and self._kind.rename is not None:
            words = " · ".join(filter(None, (_("in letters: {name}").format(name=judged.draft.letter_name), words)))
        verdict = _(VERDICT_NAMES[judged.verdict])
        tone, icon = TONES[judged.verdict], ICONS[judged.verdict]
        if judged.flags and judged.verdict == "new":
            verdict, tone = _("new, look at it"), "soon"
            icon = "warning"
        return Row(judged.number, icon, title or _("(empty)"), subtitle=words, pill=verdict, tone=tone,
                   lead=str(judged.number))  # fmt: skip

    def _tell_row(self, *_places: object) -> None:
        judged = self._at.get(self.rows.current_key()) if self.rows.current_key() is not None else None
        self.row_title.setText("" if judged is None else _("Row {n}").format(n=judged.number))
        self.row_why.setText("" if judged is None else "\n".join((*judged.reasons, *judged.flags)))
        self.row_why.setVisible(bool(self.row_why.text()))
        self.row_cells.setText("" if judged is None or self.preview is None else _facts(judged, self.preview.columns))
        self._ask_name(judged)

    # -- what letters call it ----------------------------------------------------------------------------

    def _ask_name(self, judged: JudgedRow[Any] | None) -> None:
        """The name for letters of the row the keyboard stands on; what is being typed is left alone."""
        draft = judged.draft if judged is not None and self._kind.rename is not None and self._done is None else None
        self.naming.setVisible(draft is not None)
        if judged is not None and draft is not None and judged.number != self._asked_of:
            self._asked_of, self._quiet = judged.number, True
            self.naming.set_values({LETTER_NAME: draft.letter_name})
            self._quiet = False

    def _name_typed(self) -> None:
        if self._quiet or self._kind.rename is None or self.preview is None or self._done is not None:
            return
        self._typed[self._asked_of] = self.naming.raw().get(LETTER_NAME, "")
        plan = self._kind.rename(self.preview.plan, self._asked_of, self._typed[self._asked_of])
        self.preview = replace(self.preview, plan=plan)
        self._follow.start()

    def _show_typed(self) -> None:
        """The rows that were shown, with what was typed meanwhile; none of them leaves while it is typed in."""
        if self.preview is None:
            return
        at, shown = self.rows.current_key(), set(self._at)
        self._list([row for row in self.preview.plan.rows if row.number in shown])
        self.rows.select(at)
        self._fill_chips(self.preview.plan)
        self._tell_row()

    def _with_typed(self, plan: Plan[Any]) -> Plan[Any]:
        """What was typed of a row stays when its columns are read otherwise."""
        if self._kind.rename is not None:
            for number, name in self._typed.items():
                plan = self._kind.rename(plan, number, name)
        return plan

    def _fill_chips(self, plan: Plan[Any]) -> None:
        counts: dict[str, int] = {"": len(plan.rows), TO_CHECK: len(plan.flagged())}
        counts.update({str(verdict): count for verdict, count in plan.counts.items()})
        names: dict[str, str] = {"": _("all"), TO_CHECK: _("to look at")}
        names.update({str(verdict): _(name) for verdict, name in VERDICT_NAMES.items()})
        for key, chip in self._chips.items():
            text = f"{names[key]} {counts[key]}"
            chip.setText(text)
            chip.setAccessibleName(text)
            chip.setVisible(counts[key] > 0)
        if self._shown and not counts[self._shown]:
            self._shown = ""
        for key, chip in self._chips.items():
            chip.setChecked(key == self._shown)

    # -- columns -----------------------------------------------------------------------------------------

    def _fill_columns(self, preview: Preview[Any]) -> None:
        found = preview.columns
        self._quiet = True
        self.fields.set_values({name: found.columns.get(name) for name in self._kind.fields})
        if not self._unnamed and not found.header_number:
            self._unnamed = True
            self.fields.set_values({NAMES_FIRST: True})
        self.fields.show_field(NAMES_FIRST, self._unnamed)
        self._quiet = False
        unused = ", ".join(found.unused())
        known = len(found.columns)
        text = _("Columns: {known} of {all} recognised").format(known=known, all=sum(map(bool, found.headers)))
        self.fold.setText(text)
        self.fold.setAccessibleName(text)
        self.unused.setText(_("Not read: {names}").format(names=unused))
        self.unused.setVisible(bool(unused))

    def _column_options(self) -> Sequence[tuple[int, str]]:
        if self.preview is None:
            return []
        width = max(self.preview.sheet.width, len(self.preview.columns.headers))
        headers = [*self.preview.columns.headers, *[""] * width][:width]
        first = next(row.cells for row in self.preview.sheet.rows if not row.is_empty)
        names = [*first, *[""] * width] if self._unnamed else headers
        nameless = _("column")
        return [(at, f"{names[at] or nameless} ({column_letter(at)})") for at in range(width)]

    def _columns_changed(self) -> None:
        if self._quiet or self.preview is None:
            return
        try:
            chosen = self.fields.values()
        except Refused:
            return
        columns = before = self.preview.columns
        for name in self._kind.fields:
            if chosen.get(name) != before.columns.get(name):
                columns = columns.choose(name, chosen.get(name))
        if self._unnamed:
            columns = first_row_names(self.preview.sheet, columns, chosen[NAMES_FIRST])
        if columns != before:
            self._done = None
            self._look(self.preview, columns)

    def _turn_columns(self) -> None:
        self.columns.setHidden(not self.columns.isHidden())

    # -- parts -------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.choose_button = parts.button(_("Choose a file"), "primary", "folder-open", self.choose, "Ctrl+O")
        self.take_button = parts.button(_("Take over"), "primary", "check", self.take_over, "Ctrl+Return")
        self.save_rejected = parts.button(_("Save the rows left out"), "link", "download-simple", self.store_rejected)
        self.notice = Notice()
        need = _("One row with the names of the columns is enough; titles and empty rows above it do no harm.")
        self.explain = parts.card("", parts.label(self._kind.explain), parts.label(need, "muted"))
        self.about = self._about_part()
        self.columns = self._columns_part()
        self.looked = self._rows_part()
        for part in (self.about, self.columns, self.looked, self.take_button, self.save_rejected):
            part.hide()
        layout = QVBoxLayout(self)
        theme.space(layout, 12, (24, 16, 24, 16))
        head = parts.header(self.title, self.choose_button, self.take_button)
        parts.fill(layout, head, self.explain, self.notice, self.about, self.columns)
        layout.addWidget(self.looked, 1)
        layout.addStretch(0)

    def _about_part(self) -> QWidget:
        """The file on the left, what was made of its columns on the right."""
        self.file = parts.label("", "muted")
        self.fold = parts.button("", "link", "columns", self._turn_columns)
        made = QWidget()
        layout = QHBoxLayout(made)
        theme.space(layout, 8)
        layout.addWidget(self.file, 1)
        layout.addWidget(self.fold)
        return made

    def _columns_part(self) -> QWidget:
        choices: list[Item] = [Choice(name, _(FIELD_NAMES[name]), self._column_options) for name in self._kind.fields]
        names_first = Check(NAMES_FIRST, _("The first row holds the names of the columns"), width=2)
        self.fields = FieldGroup([*choices, names_first], columns=4)
        self.fields.edited.connect(self._columns_changed)
        self.unused = parts.label("", "help")
        explain = parts.label(_("Which of your columns holds what? The rows below follow at once."), "help")
        return parts.card(_("Columns"), explain, self.fields, self.unused)

    def _rows_part(self) -> QWidget:
        self.totals = parts.label("", "strong")
        bar = QWidget()
        flow = Flow(bar)
        theme.space(flow, 8)
        for key in ("", TO_CHECK, *TONES):
            chip = parts.button(key, "chip", on=partial(self.show_only, key))
            chip.setCheckable(True)
            self._chips[key] = chip
            flow.addWidget(chip)
        flow.addWidget(self.save_rejected)
        self.rows = Rows(_("Rows of the file"))
        self.rows.setMinimumHeight(theme.px(LIST_HEIGHT))
        self.rows.selectionModel().currentChanged.connect(self._tell_row)
        self.row_title = parts.label("", "card_title")
        self.row_why = parts.label("", "doubt")
        self.row_cells = parts.label("")
        self.naming = self._naming_part()
        detail = parts.card("", self.row_title, self.row_why, self.naming, self.row_cells, None)
        made = QWidget()
        layout = QVBoxLayout(made)
        theme.space(layout, 8)
        parts.fill(layout, self.totals, bar)
        layout.addWidget(parts.Beside(self.rows, detail, shares=(7, 3)), 1)
        return made

    def _naming_part(self) -> FieldGroup:
        """What letters call the activity of a row, and how that reads."""
        named = FieldGroup([Text(LETTER_NAME, _(FIELD_NAMES[LETTER_NAME]), echo=in_a_letter)], columns=1)
        named.edited.connect(self._name_typed)
        named.hide()
        return named

    def _set_buttons(self) -> None:
        new = self.preview.plan.counts["new"] if self.preview is not None else 0
        ready = self.preview is not None and self._done is None
        self.take_button.setVisible(ready)
        self.take_button.setEnabled(new > 0 and not self._busy)
        text = ngettext("Take over {n} row", "Take over {n} rows", new).format(n=new) if new else _("Nothing new")
        self.take_button.setText(text)
        self.take_button.setAccessibleName(text)
        self.choose_button.setEnabled(not self._busy)
        self.choose_button.setText(_("Choose another file") if self.preview is not None else _("Choose a file"))
        self.choose_button.setProperty("role", "" if self.preview is not None else "primary")
        theme.restyle(self.choose_button)
        icons.dress(self.choose_button, "folder-open", "text" if self.preview is not None else "on_primary")
        self.explain.setVisible(self.preview is None)
        self.about.setVisible(self.preview is not None)

    def _set_busy(self, busy: bool) -> None:
        """A button that goes grey lets go of the keyboard; when work ends it comes back to what can be done now."""
        held = self.choose_button.hasFocus() or self.take_button.hasFocus()
        self._keyboard_left |= busy and held
        self._busy = busy
        self._set_buttons()
        if not busy and self._keyboard_left:
            self._keyboard_left = False
            if not self.notice.answers():
                ready = self.take_button.isVisible() and self.take_button.isEnabled()
                (self.take_button if ready else self.choose_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow_work(self, busy: bool) -> None:
        """When work ends without storing (no backup could be made, stopped), staff can press again."""
        self._set_busy(busy)

    def first_focus(self) -> QWidget | None:
        return self.choose_button

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.read(Path(paths[0]))


def _take_back(by: Any, audit_id: int, _progress: Callable[[int, int], None]) -> str:
    return undo(by, audit_id)


def totals_in_words(plan: Plan[Any]) -> str:
    """31 rows: 24 new, 2 joined, ... that add up to the whole file."""
    counts = plan.counts
    words = [f"{counts[verdict]} {_(name)}" for verdict, name in VERDICT_NAMES.items() if counts[verdict]]
    rows = ngettext("{n} row read", "{n} rows read", len(plan.rows)).format(n=len(plan.rows))
    return f"{rows}: {', '.join(words)}." if words else rows


def _about_file(preview: Preview[Any]) -> str:
    """Which file and sheet this is, and which sheets were left aside."""
    words = [preview.file]
    if preview.sheet.name and preview.sheet.name != Path(preview.file).stem:
        words.append(_("sheet {name}").format(name=preview.sheet.name))
    if preview.sheet.other_sheets:
        words.append(_("not read: {names}").format(names=", ".join(preview.sheet.other_sheets)))
    return " · ".join(words)


def _cells(judged: JudgedRow[Any]) -> str:
    filled = [cell for cell in judged.cells if cell]
    return " · ".join(" ".join(cell.split()) for cell in filled[:SHOWN_CELLS])


def _facts(judged: JudgedRow[Any], columns: ColumnMap) -> str:
    """The row as it stands in the file, each cell with the name of its column."""
    headers = [*columns.headers, *[""] * len(judged.cells)]
    return "\n".join(f"{headers[at]}: {cell}" if headers[at] else cell for at, cell in enumerate(judged.cells) if cell)


# ---- the two kinds


def _describe_practice(row: PracticeRow) -> tuple[str, str]:
    people = ", ".join(
        full(Name(each.form_of_address, each.initials, each.first_name, each.tussenvoegsel, each.surname, ""))
        for each in row.contacts
    )
    return row.name, " · ".join(part for part in (row.town, people) if part)


def _describe_activity(row: ActivityRow) -> tuple[str, str]:
    facts = (row.neighbourhood, show_schedules(row.schedules) or row.schedule_text, show_price(row.price))
    return row.title, " · ".join(part for part in facts if part)


def _stored_practices(done: Imported) -> str:
    practices = ngettext("{n} practice", "{n} practices", done.rows).format(n=done.rows)
    contacts = ngettext("{n} contact", "{n} contacts", done.contacts).format(n=done.contacts)
    return _("Taken over: {practices} with {contacts}.").format(practices=practices, contacts=contacts)


def _stored_activities(done: Imported) -> str:
    activities = ngettext("{n} activity", "{n} activities", done.rows).format(n=done.rows)
    return _("Taken over: {activities}.").format(activities=activities)


def import_practices_page(office: Office) -> ImportPage:
    """A list of practices from a file."""
    return ImportPage(office, Kind(
        title=_("Read practices from a file"),
        explain=_(
            "Choose a spreadsheet or CSV file, or drop it here. You see every row before anything is stored; "
            "several doctors in one cell become separate contacts."
        ),
        place="practices", first_field="name", fields=tuple(PRACTICE_FIELDS), plan=plan_practices,
        store=import_practices, describe=_describe_practice, stored=_stored_practices, go_on=_("To the practices"),
    ))  # fmt: skip


def import_activities_page(office: Office) -> ImportPage:
    """A list of activities from a file."""
    return ImportPage(office, Kind(
        title=_("Read activities from a file"),
        explain=_(
            "Choose a spreadsheet or CSV file, or drop it here. You see every row before anything is stored; "
            "what cannot be read as a time or price is kept as text."
        ),
        place="activities", first_field="title", fields=tuple(ACTIVITY_FIELDS), plan=plan_activities,
        store=import_activities, describe=_describe_activity, stored=_stored_activities, go_on=_("To the catalogue"),
        rename=renamed,
    ))  # fmt: skip


def ask_file(parent: QWidget) -> str:
    kinds = _("Spreadsheets and lists ({patterns})").format(patterns=FILES)
    return QFileDialog.getOpenFileName(parent, _("Choose a file"), "", kinds + ";;" + _("All files") + " (*)")[0]


def ask_target(parent: QWidget, name: str) -> str:
    return QFileDialog.getSaveFileName(parent, _("Save the rows left out"), name, "Excel (*.xlsx)")[0]


PAGES: dict[str, PageMaker] = {
    "import_practices": import_practices_page,
    "import_activities": import_activities_page,
}
