"""Writing, changing and approving feedback letters. Must not know how a letter looks.

Consent is asked anew at each step, so that an answer withdrawn meanwhile is obeyed at once.
"""

from dataclasses import dataclass, replace

from desktop import clock
from desktop.actions.action import action
from desktop.actions.letter_asking import ask_before_fixing, keep_meant, odd_typed
from desktop.actions.letter_content import compose, draft_of
from desktop.actions.letter_state import (
    address,
    concept,
    facts_now,
    keep_corrected,
    member_may_approve,
    refuse_overtaken,
    refuse_second,
    refuse_unwritable,
    renewed,
    route_now,
    route_on,
    store_content,
    tells,
    typed_core,
)
from desktop.actions.signals import refreshed_core
from desktop.errors import Refused
from desktop.language import _
from desktop.rules.letterdraft import LetterDraft, check_draft, tidy
from desktop.rules.letterfields import attendance_of
from desktop.rules.letters import LetterContent
from desktop.rules.letters_due import (
    ENDINGS,
    SIGNAL,
    LetterFacts,
    Subject,
    furthest_to_write,
    happened,
    may_tell,
    settles,
    subject_of,
    why_not,
)
from desktop.rules.lettertexts import fill, text_of, values_for, why_not_yet
from desktop.rules.overtaken import as_text, filled_with
from desktop.rules.staff import CASEWORK, Member
from desktop.storage import letters as stored
from desktop.storage.consents import letter_may_tell
from desktop.storage.letterfields import core_facts
from desktop.storage.letters import Route, content_of, moments_of
from desktop.storage.letters_due import letter_facts
from desktop.storage.lettertexts import text_in_use
from desktop.storage.living import living_case
from desktop.storage.models import Letter, LetterMoment, Voucher

COUNTED = ("progress", "closing")  # letters that say how often someone was there


@action("letter written", may=CASEWORK)
def write_letter(by: Member, voucher_id: int, moment: str) -> Letter:
    """A concept about this moment, filled from the records; it settles earlier moments nobody wrote about."""
    if moment == SIGNAL:
        raise ValueError(moment)  # a signal is written with its ground: actions.signals
    return write_about(by, living_case(voucher_id), moment)


def write_about(by: Member, voucher: Voucher, moment: str) -> Letter:
    """The same inside the running action."""
    facts = letter_facts([voucher])[voucher.id]
    moment = furthest_to_write(facts, moment, clock.today())
    refuse_unwritable(facts, moment)
    route = route_now(voucher)
    refuse_second(facts, voucher, moment)
    letter = unwritten(by, voucher, moment, facts)
    covers = (*settles(facts, moment, clock.today()), *_absorb_concepts(voucher, facts, moment))
    _fill(letter, route, facts)
    for each in dict.fromkeys(covers):
        about = subject_of(facts, each)
        LetterMoment(letter=letter, moment=each, subject=about.id, said=about.said).save()
    return letter


@action("letter rewritten", may=CASEWORK)
def rewrite_letter(by: Member, letter_id: int) -> Letter:
    """Fill a concept anew from the records as they are now; what was typed in it goes, but not a signal's words."""
    letter = concept(letter_id)
    facts = facts_now(letter)
    letter.discussed = False
    _clear_approval(letter)
    if letter.moment == SIGNAL:
        _refresh_signal(letter)
        return letter
    refuse_unwritable(facts, letter.moment)
    _fill(letter, route_now(letter.voucher), facts)
    return letter


@action("letter edited", may=CASEWORK)
def edit_letter(by: Member, draft: LetterDraft) -> Letter:
    """Keep what the writer changed; an akkoord given before no longer counts."""
    letter = concept(draft.id)
    if draft.version is not None:
        letter.version = draft.version
    content = _edited(by, letter, draft)
    keep_corrected(letter, content.core)
    letter.discussed = draft.discussed
    _clear_approval(letter)
    store_content(letter, content)
    if draft.sure:
        keep_meant(letter, odd_typed(by, letter))
        letter.save()
    return letter


@action("letter discarded", may=CASEWORK)
def discard_letter(by: Member, letter_id: int) -> Letter:
    """Throw a concept away; the moment is owed again."""
    letter = concept(letter_id)
    throw_away(letter)
    return letter


@action("letter approved", may=CASEWORK)
def approve_letter(by: Member, letter_id: int, sure: bool = False) -> Letter:
    """The coach's akkoord, after which a colleague may send it; never on a text that does not fit on paper."""
    from desktop.paper.letter import render

    letter = concept(letter_id)
    if not member_may_approve(by, letter):
        raise Refused(_("Only the coach of this case, the substitute or the coordinator gives approval."))
    refuse_overtaken(letter)
    ask_before_fixing(by, letter, sure)
    render(renewed(letter))
    letter.approved_by, letter.approved_at = by.id, clock.now()
    letter.save()
    return letter


