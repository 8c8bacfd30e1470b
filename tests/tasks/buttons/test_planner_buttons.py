"""The buttons of the planner's book, on the open book: states, ratings, the report, what was typed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings

from kenpo_xl import buttons
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.check import check_books
from tests.edited import edited
from tests.office.live import LiveOffice
from tests.paths import SAMPLE
from tests.tasks.books import figure_cell, line_cell, rating_cell, type_into
from tests.tasks.two_groups import GROUPS as SMALL_GROUPS
from tests.tasks.two_groups import write_two_groups

NAME = "取りまとめ.xlsm"
# In the order of the plan.
GROUPS = ("業務グループ", "レセプトグループ", "保健グループ", "企画総務グループ")
FIRST = 5
NOW = datetime(2025, 1, 20, 15, 30, 45, tzinfo=UTC)
Open = Callable[[Path], xlwings.Book]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A period folder as it is when all groups have handed in."""
    folder = tmp_path_factory.mktemp("built") / "第3四半期"
    shutil.copytree(SAMPLE / "提出", folder / "提出")
    shutil.copy(SAMPLE / "計画.xlsx", folder)
    build_books(folder)
    return folder


@pytest.fixture(autouse=True)
def _own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buttons, "now", lambda: NOW)


@pytest.fixture
def period(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "第3四半期"))


