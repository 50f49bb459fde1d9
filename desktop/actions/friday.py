"""The ready text of a letter, also of one that nobody wrote yet. Stores nothing but the line in the log."""

from dataclasses import dataclass

from desktop import clock
from desktop.actions.action import view
from desktop.actions.letter_state import refuse_unwritable, route_now, why_stopped
from desktop.actions.letters import filled, unwritten
from desktop.errors import Refused
from desktop.rules.friday import SIGNAL, WRITE, Wait
from desktop.rules.letters import LetterContent, as_text
from desktop.rules.letters_due import furthest_to_write
from desktop.rules.staff import CASEWORK, Member, require
from desktop.storage.database import told
from desktop.storage.letters import content_of
from desktop.storage.letters_due import letter_facts
from desktop.storage.models import Letter, Voucher


@dataclass(frozen=True)
class ReadyText:
    """A letter as it will be read, to whom, and why it may not go, if it may not."""

    record: Letter | Voucher
    text: str = ""
    to: tuple[str, ...] = ()
    stopped: str = ""


@view("letter text looked at", may=CASEWORK)
def look_at_text(by: Member, wait: Wait) -> ReadyText:
    """The text of a letter that waits."""
    return _ready(by, wait)


def text_again(by: Member, wait: Wait) -> ReadyText:
    """The same text once more after a step: no new line in the log."""
    require(by, CASEWORK)
    with told():
        return _ready(by, wait)


def _ready(by: Member, wait: Wait) -> ReadyText:
    if wait.letter_id:
        letter = Letter.get_one(wait.letter_id)
        return _shown(letter, content_of(letter), why_stopped(letter))
    voucher = Voucher.get_one(wait.voucher_id)
    if wait.step == SIGNAL:  # in the worker's own words: there is no text before it is written
        return ReadyText(voucher)
    assert wait.step == WRITE
    try:
        return _shown(voucher, _to_be_written(by, voucher, wait.moment), "")
    except Refused as refused:
        return ReadyText(voucher, stopped=refused.sentence())


def _to_be_written(by: Member, voucher: Voucher, moment: str) -> LetterContent:
    facts = letter_facts([voucher])[voucher.id]
    moment = furthest_to_write(facts, moment, clock.today())
    refuse_unwritable(facts, moment)
    return filled(unwritten(by, voucher, moment, facts), route_now(voucher), facts)


def _shown(record: Letter | Voucher, content: LetterContent, stopped: str) -> ReadyText:
    return ReadyText(record, as_text(content), content.address[:2], stopped)
