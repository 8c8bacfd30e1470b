"""Numbers of another size than everything that they can be compared with: 17,400 for 1,740.

A typed number is compared with last year's and with earlier reports of the same figure, with the other months
of its row or column, and with the target of its KPI, each for as many months. The odd one is reported: not
a number that last year's or an earlier report confirms, and not the neighbor of a wrong one.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.number_cells import NumberCell, size_ratio
from kenpo_xl.checks.support.sizes.comparable_sizes import (
    Comparable,
    FigureKey,
    SizeEvidence,
    figure_key,
    size_evidence,
)
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.formulas.evaluate import formula_keys
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.numbers.exact import median
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.results.figures import Figure

# Numbers that differ by no more are of one size.
_ALIKE = 3
# At least so many times the usual size, or such a part of it, is another size.
_FAR = 6
# A jump counts if it is this near to 10 or 100; one to 1000 if it is this near.
_NEAR, _NEAR_THOUSAND = (Decimal("0.6"), Decimal("1.7")), (Decimal("0.3"), Decimal("3.3"))
# So many numbers show how much a figure spreads.
_SPREAD_OF = 3
# Fewer do not show which is the odd one.
_FEWEST = 2
# So few are close together only if all are alike.
_FEW = 4
# A number is far if it is so many median absolute deviations away.
_DEVIATIONS = 4
# The larger of two counts of another size is at least this; rates may be of any size.
_LARGE = 100
# Two numbers beside it are enough for a number that is so many times as large or small.
_CERTAIN = 70
_THOUSAND = 3
_POWERS = (1, 2, 3, -1, -2, -3)
# With its point moved a number may lie so much outside of the others.
_WIDER = Decimal("1.5")
# Another number moved alike if it did so by this part of it or more.
_MOVED_ALIKE = Decimal("0.4")


@frozen
class OddSize:
    """A typed number of another size than `usual`, which is what is usual for its months.

    `power` is the likely mistake: 1 for ten times, -1 for a tenth, 3 for a thousand times. `beside` is
    the number that shows it best; if `is_either` the mistake may as well be there.
    """

    cell: NumberCell
    usual: Decimal
    power: int
    beside: Comparable
    is_either: bool = False


def odd_sizes(context: CheckContext) -> tuple[OddSize, ...]:
    """The typed numbers of another size, in the order of the book."""
    return tuple(context.computed_once(_odd_sizes_by_figure).values())


def _odd_sizes_by_figure(context: CheckContext) -> dict[FigureKey, OddSize]:
    evidence = size_evidence(context)
    found = {
        key: odd
        for key, cell in evidence.cells.items()
        if (odd := _odd_size(evidence, cell)) and not _is_moved_like_others(evidence, odd)
    }
    pairs = [odd for cell in evidence.cells.values() if (odd := _odd_pair(evidence, cell, found))]
    found |= {figure_key(odd.cell.figure): odd for odd in pairs if not _is_moved_like_others(evidence, odd)}
    least = context.threshold(rule_codes.ODD_SIZE)
    return {
        key: found[key] for key in evidence.cells if key in found and _times_usual_size(found[key]) >= least
    }


def _times_usual_size(odd: OddSize) -> Decimal:
    return size_ratio(_number_of_cell(odd.cell), odd.usual)


def _odd_size(evidence: SizeEvidence, cell: NumberCell) -> OddSize | None:
    """The finding on a number that several others, or its own report, show to be the odd one."""
    number, key = _number_of_cell(cell), figure_key(cell.figure)
    reported = evidence.reported.get(key)
    if reported is not None:
        differs = reported.value and size_ratio(number, reported.value) >= _FAR
        return _odd_size_of_cell(cell, reported.value, [reported]) if differs else None
    beside = evidence.comparable[key]
    if any(one.is_same_figure and size_ratio(number, one.value) <= _ALIKE for one in beside):
        return None
    if len(beside) < _FEWEST:
        return _odd_among_other_things(evidence, cell)
    usual = median(one.value for one in beside)
    return _odd_size_of_cell(cell, usual, beside) if _is_far_from_all(cell, usual, beside) else None


def _is_far_from_all(cell: NumberCell, usual: Decimal, beside: Sequence[Comparable]) -> bool:
    """Whether a number is of another size than those beside it, which are themselves of one."""
    if not _is_large_enough(cell, usual):
        return False
    number = _number_of_cell(cell)
    values = sorted(one.value for one in beside)
    if len(values) >= _SPREAD_OF:
        return _is_outlier(number, values)
    if values[-1] > _ALIKE * values[0]:
        return False
    is_sure = any(one.is_same_figure for one in beside) and _power_of_jump(number, usual)
    return bool(is_sure) or size_ratio(number, usual) >= _CERTAIN


def _odd_among_other_things(evidence: SizeEvidence, cell: NumberCell) -> OddSize | None:
    """The finding on a number a thousand times those of its row and column that are of other things."""
    beside = evidence.alike_in_unit(cell)
    sizes = [one.value for one in beside]
    if len(sizes) < _FEWEST or max(sizes) > _ALIKE * min(sizes):
        return None
    usual = median(sizes)
    is_far = abs(_power_of_jump(_number_of_cell(cell), usual)) == _THOUSAND and _is_large_enough(cell, usual)
    return _odd_size_of_cell(cell, usual, beside) if is_far else None


def _odd_pair(evidence: SizeEvidence, cell: NumberCell, found: Mapping[FigureKey, OddSize]) -> OddSize | None:
    """The finding on a number that only one other shows to be of another size.

    That is last year's, or the target; of two typed numbers the later one, unless others beside the two
    are like it.
    """
    key = figure_key(cell.figure)
    beside = [one for one in evidence.comparable[key] if one.is_same_figure]
    if key in found or len(beside) != 1 or _has_like_numbers_beside(evidence, cell):
        return None
    (other,) = beside
    if not _is_jump_from(cell, other):
        return None
    then = evidence.cells.get(figure_key(other.figure)) if other.figure else None
    if then is None:
        return _odd_size_of_cell(cell, other.value, beside)
    return None if figure_key(then.figure) in found else _odd_of_two(evidence, cell, then, other)


def _odd_of_two(
    evidence: SizeEvidence, cell: NumberCell, then: NumberCell, other: Comparable
) -> OddSize | None:
    """The finding on a number that differs from another typed one; None where the other is the odd one."""
    if not other.is_earlier:
        is_odd = _is_odd_among_all(evidence, cell, then) or then.figure.id in evidence.on_target
        return _odd_size_of_cell(cell, other.value, [other]) if is_odd else None
    if _is_odd_among_all(evidence, then, cell):
        return None
    is_either = not (_has_like_numbers_beside(evidence, then) or _is_odd_among_all(evidence, cell, then))
    return _odd_size_of_cell(cell, other.value, [other], is_either=is_either)


def _has_like_numbers_beside(evidence: SizeEvidence, cell: NumberCell) -> bool:
    """Whether an earlier report, a target or numbers of other months are of the number's size."""
    key, number = figure_key(cell.figure), _number_of_cell(cell)
    if evidence.reported.get(key) is not None or cell.figure.id in evidence.on_target:
        return True
    others = [one.value for one in evidence.comparable[key] if not one.is_same_figure]
    return bool(others) and size_ratio(number, median(others)) <= _ALIKE


