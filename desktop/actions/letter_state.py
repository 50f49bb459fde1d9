"""What is true of a letter now: may it be written, approved, sent; is it what it was. Changes nothing."""

from dataclasses import replace
from datetime import date

from desktop import clock
from desktop.actions.letter_content import compose, draft_of, recipient
from desktop.errors import Refused, StorageProblem
from desktop.language import _
from desktop.rules.addresses import no_post_to
from desktop.rules.cases import Case
from desktop.rules.codes import LETTER_MOMENTS, word
from desktop.rules.dates import show_long
from desktop.rules.letter_envelope import address_lines, subject
from desktop.rules.letterdraft import LetterDraft
from desktop.rules.letterfields import CoreFacts, attendance_of
from desktop.rules.letters import LetterContent
from desktop.rules.letters_due import (
    SIGNAL,
    LetterFacts,
    happened,
    may_approve,
    may_tell,
    subjects_of,
    taken_back,
    why_mixed_up,
    why_no_signal,
    why_not,
)
from desktop.rules.lettertexts import Core, values_for
from desktop.rules.overtaken import (
    Filled,
    Overtaken,
    as_text,
    corrected,
    filled_with,
    from_text,
    overtaken,
    sentence_of,
)
from desktop.rules.staff import Member
from desktop.storage.cases import read_case
from desktop.storage.changes import ITSELF
from desktop.storage.consents import letter_may_tell
from desktop.storage.letterfields import core_facts, facts_for
from desktop.storage.letterparts import content_text, whole_pdf
from desktop.storage.letters import (
    Route,
    content_of,
    copy_route_of,
    later_letter,
    moments_of,
    pdf_of,
    route_for,
    standing_letter,
)
from desktop.storage.letters_due import letter_facts
from desktop.storage.lettertexts import text_in_use
from desktop.storage.models import Letter, Voucher
from desktop.storage.returned_post import is_back


def fixed_bytes(letter: Letter) -> bytes:
    """The bytes as they were fixed; damaged ones are never handed out."""
    kept = pdf_of(letter.id)
    pdf = whole_pdf(kept) if kept else None
    if pdf is None:
        raise StorageProblem(_("The fixed letter is damaged. Restore the last backup."))
    return pdf


def concept(letter_id: int) -> Letter:
    letter = Letter.get_one(letter_id)
    refuse_withdrawn(letter)
    if letter.state != "concept":
        raise Refused(_("This letter is fixed: nothing in it changes any more. Withdraw it to write it anew."))
    return letter


def facts_now(letter: Letter) -> LetterFacts:
    facts = letter_facts([letter.voucher])[letter.voucher_id]
    covered = {each.moment for each in moments_of(letter.id)} | {letter.moment}
    return replace(facts, written=facts.written - covered, consent=_consent_now(letter, facts))


def _consent_now(letter: Letter, facts: LetterFacts) -> str:
    """A copy goes to somebody who may work elsewhere by now: that practice has its own answer."""
    if letter.copy_of_id is None:
        return facts.consent
    return "yes" if letter_may_tell(letter, "report_back") else "ask"


def member_may_approve(by: Member, letter: Letter) -> bool:
    return may_approve(by, letter.voucher.coach_id, letter.voucher.substitute_id)


def route_now(voucher: Voucher, moment: str = "") -> Route:
    route = route_for(voucher, moment)
    if route is None and moment == SIGNAL:
        raise Refused(own_practice=_("Nobody knows who the GP is. Ask this person."))
    if route is None:
        raise Refused(_("There is nobody to write to: the voucher has no practice."))
    return route


def route_on(letter: Letter) -> Route:
    """To whom this letter was addressed when it was written."""
    return Route(letter.practice, letter.recipient)


def refuse_unwritable(facts: LetterFacts, moment: str) -> None:
    if not happened(facts, moment, clock.today()):
        raise Refused(_("This has not happened yet, so nothing can be written about it."))
    if why := why_not(facts, moment):
        raise Refused(why)


def refuse_second(facts: LetterFacts, voucher: Voucher, moment: str) -> None:
    if moment not in facts.written:
        return
    letter = standing_letter(voucher.id, moment, route_now(voucher).practice.id)
    assert letter is not None
    kind, day = word(LETTER_MOMENTS, letter.moment), show_long(letter.written_on)
    if letter.state == "sent":
        raise Refused(_("The practice was told already: letter “{kind}” of {day}.").format(kind=kind, day=day))
    raise Refused(_("There is already a letter “{kind}” of {day}; open that one.").format(kind=kind, day=day))


def refuse_withdrawn(letter: Letter) -> None:
    if letter.withdrawn_on is not None:
        raise Refused(_("This letter was withdrawn."))


