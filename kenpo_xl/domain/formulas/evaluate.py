"""The formulas (算式) that a planner may write: trees, evaluated exactly and written back as Excel.

Accepted: + − * / ( ), SUM, AVERAGE, MAX, MIN, COUNT, ROUND, ROUNDDOWN, ROUNDUP, RANK, IF over one
comparison, IFERROR, numbers, percents, "", cells and ranges.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Hashable, Iterable, Sequence
from decimal import Decimal, localcontext
from functools import partial

from kenpo_xl.domain.formulas.parser import FormulaError, parse_formula
from kenpo_xl.domain.formulas.tree import (
    FUNCTIONS,
    ROUNDINGS,
    TOTALS,
    Address,
    Blank,
    Call,
    Comparison,
    Group,
    Negative,
    Node,
    Number,
    Operation,
    Ref,
    cells_in_range,
    direct_terms_of_node,
    filled_values,
    formula_keys,
    is_ascending,
    operands_needed_for_value,
    with_mapped_keys,
    written_whole_number,
)
from kenpo_xl.domain.numbers.exact import decimal_text, rounded

__all__ = [
    "FUNCTIONS",
    "TOTALS",
    "Address",
    "Blank",
    "Call",
    "Comparison",
    "FormulaError",
    "Group",
    "Lookup",
    "Negative",
    "Node",
    "Number",
    "Operation",
    "Ref",
    "cells_in_range",
    "direct_terms_of_node",
    "evaluate",
    "formula_keys",
    "operands_needed_for_value",
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

    Totals take what is filled. IF and IFERROR need the operands of all their terms, also of one that is not
    taken, so that a cell is empty while any of them is; IFERROR replaces a division by 0.

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
            return (
                None if inner is None else rounded(inner, written_whole_number(places) or 0, ROUNDINGS[name])
            )
        case Call("RANK", (term, among, *order)):
            return _rank_of_value(
                _node_value(term, lookup), _filled_values((among,), lookup), is_ascending(order)
            )
        case Call("IF" | "IFERROR"):
            return _chosen_value(tree, lookup) if _has_operands(tree, lookup) else None
        case Call(name, arguments):
            return _result_over_values(name, _filled_values(arguments, lookup))
    return None


def _filled_values(terms: Iterable[Node], lookup: Lookup) -> list[Decimal]:
    return filled_values(terms, lookup, partial(_node_value, lookup=lookup))


def _has_operands(tree: Node, lookup: Lookup) -> bool:
    """Whether every operand that a formula needs has a value."""
    return all(_filled_values(operand, lookup) for operand in operands_needed_for_value(tree))


def _chosen_value(tree: Call, lookup: Lookup) -> Decimal | None:
    """The value of an IF or IFERROR."""
    match tree.arguments:
        case (Comparison() as condition, if_true, if_false):
            is_true = _is_true(condition, lookup)
            return None if is_true is None else _node_value(if_true if is_true else if_false, lookup)
        case (term, otherwise):
            value = _node_value(term, lookup)
            return _node_value(otherwise, lookup) if value is None else value
    return None


def _is_true(condition: Comparison, lookup: Lookup) -> bool | None:
    """Whether a comparison holds, None where a term has no value."""
    left, right = _node_value(condition.left, lookup), _node_value(condition.right, lookup)
    if Blank() in (condition.left, condition.right):
        return (left == right) == (condition.sign == "=")
    if left is None or right is None:
        return None
    return _COMPARED[condition.sign](left, right)


def _rank_of_value(value: Decimal | None, among: Sequence[Decimal], ascending: bool) -> Decimal | None:
    if value is None or value not in among:
        return None
    return Decimal(1 + sum(other < value if ascending else other > value for other in among))


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


def _result_over_values(function_name: str, values: Sequence[Decimal]) -> Decimal | None:
    if not values:
        return None
    match function_name:
        case "MAX":
            return max(values)
        case "MIN":
            return min(values)
        case "COUNT":
            return Decimal(len(values))
    total = sum(values, Decimal(0))
    return total / len(values) if function_name == "AVERAGE" else total


_COMPARED: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_RANK = {"+": 1, "-": 1, "*": 2, "/": 2}
_WORDS = {
    "SUM": "合計",
    "AVERAGE": "平均",
    "MAX": "最大",
    "MIN": "最小",
    "COUNT": "個数",
    "ROUND": "四捨五入",
    "ROUNDDOWN": "切捨て",
    "ROUNDUP": "切上げ",
    "RANK": "順位",
    "IF": "場合分け",
    "IFERROR": "0で割れないとき",
}
_SPOKEN = {
    "*": "×",
    "/": "÷",
    "+": "＋",
    "-": "－",
    "=": "＝",
    "<>": "≠",
    "<": "＜",
    "<=": "≦",
    ">": "＞",
    ">=": "≧",
}


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
        case Comparison(sign, left, right):
            spoken = f" {signs[sign]} " if signs else sign
            return operand_text(left, 0) + spoken + operand_text(right, 0)
        case Blank():
            return "空欄" if signs else '""'
        case Call(name, arguments):
            terms = comma.join(_formula_text(argument, cells, signs, words, comma) for argument in arguments)
            return f"{words.get(name, name)}({terms})"
    return cells(tree)
