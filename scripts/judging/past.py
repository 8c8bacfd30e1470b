"""Earlier periods of an office that agree with its present one: what its books then held.

Last year's columns of today are this year's columns of a year ago. Where nothing of today tells a figure, it
is made up: a little less than it is today, and of the same size.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from zlib import crc32

from kenpo_xl.domain.plan.figure_span import LAST_YEAR, effective_year_role, span_of_cell
from kenpo_xl.domain.plan.last_year import identity_in_last_years_report
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import CellKind, FigureId, Table
from kenpo_xl.domain.results.figures import Figures
from kenpo_xl.domain.submission.submission import (
    Entry,
    ItemEntry,
    LineEntry,
    RowEntry,
    Submission,
    TableEntry,
)
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, Month
from kenpo_xl.domain.time.span import Accumulation, Span
from kenpo_xl.pipeline.recompute import recompute_figures
from scripts.judging.offices import Office, plan_book, write_period
from scripts.judging.said import changed_numbers, with_digits

# The years of every judged plan begin in April.
_MONTHS_OF_YEAR = FiscalYear(0).months

_MONTH = re.compile(r"(?:令和\s*(\d+)\s*年\s*)?(?<![\d,])(1[0-2]|[1-9])\s*(?:月|/(?=\d))")
_YEAR = re.compile(r"(令和\s*)(\d+|[０-９]+)|(20)(\d\d)(?=\s*年)")
_SMALL = 100
"""Up to here two equal numbers may be equal by chance."""
_LAG = 4
"""So many months an as-of month lies behind the end of its quarter, at most."""
_COUNTS_ON = (Accumulation.CUMULATIVE, Accumulation.YEAR)


def earlier_periods(fiscal_year: int, quarter: int) -> list[tuple[int, int]]:
    """The quarters before this one of the same year, and the same and the last quarter of last year."""
    before = [(fiscal_year, quarter - 1)] if quarter > 1 else []
    return list(dict.fromkeys([*before, (fiscal_year - 1, quarter), (fiscal_year - 1, 4)]))


def write_past(folder: Path, office: Office, plan: Plan) -> Path:
    """Write the earlier periods of an office as folders into `folder`."""
    figures = recompute_figures(plan, tuple(office.submissions.values()))
    for period in earlier_periods(*office.period):
        then = _Then(plan_book(office.name, *period)[1], plan, figures)
        submissions = {group: then.submission(one) for group, one in office.submissions.items()}
        write_period(folder / "-".join(map(str, period)), office.name, period, submissions)
    return folder


@dataclass(frozen=True)
class _Known:
    """A figure of today that tells one of then: the months that it covers, and its value."""

    span: Span
    value: Decimal


class _Then:
    """What was known at the end of an earlier quarter, from the figures of `now`."""

    def __init__(self, plan: Plan, now: Plan, figures: Figures) -> None:
        self.plan, self.now, self.figures = plan, now, figures
        self.years = now.fiscal_year - plan.fiscal_year
        self.end = Month.of(PeriodKey.of(plan).last_day)
        self.known: dict[tuple[FigureId, str], list[_Known]] = {}
        for figure in figures:
            if figure.printed_number is not None:
                self._learn(figure.id, figure.entity, figure.printed_number)
        # Equal numbers of an item are one figure, told in two places.
        self.same: dict[tuple[str, Decimal], Decimal] = {}
        for figure in figures:
            told = [one.value for one in self.known.get((figure.id, figure.entity), ()) if self._is_then(one)]
            if figure.printed_number is not None and figure.printed_number > _SMALL and told:
                self.same[figure.id.item, figure.printed_number] = told[0]

    def _learn(self, identity: FigureId, entity: str, value: Decimal) -> None:
        table = self.now.tables[identity.item, identity.table]
        row, column = table.positions[identity]
        span = self.figures.span_of_figure(identity)
        self.known.setdefault((identity, entity), []).append(_Known(span, value))
        reported = identity_in_last_years_report(table, row, column)
        if reported is not None:
            self.known.setdefault((reported, entity), []).append(_Known(span, value))

    def _is_then(self, one: _Known) -> bool:
        """Whether a figure is of the fiscal year of then, up to the end of its quarter or a little before."""
        year = self.plan.fiscal_year
        behind = year.elapsed_months(self.end) - year.elapsed_months(one.span.last)
        return year.contains(one.span.last) and 0 <= behind <= _LAG and self.years > 0

    def submission(self, now: Submission) -> Submission:
        """What a group submitted then."""
        items = [replace(item, tables=tuple(self._tables(item))) for item in now.items]
        then = recompute_figures(self.plan, (replace(now, items=tuple(items)),))
        changed = {item.item: changed_numbers(item.item, self.figures, then) for item in items}
        return replace(now, items=tuple(self._with_text(item, changed[item.item]) for item in items))

    def _tables(self, item: ItemEntry) -> Iterator[TableEntry]:
        for entry in item.tables:
            table = self.plan.tables[item.item, entry.table]
            months = tuple(self._month(month) for month in entry.months)
            rows = [self._row(row, _TableThen(self, table, entry, months)) for row in entry.rows]
            kept = (row for row in rows if not row.entity or self._is_past(row))
            yield replace(entry, months=months, rows=tuple(kept))

    def _is_past(self, row: RowEntry) -> bool:
        texts = [row.entity, *(cell.value for cell in row.cells if isinstance(cell.value, str))]
        return not any(self.is_later(text) for text in texts)

    def _month(self, month: int | None) -> int | None:
        """The as-of month then: as long before the end of the quarter as it is today."""
        if month is None:
            return None
        earlier = 3 * (self.now.period.number - self.plan.period.number)
        return _MONTHS_OF_YEAR[max(_MONTHS_OF_YEAR.index(month) - earlier, 0)]

    def _row(self, row: RowEntry, table: _TableThen) -> RowEntry:
        values = table.values(row)
        cells = (
            replace(cell, value=value if isinstance(value, Decimal | None) else self._moved(value))
            for cell, value in zip(row.cells, values, strict=True)
        )
        return replace(row, cells=tuple(cells), entity=self._moved(row.entity))

    def _with_text(self, item: ItemEntry, changed: Mapping[tuple[str, str], str]) -> ItemEntry:
        lines = (self._line(line, changed) for line in item.lines)
        return replace(item, lines=tuple(line for line in lines if line is not None))

    def _line(self, line: LineEntry, changed: Mapping[tuple[str, str], str]) -> LineEntry | None:
        """The line as it read then, None for one that was written later."""
        if line.kind is not LineKind.TEXT:
            return line
        text = self._moved(line.text)
        return None if self.is_later(text) else replace(line, text=with_digits(text, changed))

    def _moved(self, text: str) -> str:
        """The text with years moved, and the end of today's quarter (令和 6 年 12 月末) as that of then."""

        def earlier(found: re.Match[str]) -> str:
            if found[3]:
                return f"{found[3]}{int(found[4]) - self.years:02}"
            return f"{found[1]}{int(unicodedata.normalize('NFKC', found[2])) - self.years}"

        def as_of(found: re.Match[str]) -> str:
            return (str(self.end) if found[1] else f"{self.end.number}月") + found[2]

        text = _YEAR.sub(earlier, text) if self.years else text
        if self.end.number == self.now.as_of_month.number:
            return text
        was = rf"(令和\s*\d+\s*年\s*)?(?<!\d){self.now.as_of_month.number}\s*月(末|まで|現在)"
        return re.sub(was, as_of, text)

    def is_later(self, text: str) -> bool:
        """Whether a text names a month of the fiscal year after the end of the quarter."""
        numbers = [int(found[2]) for found in _MONTH.finditer(unicodedata.normalize("NFKC", text))]
        return any(self.end < self.plan.fiscal_year.month(number) for number in numbers)


