"""What the four headings say, and what they never say."""

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest

from desktop.errors import Doubtful, Refused
from desktop.rules.cases import Joined
from desktop.rules.codes import CLOSING_OUTCOMES
from desktop.rules.letterdraft import LetterDraft, check_draft, passed_day
from desktop.rules.letterfields import FIELDS, LAST, NO_ACTION, CoreFacts, fields_for
from desktop.rules.letters import LINES_PER_HEADING
from desktop.rules.letters_due import ENDINGS
from desktop.rules.lettertexts import check_text, core_for, fill, text_of

TODAY = date(2026, 11, 17)
CASE = CoreFacts(TODAY, "mevrouw", received_on=date(2026, 11, 10))
TALKED = replace(CASE, intakes=(date(2026, 11, 12),))
INLOOP = Joined(name="een inloop bij ons in de wijk", first_on=date(2026, 11, 15))
CASES = {
    "new": ("arrived", CASE),
    "not reached": ("arrived", replace(CASE, days_tried=2)),
    "spoken": ("arrived", replace(CASE, reached_on=date(2026, 11, 12))),
    "planned": ("arrived", replace(CASE, intake_on=date(2026, 11, 19), intake_place="home", intake_coach="F. Y")),
    "looking": ("intake", TALKED),
    "one talk": ("intake", replace(TALKED, one_talk_enough=True)),
    "started": ("intake", replace(TALKED, joined=(INLOOP,))),
    "starts": ("intake", replace(TALKED, joined=(Joined(start_on=date(2026, 11, 19), accompanied=True),))),
    "waiting": ("intake", replace(TALKED, joined=(Joined(state="waiting"),))),
    "outside": ("intake", replace(TALKED, joined=(Joined(outside="debt_help"),))),
    "completed": ("closing", replace(TALKED, joined=(INLOOP,), outcome="completed")),
    "completed early": ("closing", replace(TALKED, outcome="completed")),
    "one talk at the end": ("closing", replace(TALKED, outcome="one_talk")),
    "passed on": ("closing", replace(TALKED, outcome="passed_on")),
    "stopped": ("closing", replace(TALKED, joined=(INLOOP,), outcome="stopped")),
    "declined": ("declined", replace(CASE, outcome="not_interested")),
    "unreachable": ("declined", replace(CASE, outcome="not_reached")),
}


def said(moment: str, facts: CoreFacts, may_tell: bool = True) -> dict[str, str]:
    return dict(core_for(moment, facts, may_tell))


def test_no_heading_is_ever_empty_and_only_the_last_letter_says_it_is() -> None:
    old, coming = date(2026, 3, 1), date(2026, 12, 3)
    joined = [
        (),
        (Joined(name="", state="stopped", first_on=old),),
        (Joined(name="een inloop", first_on=old),),
        (Joined(name="een inloop", start_on=coming), Joined(state="waiting")),
        (Joined(outside="buddy", start_on=old),),
    ]
    agreements = [(), ("arrived",), ("arrived", "intake"), ("intake", "progress"), ("closing",), CASE.agreed]
    outcomes = ["", *CLOSING_OUTCOMES]
    some = ((), (date(2026, 11, 12),))
    for found, agreed, outcome, intakes, enough, reached in product(
        joined, agreements, outcomes, some, (False, True), (None, old)
    ):
        facts = replace(CASE, joined=found, agreed=agreed, outcome=outcome, intakes=intakes, one_talk_enough=enough,
                        reached_on=reached)
        for moment in ("arrived", "intake") if intakes else ("arrived",):
            core = core_for(moment, facts, True)
            assert all(text for _heading, text in core), (moment, facts)
            following = core[-1][1]
            assert following == LAST or (not outcome and "202" in following and LAST not in following)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("form", ["mevrouw", "de heer", ""])
def test_every_letter_fills_its_four_headings_shortly(name: str, form: str) -> None:
    moment, facts = CASES[name]
    core = core_for(moment, replace(facts, form_of_address=form), True)
    first = "Uitkomst" if moment == "closing" else "Stand van zaken"
    assert [heading for heading, _text in core] == [
        first,
        "Wat is afgesproken",
        "Wat vragen wij van u",
        "Volgend bericht",
    ]
    for heading, text in core:
        assert text, heading
        assert "{" not in text
        assert len(text) < LINES_PER_HEADING * 50, heading
    asked = dict(core)["Wat vragen wij van u"]
    assert (NO_ACTION in asked) != ("?" in asked)


@pytest.mark.parametrize("name", CASES)
def test_form_of_address_not_known_is_never_guessed(name: str) -> None:
    moment, facts = CASES[name]
    text = " ".join(text for _heading, text in core_for(moment, replace(facts, form_of_address=""), True)).lower()
    words = set(text.replace(".", " ").replace(",", " ").split())
    assert not words & {"zij", "hij", "haar", "hem", "mevrouw", "meneer"}


