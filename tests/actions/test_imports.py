"""Bringing in lists of practices and activities as coordinators get them."""

import time
from pathlib import Path

import pytest

from desktop.actions.imports import (
    import_activities,
    import_practices,
    plan_activities,
    plan_practices,
    write_rejected,
)
from desktop.actions.practices import add_practice
from desktop.actions.undo import undo, undo_last
from desktop.errors import Refused
from desktop.exchange.spreadsheets import read_table
from desktop.paths import resource
from desktop.rules.practices import PracticeDraft
from desktop.rules.staff import Member
from desktop.storage.activities import fetch_activities, list_activities
from desktop.storage.changes import Audit
from desktop.storage.models import (
    Activity,
    ActivityTheme,
    Contact,
    Location,
    Neighbourhood,
    Practice,
    Schedule,
)
from desktop.storage.practices import fetch_practices, list_practices
from desktop.storage.search import find
from tests.factory import add_member

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
PRACTICES = resource("exercise", "praktijken.csv")
CATALOGUE = resource("exercise", "aanbod.xlsx")
COUNTED = (Practice, Contact, Activity, Location, Neighbourhood, Schedule, ActivityTheme)


def sample(name: str) -> Path:
    path = SAMPLES / name
    if not path.exists():
        pytest.skip(f"{path} is not on this machine")
    return path


def counts() -> list[int]:
    return [model.select().count() for model in COUNTED]


def test_list_of_practices_becomes_practices_with_the_people_in_each_cell(office: Member) -> None:
    done = import_practices(office, plan_practices(office, PRACTICES).plan)
    lines = fetch_practices(office, list_practices(office))
    assert [(line.record.name, line.contacts) for line in lines] == [
        ("Huisarts W. ter Horst-de Lange", ()),
        ("Huisartsenpraktijk De Wilg", ("H. Brouwer", "S. El Amrani", "T. Nguyen", "M. Kuiper", "Joke")),
        ("Medisch Centrum Havenkwartier", ("B. Postma", "L. van 't Veer", "Z. Y?ld?z", "Balie")),
        ("Praktijk Böhm & Dochter", ("K. Böhm", "F. Böhm-Sørensen", "P. Ó Néill", "J. d'Arc")),
    ]
    assert (done.rows, done.contacts) == (4, 13)
    assert all(find(typed) for typed in ("böhm", "0502113001", "el amrani"))


def test_shared_list_of_practices_gives_what_the_issue_asks(office: Member) -> None:
    preview = plan_practices(office, sample("praktijken.csv"))
    assert {verdict: n for verdict, n in preview.plan.counts.items() if n} == {
        "new": 4,
        "joined": 1,
        "rejected": 1,
        "title": 2,
    }
    assert sum(preview.plan.counts.values()) == len(preview.sheet.rows)
    assert any("Y?lmaz" in flag for row in preview.plan.flagged() for flag in row.flags)
    import_practices(office, preview.plan)
    assert Practice.select().count() == 4
    linde = Practice.get(Practice.agb == "01054321")
    assert {each.surname or each.first_name for each in linde.contacts} == {"Jansen", "El Idrissi", "Bos", "Wilma"}


@pytest.mark.parametrize("name", ["ours", "shared"])
def test_every_row_of_a_catalogue_is_accounted_for(office: Member, name: str) -> None:
    preview = plan_activities(office, CATALOGUE if name == "ours" else sample("aanbod.xlsx"))
    assert sum(preview.plan.counts.values()) == len(preview.sheet.rows)
    assert [row.number for row in preview.plan.rows] == [row.number for row in preview.sheet.rows]
    assert all(row.reasons for row in preview.plan.rows if row.verdict not in ("new",))
    import_activities(office, preview.plan)
    assert Activity.select().count() == preview.plan.counts["new"]
    assert len(fetch_activities(office, list_activities(office))) == preview.plan.counts["new"]


def test_catalogue_keeps_times_prices_places_and_what_was_not_understood(office: Member) -> None:
    import_activities(office, plan_activities(office, CATALOGUE).plan)
    cooking = Activity.get(Activity.title == "Samen koken")
    times = cooking.schedules.get()
    assert (times.rrule, f"{times.opens:%H:%M}") == ("FREQ=MONTHLY;BYDAY=1WE,3WE", "17:00")
    assert (cooking.price_cents, cooking.price_per, cooking.capacity) == (450, "session", 12)
    assert (cooking.location.name, cooking.location.postcode) == ("Buurthuis Het Veer", "9798 PE")
    assert cooking.neighbourhood.name == "Havenkwartier"
    assert cooking.neighbourhood.postcodes == "9798"
    assert "voor maandag" in cooking.note
    language = Activity.get(Activity.title == "Taalmaatjes")
    assert (language.status, language.price_note) == ("full", "vrijwillige bijdrage")
    assert Location.select().count() == 3
    assert sorted(each.name for each in Neighbourhood.select()) == ["Centrum", "Dijkbuurt", "Havenkwartier"]


