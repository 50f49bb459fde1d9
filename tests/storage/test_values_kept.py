"""Figures that a practice was given say the same again: after destroying, and after two were made one."""

import random
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from desktop import clock
from desktop.actions.merge import merge_people, merge_practices
from desktop.actions.retention import destroy_person
from desktop.actions.undo import undo_last
from desktop.actions.values import value_page
from desktop.errors import Refused
from desktop.rules import valuepage as rules
from desktop.rules.merge import MergeDraft
from desktop.rules.retention import DestroyDraft
from desktop.rules.staff import Member
from desktop.rules.values import FEWEST, Averages, Quarter, Values
from desktop.storage.models import Aftercare, Person, Practice, ValuesKept, Voucher
from desktop.storage.values import count_values, list_merged, values_of
from tests.factory import add_activity, add_closing, add_enrolment, add_intake, add_practice, add_row, add_voucher
from tests.paper import reading

Q2, Q3, Q4 = Quarter(2026, 2), Quarter(2026, 3), Quarter(2026, 4)
TODAY, JULY = date(2026, 11, 20), date(2026, 7, 6)


@pytest.fixture(autouse=True)
def in_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 20, 9, 0, tzinfo=UTC))


def case(by: Member, practice: Practice, received: date = JULY, begun: bool = True, **more: Any) -> Voucher:
    """Somebody who came in, had the talk and began; closed, so that the data may go."""
    number = Voucher.select().count()
    facts = {"dated_on": received, "received_on": received, "surname": f"Jansen{number}", "sure": True, **more}
    voucher = add_voucher(by, practice, **facts)
    add_intake(voucher, received + timedelta(days=3), gp_contacts=number)
    if begun:
        day = received + timedelta(days=8)
        add_enrolment(voucher, add_activity(), state="started", enrolled_on=day, first_attended_on=day)
    asked = received + timedelta(days=60)
    add_row(Aftercare(voucher=voucher, person=voucher.person_id, held_on=asked, gp_contacts=1, outcome="still"))
    add_closing(voucher, "completed", closed_on=asked)
    return voucher


def destroy(by: Member, voucher: Voucher, how: str = "destroy") -> None:
    person = Person.get_by_id(voucher.person_id)
    destroy_person(by, DestroyDraft(person_id=person.id, surname=person.surname, how=how, sure=True))


def of(practice: Practice, quarter: Quarter = Q3) -> Values:
    return values_of(quarter, TODAY, [practice.id])[practice.id]


def together(by: Member, kept: Any, other: Any) -> None:
    """Two persons, or two practices."""
    merge = merge_people if isinstance(kept, Person) else merge_practices
    kept, other = type(kept).get_by_id(kept.id), type(other).get_by_id(other.id)
    merge(by, MergeDraft(kept=kept.id, other=other.id, kept_version=kept.version, other_version=other.version))


def on_paper(by: Member, practice: Practice, quarter: Quarter = Q3) -> str:
    return reading.flat(value_page(by, practice.id, quarter).pdf)


@pytest.mark.parametrize("how", ["destroy", "anonymise"])
@pytest.mark.parametrize("many", [5, 6, 12])
def test_a_page_printed_again_after_data_went_says_the_same(office: Member, how: str, many: int) -> None:
    linde = add_practice()
    vouchers = [case(office, linde, begun=n != 1) for n in range(many)]
    before = {quarter: (of(linde, quarter), on_paper(office, linde, quarter)) for quarter in (Q2, Q3, Q4)}
    assert before[Q3][0].received == many
    for voucher in vouchers[1:4]:
        destroy(office, voucher, how)
    for quarter in (Q2, Q3):
        assert (of(linde, quarter), on_paper(office, linde, quarter)) == before[quarter], quarter
    assert bool(ValuesKept.select().count()) is (how == "destroy")


