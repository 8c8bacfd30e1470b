"""値: numbers that leave the line of the months, or of the years, that they are in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial
from itertools import chain

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import value_text
from kenpo_xl.checks.support.kpi_targets import figures_and_independent_targets
from kenpo_xl.checks.support.number_cells import size_ratio
from kenpo_xl.checks.support.past_reports import axes_of_cell, name_with_months
from kenpo_xl.checks.support.sizes.comparable_sizes import (
    FigureKey,
    SizeEvidence,
    figure_key,
    size_evidence,
)
from kenpo_xl.checks.support.sizes.differences import CODES_OF_DIFFERENCES
from kenpo_xl.checks.support.sizes.lines_of_months import (
    CLEARLY,
    FEWEST,
    Line,
    has_counterpart,
    is_far_quotient,
    is_this_year,
    lines_of_months,
    moved_likewise_last_year,
    number_of_figure,
    other_quotients,
    quotients_to_last_year,
)
from kenpo_xl.checks.support.sizes.odd_sizes import odd_sizes
from kenpo_xl.checks.support.sizes.stated_reasons import has_stated_reason
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.results.figures import Figure
from kenpo_xl.domain.time.span import Accumulation

_LARGE = 100
# A target and a result are alike, and another number is far from both: a count, and a rate.
_ALIKE, _FAR, _FAR_RATE = Decimal("1.25"), Decimal(2), Decimal("1.5")


@frozen
class _Odd:
    """A number that leaves its line; `beside` are those that show it.

    `is_either`: the first of them may be wrong as well. `quotients` are its own to last year, and the
    smallest and largest of all others; `target` is that of its KPI.
    """

    key: FigureKey
    beside: tuple[Figure, ...]
    is_either: bool = False
    quotients: tuple[Decimal, ...] = ()
    target: Decimal | None = None


@rule(
    "VA22",
    Family.VALUES,
    Severity.WARNING,
    "ほかの月や前年との並びから外れています",
    why="79.77％ を 59.77％ と打った数は、前後の月や、前年と比べたほかの数の並びから離れるので分かります。",
    remedy="元の資料を確かめ、違っていれば入れ直してください。正しければ、理由を残してください。",
    superseded_by=(
        "VA18",
        "VA21",
        "VA29",
        "TI11",
        "TI12",
        "TI13",
        "TI14",
        "TI18",
        rule_codes.NEGATIVE_COUNT,
        rule_codes.IMPOSSIBLE_PERCENTAGE,
        rule_codes.PERCENT_OR_POINTS,
        rule_codes.RATE_FAR_FROM_USUAL,
        *CODES_OF_DIFFERENCES,
    ),
)
def number_leaves_its_line(context: CheckContext) -> Iterator[Violation]:
    """A typed number is far from its neighbors in a line of months, or from last year's as no other is.

    A line has four numbers and more. The distance of a number from the numbers before and behind it is
    compared with the largest of all others: four times as far (in logarithms), and 4 % at least of rates,
    levels and running totals, more where few numbers show it, twofold of counts of single months. Where
    last year's line is beside, what was so last year too is silent, and a quotient of the two years
    twice as far off as all others spread is reported. Also a KPI's number, or last year's, that is far from
    the other one and the target, which are alike. Silent where an earlier report has the number, and where a
    line of the item gives it, or its month, with the reason.
    """
    evidence = size_evidence(context)
    for odd in context.computed_once(_odd_numbers):
        if not has_stated_reason(context, evidence.cells[odd.key].figure):
            yield _violation_for_odd_number(evidence, odd)


def figures_off_their_line(context: CheckContext) -> frozenset[FigureId]:
    """The figures that VA22 reports; a rule on values derived from them skips these."""
    return frozenset(odd.key[0] for odd in context.computed_once(_odd_numbers))


def _odd_numbers(context: CheckContext) -> list[_Odd]:
    evidence = size_evidence(context)
    found: list[_Odd] = []
    seen = {
        key
        for odd in odd_sizes(context)
        for key in _number_and_counterpart(evidence, figure_key(odd.cell.figure))
    }
    for odd in chain(
        _odd_numbers_of_months(evidence),
        _numbers_with_odd_quotients(evidence),
        _numbers_odd_beside_target(evidence),
    ):
        if odd.key not in seen and not _is_figure_in_earlier_report(evidence, odd.key):
            seen.update(_number_and_counterpart(evidence, odd.key))
            found.append(odd)
    return found


def _number_and_counterpart(evidence: SizeEvidence, key: FigureKey) -> tuple[FigureKey, FigureKey]:
    """A number with the one of the other year beside it."""
    return key, evidence.counterparts.get(key, key)


def _is_figure_in_earlier_report(evidence: SizeEvidence, key: FigureKey) -> bool:
    reported = evidence.reported.get(key)
    return reported is not None and reported.value == number_of_figure(evidence, key)


def _violation_for_odd_number(evidence: SizeEvidence, odd: _Odd) -> Violation:
    cell = evidence.cells[odd.key]
    context, own = cell.context, f"{name_with_months(cell.context, cell.figure)}の {cell.displayed_value()} "
    cells = tuple(one.source for one in odd.beside if one.source)
    beside = "、".join(f"{value_text(context, one)}（{one.source.cell}）" for one in odd.beside if one.source)
    if odd.target is not None:
        beside += f"や KPI の目標の {value_text(context, cell.figure, odd.target)} "
    if not odd.quotients:
        return replace(cell.violation(f"{own}は、{beside}と大きく違います。"), related=cells)
    times, low, high = (f"{one:.2f} 倍" for one in odd.quotients)
    others = low if low == high else f"{low}から {high}"
    message = f"{own}は前年の {beside}の {times}ですが、横のほかの数は前年の {others}です。"
    either = f"違う方（ここか {cells[0].cell}）を" if odd.is_either and cells else "違っていれば"
    hint = f"元の資料を確かめ、{either}入れ直してください。正しければ、理由を残してください。"
    return replace(cell.violation(message, hint), related=cells)


def _odd_numbers_of_months(evidence: SizeEvidence) -> Iterator[_Odd]:
    """The numbers that leave their line of months, or whose quotient to last year leaves that of others."""
    lines = evidence.context.computed_once(lines_of_months)
    places = {key: (line, place) for line in lines for place, key in enumerate(line.keys)}
    for line in lines:
        quotients = quotients_to_last_year(evidence, line.keys)
        quotients = quotients if len(quotients) > FEWEST else {}
        for key in quotients:
            if is_this_year(evidence, key) and is_far_quotient(quotients, key):
                yield _odd_one_of_number_and_counterpart(
                    evidence, key, places, _quotient_and_extremes(quotients, key)
                )
        place = line.place_of_outlier(partial(_is_outlier_explained, evidence, line, quotients))
        if place is not None:
            yield _Odd(line.keys[place], _figures_of_keys(evidence, line.neighbors(place)))


def _is_outlier_explained(
    evidence: SizeEvidence, line: Line, quotients: dict[FigureKey, Decimal], place: int
) -> bool:
    """Whether last year's line does the same, or is too short to say so."""
    key = line.keys[place]
    if key in quotients:
        return moved_likewise_last_year(quotients, line, place)
    return has_counterpart(evidence, key)


