"""Sheets copied into another workbook: what they show says whose they are, and of which period."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kenpo_xl.books.input.inspect.inspection import read_book
from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.domain.findings.finding import Finding, Severity
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.board import write_board_and_copies
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.fix import fix_books
from kenpo_xl.tasks.flag import flag_books, unflag_books
from kenpo_xl.tasks.period.consolidation import consolidate
from kenpo_xl.tasks.period.folder import PeriodFolder
from tests.edited import loaded
from tests.paths import SAMPLE
from tests.sample import sample_plan

BOOKS = sorted((SAMPLE / "提出").glob("*.xlsm"))
DESK = SAMPLE / "提出" / "業務グループ.xlsm"
Edit = Callable[[Any], None]


def copied(source: Path, target: Path, edit: Edit | None = None) -> Path:
    """The sheets that are seen, copied into a workbook without names, stamp and macros."""
    book = loaded(source)
    for name in list(book.defined_names):
        del book.defined_names[name]
    for sheet in list(book):
        if sheet.sheet_state != "visible":
            book.remove(sheet)
    if edit:
        edit(book)
    book.save(target)
    return target


def values(submission: Submission) -> list[tuple[object, ...]]:
    """What was read, without the cells that hold it."""
    return [
        (
            item.item,
            item.lines,
            item.ratings,
            [(table.table, table.rows, table.months) for table in item.tables],
        )
        for item in submission.items
    ]


def findings(path: Path) -> list[Finding]:
    (book,) = check_books([path], plan=SAMPLE / "計画.xlsx").books
    assert not book.failure
    return [one for one in book.findings if one.family == "様式"]


@pytest.mark.parametrize("source", BOOKS, ids=[path.stem for path in BOOKS])
def test_all_that_was_typed_is_read(tmp_path: Path, source: Path) -> None:
    found = read_submission(copied(source, tmp_path / "写し.xlsx"), sample_plan())
    assert found.group == source.stem
    assert values(found) == values(read_submission(source, sample_plan()))
    assert not found.record.has_stamp


def test_one_finding_says_what_was_lost(tmp_path: Path) -> None:
    (finding,) = findings(copied(DESK, tmp_path / "写し.xlsx"))
    assert (finding.code, finding.severity, finding.sheet) == ("ST21", Severity.WARNING, "")
    assert "業務グループのブックとみて" in finding.message
    assert "「操作」の期（令和6年度 第3四半期）は計画と合っています" in finding.message
    assert "build" not in finding.message + finding.hint


def test_sheets_under_other_names(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        for number, sheet in enumerate(book):
            sheet.title = f"Sheet{number}"

    found = read_submission(copied(DESK, tmp_path / "写し.xlsx", edit), sample_plan())
    assert values(found) == values(read_submission(DESK, sample_plan()))


def test_names_of_sheets_that_were_exchanged(tmp_path: Path) -> None:
    """A sheet belongs to the item whose title it shows."""

    def edit(book: Any) -> None:
        book["1-2-2"].title, book["1-2-3"].title = "一時", "1-2-2"
        book["一時"].title = "1-2-3"

    found = read_submission(copied(DESK, tmp_path / "写し.xlsx", edit), sample_plan())
    assert values(found) == values(read_submission(DESK, sample_plan()))


def test_a_title_that_was_lost_leaves_the_plan_text(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        book["1-2-2"].title = "二"
        book["二"]["B1"] = None

    found = read_submission(copied(DESK, tmp_path / "写し.xlsx", edit), sample_plan())
    assert values(found) == values(read_submission(DESK, sample_plan()))


def test_a_sheet_that_shows_nothing_of_its_item_is_refused(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        sheet = book["1-2-2"]
        sheet["B1"] = "別の項"
        for row in (8, 12, 16):
            sheet[f"D{row}"] = "別の計画です。"

    with pytest.raises(KenpoError, match="シート「1-2-2」は、表題も計画内容も計画と違い"):
        read_submission(copied(DESK, tmp_path / "写し.xlsx", edit), sample_plan())


def test_a_sheet_that_was_not_copied_is_missing(tmp_path: Path) -> None:
    codes = [
        one.code
        for one in findings(copied(DESK, tmp_path / "写し.xlsx", lambda book: book.remove(book["1-2-2"])))
    ]
    assert codes == ["ST03", "ST21"] or codes == ["ST21", "ST03"]


def test_without_the_first_sheet_the_period_is_not_known(tmp_path: Path) -> None:
    path = copied(DESK, tmp_path / "写し.xlsx", lambda book: book.remove(book["操作"]))
    (finding,) = findings(path)
    assert "この期のものか確かめられません" in finding.message


@pytest.mark.parametrize(
    ("cell", "words", "told"),
    [
        ("C5", "令和6年度 第2四半期", "令和6年度 第2四半期"),
        ("B2", "千葉支部事業実施状況　入力ブック", "千葉支部事業実施状況 令和6年度 第3四半期"),
    ],
)
def test_a_book_of_another_period_or_branch(tmp_path: Path, cell: str, words: str, told: str) -> None:
    def edit(book: Any) -> None:
        book["操作"][cell] = words

    path = copied(DESK, tmp_path / "写し.xlsx", edit)
    (finding,) = findings(path)
    assert finding.code == "ST01"
    assert f"別の計画（{told}）" in finding.message
    assert read_book(path, sample_plan())[0].items == ()


def test_items_of_two_groups(tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        other = openpyxl.load_workbook(SAMPLE / "提出" / "レセプトグループ.xlsm")["1-2-4"]
        sheet = book.create_sheet("1-2-4")
        for row in other.iter_rows():
            for cell in row:
                sheet[cell.coordinate] = cell.value

    path = copied(DESK, tmp_path / "写し.xlsx", edit)
    (book,) = check_books([path], plan=SAMPLE / "計画.xlsx").books
    assert "業務グループとレセプトグループの項のシートがあり" in book.failure


def test_any_other_workbook(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "表.xlsx")
    with pytest.raises(KenpoError, match=r"表\.xlsx は入力ブックではありません。配られた入力ブックに"):
        read_submission(tmp_path / "表.xlsx", sample_plan())


def test_a_stamp_of_an_item_that_the_plan_dropped_is_of_another_plan(tmp_path: Path) -> None:
    sections = tuple(replace(one, items=()) for one in sample_plan().sections)
    with pytest.raises(KenpoError, match="入力ブックではありません"):
        read_submission(copied(DESK, tmp_path / "写し.xlsx"), replace(sample_plan(), sections=sections))


class TestBesideTheOneThatWasHandedOut:
    @pytest.fixture
    def period(self, tmp_path: Path) -> PeriodFolder:
        shutil.copy(SAMPLE / "計画.xlsx", tmp_path)
        (tmp_path / "提出").mkdir()
        copied(DESK, tmp_path / "提出" / "写し.xlsx")  # saved today, the other in 2024
        return PeriodFolder(tmp_path)

    def test_alone_it_goes_into_the_report_and_comes_back(self, period: PeriodFolder) -> None:
        assert [one.workbook for one in consolidate(period).submissions] == ["写し.xlsx"]
        write_board_and_copies(period, sample_plan(), check_books([period.root]), today=date(2025, 1, 20))
        assert [path.name for path in period.returned_folder.iterdir()] == ["業務グループ.xlsx"]

    def test_it_never_wins(self, period: PeriodFolder) -> None:
        shutil.copy(DESK, period.submission_folder)
        whole = consolidate(period)
        assert [one.workbook for one in whole.submissions] == [DESK.name]
        (choice,) = whole.duplicates
        assert "写し.xlsx は配られた入力ブックのものでなく" in choice.choice_sentence


def test_it_can_be_marked_mended_and_unmarked(tmp_path: Path) -> None:
    path = copied(DESK, tmp_path / "写し.xlsx")
    before, plan, day = path.read_bytes(), SAMPLE / "計画.xlsx", date(2025, 1, 20)
    assert flag_books([path], plan=plan, today=day).written[0].changed
    assert unflag_books([path], today=day)[0].changed
    assert values(read_submission(path, sample_plan())) == values(read_submission(DESK, sample_plan()))
    assert not fix_books([path], plan=plan)[0].failure
    assert before
