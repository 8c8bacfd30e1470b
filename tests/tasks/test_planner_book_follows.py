"""What the planner typed follows its items and blocks through a change of the plan, with keys and without."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from kenpo_xl.domain.outputs.remarks import Concern, Remark
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.plan.keys import fill_missing_keys
from kenpo_xl.tasks.report import make_report
from tests.drawn import write_drawn_book
from tests.edited import edited
from tests.tasks.books import PLANNER_BOOK, about, settle
from tests.tasks.plan_variants import Outline
from tests.tasks.test_keys_in_mid_period import change as change_keyed
from tests.tasks.test_plan_changes import FUKUSHI, PHONE, SOUMU, WINDOW, drawing, fill, printed
from tests.tasks.test_plan_changes import change as change_plain

ANSWER, NEW_ANSWER = "答：窓口を毎日開く。", "答：窓口を毎日開いた。"
ASKED = "いつの数ですか。"


@pytest.fixture(scope="module", params=["鍵あり", "鍵なし"])
def issued(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A period folder whose books were handed in before the planner's book was built."""
    folder = tmp_path_factory.mktemp("period") / request.param
    folder.mkdir()
    write_drawn_book(folder / "計画.xlsx", drawing())
    if request.param == "鍵あり":
        fill_missing_keys(folder)
    build_books(folder)
    (folder / "提出").mkdir()
    for group in (SOUMU, FUKUSHI):
        fill(folder / "入力" / f"{group}.xlsm", folder / "提出" / f"{group}.xlsm")
    (folder / PLANNER_BOOK).unlink()
    build_books(folder)
    return folder


@pytest.fixture
def period(issued: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(issued, tmp_path / issued.name))


def change(period: Path, edit: object) -> None:
    {"鍵あり": change_keyed, "鍵なし": change_plain}[period.name](period, edit)  # type: ignore[operator]


def swap(period: Path) -> None:
    change(period, lambda outline: outline.swap(WINDOW, PHONE))


def reword(period: Path) -> None:
    """Reword the answer of 1-1-1 in the row that the program filled."""
    with edited(period / PLANNER_BOOK) as book:
        row = row_with(book["文の調整"], ANSWER)
        book["文の調整"].cell(row, 4).value = NEW_ANSWER


def row_with(sheet: Worksheet, text: str) -> int:
    return next(cell.row for row in sheet.iter_rows(min_row=5) for cell in row if text in str(cell.value))


def test_a_rating_and_a_wording_follow_a_moved_item(period: Path) -> None:
    settle(period, "調整", 項="1-1-1", ブロック="1", 最終評価="Ｃ", 理由="決めた")
    reword(period)
    swap(period)
    result = make_report(period)
    assert not about(result, Concern.UNMATCHED)
    assert [one.place for one in about(result, Concern.ADJUSTED)] == ["1-1-2 ブロック 1"] * 2
    assert printed(period)["窓口を毎日開く。"] == ("窓口を毎日開いた。", "Ｃ")
    assert printed(period)["電話の相談を受ける。"] == ("電話の相談を受ける。", "Ｃ")
    assert build_books(period).unfit == {}


def test_a_rating_follows_a_moved_block(period: Path) -> None:
    settle(period, "調整", 項="1-1-1", ブロック="1", 最終評価="Ｃ", 理由="決めた")
    change(period, lambda outline: outline.item(WINDOW).blocks.reverse())
    assert [one.place for one in about(make_report(period), Concern.ADJUSTED)] == ["1-1-1 ブロック 2"]
    assert printed(period)["窓口を毎日開く。"][1] == "Ｃ"


def test_an_inserted_and_a_dropped_item_at_once(period: Path) -> None:
    def edit(outline: Outline) -> None:
        outline.drop(WINDOW)
        outline.insert_before(PHONE, "① 計画", SOUMU, "計画を作る。")

    settle(period, "調整", 項="1-1-2", ブロック="1", 最終評価="Ａ", 理由="決めた")
    settle(period, "調整", 項="1-1-1", ブロック="2", 最終評価="Ｃ", 理由="なくなる項")
    change(period, edit)
    result = make_report(period)
    assert printed(period)["電話の相談を受ける。"] == ("電話の相談を受ける。", "Ａ")
    assert printed(period)["夜も電話を受ける。"] == ("夜も電話を受ける。", "Ａ")
    (gone,) = about(result, Concern.UNMATCHED)
    assert "計画が変わる前の項 1-1-1 のブロック 2 は、いまの計画にありません" in gone.message


def test_a_row_that_the_program_never_saw_is_not_applied_to_another_item(period: Path) -> None:
    settle(period, "文の調整", 項="1-1-1", ブロック="1", いまの文="答", 直した文="回答")
    swap(period)
    result = make_report(period)
    (one,) = about(result, Concern.UNMATCHED)
    assert "いまの計画では 1-1-2「② 窓口の相談」です（この行を消し、「取込」を押してから" in one.message
    assert printed(period)["電話の相談を受ける。"][0] == "電話の相談を受ける。"
    assert "1-1-2「② 窓口の相談」" in build_books(period).unfit[period / PLANNER_BOOK][0]


