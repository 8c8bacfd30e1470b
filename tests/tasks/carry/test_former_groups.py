"""The plan gives items to other groups after books were handed in: board, check and report agree on them."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from kenpo_xl.domain.findings.finding import Status
from kenpo_xl.domain.outputs.reminders import reminders
from kenpo_xl.domain.outputs.status_board import Board
from kenpo_xl.tasks.board import board_of_checked_books
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.nightly.run import run_nightly
from kenpo_xl.tasks.period.consolidation import consolidate
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.parse_cache import cached_plan
from scripts.plan_drawing import PlanDrawing
from tests.drawn import write_drawn_book
from tests.edited import edited
from tests.made_once import made_once
from tests.tasks.carry.town import drawing

pytestmark = pytest.mark.period

GENERAL, WELFARE, PLANNING = "総務課", "福祉課", "企画課"
DAY = date(2026, 1, 5)
TEXT = "・窓口を開いた。"


def town(*owners: str) -> PlanDrawing:
    """A town with one item per owner in this order: 1-1, 1-2, ..."""
    plan = drawing(2025, 3)
    basics = [row for row in plan.basics if row[0] != "グループ"]
    basics += [("グループ", group) for group in dict.fromkeys(owners)]
    measures: list[dict[str, object]] = []
    for number, owner in enumerate(owners, 1):
        section = f"（{'１２３'[number - 1]}）仕事{'甲乙丙'[number - 1]}"
        chapter = {"章": "１.町の仕事"} if number == 1 else {}
        measures += [chapter | {"節": section, "担当": owner}]
        measures += [{"ブロック": 1, "評価": "要", "計画内容": f"窓口{'甲乙丙'[number - 1]}を開く。"}]
    return replace(plan, basics=basics, measures=measures, layouts={})


def handed_in(folder: Path, *owners: str, missing: str = "") -> Path:
    """A period whose groups handed in their filled books, but for `missing`."""
    key = (handed_in, *owners, missing)
    return made_once(folder, key, lambda place: _hand_in(place, owners, missing))


def _hand_in(folder: Path, owners: Sequence[str], missing: str) -> None:
    folder.mkdir(parents=True)
    write_drawn_book(folder / "計画.xlsx", town(*owners))
    build_books(folder)
    (folder / "提出").mkdir()
    for group in dict.fromkeys(owners):
        if group != missing:
            fill(folder, group)


def fill(folder: Path, group: str) -> None:
    path = folder / "入力" / f"{group}.xlsm"
    with edited(path, folder / "提出" / path.name) as book:
        for sheet in (one for one in book if one.title[0].isdigit()):
            row = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 3).value == "文")
            sheet.cell(row, 4).value = TEXT
            sheet.cell(row, 5).value = "〇"


def board(folder: Path) -> Board:
    plan = cached_plan(folder / "計画.xlsx")
    return board_of_checked_books(PeriodFolder(folder), plan, check_books([folder]), today=DAY)


def states(folder: Path) -> dict[str, tuple[str, str]]:
    return {one.group: (one.state_text, one.former_items) for one in board(folder).groups}


def printed(folder: Path) -> dict[str, str]:
    """The group of each item that the report prints."""
    submissions = consolidate(PeriodFolder(folder)).submissions
    return {entry.item: one.group for one in submissions for entry in one.items if entry.lines}


def sentence(items: str, group: str) -> str:
    return f"項 {items} は、計画が変わる前の{group}のブックから報告書に載せています。"


@pytest.fixture
def renamed(tmp_path: Path) -> Path:
    folder = handed_in(tmp_path / "期", GENERAL, GENERAL, WELFARE)
    write_drawn_book(folder / "計画.xlsx", town(PLANNING, PLANNING, WELFARE))
    return folder


def test_a_renamed_group_has_an_old_book_and_not_none(renamed: Path) -> None:
    found = states(renamed)
    assert found[PLANNING] == (f"旧様式（{GENERAL}のブック）", sentence("1-1、1-2", GENERAL))
    assert found[WELFARE][1] == ""
    assert "未提出" not in found[WELFARE][0]
    assert printed(renamed) == {"1-1": PLANNING, "1-2": PLANNING, "1-3": WELFARE}
    (state, _) = board(renamed).groups
    assert (state.book, state.was_checked, board(renamed).ignored_files) == (f"{GENERAL}.xlsm", False, ())


def test_its_letter_is_on_the_old_book(renamed: Path) -> None:
    (letter,) = [one for one in reminders(board(renamed)) if one.group == PLANNING]
    assert any(f"「{GENERAL}.xlsm」は、計画が変わる前の様式でした。" in line for line in letter.lines)


def test_check_says_where_the_values_of_the_old_book_go(renamed: Path) -> None:
    (other, old) = check_books([renamed]).books
    assert (old.group, old.moved_items, other.moved_items) == (GENERAL, ("1-1", "1-2"), ())
    (finding,) = [one for one in old.findings if one.code == "ST01"]
    assert f"いまの担当（{PLANNING}）の分として報告書に載せます。" in finding.message
    assert finding.hint == f"直すときは、{PLANNING}の新しい入力ブックに入力して提出してください。"


def test_the_contents_of_the_old_book_are_checked_too(renamed: Path) -> None:
    with edited(renamed / "提出" / f"{GENERAL}.xlsm") as book:
        sheet = book["1-2"]
        (cell,) = [cell for cell in sheet["D"] if cell.value == TEXT]
        cell.value = f"{TEXT}令和7年13月に開いた。"
    old = next(one for one in check_books([renamed]).books if one.group == GENERAL)
    assert ("1-2", cell.coordinate) in {(one.sheet, one.cell) for one in old.findings if one.code[:2] == "WO"}
    assert {one.status for one in old.rules if one.code == "WO01"} == {Status.RAN}


def test_the_contents_are_not_checked_once_the_new_group_handed_in(renamed: Path) -> None:
    build_books(renamed)
    fill(renamed, PLANNING)
    old = next(one for one in check_books([renamed]).books if one.group == GENERAL)
    assert {one.code[:2] for one in old.findings} == {"ST"}
    assert "中身は調べていません。" in old.findings[0].message


def test_the_check_of_one_book_knows_the_others_as_the_report_does(renamed: Path) -> None:
    (only,) = check_books([renamed / "提出" / f"{WELFARE}.xlsm"]).books
    together = check_books([renamed]).books[0]
    assert only.findings == together.findings
    assert [rule.reason for rule in only.rules if GENERAL in rule.reason or PLANNING in rule.reason] == []


def test_the_night_reports_what_the_old_group_handed_in(renamed: Path) -> None:
    with ThreadPoolExecutor(1) as executor:
        result = run_nightly(renamed.parent, executor, today=DAY, user="", since="", watch=lambda *_: None)
    assert result.periods[0].failures == []
    (report,) = (renamed / "報告").glob("事業実施状況*.xlsx")
    cells = (str(cell.value) for sheet in openpyxl.load_workbook(report) for row in sheet for cell in row)
    assert sum(TEXT in text for text in cells) == 3
    sheet = openpyxl.load_workbook(renamed / "報告" / "提出状況.xlsx")["提出状況"]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert any(f"旧様式（{GENERAL}のブック）" in text for text in texts)
    assert sentence("1-1、1-2", GENERAL) in texts


def test_its_own_book_counts_once_it_is_there(renamed: Path) -> None:
    build_books(renamed)
    fill(renamed, PLANNING)
    assert states(renamed)[PLANNING][1] == ""
    assert not states(renamed)[PLANNING][0].startswith(("旧様式", "未提出"))
    (old,) = [one for one in check_books([renamed]).books if one.group == GENERAL]
    assert old.moved_items == ()
    assert [one.name for one in board(renamed).ignored_files] == [f"{GENERAL}.xlsm"]
    assert "報告書に載せます" not in old.findings[0].message


def test_a_split_group(tmp_path: Path) -> None:
    folder = handed_in(tmp_path / "期", GENERAL, GENERAL, WELFARE)
    write_drawn_book(folder / "計画.xlsx", town(GENERAL, PLANNING, WELFARE))
    found = states(folder)
    assert found[PLANNING] == (f"旧様式（{GENERAL}のブック）", sentence("1-2", GENERAL))
    assert found[GENERAL][1] == ""
    assert not found[GENERAL][0].startswith("未提出")
    assert printed(folder)["1-2"] == PLANNING


def test_an_item_moved_to_a_group_that_handed_in_nothing(tmp_path: Path) -> None:
    folder = handed_in(tmp_path / "期", GENERAL, GENERAL, WELFARE, missing=WELFARE)
    write_drawn_book(folder / "計画.xlsx", town(GENERAL, WELFARE, WELFARE))
    assert states(folder)[WELFARE] == ("未提出", sentence("1-2", GENERAL))
    assert printed(folder)["1-2"] == WELFARE


def test_joined_groups(tmp_path: Path) -> None:
    folder = handed_in(tmp_path / "期", GENERAL, GENERAL, WELFARE)
    write_drawn_book(folder / "計画.xlsx", town(PLANNING, PLANNING, PLANNING))
    both = f"{GENERAL}、{WELFARE}"
    assert states(folder) == {PLANNING: (f"旧様式（{both}のブック）", sentence("1-1、1-2、1-3", both))}


def test_an_unchanged_plan_moves_nothing(tmp_path: Path) -> None:
    folder = handed_in(tmp_path / "期", GENERAL, WELFARE, missing=WELFARE)
    assert states(folder)[WELFARE] == ("未提出", "")
    assert [one.moved_items for one in check_books([folder]).books] == [()]


def test_a_book_of_another_quarter_moves_nothing(renamed: Path) -> None:
    plan = town(PLANNING, PLANNING, WELFARE)
    basics = [(key, 2 if key == "四半期" else value) for key, value in plan.basics]
    write_drawn_book(renamed / "計画.xlsx", replace(plan, basics=basics))
    assert states(renamed)[PLANNING] == ("未提出", "")


def test_of_two_old_books_the_one_that_the_report_reads_counts(renamed: Path) -> None:
    shutil.copy(renamed / "提出" / f"{GENERAL}.xlsm", renamed / "提出" / f"{GENERAL}(2).xlsm")
    (read,) = {
        one.workbook for one in consolidate(PeriodFolder(renamed)).submissions if one.group == PLANNING
    }
    found = board(renamed)
    assert {one.group: one.book for one in found.groups}[PLANNING] == read
    (ignored,) = found.ignored_files
    assert {ignored.name, read} == {f"{GENERAL}.xlsm", f"{GENERAL}(2).xlsm"}


def test_an_own_book_that_cannot_be_read_is_named_beside_the_old_one(renamed: Path) -> None:
    (renamed / "提出" / f"{PLANNING}.xlsm").write_bytes(b"PK\3\4")
    assert states(renamed)[PLANNING] == ("読取不可", sentence("1-1、1-2", GENERAL))


def test_an_old_book_that_cannot_be_read_moves_nothing(renamed: Path) -> None:
    (renamed / "提出" / f"{GENERAL}.xlsm").write_bytes(b"PK\3\4")
    assert states(renamed)[PLANNING] == ("未提出", "")


def test_swapped_items_are_each_in_the_other_book(tmp_path: Path) -> None:
    folder = handed_in(tmp_path / "期", GENERAL, WELFARE)
    write_drawn_book(folder / "計画.xlsx", town(WELFARE, GENERAL))
    assert states(folder) == {
        WELFARE: ("旧様式", sentence("1-1", GENERAL)),
        GENERAL: ("旧様式", sentence("1-2", WELFARE)),
    }
    assert printed(folder) == {"1-1": WELFARE, "1-2": GENERAL}


class TestPartsOfAnItem:
    """Blocks and tables that the plan moves to items of a group that handed in its book before."""

    TABLE = """