def test_what_is_kept_is_of_the_whole_group_and_names_nobody(office: Member) -> None:
    linde = add_practice()
    for n in range(6):
        last = case(office, linde, begun=n > 0)
    destroy(office, last)
    (row,) = ValuesKept.select().dicts()
    counts = {name: value for name, value in row.items() if name not in ("id", "uid", "version", "counted_for")}
    assert counts == {
        **{"quarter": "2026-3", "received": 6, "arrived": 6, "started": 5, "began_before": 0, "active": 0},
        **{"letters": 0, "on_time": 0, "pairs": 6, "contacts_before": 15, "contacts_after": 6, "of_few": False},
        "earlier": 0,
    }


def test_what_a_few_people_told_of_the_gp_is_not_kept(office: Member) -> None:
    linde = add_practice()
    vouchers = [case(office, linde) for _n in range(3)]
    before, paper = of(linde), on_paper(office, linde)
    assert before.contacts == Averages(1.0, 1.0, 3)
    destroy(office, vouchers[0])
    assert (of(linde).received, of(linde).started, of(linde).contacts) == (3, 3, Averages(n=3))
    assert on_paper(office, linde) == paper
    shown = value_page(office, linde.id, Q3)
    assert shown.kept
    assert "Contacten met de huisarts" not in [line.name for line in shown.own]


def test_a_quarter_that_still_changes_is_counted_anew(office: Member) -> None:
    linde = add_practice()
    vouchers = [case(office, linde, TODAY - timedelta(days=40 + n)) for n in range(6)]
    Aftercare.update(held_on=TODAY).execute()
    destroy(office, vouchers[0])
    assert of(linde, Q4).received == 5
    assert not ValuesKept.select().count()


def test_two_people_made_one_change_no_figure_that_was_given(office: Member) -> None:
    """Five people are four by now: the page of then showed figures, and shows them again."""
    linde = add_practice()
    vouchers = [case(office, linde) for _n in range(5)]
    before, paper = of(linde), on_paper(office, linde)
    persons = [Person.get_by_id(each.person_id) for each in vouchers]
    together(office, persons[0], persons[1])
    assert (of(linde), on_paper(office, linde)) == (before, paper)
    destroy(office, Voucher.get_by_id(vouchers[0].id))
    assert (of(linde), on_paper(office, linde)) == (before, paper)


def test_two_practices_made_one_keep_the_figures_that_each_was_given(office: Member) -> None:
    linde, oost = add_practice("De Linde"), add_practice("Praktijk Oost", agb=None)
    for n in range(7):
        case(office, linde, begun=n > 1)
        case(office, oost, begun=n > 4)
    case(office, oost, TODAY - timedelta(days=30))
    before = of(linde), of(oost)
    together(office, linde, oost)
    assert (of(linde), of(oost)) == before
    assert of(linde, Q4).received == 1  # from now on they are one
    assert [each.name for each in list_merged(office, Q3)] == ["Praktijk Oost"]
    assert list_merged(office, Q4) == []
    assert "De vouchers van Praktijk Oost, inmiddels samen met De Linde, staan apart." in on_paper(office, linde)
    assert "Dit gaat over de vouchers van Praktijk Oost, inmiddels samen met De Linde." in on_paper(office, oost)
    assert "Oost" not in on_paper(office, linde, Q2)