def test_a_number_that_the_planner_typed_over_is_hers(period: Path) -> None:
    with edited(period / PLANNER_BOOK) as book:
        sheet = book["調整"]
        row = row_with(sheet, "窓口を毎日開く。")
        for column, text in ((1, "1-2"), (6, None), (7, None), (8, "Ｃ")):
            sheet.cell(row, column).value = text
    swap(period)
    assert printed(period)["広報紙を毎月出す。"][1] == "Ｃ"
    assert printed(period)["窓口を毎日開く。"][1] == "Ａ"


def test_one_of_what_stayed_is_applied(period: Path) -> None:
    settle(period, "調整", 項="1-2", ブロック="1", 最終評価="Ｃ", 理由="決めた")
    swap(period)
    assert printed(period)["広報紙を毎月出す。"] == ("広報紙を毎月出す。", "Ｃ")


class TestRemarks:
    def ask(self, period: Path, group: str, item: str, place: str, recorded: str = "") -> None:
        with edited(period / PLANNER_BOOK) as book:
            for column, text in enumerate((group, item, place, ASKED), start=1):
                book["差戻し"].cell(5, column).value = text
            book["差戻し"].cell(5, 8).value = recorded

    def places(self, period: Path, folder: str = "提出") -> list[str]:
        return [
            f"{one.sheet}!{one.cell}"
            for book in check_books([period / folder]).books
            for one in book.findings
            if one.code == "RE01"
        ]

    def told(self, period: Path) -> list[Remark]:
        return about(make_report(period), Concern.RETURNED)

    @pytest.mark.parametrize("place", ["D6", "ブロック 1"])
    def test_one_that_was_seen_follows_its_item(self, period: Path, place: str) -> None:
        recorded = "1-1-1/1" if "ブロック" in place else "1-1-1"
        self.ask(period, SOUMU, "1-1-1", place, recorded)
        (before,) = self.places(period)
        swap(period)
        assert self.places(period) == [before]
        build_books(period)
        assert before.startswith("1-1-1!")
        assert [one.partition("!")[0] for one in self.places(period, "入力")] == ["1-1-2"]
        assert self.told(period) == []

    def test_one_that_was_never_seen_names_no_cell_of_another_item(self, period: Path) -> None:
        self.ask(period, SOUMU, "1-1-1", "D6")
        swap(period)
        assert self.places(period) == ["!"]
        (one,) = self.told(period)
        assert (one.place, one.is_error) == (f"{SOUMU} 1-1-1 D6", False)
        assert "いまの計画では 1-1-2「② 窓口の相談」です" in one.message
        assert one.source
        assert (one.source.sheet, one.source.cell) == ("差戻し", "D5")

    def test_a_group_that_the_plan_has_no_more_is_said(self, period: Path) -> None:
        self.ask(period, "市民課", "1-1-1", "D6")
        (one,) = self.told(period)
        assert one.is_error
        assert "グループ「市民課」が計画にないため、どのグループにも届いていません" in one.message

    def test_the_group_that_has_the_item_now_gets_it(self, period: Path) -> None:
        self.ask(period, "市民課", "1-1-1", "D6", "1-1-1")
        assert [one.partition("!")[0] for one in self.places(period)] == ["1-1-1"]
        assert self.told(period) == []

    @pytest.mark.parametrize(
        ("item", "place", "words"),
        [
            ("9-9", "", "項「9-9」は、いまの計画にありません"),
            ("1-1-1", "1-1-1/なし/昼/件数", "「1-1-1/なし/昼/件数」は、いまの計画にありません"),
        ],
    )
    def test_a_place_that_is_nowhere_is_said(self, period: Path, item: str, place: str, words: str) -> None:
        self.ask(period, SOUMU, item, place)
        (one,) = self.told(period)
        assert words in one.message

    @pytest.mark.parametrize("item", ["操作", "", "1-1-1"])
    def test_a_sheet_or_the_whole_book_is_a_place(self, period: Path, item: str) -> None:
        self.ask(period, SOUMU, item, "")
        assert self.told(period) == []


def test_books_without_the_hidden_column_are_as_before(period: Path) -> None:
    settle(period, "調整", 項="1-1-1", ブロック="1", 最終評価="Ｃ", 理由="決めた")
    with edited(period / PLANNER_BOOK) as book:
        for name in ("調整", "文の調整", "数値の調整", "差戻し"):
            sheet = book[name]
            sheet.delete_cols(next(cell.column for cell in sheet[4] if cell.value == "鍵"))
    swap(period)
    (one,) = about(make_report(period), Concern.UNMATCHED)
    assert "いまの計画では 1-1-2「② 窓口の相談」です" in one.message
    assert any("1-1-2" in fact for fact in build_books(period).unfit[period / PLANNER_BOOK])


def test_the_column_is_hidden_and_filled(issued: Path) -> None:
    book = openpyxl.load_workbook(issued / PLANNER_BOOK)
    for name, column in (("調整", "J"), ("文の調整", "F"), ("数値の調整", "G"), ("差戻し", "H")):
        assert book[name].column_dimensions[column].hidden
        assert book[name][f"{column}4"].value == "鍵"
    assert [cell.value for cell in book["調整"]["J"][4:7]] == ["1-1-1/1", "1-1-1/2", "1-1-2/1"]
