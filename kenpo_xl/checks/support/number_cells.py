"""The number cells of the tables of a book, with the numbers in their row and column."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from itertools import chain

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.figure_wording import (
    axis_header_text,
    name_of_figure,
    unit_of,
    value_text,
)
from kenpo_xl.domain.findings.finding import Violation
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import NumberFormat, decimal_from_excel, median
from kenpo_xl.domain.plan.last_year import identity_in_last_years_report
from kenpo_xl.domain.plan.table import CellKind, FigureId
from kenpo_xl.domain.results.figures import Figure, TableFigures
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import CellType, Entry
from kenpo_xl.domain.time.span import Accumulation

# A rate of 150 ％ on is doubtful.
LEAST_DOUBTFUL = Decimal("1.5")
# Words of headers for values that may be below 0.
MAY_FALL = AnyOf("増減|差|対比|比較|伸|損益|収支|過不足|増加|減少|変化|変動|残")
# Words of headers for quantities that do not add up, and need not be whole.
MEAN = AnyOf("平均|あたり|当たり|当り|1人|１人|一人|割合|率|換算")
# Excel and its like take a text that begins so for a formula (CSV injection, OWASP).
_REFERENCE = r"\$?[A-Za-z]{1,3}\$?\d{1,7}"
_FORMULA = LazyPattern(
    rf"=\s*[-+@(\"']*[A-Za-z0-9$\[]|[-+@][-+\s]*(?:[A-Za-z_.]+[(|!]|{_REFERENCE}\s*(?:[-+*/^&]|$)"
    r"|[\d.,]+\s*(?:[*^]|\+\s*[A-Za-z\d(]|[-+].*\|))"
)
_BRACKETS = LazyPattern(r"[（(]")
_PERCENT = LazyPattern(r"[%％]")
# A dash, a long vowel or a plus before a number, which is not only a sign; a space between its digits.
_UNSURE = LazyPattern(r"^\s*[‐–—ーｰ+＋]|\u00ad|[0-9０-９]\s+[0-9０-９]")


@frozen
class NumberCell:
    """A typed or computed cell of a table with what was found in it."""

    context: CheckContext
    table: TableFigures
    figure: Figure
    entry: Entry
    column: int

    @property
    def source(self) -> Source:
        assert self.entry.source is not None
        return self.entry.source

    @property
    def is_input_cell(self) -> bool:
        return self.figure.cell.kind is CellKind.TYPED

    @property
    def is_filled(self) -> bool:
        return self.entry.cell_type is not CellType.EMPTY or self.entry.value not in (None, "")

    @cached_property
    def number(self) -> Decimal | None:
        return self.entry.value if isinstance(self.entry.value, Decimal) else None

    @cached_property
    def expects_number(self) -> bool:
        """Whether the plan expects a number; without a format if the column has a number."""
        number_format = self.figure.cell.format
        if number_format.is_text:
            return False
        if self.figure.cell.kind is CellKind.COMPUTED or not number_format.is_general or self.unit:
            return True
        return any(isinstance(row.figures[self.column].typed, Decimal) for row in self.table.rows)

    @cached_property
    def unit(self) -> str:
        return unit_of(self.context, self.figure)

    @property
    def name(self) -> str:
        return name_of_figure(self.context, self.figure)

    @property
    def rate_as_fraction(self) -> Decimal | None:
        """The rate that is held, 1 for 100 ％; None where it is no rate."""
        if self.unit != "％" or self.number is None:
            return None
        return self.number if self.figure.cell.format.is_percent else self.number / 100

    @cached_property
    def header_text(self) -> str:
        """The names of table, row and column of the cell in one text."""
        return f"{self.table.table.name} {self.table.table.caption} {self.own_headers}"

    @cached_property
    def own_headers(self) -> str:
        """The headers of its row and column in one text."""
        table = self.table.table
        row, column = table.positions[self.figure.id]
        axes = (table.rows[row], table.columns[column])
        return " ".join(axis_header_text(self.context, self.figure, axis) for axis in axes)

    def displayed_value(self) -> str:
        """The value in the cell's format."""
        return value_text(self.context, self.figure, self.entry.value)

    def violation(self, message: str, hint: str = "", expected: str = "") -> Violation:
        """A violation of this cell; its actual value as it reads there."""
        actual = self.displayed_value() if self.number is not None else self.entry.written
        return Violation(self.source, self.figure.identity_with_entity, message, hint, actual, expected)


def cells_of_table(context: CheckContext, table: TableFigures) -> tuple[NumberCell, ...]:
    """The typed and computed cells of a table that are in the book, row by row."""
    return context.computed_once(_cells_by_table)[table.table.item, table.table.name]


def _cells_by_table(context: CheckContext) -> dict[tuple[str, str], tuple[NumberCell, ...]]:
    return {
        (table.table.item, table.table.name): tuple(_number_cells(context, table))
        for table in context.own_tables
    }


def _number_cells(context: CheckContext, table: TableFigures) -> Iterator[NumberCell]:
    read = {
        cell.source: cell
        for entry in context.entries_by_item[table.table.item].tables
        if entry.table == table.table.name
        for row in entry.rows
        for cell in row.cells
        if cell.source
    }
    for row in table.rows:
        for column, figure in enumerate(row.figures):
            if figure.source in read:
                yield NumberCell(context, table, figure, read[figure.source], column)


def all_number_cells(context: CheckContext) -> Iterator[NumberCell]:
    """The typed and computed cells of all tables."""
    return chain.from_iterable(context.computed_once(_cells_by_table).values())


