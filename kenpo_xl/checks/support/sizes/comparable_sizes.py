"""What the size of a typed number can be compared with, each brought to as many months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import field
from decimal import Decimal
from functools import cached_property

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.kpi_targets import figures_and_targets, figures_of_plausible_kpis
from kenpo_xl.checks.support.number_cells import (
    MEAN,
    NumberCell,
    all_number_cells,
    is_likely_typed_in_points,
    size_ratio,
)
from kenpo_xl.checks.support.past_reports import (
    axes_of_cell,
    fact_in_last_years_report,
    past_periods,
    value_in_same_unit,
)
from kenpo_xl.domain.frozen import frozen, mutable
from kenpo_xl.domain.plan.last_year import identity_in_last_years_report
from kenpo_xl.domain.plan.table import Axis, FigureId
from kenpo_xl.domain.results.figures import Figure
from kenpo_xl.domain.results.history import PastPeriod
from kenpo_xl.domain.time.span import Accumulation, Span

FigureKey = tuple[FigureId, str]
"""The identity and the entity of a figure."""

_MONTHS = 12
# Longer rows and columns are no table that a person compares by eye.
_LONGEST_LINE = 100


@frozen
class Comparable:
    """A number of the size that another one should have.

    It is of `figure`, or of the earlier `report`, or else the target of a KPI. `is_same_figure`: it is the
    same figure a year or more before, or all of last year's, and not that of another month beside it;
    `is_earlier`: it is of an earlier year.
    """

    value: Decimal
    figure: Figure | None = None
    report: PastPeriod | None = None
    is_same_figure: bool = True
    is_earlier: bool = True

    @property
    def is_target(self) -> bool:
        return self.figure is None and self.report is None


@mutable
class SizeEvidence:
    """The typed numbers above 0 of a book, with what each can be compared with.

    `reported` are the values that earlier reports gave for the very same months: they are certain.
    `on_target` are the figures that a KPI divides, where its result is of the size of its target.
    """

    context: CheckContext
    cells: dict[FigureKey, NumberCell] = field(default_factory=dict)
    reported: dict[FigureKey, Comparable] = field(default_factory=dict)
    comparable: dict[FigureKey, list[Comparable]] = field(default_factory=dict)
    counterparts: dict[FigureKey, FigureKey] = field(default_factory=dict)
    on_target: set[FigureId] = field(default_factory=set)

    def in_row_and_column(self, cell: NumberCell) -> Iterator[tuple[FigureKey, Decimal]]:
        """The other numbers of its row and column with its unit, as they are."""
        for key in dict.fromkeys((*self._line_mates(cell, 0), *self._line_mates(cell, 1))):
            other = self.cells[key]
            if other.unit == cell.unit and other.number is not None:
                yield key, other.number

    def alike_in_unit(self, cell: NumberCell) -> list[Comparable]:
        """The other numbers of its row and column with its unit, of other things; none in a list."""
        if cell.table.table.repeating is not None:
            return []
        others = self.in_row_and_column(cell)
        return [
            Comparable(number, self.cells[key].figure, is_same_figure=False)
            for key, number in others
            if not _is_contradicted(self, key)
        ]

    def parallel_figures(self, cell: NumberCell) -> Iterator[FigureKey]:
        """The figures of the same months in the other rows, or else columns, of its table."""
        own, counterpart = figure_key(cell.figure), self.counterparts.get(figure_key(cell.figure))
        axes = _row_and_column(cell)
        if axes[1].months or (counterpart and counterpart[0].row == own[0].row):
            line = 1
        elif axes[0].months or counterpart:
            line = 0
        else:
            return
        yield from (key for key in self._line_mates(cell, line) if key != counterpart)

    def _line_mates(self, cell: NumberCell, axis: int) -> Iterator[FigureKey]:
        """The other figures of its row (axis 0) or of its column (1)."""
        own = figure_key(cell.figure)
        yield from (key for key in self._line_keys.get(_line_name(cell, axis), ()) if key != own)

    @cached_property
    def months(self) -> dict[FigureKey, int]:
        """The months of each number that is a flow, 0 of others."""
        return {key: _flow_months(_span_at(cell)) for key, cell in self.cells.items()}

    @cached_property
    def _line_keys(self) -> dict[tuple[str, ...], list[FigureKey]]:
        found: dict[tuple[str, ...], list[FigureKey]] = {}
        for key, cell in self.cells.items():
            for axis in (0, 1):
                found.setdefault(_line_name(cell, axis), []).append(key)
        return {name: keys for name, keys in found.items() if len(keys) <= _LONGEST_LINE}


def figure_key(figure: Figure) -> FigureKey:
    """The identity and the entity of a figure."""
    return figure.id, figure.entity


def size_evidence(context: CheckContext) -> SizeEvidence:
    """What the sizes of the book's numbers can be compared with."""
    return context.computed_once(_size_evidence)


