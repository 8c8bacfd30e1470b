"""Which files of 提出/ are books, which of those counts, and what is said of the others."""

from __future__ import annotations

import os
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from kenpo_xl.tasks.period.book_files import is_named_as_copy_of_another
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.ignored_files import ignored_files
from tests.paths import SUBMITTED

BOOK = SUBMITTED / "業務グループ.xlsm"
REASONS = {
    "~$業務グループ.xlsm": "開いたまま",
    ".~lock.業務グループ.xlsm#": "開いたまま",
    "~WRL0001.tmp": "一時ファイル",
    "1A2B3C4D": "一時ファイル",
    "業務グループ - コピー.xlsx": "コピー",
    "計画.xlsx": "入力ブックではない",
    "業務グループ.xls": "Excel ブック（.xlsx、.xlsm）ではない",
    "業務グループ.pdf": "Excel ブック（.xlsx、.xlsm）ではない",
    "業務グループ.xlsm.crdownload": "一時ファイル",
    "業務グループ.xlsm.partial": "一時ファイル",
    "業務グループ.xlsx.old": "使わないもの",
    "業務グループ.zip": "圧縮",
    "業務グループ.xlsm - ショートカット.lnk": "ショートカット",
    "~$ない.xlsm": "一時ファイル",
    ".~lock.メモ.odt#": "一時ファイル",
    ".保健グループ.xlsm.icloud": "iCloud",
}


@pytest.fixture
def period(tmp_path: Path) -> PeriodFolder:
    (tmp_path / "提出" / "旧版").mkdir(parents=True)
    (tmp_path / "提出" / "業務グループ.xlsm").touch()
    (tmp_path / "提出" / "旧版" / "業務グループ.xls").touch()
    return PeriodFolder(tmp_path)


@pytest.mark.parametrize(("name", "reason"), REASONS.items())
def test_a_file_that_is_no_submission_is_named(period: PeriodFolder, name: str, reason: str) -> None:
    (period.submission_folder / name).touch()
    (told,) = ignored_files(period)
    assert told.name == name
    assert reason in told.reason
    assert told.reason.endswith("。")
    assert [path.name for path in period.submitted_books()] == ["業務グループ.xlsm"]


@pytest.mark.parametrize(
    "name",
    [
        ".DS_Store", "Thumbs.db", "desktop.ini", "業務グループ.xlsm.bak", ".kenpo-1.xlsx", "Icon\r",
        "._業務グループ.xlsm", ".業務グループ.xlsm.icloud", ".fuse_hidden0001", ".nfs01",
        "業務グループ.xlsm:Zone.Identifier",
    ],
)  # fmt: skip
def test_what_systems_put_there_is_not_worth_a_word(period: PeriodFolder, name: str) -> None:
    (period.submission_folder / name).touch()
    assert ignored_files(period) == ()


@pytest.mark.parametrize("lock", ["~$業務グループ.xlsm", "~$グループ.xlsm", ".~lock.業務グループ.xlsm#"])
def test_a_lock_file_says_which_book_is_open(period: PeriodFolder, lock: str) -> None:
    """Excel puts ~$ over the first two letters of a long name."""
    (period.submission_folder / "._業務グループ.xlsm").touch()  # macOS leaves this beside it
    (period.submission_folder / lock).touch()
    assert ignored_files(period)[0].reason.startswith("業務グループ.xlsm は開いたままです。")


@pytest.mark.parametrize(
    ("lock", "content"),
    [
        ("~$業務グループ.xlsm", b"\x04" + "山田".encode("cp932").ljust(54) + b" " * 110),
        ("~$業務グループ.xlsm", b"\x04yama".ljust(55) + b"\x02\0" + "山田".encode("utf-16-le") + b" \0" * 53),
        (".~lock.業務グループ.xlsm#", "山田,yamada,PC01,07.01.2025 14:00,file:///C:/;".encode()),
        (".~lock.業務グループ.xlsm#", ",山田,PC01,;".encode()),
    ],
)
def test_a_lock_file_says_by_whom(period: PeriodFolder, lock: str, content: bytes) -> None:
    (period.submission_folder / lock).write_bytes(content)
    assert ignored_files(period)[0].reason.startswith("業務グループ.xlsm は開いたままです（山田）。")


