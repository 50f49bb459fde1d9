"""Figures that were given to practices stay as they were when what they were counted from goes or moves.

Must not know why something goes, nor what a figure means.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from desktop import clock
from desktop.rules.valuecases import counts_in
from desktop.rules.values import FEWEST, Quarter, Values
from desktop.storage.addressees import merged_practices, standing_in
from desktop.storage.cases import read_cases
from desktop.storage.changes import Change, kind_of
from desktop.storage.models import ValuesKept, Voucher
from desktop.storage.values import figures_of

Told = set[tuple[int, Quarter]]


@contextmanager
def keeping_figures(voucher_ids: Iterable[int], moving_to: int | None = None) -> Iterator[None]:
    """Whatever the deed inside does to these cases, figures of quarters that were fixed say the same afterwards.

    `moving_to` is the practice that gets them, when they go to another one.
    """
    today = clock.today()
    told = _fixed(voucher_ids, today)
    told |= {(moving_to, quarter) for _practice, quarter in told if moving_to is not None}
    told |= _of_merged(told)
    before = figures_of(told, today)
    yield
    after = figures_of(told, today)
    for each in sorted(told):
        if before[each].kept:
            _keep_for_good(*each)
        elif before[each] != after[each]:
            _keep(*each, before[each])


def of_persons(*person_ids: int) -> list[int]:
    """Every voucher of these persons."""
    return [row[0] for row in Voucher.select(Voucher.id).where(Voucher.person.in_(person_ids)).tuples()]


def _fixed(voucher_ids: Iterable[int], today: date) -> Told:
    """The practices and quarters in whose figures these cases have a part, as far as nothing changes them any more."""
    found = {each for case in read_cases(voucher_ids).values() for each in counts_in(case)}
    return {(practice, quarter) for practice, quarter in found if quarter.fixed_on <= today}


def _of_merged(told: Told) -> Told:
    """The same quarters of practices that were merged into these: each has figures of its own."""
    merged = merged_practices()
    return {(gone, quarter) for gone in merged for stays, quarter in told if standing_in(merged, gone) == stays}


def _keep_for_good(practice_id: int, quarter: Quarter) -> None:
    """What was kept by an earlier deed is needed by this one too: it stays when that deed is taken back."""
    kept = (ValuesKept.counted_for == practice_id) & (ValuesKept.quarter == quarter.code)
    rows = ValuesKept.select(ValuesKept.id).where(kept)
    Change.delete().where((Change.table == kind_of(ValuesKept)) & Change.row.in_(rows)).execute()


def _keep(practice_id: int, quarter: Quarter, values: Values) -> None:
    """Of a group as a whole. What fewer than five people told of their visits to the GP is not kept."""
    contacts = values.contacts
    many = contacts.n >= FEWEST
    ValuesKept(
        counted_for=practice_id,
        quarter=quarter.code,
        received=values.received,
        arrived=values.arrived,
        started=values.started,
        began_before=values.group,
        active=values.active,
        letters=values.letters,
        on_time=values.on_time,
        pairs=contacts.n,
        contacts_before=round(contacts.before * contacts.n) if many else None,
        contacts_after=round(contacts.after * contacts.n) if many else None,
        of_few=values.of_few,
        earlier=values.earlier,
    ).save()
