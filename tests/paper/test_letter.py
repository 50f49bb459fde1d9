"""The letter on paper: in the window, to the millimetre, one page, every name right."""

import re
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from desktop.errors import Refused
from desktop.paper import letter
from desktop.paper.letterplan import Overflow
from desktop.rules.lettercode import code
from desktop.rules.letters import Fold, Letterhead, Signature, Window
from tests.paper import reading, scanning
from tests.paper.samples import CORE, HEAD, LETTER, MARKS, core, picture

TEN_LINES = "Dit is een zin die net zo lang is als een regel op papier. " * 10


@pytest.mark.parametrize(("window", "left"), [("left", 35.0), ("right", 105.0)])
def test_the_address_stands_in_the_window(window: Window, left: float) -> None:
    content = replace(LETTER, window=window, references=(), back_to=())
    found = [w for w in reading.words(letter.render(content)) if 45 < w.top < 82]
    assert " ".join(w.text for w in found) == " ".join(" ".join(LETTER.address).split())
    assert min(w.left for w in found) == pytest.approx(left, abs=0.5)
    assert max(w.right for w in found) <= left + 70
    top, bottom = min(w.top for w in found), max(w.bottom for w in found)
    assert (top + bottom) / 2 == pytest.approx(63.5, abs=1)
    assert top >= 46
    assert bottom <= 81


@pytest.mark.parametrize("lines", [1, 3, 6])
def test_a_shorter_or_longer_address_stays_in_the_middle_of_the_window(lines: int) -> None:
    content = replace(LETTER, address=tuple(f"Regel{n}" for n in range(lines)), back_to=())
    found = [w for w in reading.words(letter.render(content)) if w.text.startswith("Regel")]
    assert len(found) == lines
    middle = (min(w.top for w in found) + max(w.bottom for w in found)) / 2
    assert middle == pytest.approx(63.5, abs=1)


def test_a_long_practice_name_wraps_inside_the_window() -> None:
    name = "Huisartsenpraktijk en Gezondheidscentrum De Grote Lindeboom aan de Rijksweg"
    content = replace(LETTER, address=(name, *LETTER.address[1:]))
    found = [w for w in reading.words(letter.render(content)) if 45 < w.top < 82]
    assert max(w.right for w in found) <= 175
    assert {w.text for w in found} >= set(name.split())


def test_an_address_that_no_window_shows_is_refused_and_its_longest_line_named() -> None:
    name = "Huisartsenpraktijk en Gezondheidscentrum De Grote Lindeboom aan de Rijksweg en Omstreken"
    content = replace(LETTER, address=(name, *(f"Regel {n}" for n in range(4))))
    with pytest.raises(Refused, match="2 regels te lang") as refused:
        letter.render(content)
    assert name in refused.value.message


def test_the_shift_moves_the_address_and_not_the_bottom_of_the_page() -> None:
    plain, moved = letter.render(LETTER), letter.render(replace(LETTER, shift_x=3, shift_y=-2))
    before, after = reading.word(plain, "Lindelaan"), reading.word(moved, "Lindelaan")
    assert after.left - before.left == pytest.approx(3, abs=0.05)
    assert after.top - before.top == pytest.approx(-2, abs=0.05)
    assert reading.word(moved, "bezorgd?") == reading.word(plain, "bezorgd?")


@pytest.mark.parametrize("shift", [0, 8, -12, 20])
def test_the_fold_belongs_to_the_paper_and_stays_when_the_address_moves(shift: int) -> None:
    """A paper folded elsewhere than at 107 mm no longer fits its envelope."""
    rules = reading.rules(letter.render(replace(LETTER, shift_x=-20, shift_y=shift)))
    assert [(round(left), round(top, 1)) for left, top, right, _bottom in rules if right < 15] == [(4, 107.0)]


def test_the_reference_line_has_its_labels_at_96_in_four_columns() -> None:
    pdf = letter.render(LETTER)
    firsts = [reading.word(pdf, word) for word in ("Uw", "Verwezen", "Ons", "Datum")]
    assert [w.baseline for w in firsts] == pytest.approx([96] * 4, abs=0.1)
    assert [w.left for w in firsts] == pytest.approx([35, 70, 105, 140], abs=0.5)


def test_subject_salutation_and_body_stand_where_practices_expect_them() -> None:
    pdf = letter.render(LETTER)
    value, subject = reading.word(pdf, "26-00412-N"), reading.word(pdf, "Betreft:")
    assert subject.baseline - value.baseline == pytest.approx(10, abs=0.1)
    salutation, kind = reading.word(pdf, "Geachte"), reading.word(pdf, "intake")
    assert salutation.baseline - kind.baseline == pytest.approx(12, abs=0.1)
    body = [w for w in reading.words(pdf) if subject.top - 1 < w.top < 280]
    assert min(w.left for w in body) == pytest.approx(35, abs=0.5)
    assert max(w.right for w in body) <= 175


