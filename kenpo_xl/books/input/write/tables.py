"""Writes the tables of an item's sheet: live formulas, correct cached values."""

from __future__ import annotations

from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from kenpo_xl.books.common import names
from kenpo_xl.books.common.grid import (
    HEADER_PADDING,
    LAST,
    MARK,
    ROW_HEADER_INDENT,
    TEXT,
    row_height,
    width_of_columns,
    wrapped_header_template,
)
from kenpo_xl.books.common.styles import REFUSE_BESIDE, Styles
from kenpo_xl.books.input.cell_places import (
    FigureCells,
    TablePosition,
    first_sheet_column,
    sheet_columns_and_widths,
)
from kenpo_xl.books.input.result_formulas import blank_safe_formula, header_formula_of_month
from kenpo_xl.books.input.write.carried_values import CarriedCells
from kenpo_xl.books.input.write.gathering_cells import GatheringCells
from kenpo_xl.books.input.write.page_breaks import GROWTH, PrintedPart
from kenpo_xl.books.input.write.row_heights import RowHeights
from kenpo_xl.books.input.write.row_ratings import row_rating_formula
from kenpo_xl.books.input.write.validations import MONTH_HINT, add_number_validations
from kenpo_xl.domain.lengths import Points
from kenpo_xl.domain.plan.headers import Header
from kenpo_xl.domain.plan.placeholders import fill_placeholders
from kenpo_xl.domain.plan.plan import Item
from kenpo_xl.domain.plan.table import AsOf, CellKind, Printing, Table
from kenpo_xl.domain.results.figures import Figure, Figures, TableRow
from kenpo_xl.domain.submission.typed_texts import as_of_months_identity

LEFT, RIGHT = TEXT, LAST
_SPARE_ROWS = 3


