"""The morning board of a period folder: states, links that lead somewhere, and what is written when."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest

from kenpo_xl.domain.outputs.status_board import GroupState, State
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.board import BoardResult, board_of_checked_books, due_day, write_board_and_copies
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.parse_cache import cached_plan
from tests.edited import edited
from tests.paths import SAMPLE
from tests.tasks.two_groups import COUNTS, TEXTS, TOTAL_CELL, write_two_groups

DUE, LATE = date(2025, 1, 8), date(2025, 1, 9)


@pytest.fixture
def period(tmp_path: Path) -> Path:
    """A period of two groups, one of which is to correct a total."""
    folder = write_two_groups(tmp_path / "第3四半期")
    with edited(submission(folder, COUNTS)) as book:
        book["1-1"][TOTAL_CELL] = 605
    return folder


def update(period: Path, today: date = DUE, **more: object) -> BoardResult:
    return write_board_and_copies(
        PeriodFolder(period), cached_plan(period / "計画.xlsx"), check_books([period]), today=today, **more
    )


def states(result: BoardResult) -> dict[str, GroupState]:
    return {group.group: group for group in result.board.groups}


def words(result: BoardResult) -> dict[str, str]:
    return {group.group: group.state_text for group in result.board.groups}


def submission(period: Path, group: str) -> Path:
    return period / "提出" / f"{group}.xlsm"


def content(folder: Path) -> dict[str, tuple[bytes, int]]:
    """The bytes of every file, and when it was written."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


class TestStates:
    @pytest.mark.period
    def test_the_sample(self, tmp_path: Path) -> None:
        sample = tmp_path / "第3四半期"
        shutil.copytree(SAMPLE / "提出", sample / "提出")
        shutil.copy(SAMPLE / "計画.xlsx", sample)
        assert words(update(sample)) == {
            "業務グループ": "受付済",
            "レセプトグループ": "要修正 2 件",
            "保健グループ": "受付済",
            "企画総務グループ": "要修正 1 件",
        }

    def test_a_group_that_did_not_submit(self, period: Path) -> None:
        submission(period, TEXTS).unlink()
        assert states(update(period))[TEXTS] == GroupState(TEXTS, State.MISSING, due=DUE)

    def test_late_from_the_day_after_the_due_date(self, period: Path) -> None:
        assert [group.group for group in update(period, LATE).board.groups if group.late] == [COUNTS]
        assert not any(group.late for group in update(period, DUE).board.groups)

    def test_one_that_cannot_be_read_stops_no_other(self, period: Path) -> None:
        submission(period, COUNTS).write_bytes(b"PK\3\4")
        result = update(period)
        assert words(result)[COUNTS] == "読取不可"
        assert f"{COUNTS}.xlsm" in states(result)[COUNTS].failure
        assert words(result)[TEXTS] == "受付済"

    def test_a_book_of_another_quarter(self, period: Path) -> None:
        plan = openpyxl.load_workbook(period / "計画.xlsx")
        quarter = next(row for row in plan["基本"].iter_rows() if row[0].value == "四半期")
        quarter[1].value = 4
        plan.save(period / "計画.xlsx")
        result = update(period)
        assert words(result)[TEXTS] == "未提出"
        assert states(result)[TEXTS].book == f"{TEXTS}.xlsm"
        assert "別の計画" in states(result)[TEXTS].failure
        assert not (period / "返却").exists()

    def test_the_newest_of_two_books_counts_and_the_other_is_named(self, period: Path) -> None:
        newer = period / "提出" / f"{COUNTS}_修正.xlsm"
        shutil.copy(submission(period, COUNTS), newer)
        os.utime(submission(period, COUNTS), (1_000_000_000, 1_000_000_000))
        result = update(period)
        assert states(result)[COUNTS].book == newer.name
        assert [one.name for one in result.board.duplicates] == [f"{COUNTS}.xlsm"]
        os.utime(newer, (900_000_000, 900_000_000))
        assert states(update(period))[COUNTS].book == f"{COUNTS}.xlsm"

    def test_files_that_are_no_books_and_books_that_are_nobodys(self, period: Path) -> None:
        (period / "提出" / "メモ.txt").write_text("あとで", encoding="utf-8")
        openpyxl.Workbook().save(period / "提出" / "別の表.xlsx")
        told = {one.name: one.reason for one in update(period).board.ignored_files}
        assert "Excel ブック" in told["メモ.txt"]
        assert "入力ブックではありません" in told["別の表.xlsx"]

    def test_a_reason_for_errors_that_stand(self, period: Path) -> None:
        checked = check_books([period])
        books = [
            replace(book, reason_by_finding=dict.fromkeys(book.findings, "資料が未着のため"))
            for book in checked.books
        ]
        result = write_board_and_copies(
            PeriodFolder(period),
            cached_plan(period / "計画.xlsx"),
            replace(checked, books=tuple(books)),
            today=LATE,
        )
        given = states(result)[COUNTS]
        assert (given.state_text, given.late) == ("受付済（理由あり 1 件）", False)
        assert given.override == "資料が未着のため"

    def test_books_that_lie_elsewhere_do_not_count(self, period: Path) -> None:
        shutil.copytree(period / "提出", period / "入力")
        shutil.rmtree(period / "提出")
        board = board_of_checked_books(
            PeriodFolder(period), cached_plan(period / "計画.xlsx"), check_books([period]), today=DUE
        )
        assert {group.state for group in board.groups} == {State.MISSING}