def test_same_file_twice_adds_nothing(office: Member) -> None:
    import_practices(office, plan_practices(office, PRACTICES).plan)
    import_activities(office, plan_activities(office, CATALOGUE).plan)
    before = counts()
    again, catalogue = plan_practices(office, PRACTICES), plan_activities(office, CATALOGUE)
    assert (again.plan.counts["new"], again.plan.counts["known"]) == (0, 5)
    assert (catalogue.plan.counts["new"], catalogue.plan.counts["known"]) == (0, 14)
    with pytest.raises(Refused):
        import_practices(office, again.plan)
    with pytest.raises(Refused):
        import_activities(office, catalogue.plan)
    assert counts() == before


def test_same_plan_carried_out_twice_is_refused(office: Member) -> None:
    plan = plan_practices(office, PRACTICES).plan
    import_practices(office, plan)
    with pytest.raises(Refused, match="intussen"):
        import_practices(office, plan)
    assert Practice.select().count() == 4


def test_practice_added_by_a_colleague_meanwhile_stops_the_whole_import(office: Member) -> None:
    plan = plan_practices(office, PRACTICES).plan
    add_practice(add_member("K. de Boer", "intake"), PracticeDraft(name="De Wilg", agb="01990011"))
    with pytest.raises(Refused):
        import_practices(office, plan)
    assert Practice.select().count() == 1


def test_one_undo_takes_the_whole_import_back(office: Member) -> None:
    empty = counts()
    done = import_activities(office, plan_activities(office, CATALOGUE).plan)
    lines = Audit.select().where(Audit.name == "activities imported").count()
    undo(office, done.audit_id)
    assert lines == 1
    assert counts() == empty
    assert find("havenwandeling") == []
    import_practices(office, plan_practices(office, PRACTICES).plan)
    undo_last(office)
    assert counts() == empty


def test_stop_halfway_stores_nothing(office: Member, tmp_path: Path) -> None:
    class StopError(Exception):
        """Staff pressed stop."""

    def stop_at_contacts(done: int, total: int) -> None:
        if done:
            raise StopError

    many = tmp_path / "veel.csv"
    many.write_text("naam;postcode\n" + "".join(f"Praktijk {n};1234 AB\n" for n in range(1200)), encoding="utf-8")
    plan = plan_practices(office, many).plan
    with pytest.raises(StopError):
        import_practices(office, plan, stop_at_contacts)
    assert Practice.select().count() == 0
    assert Audit.select().where(Audit.name == "practices imported").count() == 0


def test_columns_mapped_otherwise_are_judged_otherwise(office: Member, tmp_path: Path) -> None:
    odd = tmp_path / "raar.csv"
    odd.write_text("Wie;Waar;Bel\nPraktijk Oost;Dorpstad;0402111111\n", encoding="utf-8")
    preview = plan_practices(office, odd)
    assert preview.plan.rows == ()
    chosen = preview.columns.choose("name", 0).choose("town", 1).choose("phone", 2)
    again = plan_practices(office, preview, chosen)
    odd.unlink()  # it was read already
    import_practices(office, again.plan)
    assert [(p.name, p.town) for p in Practice.select()][-1] == ("Praktijk Oost", "Dorpstad")


def test_rejected_rows_go_to_a_file_with_the_reason(office: Member, tmp_path: Path) -> None:
    preview = plan_practices(office, PRACTICES)
    target = tmp_path / "weggelaten.xlsx"
    assert write_rejected(office, preview, target) == 1
    rows = read_table(target).rows
    assert rows[1].cells[0] == "let op: nieuwe lijst volgt in januari"
    assert rows[1].cells[-2:] == ("8", preview.plan.rejected()[0].reasons[0])


def test_file_that_is_no_list_is_one_plain_sentence(office: Member, tmp_path: Path) -> None:
    for name, data in {"leeg.xlsx": b"", "foto.xlsx": b"\x89PNG\r\n\x1a\n" + bytes(200)}.items():
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises(Refused) as refused:
            plan_practices(office, path)
        assert refused.value.sentence().endswith(".")
    with pytest.raises(Refused):
        plan_activities(office, tmp_path / "weg.xlsx")


def test_leader_may_bring_nothing_in(office: Member) -> None:
    leader = add_member("L. Leider", "leader")
    with pytest.raises(Refused):
        plan_practices(leader, PRACTICES)
    with pytest.raises(Refused):
        import_practices(leader, plan_practices(office, PRACTICES).plan)


@pytest.mark.long
def test_ten_thousand_rows_are_judged_and_stored(office: Member, tmp_path: Path) -> None:
    many = tmp_path / "veel.csv"
    rows = "".join(
        f"Praktijk {n};{n % 9000 + 1000} AB Dorpstad;dr. A. Jansen{n} / dr. B. Smit\n" for n in range(10_000)
    )
    many.write_text(f"naam;postcode;huisartsen\n{rows}", encoding="utf-8")
    start = time.perf_counter()
    plan = plan_practices(office, many).plan
    judged = time.perf_counter()
    import_practices(office, plan)
    stored = time.perf_counter()
    assert Practice.select().count() == 10_000
    print(f"10,000 rows: {judged - start:.2f} s to judge, {stored - judged:.2f} s to store")  # noqa: T201
