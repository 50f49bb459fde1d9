"""The access log for the coordinator: its lines, its check, a month on paper, and who looked at one person."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop import clock
from desktop.actions.log import check_log, month_report, read_log, who_looked_list
from desktop.language import _, ngettext
from desktop.rules.codes import options
from desktop.rules.log import KINDS, LogLine, Looked, Verdict, kind_of, said, verdict_words
from desktop.rules.names import full
from desktop.rules.staff import COORDINATOR, Member
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import Gone
from desktop.storage.log import fetch_log, list_log, list_log_staff, who_looked
from desktop.storage.people import find_person
from desktop.widgets import parts, theme
from desktop.widgets.listing import Filter, ListPage
from desktop.widgets.notice import Notice
from desktop.widgets.pages import Page
from desktop.widgets.preview import Preview
from desktop.widgets.records import Column
from desktop.widgets.rows import Row, Rows

TONES = {"failure": "late", "roles": "soon"}
ICONS = {"view": "eye", "print": "printer", "export": "download-simple", "change": "pencil-simple"}


class LogPage(ListPage):
    """Every line of the log; opening this page is one of them."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._may = office.desk.by is not None and office.desk.by.may(COORDINATOR)
        if self._may:
            office.desk.look(read_log)
        self.verdict = Notice()
        check = parts.button(_("Check the log"), icon="check-circle", on=self.check)
        month = parts.button(_("Month report"), icon="printer", on=self._month)
        super().__init__(
            office.desk,
            _("Access log"),
            [
                Column("at", _("When"), _when, width=18),
                Column("who", _("By whom"), lambda line: line.who, width=16),
                Column("roles", _("Role"), lambda line: line.roles, width=24, sortable=False),
                Column("what", _("What"), lambda line: said(line.name), width=26, tone=_tone),
                Column("about", _("About"), lambda line: line.about, width=22, sortable=False),
                Column("station", _("Computer"), lambda line: line.station, width=10, sortable=False),
            ],
            _ids if self._may else _nothing,
            fetch_log,
            buttons=(month, check),
            filters=(
                Filter("kind", _("Kind"), partial(options, KINDS), _("Everything")),
                Filter("staff", _("Colleague"), self._staff, _("All colleagues")),
                Filter("days", _("Since"), _days, _("From the beginning")),
            ),
            empty=(_("Nothing here yet."), None),
            counted=lambda count: ngettext("{n} line", "{n} lines", count).format(n=count),
            name="access_log",
            settings=office.settings,
            sort="at",
            descending=True,
            placeholder=_("Participant or deed"),
            place="settings",
        )
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(2, self.verdict)

    def check(self) -> None:
        """Walk the whole chain, also past what the backups remember of it; the window stays alive meanwhile."""
        self.verdict.say(_("The log is being checked."), "soon")
        self._office.desk.perform_in_background(
            check_log, self._office.folder, title=_("Checking the log"), done=self._checked, writes=False
        )

    def _checked(self, verdict: Verdict) -> None:
        self.verdict.say(verdict_words(verdict), "well" if verdict.sound else "late")
        self.refresh()

    def _month(self) -> None:
        make_month(self._office, self._office.today)

    def _staff(self) -> list[tuple[int, str]]:
        return (self._office.desk.look(list_log_staff) or []) if self._may else []


def _ids(by: Member, text: str, filters: Mapping[str, Any], sort: str, descending: bool) -> list[int]:
    return list_log(by, text, filters, sort, descending)


def _nothing(_by: Member, *_asked: Any) -> list[int]:
    return []


def _days() -> list[tuple[int, str]]:
    return [(1, _("The last day")), (7, _("The last week")), (31, _("The last month")), (366, _("The last year"))]


def _when(line: LogLine) -> str:
    return clock.local(line.at).strftime("%d-%m-%Y %H:%M:%S")


def _tone(line: LogLine) -> str:
    return TONES.get(kind_of(line.name), "")


def make_month(office: Office, month: date) -> None:
    """The report of a month, made in the background and then shown."""

    def show(pdf: bytes) -> None:
        office.open("log_month", month=month, pdf=pdf)

    office.desk.perform_in_background(
        month_report, month, office.folder, title=_("Making the month report"), done=show, writes=False
    )


def log_month(office: Office, month: date | None = None, pdf: bytes | None = None) -> Page:
    """A month in numbers with the end of the chain, this month unless another one is asked for."""
    wanted = (month or office.today).replace(day=1)
    pdf = pdf or office.desk.look(month_report, wanted, office.folder)
    if pdf is None:
        return Gone(_("Month report"))
    before = wanted - timedelta(days=1)
    earlier = parts.button(_("The month before"), on=partial(make_month, office, before))
    return Preview(
        _("Access log of {month}").format(month=f"{wanted:%m-%Y}"),
        pdf,
        f"toegangslog-{wanted:%Y-%m}.pdf",
        buttons=[earlier],
    )


class WhoLooked(Page):
    """Who looked at or changed somebody's data, day by day, to print for whoever asks."""

    def __init__(self, office: Office, person_id: int) -> None:
        super().__init__()
        self._office, self._person_id, self.place = office, person_id, "people"
        self.setObjectName("page")
        person = office.desk.look(find_person, person_id)
        self.title = _("Who looked: {name}").format(name=full(person.known_as) if person is not None else "")
        self.rows = Rows(_("Who looked"), grow=True)
        self.print = parts.button(_("Print for the participant"), "primary", "printer", self._print)
        explain = _("Each day on which somebody looked at, changed or printed these data, with who it was.")
        layout = QVBoxLayout(self)
        theme.space(layout, 0)
        layout.addWidget(
            parts.column(parts.header(self.title, self.print, under=explain), self.rows, None,
                         gap=12, margins=(24, 16, 24, 16))
        )  # fmt: skip
        self.refresh()

    def refresh(self) -> None:
        lines = self._office.desk.look(who_looked, self._person_id) or []
        self.rows.set_rows([_looked_row(number, line) for number, line in enumerate(lines)])

    def first_focus(self) -> QWidget | None:
        return self.print

    def _print(self) -> None:
        made = self._office.desk.look(who_looked_list, self._person_id)
        if made is not None:
            self._office.open("preview", title=self.title, pdf=made.pdf, file_name="wie-heeft-bekeken.pdf")


def _looked_row(number: int, line: Looked) -> Row:
    what = _("{what}, {n} times").format(what=line.what, n=line.times) if line.times > 1 else line.what
    return Row(number, "user", line.who, subtitle=" · ".join(filter(None, (what, line.roles))),
               lead=f"{line.day:%d-%m-%Y}")  # fmt: skip


PAGES: dict[str, PageMaker] = {"access_log": LogPage, "log_month": log_month, "who_looked": WhoLooked}
