"""Te doen as a colleague would say it: each kind of task, when it shows, what it says and in which order."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest

from desktop.rules.cases import Answer, Attempt, Case, FirstTalk, Joined, Office, Participant, Sign, Talk, Visit
from desktop.rules.names import Name
from desktop.rules.status import Terms
from desktop.rules.tasks import (
    LettersDue,
    Task,
    count_late,
    in_order,
    letters_task,
    tasks_of,
    when_due,
)

TODAY = date(2026, 11, 23)  # a Monday
TERMS = Terms()
ANNIE = Case(
    received_on=date(2026, 11, 16),
    id=1,
    person=Participant(
        Name("mevrouw", "A.", "Annie", "van der", "Meer-de Wit"),
        phone="+31687654321",
        street="Beukenlaan",
        number="12",
        postcode="5612 CD",
        town="Dorpstad",
        best_time="liefst 's ochtends",
        informed_on=date(2026, 11, 16),
        id=1,
    ),
    practice=Office("Huisartsenpraktijk De Linde"),
    referrer_role="gp",
    referrer=Name(surname="Jansen"),
    reasons=("Eenzaamheid", "Rouw"),
    number="26-00412-N",
)


def november(number: int) -> date:
    return date(2026, 11, number)


def case(**facts: Any) -> Case:
    return replace(ANNIE, **facts)


def only(case: Case, today: date = TODAY) -> Task:
    found = tasks_of(case, TERMS, today)
    assert len(found) == 1, found
    return found[0]


def kinds(case: Case, today: date = TODAY) -> list[str]:
    return [task.kind for task in tasks_of(case, TERMS, today)]


def test_call_has_the_number_on_the_row_and_says_who_asked() -> None:
    task = only(ANNIE)
    assert (task.kind, task.title, task.strong) == ("call", "Bel mevrouw Van der Meer-de Wit", "06 8765 4321")
    assert task.subtitle == "Dokter Jansen (De Linde) heeft gevraagd of wij bellen · liefst 's ochtends"
    assert task.private == "eenzaamheid, rouw"
    assert task.action == "Bellen"


def test_second_attempt_says_so_and_comes_on_its_day() -> None:
    tried = case(attempts=(Attempt(november(20), "no_answer"),))
    assert only(tried).note == "poging 2 van 3"
    assert kinds(tried, november(22)) == []


def test_after_a_wrong_number_the_row_asks_for_another_one() -> None:
    assert "Vorige keer verkeerd nummer: is er een ander?" in only(
        case(attempts=(Attempt(november(20), "wrong_number"),))
    ).subtitle
    assert "verkeerd nummer" not in only(case(attempts=(Attempt(november(20), "no_answer"),))).subtitle


def test_who_was_promised_a_day_is_not_called_earlier() -> None:
    promised = case(
        attempts=(Attempt(november(20), "calls_back", "out", november(25), call_back_at=time(14)),)
    )
    assert kinds(promised) == []
    task = only(promised, november(25))
    assert when_due(task, november(25)) == ("14:00", "news")


def test_after_three_days_of_calling_a_card_goes_by_post() -> None:
    tried = case(attempts=tuple(Attempt(november(number), "no_answer") for number in (17, 18, 19)))
    assert only(tried).kind == "card"


def test_card_without_answer_asks_to_close() -> None:
    sent = case(attempts=(Attempt(november(5), "no_answer"), Attempt(november(6), "sent", way="post")))
    assert only(sent).kind == "close"


def test_spoken_to_but_nothing_planned() -> None:
    assert only(case(attempts=(Attempt(november(20), "reached"),))).kind == "plan_intake"


def an_intake(moment: datetime, warm: bool = False) -> Case:
    return case(visits=(Visit(moment, place="home", address="Beukenlaan 12", warm=warm, id=7),))


def test_intake_of_today_has_its_hour_and_its_place() -> None:
    task = only(an_intake(datetime(2026, 11, 23, 14)))
    assert (task.kind, task.subject_id, task.at) == ("intake", 7, time(14))
    assert task.title == "Intake mevrouw Van der Meer-de Wit"
    assert "Beukenlaan 12" in task.subtitle
    assert when_due(task, TODAY) == ("14:00", "news")


def test_intake_of_tomorrow_waits_and_one_of_friday_is_asked_after() -> None:
    assert kinds(an_intake(datetime(2026, 11, 24, 14))) == []
    task = only(an_intake(datetime(2026, 11, 20, 14)))
    assert (task.kind, when_due(task, TODAY)) == ("intake_missed", ("3 dagen te laat", "late"))


def test_warm_hand_over_says_so_planned_or_not() -> None:
    assert only(an_intake(datetime(2026, 11, 23, 11, 30), warm=True)).kind == "warm"
    assert only(case(warm=True, received_on=TODAY)).kind == "warm"


def test_activity_to_find_keeps_wishes_and_reasons_private() -> None:
    task = only(
        case(intakes=(FirstTalk(november(12), wishes="wil wandelen, dinsdag of donderdag\nniet alleen"),))
    )
    assert task.kind == "find_activity"
    assert task.private == "wil wandelen, dinsdag of donderdag · eenzaamheid, rouw"
    assert "wandelen" not in task.subtitle


def joined(state: str = "enrolled", **more: Any) -> Joined:
    return Joined(state, november(14), title="Koffie-inloop {x}", id=5, **more)


def signed_up(each: Joined) -> Case:
    return case(intakes=(FirstTalk(november(12)),), joined=(each,))


def test_first_visit_is_asked_after_once_its_day_has_come() -> None:
    assert kinds(signed_up(joined(start_on=november(24)))) == []
    task = only(signed_up(joined(start_on=november(19))))
    assert (task.kind, task.subject_id) == ("first_visit", 5)
    assert task.title == "Is mevrouw Van der Meer-de Wit bij Koffie-inloop {x} geweest?"


def test_going_along_stands_at_its_hour() -> None:
    visit = Visit(datetime(2026, 11, 23, 10), "first_visit", place="activity", address="Koffie-inloop", id=8)
    task = only(replace(signed_up(joined(start_on=TODAY)), visits=(visit,)))
    assert task.title == "Samen naar Koffie-inloop: mevrouw Van der Meer-de Wit"
    assert (task.at, task.subject_id) == (time(10), 5)


def test_waiting_list_shows_at_once_when_a_place_is_free() -> None:
    assert kinds(signed_up(joined("waiting")), november(16)) == []
    place = only(signed_up(joined("waiting", has_place=True)), november(16))
    assert place.title == "Bel mevrouw Van der Meer-de Wit: er is plaats bij Koffie-inloop {x}"
    assert place.strong == "06 8765 4321"
    assert only(signed_up(joined("waiting"))).title.endswith("Koffie-inloop {x}")


def test_aftercare_is_announced_two_weeks_ahead() -> None:
    started = joined("started", first_on=date(2026, 8, 28))
    task = only(signed_up(started))
    assert (task.kind, task.due_on) == ("aftercare", november(30))  # the 28th is a Saturday
    assert task.title == "Nazorggesprek (na 3 maanden): mevrouw Van der Meer-de Wit"
    assert kinds(signed_up(started), november(13)) == []


def test_who_wanted_something_else_is_helped_to_find_it() -> None:
    task = only(case(intakes=(FirstTalk(date(2026, 8, 12)),), talks=(Talk(november(19), "other"),)))
    assert (task.kind, task.due_on) == ("find_activity", november(26))
    assert task.subtitle == "Wilde iets anders bij het nazorggesprek, 19 nov"


def test_talk_that_was_held_asks_to_round_off() -> None:
    task = only(case(intakes=(FirstTalk(date(2026, 8, 12)),), talks=(Talk(november(19), "stopped"),)))
    assert (task.kind, task.subtitle) == ("close", "Het nazorggesprek is gehouden · 26-00412-N")


def test_case_that_is_ready_asks_to_be_closed() -> None:
    enough = only(case(intakes=(FirstTalk(november(20), one_talk_enough=True),)))
    assert (enough.kind, enough.action) == ("close", "Afsluiten")


def test_worry_stands_on_top_until_done() -> None:
    worried = replace(ANNIE, signs=(Sign("suicide", TODAY, id=3),))
    first, second = in_order(tasks_of(worried, TERMS, TODAY), TODAY)
    assert (first.kind, second.kind) == ("worry", "call")
    assert "su" in first.private
    assert "su" not in first.title + first.subtitle.split()[0]


def test_voucher_that_runs_out_has_one_row_not_two() -> None:
    promised = case(
        attempts=(Attempt(november(20), "not_now", "out", date(2026, 12, 20)),), valid_until=november(30)
    )
    assert only(promised).kind == "expiring"
    assert kinds(replace(ANNIE, valid_until=november(30))) == ["call"]


def test_consent_and_duty_to_inform_come_after_the_first_talk() -> None:
    asked = Answer("report_back", "ask", november(16))
    silent = case(answers=(asked,), addressee_id=7, person=replace(ANNIE.person, informed_on=None))
    assert kinds(silent) == ["call"]
    met = replace(silent, attempts=(Attempt(november(20), "reached"),))
    assert kinds(met) == ["plan_intake", "consent", "inform"]


def test_nobody_is_left_uninformed_after_a_month() -> None:
    assert "inform" in kinds(case(received_on=date(2026, 10, 28), person=replace(ANNIE.person, informed_on=None)))


def test_letters_are_one_row() -> None:
    task = letters_task(LettersDue(("De Linde", "Müller"), november(22)))
    assert (task.title, task.subtitle) == ("2 praktijken wachten op bericht", "De Linde, Müller · tekst ligt klaar")
    assert when_due(task, TODAY) == ("1 dag te laat", "late")


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (november(21), "2 dagen te laat"),
        (TODAY, "vandaag"),
        (november(24), "morgen"),
        (november(27), "deze week"),
        (date(2026, 12, 2), "volgende week"),
        (date(2026, 12, 14), "14 dec"),
    ],
)
def test_day_of_a_task_is_said_in_words(due_on: date, words: str) -> None:
    assert when_due(Task("call", "", due_on), TODAY)[0] == words


def test_what_is_due_stands_above_what_may_wait() -> None:
    later, late, today = (Task("call", "later", november(27)), Task("aftercare", "late", november(20)),
                          Task("call", "today", TODAY))  # fmt: skip
    assert [task.title for task in in_order([later, late, today], TODAY)] == ["today", "late", "later"]
    assert count_late([later, late, today], TODAY) == 1
