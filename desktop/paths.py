"""Where the program's own files are, the same from source and packaged. Must not know where people's data are."""

from pathlib import Path

RESOURCES = Path(__file__).resolve().parent.parent / "resources"


def resource(*parts: str) -> Path:
    """A file that ships with the program, e.g. `resource("letters", "intake.txt")`."""
    return RESOURCES.joinpath(*parts)
