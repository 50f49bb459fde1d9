"""Named queries about the texts of letters: which version is in use. Must not know what a text means."""

from desktop.rules.lettertexts import text_of
from desktop.storage.models import LetterText


def text_in_use(kind: str) -> str:
    """The coordinator's newest text of this kind, or the one that ships."""
    newest = LetterText.select().where(LetterText.kind == kind).order_by(LetterText.id.desc()).first()
    return str(newest.body) if newest is not None else text_of(kind)
