"""What a letter that replaces another one puts right, in words for its kind line. Must not know records."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from desktop.rules.lettertexts import Core

NAMES_OF_ACTIVITIES = ("_bij", "_naar", "wachtlijst", "elders", "ook")
DAYS = (
    *("_op", "_voor", "_sinds", "_vanaf", "_dag", "_rond", "_tot"),
    *("_gesprek", "_intake", "_zoekt", "_genoeg", "_gehad"),
)
MOST = 3


@dataclass(frozen=True)
class Said:
    """What a letter says: its subject, its texts and the values they were filled with."""

    subject: str
    core: Core
    attendance: str = ""
    values: tuple[Mapping[str, str], ...] = field(default=())  # per heading


def put_right(before: Said, after: Said) -> str:
    """Verbeterd: de naam van de activiteit en de dag; "" when the two say the same."""
    words = list(dict.fromkeys(_differences(before, after)))[:MOST]
    if not words:
        return ""
    return "verbeterd: " + " en ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _differences(before: Said, after: Said) -> Iterator[str]:
    if before.subject != after.subject:
        yield "de naam of de geboortedatum"
    for at, ((_heading, old), (heading, new)) in enumerate(zip(before.core, after.core, strict=False)):
        if old != new:
            yield from _what(before, after, at) or [_under(heading)]
    if before.attendance != after.attendance:
        yield "de aanwezigheid"


def _what(before: Said, after: Said, at: int) -> list[str]:
    """What changed under a heading, as far as the values tell: a name, a day."""
    if at >= len(before.values) or at >= len(after.values):
        return []
    was, now = before.values[at], after.values[at]
    changed = [name for name in was.keys() & now.keys() if was[name] != now[name] and was[name] in before.core[at][1]]
    names = any(name.endswith(NAMES_OF_ACTIVITIES) for name in changed)
    days = any(name.endswith(DAYS) for name in changed)
    return ["de naam van de activiteit"] * names + ["de dag"] * days


def _under(heading: str) -> str:
    """de stand van zaken; wat is afgesproken."""
    words = heading[:1].lower() + heading[1:]
    if words == "volgend bericht":
        return "het volgende bericht"
    return words if words.startswith("wat ") else f"de {words}"
