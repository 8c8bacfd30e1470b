"""The workbook of a comparison: every sheet with its numbers, the same bytes each time."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from kenpo_xl.books.common.content_seal import has_valid_seal
from kenpo_xl.books.comparison.writer import write_comparison_book
from kenpo_xl.domain.outputs.comparison import BranchComparison
from kenpo_xl.domain.time.fiscal_calendar import Month
from kenpo_xl.ooxml.workbook import Workbook
from tests.pipeline.branches.test_compare import BRANCHES, NOW, changed, compared, kpi, records


@pytest.fixture(scope="module")
def comparison() -> BranchComparison:
    from decimal import Decimal

    return compared(changed(BRANCHES[5], result=Decimal(9), numerator=None), late={BRANCHES[0]: ("甲",)})


@pytest.fixture(scope="module")
def path(comparison: BranchComparison, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("比較") / "比較.xlsx"
    write_comparison_book(comparison, made)
    return made


def rows(path: Path, name: str) -> list[list[object]]:
    sheet = Workbook(path).sheets[name]
    return [[sheet.value(row, column) for column in range(1, 12)] for row in range(1, 30)]


def test_the_same_bytes(comparison: BranchComparison, path: Path, tmp_path: Path) -> None:
    write_comparison_book(comparison, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()
    assert has_valid_seal(path)


def test_its_sheets(path: Path) -> None:
    lists = ["外れ値", "遅れている支部", "比べられなかった指標"]
    names = ["比較", "推移", "推移の数", "評価の分布", *lists, "指標1", "指標2"]
    assert list(Workbook(path).sheets) == names


def test_the_numbers_of_the_overview(comparison: BranchComparison, path: Path) -> None:
    found, ratio = rows(path, "比較"), kpi(comparison, "健診実施率")
    by_name = {row[0]: row for row in found}
    assert by_name["全国平均"][1] == pytest.approx(float(ratio.mean or 0))
    assert by_name["中央値"][1] == pytest.approx(float(ratio.median or 0))
    for one in ratio.values:
        assert by_name[one.branch][1:4] == [pytest.approx(float(one.result or 0)), one.glyph, one.rank]


def test_a_sheet_of_a_kpi_is_in_the_order_of_ranks(comparison: BranchComparison, path: Path) -> None:
    ratio = kpi(comparison, "健診実施率")
    shown = [row for row in rows(path, "指標1") if row[1] in BRANCHES]
    assert [(row[0], row[1]) for row in shown] == sorted((one.rank, one.branch) for one in ratio.values)
    first = next(one for one in ratio.values if one.rank == 1)
    assert shown[0][6] == round(float(first.to_mean or 0) * 100, 1)
    assert str(shown[0][9]).startswith("実績が中央値から離れています")


@pytest.mark.parametrize(
    ("month", "said"),
    [(12, "基準月は令和6年12月です。"), (11, "基準月は令和6年12月、令和6年11月が混じっています。")],
)
def test_a_kpi_says_up_to_which_month_its_results_count(tmp_path: Path, month: int, said: str) -> None:
    write_comparison_book(compared(changed(BRANCHES[3], last_month=Month(2024, month))), tmp_path / "a.xlsx")
    facts = str(rows(tmp_path / "a.xlsx", "指標1")[2][0])
    assert said in facts


@pytest.mark.parametrize("is_alone", [True, False])
def test_one_quarter_alone_is_drawn_by_marks(tmp_path: Path, is_alone: bool) -> None:
    """A line needs two points; charts without any would be empty."""
    kept = {
        key: ones
        for key, ones in records()
        if not is_alone or key.year_and_months == (NOW.fiscal_year, NOW.months)
    }
    write_comparison_book(compared(kept), tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package:
        small = package.read("xl/charts/chart1.xml").decode()
    assert small.count('<c:symbol val="circle"/>') == 3 * is_alone
    assert small.count('<c:symbol val="none"/>') == 3 * (not is_alone)


def test_the_lists(path: Path) -> None:
    assert ["健診実施率", BRANCHES[5]] in [row[:2] for row in rows(path, "外れ値")]
    assert [BRANCHES[0], "提出期限を過ぎています: 甲"] in [row[:2] for row in rows(path, "遅れている支部")]
    assert "ありません。" in [row[0] for row in rows(path, "比べられなかった指標")]
