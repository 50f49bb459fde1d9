"""Whose doctor: the own practice, else the one that referred, else somebody asks."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.rules.cases import Case, Office, Participant
from desktop.rules.gp import Gp, Line, Surgery, gp_of

LINDE = Surgery(1, "Praktijk De Linde", lines=(Line("+31402111111"), Line("+31402111112", "S. Bos", "poh_ggz")))
PLEIN = Surgery(2, "Fysiotherapie Het Plein", "physio")
CENTRE = Surgery(3, "Gezondheidscentrum Oost", "health_centre")


def case(own: int | None = None, referring: int | None = None) -> Case:
    practice = Office(id=referring) if referring is not None else None
    return Case(date(2026, 11, 2), person=Participant(own_practice_id=own), practice=practice)


def gp(own: int | None, referring: int | None, *more: Surgery) -> Gp:
    practices = {each.id: each for each in (LINDE, PLEIN, CENTRE, *more)}
    return gp_of(case(own, referring), practices)


@pytest.mark.parametrize(
    ("own", "referring", "found", "known_by"),
    [
        (1, 2, LINDE, "own"),  # the physiotherapist referred, the doctor is another one
        (1, 3, LINDE, "own"),
        (3, None, CENTRE, "own"),
        (None, 1, LINDE, "referrer"),
        (None, 3, CENTRE, "referrer"),
        (2, 1, LINDE, "referrer"),  # a physiotherapist is nobody's doctor, whoever wrote that down
        (None, 2, None, ""),
        (2, 2, None, ""),
        (None, None, None, ""),
        (99, None, None, ""),
    ],
)
def test_own_practice_first_then_a_gp_who_referred(
    own: int | None, referring: int | None, found: Surgery | None, known_by: str
) -> None:
    assert gp(own, referring) == Gp(found, known_by)  # type: ignore[arg-type]


def test_practice_that_went_into_another_is_that_other_one_however_often() -> None:
    old, older = Surgery(4, "De Beuk", merged_into_id=1), Surgery(5, "De Es", merged_into_id=4)
    assert gp(5, 2, old, older) == Gp(LINDE, "own")
    assert gp(None, 4, old, older) == Gp(LINDE, "referrer")


def test_practices_that_went_into_each_other_stop_nobody() -> None:
    one, other = Surgery(4, "De Beuk", merged_into_id=5), Surgery(5, "De Es", merged_into_id=4)
    assert gp(4, None, one, other).surgery in (one, other)


def test_practice_that_refers_no_more_is_still_named_and_said() -> None:
    stopped = replace(LINDE, id=6, active=False)
    assert gp(6, 1, stopped).surgery == stopped
    assert gp(6, 1, stopped).left
    assert not gp(None, None).left
