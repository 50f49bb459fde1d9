"""A list of practices as a coordinator gets it from a colleague."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import Refused
from desktop.rules.imports import ColumnMap, JudgedRow, Plan, Row, read_columns
from desktop.rules.practice_rows import FIELDS, ContactRow, PracticeRow, judge_practices, keys_of, split_people

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
HEADER = (
    "Naam praktijk",
    "AGB",
    "Adres",
    "PC + plaats",
    "Telefoon",
    "Zorgmail",
    "Huisartsen",
    "POH",
    "Assistente",
    "Opmerkingen",
)


def judged(*lines: tuple[str, ...], known: dict[str, str] | None = None) -> Plan[PracticeRow]:
    rows = [Row(1, HEADER)]
    rows += [Row(number, (*line, *[""] * (len(HEADER) - len(line)))) for number, line in enumerate(lines, start=2)]
    return judge_practices(rows, read_columns(rows, FIELDS), known or {})


def only(*line: str) -> tuple[JudgedRow[PracticeRow], PracticeRow]:
    row = judged(line).rows[1]
    assert row.draft is not None
    return row, row.draft


def test_a_full_row_becomes_a_practice() -> None:
    _row, practice = only(
        "Praktijk De Eik",
        "01054399",
        "Lindelaan 4",
        "5611 XA Dorpstad",
        "040-2111111",
        "eik@voorbeeld.nl",
        "dr. M. Jansen / mw. K. El Idrissi",
        "S. Bos (GGZ), T. d'Hondt (S)",
        "Wilma",
    )
    assert practice == PracticeRow(
        "Praktijk De Eik",
        "gp",
        "01054399",
        "Lindelaan",
        "4",
        "5611 XA",
        "Dorpstad",
        "+31402111111",
        "eik@voorbeeld.nl",
        contacts=(
            ContactRow("gp", initials="M.", surname="Jansen"),
            ContactRow("gp", "mevrouw", "K.", surname="El Idrissi"),
            ContactRow("poh_ggz", initials="S.", surname="Bos"),
            ContactRow("poh_s", initials="T.", surname="d'Hondt"),
            ContactRow("assistant", first_name="Wilma"),
        ),
    )


@pytest.mark.parametrize(
    ("written", "agb"), [("1054322", "01054322"), ("01-054323", "01054323"), ("AGB 01054321", "01054321")]
)
def test_an_agb_code_gets_its_eight_digits_and_says_so(written: str, agb: str) -> None:
    row, practice = only("De Eik", written, "Kerkpad 9")
    assert practice.agb == agb
    assert len(row.flags) == 1


def test_what_cannot_be_right_goes_to_the_note_and_is_flagged() -> None:
    row, practice = only("De Eik", "12", "Kerkpad 9", "5611SS Dorpstad", "040-21111", "geen mail")
    assert (practice.agb, practice.postcode, practice.phone, practice.email) == (None, "", "", "")
    assert all(text in practice.note for text in ("12", "5611SS", "040-21111", "geen mail"))
    assert practice.town == "Dorpstad"
    assert len(row.flags) == 4


def test_a_letter_lost_earlier_is_flagged_and_kept() -> None:
    row, practice = only("De Eik", "", "Kerkpad 9", "", "", "", "dr. A. Y?lmaz")
    assert practice.contacts == (ContactRow("gp", initials="A.", surname="Y?lmaz"),)
    assert any("Y?lmaz" in flag for flag in row.flags)


def test_a_poh_without_a_kind_is_asked_about() -> None:
    row, practice = only("De Eik", "", "Kerkpad 9", "", "", "", "", "POH S. Bos")
    assert [(contact.role, contact.surname) for contact in practice.contacts] == [("poh_ggz", "Bos")]
    assert len(row.flags) == 1


def test_the_desk_is_no_person() -> None:
    row, practice = only("De Eik", "", "Kerkpad 9", "", "", "", "", "", "balie")
    assert practice.contacts == (ContactRow("assistant", first_name="Balie"),)
    assert len(row.flags) == 1


@pytest.mark.parametrize(
    ("people", "titles", "flags"),
    [("M. Jansen", ["dr."], 0), ("M. Jansen / K. Bos", ["", ""], 1)],
)
def test_title_has_a_column_of_its_own(people: str, titles: list[str], flags: int) -> None:
    rows = [Row(1, ("Naam praktijk", "Huisarts", "Titel")), Row(2, ("De Eik", people, "dr."))]
    (row,) = [each for each in judge_practices(rows, read_columns(rows, FIELDS), {}).rows if each.draft is not None]
    assert row.draft is not None
    assert [each.title for each in row.draft.contacts] == titles
    assert len(row.flags) == flags
    assert ("Titel: dr." in row.draft.note) == bool(flags)


def test_capitals_and_a_whole_address_in_one_cell() -> None:
    _row, practice = only("Gezondheidscentrum Zuid", "", "Kanaaldijk 90, 5614GH  'S-HERTOGENBOSCH")
    assert (practice.street, practice.number, practice.postcode) == ("Kanaaldijk", "90", "5614 GH")
    assert (practice.town, practice.kind) == ("'s-Hertogenbosch", "health_centre")


def test_a_bsn_is_left_out_and_said_so() -> None:
    row, practice = only("De Eik", "", "Kerkpad 9", "", "", "", "", "", "", "vraag naar 123456782")
    assert "123456782" not in practice.note
    assert len(row.flags) == 1


def test_a_double_adds_what_was_lacking_and_notes_what_differs() -> None:
    plan = judged(
        ("De Eik", "01054399", "Kerkpad 9", "5611 XA Dorpstad", "", "", "dr. M. Jansen"),
        ("Praktijk De Eik", "1054399", "Kerkpad 9", "5611XA Dorpstad", "0402111111", "", "M. Jansen; K. Bos"),
    )
    assert plan.counts == {"new": 1, "joined": 1, "known": 0, "rejected": 0, "title": 1}
    (practice,) = plan.drafts()
    assert practice.phone == "+31402111111"
    assert [contact.surname for contact in practice.contacts] == ["Jansen", "Bos"]
    assert practice.note == "Naam: Praktijk De Eik"
    assert "2" in plan.rows[2].reasons[0]


def test_without_agb_name_and_postcode_tell_a_double() -> None:
    plan = judged(("De Eik", "", "", "5611 XA"), ("de eik", "", "", "5611xa"), ("De Eik", "", "", "5612 CD"))
    assert [row.verdict for row in plan.rows] == ["title", "new", "joined", "new"]


def test_rows_that_are_no_practice() -> None:
    plan = judged(("let op: lijst van vorig jaar",), ("",), ("", "01054399", "Kerkpad 9"), ("x" * 200, "1"))
    assert [row.verdict for row in plan.rows] == ["title", "rejected", "title", "rejected", "rejected"]
    assert all(row.reasons for row in plan.rows)


def test_a_practice_named_after_its_doctor_needs_no_contacts() -> None:
    row, practice = only("Huisarts A.B.C. de Groot-van der Meulen", "", "Vennelaan 20", "5612 CD Dorpstad")
    assert (row.verdict, practice.contacts) == ("new", ())


def test_the_same_file_twice_adds_nothing() -> None:
    lines = (("De Eik", "01054399", "", "5611 XA"), ("De Beuk", "", "", "5611 XB"), ("De Es",))
    known = {key: practice.name for practice in judged(*lines).drafts() for key in keys_of(practice)}
    assert judged(*lines, known=known).counts["known"] == 3


def test_without_a_name_column_staff_must_choose() -> None:
    with pytest.raises(Refused) as refused:
        judge_practices([], ColumnMap((), {}), {})
    assert "name" in refused.value.fields


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("dr. M. Jansen / dr. K. El Idrissi", ["dr. M. Jansen", "dr. K. El Idrissi"]),
        ("dr. P. van 't Hof; dr. A. Yılmaz", ["dr. P. van 't Hof", "dr. A. Yılmaz"]),
        ("Jansen, M.; Bos, K.L.", ["Jansen, M.", "Bos, K.L."]),
        ("T. d'Hondt (S), R. Ó Briain (GGZ)", ["T. d'Hondt (S)", "R. Ó Briain (GGZ)"]),
        ("Jansen en Bos\nDe Wit & Smit", ["Jansen", "Bos", "De Wit", "Smit"]),
        (" - ", []),
    ],
)
def test_several_doctors_in_one_cell(cell: str, names: list[str]) -> None:
    assert split_people(cell) == names


CELLS = st.lists(st.text(max_size=40), min_size=1, max_size=len(HEADER)).map(tuple)


@given(st.lists(CELLS, max_size=8))
@settings(max_examples=200, deadline=None)
def test_whatever_stands_in_the_cells_every_row_gets_a_verdict(lines: list[tuple[str, ...]]) -> None:
    plan = judged(*lines)
    assert sum(plan.counts.values()) == len(lines) + 1
    assert plan.counts["new"] == len(plan.drafts())


@pytest.mark.skipif(not SAMPLES.exists(), reason="the shared samples are not on this computer")
def test_the_sample_gives_four_practices_one_double_and_one_note() -> None:
    from desktop.exchange.spreadsheets import read_table

    rows = read_table(SAMPLES / "praktijken.csv").rows
    plan = judge_practices(rows, read_columns(rows, FIELDS), {})
    assert plan.counts == {"new": 4, "joined": 1, "known": 0, "rejected": 1, "title": 2}
    assert [len(practice.contacts) for practice in plan.drafts()] == [4, 3, 3, 0]
    assert [practice.agb for practice in plan.drafts()] == ["01054321", "01054322", "01054323", None]
    assert [row.number for row in plan.flagged()] == [3, 4]
