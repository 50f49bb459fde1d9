"""The page of results: one A4, the address in the window, plain figures, and never a second page."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.errors import Refused
from desktop.paper import valuepage
from desktop.rules.letters import Signature, Window
from desktop.rules.valuepage import LastTalk, ValuePage, counted, intro, period, subject, talk_lines, told
from desktop.rules.values import Averages, Quarter, Values
from tests.paper import reading
from tests.paper.samples import HEAD, picture

TODAY, Q3 = date(2026, 11, 20), Quarter(2026, 3)
VALUES = Values(24, 17, 11, 12, 7, 31, 25, Averages(4.2, 2.6, 9))
TALK = LastTalk(date(2026, 8, 12), "Wij bellen binnen een week.", date(2026, 11, 24))


def page(values: Values = VALUES, talk: LastTalk | None = TALK) -> ValuePage:
    return ValuePage(
        letterhead=HEAD,
        address=("Huisartsenpraktijk De Linde", "Lindelaan 4", "5611 XA  DORPSTAD"),
        references=(("Periode", period(Q3)), ("Datum", "20 november 2026")),
        subject=subject(Q3),
        salutation="Geachte huisarts,",
        intro=intro(values, Q3),
        figures=told(values),
        counted=counted(values, Q3, TODAY),
        talk=talk_lines(talk, TODAY),
        closing=Signature("F. Yıldız", "welzijnscoach", "06 1234 5678"),
    )


def test_the_figures_and_what_was_agreed_on_one_a4_with_its_own_typefaces() -> None:
    pdf = valuepage.render([page()])
    assert (reading.pages(pdf), reading.size(pdf), reading.unembedded(pdf)) == (1, (210, 297), set())
    text = reading.flat(pdf)
    for part in (
        "Betreft: uw vouchers in het derde kwartaal van 2026",
        "Gesproken binnen twee weken 17 van de 24",
        "Begonnen met een activiteit 11 van de 24",
        "Na drie maanden nog actief 7 van de 12",
        "Brieven aan u, op tijd 25 van de 31",
        "gemiddeld 4,2 vooraf, 2,6 daarna (9 mensen)",
        "Wij bellen binnen een week.",
        "dinsdag 24 november 2026",
        "F. Yıldız",
    ):
        assert part in text, part


@pytest.mark.parametrize(("window", "left"), [("left", 35.0), ("right", 105.0)])
def test_the_address_stands_in_the_window(window: Window, left: float) -> None:
    found = [w for w in reading.words(valuepage.render([replace(page(), window=window)])) if 45 < w.top < 82]
    assert " ".join(w.text for w in found) == "Huisartsenpraktijk De Linde Lindelaan 4 5611 XA DORPSTAD"
    assert min(w.left for w in found) == pytest.approx(left, abs=0.5)
    assert max(w.right for w in found) <= left + 70
    top, bottom = min(w.top for w in found), max(w.bottom for w in found)
    assert (top + bottom) / 2 == pytest.approx(63.5, abs=1)
    assert (top >= 46, bottom <= 81) == (True, True)


def test_shift_and_fold_mark_are_those_of_every_letter() -> None:
    plain, moved = valuepage.render([page()]), valuepage.render([replace(page(), shift_x=3, shift_y=-2)])
    before, after = reading.word(plain, "Lindelaan"), reading.word(moved, "Lindelaan")
    assert after.left - before.left == pytest.approx(3, abs=0.05)
    assert after.top - before.top == pytest.approx(-2, abs=0.05)
    marks = [line for line in reading.rules(valuepage.render([replace(page(), fold="C5")])) if line[2] < 15]
    assert [line[1] for line in marks] == pytest.approx([158], abs=0.2)


def test_figures_take_a_quarter_of_the_page_and_stay_in_their_columns() -> None:
    pdf = valuepage.render([page()])
    first, last = reading.word(pdf, "Vouchers"), reading.word(pdf, "(9")
    assert last.bottom - first.top < 297 / 4
    body = [w for w in reading.words(pdf) if 95 < w.top < 280]
    assert min(w.left for w in body) == pytest.approx(35, abs=0.5)
    assert max(w.right for w in body) <= 175.2
    figures = [w for w in body if first.top - 1 < w.top < last.bottom and 91 < w.left < 93]
    names = [w for w in body if first.top - 1 < w.top < last.bottom and w.left < 91]
    assert max(w.right for w in names) < min(w.left for w in figures)


def test_too_few_vouchers_give_the_sentence_and_no_table() -> None:
    text = reading.flat(valuepage.render([page(Values(received=3, arrived=3))]))
    assert "minder dan 5 vouchers" in text
    assert "Gesproken" not in text
    assert "Geteld" not in text


def test_all_practices_in_one_file_a_page_each() -> None:
    pages = [replace(page(), address=(f"Praktijk {n}", "Singel 1", "5611 XA  DORPSTAD")) for n in range(30)]
    pdf = valuepage.render(pages)
    assert reading.pages(pdf) == 30
    assert "Praktijk 29" in " ".join(word.text for word in reading.words(pdf, 29))


def test_a_long_agreement_is_refused_and_says_by_how_much() -> None:
    fits = replace(page(), talk=talk_lines(LastTalk(TODAY, "Wij doen wat wij zeggen. " * 12), TODAY))
    assert reading.pages(valuepage.render([fits])) == 1
    with pytest.raises(Refused) as refused:
        valuepage.render([replace(page(), talk=talk_lines(LastTalk(TODAY, "regel\n" * 25), TODAY))])
    assert "De Linde" in refused.value.message
    assert "regels te lang" in refused.value.message


def test_a_logo_and_an_odd_name_stay_on_the_page() -> None:
    odd = replace(
        page(),
        letterhead=replace(HEAD, logo=picture()),
        address=("Praktijk <b>Łukasz & Đặng</b> van het Gezondheidscentrum aan de Grote Rijksweg", "5611 XA  DORPSTAD"),
    )
    pdf = valuepage.render([odd])
    assert reading.inside_page(pdf)
    assert "<b>Łukasz" in reading.flat(pdf)


def test_what_cannot_be_printed_is_refused_by_name() -> None:
    with pytest.raises(Refused, match=r"De Linde.*🦊"):
        valuepage.render([replace(page(), talk=(("Afgesproken", "🦊"),))])


def test_an_address_that_no_window_shows_is_refused() -> None:
    with pytest.raises(Refused, match="Regel 0"):
        valuepage.render([replace(page(), address=tuple(f"Regel {n}" for n in range(7)))])
