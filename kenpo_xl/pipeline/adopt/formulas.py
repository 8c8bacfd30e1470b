"""Formulas of a form over the cells of its tables; those that a plan cannot have are reported."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import NamedTuple

from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.formulas.parser import MAX_RANGE, FormulaError, parse_formula
from kenpo_xl.domain.formulas.tree import (
    TOTALS,
    Address,
    Call,
    Group,
    Node,
    Operation,
    Ref,
    cells_in_range,
    direct_terms_of_node,
    formula_keys,
    with_mapped_keys,
)
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.pipeline.adopt.adopted import TablePlace
from kenpo_xl.pipeline.adopt.guards import formula_as_fraction
from kenpo_xl.pipeline.adopt.questions import FormCell

_MOST_CELLS = 400


class RefusedFormulaError(Exception):
    """Why a formula cannot be one of the plan, in Japanese."""


class TranslatedFormula(NamedTuple):
    """A formula over places of tables; its decimals where it rounds a rate; whether it leaves its table."""

    tree: Node
    decimals: int | None
    is_across: bool


@frozen
class FormulaTranslator:
    """Translates formulas of one form. `texts` are places for words, `barred` those that do not apply."""

    places: Mapping[FormCell, TablePlace]
    texts: frozenset[TablePlace]
    barred: frozenset[TablePlace]
    filled: frozenset[FormCell]

    def translate(
        self, formula: str | Node, sheet: str, own: TablePlace, *, is_percent: bool
    ) -> TranslatedFormula:
        """The formula over the cells of tables; RefusedFormulaError for one that cannot be."""
        try:
            tree = parse_formula(formula) if isinstance(formula, str) else formula
        except FormulaError as error:
            raise RefusedFormulaError(f"{str(error).partition('。')[0]}。") from error
        if isinstance(tree, Group):
            raise RefusedFormulaError("範囲だけの式です。")
        tree, decimals, _ = formula_as_fraction(tree) if is_percent else (tree, None, False)
        mapped = self._formula_of_places(tree, sheet)
        keys = list(formula_keys(mapped))
        if not keys:
            raise RefusedFormulaError("表の欄を使わない式です。")
        if own in keys:
            raise RefusedFormulaError("自分自身の欄を使う式です。")
        self._check_operands(mapped)
        return TranslatedFormula(mapped, decimals, any(key.table != own.table for key in keys))  # type: ignore[attr-defined]

    def _formula_of_places(self, tree: Node, sheet: str) -> Node:
        def place_of(key: Hashable) -> Hashable:
            assert isinstance(key, Address)
            cell = FormCell(key.sheet or sheet, key.row, key.column)
            place = self.places.get(cell)
            if place is None:
                raise RefusedFormulaError(f"表の欄でないセル（{_name_of_address(key)}）を使う式です。")
            return place

        def places_of(group: Group) -> Group:
            first, last = group.keys
            assert isinstance(first, Address)
            assert isinstance(last, Address)
            if (abs(last.row - first.row) + 1) * (abs(last.column - first.column) + 1) > MAX_RANGE:
                raise RefusedFormulaError("範囲が広すぎる式です。")
            cells = (FormCell(one.sheet or sheet, one.row, one.column) for one in cells_in_range(group))
            members = dict.fromkeys(self.places[cell] for cell in cells if cell in self.places)
            members = {one: None for one in members if one not in self.texts}
            if not members or len(members) > _MOST_CELLS:
                raise RefusedFormulaError(f"表の欄でない範囲（{_name_of_address(first)} から）を使う式です。")
            return Group(tuple(members))

        return _with_lists_summed(with_mapped_keys(tree, place_of, places_of))

    def _check_operands(self, tree: Node) -> None:
        keys = set(formula_keys(tree))
        if keys & self.texts:
            raise RefusedFormulaError("文字の欄を使う式です。")
        if self.barred & set(_needed_cells(tree)):
            raise RefusedFormulaError("対象外の欄を使う式です。")


def _needed_cells(tree: Node) -> Iterator[Hashable]:
    """The cells without which there is no result."""
    match tree:
        case Ref(key):
            yield key
        case Call(name, _) if name in TOTALS:
            return
        case _:
            for term in direct_terms_of_node(tree):
                yield from _needed_cells(term)


def _with_lists_summed(tree: Node) -> Node:
    """The tree in which the same cell added several times (rows of one list) is a total of it."""
    terms = list(_terms_of_sum(tree))
    if len(terms) > 1 and len(set(terms)) == 1 and isinstance(terms[0], Ref):
        return Call("SUM", (terms[0],))
    return tree


def _terms_of_sum(tree: Node) -> Iterator[Node]:
    if isinstance(tree, Operation) and tree.sign == "+":
        yield from _terms_of_sum(tree.left)
        yield from _terms_of_sum(tree.right)
    else:
        yield tree


def _name_of_address(address: Address) -> str:
    where = f"{address.sheet}!" if address.sheet else ""
    return where + a1(address.row, address.column)
