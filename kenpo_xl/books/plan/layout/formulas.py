"""Formulas of a drawn table over its own cells; those of other tables are resolved later."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import replace

from kenpo_xl.books.plan.support.problems import AddError
from kenpo_xl.domain.cell_reference import CellPosition, a1
from kenpo_xl.domain.formulas import evaluate
from kenpo_xl.domain.formulas.evaluate import Address, Call, Group, Node, Ref
from kenpo_xl.domain.plan.table import CellDefinition, CellKind, Table

TableIndex = tuple[int, int]
"""Row and column of a cell in a table, from 0."""


_GUARDED = re.compile(r"\s*IFERROR\s*\((.*),\s*(?:-?[0-9.]+|\"[^\"]*\")\s*\)\s*", re.IGNORECASE | re.DOTALL)


def without_error_guard(formula: str) -> str:
    """A formula without an IFERROR around all of it: in an empty plan book a division has no result."""
    found = _GUARDED.fullmatch(formula)
    return found[1].strip() if found and _has_balanced_brackets(found[1]) else formula


def _has_balanced_brackets(text: str) -> bool:
    """Whether no bracket is closed before it was opened, nor left open."""
    depth = 0
    for letter in re.sub(r"'[^']*'", "", text):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth < 0:
            return False
    return depth == 0


def parsed_formula(text: str, add_error: Callable[[str], None]) -> Node | None:
    """The formula over addresses; None, with an error reported, if unusable."""
    text = without_error_guard(text)
    try:
        tree = evaluate.parse_formula(text)
    except evaluate.FormulaError as error:
        add_error(f"算式「={text}」は使えません。{error}")
        return None
    if isinstance(tree, Group):
        add_error(f"算式「={text}」は範囲だけです。SUM などで囲んでください。")
        return None
    return tree


def with_identity_formulas(
    table: Table, body: Mapping[CellPosition, TableIndex], sheet: str, add_error: AddError
) -> Table:
    """The table with formulas over identities; `body`: worksheet cell → (row, column).

    Cells outside of it stay addresses, with the name of their sheet.
    """
    translate = _Translator(table, body, sheet, add_error)
    worksheet = {place: cell for cell, place in body.items()}
    cells = tuple(
        tuple(translate.cell_with_identity_formula(cell, worksheet[i, j]) for j, cell in enumerate(row))
        for i, row in enumerate(table.cells)
    )
    return replace(table, cells=cells)


def circular_cells(table: Table, body: Mapping[CellPosition, TableIndex]) -> list[CellPosition]:
    """The worksheet cells whose formula depends on itself."""
    graph: dict[Hashable, list[Hashable]] = {}
    for i, j in body.values():
        formula = table.cells[i][j].formula
        graph[table.identity(i, j)] = list(evaluate.formula_keys(formula)) if formula else []
    return [cell for cell, place in body.items() if reaches_itself(graph, table.identity(*place))]


def reaches_itself(graph: Mapping[Hashable, list[Hashable]], start: Hashable) -> bool:
    """Whether a key leads to itself."""
    seen: set[Hashable] = set()
    waiting = list(graph.get(start, ()))
    while waiting:
        key = waiting.pop()
        if key == start:
            return True
        if key not in seen:
            seen.add(key)
            waiting += graph.get(key, [])
    return False


class _Translator:
    """Replaces addresses of cells in the body by identities."""

    def __init__(
        self, table: Table, body: Mapping[CellPosition, TableIndex], sheet: str, add_error: AddError
    ) -> None:
        self.table, self.body, self.sheet, self.add_error = table, body, sheet, add_error
        self.place = (0, 0)

    def cell_with_identity_formula(self, cell: CellDefinition, position: CellPosition) -> CellDefinition:
        if cell.formula is None:
            return cell
        self.place = position
        if not any(evaluate.formula_keys(cell.formula)):
            self.add_error(
                *position, "算式が欄を 1 つも使っていません。欄を使う式にするか、空にしてください。"
            )
        for key in operands_needed_for_result(cell.formula):
            self._check_operand_is_applicable(key)
        formula = evaluate.with_mapped_keys(cell.formula, self._identity_at, self._identities_in_range)
        return replace(cell, formula=formula)

    def _check_operand_is_applicable(self, key: Hashable) -> None:
        """Reports a required operand that is not applicable: no result is possible."""
        assert isinstance(key, Address)
        found = self.body.get((key.row, key.column)) if key.sheet in ("", self.sheet) else None
        if found and self.table.cells[found[0]][found[1]].kind is CellKind.NOT_APPLICABLE:
            self.add_error(
                *self.place,
                f"算式が対象外（／）のセル {a1(key.row, key.column)} を使っています。"
                "このセルも ／ にするか、参照するセルを直してください。",
            )

    def _identity_at(self, key: Hashable) -> Hashable:
        assert isinstance(key, Address)
        found = self.body.get((key.row, key.column)) if key.sheet in ("", self.sheet) else None
        if found is None:
            return key._replace(sheet=key.sheet or self.sheet)
        cell = self.table.cells[found[0]][found[1]]
        if cell.kind is not CellKind.NOT_APPLICABLE and (cell.format.is_text or isinstance(cell.value, str)):
            self.add_error(
                *self.place,
                f"算式が文字の欄 {a1(key.row, key.column)} を使っています。数の欄を選び直してください。",
            )
        return self.table.identity(*found)

    def _identities_in_range(self, group: Group) -> Group:
        return Group(tuple(self._identity_at(cell) for cell in evaluate.cells_in_range(group)))


def operands_needed_for_result(tree: Node) -> Iterator[Hashable]:
    """The cells without which there is no result: all outside SUM, MAX and the other totals."""
    match tree:
        case Ref(key):
            yield key
        case Call(name, _) if name in evaluate.TOTALS:
            return
        case _:
            for term in evaluate.direct_terms_of_node(tree):
                yield from operands_needed_for_result(term)
