"""Dates and times as staff type them."""

from datetime import date, time, timedelta

import pytest
from dateutil.easter import easter
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import Refused
from desktop.rules import dates

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize("typed", [
    "3-4-1951", "3-4-51", "03041951", "030451", "3 april 1951", "3 apr. 1951", "1951-04-03", "3/4/1951", "3.4.1951",
    "03 - 04 - 1951", "April 3, 1951", " 3  April  1951 ", "３-４-1951"])
def test_a_birth_date_may_be_typed_any_way(typed: str) -> None:
    assert dates.read_birth_date(typed, TODAY) == "1951-04-03"


def test_only_a_birth_year_may_be_known() -> None:
    assert dates.read_birth_date("1951", TODAY) == "1951"
    assert dates.show_birth_date("1951") == "1951"
    assert dates.show_birth_date("1951-04-03") == "03-04-1951"
    assert dates.read_birth_date("  ", TODAY) is None


def test_two_digits_of_a_birth_year_mean_an_adult() -> None:
    assert dates.read_birth_date("3-4-25", TODAY) == "1925-04-03"
    assert dates.read_birth_date("3-4-08", TODAY) == "2008-04-03"


@pytest.mark.parametrize(("typed", "meant"), [
    ("6-11", "2026-11-06"), ("6/11", "2026-11-06"), ("6 november", "2026-11-06"), ("06-11-26", "2026-11-06"),
    ("vandaag", "2026-11-21"), ("gisteren", "2026-11-20"), ("Morgen", "2026-11-22"), ("eergisteren", "2026-11-19"),
    ("ma 23 november", "2026-11-23"), ("maandag 23-11", "2026-11-23"), ("20121203", "2012-12-03")])
def test_a_day_may_be_typed_any_way(typed: str, meant: str) -> None:
    found = dates.read_date(typed, TODAY)
    assert found is not None
    assert found.isoformat() == meant


def test_a_weekday_alone_is_the_coming_one_and_the_last_one_where_only_the_past_will_do() -> None:
    saturday = TODAY
    assert dates.read_date("vrijdag", saturday) == date(2026, 11, 27)
    assert dates.read_date("zaterdag", saturday) == date(2026, 11, 28)
    assert dates.read_date("ma", saturday) == date(2026, 11, 23)
    assert dates.read_date("vrijdag", saturday, past=True) == date(2026, 11, 20)
    assert dates.read_date("zaterdag", saturday, past=True) == saturday


def test_a_day_without_a_year_is_the_near_one_round_new_year() -> None:
    assert dates.read_date("28-12", date(2027, 1, 3)) == date(2026, 12, 28)
    assert dates.read_date("6-1", date(2026, 12, 28)) == date(2027, 1, 6)
    assert dates.read_date("3-4", TODAY) == date(2026, 4, 3)


@pytest.mark.parametrize(("typed", "today", "past", "ahead"), [
    ("12-1", date(2026, 11, 15), date(2026, 1, 12), date(2027, 1, 12)),
    ("12 januari", date(2026, 12, 30), date(2027, 1, 12), date(2027, 1, 12)),  # just ahead: refused, not a year ago
    ("28-12", date(2027, 1, 3), date(2026, 12, 28), date(2026, 12, 28)),  # just over: asked about, not a year ahead
    ("28-12", date(2026, 6, 3), date(2025, 12, 28), date(2026, 12, 28)),
    ("3-4", date(2026, 11, 21), date(2026, 4, 3), date(2027, 4, 3)),
    ("12-7", date(2027, 1, 5), date(2026, 7, 12), date(2027, 7, 12)),
    ("10-11", date(2026, 11, 15), date(2026, 11, 10), date(2026, 11, 10)),
    ("15-11", date(2026, 11, 15), date(2026, 11, 15), date(2026, 11, 15)),
    ("29-2", date(2028, 1, 5), date(2028, 1, 5), date(2028, 2, 29)),
    ("12-1-2026", date(2026, 11, 15), date(2026, 1, 12), date(2026, 1, 12))])
def test_a_day_without_a_year_lies_where_it_is_expected(typed: str, today: date, past: date, ahead: date) -> None:
    assert dates.read_date(typed, today, ahead=True) == ahead
    if typed != "29-2":
        assert dates.read_date(typed, today, past=True) == past


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_a_day_without_a_year_is_never_far_on_the_wrong_side(today: date, day: date) -> None:
    typed = f"{day.day}-{day.month}"
    if typed != "29-2":
        past = dates.read_date(typed, today, past=True)
        ahead = dates.read_date(typed, today, ahead=True)
        assert past is not None
        assert ahead is not None
        assert past <= today + dates.JUST_AHEAD
        assert ahead >= today - dates.JUST_OVER


