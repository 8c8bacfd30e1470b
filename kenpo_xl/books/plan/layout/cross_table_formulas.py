"""Formulas of drawn tables that gather figures of other tables, once all layout sheets are read."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import replace

from kenpo_xl.books.plan.layout.drawn_table import REPEAT
from kenpo_xl.books.plan.layout.formulas import operands_needed_for_result, reaches_itself
from kenpo_xl.books.plan.layout.layout_sheet import Layout
from kenpo_xl.books.plan.support.problems import Problems
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.formulas.evaluate import Address, Group, Node, formula_keys, with_mapped_keys
from kenpo_xl.domain.plan.table import CellDefinition, CellKind, FigureId, Table

_CIRCULAR = "算式が、ほかの表を通って自分自身を使っています。参照するセルを直してください。"


def resolve_formulas_across_tables(layouts: Iterable[Layout], problems: Problems) -> None:
    """Replace the cells of other tables in the formulas of all layouts by identities; adds problems."""
    found = list(layouts)
    resolver = _Resolver({layout.sheet: layout for layout in found}, problems)
    for layout in found:
        changed = {id(table): resolver.table_with_identities(layout, table) for table in layout.tables}
        layout.tables = [changed[id(table)] for table in layout.tables]
        layout.figures = {at: (changed[id(one)], i, j) for at, (one, i, j) in layout.figures.items()}
    _report_circles(found, problems)


class _Resolver:
    def __init__(self, layouts: Mapping[str, Layout], problems: Problems) -> None:
        self.layouts, self.problems = layouts, problems

    def table_with_identities(self, layout: Layout, table: Table) -> Table:
        """The table; the same one where its formulas use its own cells only."""
        if not any(isinstance(key, Address) for key in _keys_of_table(table)):
            return table
        cells = tuple(tuple(self._resolved_cell(layout, cell) for cell in row) for row in table.cells)
        return replace(table, cells=cells)

    def _resolved_cell(self, layout: Layout, cell: CellDefinition) -> CellDefinition:
        addresses = [key for key in _keys_of_formula(cell.formula) if isinstance(key, Address)]
        if cell.formula is None or not addresses:
            return cell
        wrong = self._formula_error(cell.formula, addresses)
        if wrong and cell.source:
            self.problems.add_error(layout.sheet, cell.source.cell, wrong)
        if wrong is not None:
            return replace(cell, formula=None)

        def identity_of(key: Hashable) -> Hashable:
            found = self._figure_at(key) if isinstance(key, Address) else None
            return found[0].identity(*found[1:]) if found else key

        formula = with_mapped_keys(
            cell.formula, identity_of, lambda group: Group(tuple(map(identity_of, group.keys)))
        )
        return replace(cell, formula=formula)

    def _formula_error(self, formula: Node, addresses: Iterable[Address]) -> str | None:
        """The error of a formula; '' if the other table has own errors, None if usable."""
        if any(self._is_in_unread_table(address) for address in addresses):
            return ""
        needed = {key for key in operands_needed_for_result(formula) if isinstance(key, Address)}
        errors = (self._error_of_operand(one, is_needed=one in needed) for one in addresses)
        return next(filter(None, errors), None)

    def _error_of_operand(self, address: Address, *, is_needed: bool) -> str:
        """Why a formula cannot use a cell, without which it has no result if needed; '' if it can."""
        found, name = self._figure_at(address), f"{address.sheet}!{a1(address.row, address.column)}"
        if found is None:
            return f"算式が表の外のセル {name} を使っています。様式図の表の欄を選び直してください。"
        table, row, column = found
        cell = table.cells[row][column]
        is_word = cell.format.is_text or isinstance(cell.value, str)
        if is_word and cell.kind is not CellKind.NOT_APPLICABLE:
            return f"算式が文字の欄 {name} を使っています。数の欄を選び直してください。"
        if is_needed and cell.kind is CellKind.NOT_APPLICABLE:
            return f"算式が対象外（／）のセル {name} を使っています。数の欄を選び直してください。"
        if is_needed and row == table.repeating:
            return (
                f"算式が使っている {name} は「{REPEAT}」の行の欄で、値が 1 つに決まりません。"
                "合計の行を選ぶか、SUM などで囲んでください。"
            )
        return ""

    def _is_in_unread_table(self, address: Address) -> bool:
        layout = self.layouts.get(address.sheet)
        return layout is not None and layout.is_row_of_unread_table(address.row)

    def _figure_at(self, address: Address) -> tuple[Table, int, int] | None:
        layout = self.layouts.get(address.sheet)
        return layout.figures.get((address.row, address.column)) if layout else None


def _report_circles(layouts: Iterable[Layout], problems: Problems) -> None:
    """Adds an error for each cell that depends on itself through another table."""
    cells = list(_cells_of_tables(layouts))
    graph: dict[Hashable, list[Hashable]] = {
        identity: list(_keys_of_formula(cell.formula)) for _, _, identity, cell in cells if cell.formula
    }
    gathering = {identity for _, table, identity, cell in cells if _reads_other_tables(table, cell.formula)}
    for layout, _, identity, cell in cells:
        if identity in gathering and cell.source and reaches_itself(graph, identity):
            problems.add_error(layout.sheet, cell.source.cell, _CIRCULAR)


def _cells_of_tables(
    layouts: Iterable[Layout],
) -> Iterator[tuple[Layout, Table, FigureId, CellDefinition]]:
    """Every cell of every table, with its layout, its table and its identity."""
    for layout in layouts:
        for table in layout.tables:
            for identity, (row, column) in table.positions.items():
                yield layout, table, identity, table.cells[row][column]


def _reads_other_tables(table: Table, formula: Node | None) -> bool:
    return any(key not in table.positions for key in _keys_of_formula(formula))


def _keys_of_table(table: Table) -> Iterator[Hashable]:
    return (key for row in table.cells for cell in row for key in _keys_of_formula(cell.formula))


def _keys_of_formula(formula: Node | None) -> Iterator[Hashable]:
    return formula_keys(formula) if formula is not None else iter(())
