"""Worries on the screen: the form, the steps, and the strip that stands above every page of that person."""

import inspect
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop import clock
from desktop.actions.contacts import record_contact
from desktop.actions.endings import correct_worry, record_worry
from desktop.rules.deeds import ContactDraft, WorryDraft
from desktop.rules.staff import Member
from desktop.screens import calls, cards, meldcode, people, signals, worries
from desktop.screens.open_worries import OpenWorries, watch
from desktop.screens.pages import PAGES
from desktop.storage.models import (
    Appointment,
    ContactAttempt,
    Hold,
    MeldcodeStep,
    Person,
    Practice,
    Voucher,
    Worry,
)
from desktop.storage.worries import whose_page
from desktop.widgets.pages import Page
from tests.actions.test_cards import plan
from tests.factory import (
    add_activity,
    add_aftercare,
    add_closing,
    add_enrolment,
    add_intake,
    add_member,
    add_practice,
    add_row,
    add_voucher,
    days_ago,
)
from tests.screens.room import Room

REAL = {**calls.PAGES, **cards.PAGES, **meldcode.PAGES, **people.PAGES, **signals.PAGES, **worries.PAGES}
ANNIE = "mevrouw Van der Meer-de Wit"
OF_NOBODY = frozenset(
    {
        *("activity_id", "practice_id", "practice_ids", "talk_id", "neighbourhood_id", "reason_id", "version_id"),
        *("staff_id", "coach_id", "list_id", "destruction_id", "breach_id", "letter_ids"),
        *("number", "destination", "waiting", "correct", "way", "outcome", "show", "moment", "day", "quarter", "name"),
        *("sign_in_name", "password", "path", "month", "pdf", "title", "lines", "cells", "choose_file", "kind"),
        "what",
    }
)
"""What pages are opened with that is not about one person; a new argument is put here or made to lead to one."""


@pytest.fixture
def room(qtbot: QtBot, office: Member) -> Room:
    return Room(qtbot, office, REAL)


@pytest.fixture
def voucher(office: Member) -> Voucher:
    return add_voucher(office, add_practice(), dated_on=days_ago(9), received_on=days_ago(9))


def worried(by: Member, voucher: Voucher, kind: str = "violence", **more: Any) -> Worry:
    return record_worry(
        by, WorryDraft(**{"voucher_id": voucher.id, "kind": kind, "noticed_on": clock.today(), **more})
    )


def leads(voucher: Voucher) -> dict[str, int]:
    """Every argument that leads to this person, with a record of theirs."""
    intake, enrolment = add_intake(voucher), add_enrolment(voucher, add_activity())
    attempt = ContactAttempt(voucher=voucher, person=voucher.person_id, at=clock.now(), outcome="no_answer")
    add_row(attempt)
    return {
        "person_id": voucher.person_id,
        "voucher_id": voucher.id,
        "appointment_id": plan_for(voucher).id,
        "enrolment_id": enrolment.id,
        "intake_id": intake.id,
        "hold_id": add_row(Hold(voucher=voucher, person=voucher.person_id, from_on=clock.today(),
                                until_on=clock.today())).id,
        "aftercare_id": add_aftercare(voucher).id,
        "closing_id": add_closing(voucher).id,
        "worry_id": add_row(Worry(voucher=voucher, person=voucher.person_id, kind="neglect",
                                  noticed_on=clock.today(), done_on=clock.today())).id,
    }  # fmt: skip


def plan_for(voucher: Voucher) -> Appointment:
    return plan(Member(1, "", frozenset()), voucher)


# ---- above every page


def test_every_argument_of_every_page_leads_to_its_person_or_to_nobody(office: Member, voucher: Voucher) -> None:
    known = leads(voucher)
    asked = {each for name in PAGES for each in list(inspect.signature(PAGES[name]).parameters)[1:]}
    elsewhere = {"voucher_ids", "letter_id", "request_id", "item_id", "deed_id", "record_id", "kept_id", "other_id",
                 "contact_id"}  # fmt: skip
    assert asked - known.keys() - elsewhere - OF_NOBODY == set()
    for name, row in known.items():
        assert whose_page(office, {name: row}) == (voucher.person_id,), name


def test_pages_of_a_kind_lead_to_their_person_too(office: Member, voucher: Voucher) -> None:
    known, person = leads(voucher), voucher.person_id
    assert whose_page(office, {"voucher_ids": (voucher.id,)}) == (person,)
    for kind, number in (("person", person), ("voucher", voucher.id), ("intake", known["intake_id"])):
        assert whose_page(office, {"kind": kind, "record_id": number}) == (person,)
    assert whose_page(office, {"kind": "intake", "deed_id": known["intake_id"]}) == (person,)
    assert whose_page(office, {"kind": "person", "kept_id": person, "other_id": person}) == (person,)
    for nothing in ({}, {"practice_id": 1}, {"kind": "practice", "record_id": 1}, {"voucher_id": 0}, {"day": None}):
        assert whose_page(office, nothing) == ()


