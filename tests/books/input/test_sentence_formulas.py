"""Lines that quote figures are formulas: they follow what is typed, and are read as the plan's lines."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kenpo_xl.books.input.sentence_formulas import is_line_formula, quoted_text
from kenpo_xl.domain.findings.finding import Finding, Severity
from kenpo_xl.tasks.build import build_books
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.fix import fix_books
from kenpo_xl.tasks.flag import flag_books, unflag_books
from kenpo_xl.tasks.report import make_report
from tests.drawn import write_drawn_book
from tests.edited import edited, loaded
from tests.made_once import made_once
from tests.office import Office, edits
from tests.tasks.carry.town import GROUP, LAYOUT, drawing, lines, period

LONG = "長い文" * 100
SHARE = '・割合は "{率/当年/割合}％"、' + LONG
LAYOUT_WITH_SHARE = (
    LAYOUT.replace(
        "表       | 相談 ",
        f"文       |          | {SHARE}\n文       |          | ・のべ {{月別/当年/計}} 件\n"
        "文       |          | ・差 {差/当年/差}\n文       |          | ・大会は {大会/明細/人数} 人\n"
        "文       |          | ・{日/当年/開催日}に開催した。\n"
        "文       |          | ・定員は {定員/計画/人数} 人\n"
        "文       |          | ・面談（{面談/年月}末、前年は{面談/前年同月}）\n"
        "文       |          | ・定員（{定員/基準日}）\n表       | 相談 ",
        1,
    )
    + """
表       | 率       | 率
         |          | 年度 | 割合
         |          | {年度} | ⟪0.0%⟫

表       | 差       | 差
         |          | 年度 | 差
         |          | {年度} | ⟪#,##0;"▲"#,##0⟫

表       | 日       | 日
         |          | 年度 | 開催日
         |          | {年度} | ⟪@⟫

表       | 定員     | 定員
計画値   |          |
         |          | 定員 | 人数
         |          | 計画 | 1,200 ⟪人⟫

表       | 面談     | 面談
基準月   |          |
         |          | 年度 | 人数
         |          | {年度} | ⟪人⟫
"""
)
FIRST = "・相談は {相談/当年/件数} 件"
COUNT = '="・相談は'
OTHERS = [
    "・のべ {月別/当年/計} 件",
    "・差 {差/当年/差}",
    "・大会は {大会/明細/人数} 人",
    "・{日/当年/開催日}に開催した。",
    "・定員は {定員/計画/人数} 人",
    "・面談（{面談/年月}末、前年は{面談/前年同月}）",
    "・定員（{定員/基準日}）",
]
BOOK = Path("入力") / f"{GROUP}.xlsm"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    return made_once(
        tmp_path / "第3四半期",
        LAYOUT_WITH_SHARE,
        lambda folder: build_books(period(folder, 2025, 3, LAYOUT_WITH_SHARE)),
    )


def cell_of(book: Path, beginning: str) -> str:
    sheet = loaded(book)["1-1"]
    return next(cell.coordinate for cell in sheet["D"] if str(cell.value).startswith(beginning))


def figure_cell(book: Path, beginning: str) -> str:
    """The cell of the figure that a line quotes."""
    found = re.search(r"TEXT\((\w+),", loaded(book)["1-1"][cell_of(book, beginning)].value)
    assert found
    return found[1]


def shown_beside(book: Path, office: Office, beginnings: list[str]) -> list[Any]:
    cells = [cell_of(book, f'="{beginning}') for beginning in beginnings]
    sheet = office.recalculated(book)["1-1"]
    return [sheet[cell] for cell in cells]


def first_row_of_list(book: Path) -> int:
    return next(cell.row for cell in loaded(book)["1-1"]["B"] if cell.value == "町") + 1


def printed_texts(folder: Path) -> set[str]:
    """All texts of the report of what a period's working book holds."""
    (folder / "提出").mkdir()
    shutil.copy(folder / BOOK, folder / "提出")
    report = loaded(make_report(folder).path)
    return {str(cell.value) for sheet in report for row in sheet.iter_rows() for cell in row}


def type_into(book: Path, cells: dict[str, Any]) -> None:
    with edited(book) as opened:
        for cell, value in cells.items():
            opened["1-1"][cell].value = value


def findings_of(book: Path) -> list[Finding]:
    (result,) = check_books([book]).books
    return [one for one in result.findings if one.code == "ST31"]


