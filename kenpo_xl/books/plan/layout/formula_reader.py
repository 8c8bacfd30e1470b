"""Reads formulas over cells of layout sheets into formulas over identities."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from functools import partial

from kenpo_xl.books.plan.layout.drawn_table import REPEAT
from kenpo_xl.books.plan.layout.formulas import operands_needed_for_result, without_error_guard
from kenpo_xl.books.plan.layout.layout_sheet import Layout
from kenpo_xl.books.plan.support.list_sheets import ListRow
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.formulas import evaluate
from kenpo_xl.domain.formulas.evaluate import Address, Group, Node
from kenpo_xl.domain.numbers.exact import NumberFormat
from kenpo_xl.domain.plan.table import CellKind, Table

NEWEST = "最新"
FigurePosition = tuple[Table, int, int]
"""The table, row and column of a figure."""


class FormulaReader:
    """Reads the formulas of one row over the figures of the layout sheets."""

    def __init__(self, layouts: dict[str, Layout], row: ListRow) -> None:
        self.layouts, self.row = {one.sheet: one for one in layouts.values()}, row

    def has_formula(self, header: str) -> bool:
        cell = self.row.raw_cell(header)
        return cell is not None and bool(cell.formula)

    def read_formula(
        self, header: str, *, needs_range: bool = False, takes_text: bool = False
    ) -> Node | None:
        """The formula over identities; None if empty, or unusable (an error is added).

        With `takes_text` it is one cell, which may be for text.
        """
        cell = self.row.raw_cell(header)
        if cell is None or not cell.formula:
            if self.row.text(header):
                self.row.add_error(header, f"「{header}」には「=」で始まる式を入れてください。")
            return None
        formula = without_error_guard(cell.formula)
        try:
            tree = evaluate.parse_formula(formula)
        except evaluate.FormulaError as error:
            self.row.add_error(header, f"式「={formula}」は使えません。{error}")
            return None
        wrong = self._form_error(header, tree, needs_range=needs_range)
        if takes_text and not isinstance(tree, evaluate.Ref):
            wrong = f"目標が期日の指標では、「{header}」に文字の欄を 1 つだけ「=」で示してください。"
        if wrong:
            self.row.add_error(header, wrong)
            return None
        return self._formula_over_identities(header, tree, takes_text=takes_text)

    def number_format_of(self, tree: object) -> NumberFormat | None:
        """The number format of a cell or range; None for any other formula."""
        if not isinstance(tree, evaluate.Ref | Group):
            return None
        key = next(evaluate.formula_keys(tree))
        for layout in self.layouts.values():
            if key in layout.position_by_identity:
                table, row, column = layout.position_by_identity[key]
                style = table.cells[row][column].format
                return style.as_percent() if table.holds_percent_as_points(row, column) else style
        return None

    def unit_of(self, tree: object) -> str:
        """The unit of the figure in a formula of one cell; '' for any other formula."""
        places = self.figure_positions(tree) if isinstance(tree, evaluate.Ref) else []
        return places[0][0].unit_at(*places[0][1:]) if places else ""

    def figure_positions(self, tree: object) -> list[FigurePosition]:
        """The positions of every figure of a formula over identities."""
        wanted = set(evaluate.formula_keys(tree)) if isinstance(tree, Node) else set()
        return [
            position
            for layout in self.layouts.values()
            if layout.position_by_identity.keys() & wanted
            for identity, position in layout.position_by_identity.items()
            if identity in wanted
        ]

    @staticmethod
    def _form_error(header: str, tree: Node, *, needs_range: bool) -> str:
        """The error in the form of a formula, regardless of its cells; '' for none."""
        if needs_range and not isinstance(tree, Group):
            return f"「{NEWEST}」のときは、{header}に月の並んだ範囲（例 ='1-2-5'!D9:O9）を入れてください。"
        if isinstance(tree, Group) and not needs_range:
            return f"範囲をそのまま使うときは「取り方」を「{NEWEST}」にするか、SUM などで囲んでください。"
        if not any(evaluate.formula_keys(tree)):
            return (
                "式がセルを 1 つも使っていません。「=」のあとで様式図の欄をクリックしてください。"
                "決まった数なら「=」を付けずに入れてください。"
            )
        return ""

    def _formula_over_identities(self, header: str, tree: Node, *, takes_text: bool) -> Node | None:
        wrong = self._reference_error(tree, takes_text=takes_text)
        if wrong is not None:
            if wrong:
                self.row.add_error(header, wrong)
            return None

        def identity_at(key: Hashable) -> Hashable:
            found = self._figure_position_at(key)
            assert found is not None
            return found[0].identity(*found[1:])

        return evaluate.with_mapped_keys(
            tree, identity_at, lambda group: Group(tuple(map(identity_at, evaluate.cells_in_range(group))))
        )

    def _reference_error(self, tree: Node, *, takes_text: bool) -> str | None:
        """The error of a formula; '' if its table has own errors, None if usable."""
        addresses = list(_cell_addresses(tree))
        if any(map(self._is_in_unread_table, addresses)):
            return ""
        outside = next(filter(self._is_outside_tables, addresses), None)
        if outside is not None:
            return f"{_cell_name(outside)} は様式図の表の欄ではありません。表の欄を選び直してください。"
        is_range = isinstance(tree, Group)
        cells = addresses if is_range else list(operands_needed_for_result(tree))
        repeating = next(filter(partial(self._is_cell_of_kind, kind=_is_repeating), cells), None)
        if repeating is not None:
            return (
                f"{_cell_name(repeating)} は「{REPEAT}」の行の欄で、値が 1 つに決まりません。"
                "合計の行を選ぶか、SUM か AVERAGE で囲んでください。"
            )
        if takes_text:
            return None
        no_number = next(filter(partial(self._is_cell_of_kind, kind=_takes_no_number), cells), None)
        if no_number is not None and not is_range:
            return (
                f"{_cell_name(no_number)} は対象外（／）か文字の欄で、数が入りません。"
                "数の欄を選び直してください。"
            )
        if all(self._is_cell_of_kind(address, _takes_no_number) for address in addresses):
            return "選んだ範囲に数の入る欄がありません。数の欄を選び直してください。"
        return None

    def _is_outside_tables(self, address: Address) -> bool:
        return self._figure_position_at(address) is None

    def _is_in_unread_table(self, address: Address) -> bool:
        layout = self.layouts.get(address.sheet)
        return layout is not None and layout.is_row_of_unread_table(address.row)

    def _is_cell_of_kind(self, key: Hashable, kind: Callable[[Table, int, int], bool]) -> bool:
        found = self._figure_position_at(key)
        return found is not None and kind(*found)

    def _figure_position_at(self, key: Hashable) -> FigurePosition | None:
        assert isinstance(key, Address)
        layout = self.layouts.get(key.sheet)
        return layout.figures.get((key.row, key.column)) if layout else None


def _cell_addresses(tree: Node) -> Iterator[Address]:
    """Every cell of a parsed formula, including those within its ranges."""
    found: list[Address] = []

    def record_cell(key: Hashable) -> Hashable:
        assert isinstance(key, Address)
        found.append(key)
        return key

    def record_range(group: Group) -> Group:
        found.extend(evaluate.cells_in_range(group))
        return group

    evaluate.with_mapped_keys(tree, record_cell, record_range)
    return iter(found)


def _cell_name(key: Hashable) -> str:
    assert isinstance(key, Address)
    return f"{key.sheet}!{a1(key.row, key.column)}" if key.sheet else a1(key.row, key.column)


def _is_repeating(table: Table, row: int, _: int) -> bool:
    return table.repeating == row


def _takes_no_number(table: Table, row: int, column: int) -> bool:
    cell = table.cells[row][column]
    return cell.kind is CellKind.NOT_APPLICABLE or isinstance(cell.value, str) or cell.format.is_text
