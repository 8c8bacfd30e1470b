"""How a figure of last year was called in last year's own report, on the tables of the sample."""

from __future__ import annotations

import pytest

from kenpo_xl.books.plan.layout.header_times import axis_from_header
from kenpo_xl.domain.numbers.exact import number_format
from kenpo_xl.domain.plan.last_year import identity_in_last_years_report
from kenpo_xl.domain.plan.table import Axis, CellDefinition, CellKind, FigureId, Table
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from tests.sample import sample_plan


def then(identity: str) -> str | None:
    key = FigureId(*identity.split("/"))
    table = sample_plan().tables[key.item, key.table]
    found = identity_in_last_years_report(table, *table.positions[key])
    return str(found) if found else None


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("1-2-2/決定達成/前年/達成率", "1-2-2/決定達成/当年/達成率"),
        ("1-2-3/柔整照会/請求件数/前年", "1-2-3/柔整照会/請求件数/当年"),
        ("1-2-4/査定率/前年同月/査定率", "1-2-4/査定率/当月/査定率"),
        ("1-2-4/査定金額/前年/4~6月", "1-2-4/査定金額/当年/4~6月"),
        ("1-2-5/保険者間調整/回収件数/前年", "1-2-5/保険者間調整/回収件数/通期"),
        ("2-4/広報物の発行状況/前年4月/メールマガジン", "2-4/広報物の発行状況/4月/メールマガジン"),
    ],
)
def test_the_row_or_column_of_this_year(now: str, expected: str) -> None:
    assert then(now) == expected


@pytest.mark.parametrize(
    "now",
    [
        "1-2-2/決定達成/当年/達成率",
        "1-2-4/査定率/全国平均/査定率",
        "1-2-5/保険者間調整/回収件数/通期",
    ],
)
def test_what_is_not_of_last_year_has_none(now: str) -> None:
    assert then(now) is None


@pytest.mark.parametrize("now", ["今年度実績", "本年度実績", "当年度実績"])
def test_words_for_this_year_are_alike(now: str) -> None:
    axes = [axis_from_header(name, (name,), (), FiscalYear(2024)) for name in ("前年度実績", "目標", now)]
    cell = CellDefinition(CellKind.TYPED, number_format("#,##0"))
    rows, cells = (Axis("計", ("計",)),), ((cell, cell, cell),)
    table = Table("件数", "1-1", "", (), rows, tuple(axes), cells, (), (), 1, 1)
    assert identity_in_last_years_report(table, 0, 0) == FigureId("1-1", "件数", "計", now)
