"""The columns of the sheet 概要: narrow ones of equal width, which each part of the page joins for itself."""

from __future__ import annotations

from collections.abc import Iterable

from kenpo_xl.books.common.text_metrics import line_width, printable_text
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.lengths import HalfWidths
from kenpo_xl.domain.outputs.summary import Summary

UNIT = 20
"""The width of a narrow column in pixels."""
SIZE = 10
"""The points of a text that has no size of its own."""
_ALL = 63
# Pixels of a half-width character for each point of its font.
_PIXELS_OF_HALF = 0.67
# A rating in words has so many narrow columns at most.
_MOST_OF_RATING = 6
# Narrow columns of each field; the bars have the rest.
NAME, TARGET, RESULT, MONTH, BAR, SHARE, TREND, ESTIMATE, BASIS, OUTLOOK, RATING = (
    *("指標", "目標", "実績", "時点", "目標に対する実績", "目標比", "推移"),
    *("年度末見込み", "出し方", "見通し", "評価"),
)
_UNITS = {
    NAME: 12,
    TARGET: 6,
    RESULT: 5,
    MONTH: 3,
    SHARE: 3,
    TREND: 5,
    ESTIMATE: 5,
    BASIS: 4,
    OUTLOOK: 4,
    RATING: 3,
}


@frozen
class ColumnSpan:
    """The first and the last column of a field, counted from 0."""

    first: int
    last: int


@frozen
class SummaryColumns:
    """The fields that a summary has, from the left, with their columns."""

    spans: dict[str, ColumnSpan]

    @classmethod
    def of(cls, summary: Summary) -> SummaryColumns:
        """Fewer fields for a year without history or without outlooks; the bars are wider then."""
        shown = [NAME, TARGET, RESULT, MONTH, BAR, SHARE]
        shown += [TREND] if summary.has_trend else []
        shown += [ESTIMATE, BASIS, OUTLOOK] if summary.shows_outlooks else []
        shown += [RATING]
        widths = {**_UNITS, RATING: _column_count_of_ratings(summary)}
        room = _ALL - sum(widths.get(field, 0) for field in shown)
        spans: dict[str, ColumnSpan] = {}
        first = 0
        for field in shown:
            units = widths.get(field, room)
            spans[field] = ColumnSpan(first, first + units - 1)
            first += units
        return cls(spans)

    @property
    def count(self) -> int:
        """The number of narrow columns."""
        return _ALL

    @staticmethod
    def pixel_width(span: ColumnSpan) -> int:
        """The width of some columns in pixels."""
        return (span.last - span.first + 1) * UNIT


def line_length(pixels: int, size: float = SIZE) -> HalfWidths:
    """The half-width characters of a line in a cell so many pixels wide, in a font of so many points."""
    return int(pixels / (_PIXELS_OF_HALF * size)) - 1


def width_of_widest_text(texts: Iterable[str]) -> HalfWidths:
    """The half-width characters of the longest text, 0 for none."""
    return max((line_width(printable_text(text)) for text in texts), default=0)


def fitting_column_count(widest: int, least: int, most: int, *, size: float = SIZE) -> int:
    """The narrow columns, `least` to `most`, in which so many half-width characters have one line."""
    units = range(least, most)
    return next((count for count in units if widest <= line_length(count * UNIT, size)), max(least, most))


def _column_count_of_ratings(summary: Summary) -> int:
    """The narrow columns of the ratings: more where the steps of the scale are words."""
    return fitting_column_count(
        width_of_widest_text(one.rating_in_brackets for one in summary.kpis), _UNITS[RATING], _MOST_OF_RATING
    )
