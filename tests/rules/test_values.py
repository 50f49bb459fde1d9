"""What a practice gets back: how each figure is counted, and that a small group cannot be found out."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from desktop.rules import valuepage
from desktop.rules.status import Terms
from desktop.rules.valuepage import LastTalk
from desktop.rules.values import (
    FEWEST,
    Averages,
    LetterSent,
    Pair,
    Quarter,
    Share,
    Starter,
    Taking,
    Values,
    VoucherSeen,
    arrived,
    averages,
    counts,
    in_group,
    judged,
    last_whole,
    on_time,
    quarter_of,
    read_quarter,
    started,
    still_active,
    to_choose,
)

Q3 = Quarter(2026, 3)
DATED = date(2026, 7, 6)  # a Monday
FIRST = date(2026, 5, 31)  # three months later is 31 August


# ---- quarters


@pytest.mark.parametrize(
    ("today", "code"),
    [("2026-01-01", "2025-4"), ("2026-03-31", "2025-4"), ("2026-04-01", "2026-1"), ("2026-12-31", "2026-3")],
)
def test_the_last_whole_quarter(today: str, code: str) -> None:
    assert last_whole(date.fromisoformat(today)).code == code


def test_a_quarter_from_its_first_day_to_its_last() -> None:
    assert (Q3.first, Q3.end, Q3.before, Q3.next) == (
        date(2026, 7, 1),
        date(2026, 10, 1),
        Quarter(2026, 2),
        Quarter(2026, 4),
    )
    assert (Quarter(2026, 1).before, Quarter(2026, 4).next) == (Quarter(2025, 4), Quarter(2027, 1))
    assert [Q3.holds(day) for day in (date(2026, 6, 30), Q3.first, date(2026, 9, 30), Q3.end)] == [
        False,
        True,
        True,
        False,
    ]
    assert all(read_quarter(each.code) == each for each in to_choose(date(2026, 11, 20)))
    assert quarter_of(date(2026, 8, 1)) == Q3


def test_counting_ends_two_weeks_after_the_quarter_so_that_a_page_says_the_same_again() -> None:
    assert Q3.counted_until(date(2026, 10, 3)) == date(2026, 10, 3)
    assert Q3.counted_until(date(2026, 10, 14)) == Q3.counted_until(date(2027, 3, 1)) == date(2026, 10, 14)


# ---- each figure


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ({}, False),
        ({"reached_on": 14}, True),
        ({"reached_on": 15}, False),
        ({"talked_on": 3}, True),
        ({"started_on": 0}, True),  # walked into the group with the voucher in hand
        ({"reached_on": 20, "talked_on": 14}, True),
        ({"reached_on": -1}, True),
    ],
)
def test_arrived_is_being_spoken_to_within_two_weeks_of_the_date_on_the_voucher(
    days: dict[str, int], expected: bool
) -> None:
    when: dict[str, Any] = {name: DATED + timedelta(days=n) for name, n in days.items()}
    seen = VoucherSeen(1, DATED, **when)
    assert arrived(seen) is expected


@pytest.mark.parametrize(("day", "expected"), [(None, False), (date(2026, 10, 14), True), (date(2026, 10, 15), False)])
def test_started_is_having_been_there_by_the_day_that_is_counted(day: date | None, expected: bool) -> None:
    assert started(VoucherSeen(1, DATED, started_on=day), date(2026, 10, 14)) is expected


@pytest.mark.parametrize(
    ("first", "expected"),
    [(date(2026, 3, 31), False), (date(2026, 4, 1), True), (date(2026, 6, 30), True), (date(2026, 7, 1), False)],
)
def test_whose_three_months_are_over_in_the_quarter(first: date, expected: bool) -> None:
    assert in_group(Starter(1, (Taking(first),)), Q3) is expected


def test_the_first_time_counts_not_a_second_activity() -> None:
    assert not in_group(Starter(1, (Taking(date(2026, 5, 1)), Taking(date(2026, 1, 9)))), Q3)


@pytest.mark.parametrize(
    ("starter", "expected"),
    [
        (Starter(1, (Taking(FIRST),)), True),
        (Starter(1, (Taking(FIRST, date(2026, 8, 31)),)), False),  # stopped on the very day
        (Starter(1, (Taking(FIRST, date(2026, 9, 1)),)), True),
        (Starter(1, (Taking(FIRST, date(2026, 6, 9)), Taking(date(2026, 7, 1)))), True),  # went on elsewhere
        (Starter(1, (Taking(FIRST, date(2026, 6, 9)), Taking(date(2026, 9, 20)))), False),  # only later again
        (Starter(1, (Taking(FIRST),), said="still"), True),
        (Starter(1, (Taking(FIRST, date(2026, 6, 9)),), said="other"), True),
        (Starter(1, (Taking(FIRST),), said="stopped"), False),
        (Starter(1, (Taking(FIRST),), said="never"), False),
        (Starter(1, (Taking(FIRST),), closed_on=date(2026, 8, 1), outcome="completed"), True),
        (Starter(1, (Taking(FIRST),), closed_on=date(2026, 8, 1), outcome="stopped"), False),
        (Starter(1, (Taking(FIRST),), closed_on=date(2026, 8, 1), outcome="deceased"), False),
        (Starter(1, (Taking(FIRST),), closed_on=date(2026, 9, 9), outcome="stopped"), True),
    ],
)
def test_still_active_three_months_after_the_first_time(starter: Starter, expected: bool) -> None:
    assert still_active(starter) is expected


def sent(moments: str, on: date, **days: Any) -> LetterSent:
    return LetterSent(1, tuple(moments.split()), on, DATED, **{"received_on": DATED, **days})


@pytest.mark.parametrize(
    ("letter", "expected"),
    [
        (sent("arrived", date(2026, 7, 20)), True),
        (sent("arrived", date(2026, 7, 21)), False),
        (sent("arrived", date(2026, 8, 3), received_on=date(2026, 8, 3)), True),  # came in after two weeks
        (sent("intake", date(2026, 7, 17), talked_on=date(2026, 7, 10)), True),
        (sent("intake", date(2026, 7, 20), talked_on=date(2026, 7, 10)), False),  # the sixth working day
        (sent("progress", date(2026, 9, 8), asked_on=date(2026, 9, 1)), True),
        (sent("progress", date(2026, 9, 9), asked_on=date(2026, 9, 1)), False),
        (sent("progress", date(2026, 9, 7), begun_on=FIRST), True),  # no talk: three months after the first time
        (sent("progress", date(2026, 7, 27), begun_on=DATED, progress_weeks=2), True),  # the practice's own term
        (sent("progress", date(2026, 7, 28), begun_on=DATED, progress_weeks=2), False),
        (sent("update", date(2026, 8, 3), promised_on=date(2026, 8, 3)), True),
        (sent("update", date(2026, 8, 4), promised_on=date(2026, 8, 3)), False),
        (sent("closing", date(2026, 9, 8), closed_on=date(2026, 9, 1)), True),
        (sent("declined", date(2026, 9, 9), closed_on=date(2026, 9, 1)), False),
        (sent("arrived intake", date(2026, 7, 21), talked_on=date(2026, 7, 17)), False),  # the earlier one was late
        (sent("intake", date(2026, 7, 21)), True),  # the talk was taken back: nothing was due
    ],
)
def test_on_time_is_by_the_day_of_the_first_moment_a_letter_covers(letter: LetterSent, expected: bool) -> None:
    assert on_time(letter, Terms()) is expected


def test_the_organisations_own_terms_decide() -> None:
    assert on_time(sent("arrived", date(2026, 7, 27)), Terms(arrived_letter_within=21))


def test_a_signal_has_no_day_by_which_it_is_due() -> None:
    assert not counts(sent("signal", DATED))
    assert counts(sent("arrived", DATED))


def test_all_figures_of_one_practice() -> None:
    values = judged(
        [VoucherSeen(1, DATED, reached_on=DATED), VoucherSeen(1, DATED), VoucherSeen(1, DATED, started_on=DATED)],
        [Starter(1, (Taking(FIRST),)), Starter(1, (Taking(date(2026, 1, 1)),))],
        [sent("arrived", date(2026, 7, 20)), sent("arrived", date(2026, 7, 30)), sent("signal", DATED)],
        [Pair(1, 4, 2), Pair(1, 3, 1)],
        Q3,
        date(2026, 10, 14),
        Terms(),
    )
    assert values == Values(3, 2, 1, 1, 1, 2, 1, Averages(3.5, 1.5, 2))
    assert averages([]) == Averages()


# ---- what stays hidden


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (10, 12, "alle 12, op minder dan 5 na"),  # "10 of 12" would tell that two did not
        (7, 12, "7 van de 12"),
        (8, 12, "alle 12, op minder dan 5 na"),
        (5, 10, "5 van de 10"),
        (4, 12, "minder dan 5 van de 12"),
        (0, 12, "0 van de 12"),
        (12, 12, "alle 12"),
        (3, 6, "een deel van de 6"),
        (5, 6, "een deel van de 6"),  # "all but fewer than 5" could only be five
        (8, 9, "een deel van de 9"),
        (6, 10, "alle 10, op minder dan 5 na"),
        (4, 4, "minder dan 5"),
        (0, 3, "minder dan 5"),
        (0, 0, "geen"),
    ],
)
def test_a_part_in_words(part: int, whole: int, words: str) -> None:
    assert Share(part, whole).words() == words


def test_whatever_is_hidden_may_have_been_four_different_numbers() -> None:
    """Whoever reads the words and sees the bar cannot work out how many were left out."""
    for whole in range(1, 61):
        told: dict[tuple[str, float | None], list[int]] = {}
        for part in range(whole + 1):
            share = Share(part, whole)
            told.setdefault((share.words(), share.of_one), []).append(part)
        for (words, _bar), parts in told.items():
            if any(Share(part, whole).hidden for part in parts):
                assert len(parts) >= FEWEST - 1 or whole < FEWEST, (whole, words, parts)
            else:
                assert len(parts) == 1, (whole, words, parts)


def test_a_bar_stands_only_where_the_figure_does() -> None:
    assert Share(7, 12).of_one == pytest.approx(7 / 12)
    assert [Share(*pair).of_one for pair in ((10, 12), (4, 12), (3, 4), (0, 0))] == [None] * 4


@pytest.mark.parametrize(
    ("n", "words"), [(0, "nog niet bekend"), (1, "minder dan 5 mensen"), (4, "minder dan 5 mensen")]
)
def test_an_average_of_few_is_not_told(n: int, words: str) -> None:
    assert Averages(3.4, 2.1, n).words() == words


def test_an_average_of_five_is_told_to_one_decimal() -> None:
    assert Averages(3.45, 2.04, 5).words() == "gemiddeld 3,5 vooraf, 2,0 daarna (5 mensen)"


@pytest.mark.parametrize("received", range(5))
def test_fewer_than_five_vouchers_give_one_sentence_and_no_figure(received: int) -> None:
    values = Values(received=received, arrived=received, group=9, active=9, letters=30, on_time=30)
    assert valuepage.told(values) == ()
    assert valuepage.counted(values, Q3, date(2026, 11, 20)) == ""
    sentence = valuepage.intro(values, Q3)
    assert ("zo weinig mensen" in sentence) is (received > 0)
    assert ("geen vouchers" if not received else "minder dan 5 vouchers") in sentence
    assert str(received) not in sentence.replace("minder dan 5", "").replace("2026", "") or not received


def test_every_small_number_on_a_page_is_hidden_whatever_the_figures() -> None:
    """All combinations of figures around the limit: no line of the page holds a number from 1 to 4 about people."""
    around = (0, 1, 4, 5, 6, 9, 10)
    for received, part, group in product((5, 9, 10, 14), around, around):
        values = Values(
            received, min(part, received), min(part, received), group, min(part, group), group, min(part, group)
        )
        for line in valuepage.told(values)[:-1]:
            figures = [
                int(word) for word in line.figure.replace(",", "").replace("minder dan 5", "").split() if word.isdigit()
            ]
            assert not [n for n in figures if 0 < n < FEWEST], (values, line)
            if len(figures) == 2:
                assert not 0 < figures[1] - figures[0] < FEWEST, (values, line)


# ---- the page's sentences


def test_the_page_says_what_was_agreed_and_when_we_speak_again() -> None:
    today = date(2026, 11, 20)
    talk = LastTalk(date(2026, 8, 12), "Wij bellen binnen een week.", date(2026, 11, 24))
    assert valuepage.talk_lines(talk, today) == (
        ("Afgesproken op 12 augustus 2026", "Wij bellen binnen een week."),
        ("Volgend gesprek", "Wij spreken elkaar weer op dinsdag 24 november 2026."),
    )
    late = LastTalk(date(2026, 8, 12), "", date(2026, 11, 1))
    assert valuepage.talk_lines(late, today) == valuepage.talk_lines(None, today)
    assert "Bel ons" in valuepage.talk_lines(None, today)[0][1]


def test_quarter_and_day_in_words() -> None:
    assert Q3.words() == "het derde kwartaal van 2026"
    assert valuepage.period(Q3) == "juli tot en met september 2026"
    assert "14 oktober 2026" in valuepage.counted(Values(received=9), Q3, date(2026, 11, 20))
