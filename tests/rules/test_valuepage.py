"""Nobody who lays all pages of a practice beside each other works out a number of 1 to 4 people.

Random years of a small office are told as pages; a reader who knows how each figure is counted, and which figures can
only be sums of others, tries every world that fits what is printed.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import pytest

from desktop.rules import valuepage
from desktop.rules.values import FEWEST, Averages, Quarter, Share, Values, gives_back

YEARS = 400
QUARTERS = [Quarter(2026, n) for n in (1, 2, 3, 4)]
MOST = 14  # vouchers of a practice in a quarter


@dataclass(frozen=True)
class Began:
    """Of one quarter: how many vouchers, when their people began, and who began with an older voucher."""

    received: int
    within: int  # began in the quarter itself
    just_after: int  # in the two weeks that are counted after it
    older: int = 0

    @property
    def started(self) -> int:
        return self.within + self.just_after

    @property
    def group(self) -> int:
        """Of the page of the next quarter."""
        return self.within + self.older


def a_year(chance: random.Random) -> list[Began]:
    """Now and then a quiet quarter; whoever did not begin yet may do so later."""
    waiting, year = 0, []
    for _quarter in QUARTERS:
        received = chance.choice((0, chance.randint(1, MOST), chance.randint(5, MOST)))
        within = chance.choice((0, received, chance.randint(0, received)))
        just_after = chance.choice((0, received - within, chance.randint(0, received - within)))
        older = chance.choice((0, chance.randint(0, waiting)))
        waiting += received - within - just_after - older
        year.append(Began(received, within, just_after, older))
    return year


def pages(year: Sequence[Began], active: Sequence[int]) -> list[Values]:
    """The figures of each quarter; those of the group come from the quarter before."""
    return [
        Values(now.received, 0, now.started, before.group, going, earlier=before.older)
        for now, before, going in zip(year, [Began(0, 0, 0), *year[:-1]], active, strict=True)
    ]


def printed(values: Values, before: Values) -> tuple[object, ...]:
    """What a page tells of who began, with its bars; received, started and still active."""
    said = valuepage.told(values, before)
    if not said:
        return (valuepage.intro(values, QUARTERS[0]),)
    return tuple((each.figure, each.share) for each in (said[0], said[2], said[3]))


def worlds(first: bool) -> Iterator[tuple[Began, int, Values]]:
    """Every quarter there can be, with how many of its group go on; nobody has an older voucher in the first one."""
    for received in range(MOST + 1):
        for within in range(received + 1):
            for just_after in range(received - within + 1):
                for older in (0,) if first else range(3):
                    began = Began(received, within, just_after, older)
                    for active in range(began.group + 1):
                        yield began, active, Values(received, 0, began.started)


def reads(now: Values, after: Values) -> tuple[object, ...]:
    """What two pages in a row tell of those who came in the first of the two quarters."""
    return (*printed(now, Values()), printed(after, now)[-1])


@pytest.fixture(scope="module")
def readable() -> dict[tuple[object, ...], list[tuple[Began, int]]]:
    """Of a practice's first quarter, by what its page and the next one tell: every world that fits it."""
    found: dict[tuple[object, ...], list[tuple[Began, int]]] = {}
    for began, active, now in worlds(first=True):
        after = Values(20, 0, 10, began.group, active, earlier=began.older)
        found.setdefault(reads(now, after), []).append((began, active))
    return found


def small(began: Began, active: int) -> dict[str, int]:
    """The numbers of people that a page, or two pages subtracted, could give."""
    return {
        "received": began.received,
        "began": began.started,
        "did not begin": began.received - began.started,
        "began within the quarter": began.within,
        "began just after": began.just_after,
        "still active": active,
        "stopped": began.group - active,
    }


