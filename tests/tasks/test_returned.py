"""Remarks of the planner (差戻し): found in the group's book, open until answered, closed by the planner."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.books.planner.returns import read_return_rows
from kenpo_xl.checks.support.return_places import remark_with_place
from kenpo_xl.domain.findings.finding import Finding, Severity
from kenpo_xl.domain.findings.return_remark import ReturnRemark
from kenpo_xl.domain.outputs.reminders import reminders
from kenpo_xl.domain.outputs.status_board import State
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.board import board_of_checked_books, write_board_and_copies
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.check import BookResult, check_books
from kenpo_xl.tasks.flag import flag_books
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.parse_cache import cached_plan
from kenpo_xl.tasks.period.returned import return_states
from tests.edited import edited, loaded
from tests.paths import SAMPLE
from tests.tasks.books import figure_cell, line_cell, rating_cell

GROUP, SHEET = "業務グループ", "差戻し"
CODE = "RE01"
FIRST = 5
TODAY = date(2025, 1, 20)
ASKED = "この数の出どころを教えてください。"
FIGURE = "1-2-2/決定達成/当年/達成率"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A period in which a group has handed in a book without errors."""
    folder = tmp_path_factory.mktemp("built") / "第3四半期"
    (folder / "提出").mkdir(parents=True)
    shutil.copy(SAMPLE / "提出" / f"{GROUP}.xlsm", folder / "提出")
    shutil.copy(SAMPLE / "計画.xlsx", folder)
    build_books(folder)
    shutil.copy(folder / "提出" / f"{GROUP}.xlsm", folder / "入力" / f"{GROUP}.xlsm")
    return folder


@pytest.fixture
def period(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / built.name))


def ask(period: Path, *rows: tuple[str, ...]) -> None:
    """Type rows into 差戻し: group, item, cell, text, and what stands in 終了."""
    with edited(period / "取りまとめ.xlsm") as book:
        for number, row in enumerate(rows, start=FIRST):
            for column, text in zip("ABCDG", row, strict=False):
                book[SHEET][f"{column}{number}"] = text


def reply(book: Path, text: str) -> None:
    """Flag a book as 点検 does, and type a reply beside the remark."""
    flag_books([book], today=TODAY)
    with edited(book) as opened:
        sheet = opened["指摘"]
        headers = {cell.value: cell.column for cell in sheet[4]}
        (row,) = (r for r in range(FIRST, 60) if sheet.cell(r, headers["コード"]).value == CODE)
        sheet.cell(row, headers["確認済の理由・返事"]).value = text


def insert_row(path: Path, row: int) -> None:
    """Insert a row above a line of 1-2-2 as Excel does, which moves the references in 指摘 too."""
    with edited(path) as book:
        book["1-2-2"].insert_rows(row)
        for last in range(60, row - 1, -1):
            replace_references(book, f"'1-2-2'!D{last}", f"'1-2-2'!D{last + 1}")


def replace_references(book: Any, old: str, new: str) -> None:
    """Replace a reference in the formulas of 指摘."""
    for cell in (cell for row in book["指摘"].iter_rows(min_row=FIRST) for cell in row):
        if isinstance(cell.value, str) and cell.value.startswith("="):
            cell.value = cell.value.replace(f"({old})", f"({new})")


def checked(period: Path, folder: str = "入力") -> BookResult:
    (book,) = check_books([period / folder / f"{GROUP}.xlsm"]).books
    return book


def skip_reason(period: Path) -> str:
    """Why the rule on remarks was skipped, '' where it ran."""
    (run,) = (one for one in checked(period).rules if one.code == CODE)
    return run.reason


def forget_sheet_in_stamp(book: Any) -> None:
    """Let a planner's book be as those that were made before there was the sheet."""
    (cell,) = (row[1] for row in book["kx"].iter_rows() if row[1].value == SHEET)
    cell.value = None


def remarks(period: Path, folder: str = "入力") -> list[Finding]:
    return [one for one in checked(period, folder).findings if one.code == CODE]


def places(period: Path, folder: str = "入力") -> list[str]:
    return [f"{one.sheet}!{one.cell}" for one in remarks(period, folder)]


def states(period: Path) -> list[tuple[str, str | None]]:
    """State and reply of each remark, as 取込 writes them."""
    folder = PeriodFolder(period)
    plan = cached_plan(folder.plan_path)
    board = board_of_checked_books(folder, plan, check_books([period / "提出"]), today=TODAY)
    rows = read_return_rows(folder.planner_path, plan)
    return list(return_states(rows, plan, board.seen).values())


def state_on_board(period: Path) -> str:
    folder = PeriodFolder(period)
    plan = cached_plan(folder.plan_path)
    board = board_of_checked_books(folder, plan, check_books([period / "提出"]), today=TODAY)
    return next(one.state_text for one in board.groups if one.group == GROUP)