def _size_evidence(context: CheckContext) -> SizeEvidence:
    cells = [cell for cell in all_number_cells(context) if _has_known_size(cell)]
    times = Counter(figure_key(cell.figure) for cell in cells)
    evidence = SizeEvidence(
        context, {key: cell for cell in cells if times[key := figure_key(cell.figure)] == 1}
    )
    for key, cell in evidence.cells.items():
        reported = _reported_value(context, cell)
        if reported is not None:
            evidence.reported[key] = reported
    for key, now in _keys_of_last_year(evidence):
        evidence.counterparts[key] = now
        evidence.counterparts[now] = key
    evidence.on_target.update(figures_of_plausible_kpis(context))
    targets = dict(figures_and_targets(context))
    for key, cell in evidence.cells.items():
        evidence.comparable[key] = [
            *_values_of_other_years(evidence, cell),
            *_values_in_reports(context, cell),
            *_values_of_other_months(evidence, cell),
            *_target_for_months(cell, targets),
        ]
    return evidence


def _has_known_size(cell: NumberCell) -> bool:
    number = cell.number
    return (
        cell.is_input_cell
        and number is not None
        and number > 0
        and not is_likely_typed_in_points(cell.figure, number)
    )


def _row_and_column(cell: NumberCell) -> tuple[Axis, Axis]:
    table = cell.table.table
    return axes_of_cell(table, *table.positions[cell.figure.id])


def _line_name(cell: NumberCell, axis: int) -> tuple[str, ...]:
    item, table, row, column = cell.figure.id
    return (item, table, "行", row, cell.figure.entity) if axis == 0 else (item, table, "列", column)


def _span_at(cell: NumberCell) -> Span:
    return cell.context.figures.span_of_figure(cell.figure.id)


def _flow_months(span: Span) -> int:
    """The months of a flow, 0 for what does not add up over months."""
    if span.kind is Accumulation.MOMENT:
        return 0
    first, last = span.first, span.last
    return _MONTHS * (last.year - first.year) + last.number - first.number + 1


def _rescaled(
    value: Decimal, months: int, cell: NumberCell, *, own: int, is_month: bool = False
) -> Decimal | None:
    """A value of so many months brought to those of a cell; None where the two cannot be compared.

    If it may be an average, as the header of other months (`is_month`) says, the nearer one of both.
    """
    if months == own or cell.unit == "％":
        return value
    if not months or not own:
        return None
    number, scaled = cell.number or value, value * own / months
    is_sum = is_month and not MEAN.is_in(cell.header_text)
    return scaled if is_sum else min((value, scaled), key=lambda one: size_ratio(one, number))


def is_as_in_last_report(context: CheckContext, figure: Figure) -> bool | None:
    """Whether an earlier report has the same value for the very same months; None where none has one."""
    reported = size_evidence(context).reported.get(figure_key(figure))
    return None if reported is None else figure.displayed_text(reported.value) == figure.printed_text()


def _is_contradicted(evidence: SizeEvidence, key: FigureKey) -> bool:
    """Whether an earlier report has another value for the very same months."""
    if not evidence.reported:
        return False
    reported, figure = evidence.reported.get(key), evidence.cells[key].figure
    return reported is not None and figure.displayed_text(reported.value) != figure.printed_text()


