"""Judges each row of a list of practices: new, double, known or left out, and why. Must not know files or storage."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

from desktop.errors import Refused
from desktop.language import _
from desktop.rules.addresses import find_postcode, read_postcode, split_street, street_line, tidy_town
from desktop.rules.fields_practices import PRACTICE
from desktop.rules.identifiers import read_agb
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
from desktop.rules.names import fold, split
from desktop.rules.people import EMAIL
from desktop.rules.phones import find_phones
from desktop.rules.practices import LONGEST, key_of

PEOPLE_WORDS = {
    "gp": ("huisartsen", "huisarts", "artsen", "arts", "dokters", "dokter"),
    "poh_ggz": ("poh ggz",),
    "poh_s": ("poh s", "poh somatiek"),
    "poh": ("poh", "poh's", "praktijkondersteuner", "praktijkondersteuners"),
    "assistant": ("assistente", "assistent", "doktersassistente", "assistentes", "praktijkassistente", "balie"),
    "other": ("contactpersoon", "contact"),
}
PEOPLE = tuple(PEOPLE_WORDS)
CALLED = {"secure_mail": "email"}
"""What a row calls a field of the practice otherwise."""
JOINED_APART = frozenset({"name", "kind", "contacts", "note"})
"""Of two rows about one practice the first says its name and kind; contacts and remarks are put together."""
OWN = {CALLED.get(each.name, each.name): each.imported for each in PRACTICE.fields if each.imported}
FIELDS: Mapping[str, tuple[str, ...]] = {
    **{name: words for name, words in OWN.items() if name != "note"},
    **PEOPLE_WORDS,
    "degree": ("titel", "titulatuur", "academische titel"),
    **OWN,
}
"""In the order in which columns are looked for; the remark comes last."""
KINDS = (
    ("health_centre", r"gezondheidscentrum|medisch centrum"),
    ("physio", r"fysio"),
    ("neighbourhood_team", r"wijkteam|buurtteam|sociaal team"),
    ("social_work", r"maatschappelijk werk"),
)
ROLES_IN_WORDS = (
    ("poh_ggz", r"(?:poh[\s-]*)?ggz"),
    ("poh_s", r"(?:poh[\s-]*)?(?:s|somatiek|somatisch)"),
    ("assistant", r"assistente?|doktersassistente?|balie"),
    ("physio", r"fysio(?:therapeut)?"),
    ("social_worker", r"maatschappelijk werk(?:st)?er|amw"),
    ("gp", r"huisarts|ha"),
)
DESK = ("balie", "receptie", "assistente", "assistent", "praktijkassistente")


@dataclass(frozen=True)
class ContactRow:
    """Someone who works at a practice, from one name in a cell."""

    role: str
    form_of_address: str = ""
    initials: str = ""
    first_name: str = ""
    tussenvoegsel: str = ""
    surname: str = ""
    title: str = ""


@dataclass(frozen=True)
class PracticeRow:
    """A practice with its contacts as the file tells it; values are read already, "" when not given."""

    name: str
    kind: str = "gp"
    agb: str | None = None
    street: str = ""
    number: str = ""
    postcode: str = ""
    town: str = ""
    phone: str = ""
    email: str = ""
    note: str = ""
    contacts: tuple[ContactRow, ...] = ()


def keys_of(practice: PracticeRow) -> tuple[str, ...]:
    """By which this practice is recognised, the surest first: the AGB code, then name and postcode."""
    own = key_of(practice.name, practice.postcode)
    return (practice.agb, own) if practice.agb else (own,)


def judge_practices(rows: Sequence[Row], columns: ColumnMap, known: Mapping[str, str]) -> Plan[PracticeRow]:
    """A verdict for every row; `known` holds the keys of practices we have, with their names."""
    if "name" not in columns.columns:
        raise Refused(name=_("Choose the column with the name of the practice."))
    judged: list[JudgedRow[PracticeRow]] = []
    seen: dict[str, int] = {}
    for row in rows:
        verdict = _judge(row, columns, known)
        first = next((seen[key] for key in _keys(verdict) if key in seen), None)
        at = len(judged) if first is None else first
        for key in _keys(verdict):
            seen.setdefault(key, at)
        if first is not None:
            judged[first], verdict = _join(judged[first], verdict)
        judged.append(verdict)
    return Plan(tuple(judged))


def _keys(judged: JudgedRow[PracticeRow]) -> tuple[str, ...]:
    return keys_of(judged.draft) if judged.draft is not None else ()


def _judge(row: Row, columns: ColumnMap, known: Mapping[str, str]) -> JudgedRow[PracticeRow]:
    title = title_row(row, columns)
    if title is not None or row.merged:
        return JudgedRow(row.number, row.cells, "title", title or (_("A title above other rows."),))
    reason = _why_not(row, columns)
    if reason:
        return JudgedRow(row.number, row.cells, "rejected", (reason,))
    reading = Reading(list(formula_flags(row, columns)))
    draft = _read(row, columns, reading)
    keys = keys_of(draft)
    name = next((known[key] for key in keys if key in known), None)
    if name is not None:
        reason = _("This practice is here already: {name}.").format(name=name)
        return JudgedRow(row.number, row.cells, "known", (reason,), key=keys[0])
    return JudgedRow(row.number, row.cells, "new", (), tuple(reading.flags), draft, keys[0])


def _why_not(row: Row, columns: ColumnMap) -> str:
    """Why this row is no practice, or ""."""
    name = columns.cell(row, "name")
    if not name:
        return _("The name of the practice is missing.")
    if len(name) > LONGEST:
        return _("The name is too long: at most {n} characters.").format(n=LONGEST)
    if len(row.filled) == 1 and looks_like_remark(name):
        return _("This looks like a remark, not like a practice.")
    return ""


def _read(row: Row, columns: ColumnMap, reading: Reading) -> PracticeRow:
    name = columns.cell(row, "name")
    street, number, postcode, town = _address(row, columns, reading)
    reading.flag_lost_letters(columns.cell(row, each) for each in columns.columns if each not in ("email", "note"))
    if len(row.filled) == 1:
        reading.flags.append(_("Only the name is given; fill in the rest later."))
    draft = PracticeRow(
        name=" ".join(name.split()),
        kind=next((kind for kind, words in KINDS if re.search(words, name, re.IGNORECASE)), "gp"),
        agb=_agb(columns.cell(row, "agb"), reading),
        street=street,
        number=number,
        postcode=postcode,
        town=town,
        phone=_phone(columns.cell(row, "phone"), reading),
        email=_email(columns.cell(row, "email"), reading),
        contacts=_contacts(row, columns, reading),
    )
    return replace(draft, note=reading.note(reading.without_bsn(columns.cell(row, "note"))))


def _agb(text: str, reading: Reading) -> str | None:
    try:
        agb = read_agb(text)
    except Refused:
        reading.flags.append(_("AGB code {text} cannot be right; it was put in the note.").format(text=text))
        reading.notes.append(f"AGB: {text}")
        return None
    if agb is not None and agb != text:
        reading.flags.append(_("AGB code {text} was read as {agb}.").format(text=text, agb=agb))
    return agb


def _address(row: Row, columns: ColumnMap, reading: Reading) -> tuple[str, str, str, str]:
    """Street, number, postcode and town, also when some of them share a cell."""
    street_cell, place_cell = columns.cell(row, "street"), columns.cell(row, "postcode")
    town = columns.cell(row, "town")
    found = find_postcode(place_cell) or find_postcode(place_cell.upper())
    if found is None and (found := find_postcode(street_cell)):
        place_cell, street_cell = street_cell[found[0] :], street_cell[: found[0]].strip(" ,;")
        found = find_postcode(place_cell)
    postcode = ""
    if found is not None:
        postcode = found[2]
        town = town or (place_cell[: found[0]] + " " + place_cell[found[1] :])
    elif place_cell and (digits := re.match(r"\d{4}\s*[A-Za-z]{2}\b", place_cell)):
        _flag_postcode(digits.group(), reading)
        town = town or place_cell[digits.end() :]
    elif place_cell:
        town = town or place_cell
    street, number = split_street(street_cell)
    return street, columns.cell(row, "number") or number, postcode, tidy_town(town)


def _flag_postcode(text: str, reading: Reading) -> None:
    reading.notes.append(f"Postcode: {text}")
    try:
        read_postcode(text)
    except Refused as refused:
        reading.flags.append(f"{text}: {refused.sentence()}")


def _phone(text: str, reading: Reading) -> str:
    if not text:
        return ""
    phones = find_phones(text)
    if not phones:
        reading.flags.append(_("Phone number {text} cannot be right; it was put in the note.").format(text=text))
    if not phones or len(phones) > 1:
        reading.notes.append(f"Telefoon: {text}")
    return phones[0] if phones else ""


def _email(text: str, reading: Reading) -> str:
    addresses = [part for part in re.split(r"[\s;,<>]+", text) if "@" in part]
    good = [address for address in addresses if EMAIL.fullmatch(address)]
    if text and not good:
        reading.flags.append(_("E-mail address {text} cannot be right; it was put in the note.").format(text=text))
    if text and (not good or len(good) > 1):
        reading.notes.append(f"Mail: {text}")
    return good[0] if good else ""


def _contacts(row: Row, columns: ColumnMap, reading: Reading) -> tuple[ContactRow, ...]:
    found = [
        _contact(text, column_role, reading)
        for column_role in PEOPLE
        for text in split_people(columns.cell(row, column_role))
    ]
    return _titled(list(dict.fromkeys(found)), columns.cell(row, "degree"), reading)


def _titled(found: list[ContactRow], title: str, reading: Reading) -> tuple[ContactRow, ...]:
    """The title of a column of its own, when it is clear whose it is: the only one, or the only GP."""
    doctors = [each for each in found if each.role == "gp"]
    meant = found if len(found) == 1 else doctors
    if not title or len(meant) == 1:
        return tuple(replace(each, title=title) if title and each is meant[0] else each for each in found)
    reading.flags.append(_("Whose title “{title}” is, is not clear; it was put in the note.").format(title=title))
    reading.notes.append(f"Titel: {title}")
    return tuple(found)


def split_people(cell: str) -> list[str]:
    """The names in one cell; a comma before bare initials belongs to a name ("Jansen, M.")."""
    names: list[str] = []
    for part in re.split(r"\s*(?:[/;\n|]|\s[&+]\s|\sen\s)\s*", cell):
        for piece in re.split(r"\s*,\s*", part):
            if names and re.fullmatch(r"(?:[^\W\d_]{1,2}\.\s?)+", piece):
                names[-1] += f", {piece}"
            elif piece.strip(" .-"):
                names.append(piece.strip())
    return names


def _contact(text: str, column_role: str, reading: Reading) -> ContactRow:
    role, name_text = _role(text, column_role)
    if role == "poh":
        role = "poh_ggz"
        reading.flags.append(_("{name}: POH-GGZ or POH-S? Now POH-GGZ.").format(name=name_text))
    if fold(name_text) in DESK:
        reading.flags.append(_("“{text}” is no name; it was taken over as the desk.").format(text=text))
        return ContactRow("assistant", first_name=name_text.capitalize())
    name = split(name_text)
    if role == "assistant" and not (name.initials or name.first_name or name.tussenvoegsel or name.form_of_address):
        return ContactRow(role, first_name=name.surname)
    return ContactRow(
        role, name.form_of_address, name.initials, name.first_name, name.tussenvoegsel, name.surname or name_text
    )


def _role(text: str, column_role: str) -> tuple[str, str]:
    """The role a name itself tells ("S. Bos (GGZ)", "POH-S T. d'Hondt") or that of its column, and the bare name."""
    bracket = re.search(r"\(([^()]*)\)", text)
    for role, words in ROLES_IN_WORDS:
        if bracket and re.fullmatch(words, bracket[1].strip(), re.IGNORECASE):
            return role, (text[: bracket.start()] + text[bracket.end() :]).strip()
    for role, words in ROLES_IN_WORDS[:2]:
        before = re.match(rf"poh[\s-]+(?:{words})\b[\s:.-]*(?=\S)", text, re.IGNORECASE)
        if before and not re.match(r"poh[\s-]+s\.", text, re.IGNORECASE):
            return role, text[before.end() :]
    before = re.match(r"poh[\s:.-]+(?=\S)", text, re.IGNORECASE)
    if before and column_role not in ("poh_ggz", "poh_s"):
        return "poh", text[before.end() :]
    return column_role, text


def _join(
    first: JudgedRow[PracticeRow], second: JudgedRow[PracticeRow]
) -> tuple[JudgedRow[PracticeRow], JudgedRow[PracticeRow]]:
    """Two rows about one practice: the first takes over what it lacks and notes what differs."""
    assert first.draft is not None
    assert second.draft is not None
    one, other = first.draft, second.draft
    lacking = [each.name for each in fields(PracticeRow) if each.name not in JOINED_APART]
    filled = {name: getattr(one, name) or getattr(other, name) for name in lacking}
    differences = _differences(one, other)
    notes = [one.note, other.note if other.note != one.note else "", *differences]
    joined = replace(
        one,
        **filled,
        contacts=tuple(dict.fromkeys(one.contacts + other.contacts)),
        note="\n".join(note for note in notes if note),
    )
    reason = _("The same practice as in row {row}: {name}.").format(row=first.number, name=one.name)
    flags = second.flags + tuple(
        _("Differs from row {row}, see the note: {text}").format(row=first.number, text=text) for text in differences
    )
    return replace(first, draft=joined), replace(
        second, verdict="joined", reasons=(reason,), flags=flags, draft=None, key=first.key
    )


def _differences(one: PracticeRow, other: PracticeRow) -> list[str]:
    """What the second row says otherwise, as it will stand in the note."""
    labels = {"name": "Naam", "agb": "AGB", "phone": "Telefoon", "email": "Mail", "postcode": "Postcode"}
    differing = [
        f"{label}: {getattr(other, name)}"
        for name, label in labels.items()
        if getattr(other, name) and getattr(one, name) and fold(getattr(other, name)) != fold(getattr(one, name))
    ]
    address = street_line(other)
    if address and one.street and fold(address) != fold(street_line(one)):
        differing.append(f"Adres: {address}")
    return differing