@pytest.fixture(scope="module")
def small_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same of two small groups, for what does not depend on what was handed in."""
    folder = write_two_groups(tmp_path_factory.mktemp("small") / "第3四半期")
    (folder / NAME).unlink()
    build_books(folder)
    return folder


@pytest.fixture
def small_period(small_built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small_built, tmp_path / "第3四半期"))


@pytest.fixture
def small_book(small_period: Path, live_book: Open) -> xlwings.Book:
    return live_book(small_period / NAME)


@pytest.fixture
def book(period: Path, live_book: Open) -> xlwings.Book:
    return live_book(period / NAME)


def rows(book: xlwings.Book, sheet: str, columns: str = "A:I", last_row: int = 90) -> list[list[Any]]:
    """The filled rows of a list."""
    first, last = columns.split(":")
    return [row for row in book.sheets[sheet][f"{first}{FIRST}:{last}{last_row}"].value if any(row)]


def rated_anew(book: xlwings.Book, period: Path, glyph: str, *, item: str = "1-1") -> int:
    """Let a group hand in another rating of an item; the row of 調整 that is about it."""
    found = rows(book, "調整")
    place = next(number for number, row in enumerate(found) if row[0] == item)
    type_into(period, rating_cell(period, item, str(found[place][2])), glyph)
    return FIRST + place


class TestCollect:
    def test_every_group_has_its_state(
        self, book: xlwings.Book, period: Path, live_office: LiveOffice
    ) -> None:
        (period / "提出" / "保健グループ.xlsm").unlink()
        answer = buttons.collect()
        assert not answer.is_failure, answer
        found = {row[0]: row for row in rows(book, "提出状況", "A:K")}
        assert list(found) == list(GROUPS)
        assert found["レセプトグループ"][1:6] == ["▲ 要修正 2 件", 2, 0, 0, 0]
        assert found["保健グループ"][1:6] == ["□ 未提出", "－", "－", "－", "－"]
        assert found["保健グループ"][10] == "提出期限を過ぎています。"
        assert found["レセプトグループ"][9] == "レセプトグループ.xlsm"
        assert 'HYPERLINK("提出/レセプトグループ.xlsm"' in book.sheets["提出状況"]["J6"].formula
        assert found["保健グループ"][7:9] == [None, None]
        assert answer.sentence == live_office.app.status_bar
        assert book.selection.sheet.name == "提出状況"

    def test_again_is_anew(self, small_book: xlwings.Book) -> None:
        buttons.collect()
        once = rows(small_book, "提出状況")
        buttons.collect()
        assert [row[0] for row in once] == list(SMALL_GROUPS)
        assert rows(small_book, "提出状況") == once

    def test_ratings_that_are_not_settled_are_those_of_today(
        self, small_book: xlwings.Book, small_period: Path
    ) -> None:
        before = rows(small_book, "調整")
        place = rated_anew(small_book, small_period, "×")
        answer = buttons.collect()
        assert (before[place - FIRST][5], small_book.sheets["調整"][f"F{place}"].value) == ("〇", "×")
        assert "「調整」の評価を 1 か所新しくしました。" in answer.sentence
        after = rows(small_book, "調整")
        assert [row for row in after if row not in before] == [after[place - FIRST]]

    def test_a_remark_is_seen_answered_and_closed(
        self, book: xlwings.Book, period: Path, live_book: Open
    ) -> None:
        remarks = book.sheets["差戻し"]
        remarks["A5:D5"].value = ["業務グループ", "1-2-2", "D9", "いつの数ですか。"]
        book.save()
        clerk = live_book(Path(shutil.copy(period / "提出" / "業務グループ.xlsm", period / "入力")))
        assert not buttons.check().is_failure
        assert "いつの数ですか。" in clerk.sheets["1-2-2"]["D9"].note.text
        found = [row for row in clerk.sheets["指摘"]["A5:G40"].value if row[0] == "誤り RE01"]
        assert [row[1] for row in found] == ["1-2-2!D9"]
        place = next(n for n in range(5, 41) if clerk.sheets["指摘"][f"A{n}"].value == "誤り RE01")
        clerk.sheets["指摘"][f"G{place}"].value = "12 月末です。"
        answer = buttons.submit()
        assert answer.sentence.startswith("提出しました"), answer
        remarks = live_book(period / NAME).sheets["差戻し"]
        buttons.collect()
        assert remarks["E5:F5"].value == ["返事あり", "12 月末です。"]
        (first, *_) = rows(book, "提出状況", "A:K")
        assert (first[1], first[7]) == ("▽ 返事あり 1 件", "令和7年1月21日（火）00:30")  # NOW in Japan
        remarks["G5"].value = "済"
        book.save()
        buttons.collect()
        assert remarks["E5:F5"].value == ["終了", "12 月末です。"]
        assert rows(book, "提出状況")[0][1] == "● 受付済"

    def test_a_remark_stays_at_its_cell_in_the_next_submission(
        self, book: xlwings.Book, period: Path, live_book: Open
    ) -> None:
        book.sheets["差戻し"]["A5:D5"].value = ["業務グループ", "1-2-2", "D9", "いつの数ですか。"]
        book.save()
        clerk = live_book(Path(shutil.copy(period / "提出" / "業務グループ.xlsm", period / "入力")))
        assert not buttons.check().is_failure
        clerk.sheets["1-2-2"]["9:9"].insert("down")
        clerk.save()
        shutil.copy(period / "入力" / "業務グループ.xlsm", period / "提出")
        for folder in ("入力", "提出"):
            (checked,) = check_books([period / folder / "業務グループ.xlsm"]).books
            found = [f"{one.sheet}!{one.cell}" for one in checked.findings if one.is_remark]
            assert found == ["1-2-2!D10"]

    def test_a_book_that_was_made_before_there_were_these_lists(self, period: Path, live_book: Open) -> None:
        with edited(period / NAME) as old:
            del old["差戻し"], old["計画の確認"]
            old["kx"]["B2"] = None
            old["数値の調整"].delete_cols(4)
            old["提出状況"].delete_cols(8, 2)
            old["文の調整"].delete_rows(FIRST, 400)
        book = live_book(period / NAME)
        answer = buttons.collect()
        assert not answer.is_failure, answer
        assert rows(book, "数値の調整", "A:E")[0] == ["1-2-4/査定金額/当年/合計", None, "168,839", None, None]
        assert [row[0] for row in rows(book, "提出状況")] == list(GROUPS)
        assert rows(book, "提出状況")[1][1:7] == ["▲ 要修正 2 件", 2, 0, 0, 0, "令和7年1月8日（水）"]
        lines = rows(book, "文の調整", "A:E", 400)
        assert len(lines) > 100
        assert all(row[2] == row[3] for row in lines)

    def test_lines_are_those_of_today_and_the_planners_words_stay(
        self, book: xlwings.Book, period: Path
    ) -> None:
        wordings = book.sheets["文の調整"]
        before = rows(book, "文の調整", "A:E", 400)
        wordings["D7"].value = "・取りまとめで直した文。"
        place = line_cell(period, before[8][0], beginning=str(before[8][2])[:12])
        type_into(period, place, "・提出し直した文。")
        buttons.collect()
        after = rows(book, "文の調整", "A:E", 400)
        assert after[2] == [*before[2][:3], "・取りまとめで直した文。", None]
        assert len(after) == len(before)
        assert [row[2] for row in after].count("・提出し直した文。") == 1
        assert before[8][2] not in [row[2] for row in after]
        assert all(row[2] == row[3] for row in after if row != after[2])

    def test_overwritten_cells_have_both_values_and_choices_stay(
        self, book: xlwings.Book, period: Path
    ) -> None:
        figures = book.sheets["数値の調整"]
        before = rows(book, "数値の調整", "A:F")
        assert before[0][:5] == ["1-2-4/査定金額/当年/合計", None, "168,839", "244,116", None]
        figures["E5"].value = "計算値"
        type_into(period, figure_cell(period, "1-2-4/査定金額/当年/合計"), 12345)
        buttons.collect()
        after = rows(book, "数値の調整", "A:F")
        assert (after[0][2], after[0][4]) == ("168,839", "計算値")
        assert after[1:] == before[1:]

    def test_outlooks_are_those_of_today_and_the_planners_stay(
        self, book: xlwings.Book, period: Path
    ) -> None:
        before = rows(book, "見通し", "A:H", 30)
        late = next(place for place, row in enumerate(before) if row[5] == "遅れ")
        book.sheets["見通し"][f"G{FIRST + late}:H{FIRST + late}"].value = ["順調", "年度末に集中するため"]
        type_into(period, figure_cell(period, "2-2-5/文中の数値/健康宣言事業所数/当年"), 1300)
        buttons.collect()
        after = rows(book, "見通し", "A:H", 30)
        assert after[late] == [*before[late][:6], "順調", "年度末に集中するため"]
        (changed,) = (row for row, was in zip(after, before, strict=True) if row[:6] != was[:6])
        assert (changed[0], changed[2], changed[5]) == ("健康宣言事業所数", "1,300 事業所", "順調")

    @pytest.mark.parametrize("typed", ["H", "I"])
    def test_what_the_planner_settled_or_began_stays(
        self, small_book: xlwings.Book, small_period: Path, typed: str
    ) -> None:
        place = rated_anew(small_book, small_period, "×")
        small_book.sheets["調整"][f"{typed}{place}"].value = "〇"
        before = rows(small_book, "調整")
        buttons.collect()
        assert rows(small_book, "調整") == before

    @pytest.mark.parametrize("sheet", ["提出状況", "調整"])
    def test_a_sheet_that_is_protected_is_named(
        self, small_book: xlwings.Book, small_period: Path, sheet: str
    ) -> None:
        rated_anew(small_book, small_period, "×")
        small_book.sheets[sheet].api.protect("秘密")
        assert f"シート「{sheet}」が保護されている" in buttons.collect().sentence
        small_book.sheets[sheet].api.unprotect("秘密")
        assert not buttons.collect().is_failure

    def test_a_blank_in_the_name_of_a_sheet_does_not_matter(self, small_book: xlwings.Book) -> None:
        for name in ("提出状況", "文の調整", "数値の調整", "差戻し"):
            small_book.sheets[name].name = f"{name[:2]} {name[2:]}　"
        answer = buttons.collect()
        assert not answer.is_failure, answer.sentence
        assert [row[0] for row in rows(small_book, "提出 状況　")] == list(SMALL_GROUPS)

    def test_without_its_sheet_one_sentence(self, small_book: xlwings.Book) -> None:
        small_book.sheets["提出状況"].delete()
        assert "「提出状況」かその見出しがありません" in buttons.collect().sentence


def report_in(period: Path) -> Path:
    """The one report in 報告/."""
    (report,) = (period / "報告").glob("[!.]*.xlsx")
    return report


class TestReport:
    def test_it_contains_what_is_settled_and_not_saved_yet(
        self, book: xlwings.Book, period: Path, live_office: LiveOffice
    ) -> None:
        place = rated_anew(book, period, "△", item="1-2-4")
        book.sheets["調整"][f"H{place}:I{place}"].value = ["×", "確かめたため"]
        answer = buttons.make_report()
        assert not answer.is_failure, answer
        report = report_in(period)
        assert f"（報告／{report.name}、" in answer.sentence
        words = {
            cell.value
            for sheet in openpyxl.load_workbook(report)
            for row in sheet.iter_rows()
            for cell in row
        }
        assert any("最終評価を × としました（理由：確かめたため）" in str(word) for word in words)
        assert Workbook(period / NAME).sheets["調整"].text(place, 8) == "×"
        assert live_office.app.status_bar == answer.sentence

    def test_what_is_to_be_looked_at_is_listed(self, book: xlwings.Book) -> None:
        answer = buttons.make_report()
        found = rows(book, "要確認")
        acts = [row[0] for row in found]
        assert (
            f"直すもの {acts.count('直すもの')} 件、確認するもの {acts.count('確認するもの')} 件です。"
            in answer.sentence
        )
        total = next(row for row in found if row[2] == "1-2-4/査定金額/当年/合計")
        assert total[4:] == ["168,839 千円", "244,116 千円", "レセプトグループ.xlsm", "1-2-4", "I29"]
        place = 5 + found.index(total)
        assert "提出/レセプトグループ.xlsm#'1-2-4'!I29" in book.sheets["要確認"][f"I{place}"].formula
        assert book.selection.sheet.name == "要確認"

    @pytest.mark.usefixtures("small_book")
    def test_it_is_opened(self, small_period: Path, live_office: LiveOffice) -> None:
        assert "まだありません" in buttons.open_report().sentence
        buttons.make_report()
        answer = buttons.open_report()
        report = report_in(small_period)
        assert answer.sentence == f"報告書（{report.name}）を開きました。"
        assert {one.name for one in live_office.app.books} == {NAME, report.name}

    def test_one_that_is_open_comes_to_the_front(self, small_book: xlwings.Book, small_period: Path) -> None:
        buttons.make_report()
        buttons.open_report()
        small_book.activate()
        buttons.open_report()
        assert small_book.app.books.active.name == report_in(small_period).name

    def test_another_of_its_name_that_is_open_is_one_sentence(
        self, small_book: xlwings.Book, small_period: Path, tmp_path: Path
    ) -> None:
        buttons.make_report()
        report = report_in(small_period)
        small_book.app.books.open(shutil.copyfile(report, tmp_path / report.name))
        assert f"別の場所にある {report.name} が開いています" in buttons.open_report().sentence

    @pytest.mark.usefixtures("small_book")
    def test_the_newest_is(self, small_period: Path, live_office: LiveOffice) -> None:
        buttons.make_report()
        report = report_in(small_period)
        newer = shutil.copyfile(report, report.with_name(f"{report.stem}(2).xlsx"))
        buttons.open_report()
        assert {one.name for one in live_office.app.books} == {NAME, newer.name}

    @pytest.mark.usefixtures("small_book")
    def test_while_the_report_is_open_one_sentence(self, small_period: Path) -> None:
        buttons.make_report()
        report = report_in(small_period)
        report.with_name(f"~${report.name}").write_bytes(b"")
        assert "開いている場合は閉じて" in buttons.make_report().sentence
