"""What goes on when a case ends, and in which words it ended. Pure: must not know tables or the clock."""

GOES_ON = frozenset({"completed"})
"""Outcomes after which somebody usually goes on taking part, without us."""
NEVER_GOES_ON = frozenset({"deceased", "error"})
REASONS = {"deceased": "illness"}  # "Illness or death" is one reason


def goes_on(outcome: str | None, state: str) -> bool:
    """Whether somebody is taken to keep the place after the closing, unless staff say otherwise."""
    return outcome in GOES_ON and state == "started"


def may_go_on(outcome: str | None) -> bool:
    """Whether it can be asked at all."""
    return bool(outcome) and outcome not in NEVER_GOES_ON


def reason_of(outcome: str, reason: str) -> str:
    """With which reason a place is given up when the case is closed so."""
    return reason or REASONS.get(outcome, "")
