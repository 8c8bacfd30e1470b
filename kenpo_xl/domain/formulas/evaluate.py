"""The formulas (算式) that a planner may write: trees, evaluated exactly and written back as Excel.

Accepted: + − * / ( ), SUM, AVERAGE, ROUND, ROUNDDOWN, ROUNDUP, numbers, percents, cells and ranges.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from decimal import Decimal, localcontext
from functools import partial

from kenpo_xl.domain.formulas.parser import FormulaError, parse_formula
from kenpo_xl.domain.formulas.tree import (
    FUNCTIONS,
    ROUNDINGS,
    TOTALS,
    Address,
    Call,
    Group,
    Negative,
    Node,
    Number,
    Operation,
    Ref,
    argument_values,
    cells_in_range,
    formula_keys,
    whole_number_in,
    with_mapped_keys,
)
from kenpo_xl.domain.numbers.exact import decimal_text, rounded

__all__ = [
    "FUNCTIONS",
    "TOTALS",
    "Address",
    "Call",
    "FormulaError",
    "Group",
    "Lookup",
    "Negative",
    "Node",
    "Number",
    "Operation",
    "Ref",
    "cells_in_range",
    "evaluate",
    "formula_keys",
    "parse_formula",
    "to_excel",
    "to_words",
    "with_mapped_keys",
]

# Far more than numbers of a sensible size come to.
_MOST = Decimal("1E60")
Lookup = Callable[[Hashable], Sequence[Decimal | None]]


def evaluate(tree: Node, lookup: Lookup) -> Decimal | None:
    """The exact value, None where an operand is empty, a divisor is 0 or the value is of no sensible size.

    Totals take what is filled.

    `lookup` gives the values of a key: one for a cell, several for a column of an open list.
    """
    with localcontext() as context:
        context.prec = 40
        try:
            value = _node_value(tree, lookup)
        except ArithmeticError:  # on the way there
            return None
        return value if value is None or abs(value) < _MOST else None


def _node_value(tree: Node, lookup: Lookup) -> Decimal | None:
    match tree:
        case Number(value):
            return value
        case Ref(key):
            values = lookup(key)
            return values[0] if len(values) == 1 else None
        case Negative(term):
            inner = _node_value(term, lookup)
            return None if inner is None else -inner
        case Operation(sign, left, right):
            return _operation_result(sign, _node_value(left, lookup), _node_value(right, lookup))
        case Call(name, (term, Number() | Negative() as places)) if name in ROUNDINGS:
            inner = _node_value(term, lookup)
            return None if inner is None else rounded(inner, whole_number_in(places) or 0, ROUNDINGS[name])
        case Call(name, arguments):
            evaluated = partial(_node_value, lookup=lookup)
            values = [value for one in arguments for value in argument_values(one, lookup, evaluated)]
            return _sum_or_average(name, [value for value in values if value is not None])
    return None


def _operation_result(sign: str, left: Decimal | None, right: Decimal | None) -> Decimal | None:
    if left is None or right is None or (sign == "/" and right == 0):
        return None
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    return left / right


def _sum_or_average(function_name: str, values: list[Decimal]) -> Decimal | None:
    if not values:
        return None
    total = sum(values, Decimal(0))
    return total / len(values) if function_name == "AVERAGE" else total


_RANK = {"+": 1, "-": 1, "*": 2, "/": 2}
_WORDS = {"SUM": "合計", "AVERAGE": "平均", "ROUND": "四捨五入", "ROUNDDOWN": "切捨て", "ROUNDUP": "切上げ"}
_SPOKEN = {"*": "×", "/": "÷", "+": "＋", "-": "－"}


def to_excel(tree: Node, cells: Callable[[Node], str]) -> str:
    """The formula without =; `cells` writes a Ref or Group as an Excel reference."""
    return _formula_text(tree, cells, {}, {}, ",")


def to_words(tree: Node, cells: Callable[[Node], str]) -> str:
    """The formula as a planner reads it: 達成件数 ÷ 決定件数."""
    return _formula_text(tree, cells, _SPOKEN, _WORDS, "、")


def _formula_text(
    tree: Node, cells: Callable[[Node], str], signs: dict[str, str], words: dict[str, str], comma: str
) -> str:
    def operand_text(term: Node, rank: int) -> str:
        text = _formula_text(term, cells, signs, words, comma)
        weak = isinstance(term, Operation) and _RANK[term.sign] < rank
        return f"({text})" if weak or isinstance(term, Negative) else text

    match tree:
        case Number(value):
            return decimal_text(value)
        case Negative(term):
            return "-" + operand_text(term, 2)
        case Operation(sign, left, right):
            rank = _RANK[sign]
            spoken = f" {signs[sign]} " if signs else sign
            return operand_text(left, rank) + spoken + operand_text(right, rank + (sign in "-/"))
        case Call(name, arguments):
            terms = comma.join(_formula_text(argument, cells, signs, words, comma) for argument in arguments)
            return f"{words.get(name, name)}({terms})"
    return cells(tree)
