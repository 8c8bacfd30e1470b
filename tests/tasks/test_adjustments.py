"""The planner settles ratings, words and typed-over cells; the report follows until a group changes them."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from kenpo_xl.domain.outputs.remarks import Concern, Remark
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.report import ReportResult, make_report
from tests.edited import edited
from tests.tasks.books import (
    PLAIN_BOOK,
    PLANNER_BOOK,
    figure_cell,
    line_cell,
    numbers,
    rating_cell,
    ratings,
    settle,
    texts,
    type_into,
)
from tests.tasks.two_groups import COUNTS, TOTAL, TOTAL_CELL, write_two_groups

pytestmark = pytest.mark.period

TOTAL_BEFORE, CELL_BEFORE = TOTAL.replace("当年", "前年"), "H18"
DAILY = "日次（4,321 件）で"
GUIDANCE = "・進捗状況を日次で管理し、適正に業務を実施。"
REWORDED = "・進捗状況を日次（4,321 件）で管理し、適正に業務を実施。"
LEFT_OUT = "・混雑の予想を掲載し、混雑の緩和を図った。"


def write_period(folder: Path) -> Path:
    """A period whose totals leave the third quarter out, without a planner's book."""
    write_two_groups(folder)
    (folder / PLANNER_BOOK).unlink()
    with edited(folder / "提出" / f"{COUNTS}.xlsm") as book:
        book["1-1"][TOTAL_CELL], book["1-1"][CELL_BEFORE] = 605, 589
    return folder


@pytest.fixture
def period(tmp_path: Path) -> Path:
    return write_period(tmp_path / "第3四半期")


@pytest.fixture(scope="module")
def produced(tmp_path_factory: pytest.TempPathFactory) -> ReportResult:
    """The report as handed in."""
    return make_report(write_period(tmp_path_factory.mktemp("produced") / "第3四半期"))


