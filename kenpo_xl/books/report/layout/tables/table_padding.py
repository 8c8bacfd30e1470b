"""The space between the text of a table cell and its lines: at its side, above and below several lines.

Excel and LibreOffice set text close to the lines of a cell, and several lines closely below one another. A
text is therefore written in pieces: empty ones along its edges, and one for each paragraph, whose lines are
spread. A number has its space in its format.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kenpo_xl.books.common.text_metrics import WIDEST, mixes_latin_and_japanese
from kenpo_xl.books.report.layout.paragraph import EXCEL_SIDES
from kenpo_xl.books.report.layout.tables.table import (
    TablePart,
    line_pitch,
    paragraph_line_counts,
    paragraphs_of_cell,
)
from kenpo_xl.books.report.layout.tables.table_cells import TableBox, is_number, number_width
from kenpo_xl.books.report.template.page_setup import GRID, POINT
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.lengths import Pixels

# A space as wide as a bracket, in Excel's notation of formats, and one that is a letter of Japanese.
_SPACE, _WIDE_SPACE = "_)", '"　"'
# The sections of a format.
_SECTION = LazyPattern(r'(?:"[^"]*"|[\\_*].|[^;"\\_*])+')
# Letters may come out a little wider than they are drawn.
_SLACK = 1.02


@frozen
class Piece:
    """A part of a cell: columns of the sheet, pixels from the top of the table, text (None: its value).

    It has no line at its `open_sides`. `wraps` is true for more than one line, `spreads` where those are
    spread over its height, `shrinks` for one whose letters become smaller where it is too wide.
    """

    first: int
    last: int
    top: int
    end: int
    text: str | None = None
    open_sides: tuple[str, ...] = ()
    wraps: bool = False
    spreads: bool = False
    shrinks: bool = False


def space_by_column(boxes: Sequence[TableBox], part: TablePart) -> Mapping[int, str]:
    """The space behind numbers, as a part of their format, in columns with space in every cell.

    LibreOffice prints a text of mixed script (139 人) after all others. Where most rows have one, a
    full-width space is behind the numbers of a column without Japanese (10.6%): a table copied out of the
    PDF has its figures in order. It is as wide as a closing bracket, and lets units be below one another
    in a column with numbers in brackets, which need no space.
    """
    loose = [box for box in boxes if box.kind not in part.look.centred and not is_bracketed(box)]
    tight = {box.column for box in loose if not _has_space(box, part, halves=1)}
    narrow = _narrow_columns(loose, part)
    as_usual = _columns_with_usual_space(boxes, part, narrow)
    return {
        column: _SPACE if column in as_usual else _WIDE_SPACE
        for column in range(len(part.widths))
        if column not in tight
    }


def _narrow_columns(loose: Sequence[TableBox], part: TablePart) -> set[int]:
    """Those with a number beside which there is no room for the widest space."""
    return {box.column for box in loose if is_number(box) and not _has_space(box, part, halves=WIDEST)}


def _columns_with_usual_space(boxes: Sequence[TableBox], part: TablePart, narrow: set[int]) -> set[int]:
    """All columns, or the narrow and those with a text of mixed script where most rows have one.

    None with numbers in brackets, but where it is narrow.
    """
    mixed = [box for box in boxes if box.row >= part.table.header_rows and _has_mixed_letters(box)]
    is_mixed = 2 * len({box.row for box in mixed}) > len(part.table.rows)
    usual = narrow | {box.column for box in mixed} if is_mixed else set(range(len(part.widths)))
    bracketed = {box.column for box in boxes if is_bracketed(box)}
    return usual - (bracketed - narrow)


def centred_columns(boxes: Sequence[TableBox], spaces: Mapping[int, str]) -> set[int]:
    """The columns without room for a space whose numbers are all as wide: these are in the middle."""
    widths: dict[int, set[int]] = {}
    for box in boxes:
        if box.column not in spaces and is_number(box):
            widths.setdefault(box.column, set()).add(number_width(box))
    return {column for column, found in widths.items() if len(found) == 1}


def is_bracketed(box: TableBox) -> bool:
    """True for a number in brackets, the last of which has its space."""
    return box.text.endswith("）") and is_number(box)


def _has_mixed_letters(box: TableBox) -> bool:
    """True for a cell that is printed with Latin letters or digits beside Japanese."""
    if is_number(box) and box.cell is not None:
        return not box.cell.number_format.isascii()
    return mixes_latin_and_japanese(box.text)


def number_format_with_space(code: str, space: str = _SPACE) -> str:
    """A number format with a space behind each number."""
    sections = _SECTION.findall(code) or ["General"]
    return ";".join(section if "@" in section else section + space for section in sections)


def pieces_of_box(box: TableBox, part: TablePart, *, padded: bool) -> Iterator[Piece]:
    """The pieces in which a cell is written; `padded` with space at the left of a text."""
    first, last = part.column_starts[box.column], part.column_starts[box.last_column + 1] - 1
    top, end = part.row_tops[box.row], part.row_tops[box.last_row + 1]
    if is_number(box) or not box.text:
        yield Piece(first, last, top, end)
        return
    left: tuple[str, ...] = ()
    if padded:
        yield Piece(first, first, top, end, "", open_sides=("right",))
        first, left = first + 1, ("left",)
    width = part.look.width.times(last - first + 1)
    counts = paragraph_line_counts(box.text, width, part.size)
    if len(counts) == 1 and counts[0].most == 1:
        yield Piece(first, last, top, end, box.text, left)
        return
    pitch = line_pitch(part.size, part.look.leading)
    top_of_text = top + half_of_free_height(end - top - sum(count.most for count in counts) * pitch)
    yield Piece(first, last, top, top_of_text, "", (*left, "bottom"))
    for text, count in zip(paragraphs_of_cell(box.text, width, part.size), counts, strict=True):
        bottom = top_of_text + count.most * pitch
        wraps, spreads = count.most > 1, count.most > 1 and count.is_certain
        sides = (*left, "top", "bottom")
        yield Piece(first, last, top_of_text, bottom, text, sides, wraps, spreads, count.shrinks)
        top_of_text = bottom
    yield Piece(first, last, top_of_text, end, "", (*left, "top"))


def half_of_free_height(free: int) -> Pixels:
    """Half of a free height in pixels, on the grid where all of it is."""
    half = free // 2
    return half if free % GRID else half - half % GRID


def _has_space(box: TableBox, part: TablePart, *, halves: int) -> bool:
    """True where a number has room for a space of so many halves behind it, a text for a column before it."""
    columns = sum(part.widths[box.column : box.last_column + 1])
    if is_number(box):
        needed = (number_width(box) * _SLACK + halves) * part.size / 2 + EXCEL_SIDES
        return needed <= part.look.width.least * columns * POINT
    if part.padded:
        return True
    whole, narrower = (part.look.width.times(count) for count in (columns, columns - 1))
    return columns > 1 and paragraph_line_counts(box.text, whole, part.size) == paragraph_line_counts(
        box.text, narrower, part.size
    )
