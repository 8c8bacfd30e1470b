"""A fast worksheet writes the bytes of XlsxWriter's own, and refuses what that refuses."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from xlsxwriter.exceptions import OverlappingRange

from kenpo_xl.books.common.fast_worksheet import FastWorksheet

Fill = Callable[[Any, Any], object]


def part(fill: Fill, kind: type | None, name: str = "sheet1.xml") -> str:
    """The XML of a sheet of this class, filled, or another part beside it."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet(worksheet_class=kind) if kind else book.add_worksheet()
        fill(sheet, book.add_format({"border": 1}))
    with zipfile.ZipFile(content) as package:
        return package.read(f"xl/worksheets/{name}").decode()


def same(fill: Fill) -> str:
    """The XML, which is the same as XlsxWriter's."""
    fast = part(fill, FastWorksheet)
    assert fast == part(fill, None)
    return fast


ROWS: dict[str, Fill] = {
    "nothing": lambda *_: None,
    "a height": lambda sheet, _: sheet.set_row(7, 30),
    "a hidden row": lambda sheet, _: sheet.set_row(7, None, None, {"hidden": True}),
    "a note alone": lambda sheet, _: sheet.write_comment(15, 3, "注記"),
    "a note beside cells": lambda sheet, style: (
        sheet.write_number(15, 1, 1, style),
        sheet.write_comment(15, 3, "注記"),
    ),
    "the last row of a span": lambda sheet, style: sheet.write_string(15, 2, "端", style),
    "the first row of the next span": lambda sheet, style: sheet.write_string(16, 4, "端", style),
    "rows out of order": lambda sheet, style: [sheet.write_number(row, row, row, style) for row in (9, 2, 5)],
    "columns out of order": lambda sheet, style: [sheet.write_number(3, at, at, style) for at in (9, 2, 30)],
    "the last cell of a sheet": lambda sheet, style: sheet.write_blank(1_048_575, 16_383, None, style),
    "a cell outside a sheet": lambda sheet, style: sheet.write_blank(1_048_576, 0, None, style),
    "a blank without a format": lambda sheet, _: sheet.write_blank(2, 2, None),
    "a text written over": lambda sheet, style: (
        sheet.write_string(2, 2, "前", style),
        sheet.write_number(2, 2, -0.0, style),
    ),
}


@pytest.mark.parametrize("fill", ROWS.values(), ids=ROWS)
def test_rows_and_cells(fill: Fill) -> None:
    same(fill)


@pytest.mark.parametrize(
    "formula",
    [
        "=SUM(A1:A3)",
        "A1+1",
        '=IF(ISNUMBER(A1),ROUND(A1,2),"XLOOKUP(")',
        "=SUM(XLOOKUP(A1,B1:B9,C1:C9))",
        "=SUM(_xlfn.STDEV.S(A1:A3))",
        "=UNIQUE(A1:A3)",
        '="率　"&TEXT(MAX(B2,C2),"0.0%")',
        "=MAX(UNIQUE(A1:A3))",
    ],
)
def test_formulas(formula: str) -> None:
    assert "<f" in same(lambda sheet, style: sheet.write_formula(1, 1, formula, style, 0))
    same(lambda sheet, style: sheet.write_array_formula(1, 1, 2, 2, f"{{{formula}}}", style, 0))


MERGES: dict[str, Fill] = {
    "with lines": lambda sheet, style: sheet.merge_range(1, 1, 4, 3, "結合", style),
    "without a format": lambda sheet, _: sheet.merge_range(1, 1, 4, 3, ""),
    "a number": lambda sheet, style: sheet.merge_range(1, 1, 1, 3, 7, style),
    "over cells": lambda sheet, style: (
        sheet.write_number(2, 2, 7),
        sheet.merge_range(1, 1, 4, 3, "結合", style),
    ),
    "from the end": lambda sheet, style: sheet.merge_range(4, 3, 1, 1, "結合", style),
    "side by side": lambda sheet, style: [
        sheet.merge_range(1, at, 2, at + 1, "結合", style) for at in (1, 3)
    ],
    "outside a sheet": lambda sheet, style: sheet.merge_range(1_048_575, 0, 1_048_576, 0, "結合", style),
}


@pytest.mark.parametrize("fill", MERGES.values(), ids=MERGES)
def test_merged_cells(fill: Fill) -> None:
    same(fill)


