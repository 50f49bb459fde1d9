"""Talks with practices: recorded, corrected, taken back, and the next one on another day. Must not know screens."""

from desktop import clock
from desktop.actions.action import action
from desktop.actions.filling import fill
from desktop.errors import Refused
from desktop.language import _
from desktop.rules import practice_talks as rules
from desktop.rules.dates import show_date
from desktop.rules.practice_talks import NextTalkDraft, PracticeTalkDraft
from desktop.rules.staff import CASEWORK, Member
from desktop.storage.living import living_practice
from desktop.storage.models import PracticeTalk
from desktop.storage.practice_talks import newest_talk


@action("practice talk recorded", may=CASEWORK)
def record_talk(by: Member, draft: PracticeTalkDraft) -> PracticeTalk:
    """A talk that was held; it takes the place of the one that was promised."""
    if draft.practice is None:
        raise Refused(practice=_("Choose a practice."))
    return _save(PracticeTalk(practice=living_practice(draft.practice)), draft)


@action("practice talk corrected", may=CASEWORK)
def correct_talk(by: Member, draft: PracticeTalkDraft) -> PracticeTalk:
    """Another day or other words for a talk on file."""
    assert draft.id is not None
    talk = PracticeTalk.get_one(draft.id)
    talk.version = draft.version
    return _save(talk, draft)


@action("practice talk moved", may=CASEWORK)
def move_next_talk(by: Member, draft: NextTalkDraft) -> PracticeTalk:
    """The next talk on another day, or no day at all."""
    assert draft.id is not None
    talk = PracticeTalk.get_one(draft.id)
    rules.check_next(draft, talk.held_on, clock.today())
    talk.version, talk.next_on = draft.version, draft.next_on
    talk.save()
    return talk


@action("practice talk taken back", may=CASEWORK)
def take_back_talk(by: Member, talk_id: int, version: int) -> PracticeTalk:
    """A talk that was not held after all; what was promised before stands again."""
    talk = PracticeTalk.get_one(talk_id)
    talk.version = version
    talk.delete_instance()
    return talk


def _save(talk: PracticeTalk, draft: PracticeTalkDraft) -> PracticeTalk:
    rules.check(draft, clock.today())
    _refuse_lost(talk, draft)
    fill(talk, draft)
    talk.save()
    return talk


def _refuse_lost(talk: PracticeTalk, draft: PracticeTalkDraft) -> None:
    """A next talk that is promised with an earlier talk would never come up: the newest talk is what counts."""
    newest = newest_talk(talk.practice_id)
    if newest is None or draft.held_on is None or newest.id == talk.id or draft.next_on in (None, talk.next_on):
        return
    if draft.held_on < newest.held_on or (draft.held_on == newest.held_on and talk.id and talk.id < newest.id):
        sentence = _("A later talk is on file, of {day}. Put the next talk there.")
        raise Refused(next_on=sentence.format(day=show_date(newest.held_on)))
