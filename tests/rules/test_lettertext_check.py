"""A text of the coordinator: what is refused, in which words, and what was probably meant."""

from datetime import date
from random import Random

import pytest

from desktop.errors import Doubtful, Refused
from desktop.rules.lettersamples import KINDS, situations
from desktop.rules.lettertext_check import LONGEST, LetterTextDraft, check, nearest, tidy
from desktop.rules.lettertexts import text_of

TODAY = date(2026, 11, 17)
DECLINED = text_of("declined")


def lines(text: str) -> int:
    """Some 55 letters a line, as on paper."""
    return 1 + len(text) // 55


def complaint(kind: str, body: str, sure: bool = False) -> str:
    with pytest.raises(Refused) as refused:
        check(LetterTextDraft(kind=kind, body=body, sure=sure), TODAY, lines)
    return refused.value.fields["body"]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if situations(kind, TODAY)])
def test_the_texts_that_ship_are_right(kind: str) -> None:
    check(LetterTextDraft(kind=kind, body=text_of(kind)), TODAY, lines)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("deelnemr", "deelnemer"),
        ("Deelnemr", "Deelnemer"),
        ("DEELNEMER", "deelnemer"),
        (" deelnemer ", "deelnemer"),
        ("intake op", "intake_op"),
        ("intake-op", "intake_op"),
        ("laatste_berichtt", "laatste_bericht"),
        ("bsn", ""),
        ("", ""),
    ],
)
def test_a_mistyped_field_is_recognised(typed: str, meant: str) -> None:
    assert nearest(typed) == meant


def test_an_unknown_field_is_refused_with_the_nearest_one() -> None:
    said = complaint("declined", DECLINED.replace("{Deelnemer} kan", "{deelnemr} kan"))
    assert said == "Regel 5: {deelnemr} is geen veld. Bedoel je {deelnemer}?"
    said = complaint("declined", DECLINED + "\n{qqqqqq}")
    assert "{qqqqqq} is geen veld. Kies er een uit de lijst." in said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("# Stand van zaken\n", "", "De kop “# Stand van zaken” ontbreekt."),
        ("# Stand van zaken", "# Stand van de zaken", "Bedoel je “# Stand van zaken”?"),
        ("# Stand van zaken", "#Stand van zaken", "Bedoel je “# Stand van zaken”?"),
        ("# Stand van zaken", " # Stand van zaken", "Bedoel je “# Stand van zaken”?"),
        ("# Stand van zaken", "# stand van zaken", "Bedoel je “# Stand van zaken”?"),
        ("# Stand van zaken", "# Privé", "“# Privé” is geen kop van deze brief; de koppen liggen vast."),
        ("# Volgend bericht", "# Stand van zaken", "de kop “Stand van zaken” staat er twee keer"),
        ("# Stand van zaken", "Beste dokter,\n# Stand van zaken", "Regel 1 staat boven de eerste kop"),
        ("{geen_actie}", "{geen_actie", "er ontbreekt een { of een } bij “{geen_actie”"),
        ("{geen_actie}", "geen_actie}", "er ontbreekt een { of een } bij “geen_actie}”"),
        ("{geen_actie}", "{{geen_actie}}", "er ontbreekt een { of een }"),
        ("{geen_actie}\n", "Het BSN is 111222333.\n", "Een BSN"),
        ("{geen_actie}", "x" * LONGEST, "veel te lang"),
    ],
)  # fmt: skip
def test_what_would_spoil_a_letter_is_refused(old: str, new: str, said: str) -> None:
    assert old in DECLINED
    assert said in complaint("declined", DECLINED.replace(old, new))


def test_headings_in_another_order_are_refused() -> None:
    first, *rest = DECLINED.split("\n# ")
    turned = "\n# ".join([first, rest[1], rest[0], rest[2]])
    assert "andere volgorde" in complaint("declined", turned)


