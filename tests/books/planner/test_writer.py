"""The planner's book as made, filled in, changed in layout, saved by another program, and read."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook as Book
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.books.planner.reader import read_adjustments
from kenpo_xl.books.planner.writer import write_planner_book
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.results.adjustments import (
    Adjustments,
    Choice,
    FigureAdjustment,
    RatingAdjustment,
    WordingAdjustment,
)
from kenpo_xl.domain.source import Source
from kenpo_xl.errors import KenpoError
from kenpo_xl.pipeline.rate import rate_kpis_and_blocks
from kenpo_xl.pipeline.recompute import recompute_figures
from scripts.sample import submissions
from tests.edited import loaded
from tests.office import Office, edits
from tests.paths import SAMPLE
from tests.sample import sample_plan
from tests.screen_width import SCREEN, shown_width

NAME = "取りまとめ.xlsm"
RETURNS, RATINGS, WORDINGS, FIGURES = "差戻し", "調整", "文の調整", "数値の調整"
HEADERS = {
    RETURNS: ["グループ", "項", "セルか識別名", "差戻しの内容", "状態", "返事", "終了", "鍵"],
    RATINGS: [
        "項",
        "項の題",
        "ブロック",
        "計画内容",
        "担当",
        "グループの評価",
        "計算した評価",
        "最終評価",
        "理由",
        "鍵",
    ],
    WORDINGS: ["項", "ブロック", "いまの文", "直した文", "理由", "鍵"],
    FIGURES: ["識別名", "対象", "いまの入力値", "計算した値", "印字する値", "理由", "鍵"],
}
HEADER_ROW, FIRST = 4, 5
# The third rated block of the sample is block 1 of 1-2-2.
THIRD = FIRST + 2
IDENTITY = "1-2-4/査定金額/当年/合計"
RATED = RatingAdjustment("1-2-2", "1", "〇", "期限内", "△", "△", Source(NAME, RATINGS, f"H{THIRD}"))
WORDED = WordingAdjustment("1-2-2", "2", "HP に", "ホームページに", "", Source(NAME, WORDINGS, "D6"))
CHOSEN = FigureAdjustment(
    IDENTITY, Choice.COMPUTED, "", "168,839", "再計算", Source(NAME, FIGURES, f"E{FIRST}")
)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return sample_plan()


def write(plan: Plan, path: Path, *, submitted: bool = True) -> Path:
    found = submissions().values() if submitted else []
    figures = recompute_figures(plan, found)
    write_planner_book(plan, path, figures, rate_kpis_and_blocks(plan, figures, found))
    return path


@pytest.fixture(scope="module")
def made(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book as made once everything was handed in."""
    return write(plan, tmp_path_factory.mktemp("made") / NAME)


@pytest.fixture
def book(made: Path, tmp_path: Path) -> Path:
    """A copy to work in."""
    return Path(shutil.copy(made, tmp_path / NAME))


def edited(path: Path, change: Callable[[Book], None]) -> Path:
    workbook = load_workbook(path)
    change(workbook)
    workbook.save(path)
    return path


def fill_in(workbook: Book) -> None:
    """One rating, one wording and one figure settled."""
    workbook[RATINGS][f"H{THIRD}"], workbook[RATINGS][f"I{THIRD}"] = "〇", "期限内"
    for column, text in zip("ABCD", ("1-2-2", 2, "HP に", "ホームページに"), strict=True):
        workbook[WORDINGS][f"{column}6"] = text
    workbook[FIGURES][f"E{FIRST}"], workbook[FIGURES][f"F{FIRST}"] = "計算値", "再計算"


@pytest.fixture
def filled(book: Path) -> Path:
    return edited(book, fill_in)


def rows(sheet: Worksheet) -> list[list[object]]:
    """The rows below the headers that hold anything."""
    values = ([cell.value or "" for cell in row] for row in sheet.iter_rows(min_row=FIRST))
    return [row for row in values if any(row)]


