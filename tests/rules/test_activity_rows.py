"""A list of activities as welfare organisations keep them: titles between the rows, and everything in words."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import Refused
from desktop.rules.activity_rows import FIELDS, ActivityRow, judge_activities, key_of_row
from desktop.rules.imports import ColumnMap, JudgedRow, Plan, Row, read_columns
from desktop.rules.prices import Price
from desktop.rules.schedules import check_schedule, show_schedules

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
TODAY = date(2026, 11, 21)
HEADER = (
    "Activiteit",
    "Omschrijving",
    "Waar",
    "Adres",
    "Postcode",
    "Wijk",
    "Wanneer",
    "Kosten",
    "Contactpersoon",
    "Tel.",
    "Max",
    "Opmerkingen",
)
COLUMN = {name: at for at, name in enumerate(HEADER)}


def line(title: str = "Koffie", **cells: str) -> tuple[str, ...]:
    values = [""] * len(HEADER)
    values[0] = title
    for name, text in cells.items():
        values[COLUMN["Tel." if name == "Tel" else name]] = text
    return tuple(values)


def judged(*lines: tuple[str, ...], known: dict[str, str] | None = None) -> Plan[ActivityRow]:
    rows = [Row(1, HEADER)]
    for number, cells in enumerate(lines, start=2):
        filled = (*cells, *[""] * (len(HEADER) - len(cells)))
        rows.append(Row(number, filled, merged=cells[0].startswith("WIJK")))
    return judge_activities(rows, read_columns(rows, FIELDS), known or {}, TODAY)


def only(**cells: str) -> tuple[JudgedRow[ActivityRow], ActivityRow]:
    row = judged(line(**cells)).rows[1]
    assert row.draft is not None
    return row, row.draft


def test_a_full_row_becomes_an_activity() -> None:
    _row, activity = only(
        Omschrijving="Praatje, krantje",
        Waar="Wijkcentrum",
        Adres="Hoefplein 1",
        Postcode="5613ef",
        Wijk="De Hoef",
        Wanneer="ma t/m vr 9.30 - 12.00 uur",
        Kosten="€ 2,50 p.k.",
        Contactpersoon="J. de Vries",
        Tel="612345678",
        Max="12",
    )
    assert (activity.title, activity.short_text, activity.location_name) == (
        "Koffie",
        "Praatje, krantje",
        "Wijkcentrum",
    )
    assert (activity.street, activity.number, activity.postcode) == ("Hoefplein", "1", "5613 EF")
    assert show_schedules(activity.schedules) == "elke maandag t/m vrijdag 09:30-12:00"
    assert (activity.price, activity.phone, activity.capacity) == (Price(250, "session"), "+31612345678", 12)
    assert (activity.status, activity.note, activity.schedule_text) == ("active", "", "")
    assert "meeting" in activity.themes


@pytest.mark.parametrize(
    ("written", "capacity", "flags"),
    [("onbeperkt", None, 0), ("ca. 15", 15, 1), ("8", 8, 0), ("max. 10 personen", 10, 0)],
)
def test_how_many_can_join(written: str, capacity: int | None, flags: int) -> None:
    row, activity = only(Max=written)
    assert (activity.capacity, len(row.flags)) == (capacity, flags)


def test_remarks_that_mean_something_get_their_field() -> None:
    assert only(Opmerkingen="vol! wachtlijst")[1].status == "full"
    assert only(Opmerkingen="geen lift")[1].lift == "no"
    assert only(Opmerkingen="rolstoeltoegankelijk, lift aanwezig")[1].wheelchair == "yes"
    assert only(Opmerkingen="niet rolstoeltoegankelijk")[1].wheelchair == "no"
    assert only(Opmerkingen="geen lift")[1].note == ""


def test_other_remarks_stay_readable() -> None:
    assert only(Opmerkingen="alleen voor vrouwen")[1].note == "alleen voor vrouwen"
    assert only(Max="zoveel als de zaal toelaat")[1].note == "Maximum: zoveel als de zaal toelaat"
    assert only(Tel="040 – 212 34 56 (ma/do)")[1].note == "Telefoon: 040 – 212 34 56 (ma/do)"
    assert only(Postcode="0123 AA")[1].note == "Postcode: 0123 AA"


def test_a_last_day_ends_the_schedules_and_is_flagged() -> None:
    row, activity = only(Wanneer="di 10-12", Opmerkingen="stopt per 1-1")
    assert [schedule.ends_on for schedule in activity.schedules] == [date(2026, 12, 31)]
    assert activity.note == "stopt per 1-1"
    assert len(row.flags) == 1


def test_what_is_over_is_stopped() -> None:
    assert only(Wanneer="di 10-12", Opmerkingen="gestopt")[1].status == "stopped"
    assert only(Opmerkingen="t/m 1 oktober 2026")[1].status == "stopped"


def test_days_and_hours_not_understood_are_kept_as_text() -> None:
    row, activity = only(Wanneer="di 10-12 in zaal 3")
    assert show_schedules(activity.schedules) == "elke dinsdag 10:00-12:00"
    assert activity.schedule_text == "in zaal 3"
    assert len(row.flags) == 1
    assert only(Wanneer="zie de folder")[1].schedule_text == "zie de folder"


def test_a_first_day_that_does_not_fit_is_flagged() -> None:
    row, _activity = only(Wanneer="start 14 januari, 8x woensdagmiddag 13.30-15.30")
    assert len(row.flags) == 1


def test_a_heading_gives_the_neighbourhood_to_rows_without_one() -> None:
    plan = judged(("WIJK DE HOEF",), line("Koffie"), line("Thee", Wijk="Centrum"), line("Soep", Wijk="De Hoef"))
    assert [row.verdict for row in plan.rows] == ["title", "title", "new", "new", "new"]
    assert [activity.neighbourhood for activity in plan.drafts()] == ["De Hoef", "Centrum", "De Hoef"]
    assert [bool(row.flags) for row in plan.rows] == [False, False, True, False, False]


def test_a_place_known_elsewhere_in_the_list_is_surer_than_a_heading() -> None:
    plan = judged(
        ("WIJK DE HOEF",), line("Koffie", Waar="'t Trefpunt"), line("Thee", Waar="'t Trefpunt", Wijk="'t Ven")
    )
    assert [activity.neighbourhood for activity in plan.drafts()] == ["'t Ven", "'t Ven"]


def test_a_formula_without_an_outcome_is_named_and_empty() -> None:
    rows = [Row(1, HEADER), Row(2, line("Koffie"), unsaved_formulas=frozenset({11}))]
    row = judge_activities(rows, read_columns(rows, FIELDS), {}, TODAY).rows[1]
    assert "L2" in row.flags[0]


def test_the_same_title_at_the_same_place_is_one_activity() -> None:
    plan = judged(
        line("Samen eten", Waar="De Brink", Wanneer="wo 12 uur", Kosten="€1", Max="8"),
        line("Samen  Eten", Waar="de brink", Wanneer="do 18 uur", Kosten="€ 2,50", Tel="040-2123456"),
        line("Samen eten", Waar="Bibliotheek"),
    )
    assert [row.verdict for row in plan.rows] == ["title", "new", "joined", "new"]
    joined = plan.drafts()[0]
    assert show_schedules(joined.schedules) == "elke woensdag vanaf 12:00; elke donderdag vanaf 18:00"
    assert (joined.price, joined.capacity, joined.phone) == (Price(100), 8, "+31402123456")
    assert "€ 2,50" in joined.note
    assert len(plan.rows[2].flags) == 1


def test_rows_that_are_no_activity() -> None:
    plan = judged(
        ("",), ("let op: prijzen van vorig jaar",), line("", Waar="De Brink"), line("x" * 200, Waar="a"), ("OUDEREN",)
    )
    assert [row.verdict for row in plan.rows] == ["title", "title", "rejected", "rejected", "rejected", "title"]
    assert all(row.reasons for row in plan.rows)


def test_the_same_file_twice_adds_nothing() -> None:
    lines = (line("Koffie", Waar="De Brink"), line("Koffie", Waar="Bibliotheek"), line("Thee", Adres="Kerkpad 9"))
    known = {key_of_row(activity): activity.title for activity in judged(*lines).drafts()}
    assert judged(*lines, known=known).counts == {"new": 0, "joined": 0, "known": 3, "rejected": 0, "title": 1}


def test_day_and_hours_may_stand_in_two_columns() -> None:
    rows = [Row(1, ("Activiteit", "Dag", "Tijd")), Row(2, ("Koffie", "dinsdag", "10:00-12:00"))]
    (activity,) = judge_activities(rows, read_columns(rows, FIELDS), {}, TODAY).drafts()
    assert show_schedules(activity.schedules) == "elke dinsdag 10:00-12:00"


def test_without_a_title_column_staff_must_choose() -> None:
    with pytest.raises(Refused) as refused:
        judge_activities([], ColumnMap((), {}), {}, TODAY)
    assert "title" in refused.value.fields


CELLS = st.lists(st.text(max_size=30), min_size=1, max_size=len(HEADER)).map(tuple)


@given(st.lists(CELLS, max_size=6))
@settings(max_examples=200, deadline=None)
def test_whatever_stands_in_the_cells_every_row_gets_a_verdict(lines: list[tuple[str, ...]]) -> None:
    plan = judged(*lines)
    assert sum(plan.counts.values()) == len(lines) + 1
    assert plan.counts["new"] == len(plan.drafts())


WHEN = st.lists(
    st.sampled_from(
        [
            "di",
            "wo",
            "10-12",
            "22:00-1:00",
            "om de week",
            "8x",
            "start 14 januari",
            "t/m 1 mei",
            "tot 3-1-2020",
            "vanaf 1-9-2027",
        ]
    ),
    max_size=6,
).map(" ".join)
ENDS = st.sampled_from(["", "stopt per 1-1", "t/m 3 maart 2020", "laatste keer 1 mei 2027", "vol! stopt 5 juni"])


@given(st.lists(st.tuples(WHEN, ENDS), max_size=4))
@settings(max_examples=200, deadline=None)
def test_every_draft_can_be_stored_as_it_is(told: list[tuple[str, str]]) -> None:
    for activity in judged(*(line(Wanneer=when, Opmerkingen=ends) for when, ends in told)).drafts():
        for schedule in activity.schedules:
            check_schedule(schedule)


@pytest.mark.skipif(not SAMPLES.exists(), reason="the shared samples are not on this computer")
def test_the_sample_is_accounted_for_row_by_row() -> None:
    from desktop.exchange.spreadsheets import read_table

    rows = read_table(SAMPLES / "aanbod.xlsx").rows
    plan = judge_activities(rows, read_columns(rows, FIELDS), {}, TODAY)
    assert plan.counts == {"new": 56, "joined": 8, "known": 0, "rejected": 0, "title": 11}
    assert all(activity.schedules and not activity.schedule_text for activity in plan.drafts())
    assert all(activity.neighbourhood and activity.themes for activity in plan.drafts())
    assert sum("L" in flag for row in plan.flagged() for flag in row.flags if f"L{row.number}" in flag) == 8
