"""What the planner types into 見通し and 概要の文 stands on the page 概要."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kenpo_xl.domain.outputs.remarks import Concern
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.report import ReportResult, make_report
from scripts.sample import plan_book
from tests.drawn import write_drawn_book
from tests.paths import SAMPLE
from tests.tasks.books import PLANNER_BOOK, settle

pytestmark = pytest.mark.period

LATE, HELD = "生活習慣病予防健診実施率", "返納金債権の回収率"
POINT = "健診 3 指標は、基準日までの月割に届いていません。"


@pytest.fixture(scope="module")
def period(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with printed outlooks; the planner replaced one, dropped one and wrote a line."""
    folder = tmp_path_factory.mktemp("概要") / "第3四半期"
    shutil.copytree(SAMPLE / "提出", folder / "提出")
    drawing = plan_book()
    drawing.basics.append(("概要の見通し", "載せる"))
    write_drawn_book(folder / "計画.xlsx", drawing)
    build_books(folder)
    return folder


@pytest.fixture(scope="module")
def made(period: Path) -> Any:
    """The planner's book as made."""
    return openpyxl.load_workbook(period / PLANNER_BOOK)


@pytest.fixture(scope="module")
def followed(period: Path, made: Any) -> ReportResult:
    settle(period, "見通し", 指標=LATE, 決めた見通し="順調", 理由="年度末に集中するため")
    settle(period, "見通し", 指標=HELD, 決めた見通し="載せない", 理由="確定前のため")
    settle(period, "概要の文", 概要に載せる文=POINT)
    return make_report(period)


def row_of(sheet: Any, text: str) -> list[Any]:
    (found,) = (row for row in sheet.iter_rows() for cell in row if cell.value == text)
    return [cell.value for cell in found if cell.value not in (None, "")]


def test_the_planners_book_shows_every_outlook_and_how_it_was_computed(made: Any) -> None:
    sheet = made["見通し"]
    assert row_of(sheet, LATE) == [
        *(LATE, "51.5％以上", "22.1％", "44.3％"),
        *("月割: 22.1％ ÷ 6 か月 × 12 か月", "遅れ"),
    ]
    assert row_of(sheet, HELD)[3:] == [
        "65.18％",
        "前年の動き: 55.09％ ＋（前年度 63.53％ － 前年同月 53.44％）",
        "順調",
    ]
    assert row_of(sheet, "ジェネリック医薬品使用割合")[1:] == ["目標値なし", "85.1％"]
    assert made.sheetnames[-3:] == ["見通し", "概要の文", "kx"]


def test_the_page_follows(followed: ReportResult) -> None:
    sheet = openpyxl.load_workbook(followed.path)["概要"]
    assert "● 順調※" in row_of(sheet, LATE)
    assert "－" in row_of(sheet, HELD)
    (cell,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == f"・{POINT}")
    assert cell.comment.text == "出所: 取りまとめ.xlsm 概要の文!A5"


def test_each_is_listed_with_its_reason(followed: ReportResult) -> None:
    found = [str(one) for one in followed.remarks if one.concern is Concern.ADJUSTED]
    assert found == [
        f"調整: 見通し {HELD}　見通しを載せません（理由：確定前のため）　計算 順調"
        "　取りまとめ.xlsm 見通し!G9",
        f"調整: 見通し {LATE}　見通しを順調としました（理由：年度末に集中するため）　計算 遅れ"
        "　取りまとめ.xlsm 見通し!G11",
    ]


@pytest.mark.parametrize("sheet", ["見通し", "概要の文"])
def test_a_renamed_or_removed_sheet_is_named(
    sheet: str, period: Path, followed: ReportResult, tmp_path: Path
) -> None:
    folder = shutil.copytree(period, tmp_path / "期")
    book = openpyxl.load_workbook(folder / PLANNER_BOOK, keep_vba=True)
    book[sheet].title = "わたしの文"
    book.save(folder / PLANNER_BOOK)
    with pytest.raises(KenpoError, match=f"シート「{sheet}」の名前が「わたしの文」に変わっています"):
        make_report(folder)
    del book["わたしの文"]
    book.save(folder / PLANNER_BOOK)
    with pytest.raises(KenpoError, match=f"シート「{sheet}」がありません"):
        make_report(folder)


def test_a_book_from_before_there_were_the_sheets_is_read(period: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(period, tmp_path / "期")
    book = openpyxl.load_workbook(folder / PLANNER_BOOK, keep_vba=True)
    for sheet in ("見通し", "概要の文"):
        del book[sheet]
    for row in book["kx"].iter_rows(max_col=2):
        if row[1].value in ("見通し", "概要の文"):
            row[0].value = row[1].value = None
    book.save(folder / PLANNER_BOOK)
    assert not [one for one in make_report(folder).remarks if one.concern is Concern.ADJUSTED]
