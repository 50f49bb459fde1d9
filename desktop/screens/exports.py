"""A list leaves the program: first the reason, then where to. Must not know which list."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QFileDialog

from desktop.actions.exports import ExportDraft, as_table, check_reason, export_list
from desktop.errors import Refused
from desktop.language import _, ngettext
from desktop.rules.staff import Member
from desktop.screens.office import Office, PageMaker
from desktop.widgets import parts
from desktop.widgets.fields import Text
from desktop.widgets.form import Card, Form
from desktop.widgets.preview import write_file

Choose = Callable[[str], str]
Cells = Callable[[], tuple[list[str], list[list[str]]]]


def export(office: Office, title: str, lines: int, cells: Cells, choose_file: Choose | None = None) -> Form:
    """Ask what the list is for; saving asks where it goes."""
    said = ngettext("{n} row", "{n} rows", lines).format(n=lines)
    explain = _(
        "The list leaves the program and is then no longer protected by it. Keep it as short as needed. The "
        "log keeps who took it, when and why."
    )
    form = Form(
        office.desk,
        _("Export: {title}").format(title=title),
        [Card(said, [Text("reason", _("What is the list for?"), width=3, required=True, limit=300)])],
        ExportDraft,
        partial(_save, cells, choose_file or ask_file),
        values={"what": title, "lines": lines},
        key=f"export:{title}",
        said=_("Exported"),
        save_text=_("Choose a file and export"),
        side=parts.column(parts.card(_("Mind"), parts.label(explain, "muted")), None),
    )
    form.form_key = ""  # a list that was open then is not open when somebody comes back
    return form


def _save(cells: Cells, choose_file: Choose, by: Member, draft: ExportDraft) -> Any:
    """The log first: what could not be logged does not leave."""
    check_reason(draft)
    path = choose_file(f"{draft.what.lower().replace(' ', '-')}.xlsx")
    if not path:
        raise Refused(_("No file was chosen; nothing left the program."))
    titles, rows = cells()
    made = export_list(by, draft)
    if not write_file(path, as_table(draft.what, titles, rows)):
        raise Refused(reason=_("The file could not be written there. Choose another folder."))
    return made


def ask_file(name: str) -> str:
    path, _filter = QFileDialog.getSaveFileName(None, _("Export"), name, "Excel (*.xlsx)")
    return path


PAGES: dict[str, PageMaker] = {"export": export}
