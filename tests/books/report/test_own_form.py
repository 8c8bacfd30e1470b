"""An office's own report is filled: its regions get the figures, every other byte stays."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from kenpo_xl.books.common.bound_regions import read_bindings
from kenpo_xl.books.report.own_form import filling_of_form, is_filled_copy
from kenpo_xl.domain.results.figures import Figures
from kenpo_xl.domain.submission.submission import Entry, ItemEntry, RowEntry, Submission, TableEntry
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.pipeline.recompute import recompute_figures
from kenpo_xl.tasks.period.consolidation import consolidate
from kenpo_xl.tasks.period.folder import period_folder
from tests.books.plan.test_reader import Book
from tests.edited import edited
from tests.forms.own_report import BODY, OTHER, SHEET, write_own_report
from tests.office import Office
from tests.office.pictures import pdf_text
from tests.tasks.small_period import write_small_period

PART, OTHER_PART = (f"xl/worksheets/sheet{number}.xml" for number in (1, 2))


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    period = write_small_period(tmp_path_factory.mktemp("period") / "第2四半期")
    return consolidate(period_folder(period)).figures


def filled(form: Path, figures: Figures) -> Path:
    filling = filling_of_form(form, figures)
    assert filling.problems == ()
    copy = form.with_name("写し.xlsx")
    filling.write(form, copy)
    return copy


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_numbers_come_into_the_region(tmp_path: Path, figures: Figures) -> None:
    copy = Workbook(filled(write_own_report(tmp_path / "報告.xlsx"), figures))
    sheet = copy.sheets[SHEET]
    shown = [[sheet.value(row, column) for column in (3, 4, 5)] for row in (6, 7, 8)]
    assert shown == [[10, 12, 9], [90, 98, "－"], [None, None, 30]]
    assert sheet.cells[8, 3].formula == "SUM(C6:C7)"
    assert copy.sheets[OTHER].value(1, 1) is None


def test_all_else_stays_to_the_byte(tmp_path: Path, figures: Figures) -> None:
    form = write_own_report(tmp_path / "報告.xlsx")
    before, after = members(form), members(filled(form, figures))
    assert list(before) == list(after)
    changed = {PART, OTHER_PART, "xl/workbook.xml"}
    assert {name for name in before if before[name] != after[name]} == changed
    assert after["xl/workbook.xml"].replace(b' fullCalcOnLoad="1"', b"") == before["xl/workbook.xml"]
    cell = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*?(?:/>|>.*?</c>)')
    written = {"C6", "D6", "E6", "C7", "D7", "E8"}
    cut = [
        cell.sub(lambda one: b"" if one[1].decode() in written else one[0], two[PART])
        for two in (before, after)
    ]
    result = re.compile(rb"(</f>)<v>[^<]*</v>")
    assert result.sub(rb"\1", cut[0]) == cut[1]
    assert result.sub(rb"\1", before[OTHER_PART], count=1) == after[OTHER_PART]
    styles = [dict(re.findall(rb'<c r="([A-Z]+\d+)" s="(\d+)"', two[PART])) for two in (before, after)]
    assert styles[0] == styles[1]


def test_libreoffice_shows_the_totals_of_the_new_numbers(
    tmp_path: Path, figures: Figures, office: Office
) -> None:
    office.to_pdf(filled(write_own_report(tmp_path / "報告.xlsx"), figures), tmp_path / "報告.pdf")
    shown = pdf_text(tmp_path / "報告.pdf")
    assert [total in shown for total in ("100 件", "110 件", "220", "7 件")] == [True, True, True, False]


def test_filled_again_with_the_same_figures_nothing_changes(tmp_path: Path, figures: Figures) -> None:
    copy = filled(write_own_report(tmp_path / "報告.xlsx"), figures)
    assert filling_of_form(copy, figures).parts == {}
    assert is_filled_copy(copy, tmp_path / "報告.xlsx")


def test_a_copy_that_another_program_saved_is_a_persons(tmp_path: Path, figures: Figures) -> None:
    form = write_own_report(tmp_path / "報告.xlsx")
    copy = filled(form, figures)
    with edited(copy) as book:
        book[SHEET]["G7"] = "人が書いた"
    assert not is_filled_copy(copy, form)


@pytest.mark.parametrize(
    ("name", "area", "words"),
    [
        ("表_窓口", f"{SHEET}!$C$6:$E$7", "2 行 3 列ですが、計画の表「窓口」（1-1）は 3 行 3 列です"),
        ("表_窓口", f"{SHEET}!$B$4:$E$8", "数の入る欄だけ"),
        ("表_窓口", f"{SHEET}!$C$6:$XFD$99", "広すぎます"),
        ("表_窓口", "#REF!", "#REF! を指しています"),
        ("表_窓", BODY, "名前「表_窓」の表は計画にありません"),
        ("実績", BODY, "「表_」で始まる名前がありません"),
    ],
)
def test_a_name_that_is_of_no_use_is_told(
    tmp_path: Path, figures: Figures, name: str, area: str, words: str
) -> None:
    filling = filling_of_form(write_own_report(tmp_path / "報告.xlsx", names={name: area}), figures)
    (told,) = filling.problems
    assert words in told
    assert filling.parts == {}


@pytest.mark.parametrize(
    ("areas", "words"),
    [
        ("$C$30:$E$31,$C$33:$E$33", ""),
        ("$C$30:$D$32,$G$30:$G$32", ""),
        ("$C$30:$E$31,$C$33:$D$33", "に E33 がありません"),
        ("$C$30:$E$31,#REF!", "#REF! を指しています"),
    ],
)
def test_lines_between_are_left_out_of_a_name_of_several_areas(
    tmp_path: Path, figures: Figures, areas: str, words: str
) -> None:
    text = ",".join(f"{SHEET}!{one}" if one[0] == "$" else one for one in areas.split(","))
    form = write_own_report(tmp_path / "報告.xlsx", names={"表_窓口": text})
    filling = filling_of_form(form, figures)
    assert [words in one for one in filling.problems] == [True] * bool(words)
    if not words:
        sheet = Workbook(filled(form, figures)).sheets[SHEET]
        (region,) = read_bindings(Workbook(form), figures.plan).regions
        assert [sheet.value(row, region.columns[0]) for row in region.rows] == [10, 90, 100]


@pytest.mark.parametrize("name", ["表_窓口", "表_1_1_窓口", "表＿窓口"])
def test_a_table_has_names_with_and_without_its_item(tmp_path: Path, figures: Figures, name: str) -> None:
    filling = filling_of_form(write_own_report(tmp_path / "報告.xlsx", names={name: BODY}), figures)
    assert (filling.problems, filling.places) == ((), 1)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"C6": "=1+1"}, f"{SHEET}!C6 には式がありますが、計画では入力の欄です"),
        ({"B6": "南", "B7": "北"}, "行「北」は、様式ではほかの行にあります"),
        ({"C5": "実績", "D5": "目標"}, "列「目標」は、様式ではほかの列にあります"),
        ({"C4": "令和6年度"}, "列「令和7年度」は、様式では「令和6年度」です"),
        ({"C8": "{=SUM(C6:C7)}"}, ""),
        ({"B6": "北地区", "C5": "目標値"}, ""),
    ],
)
def test_what_would_come_out_wrong_is_refused(
    tmp_path: Path, figures: Figures, cells: dict[str, str], words: str
) -> None:
    filling = filling_of_form(write_own_report(tmp_path / "報告.xlsx", cells=cells), figures)
    assert [words in one for one in filling.problems] == [True] * bool(words)
    assert bool(filling.parts) is not bool(words)


def test_regions_that_overlap_are_refused(tmp_path: Path, figures: Figures) -> None:
    names = {"表_窓口": BODY, "表_1_1_窓口": f"{OTHER}!$A$3:$C$5"}
    assert filling_of_form(write_own_report(tmp_path / "1.xlsx", names=names), figures).places == 2
    names["表_窓口"] = f"{OTHER}!$C$5:$E$7"
    (told,) = filling_of_form(write_own_report(tmp_path / "2.xlsx", names=names), figures).problems
    assert "重なっています" in told


def on_grid_paper(*rows: int) -> Callable[[Any, Any], None]:
    """Merges in the other sheet, where each value of a row has two columns, from C on."""

    def change(_: Any, other: Any) -> None:
        for row in rows:
            for column in (2, 4, 6):
                other.merge_range(row - 1, column, row - 1, column + 1, None)

    return change


def test_merged_cells_count_once(tmp_path: Path, figures: Figures) -> None:
    names = {"表_窓口": f"{OTHER}!$C$3:$H$5"}
    form = write_own_report(tmp_path / "1.xlsx", names=names, change=on_grid_paper(3, 4, 5))
    sheet = Workbook(filled(form, figures)).sheets[OTHER]
    assert [[sheet.value(row, column) for column in (3, 5, 7)] for row in (3, 4)] == [
        [10, 12, 9],
        [90, 98, None],
    ]
    form = write_own_report(tmp_path / "2.xlsx", names=names, change=on_grid_paper(3, 5))
    assert "は 3 行 6 列ですが" in filling_of_form(form, figures).problems[0]


def test_a_cell_that_is_merged_with_another_of_the_table_is_told(tmp_path: Path, figures: Figures) -> None:
    form = write_own_report(tmp_path / "1.xlsx", change=lambda sheet, _: sheet.merge_range("D6:D7", None))
    (told,) = filling_of_form(form, figures).problems
    assert "D7 は、ほかの欄と結合しています" in told


def test_a_protected_sheet_is_filled_and_stays_protected(tmp_path: Path, figures: Figures) -> None:
    form = write_own_report(tmp_path / "1.xlsx", change=lambda sheet, _: sheet.protect())
    copy = filled(form, figures)
    assert Workbook(copy).sheets[SHEET].value(6, 3) == 10
    assert b"<sheetProtection" in members(copy)[PART]


OF_ALL_KINDS = """
    表       | 率   |
             |      | 区分 | 件数 | 率     | 率２   | 予算
             |      | 北   | ⟪件⟫ | ⟪0.0%⟫ | ⟪0.0"％"⟫ | ⟪#,##0," 千円"⟫

    表       | 一覧 |
             |      | 名称 | 件数
    くり返し |      | ⟪@⟫  | ⟪件⟫
             | 合計 | 計   | =SUM([0,-1]:[0,-1]) ⟪件⟫
