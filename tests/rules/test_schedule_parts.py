"""Turns of phrase that decide when something is held: read as they are meant, or handed back to be asked."""

from datetime import date, timedelta
from itertools import islice
from operator import itemgetter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import Refused
from desktop.rules.dates import is_working_day, show_long
from desktop.rules.schedules import (
    Schedule,
    check_schedule,
    doubts,
    is_over,
    occurrences,
    read_schedule,
    show_schedules,
    weekly,
)

TODAY = date(2026, 11, 3)  # a Tuesday
YEAR = TODAY + timedelta(days=366)

READ = [
    ("laatste werkdag van de maand 9-10", "elke laatste werkdag van de maand 09:00-10:00"),
    ("elke laatste werkdag", "elke laatste werkdag van de maand"),
    ("eerste en laatste werkdag v/d maand", "elke eerste en laatste werkdag van de maand"),
    ("om de maand 2e wo 14-16", "om de 2 maanden op de tweede woensdag van de maand 14:00-16:00"),
    ("om de andere maand, laatste vrijdag", "om de 2 maanden op de laatste vrijdag van de maand"),
    ("elk kwartaal op de 1e do", "om de 3 maanden op de eerste donderdag van de maand"),
    ("tweemaandelijks, 3e ma", "om de 2 maanden op de derde maandag van de maand"),
    ("om de vrijdag 10-12", "om de week op vrijdag 10:00-12:00"),
    ("om de andere maandag", "om de week op maandag"),
    ("elke andere wo 19.00", "om de week op woensdag vanaf 19:00"),
    ("om de dinsdagmiddag 2-4", "om de week op dinsdag 14:00-16:00"),
    ("om het weekend", "om de week op zaterdag en zondag"),
    ("ieder ander weekend 10-16", "om de week op zaterdag en zondag 10:00-16:00"),
    (
        "maandag 11 januari t/m 8 maart 19-21",
        "elke maandag 19:00-21:00, vanaf 11 januari 2027, t/m 8 maart 2027",
    ),
    ("wo 13 jan - 31 mrt 10-12", "elke woensdag 10:00-12:00, vanaf 13 januari 2027, t/m 31 maart 2027"),
    ("do 26 t/m za 28 november", "elke donderdag t/m zaterdag, vanaf 26 november 2026, t/m 28 november 2026"),
    ("vr 6, 13 en 27 nov 13-15", "vrijdag 6 november 2026 13:00-15:00; vrijdag 13 november 2026 13:00-15:00; "
                                 "vrijdag 27 november 2026 13:00-15:00"),
    ("5/12 en 12/12", "zaterdag 5 december 2026; zaterdag 12 december 2026"),
    ("elke ma 10-12 m.u.v. de 1e ma", "elke tweede, derde, vierde en vijfde maandag van de maand 10:00-12:00"),
    ("do 9-11, 3e do niet", "elke eerste, tweede, vierde en vijfde donderdag van de maand 09:00-11:00"),
    ("di 10-12, niet op 29 december", "elke dinsdag 10:00-12:00, niet op 29 december 2026"),
    (
        "vr 10-12 (niet op 25 december en 1 januari)",
        "elke vrijdag 10:00-12:00, niet op 25 december 2026 en 1 januari 2027",
    ),
    ("wo 23 december vervalt; elke wo 10-12", "elke woensdag 10:00-12:00, niet op 23 december 2026"),
    ("elke dag 9-17, zondag gesloten", "elke maandag t/m zaterdag 09:00-17:00"),
    ("ma en de 1e za v/d maand 10-12", "elke maandag 10:00-12:00; elke eerste zaterdag van de maand 10:00-12:00"),
    ("2x per week, ma en do 9-10", "elke maandag en donderdag 09:00-10:00"),
    ("ma 9-5", "elke maandag 09:00-17:00"),
    ("vr 20.00-00.30", "elke vrijdag vanaf 20:00 (tot 00:30)"),
    ("dinsdag van half tien tot twaalf", "elke dinsdag 09:30-12:00"),
    ("dinsdagochtend 14-16", "elke dinsdag 14:00-16:00 (ochtend)"),
    ("di 10-12 m.u.v. juli en aug", "elke dinsdag 10:00-12:00, niet in juli en augustus"),
    ("wo 9-10, in juli geen bijeenkomst", "elke woensdag 09:00-10:00, niet in juli"),
    ("vr 14-16 (zomerstop juni t/m augustus)", "elke vrijdag 14:00-16:00, niet van juni t/m augustus"),
    ("okt t/m mrt elke zo 14-16", "elke zondag 14:00-16:00, van oktober t/m maart"),
    ("eerste ma van jan, april, juli en okt", "elke eerste maandag van de maand, in januari, april, juli en oktober"),
    ("om de week do vanaf 7 januari, niet in mei", "om de week op donderdag, vanaf 7 januari 2027, niet in mei"),
    ("laatste werkdag van de maand, behalve december", "elke laatste werkdag van de maand, niet in december"),
    ("wo 10-12 m.u.v. school- en feestdagen", "elke woensdag 10:00-12:00 (m.u.v. school- en feestdagen)"),
    ("ma 9-10 behalve tweede paasdag", "elke maandag 09:00-10:00 (behalve tweede paasdag)"),
    ("do 10-12 niet in de kerstvakantie", "elke donderdag 10:00-12:00 (niet in de kerstvakantie)"),
    ("di 10-12, even weken niet", "in de oneven weken op dinsdag 10:00-12:00"),
    ("di 10-12 behalve in de oneven weken", "in de even weken op dinsdag 10:00-12:00"),
    (
        "do 10-12 m.u.v. 21 december t/m 3 januari",
        "elke donderdag 10:00-12:00, niet op 24 december 2026 en 31 december 2026",
    ),
    (
        "do 10-12, niet op 24 t/m 31 december",
        "elke donderdag 10:00-12:00, niet op 24 december 2026 en 31 december 2026",
    ),
    (
        "do 10-12 behalve 10 december en 31 december",
        "elke donderdag 10:00-12:00, niet op 10 december 2026 en 31 december 2026",
    ),
    ("do 10-12 niet tussen 20/12 en 5/1", "elke donderdag 10:00-12:00, niet op 24 december 2026 en 31 december 2026"),
    ("do 10-12 van 7-1 t/m 25-2", "elke donderdag 10:00-12:00, vanaf 7 januari 2027, t/m 25 februari 2027"),
    ("wo 13 jan tm 31 mrt", "elke woensdag, vanaf 13 januari 2027, t/m 31 maart 2027"),
    ("van ma 7 t/m wo 9 december", "elke maandag t/m woensdag, vanaf 7 december 2026, t/m 9 december 2026"),
    ("driewekelijks op ma vanaf 4 jan", "om de 3 weken op maandag, vanaf 4 januari 2027"),
    ("4-wekelijks do start 7/1", "om de 4 weken op donderdag, vanaf 7 januari 2027"),
    ("zes bijeenkomsten op di vanaf 12 januari", "elke dinsdag, 6 keer, vanaf 12 januari 2027"),
    ("8 dinsdagen vanaf 12 januari 10-12", "elke dinsdag 10:00-12:00, 8 keer, vanaf 12 januari 2027"),
    ("8 lessen op ma van 19-21, start 11 januari", "elke maandag 19:00-21:00, 8 keer, vanaf 11 januari 2027"),
    ("di 10-12 (12 januari t/m 30 maart)", "elke dinsdag 10:00-12:00, vanaf 12 januari 2027, t/m 30 maart 2027"),
    ("om het weekend op zaterdag, vanaf 5 december", "om de week op zaterdag, vanaf 5 december 2026"),
    ("di 12/1 10.00", "dinsdag 12 januari 2027 vanaf 10:00"),
    ("elke ochtend 9-10", "elke dag 09:00-10:00"),
    ("dinsdagmiddag tien over half drie", "elke dinsdag vanaf 14:40"),
    ("wo kwart over 7 's avonds", "elke woensdag vanaf 19:15"),
    ("do 10‐12 vanaf 7‑1‑2027", "elke donderdag 10:00-12:00, vanaf 7 januari 2027"),  # hyphens of a word processor
]