def test_headings_are_bold_and_in_their_own_column() -> None:
    pdf = letter.render(LETTER)
    heading, first = reading.word(pdf, "Stand"), reading.word(pdf, "Mevrouw")
    assert "Bold" in heading.font
    assert "Bold" not in first.font
    assert heading.baseline == pytest.approx(first.baseline, abs=0.01)


@pytest.mark.parametrize(("fold", "marks"), [("DL", [107]), ("C5", [158]), ("none", [])])
def test_the_fold_mark_is_at_the_left_edge(fold: Fold, marks: list[int]) -> None:
    lines = [line for line in reading.rules(letter.render(replace(LETTER, fold=fold))) if line[2] < 15]
    assert [line[1] for line in lines] == pytest.approx(marks, abs=0.2)


def test_a_long_reference_wraps_in_its_column_and_pushes_the_subject_down() -> None:
    long_name = (*LETTER.references[:1], ("Verwezen door", "mw. dr. M. Jansen-van der Heijden"))
    plain, pdf = letter.render(LETTER), letter.render(replace(LETTER, references=long_name))
    found = [w for w in reading.words(pdf) if 97 < w.baseline < 106 and w.left > 69]
    assert " ".join(w.text for w in found) == "mw. dr. M. Jansen- van der Heijden"
    assert max(w.right for w in found) <= 104
    down = reading.word(pdf, "Betreft:").baseline - reading.word(plain, "Betreft:").baseline
    assert down == pytest.approx(4, abs=0.1)


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("Verwezen door", "mevrouw A.M.J.H. van den Nieuwenhuijzen-van der Bergh-de Groot, POH-GGZ"),
        ("Uw kenmerk", "ZORGDOMEIN-2026-0000123456789-ABCDEF-XYZ-LANG-KENMERK-99"),
    ],
)
def test_a_reference_too_long_for_a_column_has_a_row_of_its_own_and_stops_no_letter(label: str, value: str) -> None:
    references = (("Uw verwijzing van", "22 september 2026"), (label, value), ("Datum", "22 september 2026"))
    pdf = letter.render(replace(LETTER, references=references))
    first, datum = reading.word(pdf, value.split()[0]), reading.word(pdf, "Datum")
    assert first.left == pytest.approx(35, abs=0.5)
    assert first.top > datum.bottom
    assert datum.left == pytest.approx(70, abs=0.5)
    assert value in " ".join(reading.text(pdf).split())


def test_a_fifth_reference_stands_under_the_first() -> None:
    pdf = letter.render(replace(LETTER, references=(*LETTER.references, ("Uw kenmerk", "ZD20031556"))))
    fifth = reading.word(pdf, "ZD20031556")
    assert fifth.left == pytest.approx(35, abs=0.5)
    assert reading.word(pdf, "Betreft:").top > fifth.bottom


def test_a_letter_is_one_a4_with_its_own_typefaces() -> None:
    pdf = letter.render(replace(LETTER, marks=MARKS, attendance="Mevrouw was er 7 van de 8 keer."))
    assert reading.pages(pdf) == 1
    assert reading.size(pdf) == (210, 297)
    assert reading.unembedded(pdf) == set()
    assert reading.typefaces(pdf) <= {"NotoSans-Regular", "NotoSans-Bold"}


def test_the_file_itself_names_the_organisation_and_nobody_else() -> None:
    pdf = letter.render(LETTER)
    known = PdfReader(BytesIO(pdf)).metadata
    assert known is not None
    assert (known.title, known.author) == ("Terugkoppeling", "Welzijn Dorpstad")
    everything = " ".join(str(value) for value in known.values())
    assert not re.search("anonymous|Meer|Jansen|Bos", everything)


def test_the_same_content_is_the_same_file() -> None:
    content = replace(LETTER, marks=MARKS, letterhead=replace(HEAD, logo=picture()))
    first, second = letter.render(content), letter.render(content)
    assert sha256(first).digest() == sha256(second).digest()
    assert letter.render(replace(content, salutation="Geachte huisarts,")) != first


@pytest.mark.parametrize(
    "typed", ["<b>Jan</b>", "A & B", "{x}", "&amp;", '"quoted"', "50% \\(x\\)", "<img src=x>"]
)
def test_what_looks_like_markup_is_printed_as_it_was_typed(typed: str) -> None:
    pdf = letter.render(replace(LETTER, subject=f"Betreft: {typed}", core=core(f"Naam: {typed}.")))
    assert reading.flat(pdf).count(typed) == 2


