"""Computed cells that gather figures of other tables, on the same sheet or on others of the book."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from kenpo_xl.books.common import names
from kenpo_xl.books.common.grid import TEXT
from kenpo_xl.books.common.styles import Styles
from kenpo_xl.books.input.cell_places import BookCells
from kenpo_xl.books.input.result_formulas import blank_safe_formula
from kenpo_xl.domain.plan.gathered_figures import FiguresInBook, figures_read_by
from kenpo_xl.domain.plan.table import Table
from kenpo_xl.domain.results.figures import Figure


class GatheringCells:
    """Those of one sheet; `book` are the figures of the whole book."""

    def __init__(self, sheet: Worksheet, styles: Styles, book: FiguresInBook) -> None:
        self.sheet, self.styles, self.book = sheet, styles, book
        self._cells: list[tuple[int, int, Figure]] = []

    def must_gather(self, figure: Figure) -> bool:
        """Whether the formula of a figure reads other tables, or a figure that is not in the book."""
        return not all(
            key[:2] == figure.id[:2] and self.book.has_all_of(key) for key in figures_read_by(figure.cell)
        )

    def write_blank(self, row: int, column: int, figure: Figure) -> None:
        """Write an empty cell that gets its formula later."""
        self._cells.append((row, column, figure))
        self.sheet.write_blank(row, column, None, self.styles("computed", figure.cell.format.code))

    def write_note(self, table: Table, row: int) -> int:
        """Write a note below a table that gathers figures of other books; how many rows it takes."""
        if all(self.book.has_all_of(figure) for figure in table.positions):
            return 0
        self.sheet.write_string(row, TEXT, names.GATHERED_NOTE, self.styles("note"))
        return 1

    def write_formulas(self, item: str, cells: BookCells) -> None:
        """Write the formulas, once all sheets of the book have their cells.

        What gathers figures that are not in the book stays empty: the program computes it for the report.
        """
        for row, column, figure in self._cells:
            tree, style = figure.cell.formula, self.styles("computed", figure.cell.format.code)
            if tree is not None and self.book.has_all_of(figure.id):
                formula = blank_safe_formula(tree, cells.reference_function(item, row))
                value = "" if figure.computed is None else float(figure.computed)
                self.sheet.write_formula(row, column, formula, style, value)
