"""What all imports share: rows, which column is what, a verdict per row, totals. Must not know files."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from desktop.language import N_, _
from desktop.rules.identifiers import without_bsn
from desktop.rules.names import fold

Verdict = Literal["new", "joined", "known", "rejected", "title"]
VERDICTS: tuple[Verdict, ...] = ("new", "joined", "known", "rejected", "title")
VERDICT_NAMES: Mapping[Verdict, str] = {
    "new": N_("new"),
    "joined": N_("joined with another row"),
    "known": N_("already here"),
    "rejected": N_("left out"),
    "title": N_("no data"),
}
HEADER_SEARCH_ROWS = 40

_REMARK_START = re.compile(
    r"(?:let op|nb|n\.b\.|opm|ps|p\.s\.|zie|bron|versie|bijgewerkt|totaal|aantal|laatst|\*)\b|[*(#]"
)

Draft = TypeVar("Draft")
Synonyms = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Row:
    """One row as staff would read it; `number` is the one their spreadsheet program shows."""

    number: int
    cells: tuple[str, ...]
    merged: bool = False
    """One text merged over (nearly) all columns: a title, not data."""
    unsaved_formulas: frozenset[int] = frozenset()
    """Columns holding a formula of which the file does not know the outcome; their cells are empty."""

    @property
    def is_empty(self) -> bool:
        return not any(self.cells)

    @property
    def filled(self) -> tuple[str, ...]:
        return tuple(cell for cell in self.cells if cell)


@dataclass(frozen=True)
class Sheet:
    """The table that was found in a file; `other_sheets` were left aside and should be named to staff."""

    name: str
    rows: tuple[Row, ...]
    other_sheets: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        return max((len(row.cells) for row in self.rows), default=0)


@dataclass(frozen=True)
class ColumnMap:
    """Which of their columns holds which of our fields; staff may choose otherwise."""

    headers: tuple[str, ...]
    columns: Mapping[str, int]
    header_number: int = 0
    """Number of the row with the column names; 0 when none was found."""

    def cell(self, row: Row, field_name: str) -> str:
        """The text of our field in this row, "" when there is no such column."""
        column = self.columns.get(field_name)
        return row.cells[column] if column is not None and column < len(row.cells) else ""

    def choose(self, field_name: str, column: int | None) -> "ColumnMap":
        """The same map with our field read from another column; a column serves one field at a time."""
        kept = {name: at for name, at in self.columns.items() if name != field_name and at != column}
        chosen = kept if column is None else {**kept, field_name: column}
        return ColumnMap(self.headers, chosen, self.header_number)

    def unused(self) -> tuple[str, ...]:
        """Their column names that no field of ours reads."""
        used = set(self.columns.values())
        return tuple(name for at, name in enumerate(self.headers) if name and at not in used)


@dataclass(frozen=True)
class JudgedRow(Generic[Draft]):
    """A row with its verdict; only "new" rows carry a draft, `key` tells two rows about the same thing."""

    number: int
    cells: tuple[str, ...]
    verdict: Verdict
    reasons: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    draft: Draft | None = None
    key: str = ""


@dataclass(frozen=True)
class Plan(Generic[Draft]):
    """What an import will do, row by row; the plan shown is the plan carried out."""

    rows: tuple[JudgedRow[Draft], ...]
    counts: Mapping[Verdict, int] = field(init=False)

    def __post_init__(self) -> None:
        found = Counter(row.verdict for row in self.rows)
        object.__setattr__(self, "counts", {verdict: found[verdict] for verdict in VERDICTS})

    def drafts(self) -> tuple[Draft, ...]:
        """What will be stored, in the order of the file."""
        return tuple(row.draft for row in self.rows if row.draft is not None)

    def rejected(self) -> tuple[JudgedRow[Draft], ...]:
        return tuple(row for row in self.rows if row.verdict == "rejected")

    def flagged(self) -> tuple[JudgedRow[Draft], ...]:
        return tuple(row for row in self.rows if row.flags)


@dataclass
class Reading:
    """A row on its way to a draft: what staff should look at, and what had no place of its own."""

    flags: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def flag_lost_letters(self, texts: Iterable[str]) -> None:
        for text in filter(letter_was_lost, texts):
            self.flags.append(_("A letter was lost earlier in “{text}”: put it right.").format(text=text))

    def without_bsn(self, text: str) -> str:
        """A remark as it may be kept."""
        kept, had_bsn = without_bsn(text)
        if had_bsn:
            self.flags.append(_("BSN left out."))
        return kept

    def note(self, remark: str) -> str:
        """The remark, and under it what had no place of its own."""
        return "\n".join(part for part in (remark, *self.notes) if part)


def guess_columns(headers: Sequence[str], synonyms: Synonyms, header_number: int = 0) -> ColumnMap:
    """Which column is what, by the names people give columns: the same, beginning alike, or one of its words."""
    folded = [fold(name) for name in headers]
    columns: dict[str, int] = {}
    for matches in (_is_same, _begins_alike, _has_word):
        for name, words in synonyms.items():
            if name not in columns:
                _take_first(columns, name, [fold(word) for word in words], folded, matches)
    return ColumnMap(tuple(headers), columns, header_number)


def find_header(rows: Iterable[Row], synonyms: Synonyms) -> Row | None:
    """The row with the column names: the early row that names most of our fields, at least two."""
    best: Row | None = None
    most = 1
    for row in list(rows)[:HEADER_SEARCH_ROWS]:
        named = len(guess_columns(row.cells, synonyms).columns)
        if named > most:
            best, most = row, named
    return best


def read_columns(rows: Sequence[Row], synonyms: Synonyms) -> ColumnMap:
    """The column map of a sheet; without column names the columns get letters and staff must choose."""
    header = find_header(rows, synonyms)
    if header is not None:
        return guess_columns(header.cells, synonyms, header.number)
    width = max((len(row.cells) for row in rows), default=0)
    return ColumnMap(tuple(column_letter(at) for at in range(width)), {})


def column_letter(at: int) -> str:
    """The name a spreadsheet program gives a column: 0 -> A, 26 -> AA."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_name(row: Row, at: int) -> str:
    """The name a spreadsheet program gives a cell, such as L10."""
    return f"{column_letter(at)}{row.number}"


