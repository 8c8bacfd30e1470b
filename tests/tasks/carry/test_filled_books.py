"""New books filled with what earlier periods reported: which cells, which lines, and how a clerk sees it."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.domain.findings.acceptance import Acceptance
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.trace import trace_figure
from tests.edited import edited
from tests.tasks.carry.town import GROUP, LAYOUT, lines, period, plan_of, submit, typed
from tests.tasks.nightly.conftest import run

pytestmark = pytest.mark.period
SECOND = {"相談": [(120,), (200,)], "月別": [(10, 20), (5, 6, 7, 8)]}
TEXTS = {"1": ["・窓口（令和7年9月末）", "・相談は 120 件"], "2": ["・大会を開いた。"]}
TOWNS = [("緑", "公民館", 30), ("青", "体育館", 40)]
BOOK = Path("入力") / f"{GROUP}.xlsm"


def second_quarter(root: Path, **given: Any) -> Path:
    folder = period(root / "令和7年度" / "第2四半期", 2025, 2)
    submit(folder, SECOND, TEXTS, **{"towns": TOWNS, "months": {"相談": (8,)}, **given})
    return folder


@pytest.fixture
def third_quarter(tmp_path: Path) -> Path:
    second_quarter(tmp_path)
    folder = period(tmp_path / "令和7年度" / "第3四半期", 2025, 3)
    build_books(folder)
    return folder


def sheet_of(folder: Path, name: str = "1-1") -> Worksheet:
    return openpyxl.load_workbook(folder / BOOK)[name]


def row_of(sheet: Worksheet, text: str, column: str = "D") -> int:
    return next(cell.row for cell in sheet[column] if str(cell.value).startswith(text))


class TestFigures:
    def test_what_was_reported_is_in_its_cell_and_no_other_number(self, third_quarter: Path) -> None:
        assert typed(third_quarter) == {
            "相談/前年/件数": 200,
            "月別/当年/4~6月": 10,
            "月別/当年/7~9月": 20,
            "月別/前年/4~6月": 5,
            "月別/前年/7~9月": 6,
            "月別/前年/10~12月": 7,
            "月別/前年/1~3月": 8,
            "大会/明細/町/緑": "緑",
            "大会/明細/場所/緑": "公民館",
            "大会/明細/町/青": "青",
            "大会/明細/場所/青": "体育館",
        }

    def test_ratings_reasons_and_as_of_months_are_empty(self, third_quarter: Path) -> None:
        submission = read_submission(third_quarter / BOOK, plan_of(third_quarter))
        (item,) = submission.items
        assert (item.ratings, [entry.months for entry in item.tables]) == ((), [(None,), (), ()])

    def test_a_new_year_takes_its_last_year_from_the_reports_of_then(self, tmp_path: Path) -> None:
        folder = period(tmp_path / "令和7年度" / "第4四半期", 2025, 4)
        fourth = {"相談": [(400,), (200,)], "月別": [(10, 20, 30, 40), (5, 6, 7, 8)]}
        submit(folder, fourth, TEXTS, towns=[("緑", "公民館", 30), ("9月5日の大会", "体育館", 40)])
        folder = period(tmp_path / "令和8年度" / "第1四半期", 2026, 1)
        build_books(folder)
        assert typed(folder) == {
            "相談/前年/件数": 400,
            "月別/前年/4~6月": 10,
            "月別/前年/7~9月": 20,
            "月別/前年/10~12月": 30,
            "月別/前年/1~3月": 40,
            "大会/明細/町/緑": "緑",
        }
        assert lines(folder) == [("・窓口（令和8年6月末）", False), ("・相談は {相談/当年/件数} 件", False)]

    def test_a_year_that_was_not_over_is_not_last_years_final_value(self, tmp_path: Path) -> None:
        folder = period(tmp_path / "令和7年度" / "第4四半期", 2025, 4)
        submit(folder, {"相談": [(400,), (200,)]}, months={"相談": (2,)})
        folder = period(tmp_path / "令和8年度" / "第1四半期", 2026, 1)
        build_books(folder)
        assert typed(folder) == {}

    def test_the_newest_of_two_reports_counts(self, tmp_path: Path) -> None:
        first = period(tmp_path / "令和7年度" / "第1四半期", 2025, 1)
        submit(first, {"相談": [(50,), (199,)], "月別": [(9,), (5, 6, 7, 8)]})
        second_quarter(tmp_path)
        folder = period(tmp_path / "令和7年度" / "第3四半期", 2025, 3)
        build_books(folder)
        assert (typed(folder)["月別/当年/4~6月"], typed(folder)["相談/前年/件数"]) == (10, 200)

    def test_another_unit_is_converted_and_another_measure_left_empty(self, tmp_path: Path) -> None:
        second_quarter(tmp_path)
        layout = LAYOUT.replace("{前年度} | ⟪件⟫\n\nブロック", "{前年度} | ⟪円⟫\n\nブロック")
        layout = layout.replace("{年度} | ⟪件⟫ | ⟪件⟫", "{年度} | ⟪千件⟫ | ⟪事業所⟫")
        folder = period(tmp_path / "令和7年度" / "第3四半期", 2025, 3, layout)
        build_books(folder)
        submission = read_submission(folder / BOOK, plan_of(folder))
        (consulted, monthly, _) = submission.items[0].tables
        assert consulted.rows[1].cells[0].value is None
        assert [cell.value for cell in monthly.rows[0].cells[:2]] == [Decimal("0.01"), Decimal(20)]

    def test_a_renamed_column_is_found_where_it_is_certain(self, tmp_path: Path) -> None:
        second_quarter(tmp_path)
        folder = period(tmp_path / "令和7年度" / "第3四半期", 2025, 3, LAYOUT.replace("相談の件数", "相談"))
        build_books(folder)
        assert typed(folder)["相談/前年/件数"] == 200

    def test_other_branches_and_later_periods_are_not_taken(self, tmp_path: Path) -> None:
        basics = [("支部", "あお町"), ("年度", 2025), ("四半期", 2), ("グループ", GROUP)]
        submit(period(tmp_path / "令和7年度" / "あお町", 2025, 2, basics=basics), SECOND)
        submit(period(tmp_path / "令和7年度" / "第4四半期", 2025, 4), SECOND)
        folder = period(tmp_path / "令和7年度" / "第3四半期", 2025, 3)
        result = build_books(folder)
        assert (typed(folder), result.carried, result.failures) == ({}, "", ())

    def test_two_folders_of_one_period_are_named(self, tmp_path: Path) -> None:
        second = second_quarter(tmp_path)
        shutil.copytree(second, second.with_name("第2四半期 - コピー"))
        folder = period(tmp_path / "令和7年度" / "第3四半期", 2025, 3)
        assert build_books(folder).failures == (
            "令和7年度第2四半期のフォルダーが 2 つあるため、第2四半期 - コピー からは写していません。"
            "第2四半期 から写しました。",
        )

    def test_an_unreadable_folder_stops_nothing(self, tmp_path: Path) -> None:
        second_quarter(tmp_path)
        (tmp_path / "令和7年度" / "第1四半期").mkdir()
        (tmp_path / "令和7年度" / "第1四半期" / "計画.xlsx").write_bytes(b"")
        folder = period(tmp_path / "令和7年度" / "第3四半期", 2025, 3)
        result = build_books(folder)
        assert (len(typed(folder)), len(result.failures)) == (11, 1)
        assert result.failures[0].startswith("前の期のフォルダー 第1四半期 は読めなかったため")


class TestWhatAClerkSees:
    def test_the_note_under_each_table(self, third_quarter: Path) -> None:
        notes = [str(cell.value) for cell in sheet_of(third_quarter)["D"]]
        assert [note for note in notes if note.endswith("入れてあります。")] == [
            "前年度は第2四半期の報告から入れてあります。",
            "前年度と4～9月は第2四半期の報告から入れてあります。",
            "項目は第2四半期の報告から入れてあります。",
        ]

    def test_nothing_that_was_written_is_taken_for_staffs_own(self, third_quarter: Path) -> None:
        submission = read_submission(third_quarter / BOOK, plan_of(third_quarter))
        assert (submission.unread, submission.missed, submission.mismatches) == ((), (), ())

    def test_each_carried_number_is_tinted_while_it_is_the_same(self, third_quarter: Path) -> None:
        rules = sheet_of(third_quarter).conditional_formatting
        found = {str(area.sqref): rule.formula[0] for area in rules for rule in area.rules if rule.dxf}
        tints = {cell: formula for cell, formula in found.items() if formula.startswith("AND(ISNUMBER")}
        assert len(tints) == 7
        cell, formula = next(iter(tints.items()))
        assert formula == f"AND(ISNUMBER({cell}),{cell}=200)"

    def test_the_control_sheet_says_where_values_are_from_and_counts_lines(self, third_quarter: Path) -> None:
        sheet = sheet_of(third_quarter, "操作")
        words = {str(row[1].value): str(row[2].value) for row in sheet.iter_rows() if row[1].value}
        assert words["引き継いだ数値"].startswith("令和7年度第2四半期の報告から、11 か所に入れてあります。")
        assert "SUMPRODUCT((" in words["前の期の文"]
        cached = openpyxl.load_workbook(third_quarter / BOOK, data_only=True)["操作"]
        assert any(str(cell.value).startswith("灰色の文 2 行は前の期の文です。") for cell in cached["C"])

    def test_the_command_says_what_was_carried(self, tmp_path: Path) -> None:
        second_quarter(tmp_path)
        folder = period(tmp_path / "令和7年度" / "第3四半期", 2025, 3)
        assert build_books(folder).carried == (
            "11 か所の値（令和7年度第2四半期の報告）と、前の期の文 2 行を、新しい入力ブックに入れました。"
        )

    def test_trace_names_the_cell_that_gave_a_value(self, third_quarter: Path) -> None:
        (one,) = trace_figure(third_quarter, ["1-1/月別/当年/7~9月"]).carried
        source = one.carried.source
        assert (one.book, one.carried.value, one.carried.origin) == (
            str(BOOK), Decimal(20), "令和7年度第2四半期の報告"
        )  # fmt: skip
        assert source is not None
        second = openpyxl.load_workbook(third_quarter.with_name("第2四半期") / "提出" / source.workbook)
        assert second[source.sheet][source.cell].value == 20


class TestLines:
    def test_texts_are_last_quarters_and_those_of_the_plan_its_own(self, third_quarter: Path) -> None:
        assert lines(third_quarter) == [
            ("・窓口（令和7年12月末）", False),
            ("・相談は 120 件", True),
            ("・大会を開いた。", True),
        ]

    @pytest.mark.parametrize(
        ("answer", "text", "unconfirmed"),
        [("", None, True), ("このまま", None, False), ("", "・相談は 180 件", False), ("はい", None, True)],
    )
    def test_a_line_is_confirmed_by_an_answer_or_an_edit(
        self, third_quarter: Path, answer: str, text: str | None, unconfirmed: bool
    ) -> None:
        with edited(third_quarter / BOOK) as book:
            row = row_of(book["1-1"], "・相談は 120 件")
            book["1-1"].cell(row, 6).value = answer
            if text:
                book["1-1"].cell(row, 4).value = text
        assert lines(third_quarter)[1] == (text or "・相談は 120 件", unconfirmed)

    def test_the_text_is_kept_in_a_hidden_column_right_of_every_table(self, third_quarter: Path) -> None:
        sheet = sheet_of(third_quarter)
        row = row_of(sheet, "・相談は 120 件")
        assert (sheet.cell(row, 12).value, sheet.column_dimensions["L"].hidden) == ("・相談は 120 件", True)

    def test_tables_and_kpis_keep_their_lines_and_new_ones_are_added(self, tmp_path: Path) -> None:
        second_quarter(tmp_path)
        layout = LAYOUT.replace("ブロック | 2\n", "ブロック | 2\n文       | | ・新しい行\n", 1)
        folder = period(tmp_path / "令和7年度" / "第3四半期", 2025, 3, layout)
        build_books(folder)
        submission = read_submission(folder / BOOK, plan_of(folder))
        second = [line.text for line in submission.items[0].lines if line.block == "2"]
        assert second == ["・大会を開いた。", "月別", "大会", "・新しい行"]

    def test_a_starting_line_that_the_plan_rewords_is_the_plans(self, tmp_path: Path) -> None:
        second_quarter(tmp_path)
        layout = LAYOUT.replace("・窓口（{年月}末）", "・窓口の数（{年月}末）")
        folder = period(tmp_path / "令和7年度" / "第3四半期", 2025, 3, layout)
        build_books(folder)
        assert lines(folder) == [
            ("・相談は 120 件", True),
            ("・窓口の数（令和7年12月末）", False),
            ("・大会を開いた。", True),
        ]


class TestReasonsAndWordings:
    def test_a_reason_is_kept_while_cell_and_value_are_the_same(self, tmp_path: Path) -> None:
        kept = Acceptance("VA08", "1-1/月別/前年/7~9月", "6 件", "確かめた")
        changing = Acceptance("VA08", "1-1/相談/当年/件数", "120 件", "確かめた")
        words = Acceptance("PR02", "1-1/ブロック 1/実施状況/L1-2", "相談", "公の番号")
        time = Acceptance("WO07", "1-1/ブロック 1/実施状況/L1-2", "9月末", "9月のこと")
        second_quarter(tmp_path, accepted=(kept, changing, words, time))
        folder = period(tmp_path / "令和7年度" / "第3四半期", 2025, 3)
        build_books(folder)
        accepted = read_submission(folder / BOOK, plan_of(folder)).accepted
        assert [(one.code, one.identity) for one in accepted] == [
            ("VA08", kept.identity), ("PR02", words.identity)
        ]  # fmt: skip

    def test_words_of_the_planner_that_still_find_theirs_are_kept(self, tmp_path: Path) -> None:
        second = second_quarter(tmp_path)
        build_books(second)
        with edited(second / "取りまとめ.xlsm") as book:
            wordings = (("1-1", "2", "開いた", "開催した"), ("1-1", "2", "ない語", "語"))
            for row, words in enumerate(wordings, 5):
                for column, text in enumerate(words, 1):
                    book["文の調整"].cell(row, column).value = text
        folder = period(tmp_path / "令和7年度" / "第3四半期", 2025, 3)
        build_books(folder)
        sheet = openpyxl.load_workbook(folder / "取りまとめ.xlsm")["文の調整"]
        rows = [[cell.value for cell in row[:4]] for row in sheet.iter_rows(min_row=5, max_row=6)]
        assert rows == [["1-1", "2", "開いた", "開催した"], [""] * 4]
        assert lines(folder)[-1] == ("・大会を開いた。", True)


def test_the_ledger_alone_gives_the_same_figures_texts_and_keys(tmp_path: Path) -> None:
    second = second_quarter(tmp_path)
    run(tmp_path)
    folder = period(tmp_path / "令和7年度" / "第3四半期", 2025, 3)
    build_books(folder)
    from_books = typed(folder), lines(folder)
    shutil.rmtree(second)
    shutil.rmtree(folder / "入力")
    build_books(folder)
    without_texts_of_lists = {key: value for key, value in from_books[0].items() if "場所" not in key}
    assert (typed(folder), sorted(lines(folder))) == (without_texts_of_lists, sorted(from_books[1]))


def test_a_book_without_known_content_is_the_plain_one(tmp_path: Path) -> None:
    folder = period(tmp_path / "期", 2025, 3)
    build_books(folder)
    sheet = sheet_of(folder)
    assert all(cell.value is None for cell in sheet["L"])
    assert "前の期の文" not in {cell.value for cell in sheet["F"]}
    assert not any(str(cell.value).endswith("入れてあります。") for cell in sheet["D"])


def test_the_same_folders_give_the_same_bytes(tmp_path: Path) -> None:
    second_quarter(tmp_path)
    folder = period(tmp_path / "令和7年度" / "第3四半期", 2025, 3)
    build_books(folder)
    before = (folder / BOOK).read_bytes()
    (folder / BOOK).unlink()
    build_books(folder)
    assert (folder / BOOK).read_bytes() == before