class TestAsMade:
    def test_sheets_and_headers(self, made: Path) -> None:
        workbook = load_workbook(made)
        assert workbook.sheetnames == [
            "操作",
            "提出状況",
            "計画の確認",
            "要確認",
            RETURNS,
            RATINGS,
            WORDINGS,
            FIGURES,
            "見通し",
            "概要の文",
            "kx",
        ]
        assert workbook["kx"].sheet_state == "hidden"
        assert {name: [cell.value for cell in workbook[name][HEADER_ROW]] for name in HEADERS} == HEADERS

    def test_no_list_is_wider_than_a_screen_of_1366_pixels(self, made: Path) -> None:
        book = loaded(made)
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                assert shown_width(sheet) <= SCREEN, sheet.title

    def test_the_buttons_of_the_filters_are_below_the_headers(self, made: Path) -> None:
        book = loaded(made)
        filtered = [sheet for sheet in book.worksheets if sheet.auto_filter.ref]
        assert [sheet.title for sheet in filtered] == [*HEADERS, "見通し", "概要の文"]
        for sheet in filtered:
            headers = [cell for cell in sheet[HEADER_ROW] if cell.value]
            assert {cell.alignment.vertical for cell in headers} == {"top"}
            assert sheet.row_dimensions[HEADER_ROW].height == 36

    def test_a_long_purpose_of_a_sheet_has_a_row_that_holds_it(self, made: Path) -> None:
        control = loaded(made)["操作"]
        (cell,) = [cell for cell in control["B"] if cell.value == "計画の確認"]
        assert control.row_dimensions[cell.row].height > 25

    def test_the_row_of_the_answer_grows_with_it(self, made: Path) -> None:
        (cell,) = [cell for cell in loaded(made)["操作"]["B"] if cell.value == "結果"]
        with zipfile.ZipFile(made) as book:
            part = book.read("xl/worksheets/sheet1.xml").decode()
        found = re.search(rf'<row r="{cell.row}"[^>]*>', part)
        assert found
        assert "customHeight" not in found[0]

    def test_the_first_sheet_tells_period_and_steps(self, made: Path) -> None:
        words = [cell.value for row in load_workbook(made)["操作"].iter_rows() for cell in row if cell.value]
        assert words[:5] == [
            "埼玉支部事業実施状況　取りまとめ",
            "期",
            "令和6年度 第3四半期",
            "基準日",
            "令和6年12月末",
        ]
        assert [word for word in words if word.startswith("１．")]

    def test_a_row_for_each_rated_block_in_the_order_of_the_plan(self, made: Path, plan: Plan) -> None:
        found = rows(load_workbook(made)[RATINGS])
        wanted = [(item, block) for item in plan.items for block in item.blocks if block.rated]
        assert [(row[0], row[2]) for row in found] == [(item.id, block.name) for item, block in wanted]
        assert [(row[1], row[4]) for row in found] == [(item.title, item.owner) for item, _ in wanted]
        assert all(0 < len(str(row[3])) <= 60 for row in found)
        assert "適切な進捗管理" in str(found[2][3])

    def test_ratings_and_overwritten_cells_of_today_stand_in_it(self, made: Path) -> None:
        workbook = load_workbook(made)
        assert rows(workbook[RATINGS])[2][5:] == ["△", "△", "", "", "1-2-2/1"]
        found = rows(workbook[FIGURES])
        assert found[0] == [IDENTITY, "", "168,839", "244,116", "", "", "1-2-4"]
        assert len(found) == 7

    def test_before_anything_was_submitted_they_are_empty(self, plan: Plan, tmp_path: Path) -> None:
        workbook = load_workbook(write(plan, tmp_path / NAME, submitted=False))
        assert {value for row in rows(workbook[RATINGS]) for value in row[5:9]} == {""}
        assert rows(workbook[FIGURES]) == []

    def test_every_submitted_line_stands_on_both_sides(self, plan: Plan, tmp_path: Path) -> None:
        found = list(submissions().values())
        figures = recompute_figures(plan, found)
        carried = WordingAdjustment("1-2-2", "2", "HP に", "ホームページに", "読み手のため")
        whole = next(one.text for item in found[0].items for one in item.lines if one.kind is LineKind.TEXT)
        item = next(one for one in found[0].items if any(line.text == whole for line in one.lines))
        block = next(line.block for line in item.lines if line.text == whole)
        typed = WordingAdjustment(item.item, block, whole, "・直した文。")
        ratings = rate_kpis_and_blocks(plan, figures, found)
        write_planner_book(plan, tmp_path / NAME, figures, ratings, [carried, typed], found)
        listed = rows(load_workbook(tmp_path / NAME)[WORDINGS])
        assert listed[0] == ["1-2-2", "2", "HP に", "ホームページに", "読み手のため", "1-2-2/2"]
        assert [row[2] for row in listed].count(whole) == 1
        assert all(row[2] == row[3] for row in listed[2:])
        lines = {
            (entry.item, line.block, line.text)
            for book in found
            for entry in book.items
            for line in entry.lines
            if line.kind is LineKind.TEXT and line.text
        }
        assert {tuple(row[:3]) for row in listed[1:]} == lines
        assert [one.new for one in read_adjustments(tmp_path / NAME, plan).wordings] == [
            "ホームページに",
            "・直した文。",
        ]

    def test_drop_downs(self, made: Path, plan: Plan) -> None:
        workbook = load_workbook(made)
        lists = {
            (name, str(rule.sqref).rstrip("0123456789").split(":")[0][0]): rule.formula1
            for name in HEADERS
            for rule in workbook[name].data_validations.dataValidation
            if rule.type == "list"
        }
        glyphs = '"' + ",".join(step.glyph for step in plan.scale.steps) + '"'
        assert lists[RATINGS, "H"] == lists[RATINGS, "F"] == lists[RATINGS, "G"] == glyphs
        assert lists[FIGURES, "E"] == '"入力値,計算値"'
        items = [cell.value for cell in workbook["kx"]["D"] if cell.value]
        assert items == [item.id for item in plan.items]
        assert lists[WORDINGS, "A"] == f"kx!$D$1:$D${len(items)}"
        identities = [cell.value for cell in workbook["kx"]["E"] if cell.value]
        assert IDENTITY in identities
        assert lists[FIGURES, "A"] == f"kx!$E$1:$E${len(identities)}"

    def test_the_same_bytes_twice(self, made: Path, plan: Plan, tmp_path: Path) -> None:
        assert write(plan, tmp_path / "別の名前.xlsx").read_bytes() == made.read_bytes()

    def test_nothing_is_settled_in_it(self, made: Path, plan: Plan) -> None:
        assert read_adjustments(made, plan) == Adjustments()


