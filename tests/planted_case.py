"""Two real cases of one person with a word of its own in every text that is for coaches only. Knows no screen."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import peewee

from desktop import clock
from desktop.actions.appointments import plan_intake
from desktop.actions.contacts import record_contact
from desktop.actions.letter_sending import confirm_sent, fix_letter, send_letter
from desktop.actions.letters import approve_letter, edit_letter, write_letter
from desktop.actions.signals import write_signal
from desktop.rules.deeds import AppointmentDraft, ContactDraft
from desktop.rules.letterdraft import LetterDraft
from desktop.rules.signals import SignalDraft
from desktop.rules.staff import Member
from desktop.storage import changes
from desktop.storage.changes import Record
from desktop.storage.models import (
    Aftercare,
    Closing,
    Enrolment,
    Gap,
    Hold,
    Intake,
    MeldcodeStep,
    PracticeTalk,
    Voucher,
    Worry,
)
from tests.factory import add_activity, add_practice, add_row, add_voucher, days_ago

SECRET = (Intake, Aftercare, Worry, MeldcodeStep, Hold, Closing, Enrolment, Gap, PracticeTalk)
"""What intake staff do not read; of each of these every text gets a word."""
CODES: dict[str, str] = {
    "uid": "", "place": "office", "destination": "buddy", "state": "started", "first_known_by": "phone",
    "Aftercare.outcome": "stopped", "Aftercare.stop_reason": "illness", "Enrolment.stop_reason": "", "Worry.kind":
    "violence", "Closing.outcome": "passed_on", "Closing.reason": "", "must_report": "yes", "may_help": "no",
    **dict.fromkeys(("weigh_suspected", "weigh_unsafe", "weigh_able", "weigh_accepted", "weigh_safer"), "yes"),
}  # fmt: skip
"""Texts that hold a code instead of words."""
CONSONANTS = "bdfgklmnprstvwz"


@dataclass
class Planted:
    """Where each word stands, and the records by the name under which pages and queries ask for them."""

    words: dict[str, str]
    open_case: Voucher
    closed_case: Voucher
    rows: dict[str, list[int]]

    def word(self, place: str) -> str:
        """A word that occurs nowhere else."""
        number, base = len(self.words), len(CONSONANTS)
        made = "Zq" + "".join(CONSONANTS[number // base**power % base] for power in range(3)) + "xq"
        self.words[made] = place
        return made

    def met_in(self, texts: Iterator[str] | list[str]) -> dict[str, str]:
        """By place what was met of it."""
        return {place: text for text in texts for word, place in self.words.items() if word.lower() in text.lower()}


def plant(by: Member) -> Planted:
    """One case that goes on with an open worry, and an earlier one that was closed and told to the practice."""
    practice = add_practice("Huisartsenpraktijk De Iep", agb="01054399")
    first = add_voucher(by, practice, dated_on=days_ago(200))
    going_on = add_voucher(by, practice, dated_on=days_ago(90), person_id=first.person_id)
    planted = Planted({}, going_on, first, {})
    activity = add_activity("Koffie-inloop")
    for case in (first, going_on):
        _calls_and_plans(by, planted, case)
        for model in SECRET:
            _fill(planted, model, case, activity.id)
        _letters(by, planted, case)
    _close(first)
    planted.rows |= {"practice_id": [practice.id], "activity_id": [activity.id], "voucher_id": [first.id, going_on.id]}
    return planted


def _close(voucher: Voucher) -> None:
    with changes.deed(None, "closed by a test"):
        row = Voucher.get_by_id(voucher.id)
        row.status, row.outcome, row.due_on = "closed", "passed_on", None
        row.save()


def _calls_and_plans(by: Member, planted: Planted, case: Voucher) -> None:
    """A first call and an appointment, which intake staff see; a later call, which they do not."""
    first: dict[str, Any] = {"on": days_ago(60), "outcome": "reached", "note": "eerste gesprekje"}
    record_contact(by, ContactDraft(voucher_id=case.id, **first))
    later = planted.word("note of a later call")
    record_contact(by, ContactDraft(voucher_id=case.id, on=days_ago(5), outcome="reached", note=later))
    when: dict[str, Any] = {"day": clock.today() + timedelta(days=3), "hour": time(9 + case.id % 7)}
    plan = AppointmentDraft(voucher_id=case.id, **when, note="neemt haar zus mee", sure=True)
    planted.rows.setdefault("appointment_id", []).append(plan_intake(by, plan).id)


def _fill(planted: Planted, model: type[Record], case: Voucher, activity: int) -> None:
    values: dict[str, Any] = {}
    for field in model._meta.sorted_fields:
        if isinstance(field, peewee.ForeignKeyField) or field.name in ("id", "version"):
            continue
        values |= _value_of(planted, model, field, case)
    row = model(**values)
    links = {"voucher": case.id, "person": case.person_id, "practice": case.practice_id}
    if model is Enrolment and case.id % 2:
        links["activity"] = activity
    for name, target in links.items():
        if name in model._meta.fields and not (model is Enrolment and name == "practice"):
            setattr(row, name, target)
    if model is MeldcodeStep:
        row.worry, row.step = Worry.select().order_by(Worry.id.desc()).first(), 1
    add_row(row)
    planted.rows.setdefault(f"{model._meta.table_name}_id", []).append(row.id)


def _value_of(planted: Planted, model: type[Record], field: Any, case: Voucher) -> dict[str, Any]:
    code = CODES.get(f"{model.__name__}.{field.name}", CODES.get(field.name))
    if code == "" and field.name == "uid":
        return {}
    if code is not None:
        return {field.name: code}
    if type(field) is peewee.TextField:
        return {field.name: planted.word(f"{model.__name__}.{field.name}")}
    return _day_of(model, field, case)


def _day_of(model: type[Record], field: Any, case: Voucher) -> dict[str, Any]:
    """The days of a case that goes on, or of one that was closed."""
    closed = case.number.endswith("1")
    open_ended = {"done_on", "stopped_on", "reopened_on", "ended_on", "offered_on", "offer_until", "next_on"}
    if type(field).__name__ == "_DayField":
        if model is Closing:
            return {"closed_on": days_ago(20)} | ({} if closed else {"reopened_on": days_ago(10)})
        return {} if field.name in open_ended and model is not MeldcodeStep else {field.name: days_ago(30)}
    return {"called_at": clock.now()} if field.name == "called_at" else {}


def _letters(by: Member, planted: Planted, case: Voucher) -> None:
    letter = write_letter(by, case.id, "intake")
    said: dict[str, Any] = {"state": planted.word("letter: state"), "agreed": planted.word("letter: agreed")}
    edit_letter(by, LetterDraft(id=letter.id, version=None, ask="", next="Rond februari.", **said))
    approve_letter(by, letter.id)
    confirm_sent(by, send_letter(by, fix_letter(by, letter.id).id, "pdf").id)
    worry = Worry.get(Worry.voucher == case)
    sentence = f"Mevrouw {planted.word('signal')} zat in de kou."
    draft = SignalDraft(voucher_id=case.id, worry_id=worry.id, ground="meldcode", sentence=sentence, sure=True)
    signal = write_signal(by, draft)
    planted.rows.setdefault("letter_id", []).extend((letter.id, signal.id))


def texts_in(thing: Any, depth: int = 8) -> Iterator[str]:
    """Every text in what a query gives: records, frozen values and whatever holds them."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, bytes):
        yield thing.decode("utf-8", "ignore")
    elif depth == 0 or thing is None or isinstance(thing, int | float | date | datetime | time):
        return
    elif isinstance(thing, changes.Table):
        yield from texts_in(list(thing.__data__.values()), depth - 1)
        yield from texts_in(list(thing.__rel__.values()), depth - 1)
    elif is_dataclass(thing):
        yield from texts_in([getattr(thing, each.name) for each in fields(thing)], depth - 1)
    elif isinstance(thing, dict):
        yield from texts_in([*thing.keys(), *thing.values()], depth - 1)
    elif isinstance(thing, list | tuple | set | frozenset):
        for each in thing:
            yield from texts_in(each, depth - 1)
