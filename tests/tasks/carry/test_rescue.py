"""A damaged, copied or older book is carried into a fresh one: all is placed or listed, nothing is wrong."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.domain.outputs.closing import ClosingAct, ClosingEntry
from kenpo_xl.domain.outputs.remarks import Concern
from kenpo_xl.domain.submission.uncertain import UncertainValue
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.carry.rescue import CarryResult, carry_book
from kenpo_xl.tasks.period.closing import add_closing_entry
from kenpo_xl.tasks.period.consolidation import consolidate
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.report import make_report
from tests.drawn import write_drawn_book
from tests.edited import edited
from tests.tasks.carry.town import GROUP, LAYOUT, drawing, lines, period, plan_of, submit, typed

NUMBERS = {"相談": [(120,), (200,)], "月別": [(10, 20, 30), (5, 6, 7, 8)]}
TEXTS = {"1": ["・窓口を開いた。", "・相談は 120 件"], "2": ["・大会を開いた。"]}
TYPED = {
    "相談/当年/件数": 120, "相談/前年/件数": 200,
    "月別/当年/4~6月": 10, "月別/当年/7~9月": 20, "月別/当年/10~12月": 30,
    "月別/前年/4~6月": 5, "月別/前年/7~9月": 6, "月別/前年/10~12月": 7, "月別/前年/1~3月": 8,
    "大会/明細/町/緑": "緑", "大会/明細/場所/緑": "公民館", "大会/明細/人数/緑": 30,
}  # fmt: skip
LINES = [(text, False) for texts in TEXTS.values() for text in texts]
ITEM = "1-1"
Change = Callable[[Any], None]


@pytest.fixture(scope="module")
def filled_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = period(tmp_path_factory.mktemp("filled") / "第3四半期", 2025, 3)
    submit(folder, NUMBERS, TEXTS, towns=[("緑", "公民館", 30)], months={"相談": (11,)})
    return folder


@pytest.fixture
def folder(filled_once: Path, tmp_path: Path) -> Path:
    """A period with no working books, and a filled book elsewhere: 別の場所/総務課.xlsm."""
    copy = tmp_path / "期" / "第3四半期"
    copy.mkdir(parents=True)
    shutil.copy(filled_once / "計画.xlsx", copy)
    (tmp_path / "別の場所").mkdir()
    shutil.copy(filled_once / "提出" / f"{GROUP}.xlsm", tmp_path / "別の場所")
    return copy


def book_of(folder: Path) -> Path:
    return folder.parent.parent / "別の場所" / f"{GROUP}.xlsm"


def changed(folder: Path, change: Change) -> Path:
    """The filled book as another program saved it, without macros, after a change."""
    path = book_of(folder)
    target = path.with_suffix(".xlsx")
    with edited(path, target) as book:
        change(book)
    return target


def unchanged(_: Any) -> None:
    """As another program saves it."""


def without_names(book: Any) -> None:
    for name in list(book.defined_names):
        del book.defined_names[name]


def without_hidden_sheet(book: Any) -> None:
    del book["kx"]


def sheets_alone(book: Any) -> None:
    """As sheets that were copied into a new workbook, and called what Excel calls them."""
    without_names(book)
    for name in [name for name in book.sheetnames if name != ITEM]:
        del book[name]
    book[ITEM].title = "Sheet1"


def renamed_sheet(book: Any) -> None:
    without_names(book)
    book[ITEM].title = "相談"


def moved_down_and_right(book: Any) -> None:
    sheets_alone(book)
    sheet = book["Sheet1"]
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                cell.value = "令和7年度（11月まで）" if "年度" in cell.value else None
    sheet.insert_rows(1, 3)
    sheet.insert_cols(1, 2)


def replaced(book: Any, words: dict[str, str], sheet: str = ITEM) -> None:
    found = set()
    for row in book[sheet].iter_rows():
        for cell in row:
            if cell.value in words:
                found.add(cell.value)
                cell.value = words[cell.value]
    assert found == words.keys()


def unplaced(result: CarryResult) -> list[tuple[str, str]]:
    values = (one for copy in result.books for one in copy.content.book.unplaced)
    return [(str(one.value), one.reason) for one in values]


def uncertain(result: CarryResult) -> list[UncertainValue]:
    return [one for copy in result.books for one in copy.content.book.uncertain]


def is_all_there(folder: Path) -> bool:
    submission = read_submission(folder / "入力" / f"{GROUP}.xlsm", plan_of(folder))
    (item,) = submission.items
    ratings = [(one.block, one.glyph, one.reason, one.as_of) for one in item.ratings]
    months = {entry.table: entry.months for entry in item.tables if entry.months}
    assert typed(folder) == TYPED
    assert [line for line in lines(folder) if line[0]] == LINES
    assert ratings == [("1", "〇", "よくできた", "9月末")]
    assert months == {"相談": (11,)}
    return True


@pytest.mark.parametrize(
    "change",
    [
        unchanged,
        without_names,
        without_hidden_sheet,
        renamed_sheet,
        sheets_alone,
        moved_down_and_right,
    ],
    ids=["saved elsewhere", "no names", "no hidden sheet", "renamed", "copied sheets", "moved"],
)
def test_all_that_was_typed_is_in_the_fresh_book(folder: Path, change: Change) -> None:
    result = carry_book(changed(folder, change), folder)
    assert (unplaced(result), uncertain(result), result.losses) == ([], [], ())
    assert is_all_there(folder)
    (copy,) = result.books
    assert copy.path == folder / "入力" / f"{GROUP}.xlsm"
    counts = copy.content.counts
    assert (counts.figures, counts.lines, counts.ratings) == (len(TYPED) + 1, len(LINES), 1)
    assert next(copy.sentences()) == f"数値 13 か所、文 3 行、評価 1 件を写しました: {copy.path}"


def test_a_book_that_a_spreadsheet_in_the_web_saved(folder: Path) -> None:
    """Without macros, rules and validations, with a sheet of its own first, and every text inline."""

    def change(book: Any) -> None:
        book.create_sheet("シート1", 0)
        for sheet in book:
            sheet.conditional_formatting = type(sheet.conditional_formatting)()
            sheet.data_validations.dataValidation = []

    path = changed(folder, change)
    with zipfile.ZipFile(path) as archive:
        assert "xl/sharedStrings.xml" not in archive.namelist()
    result = carry_book(path, folder)
    assert (unplaced(result), uncertain(result), result.losses) == ([], [], ())
    assert is_all_there(folder)


def test_columns_that_changed_places_stay_what_they_are(folder: Path) -> None:
    def swap(book: Any) -> None:
        sheets_alone(book)
        sheet = book["Sheet1"]
        heads = {
            cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value in ("町", "人数")
        }
        first, last = heads["町"], heads["人数"]
        for row in range(first.row, first.row + 2):
            one, other = sheet.cell(row, first.column), sheet.cell(row, last.column)
            one.value, other.value = other.value, one.value

    result = carry_book(changed(folder, swap), folder)
    assert (unplaced(result), uncertain(result)) == ([], [])
    assert is_all_there(folder)


@pytest.mark.parametrize("change", [unchanged, without_names, sheets_alone])
def test_a_reworded_header_is_guessed_and_listed(folder: Path, change: Change) -> None:
    def reword(book: Any) -> None:
        replaced(book, {"場所": "場　所名"})
        change(book)

    result = carry_book(changed(folder, reword), folder)
    assert is_all_there(folder)
    (one,) = uncertain(result)
    assert (one.identity, one.value) == ("1-1/大会/明細/場所（緑）", "公民館")
    assert one.place.startswith(f"{GROUP}.xlsx ")
    assert one.reason == "見出し「場所名」を、計画の列「場所」とみました"
    assert unplaced(result) == []


def test_a_header_of_other_months_is_never_guessed(folder: Path) -> None:
    def reword(book: Any) -> None:
        replaced(book, {"7～9月": "8～9月"})

    result = carry_book(changed(folder, reword), folder)
    assert typed(folder) == {key: value for key, value in TYPED.items() if "7~9月" not in key}
    listed = [text for text, _ in unplaced(result)]
    assert {"20", "6"} <= set(listed)
    assert uncertain(result) == []


def test_a_reworded_caption_is_guessed_and_listed(folder: Path) -> None:
    def reword(book: Any) -> None:
        sheets_alone(book)
        replaced(book, {"表　大会": "表　町の大会"}, "Sheet1")

    result = carry_book(changed(folder, reword), folder)
    assert is_all_there(folder)
    assert {one.identity for one in uncertain(result)} == {
        f"1-1/大会/明細/{name}（緑）" for name in ("町", "場所", "人数")
    }
    assert all("町の大会" in one.reason for one in uncertain(result))


def test_what_is_beside_the_tables_is_listed_with_its_cell(folder: Path) -> None:
    def remark(book: Any) -> None:
        book[ITEM]["T60"] = "来年は 2 回"
        book.create_sheet("メモ")["B2"] = "電話で確認"

    result = carry_book(changed(folder, remark), folder)
    assert is_all_there(folder)
    assert unplaced(result) == [
        ("来年は 2 回", "決まった欄の外にあります"),
        ("電話で確認", "項のシートではありません"),
    ]
    sheet = openpyxl.load_workbook(folder / "入力" / f"{GROUP}.xlsm")["引き継げなかったもの"]
    assert [row[1] for row in sheet.iter_rows(min_row=5, values_only=True)] == ["来年は 2 回", "電話で確認"]


def test_of_a_copy_of_a_sheet_only_what_differs_is_listed(folder: Path) -> None:
    def copied(book: Any) -> None:
        copy = book.copy_worksheet(book[ITEM])
        copy.title = f"{ITEM} (2)"
        replaced(book, {"公民館": "体育館"}, copy.title)

    result = carry_book(changed(folder, copied), folder)
    assert is_all_there(folder)
    assert unplaced(result) == [("体育館", "項のシートではありません")]


class TestResultsWithoutFormulas:
    """A book that was copied by its values: its totals are numbers."""

    def test_a_total_that_is_right_is_a_formula_again(self, folder: Path) -> None:
        def paste(book: Any) -> None:
            self._paste(book, {0: 60, 1: 26})

        result = carry_book(changed(folder, paste), folder)
        assert is_all_there(folder)
        assert not unplaced(result)
        assert self._totals(folder) == [True, True]

    def test_one_that_differs_stays_as_it_was_typed(self, folder: Path) -> None:
        def paste(book: Any) -> None:
            self._paste(book, {0: 61, 1: 26})

        carry_book(changed(folder, paste), folder)
        assert typed(folder) == {**TYPED, "月別/当年/計": 61}
        assert self._totals(folder) == [False, True]

    @staticmethod
    def _paste(book: Any, totals: dict[int, int]) -> None:
        cells = [
            cell
            for row in book[ITEM].iter_rows()
            for cell in row
            if "SUM(" in str(cell.value) and cell.row > 20
        ]
        for number, cell in enumerate(cells[:2]):
            cell.value = totals[number]

    @staticmethod
    def _totals(folder: Path) -> list[bool]:
        submission = read_submission(folder / "入力" / f"{GROUP}.xlsm", plan_of(folder))
        (entry,) = (one for one in submission.items[0].tables if one.table == "月別")
        return [row.cells[-1].formula for row in entry.rows]


def zipped(path: Path, *, drop: str = "", cut: dict[str, float] | None = None) -> Path:
    target = path.with_name("壊れた.xlsm")
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after:
        for name in (one for one in before.namelist() if one != drop):
            content = before.read(name)
            after.writestr(name, content[: int(len(content) * (cut or {}).get(name, 1))])
    return target


class TestDamage:
    def test_a_file_without_its_end(self, folder: Path) -> None:
        path = book_of(folder)
        content = path.read_bytes()
        path.write_bytes(content[: content.index(b"PK\1\2")])
        result = carry_book(path, folder)
        assert (unplaced(result), uncertain(result), result.losses) == ([], [], ())
        assert is_all_there(folder)

    def test_a_cut_sheet_gives_what_precedes_the_cut_and_says_so(self, folder: Path) -> None:
        result = carry_book(zipped(book_of(folder), cut={"xl/worksheets/sheet2.xml": 0.35}), folder)
        (sentence,) = result.losses
        assert sentence.startswith("シート「1-1」は壊れていて、")
        found = typed(folder)
        assert found.items() < TYPED.items()
        assert [line for line in lines(folder) if line[0]] == LINES
        assert not result.is_complete
        facts = openpyxl.load_workbook(folder / "入力" / f"{GROUP}.xlsm")["操作"]
        texts = [str(cell.value) for row in facts.iter_rows() for cell in row]
        assert any(sentence.removesuffix("。") in text for text in texts)

    def test_without_its_texts_the_numbers_are_placed_by_position_and_listed(self, folder: Path) -> None:
        result = carry_book(zipped(book_of(folder), drop="xl/sharedStrings.xml"), folder)
        assert any("文字が失われています" in one for one in result.losses)
        found = {key: value for key, value in typed(folder).items() if not isinstance(value, str)}
        expected = {key: value for key, value in TYPED.items() if key.startswith(("相談", "月別"))}
        assert {key: value for key, value in found.items() if "大会" not in key} == expected
        reason = "文字が失われているため、表の中の位置で写しました"
        assert {one.reason for one in uncertain(result) if "月別" in one.identity} == {reason}
        values = {one.value for one in uncertain(result)} | {text for text, _ in unplaced(result)}
        assert {str(value) for value in TYPED.values() if not isinstance(value, str)} <= values

    def test_without_the_workbook_part_sheets_are_known_by_their_titles(self, folder: Path) -> None:
        result = carry_book(zipped(book_of(folder), drop="xl/workbook.xml"), folder)
        assert result.losses == ("シートの名前と、表の場所の記録が失われています。",)
        assert is_all_there(folder)
        assert (unplaced(result), uncertain(result)) == ([], [])

    def test_a_file_of_another_kind_is_refused_as_by_every_other_command(self, folder: Path) -> None:
        path = folder.parent / "値.csv"
        path.write_text("1,2", encoding="utf-8")
        with pytest.raises(KenpoError, match="CSV などの文字だけのファイル"):
            carry_book(path, folder)

    def test_a_workbook_of_something_else_is_refused(self, folder: Path) -> None:
        with pytest.raises(KenpoError, match="この計画の項のものと分かるシートがありません"):
            carry_book(folder / "計画.xlsx", folder)
        assert not (folder / "入力").exists()


class TestPlaces:
    """Where the fresh book goes: what somebody typed is never overwritten."""

    def test_an_untouched_working_book_gives_way(self, folder: Path) -> None:
        build_books(folder)
        (copy,) = carry_book(book_of(folder), folder).books
        assert is_all_there(folder)
        assert copy.older is not None
        assert copy.older.parent == folder / "入力" / "以前の版"

    def test_a_filled_one_stays_and_the_fresh_one_is_beside_it(self, folder: Path) -> None:
        build_books(folder)
        working = folder / "入力" / f"{GROUP}.xlsm"
        with edited(working) as book:
            replaced(book, {"（行を増やすときは、この行より上に行を挿入してください）": "入力した文"})
        before = working.read_bytes()
        (copy,) = carry_book(book_of(folder), folder).books
        assert copy.path == folder / "入力（写した版）" / f"{GROUP}.xlsm"
        assert (copy.kept, working.read_bytes()) == (working, before)
        assert any("そのまま残しました" in sentence for sentence in copy.sentences())
        (again,) = carry_book(book_of(folder), folder).books
        assert again.path.name == f"{GROUP}(2).xlsm"

    def test_a_damaged_working_book_is_replaced_by_what_is_left_of_it(self, folder: Path) -> None:
        working = folder / "入力" / f"{GROUP}.xlsm"
        working.parent.mkdir()
        content = book_of(folder).read_bytes()
        damaged = content[: content.index(b"PK\1\2")]
        working.write_bytes(damaged)
        (copy,) = carry_book(working, folder).books
        assert is_all_there(folder)
        assert copy.older is not None
        assert copy.older.read_bytes() == damaged

    def test_a_closed_period_is_left_alone(self, folder: Path) -> None:
        closed = ClosingEntry(ClosingAct.CLOSED, "令和8年1月20日", "総務", "", "")
        add_closing_entry(PeriodFolder(folder), closed)
        with pytest.raises(KenpoError, match="確定"):
            carry_book(book_of(folder), folder)
        assert not (folder / "入力").exists()

    def test_the_name_that_is_asked_for(self, folder: Path) -> None:
        target = folder.parent / "写し.xlsm"
        (copy,) = carry_book(book_of(folder), folder, output=target).books
        assert (copy.path, target.exists(), (folder / "入力" / f"{GROUP}.xlsm").exists()) == (
            target,
            True,
            False,
        )
        with pytest.raises(KenpoError, match="もうあります"):
            carry_book(book_of(folder), folder, output=target)
        with pytest.raises(KenpoError, match=r"\.xlsm で終わる名前"):
            carry_book(book_of(folder), folder, output=folder / "写し.xlsx")


class TestOtherPeriods:
    @pytest.fixture
    def last_year(self, tmp_path: Path) -> Path:
        """The same quarter of last year, handed in."""
        folder = period(tmp_path / "昨年" / "令和6年度第3四半期", 2024, 3)
        tables = {"相談": [(77,), (66,)], "月別": [(1, 2, 3), (91, 92, 93, 94)]}
        submit(folder, tables, TEXTS, towns=[("緑", "公民館", 40)])
        return folder / "提出" / f"{GROUP}.xlsm"

    def test_last_years_figures_go_to_last_years_columns_only(self, folder: Path, last_year: Path) -> None:
        result = carry_book(last_year, folder)
        assert typed(folder) == {
            "月別/前年/4~6月": 1, "月別/前年/7~9月": 2, "月別/前年/10~12月": 3, "大会/明細/町/緑": "緑",
        }  # fmt: skip
        listed = {text for text, _ in unplaced(result)}
        assert {"77", "66", "91", "92", "93", "94", "公民館", "40"} <= listed
        assert {"・窓口を開いた。", "・大会を開いた。", "〇　よくできた　9月末"} <= listed
        assert [line for line in lines(folder) if line[0] == "・大会を開いた。"] == []

    def test_so_they_do_from_sheets_that_were_copied(self, folder: Path, last_year: Path) -> None:
        target = last_year.with_suffix(".xlsx")
        book = openpyxl.load_workbook(last_year)
        sheets_alone(book)
        book.save(target)
        result = carry_book(target, folder)
        assert typed(folder)["月別/前年/4~6月"] == 1
        assert "月別/当年/4~6月" not in typed(folder)
        assert "77" in {text for text, _ in unplaced(result)}

    def test_last_quarters_lines_are_to_confirm(self, folder: Path, tmp_path: Path) -> None:
        before = period(tmp_path / "前" / "第2四半期", 2025, 2)
        submit(before, {"月別": [(10, 20), (5, 6, 7, 8)]}, {"2": ["・大会を開いた。"]})
        carry_book(before / "提出" / f"{GROUP}.xlsm", folder)
        assert ("・大会を開いた。", True) in lines(folder)
        assert typed(folder)["月別/当年/4~6月"] == 10

    def test_a_book_of_a_later_period_is_refused(self, folder: Path, tmp_path: Path) -> None:
        later = period(tmp_path / "後" / "第4四半期", 2025, 4)
        submit(later, NUMBERS, TEXTS)
        with pytest.raises(
            KenpoError, match="令和7年度第4四半期のブックで、令和7年度第3四半期より後のものです"
        ):
            carry_book(later / "提出" / f"{GROUP}.xlsm", folder)

    def test_a_book_of_another_branch_is_refused(self, folder: Path, tmp_path: Path) -> None:
        basics = [("支部", "あおば町"), ("年度", 2025), ("四半期", 3), ("グループ", GROUP)]
        other = period(tmp_path / "他" / "第3四半期", 2025, 3, basics=basics)
        submit(other, NUMBERS, TEXTS)
        with pytest.raises(KenpoError, match="みどり町のものではありません"):
            carry_book(other / "提出" / f"{GROUP}.xlsm", folder)

    def test_one_whose_title_is_of_another_office_is_doubtful_as_a_whole(self, folder: Path) -> None:
        def retitle(book: Any) -> None:
            without_hidden_sheet(book)
            title = next(cell for row in book["操作"].iter_rows() for cell in row if cell.value)
            title.value = title.value.replace("みどり町", "あおば町")

        result = carry_book(changed(folder, retitle), folder)
        assert is_all_there(folder)
        assert len(uncertain(result)) == result.books[0].content.counts.total
        assert {one.reason for one in uncertain(result)} == {
            "「操作」の題「あおば町事業実施状況」が、この計画のものと違います"
        }

    def test_a_book_that_names_no_period_is_taken_as_of_this_one_with_doubt(self, folder: Path) -> None:
        def forget(book: Any) -> None:
            sheets_alone(book)
            for row in book["Sheet1"].iter_rows(max_row=3):
                for cell in row:
                    if "第3四半期" in str(cell.value):
                        cell.value = None

        result = carry_book(changed(folder, forget), folder)
        assert is_all_there(folder)
        assert {one.reason for one in uncertain(result)} == {
            "ブックにどの期のものかが書かれていないため、この期のものとして写しました"
        }


def test_a_changed_plan_is_followed_too(folder: Path) -> None:
    layout = LAYOUT.replace("表       | 大会     | 大会", "表       | 催し     | 催し")
    write_drawn_book(folder / "計画.xlsx", drawing(2025, 3, layout))
    result = carry_book(changed(folder, sheets_alone), folder)
    found = typed(folder)
    assert {key: found[key] for key in found if key.startswith(("相談", "月別"))} == {
        key: value for key, value in TYPED.items() if not key.startswith("大会")
    }
    assert found["催し/明細/人数/緑"] == 30
    assert {one.identity.split("/")[1] for one in uncertain(result)} == {"催し"}


class TestConfirming:
    @pytest.fixture
    def guessed(self, folder: Path) -> Path:
        """A working book with one uncertain value, which is submitted."""
        carry_book(changed(folder, lambda book: replaced(book, {"場所": "場所名"})), folder)
        (folder / "提出").mkdir()
        shutil.copy(folder / "入力" / f"{GROUP}.xlsm", folder / "提出")
        return folder

    def remarks(self, folder: Path) -> Iterator[str]:
        for one in make_report(folder).remarks:
            if one.is_error and one.concern is Concern.FINDING:
                yield str(one)

    def test_until_it_is_confirmed_the_report_is_a_draft(self, guessed: Path) -> None:
        (remark,) = self.remarks(guessed)
        assert "1-1/大会/明細/場所（緑）" in remark
        with edited(guessed / "提出" / f"{GROUP}.xlsm") as book:
            book["確かめるもの"]["E5"] = "このまま"
        assert list(self.remarks(guessed)) == []

    def test_its_cell_is_coloured_until_it_is_confirmed(self, guessed: Path) -> None:
        book = openpyxl.load_workbook(guessed / "入力" / f"{GROUP}.xlsm")
        sheet = book[ITEM]
        (cell,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == "公民館")
        formulas = [
            formula
            for area in sheet.conditional_formatting
            for rule in area.rules
            for formula in rule.formula
            if cell.coordinate in area and "kx_uncertain" in formula
        ]
        assert formulas == [f'AND({cell.coordinate}<>"",INDEX(kx_uncertain,1)<>"このまま")']
        assert book.defined_names["kx_uncertain"].attr_text == "'確かめるもの'!$E$5:$E$5"

    def test_the_as_of_month_of_a_guessed_table_is_coloured_too(self, folder: Path) -> None:
        def reword(book: Any) -> None:
            sheets_alone(book)
            replaced(book, {"表　相談": "表　ご相談"}, "Sheet1")

        result = carry_book(changed(folder, reword), folder)
        (month,) = (one for one in uncertain(result) if one.identity == "1-1/相談/基準月")
        sheet = openpyxl.load_workbook(folder / "入力" / f"{GROUP}.xlsm")[ITEM]
        (label,) = (cell for row in sheet.iter_rows() for cell in row if cell.value == "基準月")
        cell = sheet.cell(label.row, label.column + 1)
        areas = [str(area.sqref) for area in sheet.conditional_formatting]
        assert (month.value, str(cell.value), cell.coordinate in areas) == ("11", "11", True)

    def test_what_is_open_goes_on_when_the_plan_changes(self, guessed: Path) -> None:
        write_drawn_book(
            guessed / "計画.xlsx", drawing(2025, 3, LAYOUT.replace("| 大会\n", "| 催しと大会\n", 1))
        )
        build_books(guessed)
        (one,) = read_submission(guessed / "入力" / f"{GROUP}.xlsm", plan_of(guessed)).uncertain
        assert (one.identity, one.is_confirmed) == ("1-1/大会/明細/場所（緑）", False)

    def test_the_book_can_be_submitted_and_read_as_any_other(self, guessed: Path) -> None:
        (submission,) = consolidate(PeriodFolder(guessed)).submissions
        assert submission.mismatches == submission.missed == submission.unread == ()