class TestFilledIn:
    def test_each_list_is_read_with_its_cells(self, filled: Path, plan: Plan) -> None:
        assert read_adjustments(filled, plan) == Adjustments((RATED,), (WORDED,), (CHOSEN,))

    def test_saved_by_another_program(self, filled: Path, plan: Plan, office: Office) -> None:
        with office.edit(filled):
            pass
        assert read_adjustments(filled, plan) == Adjustments((RATED,), (WORDED,), (CHOSEN,))

    def test_rows_inserted_and_sorted(self, filled: Path, plan: Plan, office: Office) -> None:
        with office.edit(filled) as document:
            edits.insert_rows(document, RATINGS, FIRST, 2)
            edits.sort_range(document, RATINGS, f"A{FIRST}:I{FIRST + 60}", "A", ascending=False)
            edits.insert_rows(document, WORDINGS, 1)
        found = read_adjustments(filled, plan)
        assert [replace(one, source=None) for one in found.ratings] == [replace(RATED, source=None)]
        assert found.ratings[0].source != RATED.source
        assert found.wordings == (replace(WORDED, source=Source(NAME, WORDINGS, "D7")),)

    def test_columns_inserted(self, filled: Path, plan: Plan, office: Office) -> None:
        with office.edit(filled) as document:
            edits.insert_columns(document, RATINGS, "A")
            edits.insert_columns(document, FIGURES, "D")
        found = read_adjustments(filled, plan)
        assert found.ratings == (replace(RATED, source=Source(NAME, RATINGS, f"I{THIRD}")),)
        assert found.figures == (replace(CHOSEN, source=Source(NAME, FIGURES, f"F{FIRST}")),)

    def test_headers_and_choices_in_full_width_with_stray_spaces(self, filled: Path, plan: Plan) -> None:
        def change(workbook: Book) -> None:
            workbook[RATINGS]["H4"] = "最終　評価 "
            workbook[FIGURES][f"E{FIRST}"] = " 計算 値"
            workbook[WORDINGS].title = "文の調整 "

        found = read_adjustments(edited(filled, change), plan)
        assert (found.ratings, found.figures) == ((RATED,), (CHOSEN,))
        assert [one.old for one in found.wordings] == ["HP に"]

    def test_merged_cells_count_for_each_of_their_rows(self, filled: Path, plan: Plan) -> None:
        def change(workbook: Book) -> None:
            for column in "AH":
                workbook[RATINGS].merge_cells(f"{column}{THIRD}:{column}{THIRD + 1}")

        found = read_adjustments(edited(filled, change), plan).ratings
        assert [(one.item, one.block, one.final) for one in found] == [
            ("1-2-2", "1", "〇"),
            ("1-2-2", "2", "〇"),
        ]

    def test_headers_merged_over_two_rows(self, book: Path, plan: Plan) -> None:
        def change(workbook: Book) -> None:
            sheet = workbook[WORDINGS]
            for column in "ABCDE":
                sheet.merge_cells(f"{column}{HEADER_ROW}:{column}{HEADER_ROW + 1}")
            fill_in(workbook)

        assert read_adjustments(edited(book, change), plan).wordings == (WORDED,)

    def test_a_text_that_became_a_date_is_written_out_again(self, book: Path, plan: Plan) -> None:
        def change(workbook: Book) -> None:
            fill_in(workbook)
            workbook[WORDINGS]["D6"] = date(2024, 12, 20)
            workbook[WORDINGS]["D6"].number_format = "yyyy/m/d"

        (found,) = read_adjustments(edited(book, change), plan).wordings
        assert found.new == "令和6年12月20日"

    def test_a_missing_new_wording_and_a_wrong_choice_are_handed_on(self, filled: Path, plan: Plan) -> None:
        def change(workbook: Book) -> None:
            workbook[WORDINGS]["D6"] = None
            workbook[FIGURES][f"E{FIRST}"] = "両方"

        found = read_adjustments(edited(filled, change), plan)
        assert [(one.old, one.new) for one in found.wordings] == [("HP に", "")]
        assert [one.choice for one in found.figures] == [None]

    def test_a_reason_alone_settles_nothing(self, book: Path, plan: Plan) -> None:
        def change(workbook: Book) -> None:
            workbook[RATINGS][f"I{THIRD}"] = "検討中"
            workbook[FIGURES][f"F{FIRST}"] = "検討中"
            workbook[WORDINGS]["E9"] = "検討中"

        assert read_adjustments(edited(book, change), plan) == Adjustments()


