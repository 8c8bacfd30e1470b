"""The plan is changed, and changed back or on, while books are out: nothing is lost, and no row stays."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from kenpo_xl.books.common import names
from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.tasks.build import BuildResult, build_books
from kenpo_xl.tasks.buttons.planner_buttons import built_sentence
from kenpo_xl.tasks.flag import flag_books
from scripts.plan_drawing import PlanDrawing
from tests.drawn import write_drawn_book
from tests.edited import edited
from tests.tasks.carry.town import GROUP, LAYOUT, drawing, lines, period, plan_of, submit, typed

pytestmark = pytest.mark.period

BOOK = Path("入力") / f"{GROUP}.xlsm"
LAST_YEAR = "         | 前年度末 | {前年度} | ⟪件⟫ | ⟪件⟫ | ⟪件⟫ | ⟪件⟫ | =SUM([-4]:[-1]) ⟪件⟫\n"
WITHOUT_ROW = LAYOUT.replace(LAST_YEAR, "")
CELLS = "⟪件⟫ | ⟪件⟫ | ⟪件⟫ | ⟪件⟫ | =SUM([-4]:[-1]) ⟪件⟫"
THOUSANDS = LAYOUT.replace(CELLS, CELLS.replace("件", "千件"))


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = period(tmp_path_factory.mktemp("period") / "第3四半期", 2025, 3)
    numbers: dict[str, list[tuple[Any, ...]]] = {
        "相談": [(120,), (200,)],
        "月別": [(10, 20, 30), (5, 6, 7, 8)],
    }
    submit(
        folder, numbers, {"1": ["・窓口を開いた。"], "2": ["・大会を開いた。"]}, towns=[("緑", "公民館", 30)]
    )
    build_books(folder)
    return folder


@pytest.fixture
def folder(issued: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(issued, tmp_path / "期"))


def built(folder: Path, layout: str = LAYOUT, **parts: Any) -> BuildResult:
    write_drawn_book(folder / "計画.xlsx", drawing(2025, 3, layout, **parts))
    return build_books(folder)


def sheets(folder: Path) -> set[str]:
    return set(openpyxl.load_workbook(folder / BOOK, read_only=True).sheetnames)


def without_block(plan: PlanDrawing) -> PlanDrawing:
    """The plan without its second block."""
    first = LAYOUT.partition("ブロック | 2")[0]
    measures = [row for row in plan.measures if row.get("ブロック") != 2]
    return replace(plan, measures=measures, layouts={"1-1": first})


def test_a_row_that_comes_back_has_its_values_again(folder: Path) -> None:
    before = typed(folder)
    built(folder, WITHOUT_ROW)
    assert names.UNPLACED in sheets(folder)
    built(folder)
    assert typed(folder) == before
    assert names.UNPLACED not in sheets(folder)


def test_a_block_that_comes_back_has_its_lines_and_tables_again(folder: Path) -> None:
    before, texts = typed(folder), lines(folder)
    write_drawn_book(folder / "計画.xlsx", without_block(drawing(2025, 3)))
    build_books(folder)
    built(folder)
    found = typed(folder)
    assert {key: found.get(key) for key in before if "大会" not in key} == {
        key: value for key, value in before.items() if "大会" not in key
    }
    assert [text for text, _ in lines(folder)] == [text for text, _ in texts]


def test_a_starting_line_of_a_block_that_comes_back_is_there_once(folder: Path) -> None:
    started = LAYOUT.replace("ブロック | 2\n", "ブロック | 2\n文 | | ・開いた日：　日\n")
    built(folder, started)
    write_drawn_book(folder / "計画.xlsx", without_block(drawing(2025, 3)))
    build_books(folder)
    built(folder, started)
    assert [text for text, _ in lines(folder)].count("・開いた日：　日") == 1


@pytest.mark.parametrize(
    ("typed_text", "count"), [("・開いた日：12月3日", 0), ("・大会を12月3日に開いた。", 1)]
)
def test_one_that_a_clerk_filled_does_not_come_back(folder: Path, typed_text: str, count: int) -> None:
    started = LAYOUT.replace("ブロック | 2\n", "ブロック | 2\n文 | | ・開いた日：　日\n")
    built(folder, started)
    with edited(folder / BOOK) as book:
        (cell,) = (cell for cell in book["1-1"]["D"] if cell.value == "・開いた日：　日")
        cell.value = typed_text
    now = (folder / "提出" / BOOK.name).stat().st_mtime + 60
    os.utime(folder / BOOK, (now, now))
    write_drawn_book(folder / "計画.xlsx", without_block(drawing(2025, 3)))
    build_books(folder)
    built(folder, started)
    found = [text for text, _ in lines(folder)]
    assert (found.count(typed_text), found.count("・開いた日：　日")) == (1, count)


def test_a_scale_that_comes_back_leaves_no_row(folder: Path) -> None:
    before = typed(folder)
    built(folder, THOUSANDS)
    assert names.CONVERTED in sheets(folder)
    built(folder)
    assert typed(folder) == before
    assert names.CONVERTED not in sheets(folder)


def test_a_scale_that_changes_twice_is_one_row_from_what_was_typed(folder: Path) -> None:
    built(folder, THOUSANDS)
    built(folder, LAYOUT.replace(CELLS, CELLS.replace("件", "百万件")))
    submission = read_submission(folder / BOOK, plan_of(folder))
    found = {one.identity: (one.before, one.now) for one in submission.converted}
    assert found["1-1/月別/当年/4~6月"] == ("10 件", "0.00001 百万件")
    assert len(found) == len(submission.converted) == 7


def test_another_scale_for_a_row_that_comes_back_is_converted(folder: Path) -> None:
    built(folder, WITHOUT_ROW)
    built(folder, THOUSANDS)
    submission = read_submission(folder / BOOK, plan_of(folder))
    (entry,) = [one for item in submission.items for one in item.tables if one.table == "月別"]
    assert str(next(row for row in entry.rows if row.row == 1).cells[0].value) == "0.005"


class TestWhatIsSaid:
    def town(self, *owners: str) -> PlanDrawing:
        plan = drawing(2025, 3)
        basics = [row for row in plan.basics if row[0] != "グループ"]
        basics += [("グループ", group) for group in dict.fromkeys(owners)]
        measures: list[dict[str, object]] = []
        for number, owner in enumerate(owners, 1):
            header = {"節": f"（{'１２３'[number - 1]}）仕事{'甲乙丙'[number - 1]}", "担当": owner}
            measures.append(({"章": "１.町の仕事"} if number == 1 else {}) | header)
            measures.append({"ブロック": 1, "評価": "要", "計画内容": f"計画{'甲乙丙'[number - 1]}を行う。"})
        return replace(plan, basics=basics, measures=measures, layouts={})

    def control(self, folder: Path, group: str) -> str:
        book = openpyxl.load_workbook(folder / "入力" / f"{group}.xlsm")
        return next(
            str(c.value) for c in book["操作"]["C"] if str(c.value).startswith("計画が変わりました。")
        )

    def test_an_item_of_another_owner_is_named_to_all(self, tmp_path: Path) -> None:
        write_drawn_book(tmp_path / "計画.xlsx", self.town("総務課", "福祉課", "総務課"))
        build_books(tmp_path)
        write_drawn_book(tmp_path / "計画.xlsx", self.town("福祉課", "福祉課", "総務課"))
        result = build_books(tmp_path)
        sentence = "項「1-1 （１）仕事甲」の担当は「総務課」から「福祉課」になりました。"
        assert f"計画が変わりました: {sentence}" in result.changes
        assert all(sentence in self.control(tmp_path, group) for group in ("福祉課", "総務課"))

    def test_books_that_only_moved_are_not_called_made_again(self, tmp_path: Path) -> None:
        write_drawn_book(tmp_path / "計画.xlsx", self.town("総務課", "福祉課"))
        build_books(tmp_path)
        write_drawn_book(tmp_path / "計画.xlsx", self.town("福祉課", "福祉課"))
        said = built_sentence(build_books(tmp_path))
        assert "計画が変わったため、1 冊を作り直しました。1 冊を「以前の版」に移しました（" in said


def test_blocks_of_two_books_of_different_plans_meet_in_one_item(tmp_path: Path) -> None:
    def plan(second: str, *, moved: bool) -> PlanDrawing:
        made = drawing(2025, 3)
        basics = [row for row in made.basics if row[0] != "グループ"]
        basics += [("グループ", "総務課"), ("グループ", "福祉課")]
        blocks = [{"評価": "要", "計画内容": f"計画{name}を行う。"} for name in "甲乙"]
        kept, given = ([blocks[0]], [blocks[1]]) if moved else (blocks, [])
        measures: list[dict[str, object]] = [
            {"章": "１.町の仕事", "節": "（１）相談", "担当": "総務課"},
            *({"ブロック": at, **block} for at, block in enumerate(kept, 1)),
            {"節": "（２）広報", "担当": "福祉課"},
            {"ブロック": 1, "評価": "要", "計画内容": second},
            *({"ブロック": at, **block} for at, block in enumerate(given, 2)),
        ]
        return replace(made, basics=basics, measures=measures, layouts={})

    def fill(group: str, sheet: str) -> None:
        path = tmp_path / "入力" / f"{group}.xlsm"
        with edited(path) as book:
            places = [cell for cell in book[sheet]["C"] if cell.value == "文"]
            blocks = {book[sheet].cell(cell.row, 2).value: cell.row for cell in reversed(places)}
            for name, row in blocks.items():
                book[sheet].cell(row, 4).value = f"{group}の{name}"

    write_drawn_book(tmp_path / "計画.xlsx", plan("計画丙を行う。", moved=False))
    build_books(tmp_path)
    fill("総務課", "1-1")
    fill("福祉課", "1-2")
    write_drawn_book(tmp_path / "計画.xlsx", plan("計画丙を必ず行う。", moved=False))
    build_books(tmp_path)
    write_drawn_book(tmp_path / "計画.xlsx", plan("計画丙を必ず行う。", moved=True))
    build_books(tmp_path)
    submission = read_submission(tmp_path / "入力" / "福祉課.xlsm", plan_of(tmp_path))
    texts = [(line.block, line.text) for item in submission.items for line in item.lines if line.text]
    assert texts == [("1", "福祉課の1"), ("2", "総務課の2")]


def test_notes_and_sheets_of_staff_are_listed(folder: Path) -> None:
    with edited(folder / BOOK) as book:
        sheet = book["1-1"]
        line = next(cell for cell in sheet["D"] if cell.value == "・大会を開いた。")
        number = next(cell for row in sheet.iter_rows() for cell in row if cell.value == 120)
        line.comment = Comment("来月もう一度聞く", "田中")
        number.comment = Comment("システムの数\n課長に確認済", "田中")
        book.create_sheet("計算用")["B2"] = "=1+1"
        book.create_sheet("白紙")
    result = built(folder, LAYOUT.replace("相談の件数", "相談"))
    page = openpyxl.load_workbook(folder / BOOK)[names.UNPLACED]
    rows = [row[:3] for row in page.iter_rows(min_row=5, values_only=True)]
    assert rows == [
        ("メモ：1-1/ブロック 2/実施状況", "来月もう一度聞く", f"{BOOK.name} 1-1!{line.coordinate}"),
        ("メモ：1-1/相談", "システムの数\n課長に確認済", f"{BOOK.name} 1-1!{number.coordinate}"),
        ("シート「計算用」", "入力のあるセル 1 個", f"{BOOK.name} 計算用"),
    ]
    assert any("入れる所のないものが 3 件あります" in sentence for sentence in result.changes)
    assert "計算用" in openpyxl.load_workbook(next(iter(result.older.values()))).sheetnames


def test_marks_of_the_check_are_no_notes_of_staff(folder: Path) -> None:
    with edited(folder / BOOK) as book:
        line = next(cell for cell in book["1-1"]["D"] if cell.value == "・大会を開いた。")
        line.value = "・大会を開いた。。"
        line.comment = Comment("来月もう一度聞く", "田中")
    flag_books([folder / BOOK], today=date(2026, 1, 5))
    built(folder, LAYOUT.replace("相談の件数", "相談"))
    page = openpyxl.load_workbook(folder / BOOK)[names.UNPLACED]
    assert [row[1] for row in page.iter_rows(min_row=5, values_only=True)] == ["来月もう一度聞く"]
