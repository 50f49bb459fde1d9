"""The one search table and its trigram index. Must not know what the subjects are, only their folded words."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.rules.names import fold
from desktop.storage.database import database

SHORTEST_TRIGRAM = 3
LONGEST_TEXT, LONGEST_WORD, MOST_WORDS = 1_000, 60, 12
BATCH = 200
NEW_ROWS = "INSERT INTO search_entry (kind, subject_id, person_id, text, sort_key) VALUES "
COMMON = 1_500  # records with the same words; from there on the alphabet is quicker than sorting
IN_ORDER = (
    "SELECT kind, subject_id, text FROM search_entry WHERE "  # twelve words, those not typed are empty
    "instr(text, ?) AND instr(text, ?) AND instr(text, ?) AND instr(text, ?) AND instr(text, ?) AND instr(text, ?) AND "
    "instr(text, ?) AND instr(text, ?) AND instr(text, ?) AND instr(text, ?) AND instr(text, ?) AND instr(text, ?) AND "
    "(? = '' OR kind = ?) ORDER BY sort_key LIMIT ?"
)


@dataclass(frozen=True)
class Entry:
    """How a record can be found: its words as staff would type them, and its place in an alphabet."""

    words: str
    sort_key: str
    person_id: int | None = None


def put(kind: str, subject_id: int, entry: Entry | None) -> None:
    """Make the record findable by these words; None takes it out."""
    if entry is None:
        database.execute_sql("DELETE FROM search_entry WHERE kind = ? AND subject_id = ?", (kind, subject_id))
        return
    database.execute_sql(
        "INSERT INTO search_entry (kind, subject_id, person_id, text, sort_key) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (kind, subject_id) DO UPDATE SET "
        "person_id = excluded.person_id, text = excluded.text, sort_key = excluded.sort_key "
        "WHERE text IS NOT excluded.text OR sort_key IS NOT excluded.sort_key OR person_id IS NOT excluded.person_id",
        (kind, subject_id, entry.person_id, fold(entry.words), fold(entry.sort_key)),
    )


def put_new(kind: str, entries: Sequence[tuple[int, Entry]]) -> None:
    """Make many records findable that were not before."""
    for start in range(0, len(entries), BATCH):
        batch = entries[start : start + BATCH]
        values = [
            value
            for row, entry in batch
            for value in (kind, row, entry.person_id, fold(entry.words), fold(entry.sort_key))
        ]
        database.execute_sql(NEW_ROWS + ", ".join(["(?, ?, ?, ?, ?)"] * len(batch)), values)


def find(text: str, kind: str = "", limit: int = 50) -> list[tuple[str, int]]:
    """(kind, id) of the records in which every typed word occurs, in alphabetical order; never raises on input."""
    words = _words_of(text)
    long_words = [word for word in words if len(word) >= SHORTEST_TRIGRAM]
    short_words = [word for word in words if len(word) < SHORTEST_TRIGRAM]
    if not words:
        return []
    if not long_words:
        return _find_short(short_words, kind, limit)
    most = limit if not short_words else limit * 20
    rows = _find_common(long_words, kind, most) if _is_common(long_words) else _find_rare(long_words, kind, most)
    return [(row[0], row[1]) for row in rows if _has_all(row[2], short_words)][:limit]


def _match(words: list[str]) -> str:
    return " ".join('"' + word.replace('"', '""') + '"' for word in words)


def _is_common(words: list[str]) -> bool:
    """Whether so many records have these words that sorting them all would keep staff waiting."""
    rows = database.execute_sql(
        "SELECT count(*) FROM (SELECT 1 FROM search_index WHERE search_index MATCH ? LIMIT ?)", (_match(words), COMMON)
    ).fetchone()
    return bool(rows[0] >= COMMON)


def _find_rare(words: list[str], kind: str, limit: int) -> list[tuple[str, int, str]]:
    """By the trigram index, then sorted."""
    rows: list[tuple[str, int, str]] = database.execute_sql(
        "SELECT e.kind, e.subject_id, e.text FROM search_index i JOIN search_entry e ON e.id = i.rowid "
        "WHERE search_index MATCH ? AND (? = '' OR e.kind = ?) ORDER BY e.sort_key LIMIT ?",
        (_match(words), kind, kind, limit),
    ).fetchall()
    return rows


def _find_common(words: list[str], kind: str, limit: int) -> list[tuple[str, int, str]]:
    """Along the alphabet until there are enough: a common word is met soon."""
    padded = [*words, *[""] * (MOST_WORDS - len(words))]
    rows: list[tuple[str, int, str]] = database.execute_sql(IN_ORDER, (*padded, kind, kind, limit)).fetchall()
    return rows


def _words_of(text: str) -> list[str]:
    """At most a dozen folded words of sensible length: the engine stumbles over a pasted page."""
    whole = text[:LONGEST_TEXT].encode("utf-8", "ignore").decode("utf-8")  # half a surrogate pair is no text
    words = [word[:LONGEST_WORD] for word in fold(whole).split()]
    return list(dict.fromkeys(words))[:MOST_WORDS]


def _find_short(words: list[str], kind: str, limit: int) -> list[tuple[str, int]]:
    """Words under three letters: by range on the sort key, since trigrams cannot hold them."""
    for first in words:
        rows = database.execute_sql(
            "SELECT kind, subject_id, text || ' ' || sort_key FROM search_entry WHERE sort_key >= ? AND sort_key < ? "
            "AND (? = '' OR kind = ?) ORDER BY sort_key LIMIT ?",
            (first, first + "\U0010ffff", kind, kind, limit * 20),
        ).fetchall()
        others = [word for word in words if word != first]
        found = [(row[0], row[1]) for row in rows if _has_all(row[2], others)][:limit]
        if found:
            return found
    return []


def _has_all(text: str, words: list[str]) -> bool:
    starts = f" {text}"
    return all(f" {word}" in starts for word in words)
