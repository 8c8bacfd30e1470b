"""The plan changes in its words or scales after books were handed in: what check and report make of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kenpo_xl.domain.findings.finding import Severity
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.period.consolidation import consolidate
from kenpo_xl.tasks.period.folder import PeriodFolder
from scripts.plan_drawing import PlanDrawing
from tests.drawn import write_drawn_book
from tests.edited import edited
from tests.soak import sparse
from tests.tasks.carry.town import GROUP, LAYOUT, drawing, period, submit

pytestmark = pytest.mark.period

BOOK = f"{GROUP}.xlsm"
KPI = {"指標": "相談の件数", "目標": "100 ⟪件⟫", "実績": "=@1-1/相談/当年/件数", "途中の判定": "年度末"}
FIXED = """
表       | 目標値   | 目標値
計画値   |
         |          | 年度 | 上限
         |          | {年度} | 50 ⟪件⟫
         |          | その後 | 70 ⟪件⟫
"""
DRAWN = LAYOUT.replace("ブロック | 1\n", "ブロック | 1\nKPI | 相談の件数\n") + FIXED
DRAWN = DRAWN.replace("前年度末 | {前年度} | ⟪件⟫ | ⟪件⟫", "去年 前年度末 | {前年度} | ⟪件⟫ | ⟪件⟫")
LAST_YEAR = "{前年度} | ⟪件⟫ | ⟪件⟫"
ANOTHER_HEADER = "昨年度（{前年度}） | ⟪件⟫ | ⟪件⟫"
LOWER = [{"記号": "〇", "意味": "計画通り", "下限": 0.9}, {"記号": "△", "意味": "実施中", "下限": 0.0}]


def plan(layout: str = DRAWN, **parts: Any) -> PlanDrawing:
    return drawing(2025, 3, layout, **{"kpis": [KPI]} | parts)


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A period whose group handed in the book that was built for it."""
    folder = period(tmp_path_factory.mktemp("period") / "第3四半期", 2025, 3, DRAWN, kpis=[KPI])
    submit(folder, {"相談": [(120,), (200,)], "月別": [(10, 20, 30), (5, 6, 7, 8)]}, {"2": ["・開いた。"]})
    build_books(folder)
    shutil.copy(folder / "入力" / BOOK, folder / "提出" / BOOK)
    return folder


@pytest.fixture
def folder(issued: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(issued, tmp_path / "期"))


def found(folder: Path) -> set[tuple[str, str, str]]:
    (book,) = check_books([folder / "提出" / BOOK]).books
    assert not book.failed_rules
    return {(one.code, one.cell, one.message) for one in book.findings}


def figures(folder: Path) -> dict[str, str]:
    return {str(one.id): str(one.printed_number) for one in consolidate(PeriodFolder(folder)).figures}


def target_cell(folder: Path) -> str:
    """The cell of the KPI's target in the submitted book."""
    sheet = openpyxl.load_workbook(folder / "提出" / BOOK)["1-1"]
    (cell,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == 100]
    return str(cell.coordinate)


def said_since(folder: Path, changed: PlanDrawing) -> set[tuple[str, str, str]]:
    """What check says only since the plan changed."""
    before = found(folder)
    write_drawn_book(folder / "計画.xlsx", changed)
    return found(folder) - before


WORDS: dict[str, Callable[[], PlanDrawing]] = {
    "a caption": lambda: plan(DRAWN.replace("相談の件数\n基準月", "相談\n基準月")),
    "a corner": lambda: plan(DRAWN.replace("年度 | 4～6月", "区分 | 4～6月")),
    "a counting word": lambda: plan(DRAWN.replace("⟪件⟫", "⟪事業所⟫")),
    "a header with a name": lambda: plan(DRAWN.replace(LAST_YEAR, ANOTHER_HEADER)),
    "decimals": lambda: plan(DRAWN.replace("⟪件⟫ | =SUM", "⟪0.0件⟫ | =SUM")),
    "a value of the plan": lambda: plan(DRAWN.replace("50 ⟪件⟫", "60 ⟪件⟫")),
    "a threshold": lambda: plan(scale=LOWER),
    "a deadline": lambda: plan(periods=[{"四半期": one, "提出期限": "2026-01-10"} for one in (1, 2, 3, 4)]),
}  # fmt: skip


@pytest.mark.parametrize("change", sparse(WORDS.values()), ids=WORDS.keys())
def test_words_leave_a_submitted_book_valid(folder: Path, change: Callable[[], PlanDrawing]) -> None:
    before = figures(folder)
    assert said_since(folder, change()) == set()
    assert {key: value for key, value in figures(folder).items() if "目標値" not in key} == {
        key: value for key, value in before.items() if "目標値" not in key
    }


