"""What a letter in the archive is called and which days a period holds. Must not know tables."""

from datetime import date, timedelta

from desktop.language import N_

READY, SENT, RETURNED, WITHDRAWN, COPY = "ready", "sent", "returned", "withdrawn", "copy"
STATES = {
    SENT: N_("Sent"),
    RETURNED: N_("Came back"),
    WITHDRAWN: N_("Withdrawn"),
    READY: N_("Ready"),
    COPY: N_("Copy for the referrer"),
}
WAYS = {"text": N_("As text"), "pdf": N_("As PDF"), "print": N_("On paper")}
PERIODS = {
    "week": N_("This week"),
    "month": N_("This month"),
    "last_month": N_("Last month"),
    "year": N_("This year"),
    "last_year": N_("Last year"),
    "older": N_("Older"),
}


def bounds(period: str, today: date) -> tuple[date | None, date | None]:
    """The first and the last day of a period; None where it has no end."""
    first_of_month, first_of_year = today.replace(day=1), today.replace(month=1, day=1)
    before = first_of_month - timedelta(days=1)
    return {
        "week": (today - timedelta(days=today.weekday()), None),
        "month": (first_of_month, None),
        "last_month": (before.replace(day=1), before),
        "year": (first_of_year, None),
        "last_year": (first_of_year.replace(year=today.year - 1), first_of_year - timedelta(days=1)),
        "older": (None, first_of_year.replace(year=today.year - 1) - timedelta(days=1)),
    }.get(period, (None, None))


def state_of(state: str, withdrawn: bool, returned: bool) -> str:
    """Where a letter stands that was fixed once: withdrawing comes above coming back."""
    if withdrawn:
        return WITHDRAWN
    if state == "sent":
        return SENT
    return RETURNED if returned else READY
