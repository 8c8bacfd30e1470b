"""A clean book as a clerk sees it: its lines, numbers and ratings, each with its cell and a way to type."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterator
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from kenpo_xl.books.common import names
from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.domain.cell_reference import a1, cell_position
from kenpo_xl.domain.formulas.tree import Ref, formula_keys
from kenpo_xl.domain.plan.cross_checks import CrossCheckKind
from kenpo_xl.domain.plan.last_year import identity_in_last_years_report
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import AsOf, CellKind, Table
from kenpo_xl.domain.results.assessments import Assessments
from kenpo_xl.domain.results.figures import Figure, Figures
from kenpo_xl.domain.results.history import History
from kenpo_xl.domain.submission.submission import ItemEntry, Submission
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.pipeline.rate import rate_kpis_and_blocks
from kenpo_xl.pipeline.recompute import recompute_figures
from scripts.judging.mistakes import Planted
from scripts.judging.parts import AsOfMonth, Number, Rating, TextLine, edit, place

__all__ = ["AsOfMonth", "Book", "Number", "Rating", "TextLine", "edit", "place"]


class Book:
    """A submitted book without a mistake, in its period folder.

    `office` is the name of the plan book's case; `others` are the submissions of the other groups, `past` the
    earlier periods.
    """

    def __init__(
        self,
        office: str,
        path: Path,
        plan: Plan,
        others: tuple[Submission, ...] = (),
        past: History | None = None,
    ) -> None:
        self.office, self.path, self.plan, self.others, self.past = office, path, plan, others, past
        self.submission = read_submission(path, plan)

    @property
    def group(self) -> str:
        return self.submission.group

    @property
    def items(self) -> tuple[ItemEntry, ...]:
        return self.submission.items

    @cached_property
    def figures(self) -> Figures:
        """Every figure of the period, those of other groups included."""
        return recompute_figures(self.plan, (self.submission, *self.others))

    @cached_property
    def assessments(self) -> Assessments:
        """Every rating as computed from the figures."""
        return rate_kpis_and_blocks(self.plan, self.figures, (self.submission, *self.others))

    @cached_property
    def lines(self) -> tuple[TextLine, ...]:
        """The lines of text that are not empty, in reading order."""
        return tuple(
            TextLine(item.item, line.block, line.text, place(line.source))
            for item in self.items
            for line in item.lines
            if line.kind is LineKind.TEXT and line.text.strip() and line.source and not line.left_out
        )

    @cached_property
    def placed(self) -> tuple[TextLine, ...]:
        """The lines that put a table or a KPI into the report; `text` is its name."""
        return tuple(
            TextLine(item.item, line.block, line.text, place(line.source))
            for item in self.items
            for line in item.lines
            if line.kind is not LineKind.TEXT and line.source
        )

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers in the tables of this book, typed and computed."""
        own = {item.item for item in self.items}
        return tuple(self._numbers(own))

    @property
    def typed(self) -> list[Number]:
        """The numbers that the clerk typed."""
        return [one for one in self.numbers if one.is_typed]

    @property
    def computed(self) -> list[Number]:
        """The numbers that a formula gives."""
        return [one for one in self.numbers if one.figure.cell.kind is CellKind.COMPUTED]

    def _numbers(self, own: set[str]) -> Iterator[Number]:
        for found in self.figures.tables.values():
            table = found.table
            for line in found.rows if table.item in own else ():
                for column, figure in enumerate(line.figures):
                    if figure.printed_number is not None and figure.source:
                        span = self.figures.span_of_figure(figure.id)
                        at, quoting = place(figure.source), self._quoting(figure, table, line.index, column)
                        yield Number(
                            figure, table, line.index, column, figure.printed_number, span, at, quoting
                        )

    def _quoting(self, figure: Figure, table: Table, row: int, column: int) -> tuple[str, ...]:
        """The cells of the item's lines that say a figure with its unit."""
        number, unit = map(re.escape, (figure.number_text_without_unit, table.unit_at(row, column)))
        said = re.compile(rf"(?<![\d,.]){number}\s*{unit}")
        lines = self.lines_of(table.item)
        return tuple(line.cell for line in lines if said.search(unicodedata.normalize("NFKC", line.text)))

    def lines_of(self, item: str) -> list[TextLine]:
        """The lines of text of an item."""
        return [line for line in self.lines if line.item == item]

    def beside(self, number: Number) -> list[Number]:
        """The other numbers of its table."""
        return [one for one in self.numbers if one.table is number.table and one.cell != number.cell]

    def last_year(self, number: Number) -> Number | None:
        """The number of a year ago in the same table."""
        for one in self.beside(number):
            reported = identity_in_last_years_report(one.table, one.row, one.column)
            same_months = one.span.last == number.span.last.years_earlier(1)
            if reported == number.figure.id and same_months and one.figure.entity == number.figure.entity:
                return one
        return None

    def parts(self, number: Number) -> list[Number]:
        """The numbers that the formula of a computed one reads, in order."""
        formula = number.figure.cell.formula
        keys = list(dict.fromkeys(formula_keys(formula))) if formula else []
        return [one for key in keys for one in self._by_identity.get(key, ())]

    @cached_property
    def _by_identity(self) -> dict[Hashable, list[Number]]:
        found: dict[Hashable, list[Number]] = {}
        for number in self.numbers:
            found.setdefault(number.figure.id, []).append(number)
        return found

    def crosschecked(self, kind: CrossCheckKind) -> list[tuple[Number, Number]]:
        """Left and right of each cross-check of a kind that compares two single numbers of this book."""
        pairs = []
        for check in self.plan.cross_checks:
            if check.kind is kind and isinstance(check.left, Ref) and isinstance(check.right, Ref):
                sides = [self._by_identity.get(one.key, []) for one in (check.left, check.right)]
                if all(len(side) == 1 for side in sides):
                    pairs.append((sides[0][0], sides[1][0]))
        return pairs

    def is_last_years_own(self, number: Number) -> bool:
        """Whether a number is this year's number of last year's report."""
        return identity_in_last_years_report(number.table, number.row, number.column) is not None

    def cell_beside(self, number: Number, column: int) -> str:
        """The cell of another column of the table in the row of a number."""
        sheet, _, cell = number.cell.rpartition("!")
        row, at = cell_position(cell)
        item = next(item for item in self.items if item.item == number.item)
        headers = next(entry for entry in item.tables if entry.table == number.table.name).column_headers
        own, other = headers[number.column], headers[column]
        if own and other:
            at += cell_position(other.cell)[1] - cell_position(own.cell)[1]
        return f"{sheet}!{a1(row, at)}"

    def to_come(self, number: Number) -> list[str]:
        """The empty cells of later months in its row, or in its column."""
        found = []
        for line in self.figures.tables[number.item, number.table.name].rows:
            for column, figure in enumerate(line.figures):
                crosses = (line.index == number.row) != (column == number.column)
                typed = figure.cell.kind is CellKind.TYPED and figure.printed_number is None
                if crosses and typed and figure.source and self.figures.is_in_future(figure.id):
                    found.append(place(figure.source))
        return found

    def reported(self, number: Number) -> Decimal | None:
        """The value that the newest report of the same year gave, None without earlier periods."""
        past = self.past.period_before_in_year(self.plan) if self.past else None
        fact = past.facts_by_key.get((number.identity, number.figure.entity)) if past else None
        return fact.value if fact else None

    @staticmethod
    def type_at(at: str, value: Decimal | int | str | None, note: str) -> Planted:
        """Something typed into any cell (`1-2-4!D7`)."""
        return Planted(note, (edit(at, value),), (at,))

    def column_header(self, number: Number) -> tuple[str, str]:
        """The cell of the lowest header of its column, and the words there."""
        item = next(item for item in self.items if item.item == number.item)
        entry = next(entry for entry in item.tables if entry.table == number.table.name)
        source = entry.column_headers[number.column]
        assert source, number
        return self._text_at(source.sheet, *cell_position(source.cell))

    def row_header(self, number: Number) -> tuple[str, str]:
        """The cell of the header at the left of its row, and the words there."""
        sheet, _, cell = number.cell.rpartition("!")
        row, column = cell_position(cell)
        return self._text_at(sheet, row, column - number.column - 1)

    def _text_at(self, sheet: str, row: int, column: int) -> tuple[str, str]:
        page = self._workbook.sheets[sheet]
        at = page.merge_anchors.get((row, column), (row, column))
        return f"{sheet}!{a1(*at)}", page.text(*at)

    @cached_property
    def _workbook(self) -> Workbook:
        return Workbook(self.path)

    @cached_property
    def ratings(self) -> tuple[Rating, ...]:
        """The ratings that are given."""
        return tuple(
            Rating(item.item, one.block, one.glyph, place(one.source), one.reason, place(one.reason_source))
            for item in self.items
            for one in item.ratings
            if one.glyph and one.source and one.reason_source
        )

    @cached_property
    def months(self) -> tuple[AsOfMonth, ...]:
        """The typed as-of months."""
        return tuple(self._months(self._workbook))

    def _months(self, book: Workbook) -> Iterator[AsOfMonth]:
        for item in self.items:
            for entry in item.tables:
                table = self.plan.tables[item.item, entry.table]
                area = book.named_area(names.months_excel_name(item.item, entry.table))
                for column, month in enumerate(entry.months):
                    if month and area:
                        at = f"{area.sheet}!{a1(area.top, area.left + column)}"
                        own = column if table.as_of is AsOf.COLUMNS else None
                        yield AsOfMonth(item.item, table, own, month, at)
