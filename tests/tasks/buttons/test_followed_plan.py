"""取込 after a change of the plan: the rows of the open planner's book get the numbers of today."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlwings

from kenpo_xl import buttons
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.report import make_report
from tests.drawn import write_drawn_book
from tests.tasks.plan_variants import Outline
from tests.tasks.test_plan_changes import FUKUSHI, PHONE, SOUMU, WINDOW, drawing, fill, printed

NAME = "取りまとめ.xlsm"
FIRST = 5
SETTLED = ["Ｃ", "決めた"]
NEW_ANSWER = "・直した文"


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A period folder whose books were handed in before the planner's book was built."""
    folder = tmp_path_factory.mktemp("issued")
    write_drawn_book(folder / "計画.xlsx", drawing())
    build_books(folder)
    (folder / "提出").mkdir()
    for group in (SOUMU, FUKUSHI):
        fill(folder / "入力" / f"{group}.xlsm", folder / "提出" / f"{group}.xlsm")
    (folder / NAME).unlink()
    build_books(folder)
    return folder


@pytest.fixture
def period(issued: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(issued, tmp_path / "期"))


@pytest.fixture
def book(period: Path, live_book: Callable[[Path], xlwings.Book]) -> xlwings.Book:
    return live_book(period / NAME)


def change(period: Path, edits: Sequence[Callable[[Outline], None]]) -> None:
    outline = Outline.of(drawing())
    for edit in edits:
        edit(outline)
    write_drawn_book(period / "計画.xlsx", outline.draw())


def swap(outline: Outline) -> None:
    outline.swap(WINDOW, PHONE)


def insert(outline: Outline) -> None:
    outline.insert_before(PHONE, "① 計画", SOUMU, "計画を作る。")


def drop(outline: Outline) -> None:
    outline.drop(WINDOW)


def rows(book: xlwings.Book, sheet: str, last: str) -> list[list[Any]]:
    return [row for row in book.sheets[sheet][f"A{FIRST}:{last}40"].value if any(row)]


def settle(book: xlwings.Book) -> None:
    """Type a rating and a wording of 1-1-1, a remark on it, and read the submissions."""
    sheet = book.sheets["調整"]
    assert rows(book, "調整", "C")[0][0] == "1-1-1"
    sheet[f"H{FIRST}:I{FIRST}"].value = SETTLED
    lines = [str(row[2]) for row in rows(book, "文の調整", "C")]
    place = next(n for n, text in enumerate(lines) if text.endswith("答：窓口を毎日開く。"))
    book.sheets["文の調整"][f"D{FIRST + place}"].value = NEW_ANSWER
    book.sheets["差戻し"][f"A{FIRST}:D{FIRST}"].value = [SOUMU, "1-1-1", "D6", "いつの数ですか。"]
    assert not buttons.collect().is_failure
    book.save()


def own_rows(book: xlwings.Book) -> list[list[Any]]:
    """Item, block and key of what was typed: rating, wording, remark."""
    rating = next(row for row in rows(book, "調整", "J") if row[7:9] == SETTLED)
    wording = next(row for row in rows(book, "文の調整", "F") if row[3] == NEW_ANSWER)
    remark = rows(book, "差戻し", "H")[0]
    return [[rating[0], rating[2], rating[9]], [*wording[:2], wording[5]], [remark[1], remark[7]]]


def test_rows_have_todays_numbers_again_and_again(book: xlwings.Book, period: Path) -> None:
    settle(book)
    assert own_rows(book) == [["1-1-1", "1", "1-1-1/1"], ["1-1-1", "1", "1-1-1/1"], ["1-1-1", "1-1-1"]]
    change(period, [swap])
    assert not buttons.collect().is_failure
    assert own_rows(book) == [["1-1-2", "1", "1-1-2/1"], ["1-1-2", "1", "1-1-2/1"], ["1-1-2", "1-1-2"]]
    book.save()
    change(period, [swap, insert])
    assert not buttons.collect().is_failure
    assert own_rows(book) == [["1-1-3", "1", "1-1-3/1"], ["1-1-3", "1", "1-1-3/1"], ["1-1-3", "1-1-3"]]
    book.save()
    listed = sorted((row[0], row[2]) for row in rows(book, "調整", "C"))
    assert listed == [
        *(("1-1-1", "1"), ("1-1-2", "1"), ("1-1-2", "2"), ("1-1-3", "1"), ("1-1-3", "2")),
        *(("1-2", "1"), ("1-3", "1")),
    ]
    make_report(period)
    assert printed(period)["窓口を毎日開く。"][1] == "Ｃ"
    assert printed(period)["電話の相談を受ける。"] == ("電話の相談を受ける。", "Ｃ")


def test_a_row_of_what_is_gone_names_no_other_item(book: xlwings.Book, period: Path) -> None:
    settle(book)
    change(period, [drop])
    assert not buttons.collect().is_failure
    gone = "（いまの計画にない）1-1-1"
    assert own_rows(book) == [[gone, "1", None], [gone, "1", None], [gone, None]]
    assert [row[0] for row in rows(book, "調整", "C")].count("1-1-1") == 2
    book.save()
    messages = [one.message for one in make_report(period).remarks if one.place.startswith(gone)]
    assert len(messages) == 3
    assert printed(period)["電話の相談を受ける。"] == ("電話の相談を受ける。", "Ｃ")


def test_a_row_typed_since_is_named_with_its_place(book: xlwings.Book, period: Path) -> None:
    settle(book)
    free = FIRST + len(rows(book, "文の調整", "F"))
    book.sheets["文の調整"][f"A{free}:D{free}"].value = ["1-1-1", "1", "答", "回答"]
    book.save()
    change(period, [swap])
    answer = buttons.collect()
    assert answer.sentence.startswith(f"シート「文の調整」の {free} 行目: 項 1-1-1 は、いまの計画では 1-1-2")
    assert own_rows(book)[0] == ["1-1-1", "1", "1-1-1/1"]
    book.sheets["文の調整"][f"A{free}:D{free}"].clear_contents()
    assert not buttons.collect().is_failure
    book.sheets["文の調整"][f"A{free}:D{free}"].value = ["1-1-1", "1", "答：電話", "回答：電話"]
    book.save()
    messages = [one.message for one in make_report(period).remarks]
    assert printed(period)["電話の相談を受ける。"][0] == "電話の相談を受ける。"
    assert any("「答：電話」を「回答：電話」に直しました" in message for message in messages)
