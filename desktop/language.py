"""Which language the program speaks: `N_` marks a text, `_` shows it. Must not know screens."""

import gettext as _gettext
from functools import lru_cache

from desktop.paths import resource

LANGUAGES = ("nl", "en")
_spoken = "nl"
_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()


def set_language(code: str) -> None:
    """Speak Dutch ("nl") or English ("en", the language of the source) from now on."""
    global _spoken, _catalogue
    _spoken = code if code in LANGUAGES else "nl"
    _catalogue = _read(_spoken)
    _look_up.cache_clear()


def current() -> str:
    """The language spoken now, "nl" or "en"."""
    return _spoken


def N_(text: str) -> str:  # noqa: N802 - the name gettext tools look for
    """Mark a text for translation without translating it yet."""
    return text


def _(text: str) -> str:
    """The text in the language spoken now."""
    return _look_up(text) if text else ""


@lru_cache(maxsize=8_192)
def _look_up(text: str) -> str:
    """The catalogues stand behind each other, so a text asked for in every row of a list is looked up once."""
    return _catalogue.gettext(text)


def ngettext(one: str, many: str, n: int) -> str:
    """The form of the text that goes with the number n."""
    return _catalogue.ngettext(one, many, n)


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
