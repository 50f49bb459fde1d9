"""Judges each row of a list of activities: new, double, known or left out, and why. Must not know files or storage."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from desktop.errors import Refused
from desktop.language import _
from desktop.rules.activities import LARGEST_GROUP, LONGEST_TITLE, key_of
from desktop.rules.addresses import find_postcode, split_street, street_line, tidy_town
from desktop.rules.fields_catalogue import ACTIVITY, LOCATION
from desktop.rules.imports import (
    ColumnMap,
    JudgedRow,
    Plan,
    Reading,
    Row,
    formula_flags,
    looks_like_remark,
    title_row,
)
from desktop.rules.letternames import ANY, asked_of_name, proposed
from desktop.rules.names import fold
from desktop.rules.people import EMAIL
from desktop.rules.phones import phone_places
from desktop.rules.prices import Price, read_price, show_price
from desktop.rules.schedules import (
    Schedule,
    check_schedule,
    doubts,
    read_last_day,
    read_schedule,
    show_schedule,
    show_schedules,
)

CALLED = {"contact_phone": "phone", "contact_email": "email"}
"""What a row calls a field of the activity otherwise."""
READ_AS_ONE: Mapping[str, tuple[str, ...]] = {
    "schedule": ("wanneer", "dag en tijd", "dag/tijd", "dag tijd", "dagen en tijden", "dag", "dagen", "rooster"),
    "hours": ("tijd", "tijden", "tijdstip", "hoe laat"),
    "price": ("kosten", "prijs", "bijdrage", "eigen bijdrage", "tarief"),
}
"""Columns that several fields are read from."""
OWN = {CALLED.get(each.name, each.name): each.imported for each in ACTIVITY.fields if each.imported}
FIELDS: Mapping[str, tuple[str, ...]] = {
    **{name: OWN[name] for name in ("title", "short_text")},
    **{each.name: each.imported for each in LOCATION.fields if each.imported},
    **READ_AS_ONE,
    **OWN,
}
"""In the order in which columns are looked for: what and where come first."""
THEME_WORDS: Mapping[str, str] = {
    "meeting": r"koffie|inloop|ontmoet|praatje|gezellig|café|cafe\b|salon|samen eten|maatje",
    "exercise": r"wandel|beweeg|beweg|sport|yoga|voetbal|football|\bfit\b|gym|dans|fiets|zwem|tai chi",
    "food": r"\beten\b|maaltijd|kook|koken|lunch|menu|ontbijt",
    "creative": r"creatief|schilder|brei|haken|teken|knutsel|handwerk|repair|repareren|naai",
    "music": r"muziek|zing(?!ev)|koor\b",
    "nature": r"tuin|natuur",
    "learning": r"taal|cursus|\bleren\b|nederlands|lezen|workshop",
    "digital": r"digita|computer|tablet|smartphone|internet|digid",
    "money": r"geld|formulier|schuld|administratie|belasting",
    "grief": r"rouw|verlies|zingeving|levensvragen|ertoe doet",
    "carers": r"mantelzorg|voor een ander zorgt",
    "volunteering": r"vrijwilligerswerk",
    "lifestyle": r"leefstijl|gezond|afvallen|stoppen met roken",
    "relaxing": r"yoga|ontspan|mindful|medita",
}
FULL = re.compile(r"\bvol\b!*|\bvolgeboekt\b|\bwachtlijst\b", re.IGNORECASE)
STOPPED = re.compile(r"\b(?:is\s+)?gestopt\b|\bvervallen\b", re.IGNORECASE)
WHEELCHAIR = re.compile(
    r"(?P<no>niet\s+)?(?:rolstoel\s?toegankelijk|rolstoelvriendelijk|toegankelijk\s+(?:met|voor)\s+(?:een\s+)?rolstoel(?:en)?)",
    re.IGNORECASE,
)
LIFT = re.compile(r"(?P<no>geen\s+)lift|lift\s+aanwezig|met\s+lift", re.IGNORECASE)
UNLIMITED = ("onbeperkt", "geen maximum", "geen", "nvt", "n.v.t.", "-", "vrij")
SECTION = re.compile(r"(?:wijk|buurt|stadsdeel|gebied)\s*:?\s+(?P<name>.+)", re.IGNORECASE)


@dataclass(frozen=True)
class ActivityRow:
    """An activity as the file tells it; values are read already, what could not be read stands as text."""

    title: str
    short_text: str = ""
    location_name: str = ""
    street: str = ""
    number: str = ""
    postcode: str = ""
    town: str = ""
    neighbourhood: str = ""
    schedules: tuple[Schedule, ...] = ()
    schedule_text: str = ""
    """What of the days and hours could not be read as a rule."""
    price: Price = field(default_factory=Price)
    contact_name: str = ""
    phone: str = ""
    email: str = ""
    partner: str = ""
    capacity: int | None = None
    status: str = "active"
    wheelchair: str = ""
    lift: str = ""
    note: str = ""
    themes: tuple[str, ...] = ()
    letter_name: str = ""
    """What letters call it, proposed by its theme where the file does not tell."""


def key_of_row(activity: ActivityRow) -> str:
    """By which this activity is recognised: the same title at the same place is the same activity."""
    return key_of(activity.title, activity.location_name or street_line(activity))


def judge_activities(
    rows: Sequence[Row], columns: ColumnMap, known: Mapping[str, str], today: date
) -> Plan[ActivityRow]:
    """A verdict for every row; `known` holds the keys of activities we have, with their titles."""
    if "title" not in columns.columns:
        raise Refused(title=_("Choose the column with the name of the activity."))
    places = _neighbourhood_of_places(rows, columns)
    told = [columns.cell(row, "neighbourhood") for row in rows if row.number > columns.header_number]
    names = {fold(name): name for name in told if name}
    section = ""
    judged: list[JudgedRow[ActivityRow]] = []
    seen: dict[str, int] = {}
    for row in rows:
        heading = _heading(row, columns, names)
        if heading is not None:
            section, verdict = heading or section, _title(row, heading)
        else:
            verdict = _judge(row, columns, known, _neighbourhood(row, columns, section, places), today)
        first = seen.setdefault(verdict.key, len(judged)) if verdict.draft is not None else len(judged)
        if first < len(judged):
            judged[first], verdict = _join(judged[first], verdict)
        judged.append(verdict)
    return Plan(tuple(judged))


# ---- what letters call it


def renamed(plan: Plan[ActivityRow], number: int, name: str) -> Plan[ActivityRow]:
    """The plan with another name for letters in this row, as staff typed it; left empty it is proposed anew."""
    return Plan(tuple(_renamed(row, name) if row.number == number else row for row in plan.rows))


def asked_of(row: ActivityRow) -> str:
    """What to ask about what letters call it; "" when it may be taken over as it is."""
    return asked_of_name(row.letter_name, row.title)


def _renamed(row: JudgedRow[ActivityRow], name: str) -> JudgedRow[ActivityRow]:
    if row.draft is None:
        return row
    draft = replace(row.draft, letter_name=" ".join(name.split()) or proposed(row.draft.title, row.draft.themes))
    kept = [flag for flag in row.flags if flag not in _about_name(row.draft)]
    return replace(row, draft=draft, flags=(*kept, *_about_name(draft)))


def _about_name(row: ActivityRow) -> list[str]:
    """A name that would not do, and one that says nothing, are to be looked at."""
    if asked := asked_of(row):
        return [_("In letters “{name}”: {asked}").format(name=row.letter_name, asked=asked)]
    if row.letter_name == ANY:
        return [_("No theme was recognised. Letters call it “{name}”: is there a better name?").format(name=ANY)]
    return []


# ---- rows that are no activity


def _heading(row: Row, columns: ColumnMap, names: Mapping[str, str]) -> str | None:
    """The neighbourhood a heading row names ("" when it names none); None when the row is no heading."""
    if title_row(row, columns) is not None:
        return None
    lone = row.filled[0] if len(row.filled) == 1 else ""
    if not lone or not (row.merged or SECTION.fullmatch(lone) or lone.isupper()):
        return None
    match = SECTION.fullmatch(lone)
    name = match["name"] if match else lone
    if fold(name) in names:
        return names[fold(name)]
    return _capitals(name) if match else ""


def _title(row: Row, neighbourhood: str) -> JudgedRow[ActivityRow]:
    reasons = (_("Heading: the rows below are in neighbourhood {name}.").format(name=neighbourhood),)
    return JudgedRow(row.number, row.cells, "title", reasons if neighbourhood else (_("A title above other rows."),))


def _capitals(text: str) -> str:
    """DE HOEF -> De Hoef, 'T VEN -> 't Ven."""
    if not text.isupper():
        return text
    return re.sub(r"'([ST])\b", lambda match: match.group().lower(), text.title())


def _neighbourhood_of_places(rows: Sequence[Row], columns: ColumnMap) -> dict[str, str]:
    """In which neighbourhood a place lies, as far as all rows that tell agree."""
    told: dict[str, set[str]] = {}
    for row in rows:
        place, name = fold(columns.cell(row, "location_name")), columns.cell(row, "neighbourhood")
        if place and name and row.number > columns.header_number:
            told.setdefault(place, set()).add(name)
    return {place: next(iter(names)) for place, names in told.items() if len(names) == 1}


def _neighbourhood(row: Row, columns: ColumnMap, section: str, places: Mapping[str, str]) -> tuple[str, str]:
    """The neighbourhood of a row and, when the row does not tell it itself, a sentence saying where it is from."""
    own = columns.cell(row, "neighbourhood")
    of_place = places.get(fold(columns.cell(row, "location_name")), "")
    if own:
        return own, ""
    if of_place and of_place != section:
        return of_place, _("Neighbourhood {name} taken from other rows at this place.").format(name=of_place)
    if section:
        return section, _("Neighbourhood {name} taken from the heading above.").format(name=section)
    return "", ""


# ---- one row


def _judge(
    row: Row, columns: ColumnMap, known: Mapping[str, str], neighbourhood: tuple[str, str], today: date
) -> JudgedRow[ActivityRow]:
    title = title_row(row, columns)
    if title is not None:
        return JudgedRow(row.number, row.cells, "title", title)
    reason = _why_not(row, columns)
    if reason:
        return JudgedRow(row.number, row.cells, "rejected", (reason,))
    reading = Reading([*formula_flags(row, columns), *([neighbourhood[1]] if neighbourhood[1] else [])])
    draft = _read(row, columns, neighbourhood[0], reading, today)
    key = key_of_row(draft)
    if key in known:
        reason = _("This activity is here already: {name}.").format(name=known[key])
        return JudgedRow(row.number, row.cells, "known", (reason,), key=key)
    return JudgedRow(row.number, row.cells, "new", (), tuple(reading.flags), draft, key)


def _why_not(row: Row, columns: ColumnMap) -> str:
    """Why this row is no activity, or ""."""
    title = columns.cell(row, "title")
    if not title:
        return _("The name of the activity is missing.")
    if len(title) > LONGEST_TITLE:
        return _("The name is too long: at most {n} characters.").format(n=LONGEST_TITLE)
    if len(row.filled) == 1 and looks_like_remark(title):
        return _("This looks like a remark, not like an activity.")
    return ""


def _read(row: Row, columns: ColumnMap, neighbourhood: str, reading: Reading, today: date) -> ActivityRow:
    title, short_text = columns.cell(row, "title"), columns.cell(row, "short_text")
    names = ("title", "location_name", "street", "contact_name")
    reading.flag_lost_letters(columns.cell(row, name) for name in names)
    place = _place(row, columns)
    draft = ActivityRow(
        title=" ".join(title.split()),
        short_text=short_text,
        location_name=columns.cell(row, "location_name"),
        street=place[0],
        number=place[1],
        postcode=_postcode(place[2], reading),
        town=place[3],
        neighbourhood=neighbourhood,
        price=_price(columns.cell(row, "price"), reading),
        contact_name=columns.cell(row, "contact_name"),
        phone=_phone(columns.cell(row, "phone"), reading),
        email=_email(columns.cell(row, "email"), reading),
        partner=columns.cell(row, "partner"),
        capacity=_capacity(columns.cell(row, "capacity"), reading),
        themes=tuple(
            theme for theme, words in THEME_WORDS.items() if re.search(words, f"{title} {short_text}", re.IGNORECASE)
        ),
    )
    draft = _with_letter_name(draft, columns.cell(row, "letter_name"), reading)
    draft = _with_schedules(draft, f"{columns.cell(row, 'schedule')} {columns.cell(row, 'hours')}", reading, today)
    return _with_remark(draft, columns.cell(row, "note"), reading, today)


def _place(row: Row, columns: ColumnMap) -> tuple[str, str, str, str]:
    """Street, number, postcode as written, town; also when some of them share a cell."""
    street_cell, postcode_cell = columns.cell(row, "street"), columns.cell(row, "postcode")
    town = columns.cell(row, "town")
    if not postcode_cell and (found := find_postcode(street_cell)):
        street_cell, postcode_cell = street_cell[: found[0]].strip(" ,;"), street_cell[found[0] :]
    match = re.match(r"\s*(\d{4}\s*[A-Za-z]{2})\b[\s,]*(.*)", postcode_cell)
    if match:
        postcode_cell, town = match[1], town or match[2]
    street, number = split_street(street_cell)
    return street, columns.cell(row, "number") or number, postcode_cell, tidy_town(town)


def _postcode(text: str, reading: Reading) -> str:
    if not text:
        return ""
    found = find_postcode(text.upper())
    if found is None:
        reading.flags.append(_("Postcode {text} cannot be right; it was put in the note.").format(text=text))
        reading.notes.append(f"Postcode: {text}")
    return found[2] if found else ""


def _phone(text: str, reading: Reading) -> str:
    """The first number; hours to call and further numbers go to the note."""
    if not text:
        return ""
    places = phone_places(text)
    if not places:
        reading.flags.append(_("Phone number {text} cannot be right; it was put in the note.").format(text=text))
        reading.notes.append(f"Telefoon: {text}")
        return ""
    start, end, number = places[0]
    rest = (text[:start] + " " + text[end:]).strip(" ,;/")
    if rest:
        reading.notes.append(f"Telefoon: {text}")
    return number


def _email(text: str, reading: Reading) -> str:
    if text and not EMAIL.fullmatch(text):
        reading.flags.append(_("E-mail address {text} cannot be right; it was put in the note.").format(text=text))
        reading.notes.append(f"Mail: {text}")
        return ""
    return text


def _price(text: str, reading: Reading) -> Price:
    price = read_price(text)
    if price.free and "gratis" not in text.casefold():
        reading.flags.append(_("Price “{text}” was read as free of charge.").format(text=text))
    return price


def _capacity(text: str, reading: Reading) -> int | None:
    if not text or fold(text) in UNLIMITED:
        return None
    match = re.fullmatch(
        r"(?P<about>ca\.?|circa|ongeveer|±|max\.?|maximaal)?\s*(?P<n>\d{1,4})\s*(?:personen|pers\.?|deelnemers|plaatsen|p\.?)?",
        text.strip(),
        re.IGNORECASE,
    )
    if match is None or not 1 <= int(match["n"]) <= LARGEST_GROUP:
        reading.flags.append(_("Maximum “{text}” was not understood; it was put in the note.").format(text=text))
        reading.notes.append(f"Maximum: {text}")
        return None
    if match["about"] and not match["about"].lower().startswith("max"):
        reading.flags.append(_("Maximum “{text}” was read as {n}.").format(text=text, n=match["n"]))
    return int(match["n"])


def _with_letter_name(draft: ActivityRow, told: str, reading: Reading) -> ActivityRow:
    """As the file tells, else by its theme; what is to be looked at is said."""
    named = replace(draft, letter_name=" ".join(told.split()) or proposed(draft.title, draft.themes))
    reading.flags += _about_name(named)
    return named


def _with_schedules(draft: ActivityRow, text: str, reading: Reading, today: date) -> ActivityRow:
    schedules, leftover = read_schedule(text, today)
    kept: list[Schedule] = []
    for schedule in schedules:
        try:
            check_schedule(schedule)
        except Refused:
            leftover = ", ".join(part for part in (leftover, show_schedule(schedule)) if part)
        else:
            kept.append(schedule)
            reading.flags += [f"{show_schedule(schedule)}: {doubt}" for doubt in doubts(schedule, today)]
    if leftover:
        reading.flags.append(
            _("Days and hours: “{text}” was not understood; it is kept as text.").format(text=leftover)
        )
    return replace(draft, schedules=tuple(kept), schedule_text=leftover)


def _with_remark(draft: ActivityRow, text: str, reading: Reading, today: date) -> ActivityRow:
    """What a remark tells is put in its field; the rest stays a remark."""
    rest = reading.without_bsn("" if text == "0" else text)  # 0 is what a formula without a task leaves
    draft, rest = _take_access(draft, rest)
    if FULL.search(rest):
        reading.flags.append(_("Status set to full, because of “{text}”.").format(text=rest))
        draft, rest = replace(draft, status="full"), FULL.sub("", rest)
    draft = _with_last_day(draft, rest, reading, today)
    return replace(draft, note=reading.note(rest.strip(" ,;.!\n")))


def _take_access(draft: ActivityRow, text: str) -> tuple[ActivityRow, str]:
    wheelchair, lift = WHEELCHAIR.search(text), LIFT.search(text)
    if wheelchair:
        draft = replace(draft, wheelchair="no" if wheelchair["no"] else "yes")
    if lift:
        draft = replace(draft, lift="no" if lift["no"] else "yes")
    return draft, LIFT.sub("", WHEELCHAIR.sub("", text))


def _with_last_day(draft: ActivityRow, text: str, reading: Reading, today: date) -> ActivityRow:
    """ "stopt per 1-1" ends the schedules; the words stay in the note too, for the year was guessed."""
    last = read_last_day(text, today)
    if last is not None:
        reading.flags.append(_("Last day {day}, because of “{text}”.").format(day=f"{last:%d-%m-%Y}", text=text))
        schedules = tuple(
            schedule
            if schedule.ends_on or (schedule.starts_on and (schedule.starts_on > last or not schedule.rrule))
            else replace(schedule, ends_on=last)
            for schedule in draft.schedules
        )
        draft = replace(draft, schedules=schedules)
    if STOPPED.search(text) or (last is not None and last < today):
        reading.flags.append(_("Status set to stopped, because of “{text}”.").format(text=text))
        draft = replace(draft, status="stopped")
    return draft


# ---- doubles


def _join(
    first: JudgedRow[ActivityRow], second: JudgedRow[ActivityRow]
) -> tuple[JudgedRow[ActivityRow], JudgedRow[ActivityRow]]:
    """Two rows about one activity: the first takes over what it lacks, other hours are added, the rest is noted."""
    assert first.draft is not None
    assert second.draft is not None
    one, other = first.draft, second.draft
    differences = _differences(one, other)
    line = f"Ook in rij {second.number}: {'; '.join(differences)}" if differences else ""
    notes = [one.note, other.note if fold(other.note) != fold(one.note) else "", line]
    joined = replace(
        one,
        short_text=one.short_text or other.short_text,
        street=one.street or other.street,
        number=one.number or other.number,
        postcode=one.postcode or other.postcode,
        town=one.town or other.town,
        neighbourhood=one.neighbourhood or other.neighbourhood,
        schedules=_all_schedules(one, other),
        schedule_text=one.schedule_text or other.schedule_text,
        price=other.price if one.price == Price() else one.price,
        contact_name=one.contact_name or other.contact_name,
        phone=one.phone or other.phone,
        email=one.email or other.email,
        partner=one.partner or other.partner,
        capacity=one.capacity or other.capacity,
        wheelchair=one.wheelchair or other.wheelchair,
        lift=one.lift or other.lift,
        themes=tuple(dict.fromkeys(one.themes + other.themes)),
        note="\n".join(note for note in notes if note),
    )
    reason = _("The same activity at the same place as in row {row}: {name}.").format(row=first.number, name=one.title)
    flags = second.flags
    if differences:
        text = "; ".join(differences)
        flags += (_("Differs from row {row}, see the note: {text}").format(row=first.number, text=text),)
    return replace(first, draft=joined), replace(second, verdict="joined", reasons=(reason,), flags=flags, draft=None)


def _all_schedules(one: ActivityRow, other: ActivityRow) -> tuple[Schedule, ...]:
    """The hours of both rows; the same hours with another last day are not doubled."""
    open_ended = {replace(schedule, ends_on=None) for schedule in one.schedules}
    return one.schedules + tuple(
        schedule for schedule in other.schedules if replace(schedule, ends_on=None) not in open_ended
    )


def _differences(one: ActivityRow, other: ActivityRow) -> list[str]:
    """What the second row says otherwise, in the words the note will have."""
    pairs = {
        "omschrijving": (one.short_text, other.short_text),
        "adres": (street_line(one), street_line(other)),
        "wijk": (one.neighbourhood, other.neighbourhood),
        "wanneer": (show_schedules(one.schedules), show_schedules(other.schedules)),
        "ook wanneer": (one.schedule_text, other.schedule_text),
        "kosten": (show_price(one.price), show_price(other.price)),
        "contact": (one.contact_name, other.contact_name),
        "telefoon": (one.phone, other.phone),
        "mail": (one.email, other.email),
        "maximum": (str(one.capacity or ""), str(other.capacity or "")),
        "status": (one.status, other.status),
        "rolstoel": (one.wheelchair, other.wheelchair),
        "lift": (one.lift, other.lift),
    }
    return [
        f"{label} {theirs}" for label, (ours, theirs) in pairs.items() if ours and theirs and fold(ours) != fold(theirs)
    ]
