"""Each field is declared once, and the tables and drafts hold just these."""

import dataclasses
from typing import Any

import pytest

from desktop.actions import activities, practices
from desktop.actions.vouchers import PERSON_FIELDS
from desktop.rules import fields_deeds, fields_letters, fields_people
from desktop.rules.activities import ActivityDraft
from desktop.rules.aftercare import AftercareDraft
from desktop.rules.breaches import BreachDraft
from desktop.rules.declared import SUBJECTS, copied, kept_values, typed_values
from desktop.rules.deeds import (
    AppointmentDraft,
    ClosingDraft,
    ContactDraft,
    EnrolDraft,
    EnrolmentDraft,
    FirstTimeDraft,
    IntakeDraft,
    MissedDraft,
    ReopenDraft,
    StopDraft,
    WalkInDraft,
    WorryDraft,
)
from desktop.rules.fields import (
    CHOICE,
    CODE,
    DAY,
    FLAG,
    LINK,
    LONG,
    MOMENT,
    MONEY,
    NEVER,
    NUMBER,
    PHONE,
    SEVERAL,
    Field,
    moment_words,
)
from desktop.rules.holds import HoldDraft
from desktop.rules.meldcode import STEPS, MeldcodeDraft
from desktop.rules.merge import GROUPS
from desktop.rules.organisation import OrganisationDraft
from desktop.rules.people import PersonDraft
from desktop.rules.places import OfferDraft
from desktop.rules.practice_talks import PracticeTalkDraft
from desktop.rules.practices import ContactDraft as ColleagueDraft
from desktop.rules.practices import PracticeDraft
from desktop.rules.requests import RequestDraft
from desktop.rules.returned_post import ReturnDraft
from desktop.rules.staff import StaffDraft
from desktop.rules.suicide import STEPS as SUICIDE_STEPS
from desktop.rules.suicide import SuicideDraft
from desktop.rules.vouchers import VoucherDraft
from desktop.storage.models import RECORDS

OF_EVERY_ROW = {"id", "uid", "version"}
OF_EVERY_DRAFT = {"id", "version", "sure", "voucher_id"}
BY_NAME = {"neighbourhood", "neighbourhood_name"}
TIMES = {"on", "called_on", "noticed_on", "authority_on", "day", "hour"}
CONSENTS = {"consent_report_back", "consent_activity", "consent_hexagon", "informed"}
DRAFTS: dict[type[Any], tuple[str, set[str]]] = {
    PracticeDraft: ("practice", BY_NAME),
    ColleagueDraft: ("contact", {"takes_along"}),
    ActivityDraft: (
        "activity",
        {*BY_NAME, "themes", "location_name", "street", "number", "postcode", "town", "schedules"},
    ),
    PersonDraft: ("person", BY_NAME),
    VoucherDraft: (
        "voucher",
        {
            *("person_id", "person_version", "reasons", "consent_received", "consent_report_back", "consent_how"),
            *(each.name for each in dataclasses.fields(PersonDraft)),
        },
    ),
    OrganisationDraft: ("organisation", set()),
    StaffDraft: ("staff", {"roles"}),
    ContactDraft: ("contact_attempt", {*TIMES, "informed", "informed_how", "consent_report_back", "noted"}),
    AppointmentDraft: ("appointment", {*TIMES, "enrolment_id"}),
    IntakeDraft: ("intake", {*CONSENTS, "appointment_id"}),
    AftercareDraft: ("aftercare", {"appointment_id", "enrolment_id", "times_present", "times_held"}),
    EnrolmentDraft: ("enrolment", {"waiting"}),
    WorryDraft: ("worry", {*TIMES, "own_practice"}),  # the GP is kept with the person
    ClosingDraft: ("closing", {"keeps"}),
    HoldDraft: ("hold", set()),
    BreachDraft: ("breach", TIMES),
    RequestDraft: ("request", {"person_id"}),
    PracticeTalkDraft: ("practice_talk", set()),
}
"""Each draft of a record with its table, and what in it is made into something else than a column of that table."""
PARTS_OF_A_RECORD: dict[type[Any], tuple[str, set[str]]] = {
    StopDraft: ("enrolment", {"enrolment_id"}),
    OfferDraft: ("enrolment", {"enrolment_id", "answer", "after", "until"}),
    ReopenDraft: ("closing", {"note"}),
    ReturnDraft: ("returned_post", {"letter_id"}),
    MissedDraft: ("appointment", {"cancelled"}),
    EnrolDraft: ("enrolment", {"activities", "waiting", "visit_day", "visit_hour", "visit_with"}),
    FirstTimeDraft: ("enrolment", {"enrolment_id"}),
    MeldcodeDraft: (
        "meldcode_step",
        {
            *(f"{name}_{step}" for name in ("on", "note") for step in STEPS),
            *("worry_id", *(each.name for each in SUBJECTS["worry"].fields)),
        },
    ),
    SuicideDraft: (
        "meldcode_step",
        {"worry_id", *(f"{name}_{step}" for name in ("on", "note") for step in SUICIDE_STEPS)},
    ),
    WalkInDraft: ("enrolment", {each.name for each in dataclasses.fields(VoucherDraft)}),
}
"""Drafts of a deed that fills some fields of a record."""


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: str(model._meta.table_name))
def test_a_table_holds_just_the_fields_that_are_declared(model: Any) -> None:
    declared = [each.column for each in SUBJECTS[model._meta.table_name].fields]
    assert sorted(declared) == sorted({each.column_name for each in model._meta.sorted_fields} - OF_EVERY_ROW)


