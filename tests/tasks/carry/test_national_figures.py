"""全国平均.xlsx in a period folder: in new books, in checks; absent, of another quarter, or not certain."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from kenpo_xl.books.comparison.national_writer import write_national_book
from kenpo_xl.domain.outputs.comparison import BranchComparison, Quarter
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, Month
from kenpo_xl.pipeline.branches.national_figures import national_figures
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.check import CheckResult, check_books
from kenpo_xl.tasks.nightly.fingerprint import scan_period
from kenpo_xl.tasks.period.folder import PeriodFolder
from scripts.plan_drawing import PlanDrawing
from tests.drawn import write_drawn_book
from tests.edited import edited
from tests.pipeline.branches.test_compare import BRANCHES, changed, compared, kpi
from tests.tasks.test_build import drawing

LAYOUT = """
ブロック | 1
KPI      | 健診実施率
文       |          | ・実施した。
表       | 健診     | 健診の実施
         |          | 区分               | 実施率   | 順位
         |          | {年度}（{基準月}まで） | ⟪0.0%⟫ | ⟪位⟫
         | 全国平均 その他 累計 | 全国平均（同期比） | ⟪0.0%⟫ | ／
"""
KPI = {
    "指標": "健診実施率",
    "目標": "60.0% ⟪0.0%⟫",
    "実績": "=@1-1/健診/当年/実施率",
    "全国平均": "=@1-1/健診/全国平均/実施率",
    "全国順位": "=@1-1/健診/当年/順位",
}
NAME = "全国平均.xlsx"


def plan() -> PlanDrawing:
    basics = [("支部", BRANCHES[3]), ("年度", 2024), ("四半期", 3), ("グループ", "総務課")]
    town = drawing(LAYOUT)
    measures = [*town.measures[:-1], town.measures[-1] | {"計画内容": "・健診を進める。"}]
    return replace(town, basics=basics, measures=measures, kpis=[KPI])


def published(**changes: object) -> BranchComparison:
    """The comparison of the third quarter, with a change in one branch."""
    return compared(changed(BRANCHES[0], **changes))


def publish(comparison: BranchComparison, folder: Path) -> None:
    write_national_book(comparison, national_figures(comparison), folder / NAME)


@pytest.fixture
def period(tmp_path: Path) -> Path:
    write_drawn_book(tmp_path / "計画.xlsx", plan())
    return tmp_path


def cells(period: Path) -> dict[str, object]:
    """The typed cells of the table, by header."""
    sheet = openpyxl.load_workbook(period / "入力" / "総務課.xlsm")["1-1"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    row = next(row for row in rows if "全国平均（同期比）" in row)
    at = row.index("全国平均（同期比）")
    above = rows[rows.index(row) - 1]
    return {"mean": row[at + 1], "rank": above[at + 2], "result": above[at + 1]}


def test_new_books_hold_what_was_published(period: Path) -> None:
    comparison = published()
    publish(comparison, period)
    done = build_books(period)
    ratio = kpi(comparison, "健診実施率")
    rank = next(one.rank for one in ratio.values if one.branch == BRANCHES[3])
    assert cells(period) == {"mean": pytest.approx(float(ratio.mean or 0)), "rank": rank, "result": None}
    assert (done.failures, "2 か所の値（全国平均.xlsx）" in done.carried) == ((), True)


@pytest.mark.parametrize(
    ("comparison", "said"),
    [
        (
            lambda: replace(published(), quarter=Quarter(FiscalYear(2024), 6)),
            "全国平均.xlsx は令和6年度 9月までのものです",
        ),
        (
            lambda: published(last_month=Month(2024, 11)),
            "全国平均と全国順位は使えません。基準月が支部によって違います。",
        ),
    ],
)
def test_what_is_not_of_the_period_is_told_and_not_used(period: Path, comparison, said: str) -> None:  # type: ignore[no-untyped-def]
    publish(comparison(), period)
    done = build_books(period)
    assert set(cells(period).values()) == {None}
    (sentence,) = done.failures
    assert said in sentence
    (failure,) = checked(period).failures
    assert failure == sentence


def checked(period: Path) -> CheckResult:
    return check_books([period / "入力" / "総務課.xlsm"])


def state(result: CheckResult) -> tuple[list[str], str]:
    """The cells with another number than the published one, and the state of the rule."""
    (book,) = result.books
    found = [one.cell for one in book.findings if one.code == "CO86"]
    return found, next(str(one.status) for one in book.rules if one.code == "CO86")


def test_a_check_compares_what_was_typed(period: Path) -> None:
    build_books(period)
    assert state(checked(period)) == ([], "skipped")
    publish(published(), period)
    assert state(checked(period)) == ([], "ran")
    with edited(period / "入力" / "総務課.xlsm") as book:
        header = next(cell for row in book["1-1"] for cell in row if cell.value == "全国平均（同期比）")
        mean = header.offset(column=1)
        mean.value = 0.5
    assert state(checked(period)) == ([mean.coordinate], "ran")


def test_an_empty_cell_is_told_with_the_published_number(period: Path) -> None:
    """The books were built before head office published."""
    build_books(period)
    with edited(period / "入力" / "総務課.xlsm") as book:
        header = next(cell for row in book["1-1"] for cell in row if cell.value == "全国平均（同期比）")
        header.offset(row=-1, column=1).value = 0.5
        header.offset(row=-1, column=2).value = 3
    comparison = published()
    mean = kpi(comparison, "健診実施率")
    place = header.offset(column=1).coordinate
    usual = "値を記入してください。該当がないときは 0 か「－」を入れてください。"
    assert hint_at(checked(period), place) == usual
    publish(comparison, period)
    assert (
        hint_at(checked(period), place)
        == f"全国平均.xlsx の {mean.value_with_unit(mean.mean)} を記入してください。"
    )


def hint_at(result: CheckResult, cell: str) -> str:
    """The hint of the finding on an empty cell."""
    (book,) = result.books
    return next(one.hint for one in book.findings if (one.code, one.cell) == ("VA01", cell))


def test_a_new_publication_is_seen_by_the_night(period: Path) -> None:
    digests = [scan_period(PeriodFolder(period), period, "").input_digest]
    for result in ("0.2", "0.3"):
        publish(published(result=Decimal(result), numerator=None), period)
        digests.append(scan_period(PeriodFolder(period), period, "").input_digest)
    assert len(set(digests)) == len(digests)