def refuse_stopped(letter: Letter) -> None:
    if why := why_stopped(letter):
        raise Refused(why)


def why_stopped(letter: Letter) -> str:
    """Why the letter may not go out as it stands: it may not go at all, or the records have overtaken it."""
    return why_barred(letter) or why_otherwise(letter)


def why_barred(letter: Letter) -> str:
    """Why the letter may not go out, whatever its texts say."""
    if letter.withdrawn_on is not None:
        return ""
    if letter.mixed_up:
        return why_mixed_up(letter.mixed_up)
    if why := letter.person.why_ended(ITSELF):
        return str(why)
    facts = facts_now(letter)
    return _why_not_this(letter, facts) or _why_not_so_much(letter, facts) or _why_not_there(letter)


def _why_not_so_much(letter: Letter, facts: LetterFacts) -> str:
    """It holds more than it may tell, or less."""
    content = content_of(letter)
    if not tells(letter, facts) and not content.receipt:
        return _("Without consent to report back only a neutral receipt may go out. Fill the letter anew.")
    if tells(letter, facts) and content.receipt and letter.state == "concept":
        return _("There is consent to report back now: fill the letter anew.")
    if content.marks and not letter_may_tell(letter, "hexagon"):
        return _("There is no consent for the hexagon in the letter. Leave it out.")
    return ""


def _why_not_there(letter: Letter) -> str:
    """It came back, should go elsewhere by now, or its reader knows more already."""
    if letter.state == "fixed" and is_back(letter.id):
        return _("This letter came back. Look at the address first.")
    route = _route_by_now(letter)
    if route is None or route.key != letter.recipient_key:
        if letter.copy_of_id is not None:
            return _("This copy should no longer go to this referrer.")
        return _("The letter should now go to someone else. Fill it anew.")
    if letter.state == "fixed" and has_moved(letter):
        return _("The address was changed since: write the letter anew.")
    if (later := told_since(letter)) is not None:
        return _("The letter of {day} tells more. Withdraw this one.").format(day=show_long(later.written_on))
    return ""


def why_no_post(letter: Letter) -> str:
    """Why this letter cannot go on paper: its practice has no address where post arrives."""
    return no_post_to(letter.practice.name, letter.practice)


def refuse_no_post(letter: Letter) -> None:
    """Before anything is fixed or printed; as text or PDF it may still go."""
    if why := why_no_post(letter):
        raise Refused(why)


def why_no_copy(letter: Letter) -> str:
    """Why a copy of this letter is asked about before it is printed: it is not to be read by anybody any more."""
    if letter.withdrawn_on is not None:
        return _("This letter was withdrawn.")
    if letter.moment != SIGNAL and not content_of(letter).receipt and not may_tell(facts_now(letter)):
        return _("There is no consent to report back any more.")
    return why_otherwise(letter)


def is_overtaken(letter: Letter) -> bool:
    """Whether a fixed letter that did not arrive bears another address, or says something else, than it would now."""
    if letter.state != "fixed" or letter.withdrawn_on is not None:
        return False
    return has_moved(letter) or bool(why_otherwise(letter)) or told_since(letter) is not None


def why_otherwise(letter: Letter) -> str:
    """What the records deny of a letter that was not sent yet: the deed that it is about, or sentences of it."""
    return _deed_taken_back(letter) or sentence_of(overtaken_in(letter))


def has_moved(letter: Letter) -> bool:
    """Whether it bears another address than it would get now."""
    route = _route_by_now(letter)
    return route is not None and address_lines(recipient(route)) != content_of(letter).address


def overtaken_in(letter: Letter) -> tuple[Overtaken, ...]:
    """Each sentence of a letter that was not sent yet and that the records or the days have overtaken."""
    if letter.state == "sent" or letter.withdrawn_on is not None:
        return ()
    content, source = content_of(letter), letter.copy_of or letter
    then, today = from_text(source.facts), clock.today()
    if then is None:  # in the worker's own words, or of before this was kept: only days that are over show
        then = Filled(source.written_on, ())
        return (*overtaken(then, then, content.core, text_in_use, today), *_envelope(letter, content))
    now = _filled_by_now(source, then, content.receipt)
    anew = _filled_by_now(source, then, content.receipt, today) if then.on < today else now
    return (*overtaken(then, now, content.core, text_in_use, today, anew), *_envelope(letter, content))


def _filled_by_now(letter: Letter, then: Filled, receipt: bool, on: date | None = None) -> Filled:
    """What the same letter would be filled with from the records of now, written on the same day or on another."""
    return _filled_from(core_facts(letter.voucher, on or then.on), letter, then, receipt)


