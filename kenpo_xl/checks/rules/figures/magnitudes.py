"""値: rates of an impossible or unlikely size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import input_text_for_value, value_text
from kenpo_xl.checks.support.number_cells import (
    LEAST_DOUBTFUL,
    MAY_FALL,
    NumberCell,
    all_number_cells,
    figures_in_row_and_column,
    median_of_neighbours,
)
from kenpo_xl.checks.support.shares import NO_SHARE
from kenpo_xl.checks.support.sizes.comparable_sizes import is_as_in_last_report
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.results.figures import Figure

_SHARE = AnyOf("率|割合|比率|シェア|構成比")
_MAY_EXCEED = AnyOf("達成|進捗|執行|消化|充足|稼働|収支|利回")
# A ratio to last year is doubtful from 1000 ％ on; up to this a rate may be one in points.
_DOUBTFUL_RATIO, _MOST = Decimal(10), Decimal(100)
_SURE_POINTS = 5
_MOST_TIMES = 300


@rule(
    rule_codes.IMPOSSIBLE_PERCENTAGE,
    Family.VALUES,
    Severity.WARNING,
    "割合が 0％ から 100％ の間にありません",
    why="全体に対する割合は 100％ を超えず、マイナスにもなりません。",
    remedy="元の資料で値を確かめてください。",
    superseded_by=(rule_codes.REPORTED_FIGURE_CHANGED, rule_codes.LAST_YEAR_DIFFERS_FROM_REPORT),
)
def impossible_percentage(context: CheckContext) -> Iterator[Violation]:
    """A typed rate below 0, or above 1 with a header of a share (率, 割合, 構成比).

    Except headers of values that may exceed or fall: 達成, 進捗, 執行, 対比, 前年比, 増減, 伸び …; and where
    the value is a hundred times too large (VA07, VA08).
    """
    for cell in all_number_cells(context):
        rate = cell.rate_as_fraction if cell.is_input_cell else None
        if rate is None or _is_rate_off_by_hundred(cell):
            continue
        if _is_rate_impossible_in_cell(cell, rate):
            limit = "マイナスです" if rate < 0 else "100％ を超えています"
            yield cell.violation(
                f"{cell.name}が {cell.displayed_value()} で、{limit}。",
                "元の資料で値を確かめて、正しい割合を入れてください。",
            )


@rule(
    rule_codes.PERCENT_OR_POINTS,
    Family.VALUES,
    Severity.ERROR,
    "％の欄の値が 100 倍または 100 分の 1 です",
    why="％の書式の欄に 96.5 を貼ると 9650％ に、24.45 と書く欄に 0.2445 と入れると 0.24％ になります。",
    remedy="％の書式の欄には 96.5% と、書式に％のない欄には 96.5 と入れてください。",
)
def percent_or_points(context: CheckContext) -> Iterator[Violation]:
    """96.5 typed where 0.965 is held, or 0.965 where 96.5 is.

    In a percent format: from 1.5 (150 ％) to 100, where a hundredth is nearer to the usual rate beside it,
    or nothing is beside it; for a ratio to last year from 10. In points: at most 1, where a hundredfold is
    nearer to a usual rate of 5 or more.
    """
    for cell in all_number_cells(context):
        meant = _intended_rate(cell)
        if meant is not None:
            right, likely = input_text_for_value(cell.figure, meant), value_text(context, cell.figure, meant)
            yield cell.violation(
                f"{cell.name}が {cell.displayed_value()} になっています。{likely} の誤りではありませんか。",
                f"{right} と入れ直してください。",
                likely,
            )


@rule(
    rule_codes.RATE_FAR_FROM_USUAL,
    Family.VALUES,
    Severity.WARNING,
    "率が横や前年の値とかけ離れています",
    why="0.85％ の欄に 0.85 と入れると 85％ になります。桁の違いは見落とされやすい誤りです。",
    remedy="小数点の位置と％の付け方を確かめてください。",
)
def rate_far_from_usual(context: CheckContext) -> Iterator[Violation]:
    """A typed rate that is 30 to 300 times the usual rate beside it, or such a part of it.

    Where only last year's is beside it, both are marked, unless an earlier report shows which is right.
    """
    for cell in all_number_cells(context):
        near = _usual_rate_if_off_by_hundred(cell)
        if near is None or _intended_rate(cell) is not None or cell.number is None:
            continue
        other = _only_rate_beside(cell)
        agrees = is_as_in_last_report(context, other) if other else True
        if agrees is not False:
            yield _violation_for_far_rate(cell, near, other if agrees is None else None)


def _only_rate_beside(cell: NumberCell) -> Figure | None:
    """The number of its row and column if there is only one, which is last year's."""
    beside = figures_in_row_and_column(cell)
    return beside[0] if len(beside) == 1 else None


