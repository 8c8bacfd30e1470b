"""How high the body would be if the plan text were wider or narrower, without laying it out again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kenpo_xl.books.common.text_metrics import WIDEST, line_width
from kenpo_xl.books.report.layout.page import PagePart
from kenpo_xl.books.report.layout.paragraph import SlotMeasure, TextPart
from kenpo_xl.books.report.layout.row import LayoutRow
from kenpo_xl.books.report.layout.sections import table_look
from kenpo_xl.books.report.layout.tables.column_widths import table_parts
from kenpo_xl.books.report.layout.tables.table import TablePart
from kenpo_xl.books.report.template.template import Template
from kenpo_xl.domain.lengths import HalfWidths, Pixels

# A page is saved where what is on the last one moves to those before. Half of it may be room that is free
# there, and is used in other columns.
_LEAST_SAVED = 0.5


def may_save_page(saved: Pixels, last_pages: Sequence[Pixels]) -> bool:
    """Whether a body that is lower by `saved` may take a page less.

    `last_pages` are the heights of what is on the last page of each sheet that has several pages.
    """
    return bool(last_pages) and saved >= _LEAST_SAVED * min(last_pages)


class EstimatedHeights:
    """The rows of a body as drawn; their texts are measured once, to be set in other columns."""

    def __init__(self, rows: Iterable[LayoutRow]) -> None:
        self._rows = [(_Stack(row.left), [_Stack(block.parts) for block in row.blocks]) for row in rows]

    def in_columns_of(self, template: Template) -> Pixels:
        """The sum of the heights of the rows in pixels, in the columns of this template.

        Lines are taken to be full. Spaces and gaps, which are the same at each width, are left out.
        """
        columns = _TemplateColumns(template)
        return sum(
            max(left.height_in(columns), sum(block.height_in(columns) for block in blocks))
            for left, blocks in self._rows
        )


class _Stack:
    """Parts below one another: texts with their widths in halves, and tables."""

    def __init__(self, parts: Sequence[PagePart]) -> None:
        self._texts = [(line_width(part.text), part.measure) for part in parts if isinstance(part, TextPart)]
        self._tables = [part for part in parts if isinstance(part, TablePart)]

    def height_in(self, columns: _TemplateColumns) -> Pixels:
        """The height in pixels in these columns."""
        return sum(
            measure.height_of_lines(-(-width // columns.capacity(measure)) or 1)
            for width, measure in self._texts
        ) + sum(map(columns.table_height, self._tables))


class _TemplateColumns:
    """The columns of one template: what lines hold, and how high tables are."""

    def __init__(self, template: Template) -> None:
        self._template = template
        self._look = table_look(template)
        self._capacities: dict[int, int] = {}

    def capacity(self, drawn: SlotMeasure) -> HalfWidths:
        """The halves of full-width characters in a line of the slot that was measured as drawn."""
        key = id(drawn)
        if key not in self._capacities:
            pattern = self._template[drawn.pattern.name]
            slot = pattern.slots[drawn.pattern.slots.index(drawn.slot)]
            found = SlotMeasure.for_slot(self._template, pattern, slot).capacities[0]
            self._capacities[key] = max(min(found) // WIDEST * WIDEST, WIDEST)
        return self._capacities[key]

    def table_height(self, part: TablePart) -> Pixels:
        """The height of a table, which is as drawn while its columns fit."""
        if sum(part.widths) <= self._look.columns:
            return part.height
        return sum(one.height for one in table_parts(part.table, self._look))
