"""Who may be on file twice, the two side by side, and making them one."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.actions.merge import keep_apart, merge_people, merge_practices
from desktop.language import _, ngettext
from desktop.rules.dates import show_birth_date
from desktop.rules.history import KINDS
from desktop.rules.merge import BOTH, KEPT, OTHER, Difference, MergeDraft
from desktop.rules.names import full
from desktop.rules.staff import Member
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import Gone
from desktop.storage.merge import Pair, both, differences, list_same_people
from desktop.storage.people import fetch_people, list_people
from desktop.storage.practices import fetch_practices, list_practices
from desktop.widgets import parts, theme
from desktop.widgets.fields import Heading, Item, Switch
from desktop.widgets.form import Card, Extra, Form
from desktop.widgets.listing import ListPage
from desktop.widgets.pages import Page
from desktop.widgets.records import Column
from desktop.widgets.rows import Row, Rows

LONGEST = 60
MERGES = {"person": merge_people, "practice": merge_practices}
PLACES = {"person": "people", "practice": "practices"}


class SamePeople(Page):
    """Pairs that look like one person, likeliest first; staff decide, pair by pair."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office, self.title, self.place = office, _("Perhaps the same person"), "settings"
        self.setObjectName("page")
        self._pairs: list[Pair] = []
        self.rows = Rows(self.title, grow=True)
        self.rows.acted.connect(self._compare)
        self.rows.chosen.connect(self._compare)
        self._nothing = parts.label(_("Nobody seems to be on file twice."), "muted")
        explain = _("Who is merged keeps every voucher, letter and consent of both. It can be undone.")
        layout = QVBoxLayout(self)
        theme.space(layout, 0)
        layout.addWidget(
            parts.column(parts.title(self.title), parts.label(explain, "muted"), self._nothing, self.rows, None,
                         gap=12, margins=(24, 16, 24, 16))
        )  # fmt: skip
        self.refresh()

    def refresh(self) -> None:
        self._pairs = self._office.desk.look(list_same_people) or []
        self.rows.set_rows([
            Row(number, "users", pair.name, subtitle=" · ".join((pair.other_name, *pair.why)), action=_("Compare"))
            for number, pair in enumerate(self._pairs)
        ])  # fmt: skip
        self.rows.setVisible(bool(self._pairs))
        self._nothing.setVisible(not self._pairs)

    def first_focus(self) -> QWidget | None:
        return self.rows

    def _compare(self, number: int) -> None:
        pair = self._pairs[number]
        self._office.open("merge", kind="person", kept_id=pair.kept, other_id=pair.other)


def merge_form(office: Office, kind: str, kept_id: int, other_id: int) -> Page:
    """The two side by side: per field what stays; then one button makes them one."""
    found = office.desk.look(both, kind, kept_id, other_id)
    shown = office.desk.look(differences, kind, kept_id, other_id)
    if found is None or shown is None:
        return Gone(_("Merge"))
    fields: list[Item] = [_switch(each) for each in shown]
    if not fields:
        fields = [Heading(_("The two are the same in every field."))]
    extra = [Extra(_("The other way round"), on=partial(_turn_round, office, kind, kept_id, other_id))]
    if kind == "person":
        extra.append(Extra(_("These are two different people"), on=partial(_keep_apart, office, kept_id, other_id)))
    form = Form(
        office.desk,
        _("Make one of two: {name}").format(name=found.kept_name),
        [
            Card(_("What happens"), [Heading(text) for text in _sentences(found.kept_name, found.other_name,
                                                                          found.counts)]),
            Card(_("What stays"), fields, columns=2),
        ],
        partial(_draft, kept_id, other_id, found.kept_version, found.other_version),
        MERGES[kind],
        values={each.name: each.proposed or None for each in shown},
        key=f"merge {kind} {kept_id} {other_id}",
        keep=office.keep,
        extra_buttons=extra,
        said=_("The two are one now"),
        save_text=_("Merge"),
        place=PLACES[kind],
    )  # fmt: skip
    form.saved.connect(lambda made: office.open(kind, **{f"{kind}_id": made.id}))
    return form


def _switch(each: Difference) -> Switch:
    options = [(KEPT, _short(each.kept)), (OTHER, _short(each.other))]
    if each.may_join:
        options.append((BOTH, _("Both")))
    return Switch(each.name, each.label, options)


def _short(text: str) -> str:
    """Long notes are told apart by their beginning."""
    one = " ".join(text.split())
    return (one if len(one) <= LONGEST else one[: LONGEST - 1] + "…") or _("(empty)")


def _sentences(kept: str, other: str, counts: Mapping[str, int]) -> list[str]:
    rows = ", ".join(f"{_(KINDS[kind]).lower()} ({count}x)" for kind, count in counts.items() if kind in KINDS)
    first = _("{other} goes into {kept} and is not shown any more as somebody else.").format(other=other, kept=kept)
    goes = _("Goes along: {rows}.").format(rows=rows) if rows else _("Nothing else goes along.")
    return [first, goes]


def _draft(kept: int, other: int, kept_version: int, other_version: int, **values: Any) -> MergeDraft:
    choices = {name: value for name, value in values.items() if isinstance(value, str)}
    return MergeDraft(kept=kept, other=other, kept_version=kept_version, other_version=other_version, choices=choices)


def _turn_round(office: Office, kind: str, kept_id: int, other_id: int) -> None:
    office.open("merge", kind=kind, kept_id=other_id, other_id=kept_id)


def _keep_apart(office: Office, first: int, second: int) -> None:
    if office.desk.perform(keep_apart, first, second, said=_("Noted: two different people")) is not None:
        office.open("same_people")


# ---- choosing the other one


def merge_with(office: Office, kind: str, record_id: int) -> Page:
    """Everyone else on file, to pick who is the same."""

    def ids(by: Member, text: str, _filters: Mapping[str, Any], sort: str, descending: bool) -> list[int]:
        found = list_people(by, text, sort, descending) if kind == "person" else list_practices(
            by, text, sort, descending)  # fmt: skip
        return [each for each in found if each != record_id]

    def compare(other: Any) -> None:
        office.open("merge", kind=kind, kept_id=record_id, other_id=other.id)

    people = [
        Column("name", _("Name"), lambda each: full(each.known_as), width=30),
        Column("birth_date", _("Birth date"), lambda each: show_birth_date(each.birth_date), width=14),
        Column("town", _("Town"), lambda each: each.town, width=18),
    ]
    practices = [
        Column("name", _("Name"), lambda each: each.record.name, width=36),
        Column("town", _("Town"), lambda each: each.record.town, width=18),
        Column("agb", _("AGB code"), lambda each: each.record.agb or "", width=12),
    ]
    return ListPage(
        office.desk,
        _("With whom is this the same?"),
        people if kind == "person" else practices,
        ids,
        fetch_people if kind == "person" else fetch_practices,
        on_open=compare,
        empty=(_("Nothing found."), None),
        counted=lambda count: ngettext("{n} row", "{n} rows", count).format(n=count),
        name=f"merge_with_{kind}",
        settings=office.settings,
        sort="name",
        placeholder=_("Filter this list"),
        place=PLACES[kind],
    )


PAGES: dict[str, PageMaker] = {"same_people": SamePeople, "merge": merge_form, "merge_with": merge_with}
