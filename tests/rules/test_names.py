"""Dutch names: taken apart, written, sorted, folded and sounded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import Refused
from desktop.rules import names
from desktop.rules.names import Name, fold, formal, full, sort_key, sound, split, spoken


@pytest.mark.parametrize(("typed", "parts"), [
    ("Mw. A. van der Meer-de Wit", ("mevrouw", "A.", "", "van der", "Meer-de Wit", "")),
    ("Meer-de Wit, A. van der (Annie)", ("", "A.", "Annie", "van der", "Meer-de Wit", "")),
    ("Celik, Fatma", ("", "", "Fatma", "", "Celik", "")),
    ("meneer Nguyen", ("de heer", "", "", "", "Nguyen", "")),
    ("dr. K. El Idrissi", ("", "K.", "", "", "El Idrissi", "")),
    ("'t Hart", ("", "", "", "'t", "Hart", "")),
    ("P. van ’t Hof", ("", "P.", "", "van 't", "Hof", "")),
    ("d'Hondt", ("", "", "", "", "d'Hondt", "")),
    ("J. O'Brien", ("", "J.", "", "", "O'Brien", "")),
    ("Seán Ó Briain", ("", "", "Seán", "", "Ó Briain", "")),
    ("de Groot-van der Meulen", ("", "", "", "de", "Groot-van der Meulen", "")),
    ("Annie Groot-van der Meulen", ("", "", "Annie", "", "Groot-van der Meulen", "")),
    ("de heer/mevrouw Bos", ("", "", "", "", "Bos", "")),
    ("de heer J.P. Bos", ("de heer", "J.P.", "", "", "Bos", "")),
    ("mw jansen geb. de wit", ("mevrouw", "", "", "", "Jansen", "de wit")),
    ("A. de Wit e.v. van der Meer", ("", "A.", "", "van der", "Meer", "de Wit")),
    ("Anne-Marie de Vries", ("", "", "Anne-Marie", "de", "Vries", "")),
    ("ij. ijsbrandy", ("", "IJ.", "", "", "IJsbrandy", "")),
    ("Mevrouw Van den Berg", ("mevrouw", "", "", "van den", "Berg", "")),
    ("", ("", "", "", "", "", "")),
])
def test_a_name_is_taken_apart_as_people_write_it(typed: str, parts: tuple[str, ...]) -> None:
    assert split(typed) == Name(*parts)


def test_a_name_is_written_for_the_page_the_letter_and_the_phone() -> None:
    annie = Name("mevrouw", "A.", "Annie", "van der", "Meer-de Wit")
    assert full(annie) == "Annie van der Meer-de Wit"
    assert formal(annie) == "mw. A. van der Meer-de Wit"
    assert spoken(annie) == "mevrouw Van der Meer-de Wit"


def test_a_name_without_given_names_starts_with_a_capital() -> None:
    assert full(Name(surname="Berg", tussenvoegsel="van den")) == "Van den Berg"
    assert formal(Name("de heer", surname="Berg", tussenvoegsel="van den")) == "dhr. Van den Berg"
    assert spoken(Name("de heer", surname="Hart", tussenvoegsel="'t")) == "meneer 't Hart"
    assert full(Name(first_name="Annie")) == "Annie"


def test_without_a_known_form_of_address_nobody_is_called_sir_or_madam() -> None:
    kim = Name("", "K.", "Kim", "de", "Boer")
    assert spoken(kim) == "Kim de Boer"
    assert formal(kim) == "K. de Boer"


def test_initials_come_from_the_first_names_when_there_are_none() -> None:
    assert formal(Name("mevrouw", "", "Anna Maria", "de", "Boer")) == "mw. A.M. de Boer"
    assert formal(Name("de heer", "", "IJsbrand", "", "Bos")) == "dhr. IJ. Bos"


def test_people_are_sorted_without_their_tussenvoegsels() -> None:
    people = ["Annie van der Meer-de Wit", "Karim El Idrissi", "Ali Özdemir", "Bram IJsbrandy", "Jan Zwart",
              "Ayşe Şahin", "Jan de Boer", "Marc d'Hondt", "Piet Yperen"]
    assert sorted(people, key=lambda typed: sort_key(split(typed))) == [
        "Jan de Boer", "Marc d'Hondt", "Karim El Idrissi", "Annie van der Meer-de Wit", "Ali Özdemir", "Ayşe Şahin",
        "Piet Yperen", "Bram IJsbrandy", "Jan Zwart"]


@pytest.mark.parametrize("spellings", [
    "Yılmaz Yilmaz YILMAZ", "Łukasz Lukasz", "Đặng Dang", "Bjørn Bjorn", "Straße Strasse", "Müller Muller",
    "IJsbrandy Ysbrandy ĳsbrandy ijsbrandy", "d'Hondt d’Hondt", "Bakker-Smit Bakker‑Smit", "İnan Inan", "Æsa Aesa"])
def test_one_name_folds_the_same_however_it_is_spelled(spellings: str) -> None:
    assert len({fold(spelling) for spelling in spellings.split()}) == 1


def test_hyphens_and_apostrophes_fold_to_spaces() -> None:
    assert fold("Van 't Hof-de  Wit") == "van t hof de wit"


@pytest.mark.parametrize("spellings", [
    "Meijer Meyer Meier", "Jansen Janssen Janssens", "Visser Fisser Visscher", "Schmidt Smit Smid Schmitt Smith",
    "Dijk Dyk Dijck", "Bakker Backer", "Müller Mueller Muller", "Kuijper Kuiper Kuyper", "Zwart Swart",
    "Rooij Rooy Rooi", "Bouwman Bauman", "Filips Philips", "Christiaans Kristiaans", "Maas Maes", "Hendrix Hendriks"])
def test_surnames_that_sound_alike_have_one_key(spellings: str) -> None:
    assert len({sound(spelling) for spelling in spellings.split()}) == 1


def test_different_surnames_sound_different() -> None:
    common = ("Jansen", "Bakker", "Visser", "Smit", "Meijer", "Boer", "Mulder", "Bos", "Vos", "Peters", "Hendriks",
              "Dekker", "Brouwer", "Dijkstra")
    assert len({sound(name) for name in common}) == len(common)


def test_the_sound_of_what_is_typed_so_far_starts_the_sound_of_the_whole() -> None:
    whole = sound("Meer-de Wit")
    assert all(whole.startswith(sound("van der Meer-de Wit"[:length])) for length in (12, 15, 17, 19))
    assert sound("van der Meer") == sound("Meer")
    assert sound("Van") == "fan"


def test_a_name_that_cannot_be_kept_is_refused() -> None:
    assert names.read_name("  Annie   Maria ") == "Annie Maria"
    assert names.read_name("😀 <b>x</b> {y} 'z'") == "😀 <b>x</b> {y} 'z'"
    assert names.read_name("") is None
    with pytest.raises(Refused) as refused:
        names.read_name("a" * 200)
    assert refused.value.message == "Een naam heeft hoogstens 100 tekens."
    with pytest.raises(Refused):
        names.read_name("Jan\x00sen")


@given(st.text(max_size=200))
def test_folding_twice_changes_nothing_and_leaves_no_outer_space(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert once == once.strip()


@given(st.one_of(st.text(max_size=300), st.text("aAvVdDeErRnN.,-' ()ijIJ", max_size=60)))
def test_any_text_can_be_a_name(text: str) -> None:
    name = split(text)
    for written in (full(name), formal(name), spoken(name), sort_key(name), sound(name.surname), sound(text)):
        assert isinstance(written, str)
    said = "fine"
    try:
        names.read_name(text)
    except Refused as refused:
        said = refused.message
    assert said


def test_a_georgian_name_gets_no_capital_that_nobody_can_print() -> None:
    assert names.initials_of("გიორგი Anna") == "გ.A."
    assert names.capitals("თბილისი") == "თბილისი"
    assert formal(Name("de heer", "", "გიორგი", "", "ბერიძე", "")) == "dhr. გ. ბერიძე"