@pytest.mark.parametrize(("written", "shown"), READ)
def test_a_turn_of_phrase_is_read_as_it_is_meant(written: str, shown: str) -> None:
    schedules, leftover = read_schedule(written, TODAY)
    assert (show_schedules(schedules), leftover) == (shown, "")
    assert read_schedule(shown, TODAY) == (schedules, "")


ASKED = [
    "3x per maand op wo", "een paar keer per maand op wo", "maandelijks op ma", "1x per maand op vr 10-12",
    "do 10-12 (2x per maand)", "2x per week wo 9-10", "om de maand op dinsdag",
    "de 31e van de maand", "elke maand op de 30e", "1e en 15e van de maand 10 uur", "eerste wo na de 10e",
    "laatste weekend van de maand", "eerste week van de maand op ma", "eerste ma t/m vr van de maand",
    "week 3, 5 en 7 op ma", "vanaf week 12 elke wo", "even maanden op de 1e ma", "even en oneven weken wo",
    "om de 3 weken oneven weken wo", "om de week 1e di van de maand", "om de dag 9-10", "om en om ma en wo",
    "ma of wo 10-12", "meestal op vrijdag", "niet elke week, op do", "vanaf woensdag 9-11",
    "elke vrijdag 15 januari", "dinsdag 15 januari 10-12", "15 januari t/m 11 maart 10-12",
    "maandag 4 januari t/m vrijdag 15 januari", "maandag 9:00 t/m vrijdag 17:00", "ma 10-12, 18 januari",
    "maand om maand op de 1e di", "de ene week ma, de andere week do", "eerste ma van het kwartaal",
    "eerste di na de vakantie", "week even op di", "28-12, 4-1 en 11-1 10-12", "12-1 10-12",
    "di 12-1 10.00-12.00", "elke oneven donderdag",
    "om de 2 weekenden", "om de 10 dagen op di", "ma 10-12, in juli 10-11",
    "wo 10-12, in juli en augustus een ander programma", "di inloop 9.30, start 10.00", "do 9.30 inloop 10.00-12.00",
    "maandag wisselende tijden 10-12", "ma 10-12, 8x en 10x", "ma 10-12; 2x per maand",
]  # fmt: skip


