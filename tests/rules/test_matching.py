"""Finding an activity for one person: what fits best stands on top, with the reasons a colleague would give."""

from datetime import time

from desktop.rules.matching import Offer, Wish, best_first, judge
from desktop.rules.schedules import Schedule, weekly

TUESDAY = Schedule(weekly({1}), opens=time(10))
FRIDAY = Schedule(weekly({4}), opens=time(10))
LONELY = Wish(themes={1: "Eenzaamheid", 2: "Rouw"}, neighbourhood=7, age=75)
COFFEE = Offer(1, "Koffie-inloop", frozenset({1}), 7, places_left=4, words="koffie inloop", schedules=(TUESDAY,))
GRIEF = Offer(2, "Rouwgroep", frozenset({2, 1}), 8, words="rouwgroep", schedules=(FRIDAY,))
SWIM = Offer(3, "Zwemmen", frozenset({9}), 8, words="zwemmen", price_cents=500, age_to=60)
FULL = Offer(4, "Eettafel", frozenset({1, 2}), 7, places_left=0, waiting=2, words="eettafel")


def test_best_first_and_full_ones_below() -> None:
    assert [match.offer.id for match in best_first(LONELY, [SWIM, FULL, GRIEF, COFFEE])] == [2, 1, 3, 4]


def test_reasons_are_said_in_plain_words() -> None:
    why = " · ".join(judge(LONELY, COFFEE).why)
    assert "eenzaamheid" in why
    assert "4" in why
    assert len(judge(LONELY, COFFEE).why) == 3


def test_full_activity_says_how_many_wait() -> None:
    match = judge(LONELY, FULL)
    assert match.full
    assert "2" in match.but[-1]


def test_wished_day_lifts_what_fits_and_lowers_what_does_not() -> None:
    wish = Wish(themes={1: "Eenzaamheid", 2: "Rouw"}, days=frozenset({1}))
    assert [match.offer.id for match in best_first(wish, [GRIEF, COFFEE])] == [1, 2]
    assert any("dinsdag" in words for words in judge(wish, COFFEE).why)
    assert any("dinsdag" in words for words in judge(wish, GRIEF).but)


def test_price_age_and_wheelchair_are_held_against_it_not_hidden() -> None:
    wish = Wish(most_cents=250, wheelchair=True, age=75)
    match = judge(wish, SWIM)
    assert len(match.but) == 3
    assert best_first(wish, [SWIM])[0].offer.id == 3


def test_typed_words_narrow_the_list() -> None:
    assert [match.offer.id for match in best_first(LONELY, [COFFEE, GRIEF, SWIM], "rouw")] == [2]


def test_whoever_speaks_turkish_sees_where_turkish_is_spoken() -> None:
    offer = Offer(5, "Naaicafé", language="Nederlands, Turks")
    assert judge(Wish(language="Turks"), offer).score > judge(Wish(language="Pools"), offer).score
