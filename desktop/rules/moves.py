"""What goes along when a deed, a letter or a whole case moves to the right person, and what happens to its letters.

Pure: works on the one Case. Must not know tables, the clock or screens.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from desktop.errors import Refused
from desktop.language import N_, _
from desktop.rules.aftercare import ends_enrolments
from desktop.rules.cases import Case, Joined, Word
from desktop.rules.codes import LETTER_MOMENTS, word
from desktop.rules.dates import show_long
from desktop.rules.deceased import DECEASED
from desktop.rules.deed_kinds import DEED_KINDS
from desktop.rules.letters_due import SIGNAL, TOLD_BY
from desktop.rules.people import PersonDraft
from desktop.rules.staff import CASEWORK, OFFICE

MOVABLE = {kind.name: kind for kind in DEED_KINDS if kind.can_be_corrected and kind.name != "first_time"}
"""The deeds that can belong to another case; a first time goes with the signing up it is of."""
SITTING = timedelta(hours=1)
"""What was written down within this time belongs to one talk, unless staff say otherwise."""
DROPPED, WITHDRAWN, WRONG, RENAMED, ASKED = "dropped", "withdrawn", "wrong", "renamed", "asked"
FATES = {
    DROPPED: N_("The concept “{moment}” of {day} is thrown away."),
    WITHDRAWN: N_("The letter “{moment}” of {day} lies ready and is withdrawn."),
    WRONG: N_("{practice} had the letter “{moment}” of {day}, and that is then not right. Put it right there; it may "
              "be a data breach. It comes in Te doen."),
    RENAMED: N_("The concept “{moment}” of {day} goes along under the right name, and has to be approved anew."),
    ASKED: N_("The letter “{moment}” of {day}, or its copy, was handed out. Say first, with it, whether it was sent."),
}  # fmt: skip
"""What is said beforehand of each letter."""


@dataclass(frozen=True, order=True)
class Part:
    """One deed of a case, by the name of its kind."""

    kind: str
    id: int


@dataclass(frozen=True)
class Letters:
    """A letter and what becomes of it."""

    letter: Word
    fate: str

    def said(self) -> str:
        moment = word(LETTER_MOMENTS, self.letter.moment).lower()
        day = show_long(self.letter.sent_on or self.letter.written_on)
        return _(FATES[self.fate]).format(moment=moment, day=day, practice=self.letter.practice)


@dataclass(frozen=True, kw_only=True)
class MoveDraft:
    """A deed and the case it belongs to; `also` is what else of its old case goes along, as "kind:number"."""

    kind: str
    id: int
    version: int | None = None
    voucher_id: int
    also: tuple[str, ...] = ()
    sure: bool = False


@dataclass(frozen=True, kw_only=True)
class MoveLetterDraft:
    """A letter and the case it was meant for."""

    id: int
    version: int | None = None
    voucher_id: int
    sure: bool = False


@dataclass(frozen=True, kw_only=True)
class MoveCaseDraft:
    """A voucher and whose it is: somebody on file, or somebody new; `worries` says whose its worries are."""

    voucher_id: int
    version: int | None = None
    person_id: int | None = None
    new: PersonDraft | None = field(default=None)
    worries: str = ""  # "along" or "stay", asked where there are any
    sure: bool = False


# ---- what goes along


def parts_of(case: Case) -> dict[Part, date]:
    """Every deed of a case that can be moved, with its day."""
    found: dict[Part, date] = {}
    for name, kind in MOVABLE.items():
        found |= {Part(name, each.id): _day_of(each) for each in getattr(case, kind.in_case)}
    return found


def goes_along(case: Case, chosen: Iterable[Part]) -> tuple[Part, ...]:
    """These deeds with everything that would be nothing without them, what was chosen first."""
    found = list(dict.fromkeys(chosen))
    for each in found:
        found += [other for other in _belonging(case, each) if other not in found]
    return tuple(found)


def perhaps(case: Case, parts: Sequence[Part], written: Mapping[Part, datetime]) -> dict[Part, bool]:
    """What was written down on the same day as the first of these, with whether it was in one sitting."""
    first = written.get(parts[0])
    if first is None:
        return {}
    others = {each: abs(at - first) for each, at in written.items() if each not in parts and each in parts_of(case)}
    return {
        each: apart <= SITTING
        for each, apart in sorted(others.items())
        if written[each].date() == first.date()
    }


def without(case: Case, parts: Iterable[Part]) -> Case:
    """The case as if these deeds had never been recorded on it."""
    gone = set(parts)
    left: dict[str, Any] = {
        kind.in_case: tuple(each for each in getattr(case, kind.in_case) if Part(name, each.id) not in gone)
        for name, kind in MOVABLE.items()
    }
    left["joined"] = tuple(_as_if_not_ended(each, gone) for each in left["joined"])
    answers = tuple(each for each in case.answers if not given_in(gone, each.intake_id, each.attempt_id))
    return replace(case, **left, answers=answers)


def given_in(parts: Iterable[Part], intake_id: int | None, attempt_id: int | None) -> bool:
    """Whether an answer was given in one of these deeds."""
    return any(each in (Part("intake", intake_id or 0), Part("contact", attempt_id or 0)) for each in parts)


def _day_of(each: object) -> date:
    names = ("on", "enrolled_on", "noticed_on", "closed_on", "from_on")
    found: date = next(getattr(each, name) for name in names if hasattr(each, name))
    return found


def _belonging(case: Case, part: Part) -> Iterator[Part]:
    """A talk and the appointment it was go together; so do signing up and the appointments to go there."""
    if part.kind == "appointment":
        yield from (Part("intake", each.id) for each in case.intakes if each.appointment_id == part.id)
        yield from (Part("aftercare", each.id) for each in case.talks if each.appointment_id == part.id)
        yield from (Part("enrolment", each) for each in _went_to(case, part.id))
    if part.kind in ("intake", "aftercare"):
        talks = case.intakes if part.kind == "intake" else case.talks
        planned = next((each.appointment_id for each in talks if each.id == part.id), None)
        yield from [Part("appointment", planned)] if planned is not None else []
    if part.kind == "enrolment":
        yield from (Part("appointment", each.id) for each in case.visits if each.enrolment_id == part.id)


def _went_to(case: Case, visit_id: int) -> list[int]:
    """Where they went together on this appointment; one that is still to come says nothing of signing up."""
    held = (each for each in case.visits if each.id == visit_id and each.state == "held")
    return [each.enrolment_id for each in held if each.enrolment_id is not None]


def _as_if_not_ended(each: Joined, gone: set[Part]) -> Joined:
    if not {Part("closing", each.ended_by_id or 0), Part("aftercare", each.ended_in_id or 0)} & gone:
        return each
    return replace(each, state="started" if each.first_on else "enrolled", stopped_on=None, stop_reason="")


# ---- what becomes of the letters


def tells_of(letter: Word, parts: Iterable[Part]) -> bool:
    """Whether a letter is about one of these deeds, as far as it is kept which deed it is about."""
    told = {Part(TOLD_BY[each.moment], each.subject) for each in letter.settles if each.moment in TOLD_BY}
    told |= {Part("enrolment", each.enrolment_id) for each in letter.going_on}
    return bool((told | {Part("worry", letter.worry_id or 0)}) & set(parts))


def fates(case: Case, told: Iterable[int], handed: Iterable[int]) -> tuple[Letters, ...]:
    """What becomes of the letters that tell of what moves; of `handed` nobody said yet whether they went."""
    about, out = set(told), set(handed)
    found = [each for each in case.words if each.id in about and each.stands and each.copy_of_id is None]
    return tuple(fate_of(each, out) for each in found)


def fate_of(letter: Word, handed: Collection[int]) -> Letters:
    """What becomes of one letter that tells of somebody else; a letter that was sent may have a copy that was not."""
    if letter.id in handed:
        return Letters(letter, ASKED)
    if letter.state == "sent":
        return Letters(letter, WRONG)
    return Letters(letter, DROPPED if letter.state == "concept" else WITHDRAWN)


def fates_of_case(case: Case, misnamed: Iterable[int], handed: Iterable[int]) -> tuple[Letters, ...]:
    """What becomes of the letters of a case that goes to somebody else; `misnamed` bear another name than theirs."""
    wrong, out = set(misnamed), set(handed)
    found = [each for each in case.words if each.stands and each.copy_of_id is None]
    return tuple(
        Letters(each, RENAMED) if each.state == "concept" else fate_of(each, out)
        for each in found
        if each.id in wrong or each.state == "concept"
    )


def why_say_first(letters: Iterable[Letters]) -> str:
    """What has to be said before anything can move: nobody knows where these letters are."""
    return " ".join(each.said() for each in letters if each.fate == ASKED)


def ask_back(day: str, number: str) -> str:
    """What the practice is asked that had a letter about somebody else; names nobody. Always Dutch, as letters are."""
    return (
        f"Onze brief van {day} (kenmerk {number}) had u niet mogen krijgen: wat erin staat, hoort niet bij de persoon "
        "die erop genoemd is, of niet bij uw verwijzing. Wilt u de brief vernietigen, weghalen wat eruit in uw dossier "
        "staat, en ons laten weten dat dit gedaan is?"
    )


# ---- whether it may


def needed(parts: Iterable[Part], letters: Iterable[Letters] = ()) -> frozenset[str]:
    """Whose it is to move these: who may correct each of them; where a letter changes with it, a coach."""
    for_office = all(MOVABLE[each.kind].for_office for each in parts)
    return OFFICE if for_office and not list(letters) else CASEWORK


def refuse_move(case: Case, parts: Sequence[Part], target: Case) -> None:
    """Why these deeds cannot stand in that case: it is the same one, or it has ended before them."""
    if case.id == target.id:
        raise Refused(_("It is with this voucher already. Choose another one."))
    if any(each.outcome == DECEASED for each in case.endings if Part("closing", each.id) in parts):
        raise Refused(_("That somebody died belongs to the person. Take the death back here, and record it there."))
    if target.ending is None:
        return
    if any(each.reopened_on is None for each in case.endings if Part("closing", each.id) in parts):
        raise Refused(_("Voucher {number} is closed already.").format(number=target.number))
    days = parts_of(case)
    late = any(days[each] > target.ending.closed_on for each in parts if each in days)
    if late or _still_goes_on(case, parts):
        day = show_long(target.ending.closed_on)
        raise Refused(
            _("Voucher {number} was closed on {day}, before this. Open it again first.").format(
                number=target.number, day=day
            )
        )


def doubts(case: Case, parts: Sequence[Part], target: Case) -> list[str]:
    """What is asked: deeds of before the voucher, and answers that were given for another practice."""
    asked, days = [], parts_of(case)
    first = target.dated_on or target.received_on
    if any(days[each] < first for each in parts if each in days):
        asked.append(
            _("This was before the day of voucher {number}, {day}. Is that right?").format(
                number=target.number, day=show_long(first)
            )
        )
    if case.addressee_id != target.addressee_id and any(
        each.practice_id is not None and given_in(parts, each.intake_id, each.attempt_id) for each in case.answers
    ):
        asked.append(
            _("What was answered in it was answered for another practice: for voucher {number} it has to be asked "
              "again.").format(number=target.number)
        )  # fmt: skip
    if target.standing and _ends_places(case, parts):
        places = ", ".join(each.title for each in target.standing)
        asked.append(
            _("With it these end at voucher {number}: {places}.").format(number=target.number, places=places)
        )
    return asked


def _ends_places(case: Case, parts: Sequence[Part]) -> bool:
    """Whether a closing or a talk among these ends what stands on the case it comes to."""
    closings = any(Part("closing", each.id) in parts and each.reopened_on is None for each in case.endings)
    return closings or any(Part("aftercare", each.id) in parts and ends_enrolments(each.outcome) for each in case.talks)


def _still_goes_on(case: Case, parts: Sequence[Part]) -> bool:
    """Whether something among these is still to come or goes on, which a closed case does not take."""
    visits = any(Part("appointment", each.id) in parts for each in case.planned)
    places = any(Part("enrolment", each.id) in parts for each in case.standing)
    holds = any(Part("hold", each.id) in parts and each.ended_on is None for each in case.pauses)
    return visits or places or holds


def refuse_letter(letter: Word, case: Case, target: Case) -> None:
    """Why a letter cannot be moved by itself: a copy goes with its letter, a signal with its worry."""
    if case.id == target.id:
        raise Refused(_("It is with this voucher already. Choose another one."))
    if letter.copy_of_id is not None:
        raise Refused(_("This is the copy of another letter. Move that one; its copy goes along."))
    if letter.moment == SIGNAL and letter.worry_id is not None:
        raise Refused(_("This signal is about a worry. Move the worry; the signal follows."))
    if letter.mixed_up:
        raise Refused(_("It is known of this letter that it tells of somebody else. Withdraw it."))
