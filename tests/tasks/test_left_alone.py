"""Which files of 提出/ are books, which of those counts, and what is said of the others."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from kenpo_xl.tasks.left_alone import left_alone
from kenpo_xl.tasks.period import PeriodFolder, is_copy

REASONS = {
    "~$業務グループ.xlsm": "開いたまま",
    ".~lock.業務グループ.xlsm#": "開いたまま",
    "~WRL0001.tmp": "一時ファイル",
    "1A2B3C4D": "一時ファイル",
    "業務グループ - コピー.xlsx": "コピー",
    "計画.xlsx": "入力ブックではない",
    "業務グループ.xls": "Excel ブック（.xlsx、.xlsm）ではない",
    "業務グループ.pdf": "Excel ブック（.xlsx、.xlsm）ではない",
}


@pytest.fixture
def period(tmp_path: Path) -> PeriodFolder:
    (tmp_path / "提出" / "旧版").mkdir(parents=True)
    (tmp_path / "提出" / "業務グループ.xlsm").touch()
    (tmp_path / "提出" / "旧版" / "業務グループ.xls").touch()
    return PeriodFolder(tmp_path)


@pytest.mark.parametrize(("name", "reason"), REASONS.items())
def test_a_file_that_is_no_submission_is_named(period: PeriodFolder, name: str, reason: str) -> None:
    (period.submitted / name).touch()
    (told,) = left_alone(period)
    assert told.name == name
    assert reason in told.reason
    assert told.reason.endswith("。")
    assert [path.name for path in period.submissions()] == ["業務グループ.xlsm"]


@pytest.mark.parametrize(
    "name", [".DS_Store", "Thumbs.db", "desktop.ini", "業務グループ.xlsm.bak", ".kenpo-1.xlsx"]
)
def test_what_systems_put_there_is_not_worth_a_word(period: PeriodFolder, name: str) -> None:
    (period.submitted / name).touch()
    assert left_alone(period) == ()


@pytest.mark.parametrize("lock", ["~$業務グループ.xlsm", "~$グループ.xlsm", ".~lock.業務グループ.xlsm#"])
def test_a_lock_file_says_which_book_is_open(period: PeriodFolder, lock: str) -> None:
    """Excel puts ~$ over the first two letters of a long name."""
    (period.submitted / lock).touch()
    assert left_alone(period)[0].reason.startswith("業務グループ.xlsm は開いたままです。")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are text there")
@pytest.mark.parametrize("suffix", [".xlsx", ".txt"])
def test_a_name_in_another_code_is_told_as_far_as_it_goes(period: PeriodFolder, suffix: str) -> None:
    """So it comes out of a ZIP file that a Windows PC made."""
    name = os.fsdecode("保健".encode("cp932")) + suffix
    (period.submitted / name).touch()
    (told,) = left_alone(period)
    assert told.name.encode().decode().endswith(suffix)
    assert "文字化け" in told.reason
    assert [path.name for path in period.submissions()] == ["業務グループ.xlsm"]


def test_without_the_folder_there_is_nothing(tmp_path: Path) -> None:
    assert left_alone(PeriodFolder(tmp_path)) == ()


@pytest.mark.parametrize(
    "name",
    [
        "保健 - コピー.xlsx",
        "保健 - コピー (2).xlsx",
        "コピー ～ 保健.xlsx",
        "コピー (2) ～ 保健.xlsx",
        "コピー〜保健.xlsx",
        "保健 - Copy.xlsx",
        "Copy of 保健.xlsx",
        "保健のコピー.xlsx",
        "保健のコピー2.xlsx",
    ],
)
def test_names_of_copies(name: str) -> None:
    assert is_copy(Path(name))


@pytest.mark.parametrize("name", ["保健.xlsx", "保健(2).xlsx", "コピー機の更新.xlsx", "保健 コピー代.xlsm"])
def test_names_of_books(name: str) -> None:
    assert not is_copy(Path(name))