def test_as_long_as_nothing_was_given_two_practices_count_as_one_and_it_is_said(
    office: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    linde, oost = add_practice("De Linde"), add_practice("Praktijk Oost", agb=None)
    for _n in range(3):
        case(office, linde, date(2026, 11, 2))
        case(office, oost, date(2026, 11, 3))
    together(office, linde, oost)
    monkeypatch.setattr(clock, "now", lambda: datetime(2027, 2, 1, 9, 0, tzinfo=UTC))
    assert values_of(Q4, clock.today(), [linde.id])[linde.id].received == 6
    paper = on_paper(office, linde, Q4)
    assert "De vouchers van Praktijk Oost, inmiddels samen met De Linde, tellen hierin mee." in paper
    assert "Oost" not in on_paper(office, linde, Q3)


def test_a_merge_taken_back_leaves_no_kept_figures(office: Member) -> None:
    linde, oost = add_practice("De Linde"), add_practice("Praktijk Oost", agb=None)
    for _n in range(6):
        case(office, linde)
        case(office, oost)
    before = of(linde), of(oost)
    together(office, linde, oost)
    assert ValuesKept.select().count() == 2
    undo_last(office)
    assert (of(linde), of(oost)) == before
    assert not ValuesKept.select().count()


def test_a_merge_taken_back_after_somebody_was_destroyed_keeps_the_figures_of_both(office: Member) -> None:
    linde, oost = add_practice("De Linde"), add_practice("Praktijk Oost", agb=None)
    ours, theirs = ([case(office, practice) for _n in range(6)] for practice in (linde, oost))
    before = of(linde), of(oost)
    together(office, linde, oost)
    destroy(office, ours[0])
    destroy(office, theirs[1])
    undo_last(office)
    assert Practice.get_by_id(oost.id).merged_into_id is None
    assert (of(linde), of(oost)) == before
    destroy(office, theirs[0])
    assert (of(linde), of(oost)) == before


def test_a_chain_of_practices_keeps_the_figures_of_each(office: Member) -> None:
    one, two, three = (add_practice(f"Praktijk {n}", agb=None) for n in ("Een", "Twee", "Drie"))
    for practice in (one, two, two, three, three, three):
        case(office, practice)
    before = [of(each).received for each in (one, two, three)]
    together(office, two, one)
    together(office, three, two)
    assert [of(each).received for each in (one, two, three)] == before == [1, 2, 3]
    case(office, three)
    figures = count_values(office, Q3, TODAY, [three.id])
    assert figures[three.id].received == 3  # what is found in an old file afterwards changes nothing any more


def test_nobody_has_figures_from_before_there_is_a_page(office: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    linde = add_practice()
    for _n in range(6):
        case(office, linde)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 10, 14, 9, 0, tzinfo=UTC))
    paper = on_paper(office, linde)
    assert "De cijfers over het derde kwartaal van 2026 staan vast op 15 oktober 2026." in paper
    assert "6" not in paper.replace("2026", "").split("Geachte")[1].split("Met vriendelijke")[0]
    assert [line.figure for line in value_page(office, linde.id, Q3).own][:2] == ["6", "6 van de 6"]
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 10, 15, 9, 0, tzinfo=UTC))
    assert "Vouchers van uw praktijk 6" in on_paper(office, linde)


@pytest.mark.parametrize("number", range(8))
def test_whatever_goes_or_is_made_one_in_whatever_order_what_was_given_stays(office: Member, number: int) -> None:
    chance = random.Random(number)
    practices = [add_practice(f"Praktijk {n}", agb=None) for n in range(3)]
    for _n in range(14):
        day = date(2026, chance.choice((4, 5, 7, 8)), chance.randint(1, 28))
        case(office, chance.choice(practices), day, begun=chance.random() < 0.7)
    given = {(each.id, quarter): told_of(each, quarter) for each in practices for quarter in (Q2, Q3)}
    for _n in range(7):
        chance.choice([_merge_two, _merge_two, _destroy_one, _undo_one])(office, chance)
        for each in practices:
            for quarter in (Q2, Q3):
                assert told_of(each, quarter) == given[each.id, quarter], (number, each.name, quarter)


def told_of(practice: Practice, quarter: Quarter) -> tuple[Any, ...]:
    """What stands on paper, and the counts behind it."""
    values, before = of(practice, quarter), of(practice, quarter.before)
    contacts = values.contacts if values.contacts.n >= FEWEST else values.contacts.n
    return rules.told(values, before), rules.intro(values, quarter), replace(values, contacts=Averages()), contacts


def _merge_two(by: Member, chance: random.Random) -> None:
    model = chance.choice((Person, Practice))
    alive = model.merged_into.is_null() & (model.id > 0)
    found = list(model.select().where(alive & model.erased_on.is_null() if model is Person else alive))
    if len(found) > 1:
        together(by, *chance.sample(found, 2))


def _destroy_one(by: Member, chance: random.Random) -> None:
    closed = [each for each in Voucher.select() if Person.get_by_id(each.person_id).erased_on is None]
    if closed:
        destroy(by, chance.choice(closed), chance.choice(("destroy", "destroy", "anonymise")))


def _undo_one(by: Member, _chance: random.Random) -> None:
    with suppress(Refused):
        undo_last(by)
