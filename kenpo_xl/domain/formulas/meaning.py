"""Whether two formulas mean the same: =SUM(E29:H29) and =E29+F29+G29+H29 do, however they are written.

Two formulas of the accepted functions that give the same value for many unrelated numbers give it for all
(Schwartz–Zippel); the numbers have decimals, so that a rounding that one of them lacks shows.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from decimal import Decimal
from hashlib import blake2b

from kenpo_xl.domain.formulas.evaluate import evaluate
from kenpo_xl.domain.formulas.tree import Node

CellsOf = Callable[[Hashable], Sequence[Hashable]]
"""The cells that a key of a formula means; None in place of a cell that is empty."""
# Roundings down and half up agree on every other number.
_SAMPLES = 24
# Digits of an evaluation that the order of its steps does not change.
_DIGITS = Decimal("1E-20")


def have_same_meaning(one: Node, cells_of_one: CellsOf, other: Node, cells_of_other: CellsOf) -> bool:
    """Whether two formulas give the same value whatever number is in each cell."""
    return all(
        _is_equal(_sample_value(one, cells_of_one, sample), _sample_value(other, cells_of_other, sample))
        for sample in range(_SAMPLES)
    )


def _sample_value(tree: Node, cells_of: CellsOf, sample: int) -> Decimal | None:
    return evaluate(tree, lambda key: _sample_numbers(cells_of(key), sample))


def _sample_numbers(cells: Sequence[Hashable], sample: int) -> list[Decimal | None]:
    return [None if cell is None else _number_for(cell, sample) for cell in cells]


def _number_for(cell: Hashable, sample: int) -> Decimal:
    """A number with decimals for a cell, the same at each call."""
    digest = blake2b(repr((cell, sample)).encode(), digest_size=6).digest()
    return Decimal(int.from_bytes(digest) % 10**9 + 1).scaleb(-4)


def _is_equal(one: Decimal | None, other: Decimal | None) -> bool:
    if one is None or other is None:
        return False
    return abs(one - other) <= abs(one) * _DIGITS
