"""Lines of last quarter until they are confirmed: one finding a block, a notice on the board, a draft."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from kenpo_xl.books.board.overview_sheet import group_notices
from kenpo_xl.domain.findings.finding import Finding, Severity
from kenpo_xl.tasks.board import board_of_checked_books
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.fix import fix_books
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.report import make_report
from tests.edited import edited
from tests.tasks.carry.town import GROUP, period, plan_of, submit

pytestmark = pytest.mark.period
SECOND = {"相談": [(120,), (200,)], "月別": [(10, 20), (5, 6, 7, 8)]}
STALE, COUNT, PHONE = "・9月末現在、相談は多い。", "・相談員は 15 人。", "・電話 090-1234-5678 へ。"
BOOK = Path("提出") / f"{GROUP}.xlsm"


@pytest.fixture
def third(tmp_path: Path) -> Path:
    """The third quarter with its book handed in as it was built, but for a new figure."""
    second = period(tmp_path / "第2四半期", 2025, 2)
    submit(second, SECOND, {"1": [STALE, COUNT], "2": [PHONE]})
    folder = period(tmp_path / "第3四半期", 2025, 3)
    build_books(folder)
    shutil.copytree(folder / "入力", folder / "提出")
    with edited(folder / BOOK) as book:
        row = next(cell.row for cell in book["1-1"]["D"] if cell.value == "年度")
        book["1-1"].cell(row + 1, 5).value = 180
    return folder


def answer(folder: Path, text: str, words: str, column: int = 6) -> None:
    """Type into a column of the row of a line (F: the answer, D: its text)."""
    with edited(folder / BOOK) as book:
        row = next(cell.row for cell in book["1-1"]["D"] if cell.value == text)
        book["1-1"].cell(row, column).value = words


def findings(folder: Path, *codes: str) -> list[Finding]:
    (book,) = check_books([folder / BOOK], history=folder.parent).books
    return [one for one in book.findings if one.code.startswith(codes)]


def codes(folder: Path, *families: str) -> list[str]:
    return [one.code for one in findings(folder, *families)]


def test_each_block_gives_one_finding_with_its_count_at_the_first_line(third: Path) -> None:
    found = findings(third, "TI15")
    assert [(one.severity, one.identity, one.message) for one in found] == [
        (
            Severity.ERROR,
            "1-1/ブロック 1/実施状況",
            "ブロック 1（計画「相談を受ける。」）に、前の期の文のままの行が 2 行あります。",
        ),
        (
            Severity.ERROR,
            "1-1/ブロック 2/実施状況",
            "ブロック 2（計画「大会を開く。」）に、前の期の文のままの行が 1 行あります。",
        ),
    ]
    with edited(third / BOOK) as book:
        assert [book["1-1"][one.cell].value for one in found] == [STALE, PHONE]


def test_nothing_else_is_said_of_their_words_but_what_is_private(third: Path) -> None:
    assert codes(third, "WO", "TI", "CO") == ["TI15", "TI15"]
    assert codes(third, "PR") == ["PR02"]


def test_a_confirmed_line_is_judged_as_any_other(third: Path) -> None:
    answer(third, STALE, "このまま")
    assert "WO07" in codes(third, "WO")
    (first, _) = findings(third, "TI15")
    assert first.actual == "1 行"


def test_an_edited_line_is_judged_as_any_other(third: Path) -> None:
    answer(third, STALE, "・7月37日に開いた。", column=4)
    assert "WO03" in codes(third, "WO")


def test_confirmed_is_the_reason_for_unchanged_text(third: Path) -> None:
    answer(third, COUNT, "このまま")
    assert codes(third, "TI06") == []


def test_without_the_answer_unchanged_text_is_named(third: Path) -> None:
    answer(third, COUNT, "", column=12)
    assert codes(third, "TI06") == ["TI06"]


def test_the_report_is_a_draft_until_all_are_confirmed(third: Path) -> None:
    def unconfirmed() -> list[tuple[str, bool]]:
        remarks = make_report(third).remarks
        return [(one.place, one.is_error) for one in remarks if "前の期の文のまま" in one.message]

    assert unconfirmed() == [("1-1/ブロック 1/実施状況", True), ("1-1/ブロック 2/実施状況", True)]
    for text in (STALE, COUNT, PHONE):
        answer(third, text, "このまま")
    assert unconfirmed() == []


def test_words_of_the_planner_confirm_nothing(third: Path) -> None:
    with edited(third / "取りまとめ.xlsm") as book:
        for column, text in enumerate(("1-1", "1", "多い", "少ない"), 1):
            book["文の調整"].cell(5, column).value = text
    remarks = make_report(third).remarks
    assert "ブロック 1（計画「相談を受ける。」）に、前の期の文のままの行が 2 行あります。" in [
        one.message for one in remarks
    ]


def test_the_board_counts_them(third: Path) -> None:
    plan, folder = plan_of(third), PeriodFolder(third)
    checked = check_books([third / BOOK])
    (group,) = board_of_checked_books(folder, plan, checked, today=date(2026, 1, 5)).groups
    assert "前の期の文のままの行が 3 行あります。" in list(group_notices(group))


def test_a_repair_confirms_none(third: Path) -> None:
    with edited(third / BOOK) as book:
        row = next(cell.row for cell in book["1-1"]["D"] if cell.value == STALE)
        for column in (4, 12):
            book["1-1"].cell(row, column).value = "・⽉に 1 回開く。"
    fix_books([third / BOOK])
    assert findings(third, "TI15")[0].actual == "2 行"
