"""What can be recorded of the talk three months on, what is asked about, and what follows from it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from desktop.errors import Doubtful, Refused
from desktop.rules.aftercare import AftercareDraft, check_aftercare, ending_words, ends_enrolments, seeks_another
from desktop.rules.codes import AFTERCARE_OUTCOMES, MARKS
from desktop.rules.deeds import CaseDays

TODAY = date(2026, 11, 23)
DAYS = CaseDays(
    dated_on=date(2026, 8, 3),
    contacts=[date(2026, 8, 6)],
    intakes=[date(2026, 8, 10)],
    starts=[date(2026, 8, 20)],
)
NOT_STARTED = replace(DAYS, starts=())
TALK = AftercareDraft(held_on=TODAY, outcome="still")


@pytest.mark.parametrize("outcome", ["still", "other", "stopped"])
def test_every_way_it_can_go_is_recorded(outcome: str) -> None:
    reason = "cost" if ends_enrolments(outcome) else ""
    check_aftercare(replace(TALK, outcome=outcome, stop_reason=reason), DAYS, TODAY)


def test_who_never_started_is_recorded_with_the_reason() -> None:
    check_aftercare(replace(TALK, outcome="never", stop_reason="threshold"), NOT_STARTED, TODAY)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"held_on": None}, "held_on"),
        ({"held_on": date(2026, 11, 24)}, "held_on"),
        ({"held_on": date(1999, 12, 31)}, "held_on"),
        ({"outcome": ""}, "outcome"),
        ({"outcome": None}, "outcome"),
        ({"outcome": "gone"}, "outcome"),
        ({"place": None}, "place"),
        ({"outcome": "stopped"}, "stop_reason"),
        ({"outcome": "never", "stop_reason": None}, "stop_reason"),
        ({"outcome": "stopped", "stop_reason": "bored"}, "stop_reason"),
        ({"satisfaction": 0}, "satisfaction"),
        ({"satisfaction": 11}, "satisfaction"),
        ({"mark_body": 11}, "mark_body"),
        ({"mark_daily": -1}, "mark_daily"),
        ({"gp_contacts": -1}, "gp_contacts"),
        ({"gp_contacts": 100}, "gp_contacts"),
        ({"times_present": 9, "times_held": 8}, "times_present"),
        ({"times_present": 9}, "times_held"),
        ({"note": "bsn 123456782"}, "note"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(change: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        check_aftercare(replace(TALK, **change), DAYS, TODAY)
    assert not isinstance(refused.value, Doubtful)
    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize(
    ("change", "days", "field", "word"),
    [
        ({"held_on": date(2026, 8, 2)}, DAYS, "held_on", "voucher"),
        ({"held_on": date(2026, 8, 9)}, DAYS, "held_on", "intake"),
        ({"held_on": date(2026, 8, 19)}, DAYS, "held_on", "start"),
        ({"outcome": "never", "stop_reason": "cost"}, DAYS, "outcome", "eerste keer"),
        ({"outcome": "still"}, NOT_STARTED, "outcome", "eerste keer"),
    ],
)
def test_what_is_unusual_is_asked_and_stored_when_staff_are_sure(
    change: dict[str, Any], days: CaseDays, field: str, word: str
) -> None:
    with pytest.raises(Doubtful) as doubt:
        check_aftercare(replace(TALK, **change), days, TODAY)
    assert list(doubt.value.fields) == [field]
    assert word in doubt.value.fields[field]
    check_aftercare(replace(TALK, **change, sure=True), days, TODAY)


def test_everything_but_day_place_and_outcome_may_be_left_open() -> None:
    check_aftercare(TALK, DAYS, TODAY)
    counts = {"satisfaction": 10, "gp_contacts": 0, "times_present": 0, "times_held": 3}
    full: dict[str, Any] = dict.fromkeys(MARKS, 10) | counts
    check_aftercare(replace(TALK, **full), DAYS, TODAY)


def test_what_follows_from_each_outcome() -> None:
    assert {each for each in AFTERCARE_OUTCOMES if ends_enrolments(each)} == {"stopped", "never"}
    assert {each for each in AFTERCARE_OUTCOMES if seeks_another(each)} == {"other"}
    assert not ends_enrolments(None)
    assert ending_words(["Stoelgym", "maatje"]) == "Dit eindigt op de dag van het gesprek: Stoelgym, maatje."
    assert ending_words([]) == ""
