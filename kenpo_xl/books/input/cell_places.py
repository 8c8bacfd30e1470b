"""Positions of tables on an item's sheet, and Excel references to their figures."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import field

from kenpo_xl.books.common.grid import BLOCK, FIRST_NUMBER, TEXT
from kenpo_xl.books.input.result_formulas import placeholder_formula
from kenpo_xl.domain.cell_reference import a1, cell_position
from kenpo_xl.domain.formulas.evaluate import Group, Node, Ref, formula_keys
from kenpo_xl.domain.frozen import mutable
from kenpo_xl.domain.plan.placeholders import PlaceholderContext
from kenpo_xl.domain.plan.table import AsOf, FigureId, Table
from kenpo_xl.domain.results.figures import TableFigures, TableRow


@mutable
class TablePosition:
    """Worksheet rows and first worksheet columns of a table's rows and columns."""

    table: Table
    figures: TableFigures
    rows: list[tuple[int, TableRow]] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    spans: list[int] = field(default_factory=list)
    month_row: int | None = None
    last_list_row: int = 0

    @property
    def right(self) -> int:
        """The last worksheet column of the table."""
        return self.columns[-1] + self.spans[-1] - 1


def sheet_columns_and_widths(table: Table) -> list[tuple[int, int]]:
    """The sheet column of each column of a table, and how many it takes; its cells are not merged.

    A list of keys and texts has its keys left of the wide column, in which the texts are.
    """
    is_text = [cell.format.is_text for cell in table.cells[table.repeating or 0]]
    has_texts_of_keys = table.repeating is not None and not table.header_columns and all(is_text[:2])
    if has_texts_of_keys and len(is_text) > 1 and table.key_column == 0:
        return [(BLOCK, TEXT - BLOCK), (TEXT, 1), *((FIRST_NUMBER + n, 1) for n in range(len(is_text) - 2))]
    first = TEXT + table.header_columns
    return [(column, 1) for column in range(first, first + len(is_text))]


def first_sheet_column(table: Table) -> int:
    """The first sheet column of a table, that of its labels or of its first column."""
    return min(TEXT, sheet_columns_and_widths(table)[0][0])


class FigureCells:
    """The tables of one sheet by name, and the cells of their figures."""

    def __init__(self, item: str) -> None:
        self.item = item
        self.tables: dict[str, TablePosition] = {}

    @property
    def right(self) -> int:
        """The last worksheet column of all tables; -1 without tables."""
        return max((placed.right for placed in self.tables.values()), default=-1)

    @property
    def most_header_columns(self) -> int:
        """The most columns with labels that a table has, at least 1."""
        return max((placed.table.header_columns for placed in self.tables.values()), default=0) or 1

    def reference_function(self, row: int | None = None) -> Callable[[Node], str]:
        """A function from figures to Excel references; in an open list to cells of `row` itself."""

        def reference_of(node: Node) -> str:
            if isinstance(node, Ref):
                return self._cell_or_list_range(node.key, row)
            assert isinstance(node, Group)
            parts = [self._cell_or_list_range(key, row) for key in node.keys]
            return _joined_references(parts)

        return reference_of

    def _cell_or_list_range(self, key: object, row: int | None) -> str:
        assert isinstance(key, FigureId)
        placed = self.tables[key.table]
        index, column = placed.table.positions[key]
        at = placed.columns[column]
        rows = [place for place, found in placed.rows if found.index == index]
        if index == placed.table.repeating:
            if row in rows:
                return _cell_name(row, at)
            return f"{_cell_name(rows[0], at)}:{_cell_name(placed.last_list_row, at)}"
        return _cell_name(rows[0], at)

    def as_of_month_cell(self, key: FigureId) -> str:
        """The cell of the typed as-of month of a figure's table, '' if it has none."""
        placed = self.tables.get(key.table)
        if placed is None or placed.month_row is None:
            return ""
        by_column = placed.table.as_of is AsOf.COLUMNS
        column = placed.columns[placed.table.positions[key][1]] if by_column else TEXT + 1
        return _cell_name(placed.month_row, column)

    def month_text_formula(self, table: str, word: str, context: PlaceholderContext) -> str:
        """A formula for `{word}` with the as-of month typed for a whole table, '' if none is typed there."""
        placed = self.tables.get(table)
        if placed is None or placed.month_row is None or placed.table.as_of is not AsOf.TABLE:
            return ""
        return placeholder_formula(word, context, _cell_name(placed.month_row, TEXT + 1))

    def has_figure(self, key: object) -> bool:
        """Whether a figure is on this sheet."""
        return isinstance(key, FigureId) and key.item == self.item and key.table in self.tables


class BookCells:
    """The cells of the figures of a whole book, by item."""

    def __init__(self) -> None:
        self.sheets: dict[str, FigureCells] = {}

    def reference_function(self, item: str, row: int) -> Callable[[Node], str]:
        """A function from figures to Excel references, as from a cell of an item's sheet in a row."""

        def reference_of(node: Node) -> str:
            keys = node.keys if isinstance(node, Group) else formula_keys(node)
            by_item: dict[str, list[Hashable]] = {}
            for key in keys:
                assert isinstance(key, FigureId)
                by_item.setdefault(key.item, []).append(key)
            return ",".join(self._references_text(item, row, *one) for one in by_item.items())

        return reference_of

    def _references_text(self, own: str, row: int, item: str, keys: Sequence[Hashable]) -> str:
        there = self.sheets[item].reference_function(row if item == own else None)(Group(tuple(keys)))
        sheet = "" if item == own else f"'{item}'!"
        return ",".join(f"{sheet}{part}" for part in there.split(","))


def _cell_name(row: int, column: int) -> str:
    """A1 for row 0, column 0."""
    return a1(row + 1, column + 1)


def _joined_references(references: list[str]) -> str:
    """C5:F5 if the cells are adjacent, else C5,E5."""
    if len(references) > 1 and not any(":" in reference for reference in references):
        cells = [cell_position(reference) for reference in references]
        rows, columns = {row for row, _ in cells}, {column for _, column in cells}
        full = (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1)
        if full == len(set(cells)):
            first, last = (min(rows), min(columns)), (max(rows), max(columns))
            return f"{a1(*first)}:{a1(*last)}"
    return ",".join(references)
