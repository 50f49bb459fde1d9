"""The one clock of the program: moments in UTC, days and hours in Amsterdam. Rules take these as arguments."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_ago: ContextVar[timedelta] = ContextVar("ago", default=timedelta())


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC) - _ago.get()


@contextmanager
def days_ago(days: int) -> Iterator[None]:
    """What is made up of the past of the practice organisation; nothing else turns the clock back."""
    token = _ago.set(timedelta(days=days))
    try:
        yield
    finally:
        _ago.reset(token)


def local(moment: datetime) -> datetime:
    """An aware moment as Amsterdam wall time."""
    return moment.astimezone(AMSTERDAM)


def local_now() -> datetime:
    """This moment as Amsterdam wall time, aware."""
    return local(now())


def today() -> date:
    """Today's date in Amsterdam."""
    return local_now().date()
