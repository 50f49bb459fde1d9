"""Writes resources/licences.txt: what is shipped with the program and under which licence."""

import re
import tomllib
from importlib.metadata import PackageMetadata, distribution, requires

from desktop.paths import RESOURCES, resource

OTHER = """
Noto Sans (typeface)                  SIL Open Font License 1.1      resources/fonts/OFL.txt
DejaVu Sans (typeface)                Bitstream Vera and public domain   resources/fonts/DejaVu-LICENSE.txt
Phosphor (icons, inside QtAwesome)    MIT
SQLite (inside sqlcipher3)            public domain
SQLCipher (inside sqlcipher3)         BSD-3-Clause, Zetetic LLC
OpenSSL (inside sqlcipher3, cryptography)   Apache-2.0
Qt 6 (inside PySide6)                 LGPL-3.0; the libraries stay separate files that can be replaced
"""
UNDECLARED = {"peewee": "MIT", "sqlcipher3": "Zlib"}  # as their licence files say; their metadata do not


def shipped() -> dict[str, PackageMetadata]:
    """Every distribution that the program needs to run, with what those need."""
    project = tomllib.loads((RESOURCES.parent / "pyproject.toml").read_text("utf-8"))
    waiting = [_name(line) for line in project["project"]["dependencies"]]
    found: dict[str, PackageMetadata] = {}
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found[name] = distribution(name).metadata
        waiting += [_name(line) for line in requires(name) or [] if ";" not in line]
    return dict(sorted(found.items()))


def licence_of(facts: PackageMetadata) -> str:
    """The licence as the distribution declares it, in one line."""
    declared = facts["License-Expression"] or ""
    trove = [line.rsplit(" :: ", 1)[-1] for line in facts.get_all("Classifier") or [] if line.startswith("License")]
    return declared or "; ".join(trove) or UNDECLARED.get(facts["Name"]) or (facts["License"] or "").split("\n")[0]


def page() -> str:
    lines = [
        "Wijkrecept is under the MIT licence (LICENSE). These parts are shipped with it, each under its own licence.\n"
    ]
    lines += [f"{name} {facts['Version']}".ljust(38) + licence_of(facts) for name, facts in shipped().items()]
    return "\n".join(lines) + "\n" + OTHER


def _name(requirement: str) -> str:
    return re.split(r"[<>=!~\[ (]", requirement, maxsplit=1)[0].lower().replace("_", "-")


if __name__ == "__main__":
    resource("licences.txt").write_text(page(), "utf-8")