def test_a_line_is_read_as_the_line_of_the_plan(built: Path) -> None:
    read = [text for text, _ in lines(built) if text]
    assert read == ["・窓口（令和7年12月末）", FIRST, SHARE, *OTHERS]


def test_no_line_shows_its_braces(built: Path) -> None:
    texts = [str(cell.value) for cell in loaded(built / BOOK)["1-1"]["D"] if cell.value]
    assert [text for text in texts if "{" in text] == []


def test_negative_listed_and_given_figures_are_shown_as_they_are_printed(built: Path, office: Office) -> None:
    book, beginnings = built / BOOK, ["・差", "・大会は", "・定員は"]
    assert shown_beside(book, office, beginnings) == ["・差 ", "・大会は  人", "・定員は 1,200 人"]
    top = first_row_of_list(book)
    people = next(cell.column_letter for cell in loaded(book)["1-1"][top - 1] if cell.value == "人数")
    type_into(book, {figure_cell(book, '="・差'): -1234, f"{people}{top}": 1500, f"{people}{top + 1}": 20})
    shown = shown_beside(book, office, beginnings)
    assert shown == ["・差 ▲1,234", "・大会は 1,520 人", "・定員は 1,200 人"]
    assert [text for text, _ in lines(built) if text][-6:] == OTHERS[-6:]
    assert set(shown) <= printed_texts(built)


def month_cell(book: Path) -> str:
    """The cell of the as-of month that a line quotes."""
    found = re.search(r'IF\((\w+)="",12,', loaded(book)["1-1"][cell_of(book, '="・面談')].value)
    assert found
    return found[1]


def test_a_line_names_the_as_of_month_of_a_table(built: Path, office: Office) -> None:
    book, beginnings = built / BOOK, ["・面談", "・定員（"]
    assert shown_beside(book, office, beginnings) == [
        "・面談（令和7年12月末、前年は令和6年12月）",
        "・定員（令和7年12月末）",
    ]
    type_into(book, {month_cell(book): "11月"})
    shown = shown_beside(book, office, beginnings)
    assert shown == ["・面談（令和7年11月末、前年は令和6年11月）", "・定員（令和7年12月末）"]
    assert [text for text, _ in lines(built) if text][-2:] == OTHERS[-2:]
    assert set(shown) <= printed_texts(built)


def test_a_line_shows_the_words_of_a_text_cell_and_so_does_the_report(built: Path, office: Office) -> None:
    book = built / BOOK
    line = next(cell for cell in loaded(book)["1-1"]["D"] if str(cell.value).endswith('&"に開催した。"'))
    found = re.search(r"IF\((\w+)=", line.value)
    assert found
    assert office.recalculated(book)["1-1"][line.coordinate] == "・に開催した。"
    type_into(book, {found[1]: "12 月 2 日"})
    assert office.recalculated(book)["1-1"][line.coordinate] == "・12 月 2 日に開催した。"
    assert "・12 月 2 日に開催した。" in printed_texts(built)


def test_a_line_follows_what_is_typed_and_the_report_prints_the_same(built: Path, office: Office) -> None:
    book = built / BOOK
    first, share = cell_of(book, COUNT), cell_of(book, '="・割合は')
    count, rate = figure_cell(book, COUNT), figure_cell(book, '="・割合は')
    assert office.recalculated(book)["1-1"][first] == "・相談は  件"
    with office.edit(book) as document:
        edits.insert_rows(document, "1-1", 6)
        below = [cell[0] + str(int(cell[1:]) + 1) for cell in (count, rate)]
        edits.set_value(document, "1-1", below[0], 1740)
        edits.set_value(document, "1-1", below[1], 0.815)
    shown = [office.recalculated(book)["1-1"][cell[0] + str(int(cell[1:]) + 1)] for cell in (first, share)]
    assert shown == ["・相談は 1,740 件", f'・割合は "81.5％"、{LONG}']
    assert FIRST in [text for text, _ in lines(built)]
    assert shown[0] in printed_texts(built)
    assert findings_of(book) == []


