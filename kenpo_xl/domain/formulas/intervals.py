"""What rounded numbers can stand for: intervals, formulas over them, and whether a typed value agrees.

A published number is known to half a unit of its last place (JIS Z 8401): 24.45 stands for anything from
24.445 to 24.455. What is computed from such numbers is known to an interval, by the rules of interval
arithmetic (IEEE 1788: an operation gives the hull of what it can give). Counted integers are exact.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from decimal import Decimal, localcontext
from functools import partial

from kenpo_xl.domain.formulas.tree import (
    ROUNDINGS,
    Blank,
    Call,
    Negative,
    Node,
    Number,
    Operation,
    Ref,
    filled_values,
    is_ascending,
    operands_needed_for_value,
    written_whole_number,
)
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.numbers.exact import DOWN, HALF_UP, UP, rounded

_PRECISION = 40


@frozen
class Interval:
    """Every number from `low` to `high`, both with it."""

    low: Decimal
    high: Decimal

    @property
    def is_exact(self) -> bool:
        return self.low == self.high


Lookup = Callable[[Hashable], Sequence[Interval | None]]


def exact_interval(value: Decimal) -> Interval:
    """A number that was counted, or written in full."""
    return Interval(value, value)


def rounding_interval(value: Decimal, decimals: int) -> Interval:
    """What a number rounded at `decimals` places (negative: tens, hundreds) stands for."""
    half = Decimal(1).scaleb(-decimals) / 2
    return Interval(value - half, value + half)


def formula_interval(tree: Node, lookup: Lookup) -> Interval | None:
    """What a formula can give over what its operands stand for; None where `formulas.evaluate` gives None.

    Also None where the divisor may be 0. An operand that occurs twice in the formula counts twice: the
    interval is then wider than need be, never narrower. `lookup` is as in `formulas.evaluate`.
    """
    with localcontext() as context:
        context.prec = _PRECISION
        try:
            return _node_interval(tree, lookup)
        except ArithmeticError:  # of a size that no number of a report has
            return None


def _node_interval(tree: Node, lookup: Lookup) -> Interval | None:
    match tree:
        case Number(value):
            return exact_interval(value)
        case Ref(key):
            values = lookup(key)
            return values[0] if len(values) == 1 else None
        case Negative(term):
            inner = _node_interval(term, lookup)
            return None if inner is None else Interval(-inner.high, -inner.low)
        case Operation(sign, left, right):
            return _operation_interval(sign, _node_interval(left, lookup), _node_interval(right, lookup))
        case Call(name, (term, decimals)) if name in ROUNDINGS:
            inner, places = _node_interval(term, lookup), written_whole_number(decimals)
            return (
                None if inner is None or places is None else _rounded_interval(inner, places, ROUNDINGS[name])
            )
        case Call("RANK", (term, among, *order)):
            return _rank_interval(
                _node_interval(term, lookup), _filled_intervals((among,), lookup), is_ascending(order)
            )
        case Call("IF" | "IFERROR", (*_, one, other)):
            return _interval_of_either(one, other, lookup) if _has_operands(tree, lookup) else None
        case Call(name, arguments):
            return _total_interval(name, _filled_intervals(arguments, lookup))
    return None


def _filled_intervals(terms: Iterable[Node], lookup: Lookup) -> list[Interval]:
    return filled_values(terms, lookup, partial(_node_interval, lookup=lookup))


def _has_operands(tree: Node, lookup: Lookup) -> bool:
    return all(_filled_intervals(operand, lookup) for operand in operands_needed_for_value(tree))


def _interval_of_either(one: Node, other: Node, lookup: Lookup) -> Interval | None:
    """What the two terms of a choice can give, whichever is taken; a blank gives nothing."""
    found = [_node_interval(term, lookup) for term in (one, other) if term != Blank()]
    known = [interval for interval in found if interval is not None]
    if not known or len(known) < len(found):
        return None
    return Interval(min(each.low for each in known), max(each.high for each in known))


def _rank_interval(own: Interval | None, among: Sequence[Interval], ascending: bool) -> Interval | None:
    """The places that a value can have; it is itself among the others."""
    if own is None or not among:
        return None
    surely = sum(one.high < own.low if ascending else one.low > own.high for one in among)
    perhaps = sum(one.low < own.high if ascending else one.high > own.low for one in among)
    last = perhaps if not own.is_exact else perhaps + 1
    return Interval(Decimal(1 + surely), Decimal(max(1 + surely, last)))


def _operation_interval(sign: str, left: Interval | None, right: Interval | None) -> Interval | None:
    if left is None or right is None or (sign == "/" and right.low <= 0 <= right.high):
        return None
    match sign:
        case "+":
            return Interval(left.low + right.low, left.high + right.high)
        case "-":
            return Interval(left.low - right.high, left.high - right.low)
        case "*":
            return _interval_spanning(a * b for a in (left.low, left.high) for b in (right.low, right.high))
    return _interval_spanning(a / b for a in (left.low, left.high) for b in (right.low, right.high))


def _total_interval(name: str, filled: Sequence[Interval]) -> Interval | None:
    if not filled:
        return None
    if name == "COUNT":
        return exact_interval(Decimal(len(filled)))
    if name in ("MAX", "MIN"):
        choose = max if name == "MAX" else min
        return Interval(choose(value.low for value in filled), choose(value.high for value in filled))
    low = sum((value.low for value in filled), Decimal(0))
    high = sum((value.high for value in filled), Decimal(0))
    return Interval(low / len(filled), high / len(filled)) if name == "AVERAGE" else Interval(low, high)


def _rounded_interval(inner: Interval, decimals: int, rounding: str) -> Interval:
    return Interval(rounded(inner.low, decimals, rounding), rounded(inner.high, decimals, rounding))


def _interval_spanning(values: Iterable[Decimal]) -> Interval:
    known = list(values)
    return Interval(min(known), max(known))


def rounding_modes_that_give(typed: Decimal, exact: Decimal, decimals: int) -> frozenset[str]:
    """Which of 四捨五入, 切捨て and 切上げ make `typed` of `exact` at `decimals` places; else none.

    A typed value of more places than are shown agrees also where it was rounded at its own places.
    """
    own = max(decimals, decimal_places(typed))
    return frozenset(
        rounding
        for rounding in (HALF_UP, DOWN, UP)
        if rounded(exact, own, rounding) == typed
        or rounded(exact, decimals, rounding) == rounded(typed, decimals)
    )


def is_rounding_of_interval(typed: Decimal, exact: Interval, decimals: int) -> bool:
    """Whether `typed` is some rounding, at `decimals` places, of a number in the interval."""
    shown, unit = rounded(typed, decimals), Decimal(1).scaleb(-decimals)
    if exact.is_exact:
        return bool(rounding_modes_that_give(typed, exact.low, decimals))
    return exact.low < shown + unit and shown - unit < exact.high


def decimal_places(value: Decimal) -> int:
    """How many places behind the point a number is written with, without trailing zeros."""
    exponent = value.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