表       | 相談     |
         |          | 年度 | 件数
         |          | {年度} | ⟪件⟫
"""

    def plan(self, *, is_moved: bool) -> PlanDrawing:
        block = {"ブロック": 2, "評価": "要", "計画内容": "相談を受ける。"}
        drawn = town(GENERAL, WELFARE)
        at = 4 if is_moved else 2
        measures = [*drawn.measures[:at], block, *drawn.measures[at:]]
        item = "1-2" if is_moved else "1-1"
        return replace(drawn, measures=measures, layouts={item: f"ブロック | 2\n文 | |\n{self.TABLE}"})

    @pytest.fixture
    def moved(self, tmp_path: Path) -> Path:
        folder = tmp_path / "期"
        (folder / "提出").mkdir(parents=True)
        write_drawn_book(folder / "計画.xlsx", self.plan(is_moved=False))
        build_books(folder)
        for group in (GENERAL, WELFARE):
            fill(folder, group)
        with edited(folder / "提出" / f"{GENERAL}.xlsm") as book:
            sheet = book["1-1"]
            (header,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == "件数")
            sheet.cell(header.row + 1, header.column).value = 12
            (row,) = (cell.row for cell in sheet["D"] if cell.value == "相談を受ける。")
            sheet.cell(row + 1, 4).value, sheet.cell(row + 1, 5).value = "・相談を受けた。", "△"
        write_drawn_book(folder / "計画.xlsx", self.plan(is_moved=True))
        return folder

    def test_the_report_prints_them_in_their_new_place(self, moved: Path) -> None:
        whole = consolidate(PeriodFolder(moved))
        (entry,) = (one for book in whole.submissions for one in book.items if one.item == "1-2")
        texts = [line.text for line in entry.lines if line.block == "2" and line.text]
        assert texts == ["・相談を受けた。", "相談"]
        assert [(one.block, one.glyph) for one in entry.ratings] == [("1", "〇"), ("2", "△")]
        (figure,) = (one for one in whole.figures if str(one.id) == "1-2/相談/当年/件数")
        assert (figure.typed, figure.source and figure.source.sheet) == (12, "1-1")

    def test_what_is_said_of_both_books_is_true(self, moved: Path) -> None:
        welfare, general = check_books([moved / "提出"]).books
        said = [one.message for one in general.findings if one.code.startswith("ST")]
        assert any("いまの計画では 項 1-2" in text and "そこに載せます" in text for text in said)
        asked = [one.message for one in welfare.findings if "計画で別の所から移った 1-2" in one.message]
        assert len(asked) == 2

    def test_its_own_book_counts_once_it_is_there(self, moved: Path) -> None:
        build_books(moved)
        with edited(moved / "入力" / f"{WELFARE}.xlsm") as book:
            (row,) = (cell.row for cell in book["1-2"]["D"] if cell.value == "・相談を受けた。")
            book["1-2"].cell(row, 4).value = "・相談を 12 件受けた。"
        shutil.copy(moved / "入力" / f"{WELFARE}.xlsm", moved / "提出")
        whole = consolidate(PeriodFolder(moved))
        (entry,) = (one for book in whole.submissions for one in book.items if one.item == "1-2")
        texts = [line.text for line in entry.lines if line.block == "2"]
        assert (texts.count("・相談を 12 件受けた。"), texts.count("・相談を受けた。")) == (1, 0)
