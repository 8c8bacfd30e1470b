"""The committed はじめに.xlsm is what the program writes today."""

from __future__ import annotations

import zipfile
from pathlib import Path

from scripts.make_start_book import make_start_book
from tests.paths import ROOT


def test_the_committed_book_is_fresh(tmp_path: Path) -> None:
    made = make_start_book(tmp_path)
    committed = ROOT / "workbooks" / made.name
    assert parts(committed) == parts(made)


def parts(path: Path) -> dict[str, bytes]:
    """The parts of a workbook; how well they are compressed depends on the machine."""
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist()}
