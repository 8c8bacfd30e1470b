"""An ordinary report, item, block, table; a test overrides the one thing that it is about."""

from __future__ import annotations

from decimal import Decimal

from kenpo_xl.domain.outputs.report import (
    Report,
    ReportBlock,
    ReportCell,
    ReportItem,
    ReportLine,
    ReportSection,
    ReportTable,
    Tone,
)
from kenpo_xl.domain.plan.headers import Header
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear

WORDS = {
    "西暦年度": "2024（令和6）年度",
    "和暦年度": "令和6年度",
    "支部": "埼玉支部",
    "表題": "埼玉支部事業実施状況",
    "四半期": "第3四半期",
    "開催日": "2025（令和7）年1月17日",
    "会議": "第4回埼玉支部評議会",
    "資料番号": "資料4",
    "基準日": "令和6年12月末",
}
LEGEND = "◎計画を大幅に上回る、〇計画通り、△実施中または計画を下回る、×未実施"
SENTENCE = "・適切な進捗管理を行い、サービススタンダード（受付日から10営業日以内の支払い）を遵守する。"


def count(number: str, tone: Tone = Tone.TYPED) -> ReportCell:
    return ReportCell(Decimal(number), '#,##0" 件"', f"{int(number):,} 件", tone)


def rate(number: str) -> ReportCell:
    value = Decimal(number)
    return ReportCell(value, "0.0%", f"{value * 100:.1f}%", Tone.COMPUTED)


def words(text: str) -> ReportCell:
    return ReportCell(text, "", text)


def table(**changes: object) -> ReportTable:
    """Last year in brackets below this year; a rate; a place that does not apply."""
    values: dict[str, object] = {
        "caption": "サービススタンダードの達成状況",
        "corner": (Header("年度", 0, 0),),
        "header_rows": 1,
        "header_columns": 1,
        "column_headers": (Header("決定件数", 0, 0), Header("達成率", 0, 1), Header("備考", 0, 2)),
        "row_headers": (Header("令和6年度（10月まで）", 0, 0), Header("（同年同期）", 1, 0)),
        "rows": (
            (count("43089"), rate("0.965"), words("速報値")),
            (count("42133"), rate("1"), ReportCell(None, "", "／", Tone.NOT_APPLICABLE)),
        ),
        "notes": ("※ 速報値は12月に確定する。",),
        "joined": frozenset({1}),
    }
    if isinstance(changes.get("corner"), str):
        changes["corner"] = (Header(str(changes["corner"]), 0, 0),)
    return ReportTable(**{**values, **changes})  # type: ignore[arg-type]


def long_table(rows: int) -> ReportTable:
    return table(
        caption="実施会場の一覧",
        row_headers=tuple(Header(f"第{row}会場", row, 0) for row in range(rows)),
        rows=tuple((count(str(1000 + row)), rate("0.5"), words(f"備考{row}")) for row in range(rows)),
        joined=frozenset(),
    )


def block(
    *lines: ReportLine, sentences: tuple[str, ...] = (SENTENCE,), rating: str = "△", as_of: str = ""
) -> ReportBlock:
    usual = (ReportLine("・進捗状況を日次で管理、適正に業務を実施。"),)
    return ReportBlock(sentences, lines or usual, rating, as_of)


def full_block() -> ReportBlock:
    return block(
        ReportLine("・進捗状況を日次で管理、適正に業務を実施。"),
        ReportLine("■ 令和6年度目標（KPI）：達成率100％", kpi=True),
        ReportLine(table=table()),
    )


def section(*items: ReportItem, name: str = "1-(2)", title: str = "（２）業務改革の実践") -> ReportSection:
    return ReportSection(name, "１．基盤的保険者関係", title, items)


def report(*blocks: ReportBlock, item: str = "② サービス水準の向上", **changes: object) -> Report:
    """A report of one section with one item."""
    only = section(ReportItem(item, blocks or (full_block(),)))
    values: dict[str, object] = {"words": WORDS, "legend": LEGEND, "sections": (only,)}
    values["fiscal_year"] = FiscalYear(2024)
    return Report(**{**values, **changes})  # type: ignore[arg-type]
