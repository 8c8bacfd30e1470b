"""What was typed into a cell of 操作 that a button asks for."""

from __future__ import annotations

from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.ooxml.rich_text import text_typed_by_user
from kenpo_xl.ooxml.workbook import Workbook


def text_in_asked_cell(book: Workbook, name: str) -> tuple[str, tuple[str, str] | None]:
    """The text in the cell of a defined name, and the cell (sheet, cell); None in a book without it."""
    area = book.named_area(name)
    if area is None:
        return "", None
    text = text_typed_by_user(book.sheets[area.sheet].value(area.top, area.left))
    return text, (area.sheet, a1(area.top, area.left))
