"""Title and notes above a list that is printed with the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kenpo_xl.books.common.text_metrics import printable_text
from kenpo_xl.domain.lengths import Pixels

TITLE_HEIGHT, _NOTE_HEIGHT = 28, 18


def write_list_heading(
    sheet: Any, book: Any, words: Mapping[str, str], *, title: str, notes: Sequence[str]
) -> Pixels:
    """Write a title with office and period, and below it the notes; returns their height in pixels."""
    period = (words.get(word, "") for word in ("支部", "和暦年度", "四半期"))
    bold = book.add_format({"bold": True, "font_size": 14, "valign": "vcenter"})
    sheet.set_row_pixels(0, TITLE_HEIGHT)
    sheet.write_string(0, 0, printable_text("　".join(filter(None, (title, *period)))), bold)
    small = book.add_format({"font_size": 9, "valign": "vcenter"})
    for row, note in enumerate(notes, start=1):
        sheet.set_row_pixels(row, _NOTE_HEIGHT)
        sheet.write_string(row, 0, printable_text(note), small)
    return TITLE_HEIGHT + len(notes) * _NOTE_HEIGHT
