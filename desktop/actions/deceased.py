"""That somebody died is a fact of the person: every case, call, card and letter stops with it, and comes back from it.

Must not know forms.
"""

from collections.abc import Sequence
from datetime import date

from desktop import clock
from desktop.actions.action import action
from desktop.actions.ends import End, end_case, resume_case, settle_outcome, stand_again, stop
from desktop.errors import Refused, ask
from desktop.language import _
from desktop.rules.deceased import DECEASED, DeathDraft, check_death
from desktop.rules.ends import reason_of
from desktop.rules.names import full
from desktop.rules.staff import CASEWORK, Member
from desktop.storage.ends import deceased_closings, ended_with_death, kept_places_of, open_cases_of
from desktop.storage.living import living_person
from desktop.storage.models import Closing, Person, Voucher


@action("death recorded", may=CASEWORK)
def record_death(by: Member, draft: DeathDraft) -> Person:
    """Heard of, whatever case is open: all of them are closed."""
    person = living_person(draft.person_id)
    check_death(draft, clock.today())
    assert draft.deceased_on is not None
    note_death(by, person, draft.deceased_on, draft.sure)
    return person


@action("death taken back", may=CASEWORK)
def take_back_death(by: Member, person_id: int, sure: bool = False) -> Person:
    """It was somebody else, or a mistake: what was closed for it stands again."""
    person = living_person(person_id)
    if person.deceased_on is None:
        raise Refused(_("Nothing says that this person died."))
    closings = deceased_closings(person.id)
    if closings and not sure:
        ask(lives_sentence(closings))
    take_away(closings, person)
    return Person.get_one(person.id)


def note_death(by: Member, person: Person, on: date, sure: bool, closed: int | None = None) -> None:
    """Inside the running action: every other case is closed, and no place is kept."""
    others = open_cases_of(person.id, closed)
    if others and not sure:
        ask(outcome=_ends_sentence(others))
    for voucher in others:
        _close(by, voucher, on)
    for place, closing in kept_places_of(person.id):
        stop(place, End(on, reason_of(DECEASED, ""), closing=closing))
    fresh = Person.get_one(person.id)
    fresh.deceased_on = on
    fresh.save()


def note_life(person: Person) -> None:
    """Inside the running action: nothing says any more that this person died."""
    fresh = Person.get_one(person.id)
    if fresh.deceased_on is None:
        return
    for enrolment in ended_with_death(fresh.id, fresh.deceased_on):
        stand_again(enrolment)
    fresh.deceased_on = None
    fresh.save()


def take_away(closings: Sequence[Closing], lives: Person | None = None) -> None:
    """Inside the running action: as if these cases were never closed, and `lives` never died."""
    for each in closings:
        resume_case(each, as_if_never=True)
        each.delete_instance()
    if lives is not None:
        note_life(lives)
    settle_outcomes(closings)


def settle_outcomes(closings: Sequence[Closing]) -> None:
    for each in closings:
        settle_outcome(Voucher.get_one(each.voucher_id))


def lives_sentence(closings: Sequence[Closing]) -> str:
    """What is asked before cases are opened that were closed because somebody died."""
    numbers = ", ".join(each.voucher.number for each in closings)
    return _("{name} did not die after all: voucher {numbers} is opened again. Is that right?").format(
        name=full(closings[0].person.known_as), numbers=numbers
    )


def _ends_sentence(others: Sequence[Voucher]) -> str:
    numbers = ", ".join(each.number for each in others)
    return _("Voucher {numbers} of this person is closed too, and nobody is called or written to any more. Is that "
             "right?").format(numbers=numbers)  # fmt: skip


def _close(by: Member, voucher: Voucher, on: date) -> None:
    closing = Closing(
        voucher=voucher, person=voucher.person_id, staff=by.id or None, closed_on=on, outcome=DECEASED
    )
    closing.save()
    end_case(closing)
    settle_outcome(voucher)
