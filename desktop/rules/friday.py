"""Who still waits for word: the next step of each letter, practice by practice. Must not know tables or screens."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop.rules.codes import LETTER_MOMENTS
from desktop.rules.letters_due import SIGNAL as SIGNAL_MOMENT
from desktop.rules.names import Name, fold

WRITE, SIGNAL, APPROVE, FIX, OTHERS = "write", "signal", "approve", "fix", "others"
SEND, CONFIRM, BATCH = "send", "confirm", "batch"
"""Still to be written; a signal to write; akkoord and fix; fix; somebody else's akkoord; send; was it sent; a print
of many that was not confirmed yet."""
FRIDAY = 4  # date.weekday()
Key = tuple[int, str, int, bool]


@dataclass(frozen=True)
class Wait:
    """A practice waits for word about one case: how far the letter is, and by which way it goes."""

    voucher_id: int
    number: str
    person: Name
    moment: str
    practice_id: int
    practice: str
    way: str
    step: str
    letter_id: int = 0
    worry_id: int = 0
    copy: bool = False
    dispatch_id: int = 0
    handed_out: str = ""  # by which way
    days_late: int = 0
    coach: str = ""  # whose akkoord is waited for
    secure_mail: str = ""

    @property
    def key(self) -> Key:
        """The same before and after each step, so that a list stays where it was."""
        alone = self.moment == SIGNAL_MOMENT and not self.worry_id  # of these a case may have several
        return (self.voucher_id, self.moment, -self.letter_id if alone else self.worry_id, self.copy)


@dataclass(frozen=True)
class AtPractice:
    """One practice with all it waits for, in voucher order."""

    id: int
    name: str
    way: str
    waits: tuple[Wait, ...]

    def at(self, step: str) -> list[Wait]:
        return [each for each in self.waits if each.step == step]


def step_of(state: str, approved: bool, may_approve: bool, handed_out: bool, in_batch: bool = False) -> str:
    """What is to be done next with a letter that was begun."""
    if state == "fixed":
        return BATCH if in_batch else CONFIRM if handed_out else SEND
    if approved:
        return FIX
    return APPROVE if may_approve else OTHERS


def is_friday(today: date) -> bool:
    """The day on which letters are worked through."""
    return today.weekday() == FRIDAY


def by_practice(waits: Iterable[Wait]) -> list[AtPractice]:
    """Practices by name; whoever has no practice at the end."""
    found: dict[int, list[Wait]] = {}
    for wait in waits:
        found.setdefault(wait.practice_id, []).append(wait)
    moments = list(LETTER_MOMENTS)
    groups = [
        AtPractice(
            practice_id,
            each[0].practice,
            each[0].way,
            tuple(sorted(each, key=lambda wait: (wait.number, moments.index(wait.moment), wait.worry_id, wait.copy))),
        )
        for practice_id, each in found.items()
    ]
    return sorted(groups, key=lambda group: (not group.id, fold(group.name), group.id))