class TestDueDay:
    @pytest.mark.parametrize(
        ("planned", "counts"),
        [
            (date(2025, 1, 8), date(2025, 1, 8)),
            (date(2025, 1, 11), date(2025, 1, 14)),  # Saturday, before 成人の日
            (date(2024, 12, 31), date(2025, 1, 6)),
            (None, None),
        ],
    )
    def test_moves_to_the_next_open_day(
        self, period: Path, planned: date | None, counts: date | None
    ) -> None:
        plan = cached_plan(period / "計画.xlsx")
        assert due_day(replace(plan, period=replace(plan.period, due=planned))) == counts


class TestFile:
    def test_every_link_leads_to_a_file(self, period: Path) -> None:
        (period / "報告").mkdir()
        report = period / "報告" / "事業実施状況.xlsx"
        report.write_bytes(b"")
        result = update(period, report=report)
        book = openpyxl.load_workbook(result.path)
        cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink)
        links = {unquote(cell.hyperlink.target).replace("\\", "/") for cell in cells}
        assert "事業実施状況.xlsx" in links
        assert f"../返却/{COUNTS}.xlsm" in links
        assert [link for link in links if not (result.path.parent / link).is_file()] == []

    def test_a_second_run_writes_nothing(self, period: Path) -> None:
        assert update(period).changed
        before = content(period)
        again = update(period)
        assert content(period) == before
        assert not again.changed
        assert not any(copy.changed for copy in again.copies)

    def test_another_day_changes_the_board_only_where_a_group_became_late(self, period: Path) -> None:
        update(period, date(2025, 1, 6))
        assert not update(period, DUE).changed
        assert update(period, LATE).changed
        assert not update(period, date(2025, 3, 1)).changed

    def test_one_that_a_person_changed_stays(self, period: Path) -> None:
        first = update(period).path
        book = openpyxl.load_workbook(first)
        book["提出状況"]["L1"] = "電話済み"
        book.save(first)
        kept = first.read_bytes()
        result = update(period)
        assert (result.path.name, result.kept) == ("提出状況(2).xlsx", first)
        assert first.read_bytes() == kept
        assert not update(period).changed
        first.unlink()
        assert update(period).outdated == result.path

    def test_one_that_is_open_stays(self, period: Path) -> None:
        path = update(period).path
        (path.parent / f"~${path.name}").write_bytes(b"")
        with pytest.raises(KenpoError, match="開いている場合は閉じて"):
            update(period, LATE)

    def test_submissions_are_never_touched(self, period: Path) -> None:
        before = content(period / "提出")
        update(period)
        assert content(period / "提出") == before

    def test_a_copy_that_a_clerk_works_in_is_told_and_links_lead_to_the_submission(
        self, period: Path
    ) -> None:
        update(period)
        copy = period / "返却" / f"{COUNTS}.xlsm"
        openpyxl.load_workbook(copy).save(copy)
        result = update(period)
        assert states(result)[COUNTS].returned == ""
        assert f"返却/{COUNTS}.xlsm" in [one.name for one in result.board.ignored_files]
        sheet = openpyxl.load_workbook(result.path)["指摘"]
        rows = [row for row in sheet.iter_rows(min_row=5) if row[0].value == COUNTS]
        assert rows
        assert all(f"提出\\{COUNTS}" in unquote(row[3].hyperlink.target) for row in rows)
