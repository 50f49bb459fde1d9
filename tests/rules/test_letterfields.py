"""What progress letters and signals say, and how often someone was there."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from desktop.rules.cases import Joined
from desktop.rules.letterfields import FIELDS, LAST, NO_ACTION, CoreFacts, attendance_of, fields_for
from desktop.rules.letters import LINES_PER_HEADING
from desktop.rules.lettertexts import ENDED, RECEIPT, Core, core_for, name_of, text_of

TODAY = date(2026, 11, 23)
WALK = Joined(name="een wandelgroep", first_on=date(2026, 8, 20), start_on=date(2026, 8, 18))
GARDEN = Joined(name="een tuingroep", start_on=date(2026, 11, 10))
CASE = CoreFacts(
    TODAY, "mevrouw", received_on=date(2026, 7, 20), intakes=(date(2026, 8, 1),), joined=(WALK,)
)
TALKED = replace(CASE, talked_on=date(2026, 11, 19))
PROGRESS = {
    "still": replace(TALKED, talk="still"),
    "other": replace(TALKED, talk="other", joined=(WALK, GARDEN)),
    "other, unknown": replace(TALKED, talk="other"),
    "stopped": replace(TALKED, talk="stopped", joined=(replace(WALK, state="stopped"),)),
    "never": replace(TALKED, talk="never", joined=(replace(GARDEN, state="stopped"),)),
    "of before it was asked": TALKED,
    "no talk yet": CASE,
    "no talk yet, planned": replace(CASE, aftercare_on=date(2026, 12, 3)),
    "no talk yet, start date only": replace(CASE, joined=(GARDEN,)),
}
SIGNAL = replace(CASE, signal="Mevrouw eet en slaapt slecht, zegt zij.", ground="consent")
SIGNALS = {
    "consent": SIGNAL,
    "meldcode, not told": replace(SIGNAL, ground="meldcode", told=False),
    "before the intake": replace(SIGNAL, intakes=(), joined=()),
    "another letter is late": replace(SIGNAL, owed_on=date(2026, 11, 1)),
    "after the talk": replace(SIGNAL, talked_on=date(2026, 11, 1), talk="still"),
    "closed": replace(SIGNAL, outcome="completed"),
}


def progress(name: str) -> dict[str, str]:
    return dict(core_for("progress", PROGRESS[name], True))


def signal(name: str) -> dict[str, str]:
    return dict(core_for("signal", SIGNALS[name], True))


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("still", "Mevrouw doet nog mee en gaat naar een wandelgroep."),
        ("other", "Mevrouw doet nu iets anders en gaat naar een tuingroep."),
        ("other, unknown", "Mevrouw doet nu iets anders dan in het begin."),
        ("stopped", "Mevrouw is gestopt. Zij ging vanaf 20 augustus 2026 naar een wandelgroep."),
        ("never", "Mevrouw is niet begonnen bij een tuingroep."),
        ("of before it was asked", "Op 19 november 2026 vroegen wij haar hoe het gaat."),
        ("no talk yet", "Mevrouw ging op 20 augustus 2026 voor het eerst naar een wandelgroep."),
        ("no talk yet, start date only", "Mevrouw kon op 10 november 2026 beginnen bij een tuingroep; of zij er was"),
    ],
)
def test_progress_begins_with_how_it_goes(name: str, first: str) -> None:
    assert progress(name)["Stand van zaken"].startswith(first)


def test_talk_that_was_not_held_yet_is_announced() -> None:
    assert "nog niet gevraagd" in progress("no talk yet")["Stand van zaken"]
    assert progress("no talk yet")["Wat is afgesproken"] == "Rond 23 december 2026 vragen wij haar hoe het gaat."
    planned = progress("no talk yet, planned")
    assert planned["Wat is afgesproken"] == "Op donderdag 3 december vragen wij haar hoe het gaat."
    assert planned["Volgend bericht"] == "U hoort daarna weer van ons, uiterlijk 10 december 2026."


def test_why_someone_stopped_is_never_told() -> None:
    told = " ".join(" ".join(progress(name).values()) for name in ("stopped", "never")).lower()
    assert not {"omdat", "reden", "ziek", "drempel", "kosten"} & set(told.replace(".", " ").split())


@pytest.mark.parametrize("form", ["mevrouw", "de heer", ""])
@pytest.mark.parametrize("kind", [*(("progress", name) for name in PROGRESS), *(("signal", name) for name in SIGNALS)])
def test_four_headings_are_filled_shortly_whoever_it_is_about(kind: tuple[str, str], form: str) -> None:
    moment, name = kind
    facts = replace((PROGRESS if moment == "progress" else SIGNALS)[name], form_of_address=form)
    core = core_for(moment, facts, True)
    for heading, text in core:
        assert text, heading
        assert "{" not in text
        assert len(text) < LINES_PER_HEADING * 50, heading
    if not form:
        words = set(" ".join(text for _heading, text in core[1:]).lower().replace(".", " ").split())
        assert not words & {"zij", "hij", "haar", "hem", "mevrouw", "meneer"}


def test_no_heading_is_ever_empty_and_only_the_last_letter_says_it_is() -> None:
    joined = [(), (WALK,), (GARDEN,), (replace(WALK, state="stopped"),), (Joined(state="waiting"),), (WALK, GARDEN)]
    agreements = [(), ("progress",), ("closing",), ("arrived", "intake"), CASE.agreed]
    talks = [(None, ""), *((date(2026, 11, 19), talk) for talk in ("", "still", "other", "stopped", "never"))]
    for found, agreed, (talked_on, talk), outcome, planned in product(
        joined, agreements, talks, ("", "completed", "stopped", "not_reached"), (None, date(2026, 12, 3))
    ):
        facts = replace(SIGNAL, joined=found, agreed=agreed, talked_on=talked_on, talk=talk, outcome=outcome,
                        next_on=planned)  # fmt: skip
        for moment in ("progress", "signal"):
            _check_ending(core_for(moment, facts, True), outcome)


def _check_ending(core: Core, outcome: str) -> None:
    assert all(text for _heading, text in core), core
    following = core[-1][1]
    assert following == LAST or (not outcome and "202" in following and LAST not in following), core


def test_progress_is_the_last_letter_where_the_practice_wants_no_closing() -> None:
    without = replace(PROGRESS["still"], agreed=("arrived", "intake", "progress"))
    assert dict(core_for("progress", without, True))["Volgend bericht"] == LAST
    assert "uiterlijk 23 februari 2027" in progress("still")["Volgend bericht"]


def test_progress_of_a_case_that_was_closed_meanwhile_tells_the_end() -> None:
    core = dict(core_for("progress", replace(PROGRESS["still"], outcome="completed"), True))
    assert core["Uitkomst"].startswith("Afgerond. Mevrouw gaat sinds 20 augustus 2026 naar een wandelgroep en gaat")


def test_progress_without_consent_is_only_a_receipt() -> None:
    assert core_for("progress", PROGRESS["still"], False) == core_for("arrived", CASE, False)


def test_signal_holds_the_workers_own_sentence_and_the_ground() -> None:
    assert signal("consent")["Stand van zaken"] == "Mevrouw eet en slaapt slecht, zegt zij."
    assert "met toestemming van mevrouw" in signal("consent")["Wat is afgesproken"]
    assert "op grond van de Meldcode" in signal("meldcode, not told")["Wat is afgesproken"]
    assert NO_ACTION not in signal("consent")["Wat vragen wij van u"]


def test_signal_promises_only_letters_that_may_come() -> None:
    assert signal("meldcode, not told")["Volgend bericht"] == "Alleen als daarvoor toestemming is."
    assert signal("another letter is late")["Volgend bericht"] == "U hoort uiterlijk 30 november 2026 weer van ons."
    assert signal("after the talk")["Volgend bericht"].startswith("Bij de afsluiting, uiterlijk ")
    assert signal("closed")["Volgend bericht"] == LAST


def test_texts_use_only_fields_the_facts_know_and_every_field_is_explained() -> None:
    known = {name for facts in PROGRESS.values() for name in fields_for(facts, "progress")}
    known |= {name for facts in SIGNALS.values() for name in fields_for(facts, "signal")}
    assert known <= set(FIELDS)
    assert all(FIELDS[name].strip() for name in known)
    for kind in ("progress", "signal"):
        assert text_of(kind).startswith("# Stand van zaken")


# ---- attendance


def test_attendance_is_a_count_and_no_story() -> None:
    assert attendance_of((replace(WALK, present=7, held=8),)) == "7 van 8 keer"
    assert attendance_of((replace(WALK, present=0, held=8),)) == "0 van 8 keer"
    assert attendance_of((WALK,)) == ""


def test_attendance_names_the_activity_when_there_was_more_than_one() -> None:
    one = (replace(WALK, present=3, held=12), GARDEN)
    assert attendance_of(one) == "een wandelgroep: 3 van 12 keer"
    both = (one[0], replace(GARDEN, present=2, held=2))
    assert attendance_of(both) == "een wandelgroep: 3 van 12 keer, een tuingroep: 2 van 2 keer"
    assert attendance_of((replace(WALK, name="", present=1, held=2), GARDEN)).startswith("een activiteit bij ons")


def whole(core: Core) -> str:
    return " ".join(text for _heading, text in core)


def test_one_talk_is_not_called_enough_when_another_is_planned() -> None:
    talked = replace(CASE, joined=(), one_talk_enough=True)
    assert "Eén gesprek was genoeg" in whole(core_for("intake", talked, True))
    again = whole(core_for("intake", replace(talked, next_on=date(2026, 12, 3)), True))
    assert "genoeg" not in again
    assert "Op donderdag 3 december spreken wij haar weer." in again


def test_a_neutral_letter_is_called_what_it_is() -> None:
    assert name_of("closing", False) == name_of(ENDED, False) == "Welzijn op Recept, bericht van afsluiting"
    assert name_of("arrived", False) == name_of(RECEIPT, False) == "Welzijn op Recept, bericht van ontvangst"
