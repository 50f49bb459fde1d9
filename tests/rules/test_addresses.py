"""Dutch addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import Refused
from desktop.rules.addresses import (
    Address,
    echo_postcode,
    find_postcode,
    has_address,
    is_room,
    one_line,
    place_lines,
    postcode_complaint,
    read_any_postcode,
    read_postcode,
    refuse_no_post,
    show_postcode_letter,
    split_street,
    street_line,
    tidy_country,
    why_no_post,
)


@pytest.mark.parametrize("typed", ["5612CD", "5612 cd", " 5612  Cd ", "NL-5612 CD", "5612-CD", "５６１２ＣＤ"])
def test_a_postcode_is_kept_one_way_however_typed(typed: str) -> None:
    assert read_postcode(typed) == "5612 CD"


@pytest.mark.parametrize(("typed", "said"), [
    ("0123 AA", "Deze postcode kan niet: geen Nederlandse postcode begint met een 0."),
    ("1234 SS", "Deze postcode kan niet: de letters SS worden niet gebruikt."),
    ("5612", "Een postcode heeft vier cijfers en twee letters, zoals 5612 CD."),
    ("5612 CDE", "Een postcode heeft vier cijfers en twee letters, zoals 5612 CD.")])
def test_a_postcode_that_cannot_be_is_refused(typed: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        read_postcode(typed)
    assert refused.value.message == said


def test_the_last_line_of_an_address_has_two_spaces_and_capitals() -> None:
    assert show_postcode_letter("5612 CD", "Dorpstad") == "5612 CD  DORPSTAD"
    assert show_postcode_letter("", "IJmuiden") == "IJMUIDEN"
    assert Address("Beukenlaan", "12 bis", "5612 CD", "Dorpstad").lines() == ("Beukenlaan 12 bis", "5612 CD  DORPSTAD")
    assert Address().lines() == ()


@pytest.mark.parametrize(("typed", "street", "number"), [
    ("Beukenlaan 12 bis", "Beukenlaan", "12 bis"), ("Plein 1944 3", "Plein 1944", "3"),
    ("2e Beukenstraat 5", "2e Beukenstraat", "5"), ("Laan van 1813 12-a", "Laan van 1813", "12-a"),
    ("Kerkstraat 12hs", "Kerkstraat", "12hs"), ("Kade 12-3", "Kade", "12-3"), ("Postbus 123", "Postbus", "123"),
    ("Dorpsstraat nr. 5", "Dorpsstraat", "5"), ("Beukenlaan", "Beukenlaan", ""), ("", "", ""),
    ("'s-Gravenweg 8 B", "'s-Gravenweg", "8 B")])
def test_street_and_number_are_told_apart(typed: str, street: str, number: str) -> None:
    assert split_street(typed) == (street, number)


def test_a_postcode_is_found_in_a_text_and_a_year_is_not_one() -> None:
    assert find_postcode("sinds 1951 is zij weduwe, 5612 CD Dorpstad") == (26, 33, "5612 CD")
    assert find_postcode("5611ab") == (0, 6, "5611 AB")
    assert find_postcode("in 2026 en 1234 SS") is None


@given(st.one_of(st.text(max_size=400), st.text("0123456789 abisnr-./", max_size=60)))
def test_whatever_is_typed_gives_a_value_or_a_sentence(typed: str) -> None:
    split_street(typed)
    find_postcode(typed)
    said = "fine"
    try:
        read_postcode(typed)
    except Refused as refused:
        said = refused.message
    assert said


@pytest.mark.parametrize(
    ("place", "street", "lines"),
    [
        (Address("Dorpsweg", "12 a", "1511 KL", "Veldzicht"), "Dorpsweg 12 a", ("Dorpsweg 12 a", "1511 KL Veldzicht")),
        (Address("", "7", "1511 KL", "Veldzicht"), "1511 KL 7", ("1511 KL 7", "Veldzicht")),
        (Address("", "7", "1511 KL", ""), "1511 KL 7", ("1511 KL 7",)),
        (Address("Dorpsweg", "", "", "Veldzicht"), "Dorpsweg", ("Dorpsweg", "Veldzicht")),
        (Address("", "", "1511 KL", "Veldzicht"), "", ("1511 KL Veldzicht",)),
        (Address("", "7", "", "Veldzicht"), "", ("Veldzicht",)),  # a number alone leads nowhere
        (Address(), "", ()),
    ],
)
def test_as_much_of_an_address_as_is_known_is_said_once(place: Address, street: str, lines: tuple[str, ...]) -> None:
    assert street_line(place) == street
    assert place_lines(place) == lines
    assert one_line(place) == ", ".join(lines)
    assert place.postcode == "" or one_line(place).count(place.postcode) == 1


@pytest.mark.parametrize(
    ("place", "arrives"),
    [
        (Address("", "7", "1511 KL", ""), True),
        (Address("Dorpsweg", "7", "", "Veldzicht"), True),
        (Address("Dorpsweg 7", "", "1511 KL", ""), True),
        (Address("Postbus 15", "", "1510 AA", "Veldzicht"), True),
        (Address("zwervend", "", "", "Veldzicht"), False),
        (Address("Dorpsweg", "7", "", ""), False),
        (Address("", "", "1511 KL", "Veldzicht"), False),
        (Address("", "7", "", "Veldzicht"), False),
    ],
)
def test_post_arrives_only_where_house_and_place_are_known(place: Address, arrives: bool) -> None:
    assert has_address(place) is arrives


@pytest.mark.parametrize("text", ["kamer 3", "de grote zaal", "Balie", "1e verdieping", "in de keuken", "Wachtkamer"])
def test_a_room_is_no_address(text: str) -> None:
    assert is_room(text)


@pytest.mark.parametrize("text", ["Kerkstraat 3", "bij de bibliotheek", "Zaalstraat 4", "Kamerlingh Onneslaan 8", ""])
def test_an_address_is_no_room(text: str) -> None:
    assert not is_room(text)


COMPLETE = [
    Address("Dorpsweg", "7", "1511 KL", "Veldzicht"),
    Address("Dorpsweg", "7 bis", "1511 KL", "Veldzicht"),
    Address("Dorpsweg 7", "", "1511 KL", "Veldzicht"),
    Address("Postbus", "15", "1510 AA", "Veldzicht"),
    Address("Antwoordnummer 15", "", "1510 AA", "Veldzicht"),
    Address("", "7", "1511 KL", "Veldzicht"),
    Address("", "7", "1511 KL", ""),  # postcode and number: the post needs no more
    Address("Havenkade", "t/o 4", "1511 KL", "Veldzicht"),
    Address("Plein 1945", "2", "1511 KL", "Veldzicht"),
    Address("Onbekende Weg", "3", "1511 KL", "Veldzicht"),  # a street may be called anything
    Address("Zwervershof", "3", "1511 KL", "Veldzicht"),
    Address("Geenhovensedreef", "3", "1511 KL", "Veldzicht"),
    Address("Ziekerweg", "3", "1511 KL", "Veldzicht"),
    Address("Kerkplein", "3", "9000", "Gent", "België"),
    Address("Bahnhofstraße", "3", "47533", "Kleve", "Duitsland"),
    Address("Rose Cottage", "", "SW1A 1AA", "London", "UK"),
]


@pytest.mark.parametrize("place", COMPLETE, ids=lambda place: one_line(place))
def test_post_goes_where_a_house_can_be_found(place: Address) -> None:
    assert why_no_post(place) == ""
    refuse_no_post("De Linde", place)


WRITTEN = [
    "zwervend", "Zwerft", "dakloos", "dak- en thuisloos", "dak/thuisloos", "geen vaste woon- of verblijfplaats",
    "zonder vaste verblijfplaats", "g.v.w.v.", "z.v.w.o.v.", "geen adres", "op straat", "no fixed abode",
    "onbekend", "adres onbekend", "niet bekend", "nog opvragen", "nog niet bekend", "volgt", "geheim", "geheim adres",
    "zie boven", "zie nicht", "Zie dochter, zelfde huis", "idem", "als boven", "bij haar zus", "n.v.t.", "-", "--",
    "?", "??", "x", "xxx", ".", "verhuisd", "vertrokken onbekend waarheen",
]  # fmt: skip


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("rest", [("", "", ""), ("4", "1511 KL", "Veldzicht"), ("", "1511 KL", "Veldzicht")])
def test_what_says_that_there_is_no_address_is_refused_by_name(written: str, rest: tuple[str, str, str]) -> None:
    with pytest.raises(Refused) as refused:
        refuse_no_post("Huisartsenpraktijk De Linde", Address(written, *rest))
    assert written in refused.value.message
    assert "Huisartsenpraktijk De Linde" in refused.value.message


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Address(), "Er is geen adres bekend."),
        (Address("", "", "", "Veldzicht"), "In het adres ontbreekt: straat, huisnummer, postcode."),
        (Address("Dorpsweg", "", "1511 KL", "Veldzicht"), "In het adres ontbreekt: huisnummer."),
        (Address("Dorpsweg", "0", "1511 KL", "Veldzicht"), "In het adres ontbreekt: huisnummer."),
        (Address("Dorpsweg", "onbekend", "1511 KL", "Veldzicht"), "“onbekend” is geen adres."),
        (Address("Dorpsweg", "7", "", "Veldzicht"), "In het adres ontbreekt: postcode."),
        (Address("Dorpsweg", "7", "1511 KL", ""), "In het adres ontbreekt: plaats."),
        (Address("", "", "1511 KL", "Veldzicht"), "In het adres ontbreekt: straat, huisnummer."),
        (Address("Postbus", "", "1511 KL", "Veldzicht"), "In het adres ontbreekt: nummer van de postbus."),
        (Address("in de opvang", "", "1511 KL", "Veldzicht"), "In het adres ontbreekt: huisnummer."),
        (Address("", "", "", "Gent", "België"), "In het adres ontbreekt: straat."),
        (Address("Kerkplein", "3", "9000", "Gent"),
         "“9000” is geen Nederlandse postcode. Is het in het buitenland, vul dan het land in."),
    ],
)  # fmt: skip
def test_what_is_missing_is_named(place: Address, said: str) -> None:
    assert why_no_post(place) == said


def test_an_address_abroad_ends_with_its_country_and_is_not_made_dutch() -> None:
    assert Address("Kerkplein", "3", "B-9000", "Gent", "be").lines() == ("Kerkplein 3", "9000 GENT", "BELGIË")
    assert Address("Hauptstraße", "5", "47533", "Kleve", "Duitsland").lines()[1:] == ("47533 KLEVE", "DUITSLAND")
    assert Address("Dorpsweg", "7", "1511 KL", "Veldzicht", "NL").lines() == ("Dorpsweg 7", "1511 KL  VELDZICHT")
    assert one_line(Address("Kerkplein", "3", "9000", "Gent", "België")) == "Kerkplein 3, 9000 Gent, België"
    assert tidy_country(" belgie ") == "België"
    assert tidy_country("Nederland") == ""


def test_a_postcode_of_another_country_is_kept_when_the_country_is_known() -> None:
    assert read_any_postcode("1511kl") == "1511 KL"
    assert read_any_postcode(" d-47533 ") == "D-47533"
    assert echo_postcode("1511 KL") == ""
    assert echo_postcode("9000") != ""
    assert postcode_complaint("9000", "België") == ""
    assert postcode_complaint("9000") != ""
    assert postcode_complaint("") == ""
    with pytest.raises(Refused):
        read_any_postcode("Veldzicht")
