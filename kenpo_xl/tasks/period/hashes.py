"""Hashes of files and of the program, by which unchanged inputs and outputs are known."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from kenpo_xl import __version__
from kenpo_xl.resources import source_files


def file_hash(path: Path) -> str:
    """The SHA-256 of a file as hexadecimal digits, '' if it cannot be read."""
    try:
        if not path.is_file():
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


@cache
def program_hash() -> str:
    """A hash of the program; after an update all periods are processed again."""
    digest = hashlib.sha256(__version__.encode())
    for path, *_ in source_files():
        digest.update(Path(path).read_bytes())
    return digest.hexdigest()
