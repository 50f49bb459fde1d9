"""Who was merged away or destroyed takes nothing: every action goes on with who stayed, or refuses by name.

The table holds every action there is, so that a new one cannot forget it.
"""

import importlib
import pkgutil
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import time
from typing import Any

import pytest

import desktop.actions
from desktop import clock
from desktop.actions import (
    activity_ends,
    aftercare,
    appointments,
    batches,
    case_moves,
    consents,
    contacts,
    deceased,
    endings,
    enrolments,
    finding,
    holds,
    intakes,
    letter_correcting,
    letter_moves,
    letter_sending,
    letters,
    meldcode,
    merge,
    moves,
    places,
    practice_talks,
    practices,
    quiet_practices,
    requests,
    retention,
    returned_post,
    signals,
    subject_access,
    tasks,
    vouchers,
)
from desktop.actions.action import ACTIONS
from desktop.errors import Refused
from desktop.rules import deeds as drafts
from desktop.rules.activity_ends import ActivityEndDraft
from desktop.rules.aftercare import AftercareDraft
from desktop.rules.deceased import DeathDraft
from desktop.rules.holds import HoldDraft
from desktop.rules.letterdraft import LetterDraft
from desktop.rules.meldcode import MeldcodeDraft
from desktop.rules.merge import MergeDraft
from desktop.rules.moves import MoveCaseDraft, MoveDraft, MoveLetterDraft
from desktop.rules.people import PersonDraft
from desktop.rules.places import OfferDraft
from desktop.rules.practice_talks import NextTalkDraft, PracticeTalkDraft
from desktop.rules.practices import ContactDraft, PracticeDraft
from desktop.rules.requests import RequestDraft
from desktop.rules.retention import DestroyDraft
from desktop.rules.returned_post import ReturnDraft
from desktop.rules.signals import SignalDraft
from desktop.rules.staff import Member
from desktop.rules.suicide import SuicideDraft
from desktop.storage import changes, erasing
from desktop.storage.changes import Record
from desktop.storage.models import (
    RECORDS,
    Appointment,
    Consent,
    Contact,
    ContactAttempt,
    Dispatch,
    Enrolment,
    Hold,
    Letter,
    Person,
    Practice,
    PracticeTalk,
    Request,
    RetentionItem,
    RetentionList,
    Voucher,
    Worry,
)
from desktop.storage.people import find_person
from desktop.storage.practices import list_practices
from tests.actions.test_merge import draft as merging
from tests.actions.test_merge import orphans
from tests.factory import (
    a_draft,
    add_activity,
    add_aftercare,
    add_closing,
    add_consent,
    add_enrolment,
    add_intake,
    add_practice,
    add_row,
    add_voucher,
    days_ago,
)

for found in pkgutil.iter_modules(desktop.actions.__path__, desktop.actions.__name__ + "."):
    importlib.import_module(found.name)


@dataclass(frozen=True)
class Ended:
    """Somebody merged away, a practice merged away, and a case of somebody whose data were made anonymous."""

    by: Member
    stays: Person
    gone: Person
    practice: Practice
    gone_practice: Practice
    contact: Contact  # of the practice that went
    case: Voucher  # of who was merged away, now under who stayed
    nobody: Person  # made anonymous
    old: Voucher  # the case of nobody
    of_old: dict[str, Any]  # a deed of each kind on it

    @property
    def today(self) -> Any:
        return clock.today()


@pytest.fixture
def ended(office: Member) -> Ended:
    practice = add_practice("De Linde")
    other = add_practice("Het Veen", agb="01054330", postcode="5613 ZZ")
    contact = Contact.get((Contact.practice == other) & (Contact.role == "gp"))
    stays = Person.get_by_id(add_voucher(office, practice, surname="Visser").person_id)
    case = add_voucher(office, other, surname="Visscher", first_name="Bea")
    gone = Person.get_by_id(case.person_id)
    old, of_old = _somebody_else(office, practice)
    merge.merge_people(office, merging(stays, gone))
    merge.merge_practices(office, merging(practice, other))
    with changes.deed(office.id, "made anonymous by a test"):
        erasing.anonymise(old.person_id, clock.today())
    return Ended(
        office, stays, Person.get_by_id(gone.id), practice, Practice.get_by_id(other.id), contact,
        Voucher.get_by_id(case.id), Person.get_by_id(old.person_id), Voucher.get_by_id(old.id), of_old,
    )  # fmt: skip


