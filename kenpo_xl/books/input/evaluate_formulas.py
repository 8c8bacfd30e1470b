"""Recomputes formulas in cells of an input book from the values they refer to."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from decimal import Decimal
from functools import cached_property

from kenpo_xl.books.common.typed_values import as_number
from kenpo_xl.domain.formulas import evaluate
from kenpo_xl.domain.formulas.evaluate import Address, Group
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.ooxml.workbook import RawCell, Sheet, Workbook

_DEPTH = 20
_LARGEST_RANGE = 10_000
# The formula of the plan inside the wrapping for blank cells and text.
_WRAPPED = LazyPattern(r'IF\(.*?,"",IFERROR\((.*),""\)\)\)?')


def is_guarded_formula(formula: str) -> bool:
    """Whether a formula is guarded against blank cells as in the books that the plan makes."""
    return _WRAPPED.fullmatch(formula) is not None


class CellFormulas:
    """The formulas of one sheet."""

    def __init__(self, book: Workbook, sheet: Sheet) -> None:
        self.book, self.sheet = book, sheet
        self._known: dict[Address, Decimal | None] = {}

    @cached_property
    def _sheet_names_of_book(self) -> set[str]:
        """The names of all sheets that a formula can refer to; '' is its own."""
        return {"", *self.book.sheets}

    def computed_value(
        self, cell: RawCell, depth: int = 0, *, is_plan_formula: bool = False
    ) -> Decimal | None:
        """The result, None if unsupported; in plan formulas a blank is not 0."""
        wrapped = _WRAPPED.fullmatch(cell.formula)
        plan_formula = is_plan_formula or wrapped is not None
        try:
            tree = evaluate.parse_formula(wrapped[1] if wrapped else cell.formula)
        except evaluate.FormulaError:
            return None
        if any(
            isinstance(key, Address) and key.sheet not in self._sheet_names_of_book
            for key in evaluate.formula_keys(tree)
        ):
            return None  # of another book

        def values_at(key: Hashable) -> Sequence[Decimal | None]:
            assert isinstance(key, Address)
            sheet = self.book.sheets.get(key.sheet) if key.sheet else self.sheet
            found = sheet.get(key.row, key.column) if sheet else None
            if found is None or (found.value is None and not found.formula):
                return [None if plan_formula else Decimal(0)]
            if found.formula and depth < _DEPTH:
                if key not in self._known:
                    # A circular reference has no result.
                    self._known[key] = None
                    self._known[key] = self.computed_value(found, depth + 1)
                return [self._known[key]]
            return [as_number(found.value)]

        expanded = evaluate.with_mapped_keys(tree, lambda key: key, _all_addresses_of_range)
        return evaluate.evaluate(expanded, values_at)


def _all_addresses_of_range(group: Group) -> Group:
    """All addresses of a range; none if it has more than 10,000 cells."""
    first, last = group.keys
    assert isinstance(first, Address)
    assert isinstance(last, Address)
    rows, columns = range(first.row, last.row + 1), range(first.column, last.column + 1)
    if len(rows) * len(columns) > _LARGEST_RANGE:
        return Group(())
    return Group(tuple(Address(first.sheet, row, column) for row in rows for column in columns))