@pytest.mark.parametrize(("typed", "meant"), [
    ("a.s. dinsdag", "2026-11-24"), ("komende vrijdag", "2026-11-27"), ("aanstaande maandag 23-11", "2026-11-23"),
    ("over 2 weken", "2026-12-05"), ("over drie dagen", "2026-11-24"), ("over 1 maand", "2026-12-21")])
def test_a_day_to_come_may_be_said_from_today(typed: str, meant: str) -> None:
    found = dates.read_date(typed, TODAY, ahead=True)
    assert found is not None
    assert found.isoformat() == meant


@pytest.mark.parametrize("hyphen", "-‐‑‒–—−")
def test_every_hyphen_of_a_word_processor_is_one(hyphen: str) -> None:
    assert dates.read_date(f"6{hyphen}11{hyphen}26", TODAY) == date(2026, 11, 6)
    assert dates.read_birth_date(f"3{hyphen}4{hyphen}1951", TODAY) == "1951-04-03"


@pytest.mark.parametrize(("typed", "said"), [
    ("31-02-2020", "Deze datum bestaat niet."), ("29-2-2027", "Deze datum bestaat niet."),
    ("3 foo 2020", "Er is geen maand die “foo” heet."), ("1-1-0001", "Dit jaartal kan niet kloppen."),
    ("dinsdag 23 november", "Deze datum is een maandag."), ("ooit", "Dit is geen datum. Schrijf hem als 06-11-2026."),
    ("1" * 5000, "Dit is geen datum of tijd.")])