class _TableThen:
    """One table as it was then: the value of each cell of a row."""

    def __init__(self, then: _Then, table: Table, entry: TableEntry, months: tuple[int | None, ...]) -> None:
        self.then, self.table, self.entry, self.months = then, table, entry, months
        spread = crc32(f"{table.item}/{table.name}/{then.plan.fiscal_year}".encode()) % 9
        self.loss = Decimal(90 + spread) / 100

    def values(self, row: RowEntry) -> list[Decimal | str | None]:
        """The values of a row; a total of the whole year that is known is the sum of its parts."""
        values = [self._value(cell, row, place) for place, cell in enumerate(row.cells)]
        total = self._known_total(row)
        parts = [place for place, _ in enumerate(row.cells) if self._is_part(row.row, place)]
        if total is not None and parts:
            whole = sum((v for place in parts if isinstance(v := values[place], Decimal)), Decimal())
            for place in parts:
                value = values[place]
                if isinstance(value, Decimal):
                    values[place] = (value * total / whole).quantize(Decimal(1), ROUND_HALF_UP)
            rest = sum((v for place in parts[:-1] if isinstance(v := values[place], Decimal)), Decimal())
            values[parts[-1]] = total - rest
        return [
            None if isinstance(value, Decimal) and self._is_to_come(row.row, place) else value
            for place, value in enumerate(values)
        ]

    def _known_total(self, row: RowEntry) -> Decimal | None:
        """The total of the whole year that today's last year's column tells of a row."""
        totals = [place for place, cell in enumerate(row.cells) if cell.formula]
        known = [
            one.value
            for place in totals
            for one in self.then.known.get((self.table.identity(row.row, place), row.entity), [])
            if one.span.kind is Accumulation.YEAR and self.then.plan.fiscal_year.contains(one.span.last)
        ]
        return known[0] if known and self.then.years else None

    def _is_part(self, row: int, place: int) -> bool:
        axes = self.table.columns[place], self.table.rows[row]
        is_last_year = any(effective_year_role(axis) in LAST_YEAR for axis in axes)
        is_typed = self.table.cells[row][place].kind is CellKind.TYPED
        return is_typed and axes[0].months is not None and not is_last_year

    def _is_to_come(self, row: int, place: int) -> bool:
        span = self._span(row, place)
        return self.then.end < span.last

    def _span(self, row: int, place: int) -> Span:
        plan = self.then.plan
        typed = self.months[place if len(self.months) > 1 else 0] if self.months else None
        return span_of_cell(self.table, row, place, plan.fiscal_year, typed or plan.as_of_month.number)

    def _value(self, cell: Entry, row: RowEntry, place: int) -> Decimal | str | None:
        if cell.formula or isinstance(cell.value, str):
            return cell.value
        span, identity = self._span(row.row, place), self.table.identity(row.row, place)
        known = self.then.known.get((identity, row.entity), [])
        told = [one.value for one in known if one.span == span]
        if told:
            return told[0]
        value = cell.value if cell.value is not None else self._usual(row, place)
        if value is None or (table_kind := self.table.cells[row.row][place].kind) is not CellKind.TYPED:
            return value if value is None or table_kind is not CellKind.NOT_APPLICABLE else None
        same = self.then.same.get((identity.item, value))
        return same if same is not None else self._made_up(value, identity, span)

    def _usual(self, row: RowEntry, place: int) -> Decimal | None:
        """The mean of this year's months beside an empty one, in its row or its column."""
        axes = self.table.columns[place], self.table.rows[row.row]
        if not self.then.years or self.table.cells[row.row][place].format.is_text:
            return None
        if axes[0].months:
            beside = [cell.value for at, cell in enumerate(row.cells) if self._is_part(row.row, at)]
        elif axes[1].months:
            beside = [one.cells[place].value for one in self.entry.rows if self._is_same_row(one, row)]
        else:
            return None
        numbers = [value for value in beside if isinstance(value, Decimal)]
        return sum(numbers, Decimal()) / len(numbers) if numbers else None

    def _is_same_row(self, one: RowEntry, row: RowEntry) -> bool:
        """Whether a row of months speaks of the same year as another."""
        years = [effective_year_role(self.table.rows[at.row]) in LAST_YEAR for at in (one, row)]
        return years[0] == years[1]

    def _made_up(self, value: Decimal, identity: FigureId, span: Span) -> Decimal:
        """A value of the same size: by the months it covers, and a few hundredths less a year before."""
        row, column = self.table.positions[identity]
        drawn, now = self.table.cells[row][column].format, self.then.figures.span_of_figure(identity)
        counts_on = now.kind in _COUNTS_ON and self.table.unit_at(row, column) not in ("％", "円", "位")
        elapsed = self.then.plan.fiscal_year.elapsed_months
        factor = Decimal(elapsed(span.last)) / Decimal(elapsed(now.last)) if counts_on else Decimal(1)
        if self.then.years or not counts_on:
            factor *= self.loss
        is_whole = value == value.to_integral_value() and not drawn.is_percent
        places = 0 if is_whole else max(drawn.decimals, 0) + 2 * drawn.is_percent
        return (value * factor).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
