"""A request and a breach stand in Te doen of who is responsible, until they are answered or closed."""

from datetime import time
from typing import Any

import pytest

from desktop import clock
from desktop.actions.breaches import change_breach, register_breach
from desktop.actions.requests import change_request, register_request
from desktop.errors import Refused
from desktop.rules.breaches import BreachDraft
from desktop.rules.requests import RequestDraft
from desktop.rules.staff import Member
from desktop.rules.tasks import Task
from desktop.storage.changes import Audit
from desktop.storage.models import Breach, Request
from desktop.storage.tasks import list_tasks
from tests.factory import add_closing, add_member, add_voucher, days_ago


def task(by: Member, kind: str) -> Task | None:
    return next((each for each in list_tasks(by, clock.today()) if each.kind == kind), None)


def test_a_request_stands_in_te_doen_until_it_is_answered(office: Member) -> None:
    voucher = add_voucher(office)
    asked = RequestDraft(person_id=voucher.person_id, kind="access", received_on=days_ago(40))
    request = register_request(office, asked)
    found = task(office, "request")
    assert found is not None
    assert found.title == "Wil de gegevens zien: mevrouw Van der Meer-de Wit"
    assert (found.due_on, found.subject_id) == (request.answer_by, request.id)
    answered = RequestDraft(
        id=request.id, version=request.version, person_id=voucher.person_id, kind="access", received_on=days_ago(40),
        proved=True, answered_on=clock.today(), outcome="granted",
    )  # fmt: skip
    change_request(office, answered)
    assert task(office, "request") is None
    line = Audit.select().order_by(Audit.id.desc()).get()
    assert (line.name, line.person_id) == ("request changed", voucher.person_id)


def test_more_time_moves_the_last_day(office: Member) -> None:
    voucher = add_voucher(office)
    asked: dict[str, Any] = {"person_id": voucher.person_id, "kind": "access", "received_on": days_ago(10)}
    request = register_request(office, RequestDraft(**asked))
    first = request.answer_by
    longer = RequestDraft(id=request.id, version=1, extended_why="veel dossiers", **asked)
    assert change_request(office, longer).answer_by > first


def test_a_breach_is_on_top_of_its_72_hours_and_goes_when_closed(office: Member) -> None:
    noticed: dict[str, Any] = {"noticed_on": days_ago(1), "noticed_at": time(9), "what": "Brief verkeerd bezorgd"}
    breach = register_breach(office, BreachDraft(**noticed))
    found = task(office, "breach")
    assert found is not None
    assert found.title == "Datalek: melden of besluiten van niet"
    decided = BreachDraft(
        id=breach.id, version=breach.version, to_authority="no", why_not="ongeopend terug", closed_on=clock.today(),
        **noticed,
    )  # fmt: skip
    change_breach(office, decided)
    assert task(office, "breach") is None
    assert Breach.get().why_not == "ongeopend terug"


def test_a_moment_to_come_is_refused(office: Member) -> None:
    late = BreachDraft(noticed_on=clock.today(), noticed_at=time(23, 59), what="Tas weg")
    if clock.local_now().time() < time(23, 58):
        with pytest.raises(Refused):
            register_breach(office, late)


def test_who_is_not_responsible_is_not_bothered_but_may_write_it_down(office: Member) -> None:
    voucher = add_voucher(office)
    desk = add_member("K. de Boer", "intake")
    register_request(desk, RequestDraft(person_id=voucher.person_id, kind="access", received_on=clock.today()))
    assert task(desk, "request") is None
    assert task(office, "request") is not None
    assert Request.get().staff_id == desk.id


def test_the_yearly_list_is_asked_for_a_year_after_the_first_case_ended(office: Member) -> None:
    add_closing(add_voucher(office), "not_reached", closed_on=days_ago(300))
    assert task(office, "retention") is None
    add_closing(add_voucher(office, surname="Aal", phone="+31611111111"), "not_reached", closed_on=days_ago(370))
    assert task(office, "retention") is not None
