"""How many places are left, whose turn it is, and what is asked before an activity is overfilled."""

from datetime import date

import pytest

from desktop.errors import Doubtful
from desktop.rules.places import OfferDraft, Places, Waiting, check_offer, in_line, lowered_doubt, no_place_doubt

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("places", "left", "to_offer"),
    [
        (Places(), None, 1),
        (Places(offered=1, taken=4), None, 0),
        (Places(capacity=3, taken=1), 2, 2),
        (Places(capacity=3, taken=3, offered=1), 0, 0),
        (Places(capacity=2, taken=4), 0, 0),
        (Places(capacity=5, status="full"), 0, 0),
        (Places(capacity=5, status="stopped"), 5, 0),
        (Places(capacity=5, status="inactive"), 5, 0),
    ],
)
def test_what_is_left_and_what_can_be_offered(places: Places, left: int | None, to_offer: int) -> None:
    assert (places.left, places.to_offer) == (left, to_offer)


def test_only_who_is_first_in_line_has_a_place() -> None:
    line = [Waiting(number, 1, TODAY) for number in (7, 3, 9)]
    assert [(each.enrolment_id, each.position, each.has_place) for each in in_line(line, Places(2, taken=1))] == [
        (7, 1, True),
        (3, 2, False),
        (9, 3, False),
    ]
    assert [each.has_place for each in in_line(line, Places(4, taken=2))] == [True, True, False]
    assert not any(each.has_place for each in in_line(line, Places(4, "stopped")))


@pytest.mark.parametrize(
    ("places", "words"),
    [
        (Places(), ""),
        (Places(2, taken=1), ""),
        (Places(2, taken=2), "Koor is vol"),
        (Places(2, taken=2, waiting=3), "Koor is vol, 3"),
        (Places(4, "full", taken=1), "Koor is vol"),
        (Places(2, taken=1, waiting=1), "wacht al iemand"),
        (Places(4, taken=2, waiting=2), "wachten al 2 mensen"),
        (Places(4, taken=2, waiting=1), ""),
    ],
)
def test_signing_up_is_asked_about_where_no_place_is_free(places: Places, words: str) -> None:
    said = no_place_doubt("Koor", places)
    assert words in said
    assert bool(said) == bool(words)


def test_fewer_places_than_people_is_asked_about() -> None:
    assert lowered_doubt(3, 3) == lowered_doubt(None, 30) == ""
    assert "4 plaatsen" in lowered_doubt(3, 4)


@pytest.mark.parametrize("start_on", [None, date(2026, 11, 22), date(2020, 3, 3)])
def test_a_first_day_that_is_not_known_or_was_already_is_asked_about(start_on: date | None) -> None:
    yes = OfferDraft(voucher_id=1, enrolment_id=1, answer="yes", start_on=start_on)
    with pytest.raises(Doubtful) as asked:
        check_offer(yes, TODAY)
    assert list(asked.value.fields) == ["start_on"]


def test_a_first_day_that_comes_is_taken_as_it_is() -> None:
    check_offer(OfferDraft(voucher_id=1, enrolment_id=1, answer="yes", start_on=TODAY), TODAY)