"""
GIVEN = [Decimal(1234), Decimal("0.55149"), Decimal("55.149"), Decimal(1_234_567)]


@pytest.fixture(scope="module")
def of_all_kinds(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    plan_book = Book(tmp_path_factory.mktemp("plan"))
    plan_book.kpi, plan_book.drawing = {}, OF_ALL_KINDS
    rate = TableEntry("率", (RowEntry(0, tuple(map(Entry, GIVEN))),))
    rows = [RowEntry(0, (Entry(name), Entry(Decimal(count))), name) for name, count in (("甲", 3), ("乙", 4))]
    items = ItemEntry("1-1", tables=(rate, TableEntry("一覧", tuple(rows))))
    return recompute_figures(plan_book.plan(), [Submission("一課", (items,))])


def drawn_form(path: Path, name: str, area: str, formats: Sequence[str] = ()) -> Path:
    """A form of one sheet with a name, whose row 3 has these number formats from B on."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("様式")
        for column, code in enumerate(formats, start=1):
            sheet.write_blank(2, column, None, book.add_format({"num_format": code}))
        book.define_name(name, f"=様式!{area}")
    return path


@pytest.mark.parametrize(
    ("formats", "values"),
    [
        (("#,##0", "0.0%", "0.0", "#,##0,"), [1234, 0.55149, 55.149, 1_234_567]),
        (("General", "General", "General", '0.0," 千"'), [1234, 55.1, 55.1, 1_234_567]),
        (("0", "0.00", "0.0%", "0,"), [1234, 55.149, 0.55149, 1_234_567]),
    ],
)
def test_a_cell_shows_what_the_plan_shows(
    tmp_path: Path, of_all_kinds: Figures, formats: Sequence[str], values: list[float]
) -> None:
    form = drawn_form(tmp_path / "様式.xlsx", "表_率", "$B$3:$E$3", formats)
    sheet = Workbook(filled(form, of_all_kinds)).sheets["様式"]
    assert [sheet.value(3, column) for column in (2, 3, 4, 5)] == pytest.approx(values)


