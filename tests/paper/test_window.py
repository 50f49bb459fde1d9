"""What is seen in the window of an envelope: the return line and the address, whole, and nothing besides."""

from dataclasses import replace

import pytest

from desktop.paper import coverslip, letter, window
from desktop.rules.addresses import Address
from desktop.rules.batches import CoverSlip
from desktop.rules.letters import Window
from desktop.rules.organisation import return_lines
from tests.paper import reading
from tests.paper.samples import HEAD, LETTER

TOP, BOTTOM = 49.8, 78.3  # mm of paper that the window shows for sure
HOUSE = Address("Brinkstraat", "12", "5611 AB", "Dorpstad")
BACK = return_lines("Welzijn Dorpstad", HOUSE)


def seen(pdf: bytes, side: Window) -> tuple[list[reading.Word], list[reading.Word]]:
    """The return line and the address as they stand in the window."""
    left = window.LEFT[side]
    found = [word for word in reading.words(pdf) if left - 0.5 <= word.left < left + 70 and 46 < word.top < 82]
    return [word for word in found if word.size < 7], [word for word in found if word.size >= 7]


def ink(word: reading.Word) -> tuple[float, float]:
    """From the top of a capital to the foot of a p, in mm."""
    point = word.size / 72 * 25.4
    return word.baseline - 0.75 * point, word.baseline + 0.22 * point


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("lines", range(1, 7))
def test_the_return_line_stands_above_the_address_and_all_of_it_is_seen(side: Window, lines: int) -> None:
    address = tuple(f"Regel{n}" for n in range(lines))
    back, found = seen(letter.render(replace(LETTER, address=address, back_to=BACK, window=side)), side)
    assert " ".join(word.text for word in back) == BACK[0]
    assert [word.text for word in found] == list(address)
    inks = [ink(word) for word in (*back, *found)]
    assert min(top for top, _bottom in inks) >= TOP
    assert max(bottom for _top, bottom in inks) <= BOTTOM
    assert max(word.right for word in back) <= window.LEFT[side] + 70
    assert max(bottom for _top, bottom in map(ink, back)) < min(top for top, _bottom in map(ink, found))
    if lines < 6:
        middle = (found[0].baseline + found[-1].baseline) / 2
        assert middle == pytest.approx(63.5 + 0.36 * 10 / 72 * 25.4, abs=0.5)


def test_nothing_else_moves_for_the_return_line() -> None:
    with_it, without = (letter.render(replace(LETTER, back_to=back)) for back in (BACK, ()))
    rest = [word for word in reading.words(with_it) if word not in seen(with_it, "right")[0]]
    assert [(word.text, round(word.top, 2)) for word in rest] == [
        (word.text, round(word.top, 2)) for word in reading.words(without)
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Welzijn Dorpstad", "Retour: Welzijn Dorpstad, Brinkstraat 12, 5611 AB Dorpstad"),
        ("Stichting Maatschappelijk Welzijn voor Dorpstad, Veldzicht en Omstreken", "Retour: Brinkstraat 12, 5611 AB"),
    ],
)
def test_a_long_sender_is_said_shorter_and_never_cut_off(name: str, said: str) -> None:
    made = window.block(("Praktijk",), return_lines(name, HOUSE))
    assert made.back_to.startswith(said)
    assert made.back_to.endswith("Dorpstad")


def test_without_an_address_of_our_own_there_is_no_return_line() -> None:
    assert return_lines("Welzijn Dorpstad", Address("Brinkstraat", "", "", "Dorpstad")) == ()


@pytest.mark.parametrize("lines", [3, 6, 7])
def test_a_cover_slip_shows_the_same_window(lines: int) -> None:
    address = tuple(f"Regel{n}" for n in range(lines))
    slip = CoverSlip(HEAD, address, "De Linde", "17 november 2026", ("26-00001-O",), 1, 1, "P1", back_to=BACK)
    back, found = seen(coverslip.render(slip), "right")
    inks = [ink(word) for word in (*back, *found)]
    assert len(found) == lines
    assert min(top for top, _bottom in inks) >= TOP
    assert max(bottom for _top, bottom in inks) <= BOTTOM
