"""What goes along with a deed that stands on the wrong case, what becomes of its letters, and where it may stand."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from desktop.errors import Refused
from desktop.rules.cases import (
    Answer,
    Attempt,
    Case,
    Ending,
    FirstTalk,
    Joined,
    Pause,
    Settled,
    Sign,
    Talk,
    Visit,
    Word,
)
from desktop.rules.deed_kinds import DEED_KINDS
from desktop.rules.moves import (
    MOVABLE,
    Letters,
    Part,
    doubts,
    fate_of,
    fates,
    fates_of_case,
    goes_along,
    needed,
    parts_of,
    perhaps,
    refuse_letter,
    refuse_move,
    tells_of,
    why_say_first,
    without,
)
from desktop.rules.staff import CASEWORK, OFFICE

DAY = date(2026, 11, 2)
LATER = DAY + timedelta(days=9)


def at(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour)


CASE = Case(
    received_on=DAY - timedelta(days=20),
    dated_on=DAY - timedelta(days=21),
    attempts=(Attempt(DAY, "reached", id=1),),
    visits=(
        Visit(at(DAY), state="held", id=1),
        Visit(at(LATER), kind="first_visit", state="planned", enrolment_id=1, id=2),
        Visit(at(DAY, 15), kind="first_visit", state="held", enrolment_id=2, id=3),
        Visit(at(DAY, 16), kind="aftercare", state="held", id=4),
    ),
    intakes=(FirstTalk(DAY, appointment_id=1, id=1), FirstTalk(DAY, id=2)),
    joined=(
        Joined("enrolled", DAY, title="Koor", id=1),
        Joined("stopped", DAY, first_on=DAY, stopped_on=LATER, ended_by_id=1, id=2),
        Joined("stopped", DAY, stopped_on=LATER, ended_in_id=1, id=3),
    ),
    talks=(Talk(DAY, appointment_id=4, id=1),),
    signs=(Sign("violence", DAY, id=1),),
    pauses=(Pause(DAY, LATER, id=1),),
    endings=(Ending(LATER, id=1),),
    answers=(
        Answer("report_back", "yes", DAY, practice_id=1, intake_id=1, id=1),
        Answer("report_back", "no", DAY, practice_id=1, attempt_id=1, id=2),
        Answer("report_back", "ask", DAY, practice_id=1, id=3),
    ),
    number="26-00001-A",
    addressee_id=1,
    id=1,
)
OTHER = replace(CASE, endings=(), joined=(), number="26-00002-B", id=2)

# what is chosen -> what goes along with it
ALONG = [
    ("contact", 1, []),
    ("intake", 1, ["appointment 1"]),
    ("intake", 2, []),
    ("aftercare", 1, ["appointment 4"]),
    ("appointment", 1, ["intake 1"]),
    ("appointment", 4, ["aftercare 1"]),
    ("appointment", 2, []),  # to go along is still to come: signing up stays
    ("appointment", 3, ["enrolment 2"]),
    ("enrolment", 1, ["appointment 2"]),
    ("enrolment", 2, ["appointment 3"]),
    ("enrolment", 3, []),
    ("worry", 1, []),
    ("hold", 1, []),
    ("closing", 1, []),
]


@pytest.mark.parametrize(("kind", "number", "along"), ALONG)
def test_what_would_be_nothing_without_it_goes_along(kind: str, number: int, along: list[str]) -> None:
    chosen = Part(kind, number)
    found = goes_along(CASE, [chosen])
    assert found[0] == chosen
    assert [f"{each.kind} {each.id}" for each in found[1:]] == along
    assert set(goes_along(CASE, found)) == set(found), "nothing more comes with what comes along"


def test_every_kind_that_can_be_corrected_can_be_moved() -> None:
    assert MOVABLE.keys() | {"first_time"} == {kind.name for kind in DEED_KINDS if kind.can_be_corrected}
    assert {each.kind for each in parts_of(CASE)} == MOVABLE.keys()
    assert {kind for kind, _number, _along in ALONG} == MOVABLE.keys()


def test_the_case_without_it_is_as_if_it_had_never_been_recorded() -> None:
    left = without(CASE, goes_along(CASE, [Part("intake", 1), Part("closing", 1), Part("aftercare", 1)]))
    assert [each.id for each in left.intakes] == [2]
    assert [each.id for each in left.visits] == [2, 3]
    assert [each.id for each in left.answers] == [2, 3], "what was answered in the talk goes with it"
    assert [each.state for each in left.joined] == ["enrolled", "started", "enrolled"], "nothing had ended"
    assert without(CASE, ()) == CASE


def test_what_was_written_down_in_one_sitting_is_taken_along_unless_staff_say_no() -> None:
    first, near, far, before = Part("intake", 1), Part("worry", 1), Part("hold", 1), Part("closing", 1)
    written = {first: at(DAY, 14), near: at(DAY, 15), far: at(DAY, 17), before: at(DAY - timedelta(days=1), 14)}
    assert perhaps(CASE, goes_along(CASE, [first]), written) == {far: False, near: True}
    assert perhaps(CASE, [Part("contact", 1)], {}) == {}


# ---- letters


def letter(state: str = "sent", moment: str = "intake", subject: int = 0, **more: Any) -> Word:
    values = {"practice": "De Linde", "sent_on": DAY, "written_on": DAY, "id": 7, **more}
    return Word(moment, state, settles=(Settled(moment, subject),), **values)


@pytest.mark.parametrize(
    ("told", "parts", "tells"),
    [
        (letter(subject=1), [Part("intake", 1)], True),
        (letter(subject=2), [Part("intake", 1)], False),
        (letter(moment="progress", subject=1), [Part("aftercare", 1)], True),
        (letter(moment="progress", subject=1), [Part("intake", 1)], False),
        (letter(moment="closing", subject=1), [Part("closing", 1)], True),
        (letter(moment="declined", subject=1), [Part("closing", 1)], True),
        (letter(moment="arrived"), [Part("contact", 1)], False),
        (letter(moment="signal", worry_id=1), [Part("worry", 1)], True),
        (letter(moment="signal", worry_id=2), [Part("worry", 1)], False),
    ],
)
def test_a_letter_tells_of_the_deed_it_is_kept_with(told: Word, parts: list[Part], tells: bool) -> None:
    assert tells_of(told, parts) is tells


@pytest.mark.parametrize(
    ("state", "handed", "fate"),
    [
        ("concept", False, "dropped"),
        ("fixed", False, "withdrawn"),
        ("fixed", True, "asked"),
        ("sent", False, "wrong"),
        ("sent", True, "asked"),  # its copy was handed out
    ],
)
def test_what_becomes_of_a_letter_depends_on_how_far_it_got(state: str, handed: bool, fate: str) -> None:
    told = letter(state)
    assert fate_of(told, {7} if handed else set()).fate == fate
    assert Letters(told, fate).said()
    assert bool(why_say_first([fate_of(told, {7} if handed else set())])) is (fate == "asked")


def test_copies_withdrawn_letters_and_those_that_tell_nothing_of_it_stay() -> None:
    case = replace(
        CASE,
        words=(letter(id=1), letter(id=2, copy_of_id=1), letter(id=3, withdrawn_on=DAY), letter(id=4)),
    )
    assert [each.letter.id for each in fates(case, {1, 2, 3}, ())] == [1]


def test_of_a_whole_case_a_concept_gets_the_right_name_and_the_rest_depends_on_whose_name_it_bears() -> None:
    case = replace(CASE, words=(letter("concept", id=1), letter(id=2), letter(id=3), letter("fixed", id=4)))
    found = {each.letter.id: each.fate for each in fates_of_case(case, {2, 4}, ())}
    assert found == {1: "renamed", 2: "wrong", 4: "withdrawn"}


# ---- whether it may


CLOSED = replace(OTHER, endings=(Ending(DAY, id=9),))


@pytest.mark.parametrize(
    ("part", "target", "says"),
    [
        (Part("intake", 1), replace(OTHER, id=1), "al bij deze voucher"),
        (Part("intake", 1), CLOSED, ""),
        (Part("appointment", 2), CLOSED, "gesloten"),
        (Part("enrolment", 1), CLOSED, "gesloten"),
        (Part("enrolment", 2), CLOSED, ""),
        (Part("hold", 1), CLOSED, "gesloten"),
        (Part("closing", 1), CLOSED, "al gesloten"),
        (Part("closing", 1), OTHER, ""),
        (Part("enrolment", 1), OTHER, ""),
    ],
)
def test_a_closed_case_takes_only_what_was_over_before_its_end(part: Part, target: Case, says: str) -> None:
    if not says:
        refuse_move(CASE, [part], target)
        return
    with pytest.raises(Refused, match=says):
        refuse_move(CASE, [part], target)


def test_a_death_belongs_to_the_person() -> None:
    died = replace(CASE, endings=(Ending(DAY, "deceased", id=1),))
    with pytest.raises(Refused, match="hoort bij de persoon"):
        refuse_move(died, [Part("closing", 1)], OTHER)


@pytest.mark.parametrize(
    ("part", "target", "asks"),
    [
        (Part("intake", 1), OTHER, ""),
        (Part("intake", 1), replace(OTHER, dated_on=LATER), "vóór de datum"),
        (Part("intake", 1), replace(OTHER, addressee_id=2), "andere praktijk"),
        (Part("contact", 1), replace(OTHER, addressee_id=2), "andere praktijk"),
        (Part("worry", 1), replace(OTHER, addressee_id=2), ""),
        (Part("closing", 1), replace(OTHER, joined=CASE.joined), "eindigt bij voucher 26-00002-B: Koor"),
        (Part("intake", 1), replace(OTHER, joined=CASE.joined), ""),
    ],
)
def test_what_is_asked_first(part: Part, target: Case, asks: str) -> None:
    asked = " ".join(doubts(CASE, [part], target))
    assert asks in asked
    assert bool(asked) is bool(asks)


def test_whose_it_is_to_move_is_whose_it_is_to_correct() -> None:
    assert needed([Part("contact", 1), Part("appointment", 1)]) == OFFICE
    assert needed([Part("contact", 1), Part("intake", 1)]) == CASEWORK
    assert needed([Part("contact", 1)], [Letters(letter(), "wrong")]) == CASEWORK


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (letter(copy_of_id=3), "afschrift"),
        (letter(moment="signal", worry_id=1), "zorg"),
        (letter(mixed_up="deed"), "al bekend"),
    ],
)
def test_a_letter_that_goes_with_something_else_is_not_moved_alone(told: Word, says: str) -> None:
    refuse_letter(letter(), CASE, OTHER)
    with pytest.raises(Refused, match=says):
        refuse_letter(told, CASE, OTHER)