def _somebody_else(by: Member, practice: Practice) -> tuple[Voucher, dict[str, Any]]:
    voucher = add_voucher(by, practice, surname="Bakker", dated_on=days_ago(90))
    about = {"voucher": voucher, "person": voucher.person_id}
    concept = letters.write_letter(by, voucher.id, "arrived")
    letter = {**about, "practice": practice, "content": concept.content, "written_on": days_ago(3)}
    deeds: dict[str, Any] = {
        "contact": add_row(ContactAttempt(**about, at=clock.now(), outcome="no_answer")),
        "appointment": add_row(Appointment(**about, starts_at=clock.local_now().replace(tzinfo=None))),
        "intake": add_intake(voucher, days_ago(60)),
        "enrolment": add_enrolment(voucher, add_activity("Wandelen"), state="waiting"),
        "waiting": add_enrolment(voucher, add_activity("Schaken"), state="waiting"),
        "hold": add_row(Hold(**about, from_on=days_ago(3), until_on=days_ago(-9), reason="ill")),
        "started": add_enrolment(voucher, add_activity("Zingen"), state="started", first_attended_on=days_ago(30)),
        "aftercare": add_aftercare(voucher),
        "worry": add_row(Worry(**about, kind="violence", noticed_on=clock.today())),
        "despair": add_row(Worry(**about, kind="suicide", noticed_on=clock.today())),
        "consent": add_consent(voucher, "hexagon"),
        "concept": concept,
        "fixed": add_row(Letter(**letter, moment="intake", recipient_key="1-0", state="fixed")),
        "sent": add_row(Letter(**letter, moment="progress", recipient_key="1-0", state="sent")),
        "closing": add_closing(voucher),
        "request": add_row(Request(person=voucher.person_id, kind="access", received_on=days_ago(3),
                                   answer_by=days_ago(0))),
    }  # fmt: skip
    deeds["dispatch"] = add_row(Dispatch(letter=deeds["fixed"], way="print", sent_at=clock.now()))
    return voucher, deeds


def a_deed(draft: type[Any], /, ended: Ended, deed: str = "", **more: Any) -> Any:
    """A draft on the case of nobody, of a new deed or of one on file."""
    values = {"voucher_id": ended.old.id, "sure": True, **more}
    return draft(**values, **({"id": ended.of_old[deed].id} if deed else {}))


def on_deed(action: Callable[..., Any], deed: str) -> Callable[[Ended], Any]:
    return lambda ended: action(ended.by, ended.of_old[deed].id)


def corrected(action: Callable[..., Any], draft: type[Any], deed: str, **more: Any) -> Callable[[Ended], Any]:
    return lambda ended: action(ended.by, a_deed(draft, ended, deed, **_of_today(more)))


def recorded(action: Callable[..., Any], draft: type[Any], **more: Any) -> Callable[[Ended], Any]:
    return lambda ended: action(ended.by, a_deed(draft, ended, **_of_today(more)))


def _of_today(more: dict[str, Any]) -> dict[str, Any]:
    return {name: value() if callable(value) else value for name, value in more.items()}


def _item(ended: Ended) -> RetentionItem:
    listed = RetentionList(made_on=clock.today(), until=clock.today(), approved_on=clock.today())
    add_row(listed)
    item = RetentionItem(list=listed, person=ended.stays.id, kind="helped_wmo", ended_on=clock.today(), cases=1)
    add_row(item)
    return item


today = clock.today
PLANNED = {"day": today, "hour": time(15)}