@pytest.mark.parametrize("written", ASKED)
def test_what_may_mean_two_things_is_handed_back_whole_and_makes_no_rule(written: str) -> None:
    schedules, leftover = read_schedule(written, TODAY)
    assert schedules == ()
    assert words_of(leftover) == words_of(written)


@pytest.mark.parametrize("written", ["ma 10-9", "wo 14-13", "elke vrijdag 12:00-11:30", "do 8-6"])
def test_an_end_before_the_beginning_is_refused_and_not_moved_to_the_evening(written: str) -> None:
    ((schedule,), _leftover) = read_schedule(written, TODAY)
    with pytest.raises(Refused) as refused:
        check_schedule(schedule)
    assert list(refused.value.fields) == ["closes"]


@pytest.mark.parametrize(("written", "remark"), [
    ("vr 10-12, behalve de laatste vrijdag van de maand", "behalve de laatste vrijdag van de maand"),
    ("di 10-12 niet op 24 december", "niet op 24 december"),  # a Thursday
    ("wo 10-12 om de hoek bij de kerk", "om de hoek bij de kerk"),
    ("wo 10-12, eerste les gratis", "eerste les gratis")])  # fmt: skip
def test_a_remark_stays_beside_the_rule_and_changes_nothing_in_it(written: str, remark: str) -> None:
    schedules, leftover = read_schedule(written, TODAY)
    assert leftover == remark
    assert [each.not_on for each in schedules] == [()]
    assert show_schedules(schedules).endswith("10:00-12:00")


def test_the_last_working_day_is_one_on_which_people_work() -> None:
    ((schedule,), _leftover) = read_schedule("laatste werkdag van de maand", TODAY)
    held = [begin.date() for begin, _end in occurrences(schedule, date(2027, 4, 1), date(2028, 5, 31))]
    assert held[:3] == [date(2027, 4, 30), date(2027, 5, 31), date(2027, 6, 30)]
    ((first,), _leftover) = read_schedule("eerste werkdag van de maand", TODAY)
    assert occurrences(first, date(2027, 1, 1), date(2027, 1, 31))[0][0].date() == date(2027, 1, 4)


def test_every_other_week_counts_from_its_first_time_and_asks_when_the_first_day_does_not_fit() -> None:
    """16 December 2026 is a Wednesday, in week 51 of a year of 53 weeks."""
    ((fits,), _leftover) = read_schedule("om de week wo vanaf 16-12-2026", TODAY)
    assert _first(fits, 3) == [date(2026, 12, 16), date(2026, 12, 30), date(2027, 1, 13)]
    assert doubts(fits, TODAY) == ()
    ((not_fitting,), _leftover) = read_schedule("om de week ma vanaf 16-12-2026", TODAY)
    assert _first(not_fitting, 3) == [date(2026, 12, 21), date(2027, 1, 4), date(2027, 1, 18)]
    assert len(doubts(not_fitting, TODAY)) == 1


