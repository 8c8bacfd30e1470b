"""The list of 直す in a saved book: what it says, what is chosen, and that it is no content of the staff."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from kenpo_xl.annotations.acceptances import typed_acceptances
from kenpo_xl.annotations.findings_sheet import REPAIR
from kenpo_xl.annotations.listed_repairs import ListedRepair, listed_repairs
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.flag import unflag_books
from scripts.bench_press import write_listed_copy
from tests.edited import edited
from tests.paths import SAMPLE
from tests.tasks.books import figure_cell
from tests.tasks.test_flag import TODAY

NAME = "レセプトグループ.xlsm"
GLYPH = "評価の記号が、見た目の同じ別の字です（文字の種類が違います）。"
TOTAL = "1-2-4/査定金額/当年/合計"


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    shutil.copy(SAMPLE / "計画.xlsx", tmp_path)
    return write_listed_copy(SAMPLE / "提出" / NAME, tmp_path / "入力" / NAME)


def test_certain_changes_are_chosen_and_others_are_not(listed: Path) -> None:
    total = figure_cell(SAMPLE, TOTAL)
    found = listed_repairs(Workbook(listed))
    offered = ListedRepair(total.sheet, total.cell, "？168,839 千円", is_chosen=False)
    assert offered in found
    assert [one.identity for one in found if one.is_chosen] == ["○"]
    sheet = openpyxl.load_workbook(listed)["指摘"]
    rows = [tuple(cell.value for cell in row[2:6]) for row in sheet.iter_rows(5, 4 + len(found))]
    assert (GLYPH, "もう一度「直す」を押すと、評価基準の 〇 にします。", "○", "〇") in rows
    assert ("168,839 千円", "算式（244,116 千円）") in [row[2:] for row in rows]


def test_a_mark_beside_the_finding_on_a_cell_chooses_its_change(listed: Path) -> None:
    total = figure_cell(SAMPLE, TOTAL)
    with edited(listed) as book:
        sheet = book["指摘"]
        headers = {cell.value: cell.column for cell in sheet[4]}
        (link,) = [cell.value for cell in sheet["B"] if f"!{total.cell})" in str(cell.value)]
        row = sheet.max_row + 1
        for header, value in (("場所", link), ("コード", "CA02"), (REPAIR, REPAIR)):
            sheet.cell(row, headers[header]).value = value
    found = listed_repairs(Workbook(listed))
    assert ListedRepair(total.sheet, total.cell, "？168,839 千円", is_chosen=True) in found
    assert sorted(one.identity for one in found if one.is_chosen) == ["○", "？168,839 千円"]


def test_the_list_is_no_content_of_the_staff(listed: Path, tmp_path: Path) -> None:
    clean = Path(shutil.copy(SAMPLE / "提出" / NAME, tmp_path / NAME))
    plan = tmp_path / "計画.xlsx"
    with edited(listed) as book:
        sheet = book["指摘"]
        headers = {cell.value: cell.column for cell in sheet[4]}
        sheet.cell(5, headers["確認済の理由・返事"]).value = "見ました"
        assert sheet.cell(4, headers[REPAIR]).value == REPAIR
    assert typed_acceptances(Workbook(listed)) == ()
    with_list, without = check_books([listed], plan=plan).books[0], check_books([clean], plan=plan).books[0]
    assert [(one.code, one.cell) for one in with_list.findings] == [
        (one.code, one.cell) for one in without.findings
    ]
    assert [one.failure for one in unflag_books([listed], today=TODAY)] == [""]
    assert listed_repairs(Workbook(listed)) == ()


def test_a_book_without_a_list_has_none() -> None:
    assert listed_repairs(Workbook(SAMPLE / "提出" / NAME)) == ()