TRIED: dict[str, list[Callable[[Ended], Any]]] = {
    "consents recorded": [
        lambda ended: consents.record_consents(
            ended.by, drafts.ConsentDraft(person_id=ended.gone.id, report_back="no", given_on=today(), how="spoken")
        ),
        lambda ended: consents.record_consents(
            ended.by, drafts.ConsentDraft(person_id=ended.nobody.id, report_back="no", given_on=today(), how="spoken")
        ),
        lambda ended: consents.record_consents(
            ended.by, drafts.ConsentDraft(person_id=ended.stays.id, voucher_id=ended.old.id, report_back="no",
                                          given_on=today(), how="spoken")
        ),
    ],
    "consent withdrawn": [on_deed(consents.withdraw_consent, "consent")],
    "person informed": [
        lambda ended: consents.record_informed(ended.by, ended.gone.id, today(), "spoken"),
        lambda ended: consents.record_informed(ended.by, ended.nobody.id, today(), "spoken"),
    ],
    "request registered": [
        lambda ended: requests.register_request(
            ended.by, RequestDraft(person_id=ended.gone.id, kind="access", received_on=today())
        ),
        lambda ended: requests.register_request(
            ended.by, RequestDraft(person_id=ended.nobody.id, kind="access", received_on=today())
        ),
    ],
    "request changed": [
        lambda ended: requests.change_request(
            ended.by, RequestDraft(id=ended.of_old["request"].id, version=1, person_id=ended.gone.id, kind="access",
                                   received_on=today())
        ),
    ],
    "person corrected": [
        lambda ended: vouchers.correct_person(ended.by, _as_typed(ended.gone)),
        lambda ended: vouchers.correct_person(ended.by, _as_typed(ended.nobody)),
    ],
    "voucher registered": [
        lambda ended: vouchers.register_voucher(ended.by, a_draft(ended.practice, person_id=ended.gone.id)),
        lambda ended: vouchers.register_voucher(
            ended.by, a_draft(ended.practice, person_id=ended.gone.id, person_version=ended.gone.version)
        ),
        lambda ended: vouchers.register_voucher(ended.by, a_draft(ended.practice, person_id=ended.nobody.id)),
        lambda ended: vouchers.register_voucher(
            ended.by, a_draft(ended.gone_practice, surname="Nieuw", own_practice=ended.gone_practice.id)
        ),
        lambda ended: vouchers.register_voucher(
            ended.by, a_draft(ended.gone_practice, surname="Nieuw", referrer=ended.contact.id)
        ),
    ],
    "voucher corrected": [
        lambda ended: vouchers.correct_voucher(
            ended.by, a_draft(ended.gone_practice, id=ended.case.id, version=ended.case.version)
        ),
        lambda ended: vouchers.correct_voucher(
            ended.by, a_draft(ended.practice, id=ended.old.id, version=ended.old.version)
        ),
    ],
    "walk-in registered": [
        lambda ended: enrolments.register_walk_in(ended.by, _walk_in(ended.gone, ended.gone_practice)),
        lambda ended: enrolments.register_walk_in(ended.by, _walk_in(ended.nobody, ended.practice)),
    ],
    "coach changed": [lambda ended: vouchers.change_coach(ended.by, (ended.old.id,), ended.by.id, None)],
    "ground changed": [lambda ended: retention.change_ground(ended.by, ended.old.id, "consent")],
    "task postponed": [lambda ended: tasks.postpone_task(ended.by, ended.old.id, "call", 3)],
    "gap noted": [lambda ended: finding.note_gap(ended.by, ended.old.id)],
    "death recorded": [
        lambda ended: deceased.record_death(
            ended.by, DeathDraft(person_id=ended.gone.id, deceased_on=today(), sure=True)
        ),
        lambda ended: deceased.record_death(
            ended.by, DeathDraft(person_id=ended.nobody.id, deceased_on=today(), sure=True)
        ),
    ],
    "death taken back": [
        lambda ended: deceased.take_back_death(ended.by, ended.gone.id),
        lambda ended: deceased.take_back_death(ended.by, ended.nobody.id),
    ],
    "persons merged": [
        lambda ended: merge.merge_people(ended.by, _again(ended.gone, ended.stays)),
        lambda ended: merge.merge_people(ended.by, _again(ended.stays, ended.nobody)),
    ],
    "practices merged": [lambda ended: merge.merge_practices(ended.by, _again(ended.gone_practice, ended.practice))],
    "judged to be different people": [
        lambda ended: merge.keep_apart(ended.by, ended.gone.id, ended.stays.id),
        lambda ended: merge.keep_apart(ended.by, ended.nobody.id, ended.stays.id),
    ],
    "own file made": [
        lambda ended: subject_access.make_file(ended.by, ended.gone.id),
        lambda ended: subject_access.make_file(ended.by, ended.nobody.id),
    ],
    "others' data marked": [
        lambda ended: subject_access.mark_others(ended.by, ended.gone.id, "person", ended.stays.id, True),
        lambda ended: subject_access.mark_others(ended.by, ended.nobody.id, "person", ended.nobody.id, True),
    ],
    "data destroyed": [
        lambda ended: retention.destroy_person(ended.by, DestroyDraft(person_id=ended.gone.id, surname="Visscher",
                                                                      sure=True)),
        lambda ended: retention.destroy_person(ended.by, DestroyDraft(person_id=ended.nobody.id, sure=True,
                                                                      surname="(anoniem)")),
    ],
    "data destroyed after the term": [lambda ended: retention.carry_out_item(ended.by, _item(ended).id)],
    "practice changed": [lambda ended: practices.change_practice(ended.by, _typed_practice(ended.gone_practice))],
    "contact added": [
        lambda ended: practices.add_contact(
            ended.by, ContactDraft(practice=ended.gone_practice.id, role="gp", initials="P.", surname="Nieuw")
        )
    ],
    "contact changed": [
        lambda ended: practices.change_contact(
            ended.by, ContactDraft(id=Contact.get(Contact.practice == ended.practice.id).id, initials="P.",
                                   practice=ended.gone_practice.id, role="gp", surname="Nieuw", sure=True)
        ),
        lambda ended: practices.change_contact(
            ended.by, ContactDraft(id=ended.contact.id, practice=ended.gone_practice.id, role="gp", surname="Nieuw")
        ),
    ],
    "practice talk recorded": [
        lambda ended: practice_talks.record_talk(
            ended.by, PracticeTalkDraft(practice=ended.gone_practice.id, held_on=today(), staff=ended.by.id,
                                        with_whom="de praktijkhouder", question="Wat helpt?", agreed="Vaker bellen")
        )
    ],
    "practice talk corrected": [
        lambda ended: practice_talks.correct_talk(
            ended.by, PracticeTalkDraft(id=_talk(ended).id, version=1, practice=ended.gone_practice.id,
                                        held_on=today(), staff=ended.by.id, with_whom="P. Bos", agreed="Bellen")
        )
    ],
    "practice talk moved": [
        lambda ended: practice_talks.move_next_talk(
            ended.by, NextTalkDraft(id=_talk(ended).id, version=1, next_on=None)
        )
    ],
    "practice talk taken back": [lambda ended: practice_talks.take_back_talk(ended.by, _talk(ended).id, 1)],
    "quiet practice put off": [lambda ended: quiet_practices.put_off_quiet(ended.by, ended.gone_practice.id, 7)],
    "quiet practice settled": [lambda ended: quiet_practices.settle_quiet(ended.by, ended.gone_practice.id)],
    "returned post settled": [
        lambda ended: returned_post.settle_returned(ended.by, ended.gone_practice.id, "address_right")
    ],
    "returned post recorded": [
        lambda ended: returned_post.record_returned(
            ended.by, ReturnDraft(letter_id=ended.of_old["sent"].id, returned_on=today(), why="moved")
        )
    ],
    "contact recorded": [recorded(contacts.record_contact, drafts.ContactDraft, outcome="no_answer")],
    "contact corrected": [corrected(contacts.correct_contact, drafts.ContactDraft, "contact", outcome="voicemail")],
    "contact taken back": [on_deed(contacts.take_back_contact, "contact")],
    "intake planned": [recorded(appointments.plan_intake, drafts.AppointmentDraft, **PLANNED)],
    "first visit planned": [recorded(appointments.plan_first_visit, drafts.AppointmentDraft, **PLANNED)],
    "aftercare planned": [recorded(appointments.plan_aftercare, drafts.AppointmentDraft, **PLANNED)],
    "appointment moved": [
        corrected(appointments.move_appointment, drafts.AppointmentDraft, "appointment", **PLANNED)
    ],
    "appointment missed": [corrected(appointments.miss_appointment, drafts.MissedDraft, "appointment", cancelled=True)],
    "appointment corrected": [
        corrected(appointments.correct_appointment, drafts.AppointmentDraft, "appointment", **PLANNED)
    ],
    "appointment taken back": [on_deed(appointments.take_back_appointment, "appointment")],
    "intake held": [recorded(intakes.hold_intake, drafts.IntakeDraft, held_on=today)],
    "intake corrected": [corrected(intakes.correct_intake, drafts.IntakeDraft, "intake", held_on=today)],
    "intake taken back": [on_deed(intakes.take_back_intake, "intake")],
    "aftercare held": [recorded(aftercare.hold_aftercare, AftercareDraft, held_on=today, outcome="still")],
    "aftercare corrected": [
        corrected(aftercare.correct_aftercare, AftercareDraft, "aftercare", held_on=today, outcome="other")
    ],
    "aftercare taken back": [on_deed(aftercare.take_back_aftercare, "aftercare")],
    "enrolled": [recorded(enrolments.enrol, drafts.EnrolDraft, destination="buddy", enrolled_on=today)],
    "enrolment corrected": [
        corrected(enrolments.correct_enrolment, drafts.EnrolmentDraft, "enrolment", destination="buddy",
                  enrolled_on=today)
    ],
    "place given": [on_deed(enrolments.give_place, "waiting")],
    "offer answered": [
        lambda ended: places.answer_offer(
            ended.by,
            a_deed(OfferDraft, ended, enrolment_id=ended.of_old["waiting"].id, answer="yes", start_on=today()),
        )
    ],
    "case put on hold": [
        recorded(holds.pause_case, HoldDraft, from_on=days_ago(0), until_on=days_ago(-9), reason="ill")
    ],
    "hold corrected": [
        corrected(holds.correct_pause, HoldDraft, "hold", from_on=days_ago(0), until_on=days_ago(-8), reason="ill")
    ],
    "hold ended": [on_deed(holds.end_pause, "hold")],
    "hold taken back": [on_deed(holds.take_back_pause, "hold")],
    "first time recorded": [
        lambda ended: enrolments.record_first_time(
            ended.by,
            a_deed(drafts.FirstTimeDraft, ended, enrolment_id=ended.of_old["enrolment"].id, first_attended_on=today(),
                   first_known_by="phone"),
        )
    ],
    "first time taken back": [on_deed(enrolments.take_back_first_time, "started")],
    "enrolment stopped": [
        lambda ended: enrolments.stop_enrolment(
            ended.by, a_deed(drafts.StopDraft, ended, enrolment_id=ended.of_old["started"].id, stopped_on=today(),
                             stop_reason="cost")
        )
    ],
    "activity stopped": [
        lambda ended: activity_ends.stop_activity(
            ended.by, ActivityEndDraft(activity_id=ended.of_old["waiting"].activity_id, sure=True)
        )
    ],
    "enrolment taken back": [on_deed(enrolments.take_back_enrolment, "enrolment")],
    "worry recorded": [recorded(endings.record_worry, drafts.WorryDraft, kind="suicide", noticed_on=today)],
    "worry corrected": [corrected(endings.correct_worry, drafts.WorryDraft, "worry", kind="neglect", noticed_on=today)],
    "worry taken back": [on_deed(endings.take_back_worry, "worry")],
    "meldcode steps recorded": [
        lambda ended: meldcode.record_steps(ended.by, MeldcodeDraft(worry_id=ended.of_old["worry"].id,
                                                                    on_1=today(), note_1="Rustig gepraat"))
    ],
    "suicide steps recorded": [
        lambda ended: meldcode.record_suicide_steps(
            ended.by, SuicideDraft(worry_id=ended.of_old["despair"].id, on_1=today(), note_1="Rustig gepraat")
        )
    ],
    "case closed": [recorded(endings.close_case, drafts.ClosingDraft, closed_on=today, outcome="one_talk")],
    "closing corrected": [
        corrected(endings.correct_closing, drafts.ClosingDraft, "closing", closed_on=today, outcome="one_talk")
    ],
    "case reopened": [recorded(endings.reopen_case, drafts.ReopenDraft, reopened_on=today, reopened_why="Toch verder")],
    "closing taken back": [on_deed(endings.take_back_closing, "closing")],
    "deed moved": [
        lambda ended: moves.move_deed(
            ended.by, MoveDraft(kind="intake", id=ended.of_old["intake"].id, voucher_id=ended.case.id, sure=True)
        ),
        lambda ended: moves.move_deed(
            ended.by, MoveDraft(kind="intake", id=add_intake(ended.case).id, voucher_id=ended.old.id, sure=True)
        ),
    ],
    "case moved": [
        lambda ended: case_moves.move_case(
            ended.by, MoveCaseDraft(voucher_id=ended.old.id, person_id=ended.stays.id, worries="along", sure=True)
        ),
        lambda ended: case_moves.move_case(
            ended.by, MoveCaseDraft(voucher_id=ended.case.id, person_id=ended.nobody.id, sure=True)
        ),
        lambda ended: case_moves.move_case(
            ended.by, MoveCaseDraft(voucher_id=ended.case.id, person_id=ended.gone.id, sure=True)
        ),
    ],
    "letter moved": [
        lambda ended: letter_moves.move_letter(
            ended.by, MoveLetterDraft(id=ended.of_old["sent"].id, voucher_id=ended.case.id, sure=True)
        ),
        lambda ended: letter_moves.move_letter(
            ended.by,
            MoveLetterDraft(id=letters.write_letter(ended.by, ended.case.id, "arrived").id, voucher_id=ended.old.id,
                            sure=True),
        ),
    ],
    "letter written": [lambda ended: letters.write_letter(ended.by, ended.old.id, "closing")],
    "signal written": [
        lambda ended: signals.write_signal(
            ended.by, SignalDraft(voucher_id=ended.old.id, ground="meldcode", sentence="Zij eet slecht.", sure=True)
        )
    ],
    "letter rewritten": [on_deed(letters.rewrite_letter, "concept")],
    "letter edited": [lambda ended: letters.edit_letter(ended.by, LetterDraft(id=ended.of_old["concept"].id))],
    "letter discarded": [on_deed(letters.discard_letter, "concept")],
    "letter approved": [on_deed(letters.approve_letter, "concept")],
    "letter fixed": [on_deed(letter_sending.fix_letter, "concept")],
    "letter handed out": [lambda ended: letter_sending.send_letter(ended.by, ended.of_old["fixed"].id, "print")],
    "letter taken back": [on_deed(letter_sending.take_back, "dispatch")],
    "letter sent": [on_deed(letter_sending.confirm_sent, "dispatch")],
    "letter withdrawn": [lambda ended: letter_correcting.withdraw_letter(ended.by, ended.of_old["sent"].id, "fout")],
    "letter withdrawn to be corrected": [
        lambda ended: letter_correcting.correct_letter(ended.by, ended.of_old["sent"].id, "fout")
    ],
    "letter written anew for its address": [on_deed(letter_correcting.write_for_new_address, "fixed")],
    "batch started": [lambda ended: batches.start_batch(ended.by, [ended.of_old["fixed"].id])],
}
"""Every action that is about a person, a practice or a case of theirs: what is tried on who ended."""

