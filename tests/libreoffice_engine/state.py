"""What Excel keeps for all who are attached to it and LibreOffice has no place for: one small JSON file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


class State:
    """Named values. With a file, every process that is attached to the same LibreOffice sees them."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._own: dict[str, Any] = {}

    def get(self, name: str, default: Any = None) -> Any:
        return self._read().get(name, default)

    def set(self, name: str, value: Any) -> None:
        self._write(self._read() | {name: value})

    def append(self, name: str, value: Any) -> None:
        """Add to a list."""
        self.set(name, [*self.get(name, []), value])

    def clear(self) -> None:
        """Forget everything."""
        self._write({})

    def _read(self) -> dict[str, Any]:
        if self._path is None or not self._path.exists():
            return self._own
        return json.loads(self._path.read_text(encoding="utf-8"))

    def _write(self, values: dict[str, Any]) -> None:
        self._own = values
        if self._path is not None:
            # In one step: whoever reads meanwhile sees the values before or after.
            written = self._path.with_suffix(".new")
            written.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
            written.replace(self._path)