@pytest.mark.parametrize("content", [b"\xff", b"\x50" * 5000, b"\x05\0\x07\n\r\x1b", b",,,;"])
def test_a_lock_file_that_says_nothing(period: PeriodFolder, content: bytes) -> None:
    for lock in ("~$業務グループ.xlsm", ".~lock.業務グループ.xlsm#"):
        (period.submission_folder / lock).write_bytes(content)
    assert all("業務グループ.xlsm は開いたままです" in told.reason for told in ignored_files(period))
    assert all(told.reason.isprintable() for told in ignored_files(period))


def test_a_folder_called_as_a_book_is_named(period: PeriodFolder) -> None:
    (period.submission_folder / "保健グループ.xlsx").mkdir()
    (told,) = ignored_files(period)
    assert "フォルダー" in told.reason


@pytest.mark.parametrize(
    "name",
    [
        "業務グループ.xls", "業務グループ.zip", "業務グループ", "業務グループ.XLSM", "業務グループ.txt",
        "業務グループ．ｘｌｓｍ", "業務グループ-PC01.xlsm", "業務グループ (1).xlsm",
        "業務グループ (山田 の競合コピー 2025-01-07).xlsm", "業務グループ（競合コピー）.xlsm",
    ],
)  # fmt: skip
def test_a_book_under_another_ending_is_a_book(period: PeriodFolder, name: str) -> None:
    (period.submission_folder / "業務グループ.xlsm").unlink()
    shutil.copy(BOOK, period.submission_folder / name)
    assert [path.name for path in period.submitted_books()] == [name]
    assert ignored_files(period) == ()


@pytest.mark.parametrize(
    "name",
    ["業務グループ.xlsm.bak", "業務グループ.xlsx.old", "1A2B3C4D", "業務グループ.xlsm.tmp", "._保健.xlsm"],
)
def test_a_book_that_something_left_behind_is_none(period: PeriodFolder, name: str) -> None:
    shutil.copy(BOOK, period.submission_folder / name)
    assert [path.name for path in period.submitted_books()] == ["業務グループ.xlsm"]


@pytest.mark.parametrize("main", ["xl/workbook.bin", "word/document.xml"])
def test_a_package_that_is_no_workbook_of_xml_is_none(period: PeriodFolder, main: str) -> None:
    with zipfile.ZipFile(period.submission_folder / "業務グループ.dat", "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr(main, "<a/>")
    assert "ではない" in ignored_files(period)[0].reason


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are text there")
@pytest.mark.parametrize("suffix", [".xlsx", ".txt"])
def test_a_name_in_another_code_is_told_as_far_as_it_goes(period: PeriodFolder, suffix: str) -> None:
    """So it comes out of a ZIP file that a Windows PC made."""
    name = os.fsdecode("保健".encode("cp932")) + suffix
    (period.submission_folder / name).touch()
    (told,) = ignored_files(period)
    assert told.name.encode().decode().endswith(suffix)
    assert "文字化け" in told.reason
    assert [path.name for path in period.submitted_books()] == ["業務グループ.xlsm"]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are text there")
def test_a_folder_in_another_code_is_named_as_what_it_is(period: PeriodFolder) -> None:
    """Its books have good names, and to give them others would not help."""
    folder = period.root.rename(period.root.with_name(os.fsdecode("期".encode("cp932"))))
    reasons = [one.reason for one in ignored_files(PeriodFolder(folder))]
    assert reasons
    assert all(reason.startswith("フォルダーの名前が文字化けしている") for reason in reasons)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_what_is_no_file_is_named(period: PeriodFolder) -> None:
    os.mkfifo(period.submission_folder / "保健グループ.xlsm")
    (period.submission_folder / "総務.xlsx").symlink_to("ない.xlsx")
    for name in ("~$総務.xlsx", ".総務.xlsx"):
        (period.submission_folder / name).symlink_to("ない.xlsx")
    told = {one.name: one.reason for one in ignored_files(period)}
    assert told.keys() == {"保健グループ.xlsm", "総務.xlsx"}
    assert all("ふつうのファイルではない" in reason for reason in told.values())


def test_without_the_folder_there_is_nothing(tmp_path: Path) -> None:
    assert ignored_files(PeriodFolder(tmp_path)) == ()


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
    assert is_named_as_copy_of_another(Path(name))


@pytest.mark.parametrize("name", ["保健.xlsx", "保健(2).xlsx", "コピー機の更新.xlsx", "保健 コピー代.xlsm"])
def test_names_of_books(name: str) -> None:
    assert not is_named_as_copy_of_another(Path(name))
