"""The moment a letter is fixed on paper: its code, its bytes and their checksum. Must not know who may."""

from dataclasses import replace

from desktop.actions.letter_state import store_content
from desktop.rules.lettercode import code
from desktop.rules.letters import LetterContent
from desktop.storage.letterparts import keep_pdf
from desktop.storage.models import Letter


def fix_on_paper(letter: Letter, content: LetterContent) -> None:
    """Inside the action that fixes a letter: from now on nothing in it changes, and it can be found by its code."""
    from desktop.paper.letter import render
    from desktop.paper.shared import shared_parts

    letter.state = "fixed"
    if letter.id is None:
        store_content(letter, content)  # it gets the number that stands on it
    content = replace(content, code=code(letter.id))
    pdf = render(content)
    store_content(letter, content)
    keep_pdf(letter, pdf, shared_parts(content.letterhead))