def _filled_from(case: CoreFacts, letter: Letter, then: Filled, receipt: bool) -> Filled:
    kind, values = values_for(letter.moment, case, not receipt)
    counted = attendance_of(case.joined) if then.attendance else ""
    return filled_with(kind, values, len(then.headings), then.on, counted)


def tells_only_with(letter: Letter, case: Case, rest: Case) -> bool:
    """Whether it says what the records of its case say, and would not say without some deeds: `rest` is without."""
    then, content = from_text(letter.facts), content_of(letter)
    if then is None:
        return False
    facts = [facts_for(each, letter.voucher, then.on) for each in (case, rest)]
    filled = [_filled_from(each, letter, then, content.receipt) for each in facts]
    said, left = (set(overtaken(then, each, content.core, text_in_use, then.on)) for each in filled)
    return bool(left - said)


def _envelope(letter: Letter, content: LetterContent) -> tuple[Overtaken, ...]:
    """What stands round the texts of a fixed letter; that of a concept is made anew when it is fixed."""
    if letter.state != "fixed":
        return ()
    person = letter.voucher.person
    now = subject(person.known_as, person.birth_date)
    return (Overtaken(_("Subject"), content.subject, now),) if now != content.subject else ()


def keep_corrected(letter: Letter, after: Core) -> None:
    """Under a heading whose text the writer changed, the letter counts as written from the records of now."""
    then, content = from_text(letter.facts), content_of(letter)
    if then is not None and after != content.core:
        now = _filled_by_now(letter, then, content.receipt)
        letter.facts = as_text(corrected(then, now, content.core, after))


def refuse_overtaken(letter: Letter) -> None:
    """The records changed since: every sentence of it is named."""
    if why := why_otherwise(letter):
        raise Refused(why)


def told_since(letter: Letter) -> Letter | None:
    """A later letter to the same practice that tells more than this one, which lay here meanwhile."""
    if letter.state != "fixed" or letter.moment == SIGNAL:
        return None
    return later_letter(letter.copy_of or letter)


def _route_by_now(letter: Letter) -> Route | None:
    """To whom this letter, or this copy, would be addressed now."""
    look = copy_route_of if letter.copy_of_id is not None else route_for
    return look(letter.voucher, letter.moment)


def _why_not_this(letter: Letter, facts: LetterFacts) -> str:
    """A signal stands on the ground it was written on; every other letter on what was agreed and consented to."""
    if letter.moment != SIGNAL:
        return why_not(facts, letter.moment)
    if why := why_no_signal(facts):
        return why
    if letter.ground == "meldcode" and letter.worry is not None and letter.worry.kind == "suicide":
        return _("The Meldcode is no ground at signs of suicide. Withdraw this letter and write it on another ground.")
    if letter.ground == "consent" and not agrees_to_signal(letter):
        return _("The person no longer agrees that the practice hears this.")
    return ""


def _deed_taken_back(letter: Letter) -> str:
    """No letter leaves about a deed that is on file no more; a concept tells of the one that came in its place."""
    if letter.state == "sent":
        return ""
    case, source = read_case(letter.voucher_id), letter.copy_of or letter
    why = next((taken_back(case, each) for each in case.words if each.id == source.id), "")
    now = subjects_of(case).get(letter.moment)
    if letter.state != "concept" or now is None or now.id == source.subject:
        return why
    others = (each for each in case.words if each.stands and each.id != source.id)
    if any((told.moment, told.subject) == (letter.moment, now.id) for each in others for told in each.settles):
        return _("Another letter tells of this already. Throw this one away.")
    return ""


def agrees_to_signal(letter: Letter) -> bool:
    """Whether the GP may hear it: by the consent to report back to that practice, or by a consent to this alone."""
    return letter_may_tell(letter, "report_back", SIGNAL)


def tells(letter: Letter, facts: LetterFacts) -> bool:
    """Whether this letter may hold more than a neutral receipt."""
    return letter.moment == SIGNAL or may_tell(facts)


def renewed(letter: Letter) -> LetterContent:
    """The kept texts in today's envelope: the date on a letter is the day on which it was fixed."""
    kept = content_of(letter)
    return compose(letter, route_on(letter), kept.core, draft_of(letter, kept), clock.today(), kept.receipt)


def address(letter: Letter, route: Route) -> None:
    letter.practice, letter.recipient, letter.recipient_key = route.practice, route.contact, route.key


def store_content(letter: Letter, content: LetterContent) -> None:
    letter.content = content_text(content)
    letter.written_on = clock.today()
    letter.save()


def typed_core(kept: LetterContent, draft: LetterDraft) -> Core:
    headings = [heading for heading, _text in kept.core]
    return tuple(zip(headings, draft.texts(), strict=True))