def test_a_new_target_is_a_notice_at_its_cell(folder: Path) -> None:
    ((code, cell, message),) = said_since(folder, plan(kpis=[{**KPI, "目標": "110 ⟪件⟫"}]))
    assert (code, cell) == ("ST23", target_cell(folder))
    assert message == (
        "計画が変わりました。KPI「相談の件数」の目標は、計画では 110 件 です（このブックでは 100 件）。"
        "判定は計画の目標で行います。"
    )


def test_a_target_that_a_clerk_put_in_is_still_found(folder: Path) -> None:
    with edited(folder / "提出" / BOOK) as book:
        book["1-1"][target_cell(folder)].value = 99
    assert [code for code, *_ in found(folder) if code == "ST18"] == ["ST18"]


def test_a_book_that_names_no_plan_may_have_its_own_target(folder: Path) -> None:
    _forget_plan(folder)
    ((code, _, message),) = said_since(folder, plan(kpis=[{**KPI, "目標": "110 ⟪件⟫"}]))
    assert (code, message.startswith("KPI「相談の件数」の目標は、計画では 110 件 です")) == ("ST23", True)


@pytest.mark.parametrize("is_known", [True, False])
def test_another_scale_is_read_as_typed_and_converted(folder: Path, is_known: bool) -> None:
    if not is_known:
        _forget_plan(folder)
    months = " | ".join(["⟪件⟫"] * 4)
    thousands = DRAWN.replace(
        f"{months} | =SUM([-4]:[-1]) ⟪件⟫", f"{months} | =SUM([-4]:[-1]) ⟪件⟫".replace("件", "千件")
    )
    said = said_since(folder, plan(thousands))
    ((code, _, message),) = (one for one in said if one[0] != "TI16")
    assert len([one for one in said if one[0] == "TI16"]) == 7
    assert code == "ST02"
    assert message == "表「月別」の単位が、計画で変わりました。数は新しい単位に直して読みます。"
    assert figures(folder)["1-1/月別/当年/4~6月"] == "0.010"
    (one,) = consolidate(PeriodFolder(folder)).submissions
    assert [(value.before, value.now) for value in one.converted][:2] == [
        ("10 件", "0.01 千件"),
        ("20 件", "0.02 千件"),
    ]


@pytest.mark.parametrize("places", ["0%", "0.00%", "0.000%"])
def test_a_rate_that_was_cut_off_stays_one_of_other_rounding(tmp_path: Path, places: str) -> None:
    rate = """
表       | 率       | 率
         |          | 年度 | 申込 | 登録 | 登録率
         |          | {年度} | ⟪件⟫ | ⟪件⟫ | =[-1]/[-2] ⟪0.0%⟫
"""
    folder = period(tmp_path / "第3四半期", 2025, 3, LAYOUT + rate)
    build_books(folder)
    with edited(folder / "入力" / BOOK) as book:
        (header,) = (cell for row in book["1-1"].iter_rows() for cell in row if cell.value == "登録率")
        for offset, value in ((-2, 300), (-1, 173), (0, 0.576)):
            book["1-1"].cell(header.row + 1, header.column + offset).value = value
    (folder / "提出").mkdir(exist_ok=True)
    shutil.copy(folder / "入力" / BOOK, folder / "提出" / BOOK)
    before = found(folder)
    assert [code for code, *_ in before if code.startswith("CA")] == ["CA03"]
    write_drawn_book(folder / "計画.xlsx", drawing(2025, 3, LAYOUT + rate.replace("0.0%", places)))
    now = {(code, cell) for code, cell, _ in found(folder)}
    assert now == {(code, cell) for code, cell, _ in before}


def _forget_plan(folder: Path) -> None:
    """Remove the copies of the plan, as where a book was made by an earlier release."""
    for copy in (folder / "入力" / "以前の版").iterdir():
        copy.unlink()


def test_the_working_book_is_checked_with_its_own_plan_too(folder: Path) -> None:
    write_drawn_book(folder / "計画.xlsx", plan(kpis=[{**KPI, "目標": "110 ⟪件⟫"}]))
    (book,) = check_books([folder / "入力" / BOOK]).books
    assert [
        one.code for one in book.findings if one.severity is not Severity.INFO and "目標" in one.message
    ] == []


@pytest.mark.parametrize("frame", ["春 ← 4～6月", "春 ← 4~6月", "4～6月"])
def test_a_name_that_a_header_gave_is_the_same_in_either_width(folder: Path, frame: str) -> None:
    """The header 4～6月 gives the name 4~6月, and staff type it as they see it."""
    table = "表       | 月別     | 月別の件数\n"
    named = DRAWN.replace(table, f"{table}名札     |          |      | {frame}\n")
    before = figures(folder)["1-1/月別/当年/4~6月"]
    assert said_since(folder, plan(named)) == set()
    now = frame.partition(" ")[0]
    assert (figures(folder)[f"1-1/月別/当年/{now}"], before) == ("10", "10")
