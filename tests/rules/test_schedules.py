"""Schedules as they stand in lists of activities: read, shown, and turned into days."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import Refused
from desktop.rules.schedules import (
    Pattern,
    Schedule,
    check_schedule,
    doubts,
    fits,
    occurrences,
    read_last_day,
    read_rule,
    read_schedule,
    show_schedule,
    show_schedules,
    write_rule,
)

TODAY = date(2026, 11, 21)
HALF_TEN, NOON = time(9, 30), time(12)

SPELLINGS = [
    ("di 10:00-11:30", "elke dinsdag 10:00-11:30"),
    ("ma t/m vr 9.30 - 12.00 uur", "elke maandag t/m vrijdag 09:30-12:00"),
    ("elke 2e woensdag v/d maand 17.30", "elke tweede woensdag van de maand vanaf 17:30"),
    ("di en do 19:00-20:30", "elke dinsdag en donderdag 19:00-20:30"),
    ("wo 14-16u", "elke woensdag 14:00-16:00"),
    ("ma 09:00–10:00 en do 09:00–10:00", "elke maandag en donderdag 09:00-10:00"),
    ("dinsdagochtend op afspraak", "elke dinsdag (ochtend, op afspraak)"),
    ("laatste vrijdag van de maand 10-12", "elke laatste vrijdag van de maand 10:00-12:00"),
    ("1x per 2 weken, woe 14.00-15.30 (oneven weken)", "in de oneven weken op woensdag 14:00-15:30"),
    ("dagelijks (behalve zo) 9-12, niet bij regen", "elke maandag t/m zaterdag 09:00-12:00 (niet bij regen)"),
    ("di 15.00 uur", "elke dinsdag vanaf 15:00"),
    ("3e za v.d. maand 13:00-16:00", "elke derde zaterdag van de maand 13:00-16:00"),
    ("do 19.30", "elke donderdag vanaf 19:30"),
    ("om de week op woensdag 10-12", "om de week op woensdag 10:00-12:00"),
    ("om de 3 weken maandag 10 uur", "om de 3 weken op maandag vanaf 10:00"),
    ("1e en 3e dinsdag van de maand 14:00 tot 16:00 uur", "elke eerste en derde dinsdag van de maand 14:00-16:00"),
    ("werkdagen 9-17", "elke maandag t/m vrijdag 09:00-17:00"),
    ("dinsdagmiddag 2-4", "elke dinsdag 14:00-16:00"),
    ("woensdagavond 7.30-9.30", "elke woensdag 19:30-21:30"),
    ("ma-wo-vr 10-12", "elke maandag, woensdag en vrijdag 10:00-12:00"),
    ("half 10 tot kwart over 11 op vrijdag", "elke vrijdag 09:30-11:15"),
    ("10:00-12:00 dinsdag, 13:00-15:00 donderdag", "elke dinsdag 10:00-12:00; elke donderdag 13:00-15:00"),
    ("ma 9-12 en 13-17", "elke maandag 09:00-12:00; elke maandag 13:00-17:00"),
    ("di 10-12 (zaal 1) en do 9-10 (zaal 2)", "elke dinsdag 10:00-12:00 (zaal 1); elke donderdag 09:00-10:00 (zaal 2)"),
    ("di 10-12; niet bij regen", "elke dinsdag 10:00-12:00 (niet bij regen)"),
    ("14 jan en 28 jan 10-12", "donderdag 14 januari 2027 10:00-12:00; donderdag 28 januari 2027 10:00-12:00"),
    (
        "van 14 januari t/m 20 maart op dinsdag 10-12",
        "elke dinsdag 10:00-12:00, vanaf 14 januari 2027, t/m 20 maart 2027",
    ),
    ("op afspraak", "(op afspraak)"),
    ("wisselende tijden", "wisselende tijden"),
    ("", ""),
]


@pytest.mark.parametrize(("written", "shown"), SPELLINGS)
def test_a_spelling_of_the_field_is_understood_whole(written: str, shown: str) -> None:
    schedules, leftover = read_schedule(written, TODAY)
    assert show_schedules(schedules) == shown
    assert leftover == ""


@pytest.mark.parametrize(
    ("written", "leftover"),
    [
        ("iedere maandag van 10.00 uur tot 12.00 uur in zaal 3", "in zaal 3"),
        ("2x per week", "2x per week"),
        ("maandelijks", "maandelijks"),
        ("di 10-11.30 uur 3-5 km", "3-5 km"),
        ("dinsdag tot 12 uur", "tot 12 uur"),
        ("zie de folder", "zie de folder"),
        ("elke maandag vanaf januari 10-12", "vanaf januari"),
    ],
)
def test_what_is_not_understood_comes_back(written: str, leftover: str) -> None:
    assert read_schedule(written, TODAY)[1] == leftover


def test_a_course_knows_its_first_day_and_number_of_times() -> None:
    ((schedule,), leftover) = read_schedule("start 13 januari, 8x woensdagmiddag 13.30-15.30", TODAY)
    held = occurrences(schedule, TODAY, date(2027, 12, 31))
    assert leftover == ""
    assert [begin for begin, _end in held][:2] == [datetime(2027, 1, 13, 13, 30), datetime(2027, 1, 20, 13, 30)]
    assert len(held) == 8


def test_a_first_day_that_does_not_fit_the_weekday_is_pointed_out() -> None:
    ((schedule,), _leftover) = read_schedule("start 14 januari, 8x woensdagmiddag 13.30-15.30", TODAY)
    assert schedule.starts_on == date(2027, 1, 14)
    assert len(doubts(schedule, TODAY)) == 1


def test_odd_weeks_stay_odd_over_a_year_of_53_weeks() -> None:
    ((schedule,), _leftover) = read_schedule("woensdag 14.00-15.30 (oneven weken)", TODAY)
    held = {begin.date() for begin, _end in occurrences(schedule, date(2025, 1, 1), date(2033, 12, 31))}
    days = (date(2025, 1, 1) + timedelta(days=n) for n in range(9 * 366))
    assert held == {day for day in days if day.year < 2034 and day.weekday() == 2 and day.isocalendar().week % 2 == 1}


def test_sessions_keep_their_wall_time_when_the_clock_changes() -> None:
    ((schedule,), _leftover) = read_schedule("zo 10-12", TODAY)
    held = occurrences(schedule, date(2026, 10, 18), date(2026, 11, 1))
    assert [begin.time() for begin, _end in held] == [time(10)] * 3


def test_holidays_are_skipped_and_the_last_day_counts() -> None:
    schedule = Schedule("FREQ=WEEKLY;BYDAY=FR", None, date(2027, 1, 1), HALF_TEN, NOON)
    held = occurrences(schedule, date(2026, 12, 18), date(2027, 2, 1), {date(2026, 12, 25)})
    assert held == [
        (datetime(2026, 12, 18, 9, 30), datetime(2026, 12, 18, 12)),
        (datetime(2027, 1, 1, 9, 30), datetime(2027, 1, 1, 12)),
    ]


def test_every_other_week_without_a_first_day_guesses_no_sessions() -> None:
    ((schedule,), _leftover) = read_schedule("om de week op woensdag 10-12", TODAY)
    assert occurrences(schedule, TODAY, date(2027, 12, 31)) == []
    assert len(doubts(schedule, TODAY)) == 1


def test_a_remark_tells_the_last_day() -> None:
    assert read_last_day("stopt per 1-1", TODAY) == date(2026, 12, 31)
    assert read_last_day("t/m 20 maart 2027", TODAY) == date(2027, 3, 20)
    assert read_last_day("geen lift", TODAY) is None


def test_which_weekday_it_is_held() -> None:
    assert fits(Schedule("FREQ=MONTHLY;BYDAY=2WE"), 2)
    assert not fits(Schedule("FREQ=MONTHLY;BYDAY=2WE"), 3)
    assert fits(Schedule(starts_on=date(2026, 11, 21)), 5)


@pytest.mark.parametrize(
    ("schedule", "field"),
    [
        (Schedule("FREQ=WEEKLY;BYDAY=MO", opens=NOON, closes=HALF_TEN), "closes"),
        (Schedule("FREQ=WEEKLY;BYDAY=MO", closes=NOON), "opens"),
        (Schedule("FREQ=HOURLY"), "rrule"),
        (Schedule("FREQ=WEEKLY;BYDAY=2MO"), "rrule"),
        (Schedule("not a rule"), "rrule"),
        (Schedule(starts_on=TODAY, ends_on=date(2026, 11, 1)), "ends_on"),
    ],
)
def test_a_schedule_that_cannot_be_is_refused_at_its_field(schedule: Schedule, field: str) -> None:
    with pytest.raises(Refused) as refused:
        check_schedule(schedule)
    assert list(refused.value.fields) == [field]


DAYS = st.sets(st.integers(0, 6), min_size=1)
SOME_MONTHS = st.just(()) | st.sets(st.integers(1, 12), min_size=1, max_size=11).map(sorted).map(tuple)
WEEKLY = st.builds(
    lambda days, every, count, months: write_rule(
        Pattern(tuple((0, day) for day in days), every, count=count, in_months=months)
    ),
    DAYS, st.integers(1, 8), st.none() | st.integers(1, 60), SOME_MONTHS,
)  # fmt: skip
WEEKS = st.builds(
    lambda days, weeks, months: write_rule(Pattern(tuple((0, day) for day in days), weeks=weeks, in_months=months)),
    DAYS, st.sampled_from(["odd", "even"]), SOME_MONTHS,
)  # fmt: skip
MONTHLY = st.builds(
    lambda days, every, count, months: write_rule(Pattern(tuple(days), every, True, count=count, in_months=months)),
    st.sets(st.tuples(st.sampled_from([1, 2, 3, 4, 5, -1, -2]), st.integers(0, 6)), min_size=1, max_size=4),
    st.integers(1, 6), st.none() | st.integers(1, 60), SOME_MONTHS,
)  # fmt: skip
NOTES = st.sampled_from(
    ["", "op afspraak", "niet bij regen", "ochtend, op afspraak", "zaal 2, bij Els", "ma/do bellen"]
)
DATES = st.dates(date(2020, 1, 1), date(2035, 12, 31))
TIMES = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))


@st.composite
def kept_schedules(draw: st.DrawFn) -> Schedule:
    rule = draw(WEEKLY | WEEKS | MONTHLY | st.just(""))
    starts_on, ends_on = draw(st.none() | DATES), draw(st.none() | DATES)
    if ends_on and starts_on and (ends_on < starts_on or not rule):
        ends_on = starts_on
    if ends_on and not starts_on and not rule:
        ends_on = None
    opens, closes = draw(st.none() | TIMES), draw(st.none() | TIMES)
    if closes and (opens is None or closes <= opens):
        closes = None
    return Schedule(rule, starts_on, ends_on, opens, closes, draw(NOTES))


@given(kept_schedules())
@settings(max_examples=600, deadline=None)
def test_what_is_shown_is_read_back_unchanged(schedule: Schedule) -> None:
    check_schedule(schedule)
    assert read_schedule(show_schedule(schedule), TODAY) == ((schedule,), "")


@given(WEEKLY | WEEKS | MONTHLY)
def test_a_rule_is_taken_apart_and_put_together_again(rule: str) -> None:
    pattern = read_rule(rule)
    assert pattern is not None
    assert write_rule(pattern) == rule


VOCABULARY = """ma di wo do vr za zo maandag woensdagmiddag ochtend t/m tot - – en , ; ( ) / 10 10:00 9.30 24:00 25 1030
    uur u elke 2e 5e 6e laatste van de maand om week weken even oneven 8x 1x per start stopt 14 januari 31 februari 1-1
    29-2-2027 31-02-2026 behalve niet bij regen op afspraak half kwart over 0 0000 99999999999 € é ½ \u202e"""
WORDS = st.lists(st.sampled_from(VOCABULARY.split()), max_size=25).map(" ".join)


@given(WORDS | st.text(max_size=200))
@settings(max_examples=1500, deadline=timedelta(seconds=1))
def test_no_text_breaks_the_reader_or_its_schedules(text: str) -> None:
    schedules, _leftover = read_schedule(text, TODAY)
    read_last_day(text, TODAY)
    for schedule in schedules:
        in_order = not (schedule.opens and schedule.closes) or schedule.opens < schedule.closes
        check_schedule(schedule) if in_order and not schedule.ends_on else None
        assert show_schedule(schedule)
        assert len(occurrences(schedule, TODAY, TODAY + timedelta(days=365))) <= 366


@given(
    st.sampled_from(SPELLINGS),
    st.sampled_from(["blauwbekje", "bel 3x aan", "€ 5", "(dicht", "12 personen"]),
    st.booleans(),
)
def test_an_unknown_remark_before_or_after_stays_readable(spelling: tuple[str, str], remark: str, before: bool) -> None:
    text = f"{remark} {spelling[0]}" if before else f"{spelling[0]} {remark}"
    schedules, leftover = read_schedule(text, TODAY)
    kept = leftover + show_schedules(schedules)
    assert all(word in kept for word in remark.strip("(").split() if word.isalpha())


def test_a_very_long_text_is_read_in_a_moment() -> None:
    started = datetime.now()
    _schedules, leftover = read_schedule("ma 10-12 (" * 20_000 + " x" * 50_000, TODAY)
    assert leftover
    assert datetime.now() - started < timedelta(seconds=2)
