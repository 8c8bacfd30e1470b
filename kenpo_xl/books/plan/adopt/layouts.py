"""Layout sheets (様式図) drawn from what was understood of a form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from decimal import Decimal

from kenpo_xl.books.plan.write.drawn_sheet import (
    FIRST_COLUMN,
    DrawnKind,
    DrawnLayout,
    DrawnPart,
    LayoutCell,
    MergedCells,
    Place,
)
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.formulas.evaluate import to_excel
from kenpo_xl.domain.formulas.tree import Group, Node, Ref
from kenpo_xl.domain.frozen import frozen, mutable
from kenpo_xl.domain.numbers.exact import decimal_text
from kenpo_xl.domain.plan.headers import Header
from kenpo_xl.domain.plan.table import CellKind
from kenpo_xl.pipeline.adopt.adopted import AdoptedCell, AdoptedItem, AdoptedKpi, AdoptedTable, TablePlace

_NOT_APPLICABLE = "／"
_BLOCK = "1"


@frozen
class DrawnForm:
    """The layout sheets by name, and the cell of each place of a table: sheet, row and column from 0.

    `rows` are the sheet, first and last row of each table.
    """

    layouts: Mapping[str, DrawnLayout]
    cells: Mapping[TablePlace, tuple[str, int, int]]
    rows: Mapping[int, tuple[str, range]]

    def table_at(self, sheet: str, row: int) -> int | None:
        """The number of the table in a row (from 0) of a layout sheet."""
        return next(
            (number for number, (name, rows) in self.rows.items() if name == sheet and row in rows), None
        )


def draw_layouts(
    items: Sequence[AdoptedItem], names: Sequence[str], keys: Sequence[str], kpis: Sequence[AdoptedKpi]
) -> DrawnForm:
    """The layout sheet of each item under a name, with the key of its item and the lines of its KPIs."""
    places: dict[TablePlace, tuple[str, int, int]] = {}
    drawings = []
    for item, name, key in zip(items, names, keys, strict=True):
        drawing = _Drawing(name, places, kpis)
        drawing.draw(item, key)
        drawings.append(drawing)
    rows = {number: (one.name, span) for one in drawings for number, span in one.rows.items()}
    return DrawnForm({one.name: one.layout(places) for one in drawings}, places, rows)


def formula_text(tree: Node, sheet: str, places: Mapping[TablePlace, tuple[str, int, int]]) -> str:
    """A formula over cells of layout sheets, as one on `sheet` writes it."""

    def reference(node: Node) -> str:
        keys = node.keys if isinstance(node, Group) else (node.key,) if isinstance(node, Ref) else ()
        return _reference_to_cells([places[key] for key in keys if isinstance(key, TablePlace)], sheet)

    return f"={to_excel(tree, reference)}"


def _reference_to_cells(cells: Sequence[tuple[str, int, int]], sheet: str) -> str:
    """A range where the cells fill a rectangle, else each of them."""
    rows = [row for _, row, _ in cells]
    columns = [column for *_, column in cells]
    corners = (min(rows), min(columns)), (max(rows), max(columns))
    size = (corners[1][0] - corners[0][0] + 1) * (corners[1][1] - corners[0][1] + 1)
    own = cells[0][0]
    before = "" if own == sheet else f"'{own.replace(chr(39), chr(39) * 2)}'!"
    if len({one[0] for one in cells}) == 1 and size == len(set(cells)):
        texts = dict.fromkeys(a1(row + 1, column + 1) for row, column in corners)
        return before + ":".join(texts)
    return ",".join(dict.fromkeys(_reference_to_cells([one], sheet) for one in cells))


@mutable
class _Drawing:
    """A layout sheet while it is drawn, row by row."""

    name: str
    places: dict[TablePlace, tuple[str, int, int]]
    kpis: Sequence[AdoptedKpi]
    cells: dict[Place, LayoutCell] = field(default_factory=dict)
    areas: list[MergedCells] = field(default_factory=list)
    formulas: dict[Place, tuple[Node, str]] = field(default_factory=dict)
    parts: dict[str, DrawnPart] = field(default_factory=dict)
    rows: dict[int, range] = field(default_factory=dict)
    row: int = 0

    def draw(self, item: AdoptedItem, key: str) -> None:
        """Draw the marks, lines and tables of an item."""
        self._draw_mark("鍵", key)
        self._draw_mark("ブロック", _BLOCK)
        has_lines = any(isinstance(part, str) for part in item.parts)
        if not has_lines:
            self._draw_mark("文", "", "")
        for part in item.parts:
            if isinstance(part, AdoptedTable):
                for kpi in (one for one in self.kpis if one.result.table == part.number):
                    self._draw_mark("KPI", kpi.name)
                self._draw_table(part)
            else:
                self._draw_mark("文", "", part)

    def layout(self, places: Mapping[TablePlace, tuple[str, int, int]]) -> DrawnLayout:
        """The sheet with its formulas, once the places of all tables are known."""
        for place, (tree, code) in self.formulas.items():
            text = formula_text(tree, self.name, places)
            self.cells[place] = LayoutCell(DrawnKind.COMPUTED, text, code)
        width = max((column for _, column in self.cells), default=0) + 1
        return DrawnLayout(self.cells, tuple(self.areas), self.parts, self.row, width)

    def _draw_mark(self, mark: str, frame: str, *words: str) -> None:
        self.cells[self.row, 0] = LayoutCell(DrawnKind.MARK, mark)
        if frame:
            self.cells[self.row, 1] = LayoutCell(DrawnKind.FRAME, frame)
        for at, text in enumerate(words, start=FIRST_COLUMN):
            if text:
                self.cells[self.row, at] = LayoutCell(DrawnKind.WORDS, text)
        self.row += 1

    def _draw_table(self, table: AdoptedTable) -> None:
        start = self.row
        self._draw_mark("表", table.name, table.caption)
        if table.unit:
            self._draw_mark("単位", table.unit)
        if table.is_partly_given:
            self._draw_mark("計画値", "一部")
        if any(table.column_names):
            self._draw_mark("名札", "", *([""] * table.header_columns), *table.column_names)
        top, left = self.row, FIRST_COLUMN
        self._draw_headers(table.corner, top, left)
        self._draw_headers(table.column_headers, top, left + table.header_columns)
        self._draw_headers(table.row_headers, top + table.header_rows, left)
        self._draw_body(table, top + table.header_rows, left + table.header_columns)
        self.parts[table.name] = self._drawn_table(table, top, left)
        self.row = top + table.header_rows + len(table.cells)
        for note in table.notes:
            self._draw_mark("注", "", note)
        for remark in table.remarks:
            self._draw_mark("メモ", "", remark)
        self.rows[table.number] = range(start, self.row)
        self.row += 1

    def _drawn_table(self, table: AdoptedTable, top: int, left: int) -> DrawnPart:
        """The table as the writer of plan books knows it."""
        rows = range(top + table.header_rows, top + table.header_rows + len(table.cells))
        columns = range(left + table.header_columns, left + table.header_columns + len(table.cells[0]))
        own = {at: cell for at, cell in self.cells.items() if at[0] in range(top, rows.stop)}
        named = {str(row): row for row in rows}, {str(column): column for column in columns}
        return DrawnPart(table.name, table.caption, {}, *named, repeated=False, cells=own)

    def _draw_headers(self, headers: Iterable[Header], top: int, left: int) -> None:
        for header in headers:
            row, column = top + header.row, left + header.column
            if header.down > 1 or header.across > 1:
                end = MergedCells(row, column, row + header.down - 1, column + header.across - 1)
                self.areas.append(end)
            for one in range(row, row + header.down):
                for other in range(column, column + header.across):
                    self.cells[one, other] = LayoutCell(DrawnKind.EMPTY)
            self.cells[row, column] = LayoutCell(DrawnKind.HEADER, header.text)

    def _draw_body(self, table: AdoptedTable, top: int, left: int) -> None:
        for at, cells in enumerate(table.cells):
            row = top + at
            if table.repeating == at:
                self.cells[row, 0] = LayoutCell(DrawnKind.MARK, "くり返し")
            if table.row_names and table.row_names[at]:
                self.cells[row, 1] = LayoutCell(DrawnKind.FRAME, table.row_names[at])
            for column, cell in enumerate(cells, start=left):
                place = TablePlace(table.number, at, column - left)
                self.places[place] = (self.name, row, column)
                if cell.formula is not None:
                    self.formulas[row, column] = (cell.formula, cell.format)
                self.cells[row, column] = _body_cell(cell)


def _body_cell(cell: AdoptedCell) -> LayoutCell:
    if cell.kind is CellKind.NOT_APPLICABLE:
        return LayoutCell(DrawnKind.NOT_APPLICABLE, _NOT_APPLICABLE, cell.format)
    if cell.kind is CellKind.FIXED:
        return LayoutCell(DrawnKind.HEADER, cell.words)
    if cell.given and isinstance(cell.value, Decimal):
        return LayoutCell(DrawnKind.GIVEN, decimal_text(cell.value), cell.format)
    return LayoutCell(DrawnKind.TYPED, "", cell.format)
