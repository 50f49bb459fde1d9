"""Wrong tries to sign in: how long the next one waits. Must not know who tried."""

import json
import math
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop.errors import Refused, StorageProblem
from desktop.language import ngettext
from desktop.storage.folders import write_atomically

TRIES = "sign-in.json"
LONGEST_WAIT = 60
LATEST = 4e9  # seconds since 1970: the year 2096


@dataclass(frozen=True)
class FailedSignIns:
    """Wrong tries since the last good one: how many and when, never who."""

    count: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True)
class Tries:
    """The nameless count beside the data: what keeps someone waiting, and what the log has not heard yet."""

    waiting: int = 0
    unlogged: int = 0
    first: float = 0.0
    last: float = 0.0


def wait_left(tries: Tries, moment: float) -> float:
    """Seconds to go at this moment: 1, 2, 4 and so on, never over a minute."""
    wait = min(LONGEST_WAIT, 2 ** min(tries.waiting - 1, 10)) if tries.waiting else 0
    return max(0.0, min(wait, tries.last + wait - moment))


def refuse_while_waiting(folder: Path, tries: Tries, moment: float) -> None:
    """Nothing is tried before the time is up."""
    left = math.ceil(wait_left(tries, moment))
    if not left:
        return
    if tries.last > moment:  # the clock was put back: count from now, not for a year
        write_tries(folder, replace(tries, last=moment))
    raise Refused(ngettext("Wait {n} second and try again.", "Wait {n} seconds and try again.", left).format(n=left))


@contextmanager
def counted(folder: Path, moment: float) -> Iterator[None]:
    """A try outside the sign-in page: it waits its turn like one there, and a wrong one makes the next wait."""
    tries = read_tries(folder)
    refuse_while_waiting(folder, tries, moment)
    try:
        yield
    except Refused:
        first = tries.first if tries.unlogged else moment
        write_tries(folder, Tries(tries.waiting + 1, tries.unlogged + 1, first, moment))
        raise
    if tries.waiting:
        write_tries(folder, replace(tries, waiting=0))


def failed(tries: Tries) -> FailedSignIns | None:
    """What the log has not heard yet."""
    if not tries.unlogged:
        return None
    start = datetime(1970, 1, 1, tzinfo=UTC)
    first, last = (start + timedelta(seconds=moment) for moment in (tries.first, tries.last))
    return FailedSignIns(tries.unlogged, first, last)


def read_tries(folder: Path) -> Tries:
    """An unreadable count is no count: it slows guessing down, it keeps nobody out."""
    try:
        values = json.loads((folder / TRIES).read_bytes())
        times = float(values["first"]), float(values["last"])
        if not all(0 <= moment < LATEST for moment in times):
            return Tries()
        return Tries(int(values["waiting"]), int(values["unlogged"]), *times)
    except (OSError, ValueError, KeyError, TypeError):
        return Tries()


def write_tries(folder: Path, tries: Tries) -> None:
    """A full disk must not keep anyone from signing in."""
    with suppress(StorageProblem):
        write_atomically(folder / TRIES, json.dumps(asdict(tries)).encode())
