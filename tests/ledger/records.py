"""An ordinary period as a run sees it; a test changes the one thing that it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from kenpo_xl.domain.findings.finding import Family, Finding, Severity
from kenpo_xl.domain.outputs.ledger_place import LedgerPlace
from kenpo_xl.domain.outputs.ledger_records import (
    FileRecord,
    FindingRecord,
    KpiRecord,
    LineRecord,
    Outcome,
    OutputRecord,
    PeriodRecord,
    RatingRecord,
)
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.ratings import Direction
from kenpo_xl.domain.results.facts import Fact, Origin
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, Month
from kenpo_xl.domain.time.span import Accumulation, Span
from kenpo_xl.ledger import Ledger

Place = TypeVar("Place", bound=LedgerPlace)
KEY = PeriodKey("埼玉支部", FiscalYear(2024), 3)
IDENTITY = "1-2-2/決定達成/当年/達成率"
DAYS = tuple(date(2025, 1, day) for day in range(6, 32))
FACT = Fact(
    IDENTITY,
    Origin.TABLE,
    "1-2-2",
    "② サービス水準の向上",
    "業務グループ",
    table="決定達成",
    row="当年",
    column="達成率",
    span=Span(Month(2024, 4), Month(2024, 12), Accumulation.CUMULATIVE),
    unit="割合",
    typed=Decimal("0.998"),
    computed=Decimal(42_134) / Decimal(42_135),
    value=Decimal("0.998"),
    rounding="四捨五入",
    decimals=2,
    source=Source("業務グループ.xlsm", "1-2-2", "G26"),
)
FINDING = FindingRecord(
    Finding(
        "AR01",
        Family.ARITHMETIC,
        Severity.ERROR,
        "業務グループ.xlsm",
        "1-2-2",
        "G26",
        IDENTITY,
        "達成率が内訳と合いません。",
        "どちらかを直してください。",
        "99.80％",
        "100.00％",
    ),
    "業務グループ",
)
KPI = KpiRecord(
    "サービススタンダードの達成状況",
    "H01",
    "1-2-2",
    "1",
    "％",
    1,
    Direction.AT_LEAST,
    target=Decimal(1),
    result=Decimal("0.998"),
    same_period=None,
    numerator=Decimal(42_134),
    denominator=Decimal(42_135),
    last_month=Month(2024, 12),
    under_way=True,
    step=3,
    glyph="△",
    printed="〇",
)
RECORD = PeriodRecord(
    KEY,
    "令和6年度/第3四半期",
    Outcome("d4", "受付済 1", has_errors=True, until=date(2025, 1, 21), due=date(2025, 1, 20)),
    files=(FileRecord("令和6年度/第3四半期/提出/業務グループ.xlsm", "提出", "a1", "業務グループ"),),
    facts=(FACT, replace(FACT, identity="1-2-2/所要日数/当年/日数", span=None, value=None, source=None)),
    lines=(
        LineRecord("1-2-2", "1", 1, "・31件送付。", Source("業務グループ.xlsm", "1-2-2", "D19")),
        LineRecord("1-2-2", "1", 2, "・研修を行った。"),
    ),
    ratings=(RatingRecord("1-2-2", "1", given="〇", computed="△", printed="〇"),),
    findings=(FINDING,),
    outputs=(OutputRecord("令和6年度/第3四半期/報告/事業実施状況.xlsx", "c3", "b2"),),
    kpis=(KPI,),
)


def kept(place: Place, *records: PeriodRecord) -> Place:
    """A ledger whose runs, one a day, each saw one record."""
    with Ledger.open_for_writing(place) as ledger:
        for day, record in zip(DAYS, records, strict=False):
            with ledger.begin_run(day) as run:
                run.record_period(record)
    return place


def with_fact(**changes: object) -> PeriodRecord:
    """The record with its first fact changed."""
    return replace(RECORD, facts=(replace(FACT, **changes), *RECORD.facts[1:]))  # type: ignore[arg-type]
