"""Writing a signal to the practice: what was noticed, on a ground that is asked each time. Must not know screens."""

from dataclasses import replace

from desktop import clock
from desktop.actions.action import action
from desktop.actions.consents import answer_consent
from desktop.actions.endings import set_own_practice
from desktop.actions.letter_asking import keep_meant, odd_typed
from desktop.actions.letter_content import compose
from desktop.actions.letter_state import address, overtaken_in, route_now, store_content
from desktop.errors import Refused, ask
from desktop.language import _
from desktop.rules import signals as rules
from desktop.rules.dates import show_long
from desktop.rules.letterdraft import LetterDraft, tidy
from desktop.rules.letters_due import SIGNAL, due_moments, why_no_signal
from desktop.rules.lettertexts import Core, core_for, headings_with
from desktop.rules.overtaken import sentence_of
from desktop.rules.signals import SignalDraft
from desktop.rules.staff import CASEWORK, Member
from desktop.storage import letters as stored
from desktop.storage import signals as stored_signals
from desktop.storage.letterfields import core_facts
from desktop.storage.letters import content_of
from desktop.storage.letters_due import letter_facts
from desktop.storage.lettertexts import text_in_use
from desktop.storage.living import living_case
from desktop.storage.models import Letter, LetterMoment, Voucher, Worry


@action("signal written", may=CASEWORK)
def write_signal(by: Member, draft: SignalDraft) -> Letter:
    """A concept in the worker's own words; it settles nothing else, and a case may have several."""
    voucher = living_case(draft.voucher_id)
    if draft.own_practice is not None:
        set_own_practice(voucher.person, draft.own_practice)
    facts = letter_facts([voucher])[voucher.id]
    if why := why_no_signal(facts):
        raise Refused(why) if facts.doctor else Refused(own_practice=why)
    worry = _worry(draft, voucher)
    kinds = {worry.kind} if worry is not None else stored_signals.open_kinds(voucher.person_id)
    reasons = tuple(stored.list_reason_words(by, voucher.id))
    rules.check(draft, stored_signals.gp_may_hear(voucher), reasons, clock.today(), kinds)
    assert draft.ground is not None
    if worry is not None and not draft.sure:
        _doubt_second(worry)
    if draft.ground == "consent" and draft.agreed:
        answer_consent(by, voucher, SIGNAL, "yes", clock.today(), "spoken", route_now(voucher, SIGNAL).practice.id)
    letter = Letter(
        voucher=voucher,
        person=voucher.person_id,
        moment=SIGNAL,
        written_by=by.id,
        ground=draft.ground,
        worry=worry,
        corrects=stored.withdrawn_signal(voucher.id, worry.id if worry else None),
    )
    _fill(letter, draft)
    if draft.sure:
        keep_meant(letter, odd_typed(by, letter))
        letter.save()
    LetterMoment(letter=letter, moment=SIGNAL).save()
    return letter


def _worry(draft: SignalDraft, voucher: Voucher) -> Worry | None:
    """The worry it was opened from, if that is of this case."""
    worry = Worry.get_one(draft.worry_id) if draft.worry_id is not None else None
    if worry is not None and worry.voucher_id != voucher.id:
        raise ValueError(draft.worry_id)
    return worry


def _doubt_second(worry: Worry) -> None:
    """A colleague may have had the same form open."""
    if (letter := stored.standing_signal(worry.id)) is not None:
        day = show_long(letter.written_on)
        ask(_("There is a signal about this worry already, of {day}. Is another one meant?").format(day=day))


def refreshed_core(letter: Letter) -> Core:
    """The worker's words as they are; what the program wrote round them and the days have overtaken, anew.

    Refused when a day that is over stands in the worker's own words: those are the worker's to change.
    """
    overtaken = overtaken_in(letter)
    ours = dict(_core(letter, ""))
    for own in headings_with(text_in_use(SIGNAL), "signaal"):
        ours.pop(own, None)
    if left := [each for each in overtaken if each.heading not in ours]:
        raise Refused(sentence_of(left))
    anew = {each.heading: ours[each.heading] for each in overtaken}
    return tuple((heading, anew.get(heading, text)) for heading, text in content_of(letter).core)


def _fill(letter: Letter, draft: SignalDraft) -> None:
    route = route_now(letter.voucher, SIGNAL)
    address(letter, route)
    core = _core(letter, tidy(draft.sentence))
    store_content(letter, compose(letter, route, core, LetterDraft(id=0), clock.today(), receipt=False))


def _core(letter: Letter, sentence: str) -> Core:
    today = clock.today()
    due = due_moments(letter_facts([letter.voucher])[letter.voucher_id], today)
    facts = replace(
        core_facts(letter.voucher, today),
        signal=sentence,
        ground=letter.ground,
        owed_on=next((each.due_on for each in due if each.moment != SIGNAL and not each.why_not), None),
    )
    return rules.with_ground(core_for(SIGNAL, facts, True, text_in_use), letter.ground, text_in_use(SIGNAL))