@pytest.mark.parametrize(
    "name",
    ["Łukasz Wiśniewski", "Gülşen Yıldırım", "Nguyễn Văn Đức", "Bjørn Strauß", "José Ñuñez", "Zoë d’Août"],
)
def test_names_of_the_neighbourhood_print_right(name: str) -> None:
    pdf = letter.render(replace(LETTER, subject=f"Betreft: {name}", closing=Signature(name)))
    assert reading.flat(pdf).count(name) == 2
    assert reading.unembedded(pdf) == set()


def test_a_name_in_loose_accents_prints_as_the_composed_one() -> None:
    pdf = letter.render(replace(LETTER, subject="Betreft: Nguye\u0302\u0303n"))
    assert "Nguyễn" in reading.flat(pdf)


def test_an_arabic_name_is_drawn_joined_and_from_right_to_left() -> None:
    pdf = letter.render(replace(LETTER, subject="Betreft: محمد علي, geb. 1951"))
    assert "DejaVuSans-Bold" in reading.typefaces(pdf)
    assert reading.unembedded(pdf) == set()
    assert "محمد علي" in normalize("NFKC", reading.flat(pdf))
    drawn = [each for each in reading.letters(pdf) if "\ufe70" <= each <= "\ufefc"]
    assert drawn == list("\ufef2\ufee0\ufecb\ufeaa\ufee4\ufea4\ufee3")


@pytest.mark.parametrize("letters", ["🦊", "中", "🦊中", "\ud800"])
def test_letters_no_typeface_has_are_refused_by_name(letters: str) -> None:
    with pytest.raises(Refused) as refused:
        letter.render(replace(LETTER, core=core(f"Tot ziens {letters}")))
    assert "Stand van zaken" in refused.value.message
    assert all(
        each in refused.value.message or f"U+{ord(each):04X}" in refused.value.message for each in letters
    )


def test_four_lines_fit_under_a_heading_and_a_fifth_is_named() -> None:
    four, five = "\n".join(["regel"] * 4), "\n".join(["regel"] * 5)
    assert letter.overflow(replace(LETTER, core=core(four))) is None
    too_much = letter.overflow(replace(LETTER, core=core(five)))
    assert too_much == Overflow(1, "Stand van zaken")


def test_a_text_that_does_not_fit_tells_what_must_go() -> None:
    content = replace(LETTER, core=core(TEN_LINES))
    too_much = letter.overflow(content)
    assert too_much is not None
    assert too_much.heading == "Stand van zaken"
    assert 6 <= too_much.lines <= 8
    with pytest.raises(Refused) as refused:
        letter.render(content)
    assert "Stand van zaken" in refused.value.message
    assert str(too_much.lines) in refused.value.message


def test_a_full_letter_fits_and_with_marks_the_writer_hears_what_must_go() -> None:
    full = replace(LETTER, core=tuple((heading, "\n".join(["regel"] * 4)) for heading, _text in CORE))
    assert reading.pages(letter.render(full)) == 1
    assert letter.overflow(replace(full, marks=MARKS)) == Overflow(3)
    usual = replace(full, core=tuple((heading, "regel\nregel\nregel") for heading, _text in CORE))
    pdf = letter.render(replace(usual, marks=MARKS))
    footer = reading.word(pdf, "bezorgd?")
    assert max(w.bottom for w in reading.words(pdf) if w.top < footer.top - 1) < footer.top - 2


def test_a_page_that_is_full_is_named_as_a_whole() -> None:
    crowded = tuple((f"Kop {n}", "een\ntwee\ndrie\nvier") for n in range(8))
    too_much = letter.overflow(replace(LETTER, core=crowded))
    assert too_much is not None
    assert too_much.heading == ""
    assert too_much.lines > 0


def test_a_name_of_200_letters_is_printed_whole() -> None:
    name = "Maximiliaan" * 18
    pdf = letter.render(replace(LETTER, subject=f"Betreft: {name}", letterhead=Letterhead(name)))
    squeezed = re.sub(r"\s", "", reading.text(pdf))
    assert squeezed.count(name) >= 2
    assert max(w.right for w in reading.words(pdf)) <= 175.5
    head = [w for w in reading.words(pdf) if w.top < 46]
    assert max(w.bottom for w in head) < 46


def test_the_number_of_lines_is_shown_while_writing() -> None:
    counts = letter.line_counts(replace(LETTER, core=core("een\ntwee\ndrie")))
    assert counts[0] == ("Stand van zaken", 3)
    assert counts[2] == ("Wat vragen wij van u", 1)


def test_an_empty_heading_is_left_out() -> None:
    pdf = letter.render(replace(LETTER, core=(*CORE[:2], ("Wat vragen wij van u", "  "), CORE[3])))
    assert "Wat vragen wij" not in reading.flat(pdf)


