"""What a signal may not say, and on which ground it may be said."""

from typing import Any

import pytest

from desktop.errors import Doubtful, Refused
from desktop.rules.signals import SignalDraft, check


def a_signal(**more: Any) -> SignalDraft:
    usual = {"voucher_id": 1, "ground": "consent", "sentence": "Mevrouw eet slecht."}
    return SignalDraft(**{**usual, **more})


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ground": None}, "ground"),
        ({"ground": "anders"}, "ground"),
        ({"sentence": "  "}, "sentence"),
        ({"sentence": "BSN 111222333"}, "sentence"),
    ],
)
def test_signal_without_ground_or_words_is_refused_beside_the_field(change: dict[str, object], field: str) -> None:
    with pytest.raises(Refused) as refused:
        check(a_signal(**change), may_report_back=True)
    assert set(refused.value.fields) == {field}


def test_ground_consent_needs_a_consent_and_the_meldcode_none() -> None:
    with pytest.raises(Refused) as refused:
        check(a_signal(), may_report_back=False)
    assert set(refused.value.fields) == {"agreed"}
    check(a_signal(agreed=True), may_report_back=False)
    check(a_signal(ground="meldcode"), may_report_back=False)


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Mevrouw heeft een depressie.", "diagnose"),
        ("Haar zoon drinkt.", "iemand anders"),
        ("Het gaat om eenzaamheid.", "reden"),
    ],
)
def test_diagnosis_somebody_else_and_the_reason_are_asked_about(sentence: str, word: str) -> None:
    with pytest.raises(Doubtful) as doubtful:
        check(a_signal(sentence=sentence), True, ("Eenzaamheid",))
    assert word in doubtful.value.fields["sentence"]
    check(a_signal(sentence=sentence, sure=True), True, ("Eenzaamheid",))


def test_word_within_a_word_is_nobody_else() -> None:
    check(a_signal(sentence="Mevrouw manoeuvreert lastig en is exact op tijd."), True)
