"""Folders that take long to make: made once in each process of the tests, then written as they were."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable
from pathlib import Path

_Contents = dict[str, tuple[bytes, int]]
_made: dict[Hashable, _Contents] = {}


def made_once(folder: Path, key: Hashable, make: Callable[[Path], object]) -> Path:
    """The folder as `make` fills it, which depends on nothing but the key; files keep their times."""
    if key not in _made:
        make(folder)
        _made[key] = _contents_of(folder)
    else:
        _write(folder, _made[key])
    return folder


def _contents_of(folder: Path) -> _Contents:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def _write(folder: Path, contents: _Contents) -> None:
    for name, (content, time) in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        os.utime(path, ns=(time, time))
