"""Bringing in practices and activities from a file: look first, then store exactly that. Must not know Qt."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from desktop import clock
from desktop.actions.action import action
from desktop.actions.activities import location_name
from desktop.actions.neighbourhoods import find_neighbourhood, learn_postcode
from desktop.errors import Doubtful, Refused
from desktop.exchange.spreadsheets import read_table, write_table
from desktop.language import _
from desktop.rules import activities, activity_rows, practice_rows, practices
from desktop.rules.activities import ActivityDraft
from desktop.rules.activity_rows import ActivityRow
from desktop.rules.declared import kept_values
from desktop.rules.imports import ColumnMap, Plan, Sheet, column_letter, read_columns, table_of_rejected
from desktop.rules.names import fold
from desktop.rules.paperwords import odd_on_paper
from desktop.rules.practice_rows import ContactRow, PracticeRow
from desktop.rules.practices import ContactDraft, PracticeDraft
from desktop.rules.staff import CASEWORK, Member, require
from desktop.storage.activities import known_activities
from desktop.storage.changes import Deed, Record, bulk_insert, under_way
from desktop.storage.models import Activity, ActivityTheme, Contact, Location, Practice, Schedule, Theme
from desktop.storage.practices import known_practices
from desktop.storage.schedules import columns_of

BATCH = 500  # rows between two looks whether staff pressed stop
MOST_ASKED = 5

Draft = TypeVar("Draft")
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Preview(Generic[Draft]):
    """A file that was read and judged; what it shows is what taking it over will store."""

    file: str
    sheet: Sheet
    columns: ColumnMap
    plan: Plan[Draft]


@dataclass(frozen=True)
class Imported:
    """What one import stored; its audit line is known once it is committed."""

    rows: int
    contacts: int
    deed: Deed

    @property
    def audit_id(self) -> int:
        assert self.deed.audit_id is not None, "asked after the commit"
        return self.deed.audit_id


def quiet(_done: int, _total: int) -> None:
    """For who does not follow the progress."""


# ---- looking


def plan_practices(
    by: Member, source: Path | Preview[PracticeRow], columns: ColumnMap | None = None, progress: Progress = quiet
) -> Preview[PracticeRow]:
    """Judge every row of a file, or of a file read before with other columns; nothing is stored."""
    require(by, CASEWORK)
    file, sheet = _read(source)
    progress(1, 3)
    chosen = columns or read_columns(sheet.rows, practice_rows.FIELDS)
    known = known_practices(by)
    progress(2, 3)
    plan = practice_rows.judge_practices(sheet.rows, chosen, known) if _has(chosen, "name") else _nothing()
    progress(3, 3)
    return Preview(file, sheet, chosen, plan)


def plan_activities(
    by: Member, source: Path | Preview[ActivityRow], columns: ColumnMap | None = None, progress: Progress = quiet
) -> Preview[ActivityRow]:
    """Judge every row of a file, or of a file read before with other columns; nothing is stored."""
    require(by, CASEWORK)
    file, sheet = _read(source)
    progress(1, 3)
    chosen = columns or read_columns(sheet.rows, activity_rows.FIELDS)
    known = known_activities(by)
    progress(2, 3)
    today = clock.today()
    plan = activity_rows.judge_activities(sheet.rows, chosen, known, today) if _has(chosen, "title") else _nothing()
    progress(3, 3)
    return Preview(file, sheet, chosen, plan)


def first_row_names(sheet: Sheet, columns: ColumnMap, names: bool) -> ColumnMap:
    """The same map for a file whose first row holds (or does not hold) names we do not know."""
    first = next(row for row in sheet.rows if not row.is_empty)
    if names:
        return replace(columns, headers=first.cells, header_number=first.number)
    letters = tuple(column_letter(at) for at in range(sheet.width))
    return replace(columns, headers=letters, header_number=0)


def write_rejected(by: Member, preview: Preview[Any], target: Path) -> int:
    """The rows that were left out with the reason, as a file to correct and bring in again; how many there are."""
    require(by, CASEWORK)
    headers, rows = table_of_rejected(preview.plan, preview.columns.headers)
    write_table(target, headers, rows, _("Left out"))
    return len(rows)


def _read(source: Path | Preview[Draft]) -> tuple[str, Sheet]:
    if isinstance(source, Preview):
        return source.file, source.sheet
    return source.name, read_table(source)


def _has(columns: ColumnMap, field: str) -> bool:
    return field in columns.columns


def _nothing() -> Plan[Any]:
    """What is planned as long as nobody said where the name stands."""
    return Plan(())


# ---- storing


@action("practices imported", may=CASEWORK)
def import_practices(
    by: Member, plan: Plan[PracticeRow], progress: Progress = quiet, sure: bool = False
) -> Imported:
    """Store what was previewed: practices with their contacts, in one transaction."""
    rows = plan.drafts()
    if not sure:
        _ask(plan, _odd_of_practice)
    known = known_practices(by)
    _refuse_if_known([key for row in rows for key in practice_rows.keys_of(row)], known)
    for row in rows:
        practices.check(_practice(row))
    ids = _store(Practice, [_practice_values(row) for row in rows], progress)
    people = [_contact_values(at, person) for at, row in zip(ids, rows, strict=True) for person in row.contacts]
    _store(Contact, people, progress)
    return Imported(len(rows), len(people), under_way())


@action("activities imported", may=CASEWORK)
def import_activities(
    by: Member, plan: Plan[ActivityRow], progress: Progress = quiet, sure: bool = False
) -> Imported:
    """Store what was previewed: activities with times and themes; new places and neighbourhoods are made."""
    rows = plan.drafts()
    if not sure:
        _ask(plan, activity_rows.asked_of)
    _refuse_if_known([activity_rows.key_of_row(row) for row in rows], known_activities(by))
    today = clock.today()
    for row in rows:
        activities.check(_activity(row), today)
    names = {name: find_neighbourhood(name) for name in dict.fromkeys(row.neighbourhood for row in rows)}
    places = _places(rows, names)
    values = [_activity_values(row, names[row.neighbourhood], places.get(_place_key(row))) for row in rows]
    ids = _store(Activity, values, progress)
    _store(Schedule, [_times(at, times) for at, row in zip(ids, rows, strict=True) for times in row.schedules], quiet)
    themes = {theme.code: theme.id for theme in Theme.select()}
    told = [(at, themes[code]) for at, row in zip(ids, rows, strict=True) for code in row.themes if code in themes]
    _store(ActivityTheme, [{"activity": at, "theme": theme} for at, theme in told], quiet)
    for row in rows:
        learn_postcode(names[row.neighbourhood], row.postcode)
    return Imported(len(rows), 0, under_way())


def _ask(plan: Plan[Draft], odd: Callable[[Draft], str]) -> None:
    """What reaches paper is asked about as when it is typed in a form, each with its row."""
    asked = [(row.number, odd(row.draft)) for row in plan.rows if row.draft is not None]
    said = [_("Row {n}: {asked}").format(n=number, asked=words) for number, words in asked if words]
    beyond = len(said) - MOST_ASKED
    if said:
        raise Doubtful("\n".join([*said[:MOST_ASKED], *([_("And {n} more.").format(n=beyond)] if beyond > 0 else [])]))


def _odd_of_practice(row: PracticeRow) -> str:
    today = clock.today()
    asked = [odd_on_paper("practice", row, {}, today)]
    asked += [odd_on_paper("contact", each, {}, today) for each in row.contacts]
    return " ".join(dict.fromkeys(words for each in asked for words in each.values()))


def _refuse_if_known(keys: Sequence[str], known: Mapping[str, str]) -> None:
    """A plan that was carried out already, or a colleague who was first: nothing is stored twice."""
    if not keys:
        raise Refused(_("There is nothing new in this file."))
    if any(key in known for key in keys):
        raise Refused(_("Some of these rows were added meanwhile. Look at the file again."))


def _store(model: type[Record], rows: Sequence[Mapping[str, Any]], progress: Progress) -> list[int]:
    """In batches, so that stop is heard within half a second; all in the one transaction."""
    ids: list[int] = []
    for start in range(0, len(rows), BATCH):
        progress(start, len(rows))
        ids += bulk_insert(model, rows[start : start + BATCH])
    return ids


# ---- rows as records


def _practice(row: PracticeRow) -> PracticeDraft:
    return PracticeDraft(
        name=row.name,
        kind=row.kind,
        agb=row.agb,
        street=row.street,
        number=row.number,
        postcode=row.postcode,
        town=row.town,
        phone=row.phone,
        secure_mail=row.email,
        note=row.note,
    )


def _practice_values(row: PracticeRow) -> dict[str, Any]:
    return kept_values("practice", _practice(row))


def _contact_values(practice: int, row: ContactRow) -> dict[str, Any]:
    draft = ContactDraft(
        practice=practice,
        role=row.role,
        form_of_address=row.form_of_address,
        initials=row.initials,
        first_name=row.first_name,
        tussenvoegsel=row.tussenvoegsel,
        surname=row.surname,
        title=row.title,
    )
    practices.check_contact(draft)
    return kept_values("contact", draft)


def _activity(row: ActivityRow) -> ActivityDraft:
    price = row.price
    return ActivityDraft(
        title=row.title,
        letter_name=row.letter_name,
        short_text=row.short_text,
        provider="partner" if row.partner else "own",
        partner=row.partner,
        location_name=row.location_name,
        street=row.street,
        number=row.number,
        postcode=row.postcode,
        town=row.town,
        contact_name=row.contact_name,
        contact_phone=row.phone,
        contact_email=row.email,
        schedules=row.schedules,
        schedule_note=row.schedule_text,
        capacity=row.capacity,
        price_cents=0 if price.free else price.amount_cents,
        price_per=price.per,
        price_times=price.times,
        price_note=price.note,
        wheelchair=row.wheelchair,
        lift=row.lift,
        status=row.status,
        note=row.note,
    )


def _activity_values(row: ActivityRow, neighbourhood: int | None, location: int | None) -> dict[str, Any]:
    return kept_values("activity", _activity(row)) | {"neighbourhood": neighbourhood, "location": location}


def _times(activity: int, times: Any) -> dict[str, Any]:
    return {"activity": activity, **columns_of(times)}


def _place_key(row: ActivityRow) -> tuple[str, str]:
    return fold(location_name(_activity(row))), row.postcode


def _places(rows: Sequence[ActivityRow], names: Mapping[str, int | None]) -> dict[tuple[str, str], int]:
    """Every place of these rows, found or made; a place without postcode is the one that has its name."""
    found: dict[tuple[str, str], int] = {}
    for each in Location.select():
        for postcode in {each.postcode, ""}:
            found.setdefault((fold(each.name), postcode), int(each.id))
    ordered = sorted(rows, key=lambda row: not row.postcode)
    for row in ordered:
        key = _place_key(row)
        if not key[0] or key in found:
            continue
        place = Location(
            name=location_name(_activity(row)),
            street=row.street,
            number=row.number,
            postcode=row.postcode,
            town=row.town,
            neighbourhood=names[row.neighbourhood],
        )
        place.save()
        found[key] = int(place.id)
        found.setdefault((key[0], ""), int(place.id))
    return found