class TestPlace:
    @pytest.mark.parametrize("folder", ["入力", "提出"])
    def test_a_cell(self, period: Path, folder: str) -> None:
        ask(period, (GROUP, "1-2-2", "Ｄ11", ASKED))
        (found,) = remarks(period, folder)
        assert (found.sheet, found.cell, found.severity) == ("1-2-2", "D11", Severity.ERROR)
        assert found.message == f"取りまとめ担当から: {ASKED}"

    def test_an_identity(self, period: Path) -> None:
        cell = figure_cell(period, FIGURE)
        wanted = f"{cell.sheet}!{cell.cell}"
        ask(period, (GROUP, "", FIGURE, ASKED), (GROUP, "1-2-2", FIGURE.partition("/")[2], "ほか"))
        assert places(period) == [wanted, wanted]

    def test_a_block(self, period: Path) -> None:
        cell = rating_cell(period, "1-2-2", "1")
        ask(period, (GROUP, "1-2-2", "ブロック１", ASKED))
        assert places(period) == [f"{cell.sheet}!{cell.cell}"]

    def test_a_sheet_and_the_whole_book(self, period: Path) -> None:
        ask(period, (GROUP, "1-2-2", "", ASKED), (GROUP, "", "", "全体に。"))
        assert places(period) == ["!", "1-2-2!"]

    def test_what_is_nowhere_is_said_of_the_book(self, period: Path) -> None:
        ask(period, (GROUP, "9-9", "A1", ASKED))
        (found,) = remarks(period)
        assert (found.sheet, found.cell) == ("", "")
        assert found.message == f"取りまとめ担当から（9-9 A1）: {ASKED}"

    def test_rows_that_the_clerk_inserted_move_it(self, period: Path) -> None:
        line = line_cell(period, "1-2-2", beginning="・")
        ask(period, (GROUP, "1-2-2", line.cell, ASKED))
        with edited(period / "入力" / f"{GROUP}.xlsm") as book:
            text = book["1-2-2"][line.cell].value
            book["1-2-2"].insert_rows(int(line.cell[1:]))
        (place,) = places(period)
        moved = place.removeprefix("1-2-2!")
        assert loaded(period / "入力" / f"{GROUP}.xlsm")["1-2-2"][moved].value == text

    @pytest.mark.parametrize("is_checked", [True, False])
    def test_rows_inserted_before_a_submission_without_a_reply_move_it(
        self, period: Path, *, is_checked: bool
    ) -> None:
        line = line_cell(period, "1-2-2", beginning="・")
        row = int(line.cell[1:])
        ask(period, (GROUP, "1-2-2", line.cell, ASKED))
        if is_checked:
            flag_books([period / "入力" / f"{GROUP}.xlsm"], today=TODAY)
        insert_row(period / "入力" / f"{GROUP}.xlsm", row)
        flag_books([period / "入力" / f"{GROUP}.xlsm"], today=TODAY)
        shutil.copy(period / "入力" / f"{GROUP}.xlsm", period / "提出")
        moved = [f"1-2-2!D{row + 1}"]
        assert places(period, "提出") == places(period) == moved
        insert_row(period / "入力" / f"{GROUP}.xlsm", row)
        assert places(period) == [f"1-2-2!D{row + 2}"]
        assert places(period, "提出") == moved

    @pytest.mark.parametrize(("seconds", "is_lost"), [(0, False), (1, True)])
    def test_a_later_book_that_was_never_checked_is_in_doubt(
        self, period: Path, seconds: int, *, is_lost: bool
    ) -> None:
        submission = read_submission(
            period / "提出" / f"{GROUP}.xlsm", cached_plan(PeriodFolder(period).plan_path)
        )
        assert submission.record.saved
        asked = submission.record.saved - timedelta(seconds=seconds)
        remark = ReturnRemark(GROUP, ASKED, "1-2-2", "D11", saved=asked)
        found = remark_with_place(remark, submission)
        assert (found.is_lost, found.place is None) == (is_lost, is_lost)
        assert not remark_with_place(replace(remark, saved=None), submission).is_lost
        assert not remark_with_place(replace(remark, cell="ブロック 1"), submission).is_lost

    @pytest.mark.parametrize("folder", ["入力", "提出"])
    def test_a_deleted_cell_is_replaced_by_no_other(self, period: Path, folder: str) -> None:
        line = line_cell(period, "1-2-2", beginning="・")
        ask(period, (GROUP, "1-2-2", line.cell, ASKED))
        book = period / "入力" / f"{GROUP}.xlsm"
        flag_books([book], today=TODAY)
        with edited(book) as opened:
            opened["1-2-2"].delete_rows(int(line.cell[1:]))
            replace_references(opened, f"'1-2-2'!{line.cell}", "#REF!")
        if folder == "提出":
            shutil.copy(book, period / folder)
        (found,) = remarks(period, folder)
        assert (found.sheet, found.cell) == ("1-2-2", "")
        assert found.message == f"取りまとめ担当から（1-2-2 {line.cell}）: {ASKED}"

    def test_other_groups_do_not_see_it(self, period: Path) -> None:
        ask(period, ("保健グループ", "1-2-2", "D11", ASKED))
        assert remarks(period) == []


