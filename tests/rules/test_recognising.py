"""Which known practice or person a mail means, and no guessing between two."""

import pytest

from desktop.rules.names import Name
from desktop.rules.recognising import recognise, recognise_person

PRACTICES = [
    (1, "Huisartsenpraktijk De Linde"),
    (2, "Gezondheidscentrum Oosterpoort"),
    (3, "Praktijk Jansen & De Wit"),
    (4, "Huisartsen Jansen"),
]
PEOPLE = [
    (1, Name(initials="M.", surname="Jansen")),
    (2, Name(initials="S.", surname="Bos")),
    (3, Name(initials="K.", surname="Jansen")),
    (4, Name(initials="P.", tussenvoegsel="van 't", surname="Hof")),
]


@pytest.mark.parametrize(
    ("text", "which"),
    [
        ("Huisartsenpraktijk De Linde", 1),
        ("praktijk de linde", 1),
        ("De Linde, Dorpstad", 1),
        ("Oosterpoort", 2),
        ("Huisartsen Jansen", 4),
        ("Jansen", None),
        ("Huisartsenpraktijk", None),
        ("De Wilg", None),
        ("", None),
        ("😀", None),
    ],
)
def test_practice_is_recognised_only_when_one_can_be_meant(text: str, which: int | None) -> None:
    assert recognise(text, PRACTICES) == which


@pytest.mark.parametrize(
    ("text", "which"),
    [
        ("dr. M. Jansen", 1),
        ("M. Jansen, huisarts", 1),
        ("POH S. Bos", 2),
        ("S. Bos, POH-GGZ", 2),
        ("Bos", 2),
        ("Janssen, M.", 1),
        ("Jansen", None),
        ("A. Bos", None),
        ("P. van 't Hof", 4),
        ("", None),
    ],
)
def test_person_is_recognised_only_when_one_can_be_meant(text: str, which: int | None) -> None:
    assert recognise_person(text, PEOPLE) == which
