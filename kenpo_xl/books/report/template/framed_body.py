"""One frame for the body: a box around the sample text of a template is around each row of the report.

Whoever draws a template in a new workbook puts lines around all its cells. Drawn with each paragraph, they
would be boxes below one another, with gaps between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter

from kenpo_xl.books.report.template.style import Style
from kenpo_xl.books.report.template.template import (
    CAPTION,
    CLOSING,
    CONTINUED,
    GAP,
    HEADERS,
    ITEM,
    KPI,
    NOTE,
    SECTION,
    SPACE,
    TABLE_HEADER,
    TABLE_ROW,
    TEXT,
    Pattern,
    Slot,
    Zone,
)
from kenpo_xl.domain.frozen import frozen

_WITHIN = (SECTION, ITEM, CONTINUED, TEXT, KPI, CAPTION, NOTE, GAP, SPACE, CLOSING)
# The patterns that end a row of the report, or the page, with the line below them.
_ENDS = (SPACE, CLOSING)
# A table is set off from the frame by a narrow column where there are enough of them.
_FEWEST_COLUMNS = 20


@frozen
class _Lines:
    """The lines at the left and the right of a column of the body, and the one below it, as properties."""

    zone: Zone
    left: Style
    right: Style
    below: Style

    def at(self, column: int, *, ends: bool) -> Style:
        """The lines of one cell within the column of the body."""
        style = self.below if ends else Style()
        for edge, side in ((self.zone.first, self.left), (self.zone.last, self.right)):
            if column == edge:
                style = style.with_properties(**side.properties_by_name)
        return style

    def around(self, first: int, last: int) -> Style:
        """The lines at the sides of a text in these columns."""
        left, right = self.at(first, ends=False), self.at(last, ends=False)
        return left.with_properties(**right.properties_by_name)


def with_one_frame(patterns: Mapping[str, Pattern]) -> dict[str, Pattern]:
    """The patterns with the box of row 本文 around each row of the report; unchanged without one."""
    text = patterns[TEXT]
    if not any({"top", "bottom"} <= slot.style.properties_by_name.keys() for slot in text.slots):
        return dict(patterns)
    lines = [_lines_of_zone(Zone(slot.first, slot.last), text) for slot in patterns[HEADERS].slots]
    framed = {name: _framed_pattern(patterns[name], lines) for name in _WITHIN}
    tables = {
        name: _pattern_without_edge_columns(patterns[name], lines) for name in (TABLE_HEADER, TABLE_ROW)
    }
    return {**patterns, **framed, **tables}


def _lines_of_zone(zone: Zone, text: Pattern) -> _Lines:
    styles = dict(text.painted)
    first, last = styles.get(zone.first, Style()), styles.get(zone.last, Style())
    for slot in text.slots:
        if zone.first <= slot.first <= zone.last:
            first, last = slot.style, slot.style if slot.last == zone.last else last
            break
    return _Lines(
        zone, _style_of_side(first, "left"), _style_of_side(last, "right"), _style_of_side(first, "bottom")
    )


def _style_of_side(style: Style, side: str) -> Style:
    """The line of a style at one side, without anything else."""
    known = style.properties_by_name
    return Style().with_properties(**{name: known.get(name) for name in (side, f"{side}_color")})


def _framed_pattern(pattern: Pattern, lines: Sequence[_Lines]) -> Pattern:
    """The pattern with the lines of the frame instead of its own."""
    painted = dict(pattern.painted)
    ends = pattern.name in _ENDS
    cells = {
        column: _without_borders(painted.get(column, Style())).with_properties(**style.properties_by_name)
        for column, style in _frame_cells(lines, ends=ends)
    }
    slots = tuple(_framed_slot(slot, lines) for slot in pattern.slots)
    visible = {column: style for column, style in cells.items() if style.is_visible_when_empty}
    outside = {column: style for column, style in painted.items() if column not in cells}
    return replace(
        pattern, slots=slots, painted=tuple(sorted({**outside, **visible}.items(), key=itemgetter(0)))
    )


def _frame_cells(lines: Sequence[_Lines], *, ends: bool) -> Iterator[tuple[int, Style]]:
    for one in lines:
        for column in range(one.zone.first, one.zone.last + 1):
            yield column, one.at(column, ends=ends)


def _framed_slot(slot: Slot, lines: Sequence[_Lines]) -> Slot:
    style = _without_borders(slot.style)
    for one in lines:
        if one.zone.first <= slot.first <= one.zone.last:
            style = style.with_properties(**one.around(slot.first, slot.last).properties_by_name)
    return replace(slot, style=style)


def _without_borders(style: Style) -> Style:
    return style.without_borders("left", "right", "top", "bottom")


def _pattern_without_edge_columns(pattern: Pattern, lines: Sequence[_Lines]) -> Pattern:
    """The row of a table without the columns of its sample that touch the frame."""
    edges = {edge for one in lines for edge in (one.zone.first, one.zone.last)}
    first, *inner, last = pattern.slots
    if last.last - first.first < _FEWEST_COLUMNS:
        return pattern
    if first.first in edges and first.first < first.last:
        first = replace(first, first=first.first + 1)
    if last.last in edges and last.first < last.last:
        last = replace(last, last=last.last - 1)
    return replace(pattern, slots=(first, *inner, last))