def _violation_for_far_rate(cell: NumberCell, near: Decimal, other: Figure | None) -> Violation:
    """The violation of a rate; with `other`, which may as well be wrong, it expects no value."""
    context, number = cell.context, cell.number or Decimal(0)
    meant = number / 100 if number > near else number * 100
    right, likely = input_text_for_value(cell.figure, meant), value_text(context, cell.figure, meant)
    around = value_text(context, cell.figure, near)
    fact = f"{cell.name}が {cell.displayed_value()} で、並びの {around} などとおよそ 100 倍違います。"
    hint = f"{likely} の誤りなら {right} と入れ直してください。"
    if other is None or other.source is None:
        return cell.violation(fact, hint, likely)
    fact = f"{cell.name}が {cell.displayed_value()} で、前年の {around} とおよそ 100 倍違います。"
    hint = f"{hint}前年（{other.source.cell}）が違うときは、そちらを入れ直してください。"
    return replace(cell.violation(fact, hint), related=(other.source,))


def _is_rate_impossible_in_cell(cell: NumberCell, rate: Decimal) -> bool:
    if rate < 0:
        return not MAY_FALL.is_in(cell.header_text)
    # a caption such as KPI達成状況 says nothing of a column that is a share by its own name
    words = cell.own_headers if _SHARE.is_in(cell.own_headers) else cell.header_text
    return rate > 1 and _SHARE.is_in(words) and not (_MAY_EXCEED.is_in(words) or NO_SHARE.is_in(words))


def figures_with_misplaced_point(context: CheckContext) -> set[FigureId]:
    """The figures that VA07 or VA08 report; rules on values derived from them skip these."""
    cells = (cell for cell in all_number_cells(context) if cell.unit == "％")
    return {cell.figure.id for cell in cells if _is_rate_off_by_hundred(cell)}


def _is_rate_off_by_hundred(cell: NumberCell) -> bool:
    """Whether a rate is likely a hundred times too large or small."""
    return _intended_rate(cell) is not None or _usual_rate_if_off_by_hundred(cell) is not None


def _positive_rate(cell: NumberCell) -> Decimal | None:
    """The number of a typed rate above 0."""
    value = cell.number
    if value is None or not cell.is_input_cell or cell.unit != "％":
        return None
    return value if value > 0 else None


def _smallest_doubtful_rate(cell: NumberCell) -> Decimal:
    return _DOUBTFUL_RATIO if NO_SHARE.is_in(cell.header_text) else LEAST_DOUBTFUL


def _intended_rate(cell: NumberCell) -> Decimal | None:
    """The intended value of a rate typed a hundred times too large or small for its format."""
    value = _positive_rate(cell)
    if value is None:
        return None
    near = median_of_neighbours(cell)
    if cell.figure.cell.format.is_percent:
        if not _smallest_doubtful_rate(cell) <= value <= _MOST:
            return None
        return value / 100 if near is None or _is_nearer_by_ratio(value / 100, value, near) else None
    if value > 1 or near is None or near < _SURE_POINTS:
        return None
    return value * 100 if _is_nearer_by_ratio(value * 100, value, near) else None


def _usual_rate_if_off_by_hundred(cell: NumberCell) -> Decimal | None:
    """The usual rate beside one that is about a hundred times as large or small, else None."""
    value = _positive_rate(cell)
    if value is None:
        return None
    near = median_of_neighbours(cell)
    if not near:
        return None
    times = max(value / near, near / value)
    least = cell.context.threshold(rule_codes.RATE_FAR_FROM_USUAL)
    return near if least <= times <= _MOST_TIMES else None


def _is_nearer_by_ratio(one: Decimal, other: Decimal, to: Decimal) -> bool:
    """Whether `one` is fewer times `to` than `other` is."""
    return max(one / to, to / one) < max(other / to, to / other)