@pytest.fixture(scope="module")
def settled_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A period whose planner settled one of each kind."""
    period = write_period(tmp_path_factory.mktemp("settled") / "第3四半期")
    build_books(period)
    settle(period, "調整", 項="1-1", ブロック="1", 最終評価="◎", 理由="全件が期限内")
    settle(period, "文の調整", 項="1-2", ブロック="1", いまの文="日次で", 直した文=DAILY, 理由="誤字")
    settle(period, "文の調整", 項="1-2", ブロック="2", いまの文=LEFT_OUT, 直した文="（削除）", 理由="重複")
    settle(period, "数値の調整", 識別名=TOTAL, 印字する値="計算値", 理由="第3四半期が抜けている")
    return period


@pytest.fixture
def settled(settled_once: Path, tmp_path: Path) -> Path:
    """A copy of it to change."""
    return shutil.copytree(settled_once, tmp_path / "期")


@pytest.fixture(scope="module")
def followed(settled_once: Path) -> ReportResult:
    """The report of it."""
    return make_report(settled_once)


def told(result: ReportResult, concern: Concern) -> list[Remark]:
    return [remark for remark in result.remarks if remark.concern is concern]


class TestSettled:
    def test_the_report_follows(self, followed: ReportResult, produced: ReportResult) -> None:
        result = followed
        assert (ratings(produced.path, "1-1"), ratings(result.path, "1-1")) == (["〇"], ["◎"])
        assert ratings(result.path, "1-2") == ratings(produced.path, "1-2") == ["〇", "〇"]
        found, before = texts(result.path), texts(produced.path)
        assert (GUIDANCE in before, LEFT_OUT in before) == (True, True)
        assert (GUIDANCE in found, LEFT_OUT in found, REWORDED in found) == (False, False, True)
        assert 605 in numbers(produced.path, "1-1")
        assert 605 not in numbers(result.path, "1-1")
        assert 927 in numbers(result.path, "1-1")

    def test_each_adjustment_is_told_with_its_cell_and_is_no_error(self, followed: ReportResult) -> None:
        first, second = (one.source.cell for one in told(followed, Concern.ADJUSTED)[1:3])
        assert [str(remark) for remark in told(followed, Concern.ADJUSTED)] == [
            "調整: 1-1 ブロック 1　最終評価を ◎ としました（理由：全件が期限内）"
            "　入力 〇　計算 〇　取りまとめ.xlsm 調整!H5",
            "調整: 1-2 ブロック 1　「日次で」を「日次（4,321 件）で」に直しました（理由：誤字）"
            f"　取りまとめ.xlsm 文の調整!{first}",
            f"調整: 1-2 ブロック 2　「{LEFT_OUT}」の行を載せません（理由：重複）"
            f"　取りまとめ.xlsm 文の調整!{second}",
            f"調整: {TOTAL}　計算値 927 千円 で印字します（理由：第3四半期が抜けている）"
            "　入力 605 千円　計算 927 千円　取りまとめ.xlsm 数値の調整!E5",
        ]
        assert told(followed, Concern.UNMATCHED) == []

    def test_a_number_that_the_planner_put_there_has_its_cell(self, followed: ReportResult) -> None:
        rows = openpyxl.load_workbook(followed.path)["数値"].iter_rows(values_only=True)
        (row,) = [row for row in rows if 4321 in row]
        place = told(followed, Concern.ADJUSTED)[1].source
        assert {PLANNER_BOOK, "文の調整", place.cell} <= set(row)

    def test_a_settled_cell_is_listed_once_and_no_error(self, followed: ReportResult) -> None:
        assert [(one.concern, one.is_error) for one in followed.remarks if one.place == TOTAL] == [
            (Concern.ADJUSTED, False)
        ]
        assert [(one.concern, one.is_error) for one in followed.remarks if one.place == TOTAL_BEFORE] == [
            (Concern.FINDING, True)
        ]

    def test_recomputed_leaves_what_the_planner_chose_to_print_as_typed(self, settled: Path) -> None:
        settle(settled, "数値の調整", 識別名=TOTAL, 印字する値="入力値")
        found = numbers(make_report(settled, recomputed=True).path, "1-1")
        assert (605 in found, 589 in found) == (True, False)

    def test_the_planners_book_is_only_read(self, settled: Path) -> None:
        before = (settled / PLANNER_BOOK).read_bytes()
        make_report(settled)
        assert (settled / PLANNER_BOOK).read_bytes() == before


class TestAGroupChangesItsMind:
    def test_about_its_rating(self, settled: Path) -> None:
        type_into(settled, rating_cell(settled, "1-1", "1"), "×")
        result = make_report(settled)
        (remark,) = told(result, Concern.UNMATCHED)
        assert remark.message.startswith("グループの評価が 〇 から × に変わりました。適用していません。")
        assert (remark.place, remark.is_error) == ("1-1 ブロック 1", True)
        assert ratings(result.path, "1-1") == ["×"]

    def test_about_its_words(self, settled: Path) -> None:
        line = line_cell(settled, "1-2", beginning="・進捗状況を")
        type_into(settled, line, "・進捗を毎日確かめた。")
        result = make_report(settled)
        (remark,) = told(result, Concern.UNMATCHED)
        assert remark.message.startswith("「日次で」が実施状況の文に見つかりません。")
        assert "・進捗を毎日確かめた。" in texts(result.path)

    def test_about_a_overwritten_cell(self, settled: Path) -> None:
        type_into(settled, figure_cell(settled, TOTAL), 606)
        result = make_report(settled)
        (remark,) = told(result, Concern.UNMATCHED)
        assert remark.message.startswith("入力値が 605 千円 から 606 千円 に変わりました。")
        assert 606 in numbers(result.path, "1-1")

    def test_and_corrects_the_cell(self, settled: Path) -> None:
        type_into(settled, figure_cell(settled, TOTAL), None)
        result = make_report(settled)
        (remark,) = told(result, Concern.UNMATCHED)
        assert remark.message.startswith("上書きされた計算セルではありません。")
        assert 927 in numbers(result.path, "1-1")


class TestTheBookInItsFolder:
    def test_build_makes_it_once(self, period: Path) -> None:
        assert period / PLANNER_BOOK in build_books(period).made
        (period / PLANNER_BOOK).write_bytes(b"in use")
        assert period / PLANNER_BOOK in build_books(period).kept
        assert (period / PLANNER_BOOK).read_bytes() == b"in use"

    def test_one_without_buttons_is_used_as_it_is(self, settled: Path) -> None:
        (settled / PLANNER_BOOK).rename(settled / PLAIN_BOOK)
        assert settled / PLAIN_BOOK in build_books(settled).kept
        assert not (settled / PLANNER_BOOK).exists()
        assert {remark.source.workbook for remark in told(make_report(settled), Concern.ADJUSTED)} == {
            PLAIN_BOOK
        }

    def test_of_two_the_one_with_buttons_is_used(self, settled: Path) -> None:
        (settled / PLAIN_BOOK).write_bytes(b"old")
        assert {remark.source.workbook for remark in told(make_report(settled), Concern.ADJUSTED)} == {
            PLANNER_BOOK
        }

    @pytest.mark.parametrize(
        ("name", "why"), [(PLAIN_BOOK, "元のブックやひな型のある場所"), (PLANNER_BOOK, "で終わる名前")]
    )
    def test_a_report_does_not_take_its_place(self, period: Path, name: str, why: str) -> None:
        build_books(period)
        with pytest.raises(KenpoError, match=why):
            make_report(period, output=period / name)

    def test_one_in_which_nothing_is_settled_changes_nothing(
        self, period: Path, produced: ReportResult
    ) -> None:
        build_books(period)
        assert texts(make_report(period).path) == texts(produced.path)

    def test_another_book_under_its_name_is_refused(self, period: Path) -> None:
        (period / PLANNER_BOOK).write_bytes((period / "計画.xlsx").read_bytes())
        with pytest.raises(KenpoError, match="取りまとめのブックではありません"):
            make_report(period)
