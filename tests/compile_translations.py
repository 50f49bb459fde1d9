"""Compiles every catalogue of texts, and what Qt's own Dutch lacks; for the set-up, the package and the tests."""

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from desktop.paths import resource


def compile_all() -> int:
    """Write a .mo beside each .po whose text is newer; the number of catalogues."""
    catalogues = sorted(resource("translations").glob("*/*.po"))
    for path in catalogues:
        made = path.with_suffix(".mo")
        if not made.exists() or made.stat().st_mtime < path.stat().st_mtime:
            _compile(path, made)
    _compile_rest_of_qt()
    return len(catalogues)


def _compile_rest_of_qt() -> None:
    """Qt reads only its own format; its compiler comes with PySide6."""
    source = resource("translations", "qt", "qtbase_rest_nl.ts")
    made = source.with_suffix(".qm")
    if not made.exists() or made.stat().st_mtime < source.stat().st_mtime:
        compiler = Path(sys.executable).with_name("pyside6-lrelease")
        subprocess.run([str(compiler), "-silent", str(source), "-qm", str(made)], check=True)


def _compile(path: Path, made: Path) -> None:
    with path.open("rb") as source:
        catalogue = read_po(source, locale=path.parent.name)
    for message in catalogue:
        if message.id and _fields(message.id) != _fields(message.string):
            raise ValueError(f"{path.name}: the {{fields}} of {message.id!r} and its translation differ")
    part = made.with_suffix(".part")
    with part.open("wb") as target:
        write_mo(target, catalogue)
    part.replace(made)


def _fields(text: object) -> set[str]:
    texts = (text,) if isinstance(text, str) else tuple(cast(Sequence[str], text))
    return {name for each in texts for name in re.findall(r"{\w*}", each)}


if __name__ == "__main__":
    print(f"{compile_all()} catalogues compiled")  # noqa: T201
