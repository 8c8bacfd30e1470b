"""値: numbers of an impossible or unlikely size."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import input_text_for_value, name_of_figure, value_text
from kenpo_xl.checks.support.number_cells import (
    LEAST_DOUBTFUL,
    MAY_FALL,
    NumberCell,
    all_number_cells,
    cells_of_table,
    figures_in_row_and_column,
    is_likely_typed_in_points,
    last_year_by_figure,
    median_of_neighbours,
)
from kenpo_xl.checks.support.shares import NO_SHARE
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.numbers.exact import median
from kenpo_xl.domain.plan.table import Axis, FigureId
from kenpo_xl.domain.results.figures import Figure

_SHARE = AnyOf("率|割合|比率|シェア|構成比")
_MAY_EXCEED = AnyOf("達成|進捗|執行|消化|充足|稼働|収支|利回")
# A ratio to last year is doubtful from 1000 ％ on; up to this a rate may be one in points.
_DOUBTFUL_RATIO, _MOST = Decimal(10), Decimal(100)
_SURE_POINTS = 5
_HUNDREDFOLD = (30, 300)
# A jump is reported for numbers of at least this size, if it is this near to 10, 100 or 1000.
_LARGE = 100
_NEAR = (Decimal("0.7"), Decimal("1.4"))
# So many others of a row or column that differ by no more than this are alike; one that is so many times them
# or such a part of them is not.
_LINES = ((4, 2, 7), (2, 3, 70))
# Numbers that differ by no more are of one size.
_ALIKE = 3


@rule(
    rule_codes.IMPOSSIBLE_PERCENTAGE,
    Family.VALUES,
    Severity.WARNING,
    "割合が 0％ から 100％ の間にありません",
    why="全体に対する割合は 100％ を超えず、マイナスにもなりません。",
    remedy="元の資料で値を確かめてください。",
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
        if _is_impossible(cell, rate):
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
    "VA08",
    Family.VALUES,
    Severity.WARNING,
    "率が横や前年の値とかけ離れています",
    why="0.85％ の欄に 0.85 と入れると 85％ になります。桁の違いは見落とされやすい誤りです。",
    remedy="小数点の位置と％の付け方を確かめてください。",
)
def rate_far_from_usual(context: CheckContext) -> Iterator[Violation]:
    """A typed rate that is 30 to 300 times the usual rate beside it, or such a part of it."""
    for cell in all_number_cells(context):
        near = _usual_rate_if_off_by_hundred(cell)
        if near is not None and _intended_rate(cell) is None and cell.number is not None:
            meant = cell.number / 100 if cell.number > near else cell.number * 100
            right, likely = input_text_for_value(cell.figure, meant), value_text(context, cell.figure, meant)
            around = value_text(context, cell.figure, near)
            yield cell.violation(
                f"{cell.name}が {cell.displayed_value()} で、並びの {around} などとおよそ 100 倍違います。",
                f"{likely} の誤りなら {right} と入れ直してください。",
                likely,
            )


@rule(
    "VA13",
    Family.VALUES,
    Severity.INFO,
    "前年と桁が違います",
    why="0 を一つ多く、または少なく入れた誤りは、前年と並べると分かります。",
    remedy="元の資料で桁を確かめてください。正しければそのままで構いません。",
    superseded_by=(rule_codes.IMPOSSIBLE_PERCENTAGE, rule_codes.PERCENT_OR_POINTS),
)
def jump_against_last_year(context: CheckContext) -> Iterator[Violation]:
    """A typed number 10, 100 or 1000 times (70 to 140 ％ of that) last year's, or the inverse.

    Only if both are in one table and cover as many months, the larger is 100 or more (a rate: any), and VA07
    and VA08 do not report it. Without last year's number: seven times the months beside it (or such
    a part) or more, where four or more of them are alike, and seventy times two or more that are about alike.
    """
    for table in context.own_tables:
        earlier = last_year_by_figure(context, table)
        for cell in cells_of_table(context, table):
            then = earlier.get((cell.figure.id, cell.figure.entity)) if cell.is_input_cell else None
            if then is not None and _is_jump(cell, then):
                yield _jump_violation(cell, then)
            size = _usual_size_if_exceptional(cell) if then is None and cell.is_input_cell else None
            if size is not None:
                around = value_text(context, cell.figure, size)
                message = f"{cell.name}の {cell.displayed_value()} は、並びの {around} などと桁が違います。"
                yield cell.violation(message)


def _jump_violation(cell: NumberCell, then: Figure) -> Violation:
    """At this year's number, or at last year's if the other numbers are like this year's."""
    context = cell.context
    now, before = (
        f"{cell.name}の {cell.displayed_value()}",
        f"{name_of_figure(context, then)}の {value_text(context, then)}",
    )
    if then.source and _is_last_year_exceptional(cell, then):
        message = f"{before} は、{now} と桁が違います。"
        return Violation(then.source, then.identity_with_entity, message, actual=value_text(context, then))
    return cell.violation(
        f"{now} は、{name_of_figure(context, then, cell.figure)}の "
        f"{value_text(context, then)} と桁が違います。"
    )


