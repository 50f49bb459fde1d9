"""What moves with a deed or a case: its rows, when they were written down, which letters name whom. Knows no rules."""

import json
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

import peewee

from desktop import clock
from desktop.rules.moves import MOVABLE, Part
from desktop.rules.staff import OFFICE, Member
from desktop.storage.changes import MODELS, OF_PERSON, Audit, Change, Record, kind_of
from desktop.storage.database import query
from desktop.storage.models import (
    Consent,
    Dispatch,
    Letter,
    MeldcodeStep,
    OthersMark,
    Postponement,
    Voucher,
)
from desktop.storage.vouchers import list_vouchers

OF_CASE = "voucher"


@query(may=OFFICE)
def list_other_cases(
    by: Member, voucher_id: int, text: str = "", sort: str = "received_on", descending: bool = True
) -> list[int]:
    """Every case but this one; those of the same person first, since two vouchers of one person are mixed up most."""
    whose = Voucher.get_one(voucher_id).person_id
    same = {row[0] for row in Voucher.select(Voucher.id).where(Voucher.person == whose).tuples()}
    found = [each for each in list_vouchers(by, text, sort=sort, descending=descending) if each != voucher_id]
    return sorted(found, key=lambda each: each not in same)


def table_of(part: Part) -> type[Record]:
    return MODELS[MOVABLE[part.kind].table]


def rows_of(parts: Iterable[Part]) -> list[Any]:
    """The deeds themselves, as they are stored now."""
    return [table_of(each).get_one(each.id) for each in parts]


def written_at(voucher_id: int) -> dict[Part, datetime]:
    """When each deed of a case was written down, on the clock in Amsterdam."""
    found: dict[Part, datetime] = {}
    for name, kind in MOVABLE.items():
        model = MODELS[kind.table]
        ids = model.select(model.id).where(model.voucher == voucher_id)
        made = Change.before.is_null() & Change.after.is_null() & (Change.table == kind.table) & Change.row.in_(ids)
        for row, at in Change.select(Change.row, Audit.at).join(Audit).where(made).tuples():
            found[Part(name, row)] = clock.local(at)
    return found


def whole_case(voucher_id: int) -> Iterator[Any]:
    """Every row that says of whom it is and of which case, but for letters: those bear a name."""
    for model in MODELS.values():
        if {OF_CASE, OF_PERSON} <= set(model._meta.fields) and model is not Letter:
            yield from model.select().where(model.voucher == voucher_id).order_by(model.id)


def letters_of(voucher_id: int) -> list[Letter]:
    """Every letter of a case, withdrawn ones and copies too."""
    return list(Letter.select().where(Letter.voucher == voucher_id).order_by(Letter.id))


def handed_out(voucher_id: int) -> set[int]:
    """Fixed letters that left our hands, themselves or as a copy, while nobody said whether they were sent."""
    rows = (
        Letter.select(Letter.id, Letter.copy_of)
        .join(Dispatch)
        .where((Letter.voucher == voucher_id) & (Letter.state == "fixed") & Letter.withdrawn_on.is_null())
        .where(Dispatch.confirmed_at.is_null())
    )
    return {each for row in rows.tuples() for each in row if each is not None}


def answers_given_in(parts: Collection[Part]) -> list[Consent]:
    """The answers that were given in one of these talks or contacts."""
    kept_with = Consent.intake.in_(_ids(parts, "intake")) | Consent.attempt.in_(_ids(parts, "contact"))
    return list(Consent.select().where(kept_with).order_by(Consent.id))


def steps_of(parts: Collection[Part]) -> list[MeldcodeStep]:
    return list(MeldcodeStep.select().where(MeldcodeStep.worry.in_(_ids(parts, "worry"))))


def letters_about(parts: Collection[Part]) -> list[Letter]:
    """Every letter that is about one of these worries, withdrawn ones and copies too."""
    return list(Letter.select().where(Letter.worry.in_(_ids(parts, "worry"))).order_by(Letter.id))


def put_off_with(voucher_id: int, parts: Collection[Part]) -> list[Postponement]:
    """Tasks that were put off and are about one of these."""
    subjects = [*_ids(parts, "appointment"), *_ids(parts, "enrolment")]
    return list(
        Postponement.select().where((Postponement.voucher == voucher_id) & Postponement.subject.in_(subjects))
    )