def test_a_heading_that_stays_empty_somewhere_is_refused_with_the_situation() -> None:
    without = text_of("arrived").replace("U hoort uiterlijk {bericht_voor} weer van ons.\n", "")
    said = complaint("arrived", without)
    assert "In de situatie “Nog niet gebeld” staat er niets onder “Volgend bericht”." in said
    assert "Intake gepland" not in said


def test_a_heading_without_any_paragraph_is_said_once_and_not_for_every_situation() -> None:
    without = text_of("intake").replace("{geen_actie}\n", "").replace("U mag er {gerust}", "#x")
    without = "\n".join(line for line in without.splitlines() if not line.startswith("#x"))
    assert complaint("intake", without) == "Er staat niets onder de kop “# Wat vragen wij van u”."


def test_a_heading_of_too_many_lines_is_refused_with_the_situation() -> None:
    said = complaint("intake", text_of("intake").replace("{binnenkort}", "{binnenkort} " + "heel spoedig " * 30))
    assert "In de situatie “Activiteit wordt gezocht” neemt “Wat is afgesproken”" in said
    assert "er is plaats voor 4" in said
    assert "Wachtlijst" not in said


def test_a_heading_too_long_everywhere_is_said_once_where_it_is_worst() -> None:
    said = complaint("intake", text_of("intake") + "\n" + "heel lang verhaal " * 40)
    assert said.count("“Volgend bericht”") == 1
    assert "\n" not in said


def test_many_mistakes_are_told_a_few_at_a_time() -> None:
    said = complaint("declined", DECLINED + "\n".join(f"{{fout{n}}}" for n in range(9)))
    assert said.count("\n") == 5
    assert said.endswith("En nog 4.")


def test_a_paragraph_that_no_letter_would_show_is_asked_about() -> None:
    body = DECLINED.replace("{geen_actie}", "{geen_actie}\nTot {afspraak_op}.")
    with pytest.raises(Doubtful) as asked:
        check(LetterTextDraft(kind="declined", body=body), TODAY, lines)
    assert "Regel 9 zou in geen enkele brief van deze soort staan" in asked.value.fields["body"]
    check(LetterTextDraft(kind="declined", body=body, sure=True), TODAY, lines)


def test_no_text_whatever_it_is_raises_anything_else() -> None:
    for body in ("", "\n", "#", "# ", "{", "}", "{}", "#{}", "\x00", "# Uitkomst\n{\n}", "😀", "a\u2028# b", "{{{}}}"):
        complaint("declined", body, sure=True)


def test_a_thousand_texts_somebody_might_paste_are_judged_without_a_crash() -> None:
    chance = Random(5)
    shreds = ["# ", "#", "\n", "{", "}", "{deelnemer}", "{x}", "Stand van zaken", "é", "汉", "\t", "\x00", "111222333"]
    said: list[str] = []
    for _n in range(1000):
        body = text_of("intake") if chance.random() < 0.5 else ""
        for _m in range(chance.randint(1, 8)):
            at = chance.randint(0, len(body))
            body = body[:at] + chance.choice(shreds) + body[at + chance.choice((0, 0, 3, 40)) :]
        try:
            check(LetterTextDraft(kind="intake", body=tidy(body)), TODAY, lines)
        except Refused as refused:
            said.append(refused.fields["body"])
    assert len(said) > 500
    assert all(said)


def test_what_is_kept_has_no_loose_ends() -> None:
    assert tidy("\r\n# A  \r\nb\t\n\n\n") == "# A\nb\n"


def test_text_for_everybody_is_asked_about_what_no_letter_tells() -> None:
    body = DECLINED.replace("{geen_actie}", "{geen_actie}\nUw dochter mag ook bellen.")
    with pytest.raises(Doubtful) as asked:
        check(LetterTextDraft(kind="declined", body=body), TODAY, lines)
    assert "9: “dochter”" in asked.value.fields["body"]
    check(LetterTextDraft(kind="declined", body=body, sure=True), TODAY, lines)