ABOUT_NOBODY = {
    "action undone", "activities imported", "activities named for letters", "activity added", "activity changed",
    "activity checked", "batch confirmed", "batch printed", "batch stopped", "breach changed", "breach registered",
    "colleague added", "colleague changed", "colleague left", "colleague's password renewed", "keys renewed",
    "letter text changed", "letter text restored", "list exported", "log checked", "log read",
    "made-up colleague added", "made-up neighbourhood added", "month report printed", "organisation changed",
    "organisation set up", "own password changed", "practice added", "practices imported", "recovery sheet renewed",
    "retention choice changed", "retention list approved", "retention list carried out", "retention list made",
    "retention list withdrawn", "retention terms changed", "sign-in name taken", "undone", "work handed over",
}  # fmt: skip
"""Actions that name no person, practice or case; a colleague who left has tests of their own."""


def _as_typed(person: Person) -> PersonDraft:
    return PersonDraft(id=person.id, version=person.version, surname="Visscher", phone="+31698765432")


def _walk_in(person: Person, practice: Practice) -> drafts.WalkInDraft:
    typed = vars(a_draft(practice, person_id=person.id))
    return drafts.WalkInDraft(**typed, destination="buddy", first_attended_on=today())


def _again(kept: Record, other: Record) -> MergeDraft:
    return MergeDraft(kept=kept.id, other=other.id, kept_version=kept.version, other_version=other.version)


