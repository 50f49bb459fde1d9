"""The order of a pile of letters, where a cover slip lies, and where printing goes on after a jam."""

import pytest

from desktop.rules.batches import Place, Printable, in_order, moved, parcels, positions, still_to_print, up_to


def letter(number: str, practice: str = "De Linde", practice_id: int = 1, letter_id: int = 0) -> Printable:
    return Printable(letter_id, practice_id, practice, number, "intake")


def pile(*practices: str, good: int = 0, gone: tuple[int, ...] = ()) -> list[Place]:
    """A batch with a letter for each of these practices, so many of them known to be good."""
    ids = {name: at for at, name in enumerate(dict.fromkeys(practices), start=1)}
    return [
        Place(at, letter(f"26-{at}", name, ids[name], at), confirmed=at <= good, gone=at in gone)
        for at, name in enumerate(practices, start=1)
    ]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (["26-10", "26-9", "25-11"], ["25-11", "26-9", "26-10"]),
        (["B2", "b10", "A7"], ["A7", "B2", "b10"]),
        (["7", "²"], ["²", "7"]),
    ],
)
def test_letters_of_a_practice_lie_in_the_order_of_the_vouchers(given: list[str], wanted: list[str]) -> None:
    assert [each.number for each in in_order(letter(number) for number in given)] == wanted


def test_practices_lie_by_name_and_two_of_one_name_stay_apart() -> None:
    mixed = [
        letter("26-3", "Zuid", 9),
        letter("26-2", "Ćosić", 4),
        letter("26-1", "De Linde", 7),
        letter("26-4", "de linde", 2),
        letter("26-5", "De Linde", 7),
    ]
    assert [(position, each.practice_id, each.number) for position, each in positions(mixed)] == [
        (1, 4, "26-2"),
        (2, 2, "26-4"),
        (3, 7, "26-1"),
        (4, 7, "26-5"),
        (5, 9, "26-3"),
    ]


def test_each_practice_has_its_slip_on_top() -> None:
    found = [(each.practice, len(each.letters), each.with_slip) for each in parcels(pile("Eik", "Eik", "Linde"))]
    assert found == [("Eik", 2, True), ("Linde", 1, True)]


@pytest.mark.parametrize(
    ("good", "left", "slips"),
    [
        (0, [1, 2, 3, 4], [True, True]),  # the jam took the first slip too
        (1, [2, 3, 4], [False, True]),  # the slip of the first practice lies under a good letter
        (2, [3, 4], [True]),
        (4, [], []),
    ],
)
def test_after_a_jam_printing_goes_on_with_the_positions_kept(good: int, left: list[int], slips: list[bool]) -> None:
    places = pile("Eik", "Eik", "Linde", "Linde", good=good)
    assert [each.position for each in still_to_print(places)] == left
    assert [each.with_slip for each in parcels(places)] == slips


def test_what_was_withdrawn_meanwhile_is_passed_over() -> None:
    places = pile("Eik", "Eik", "Linde", gone=(1, 3))
    assert [each.position for each in still_to_print(places)] == [2]
    assert [each.practice for each in parcels(places)] == ["Eik"]


def test_up_to_and_including_the_last_good_letter() -> None:
    places = pile("Eik", "Eik", "Linde", "Linde", good=1, gone=(2,))
    assert [each.position for each in up_to(places, 3)] == [3]
    assert up_to(places, 0) == []


def test_an_address_is_new_only_when_something_in_it_changed() -> None:
    now = {1: ("De Linde", "Lindelaan 4"), 2: ("Eik", "Plein 1"), 3: ("Beuk", "Dreef 9")}
    before: dict[int, tuple[str, ...]] = {1: ("DE LINDE ", "Lindelaan  4"), 2: ("Eik", "Plein 2"), 3: ()}
    assert moved(now, before) == [2]
