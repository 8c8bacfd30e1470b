"""Registries as `reg export` writes them, in files: read as the registry of a PC."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

FOLDER = Path(__file__).parent / "registries"
_LINE = re.compile(r'(?:"((?:[^"\\]|\\.)*)"|@)=(?:dword:([0-9a-f]{8})|"((?:[^"\\]|\\.)*)")')


class RecordedRegistry:
    """The keys of one or more files; the later one wins."""

    def __init__(self, *names: str) -> None:
        self.keys: dict[str, dict[str, int | str]] = {}
        for name in names:
            self._read((FOLDER / f"{name}.reg").read_text(encoding="utf-8"))

    def _read(self, text: str) -> None:
        first, *lines = text.splitlines()
        assert first == "Windows Registry Editor Version 5.00"
        here: dict[str, int | str] = {}
        for line in filter(None, lines):
            if line.startswith("["):
                here = self.keys.setdefault(line[1:-1].casefold(), {})
            elif found := _LINE.fullmatch(line):
                number, text = found[2], found[3]
                here[_plain(found[1] or "").casefold()] = int(number, 16) if number else _plain(text)
            else:
                assert line.startswith(";"), line

    def values(self, root: str, key: str) -> Mapping[str, int | str] | None:
        return self.keys.get(f"{root}\\{key}".casefold())

    def subkeys(self, root: str, key: str) -> list[str]:
        start = f"{root}\\{key}\\".casefold()
        below = {one.removeprefix(start).partition("\\")[0] for one in self.keys if one.startswith(start)}
        return sorted(below)


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)