def test_eight_times_stay_eight_when_one_day_is_left_out() -> None:
    ((schedule,), leftover) = read_schedule("8x di 10-12, start 12 januari, niet op 9 februari", TODAY)
    held = _first(schedule, 20)
    assert (len(held), held[-1], leftover) == (8, date(2027, 3, 9), "")


def test_what_is_over_is_known_by_its_last_time_and_not_by_a_guess() -> None:
    course = Schedule(weekly([1], count=6), date(2026, 9, 1))  # last on 6 October
    assert is_over(course, date(2026, 10, 7))
    assert not is_over(course, date(2026, 10, 6))
    assert is_over(Schedule("", date(2026, 11, 2)), TODAY)
    assert not is_over(Schedule("", TODAY), TODAY)
    assert is_over(Schedule(weekly([4]), None, date(2026, 11, 5)), TODAY)  # its last Friday is behind us
    assert not is_over(Schedule(weekly([3]), None, date(2026, 11, 5)), TODAY)
    assert not is_over(Schedule(weekly([3], 2)), TODAY)  # nobody said from when
    assert not is_over(Schedule(note="in overleg"), TODAY)


# ---- phrases put together at random, and reckoned by hand

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
NTH = {1: ("1e", "eerste"), 2: ("2e", "tweede"), 3: ("3e", "derde"), 4: ("4e", "vierde"), -1: ("laatste",)}
START, LAST = date(2026, 12, 1), date(2027, 6, 30)
FREQUENCIES = {"": 1, "elke ": 1, "om de week ": 2, "om de ": 2, "eens per 3 weken ": 3, "om de 4 weken op ": 4}
NOISE = ("", "in zaal 2", "bij Els", "koffie na afloop")


@st.composite
def weekly_phrases(draw: st.DrawFn) -> tuple[str, set[date]]:
    """A phrase about weekdays, and the days that somebody with a calendar would tick."""
    frequency = draw(st.sampled_from(list(FREQUENCIES)))
    days = sorted(draw(st.sets(st.integers(0, 6), min_size=1, max_size=3)))
    first = draw(st.sampled_from([START + timedelta(days=at) for at in range(14)]))
    every = FREQUENCIES[frequency]
    fitting = next(day for at in range(7) if (day := first + timedelta(days=at)).weekday() in days)
    monday = fitting - timedelta(days=fitting.weekday())
    ticked = {day for day in _all_days(fitting) if day.weekday() in days and (day - monday).days // 7 % every == 0}
    left_out = draw(st.sampled_from([None, *sorted(ticked)[:6]]))
    named = " en ".join(DAYS[day] for day in days)
    pieces = [f"{frequency}{named} 10-12", f"vanaf {show_long(first)}", "t/m 30 juni 2027"]
    pieces += [f"niet op {show_long(left_out)}"] if left_out else []
    return _told(draw, pieces), ticked - {left_out}


@st.composite
def monthly_phrases(draw: st.DrawFn) -> tuple[str, set[date]]:
    """A phrase about days of the month."""
    nths = sorted(draw(st.sets(st.sampled_from(list(NTH)), min_size=1, max_size=2)), key=lambda nth: nth % 10)
    weekday = draw(st.sampled_from([*range(7), None]))  # None is a working day
    words = " en ".join(draw(st.sampled_from(NTH[nth])) for nth in nths)
    name = "werkdag" if weekday is None else DAYS[weekday]
    ticked = {day for day in _all_days(START) if any(_is_nth(day, nth, weekday) for nth in nths)}
    pieces = [f"elke {words} {name} van de maand 10-12", f"start {show_long(START)}", "t/m 30 juni 2027"]
    return _told(draw, pieces), ticked


@given(weekly_phrases() | monthly_phrases())
@settings(max_examples=400, deadline=None)
def test_a_phrase_gives_the_days_that_somebody_with_a_calendar_would_tick(case: tuple[str, set[date]]) -> None:
    text, ticked = case
    schedules, leftover = read_schedule(text, TODAY)
    held = {begin.date() for each in schedules for begin, _end in occurrences(each, TODAY, LAST)}
    assert held == ticked, text
    assert read_schedule(show_schedules(schedules), TODAY)[0] == schedules
    assert set(words_of(leftover)) <= {word for noise in NOISE for word in noise.split()}


PIECES = (
    "elke ma", "om de", "om het weekend", "di", "1e wo", "laatste werkdag", "3e", "om de 3 weken",
    "om de maand", "6x per maand", "elk kwartaal", "10-12", "14-13", "avond", "14 januari",
    "t/m 11 maart", "start 7 januari", "niet op 24 december", "behalve de 1e vr", "m.u.v. zo", "8x", "of", "tot",
    "za 7, 14 en 21 nov", "31e", "na de 15e", "week 3", "zaal", "geen lift", "soms",
)  # fmt: skip
first_of = itemgetter(0)
MARKS = ("", ",", ";", " en", " (", ")")


@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(MARKS)), min_size=1, max_size=6, unique_by=first_of))
@settings(max_examples=1500, deadline=timedelta(seconds=1))
def test_no_words_that_may_decide_when_it_is_held_are_dropped(told: list[tuple[str, str]]) -> None:
    """Taking any piece out of a text changes what was read: the times, or what is handed back."""
    text = _joined(told)
    whole = read_schedule(text, TODAY)
    for at, (piece, _mark) in enumerate(told):
        assert read_schedule(_joined(told[:at] + told[at + 1 :]), TODAY) != whole, (text, piece)
    if all(_is_kept(schedule) for schedule in whole[0]):
        shown = show_schedules(whole[0])
        assert read_schedule(shown, TODAY)[0] == whole[0], (text, shown)