def _typed_practice(practice: Practice) -> PracticeDraft:
    return PracticeDraft(id=practice.id, version=practice.version, name="Het Veen", street="Nieuwstraat", number="1",
                         postcode="5613 ZZ", town="Dorpstad")  # fmt: skip


def _talk(ended: Ended) -> PracticeTalk:
    talk = PracticeTalk(practice=ended.practice.id, held_on=clock.today(), agreed="Elke maand bellen")
    add_row(talk)
    return talk


def written_for(person: Person) -> set[tuple[str, tuple[Any, ...]]]:
    """Every row that stands under this person or a case of theirs, without versions."""
    found = set()
    for model in RECORDS:
        names = {link.name for link in model._meta.refs}
        columns = [field for field in model._meta.sorted_fields if field.name not in ("version", "bytes")]
        conditions = [model.person == person.id] if "person" in names else []
        if "voucher" in names:
            conditions.append(model.voucher.in_(Voucher.select(Voucher.id).where(Voucher.person == person.id)))
        for condition in conditions:
            found |= {(model.__name__, tuple(row)) for row in model.select(*columns).where(condition).tuples()}
    row = Person.get_by_id(person.id)
    return found | {("Person", tuple(str(value) for name, value in row.__data__.items() if name != "version"))}


def test_the_table_names_every_action() -> None:
    assert set(TRIED) | ABOUT_NOBODY == set(ACTIONS)
    assert not set(TRIED) & ABOUT_NOBODY


