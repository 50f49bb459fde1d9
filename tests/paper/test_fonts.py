"""Letters and lines: what can be printed, and where a line breaks."""

import pytest

from desktop.paper import fonts


@pytest.mark.parametrize(
    "text",
    ["Łukasz", "Đặng Thị Ánh", "Ğülşen", "café", "محمد", "فاطمة", "پروین", "שלום", "☐ ☑ ✓", "€ – “x” ½", ""],
)
def test_what_people_are_called_can_be_printed(text: str) -> None:
    assert fonts.unprintable(text) == ""


def test_what_cannot_be_printed_is_told_once_each() -> None:
    assert fonts.unprintable("a🦊b中🦊") == "🦊中"


def test_signs_without_a_shape_are_left_out() -> None:
    assert fonts.clean("a\u200bb\ufeffc\u202ed\u2028e\x00f\tg") == "abcd e f g"
    assert fonts.runs("zo\u00adlang") == [("NotoSans", "zolang")]


def test_the_spare_typeface_is_used_for_no_more_than_needed() -> None:
    assert fonts.runs("Ja ☑ nee") == [("NotoSans", "Ja "), ("DejaVuSans", "☑ "), ("NotoSans", "nee")]
    assert fonts.runs("☑", bold=True)[0][0].startswith("DejaVuSans")


def test_lines_are_as_wide_as_the_room_and_no_word_is_lost() -> None:
    text = "Mevrouw doet mee en gaat vanaf donderdag naar de inloop bij ons in de wijk."
    lines = fonts.wrap(text, 120, 10)
    assert " ".join(lines) == text
    assert all(fonts.width(line, 10) <= 120 for line in lines)
    assert len(lines) > 2


def test_a_word_wider_than_the_line_is_broken_and_not_cut_off() -> None:
    lines = fonts.wrap("x" * 1000, 120, 10)
    assert "".join(lines) == "x" * 1000
    assert all(fonts.width(line, 10) <= 120 for line in lines)


def test_a_long_mail_address_breaks_at_a_natural_place() -> None:
    assert fonts.wrap("info.en.contact@huisartsenpraktijk-de-linde.example", 160, 10)[0][-1] in "-@."


def test_a_double_name_may_break_at_its_hyphen_but_a_date_may_not() -> None:
    assert fonts.wrap("mw. Jansen-Bakker", fonts.width("mw. Jansen-", 10) + 1, 10) == [
        "mw. Jansen-",
        "Bakker",
    ]
    assert fonts.wrap("geb. 03-04-1951", fonts.width("geb. 03-04-", 10) + 1, 10) == ["geb.", "03-04-1951"]


def test_the_two_spaces_of_a_postcode_line_stay() -> None:
    assert fonts.wrap("5611 XA  DORPSTAD", 300, 10) == ["5611 XA  DORPSTAD"]


def test_typed_line_ends_stay_and_white_lines_too() -> None:
    assert fonts.wrap("een\r\n\r\ntwee", 300, 10) == ["een", "", "twee"]
