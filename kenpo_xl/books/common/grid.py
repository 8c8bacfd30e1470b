"""The grid of an item's sheet in an input book: columns, widths, heights."""

from __future__ import annotations

import re
from dataclasses import replace

from kenpo_xl.domain.language.text_size import FontSize, display_width, text_height
from kenpo_xl.domain.lengths import Points

MARK, BLOCK, KIND, TEXT = 0, 1, 2, 3
"""The columns of a line: its hidden mark, its block, its kind and its text."""
FIRST_NUMBER, LAST = 4, 10
"""The seven columns behind the text, which fill a screen of 1,366 pixels: numbers of tables, ratings."""
RATING, REASON = FIRST_NUMBER, LAST
# The text of a line and the labels of tables are in one wide column, in which no cell is merged: only so do
# Excel and LibreOffice fit the height of a row while it is typed into.
WIDTHS = (
    (MARK, MARK, 2.0),
    (BLOCK, BLOCK, 9.5),
    (KIND, KIND, 5.5),
    (TEXT, TEXT, 57.0),
    (FIRST_NUMBER, LAST - 1, 12.0),
    # Wide enough for a reason (評価の理由), which is wrapped.
    (LAST, LAST, 18.0),
    (LAST + 1, LAST + 15, 12.0),
)
_POINTS = 10.0
_BRACKET = re.compile(r"(?<=.)(?=[（(])|(?<=[】])(?=.)")
_IN_BRACKETS = re.compile(r"（[^（）]*）")
# The half-width characters of a letter, and the letters that one that is alone takes with it.
_LETTER, _TAKEN = 2, 3
_FONT = FontSize(advance=1.03, line=14.5, margin=4)
# Half-width characters of a cell that its text cannot use, with an indent and without it.
_PADDING, HEADER_PADDING = 3, 0.5
ROW_HEADER_INDENT = _PADDING - HEADER_PADDING


def width_of_columns(first: int, last: int) -> float:
    """The half-width characters that fit into some columns of the sheet together."""
    widths = {column: width for start, end, width in WIDTHS for column in range(start, end + 1)}
    return sum(widths[column] for column in range(first, last + 1) if column in widths)


def wrapped_header_template(template: str, displayed_text: str, width: float) -> str:
    """A header template with a line feed in each line that is displayed too wide, at its bracket.

    Where one letter does not fit, a line within brackets gets half-width ones, and a line without a bracket
    takes three letters to the next one.
    """
    lines, displayed = template.split("\n"), displayed_text.split("\n")
    if len(lines) != len(displayed):
        return template
    return "\n".join(_wrapped_line(*both, width) for both in zip(lines, displayed, strict=True))


def _wrapped_line(template: str, displayed: str, width: float) -> str:
    needed = display_width(displayed)
    if needed * _FONT.advance <= width - HEADER_PADDING:
        return template
    is_one_letter_too_long = 0 < needed - width <= _LETTER
    if is_one_letter_too_long and _IN_BRACKETS.fullmatch(template):
        return f"({template[1:-1]})"
    is_plain = template == displayed and needed == _LETTER * len(displayed)
    if is_one_letter_too_long and is_plain and not _BRACKET.search(template):
        return f"{template[:-_TAKEN]}\n{template[-_TAKEN:]}"
    return _BRACKET.sub("\n", template, count=1)


def row_height(text: str, width: float, *, padding: float = _PADDING, points: float = _POINTS) -> Points:
    """The row height in points that a text needs in a cell `width` half-width characters wide."""
    scale = points / _POINTS
    font = replace(_FONT, advance=_FONT.advance * scale, line=_FONT.line * scale)
    return text_height(text, width - padding, font)
