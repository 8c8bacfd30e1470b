"""The cell of 操作 that names the Python of the buttons: its content, and the edits that replace it.

The content is text to compare. It is never resolved, opened, contacted or started.
"""

from __future__ import annotations

from collections.abc import Iterable

from kenpo_xl.books.common import names
from kenpo_xl.domain.cell_edit import CellEdit
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.python_path import NamedPython, is_same_path, without_quotes
from kenpo_xl.domain.source import Source
from kenpo_xl.ooxml.references import Area, parse_area
from kenpo_xl.ooxml.rich_text import RichText
from kenpo_xl.ooxml.workbook import Value, Workbook, text_of_value


def python_settings(book: Workbook) -> tuple[NamedPython, ...]:
    """The Python of the buttons in a book, one for each cell from which the launcher may read it.

    A name may be defined for the book and for sheets, and Excel may take any of them. A formula is returned
    as such, since its value when the book is opened cannot be known; so is a name that is no cell. Cells of
    unreadable sheets are skipped: the book can be checked without them.
    """
    found = (_python_setting_at(book, refers_to) for refers_to in _formulas_of_python_name(book))
    return tuple(one for one in found if one is not None)


def _formulas_of_python_name(book: Workbook) -> list[str]:
    """The formula of each name of that cell, without names whose cell was deleted."""
    return [
        refers_to
        for name, refers_to in book.every_name
        if name.casefold() == names.PYTHON and "#REF!" not in refers_to
    ]


def _python_setting_at(book: Workbook, refers_to: str) -> NamedPython | None:
    area = _area_in_book(book, refers_to)
    if area is None:
        return NamedPython(f"={refers_to}", Source(book.path.name, "", ""))
    sheet = book.sheets[area.sheet]
    if not sheet.is_readable:
        return None
    cell = sheet.get(area.top, area.left)
    text = f"={cell.formula}" if cell and cell.formula else _launcher_text(sheet.value(area.top, area.left))
    source = Source(book.path.name, area.sheet, a1(area.top, area.left))
    return NamedPython(text, source) if without_quotes(text) else None


def _launcher_text(value: Value) -> str:
    """The text as the launcher reads it, with the letters that are struck through."""
    return "".join(text for text, _ in value.runs) if isinstance(value, RichText) else text_of_value(value)


def _area_in_book(book: Workbook, refers_to: str) -> Area | None:
    area = parse_area(refers_to)
    return area if area and area.sheet in book.sheets else None


def source_of_python_cell(book: Workbook) -> Source | None:
    """The cell where a book names its Python, whatever it contains; None for a book without that name."""
    area = book.named_area(names.PYTHON)
    return Source(book.path.name, area.sheet, a1(area.top, area.left)) if area else None


def edits_that_set_python(
    named: Iterable[NamedPython], cell: Source | None, python: str
) -> tuple[CellEdit, ...]:
    """The edits that replace the programs in a book by the office's `python`, also in an empty `cell`."""
    known = list(named)
    edits = [
        CellEdit(one.source.sheet, one.source.cell, python or None)
        for one in known
        if one.source.cell and not is_same_path(one.text, python)
    ]
    if python and cell and all(one.source != cell for one in known):
        edits.append(CellEdit(cell.sheet, cell.cell, python))
    return tuple(edits)