def numbers_in_row_and_column(cell: NumberCell) -> list[Decimal]:
    """The other typed numbers of its row and its column that have its unit."""
    return [
        figure.printed_number
        for figure in figures_in_row_and_column(cell)
        if figure.printed_number is not None
    ]


def figures_in_row_and_column(cell: NumberCell) -> list[Figure]:
    """The other typed numbers of its row and column with the same unit."""
    own = cell.figure
    return [
        figure
        for column, figure, unit in cell.context.computed_once(_typed_numbers)[
            cell.table.table.item, cell.table.table.name
        ]
        if (column == cell.column or figure.id.row == own.id.row)
        and unit == cell.unit
        and (figure.id, figure.entity) != (own.id, own.entity)
    ]


def _typed_numbers(context: CheckContext) -> dict[tuple[str, str], list[tuple[int, Figure, str]]]:
    """The typed figures with a number of each table: column, figure and unit."""
    return {
        (table.table.item, table.table.name): [
            (column, figure, unit_of(context, figure))
            for row in table.rows
            for column, figure in enumerate(row.figures)
            if figure.printed_number is not None and figure.cell.kind is CellKind.TYPED
        ]
        for table in context.own_tables
    }


def _is_plausible_number(figure: Figure) -> bool:
    if not figure.printed_number:
        return False
    return not is_likely_typed_in_points(figure, figure.printed_number)


def median_of_neighbours(cell: NumberCell) -> Decimal | None:
    """The median of the numbers in row and column; None if they spread tenfold or more.

    Rates of 150 ％ and more are skipped. A single number counts only for one of a later year.
    """
    figures = [figure for figure in figures_in_row_and_column(cell) if _is_plausible_number(figure)]
    sizes = sorted(abs(figure.printed_number) for figure in figures if figure.printed_number)
    if not sizes or sizes[-1] > 10 * sizes[0]:
        return None
    if len(sizes) == 1:
        own, other = (cell.context.figures.year_of_figure(one.id) for one in (cell.figure, figures[0]))
        return sizes[0] if own > other else None
    return median(sizes)


def is_likely_typed_in_points(figure: Figure, number: Decimal) -> bool:
    """Whether a number in a percent format is one that was likely meant in points."""
    return figure.cell.format.is_percent and abs(number) >= LEAST_DOUBTFUL


def last_year_by_figure(context: CheckContext, table: TableFigures) -> dict[tuple[FigureId, str], Figure]:
    """Last year's figures of a table, by identity and entity of this year's figure."""
    found: dict[tuple[FigureId, str], Figure] = {}
    for row in table.rows:
        for column, figure in enumerate(row.figures):
            now = identity_in_last_years_report(table.table, row.index, column)
            if now is None or figure.printed_number is None:
                continue
            if now != figure.id and _is_a_year_before(context, figure, now):
                found.setdefault((now, figure.entity), figure)
    return found


def _is_a_year_before(context: CheckContext, figure: Figure, now: FigureId) -> bool:
    """Whether a figure is comparable to `now`: a year before, of the same months, or a rate."""
    spans = context.figures.span_of_figure(now), context.figures.span_of_figure(figure.id)
    years = [context.plan.fiscal_year.of(span.last) for span in spans]
    if years[0] - 1 != years[1]:
        return False
    months = {(span.kind, span.first.number, span.last.number) for span in spans}
    moments = all(span.kind is Accumulation.MOMENT for span in spans)
    return len(months) == 1 or moments or unit_of(context, figure) == "％"


def ratio_to_usual(context: CheckContext, figure: Figure) -> Decimal:
    """The ratio (≥ 1) of a figure to last year's, else to the median of its column."""
    table = context.figures.tables[figure.id.item, figure.id.table]
    then = last_year_by_figure(context, table).get((figure.id, figure.entity))
    column = table.table.positions[figure.id][1]
    others = [row.figures[column] for row in table.rows if row.figures[column] is not figure]
    numbers = [then.printed_number] if then else [other.printed_number for other in others]
    filled = [number for number in numbers if number]
    if not filled or not figure.printed_number:
        return Decimal(1)
    return size_ratio(abs(figure.printed_number), abs(median(filled)))


def size_ratio(one: Decimal, other: Decimal) -> Decimal:
    """How many times the smaller of two sizes is in the larger."""
    return max(one / other, other / one)


def looks_like_formula(text: str) -> bool:
    """Whether a text begins like a formula; not a sign, a bullet or a negative number."""
    plain = text.strip().translate({0xFF1D: "=", 0xFF0B: "+", 0xFF0D: "-", 0xFF20: "@", 0x2212: "-"})
    return plain.startswith(("=", "+", "-", "@")) and _FORMULA.match(plain) is not None


def _shows_whole_numbers(style: NumberFormat) -> bool:
    return not (style.is_percent or style.decimals or style.is_general)


def has_ambiguous_text(cell: NumberCell) -> bool:
    """Whether a text may mean another number ((12) is -12), or one that Excel cannot store."""
    text, number_format = cell.entry.written, cell.figure.cell.format
    if _UNSURE.search(text) or (_BRACKETS.search(text) and not number_format.has_brackets):
        return True
    number = cell.number or Decimal(0)
    # 1.689 may be 1,689 where whole numbers are shown.
    is_whole = number == number.to_integral_value()
    if decimal_from_excel(float(number)) != number or (not is_whole and _shows_whole_numbers(number_format)):
        return True
    small = 0 < abs(number) <= Decimal("0.01")
    return number_format.is_percent and small and not _PERCENT.search(text)
