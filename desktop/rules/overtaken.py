"""What a letter says that the records deny since it was written: each sentence, with what it would say now.

A letter keeps the values its texts were filled with. The same text, filled with the values of today, shows what
changed, whoever edited the texts meanwhile. Must not know records or screens.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop.language import _
from desktop.rules.letterpromise import days_in
from desktop.rules.lettertexts import Core, lines_of, text_of
from desktop.rules.letterwords import new_sentences

ATTENDANCE = "attendance"
Values = Mapping[str, str]


@dataclass(frozen=True)
class Filled:
    """With what a letter was filled: per heading the kind of text and the values that held, and on which day."""

    on: date
    headings: tuple[tuple[str, Values], ...]
    attendance: str = ""
    meant: tuple[str, ...] = ()  # words in it that were asked about, and are meant


@dataclass(frozen=True)
class Overtaken:
    """A sentence that is no longer so, under which heading, and what stands in its place now; "" when nothing does."""

    heading: str
    old: str
    new: str = ""
    is_over: bool = False  # the day it names

    def said(self) -> str:
        if self.is_over:
            return _("“{old}”: that day is over").format(old=self.old)
        if self.new:
            return _("“{old}” is now “{new}”").format(old=self.old, new=self.new)
        return _("“{old}” is no longer so").format(old=self.old)


def filled_with(kind: str, values: Values, headings: int, on: date, attendance: str) -> Filled:
    """What a letter just written was filled with."""
    held = {name: value for name, value in values.items() if value}
    return Filled(on, ((kind, held),) * headings, attendance)


def as_text(filled: Filled) -> str:
    """To keep with the letter."""
    return json.dumps(
        {"on": filled.on.isoformat(), "attendance": filled.attendance, "meant": filled.meant,
         "headings": [[kind, dict(values)] for kind, values in filled.headings]},
        ensure_ascii=False,
    )  # fmt: skip


def from_text(text: str) -> Filled | None:
    """What was kept with a letter; None for one of before anything was."""
    if not text:
        return None
    kept = json.loads(text)
    headings = tuple((kind, values) for kind, values in kept["headings"])
    return Filled(date.fromisoformat(kept["on"]), headings, kept["attendance"], tuple(kept.get("meant", ())))


def overtaken(
    then: Filled,
    now: Filled,
    core: Core,
    texts: Callable[[str], str],
    today: date,
    anew: Filled | None = None,
) -> tuple[Overtaken, ...]:
    """Every sentence of a letter that the records or the days have overtaken; `core` is the letter as it stands.

    `anew` is what it would be filled with today: of the day of the letter itself only that tells "has" from "had".
    """
    found: list[Overtaken] = []
    for at, (heading, text) in enumerate(core):
        changed = _changed(then, now, at, heading, texts)
        had_come = _had_come(then, anew, at, texts) if anew is not None and then.on < today else ()
        found += changed or _passed(heading, text, then.on, today, had_come)
    if then.attendance and then.attendance != now.attendance:
        found.append(Overtaken(ATTENDANCE, then.attendance, now.attendance))
    return tuple(found)


def corrected(then: Filled, now: Filled, before: Core, after: Core) -> Filled:
    """What a letter counts as filled with once its writer changed a text: under that heading the records of now."""
    headings = tuple(
        now.headings[at] if at < len(now.headings) and old != new else kept
        for at, (kept, old, new) in enumerate(zip(then.headings, before, after, strict=False))
    )
    return replace(then, headings=headings)


def typed_in(then: Filled | None, core: Core, texts: Callable[[str], str]) -> tuple[str, ...]:
    """What stands under each heading that the records did not fill in: somebody typed it."""
    headings = then.headings if then is not None else ()
    said = [" ".join(_lines(each, at, texts)) for at, each in enumerate(headings)]
    said += [""] * (len(core) - len(said))
    return tuple(new_sentences(text, before) for (_heading, text), before in zip(core, said, strict=False))


def sentence_of(overtakes: Sequence[Overtaken]) -> str:
    """Why a letter may not go out as it stands, with each sentence that changed."""
    if not overtakes:
        return ""
    changes = "; ".join(each.said() for each in overtakes)
    return _("The records changed since this letter was filled: {changes}.").format(changes=changes)


def _changed(then: Filled, now: Filled, at: int, heading: str, texts: Callable[[str], str]) -> list[Overtaken]:
    if at >= len(then.headings) or at >= len(now.headings):
        return []
    was, come = _lines(then.headings[at], at, texts), _lines(now.headings[at], at, texts)
    gone, new = [line for line in was if line not in come], [line for line in come if line not in was]
    if not gone and not new:
        return []
    if not gone:
        return [Overtaken(heading, was[-1] if was else heading, " ".join((*was[-1:], *new)))]
    return [Overtaken(heading, " ".join(gone), " ".join(new))]


def _lines(filled: tuple[str, Values], at: int, texts: Callable[[str], str]) -> list[str]:
    kind, values = filled
    headings = lines_of(texts(kind), values, text_of(kind))
    return list(headings[at][1]) if at < len(headings) else []


def _passed(heading: str, text: str, written_on: date, today: date, had_come: Sequence[str]) -> list[Overtaken]:
    """Sentences that name a day which was still to come when they were written, and is over now."""
    return [
        Overtaken(heading, sentence, is_over=True)
        for sentence in _sentences(text)
        if any(each.on is not None and written_on < each.on < today for each in days_in(sentence, written_on))
        or sentence in had_come
    ]


def _had_come(then: Filled, anew: Filled, at: int, texts: Callable[[str], str]) -> tuple[str, ...]:
    """Sentences about the day on which the letter was written that would not be written any more."""
    if at >= len(then.headings) or at >= len(anew.headings):
        return ()
    was, still = (_sentences("\n".join(_lines(each.headings[at], at, texts))) for each in (then, anew))
    gone = (sentence for sentence in was if sentence not in still)
    return tuple(each for each in gone if any(day.on == then.on for day in days_in(each, then.on)))


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in text.replace(". ", ".\n").splitlines() if part.strip()]
