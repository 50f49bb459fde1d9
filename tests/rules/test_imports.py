"""What all imports share: finding the columns, and every row accounted for."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.imports import (
    ColumnMap,
    JudgedRow,
    Plan,
    Row,
    cell_name,
    column_letter,
    find_header,
    formula_flags,
    guess_columns,
    letter_was_lost,
    looks_like_remark,
    read_columns,
    table_of_rejected,
    title_row,
)

FIELDS = {
    "name": ("naam praktijk", "praktijk", "naam"),
    "poh_ggz": ("poh ggz",),
    "poh": ("poh",),
    "postcode": ("postcode", "pc + plaats"),
    "phone": ("telefoon", "tel"),
    "mail": ("e mail", "mail"),
}


def rows(*lines: tuple[str, ...]) -> list[Row]:
    return [Row(number, cells) for number, cells in enumerate(lines, start=1)]


def test_columns_are_known_by_the_names_people_give_them() -> None:
    columns = guess_columns(["NAAM", "POH-GGZ", "Poh", "PC + plaats", "Telefoonnummer", "Beveiligde mail"], FIELDS)
    assert columns.columns == {"name": 0, "poh_ggz": 1, "poh": 2, "postcode": 3, "phone": 4, "mail": 5}


def test_titles_above_the_column_names_are_passed_over() -> None:
    found = rows(
        ("Lijst praktijken", "", ""), ("bijgewerkt:", "sept.", ""), ("Naam", "Tel.", "Iets"), ("De Linde", "1", "")
    )
    header = find_header(found, FIELDS)
    assert header is not None
    assert header.number == 3
    columns = read_columns(found, FIELDS)
    assert columns.unused() == ("Iets",)
    assert [title_row(row, columns) is None for row in found] == [False, False, False, True]


def test_without_column_names_the_columns_keep_their_letters() -> None:
    columns = read_columns(rows(("De Linde", "Kerkpad 9"), ("De Eik", "Kerkpad 10")), FIELDS)
    assert (columns.headers, columns.columns, columns.header_number) == (("A", "B"), {}, 0)


def test_staff_may_choose_another_column() -> None:
    columns = ColumnMap(("a", "b"), {"name": 0, "phone": 1}, 1).choose("name", 1)
    row = Row(2, ("links", "rechts"))
    assert (columns.cell(row, "name"), columns.cell(row, "phone")) == ("rechts", "")
    assert columns.choose("name", None).columns == {}


def test_column_names_repeated_halfway_are_no_data() -> None:
    columns = ColumnMap(("Naam", "Tel"), {"name": 0}, 1)
    assert title_row(Row(9, ("Naam", "Tel")), columns) is not None
    assert title_row(Row(9, ("Naam", "040")), columns) is None


def test_a_cell_has_the_name_the_spreadsheet_program_gives_it() -> None:
    assert [column_letter(at) for at in (0, 11, 25, 26, 701, 702)] == ["A", "L", "Z", "AA", "ZZ", "AAA"]
    assert cell_name(Row(10, ()), 11) == "L10"


def test_only_formulas_in_columns_of_ours_are_named() -> None:
    row = Row(10, ("", "", ""), unsaved_formulas=frozenset({0, 2}))
    assert len(formula_flags(row, ColumnMap(("a", "b", "c"), {"note": 2}))) == 1


def test_a_lost_letter_is_seen_and_a_question_is_not() -> None:
    assert [letter_was_lost(text) for text in ("A. Y?lmaz", "?zdemir", "Nguy\ufffdn")] == [True] * 3
    assert [letter_was_lost(text) for text in ("stoelyoga?", "?", "wie? niemand", "")] == [False] * 4


def test_a_remark_of_whoever_kept_the_list_is_recognised() -> None:
    assert all(
        map(
            looks_like_remark,
            ("let op: lijst van vorig jaar", "Totaal 12", "* onder voorbehoud", "nog niet alles is ingevuld"),
        )
    )
    assert not any(map(looks_like_remark, ("Huisarts A.B.C. de Groot-van der Meulen", "De Linde", "de Eik")))


def test_rejected_rows_go_back_with_number_and_reason() -> None:
    plan: Plan[str] = Plan(
        (JudgedRow(2, ("x",), "new", draft="x"), JudgedRow(3, ("y", "z"), "rejected", ("Why.", "Also.")))
    )
    names, table = table_of_rejected(plan, ["Naam"])
    assert names[:2] == ["Naam", ""]
    assert table == [["y", "z", "3", "Why. Also."]]


@given(st.lists(st.sampled_from(["new", "joined", "known", "rejected", "title"])))
def test_the_counts_always_add_up(verdicts: list[str]) -> None:
    plan: Plan[str] = Plan(tuple(JudgedRow(at, (), verdict) for at, verdict in enumerate(verdicts)))  # type: ignore[arg-type]
    assert sum(plan.counts.values()) == len(verdicts)