@pytest.mark.parametrize("second", [(2, 3, 5, 6), (0, 0, 1, 1), (3, 2, 2, 2)], ids=str)
def test_a_second_merge_of_a_cell_is_refused(second: tuple[int, int, int, int]) -> None:
    def fill(sheet: Any, style: Any) -> None:
        sheet.merge_range(1, 1, 4, 3, "結合", style)
        with pytest.raises(OverlappingRange):
            sheet.merge_range(*second, "結合", style)

    assert '<mergeCells count="1"><mergeCell ref="B2:D5"/></mergeCells>' in same(fill)


def test_a_merge_of_one_cell_is_refused() -> None:
    def fill(sheet: Any, style: Any) -> None:
        with pytest.warns(UserWarning, match="single cell"):
            sheet.merge_range(1, 1, 1, 1, "一つ", style)

    same(fill)


LINKS = (
    *("external:../提出/業務.xlsm#'1-2-4'!I29", "external:../提出/業務.xlsm#'文中 の数値'!B3"),
    *("external:../提出/%23%20別.xlsm#'表'!A1", "external:..\\[旧] 版/報告.xlsx", "internal:'数値 1'!A12"),
)


@pytest.mark.parametrize("name", ["sheet1.xml", "_rels/sheet1.xml.rels"])
def test_links_to_cells_and_files(name: str) -> None:
    def fast(sheet: Any, style: Any) -> None:
        for row, link in enumerate(LINKS):
            sheet.write_link(row, 2, link, style, "出所\n<セル>" * (row % 2))
            sheet.write_number(row, 2, row, style)

    def plain(sheet: Any, style: Any) -> None:
        for row, link in enumerate(LINKS):
            sheet.write_url(row, 2, link, style, string="", tip="出所\n<セル>" * (row % 2))
            sheet.write_number(row, 2, row, style)

    assert part(fast, FastWorksheet, name) == part(plain, None, name)


@pytest.mark.parametrize("columns", [[], [0], [3, 4, 9], range(14, 18)], ids=str)
def test_blanks_of_a_row(columns: Sequence[int]) -> None:
    def one_by_one(sheet: Any, style: Any) -> None:
        for column in columns:
            sheet.write_blank(5, column, None, style)

    fast = part(
        lambda sheet, style: sheet.write_blanks(5, sheet.blanks((at, style) for at in columns)), FastWorksheet
    )
    assert fast == part(one_by_one, None)


PLAIN = ("字", None, 0.5, "字", "=1+1", "長" * 16_384, -3, "絵" * 40_000)


def test_plain_cells_are_those_written_one_by_one() -> None:
    def one_by_one(sheet: Any, style: Any) -> None:
        for column, value in enumerate(PLAIN):
            if value is None:
                sheet.write_blank(5, column, None, style)
            elif isinstance(value, str):
                sheet.write_string(5, column, value, style)
            else:
                sheet.write_number(5, column, value, style)

    cells = [*enumerate(PLAIN)]
    fast = part(
        lambda sheet, style: sheet.write_plain_cells(5, [(*cell, style) for cell in cells]), FastWorksheet
    )
    assert fast == part(one_by_one, None)


@pytest.mark.parametrize("place", [(5, 16_384), (1_048_576, 5)], ids=str)
def test_plain_cells_outside_the_sheet_are_not_written(place: tuple[int, int]) -> None:
    row, column = place
    assert "<c " not in part(
        lambda sheet, style: sheet.write_plain_cells(row, [(5, "字", style), (column, "字", style)]),
        FastWorksheet,
    )


@pytest.mark.parametrize("place", [(5, 16_384), (1_048_576, 5)], ids=str)
def test_blanks_outside_the_sheet_are_not_written(place: tuple[int, int]) -> None:
    row, column = place
    assert "<c " not in part(
        lambda sheet, style: sheet.write_blanks(row, sheet.blanks([(5, style), (column, style)])),
        FastWorksheet,
    )


@pytest.mark.parametrize("row", [0, 7, 1_048_576])
def test_a_height_in_pixels(row: int) -> None:
    def fast(sheet: Any, style: Any) -> None:
        sheet.write_number(2, 4, 1, style)
        sheet.set_height(row, 45)

    def plain(sheet: Any, style: Any) -> None:
        sheet.write_number(2, 4, 1, style)
        sheet.set_row(row, 33.75)

    assert part(fast, FastWorksheet) == part(plain, None)