def _is_kept(schedule: Schedule) -> bool:
    try:
        check_schedule(schedule)
    except Refused:
        return False
    return True


def _joined(told: list[tuple[str, str]]) -> str:
    return " ".join(piece + mark for piece, mark in told)


def words_of(text: str) -> list[str]:
    return text.replace(",", " ").replace(";", " ").replace("(", " ").replace(")", " ").split()


def _first(schedule: Schedule, most: int) -> list[date]:
    return [begin.date() for begin, _end in islice(occurrences(schedule, TODAY, YEAR), most)]


def _all_days(first: date) -> list[date]:
    return [first + timedelta(days=at) for at in range((LAST - first).days + 1)]


def _is_nth(day: date, nth: int, weekday: int | None) -> bool:
    month = [day.replace(day=1) + timedelta(days=at) for at in range(31)]
    fitting = [each for each in month if each.month == day.month
               and (is_working_day(each) if weekday is None else each.weekday() == weekday)]  # fmt: skip
    return day in fitting and fitting.index(day) == (nth - 1 if nth > 0 else len(fitting) + nth)


def _told(draw: st.DrawFn, pieces: list[str]) -> str:
    """In any order, with or without something said about the room; the days and hours stay together."""
    noise = draw(st.sampled_from(NOISE))
    told = draw(st.permutations([piece for piece in (*pieces, noise) if piece]))
    return draw(st.sampled_from((", ", "; "))).join(told)


@pytest.mark.parametrize("written", ["di half acht", "di 7.15", "wo 6-9", "do kwart voor drie"])
def test_an_hour_at_which_nobody_comes_is_asked_about(written: str) -> None:
    ((schedule,), _leftover) = read_schedule(written, TODAY)
    assert any("klopt dat" in doubt for doubt in doubts(schedule, TODAY))


@pytest.mark.parametrize(("written", "months"), [
    ("di 10-12 niet in juli en augustus", {1, 2, 3, 4, 5, 6, 9, 10, 11, 12}),
    ("1e di van de maand, oktober t/m maart", {10, 11, 12, 1, 2, 3}),
    ("in de even weken op di, niet in mei", {1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12}),
    ("laatste werkdag van de maand, in maart en juni", {3, 6})])  # fmt: skip
def test_in_a_month_in_which_it_is_not_held_no_day_is_named(written: str, months: set[int]) -> None:
    ((schedule,), leftover) = read_schedule(written, TODAY)
    held = {begin.date() for begin, _end in occurrences(schedule, TODAY, TODAY + timedelta(days=731))}
    assert leftover == ""
    assert {day.month for day in held} == months
