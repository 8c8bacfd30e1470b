"""Two books of one group in a period folder: every command uses the same one, and says what is doubtful."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.domain.outputs.remarks import Concern
from kenpo_xl.ooxml.zip_splice import replace_parts
from kenpo_xl.tasks.board import write_board_and_copies
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.export import export_facts
from kenpo_xl.tasks.nightly.fingerprint import scan_period
from kenpo_xl.tasks.past_periods import read_history_in_folders
from kenpo_xl.tasks.period.consolidation import consolidate
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.latest_book import dated_book, file_date
from kenpo_xl.tasks.report import make_report

GROUP, OTHER = "業務グループ", "保健グループ"
OLD, NEW = f"{GROUP} (1).xlsm", f"{GROUP}.xlsm"
PART = "docProps/core.xml"


def properties(time: str, person: str = "") -> bytes:
    return (
        '<cp:coreProperties xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties">'
        f"<cp:lastModifiedBy>{person}</cp:lastModifiedBy>"
        f"<dcterms:modified>{time}</dcterms:modified></cp:coreProperties>"
    ).encode()


def saved(path: Path, time: str, person: str = "", *, file_time: int) -> None:
    """Let the book at `path` record a save, and its file another date."""
    beside = path.with_suffix(".new")
    replace_parts(path, beside, {PART: properties(time, person)})
    beside.replace(path)
    os.utime(path, (file_time, file_time))


@pytest.fixture
def period(period: Path) -> Path:
    """An old book was fetched again from the mail: it has the newer file."""
    shutil.copy(period / "提出" / NEW, period / "提出" / OLD)
    saved(period / "提出" / OLD, "2024-12-20T05:00:00Z", file_time=2_000_000_000)
    saved(period / "提出" / NEW, "2025-01-07T05:00:00Z", file_time=1_740_000_000)
    return period


def test_the_one_that_was_saved_last_counts_everywhere(period: Path) -> None:
    folder = PeriodFolder(period)
    assert NEW in {one.workbook for one in consolidate(folder).submissions}
    (remark,) = (one for one in make_report(period).remarks if one.concern is Concern.DUPLICATES)
    assert remark.place == OLD
    board = write_board_and_copies(
        folder, read_plan(folder.plan_path), check_books([period]), today=date(2025, 1, 8)
    ).board
    assert next(one.book for one in board.groups if one.group == GROUP) == NEW
    (told,) = board.duplicates
    (exported,) = export_facts(period).duplicates
    (past,) = (one for one in read_history_in_folders(period).failures)
    for sentence in (remark.message, told.reason, exported.choice_sentence, past):
        assert f"新しいほうの {NEW} を使いました" in sentence
        assert f"{NEW} は令和7年1月7日（火）14:00:00 保存" in sentence
        assert f"{OLD} は令和6年12月20日（金）14:00:00 保存" in sentence
        assert f"ファイルの日付は {OLD} のほうが新しい" in sentence


def test_check_says_so_of_both_and_of_a_neighbour(period: Path) -> None:
    both = check_books([period / "提出" / NEW, period / "提出" / OLD])
    for book in both.books:
        (found,) = (one for one in book.findings if one.code == "ST27")
        assert found.actual == NEW
    assert both.failures == ()
    alone = check_books([period / "提出" / f"{OTHER}.xlsm"])
    assert not [one for one in alone.books[0].findings if one.code == "ST27"]
    (failure,) = alone.failures
    assert f"新しいほうの {NEW}" in failure


def test_two_that_agree_are_no_finding(period: Path) -> None:
    os.utime(period / "提出" / OLD, (1_735_000_000, 1_735_000_000))
    checked = check_books([period / "提出" / NEW, period / "提出" / f"{OTHER}.xlsm"])
    assert not [one for book in checked.books for one in book.findings if one.code == "ST27"]
    assert check_books([period / "提出" / f"{OTHER}.xlsm"]).failures == ()


def test_two_in_the_working_folder_are_no_finding(period: Path) -> None:
    shutil.copytree(period / "提出", period / "入力")
    (book,) = check_books([period / "入力" / NEW]).books
    assert not [one for one in book.findings if one.code == "ST27"]


def test_two_people_within_five_minutes(period: Path) -> None:
    saved(period / "提出" / OLD, "2025-01-07T04:55:00Z", "佐藤", file_time=1_730_000_000)
    saved(period / "提出" / NEW, "2025-01-07T05:00:00Z", "山田", file_time=1_740_000_000)
    (choice,) = consolidate(PeriodFolder(period)).duplicates
    assert (choice.used.path.name, choice.unused.path.name) == (NEW, OLD)
    assert "山田 さんと 佐藤 さん" in choice.doubt_sentence


def test_a_night_works_again_where_only_the_dates_of_files_changed_places(period: Path) -> None:
    """They may change what is said, and decide between books without a record."""
    before = scan_period(PeriodFolder(period), period, "").input_digest
    os.utime(period / "提出" / OLD, (1_735_000_000, 1_735_000_000))
    assert scan_period(PeriodFolder(period), period, "").input_digest != before
    again = scan_period(PeriodFolder(period), period, "").input_digest
    os.utime(period / "提出" / OLD, (1_736_000_000, 1_736_000_000))
    assert scan_period(PeriodFolder(period), period, "").input_digest == again


@pytest.mark.parametrize(("time", "year"), [(-(2**33), 1970), (0, 1970), (2**33, 2242), (2**34, 2242)])
def test_absurd_dates_of_files(tmp_path: Path, time: int, year: int) -> None:
    path = tmp_path / "一.xlsx"
    path.touch()
    os.utime(path, (time, time))
    assert file_date(path).year == year
    assert str(dated_book(path, None))


def test_a_file_that_is_gone_is_the_oldest(tmp_path: Path) -> None:
    assert file_date(tmp_path / "ない.xlsx").year == 1970
