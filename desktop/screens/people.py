"""Participants: the list, one person's page with the story of all deeds, and what is on file of them."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QVBoxLayout, QWidget

from desktop.actions.views import open_person
from desktop.actions.vouchers import correct_person
from desktop.drawing import hexagon
from desktop.language import _, current, ngettext
from desktop.rules.addresses import one_line, street_line
from desktop.rules.codes import (
    CLOSING_OUTCOMES,
    CONSENT_PURPOSES,
    HOLD_REASONS,
    LETTER_MOMENTS,
    MARKS,
    STATUSES,
    word,
)
from desktop.rules.dates import age, show_birth_date, show_date, show_long
from desktop.rules.deeds import HOW_INFORMED
from desktop.rules.gp import lines_of
from desktop.rules.holds import paused, standing_pause
from desktop.rules.letters_due import DueMoment
from desktop.rules.names import full
from desktop.rules.people import PersonDraft
from desktop.rules.phones import show_phone
from desktop.rules.staff import Member
from desktop.rules.tasks import Task, show_short
from desktop.screens import voucher_fields as fields
from desktop.screens.consents import case_words, doubts, position_words
from desktop.screens.doctors import known_by
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import ICONS, Gone, do_task, status_pill
from desktop.screens.voucher_fields import Choices
from desktop.storage.consents import Asked, list_asked
from desktop.storage.deeds import list_cases, list_planned
from desktop.storage.gp import find_gp
from desktop.storage.groups import seen_by_leaders
from desktop.storage.letters_due import due_of_case
from desktop.storage.models import Intake, Person, Voucher
from desktop.storage.people import fetch_people, find_person, list_people
from desktop.storage.story import find_marks, story
from desktop.storage.tasks import NextSteps, case_of, find_next_steps
from desktop.widgets import parts, theme
from desktop.widgets.fields import Heading
from desktop.widgets.flow import Flow
from desktop.widgets.form import Card, Form
from desktop.widgets.listing import ListPage
from desktop.widgets.pages import Page
from desktop.widgets.picture import PictureView
from desktop.widgets.records import Column
from desktop.widgets.rows import Row, Rows

# ---- the list


def people(office: Office) -> Page:
    """Everyone on file; typing narrows, Enter opens."""
    columns = [
        Column("name", _("Name"), lambda person: full(person.known_as), width=30),
        Column("birth_date", _("Birth date"), lambda person: show_birth_date(person.birth_date), width=14),
        Column("phone", _("Phone"), lambda person: show_phone(person.phone or person.phone2), width=16),
        Column("town", _("Town"), lambda person: person.town, width=18),
        Column("address", _("Address"), street_line, width=26, sortable=False),
    ]
    first = parts.button(_("New voucher"), on=partial(office.open, "new_voucher"))
    page = ListPage(
        office.desk,
        _("Participants"),
        columns,
        _ids,
        fetch_people,
        empty=(_("Nobody on file yet. A participant comes with their first voucher."), first),
        on_open=lambda person: office.open("person", person_id=person.id),
        counted=lambda count: ngettext("{n} participant", "{n} participants", count).format(n=count),
        name="people",
        settings=office.settings,
        sort="name",
        placeholder=_("Name, birth date, phone or postcode"),
        place="people",
        export=lambda: office.open("export", title=page.title, lines=page.table.count(), cells=page.cells),
    )
    return page


def _ids(by: Member, text: str, _filters: Mapping[str, Any], sort: str, descending: bool) -> list[int]:
    return list_people(by, text, sort, descending)


# ---- one person


class PersonPage(Page):
    """Who it is, the story, the conversation picture, the next step and the consents."""

    place = "people"

    def __init__(self, office: Office, person: Person, voucher_id: int | None = None) -> None:
        super().__init__()
        self._office, self._person = office, person
        self._voucher_id = voucher_id
        self._only: int | None = None
        self._cases: list[Voucher] = []
        self._tasks: list[Task] = []
        self._shut: set[str] = set()  # lines that do not open
        self.title = full(person.known_as)
        self.rows = Rows(_("Story"), grow=True, framed=False)
        self.rows.acted.connect(self._open_line)
        self.rows.chosen.connect(self._open_line)
        self.record = parts.button(_("Record"), "primary", "plus", self.show_menu)
        self.record.setToolTip(_("Record") + " (Ctrl+K)")
        self.letter = parts.button(_("Write letter"), icon="envelope-simple", on=self.show_letters)
        self.edit = parts.button(_("Details"), icon="user", on=partial(office.open, "edit_person", person_id=person.id))
        self.more = parts.button(_("More"), icon="dots-three", on=self.show_more)
        QShortcut(QKeySequence("Ctrl+K"), self, self.show_menu)
        self._layout = QVBoxLayout(self)
        theme.space(self._layout, 12, (24, 16, 24, 16))
        self._top: QWidget | None = None
        self._right = QVBoxLayout()
        theme.space(self._right, 12)
        self._chips = QWidget()
        self._flow = Flow(self._chips)
        theme.space(self._flow, 8)
        right = QWidget()
        right.setLayout(self._right)
        left = parts.column(parts.card(_("Story"), self._chips, self.rows, flush=True), None)
        self._layout.addWidget(parts.Beside(left, right, (3, 2)))
        self._layout.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        person = self._office.desk.look(find_person, self._person.id)
        if person is None:  # destroyed meanwhile: no page goes on showing who it was
            QTimer.singleShot(0, self, self.closed.emit)
            return
        self._person = person
        self._cases = self._office.desk.look(list_cases, person.id) or []
        if self._voucher_id not in {case.id for case in self._cases}:
            self._voucher_id = self._cases[0].id if self._cases else None
        self.title = full(person.known_as)
        self._show_top()
        self._show_chips()
        self._show_story()
        self._show_right()

    def case(self) -> Voucher | None:
        """The case that deeds are recorded on: the one chosen, else the newest."""
        return next((case for case in self._cases if case.id == self._voucher_id), None)

    def first_focus(self) -> QWidget | None:
        return self.record

    def menu_items(self) -> list[tuple[str, Callable[[], object]]]:
        """Every deed that can be recorded on the case as it stands."""
        case = self.case()
        new = self._item(_("New voucher"), "new_voucher", person_id=self._person.id)
        if case is None:
            return new
        consent = self._item(_("Consent"), "consent", person_id=self._person.id, voucher_id=case.id)
        worry = self._item(_("Report a worry"), "worry", voucher_id=case.id)
        if case.status == "closed" and self._person.deceased_on is not None:
            return [*self._death_items(), *worry]
        if case.status == "closed":
            return [*self._item(_("Open the case again"), "reopen", voucher_id=case.id), *new, *consent, *worry]
        return [
            *self._item(_("Call now"), "call", voucher_id=case.id),
            *self._item(_("Contact that was there"), "record_contact", voucher_id=case.id),
            *self._item(_("Plan intake"), "plan_intake", voucher_id=case.id),
            *self._planned_items(case),
            *self._item(_("Intake held"), "hold_intake", voucher_id=case.id),
            *self._item(_("Find an activity"), "find_activity", voucher_id=case.id),
            *self._item(_("Sign up"), "enrol", voucher_id=case.id),
            *self._enrolled_items(case),
            *self._item(_("Plan aftercare talk"), "plan_aftercare", voucher_id=case.id),
            *self._item(_("Aftercare talk held"), "aftercare", voucher_id=case.id),
            *consent,
            *worry,
            *self._item(_("Another coach"), "coach", voucher_ids=(case.id,)),
            *self._hold_items(case),
            *self._item(_("Close the case"), "close", voucher_id=case.id),
            *new,
        ]

    def _death_items(self) -> list[tuple[str, Callable[[], object]]]:
        died = self._person.deceased_on is not None
        text = _("Death: correct or take back") if died else _("This person died")
        return self._item(text, "death", person_id=self._person.id)

    def show_menu(self) -> None:
        """The deeds as a menu below the button; letters, arrows and Enter pick."""
        self._popup(self.record, self.menu_items())

    def more_items(self) -> list[tuple[str, Callable[[], object]]]:
        """What is rarer: how the data came to be, who saw them, and being on file twice."""
        whose = self._person.id
        return [
            *self._item(_("History of changes"), "history", kind="person", record_id=whose),
            *self._item(_("Who looked at these data"), "who_looked", person_id=whose),
            *self._item(_("Privacy: file, request, destroy"), "person_privacy", person_id=whose),
            *self._item(_("Merge with somebody else"), "merge_with", kind="person", record_id=whose),
            *self._case_items(),
            *self._death_items(),
        ]

    def _case_items(self) -> list[tuple[str, Callable[[], object]]]:
        """That the voucher shown was registered with the wrong person."""
        case = self.case()
        if case is None:
            return []
        text = _("Voucher {number} is somebody else's").format(number=case.number)
        return self._item(text, "move_case_to", voucher_id=case.id)

    def show_more(self) -> None:
        self._popup(self.more, self.more_items())

    def show_letters(self) -> None:
        """The letters that are due first; any other kind can be written too."""
        case = self.case()
        if case is None:
            return
        due = self._office.desk.look(due_of_case, case.id, self._office.today) or ()
        ready = [each.moment for each in due if not each.why_not]
        ends = ["closing", "declined"] if case.status == "closed" else []
        moments = list(dict.fromkeys([*ready, "arrived", "intake", *ends]))
        names = {
            "arrived": _("Letter: arrived"),
            "intake": _("Letter after the intake"),
            "update": _("Letter: further word"),
            "progress": _("Letter about the progress"),
            "closing": _("Letter at the end"),
            "declined": _("Letter: did not start"),
        }
        items = [
            (
                _("{letter} (due)").format(letter=names[moment]) if moment in ready else names[moment],
                self._go("write_letter", voucher_id=case.id, moment=moment),
            )
            for moment in moments
            if moment in names
        ]
        signal = (_("Signal to the practice"), self._go("signal", voucher_id=case.id))
        self._popup(self.letter, [*items, signal])

    # -- what is shown -----------------------------------------------------------------------------------

    def _show_top(self) -> None:
        case = self.case()
        pill = parts.pill(*status_pill(case)) if case is not None else None
        if self._person.deceased_on is not None:
            pill = parts.pill(_("Deceased"))
        deeds = (self.more, self.edit, self.letter, self.record)
        top = parts.header(self.title, *deeds, state=pill, under=self._under(case))
        self.letter.setEnabled(case is not None)
        self.letter.setVisible(self._office.may_open("write_letter"))
        if self._top is not None:
            self._layout.replaceWidget(self._top, top)
            self._top.hide()
            self._top.deleteLater()
        else:
            self._layout.insertWidget(0, top)
        self._top = top

    def _under(self, case: Voucher | None) -> str:
        person = self._person
        died = person.deceased_on
        years = age(person.birth_date, died or self._office.today)
        born = show_birth_date(person.birth_date)
        if len(person.birth_date) == len("1951-04-03"):
            born = show_long(date.fromisoformat(person.birth_date), current())
        phone = ", ".join(filter(None, (show_phone(person.phone or person.phone2), person.best_time)))
        if died is not None:  # nobody calls any more
            phone = _("died, recorded as of {day}").format(day=show_long(died, current()))
        coach = _("coach {name}").format(name=case.coach.name) if case and case.coach else ""
        if case and case.substitute:
            coach = ", ".join(filter(None, (coach, _("substitute {name}").format(name=case.substitute.name))))
        where = person.neighbourhood.name if person.neighbourhood else person.town
        return " · ".join(filter(None, (f"{born} ({years})" if born else "", phone, where, coach)))

    def _show_chips(self) -> None:
        """With several cases: a chip for each, and one for everything."""
        parts.empty(self._flow)
        several = len(self._cases) > 1
        self._chips.setVisible(several)
        if not several:
            return
        self._add_chip(_("All vouchers"), None)
        for case in self._cases:
            words, _tone = status_pill(case)
            if case.outcome:
                words = word(CLOSING_OUTCOMES, case.outcome)
            self._add_chip(f"{case.number} · {words.lower()}", case.id)

    def _add_chip(self, text: str, voucher_id: int | None) -> QPushButton:
        chip = parts.button(text, "chip", on=partial(self._show_case, voucher_id))
        chip.setCheckable(True)
        chip.setChecked(self._only == voucher_id)
        self._flow.addWidget(chip)
        return chip

    def _show_case(self, voucher_id: int | None) -> None:
        self._only = voucher_id
        self._voucher_id = voucher_id or self._voucher_id
        self.refresh()

    def _show_story(self) -> None:
        lines = self._office.desk.look(story, self._person.id, self._only) or []
        self._shut = {f"{line.key}:{number}" for number, line in enumerate(lines) if not line.opens}
        year = self._office.today.year
        self.rows.set_rows(
            [
                Row(
                    f"{line.key}:{number}",
                    ICONS.get(line.kind, "circle"),
                    line.title,
                    "",
                    line.subtitle or " ",
                    lead=show_short(line.on) if line.on.year == year else show_date(line.on),
                )
                for number, line in enumerate(lines)
            ]
        )

    def _show_right(self) -> None:
        parts.empty(self._right)
        for card in (self._next_card(), self._picture_card(), self._consent_card(), self._details_card()):
            if card is not None:
                self._right.addWidget(card)
        self._right.addStretch(1)

    def _next_card(self) -> QFrame | None:
        case = self.case()
        if case is None:
            return None
        if case.status == "closed":
            return self._closed_card(case)
        steps = self._office.desk.look(find_next_steps, case.id, self._office.today) or NextSteps(())
        self._tasks = list(steps.tasks)
        shown: list[QWidget] = self._pause_lines(case)
        for task in self._tasks[:3]:
            words = " · ".join(filter(None, (task.strong, task.subtitle, task.note)))
            deed = parts.button(task.action, on=partial(do_task, self._office, task))
            more = [parts.label(words, "muted")] if words else []
            shown += [parts.label(task.title), *more, parts.row(deed, None)]
        if not self._tasks:
            shown += self._later(case, steps)
        for each in self._letters_due(case)[:1]:
            by_day = show_long(each.due_on, current())
            words = _("Letter '{moment}' by {day} at the latest").format(
                moment=word(LETTER_MOMENTS, each.moment).lower(), day=by_day
            )
            write = parts.button(
                _("Write letter"), "link", on=self._go("write_letter", voucher_id=case.id, moment=each.moment)
            )
            shown += [parts.label(words, "complaint" if each.late else "muted"), parts.row(write, None)]
        return parts.card(_("Next step"), *shown)

    def _closed_card(self, case: Voucher) -> QFrame:
        outcome = word(CLOSING_OUTCOMES, case.outcome).lower()
        words = _("Closed: {outcome}").format(outcome=outcome) if outcome else word(STATUSES, case.status)
        again = parts.button(_("Open the case again"), on=self._go("reopen", voucher_id=case.id))
        if not self._office.may_open("reopen"):  # shown before it stands in the page it would be a window
            again.hide()
        return parts.card(_("Next step"), parts.label(words), parts.row(again, None))

    def _later(self, case: Voucher, steps: NextSteps) -> list[QWidget]:
        """Nothing to do yet: what comes, and when."""
        if not steps.later and not self._office.may_open("hold_intake"):
            return [parts.label(_("The next step is for the coach."), "muted")]
        when = _("by {day} at the latest").format(day=show_long(steps.later_on, current())) if steps.later_on else ""
        shown: list[QWidget] = [
            parts.label(f"{self._later_words(steps.later)} {when}".strip()),
            parts.label(_("It will stand in Te doen by itself."), "muted"),
        ]
        if steps.later == "aftercare":
            plan = parts.button(_("Plan aftercare talk"), on=self._go("plan_aftercare", voucher_id=case.id))
            shown.append(parts.row(plan, None))
        return shown

    def _letters_due(self, case: Voucher) -> list[DueMoment]:
        """The letters that may be written now, for who writes letters."""
        if not self._office.may_open("write_letter"):
            return []
        due = self._office.desk.look(due_of_case, case.id, self._office.today) or ()
        return [each for each in due if not each.why_not]

    def _pause_lines(self, case: Voucher) -> list[QWidget]:
        """That the case is on hold, until when and why, and the way back."""
        read = self._office.desk.look(case_of, case.id)
        pause = paused(read, self._office.today) if read is not None else None
        if pause is None:
            return []
        why = word(HOLD_REASONS, pause.reason).lower()
        words = _("On hold until {day}").format(day=show_short(pause.until_on))
        back = parts.button(_("Is back"), on=self._go("pause", hold_id=pause.id))
        if not self._office.may_open("pause"):
            back.hide()
        return [parts.label(f"{words} ({why})" if why else words), parts.row(back, None)]

    def _later_words(self, task: str) -> str:
        words = {
            "call": _("Call again"),
            "intake": _("Intake"),
            "first_visit": _("First time at the activity"),
            "waiting_list": _("On the waiting list"),
            "aftercare": _("Aftercare talk"),
            "close": _("Close the case"),
            "card": _("Card by post"),
            "mail": _("E-mail again"),
            "visit": _("Wait until they come by"),
            "place_free": _("Answer to an offered place"),
            "plan_visit": _("Agree when to go along"),
            "resume": _("Get in touch again"),
        }
        return words.get(task, _("Nothing is due now"))

    def _picture_card(self) -> QFrame | None:
        seen = self._office.may_open("hold_intake")
        talk = self._office.desk.look(find_marks, self._person.id) if seen else None
        if talk is None:
            return None
        view = PictureView(hexagon([(_(label), getattr(talk, name)) for name, label in MARKS.items()], size=180))
        said = _("intake, {day}") if isinstance(talk, Intake) else _("aftercare talk, {day}")
        said = said.format(day=show_long(talk.held_on, current()))
        under = parts.label(said, "muted", wrap=False)
        return parts.card(_("Conversation picture"), view, parts.row(None, under, None))

    def _consent_card(self) -> QFrame:
        cases = self._office.desk.look(list_asked, self._person.id) or []
        shown = [each for each in cases if self._only in (None, each.voucher_id)]
        lines = [line for case in shown for line in _consent_lines(case, named=len(cases) > 1)]
        lines += [parts.label(words, "muted") for words in self._seen_words()]
        person = self._person
        if person.informed_on:
            how = word(HOW_INFORMED, person.informed_how).lower() if person.informed_how else ""
            told = _("Told where the data came from on {day}").format(day=show_short(person.informed_on))
            lines.append(parts.label(f"{told} ({how})" if how else told, "muted"))
        else:
            lines.append(parts.label(_("Not told yet where the data came from"), "doubt"))
        ask = self._go("consent", person_id=person.id, voucher_id=self._voucher_id)
        return parts.card(_("Consent"), *lines, deed=parts.button(_("Record"), "link", on=ask))

    def _gp_words(self) -> str:
        """Whose patient this is; the details are where it is changed."""
        case = self.case()
        gp = self._office.desk.look(find_gp, case.id) if case is not None else None
        if gp is None or gp.surgery is None:
            return _("GP: not known")
        phone = show_phone(lines_of(gp)[0].phone) if lines_of(gp) else ""
        return _("GP: {practice}").format(practice=", ".join(filter(None, (gp.surgery.name, phone, known_by(gp)))))

    def _seen_words(self) -> list[str]:
        """What the leader of each activity of this case sees of somebody; where they go is for coaches."""
        case = self.case() if self._office.may_open("enrol") else None
        seen = (self._office.desk.look(seen_by_leaders, case.id) or []) if case is not None else []
        return [
            _("The leader of {activity} sees: {name}").format(
                activity=each.activity, name=each.name or _("1 place taken, no name")
            )
            for each in seen
        ]

    def _details_card(self) -> QFrame | None:
        person = self._person
        lines = [
            self._gp_words(),
            one_line(person),
            person.email,
            _("speaks {language}").format(language=person.language) if person.language else "",
            _("an interpreter is needed") if person.interpreter else "",
            " ".join(filter(None, (person.contact_name, person.contact_relation and f"({person.contact_relation})",
                                   show_phone(person.contact_phone)))),
            person.note,
        ]  # fmt: skip
        shown = [parts.label(line, "muted") for line in lines if line]
        return parts.card(_("Contact details"), *shown) if shown else None

    # -- deeds -------------------------------------------------------------------------------------------

    def _planned_items(self, case: Voucher) -> list[tuple[str, Callable[[], object]]]:
        items: list[tuple[str, Callable[[], object]]] = []
        for each in self._office.desk.look(list_planned, case.id) or []:
            when = f"{show_short(each.starts_at.date())} {each.starts_at:%H:%M}"
            items += [
                (_("Appointment of {when}: move").format(when=when), self._go("move_intake", appointment_id=each.id)),
                (
                    _("Appointment of {when}: did not go on").format(when=when),
                    self._go("miss_intake", appointment_id=each.id),
                ),
                (
                    _("Appointment of {when}: card for the participant").format(when=when),
                    self._go("appointment_card", appointment_id=each.id),
                ),
            ]
        return items

    def _enrolled_items(self, case: Voucher) -> list[tuple[str, Callable[[], object]]]:
        items: list[tuple[str, Callable[[], object]]] = []
        if not self._office.may_open("first_time"):
            return items
        read = self._office.desk.look(case_of, case.id)
        for each in read.standing if read is not None else ():
            place = each.title
            if each.waits:
                said = self._go("offer", enrolment_id=each.id)
                items.append((_("Answer to the offered place: {place}").format(place=place), said))
            if each.state == "enrolled":
                along = self._go("plan_first_visit", voucher_id=case.id, enrolment_id=each.id)
                items.append((_("Go along the first time: {place}").format(place=place), along))
                first = self._go("first_time", enrolment_id=each.id)
                items.append((_("Been for the first time: {place}").format(place=place), first))
            if not each.waits:
                stop = self._go("stop_enrolment", enrolment_id=each.id)
                items.append((_("Has stopped: {place}").format(place=place), stop))
        return items

    def _hold_items(self, case: Voucher) -> list[tuple[str, Callable[[], object]]]:
        read = self._office.desk.look(case_of, case.id)
        pause = (paused(read, self._office.today) or standing_pause(read)) if read is not None else None
        if pause is None:
            return self._item(_("Put on hold"), "pause", voucher_id=case.id)
        return self._item(_("On hold: change, or is back"), "pause", hold_id=pause.id)

    def _go(self, page: str, **arguments: Any) -> Callable[[], object]:
        return partial(self._office.open, page, **arguments)

    def _item(self, text: str, page: str, **arguments: Any) -> list[tuple[str, Callable[[], object]]]:
        """A line of a menu; none when the page is not for whoever is in."""
        return [(text, self._go(page, **arguments))] if self._office.may_open(page) else []

    def _open_line(self, key: str) -> None:
        """Every line opens where it can be corrected, unless it is not for whoever is in."""
        kind, row_id, _number = key.split(":")
        if key in self._shut:
            return
        if kind == "voucher":
            self._office.open("edit_voucher", voucher_id=int(row_id))
        elif kind == "letter":
            self._office.open("letter", letter_id=int(row_id))
        else:
            self._office.open("correct_deed", kind=kind, deed_id=int(row_id))

    def _popup(self, button: QWidget, items: list[tuple[str, Callable[[], object]]]) -> None:
        menu = QMenu(self)
        menu.setObjectName("deeds")
        for text, deed in items:
            menu.addAction(text.replace("&", "&&"), deed)
        menu.setActiveAction(menu.actions()[0])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))


def _consent_lines(case: Asked, named: bool) -> list[QWidget]:
    """What was answered in one case; with several cases under its number and practice."""
    lines: list[QWidget] = [parts.label(case_words(case), "strong")] if named else []
    for purpose in CONSENT_PURPOSES:
        where = case.position(purpose)
        if where.counts:
            lines.append(parts.label(position_words(case, purpose), "muted"))
            lines += [parts.label(text, "doubt") for text in doubts(case, where)]
    return lines if case.given else [*lines, parts.label(_("Nothing was asked yet."), "muted")]


def person(office: Office, person_id: int, voucher_id: int | None = None) -> Page:
    """The page, or word that the person is gone; opening it leaves a line in the log."""
    found = office.desk.look(open_person, person_id)
    return PersonPage(office, found, voucher_id) if found is not None else Gone(_("Participant"))


# ---- what is on file


def edit_person(office: Office, person_id: int) -> Page:
    """All fields of a person, the rarer ones folded away."""
    found = office.desk.look(find_person, person_id)
    if found is None:
        return Gone(_("Participant"))
    choices = Choices(office)
    rarer = [field for field in fields.rarer_person_fields(choices) if not isinstance(field, Heading)]
    return Form(
        office.desk,
        full(found.known_as),
        [fields.person_card(choices), Card(_("More details"), rarer, folded=True)],
        partial(_draft, choices),
        correct_person,
        values=fields.person_values(found) | {"id": found.id, "version": found.version},
        key=f"person:{found.id}",
        keep=office.keep,
        place="people",
    )


def _draft(choices: Choices, **values: Any) -> PersonDraft:
    known = PersonDraft.__dataclass_fields__
    made = fields.draft_values(choices, values)
    return PersonDraft(**{name: value for name, value in made.items() if name in known})


PAGES: dict[str, PageMaker] = {"people": people, "person": person, "edit_person": edit_person}
