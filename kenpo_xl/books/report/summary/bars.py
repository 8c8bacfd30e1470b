"""What is drawn on the sheet 概要: ratings by chapter, each KPI against its target, and its trend."""

from __future__ import annotations

from decimal import Decimal

from kenpo_xl.books.report.summary.drawn_bars import BAND, DARK, TRACK, WHITE, Box, DrawnBars, Place
from kenpo_xl.domain.outputs.summary import RatingCounts, SummaryKpi
from kenpo_xl.domain.plan.ratings import Direction

# The end of the axis: the target is at four fifths of it.
_END = Decimal("1.25")
_AIR = 6
# Pixels of the target's mark, of that of last year, and of the gap in a bar that goes on.
_MARK, _LAST_YEAR, _GAP, _REST = 4, 7, 3, 7
_STEP_LINE, _SMALL = 3, Decimal("0.05")
# From dark to light, the best step of the scale first; a line parts them where they look alike.
_STEPS = (DARK, "#6F86B5", "#CBD4E6", "#404040", WHITE)


def draw_rating_bar(bars: DrawnBars, place: Place, counts: RatingCounts, size: tuple[int, int]) -> None:
    """Draw the shares of a chapter's ratings, best first; `size` is width and height in pixels."""
    width, height = size
    whole = counts.total + counts.unrated
    left = 0.0
    for step, count in enumerate(counts.counts):
        part = width * count / whole if whole else 0
        if part:
            fill = _STEPS[min(step, len(_STEPS) - 1)]
            bars.draw(place, Box(left, _AIR, part, height - 2 * _AIR), fill, outlined=True)
        left += part


def draw_bullet(bars: DrawnBars, place: Place, line: SummaryKpi, size: tuple[int, int]) -> None:
    """Draw a KPI's result against its target; nothing where one of them is unknown.

    A band is the share that the months that are over let expect, a hollow mark last year's same period.
    A range is a frame with a mark at both of its ends.
    """
    aim, result = line.assessment.aim, line.drawn_share(line.assessment.assessment.result)
    if aim is None or result is None:
        return
    width, height = size
    axis = _Axis(width - 2 * _AIR)
    top, tall = _AIR - 1, height - 2 * (_AIR - 1)
    bars.draw(place, Box(_AIR, top, axis.width, tall), TRACK, meaning=_bars_in_words(line))
    expected = line.drawn_share(line.expected)
    if expected is not None:
        bars.draw(place, Box(_AIR, top, axis.pixels(expected), tall), BAND)
    ends = [share for share in map(line.drawn_share, (aim.value, aim.upper)) if share is not None]
    if len(ends) > 1:
        left, right = map(axis.pixels, ends)
        bars.draw(place, Box(_AIR + left, 4, right - left, height - 8), WHITE, outlined=True)
    _draw_result(bars, place, line, axis, height)
    for end in ends:
        bars.draw(place, Box(_AIR + axis.pixels(end) - _MARK / 2, 3, _MARK, height - 6), "#000000")
    then = line.drawn_share(line.assessment.assessment.same_period)
    if then is not None and 0 <= then <= _END:
        draw_last_year_mark(bars, place, _AIR + axis.pixels(then), height)


def draw_last_year_mark(bars: DrawnBars, place: Place, centre: float, height: int) -> None:
    """Draw the hollow mark of last year's same period."""
    tall = height - 2 * _AIR
    bars.draw(place, Box(centre - _LAST_YEAR / 2, _AIR, _LAST_YEAR, tall), WHITE, outlined=True)


def draw_trend(bars: DrawnBars, place: Place, line: SummaryKpi, size: tuple[int, int]) -> None:
    """Draw the results of the year's periods as a line in steps, each with an equal share of the width."""
    width, height = size
    slot = (width - 2 * _AIR) / len(line.periods)
    levels = _trend_levels(line, height - 2 * _AIR - _STEP_LINE)
    for number, level in enumerate(levels):
        if level is None:
            continue
        left, top = _AIR + number * slot, _AIR + level
        bars.draw(place, Box(left, top, slot, _STEP_LINE), DARK, meaning=_trend_meaning(line, number))
        before = levels[number - 1] if number else None
        if before is not None and round(before) != round(level):
            tall = abs(level - before) + _STEP_LINE
            bars.draw(place, Box(left - 0.5, _AIR + min(level, before), 1, tall), DARK)


def _trend_levels(line: SummaryKpi, height: float) -> list[float | None]:
    """The distance from the top of each period's line in pixels, None where there is none.

    What changed by less than a twentieth does not fill the height: it would look like more.
    """
    known = [value for value in line.trend if value is not None]
    if not known:
        return []
    low, high = min(known), max(known)
    scale = max(high - low, max(map(abs, known)) * _SMALL)
    rest = (scale - (high - low)) / 2
    return [
        None if value is None or not scale else float((high - value + rest) / scale) * height
        for value in line.trend
    ]


def _trend_meaning(line: SummaryKpi, number: int) -> str:
    """The trend in words, which its last line has."""
    if number < len(line.trend) - 1:
        return ""
    show = line.assessment.kpi.format.displayed_text
    words = (
        f"{name} {show(value)}"
        for name, value in zip(line.periods, line.trend, strict=False)
        if value is not None
    )
    return f"{line.name}の推移: {'、'.join(words)}"


class _Axis:
    """Shares of the target in pixels, from 0 to the end of the axis."""

    def __init__(self, width: float) -> None:
        self.width = width

    def pixels(self, share: Decimal) -> float:
        return float(min(max(share, Decimal(0)), _END) / _END) * self.width


def _draw_result(bars: DrawnBars, place: Place, line: SummaryKpi, axis: _Axis, height: int) -> None:
    """Draw the bar of the result: hollow where less is better, with a gap where it goes on."""
    share = line.drawn_share(line.assessment.assessment.result)
    assert share is not None
    is_low = line.assessment.kpi.direction is Direction.AT_MOST
    fill = WHITE if is_low else DARK
    tall = max(height // 3, 8)
    top, length = (height - tall) / 2, axis.pixels(share)
    if share > _END:
        rest = Box(_AIR + length - _REST, top, _REST, tall)
        bars.draw(place, rest, fill, outlined=is_low)
        length -= _REST + _GAP
    if length > 0:
        bars.draw(place, Box(_AIR, top, length, tall), fill, outlined=is_low)


def _bars_in_words(line: SummaryKpi) -> str:
    """What the drawing says, in words."""
    kpi = line.assessment
    parts = [f"{line.name}: 目標 {kpi.target_in_words}", f"実績 {kpi.result_text}"]
    if line.expected is not None:
        parts.append(f"月割 {kpi.kpi.format.displayed_text(line.expected)}")
    if kpi.assessment.same_period is not None:
        then = kpi.kpi.format.displayed_text(kpi.assessment.same_period)
        parts.append(f"{kpi.assessment.last_years_period_name} {then}")
    return "、".join(parts)
