"""Reads a form of the office whose defined names bind regions to tables of the plan (入力の様式)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field
from decimal import Decimal

from kenpo_xl.books.common.bound_regions import (
    OTHER_SCALE,
    BoundRegion,
    factor_from_plan_to_form,
    first_sentences_and_count,
    has_bindings,
    read_bindings,
)
from kenpo_xl.books.common.stamp import read_stamp
from kenpo_xl.books.common.typed_values import intended_value
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.frozen import mutable
from kenpo_xl.domain.numbers.exact import NumberFormat, number_format
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import CellKind, Table
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import Entry, RowEntry, TableEntry
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.rich_text import is_all_struck
from kenpo_xl.ooxml.workbook import Value, Workbook

_NO_RESULT = "の式の答えがありません。Excel で開いて保存してください。"


def is_own_form(book: Workbook) -> bool:
    """Whether a workbook is no input book and has names that bind regions to tables."""
    return has_bindings(book) and read_stamp(book) is None


def read_own_form(book: Workbook, plan: Plan) -> dict[tuple[str, str], TableEntry]:
    """What is typed in the regions of a form, by item and table.

    KenpoError with a sentence for each name and cell that cannot be used.
    """
    bindings = read_bindings(book, plan)
    reading = _FormReading(book, [*bindings.problems, *_tables_named_twice(bindings.regions)])
    tables = {
        (region.table.item, region.table.name): TableEntry(region.table.name, tuple(reading.rows(region)))
        for region in bindings.regions
    }
    if reading.problems:
        raise KenpoError(f"{book.path.name} は写していません。{first_sentences_and_count(reading.problems)}")
    return tables


def _value_of_plan(
    value: Value, table: Table, place: tuple[int, int], style: NumberFormat
) -> Decimal | str | None:
    """A typed value as the plan has it, whatever thousands or % the format of its cell shows.

    `place` is the row and the column in the table.
    """
    row, column = place
    definition, points = table.cells[row][column], table.holds_percent_as_points(row, column)
    meant = intended_value(value, definition, table.unit_at(row, column), points=points)
    if isinstance(value, float) and isinstance(meant, Decimal):
        return meant / factor_from_plan_to_form(definition.format, style, points=points)
    return meant


def _tables_named_twice(regions: Iterable[BoundRegion]) -> Iterator[str]:
    """A sentence for each table of several regions: it could not be said which one counts."""
    by_table: dict[tuple[str, str], list[str]] = {}
    for region in regions:
        by_table.setdefault((region.table.item, region.table.name), []).append(region.name)
    for names in by_table.values():
        if len(names) > 1:
            yield f"名前「{'」「'.join(names)}」は同じ表です。1 つにしてください。"


@mutable
class _FormReading:
    """Reads regions; `problems` are sentences on what cannot be read."""

    book: Workbook
    problems: list[str] = field(default_factory=list)

    def rows(self, region: BoundRegion) -> Iterator[RowEntry]:
        """The rows of a table that hold anything."""
        table = region.table
        for index in range(len(table.rows)):
            is_list = index == table.repeating
            for row in region.list_rows if is_list else (region.sheet_row(index),):
                cells = tuple(self._entries_of_row(region, index, row))
                key = str(cells[table.key_column].value or "") if is_list else ""
                if any(cell.value not in (None, "") for cell in cells):
                    yield RowEntry(index, cells, key)

    def _entries_of_row(self, region: BoundRegion, index: int, row: int) -> Iterator[Entry]:
        table, sheet = region.table, self.book.sheets[region.sheet]
        for place, column in enumerate(region.columns):
            definition, cell = table.cells[index][place], sheet.get(row, column)
            if definition.kind is not CellKind.TYPED or cell is None or is_all_struck(cell.value):
                yield Entry()
                continue
            style = number_format(self.book.number_format_code(cell))
            value = _value_of_plan(cell.value, table, (index, place), style)
            where = f"{sheet.name}!{a1(row, column)} "
            if cell.formula and cell.value is None:
                self.problems.append(f"{where}{_NO_RESULT}")
            elif value is not None and style.scaling_comma_count != definition.format.scaling_comma_count:
                self.problems.append(f"{where}{OTHER_SCALE}")
            yield Entry(value, source=Source(self.book.path.name, sheet.name, a1(row, column)))