def _is_large_or_rate(cell: NumberCell, *sizes: Decimal) -> bool:
    return max(sizes) >= _LARGE or cell.rate_as_fraction is not None


def _usual_size_if_exceptional(cell: NumberCell) -> Decimal | None:
    """The median of the months beside a number if it alone is of another size, else None."""
    number = abs(cell.number or Decimal(0))
    if not number or _is_rate_off_by_hundred(cell):
        return None
    for sizes in _sizes_in_row_and_in_column(cell):
        for count, alike, times in _LINES:
            if len(sizes) >= count and sizes[-1] <= alike * sizes[0]:
                usual_size = median(sizes)
                far = max(number / usual_size, usual_size / number) >= times
                if far and _is_large_or_rate(cell, number, usual_size):
                    return usual_size
    return None


def _sizes_in_row_and_in_column(cell: NumberCell) -> Iterator[list[Decimal]]:
    """The sizes of other numbers of as many months, sorted: of its row, then of its column."""
    table = cell.table.table
    own = table.positions[cell.figure.id]
    months = [_count_of_months(axes[at]) for axes, at in zip((table.rows, table.columns), own, strict=True)]
    beside = (
        [
            (table.positions[one.id], abs(one.printed_number))
            for one in figures_in_row_and_column(cell)
            if one.printed_number
        ]
        if any(months)
        else []
    )
    for place, axes in enumerate((table.rows, table.columns)):
        yield sorted(
            size
            for at, size in beside
            if at[1 - place] == own[1 - place]
            and months[place]
            and _count_of_months(axes[at[place]]) == months[place]
        )


def _count_of_months(axis: Axis) -> int:
    """How many months the header of a row or column names."""
    return (axis.months[1] - axis.months[0]) % 12 + 1 if axis.months else 0


def _is_last_year_exceptional(cell: NumberCell, then: Figure) -> bool:
    """Whether the other numbers are of the size of this year's and not of last year's."""
    others = [
        abs(one.printed_number)
        for one in figures_in_row_and_column(cell)
        if one is not then and one.printed_number
    ]
    if not others or not cell.number or not then.printed_number:
        return False
    usual_size = median(others)
    times = [max(abs(one) / usual_size, usual_size / abs(one)) for one in (cell.number, then.printed_number)]
    return times[0] <= _ALIKE and times[1] >= _NEAR[0] * 10


def _is_jump(cell: NumberCell, then: Figure) -> bool:
    number, before = cell.number, then.printed_number
    if not number or not before or number * before < 0 or is_likely_typed_in_points(then, before):
        return False
    large = _is_large_or_rate(cell, abs(number), abs(before))
    times = max(number / before, before / number)
    near = any(_NEAR[0] * scale <= times <= _NEAR[1] * scale for scale in (10, 100, 1000))
    return large and near and not _is_rate_off_by_hundred(cell)


def _is_impossible(cell: NumberCell, rate: Decimal) -> bool:
    if rate < 0:
        return not MAY_FALL.is_in(cell.header_text)
    may_exceed = _MAY_EXCEED.is_in(cell.header_text) or NO_SHARE.is_in(cell.header_text)
    return rate > 1 and _SHARE.is_in(cell.header_text) and not may_exceed


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
    return near if _HUNDREDFOLD[0] <= times <= _HUNDREDFOLD[1] else None


def _is_nearer_by_ratio(one: Decimal, other: Decimal, to: Decimal) -> bool:
    """Whether `one` is fewer times `to` than `other` is."""
    return max(one / to, to / one) < max(other / to, to / other)