class TestReply:
    def test_it_is_open_until_answered(self, period: Path) -> None:
        ask(period, (GROUP, "1-2-2", "D11", ASKED))
        assert checked(period, "提出").count_open(Severity.ERROR) == 1
        assert state_on_board(period) == "差戻し中 1 件"
        assert states(period) == [("差戻し中", "")]
        book = period / "入力" / f"{GROUP}.xlsm"
        reply(book, "月報の 3 ページです。")
        assert checked(period).count_open(Severity.ERROR) == 0
        shutil.copy(book, period / "提出" / book.name)
        assert states(period) == [("返事あり", "月報の 3 ページです。")]
        assert state_on_board(period) == "返事あり 1 件"
        assert checked(period, "提出").override_reason == ""

    def test_other_words_ask_anew(self, period: Path) -> None:
        book = period / "提出" / f"{GROUP}.xlsm"
        ask(period, (GROUP, "1-2-2", "D11", ASKED))
        reply(book, "直しました。")
        ask(period, (GROUP, "1-2-2", "D11", "直っていません。"))
        assert states(period) == [("差戻し中", "")]

    def test_the_planner_closes_it(self, period: Path) -> None:
        ask(period, (GROUP, "1-2-2", "D11", ASKED, "済"))
        assert remarks(period) == []
        assert states(period) == [("終了", None)]
        assert state_on_board(period) == State.RECEIVED

    def test_a_group_that_is_none_is_said(self, period: Path) -> None:
        ask(period, ("総務", "1-2-2", "D11", ASKED))
        assert states(period) == [("グループを選んでください", "")]


def test_the_returned_copy_shows_it_and_no_book_of_the_group_is_written(period: Path) -> None:
    ask(period, (GROUP, "1-2-2", "D11", ASKED))
    folder = PeriodFolder(period)
    before = {path: path.read_bytes() for one in ("入力", "提出") for path in (period / one).glob("*.xls*")}
    plan, found = cached_plan(folder.plan_path), check_books([period / "提出"])
    result = write_board_and_copies(folder, plan, found, today=TODAY)
    (copy,) = [one.path for one in result.copies if one.group == GROUP]
    assert copy
    assert ASKED in loaded(copy)["1-2-2"]["D11"].comment.text
    assert {path: path.read_bytes() for path in before} == before
    letters = {one.group: one for one in reminders(result.board)}
    assert any(ASKED in line for line in letters[GROUP].lines)


def test_a_planner_book_that_cannot_be_read_is_said(period: Path) -> None:
    (period / "取りまとめ.xlsm").write_bytes(b"PK")
    assert "差戻しを読めないため" in skip_reason(period)


def test_a_book_of_a_planner_is_read_once(period: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(period, (GROUP, "", "", ASKED))
    assert len(remarks(period)) == 1
    with monkeypatch.context() as without:
        without.delattr("kenpo_xl.books.planner.reader.refuse_book_of_other_plan")
        without.delattr("kenpo_xl.books.planner.returns.refuse_book_of_other_plan")
        assert len(remarks(period)) == 1
    ask(period, (GROUP, "", "", ASKED), (GROUP, "", "", "いつの数ですか。"))
    assert len(remarks(period)) == 2


@pytest.mark.parametrize(
    ("text", "is_cached"), [(ASKED, True), ("電話 048-123-4567 の方の分ですか。", False)]
)
def test_remarks_with_something_private_are_not_cached(
    period: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, is_cached: bool
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    ask(period, (GROUP, "", "", text))
    assert len(remarks(period)) == 1
    written = b"".join(one.read_bytes() for one in (tmp_path / "cache" / "kenpo-xl").iterdir())
    assert (text.encode() in written) == is_cached


def test_a_planner_book_of_before_has_none(period: Path) -> None:
    with edited(period / "取りまとめ.xlsm") as book:
        del book[SHEET]
        forget_sheet_in_stamp(book)
    assert remarks(period) == []
    assert skip_reason(period) == ""


@pytest.mark.parametrize("was_made_before", [True, False])
def test_a_renamed_sheet_is_named(period: Path, *, was_made_before: bool) -> None:
    ask(period, (GROUP, "1-2-2", "D11", ASKED))
    with edited(period / "取りまとめ.xlsm") as book:
        book[SHEET].title = "グループへ"
        if was_made_before:
            forget_sheet_in_stamp(book)
    assert "差戻しを読めないため" in skip_reason(period)
    sentence = (
        "シート「差戻し」の名前が「グループへ」に変わっています。「差戻し」に戻して、保存してください。"
    )
    with pytest.raises(KenpoError, match=sentence):
        states(period)


def test_a_removed_sheet_is_missed(period: Path) -> None:
    with edited(period / "取りまとめ.xlsm") as book:
        del book[SHEET]
    assert "差戻しを読めないため" in skip_reason(period)
    with pytest.raises(KenpoError, match="シート「差戻し」がありません。元に戻すか、"):
        states(period)
