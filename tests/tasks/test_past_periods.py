"""Earlier periods read from folders: which are found, which count, and what is said of the others."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kenpo_xl.domain.plan.table import Table
from kenpo_xl.domain.results.facts import kpi_fact_identity
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import TableEntry
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.past_periods import read_history_in_folders
from tests.paths import SAMPLE
from tests.tasks.periods import a_year_ago, up_to_september, write_period


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of years, each with its quarters."""
    folder = tmp_path_factory.mktemp("保管")
    write_period(folder / "令和6年度" / "第2四半期", 2024, 2, up_to_september)
    write_period(folder / "令和5年度" / "第3四半期", 2023, 3, a_year_ago)
    return folder


def test_a_folder_of_years_of_quarters_newest_first(kept: Path) -> None:
    found = read_history_in_folders(kept)
    assert [one.label for one in found.history.periods] == ["令和6年度第2四半期", "令和5年度第3四半期"]
    assert found.failures == ()


@pytest.mark.parametrize("place", ["令和6年度", "令和6年度/第2四半期"])
def test_a_year_or_a_period_itself(kept: Path, place: str) -> None:
    assert [one.year_and_months for one in read_history_in_folders(kept / place).history.periods] == [
        (2024, 6)
    ]


def test_one_that_cannot_be_read_stops_no_other(kept: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(kept, tmp_path / "保管"))
    (folder / "令和5年度" / "第3四半期" / "計画.xlsx").write_bytes(b"")
    found = read_history_in_folders(folder)
    assert [one.year_and_months for one in found.history.periods] == [(2024, 6)]
    assert [("第3四半期" in one, one.count("\n")) for one in found.failures] == [(True, 0)]


def test_a_book_that_cannot_be_used_is_told(kept: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(kept, tmp_path / "保管"))
    (folder / "令和5年度" / "第3四半期" / "提出" / "業務グループ.xlsm").write_bytes(b"")
    found = read_history_in_folders(folder)
    assert len(found.history.periods) == 2
    assert [("業務グループ.xlsm は比べていません。" in one, one.count("\n")) for one in found.failures] == [
        (True, 0)
    ]


def test_of_two_of_the_same_period_the_first_counts(kept: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(kept, tmp_path / "保管"))
    shutil.copytree(folder / "令和6年度" / "第2四半期", folder / "令和6年度" / "第2四半期の写し")
    found = read_history_in_folders(folder)
    assert len(found.history.periods) == 2
    assert ["第2四半期の写し" in one for one in found.failures] == [True]


def test_a_folder_without_periods_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KenpoError, match="計画"):
        read_history_in_folders(tmp_path)


@pytest.mark.period
def test_earlier_periods_are_the_past_of_later_ones(tmp_path: Path) -> None:
    """The sample has one target of last year's result and no such result: last year's report gives it."""
    write_period(tmp_path / "前年度", 2023, 4, up_to_march, groups=("企画総務グループ",))
    write_period(tmp_path / "今年度", 2024, 1, up_to_september, groups=("企画総務グループ",))
    identity = kpi_fact_identity("ジェネリック医薬品使用割合", "目標")
    targets = [
        one.facts_by_key.get((identity, "")) for one in read_history_in_folders(tmp_path).history.periods
    ]
    (target,) = filter(None, targets)
    assert (targets[0], target.value) == (target, Decimal("0.851"))
    assert target.source == Source("令和5年度第4四半期 企画総務グループ.xlsm", "2-3-1", "E15")


def up_to_march(entry: TableEntry, table: Table) -> TableEntry:
    return replace(entry, months=tuple(month and 3 for month in entry.months))


def test_the_sample_agrees_with_its_own_past(kept: Path) -> None:
    with_past, alone = check_books([SAMPLE], history=kept), check_books([SAMPLE])
    assert with_past.has_no_failures
    assert with_past.failures == ()
    found, before = (
        Counter(finding for book in result.books for finding in book.findings)
        for result in (with_past, alone)
    )
    assert found == before
    assert {one.status for book in with_past.books for one in book.rules} == {"ran"}
