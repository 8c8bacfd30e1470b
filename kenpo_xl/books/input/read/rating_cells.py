"""The rating (評価) in a row of the progress, with its reason and as-of month."""

from __future__ import annotations

from kenpo_xl.books.common import names
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import RatingEntry
from kenpo_xl.ooxml.rich_text import text_typed_by_user
from kenpo_xl.ooxml.workbook import Sheet

RATING_FIELDS = (names.RATING_HEADER, names.REASON_HEADER, names.AS_OF_HEADER)
"""The headers of the columns that a rating is read from."""


def read_rating(book: str, sheet: Sheet, row: int, columns: dict[str, int], block: str) -> RatingEntry | None:
    """The rating of a block in a row of the workbook called `book`, None where no glyph is typed."""
    glyph, reason, as_of = (_text_of_field(sheet, row, columns, header) for header in RATING_FIELDS)
    if not glyph:
        return None
    places = (columns.get(header) for header in RATING_FIELDS)
    sources = (Source(book, sheet.name, a1(row, at)) if at else None for at in places)
    return RatingEntry(block, glyph, reason, as_of, *sources)


def _text_of_field(sheet: Sheet, row: int, columns: dict[str, int], header: str) -> str:
    """What is typed below a header; '' where a merged cell that begins in another column covers it."""
    column = columns.get(header, 0)
    _, left = sheet.merge_anchors.get((row, column), (row, column))
    return text_typed_by_user(sheet.value(row, column)) if column and left == column else ""
