"""When two records turn out to be one: which fields are chosen between, and what is proposed. Must not know tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.errors import Refused
from desktop.language import N_, _
from desktop.rules.fields import NEVER, Subject
from desktop.rules.fields_people import PERSON
from desktop.rules.fields_practices import PRACTICE
from desktop.rules.phones import show_phone

KEPT, OTHER, BOTH = "kept", "other", "both"


@dataclass(frozen=True)
class Group:
    """Fields that are chosen together, since half of each would be nobody's: an address, a contact person."""

    name: str
    columns: tuple[str, ...]
    label: str = ""  # of the group; a single field has its own


LABELS = {
    "address": N_("Address"),
    "contact_person": N_("Contact person or representative"),
    "informed": N_("Told where the data came from"),
    "coaches": N_("Our coach there"),
    "agreement": N_("Agreed about letters"),
}
"""Of groups of several fields; a single field has its own."""


def groups_of(subject: Subject) -> tuple[Group, ...]:
    """What is chosen between: each field apart, or with those of its group."""
    found: dict[str, list[str]] = {}
    for each in subject.fields:
        if each.group != NEVER:
            found.setdefault(each.group or each.column, []).append(each.column)
    return tuple(Group(name, tuple(columns), LABELS.get(name, "")) for name, columns in found.items())


GROUPS = {subject.table: groups_of(subject) for subject in (PERSON, PRACTICE)}
JOINED = frozenset({"note"})
"""Texts of which both can stay."""
EARLIEST = frozenset({"informed"})
FEWEST = frozenset({"contact_by"})
"""What somebody allows: the stricter answer is proposed."""
ASKED = frozenset({"deceased_on"})
"""What nobody may take for granted where the two differ: it is to be answered."""
NEWEST = frozenset({"phone", "phone2", "email", "address", "best_time"})
"""Ways to reach somebody: what was written down last is proposed."""
PHONES = ("phone", "phone2")


@dataclass(frozen=True, kw_only=True)
class MergeDraft:
    """Which record stays, which goes into it, and per group of fields whose answer counts."""

    kept: int
    other: int
    kept_version: int
    other_version: int
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Difference:
    """A group of fields in which two records differ, in words, with what is proposed."""

    name: str
    label: str
    kept: str
    other: str
    proposed: str

    @property
    def may_join(self) -> bool:
        return self.name in JOINED and bool(self.kept and self.other)


def differs(group: Group, kept: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether there is something to choose; nothing and empty are the same."""
    return any((kept[column] or "") != (other[column] or "") for column in group.columns)


def proposed(group: Group, kept: Mapping[str, Any], other: Mapping[str, Any], other_is_newer: bool = False) -> str:
    """What is chosen unless staff say otherwise: what is filled, else what the staying record has."""
    ours, theirs = _filled(group, kept), _filled(group, other)
    if group.name in ASKED and ours != theirs:
        return ""
    if not ours or not theirs:
        return OTHER if theirs and not ours else KEPT
    if group.name in JOINED:
        return BOTH
    if group.name in NEWEST and other_is_newer:
        return OTHER
    first = group.columns[0]
    if group.name in EARLIEST:
        return OTHER if str(other[first]) < str(kept[first]) else KEPT
    if group.name in FEWEST:
        return OTHER if len(str(other[first])) < len(str(kept[first])) else KEPT
    return OTHER if len(str(other[first])) > len(str(kept[first])) and group.name == "birth_date" else KEPT


def chosen(
    groups: tuple[Group, ...],
    draft: MergeDraft,
    kept: Mapping[str, Any],
    other: Mapping[str, Any],
    other_is_newer: bool = False,
) -> dict[str, Any]:
    """The values that the staying record gets, by column, as far as they change."""
    values: dict[str, Any] = {}
    for group in groups:
        if not differs(group, kept, other):
            continue
        choice = draft.choices.get(group.name) or proposed(group, kept, other, other_is_newer)
        if choice == OTHER:
            values |= {column: other[column] for column in group.columns}
        elif choice == BOTH and group.name in JOINED:
            values |= {column: _joined(kept[column], other[column]) for column in group.columns}
        elif choice not in (KEPT, BOTH):
            raise Refused(**{group.name: _("Choose one.")})
    return values if "phone2" not in kept else values | _other_phones(values, kept, other)


def _other_phones(
    values: Mapping[str, Any], kept: Mapping[str, Any], other: Mapping[str, Any]
) -> dict[str, Any]:
    """No number is lost: one that was not chosen is the second number, a third stands in the note."""
    first, second = (values.get(name, kept[name]) for name in PHONES)
    left = [each for each in dict.fromkeys(record[name] for record in (kept, other) for name in PHONES) if each]
    left = [each for each in left if each not in (first, second)]
    found: dict[str, Any] = {}
    if second == first:
        second = ""
    if left and not second:
        second = left.pop(0)
    if second != values.get("phone2", kept["phone2"]):
        found["phone2"] = second
    if left:
        numbers = _("Other number: {numbers}").format(numbers=", ".join(show_phone(each) for each in left))
        found["note"] = _joined(values.get("note", kept["note"]), numbers)
    return found


def _filled(group: Group, values: Mapping[str, Any]) -> bool:
    return any(values[column] for column in group.columns)


def _joined(ours: Any, theirs: Any) -> str:
    return "\n".join(dict.fromkeys(text for text in (str(ours or "").strip(), str(theirs or "").strip()) if text))
