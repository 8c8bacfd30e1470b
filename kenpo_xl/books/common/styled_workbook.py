"""Workbooks in the font of the program; one that is sealed opens in Excel without being computed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xlsxwriter import Workbook

from kenpo_xl.books.common.new_workbook import new_workbook_in_memory
from kenpo_xl.books.common.styles import CREATED, FONT

# What today's Excel writes. With an older number it computes when opening, and asks on closing whether to
# save an unchanged workbook; one saved that way counts as edited and is never overwritten.
_CALCULATED_BY = 191029


@contextmanager
def new_styled_workbook(path: Path, *, is_sealed: bool = False) -> Iterator[Workbook]:
    """A workbook in the font of the program, written at the end; its bytes depend on its content alone."""
    font = {"font_name": FONT, "font_size": 10}
    with new_workbook_in_memory(path, {"default_format_properties": font}, is_sealed=is_sealed) as book:
        book.set_properties({"created": CREATED, "author": "", "title": ""})
        book.set_calc_mode("auto")
        yield book


@contextmanager
def new_sealed_workbook(path: Path) -> Iterator[Workbook]:
    """A workbook in the font of the program, written to `path` with its seal at the end."""
    with new_styled_workbook(path, is_sealed=True) as book:
        book.set_calc_mode("auto", _CALCULATED_BY)
        book.calc_on_load = False
        yield book