@pytest.mark.parametrize(("name", "number"), [(name, at) for name, tried in TRIED.items() for at in range(len(tried))])
def test_who_ended_takes_nothing(ended: Ended, name: str, number: int) -> None:
    before = {each.id: written_for(each) for each in (ended.gone, ended.nobody)}
    with suppress(Refused):
        TRIED[name][number](ended)
    assert orphans() == []
    for person in (ended.gone, ended.nobody):
        assert written_for(person) <= before[person.id]


def test_what_was_meant_for_who_was_merged_away_counts_for_who_stayed(ended: Ended) -> None:
    (no, *_rest), (told, *_more) = TRIED["consents recorded"], TRIED["person informed"]
    no(ended)
    told(ended)
    TRIED["request registered"][0](ended)
    answered = Consent.select().order_by(Consent.id.desc()).get()
    assert (answered.person_id, answered.answer) == (ended.stays.id, "no")
    assert Person.get_by_id(ended.stays.id).informed_on == clock.today()
    assert Request.select().order_by(Request.id.desc()).get().person_id == ended.stays.id
    assert find_person(ended.by, ended.gone.id).id == ended.stays.id


def test_what_was_meant_for_a_merged_practice_counts_for_the_one_that_stayed(ended: Ended) -> None:
    TRIED["contact added"][0](ended)
    TRIED["practice talk recorded"][0](ended)
    voucher = TRIED["voucher registered"][3](ended)
    assert voucher.practice_id == ended.practice.id
    assert voucher.person.own_practice_id == ended.practice.id
    assert Contact.get(Contact.surname == "Nieuw").practice_id == ended.practice.id
    assert PracticeTalk.get().practice_id == ended.practice.id
    assert list_practices(ended.by) == [ended.practice.id]


