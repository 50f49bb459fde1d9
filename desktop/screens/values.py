"""What practices get back for their vouchers, per quarter: one page, or those of all practices. Knows no figure."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.actions import values as actions
from desktop.actions.values import PrintedValues
from desktop.errors import Refused
from desktop.language import _, ngettext
from desktop.rules.dates import show_date
from desktop.rules.quiet_practices import last_words
from desktop.rules.valuepage import Own
from desktop.rules.values import FEWEST, Quarter, Values, last_fixed, read_quarter, to_choose
from desktop.screens.facts import fact_lines
from desktop.screens.office import Office, PageMaker
from desktop.screens.papers import PaperPlace
from desktop.storage.models import Practice
from desktop.storage.practices import find_practice
from desktop.storage.quiet_practices import last_received
from desktop.storage.values import count_values, list_merged, list_valued
from desktop.widgets import parts, theme
from desktop.widgets.fields import Check, Choice
from desktop.widgets.group import LARGE_TYPE, FieldGroup
from desktop.widgets.pages import Page
from desktop.widgets.rows import Row, Rows


class _OfQuarter(Page):
    """A page about one quarter, the last one that was counted until another is chosen."""

    place = "practices"

    def __init__(self, office: Office, quarter: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self._office = office
        self.quarter = read_quarter(quarter) if quarter else last_fixed(office.today)

    def choice(self) -> Choice:
        codes = [(each.code, _quarter_words(each)) for each in to_choose(self._office.today)]
        return Choice("quarter", _("Quarter"), lambda: codes, required=True)

    def chosen(self, group: FieldGroup) -> bool:
        """Take over what was chosen; False while it cannot be read."""
        try:
            self.quarter = read_quarter(group.editor("quarter").value())
        except Refused:
            return False
        return True


class ValuePage(_OfQuarter):
    """The page of results of one practice, as it comes from the printer."""

    def __init__(self, office: Office, practice_id: int, quarter: str = "") -> None:
        super().__init__(office, quarter)
        self._id = practice_id
        found = office.desk.look(find_practice, practice_id)
        self.title = _("Results for {practice}").format(practice=found.name if found is not None else "")
        self._group = FieldGroup([self.choice()], columns=1)
        self._group.set_values({"quarter": self.quarter.code})
        self._group.edited.connect(self._choose)
        self.paper = PaperPlace()
        self._said = QVBoxLayout()
        theme.space(self._said, 8)
        said = QWidget()
        said.setLayout(self._said)
        layout = QVBoxLayout(self)
        theme.space(layout, 10, (24, 16, 24, 12))
        left = parts.column(self._group, said, None)
        parts.fill(layout, parts.title(self.title), parts.Beside(left, self.paper, (1, 2)))
        layout.setStretch(1, 1)
        self._show()

    def first_focus(self) -> QWidget | None:
        paper = self.paper.paper()
        if theme.percent() >= LARGE_TYPE:  # there the paper is far below: the keyboard starts where one can see it
            paper = None
        return paper.print_button if paper is not None else self._group.editor("quarter").focus_widget()

    def _choose(self) -> None:
        before = self.quarter
        if self.chosen(self._group) and self.quarter != before:
            self._show()

    def _show(self) -> None:
        made = self._office.desk.look(actions.value_page, self._id, self.quarter)
        if made is not None:
            self.paper.show_paper(made.pdf, f"resultaten-{self.quarter.code}.pdf")
            self._say(made)
        else:
            self.paper.say(_("This page could not be made. Why stands in the message line."))

    def _say(self, made: PrintedValues) -> None:
        """The figures beside the paper as well, and those the paper leaves out: who sees them here knows the cases."""
        page = made.page
        while (item := self._said.takeAt(0)) is not None:
            if (shown := item.widget()) is not None:
                shown.hide()
                shown.setParent(None)
                shown.deleteLater()
        if page is not None:
            facts = fact_lines([(each.name, each.figure) for each in page.figures])
            card = parts.card(_("What the practice sees"), *(facts or [parts.label(page.intro)]))
            self._said.addWidget(card)
            card.show()
            own = _own_card(made.own, made.kept)
            self._said.addWidget(own)
            own.show()


class ValuePages(_OfQuarter):
    """Every practice with how many vouchers it sent; one button makes all pages."""

    def __init__(self, office: Office, quarter: str = "") -> None:
        super().__init__(office, quarter)
        self.title = _("Results for the practices")
        self._wanted: list[int] = []
        self._silent: set[int] = set()
        self._making = False
        few = Check("few", _("Also practices with fewer than 5 vouchers: their letter has no figures"), width=2)
        self._group = FieldGroup([self.choice(), few])
        self._group.set_values({"quarter": self.quarter.code, "few": False})
        self._group.edited.connect(self._choose)
        self._all = parts.button(_("All pages in one PDF"), "primary", "printer", self._make)
        self._words = parts.label("", "muted")
        self.rows = Rows(self.title, grow=True)
        self.rows.chosen.connect(self._open)
        self.rows.acted.connect(self._act)
        layout = QVBoxLayout(self)
        theme.space(layout, 10, (24, 16, 24, 16))
        parts.fill(layout, parts.header(self.title, self._all), self._group, self._words, self.rows, None)
        self.refresh()

    def refresh(self) -> None:
        merged = self._office.desk.look(list_merged, self.quarter) or []
        practices = [*(self._office.desk.look(list_valued) or []), *merged]
        ids = [each.id for each in practices]
        figures = self._office.desk.look(count_values, self.quarter, self._office.today, ids) or {}
        few = bool(self._group.editor("few").value())
        shown = sorted((each for each in practices if each.id in figures), key=lambda each: -figures[each.id].received)
        fixed = self.quarter.fixed_on <= self._office.today
        self._wanted = [each.id for each in shown if fixed and _has_page(figures[each.id], few)]
        last: Mapping[int, date] = self._office.desk.look(last_received, ids) or {}
        self._silent = {each for each in ids if each not in last or last[each] < self.quarter.first}
        self.rows.set_rows([
            _row(each, figures[each.id], last.get(each.id), each.id in self._silent) for each in shown
        ])  # fmt: skip
        self.rows.setVisible(bool(shown))
        self._all.setEnabled(bool(self._wanted))
        self._words.setText(self._pages_words(len(self._wanted)))

    def _pages_words(self, n: int) -> str:
        if self._office.today < self.quarter.fixed_on:
            day = show_date(self.quarter.fixed_on)
            return _("From {day} the figures change no more: then there are pages.").format(day=day)
        if not n:
            return _("No practice sent five vouchers or more in this quarter.")
        return ngettext("{n} page", "{n} pages", n).format(n=n)

    def first_focus(self) -> QWidget | None:
        return self.rows if self.rows.rows() else self._group.editor("quarter").focus_widget()

    def _choose(self) -> None:
        if self.chosen(self._group):
            self.refresh()

    def _open(self, practice_id: int) -> None:
        self._office.open("value_page", practice_id=practice_id, quarter=self.quarter.code)

    def _act(self, practice_id: int) -> None:
        """Who sent nobody, nor since, gets a talk; the others a page."""
        if practice_id in self._silent:
            self._office.open("quiet_practice", practice_id=practice_id)
        else:
            self._open(practice_id)

    def _make(self) -> None:
        """Pressed twice it makes them once."""
        if self._making:
            return
        self._making = True
        self._office.desk.perform_in_background(
            actions.value_pages, self.quarter, self._wanted, title=_("Making the pages"), done=self._made,
            ended=self._all_made, writes=False,
        )  # fmt: skip

    def _all_made(self) -> None:
        self._making = False

    def _made(self, made: PrintedValues) -> None:
        self._office.open("preview", title=self.title, pdf=made.pdf)


def _own_card(lines: Sequence[Own], kept: bool) -> QWidget:
    """Every figure as it is; what the paper leaves out is said, and why."""
    hidden = _("not on paper")
    shown = [(each.name, f"{each.figure} · {hidden}" if each.left_out else each.figure) for each in lines]
    why = _("Figures of 1 to 4 people are not on paper: somebody could be recognised by them. You know the cases.")
    since = _("Kept as they were: since then data were destroyed, or two were merged into one.")
    told = [parts.label(why, "help")] if any(each.left_out for each in lines) else []
    told += [parts.label(since, "help")] if kept else []
    return parts.card(_("For ourselves"), *fact_lines(shown), *told)


def _has_page(values: Values, few: bool) -> bool:
    """Whoever sent nobody gets no letter; whoever sent few only when that is wanted."""
    return values.received >= FEWEST or (few and values.received > 0)


def _row(practice: Practice, values: Values, last_on: date | None, silent: bool) -> Row:
    pill = "" if practice.street and practice.town else _("no address")
    return Row(
        practice.id,
        "first-aid-kit",
        practice.name,
        subtitle=_sent_words(practice, values, last_on),
        pill=pill or ("" if last_on is not None or values.received else _("never yet")),
        tone="soon",
        action=_("Prepare the talk") if silent else _("Look at it"),
    )


def _sent_words(practice: Practice, values: Values, last_on: date | None) -> str:
    """Who sent nobody is a line as well, with when somebody came for the last time."""
    if not values.received:
        last = last_words(last_on) if last_on is not None else ""
        return " · ".join(filter(None, (_("sent nobody: time for a talk"), last)))
    many = ngettext("{n} voucher", "{n} vouchers", values.received).format(n=values.received)
    merged = _("merged since") if practice.merged_into_id is not None else ""
    return " · ".join(filter(None, (many, _("{n} started").format(n=values.started), merged)))


def _quarter_words(quarter: Quarter) -> str:
    return _("Quarter {n} of {year}").format(n=quarter.number, year=quarter.year)


PAGES: dict[str, PageMaker] = {"value_page": ValuePage, "value_pages": ValuePages}
