"""The one search table and its trigram index. Must not know what the subjects are, only their folded words."""

from dataclasses import dataclass

from desktop.rules.names import fold
from desktop.storage.database import database

SHORTEST_TRIGRAM = 3
LONGEST_TEXT, LONGEST_WORD, MOST_WORDS = 1_000, 60, 12


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


def find(text: str, kind: str = "", limit: int = 50) -> list[tuple[str, int]]:
    """(kind, id) of the records in which every typed word occurs, in alphabetical order; never raises on input."""
    words = _words_of(text)
    long_words = [word for word in words if len(word) >= SHORTEST_TRIGRAM]
    short_words = [word for word in words if len(word) < SHORTEST_TRIGRAM]
    if not words:
        return []
    if not long_words:
        return _find_short(short_words, kind, limit)
    match = " ".join('"' + word.replace('"', '""') + '"' for word in long_words)
    rows = database.execute_sql(
        "SELECT e.kind, e.subject_id, e.text FROM search_index i JOIN search_entry e ON e.id = i.rowid "
        "WHERE search_index MATCH ? AND (? = '' OR e.kind = ?) ORDER BY e.sort_key LIMIT ?",
        (match, kind, kind, limit if not short_words else limit * 20),
    ).fetchall()
    return [(row[0], row[1]) for row in rows if _has_all(row[2], short_words)][:limit]


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