def test_conclusion_stands_first() -> None:
    assert said("intake", CASES["started"][1])["Stand van zaken"].startswith("Mevrouw doet mee.")
    assert said("closing", CASES["stopped"][1])["Uitkomst"].startswith("Mevrouw is gestopt.")


def test_declined_and_unreachable_say_the_same() -> None:
    assert core_for(*CASES["declined"], True) == core_for(*CASES["unreachable"], True)


def test_activity_without_a_neutral_name_is_not_named() -> None:
    text = said("intake", replace(TALKED, joined=(Joined(name="", first_on=date(2026, 11, 15)),)))["Stand van zaken"]
    assert "een activiteit bij ons in de wijk" in text


def test_debt_help_is_not_told() -> None:
    text = " ".join(said(*CASES["outside"]).values()).lower()
    assert "schuld" not in text
    assert "geld" not in text


def test_without_consent_a_letter_says_only_that_it_came_in_or_that_it_was_closed() -> None:
    closed = core_for("declined", replace(CASE, outcome="not_reached"), may_tell=False)
    for moment, facts in CASES.values():
        core = core_for(moment, facts, may_tell=False)
        assert core == (closed if moment in ENDINGS else core_for("arrived", CASE, may_tell=False))
    assert dict(closed)["Stand van zaken"] == "Wij hebben uw verwijzing afgesloten."


def test_last_letter_says_so() -> None:
    assert said(*CASES["completed"])["Volgend bericht"] == LAST
    only_arrived = replace(CASE, agreed=("arrived",))
    assert LAST in said("arrived", only_arrived)["Volgend bericht"]
    assert "2027" in said(*CASES["started"])["Volgend bericht"]


def test_field_nobody_knows_is_refused_by_name() -> None:
    with pytest.raises(Refused) as refused:
        check_text("# Stand van zaken\nDit is {diagnose}.")
    assert "{diagnose}" in refused.value.message


def test_line_whose_field_is_empty_is_left_out() -> None:
    text = "# Kop\nEen {zij}.\nTwee {haar}.\nDrie."
    assert fill(text, {"zij": "", "haar": "x"}) == (("Kop", "Twee x. Drie."),)


def test_what_is_filled_in_is_not_read_as_a_field() -> None:
    facts = replace(TALKED, joined=(Joined(name="{haar} <b>groep</b>", first_on=date(2026, 11, 15)),))
    assert "{haar} <b>groep</b>" in said("intake", facts)["Stand van zaken"]


def test_texts_use_only_fields_the_facts_know() -> None:
    known = set()
    for _moment, facts in CASES.values():
        known |= set(fields_for(facts))
    assert known <= set(FIELDS)
    for kind in ("arrived", "intake", "closing", "declined", "receipt"):
        assert text_of(kind).startswith("# ")


def draft(**texts: Any) -> LetterDraft:
    return LetterDraft(id=1, **{"state": "Mevrouw doet mee.", "next": "Rond mei.", **texts})


def test_bsn_in_a_letter_is_refused_beside_the_text() -> None:
    with pytest.raises(Refused) as refused:
        check_draft(draft(agreed="BSN 111222333"))
    assert set(refused.value.fields) == {"agreed"}


def test_empty_conclusion_is_refused_and_empty_question_is_no_action() -> None:
    with pytest.raises(Refused) as refused:
        check_draft(draft(state="  "))
    assert set(refused.value.fields) == {"state"}
    assert draft(ask=" ").texts()[2] == NO_ACTION


def test_word_that_tells_the_reason_is_asked_about() -> None:
    with pytest.raises(Doubtful) as doubtful:
        check_draft(draft(state="Mevrouw doet mee tegen haar eenzaamheid."), ["Eenzaamheid"])
    assert set(doubtful.value.fields) == {"state"}
    check_draft(draft(), ["Rouw"])
    check_draft(replace(draft(state="Tegen eenzaamheid."), sure=True), ["Eenzaamheid"])


@pytest.mark.parametrize(
    ("following", "passed"),
    [
        ("Uiterlijk 16 november 2026.", date(2026, 11, 16)),
        ("Uiterlijk 17 november 2026.", None),
        ("Rond 19 februari 2027, of eerder als zij stopt.", None),
        ("Wij spraken u op 3 november 2026; weer bericht voor 4 januari 2027.", None),
        ("Voor 1 Mei 2026 of 31 februari 2026.", date(2026, 5, 1)),
        (LAST, None),
        ("", None),
    ],
)
def test_promised_day_that_is_over_is_seen(following: str, passed: date | None) -> None:
    assert passed_day(following, TODAY) == passed
