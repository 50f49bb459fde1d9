"""What is typed in a letter is asked about when it tells what a letter never tells; the word is named."""

from datetime import date

import pytest

from desktop.errors import Doubtful
from desktop.rules.letterdraft import LetterDraft, check_draft
from desktop.rules.letterwords import new_sentences, odd_words

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Mevrouw is depressief.", "depressief"),
        ("Er is sprake van een angststoornis.", "angststoornis"),
        ("Zij heeft een burn-out gehad.", "burn out"),
        ("Meneer slikt al jaren oxazepam.", "oxazepam"),
        ("Zij krijgt 25 mg per dag.", "25 mg"),
        ("Haar dochter regelt het.", "dochter"),
        ("Zijn ex-vrouw belde.", "ex"),
        ("Wij spreken af op 31 februari 2027.", "31 februari 2027"),
        ("Wij bellen uiterlijk 5 november 2026.", "5 november 2026"),
        ("Wij spreken haar op woensdag 24 november 2026.", "woensdag 24 november 2026"),
        ("Op Zondag 4 december gaan wij mee.", "Zondag 4 december"),
        ("Zij gaat naar de rouwgroep.", "Rouw"),
    ],
)
def test_what_a_letter_does_not_tell_is_asked_with_the_word(text: str, named: str) -> None:
    assert f"“{named}”" in odd_words(text, TODAY, ("Rouw",))


@pytest.mark.parametrize(
    "text",
    [
        "Mevrouw doet mee en gaat sinds 4 november 2026 naar een wandelgroep.",
        "Zij ging voor het eerst op 4 november 2026 naar een tabletcursus.",
        "Meneer komt vriendelijk over; wij zoeken een maatje en een kinderboerderij.",
        "U hoort uiterlijk 5 januari 2027 weer van ons.",
        "Op dinsdag 24 november spreken wij haar, en vrijdag 4 december gaan wij mee.",
        "Wij belden 3 keer, laatst op 4 november 2026, maar bereikten mevrouw nog niet.",
    ],
)
def test_what_a_letter_does_tell_is_not_asked_about(text: str) -> None:
    assert odd_words(text, TODAY, ("Rouw",)) == ""


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("U hoort op 20 november 2026 van ons.", "20 november 2026"),
        ("Na het gesprek van 3 november 2026.", "3 november 2026"),
        ("Uiterlijk 25 december 2026.", "25 december 2026"),
        ("Rond 6 december 2026.", "6 december 2026"),
    ],
)
def test_next_word_is_promised_for_a_day_to_come_on_which_somebody_is_here(text: str, named: str) -> None:
    assert odd_words(text, TODAY, next_word=True).count(f"“{named}”") == 1


def test_every_kind_is_said_at_once() -> None:
    asked = odd_words("Zij is dement, slikt pillen en haar zoon zorgt.", TODAY)
    assert all(f"“{word}”" in asked for word in ("dement", "pillen", "zoon"))


def test_what_stood_there_already_is_not_asked_again() -> None:
    before = LetterDraft(id=1, state="Haar dochter belde. Zij doet mee.", next="Rond 5 mei 2027.")
    assert new_sentences("Haar dochter belde. Zij komt graag.", before.state) == "Zij komt graag."
    check_draft(LetterDraft(id=1, state="Haar dochter belde. Zij komt.", next="Rond 5 mei 2027."), (), TODAY, before)
    with pytest.raises(Doubtful) as doubtful:
        check_draft(LetterDraft(id=1, state="Haar zoon belde. Zij komt.", next="Rond 5 mei 2027."), (), TODAY, before)
    assert set(doubtful.value.fields) == {"state"}


def test_nothing_is_asked_after_saying_that_nothing_is_asked() -> None:
    draft = LetterDraft(id=1, state="Zij doet mee.", ask="Geen actie nodig. Wilt u haar bellen?", next="Later.")
    with pytest.raises(Doubtful) as doubtful:
        check_draft(draft, (), TODAY)
    assert set(doubtful.value.fields) == {"ask"}
    check_draft(LetterDraft(id=1, state="Zij doet mee.", ask="Wilt u haar bellen?", next="Later."), (), TODAY)
