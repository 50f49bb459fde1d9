"""Which texts the program shows and which of them have Dutch; for the tests and for whoever translates."""

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from desktop.paths import RESOURCES, resource

KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
Text = str | tuple[str, ...]


def shown_texts() -> dict[Text, str]:
    """Every text that the source marks, with the file in which it stands first."""
    found: dict[Text, str] = {}
    folder = RESOURCES.parent / "desktop"
    for name, _line, message, _comments, _context in extract_from_dir(str(folder), keywords=KEYWORDS):
        found.setdefault(message, name)
    return found


def dutch_texts() -> dict[Text, tuple[str, Text]]:
    """Every text with Dutch, with the catalogue it stands in and its Dutch."""
    found: dict[Text, tuple[str, Text]] = {}
    for path in sorted(resource("translations", "nl").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="nl"):
                if message.id:
                    found[_as_text(message.id)] = (path.name, _as_text(message.string))
    return found


def untranslated() -> list[tuple[str, Text]]:
    """(file, text) of what has no Dutch yet."""
    dutch = dutch_texts()
    return sorted(
        ((name, text) for text, name in shown_texts().items() if text not in dutch or not all(_forms(dutch[text][1]))),
        key=str,
    )


def unused() -> list[tuple[str, Text]]:
    """(catalogue, text) of Dutch for texts that no longer exist."""
    shown = shown_texts()
    return sorted(((name, text) for text, (name, _dutch) in dutch_texts().items() if text not in shown), key=str)


def _as_text(text: str | list[str] | tuple[str, ...] | None) -> Text:
    return text or "" if isinstance(text, str | None) else tuple(text)


def _forms(text: Text) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


if __name__ == "__main__":
    for place, text in untranslated():
        print(f"no Dutch: {place}: {text!r}")  # noqa: T201
    for place, text in unused():
        print(f"not used: {place}: {text!r}")  # noqa: T201
