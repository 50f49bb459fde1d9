"""Contact as asked: which way is tried first, what is tried then, and that nobody is told to phone who may not be."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from desktop.rules.cases import Attempt, Case, Office, Participant
from desktop.rules.names import Name
from desktop.rules.reach import next_way, reach_words, way_to
from desktop.rules.status import Terms, status_of
from desktop.rules.tasks import Task, tasks_of

MONDAY = date(2026, 11, 2)
TERMS = Terms()
EVERY_WAY = {
    "name": Name("de heer", "P.", "Piet", "", "Smit"),
    "phone": "+31612340001",
    "email": "piet.smit@voorbeeld.nl",
    "street": "Kade",
    "number": "8",
    "postcode": "5613 AB",
    "town": "Dorpstad",
    "informed_on": MONDAY,
}


def person(**more: Any) -> Participant:
    return Participant(**{**EVERY_WAY, **more})


def case(who: Participant, *attempts: Attempt) -> Case:
    practice = Office("Praktijk De Es", phone="+31402220000", id=1)
    return Case(MONDAY, person=who, practice=practice, attempts=attempts, id=1)


def after(who: Participant, *attempts: Attempt) -> Task:
    """The one task, on the day on which it is due."""
    sought = case(who, *attempts)
    due = status_of(sought, TERMS).due_on
    assert due is not None
    (task,) = [each for each in tasks_of(sought, TERMS, due) if each.kind not in ("inform", "consent")]
    return task


@pytest.mark.parametrize(
    ("more", "way", "kind", "words"),
    [
        ({}, "phone", "call", "06 1234 0001"),
        ({"phone": "", "phone2": "+31612340002"}, "phone", "call", "06 1234 0002"),
        ({"contact_by": ("post", "email")}, "email", "mail", "piet.smit@voorbeeld.nl"),
        ({"contact_by": ("email",)}, "email", "mail", "piet.smit@voorbeeld.nl"),
        ({"contact_by": ("post",)}, "post", "card", "Kade 8, 5613 AB Dorpstad"),
        ({"contact_by": ("post",), "street": "", "town": ""}, "post", "card", "5613 AB 8"),
        ({"phone": "", "email": ""}, "post", "card", "Kade 8, 5613 AB Dorpstad"),
        ({"comes_by": True}, "visit", "visit", ""),
        ({"comes_by": True, "contact_by": ()}, "visit", "visit", ""),
        ({"contact_by": ()}, "", "unreachable", "040 222 0000"),
        ({"contact_by": ("email",), "email": ""}, "", "unreachable", "040 222 0000"),
        ({"contact_by": ("post",), "number": "", "postcode": ""}, "", "unreachable", "040 222 0000"),
        ({"phone": "", "email": "", "street": "zwervend", "number": "", "postcode": ""}, "", "unreachable",
         "040 222 0000"),
    ],
)  # fmt: skip
def test_first_task_is_the_way_that_is_allowed_and_known(more: dict[str, Any], way: str, kind: str, words: str) -> None:
    who = person(**more)
    assert way_to(who) == way
    task = after(who)
    assert (task.kind, task.strong) == (kind, words)
    if kind != "call":
        assert not task.title.startswith("Bel ")
        assert task.action != "Bellen"
    if kind != "unreachable":
        assert task.strong == reach_words(who)


def test_nothing_allowed_says_so_and_whom_to_ask() -> None:
    task = after(person(contact_by=()))
    assert task.title == "Er is geen manier om de heer Smit te bereiken"
    assert task.subtitle == "Vraag De Es hoe het kan · wat bekend is, mag niet gebruikt worden"


def tries(way: str, count: int, outcome: str = "sent") -> tuple[Attempt, ...]:
    return tuple(Attempt(MONDAY + timedelta(days=number), outcome, way=way) for number in range(count))


@pytest.mark.parametrize(
    ("more", "attempts", "then"),
    [
        ({}, tries("phone", 2, "no_answer"), "call"),
        ({}, tries("phone", 3, "no_answer"), "card"),
        ({"number": "", "postcode": ""}, tries("phone", 3, "no_answer"), "mail"),
        ({"contact_by": ("phone",)}, tries("phone", 3, "no_answer"), "close"),
        ({"contact_by": ("phone",), "number": "", "postcode": ""}, tries("phone", 3, "no_answer"), "close"),
        ({"contact_by": ("email",)}, tries("mail", 2), "mail"),
        ({"contact_by": ("email",)}, tries("mail", 3), "close"),
        ({"contact_by": ("email", "post")}, tries("mail", 3), "card"),
        ({"contact_by": ("post",)}, tries("post", 1), "card"),
        ({"contact_by": ("post",)}, tries("post", 3), "close"),
        ({"comes_by": True}, tries("visit", 1, "no_answer"), "visit"),
        ({}, (*tries("phone", 2, "no_answer"), *tries("mail", 1)), "call"),  # two days, of which one by both ways
        ({}, (*tries("phone", 3, "no_answer"), Attempt(MONDAY + timedelta(days=9), "sent", way="post")), "close"),
    ],
)
def test_attempts_by_each_way_count_and_then_comes_one_other_way(
    more: dict[str, Any], attempts: tuple[Attempt, ...], then: str
) -> None:
    sought = case(person(**more), *attempts)
    assert status_of(sought, TERMS).task == then
    assert then in (next_way(sought, TERMS.call_attempts), "close")
    assert after(person(**more), *attempts).kind == then


def test_who_may_not_be_phoned_is_phoned_for_nothing_at_all() -> None:
    """Whatever the case is at: every row of it says how, and none says to call."""
    quiet = case(person(contact_by=("email",), informed_on=None, best_time="'s avonds"))
    reached = Attempt(MONDAY, "reached", "in", way="mail")
    for each in (quiet, replace(quiet, attempts=(reached,)), replace(quiet, valid_until=MONDAY + timedelta(days=3))):
        for task in tasks_of(each, TERMS, MONDAY + timedelta(days=20)):
            assert task.strong == "piet.smit@voorbeeld.nl", task
            assert "Bel " not in task.title
            assert task.action != "Bellen"


def test_day_that_was_promised_is_kept_by_the_way_that_is_allowed() -> None:
    thursday = MONDAY + timedelta(days=3)
    promised = case(person(contact_by=("email",)), Attempt(MONDAY, "not_now", way="mail", call_back_on=thursday))
    status = status_of(promised, TERMS)
    assert (status.due_on, status.task) == (thursday, "mail")


def test_who_comes_by_is_looked_for_again_on_a_day() -> None:
    task = after(person(comes_by=True))
    assert task.title == "Wacht op bezoek van de heer Smit"
    assert task.subtitle.startswith("Kijk weer op 9 nov")
    assert task.due_on == date(2026, 11, 9)


def test_best_time_stands_on_the_row() -> None:
    assert "na tienen" in after(person(best_time="na tienen")).subtitle