def test_strip_stands_above_every_page_with_that_person_and_no_other(
    room: Room, office: Member, voucher: Voucher
) -> None:
    other = add_voucher(office, None, surname="Bakker", phone="+31612345678")
    worry = worried(office, voucher)
    known = leads(voucher)
    for name in sorted(PAGES):
        asked = list(inspect.signature(PAGES[name]).parameters)[1:]
        if given := {each: known[each] for each in asked if each in known and each != "worry_id"}:
            over = watch(room.office, Page(), given).over
            assert isinstance(over, OpenWorries), name
            assert f"Open zorg over {ANNIE}: signalen van geweld" in over.text(), name
    assert watch(room.office, Page(), {"practice_id": 1}).over is None
    over = watch(room.office, Page(), {"person_id": other.person_id}).over
    assert isinstance(over, OpenWorries)
    assert over.text() == ""
    own = watch(room.office, Page(), {"worry_id": worry.id}).over
    assert isinstance(own, OpenWorries)
    assert own.text() == ""  # it is this page


def test_strip_comes_and_goes_with_the_worry_and_leads_to_it(room: Room, office: Member, voucher: Voucher) -> None:
    page = room.open("person", person_id=voucher.person_id)
    assert page.over is not None
    assert not page.over.isVisible()
    worry = worried(office, voucher)
    room.window.refresh()
    assert page.over.isVisible()
    assert "de huisarts is nog niet gebeld. Geen bericht achterlaten" in page.over.text()
    page.over.findChild(QPushButton).click()
    assert room.opened[-1] == ("worry", {"worry_id": worry.id})
    room.window.go_back()
    done = WorryDraft(id=worry.id, kind="violence", noticed_on=clock.today(), called_on=clock.today(),
                      done_on=clock.today(), sure=True)  # fmt: skip
    correct_worry(office, done)
    room.window.refresh()
    assert not page.over.isVisible()


def test_worry_of_another_case_of_the_same_person_stands_there_too(
    room: Room, office: Member, voucher: Voucher
) -> None:
    second = add_voucher(office, None, surname="Zelfde", phone="+31612345678")
    worried(office, second, "suicide")
    Voucher.update(person=voucher.person_id).where(Voucher.id == second.id).execute()
    Worry.update(person=voucher.person_id).execute()
    page = room.open("call", voucher_id=voucher.id)
    assert "signalen van suïcide" in page.over.text()
    assert "Geen bericht" not in page.over.text()


def test_intake_staff_hear_that_there_is_something_and_what_not_to_do(
    qtbot: QtBot, office: Member, voucher: Voucher
) -> None:
    worried(office, voucher)
    desk = Room(qtbot, add_member("K. de Boer", "intake"), REAL)
    page = desk.open("call", voucher_id=voucher.id)
    said = page.over.text()
    assert "Overleg met" in said
    assert "Geen bericht achterlaten" in said
    assert "geweld" not in said
    assert page.over.findChildren(QPushButton) == []


# ---- the call


def test_at_a_sign_of_violence_nothing_is_proposed_that_is_heard_at_home(
    room: Room, office: Member, voucher: Voucher
) -> None:
    worried(office, voucher)
    page = room.open("call", voucher_id=voucher.id)
    seen = room.texts()
    assert "Laat geen bericht achter: er is een zorg over geweld" in seen
    assert "met een bericht voor" not in seen
    assert "bij u thuis" not in seen
    assert "Folder" not in seen
    page.choose("reached")
    assert "Thuis" not in room.texts().split("Plan de intake")[1].split("Ander moment")[0]


def test_call_names_the_doctor_with_the_numbers(room: Room, office: Member, voucher: Voucher) -> None:
    room.open("call", voucher_id=voucher.id)
    assert "Gaat het niet goed? De huisarts\nHuisartsenpraktijk De Linde\n040 211 1111" in room.texts()
    room.click("Zorg melden")
    assert room.opened[-1] == ("worry", {"voucher_id": voucher.id})


def test_call_shows_what_was_tried_in_another_open_case_of_this_person(
    room: Room, office: Member, voucher: Voucher
) -> None:
    second = add_voucher(office, None, surname="Zelfde", phone="+31612345678")
    record_contact(office, ContactDraft(voucher_id=second.id, way="post", outcome="sent"))
    for model in (Voucher, ContactAttempt):
        model.update(person=voucher.person_id).where(
            (model.id if model is Voucher else model.voucher) == second.id
        ).execute()
    page = room.open("call", voucher_id=voucher.id)
    told = [(row.title, row.subtitle) for row in page.history.rows()]
    assert ("Kaart per post verstuurd", second.number) in told or any(
        second.number in subtitle and "Kaart" in title for title, subtitle in told
    )


def test_call_says_who_may_not_be_phoned(room: Room, voucher: Voucher) -> None:
    Person.update(contact_by="email", email="annie@voorbeeld.nl").execute()
    room.open("call", voucher_id=voucher.id)
    assert "niet bellen: per e-mail" in room.texts()


# ---- the form and the steps