def test_two_pages_in_a_row_give_back_no_small_number(
    readable: dict[tuple[object, ...], list[tuple[Began, int]]],
) -> None:
    """Of a number that is 1 to 4 in any world, three other numbers fit the same pages as well."""
    assert len(readable) > 200
    for said, fitting in readable.items():
        for name in small(*fitting[0]):
            possible = {small(*world)[name] for world in fitting}
            assert len(possible) >= FEWEST - 1 or not any(0 < n < FEWEST for n in possible), (said, name, possible)


def test_without_the_rule_two_pages_would_tell(readable: dict[tuple[object, ...], list[tuple[Began, int]]]) -> None:
    """Eleven of twelve began; the next page would say that eight did so within the quarter, and so three just after."""
    now = Values(12, 0, 11)
    assert gives_back(Values(20, 0, 10, 11, 6), now)
    assert gives_back(Values(20, 0, 10, 3, 3), now)  # else leaving it out would tell that it was more
    assert not gives_back(Values(20, 0, 10, 11, 6, earlier=1), now)
    assert gives_back(Values(20, 0, 10, 8, 8), Values(20, 0, 10))
    assert not gives_back(Values(20, 0, 10, 10, 10), Values(20, 0, 10))
    assert not gives_back(Values(20, 0, 12, 7, 7), Values(20, 0, 12))
    assert gives_back(Values(20, 0, 6, 1, 1), Values(20, 0, 6))  # else "fewer than 5" could only be one
    assert gives_back(Values(20, 0, 10, 5, 5), Values(6, 0, 5))  # "a part of the 6" could only be five
    said = (("12", None), ("alle 12, op minder dan 5 na", None))
    assert not [each for each in readable if each[:2] == said and each[-1] == ("alle 11", 1.0)]


def test_no_page_of_random_years_prints_a_number_of_1_to_4_people_or_its_rest() -> None:
    chance = random.Random(17)
    for _year in range(YEARS):
        year = a_year(chance)
        groups = [0, *(each.group for each in year[:-1])]
        values = pages(year, [chance.randint(0, each) for each in groups])
        for now, before in zip(values, [Values(), *values[:-1]], strict=True):
            for line in valuepage.told(now, before):
                figures = [int(word) for word in line.figure.replace("minder dan 5", "").split(" (")[0].replace(
                    ",", " ").split() if word.isdigit()]  # fmt: skip
                assert not [n for n in figures if 0 < n < FEWEST], (now, line)
                if len(figures) == 2:
                    assert not 0 < figures[1] - figures[0] < FEWEST, (now, line)


def test_the_pages_of_four_quarters_give_no_year_back() -> None:
    """What each page hides stays open in the sum: no total of a year stands anywhere to subtract the others from."""
    for parts in product(range(MOST + 1), repeat=2):
        first, second = (Share(part, MOST) for part in parts)
        if first.hidden:
            same = [n for n in range(MOST + 1) if Share(n, MOST).words() == first.words()]
            sums = {n + second.part for n in same}
            assert len(sums) >= FEWEST - 1


def test_every_word_of_the_pages_is_about_one_quarter() -> None:
    values = Values(24, 17, 11, 12, 7, 31, 25, Averages(4.2, 2.6, 9))
    text = " ".join(f"{line.name} {line.figure}" for line in valuepage.told(values))
    text += valuepage.intro(values, QUARTERS[2]) + valuepage.counted(values, QUARTERS[2], QUARTERS[3].first)
    assert "%" not in text
    assert "totaal" not in text
    assert "jaar" not in text


def test_the_own_screen_says_what_the_paper_leaves_out() -> None:
    before, now = Values(20, 0, 10), Values(20, 20, 10, 8, 8, 9, 9)
    assert valuepage.told(now, before)[3].figure == "niet genoemd"
    own = {line.name: (line.figure, line.left_out) for line in valuepage.own_lines(now, before)}
    assert own["Na drie maanden nog actief"] == ("8 van de 8", True)
    assert own["Brieven op tijd"] == ("9 van de 9", False)
