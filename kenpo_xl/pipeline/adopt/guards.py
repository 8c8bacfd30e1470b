"""Formulas of forms without what only keeps an empty form from showing errors."""

from __future__ import annotations

import re
from decimal import Decimal

from kenpo_xl.domain.formulas.tree import (
    ROUNDINGS,
    Blank,
    Call,
    Node,
    Number,
    Operation,
    written_whole_number,
)

_CALL = re.compile(r"\s*=?\s*\+?\s*(IF|IFERROR|IFNA|_xlfn\.IFNA)\s*\((.*)\)\s*", re.IGNORECASE | re.DOTALL)
# "", "-" and a word such as "未入力" are what an empty form shows.
_NOTHING = re.compile(r'\s*(?:"[^"]*"|NA\(\)|)\s*', re.IGNORECASE)
_ZERO = re.compile(r"\s*0\s*")
_ASKS_FOR_NOTHING = re.compile(r'=\s*0\s*$|=\s*""\s*$|ISERR|ISBLANK', re.IGNORECASE)
_TEXT_OR_MARK = re.compile(r'"[^"]*"|[(),]')
_HUNDRED = Number(Decimal(100))


def without_guards(formula: str) -> str:
    """The formula itself of IF(…,"",formula), IFERROR(formula,…) and the like."""
    text = formula.strip().removeprefix("=").strip()
    for _ in range(5):
        inner = _guarded_formula(text)
        if inner is None:
            return text
        text = inner.strip()
    return text


def _guarded_formula(text: str) -> str | None:
    found = _CALL.fullmatch(text)
    arguments = split_arguments(found[2]) if found else None
    if found is None or arguments is None:
        return None
    if found[1].upper() != "IF":
        is_plain = len(arguments) == 2 and _is_nothing_or_number(arguments[1])
        return arguments[0] if is_plain else None
    condition, *results = [*arguments, ""][:3]
    return _result_of_guard(condition, results)


def _result_of_guard(condition: str, results: list[str]) -> str | None:
    """The one of the two results of an IF that is more than nothing or 0, None if it is no guard."""
    kept = [one for one in results if not _is_empty_result(one)]
    if len(kept) == 1:
        return kept[0]
    others = [one for one in results if not _ZERO.fullmatch(one)]
    is_guard = len(others) < len(results) and _ASKS_FOR_NOTHING.search(condition.strip())
    return others[0] if is_guard and others else None


def _is_empty_result(text: str) -> bool:
    return bool(_NOTHING.fullmatch(text))


def _is_nothing_or_number(text: str) -> bool:
    return _is_empty_result(text) or bool(re.fullmatch(r"\s*-?[\d.]+\s*", text))


def split_arguments(text: str) -> list[str] | None:
    """The arguments of a call; None where the brackets around them do not fit."""
    if text.count('"') % 2:
        return None
    parts, depth, start = [], 0, 0
    for mark in _TEXT_OR_MARK.finditer(text):
        depth += {"(": 1, ")": -1}.get(mark.group(), 0)
        if depth < 0:
            return None
        if depth == 0 and mark.group() == ",":
            parts.append(text[start : mark.start()])
            start = mark.end()
    return None if depth else [*parts, text[start:]]


def formula_as_fraction(tree: Node) -> tuple[Node, int | None, bool]:
    """A formula that gives ％ as a number, giving a fraction; its decimals where it rounds; if it changed."""
    match tree:
        case Call(name, (term, places)) if name in ROUNDINGS:
            inner, _, changed = formula_as_fraction(term)
            return (inner, written_whole_number(places), True) if changed else (tree, None, False)
        case Operation("*", term, Number(value)) if value == 100:
            return term, None, True
        case Operation("*", Number(value), term) if value == 100:
            return term, None, True
        case Operation("/", left, right):
            inner, decimals, changed = formula_as_fraction(left)
            return Operation("/", inner, right), decimals, changed
        case Operation("*", left, right):
            inner, decimals, changed = formula_as_fraction(left)
            return Operation("*", inner, right), decimals, changed
        case Operation(sign, left, right):
            return _difference_as_fraction(sign, left, right)
        case Call("IF", (condition, first, second)):
            one, decimals, changed = formula_as_fraction(first)
            other, _, also = formula_as_fraction(second)
            is_blank = isinstance(second, Blank)
            return Call("IF", (condition, one, other)), decimals, changed and (also or is_blank)
    return tree, None, False


def _difference_as_fraction(sign: str, left: Node, right: Node) -> tuple[Node, int | None, bool]:
    """A sum or difference of ％; one of 100 (伸び率) is one of 1."""
    first, decimals, changed = formula_as_fraction(left)
    if right == _HUNDRED:
        return Operation(sign, first, Number(Decimal(1))), decimals, changed
    second, _, also = formula_as_fraction(right)
    return Operation(sign, first, second), decimals, changed and also