@pytest.mark.parametrize(
    ("name", "number", "says"),
    [
        ("person corrected", 0, r"Visscher is samengevoegd met .*Visser"),
        ("person corrected", 1, "vernietigd"),
        ("voucher registered", 1, r"Visscher is samengevoegd met .*Visser"),
        ("voucher registered", 2, "vernietigd"),
        ("data destroyed", 0, r"Visscher is samengevoegd met .*Visser"),
        ("data destroyed", 1, "vernietigd"),
        ("practice changed", 0, "Het Veen is samengevoegd met De Linde"),
        ("contact recorded", 0, "vernietigd"),
        ("intake corrected", 0, "vernietigd"),
        ("task postponed", 0, "vernietigd"),
        ("consents recorded", 2, "vernietigd"),
    ],
)
def test_what_cannot_go_on_elsewhere_is_refused_by_name(ended: Ended, name: str, number: int, says: str) -> None:
    with pytest.raises(Refused) as refused:
        TRIED[name][number](ended)
    assert re.search(says, refused.value.sentence())


def test_the_store_itself_refuses_whatever_the_action(ended: Ended) -> None:
    """An action that forgets it cannot store anything under who ended."""
    rows = [
        Request(person=ended.gone.id, kind="access", received_on=clock.today(), answer_by=clock.today()),
        Voucher(person=ended.gone.id, number="26-99999", dated_on=clock.today(), received_on=clock.today()),
        Person(surname="Nieuw", own_practice=ended.gone_practice.id),
        Enrolment(voucher=ended.case, person=ended.gone.id, enrolled_on=clock.today()),
        Consent(person=ended.nobody.id, purpose="hexagon", answer="yes", given_on=clock.today()),
        Contact(practice=ended.gone_practice.id, surname="Nieuw"),
    ]
    for row in rows:
        with pytest.raises(Refused, match=r"samengevoegd|vernietigd"):
            add_row(row)
    stub = Person.get_by_id(ended.gone.id)
    stub.phone = "+31612121212"
    with pytest.raises(Refused, match="samengevoegd"):
        add_row(stub)
