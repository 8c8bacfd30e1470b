"""Which months a figure of a table covers, and how: from the words of its row and its column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kenpo_xl.domain.calendar import MONTHS_OF_FISCAL_YEAR, Month, fiscal_month
from kenpo_xl.domain.placeholders import Tense, tense_of
from kenpo_xl.domain.plan import Axis, CellKind, Table
from kenpo_xl.domain.times import Kind, Span

WHOLE_YEAR = _FIRST, _LAST = MONTHS_OF_FISCAL_YEAR[0], MONTHS_OF_FISCAL_YEAR[-1]
LAST_YEAR = (Tense.SAME_PERIOD, Tense.YEAR_END)
# What the words of a head say, the first that is found counts: `{年度}（{基準月}現在）` is the year so far.
_WORDS = (
    (re.compile(r"まで|累計"), Kind.CUMULATIVE),
    (re.compile(r"末|時点|\{基準日\}"), Kind.MOMENT),
    (re.compile(r"\{年度略?\}"), Kind.CUMULATIVE),
    (re.compile(r"現在"), Kind.MOMENT),
    (re.compile(r"\{(?:年月|基準年月|前年同月)\}"), Kind.MONTH),
)
# Row and column may both speak: 期末残高 of {年度}（{基準月}まで） is that of a moment.
_STRONGEST = (Kind.MOMENT, Kind.MONTH, Kind.CUMULATIVE)


def span_of(table: Table, row: int, column: int, fiscal_year: int, as_of: int) -> Span:
    """The span of a body cell in a plan of `fiscal_year`; `as_of` is its as-of month (1 to 12).

    A kind in the name frame counts before the head. A head that names months covers them, 通期 in the
    course of the year those up to the as-of month. 前年度末 is the whole year before, or its last month
    where its table speaks of moments. 計画値 are those of the whole year. What says nothing of itself, such
    as 全国平均 beside {年月}, is read as this year's row or column beside it.
    """
    axes = (table.columns[column], table.rows[row])
    tenses = {tense for tense in map(tense_spoken, axes) if tense in LAST_YEAR}
    year = fiscal_year - bool(tenses)
    said = next((axis.kind for axis in axes if axis.kind), None)
    named = next((axis.months for axis in axes if axis.months), None)
    if named and (named != WHOLE_YEAR or tenses):
        return _covering(year, *named, said or _kind_of(*named))
    kind = said or _strongest([_spoken(table.columns, axes[0]), _spoken(table.rows, axes[1])])
    if Tense.YEAR_END in tenses:
        return _covering(year, _FIRST, _LAST, said or (Kind.MOMENT if kind is Kind.MOMENT else Kind.YEAR))
    if table.cells[row][column].kind is CellKind.FIXED:
        return _covering(year, _FIRST, _LAST, said or Kind.YEAR)
    return _covering(year, _FIRST, as_of, kind or Kind.CUMULATIVE)


def year_of(fiscal_year: int) -> Span:
    """The whole of a fiscal year."""
    return _covering(fiscal_year, _FIRST, _LAST, Kind.YEAR)


def year_to(last: Month) -> Span:
    """The fiscal year up to and with a month."""
    return _covering(last.fiscal_year, _FIRST, last.number, Kind.CUMULATIVE)


def _covering(year: int, first: int, last: int, kind: Kind) -> Span:
    """The span of a kind from months 1 to 12; the year so far is the whole of it when it ends."""
    match kind:
        case Kind.MONTH | Kind.MOMENT:
            first = last
        case Kind.YEAR:
            first, last = _FIRST, _LAST
        case Kind.CUMULATIVE:
            first = _FIRST if first == last else first
            kind = Kind.YEAR if (first, last) == WHOLE_YEAR else kind
    return Span(fiscal_month(year, first), fiscal_month(year, last), kind)


def _kind_of(first: int, last: int) -> Kind:
    return Kind.MONTH if first == last else Kind.CUMULATIVE


def tense_spoken(axis: Axis) -> Tense | None:
    """The year that an axis speaks of; 参考 and その他 say none, so that their heads do."""
    if axis.tense in (Tense.REFERENCE, Tense.OTHER):
        return next(filter(None, map(tense_of, axis.labels)), None)
    return axis.tense


def _spoken(axes: Sequence[Axis], own: Axis) -> Kind | None:
    """What an axis says of its kind, else what all of this year beside it say."""
    kind = _kind_in(own)
    if kind or own.tense in (None, Tense.CURRENT):
        return kind
    beside = {_kind_in(axis) for axis in axes if axis.tense is Tense.CURRENT}
    return beside.pop() if len(beside) == 1 else None


def _kind_in(axis: Axis) -> Kind | None:
    words = "".join(axis.labels)
    return axis.kind or next((kind for pattern, kind in _WORDS if pattern.search(words)), None)


def _strongest(kinds: Sequence[Kind | None]) -> Kind | None:
    return next((kind for kind in _STRONGEST if kind in kinds), None)
