"""Which language the program speaks: `N_` marks a text, `_` shows it. Must not know screens."""

import gettext as _gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from desktop.paths import resource

LANGUAGES = ("nl", "en")
_spoken = "nl"
_on_paper: ContextVar[str] = ContextVar("language of the paper that is made now", default="")


def set_language(code: str) -> None:
    """Speak Dutch ("nl") or English ("en", the language of the source) from now on."""
    global _spoken
    _spoken = code if code in LANGUAGES else "nl"
    _read.cache_clear()
    _look_up.cache_clear()


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """One language for what is made inside, whatever the screen speaks meanwhile: a participant's paper is Dutch."""
    before = _on_paper.set(code)
    try:
        yield
    finally:
        _on_paper.reset(before)


def current() -> str:
    """The language spoken now, "nl" or "en"."""
    return _on_paper.get() or _spoken


def N_(text: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Mark a text for translation without translating it yet."""
    return text


def _(text: str) -> str:
    """The text in the language spoken now."""
    return _look_up(text, current()) if text else ""


@lru_cache(maxsize=16_384)
def _look_up(text: str, code: str) -> str:
    """The catalogues stand behind each other, so a text asked for in every row of a list is looked up once."""
    return _read(code).gettext(text)


def ngettext(one: str, many: str, n: int) -> str:
    """The form of the text that goes with the number n."""
    return _read(current()).ngettext(one, many, n)


@lru_cache(maxsize=len(LANGUAGES))
def _read(code: str) -> _gettext.NullTranslations:
    """All catalogues of a language as one: the subjects' files stand behind each other."""
    first: _gettext.NullTranslations = _gettext.NullTranslations()
    for path in sorted(resource("translations", code).glob("*.mo"), reverse=True):
        with path.open("rb") as file:
            catalogue = _gettext.GNUTranslations(file)
        if not isinstance(first, _gettext.GNUTranslations):
            first = catalogue
        else:
            first.add_fallback(catalogue)
    return first
