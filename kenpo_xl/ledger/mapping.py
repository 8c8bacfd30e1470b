"""Records of a period as rows of tables, and rows as records."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Table

from kenpo_xl.domain.findings.finding import Family, Finding, Severity
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.numbers.exact import decimal_text
from kenpo_xl.domain.outputs.ledger_records import (
    FileRecord,
    FindingRecord,
    KpiRecord,
    LineRecord,
    OutputRecord,
    RatingRecord,
)
from kenpo_xl.domain.plan.named_parts import NamedPart
from kenpo_xl.domain.plan.ratings import Direction
from kenpo_xl.domain.results.facts import Fact, Origin
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.time.fiscal_calendar import Month, era_name_letter_and_year
from kenpo_xl.domain.time.span import Accumulation, Span
from kenpo_xl.ledger.schema import FACTS, FILES, FINDINGS, KPIS, LINES, OUTPUTS, PARTS, RATINGS, VALIDITY

Record = TypeVar("Record")
# As large as Excel's, as small as a product of two of them.
_NUMBER = re.compile(r"-?[0-9]{1,310}(?:\.[0-9]{1,700})?")
_MOST_PLACES = 30
LATE_SEPARATOR = "、"
"""Between the names of groups in a column."""
Content = tuple[Any, ...]


@frozen
class TableMapping(Generic[Record]):
    """A table with the conversion of a record to the content of a row and back.

    `statement_columns` are the columns that identify the statement of a row, independent of its cell.
    """

    table: Table
    statement_columns: tuple[str, ...]
    content_of: Callable[[Record], Content]
    record_from: Callable[..., Record]

    @property
    def columns(self) -> list[ColumnElement[Any]]:
        """The columns with the content of a row, in order."""
        return [column for column in self.table.columns if column.name not in VALIDITY]

    @property
    def column_names(self) -> list[str]:
        return [column.name for column in self.table.columns if column.name not in VALIDITY]

    def statement_key_function(self) -> Callable[[Content], Content]:
        """A function from the content of a row to the values that identify its statement."""
        positions = [self.column_names.index(name) for name in self.statement_columns]
        return lambda content: tuple(content[position] for position in positions)


def _source_values(source: Source | None) -> tuple[str, str, str]:
    return (source.workbook, source.sheet, source.cell) if source else ("", "", "")


def _source_from(*parts: str) -> Source | None:
    return Source(*parts) if any(parts) else None


def _number_text(value: Decimal | None) -> str | None:
    """A number as text, None for one beyond the bounds of a ledger."""
    text = "" if value is None else decimal_text(value)
    return text if _NUMBER.fullmatch(text) else None


def _number_from(text: str | None) -> Decimal | None:
    """The number in a text, None for none; ValueError for one beyond the bounds of a ledger."""
    if text is None:
        return None
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"no number: {text[:40]}")
    return Decimal(text)


def _checked_decimals(decimals: int | None) -> int | None:
    if decimals is not None and abs(decimals) > _MOST_PLACES:
        raise ValueError(f"no places of a number: {decimals}")
    return decimals


def _span_values(span: Span | None) -> tuple[str, str, str] | tuple[None, None, None]:
    return (_month_text(span.first), _month_text(span.last), span.kind.value) if span else (None, None, None)


def _month_text(month: Month) -> str:
    return f"{month.year:04}-{month.number:02}"


@lru_cache(maxsize=1024)
def _span_from(first: str | None, last: str | None, kind: str | None) -> Span | None:
    """The span in three columns, which thousands of facts share."""
    if first is None or last is None or kind is None:
        return None
    span = Span(_month_from(first), _month_from(last), Accumulation(kind))
    if span.first > span.last:
        raise ValueError(f"no span: {first} {last}")
    return span


def _month_from(text: str) -> Month:
    """The month in a text (YYYY-MM); ValueError for any other, and before the first known era."""
    month = Month.of(date.fromisoformat(f"{text}-01"))
    era_name_letter_and_year(month.last_day)
    return month


def _fact_row(fact: Fact) -> Content:
    return (
        *(fact.identity, fact.entity, *_span_values(fact.span), _number_text(fact.value), fact.unit),
        *(
            _number_text(fact.typed),
            fact.typed_text,
            _number_text(fact.computed),
            fact.rounding,
            fact.decimals,
        ),
        *(fact.origin.value, fact.item, fact.item_title, fact.group, fact.table, fact.row, fact.column),
        *_source_values(fact.source),
    )


def _fact_from_columns(*content: Any) -> Fact:
    identity, entity, first, last, kind, value, unit = content[:7]
    typed, typed_text, computed, rounding, decimals = content[7:12]
    origin, item, item_title, group, table, row, column = content[12:19]
    return Fact(
        identity,
        Origin(origin),
        item,
        item_title,
        group,
        table=table,
        row=row,
        column=column,
        entity=entity,
        span=_span_from(first, last, kind),
        unit=unit,
        typed=_number_from(typed),
        typed_text=typed_text,
        computed=_number_from(computed),
        value=_number_from(value),
        rounding=rounding,
        decimals=_checked_decimals(decimals),
        source=_source_from(*content[19:]),
    )


def _line_row(one: LineRecord) -> Content:
    return one.item, one.block, one.number, one.text, *_source_values(one.source), one.text_field


def _line_from_columns(item: str, block: str, number: int, text: str, *source_and_field: str) -> LineRecord:
    *source, text_field = source_and_field
    return LineRecord(item, block, number, text, _source_from(*source), text_field)


def _rating_row(one: RatingRecord) -> Content:
    return (
        *(one.item, one.block, one.kpi, one.given, one.computed, one.final, one.printed),
        *(one.explanation, one.reason, *_source_values(one.source)),
    )


def _rating_from_columns(*content: str) -> RatingRecord:
    names = ("item", "block", "kpi", "given", "computed", "final", "printed", "explanation", "reason")
    texts = dict(zip(names, content[:9], strict=True))
    return RatingRecord(**texts, source=_source_from(*content[9:]))


def _finding_row(one: FindingRecord) -> Content:
    found = one.finding
    return (
        *(found.code, found.family.value, found.severity.value, one.group, found.stored_identity),
        *(found.message, found.hint, found.actual, found.expected, one.reason),
        *(found.workbook, found.sheet, found.cell),
    )


def _finding_from_columns(*content: str) -> FindingRecord:
    code, family, severity, group, identity, message, hint, actual, expected, reason, *place = content
    workbook, sheet, cell = place
    finding = Finding(
        code,
        Family(family),
        Severity(severity),
        workbook,
        sheet,
        cell,
        identity,
        message,
        hint,
        actual,
        expected,
    )
    return FindingRecord(finding, group, reason)


_KPI_NUMBERS = ("target", "result", "same_period", "numerator", "denominator")


def _kpi_row(one: KpiRecord) -> Content:
    return (
        *(one.name, one.common_key, one.item, one.block, one.unit, one.decimals, one.direction.value),
        *(_number_text(getattr(one, name)) for name in _KPI_NUMBERS),
        *(_month_text(one.last_month), int(one.under_way), one.step, one.glyph, one.printed),
    )


def _kpi_from_columns(*content: Any) -> KpiRecord:
    name, common_key, item, block, unit, decimals, direction = content[:7]
    numbers = dict(zip(_KPI_NUMBERS, map(_number_from, content[7:12]), strict=True))
    last_month, under_way, step, glyph, printed = content[12:]
    return KpiRecord(
        name,
        common_key,
        item,
        block,
        unit,
        _checked_decimals(decimals),
        Direction(direction),
        **numbers,
        last_month=_month_from(last_month),
        under_way=bool(under_way),
        step=step,
        glyph=glyph,
        printed=printed,
    )


FILES_SEEN = TableMapping[FileRecord](
    FILES,
    ("path", "content"),
    lambda one: (one.path, one.kind, one.content, one.group),
    FileRecord,
)
FACTS_KEPT = TableMapping[Fact](
    FACTS,
    ("identity", "entity", "first_month", "last_month", "kind", "value", "unit"),
    _fact_row,
    _fact_from_columns,
)
LINES_KEPT = TableMapping[LineRecord](
    LINES,
    ("item", "block", "text_field", "text"),
    _line_row,
    _line_from_columns,
)
RATINGS_KEPT = TableMapping[RatingRecord](
    RATINGS,
    ("item", "block", "kpi", "printed", "computed"),
    _rating_row,
    _rating_from_columns,
)
FINDINGS_KEPT = TableMapping[FindingRecord](
    FINDINGS, ("code", "group_name", "identity"), _finding_row, _finding_from_columns
)
PARTS_NAMED = TableMapping[NamedPart](
    PARTS,
    ("item", "block"),
    lambda one: (one.item, one.number, one.title, one.block, one.block_name, one.text),
    NamedPart,
)
OUTPUTS_WRITTEN = TableMapping[OutputRecord](
    OUTPUTS, ("path", "content"), lambda one: (one.path, one.content, one.input_digest), OutputRecord
)
KPIS_KEPT = TableMapping[KpiRecord](
    KPIS,
    ("name", "result", "target", "glyph", "printed"),
    _kpi_row,
    _kpi_from_columns,
)
