"""A pile of letters printed by a program that is killed at random moments, by staff who then look at the paper.

`python -m tests.survival.batches FOLDER KILLS SEED`. Each program says which paper came out of the printer; the next
one is told so by its staff, confirms what came out well and prints on. Papers that tear count as not come out.
"""

import gc
import json
import os
import random
import resource
import secrets
import signal
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

from desktop.actions.batches import confirm_batch, letter_at, note_printed, start_batch
from desktop.actions.intakes import hold_intake
from desktop.actions.letter_sending import fix_letter
from desktop.actions.letters import write_letter
from desktop.actions.vouchers import register_voucher
from desktop.language import set_language
from desktop.rules.batches import Place, still_to_print
from desktop.rules.deeds import IntakeDraft
from desktop.rules.staff import Member
from desktop.storage import changes
from desktop.storage.batches import list_places, list_printable, open_batches
from desktop.storage.database import close_database, open_database
from desktop.storage.models import Dispatch, Letter, Practice
from tests.factory import a_draft, add_practice, make_office, shut
from tests.survival.killing import Say, killed_once, look

PILE = 5  # letters in one batch
STOCK = 40  # letters made at a time, by the program that kills
LOOK_EVERY = 5  # kills; in between the next program finds what the killed one left
LONGEST = 0.25  # seconds a program lives at most after its first word
AT_THE_START = 0.15
TEARS = 0.1  # the part of the papers that tears


@dataclass
class Printed:
    """What the runs showed; everything under `wrong` is a failure."""

    kills: int = 0
    papers: int = 0
    confirmed: int = 0
    batches: int = 0
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)


def stock_up(by: Member) -> None:
    """Letters that are fixed and wait for the printer, for two practices."""
    practices = list(Practice.select().order_by(Practice.id))
    for number in range(STOCK):
        voucher = register_voucher(by, a_draft(practices[number % 2]))
        hold_intake(by, IntakeDraft(voucher_id=voucher.id, held_on=voucher.received_on, sure=True))
        fix_letter(by, write_letter(by, voucher.id, "intake").id)


def print_on(papers: list[int], by: Member, say: Say) -> None:
    """First the word about what came out before, then on with the rest, then the next batch."""
    chance, out = random.Random(os.getpid()), set(papers)
    say("here 0")
    while True:
        for batch in open_batches(by):
            _finish(by, say, batch.id, out, chance)
        waiting = [each.letter.letter_id for each in list_printable(by)][:PILE]
        if waiting:
            start_batch(by, waiting)
        else:
            signal.pause()  # nothing left to print: wait for the end


def _finish(by: Member, say: Say, batch_id: int, out: set[int], chance: random.Random) -> None:
    while open_batches(by):
        good = _good(list_places(by, batch_id), out)
        done = confirm_batch(by, batch_id, good[-1].position if good else 0)
        for place in good:
            say(f"good {place.letter.letter_id}")
        if not done.left:
            return
        for place in still_to_print(list_places(by, batch_id)):
            letter_id = letter_at(by, batch_id, place.position).record.id
            if chance.random() < TEARS:
                break
            say(f"paper {letter_id}")
            out.add(letter_id)
            note_printed(by, batch_id, place.position)


def warm_up(by: Member, chance: random.Random) -> list[str]:
    """One batch before the forks, so that no killed program spends its life on loading modules."""
    heard: list[str] = []
    batch = start_batch(by, [each.letter.letter_id for each in list_printable(by)][:PILE])
    _finish(by, heard.append, batch.id, set(), chance)
    return heard


def _named(heard: list[str], word: str) -> list[int]:
    """The letters of which this was said."""
    return [int(line.split()[1]) for line in heard if line.startswith(word)]


def _good(places: list[Place], out: set[int]) -> list[Place]:
    """As staff see it: from the first letter on, until one that did not come out."""
    waiting = still_to_print(places)
    first_missing = next((n for n, place in enumerate(waiting) if place.letter.letter_id not in out), len(waiting))
    return waiting[:first_missing]


def run(folder: Path, kills: int, seed: int) -> Printed:
    """Print, kill, look at paper and file, so often."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    set_language("nl")
    chance, figures, started = random.Random(seed), Printed(), time.monotonic()
    path, key, by = make_office(folder, secrets.token_bytes(32))
    for name in ("Aan de Linde", "Zuiderpark"):
        add_practice(name, agb=None, coach=by.id)
    stock_up(by)
    heard = warm_up(by, chance)
    shut()
    gc.freeze()
    papers, confirmed = _named(heard, "paper"), _named(heard, "good")
    while figures.kills < kills and not figures.wrong:
        work = partial(print_on, papers)
        heard = killed_once(path, key, by, work, chance.uniform(0, LONGEST), chance.random() < AT_THE_START)
        figures.kills += 1
        papers, confirmed = papers + _named(heard, "paper"), confirmed + _named(heard, "good")
        figures.wrong += [line for line in heard if line.startswith("FAILED")]
        if figures.kills % LOOK_EVERY == 0 or figures.kills == kills:
            figures.wrong += look_at_pile(path, key, by, papers, confirmed)
    found = look(path, key, [f"letter {letter}" for letter in confirmed])
    figures.wrong += [line for line in found if not line.startswith("batch ")]  # as many changes as letters were good
    figures.papers, figures.confirmed = len(papers), len(confirmed)
    open_database(path, key)
    figures.batches = changes.MODELS["batch"].select().count()
    close_database()
    figures.seconds = round(time.monotonic() - started, 1)
    return figures


def look_at_pile(path: Path, key: bytes, by: Member, papers: list[int], confirmed: list[int]) -> list[str]:
    """Doubles, letters falsely sent, words of staff that were lost; and new letters when the pile is low."""
    open_database(path, key)
    try:
        sent = {letter.id for letter in Letter.select(Letter.id).where(Letter.state == "sent")}
        good = [row[0] for row in Dispatch.select(Dispatch.letter).where(Dispatch.confirmed_at.is_null(False)).tuples()]
        waiting = [place.letter.letter_id for each in open_batches(by) for place in list_places(by, each.id)]
        wrong = [f"paper of letter {letter} came out twice" for letter, n in Counter(papers).items() if n > 1]
        wrong += [f"letter {letter} was sent twice" for letter, n in Counter(good).items() if n > 1]
        wrong += [f"letter {letter} is in two batches" for letter, n in Counter(waiting).items() if n > 1]
        wrong += [f"letter {letter} counts as sent without paper" for letter in sent - set(papers)]
        wrong += [f"letter {letter} was confirmed and is not sent" for letter in set(confirmed) - sent]
        wrong += [f"letter {letter} is sent without a sending" for letter in sent ^ set(good)]
        if not wrong and len(list_printable(by)) < 6 * PILE:
            stock_up(by)
        return wrong
    finally:
        close_database()


if __name__ == "__main__":
    print(json.dumps(asdict(run(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))))  # noqa: T201