def others_marks(rows: Iterable[Record]) -> list[OthersMark]:
    """What was marked as holding data of others among these rows."""
    found: list[OthersMark] = []
    for row in rows:
        here = (OthersMark.table == kind_of(type(row))) & (OthersMark.row == row.id)
        found += list(OthersMark.select().where(here))
    return found


def written_instead(letter: Letter) -> list[Letter]:
    """What was written about the same while this letter did not count; the two would both stand."""
    same = (Letter.voucher == letter.voucher_id) & (Letter.moment == letter.moment) & (Letter.id != letter.id)
    stand = Letter.withdrawn_on.is_null() & Letter.corrects.is_null() & (Letter.mixed_up == "")
    about = (Letter.recipient_key == letter.recipient_key) & (Letter.subject == letter.subject)
    return list(Letter.select().where(same & stand & about & (Letter.state != "sent")))


def to_be_right_again(voucher_id: int) -> list[tuple[Letter, int | None]]:
    """Letters that were said to tell of somebody else, of which everything they tell is back on this case.

    With the worry that each was about.
    """
    found = []
    for letter in Letter.select().where((Letter.voucher == voucher_id) & (Letter.mixed_up == "deed")):
        marked = _marked_in(letter)
        if marked is not None and _is_all_back(marked, voucher_id):
            found.append((letter, json.loads(marked.before).get("worry_id")))
    return found


def _marked_in(letter: Letter) -> Change | None:
    mine = (Change.table == kind_of(Letter)) & (Change.row == letter.id)
    marked: Change | None = (
        Change.select()
        .where(mine & (peewee.fn.json_extract(Change.after, "$.mixed_up") == "deed"))
        .order_by(Change.id.desc())
        .first()
    )
    return marked


def _is_all_back(marked: Change, voucher_id: int) -> bool:
    """Whether each deed that left the case in that action stands on it again; a letter moved alone stays wrong."""
    left = [
        change
        for change in Change.select().where((Change.audit == marked.audit_id) & Change.before.is_null(False))
        if change.after is not None and json.loads(change.before).get("voucher_id") == voucher_id
    ]
    rows = [MODELS[each.table].get_or_none(MODELS[each.table].id == each.row) for each in left]
    return bool(left) and all(row is not None and row.voucher_id == voucher_id for row in rows)


# ---- nothing points to another case


def strays() -> list[str]:
    """What points to a deed of another case, or says another person than its case does: nothing should."""
    return [f"{kind_of(model)} {row.id}" for model, wrong in _astray() for row in _with_case(model).where(wrong)]


def are_torn(audit: Audit) -> bool:
    """Whether something that this action changed points to a deed of another case, or is pointed to from one."""
    return any(_with_case(model).where(wrong).exists() for model, wrong in _astray(audit))


def _with_case(model: Any) -> Any:
    return model.select().join(Voucher, on=(model.voucher == Voucher.id))


def _astray(audit: Audit | None = None) -> Iterator[tuple[Any, Any]]:
    """Per table which of its rows are not of one case with what they point to, as far as an action touched them."""
    for model in MODELS.values():
        if OF_CASE not in model._meta.fields:
            continue
        mine = _touched(audit, model, model.id)
        if OF_PERSON in model._meta.fields:
            yield model, (model.person != Voucher.person) & (mine | _touched(audit, Voucher, model.voucher))
        for link in model._meta.refs:
            if OF_CASE in link.rel_model._meta.fields and link.rel_model is not Letter:
                other = link.rel_model.alias()
                elsewhere = other.select(peewee.SQL("1")).where((other.id == link) & (other.voucher != model.voucher))
                yield model, peewee.fn.EXISTS(elsewhere) & (mine | _touched(audit, link.rel_model, link))


def _touched(audit: Audit | None, model: type[Record], number: Any) -> Any:
    if audit is None:
        return peewee.Value(True)
    rows = Change.select(Change.row).where((Change.audit == audit) & (Change.table == kind_of(model)))
    return number.in_(rows)


def _ids(parts: Iterable[Part], kind: str) -> list[int]:
    return [each.id for each in parts if each.kind == kind]


