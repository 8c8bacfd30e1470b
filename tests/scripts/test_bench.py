"""The fixed book that bench.py compares with."""

from __future__ import annotations

from zipfile import ZipFile

from scripts.bench import FORMER


def test_the_fixed_book_keeps_the_former_layout() -> None:
    with ZipFile(FORMER) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert sum(book.read(name).count(b"<mergeCell ") for name in sheets) == 186
        assert "xl/vbaProject.bin" not in book.namelist()
