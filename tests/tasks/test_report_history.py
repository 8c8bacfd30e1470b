"""The report beside earlier ones: from their folders or from the ledger, and without any."""

from __future__ import annotations

import csv
import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from kenpo_xl.domain.outputs.ledger_records import PeriodRecord
from kenpo_xl.domain.plan.figure_span import whole_year_span
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.results.facts import Fact, Origin, kpi_fact_identity
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.errors import KenpoError
from kenpo_xl.ledger import Ledger
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.export import export_facts
from kenpo_xl.tasks.period.consolidation import consolidate
from kenpo_xl.tasks.period.folder import LEDGER_NAME, PeriodFolder
from kenpo_xl.tasks.period_record import period_record
from kenpo_xl.tasks.report import ReportResult, make_report
from tests.paths import SAMPLE
from tests.sample import consolidated_sample
from tests.tasks.periods import a_year_ago, up_to_september, write_period


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Earlier periods in folders."""
    root = tmp_path_factory.mktemp("保管")
    write_period(root / "第2四半期", 2024, 2, up_to_september)
    write_period(root / "前年度第3四半期", 2023, 3, a_year_ago)
    return root


@pytest.fixture(scope="module")
def kept(folders: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same periods in a ledger."""
    path = tmp_path_factory.mktemp("台帳") / LEDGER_NAME
    with Ledger.open_for_writing(path) as ledger, ledger.begin_run(date(2024, 10, 20)) as run:
        for folder in folders.iterdir():
            run.record_period(period_record(consolidate(PeriodFolder(folder))))
    return path


@pytest.fixture
def root(tmp_path: Path, kept: Path) -> Path:
    """A root with a ledger and, two levels below, the sample."""
    shutil.copy(kept, tmp_path)
    shutil.copytree(SAMPLE, tmp_path / "令和6年度" / "第3四半期", ignore=shutil.ignore_patterns("報告"))
    return tmp_path


def sheets(result: ReportResult) -> list[str]:
    book = openpyxl.load_workbook(result.path, read_only=True)
    names = list(book.sheetnames)
    book.close()
    return names


def test_folders_and_ledger_give_the_same_bytes(root: Path, folders: Path) -> None:
    period = root / "令和6年度" / "第3四半期"
    found, given, read = (
        make_report(period, output=period / "報告" / f"{place}.xlsx", history=past)
        for place, past in enumerate((None, root / LEDGER_NAME, folders))
    )
    assert found.path.read_bytes() == given.path.read_bytes() == read.path.read_bytes()
    assert found.changes is not None
    assert found.changes.since == "令和6年度第2四半期"
    assert str(found.changes) == "指標 11 件、文 122 件、数値 116 件"
    assert sheets(found)[-5:] == ["KPI一覧", "要確認", "変更一覧", "グラフの元データ", "数値"]
    assert found.failures == ()


def test_without_a_past_there_is_no_list(produced: ReportResult) -> None:
    assert produced.changes is None
    assert "変更一覧" not in sheets(produced)


def test_a_ledger_that_knows_no_earlier_period_is_none(root: Path) -> None:
    (root / LEDGER_NAME).unlink()
    with Ledger.open_for_writing(root / LEDGER_NAME) as ledger, ledger.begin_run(date(2025, 1, 10)) as run:
        run.record_period(period_record(consolidated_sample()))
    assert make_report(root / "令和6年度" / "第3四半期").changes is None


def test_a_target_of_last_years_result_is_that_of_last_years_report(root: Path) -> None:
    identity, key = (
        kpi_fact_identity("ジェネリック医薬品使用割合", "実績"),
        PeriodKey("埼玉支部", FiscalYear(2023), 4),
    )
    place = Source("企画総務グループ.xlsm", "2-3-1", "E15")
    result = Fact(
        identity,
        Origin.KPI,
        "2-3-1",
        "",
        "企画総務グループ",
        span=whole_year_span(FiscalYear(2023)),
        unit="割合",
    )
    with Ledger.open_for_writing(root / LEDGER_NAME) as ledger, ledger.begin_run(date(2024, 5, 1)) as run:
        fact = replace(result, value=Decimal("0.851"), source=place)
        run.record_period(PeriodRecord(key, facts=(fact,)))
    period = root / "令和6年度" / "第3四半期"
    with export_facts(period).path.open(encoding="utf-8-sig", newline="") as exported:
        rows = list(csv.DictReader(exported))
    (printed,) = (row for row in rows if row["識別名"] == "指標/ジェネリック医薬品使用割合/目標")
    assert (printed["印字値"], printed["ファイル"]) == ("0.851", f"{key.label} {place.workbook}")
    remarks = [str(one) for one in make_report(period).remarks]
    assert not [one for one in remarks if one.startswith("目標値なし")]


def test_a_damaged_ledger_above_stops_no_report(root: Path) -> None:
    (root / LEDGER_NAME).write_bytes(b"")
    result = make_report(root / "令和6年度" / "第3四半期")
    assert result.path.is_file()
    assert result.changes is None
    (failure,) = result.failures
    assert failure.startswith("前の期とは比べていません。")
    assert "壊れています" in failure
    assert (root / LEDGER_NAME).read_bytes() == b""


def test_a_damaged_ledger_that_was_asked_for_does(root: Path) -> None:
    (root / LEDGER_NAME).write_bytes(b"")
    with pytest.raises(KenpoError, match="壊れています"):
        make_report(root / "令和6年度" / "第3四半期", history=root / LEDGER_NAME)
    assert not (root / "令和6年度" / "第3四半期" / "報告").exists()


def test_a_check_finds_the_same_with_folders_and_with_a_ledger(kept: Path, folders: Path) -> None:
    from_ledger, from_folders = (check_books([SAMPLE], history=past) for past in (kept, folders))
    assert from_ledger == from_folders
    assert {one.status for book in from_ledger.books for one in book.rules} == {"ran"}


@pytest.mark.period
def test_a_check_with_a_ledger_of_another_branch_has_no_past(tmp_path: Path) -> None:
    with Ledger.open_for_writing(tmp_path / LEDGER_NAME):
        pass
    checked = check_books([SAMPLE], history=tmp_path / LEDGER_NAME)
    assert {one.status for book in checked.books for one in book.rules} == {"ran", "skipped"}


def trend_rows(result: ReportResult) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(result.path, read_only=True)
    found = [tuple(cell.value for cell in row) for row in book["推移"].iter_rows(min_row=2)]
    book.close()
    return found


def test_a_sheet_shows_the_kpis_through_quarters_and_years(root: Path, folders: Path, tmp_path: Path) -> None:
    """From a ledger and from folders; left out unless it is asked for."""
    period = root / "令和6年度" / "第3四半期"
    made = make_report(period, trend=True, output=tmp_path / "推移.xlsx")
    rows = [row for row in trend_rows(made) if row[0] == "健康保険委員の委嘱事業所数"]
    assert [row[1:6] for row in rows] == [
        ("令和5年12月末", "時点", 10_250, None, "令和5年度第3四半期"),
        ("令和6年9月末", "時点", 10_125, None, "令和6年度第2四半期"),
        ("令和6年12月末", "時点", 11_251, 1_001, "令和6年度第3四半期"),
    ]
    again = make_report(period, trend=True, history=folders, output=tmp_path / "フォルダーから.xlsx")
    assert trend_rows(again) == trend_rows(made)
    assert "推移" not in sheets(make_report(period, output=tmp_path / "なし.xlsx"))