class TableWriter:
    """Writes all tables of an item; `places` has the cells of all figures afterwards."""

    def __init__(
        self,
        book: Workbook,
        sheet: Worksheet,
        styles: Styles,
        item: Item,
        figures: Figures,
        carried: CarriedCells,
        heights: RowHeights,
        gathering: GatheringCells,
    ) -> None:
        self.book, self.sheet, self.styles = book, sheet, styles
        self.plan, self.item, self.figures, self.carried = figures.plan, item, figures, carried
        self.places = FigureCells(item.id)
        self.heights = heights
        self.printed_parts: list[PrintedPart] = []
        self.gathering = gathering

    def write_from_row(self, row: int) -> int:
        """Write from `row` on; returns the next free row."""
        for table in self.item.tables:
            if any(cell.kind is not CellKind.FIXED for cells in table.cells for cell in cells):
                row = self._write_table(table, row) + 1
        return row

    def _write_table(self, table: Table, row: int) -> int:
        placed, first = TablePosition(table, self.figures.tables[self.item.id, table.name]), row
        self.places.tables[table.name] = placed
        self._assign_sheet_columns(placed)
        row = self._write_title(placed, row)
        row = self._write_months(placed, row)
        top = row
        row += table.header_rows
        row = self._assign_sheet_rows(placed, row)
        self._write_column_headers(placed, top)
        self._write_row_headers(placed)
        self._write_body(placed)
        rows = [pair for pair in placed.rows if pair[1].index == table.repeating]
        self.heights.level([row for row, _ in rows], [row for row, found in rows if not found.is_filled])
        name = names.table_excel_name(self.item.key, table.name)
        self._define_name(name, top, first_sheet_column(table), row - 1, placed.right)
        for note in table.notes:
            self.sheet.write_string(
                row, LEFT, self._filled_text(note, placed.figures.as_of_month()), self.styles("note")
            )
            row += 1
        row += self.gathering.write_note(table, row)
        note = self.carried.note_of_table(figure for line in placed.figures.rows for figure in line.figures)
        if note:
            self.sheet.write_string(row, LEFT, note, self.styles("note"))
            row += 1
        self.printed_parts.append(
            PrintedPart(first, (top, top + table.header_rows - 1), self._expected_growth_of_list(placed))
        )
        return row

    def _expected_growth_of_list(self, placed: TablePosition) -> Points:
        """The points by which an open list is expected to grow."""
        rows = (row for row, found in placed.rows if found.index == placed.table.repeating)
        return GROWTH * sum(map(self.heights.height_of_row, rows))

    def _define_name(self, name: str, top: int, left: int, bottom: int, right: int) -> None:
        first = xl_rowcol_to_cell(top, left, row_abs=True, col_abs=True)
        last = xl_rowcol_to_cell(bottom, right, row_abs=True, col_abs=True)
        self.book.define_name(name, f"='{self.item.id}'!{first}:{last}")

    def _filled_text(self, template: str, month: int | None) -> str:
        return fill_placeholders(template, self.plan.placeholder_context(month), self._figure_text)

    def _figure_text(self, name: str) -> str | None:
        return self.figures.text_of_figure_named(self.item.id, name)

    def _assign_sheet_columns(self, placed: TablePosition) -> None:
        for column, span in sheet_columns_and_widths(placed.table):
            placed.columns.append(column)
            placed.spans.append(span)

    def _write_title(self, placed: TablePosition, row: int) -> int:
        title = names.TABLE_TITLE + placed.table.name
        if placed.table.printing is Printing.NONE:
            title += names.NOT_PRINTED
        for column in range(1, RIGHT + 1):
            self.sheet.write_blank(row, column, None, self.styles("part"))
        self.sheet.write_string(row, 1, title, self.styles("part"))
        return row + 1

    def _write_months(self, placed: TablePosition, row: int) -> int:
        table = placed.table
        if table.as_of is AsOf.PERIOD:
            return row
        self.sheet.write_string(row, LEFT, names.MONTH_LABEL, self.styles("label"))
        columns = [LEFT + 1] if table.as_of is AsOf.TABLE else placed.columns
        months = placed.figures.months or (None,) * len(columns)
        for column, month in zip(columns, months, strict=True):
            self.sheet.write(row, column, month, self.styles("month"))
            self.carried.uncertain.add_cell(row, column, as_of_months_identity(table), str(month))
        self.sheet.data_validation(row, columns[0], row, columns[-1], MONTH_HINT)
        self._define_name(
            names.months_excel_name(self.item.key, table.name), row, columns[0], row, columns[-1]
        )
        placed.month_row = row
        return row + 1

    def _assign_sheet_rows(self, placed: TablePosition, row: int) -> int:
        """Assigns worksheet rows; an open list gets spare rows and a closing row."""
        repeating = placed.table.repeating
        for table_row in placed.figures.rows:
            is_behind_list = repeating is not None and table_row.index > repeating
            if is_behind_list and not placed.last_list_row:
                row = self._write_end_of_list(placed, row)
            placed.rows.append((row, table_row))
            row += 1
        if repeating is not None and not placed.last_list_row:
            row = self._write_end_of_list(placed, row)
        return row

    def _write_end_of_list(self, placed: TablePosition, row: int) -> int:
        repeating = placed.table.repeating
        assert repeating is not None
        for _ in range(_SPARE_ROWS):
            figures = tuple(
                Figure(placed.table.identity(repeating, column), cell)
                for column, cell in enumerate(placed.table.cells[repeating])
            )
            placed.rows.append((row, TableRow(repeating, "", figures)))
            row += 1
        # Totals extend to this row: the text must not be in a column of numbers.
        cells = zip(placed.columns, placed.table.cells[repeating], strict=True)
        texts = [at for at, cell in cells if cell.format.is_text and not placed.table.header_columns]
        self.sheet.write_string(row, min(texts, default=LEFT), names.MORE_LINES, self.styles("more"))
        placed.last_list_row = row
        return row + 1

    def _write_column_headers(self, placed: TablePosition, top: int) -> None:
        table = placed.table
        for header in table.corner if table.header_columns else ():
            text = self._filled_text(header.text, placed.figures.as_of_month())
            place, size = (top + header.row, LEFT + header.column), (header.down, header.across)
            self._write_spanned(place, size, text, "", "header")
        for header in table.column_headers:
            left = placed.columns[header.column]
            last = header.column + header.across - 1
            across = placed.columns[last] + placed.spans[last] - left
            self._write_header(placed, header, (top + header.row, left), (header.down, across), header.column)

    def _write_row_headers(self, placed: TablePosition) -> None:
        for header in placed.table.row_headers:
            rows = [row for row, found in placed.rows if header.row <= found.index < header.row + header.down]
            if rows:
                self._write_header(
                    placed, header, (rows[0], LEFT + header.column), (len(rows), header.across), None
                )

    def _write_header(
        self,
        placed: TablePosition,
        header: Header,
        at: tuple[int, int],
        size: tuple[int, int],
        column: int | None,
    ) -> None:
        """Writes a header, live if it has an as-of month; `column` is None for a row."""
        formula, (_, left) = "", at
        text = self._filled_text(header.text, placed.figures.as_of_month(column))
        width = width_of_columns(left, left + size[1] - 1) - (ROW_HEADER_INDENT if column is None else 0)
        template = wrapped_header_template(header.text, text, width)
        if placed.table.as_of is AsOf.TABLE and placed.month_row is not None:
            cell = xl_rowcol_to_cell(placed.month_row, LEFT + 1, row_abs=True, col_abs=True)
            formula = header_formula_of_month(template, self.plan.placeholder_context(), cell)
        text = self._filled_text(template, placed.figures.as_of_month(column))
        self._write_spanned(at, size, text, formula, "row header" if column is None else "header")

    def _write_spanned(
        self, at: tuple[int, int], size: tuple[int, int], text: str, formula: str, style: str
    ) -> None:
        (row, left), (down, across), cell_format = at, size, self.styles(style)
        padding = {"padding": HEADER_PADDING} if style == "header" else {}
        needed = row_height(text, width_of_columns(left, left + across - 1), **padding) / down
        for place in range(row, row + down):
            is_fixed = down > 1 or across > 1 or style == "header"
            self.heights.raise_height(place, needed, fixed=is_fixed)
        if down > 1 or across > 1:
            self.sheet.merge_range(row, left, row + down - 1, left + across - 1, "", cell_format)
        if formula:
            self.sheet.write_formula(row, left, formula, cell_format, text)
        else:
            self.sheet.write_string(row, left, text, cell_format)

    def _write_body(self, placed: TablePosition) -> None:
        for row, found in placed.rows:
            self.sheet.write_blank(row, MARK, None, self.styles("row height"))
            for column, figure in enumerate(found.figures):
                self._write_cell(placed, row, column, figure)
                at = placed.columns[column]
                text = figure.printed_value if isinstance(figure.printed_value, str) else ""
                self.heights.raise_height(row, row_height(text, width_of_columns(at, at)))
        rows = [row for row, _ in placed.rows]
        for at, span in zip(placed.columns, placed.spans, strict=True):
            if rows and span > 1:
                self.sheet.data_validation(rows[0], at + 1, rows[-1], at + span - 1, REFUSE_BESIDE)
        add_number_validations(
            self.sheet,
            self.styles,
            {
                (row, at): figure.cell
                for row, found in placed.rows
                for at, figure in zip(placed.columns, found.figures, strict=True)
            },
        )

    def _write_cell(self, placed: TablePosition, row: int, column: int, figure: Figure) -> None:
        at, span = placed.columns[column], placed.spans[column]
        cell = figure.cell
        self.carried.add_cell(row, at, figure)
        style = self.styles("list key" if span > 1 else _style_name(figure), cell.format.code)
        for beside in range(at + 1, at + span):
            self.sheet.write_blank(row, beside, None, self.styles("beside key"))
        if cell.kind is CellKind.NOT_APPLICABLE:
            self.sheet.write_string(row, at, "／", style)
        elif cell.kind is CellKind.COMPUTED and cell.formula is not None:
            if figure.overwritten:
                self._write_value(row, at, figure.typed, style)
            elif self.gathering.must_gather(figure):
                self.gathering.write_blank(row, at, figure)
            else:
                formula = blank_safe_formula(cell.formula, self.places.reference_function(row))
                self.sheet.write_formula(row, at, formula, style, _cached_value(figure.computed))
        elif rating := row_rating_formula(placed, row, figure, self.plan.scale):
            self.sheet.write_formula(row, at, rating, style, str(figure.typed or ""))
        else:
            self._write_value(row, at, figure.typed, style)

    def _write_value(self, row: int, column: int, value: Decimal | str | None, style: object) -> None:
        if isinstance(value, Decimal):
            self.sheet.write_number(row, column, float(value), style)
        elif value:
            self.sheet.write_string(row, column, value, style)
        else:
            self.sheet.write_blank(row, column, None, style)


def _style_name(figure: Figure) -> str:
    typed = "typed text" if figure.cell.format.is_text else "typed"
    own = {CellKind.NOT_APPLICABLE: "not applicable", CellKind.COMPUTED: "computed", CellKind.FIXED: "fixed"}
    return own.get(figure.cell.kind, typed)


def _cached_value(value: Decimal | None) -> float | str:
    return "" if value is None else float(value)