def unwritten(by: Member, voucher: Voucher, moment: str, facts: LetterFacts) -> Letter:
    """The letter about this moment as it would begin; nothing of it is stored."""
    about = subject_of(facts, moment)
    before = _before(voucher, moment, about)
    return Letter(
        voucher=voucher,
        person=voucher.person_id,
        moment=moment,
        written_by=by.id,
        subject=about.id,
        corrects=before.replaced,
        follows=before.followed,
    )


def filled(letter: Letter, route: Route, facts: LetterFacts) -> LetterContent:
    """Addressed, and its texts from the records as they are now; refused while they miss what it should be about."""
    today = clock.today()
    told, case = may_tell(facts), core_facts(letter.voucher, today)
    if why := why_not_yet(case, told):
        raise Refused(why)
    address(letter, route)
    kind, values = values_for(letter.moment, case, told)
    core = fill(text_in_use(kind), values, text_of(kind))
    counted = attendance_of(case.joined) if letter.moment in COUNTED else ""
    letter.facts = as_text(filled_with(kind, values, len(core), today, counted))
    return compose(letter, route, core, LetterDraft(id=letter.id or 0, attendance=counted), today, not told)


def why_not_written(voucher: Voucher, moment: str) -> str:
    """Why nothing is written about this moment of a case now; "" when a letter is owed, or may be written."""
    if moment == SIGNAL:
        return _("A signal is written with its ground, which is asked each time.")
    facts = letter_facts([voucher])[voucher.id]
    moment = furthest_to_write(facts, moment, clock.today())
    if not happened(facts, moment, clock.today()):
        return _("This has not happened yet, so nothing can be written about it.")
    told = _("The practice was told already.") if moment in facts.written else ""
    return why_not(facts, moment) or told or why_not_yet(core_facts(voucher, clock.today()), may_tell(facts))


@dataclass(frozen=True)
class _Before:
    """What the same practice heard before about this moment: what is no longer so, or what stays true."""

    replaced: Letter | None = None
    followed: Letter | None = None


def _before(voucher: Voucher, moment: str, about: Subject) -> _Before:
    """What was withdrawn or is no longer so is replaced; an earlier ending or further word stays true, and is followed.

    Only what the same practice had counts: to another practice this is the first word.
    """
    route = route_now(voucher)
    earlier = stored.letters_before(voucher.id, route.practice.id, ENDINGS if moment in ENDINGS else {moment})
    newest = next(iter(earlier), None)
    if newest is None:
        return _Before()
    stays_true = newest.withdrawn_on is None and stored.tells_of_another(newest.id, moment, about.id)
    return _Before(followed=newest) if stays_true else _Before(replaced=newest)


def _absorb_concepts(voucher: Voucher, facts: LetterFacts, moment: str) -> list[str]:
    """A later letter takes over earlier concepts nobody sent, so that the practice gets one letter."""
    if not may_tell(facts):
        return []
    taken: list[str] = []
    earlier = [each for each in settles(replace(facts, written=frozenset()), moment, clock.today()) if each != moment]
    for letter in stored.concepts_of(voucher.id, earlier):
        taken += [each.moment for each in moments_of(letter.id)]
        throw_away(letter)
    return taken


def throw_away(letter: Letter) -> None:
    """Inside the running action: a concept with what it would have settled."""
    for each in moments_of(letter.id):
        each.delete_instance()
    letter.delete_instance()


def _clear_approval(letter: Letter) -> None:
    letter.approved_by, letter.approved_at = None, None


def _fill(letter: Letter, route: Route, facts: LetterFacts) -> None:
    store_content(letter, filled(letter, route, facts))


def _refresh_signal(letter: Letter) -> None:
    """The words of a signal are the worker's own and stay; who gets it and when more follows is looked up again."""
    route, kept, core = route_now(letter.voucher, letter.moment), content_of(letter), refreshed_core(letter)
    address(letter, route)
    store_content(letter, compose(letter, route, core, draft_of(letter, kept), clock.today(), kept.receipt))


def _edited(by: Member, letter: Letter, draft: LetterDraft) -> LetterContent:
    facts = facts_now(letter)
    kept = content_of(letter)
    core = typed_core(kept, draft)
    if not tells(letter, facts) and core != kept.core:
        raise Refused(_("Without consent to report back the neutral receipt stays as it is."))
    if draft.with_marks and not letter_may_tell(letter, "hexagon"):
        raise Refused(with_marks=_("There is no consent for the hexagon in the letter."))
    if (core, tidy(draft.attendance)) != (kept.core, kept.attendance):
        check_draft(draft, stored.list_reason_words(by, letter.voucher_id), clock.today(), draft_of(letter, kept))
    return compose(letter, route_on(letter), core, draft, clock.today(), kept.receipt)
