"""Before a letter is fixed: what was typed in it, and what it calls an activity, is asked about once more.

At the field it was asked of whoever typed it; here of whoever gives akkoord. What somebody said to be meant is kept
with the letter and not asked again. Must not know screens.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from desktop import clock
from desktop.errors import ask
from desktop.rules.letternames import gives_away
from desktop.rules.letters_due import SIGNAL
from desktop.rules.lettertexts import headings_with
from desktop.rules.letterwords import Odd, asked_about, odd_in
from desktop.rules.overtaken import Filled, as_text, from_text, typed_in
from desktop.rules.staff import Member
from desktop.storage.letterfields import core_facts
from desktop.storage.letters import content_of, list_reason_words
from desktop.storage.lettertexts import text_in_use
from desktop.storage.models import Letter


def ask_before_fixing(by: Member, letter: Letter, sure: bool) -> None:
    """Ask about each word that nobody said to be meant; who is sure is asked nothing, and that is kept."""
    if content_of(letter).receipt:
        return
    odd = [each for each in _odd(by, letter) if each.word not in _kept(letter).meant]
    if odd and not sure:
        ask(asked_about(odd))
    keep_meant(letter, odd)


def keep_meant(letter: Letter, odd: Iterable[Odd]) -> None:
    """These were asked about, and are meant; the letter is still to be saved."""
    if words := tuple(each.word for each in odd):
        filled = _kept(letter)
        letter.facts = as_text(replace(filled, meant=tuple(dict.fromkeys((*filled.meant, *words)))))


def odd_typed(by: Member, letter: Letter) -> tuple[Odd, ...]:
    """What there is to ask about what somebody typed in it."""
    content, reasons, today = content_of(letter), list_reason_words(by, letter.voucher_id), clock.today()
    own = headings_with(text_in_use(SIGNAL), "signaal") if letter.moment == SIGNAL else None
    typed = zip(content.core, typed_in(from_text(letter.facts), content.core, text_in_use), strict=True)
    texts = [text for (heading, _whole), text in typed if own is None or heading in own]
    last = len(content.core) - 1
    return tuple(
        each
        for at, text in enumerate((*texts, content.attendance))
        for each in odd_in(text, today, reasons, next_word=at == last)
    )


def _odd(by: Member, letter: Letter) -> Iterator[Odd]:
    yield from odd_typed(by, letter)
    if letter.moment == SIGNAL:
        return
    said = " ".join(text for _heading, text in content_of(letter).core)
    for each in core_facts(letter.voucher, clock.today()).joined:
        if each.name and each.name in said and (asked := gives_away(each.name, each.title)):
            yield Odd(each.name, asked)


def _kept(letter: Letter) -> Filled:
    return from_text(letter.facts) or Filled(letter.written_on or clock.today(), ())
