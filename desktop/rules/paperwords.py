"""What was typed and reaches a letter or a card is asked about by the one check, whichever form it was typed in.

Which fields those are, the fields themselves say (`on_paper`). Must not know forms or records.
"""

from collections.abc import Mapping
from datetime import date

from desktop.rules.declared import SUBJECTS
from desktop.rules.fields import NAME, WORDS, Field
from desktop.rules.letterwords import asked_about, new_sentences, odd_in_a_name, odd_words


def on_letters(table: str) -> tuple[Field, ...]:
    """The fields of a subject in which somebody types what reaches paper about a person."""
    return tuple(each for each in SUBJECTS[table].fields if each.on_paper in (NAME, WORDS))


def odd_on_paper(table: str, draft: object, stood: Mapping[str, str], today: date) -> dict[str, str]:
    """What to ask, by field; what `stood` there already was asked then."""
    said = {}
    for each in on_letters(table):
        typed = new_sentences(str(getattr(draft, each.name, "") or ""), stood.get(each.name, ""))
        said[each.name] = odd_words(typed, today) if each.on_paper == WORDS else asked_about(odd_in_a_name(typed))
    return {name: words for name, words in said.items() if words}