def _figures_of_keys(evidence: SizeEvidence, keys: list[FigureKey]) -> tuple[Figure, ...]:
    return tuple(evidence.cells[key].figure for key in keys)


def _quotient_and_extremes(
    quotients: dict[FigureKey, Decimal], key: FigureKey
) -> tuple[Decimal, Decimal, Decimal]:
    """The quotient of a number, the smallest and the largest of all others."""
    others = other_quotients(quotients, key)
    return quotients[key], min(others), max(others)


def _odd_one_of_number_and_counterpart(
    evidence: SizeEvidence,
    key: FigureKey,
    places: dict[FigureKey, tuple[Line, int]],
    shown: tuple[Decimal, Decimal, Decimal],
) -> _Odd:
    """The one of a number and last year's that is farther from its own line; the later of both otherwise."""
    then = evidence.counterparts[key]
    own, other = (
        places[one][0].times_outside(places[one][1]) if one in places else Decimal(1) for one in (key, then)
    )
    if other > own * CLEARLY:
        return _Odd(then, _figures_of_keys(evidence, places[then][0].neighbors(places[then][1])))
    is_either = own <= other * CLEARLY
    return _Odd(key, _figures_of_keys(evidence, [then]), is_either=is_either, quotients=shown)


def _numbers_with_odd_quotients(evidence: SizeEvidence) -> Iterator[_Odd]:
    """The numbers whose quotient to last year is far from those of the others of a table without months."""
    tables: dict[tuple[str, str], list[FigureKey]] = {}
    for key in evidence.counterparts:
        if has_counterpart(evidence, key) and key in evidence.cells and is_this_year(evidence, key):
            tables.setdefault(key[0][:2], []).append(key)
    for keys in tables.values():
        if len(keys) < FEWEST or any(number_of_figure(evidence, key) < _LARGE for key in keys):
            continue
        if _has_months(evidence, keys[0]):
            continue
        quotients = quotients_to_last_year(evidence, keys)
        for key in keys:
            if is_far_quotient(quotients, key):
                beside = _figures_of_keys(evidence, [evidence.counterparts[key]])
                yield _Odd(key, beside, is_either=True, quotients=_quotient_and_extremes(quotients, key))


def _has_months(evidence: SizeEvidence, key: FigureKey) -> bool:
    table = evidence.cells[key].table.table
    return any(axis.months for axis in axes_of_cell(table, *table.positions[key[0]]))


def _numbers_odd_beside_target(evidence: SizeEvidence) -> Iterator[_Odd]:
    """A KPI's number, or last year's, where the other one is as large as the target and it is not."""
    for identity, target in figures_and_independent_targets(evidence.context):
        now = (identity, "")
        then = evidence.counterparts.get(now)
        if (
            then is None
            or not {now, then} <= evidence.cells.keys()
            or not _are_of_one_table_and_unit(evidence, now, then)
        ):
            continue
        far = _FAR_RATE if evidence.cells[now].unit == "％" else _FAR
        for one, other in ((now, then), (then, now)):
            own, beside = number_of_figure(evidence, one), number_of_figure(evidence, other)
            is_far = min(size_ratio(own, beside), size_ratio(own, target)) >= far
            if is_far and size_ratio(beside, target) <= _ALIKE:
                yield _Odd(one, _figures_of_keys(evidence, [other]), target=target)


def _are_of_one_table_and_unit(evidence: SizeEvidence, *keys: FigureKey) -> bool:
    """Whether two numbers are levels, or rates of the same months, which a target is compared with as is."""
    spans = [evidence.context.figures.span_of_figure(key[0]) for key in keys]
    if all(span.kind is Accumulation.MOMENT for span in spans):
        return True
    is_rate = all(evidence.cells[key].unit == "％" for key in keys)
    return is_rate and len({span.last.number for span in spans}) == 1
