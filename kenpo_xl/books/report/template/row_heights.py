"""Pattern rows that are lower than their letters: read as high as the letters need, which is said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kenpo_xl.books.report.template.page_setup import POINT, points_to_grid_pixels
from kenpo_xl.books.report.template.style import Style
from kenpo_xl.books.report.template.template import (
    BODY,
    CONTINUED,
    HEADERS,
    ITEM,
    RATING,
    RUNNING,
    SECTION,
    TABLE_HEADER,
    TABLE_ROW,
    TEXT,
    ColumnName,
    Pattern,
    Slot,
)
from kenpo_xl.domain.lengths import Pixels

# The height of a row that is made higher, in font sizes.
_ROOM = 1.15
# Rows that touch their neighbours, or the lines around them, where they are hardly higher than their letters.
_SET_APART = (RUNNING, HEADERS, SECTION, ITEM, CONTINUED, TABLE_HEADER, TABLE_ROW)
_ROOM_APART = 1.25


def with_readable_heights(
    patterns: Mapping[str, Pattern], column_names: Sequence[ColumnName]
) -> tuple[dict[str, Pattern], list[str]]:
    """The patterns, none lower than its letters, and a sentence on those that were lower."""
    rating = patterns[HEADERS].slots[[column.name for column in column_names].index(RATING)]
    found = {
        name: replace(pattern, height=max(pattern.height, *_heights_needed_by_slots(pattern, rating)))
        for name, pattern in patterns.items()
    }
    raised = "".join(f"「{name}」" for name in found if found[name].height > patterns[name].height)
    said = f"ひな形の「{BODY}」の行{raised}は、高さが字の大きさに足りないため、高くして印刷します。"
    return found, [said] if raised else []


def _heights_needed_by_slots(pattern: Pattern, rating: Slot) -> Iterator[int]:
    """The heights in pixels that the letters of each slot need; those of a rating fit into its block."""
    yield 0
    for slot in pattern.slots:
        if pattern.name != TEXT or not rating.first <= slot.first <= rating.last:
            yield _height_of_letters(slot.style, pattern)


def _height_of_letters(style: Style, pattern: Pattern) -> Pixels:
    """The height of a row in pixels, or the one that letters need; spread lines need that of their font."""
    height = pattern.height
    if pattern.name in _SET_APART and _ROOM * style.font_size > height * POINT:
        return points_to_grid_pixels(max(_ROOM_APART, style.leading) * style.font_size)
    if style.has_spread_lines and style.leading * style.font_size > height * POINT:
        return points_to_grid_pixels(style.leading * style.font_size)
    return height if style.font_size <= height * POINT else points_to_grid_pixels(_ROOM * style.font_size)