def _is_odd_among_all(evidence: SizeEvidence, one: NumberCell, other: NumberCell) -> bool:
    """Whether the other rates of row and column are of the size of `other` and not of `one`."""
    if one.rate_as_fraction is None:
        return False
    keys = {figure_key(one.figure), figure_key(other.figure)}
    sizes = [size for key, size in evidence.in_row_and_column(one) if key not in keys]
    if not sizes or max(sizes) > _ALIKE * min(sizes):
        return False
    usual = median(sizes)
    return (
        size_ratio(_number_of_cell(other), usual) <= _ALIKE
        and size_ratio(_number_of_cell(one), usual) >= _FAR
    )


def _is_jump_from(cell: NumberCell, other: Comparable) -> bool:
    """Whether a number has its point at another place than the only one that it is compared with."""
    is_jump = _is_large_enough(cell, other.value) and _power_of_jump(_number_of_cell(cell), other.value) != 0
    return is_jump and _is_surely_off(cell, other)


def _is_surely_off(cell: NumberCell, target: Comparable) -> bool:
    """Whether a number is too far from a target or report that alone shows it.

    A result may be far below its target in the course of the year.
    """
    return not target.is_target or _number_of_cell(cell) > target.value


def _odd_size_of_cell(
    cell: NumberCell, usual: Decimal, beside: Sequence[Comparable], *, is_either: bool = False
) -> OddSize:
    number = _number_of_cell(cell)
    best = next((one for one in beside if one.is_same_figure), beside[0])
    power = _power_of_jump(number, usual) or round((number / usual).log10()) or (1 if number > usual else -1)
    return OddSize(cell, usual, power, best, is_either)


