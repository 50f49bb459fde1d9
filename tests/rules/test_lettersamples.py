"""The made-up situations show every paragraph of every text, each under the kind of letter it is for."""

from datetime import date

import pytest

from desktop.rules.letterfields import FIELDS, NEUTRAL, fields_for
from desktop.rules.lettersamples import FORMS, KINDS, fields_of, person, situations
from desktop.rules.lettertexts import core_for, fill, left_out, text_of

TODAY = date(2026, 11, 17)


@pytest.mark.parametrize("kind", KINDS)
def test_every_paragraph_that_ships_can_be_seen_in_a_made_up_situation(kind: str) -> None:
    text = text_of(kind)
    hidden = set.intersection(*(set(left_out(text, fields_for(each.facts, kind))) for each in situations(kind, TODAY)))
    assert not hidden, [text.splitlines()[number] for number in hidden]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in (*NEUTRAL, "signal")])
@pytest.mark.parametrize("form", FORMS)
def test_a_situation_gets_the_text_of_its_own_kind(kind: str, form: str) -> None:
    for each in situations(kind, TODAY, form):
        assert core_for(kind, each.facts, True) == fill(text_of(kind), fields_for(each.facts, kind)), each.key


@pytest.mark.parametrize("kind", KINDS)
def test_only_fields_that_can_be_filled_are_offered(kind: str) -> None:
    offered = fields_of(kind, TODAY)
    assert {"deelnemer" if kind not in NEUTRAL else "verwijzing", "geen_actie"} <= set(offered) <= set(FIELDS)
    assert set(offered) <= set(NEUTRAL.get(kind, FIELDS))
    assert "afgerond" not in fields_of("arrived", TODAY)
    assert all(words == FIELDS[name] for name, words in offered.items())


def test_situations_have_names_of_their_own_and_nobody_real() -> None:
    for kind in KINDS:
        named = [(each.key, each.name) for each in situations(kind, TODAY)]
        assert len({key for key, _name in named}) == len({name for _key, name in named}) == len(named)
    assert person("mevrouw").surname == "Voorbeeld"