class TestRefused:
    def test_a_book_of_another_period(self, made: Path, plan: Plan) -> None:
        other = replace(plan, period=replace(plan.period, number=4))
        with pytest.raises(KenpoError, match=r"別の計画（埼玉支部 令和6年度第3四半期）.*第4四半期の"):
            read_adjustments(made, other)

    @pytest.mark.parametrize("foreign", [SAMPLE / "計画.xlsx", SAMPLE / "提出" / "業務グループ.xlsm"])
    def test_another_book(self, foreign: Path, plan: Plan) -> None:
        with pytest.raises(KenpoError, match="取りまとめのブックではありません"):
            read_adjustments(foreign, plan)

    def test_a_damaged_file(self, book: Path, plan: Plan) -> None:
        book.write_bytes(book.read_bytes()[:500])
        with pytest.raises(KenpoError, match=NAME):
            read_adjustments(book, plan)

    def test_a_missing_sheet_is_named(self, book: Path, plan: Plan) -> None:
        edited(book, lambda workbook: workbook.remove(workbook[WORDINGS]))
        with pytest.raises(KenpoError, match=f"シート「{WORDINGS}」がありません"):
            read_adjustments(book, plan)

    def test_missing_headers_are_named(self, book: Path, plan: Plan) -> None:
        def change(workbook: Book) -> None:
            workbook[RATINGS]["H4"], workbook[RATINGS]["F4"] = "決定", None

        with pytest.raises(
            KenpoError, match="シート「調整」に見出し「グループの評価」「最終評価」がありません"
        ):
            read_adjustments(edited(book, change), plan)

    def test_headers_may_not_all_be_gone(self, book: Path, plan: Plan) -> None:
        edited(book, lambda workbook: workbook[FIGURES].delete_rows(1, 60))
        with pytest.raises(KenpoError, match="シート「数値の調整」に見出し「識別名」「対象」"):
            read_adjustments(book, plan)

    def test_it_is_no_input_book(self, made: Path, plan: Plan) -> None:
        with pytest.raises(KenpoError, match="入力ブックではありません"):
            read_submission(made, plan)