def _number_of_cell(cell: NumberCell) -> Decimal:
    assert cell.number is not None
    return cell.number


def _is_large_enough(cell: NumberCell, usual: Decimal) -> bool:
    return cell.rate_as_fraction is not None or max(_number_of_cell(cell), usual) >= _LARGE


def _is_outlier(number: Decimal, values: Sequence[Decimal]) -> bool:
    """Whether a number is far from sorted values, and would not be with its point moved."""
    usual = median(values)
    deviation = median(abs(value - usual) for value in values)
    if not _fits_with_point_moved(number, values, usual) or size_ratio(number, usual) < _FAR:
        return False
    if number > _CERTAIN * values[-1] or number * _CERTAIN < values[0]:
        return True
    if len(values) <= _FEW and values[-1] > _ALIKE * values[0]:
        return False
    return 2 * deviation <= usual and abs(number - usual) > _DEVIATIONS * deviation


def _fits_with_point_moved(number: Decimal, values: Sequence[Decimal], usual: Decimal) -> bool:
    low = min(values[0] / _WIDER, usual / _ALIKE)
    high = max(values[-1] * _WIDER, usual * _ALIKE)
    return any(low <= number.scaleb(-power) <= high for power in _POWERS)


def _power_of_jump(number: Decimal, usual: Decimal) -> int:
    """3 for about a thousand times the usual size, -1 for about a tenth; 0 for none of these."""
    for power in (1, 2, 3):
        low, high = _NEAR_THOUSAND if power == _THOUSAND else _NEAR
        if low <= size_ratio(number, usual) / 10**power <= high:
            return power if number > usual else -power
    return 0


def _is_moved_like_others(evidence: SizeEvidence, odd: OddSize) -> bool:
    """Whether another number of the same months moved alike, which makes it likely that all are right.

    Not for a thousandfold.
    """
    if abs(odd.power) >= _THOUSAND or evidence.reported.get(figure_key(odd.cell.figure)):
        return False
    least = size_ratio(_number_of_cell(odd.cell), odd.usual) * _MOVED_ALIKE
    ratios = _ratios_of_parallel_numbers(evidence, odd.cell)
    return any(ratio >= least if odd.power > 0 else ratio * least <= 1 for ratio in ratios)


def _ratios_of_parallel_numbers(evidence: SizeEvidence, cell: NumberCell) -> Iterator[Decimal]:
    """The other numbers of the same months, each divided by what is usual for it."""
    for key in evidence.parallel_figures(cell):
        values = [one.value for one in evidence.comparable[key]]
        if values:
            yield _number_of_cell(evidence.cells[key]) / median(values)


def figure_of_odd_size(context: CheckContext, key: Hashable) -> Figure | None:
    """The figure of odd size that a figure is, or is computed from; None for none."""
    odd = context.computed_once(_odd_sizes_by_figure)
    for figure_id in _with_parts(context, key) if odd else ():
        for figure in context.figures.with_identity(figure_id):
            if figure_key(figure) in odd:
                return figure
    return None


def figures_with_odd_sizes_first(context: CheckContext, figures: Sequence[Figure]) -> list[Figure]:
    """The figures, before them those of odd size that they are or are computed from."""
    odd = [part for figure in figures if (part := figure_of_odd_size(context, figure.id))]
    return [*odd, *(figure for figure in figures if all(figure is not one for one in odd))]


def _with_parts(context: CheckContext, key: Hashable) -> Iterator[FigureId]:
    """A figure and the figures that its formula reads, and theirs."""
    left, seen = [key], set[Hashable]()
    while left:
        one = left.pop()
        if one in seen or not isinstance(one, FigureId):
            continue
        seen.add(one)
        yield one
        formulas = (figure.cell.formula for figure in context.figures.with_identity(one)[:1])
        left += [part for formula in formulas if formula for part in formula_keys(formula)]
