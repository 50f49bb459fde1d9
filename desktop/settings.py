"""The settings of this computer (window size, language, printer): never anything about a person or an office."""

import json
from pathlib import Path
from typing import Any


class Settings:
    """A small JSON file; an unreadable one counts as empty, since every setting has a default."""

    def __init__(self, path: Path | None, values: dict[str, Any]) -> None:
        self._path = path
        self._values = values

    @classmethod
    def load(cls, folder: Path) -> "Settings":
        path = folder / "settings.json"
        try:
            values = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError):
            values = {}
        return cls(path, values if isinstance(values, dict) else {})

    @classmethod
    def in_memory(cls) -> "Settings":
        return cls(None, {})

    def get(self, key: str, default: Any = None) -> Any:
        return self._values.get(key, default)

    def set(self, key: str, value: Any) -> None:
        if self._values.get(key) == value:
            return
        self._values[key] = value
        if self._path is not None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.write_text(json.dumps(self._values, indent=1), "utf-8")
