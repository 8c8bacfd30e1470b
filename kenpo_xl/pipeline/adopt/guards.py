"""Formulas of forms without what only keeps an empty form from showing errors."""

from __future__ import annotations

import re
from decimal import Decimal

from kenpo_xl.domain.formulas.tree import ROUNDINGS, Blank, Call, Node, Number, Operation, whole_number_in

_CALL = re.compile(r"\s*=?\s*\+?\s*(IF|IFERROR|IFNA|_xlfn\.IFNA)\s*\((.*)\)\s*", re.IGNORECASE | re.DOTALL)
# "", "-" and a word such as "未入力" are what an empty form shows.
_NOTHING = re.compile(r'\s*(?:"[^"]*"|NA\(\)|)\s*', re.IGNORECASE)
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
    results = [*arguments[1:], ""][:2]
    kept = [one for one in results if not _is_nothing(one)]
    if len(kept) == 1:
        return kept[0]
    numbers = [one for one in results if re.fullmatch(r"\s*0\s*", one)]
    is_guard = bool(re.search(r'=\s*0\s*$|=\s*""\s*$|ISERR|ISBLANK', arguments[0].strip(), re.IGNORECASE))
    return next((one for one in results if one not in numbers), None) if numbers and is_guard else None


def _is_nothing(text: str) -> bool:
    return bool(_NOTHING.fullmatch(text))


def _is_nothing_or_number(text: str) -> bool:
    return _is_nothing(text) or bool(re.fullmatch(r"\s*-?[\d.]+\s*", text))


def split_arguments(text: str) -> list[str] | None:
    """The arguments of a call; None where the brackets around them do not fit."""
    parts, depth, quoted, start = [], 0, False, 0
    for at, letter in enumerate(text):
        if letter == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif letter == "(":
            depth += 1
        elif letter == ")":
            depth -= 1
            if depth < 0:
                return None
        elif letter == "," and depth == 0:
            parts.append(text[start:at])
            start = at + 1
    return None if depth or quoted else [*parts, text[start:]]


def as_fraction(tree: Node) -> tuple[Node, int | None, bool]:
    """A formula that gives ％ as a number, giving a fraction; its decimals where it rounds; if it changed."""
    match tree:
        case Call(name, (term, places)) if name in ROUNDINGS:
            inner, _, changed = as_fraction(term)
            return (inner, whole_number_in(places), True) if changed else (tree, None, False)
        case Operation("*", term, Number(value)) if value == 100:
            return term, None, True
        case Operation("*", Number(value), term) if value == 100:
            return term, None, True
        case Operation("/", left, right):
            inner, decimals, changed = as_fraction(left)
            return Operation("/", inner, right), decimals, changed
        case Operation("*", left, right):
            inner, decimals, changed = as_fraction(left)
            return Operation("*", inner, right), decimals, changed
        case Operation(sign, left, right):
            return _difference_as_fraction(sign, left, right)
        case Call("IF", (condition, first, second)):
            one, decimals, changed = as_fraction(first)
            other, _, also = as_fraction(second)
            is_blank = isinstance(second, Blank)
            return Call("IF", (condition, one, other)), decimals, changed and (also or is_blank)
    return tree, None, False


def _difference_as_fraction(sign: str, left: Node, right: Node) -> tuple[Node, int | None, bool]:
    """A sum or difference of ％; one of 100 (伸び率) is one of 1."""
    first, decimals, changed = as_fraction(left)
    if right == _HUNDRED:
        return Operation(sign, first, Number(Decimal(1))), decimals, changed
    second, _, also = as_fraction(right)
    return Operation(sign, first, second), decimals, changed and also
