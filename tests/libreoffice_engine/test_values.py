"""Values and formulas go in and come out as in Excel."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import xlwings

CHRISTMAS = datetime(2024, 12, 25)  # noqa: DTZ001 - cells know no time zones


def test_values_of_all_kinds(sheet: xlwings.Sheet) -> None:
    rows = [[1.0, "計", None], [True, CHRISTMAS, CHRISTMAS.replace(hour=9, minute=30)]]
    sheet["B2"].value = rows
    assert sheet["B2"].expand("right").value == [1.0, "計"]
    assert sheet["B2:D3"].value == rows


def test_one_value_fills_a_range(sheet: xlwings.Sheet) -> None:
    sheet["A1:B2"].value = "同じ"
    assert sheet["A1:B2"].value == [["同じ", "同じ"], ["同じ", "同じ"]]


def test_a_date_is_read_as_asked(sheet: xlwings.Sheet) -> None:
    sheet["A1"].value = date(2025, 3, 31)
    assert sheet["A1"].options(dates=date).value == date(2025, 3, 31)
    assert sheet["A1"].number_format == "yyyy/m/d"


def test_none_empties_a_cell(sheet: xlwings.Sheet) -> None:
    sheet["A1"].value = 5
    sheet["A1"].value = None
    assert sheet["A1"].value is None
    assert sheet["A1"].formula == ""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("00123", 123.0),
        ("43,089", 43089.0),
        ("12.5%", 0.125),
        ("４／１", "４／１"),
        ("2024/12/25", CHRISTMAS),
        ("TRUE", True),
        ("'00123", "00123"),
        ("43,089 件", "43,089 件"),
        ("－", "－"),
    ],
)
def test_a_text_is_read_as_excel_reads_it(sheet: xlwings.Sheet, text: str, value: object) -> None:
    sheet["A1"].value = [[text, "表"]]
    assert sheet["A1"].value == value


@pytest.mark.parametrize("text", ["00123", "2024/4/1", "=1+1", "TRUE"])
def test_a_text_cell_keeps_texts(sheet: xlwings.Sheet, text: str) -> None:
    sheet["A1"].number_format = "@"
    sheet["A1"].value = [[text]]
    assert sheet["A1"].value == text


def test_a_text_cell_makes_a_text_of_a_number(sheet: xlwings.Sheet) -> None:
    sheet["A1"].number_format = "@"
    sheet["A1"].value = 0.285
    assert sheet["A1"].value == "0.285"


def test_a_number_after_a_truth_value(sheet: xlwings.Sheet) -> None:
    sheet["A1"].value = True
    sheet["A1"].value = 1
    assert sheet["A1"].value == 1
    assert sheet["A1"].value is not True


def test_errors(sheet: xlwings.Sheet) -> None:
    sheet["A1"].value = [["=1/0", "=NA()", "=無い名前", '=1+"x"', "=VALUE(1)"]]
    cells = sheet["A1:E1"]
    assert cells.value == [None, None, None, None, 1]
    assert cells.options(err_to_str=True).value == ["#DIV/0!", "#N/A", "#NAME?", "#VALUE!", 1]


@pytest.mark.parametrize(
    "formula",
    [
        "=SUM(A2:B3,'1-2 別表'!C3)",
        '=IF(A2="a,;b!",HYPERLINK("#\'1-2 別表\'!A1","行く"),"")',
        "='1-2 別表'!$B$2*kx_rate",
        "=SUM({1,2;3,4})",
        '=SUM(A2:A3)/COUNTIFS(A2:A3,">="&1)',
        '=IFERROR(VLOOKUP(1,A2:B3,2,FALSE),"TRUE")',
        "=IF(TRUE,1,2)",
        "=SUM((A2,B3))",
        "=SUM(C:C)",
        "=ROUNDDOWN(A2*100,0)%",
        '="「""=1""」"&"二行目の\n前"',
        '="k3!"&ADDRESS(ROW(表!B2),COLUMN(表!B2),4)',
    ],
)
def test_a_formula_comes_back_as_written(book: xlwings.Book, sheet: xlwings.Sheet, formula: str) -> None:
    book.names.add("kx_rate", "=0.5")
    sheet["A1"].formula = formula
    assert sheet["A1"].formula == formula
    sheet["A1"].value = formula
    assert sheet["A1"].formula == formula


def test_formulas_compute(book: xlwings.Book, sheet: xlwings.Sheet) -> None:
    book.sheets["1-2 別表"]["C3"].value = 4
    sheet["A1"].value = [[1, 2, "=A1+B1", "='1-2 別表'!C3*2", '="a"&"b"']]
    assert sheet["C1:E1"].value == [3, 8, "ab"]


def test_a_formula_for_many_cells_moves_along(sheet: xlwings.Sheet) -> None:
    sheet["A1"].value = [[1], [2], [3]]
    sheet["B1:B3"].formula = "=A1*$A$1"
    assert sheet["B3"].formula == "=A3*$A$1"
    assert sheet["B1:B3"].value == [1, 2, 3]


def test_formulas_of_a_range_with_constants(sheet: xlwings.Sheet) -> None:
    sheet["A1"].value = [[1.5, "表", True], ["=A1", None, "'007"]]
    assert sheet["A1:C2"].formula == (("1.5", "表", "TRUE"), ("=A1", "", "007"))


def test_formulas_texts_and_numbers_at_one_blow(sheet: xlwings.Sheet) -> None:
    sheet["B1:B2"].number_format = "@"
    sheet["A1:C2"].formula = [["=C2*2", "007", 0.1 + 0.2], ["=B1", "=B1", 0.5]]
    assert sheet["A1:C2"].value == [[1, "007", 0.1 + 0.2], ["007", "=B1", 0.5]]


def test_a_wrong_formula_is_refused(sheet: xlwings.Sheet) -> None:
    with pytest.raises(ValueError, match="=SUM"):
        sheet["A1"].formula = "=SUM(A2;A3"
    assert sheet["A1"].formula == ""