@pytest.mark.parametrize("draft", [*DRAFTS, *PARTS_OF_A_RECORD], ids=lambda draft: str(draft.__name__))
def test_a_draft_holds_no_field_that_nobody_keeps(draft: type[Any]) -> None:
    table, made_into = (DRAFTS | PARTS_OF_A_RECORD)[draft]
    declared = {each.name for each in SUBJECTS[table].fields}
    names = {each.name for each in dataclasses.fields(draft)}
    assert names - declared - made_into - OF_EVERY_DRAFT == set()


@pytest.mark.parametrize("draft", DRAFTS, ids=lambda draft: str(draft.__name__))
def test_each_field_that_is_asked_stands_in_the_draft(draft: type[Any]) -> None:
    names = {each.name for each in dataclasses.fields(draft)}
    assert [each.name for each in copied(DRAFTS[draft][0]) if each.name not in names] == []


@pytest.mark.parametrize("kind", ["person", "practice"])
def test_merging_chooses_between_every_field_once(kind: str) -> None:
    columns = [column for group in GROUPS[kind] for column in group.columns]
    assert sorted(columns) == sorted(each.column for each in SUBJECTS[kind].fields if each.group != NEVER)
    assert {group.name for group in GROUPS[kind] if len(group.columns) > 1 and not group.label} == set()


PERSONAL = {
    *("person.form_of_address", "person.voicemail", "person.informed_how"),
    *("worry.weigh_suspected", "worry.weigh_unsafe", "worry.weigh_able", "worry.weigh_accepted", "worry.weigh_safer"),
    *("worry.must_report", "worry.may_help"),
}
"""Answers of which no report counts how often they were given: they go with the person."""


def test_every_choice_of_a_case_is_counted_unless_it_is_personal() -> None:
    of_cases = (*fields_people.SUBJECTS, *fields_deeds.SUBJECTS, *fields_letters.SUBJECTS)
    letter_texts = ("letter_text", "batch")  # of no person
    gone = {
        f"{subject.table}.{each.name}"
        for subject in of_cases
        for each in subject.fields
        if each.kind in (CHOICE, SEVERAL) and not each.counted and subject.table not in letter_texts
    }
    assert gone == PERSONAL


def test_no_own_words_are_counted() -> None:
    words = {each.name for subject in SUBJECTS.values() for each in subject.fields if each.counted and not each.words}
    assert words == {"task", "recipient_key"}  # codes of the program


def test_what_no_form_asks_says_what_sets_it() -> None:
    asked = {table for table, _made_into in DRAFTS.values()}
    silent = [
        f"{table}.{each.name}"
        for table in asked
        for each in SUBJECTS[table].fields
        if not (each.label or each.asked or each.set_by)
    ]
    assert silent == []


def test_what_is_typed_is_kept_and_given_back_as_it_was() -> None:
    draft = PracticeDraft(name=" De Linde ", agb="", letter_moments=("intake", "closing"), coach=3, active=False)
    kept = kept_values("practice", draft)
    assert (kept["name"], kept["agb"], kept["letter_moments"]) == ("De Linde", None, "intake closing")
    assert (kept["coach_id"], kept["active"], kept["note"]) == (3, False, "")
    record = type("Row", (), kept)
    assert typed_values("practice", record)["letter_moments"] == ("intake", "closing")
    assert typed_values("practice", record)["coach"] == 3


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        (FLAG, 1, "Ja"),
        (FLAG, 0, "Nee"),
        (PHONE, "+31402110000", "040 211 0000"),
        (MONEY, 250, "€ 2,50"),
        (DAY, "2026-11-06", "06-11-2026"),
        (MOMENT, "2026-11-06T10:30", "06-11-2026 10:30"),
        (NUMBER, 0, "0"),
        (LONG, "2026-11-06", "2026-11-06"),
        (LINK, None, ""),
        (CODE, "01054321", "01054321"),
        (CHOICE, "yes", "Ja"),
        (SEVERAL, "yes no", "Ja, Nee"),
    ],
)
def test_a_stored_value_is_said_as_its_kind_is_said(kind: str, value: object, said: str) -> None:
    words = {"yes": "Yes", "no": "No"} if kind in (CHOICE, SEVERAL) else {}
    assert Field("made_up", "Name", kind, words).said(value) == said


def test_an_answer_that_was_not_given_is_none_on_a_form() -> None:
    asked = Field("voicemail", "Voicemail", CHOICE, {"yes": "Yes"})
    assert (asked.typed(""), asked.kept(None)) == (None, "")
    assert Field("form_of_address", "Form of address", CHOICE, {"": "Neutral"}).typed("") == ""


def test_own_words_that_look_like_a_day_stay_as_they_are() -> None:
    assert moment_words("2026-99-99") == "2026-99-99"


@pytest.mark.parametrize(("names", "draft"), [
    (PERSON_FIELDS, PersonDraft), (practices.COPIED, PracticeDraft), (practices.CONTACT_COPIED, ColleagueDraft),
    (activities.COPIED, ActivityDraft),
])  # fmt: skip
def test_names_that_are_called_alike_are_those_of_the_draft(names: tuple[str, ...], draft: type) -> None:
    assert names
    assert set(names) <= {each.name for each in dataclasses.fields(draft)}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Jan\u202esen", "Jansen"),
        ("\ufeffvan\u200bDam\u2060", "vanDam"),
        ("Hooge\u00advorst", "Hoogevorst"),
        ("گل\u200cمحمدی", "گل\u200cمحمدی"),  # a joint that Persian is written with
    ],
)
def test_signs_that_nobody_sees_are_not_kept(typed: str, kept: str) -> None:
    assert SUBJECTS["person"].fields[3].kept(typed) == kept