def test_the_marks_are_printed_with_their_figures_and_called_no_measurement() -> None:
    pdf = letter.render(replace(LETTER, marks=MARKS))
    found = [w for w in reading.words(pdf) if w.left > 110 and w.top > 150]
    assert {w.text for w in found} >= {"Lichaam", "Gevoel", "Meedoen", "6", "4", "5", "7", "–"}
    assert "Gespreksbeeld, geen meting" in reading.flat(pdf)
    assert max(w.right for w in found) <= 176
    assert "Gespreksbeeld" not in reading.flat(letter.render(LETTER))


def test_a_reprint_says_kopie() -> None:
    assert "kopie" not in reading.text(letter.render(LETTER))
    pdf = letter.render(replace(LETTER, copy=True))
    assert "kopie" in reading.text(pdf)
    assert reading.pages(pdf) == 1


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_is_printed_beside_the_name(kind: str) -> None:
    without = replace(LETTER, back_to=())
    with_logo = letter.render(replace(without, letterhead=replace(HEAD, logo=picture(kind))))
    assert len(PdfReader(BytesIO(with_logo)).pages[0].images) == 1
    assert (
        reading.word(with_logo, "Brinkstraat").left > reading.word(letter.render(without), "Brinkstraat").left
    )


@pytest.mark.parametrize("broken", [b"", b"geen plaatje", picture()[:60], b"GIF89a" + b"\0" * 50])
def test_a_logo_that_is_no_picture_is_refused(broken: bytes) -> None:
    content = replace(LETTER, letterhead=replace(HEAD, logo=broken or b"\0"))
    with pytest.raises(Refused):
        letter.render(content)


def test_a_batch_prints_a_page_per_letter_and_the_same_text() -> None:
    others = [replace(LETTER, salutation=f"Geachte heer Bos{n},") for n in range(5)]
    pdf = letter.render_batch(others)
    assert reading.pages(pdf) == 5
    assert all(f"Geachte heer Bos{n}," in reading.flat(pdf) for n in range(5))
    assert reading.unembedded(pdf) == set()


def test_a_batch_of_nothing_is_refused() -> None:
    with pytest.raises(Refused):
        letter.render_batch([])


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_whatever_is_typed_prints_on_one_page_or_is_refused(typed: str) -> None:
    content = replace(
        LETTER, core=core(typed), subject=typed, address=(typed, "x"), closing=Signature(typed, typed)
    )
    with suppress(Refused):
        assert reading.pages(letter.render(content)) == 1


FIXED = replace(LETTER, code=code(412))


@pytest.mark.parametrize("window", ["left", "right"])
def test_the_code_stands_small_at_the_bottom_right_and_moves_nothing(window: Window) -> None:
    content = replace(LETTER, window=window, shift_x=2, shift_y=-1, marks=MARKS)
    plain = letter.render(content)
    fixed = letter.render(replace(content, code=FIXED.code))

    signs = reading.word(fixed, FIXED.code)
    assert signs.right == pytest.approx(175, abs=0.1)
    assert 6 <= signs.size <= 7
    assert [word for word in reading.words(fixed) if word != signs] == reading.words(plain)
    left, top, right, bottom = reading.bars(fixed)
    assert right == pytest.approx(175, abs=0.05)
    assert 277 < top < bottom < signs.top + 0.8
    assert signs.bottom < 297 - 10  # printers leave some of the edge white
    footer = reading.word(fixed, "00.")
    assert footer.right < left - 3  # the white that a scanner wants


def test_a_code_leaves_room_for_a_full_letter_and_a_long_footer() -> None:
    full = replace(FIXED, core=tuple((heading, "\n".join(["regel"] * 4)) for heading, _text in CORE))
    long = replace(full, footer=full.footer.replace("040 211 00 00", "+49 170 123456789012"))
    for content in (full, long):
        assert letter.overflow(content) is None
        pdf = letter.render(content)
        left, top, _right, _bottom = reading.bars(pdf)
        footer = [word for word in reading.words(pdf) if word.size == pytest.approx(7.5)]
        body = [word for word in reading.words(pdf) if word.size > 8 and word.top < 280]
        assert max(word.right for word in footer) < left - 3
        assert min(word.top for word in footer) > max(word.baseline for word in body) + 1
        assert top > max(word.baseline for word in body) + 1


@pytest.mark.parametrize("per_inch", [150, 300])
def test_the_code_of_a_letter_is_read_back_from_its_page_and_its_fax(qapp: object, per_inch: int) -> None:
    seen = scanning.dots(letter.render(replace(FIXED, marks=MARKS)), per_inch)

    assert scanning.codes(seen) == {("Code128", FIXED.code)}
    assert scanning.codes(scanning.faxed(seen)) == {("Code128", FIXED.code)}


def test_a_letter_without_code_has_no_bars(qapp: object) -> None:
    assert scanning.codes(scanning.dots(letter.render(LETTER), 150)) == set()
