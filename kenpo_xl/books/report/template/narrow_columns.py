"""Narrow columns for tables: where a template has a few wide ones, it is read as if they were divided.

A table is set in equal narrow columns of the sheet. Whoever draws a template in a new workbook makes as many
columns as its sample table has, in which no other table fits. Whoever sets a template to larger paper often
leaves its columns: they are read as wider, with more narrow ones.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from kenpo_xl.books.report.template.page_setup import PageSetup
from kenpo_xl.books.report.template.screen_widths import SheetColumns, designed_digit_pixels
from kenpo_xl.books.report.template.style import Style
from kenpo_xl.books.report.template.template import TABLE_HEADER, TABLE_ROW, Pattern
from kenpo_xl.domain.frozen import frozen

# Pixels of a narrow column, and of the widest that is not divided.
_NARROW, _WIDEST = 9, 18
# A body is made wider where the page has room for one this many times as wide, by a little less than that:
# every width is rounded.
_LEAST_WIDENED, _ROUNDING = 1.2, 0.98


@frozen
class _Division:
    """The columns of tables, from 0, and where each of the narrow ones that replace them begins.

    `starts` are the pixels from the left of the first column at which a column begins, and the end of all.
    """

    first: int
    last: int
    starts: tuple[int, ...]

    @property
    def count(self) -> int:
        """The number of narrow columns."""
        return max(self.starts[-1] // _NARROW, 1)

    @property
    def widths(self) -> list[int]:
        """The widths of the narrow columns in pixels; the last has what is left over."""
        return [_NARROW] * (self.count - 1) + [self.starts[-1] - _NARROW * (self.count - 1)]

    def start(self, column: int) -> int:
        """The column in which something begins afterwards that began in this one, or one behind the last."""
        if column <= self.first:
            return column
        if column > self.last:
            return column + self.count - (self.last - self.first + 1)
        return self.first + min(round(self.starts[column - self.first] / _NARROW), self.count - 1)

    def source(self, column: int) -> int:
        """The column that was where the middle of this narrow one is."""
        middle = (column - self.first + 0.5) * _NARROW
        return min(self.first + bisect_right(self.starts, middle) - 1, self.last)


def with_narrow_columns(
    patterns: dict[str, Pattern], characters: tuple[float, ...], font_size: float, *, times: float = 1
) -> tuple[dict[str, Pattern], tuple[float, ...]]:
    """The patterns and the widths of the columns in characters, those of tables divided if they are wide.

    All columns are so many times as wide as drawn; `font_size` is that of the default font. A conditional
    format with a formula names columns as drawn: where there is one, nothing is changed.
    """
    digit = designed_digit_pixels(font_size)
    wide = tuple(width * times for width in characters)
    pixels = [int(width * digit + 0.5) for width in wide]
    division = _division_of_table_columns(patterns, pixels, is_widened=times > 1)
    slots = [slot for pattern in patterns.values() for slot in pattern.slots]
    formulas = any(one.condition.kind == "formula" for slot in slots for one in slot.conditions)
    if division is None or formulas:
        return patterns, characters
    narrow = (width / digit for width in division.widths)
    widths = (*wide[: division.first], *narrow, *wide[division.last + 1 :])
    return {name: _divided_pattern(one, division) for name, one in patterns.items()}, widths


def times_to_fill_page(
    patterns: dict[str, Pattern], characters: tuple[float, ...], font_size: float, setup: PageSetup
) -> float:
    """How many times as wide the columns are to be for the width of the page; 1 where that is little more."""
    _, characters = with_narrow_columns(patterns, characters, font_size)
    columns = SheetColumns.for_characters(characters, font_size)
    times = setup.usable_width_pixels / max(columns.width(0, len(characters) - 1).most, 1)
    return times * _ROUNDING if times >= _LEAST_WIDENED else 1


def _division_of_table_columns(
    patterns: Mapping[str, Pattern], pixels: Sequence[int], *, is_widened: bool
) -> _Division | None:
    """The division of the columns of tables, None where they are narrow and as wide as drawn."""
    slots = (*patterns[TABLE_HEADER].slots, *patterns[TABLE_ROW].slots)
    first, last = patterns[TABLE_HEADER].slots[0].first, max(slot.last for slot in slots)
    widths = pixels[first : last + 1]
    if max(widths, default=0) <= _WIDEST and not is_widened:
        return None
    return _Division(first, last, tuple(accumulate(widths, initial=0)))


def _divided_pattern(pattern: Pattern, division: _Division) -> Pattern:
    slots = []
    for slot in pattern.slots:
        first = division.start(slot.first)
        slots.append(replace(slot, first=first, last=max(division.start(slot.last + 1) - 1, first)))
    return replace(pattern, slots=tuple(slots), painted=tuple(_styles_of_divided_columns(pattern, division)))


def _styles_of_divided_columns(pattern: Pattern, division: _Division) -> list[tuple[int, Style]]:
    """The styles of the columns; a line at the side of one that is divided is at that side of its parts."""
    inside = range(division.first, division.last + 1)
    found = {division.start(column): style for column, style in pattern.painted if column not in inside}
    styles = dict(pattern.painted)
    narrow = range(division.first, division.first + division.count)
    sources = [division.source(column) for column in narrow]
    for column, source in zip(narrow, sources, strict=True):
        at = column - division.first
        inner = [
            side
            for side, neighbour in (("left", sources[at - 1 : at]), ("right", sources[at + 1 : at + 2]))
            if neighbour == [source]
        ]
        if source in styles:
            found[column] = styles[source].without_borders(*inner)
    return sorted(found.items(), key=lambda pair: pair[0])
