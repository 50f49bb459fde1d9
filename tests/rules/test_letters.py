"""The content of a letter: complete in itself, countable, and the same after being kept."""

import json
from dataclasses import replace

from desktop.rules.letters import as_copy, as_json, as_text, from_json, is_long, words
from tests.paper.samples import HEAD, LETTER, MARKS, core


def test_a_letter_is_the_same_after_it_was_kept() -> None:
    content = replace(
        LETTER, marks=MARKS, letterhead=replace(HEAD, logo=b"\x89PNG\x00\xff", colour="#0b6b6b")
    )
    assert from_json(json.loads(json.dumps(as_json(content)))) == content


def test_a_letter_kept_by_an_older_version_can_still_be_read() -> None:
    kept = as_json(LETTER)
    for younger in ("attendance", "marks", "enclosure", "fold"):
        del kept[younger]
    assert from_json(kept) == LETTER


def test_only_the_words_under_the_headings_count() -> None:
    content = replace(LETTER, core=(("Stand van zaken", "een twee drie"),), attendance="vier vijf")
    assert words(content) == 5


def test_more_than_150_words_are_many() -> None:
    assert not is_long(replace(LETTER, core=(("Stand van zaken", "woord " * 150),)))
    assert is_long(replace(LETTER, core=(("Stand van zaken", "woord " * 151),)))


def test_the_text_to_paste_has_subject_headings_and_close() -> None:
    text = as_text(replace(LETTER, marks=MARKS, attendance="7 van de 8 keer."))
    assert text.startswith("Betreft: mw. A. van der Meer-de Wit, geb. 03-04-1951\n")
    order = [
        "Geachte",
        "Stand van zaken\nMevrouw",
        "Wat is afgesproken\n",
        "Wat vragen wij van u\n",
        "Volgend bericht\n",
    ]
    places = [
        text.index(part)
        for part in [*order, "Aanwezigheid\n7 van", "Lichaam 6", "Met vriendelijke groet,\nF. Y"]
    ]
    assert places == sorted(places)
    assert "Ons kenmerk: 26-00412-N" in text
    assert "\n\n\n" not in text


def test_the_text_to_paste_leaves_out_what_is_empty() -> None:
    text = as_text(replace(LETTER, core=core(" "), references=(("Uw kenmerk", ""),), kind=""))
    assert "Stand van zaken" not in text
    assert "Uw kenmerk" not in text
    assert "Aanwezigheid" not in text


def test_a_copy_differs_in_nothing_but_the_word_over_it() -> None:
    assert as_copy(LETTER) == replace(LETTER, copy=True)