def test_the_stored_result_is_not_trusted(built: Path) -> None:
    type_into(built / BOOK, {figure_cell(built / BOOK, COUNT): 1740})
    assert FIRST in [text for text, _ in lines(built)]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("・相談は 1,740 件", "表の数と同じです"),
        ("・相談は 1,700 件", "「・相談は 1,740 件」"),
        ("・窓口と電話を合わせて 1740 件に答えた。", "表の数と同じです"),
        ("・窓口と電話を合わせて 1,700 件に答えた。", "「・相談は 1,740 件」"),
        ("・多くの方に答えた。", "「・相談は 1,740 件」"),
    ],
)
def test_an_overwritten_line_is_reported_once_and_stays(built: Path, text: str, fact: str) -> None:
    book = built / BOOK
    cell = cell_of(book, COUNT)
    type_into(book, {figure_cell(book, COUNT): 1740, cell: text})
    (finding,) = findings_of(book)
    assert finding.severity is Severity.INFO
    assert finding.source.cell == cell
    assert fact in finding.message
    fix_books([book])
    assert loaded(book)["1-1"][cell].value == text


def test_a_line_below_an_emptied_one_is_no_finding(built: Path) -> None:
    book = built / BOOK
    cell = cell_of(book, COUNT)
    type_into(book, {cell: None, f"D{int(cell[1:]) + 1}": "・相談は増えた。"})
    assert len(findings_of(book)) == 1  # the line below quotes figures too


def test_other_words_in_a_line_of_its_own_are_no_finding(built: Path) -> None:
    cell = cell_of(built / BOOK, "・窓口")
    type_into(built / BOOK, {cell: "・相談は増えた。"})
    assert findings_of(built / BOOK) == []


def test_a_changed_plan_builds_the_line_anew(built: Path) -> None:
    type_into(built / BOOK, {figure_cell(built / BOOK, COUNT): 1740})
    before = lines(built)
    layout = LAYOUT_WITH_SHARE.replace("⟪人⟫", "⟪千人⟫")
    write_drawn_book(built / "計画.xlsx", drawing(2025, 3, layout))
    build_books(built)
    assert lines(built) == before
    assert cell_of(built / BOOK, COUNT)
    stored = load_workbook(built / BOOK, data_only=True)["1-1"]
    assert stored[cell_of(built / BOOK, COUNT)].value == "・相談は 1,740 件"


def test_marks_are_removed_to_the_same_bytes(built: Path) -> None:
    book = built / BOOK
    before = book.read_bytes()
    flag_books([book], today=date(2026, 1, 5))
    assert book.read_bytes() != before
    assert cell_of(book, COUNT)
    unflag_books([book], today=date(2026, 1, 5))
    assert book.read_bytes() == before


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ('"計"&IF(E5="","",TEXT(E5,"#,##0"))', "計{表/行/列}"),
        ('"a""b" & IF($E$5="","",TEXT($E$5,"0"))&CHAR(10)&"c"', 'a"b{表/行/列}\nc'),
        ('IF(E5="","",SUBSTITUTE(TEXT(E5,"0.0%"),"%",""))', "{表/行/列}"),
        ('"計"&IF(E6="","",TEXT(E6,"#,##0"))', None),
        ('"計"&IF(E5="","",TEXT(E6,"#,##0"))', None),
        ('"計"&IF(E5="","",TEXT(E5,"#,##0"))&E7', None),
        ('"計"', None),
        ('IF(COUNT(E5:E9)=0,"",TEXT(SUM(E5:E9),"#,##0;""▲""#,##0"))', "{表/明細/列}"),
        ('IF(COUNT(E5:E9)=0,"",TEXT(SUM(E5:E8),"0"))', None),
        ('IF(E5="","",E5&"")&"人"', "{表/行/列}人"),
        ('IF("計画/行/列"="","","1,200")&"人"', "{計画/行/列}人"),
        ('IF(#REF!="","",TEXT(#REF!,"0"))', None),
    ],
)
def test_only_a_formula_of_the_same_form_is_a_line_of_the_plan(formula: str, text: str | None) -> None:
    names = {"E5": "表/行/列", "E5:E9": "表/明細/列"}
    assert quoted_text(formula, names.get) == text
    assert is_line_formula(formula) or text is None


def test_the_next_period_has_the_line_anew_with_nothing_to_confirm(built: Path) -> None:
    type_into(built / BOOK, {figure_cell(built / BOOK, COUNT): 1740})
    (built / "提出").mkdir()
    shutil.copy(built / BOOK, built / "提出")
    following = period(built.parent / "第4四半期", 2025, 4, LAYOUT_WITH_SHARE)
    build_books(following)
    assert (FIRST, False) in lines(following)
    assert not [text for text, is_unconfirmed in lines(following) if is_unconfirmed]
    assert cell_of(following / BOOK, COUNT)
