"""The catalogue: the list of activities, the page of one with who takes part, and its form."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.actions.activities import add_activity, change_activity, mark_checked
from desktop.language import _, ngettext
from desktop.rules import codes
from desktop.rules.activities import ActivityDraft, next_dates, places_left, shown_status
from desktop.rules.addresses import read_postcode
from desktop.rules.dates import read_date, show_date, show_day
from desktop.rules.numbers import read_number
from desktop.rules.phones import read_phone, show_phone
from desktop.rules.prices import Price, read_price, show_price
from desktop.rules.schedules import Schedule, doubts, read_schedule, show_schedule, show_schedules
from desktop.rules.staff import OFFICE
from desktop.screens.facts import FactsPage, fact_lines, suggest_from
from desktop.screens.office import Office, PageMaker
from desktop.storage.activities import (
    ActivityFilter,
    ActivityLine,
    Participant,
    fetch_activities,
    find_activity,
    list_activities,
    list_colleagues,
    list_locations,
    list_neighbourhoods,
    list_participants,
    list_themes,
    schedules_of,
    themes_of,
)
from desktop.storage.models import Activity, Location
from desktop.widgets import parts
from desktop.widgets.fields import Check, Chips, Choice, Item, Switch, Text
from desktop.widgets.form import Card, Form
from desktop.widgets.listing import Filter, ListPage
from desktop.widgets.pages import Page
from desktop.widgets.records import Column
from desktop.widgets.rows import Row, Rows

TONES = {"active": "well", "full": "soon", "stopped": "muted", "inactive": "muted"}
DATES_SHOWN = 3
KEPT = (
    "id", "version", "title", "letter_name", "short_text", "long_text", "provider", "partner", "contact_name",
    "contact_phone", "contact_email", "schedule_note", "skips_holidays", "capacity", "age_from", "age_to",
    "wheelchair", "lift", "language", "transport", "how_to_join", "keeps_attendance", "status", "note", "checked_on",
)  # fmt: skip


@dataclass(frozen=True)
class Times:
    """What was typed under "when": what was understood, and what was not."""

    schedules: tuple[Schedule, ...] = ()
    leftover: str = ""


# ---- the list


def activity_list(office: Office) -> ListPage:
    """Every activity with place, time, price and places left."""
    office_staff = office.desk.by is not None and office.desk.by.may(OFFICE)
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
        buttons=_list_buttons(office) if office_staff else (),
        filters=[
            Filter("status", _("Status"), partial(codes.options, codes.ACTIVITY_STATUSES)),
            Filter("neighbourhood", _("Neighbourhood"), partial(_neighbourhoods, office)),
            Filter("theme", _("Theme"), partial(_themes, office)),
        ],
        empty=(
            _("There are no activities yet. Read the list you have, or add one."),
            parts.button(_("Read from a file"), icon="upload-simple", on=partial(office.open, "import_activities")),
        ),
        on_open=lambda line: office.open("activity", activity_id=line.id),
        counted=lambda count: ngettext("{n} activity", "{n} activities", count).format(n=count),
        name="activities",
        settings=office.settings,
        placeholder=_("Filter on activity or place"),
        place="activities",
        export=partial(_export, office, lambda: page) if office_staff else None,
    )  # fmt: skip
    return page


def _export(office: Office, page: Callable[[], ListPage]) -> None:
    shown = page()
    office.open("export", title=shown.title, lines=shown.table.count(), cells=shown.cells)


def _list_buttons(office: Office) -> Sequence[QWidget]:
    return (
        parts.button(_("Read from a file"), icon="upload-simple", on=partial(office.open, "import_activities")),
        parts.button(_("New activity"), "primary", "plus", partial(office.open, "activity"), "Ctrl+Shift+N"),
    )


def _ids(by: Any, text: str, filters: Mapping[str, Any], sort: str, descending: bool) -> Sequence[int]:
    narrow = ActivityFilter(filters.get("status") or "", filters.get("neighbourhood"), filters.get("theme"))
    return list_activities(by, text, narrow, sort, descending)


def _neighbourhoods(office: Office) -> Sequence[tuple[int, str]]:
    return [(row.id, row.name) for row in office.desk.look(list_neighbourhoods) or []]


def _themes(office: Office) -> Sequence[tuple[int, str]]:
    return [(row.id, row.name) for row in office.desk.look(list_themes) or []]


def _faded(line: ActivityLine) -> str:
    return "muted" if line.record.status in ("stopped", "inactive") else ""


def _neighbourhood_name(line: ActivityLine) -> str:
    return line.record.neighbourhood.name if line.record.neighbourhood_id else ""


def _location_name(activity: Activity) -> str:
    return activity.location.name if activity.location_id else ""


def _when(times: tuple[Schedule, ...], note: str) -> str:
    return "; ".join(part for part in (show_schedules(times), note) if part)


def _left(line: ActivityLine) -> str:
    left = places_left(line.record.capacity, line.taken)
    if left is None or line.record.status == "full":
        return ""
    return _("{left} of {all}").format(left=left, all=line.record.capacity)


def _status(line: ActivityLine) -> str:
    return shown_status(line.record.status, places_left(line.record.capacity, line.taken))


def _status_word(line: ActivityLine) -> str:
    return codes.word(codes.ACTIVITY_STATUSES, _status(line))


def _status_tone(line: ActivityLine) -> str:
    return TONES[_status(line)]


def price_of(activity: Activity) -> Price:
    """The price as the rules take it; nothing to pay is no amount but free."""
    free = activity.price_cents == 0
    cents = None if free else activity.price_cents
    return Price(cents, activity.price_per, activity.price_times, free, activity.price_note)


# ---- one activity


def activity(office: Office, activity_id: int | None = None) -> Page:
    """The page of an activity, or the form for a new one."""
    return activity_form(office) if activity_id is None else ActivityPage(office, activity_id)


class ActivityPage(FactsPage):
    """When and where it is, what it costs, and for office staff who takes part."""

    def __init__(self, office: Office, activity_id: int) -> None:
        super().__init__()
        self._office, self._id, self.place = office, activity_id, "activities"
        self._office_staff = office.desk.by is not None and office.desk.by.may(OFFICE)
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
        return parts.column(
            head, parts.Beside(left, right), *self._rarer(), None, gap=12, margins=(24, 16, 24, 16)
        )

    def _rarer(self) -> list[Any]:
        if not self._office_staff:
            return []
        earlier = partial(self._office.open, "history", kind="activity", record_id=self._id)
        return [parts.row(parts.button(_("History of changes"), "link", on=earlier), None)]

    def _deeds(self) -> list[Any]:
        if not self._office_staff:
            return []
        return [
            parts.button(_("Still right"), icon="check", on=self._checked),
            parts.button(_("Change"), icon="pencil-simple", on=self._change),
            parts.button(_("Participant walked in"), "primary", "plus", self._walk_in),
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
        if not self._office_staff:
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

    def _change(self) -> None:
        self._office.open("edit_activity", activity_id=self._id)

    def _walk_in(self) -> None:
        self._office.open("new_voucher", activity_id=self._id)

    def _checked(self) -> None:
        self._office.desk.perform(mark_checked, self._id, said=_("Noted: checked today"))


def _participant_row(each: Participant) -> Row:
    state = {"started": _("takes part"), "enrolled": _("signed up"), "waiting": _("waits for a place")}[each.state]
    tone = {"started": "well", "enrolled": "news", "waiting": "soon"}[each.state]
    since = _("since {date}").format(date=show_date(each.since))
    words = " · ".join(part for part in (since, show_phone(each.phone)) if part)
    return Row(each.enrolment_id, "user", each.name, subtitle=words, pill=state, tone=tone)


def _address(location: Location | None) -> str:
    if location is None:
        return ""
    street = f"{location.street} {location.number}".strip()
    lines = [location.name if location.name != street else "", street, f"{location.postcode} {location.town}".strip()]
    return "\n".join(line for line in lines if line)


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
        _cards(office, places),
        _draft,
        add_activity if found is None else change_activity,
        values=_values(office, found),
        key=f"activity {activity_id or 'new'}",
        keep=office.keep,
        said=_("Activity saved"),
        place="activities",
    )
    form.editor("location_name").edited.connect(partial(_fill_address, form, places))
    show_partner = partial(_show_partner, form)
    form.editor("provider").edited.connect(show_partner)
    show_partner()
    if found is None:
        form.saved.connect(lambda made: office.open("activity", activity_id=made.id))
    return form


def _cards(office: Office, places: Sequence[Location]) -> list[Card]:
    today = office.today
    neighbourhoods = [name for _id, name in _neighbourhoods(office)]
    place_names = list(dict.fromkeys(place.name for place in places))
    yes_no = codes.options(codes.YES_NO)
    what: list[Item] = [
        Text("title", _("Name"), width=2, required=True),
        Text(
            "letter_name",
            _("Neutral name for letters"),
            placeholder="een groep bij ons",
            help=_("A letter never tells that someone goes to a grief group."),
        ),
        Text("short_text", _("In one or two sentences"), width=3, lines=2, limit=500),
        Chips("themes", _("Themes"), partial(_themes, office)),
    ]
    when: list[Item] = [
        Text(
            "schedules",
            _("When"),
            read=partial(read_times, today=today),
            show=show_times,
            echo=partial(echo_times, today=today),
            lines=3,
            width=3,
            limit=500,
            placeholder="elke dinsdag 10:00-11:30",
            help=_("As you would say it, one line for each time: every tuesday 10-11.30, first friday of the month."),
        ),
        Text("schedule_note", _("Remark about the times"), width=2, limit=500),
        Check("skips_holidays", _("Not on public holidays")),
    ]
    where: list[Item] = [
        Text("location_name", _("Place"), width=2, suggest=partial(suggest_from, place_names)),
        Text(
            "neighbourhood_name",
            _("Neighbourhood"),
            suggest=partial(suggest_from, neighbourhoods),
            echo=partial(_echo_neighbourhood, neighbourhoods),
        ),
        Text("street", _("Street")),
        Text("number", _("House number"), limit=20),
        Text("postcode", _("Postcode"), read=read_postcode),
        Text("town", _("Town")),
    ]
    cost: list[Item] = [
        Text(
            "price",
            _("Price"),
            read=read_price,
            show=show_price,
            echo=_echo_price,
            placeholder="€ 2,50 per keer",
            limit=300,
        ),
        Text("capacity", _("Places"), read=read_number, help=_("Empty: no limit.")),
        Check("keeps_attendance", _("Attendance is kept")),
        Switch("status", _("Status"), codes.options(codes.ACTIVITY_STATUSES), width=3, required=True),
    ]
    access: list[Item] = [
        Switch("wheelchair", _("Wheelchair can get in"), yes_no),
        Switch("lift", _("Lift"), yes_no),
        Text("language", _("Language")),
        Text("transport", _("Transport")),
    ]
    contact: list[Item] = [
        Text("how_to_join", _("How to join"), width=3, limit=500),
        Text("contact_name", _("Contact")),
        Text("contact_phone", _("Phone"), read=read_phone, show=show_phone),
        Text("contact_email", _("E-mail")),
        Switch("provider", _("Offered by"), (("own", _("Ourselves")), ("partner", _("A partner"))), required=True),
        Text("partner", _("Which partner")),
        Choice("leader", _("Leader (colleague)"), partial(_colleagues, office)),
    ]
    more: list[Item] = [
        Text("age_from", _("From age"), read=read_number),
        Text("age_to", _("Up to age"), read=read_number),
        Text("checked_on", _("Checked on"), read=partial(read_date, today=today), show=show_date, echo=show_day),
        Text("long_text", _("Longer text"), lines=4, width=3, limit=4000),
        Text("note", _("Note"), lines=2, width=3, limit=2000),
    ]
    return [
        Card(_("What"), what),
        Card(_("Days and hours"), when),
        Card(_("Where"), where),
        Card(_("Price and places"), cost),
        Card(_("Accessibility"), access),
        Card(_("Joining and contact"), contact),
        Card(_("More facts"), more, folded=True),
    ]


def _values(office: Office, found: Activity | None) -> dict[str, Any]:
    if found is None:
        return {"provider": "own", "status": "active", "skips_holidays": True}
    desk = office.desk
    times = (desk.look(schedules_of, [found.id]) or {}).get(found.id, ())
    place = found.location if found.location_id else None
    address = {name: getattr(place, name) for name in ("street", "number", "postcode", "town")} if place else {}
    return {
        **{name: getattr(found, name) for name in KEPT},
        **address,
        "location_name": place.name if place else "",
        "neighbourhood_name": found.neighbourhood.name if found.neighbourhood_id else "",
        "themes": tuple(row.id for row in desk.look(themes_of, found.id) or []),
        "schedules": Times(times),
        "price": price_of(found),
        "leader": found.leader_id,
    }


def _draft(**values: Any) -> ActivityDraft:
    """Times and price as typed become what is stored; what was not understood joins the remark."""
    times: Times = values.pop("schedules", None) or Times()
    price: Price = values.pop("price", None) or Price()
    remark = "; ".join(part for part in (values.pop("schedule_note", None) or "", times.leftover) if part)
    given = {name: value for name, value in values.items() if value is not None}
    return ActivityDraft(
        **given,
        schedules=times.schedules,
        schedule_note=remark,
        price_cents=0 if price.free else price.amount_cents,
        price_per=price.per,
        price_times=price.times,
        price_note=price.note,
    )


def read_times(text: str, today: date) -> Times:
    """The lines under "when" as schedules; a line may also hold several, with semicolons between."""
    return Times(*read_schedule("; ".join(line for line in text.split("\n") if line.strip()), today))


def show_times(times: Times) -> str:
    return "\n".join(show_schedule(each) for each in times.schedules)


def echo_times(times: Times, today: date) -> str:
    """How it was understood, the next dates, and gently what was not."""
    said: list[str] = []
    if times.schedules:
        said.append(_("Understood: {times}.").format(times=show_schedules(times.schedules)))
        days = next_dates(times.schedules, today, DATES_SHOWN)
        if days:
            said.append(_("Next: {days}.").format(days=", ".join(show_day(day) for day in days)))
        said += [doubt for each in times.schedules for doubt in doubts(each, today)]
    if times.leftover:
        said.append(_("Not understood: “{text}”. That is kept as a remark, so nothing is lost.").format(
            text=times.leftover))  # fmt: skip
    return "\n".join(said)


def _echo_price(price: Price) -> str:
    if price == Price():
        return ""
    if price.amount_cents is None and not price.free:
        return _("Kept as text: {text}").format(text=price.note)
    return show_price(price)


def _echo_neighbourhood(known: Sequence[str], name: str) -> str:
    if not name.strip() or any(each.casefold() == name.strip().casefold() for each in known):
        return ""
    return _("New neighbourhood: it is made when you save.")


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


def _show_partner(form: Form) -> None:
    form.show_field("partner", form.editor("provider").raw() == _("A partner"))


def _colleagues(office: Office) -> Sequence[tuple[int, str]]:
    return office.desk.look(list_colleagues) or []


PAGES: dict[str, PageMaker] = {
    "activities": activity_list,
    "activity": activity,
    "edit_activity": activity_form,
}
