"""The night offers a group whose submission is of an earlier plan its book of the plan now, filled."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import MergedCell

from kenpo_xl.books.handover.sheet import NAME as HANDOVER
from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.domain.outputs.reminders import reminders
from kenpo_xl.domain.outputs.status_board import State
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.board import BoardResult, write_board_and_copies
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.next_period.new import make_next_period
from kenpo_xl.tasks.nightly.run import NightResult, run_nightly
from kenpo_xl.tasks.period.consolidation import consolidate
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.parse_cache import cached_plan
from tests.drawn import write_drawn_book
from tests.edited import edited
from tests.made_once import made_once
from tests.tasks.carry.test_former_groups import GENERAL, PLANNING, TEXT, WELFARE, handed_in, town
from tests.tasks.carry.town import GROUP, LAYOUT, drawing, period, plan_of, submit

pytestmark = pytest.mark.period

DAY = date(2026, 1, 5)
NUMBERS = {"相談": [(120,), (200,)], "月別": [(10, 20, 30), (5, 6, 7, 8)]}
TEXTS = {"1": ["・窓口を開いた。"], "2": ["・大会を開いた。"]}
ADDED = f"""{LAYOUT}
表       | 研修     | 研修の回数
         |          | 年度 | 回数
         |          | {{年度}} | ⟪回⟫
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A period whose group submitted its book before a table was added to the plan."""
    return made_once(tmp_path / "第3四半期", submitted_before, submitted_before)


def submitted_before(folder: Path) -> None:
    period(folder, 2025, 3)
    submit(folder, NUMBERS, TEXTS, towns=[("緑", "公民館", 30)])
    build_books(folder)
    shutil.copy(folder / "入力" / f"{GROUP}.xlsm", folder / "提出" / f"{GROUP}.xlsm")
    write_drawn_book(folder / "計画.xlsx", drawing(2025, 3, ADDED))


def written(folder: Path) -> BoardResult:
    plan = cached_plan(folder / "計画.xlsx")
    return write_board_and_copies(PeriodFolder(folder), plan, check_books([folder]), today=DAY)


def night(root: Path) -> NightResult:
    with ThreadPoolExecutor(1) as executor:
        return run_nightly(root, executor, today=DAY, user="", since="", watch=lambda *_: None)


def offered(folder: Path, group: str = GROUP) -> Path:
    return folder / "返却" / f"{group}.xlsm"


def numbers(path: Path, folder: Path) -> dict[str, int]:
    plan = plan_of(folder)
    (item,) = read_submission(path, plan).items
    return {
        str(plan.tables[item.item, entry.table].identity(row.row, column)): int(str(cell.value))
        for entry in item.tables
        for row in entry.rows
        for column, cell in enumerate(row.cells)
        if cell.value is not None and not cell.formula and entry.table != "大会"
    }


def test_the_offered_book_holds_all_that_was_submitted_and_the_new_table(folder: Path) -> None:
    before = (folder / "提出" / f"{GROUP}.xlsm").read_bytes()
    assert night(folder.parent).periods[0].failures == []
    assert (folder / "提出" / f"{GROUP}.xlsm").read_bytes() == before
    assert numbers(offered(folder), folder) == {
        "1-1/相談/当年/件数": 120, "1-1/相談/前年/件数": 200,
        "1-1/月別/当年/4~6月": 10, "1-1/月別/当年/7~9月": 20, "1-1/月別/当年/10~12月": 30,
        "1-1/月別/前年/4~6月": 5, "1-1/月別/前年/7~9月": 6, "1-1/月別/前年/10~12月": 7,
        "1-1/月別/前年/1~3月": 8,
    }  # fmt: skip
    submission = read_submission(offered(folder), plan_of(folder))
    assert (submission.mismatches, submission.missed) == ((), ())
    assert "研修" in {entry.table for entry in submission.items[0].tables}
    texts = [line.text for line in submission.items[0].lines if not line.carried]
    assert {"・窓口を開いた。", "・大会を開いた。"} <= set(texts)


def test_what_is_still_to_be_typed_is_marked_in_it(folder: Path) -> None:
    written(folder)
    rows = openpyxl.load_workbook(offered(folder))["指摘"].iter_rows(min_row=5, values_only=True)
    found = [" ".join(str(cell) for cell in row if cell) for row in rows]
    assert any("1-1/研修" in text and "VA" in text for text in found)
    assert not any("ST02" in text or "ST29" in text for text in found)


def test_the_board_and_the_letter_name_it(folder: Path) -> None:
    (state,) = written(folder).board.groups
    assert (state.state, state.returned) == (State.OUTDATED, f"{GROUP}.xlsm")
    (letter,) = reminders(written(folder).board)
    text = "".join(letter.lines)
    assert (
        f"「返却」フォルダーの「{GROUP}.xlsm」に、ご提出いただいたものを新しい様式に写してあります。" in text
    )
    assert "写してあるブックに、加わったところを入力してご提出くださいます" in text


def test_a_group_submits_it_after_adding_what_is_new(folder: Path) -> None:
    written(folder)
    with edited(offered(folder)) as book:
        sheet = book["1-1"]
        (header,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == "回数")
        sheet.cell(header.row + 1, header.column).value = 4
    shutil.copy(offered(folder), folder / "提出" / f"{GROUP}.xlsm")
    (state,) = written(folder).board.groups
    assert state.state is not State.OUTDATED
    assert numbers(folder / "提出" / f"{GROUP}.xlsm", folder)["1-1/研修/当年/回数"] == 4


def test_the_same_night_again_writes_the_same_bytes(folder: Path) -> None:
    assert written(folder).copies[0].changed
    before = offered(folder).read_bytes()
    assert not written(folder).copies[0].changed
    assert offered(folder).read_bytes() == before


def test_one_that_a_clerk_went_on_in_is_left_as_it_is(folder: Path) -> None:
    written(folder)
    book = openpyxl.load_workbook(offered(folder))
    book.save(offered(folder))
    before = offered(folder).read_bytes()
    write_drawn_book(folder / "計画.xlsx", drawing(2025, 3, ADDED.replace("研修", "講習")))
    (copy,) = written(folder).copies
    assert offered(folder).read_bytes() == before
    assert "グループが続きを入力しているため、書き換えていません" in copy.left[0].reason


def test_one_that_nobody_touched_follows_the_plan(folder: Path) -> None:
    written(folder)
    write_drawn_book(folder / "計画.xlsx", drawing(2025, 3, ADDED.replace("研修", "講習")))
    assert written(folder).copies[0].changed
    tables = {entry.table for entry in read_submission(offered(folder), plan_of(folder)).items[0].tables}
    assert "講習" in tables


def test_a_book_of_the_present_plan_gets_its_marked_copy_as_ever(tmp_path: Path) -> None:
    folder = period(tmp_path / "第3四半期", 2025, 3)
    submit(folder, {**NUMBERS, "月別": [(10, None, 30), (5, 6, 7, 8)]}, TEXTS)
    written(folder)
    submitted = openpyxl.load_workbook(folder / "提出" / f"{GROUP}.xlsm")
    assert openpyxl.load_workbook(offered(folder)).sheetnames == submitted.sheetnames
    assert "計画の変更" not in [cell.value for cell in openpyxl.load_workbook(offered(folder))["操作"]["B"]]


def test_a_renamed_group_is_offered_what_it_submitted_under_its_former_name(tmp_path: Path) -> None:
    folder = handed_in(tmp_path / "期", GENERAL, GENERAL, WELFARE)
    write_drawn_book(folder / "計画.xlsx", town(PLANNING, PLANNING, WELFARE))
    result = written(folder)
    state = next(one for one in result.board.groups if one.group == PLANNING)
    assert (state.state, state.returned) == (State.OUTDATED, f"{PLANNING}.xlsm")
    submission = read_submission(offered(folder, PLANNING), cached_plan(folder / "計画.xlsx"))
    assert (submission.group, [item.item for item in submission.items]) == (PLANNING, ["1-1", "1-2"])
    assert [line.text for item in submission.items for line in item.lines].count(TEXT) == 2
    assert not offered(folder, GENERAL).exists()


class TestDecided:
    """The planner decided in 引継ぎ, after the books were handed in, that a new table is another one."""

    @pytest.fixture
    def decided(self, tmp_path: Path) -> Path:
        period(tmp_path / "第2四半期", 2025, 2)
        folder = make_next_period(tmp_path / "第2四半期").folder
        submit(folder, NUMBERS, TEXTS)
        build_books(folder)
        shutil.copy(folder / "入力" / f"{GROUP}.xlsm", folder / "提出")
        with edited(folder / "計画.xlsx") as book:
            (name,) = (cell for row in book["1-1"].iter_rows() for cell in row if cell.value == "月別")
            name.value = "期間別"
        with pytest.raises(KenpoError, match="確認していない行が 1 件あるため"):
            build_books(folder)
        return folder

    def answer(self, folder: Path, name: str) -> None:
        with edited(folder / HANDOVER) as book:
            sheet = book.worksheets[0]
            (row,) = (row[0].row for row in sheet.iter_rows(min_row=5) if "月別" in str(row[2].value))
            columns = {cell.value: cell.column for cell in sheet[4]}
            sheet.cell(row, columns["新しい値"]).value = name
            sheet.cell(row, columns["確認済"]).value = "このまま"

    def reported(self, folder: Path) -> list[str]:
        figures = consolidate(PeriodFolder(folder)).figures
        return [str(one.id) for one in figures if one.id.table == "期間別" and one.typed is not None]

    def test_the_same_table_is_reported(self, decided: Path) -> None:
        self.answer(decided, "1-1/期間別")
        assert len(self.reported(decided)) == 9

    def test_another_table_is_neither_reported_nor_offered(self, decided: Path) -> None:
        assert len(self.reported(decided)) == 9
        self.answer(decided, "なし")
        assert self.reported(decided) == []
        written(decided)
        assert not [name for name in numbers(offered(decided), decided) if "期間別" in name]
        rows = openpyxl.load_workbook(offered(decided))["引き継げなかったもの"].iter_rows(min_row=5)
        assert [row[0].value for row in rows].count("1-1/月別/当年/4~6月") == 1


class TestDamaged:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """A period whose group submitted a book of the present plan."""
        folder = period(tmp_path / "第3四半期", 2025, 3)
        submit(folder, NUMBERS, TEXTS, towns=[("緑", "公民館", 30)])
        return folder

    def cut(self, folder: Path) -> Path:
        path = folder / "提出" / f"{GROUP}.xlsm"
        path.write_bytes(path.read_bytes()[:-200])
        return path

    def test_what_is_left_of_it_is_offered_and_said(self, folder: Path) -> None:
        whole = numbers(folder / "提出" / f"{GROUP}.xlsm", folder)
        before = self.cut(folder).read_bytes()
        result = written(folder)
        assert numbers(offered(folder), folder) == whole
        assert (folder / "提出" / f"{GROUP}.xlsm").read_bytes() == before
        (state,) = result.board.groups
        assert (state.state, state.returned) == (State.UNREADABLE, f"{GROUP}.xlsm")
        (letter,) = reminders(result.board)
        text = "".join(letter.lines)
        assert f"読み取れたものは、「返却」フォルダーの「{GROUP}.xlsm」に写してあります。" in text
        assert "写してあるブックを確かめ、足りないところを入力してご提出くださいます" in text

    def test_the_night_offers_it_once(self, folder: Path) -> None:
        self.cut(folder)
        night(folder)
        before = offered(folder).read_bytes()
        assert not written(folder).copies[0].changed
        assert offered(folder).read_bytes() == before

    def test_sheets_in_a_new_workbook_are_offered(self, folder: Path) -> None:
        path = folder / "提出" / f"{GROUP}.xlsm"
        whole = numbers(path, folder)
        book = openpyxl.load_workbook(path)
        for name in [name for name in book.sheetnames if name != "1-1"]:
            del book[name]
        for name in list(book.defined_names):
            del book.defined_names[name]
        title = book["1-1"]["B1"].value
        cells = (cell for row in book["1-1"].iter_rows(max_col=4) for cell in row)
        for cell in (cell for cell in cells if not isinstance(cell, MergedCell)):
            is_text = isinstance(cell.value, str) and cell.row < 12
            cell.value = f"{title}（写し）" if cell.coordinate == "B1" else None if is_text else cell.value
        path.unlink()
        book.save(path.with_suffix(".xlsx"))
        written(folder)
        assert numbers(offered(folder), folder) == whole

    def test_of_nothing_there_is_no_copy(self, folder: Path) -> None:
        (folder / "提出" / f"{GROUP}.xlsm").write_bytes(b"PK\3\4" + b"x" * 1000)
        (copy,) = written(folder).copies
        assert (copy.path, copy.left, copy.failed) == (None, (), ())
        assert not offered(folder).exists()

    def test_one_that_a_clerk_went_on_in_is_left(self, folder: Path) -> None:
        self.cut(folder)
        written(folder)
        openpyxl.load_workbook(offered(folder)).save(offered(folder))
        before = offered(folder).read_bytes()
        (folder / "提出" / f"{GROUP}.xlsm").write_bytes(self.cut(folder).read_bytes())
        (copy,) = written(folder).copies
        assert offered(folder).read_bytes() == before
        assert "グループが続きを入力しているため" in copy.left[0].reason
