"""Lines of the months of one year, and whether a number leaves its line: 59.77 ％ among 79 ％."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.flows import is_stock_level
from kenpo_xl.checks.support.number_cells import size_ratio
from kenpo_xl.checks.support.past_reports import axes_of_cell
from kenpo_xl.checks.support.sizes.comparable_sizes import FigureKey, SizeEvidence, size_evidence
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.time.fiscal_calendar import Month
from kenpo_xl.domain.time.span import Accumulation

_ONE = Decimal(1)
# So many other numbers show a line; the fewer, the farther a number must be from them.
FEWEST = 3
_LEAST = {3: Decimal("1.6"), 4: Decimal("1.35"), 5: Decimal("1.1")}
_LEAST_OF_MANY, _AT_END = Decimal("1.04"), Decimal("1.3")
# The same of counts of single months, which move by themselves unless all steps are smaller than this.
_LEAST_OF_FLOW, _SMOOTH = Decimal(2), Decimal("1.06")
# The same of the quotients of two years; of two other quotients only.
_LEAST_QUOTIENT = {2: Decimal("2.2"), 3: Decimal("1.6"), 4: Decimal("1.35")}
_LEAST_OF_QUOTIENTS = Decimal("1.15")
# A number is odd if it is so many times (in logarithms) as far off as any other of its line.
_TIMES, _TIMES_AT_END, _TIMES_OF_QUOTIENTS = 4, 3, 2
# A number that is farther from its own line by this is the odd one.
CLEARLY = Decimal("1.05")
_SMALL = 100
# So many months, of which the largest is so many times the smallest, show that the last one is not over.
_FEWEST_STEADY, _STEADY = 5, Decimal("1.6")


@frozen
class Line:
    """The numbers of the single months of a year, or of the year so far, in their order.

    `is_flow`: each counts its own months, and no level, rate or running total.
    """

    keys: tuple[FigureKey, ...]
    values: tuple[Decimal, ...]
    is_flow: bool

    def neighbors(self, place: int) -> list[FigureKey]:
        """The numbers before and behind one."""
        return [self.keys[at] for at in (place - 1, place + 1) if 0 <= at < len(self.keys)]

    def times_outside(self, place: int) -> Decimal:
        """How many times a number is above or below those before and behind it; 1 between them."""
        if 0 < place < len(self.values) - 1:
            return times_outside_neighbors(self.values, place)
        return size_ratio(self.values[place], self.values[1 if place == 0 else -2])

    def place_of_outlier(self, explained: Callable[[int], bool]) -> int | None:
        """The number that is farther from its neighbors than all others are from theirs; None for none.

        Of several the one without which the line is smoothest, and none that is `explained`.
        """
        found = [
            (far / usual, place)
            for place, far in enumerate(map(self.times_outside, range(len(self.values))))
            if (usual := self._usual_without(place, far)) and not explained(place)
        ]
        return max(found)[1] if found else None

    def _usual_without(self, place: int, far: Decimal) -> Decimal | None:
        """The largest distance of the other numbers; None where a number that is so far is not odd."""
        others = self.values[:place] + self.values[place + 1 :]
        least = _LEAST.get(len(others), _LEAST_OF_MANY)
        if len(others) < FEWEST or far <= least or self._is_small_flow():
            return None
        steps = max(size_ratio(*two) for two in pairwise(others))
        is_at_end = place in (0, len(others))
        if self.is_flow and steps > _SMOOTH:
            if is_at_end:  # what is counted may begin or end slowly
                return steps if place and self._is_cut_off() else None
            least = max(least, _LEAST_OF_FLOW)
        if not is_at_end:
            return _usual_between(others, far, least)
        return steps if far > max(least * _AT_END, steps**_TIMES_AT_END) else None

    def _is_cut_off(self) -> bool:
        """Whether the last month has a third of each other one at most, of which none is far from another."""
        *others, last = self.values
        is_steady = len(others) >= _FEWEST_STEADY and max(others) <= min(others) * _STEADY
        return is_steady and last * _TIMES_AT_END <= min(others)

    def _is_small_flow(self) -> bool:
        return self.is_flow and max(self.values) < _SMALL


def _usual_between(others: Sequence[Decimal], far: Decimal, least: Decimal) -> Decimal | None:
    """The largest distance of the numbers between others; None where one that is so far is not odd."""
    usual = max(times_outside_neighbors(others, at) for at in range(1, len(others) - 1))
    return usual if far > max(least, usual**_TIMES) else None


def times_outside_neighbors(values: Sequence[Decimal], place: int) -> Decimal:
    """How many times a value is above or below the one before and the one behind it."""
    return times_outside(values[place], *sorted((values[place - 1], values[place + 1])))


def times_outside(value: Decimal, low: Decimal, high: Decimal) -> Decimal:
    """How many times a number is above the higher or below the lower of two; 1 between them."""
    return max(value / high, low / value, _ONE)


def number_of_figure(evidence: SizeEvidence, key: FigureKey) -> Decimal:
    """The number of a figure."""
    number = evidence.cells[key].number
    assert number is not None
    return number


def has_counterpart(evidence: SizeEvidence, key: FigureKey) -> bool:
    """Whether the number of the other year is beside."""
    return evidence.counterparts.get(key) in evidence.cells


def is_this_year(evidence: SizeEvidence, key: FigureKey) -> bool:
    """Whether a number with a counterpart is the later one."""
    figures, then = evidence.context.figures, evidence.counterparts[key]
    return figures.year_of_figure(key[0]) > figures.year_of_figure(then[0])


def lines_of_months(context: CheckContext) -> list[Line]:
    """The lines of four months or quarters and more, of every row and column of months by year."""
    evidence = size_evidence(context)
    found: dict[tuple[object, ...], list[tuple[Month, FigureKey]]] = {}
    for key, cell in evidence.cells.items():
        table = cell.table.table
        row, column = table.positions[key[0]]
        axes = axes_of_cell(table, row, column)
        if table.repeating is not None or bool(axes[0].months) == bool(axes[1].months):
            continue
        span = context.figures.span_of_figure(key[0])
        across = ("行", row) if axes[1].months else ("列", column)
        length = span.kind if span.kind is Accumulation.CUMULATIVE else evidence.months[key]
        year = context.figures.year_of_figure(key[0])
        name = (table.item, table.name, *across, year, cell.unit, length)
        found.setdefault(name, []).append((span.last, key))
    return [_line_of_months(evidence, keys) for keys in found.values() if len(keys) > FEWEST]


def _line_of_months(evidence: SizeEvidence, keys: list[tuple[Month, FigureKey]]) -> Line:
    ordered = tuple(key for _, key in sorted(keys, key=lambda one: one[0]))
    first = evidence.cells[ordered[0]]
    span = evidence.context.figures.span_of_figure(ordered[0][0])
    is_flow = first.unit != "％" and span.kind is not Accumulation.CUMULATIVE
    is_flow = is_flow and not is_stock_level(first.context, first.figure)
    return Line(ordered, tuple(number_of_figure(evidence, key) for key in ordered), is_flow)


def quotients_to_last_year(evidence: SizeEvidence, keys: Sequence[FigureKey]) -> dict[FigureKey, Decimal]:
    """Each number that has a counterpart of the other year, divided by it."""
    return {
        key: number_of_figure(evidence, key) / number_of_figure(evidence, then)
        for key in keys
        if (then := evidence.counterparts.get(key)) in evidence.cells and then is not None
    }


def moved_likewise_last_year(quotients: Mapping[FigureKey, Decimal], line: Line, place: int) -> bool:
    """Whether last year's line does the same, so that the quotient is like those beside it."""
    own = line.keys[place]
    beside = [quotients[key] for key in line.neighbors(place) if key in quotients]
    far = times_outside(quotients[own], min(beside), max(beside)) if beside else _ONE
    return far**2 < line.times_outside(place)


def is_far_quotient(quotients: Mapping[FigureKey, Decimal], key: FigureKey) -> bool:
    """Whether a number has moved since last year as no other has, by twice their spread."""
    others = other_quotients(quotients, key)
    low, high = min(others), max(others)
    least = _LEAST_QUOTIENT.get(len(others), _LEAST_OF_QUOTIENTS)
    far = times_outside(quotients[key], low, high)
    return far > least and far > (high / low) ** _TIMES_OF_QUOTIENTS


def other_quotients(quotients: Mapping[FigureKey, Decimal], key: FigureKey) -> list[Decimal]:
    """The quotients of all others."""
    return [one for other, one in quotients.items() if other != key]
