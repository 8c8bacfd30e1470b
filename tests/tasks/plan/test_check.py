"""The plan book as its planner sees it checked: problems, and each row of KPI and 検算 in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.plan.check import PlanCheck, check_plan
from tests.books.plan.test_reader import Book
from tests.edited import edited
from tests.paths import SAMPLE


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path)


def found(book: Book) -> PlanCheck:
    book.write()
    return check_plan(PeriodFolder(book.path.parent))


def test_every_kind_of_cross_check_is_said_in_words() -> None:
    checked = check_plan(PeriodFolder(SAMPLE))
    words = {reading.name: reading.words for reading in reversed(checked.readings)}
    assert checked.problems == ()
    assert words["以下"] == "1-2-2/決定達成/当年/達成件数 が 1-2-2/決定達成/当年/決定件数 以下"
    assert words["件数"] == (
        "2-2-2 の文の「がん検診 集団健診」の後の数が、表「集団健診」の列「自治体」の種類の数と等しい"
    )
    assert words["同じ行事"] == "「健康保険委員研修会」のある文は、どの項でも日付と数が同じ"
    assert words["文中の数"].endswith("と等しい")
    assert words["記載あれば数値"].endswith("に数がある")
    assert words["サービススタンダードの達成状況"].startswith("項 1-2-2　目標 100％ 以上、")


def test_readings_follow_the_rows_of_their_sheets() -> None:
    places = [reading.source for reading in check_plan(PeriodFolder(SAMPLE)).readings]
    assert [(one.sheet, int(one.cell[1:])) for one in places if one] == [
        *(("KPI", row) for row in range(2, 18)),
        *(("検算", row) for row in range(2, 64)),
    ]


def test_a_row_that_cannot_be_read_is_a_problem_and_no_reading(book: Book) -> None:
    book.edits = {("KPI", "D2"): "=VLOOKUP('1-1'!D9,1,2)"}
    checked = found(book)
    assert [(one.sheet, one.cell) for one in checked.problems if one.is_error] == [("KPI", "D2")]
    assert checked.sentence.startswith("計画ブックに、直すもの 1 件、確認するもの 0 件があります。")


def test_a_book_without_its_basics_has_problems_alone(book: Book) -> None:
    book.write()
    with edited(book.path) as opened:
        opened["基本"]["B1"] = None
    checked = check_plan(PeriodFolder(book.path.parent))
    assert checked.error_count
    assert checked.readings == ()


@pytest.mark.parametrize("lock", ["~$計画.xlsx", ".~lock.計画.xlsx#"])
def test_an_open_book_may_hold_more_than_was_saved(book: Book, lock: str) -> None:
    assert not found(book).is_open
    (book.path.parent / lock).write_bytes(b"")
    assert "保存していない変更は見ていません" in found(book).sentence
