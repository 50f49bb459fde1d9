"""The history of a record, field by field, and the list of one's own last actions to take back."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import clock
from desktop.actions.log import open_history
from desktop.actions.undo import WITHIN, undo
from desktop.language import _, ngettext
from desktop.rules.history import KINDS, Step
from desktop.rules.log import said
from desktop.rules.names import fold
from desktop.rules.staff import Member
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import Gone
from desktop.storage.history import Undoable, find_name, history, list_undoable
from desktop.widgets import parts, theme
from desktop.widgets.listing import ListPage
from desktop.widgets.pages import Page
from desktop.widgets.records import Column
from desktop.widgets.rows import Row, Rows

PLACES = {"person": "people", "voucher": "vouchers", "practice": "practices", "activity": "activities",
          "letter": "letters"}  # fmt: skip
ORDERS: Mapping[str, Callable[[Step], Any]] = {
    "at": lambda step: (step.at, -step.id),
    "who": lambda step: fold(step.who),
    "what": lambda step: fold(step.what),
    "field": lambda step: fold(step.field),
}


class _Steps:
    """The steps of one record, asked once and again when something changed, narrowed and sorted as asked."""

    def __init__(self, kind: str, record_id: int) -> None:
        self._kind, self._record_id = kind, record_id
        self._steps: dict[int, Step] = {}

    def ids(self, by: Member, text: str, _filters: Mapping[str, Any], sort: str, descending: bool) -> list[int]:
        self._steps = {step.id: step for step in history(by, self._kind, self._record_id)}
        words = fold(text).split()
        found = [step for step in self._steps.values() if all(word in _all_words(step) for word in words)]
        found.sort(key=ORDERS.get(sort, ORDERS["at"]), reverse=descending)
        return [step.id for step in found]

    def fetch(self, _by: Member, ids: Sequence[int]) -> list[Step]:
        return [self._steps[each] for each in ids if each in self._steps]


def record_history(office: Office, kind: str, record_id: int) -> Page:
    """Per field who changed it, when, from what to what; looking at it leaves a line in the log."""
    if office.desk.look(open_history, kind, record_id) is None:
        return Gone(_("History of changes"))
    steps = _Steps(kind, record_id)
    whose = office.desk.look(find_name, kind, record_id)
    page = ListPage(
        office.desk,
        _("History of changes: {name}").format(name=whose or _(KINDS[kind])),
        [
            Column("at", _("When"), _when, width=17),
            Column("who", _("By whom"), lambda step: step.who, width=16),
            Column("what", _("Of what"), lambda step: step.what, width=20),
            Column("field", _("Field"), lambda step: step.field or said(step.deed), width=24),
            Column("old", _("Was"), lambda step: _one_line(step.old), width=24, sortable=False),
            Column("new", _("Became"), lambda step: _one_line(step.new), width=24, sortable=False),
            Column("deed", _("During"), lambda step: said(step.deed), width=22, sortable=False, shown=False),
        ],
        steps.ids,
        steps.fetch,
        empty=(_("Nothing was changed here yet."), None),
        counted=lambda count: ngettext("{n} change", "{n} changes", count).format(n=count),
        name="history",
        settings=office.settings,
        sort="at",
        descending=True,
        placeholder=_("Field, colleague or word"),
        place=PLACES.get(kind, "settings"),
    )
    return page


def _when(step: Step) -> str:
    return clock.local(step.at).strftime("%d-%m-%Y %H:%M")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _all_words(step: Step) -> str:
    return fold(" ".join((step.who, step.what, step.field, step.old, step.new, said(step.deed), _when(step))))


# ---- undo


class UndoList(Page):
    """One's own actions of the last day, newest first: each with its button, or with the reason why not."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office, self.title, self.place = office, _("Undo"), "settings"
        self.setObjectName("page")
        self.rows = Rows(_("Undo"), grow=True)
        self.rows.acted.connect(self._act)
        self._nothing = parts.label(_("There is nothing of yours to undo."), "muted")
        explain = _(
            "What you did in the last 24 hours, at most 50 steps. Ctrl+Z takes back the last one. What a colleague "
            "did stays theirs to take back."
        )
        layout = QVBoxLayout(self)
        theme.space(layout, 0)
        layout.addWidget(
            parts.column(parts.title(self.title), parts.label(explain, "muted"), self._nothing, self.rows, None,
                         gap=12, margins=(24, 16, 24, 16))
        )  # fmt: skip
        self.refresh()

    def refresh(self) -> None:
        steps = self._office.desk.look(list_undoable, clock.now() - WITHIN) or []
        self.rows.set_rows([_row(step) for step in steps])
        self.rows.setVisible(bool(steps))
        self._nothing.setVisible(not steps)

    def first_focus(self) -> QWidget | None:
        return self.rows

    def _act(self, audit_id: int) -> None:
        row = next((each for each in self.rows.rows() if each.key == audit_id), None)
        if row is not None and row.action:
            self._office.desk.perform(undo, audit_id, said=_("Taken back"), undoable=False)


def _row(step: Undoable) -> Row:
    count = ngettext("{n} record", "{n} records", step.changes).format(n=step.changes)
    words = " · ".join(filter(None, (step.about, count, step.why_not)))
    local = clock.local(step.at)
    lead = f"{local:%H:%M}" if local.date() == clock.today() else f"{local:%d-%m %H:%M}"
    return Row(step.audit_id, "arrow-counter-clockwise", said(step.deed), subtitle=words, lead=lead,
               action="" if step.why_not else _("Undo"))  # fmt: skip


PAGES: dict[str, PageMaker] = {"history": record_history, "undo_list": UndoList}