def test_a_day_that_cannot_be_is_refused_in_plain_words(typed: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        dates.read_date(typed, TODAY)
    assert refused.value.message == said


@pytest.mark.parametrize(("typed", "said"), [
    ("22-11-2026", "Deze datum ligt in de toekomst."), ("2027", "Deze datum ligt in de toekomst."),
    ("1-1-1850", "Dit is meer dan 120 jaar geleden."),
    ("3-4", "Het jaar ontbreekt. Schrijf de datum als 03-04-1951.")])
def test_a_birth_date_that_cannot_be_is_refused(typed: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        dates.read_birth_date(typed, TODAY)
    assert refused.value.message == said


def test_callers_refuse_what_has_not_happened_yet() -> None:
    dates.refuse_future(TODAY, TODAY)
    dates.refuse_future(None, TODAY)
    with pytest.raises(Refused, match="toekomst"):
        dates.refuse_future(date(2026, 11, 22), TODAY)
    dates.refuse_before(TODAY, TODAY)
    with pytest.raises(Refused, match="niet vóór 21-11-2026"):
        dates.refuse_before(date(2026, 11, 20), TODAY)


@pytest.mark.parametrize(("typed", "meant"), [
    ("10", time(10)), ("10.30", time(10, 30)), ("10:30", time(10, 30)), ("1030", time(10, 30)), ("930", time(9, 30)),
    ("10 uur", time(10)), ("10u30", time(10, 30)), ("14.00 uur", time(14)), ("half elf", time(10, 30)),
    ("kwart over tien", time(10, 15)), ("kwart voor 10", time(9, 45)), ("tien uur", time(10)),
    ("2 uur 's middags", time(14)), ("half 1", time(0, 30)), ("9u", time(9))])
def test_a_time_may_be_typed_any_way(typed: str, meant: time) -> None:
    assert dates.read_time(typed) == meant


@pytest.mark.parametrize("typed", ["25", "10.75", "2460", "straks", "10.3.0"])
def test_a_time_that_cannot_be_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        dates.read_time(typed)


def test_dates_are_shown_the_dutch_way() -> None:
    assert dates.show_date(date(2026, 11, 6)) == "06-11-2026"
    assert dates.show_long(date(2026, 11, 6)) == "6 november 2026"
    assert dates.show_long(date(2026, 11, 6), "en") == "6 November 2026"
    assert dates.show_day(date(2026, 11, 23)) == "maandag 23 november"
    assert dates.show_time(time(9, 5)) == "9.05"
    assert dates.show_date(None) == dates.show_long(None) == dates.show_birth_date(None) == ""


def test_age_turns_on_the_birthday_also_on_29_february() -> None:
    assert dates.age("1951-11-21", TODAY) == 75
    assert dates.age("1951-11-22", TODAY) == 74
    assert dates.age("1952-02-29", date(2026, 2, 28)) == 73
    assert dates.age("1951", TODAY) == 75
    assert dates.age(None, TODAY) is None


def test_working_days_skip_weekends_and_dutch_holidays_but_not_good_friday() -> None:
    assert dates.working_days_after(date(2026, 11, 20), 5) == date(2026, 11, 27)
    assert dates.working_days_after(date(2026, 12, 24), 1) == date(2026, 12, 28)
    assert dates.working_days_after(date(2026, 12, 24), 5) == date(2027, 1, 4)
    assert dates.working_days_after(date(2026, 4, 2), 2) == date(2026, 4, 7)
    assert dates.working_days_after(date(2026, 11, 23), -1) == date(2026, 11, 20)
    assert dates.is_working_day(date(2026, 4, 3))
    assert not dates.is_working_day(date(2026, 4, 27))


@pytest.mark.parametrize(("reckoned", "promised"), [
    (date(2026, 11, 20), date(2026, 11, 20)),  # a Friday
    (date(2026, 11, 22), date(2026, 11, 23)),  # a Sunday
    (date(2026, 12, 25), date(2026, 12, 28)),  # Christmas, then a weekend
    (date(2027, 4, 27), date(2027, 4, 28)),    # King's day
    (date(2027, 1, 1), date(2027, 1, 4))])
def test_a_day_to_promise_is_a_day_on_which_somebody_can_keep_it(reckoned: date, promised: date) -> None:
    assert dates.next_open_day(reckoned) == promised


def test_three_months_after_the_last_of_november_is_the_last_of_february() -> None:
    assert dates.months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert dates.months_after(date(2026, 11, 30), -9) == date(2026, 2, 28)


@given(st.dates(date(1910, 1, 1), TODAY))
def test_what_is_shown_can_be_typed_again(day: date) -> None:
    for shown in (dates.show_date(day), dates.show_long(day), dates.show_long(day, "en"), day.isoformat(),
                  f"{day:%d%m%Y}"):
        assert dates.read_date(shown, TODAY) == day
        assert dates.read_birth_date(shown, TODAY) == day.isoformat()


TYPED = st.one_of(st.text(max_size=80), st.text("0123456789-./ :'uhaprilmeinovemberkwartovehalfvrijdag", max_size=20))


@given(TYPED)
def test_whatever_is_typed_gives_a_value_or_a_sentence(typed: str) -> None:
    for read in (dates.read_time, lambda text: dates.read_date(text, TODAY),
                 lambda text: dates.read_birth_date(text, TODAY)):
        said = "fine"
        try:
            read(typed)
        except Refused as refused:
            said = refused.message
        assert said


@pytest.mark.parametrize(("day", "hour", "shown"), [
    (date(2026, 3, 29), time(2, 30), False), (date(2027, 3, 28), time(2), False),
    (date(2026, 3, 29), time(2, 59), False), (date(2026, 3, 29), time(3), True), (date(2026, 3, 29), time(1, 59), True),
    (date(2026, 3, 28), time(2, 30), True), (date(2026, 10, 25), time(2, 30), True),
    (None, time(2, 30), True), (date(2026, 3, 29), None, True)])
def test_an_hour_that_the_clock_skips_is_told(day: date | None, hour: time | None, shown: bool) -> None:
    assert bool(dates.hour_complaint(day, hour)) != shown


@pytest.mark.parametrize(("hour", "asked"), [(time(0), True), (time(2, 30), True), (time(6), False), (time(23), False)])
def test_an_hour_in_the_night_is_asked_about(hour: time, asked: bool) -> None:
    assert bool(dates.night_doubt(hour)) == asked


@given(st.dates(date(2024, 1, 1), date(2040, 12, 31)))
def test_no_day_to_promise_is_a_sunday_or_a_public_holiday(day: date) -> None:
    promised = dates.next_open_day(day)
    easter_of = easter(promised.year)
    kings = date(promised.year, 4, 27)
    free = {
        date(promised.year, 1, 1), *(easter_of + timedelta(days=step) for step in (0, 1, 39, 49, 50)),
        kings if kings.weekday() != 6 else kings - timedelta(days=1),
        date(promised.year, 12, 25), date(promised.year, 12, 26),
        *([date(promised.year, 5, 5)] if promised.year % 5 == 0 else []),
    }  # fmt: skip
    assert promised >= day
    assert promised.weekday() < 5
    assert promised not in free
