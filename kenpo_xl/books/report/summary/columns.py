"""The columns of the sheet 概要: narrow ones of equal width, which each part of the page joins for itself."""

from __future__ import annotations

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.summary import Summary

UNIT = 20
"""The width of a narrow column in pixels."""
_ALL = 63
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
        """Fewer fields for a year without history or without outlooks; the bars then have their room."""
        shown = [NAME, TARGET, RESULT, MONTH, BAR, SHARE]
        shown += [TREND] if summary.has_trend else []
        shown += [ESTIMATE, BASIS, OUTLOOK] if summary.shows_outlooks else []
        shown += [RATING]
        room = _ALL - sum(_UNITS.get(field, 0) for field in shown)
        spans: dict[str, ColumnSpan] = {}
        first = 0
        for field in shown:
            units = _UNITS.get(field, room)
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
