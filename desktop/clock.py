"""The one clock of the program: moments in UTC, days and hours in Amsterdam. Rules take these as arguments."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """An aware moment as Amsterdam wall time."""
    return moment.astimezone(AMSTERDAM)


def local_now() -> datetime:
    """This moment as Amsterdam wall time, aware."""
    return local(now())


def today() -> date:
    """Today's date in Amsterdam."""
    return local_now().date()
