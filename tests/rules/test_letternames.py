"""What letters call an activity: a neutral name by what it is, and what would give away why somebody goes there."""

import pytest

from desktop.rules.letternames import (
    ANY,
    BY_THEME,
    BY_WORD,
    LetterNamesDraft,
    asked_of_name,
    field_for,
    in_a_letter,
    proposed,
)


@pytest.mark.parametrize(
    ("title", "themes", "name"),
    [
        ("Ommetje Noord", (), "een wandelgroep in de wijk"),
        ("Wandelmaatje gezocht", (), "een maatjesproject in de wijk"),
        ("Rouwcafé Het Licht", ("grief",), "een inloop in de wijk"),
        ("Zitgymnastiek 75+", (), "een beweeggroep in de wijk"),
        ("Tabletles", ("digital",), "een computercursus in de wijk"),
        ("Lotgenoten na een beroerte", (), "een groep in de wijk"),
        ("Spreekuur schulden", ("money",), "een spreekuur in de wijk"),
        ("Samen Verder", ("grief",), "een groep in de wijk"),
        ("Kletskop", ("meeting",), "een inloop in de wijk"),
        ("Flierefluiters", (), ANY),
    ],
)
def test_a_name_is_proposed_by_what_it_is_first_and_then_by_its_theme(
    title: str, themes: tuple[str, ...], name: str
) -> None:
    assert proposed(title, themes) == name


def test_no_name_that_the_program_proposes_would_be_asked_about() -> None:
    for name in (ANY, *BY_WORD.values(), *BY_THEME.values()):
        assert asked_of_name(name, "Rouwgroep Samen Verder") == "", name
        assert len(in_a_letter(name)) < 70


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Rouwgroep Samen Verder", "Rouwgroep Samen Verder"),
        ("de rouwgroep samen verder", "Rouwgroep Samen Verder"),
        ("een groep voor mantelzorgers", "Koffie"),
        ("een groep bij verlies", "Koffie"),
        ("een groep rond Phoenix", "Inloop Phoenix"),
        ("een training voor wie depressief is", "Grip"),
        ("een groep voor mensen met schulden", "Geldpunt"),
    ],
)
def test_what_gives_away_why_somebody_goes_there_is_asked_about(name: str, title: str) -> None:
    assert asked_of_name(name, title)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("een koor", "Koor"),
        ("een wandelgroep in Het Veen", "Wandelclub Het Veen"),
        ("een groep bij ons", "Rouwgroep"),
        ("", "Rouwgroep"),
    ],
)
def test_a_plain_word_a_place_and_no_name_at_all_are_no_question(name: str, title: str) -> None:
    assert asked_of_name(name, title) == ""


def test_names_are_given_by_activity_and_an_empty_one_is_asked_again() -> None:
    draft = LetterNamesDraft(names=((field_for(3), "  een   koor "), (field_for(4), " ")))
    assert draft.by_activity() == {3: "een koor"}
