"""The catalogue: the list of activities, the page of one with who takes part, and its form."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.actions.activities import add_activity, change_activity, mark_checked
from desktop.language import _, ngettext
from desktop.rules import codes
from desktop.rules.activities import next_dates, shown_status
from desktop.rules.addresses import place_lines
from desktop.rules.cases import WAITS
from desktop.rules.dates import show_date, show_day
from desktop.rules.letternames import proposed
from desktop.rules.phones import show_phone
from desktop.rules.prices import show_price
from desktop.rules.schedules import Schedule, show_schedule, show_schedules
from desktop.rules.tasks import show_short
from desktop.screens.activity_ends import state_words
from desktop.screens.activity_fields import (
    DATES_SHOWN,
    activity_cards,
    activity_draft,
    activity_values,
    neighbourhood_choices,
    price_of,
    theme_choices,
)
from desktop.screens.doors import door
from desktop.screens.facts import FactsPage, fact_lines
from desktop.screens.office import Office, PageMaker
from desktop.screens.parts_of_a_case import Gone
from desktop.storage.activities import (
    ActivityFilter,
    ActivityLine,
    Participant,
    fetch_activities,
    find_activity,
    list_activities,
    list_locations,
    list_participants,
    list_unnamed,
    themes_of,
)
from desktop.storage.models import Activity, Location
from desktop.widgets import parts
from desktop.widgets.form import Form
from desktop.widgets.listing import Filter, ListPage
from desktop.widgets.pages import Page
from desktop.widgets.records import Column
from desktop.widgets.rows import Row, Rows

TONES = {"active": "well", "full": "soon", "stopped": "muted", "inactive": "muted"}


# ---- the list


def activity_list(office: Office) -> ListPage:
    """Every activity with place, time, price and places left."""
    page: ListPage = ListPage(
        office.desk,
        _("Catalogue"),
        [
            Column("title", _("Activity"), lambda line: line.record.title, width=24, tone=_faded),
            Column("neighbourhood", _("Neighbourhood"), _neighbourhood_name, width=11),
            Column("location", _("Where"), lambda line: _location_name(line.record), width=18),
            Column("when", _("When"), lambda line: _when(line.times, line.record.schedule_note), width=28,
                   sortable=False),
            Column("price", _("Price"), lambda line: show_price(price_of(line.record)), width=15),
            Column("left", _("Places left"), _left, width=12, right=True, sortable=False),
            Column("status", _("Status"), _status_word, width=8, tone=_status_tone),
            Column("checked_on", _("Checked on"), lambda line: show_date(line.record.checked_on), width=10,
                   shown=False),
        ],
        _ids,
        fetch_activities,
        buttons=_list_buttons(office),
        filters=[
            Filter("status", _("Status"), partial(codes.options, codes.ACTIVITY_STATUSES)),
            Filter("neighbourhood", _("Neighbourhood"), partial(neighbourhood_choices, office)),
            Filter("theme", _("Theme"), partial(theme_choices, office)),
        ],
        empty=(
            _("There are no activities yet. Read the list you have, or add one."),
            next(iter(door(office, "import_activities", _("Read from a file"), icon="upload-simple")), None),
        ),
        on_open=lambda line: office.open("activity", activity_id=line.id),
        counted=lambda count: ngettext("{n} activity", "{n} activities", count).format(n=count),
        name="activities",
        settings=office.settings,
        placeholder=_("Filter on activity or place"),
        place="activities",
        export=partial(_export, office, lambda: page) if office.may_open("export") else None,
    )  # fmt: skip
    return page


def _export(office: Office, page: Callable[[], ListPage]) -> None:
    shown = page()
    office.open("export", title=shown.title, lines=shown.table.count(), cells=shown.cells)


def _list_buttons(office: Office) -> Sequence[QWidget]:
    if not office.may_open("edit_activity"):
        return ()
    return (
        *_unnamed_door(office),
        *door(office, "import_activities", _("Read from a file"), icon="upload-simple"),
        *door(office, "activity", _("New activity"), "primary", "plus", "Ctrl+Shift+N"),
    )


def _unnamed_door(office: Office) -> Sequence[QWidget]:
    """As long as letters call some of them all the same, their names are asked for."""
    if not (unnamed := len(office.desk.look(list_unnamed) or [])):
        return ()
    words = ngettext("{n} without a name for letters", "{n} without a name for letters", unnamed).format(n=unnamed)
    return door(office, "letter_names", words, icon="warning")


def _ids(by: Any, text: str, filters: Mapping[str, Any], sort: str, descending: bool) -> Sequence[int]:
    narrow = ActivityFilter(filters.get("status") or "", filters.get("neighbourhood"), filters.get("theme"))
    return list_activities(by, text, narrow, sort, descending)


def _faded(line: ActivityLine) -> str:
    return "muted" if line.record.status in ("stopped", "inactive") else ""


def _neighbourhood_name(line: ActivityLine) -> str:
    return line.record.neighbourhood.name if line.record.neighbourhood_id else ""


def _location_name(activity: Activity) -> str:
    return activity.location.name if activity.location_id else ""


def _when(times: tuple[Schedule, ...], note: str) -> str:
    return "; ".join(part for part in (show_schedules(times), note) if part)


def _left(line: ActivityLine) -> str:
    left = line.places.left
    if left is None or line.record.status == "full":
        return ""
    return _("{left} of {all}").format(left=left, all=line.record.capacity)


def _status(line: ActivityLine) -> str:
    return shown_status(line.record.status, line.places.left)


def _status_word(line: ActivityLine) -> str:
    return codes.word(codes.ACTIVITY_STATUSES, _status(line))


def _status_tone(line: ActivityLine) -> str:
    return TONES[_status(line)]


# ---- one activity


def activity(office: Office, activity_id: int | None = None) -> Page:
    """The page of an activity, or the form for a new one."""
    if activity_id is not None:
        return ActivityPage(office, activity_id)
    return activity_form(office) if office.may_open("edit_activity") else Gone(_("New activity"))


class ActivityPage(FactsPage):
    """When and where it is, what it costs, and for office staff who takes part."""

    def __init__(self, office: Office, activity_id: int) -> None:
        super().__init__()
        self._office, self._id, self.place = office, activity_id, "activities"
        self.refresh()

    def refresh(self) -> None:
        found = self._office.desk.look(fetch_activities, [self._id])
        if not found:
            return
        line: ActivityLine = found[0]
        self.title = line.record.title
        self.show_anew(partial(self._build, line))

    def first_focus(self) -> QWidget | None:
        return self.rows if self.rows.rows() else None

    def _build(self, line: ActivityLine) -> QWidget:
        status = _status(line)
        tone = "plain" if TONES[status] == "muted" else TONES[status]
        place = " · ".join(part for part in (_location_name(line.record), _neighbourhood_name(line)) if part)
        head = parts.header(
            line.record.title,
            *self._deeds(),
            state=parts.pill(codes.word(codes.ACTIVITY_STATUSES, status), tone),
            under=place,
        )
        right = parts.column(self._times_card(line), self._place_card(line), self._know_card(line.record), None, gap=12)
        left = parts.column(self._about_card(line.record), *self._people_cards(), None, gap=12)
        return parts.column(head, parts.Beside(left, right), *self._rarer(line), None, gap=12, margins=(24, 16, 24, 16))

    def _rarer(self, line: ActivityLine) -> list[Any]:
        stop = () if line.record.status == "stopped" else self._stop()
        words = _("History of changes")
        past = door(self._office, "history", words, "link", kind="activity", record_id=self._id)
        return [parts.row(*stop, *past, None)]

    def _stop(self) -> list[Any]:
        return door(self._office, "stop_activity", _("Activity stops"), "link", activity_id=self._id)

    def _deeds(self) -> list[Any]:
        to = partial(door, self._office, activity_id=self._id)
        still = [parts.button(_("Still right"), icon="check", on=self._checked)]
        return [
            *(still if self._office.may_open("edit_activity") else ()),
            *to("edit_activity", _("Change"), icon="pencil-simple"),
            *to("new_voucher", _("Participant walked in"), "primary", "plus"),
        ]

    def _about_card(self, found: Activity) -> QWidget:
        texts = [text for text in (found.short_text, found.long_text) if text]
        themes = ", ".join(row.name for row in self._office.desk.look(themes_of, self._id) or [])
        letter = found.letter_name or _("an activity with us in the neighbourhood (usual words)")
        return parts.card(
            _("What it is"),
            *(parts.label(text) for text in texts),
            *fact_lines([(_("Themes"), themes), (_("In letters"), letter)]),
        )

    def _times_card(self, line: ActivityLine) -> QWidget:
        lines = [show_schedule(each) for each in line.times]
        days = next_dates(line.times, self._office.today, DATES_SHOWN, line.record.skips_holidays)
        shown = ", ".join(show_day(day) for day in days)
        facts = [(_("Next times"), shown), (_("Remark"), line.record.schedule_note)]
        nothing = [parts.label(_("No time is known yet."), "muted")]
        known = [parts.label(text) for text in lines] or ([] if line.record.schedule_note else nothing)
        return parts.card(_("When"), *known, *fact_lines(facts))

    def _place_card(self, line: ActivityLine) -> QWidget:
        found = line.record
        left = _left(line) or (_("no limit") if found.capacity is None else _("none"))
        return parts.card(
            _("Where and how much"),
            *fact_lines(
                [
                    (_("Where"), _address(found.location if found.location_id else None)),
                    (_("Price"), show_price(price_of(found))),
                    (_("Places left"), left),
                    (_("How to join"), found.how_to_join),
                    (_("Contact"), _contact(found)),
                ]
            ),
        )

    def _know_card(self, found: Activity) -> QWidget:
        ages = ""
        if found.age_from is not None or found.age_to is not None:
            ages = f"{found.age_from or 0}-{found.age_to or ''}".strip("-")
        checked = show_date(found.checked_on)
        return parts.card(
            _("Good to know"),
            *fact_lines(
                [
                    (_("Wheelchair"), codes.word(codes.YES_NO, found.wheelchair)),
                    (_("Lift"), codes.word(codes.YES_NO, found.lift)),
                    (_("Language"), found.language),
                    (_("Transport"), found.transport),
                    (_("Ages"), ages),
                    (_("Offered by"), found.partner),
                    (_("Note"), found.note),
                    (_("Checked on"), checked or _("not yet")),
                ]
            ),
        )

    def _people_cards(self) -> list[QWidget]:
        """Who takes part, for who knows the cases; a leader sees that with the own groups."""
        if not self._office.may_open("enrol"):
            self.rows = Rows()
            return []
        found = self._office.desk.look(list_participants, self._id) or []
        self.rows = Rows(_("Who takes part"), grow=True, framed=False)
        self.rows.set_rows([_participant_row(each) for each in found])
        self._at = {each.enrolment_id: each for each in found}
        self.rows.chosen.connect(self._open_person)
        self.rows.acted.connect(self._open_person)
        if not found:
            return [parts.card(_("Who takes part"), parts.label(_("Nobody takes part yet."), "muted"))]
        return [parts.card(_("Who takes part"), self.rows, flush=True)]

    def _open_person(self, enrolment_id: int) -> None:
        each = self._at[enrolment_id]
        self._office.open("person", person_id=each.person_id, voucher_id=each.voucher_id)

    def _checked(self) -> None:
        self._office.desk.perform(mark_checked, self._id, said=_("Noted: checked today"))


def _participant_row(each: Participant) -> Row:
    tone = {"started": "well", "enrolled": "news", "offered": "news", "waiting": "soon"}[each.state]
    waits = each.state in WAITS
    since = _("waits since {date}") if waits else _("since {date}") if each.begun else _("from {date}")
    place = _("place {n} on the list").format(n=each.position) if each.position else ""
    away = _("away until {day}").format(day=show_short(each.away_until)) if each.away_until else ""
    words = " · ".join(filter(None, (since.format(date=show_date(each.since)), place, away, show_phone(each.phone))))
    return Row(each.enrolment_id, "user", each.name, subtitle=words, pill=state_words(each.state), tone=tone)


def _address(location: Location | None) -> str:
    if location is None:
        return ""
    lines = place_lines(location)
    return "\n".join(lines if location.name in lines else (location.name, *lines))


def _contact(found: Activity) -> str:
    facts = (found.contact_name, show_phone(found.contact_phone), found.contact_email)
    return "\n".join(part for part in facts if part)


# ---- the form


def activity_form(office: Office, activity_id: int | None = None) -> Form:
    """A new activity, or other times, place, price or status for one."""
    found = office.desk.look(find_activity, activity_id) if activity_id is not None else None
    places = office.desk.look(list_locations) or []
    form = Form(
        office.desk,
        _("New activity") if found is None else found.title,
        activity_cards(office, places),
        activity_draft,
        add_activity if found is None else change_activity,
        values=activity_values(office, found),
        key=f"activity {activity_id or 'new'}",
        keep=office.keep,
        said=_("Activity saved"),
        place="activities",
    )
    form.editor("location_name").edited.connect(partial(_fill_address, form, places))
    show_partner = partial(_show_partner, form)
    form.editor("provider").edited.connect(show_partner)
    show_partner()
    form.editor("title").edited.connect(partial(_propose_name, form))
    if found is None:
        form.saved.connect(lambda made: office.open("activity", activity_id=made.id))
    return form


def _fill_address(form: Form, places: Sequence[Location]) -> None:
    """A place we know brings its address and neighbourhood, where those are still empty."""
    raw = form.raw()
    name = raw.get("location_name", "").strip().casefold()
    place = next((each for each in places if each.name.casefold() == name), None)
    if place is None or any(raw.get(field) for field in ("street", "number", "postcode", "town")):
        return
    form.set_values({field: getattr(place, field) for field in ("street", "number", "postcode", "town")})
    if place.neighbourhood_id and not raw.get("neighbourhood_name"):
        form.set_values({"neighbourhood_name": place.neighbourhood.name})


def _propose_name(form: Form) -> None:
    """What letters may call it, by what it is; a name that somebody typed is left alone."""
    editor, raw = form.editor("letter_name"), form.raw()
    if raw.get("title", "").strip() and (editor.suggested() or not raw.get("letter_name", "")):
        form.suggest({"letter_name": proposed(raw["title"])})


def _show_partner(form: Form) -> None:
    form.show_field("partner", form.editor("provider").raw() == _("A partner"))


PAGES: dict[str, PageMaker] = {
    "activities": activity_list,
    "activity": activity,
    "edit_activity": activity_form,
}
