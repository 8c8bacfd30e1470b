"""Notes on cells of the report, in the font of the cell."""

from __future__ import annotations

from typing import Any

from kenpo_xl.books.common.text_metrics import line_width
from kenpo_xl.books.report.template.style import Style

# A note in points of its font, and the pixels around its text.
_NOTE_SIZE, _NOTE_SIDES, _NOTE_LINE = 9, 16, 17
_PIXELS = 4 / 3


def write_source_note(sheet: Any, row: int, column: int, text: str, style: Style) -> None:
    """Put a note on a cell, in the font of its style and as large as its text."""
    lines = text.split("\n")
    width = max(map(line_width, lines)) * _NOTE_SIZE / 2 * _PIXELS
    options = {
        "font_name": style.properties_by_name.get("font_name"),
        "font_size": _NOTE_SIZE,
        "width": round(width) + _NOTE_SIDES,
        "height": len(lines) * _NOTE_LINE + _NOTE_SIDES // 2,
    }
    sheet.write_comment(row, column, text, options)
