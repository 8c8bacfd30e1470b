"""The columns of a list of facts, the same on the sheet 数値 and in what is exported."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.results.facts import Fact
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, Month, fiscal_year_text
from kenpo_xl.domain.time.span import Span

Datum = str | int | Decimal | None


@frozen
class FactColumn:
    """A column: its header, the type of its values, and the value of a fact ('' or None without).

    The value is that in a plan with such fiscal years.
    """

    header: str
    type: type[str] | type[int] | type[Decimal]
    of: Callable[[Fact, FiscalYear], Datum]


def _span_column_getter(of: Callable[[Span], Datum]) -> Callable[[Fact, FiscalYear], Datum]:
    return lambda fact, _: of(fact.span) if fact.span else ""


def _source_column_getter(of: Callable[[Source], str]) -> Callable[[Fact, FiscalYear], Datum]:
    return lambda fact, _: of(fact.source) if fact.source else ""


def _iso_month(month: Month) -> str:
    return f"{month.year}-{month.number:02}"


def _era_year(fact: Fact, year: FiscalYear) -> str:
    return fiscal_year_text(year.of(fact.span.last)) if fact.span else ""


CELL_HEADER = "セル"
COLUMNS = (
    FactColumn("識別名", str, lambda fact, _: fact.identity),
    FactColumn("出どころ", str, lambda fact, _: fact.origin.value),
    FactColumn("項", str, lambda fact, _: fact.item),
    FactColumn("項の題", str, lambda fact, _: fact.item_title),
    FactColumn("表", str, lambda fact, _: fact.table),
    FactColumn("行", str, lambda fact, _: fact.row),
    FactColumn("列", str, lambda fact, _: fact.column),
    FactColumn("対象", str, lambda fact, _: fact.entity),
    FactColumn("年度", int, lambda fact, year: int(year.of(fact.span.last)) if fact.span else None),
    FactColumn("年度（和暦）", str, _era_year),
    FactColumn("開始年月", str, _span_column_getter(lambda span: _iso_month(span.first))),
    FactColumn("開始年月（和暦）", str, _span_column_getter(lambda span: str(span.first))),
    FactColumn("終了年月", str, _span_column_getter(lambda span: _iso_month(span.last))),
    FactColumn("終了年月（和暦）", str, _span_column_getter(lambda span: str(span.last))),
    FactColumn("期間の種類", str, _span_column_getter(lambda span: span.kind.value)),
    FactColumn("単位", str, lambda fact, _: fact.unit),
    FactColumn("入力値", Decimal, lambda fact, _: fact.typed),
    FactColumn("入力した文字", str, lambda fact, _: fact.typed_text),
    FactColumn("計算値", Decimal, lambda fact, _: fact.computed),
    FactColumn("印字値", Decimal, lambda fact, _: fact.value),
    FactColumn("端数処理", str, lambda fact, _: fact.rounding),
    FactColumn("小数桁", int, lambda fact, _: fact.decimals),
    FactColumn("グループ", str, lambda fact, _: fact.group),
    FactColumn("ファイル", str, _source_column_getter(lambda source: source.workbook)),
    FactColumn("シート", str, _source_column_getter(lambda source: source.sheet)),
    FactColumn(CELL_HEADER, str, _source_column_getter(lambda source: source.cell)),
)