def _reported_value(context: CheckContext, cell: NumberCell) -> Comparable | None:
    """What the newest report gives for the very same months."""
    if not context.history:
        return None
    figure = cell.figure
    found = fact_in_last_years_report(context, figure) or context.computed_once(past_periods).fact_with_span(
        str(figure.id), figure.entity, _span_at(cell)
    )
    value = value_in_same_unit(context, figure, found[1]) if found else None
    return Comparable(value, report=found[0]) if found and value else None


def _keys_of_last_year(evidence: SizeEvidence) -> Iterator[tuple[FigureKey, FigureKey]]:
    """Each figure of last year with this year's of the same table."""
    for figure, entity in evidence.cells:
        table = evidence.context.figures.tables[figure.item, figure.table].table
        now = identity_in_last_years_report(table, *table.positions[figure])
        if now is not None and now != figure and (now, entity) in evidence.cells:
            years = (evidence.context.figures.year_of_figure(one) for one in (now, figure))
            if next(years) - next(years) == 1:
                yield (figure, entity), (now, entity)


def _values_of_other_years(evidence: SizeEvidence, cell: NumberCell) -> Iterator[Comparable]:
    key = evidence.counterparts.get(figure_key(cell.figure))
    other = evidence.cells.get(key) if key else None
    if other is None or key is None or other.number is None or _is_contradicted(evidence, key):
        return
    value = _rescaled(other.number, evidence.months[key], cell, own=_flow_months(_span_at(cell)))
    if value and other.unit == cell.unit:
        yield Comparable(value, other.figure, is_earlier=_span_at(other).last < _span_at(cell).last)


def _values_of_other_months(evidence: SizeEvidence, cell: NumberCell) -> Iterator[Comparable]:
    """The numbers of other months in its row or column; not last year's of the same months."""
    key = figure_key(cell.figure)
    counterpart = evidence.counterparts.get(key)
    months, unit, own = evidence.months, cell.unit, evidence.months[key]
    for axis, along in enumerate((cell.table.table.columns, cell.table.table.rows)):
        if not any(one.months for one in along):
            continue
        for other_key in evidence._line_mates(cell, axis):
            other = evidence.cells[other_key]
            if other_key == counterpart or other.unit != unit or _is_contradicted(evidence, other_key):
                continue
            number, of_other = other.number, months[other_key]
            assert number is not None
            value = number if of_other == own else _rescaled(number, of_other, cell, own=own, is_month=True)
            if value:
                is_last_years = of_other == _MONTHS and _span_at(other).last < _span_at(cell).first
                yield Comparable(value, other.figure, is_same_figure=is_last_years)


def _values_in_reports(context: CheckContext, cell: NumberCell) -> Iterator[Comparable]:
    """The values of earlier reports for other months, the newest of each span."""
    if not context.history:
        return
    figure, table = cell.figure, cell.table.table
    then = identity_in_last_years_report(table, *table.positions[figure.id])
    seen = {_span_at(cell)}
    for identity in dict.fromkeys((figure.id, then) if then else (figure.id,)):
        for period, fact in context.computed_once(past_periods).facts_with_identity(
            str(identity), figure.entity
        ):
            value = value_in_same_unit(context, figure, fact)
            if fact.span is None or fact.span in seen or not value or value < 0:
                continue
            seen.add(fact.span)
            brought = _rescaled(value, _flow_months(fact.span), cell, own=_flow_months(_span_at(cell)))
            if brought:
                yield Comparable(brought, report=period)


def _target_for_months(cell: NumberCell, targets: dict[FigureId, Decimal]) -> Iterator[Comparable]:
    target, span = targets.get(cell.figure.id), _span_at(cell)
    if target and _flow_months(span):
        target = _rescaled(target, _MONTHS, cell, own=_flow_months(span))
    if target:
        yield Comparable(target)
