"""One notion of open: check, the button 提出, the board, 要確認 and 案 agree in every state of a period."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from kenpo_xl.domain.findings.finding import Severity
from kenpo_xl.domain.outputs.status_board import failure_sentence
from kenpo_xl.domain.source import Source
from kenpo_xl.tasks.board import board_of_checked_books
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.parse_cache import cached_plan
from kenpo_xl.tasks.report import make_report
from tests.edited import edited
from tests.paths import SAMPLE
from tests.tasks.books import figure_cell, headers, line_cell, rating_cell, settle, type_into
from tests.tasks.corrections import GYOMU, REZEPT, correct

pytestmark = pytest.mark.period

TOTAL = "1-2-4/査定金額/当年/合計"
MALFORMED, WELL_FORMED = "・令和 7 月１日から適正に業務を実施。", "・令和 7 年１月から適正に業務を実施。"
TERM = "・メルマガで案内し、適正に業務を実施。"
IN_TIME, OVERDUE = date(2025, 1, 8), date(2025, 2, 28)
Change = Callable[[Path], None]


@dataclass(frozen=True)
class State:
    """What is done to a clean period, and what every entry point makes of it.

    `check`: the exit status of a check is not 0. `refused`: 提出 does not submit the book. `correct` and
    `confirm` are the numbers of rows in 要確認; the pages are a draft where there is one to correct.
    """

    name: str
    change: Change
    board: str = "受付済"
    check: bool = False
    refused: bool = False
    correct: int = 0
    confirm: int = 0
    group: str = REZEPT
    today: date = IN_TIME


def typed(place: Callable[[Path], Source], value: float | str | None) -> Change:
    def change(period: Path) -> None:
        type_into(period, place(period), value)

    return change


def total(period: Path) -> Source:
    return figure_cell(period, TOTAL)


def line(period: Path) -> Source:
    return line_cell(period, "1-2-2", beginning="・")


def rating(period: Path) -> Source:
    return rating_cell(period, "1-2-2", "1")


def accepted(group: str) -> Change:
    """The group gives a reason for each of its errors and warnings."""

    def change(period: Path) -> None:
        path = period / "提出" / f"{group}.xlsm"
        found = [one for one in check_books([path]).books[0].findings if one.severity is not Severity.INFO]
        with edited(path) as book:
            for one in found:
                book["確認記録"].append(
                    [one.code, one.identity, one.actual, "公表のとおり", "山田", "1月7日"]
                )

    return change


def adjusted(sheet: str, **words: str) -> Change:
    def change(period: Path) -> None:
        settle(period, sheet, **words)

    return change


def both(*changes: Change) -> Change:
    def change(period: Path) -> None:
        for one in changes:
            one(period)

    return change


def without_book(period: Path) -> None:
    (period / "提出" / f"{REZEPT}.xlsm").unlink()


def damaged(period: Path) -> None:
    (period / "提出" / f"{REZEPT}.xlsm").write_bytes(b"PK\3\4")


def of_next_quarter(period: Path) -> None:
    plan = openpyxl.load_workbook(period / "計画.xlsx")
    quarter = next(row for row in plan["基本"].iter_rows() if row[0].value == "四半期")
    quarter[1].value = 4
    (period / "取りまとめ.xlsm").unlink()
    plan.save(period / "計画.xlsx")


def of_old_form(period: Path) -> None:
    plan = openpyxl.load_workbook(period / "計画.xlsx")
    sheet = plan["1-2-4"]
    cell = next(one for row in sheet.iter_rows() for one in row if one.value == "合計")
    cell.value = "総計"
    plan.save(period / "計画.xlsx")


def without_rule(code: str) -> Change:
    def change(period: Path) -> None:
        plan = openpyxl.load_workbook(period / "計画.xlsx")
        sheet = plan["規則"] if "規則" in plan.sheetnames else plan.create_sheet("規則")
        top = next((row[0].row for row in sheet.iter_rows() if row[0].value == "コード"), None)
        if top is None:
            for column, header in enumerate(("コード", "使う"), 1):
                sheet.cell(1, column).value = header
            top = 1
        sheet.cell(top + 1, 1).value, sheet.cell(top + 1, 2).value = code, "しない"
        plan.save(period / "計画.xlsx")

    return change


def returned(period: Path) -> None:
    settle(period, "差戻し", グループ=GYOMU, 差戻しの内容="件数を確かめてください。")


WRONG_TOTAL = typed(total, 168839)
BAD_DATE = typed(line, MALFORMED)
OTHER_TERM = typed(line, TERM)
NO_RATING = typed(rating, None)
CHOICE = {"識別名": TOTAL, "理由": "公表のとおり"}
WORDING = {"項": "1-2-2", "ブロック": "1", "いまの文": MALFORMED, "理由": "誤記"}
RATING = {"項": "1-2-2", "ブロック": "1", "グループの評価": "", "最終評価": "△", "理由": "年度末に判定"}
OTHER_WORDS = {**WORDING, "いまの文": "業務を実施。"}
OPEN_ERROR = {"board": "要修正 1 件", "check": True, "refused": True, "correct": 1}

STATES = (
    State("clean", both()),
    State("error", WRONG_TOTAL, **OPEN_ERROR),
    State(
        "error that cannot be accepted, only be submitted with a reason",
        both(WRONG_TOTAL, accepted(REZEPT)),
        board="受付済（理由あり 1 件）",
        confirm=1,
    ),
    State(
        "error whose reason lapsed with its value",
        both(WRONG_TOTAL, accepted(REZEPT), typed(total, 168840)),
        **OPEN_ERROR,
    ),
    State("warning", OTHER_TERM, confirm=1, group=GYOMU),
    State("warning accepted", both(OTHER_TERM, accepted(GYOMU)), group=GYOMU),
    State(
        "warning whose reason lapsed",
        both(OTHER_TERM, accepted(GYOMU), typed(line, TERM.replace("メルマガ", "HP"))),
        group=GYOMU,
    ),
    State(
        "typed over, as typed by the planner",
        both(WRONG_TOTAL, adjusted("数値の調整", 印字する値="入力値", **CHOICE)),
        board="取りまとめで調整済",
        confirm=1,
    ),
    State(
        "typed over, as computed by the planner",
        both(WRONG_TOTAL, adjusted("数値の調整", 印字する値="計算値", **CHOICE)),
        board="取りまとめで調整済",
        confirm=1,
    ),
    State(
        "typed over, and changed since the planner chose",
        both(WRONG_TOTAL, adjusted("数値の調整", 印字する値="計算値", いまの入力値="168,838", **CHOICE)),
        **{**OPEN_ERROR, "correct": 2},
    ),
    State("date in a text", BAD_DATE, group=GYOMU, **OPEN_ERROR),
    State(
        "date in a text, reworded by the planner",
        both(BAD_DATE, adjusted("文の調整", 直した文=WELL_FORMED, **WORDING)),
        board="取りまとめで調整済",
        confirm=1,
        group=GYOMU,
    ),
    State(
        "date in a text, left out by the planner",
        both(BAD_DATE, adjusted("文の調整", 直した文="（削除）", **WORDING)),
        board="取りまとめで調整済",
        confirm=1,
        group=GYOMU,
    ),
    State(
        "date in a text, the planner rewords something else",
        both(
            BAD_DATE,
            adjusted("文の調整", 直した文="業務を行った。", **OTHER_WORDS),
        ),
        confirm=1,
        group=GYOMU,
        **OPEN_ERROR,
    ),
    State("no rating", NO_RATING, group=GYOMU, **OPEN_ERROR),
    State(
        "no rating, rated by the planner",
        both(
            NO_RATING,
            adjusted("調整", **RATING),
        ),
        board="取りまとめで調整済",
        confirm=1,
        group=GYOMU,
    ),
    State(
        "the planner's own words are wrong",
        adjusted(
            "文の調整",
            項="1-2-2",
            ブロック="1",
            いまの文="適正に業務を実施。",
            直した文=MALFORMED,
            理由="補足",
        ),
        correct=1,
        confirm=1,
        group=GYOMU,
    ),
    State("missing", without_book, board="未提出", correct=1),
    State("missing and overdue", without_book, board="未提出", correct=1, today=OVERDUE),
    State("unreadable", damaged, board="読取不可", check=True, refused=True, correct=2),
    State("of another quarter", of_next_quarter, board="未提出", check=True, refused=True, correct=8),
    State("old form", of_old_form, board="旧様式", check=True, refused=True, correct=2),
    State("a rule that the office does not use", both(WRONG_TOTAL, without_rule("CA02")), confirm=1),
    State("returned", returned, "差戻し中 1 件", check=True, refused=True, correct=1, group=GYOMU),
    State("returned and answered", both(returned, accepted(GYOMU)), "返事あり 1 件", confirm=1, group=GYOMU),
)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with all that is wrong in it corrected, and its planner's book."""
    period = tmp_path_factory.mktemp("clean") / "第3四半期"
    shutil.copytree(SAMPLE / "提出", period / "提出")
    shutil.copy(SAMPLE / "計画.xlsx", period)
    correct(period)
    build_books(period)
    shutil.rmtree(period / "入力")
    return period


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_every_entry_point_agrees(state: State, clean: Path, tmp_path: Path) -> None:
    period = shutil.copytree(clean, tmp_path / "第3四半期")
    state.change(period)
    checked = check_books([period])
    own = [book for book in checked.books if book.path.stem == state.group]
    board = board_of_checked_books(
        PeriodFolder(period), cached_plan(period / "計画.xlsx"), checked, today=state.today
    )
    (group,) = (one for one in board.groups if one.group == state.group)
    report = make_report(period)
    rows = [one for one in report.remarks if str(one.concern) != "目標値なし"]
    found = State(
        state.name,
        state.change,
        board=group.state_text,
        check=checked.has_finding(Severity.ERROR) or not checked.has_no_failures,
        refused=any(book.open_errors or failure_sentence(book) for book in own),
        correct=sum(one.is_error for one in rows),
        confirm=sum(not one.is_error for one in rows),
        group=state.group,
        today=state.today,
    )
    assert found == state, [str(one) for one in rows]
    assert set(headers(report.path).values()) == {"案" if state.correct else ""}
    assert group.late is (state.today is OVERDUE)