def test_a_format_of_other_thousands_is_refused(tmp_path: Path, of_all_kinds: Figures) -> None:
    form = drawn_form(tmp_path / "様式.xlsx", "表_率", "$B$3:$E$3", ("0", "0%", "0", "#,##0"))
    (told,) = filling_of_form(form, of_all_kinds).problems
    assert told.startswith("様式!E3 の表示形式は、様式図と桁（千円など）が違います")


@pytest.mark.parametrize(
    ("area", "shown"),
    [
        ("$B$3:$C$5", [("甲", 3), ("乙", 4), (None, 7)]),
        ("$B$3:$C$7", [("甲", 3), ("乙", 4), (None, None), (None, None), (None, 7)]),
        ("$B$3:$C$4", None),
    ],
)
def test_an_open_list_has_the_rows_between_its_fixed_ones(
    tmp_path: Path, of_all_kinds: Figures, area: str, shown: list[tuple[object, object]] | None
) -> None:
    form = drawn_form(tmp_path / "様式.xlsx", "表_一覧", area)
    if shown is None:
        (told,) = filling_of_form(form, of_all_kinds).problems
        assert "1 行ありますが、表「一覧」は 2 行です" in told
        return
    sheet = Workbook(filled(form, of_all_kinds)).sheets["様式"]
    assert [(sheet.value(row, 2), sheet.value(row, 3)) for row in range(3, 3 + len(shown))] == shown
