"""What every letter holds to, in every made-up situation, for everybody, with the texts of now and of before.

These are rules, not examples: whoever adds a sentence or a situation is held to them at once.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest

from desktop.paper.letterplan import body_lines
from desktop.rules.cases import MOMENTS, Joined
from desktop.rules.codes import CLOSING_OUTCOMES
from desktop.rules.dates import is_working_day
from desktop.rules.letterfacts import CoreFacts, standing
from desktop.rules.letterfields import LAST, LAST_OF_OWN, NO_ACTION, fields_for, promise_of
from desktop.rules.letterpromise import days_in, promise_in
from desktop.rules.letters import LINES_PER_HEADING
from desktop.rules.lettersamples import FORMS, KINDS, Situation, situations
from desktop.rules.lettertexts import Core, core_for, fill, text_of, values_for
from desktop.rules.letterwords import asks_something, odd_words

EARLIER = Path(__file__).parent / "earlier_texts"
DAYS = (date(2026, 11, 17), date(2026, 12, 23), date(2027, 1, 29), date(2028, 2, 29))
TOLD = tuple(kind for kind in KINDS if kind not in ("receipt", "ended"))


def every(kinds: tuple[str, ...] = KINDS) -> Iterator[tuple[str, Situation, date]]:
    for day in DAYS:
        for form in FORMS:
            for kind in kinds:
                yield from ((kind, each, day) for each in situations(kind, day, form))


def core_of(kind: str, facts: CoreFacts) -> Core:
    return fill(text_of(kind), fields_for(facts, kind))


def whole(core: Core) -> str:
    return " ".join(text for _heading, text in core)


def test_four_headings_are_filled_in_four_lines_at_most() -> None:
    for kind, each, _day in every():
        for heading, text in core_of(kind, each.facts):
            assert text, (kind, each.key, heading)
            assert "{" not in text
            assert len(body_lines(text)) <= LINES_PER_HEADING, (kind, each.key, heading, text)


def test_next_word_is_a_day_to_come_on_which_somebody_is_here_or_the_letter_is_the_last() -> None:
    for kind, each, day in every(TOLD):
        following = core_of(kind, each.facts)[-1][1]
        if not each.facts.told or following in (LAST, LAST_OF_OWN):
            continue
        promised = promise_in(following, day).on
        assert promised is not None, (kind, each.key, following)
        assert promised > day
        assert is_working_day(promised), (kind, each.key, following)


def test_what_is_promised_is_known_beside_the_words() -> None:
    for kind, each, day in every(TOLD):
        if each.facts.told:
            assert promise_in(core_of(kind, each.facts)[-1][1], day) == promise_of(each.facts, kind), (kind, each.key)


def test_nothing_else_that_is_still_to_come_lies_behind() -> None:
    still_to_come = re.compile(r"\b(?:uiterlijk|rond|begint op|vragen wij|gaan wij mee|heeft op)\b")
    for kind, each, day in every():
        for sentence in re.split(r"(?<=\.) ", whole(core_of(kind, each.facts))):
            if still_to_come.search(sentence) and "vroegen" not in sentence:
                assert all(named.on is None or named.on > day for named in days_in(sentence, day)), (kind, sentence)


def test_nobody_is_told_that_nothing_is_asked_and_then_asked_something() -> None:
    for kind, each, _day in every():
        for heading, text in core_of(kind, each.facts):
            assert not (NO_ACTION in text and asks_something(text)), (kind, each.key, text)
            if heading == "Wat vragen wij van u":
                assert NO_ACTION in text or asks_something(text), (kind, each.key, text)


def test_no_letter_speaks_of_a_consult_or_of_somebodys_doctor() -> None:
    for kind, each, _day in every():
        said = whole(core_of(kind, each.facts)).casefold()
        assert not re.search(r"\b(?:consult|huisarts|dokter|patiënt|traject|spreekkamer)\b", said), (kind, said)


def test_form_of_address_is_never_guessed_and_the_name_not_said_over_and_over() -> None:
    for kind, each, _day in every():
        if each.facts.form_of_address:
            continue
        for _heading, text in core_of(kind, each.facts):
            words = set(re.sub(r"[.,;:?]", " ", text).casefold().split())
            assert not words & {"zij", "hij", "haar", "hem", "mevrouw", "meneer", "zijn"} - {"zijn"}, (kind, text)
            assert text.count(each.facts.called) <= 2, (kind, each.key, text)


def test_nothing_that_ships_would_be_asked_about_when_it_was_typed() -> None:
    for kind, each, day in every():
        for heading, text in core_of(kind, each.facts):
            assert odd_words(text, day, (), next_word=heading == "Volgend bericht") == "", (kind, each.key, text)


@pytest.mark.parametrize("kind", sorted(path.stem for path in EARLIER.glob("*.txt")))
def test_text_that_a_coordinator_made_before_still_fills_every_heading(kind: str) -> None:
    earlier = (EARLIER / f"{kind}.txt").read_text("utf-8")
    for form in FORMS:
        for each in situations(kind, DAYS[0], form):
            core = fill(earlier, fields_for(each.facts, kind), text_of(kind))
            assert all(text and "{" not in text for _heading, text in core), (kind, each.key, core)
            assert not (NO_ACTION in whole(core) and "?" in whole(core)), (kind, each.key, core)


def test_earlier_text_never_says_that_somebody_found_a_way_who_stopped() -> None:
    earlier = (EARLIER / "closing.txt").read_text("utf-8")
    for each in situations("closing", DAYS[0]):
        said = whole(fill(earlier, fields_for(each.facts, "closing"), text_of("closing")))
        assert ("weg gevonden" in said) == (each.key in ("completed", "not_asked", "late")), (each.key, said)


# ---- any case at all


def some_joined(chance: Random) -> Joined:
    state = chance.choice(("enrolled", "started", "waiting", "offered", "stopped"))
    day = chance.choice((None, date(2026, 10, 28), date(2026, 12, 9)))
    first = chance.choice((None, date(2026, 10, 28))) if state in ("started", "stopped") else None
    held, present = chance.choice(((None, None), (8, 0), (8, 5)))
    return Joined(state, date(2026, 10, chance.randint(1, 28)), day, first, name=chance.choice(("een koor", "")),
                  outside=chance.choice(("", "", "buddy", "care")), present=present, held=held)  # fmt: skip


def some_case(chance: Random) -> CoreFacts:
    talked_on = chance.choice((None, date(2026, 11, 10), date(2026, 9, 10)))
    return CoreFacts(
        DAYS[0],
        chance.choice(FORMS),
        called="A. de Wit",
        dated_on=chance.choice((date(2026, 11, 10), date(2026, 6, 1))),
        intakes=chance.choice(((), (date(2026, 10, 1),), (date(2026, 11, 12),))),
        joined=tuple(some_joined(chance) for _each in range(chance.randint(0, 4))),
        talked_on=talked_on,
        talk=chance.choice(("", "still", "other", "stopped", "never")) if talked_on else "",
        outcome=chance.choice(("", "", "", *CLOSING_OUTCOMES)),
        closed_on=DAYS[0],
        away_until=chance.choice((None, date(2026, 12, 20))),
        together_on=chance.choice((None, date(2026, 12, 9))),
        aftercare_on=chance.choice((None, date(2026, 12, 14))),
        tried=chance.choice(((), (date(2026, 11, 2),) * 3)),
        missed_on=chance.choice((None, date(2026, 11, 3))),
        answered_on=chance.choice((None, date(2026, 11, 4))),
        reached_on=chance.choice((None, date(2026, 11, 5))),
        agreed=chance.choice((MOMENTS, ("arrived",), ("arrived", "closing"), ("progress",), ("intake", "closing"))),
        one_talk_enough=chance.choice((False, True)),
        referred=chance.choice((True, False)),
    )


def test_any_case_gets_a_whole_letter_that_says_no_more_than_what_stands_now() -> None:
    chance = Random(20261117)
    for _each in range(4_000):
        facts = some_case(chance)
        for moment in ("arrived", "intake", "update", "progress"):
            core = core_for(moment, facts, True)
            kind, said = values_for(moment, facts, True)[0], whole(core)
            assert all(text and "{" not in text for _heading, text in core), (moment, facts)
            assert promise_in(core[-1][1], DAYS[0]) == promise_of(facts, kind), (moment, facts)
            if facts.joined and not [each for each in standing(facts) if not each.outside]:
                assert not re.search(r"doet mee|doet nog mee|en gaat daarmee door|begint op", said), (facts, said)
            if facts.together_on is None:
                assert "gaan wij mee" not in said
            if all(each.present == 0 and each.held for each in standing(facts)) and standing(facts):
                assert not re.search(r"doet mee|doet nog mee|gaat sinds", said), (moment, facts, said)
            if "closing" not in facts.agreed and kind not in ("closing", "declined"):
                assert "afsluiting" not in core[-1][1]