def test_form_has_the_numbers_that_go_with_what_it_is_about(room: Room, voucher: Voucher) -> None:
    form = room.open("worry", voucher_id=voucher.id)
    for number in ("112", "0800-0113", "0800-2000", "040 211 1111"):
        assert number in room.texts()
    form.set_values({"kind": "suicide"})
    form.edited.emit()
    assert "0800-0113" in room.texts()
    assert "0800-2000" not in room.texts()
    form.set_values({"kind": "violence"})
    form.edited.emit()
    assert "0800-0113" not in room.texts()
    assert "Veilig Thuis, gratis, dag en nacht" in room.texts()


def test_doctor_is_asked_on_the_form_and_shown_at_once(room: Room, office: Member) -> None:
    voucher = add_voucher(office, add_practice("Fysio Beweeg", kind="physio", agb="04054321"))
    doctor = add_practice("De Berk", agb="01054999", phone="+31404440000")
    form = room.open("worry", voucher_id=voucher.id)
    assert "Vraag deze persoon wie de huisarts is" in room.texts()
    form.set_values({"own_practice": doctor.id})
    form.editor("own_practice").edited.emit()
    assert "040 444 0000" in room.texts()
    form.set_values({"kind": "suicide"})
    form.submit()
    assert Person.get_by_id(voucher.person_id).own_practice == doctor
    assert Worry.get().called_practice is None


@pytest.mark.parametrize(("kind", "page"), [("suicide", "suicide"), ("violence", "meldcode"), ("neglect", "meldcode")])
def test_steps_that_go_with_it_follow_the_form(room: Room, voucher: Voucher, kind: str, page: str) -> None:
    form = room.open("worry", voucher_id=voucher.id)
    form.set_values({"kind": kind})
    room.click("Opslaan en stappen vastleggen")
    assert room.opened[-1] == (page, {"worry_id": Worry.get().id})


def test_steps_at_suicide_are_stored_and_no_meldcode_is_asked(room: Room, office: Member, voucher: Voucher) -> None:
    worry = worried(office, voucher, "suicide")
    form = room.open("meldcode", worry_id=worry.id)  # an old link leads to the right page
    assert "Meldcode" not in room.texts()
    form.set_values({"on_4": clock.today(), "note_4": "zus is er"})
    form.submit()
    assert [(row.step, row.note) for row in MeldcodeStep.select()] == [(4, "zus is er")]
    again = room.open("suicide", worry_id=worry.id)
    assert again.values()["note_4"] == "zus is er"


def test_weighing_shows_only_what_applies_and_says_when_it_must_be_reported(
    room: Room, office: Member, voucher: Voucher
) -> None:
    form = room.open("meldcode", worry_id=worried(office, voucher).id)
    form.set_values({"weigh_suspected": "yes", "weigh_unsafe": "yes"})
    form.edited.emit()
    assert "melden bij Veilig Thuis is noodzakelijk" in room.texts()
    form.set_values({"weigh_suspected": "no"})
    form.edited.emit()
    assert "Acuut of structureel onveilig?" not in room.texts()
    assert "melden bij Veilig Thuis is noodzakelijk" not in room.texts()
    form.set_values({"on_5": clock.today()})
    form.submit()
    assert "Zonder dit antwoord is stap 5 niet klaar." in room.texts()


def test_person_page_names_the_doctor(room: Room, office: Member, voucher: Voucher) -> None:
    room.open("person", person_id=voucher.person_id)
    assert "Huisarts: Huisartsenpraktijk De Linde, 040 211 1111, volgens de verwijzing" in room.texts()
    Practice.update(kind="physio").execute()
    room.open("person", person_id=voucher.person_id)
    assert "Huisarts: niet bekend" in room.texts()


# ---- the card after three attempts


def test_card_is_recorded_as_sent_only_when_somebody_says_so(room: Room, voucher: Voucher) -> None:
    page = room.open("contact_card", voucher_id=voucher.id)
    page.printed.emit()
    assert "gaat hij vandaag op de post?" in page.notice.text()
    assert ContactAttempt.select().count() == 0
    page.notice.answers()[1].click()
    assert ContactAttempt.select().count() == 0
    page.printed.emit()
    page.notice.answers()[0].click()
    assert [(row.way, row.outcome, row.direction) for row in ContactAttempt.select()] == [("post", "sent", "out")]


def test_without_an_address_no_card_but_what_else_there_is(room: Room, office: Member) -> None:
    voucher = add_voucher(office, add_practice(), street="zwervend", number="", postcode="", email="a@voorbeeld.nl")
    room.open("contact_card", voucher_id=voucher.id)
    seen = room.texts()
    for part in ("Er is geen adres", "Stuur een e-mail naar a@voorbeeld.nl", "niet bereikt", "De Linde: 040 211 1111"):
        assert part in seen
    room.click("Stuur een e-mail naar a@voorbeeld.nl")
    assert room.opened[-1] == ("record_contact", {"voucher_id": voucher.id, "way": "mail", "outcome": "sent"})
