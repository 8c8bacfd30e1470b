"""What head office publishes comes back as it was written; other files are refused in one sentence."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kenpo_xl.books.common.content_seal import has_valid_seal
from kenpo_xl.books.comparison.national_reader import read_national_book
from kenpo_xl.books.comparison.national_writer import write_national_book
from kenpo_xl.books.comparison.writer import write_comparison_book
from kenpo_xl.domain.outputs.comparison import BranchComparison, Quarter
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.pipeline.branches.national_figures import national_figures
from tests.edited import edited
from tests.pipeline.branches.test_compare import BRANCHES, NOW, changed, compared, kpi, records


def written(comparison: BranchComparison, path: Path) -> Path:
    write_national_book(comparison, national_figures(comparison), path)
    return path


@pytest.fixture(scope="module")
def comparison() -> BranchComparison:
    return compared(dict(records()))


@pytest.fixture(scope="module")
def path(comparison: BranchComparison, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(comparison, tmp_path_factory.mktemp("全国平均") / "全国平均.xlsx")


def test_it_comes_back(comparison: BranchComparison, path: Path) -> None:
    found = read_national_book(path, NOW)
    assert (found.quarter, found.workbook) == (NOW, "全国平均.xlsx")
    for one, expected in zip(found.kpis, national_figures(comparison).kpis, strict=True):
        assert replace(one, mean=None, median=None) == replace(expected, mean=None, median=None)
        assert float(one.mean or 0) == pytest.approx(float(expected.mean or 0), abs=1e-15)
        assert one.median == pytest.approx(expected.median)
    assert found.kpis[0].ranks == {one.branch: one.rank for one in kpi(comparison, "健診実施率").values}


def test_the_same_bytes(comparison: BranchComparison, path: Path, tmp_path: Path) -> None:
    assert written(comparison, tmp_path / "again.xlsx").read_bytes() == path.read_bytes()
    assert has_valid_seal(path)


def test_results_up_to_different_months_are_not_published(tmp_path: Path) -> None:
    from kenpo_xl.domain.time.fiscal_calendar import Month

    comparison = compared(changed(BRANCHES[3], last_month=Month(2024, 11)))
    first = written(comparison, tmp_path / "全国平均.xlsx")
    ratio, count = read_national_book(first, NOW).kpis
    assert (ratio.until, ratio.mean, ratio.median, ratio.ranks) == (None, None, None, {})
    assert count.mean is not None
    sheet = Workbook(first).sheets["全国平均"]
    remark = "支部によって基準月が違うため（令和6年12月、令和6年11月）、載せていません。"
    assert remark in [sheet.text(row, 8) for row in range(5, 8)]


def test_another_quarter_is_refused(path: Path) -> None:
    with pytest.raises(KenpoError) as error:
        read_national_book(path, Quarter(FiscalYear(2024), 12))
    assert str(error.value) == (
        "全国平均.xlsx は令和6年度 12月までのものです（この計画は令和6年度 3月まで）。使っていません。"
    )


def test_a_number_that_head_office_corrected_counts(path: Path, tmp_path: Path) -> None:
    with edited(path, tmp_path / "全国平均.xlsx") as book:
        book["全国平均"]["E5"], book["全国平均"]["E6"] = 0.5, "調整中"
    ratio, count = read_national_book(tmp_path / "全国平均.xlsx", NOW).kpis
    assert (ratio.mean, count.mean) == (Decimal("0.5"), None)


def test_other_workbooks_are_refused(comparison: BranchComparison, tmp_path: Path) -> None:
    other = tmp_path / "全国平均.xlsx"
    write_comparison_book(comparison, other)
    with pytest.raises(KenpoError, match="compare で作った全国平均のブックではありません"):
        read_national_book(other, NOW)
    other.write_bytes(b"no workbook")
    with pytest.raises(KenpoError, match=r"全国平均\.xlsx"):
        read_national_book(other, NOW)