def title_row(row: Row, columns: ColumnMap) -> tuple[str, ...] | None:
    """Why this row holds no data for any import (empty, column names, above or below them again), or None."""
    if row.is_empty:
        return (_("Empty row."),)
    if row.number == columns.header_number:
        return (_("The column names."),)
    if row.number < columns.header_number:
        return (_("Stands above the column names."),)
    if columns.header_number and _repeats_header(row, columns):
        return (_("The column names once more."),)
    return None


def formula_flags(row: Row, columns: ColumnMap) -> tuple[str, ...]:
    """A sentence for each cell of ours that holds a formula without a known outcome."""
    used = set(columns.columns.values())
    return tuple(
        _("Cell {cell} holds a formula without an outcome; it was skipped.").format(cell=cell_name(row, at))
        for at in sorted(row.unsaved_formulas)
        if at in used
    )


def table_of_rejected(plan: Plan[Draft], headers: Sequence[str]) -> tuple[list[str], list[list[str]]]:
    """The file that staff correct and bring in again: their columns, then the row number and the reason."""
    rejected = plan.rejected()
    width = max([len(headers), *(len(row.cells) for row in rejected)], default=0)
    names = [*headers, *("" for _at in range(width - len(headers))), _("Row"), _("Why it was left out")]
    rows = [
        [*row.cells, *("" for _at in range(width - len(row.cells))), str(row.number), " ".join(row.reasons)]
        for row in rejected
    ]
    return names, rows


def letter_was_lost(text: str) -> bool:
    """Whether an earlier program put a question mark or a box where a letter was, as in "Y?lmaz"."""
    if "?" not in text:
        return "\ufffd" in text
    return "\ufffd" in text or any(
        mark == "?" and after.isalpha() and (before.isalpha() or before in " -'" or not before)
        for before, mark, after in zip(["", *text], text, text[1:], strict=False)
    )


def looks_like_remark(text: str) -> bool:
    """Whether a lone cell is a note of whoever kept the list ("let op: ...", "totaal 12")."""
    lower = text.casefold().strip()
    words = lower.split()
    return bool(_REMARK_START.match(lower)) or ":" in lower or (text[:1].islower() and len(words) > 3)


def _is_same(word: str, header: str) -> bool:
    return word == header


def _begins_alike(word: str, header: str) -> bool:
    return len(word) >= 3 and header.startswith(word)


def _has_word(word: str, header: str) -> bool:
    return word in header.split()


def _take_first(
    columns: dict[str, int],
    name: str,
    words: list[str],
    headers: list[str],
    matches: Callable[[str, str], bool],
) -> None:
    """Give our field the first free column that one of its words matches, the words in order of trust."""
    taken = set(columns.values())
    for word in words:
        for at, header in enumerate(headers):
            if at not in taken and header and matches(word, header):
                columns[name] = at
                return


def _repeats_header(row: Row, columns: ColumnMap) -> bool:
    return tuple(cell for cell in row.cells if cell) == tuple(name for name in columns.headers if name)
