"""The first sheet of a comparison: branches × KPIs with results, ratings and ranks."""

from __future__ import annotations

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from kenpo_xl.books.common.styles import Styles
from kenpo_xl.books.comparison.pages import (
    COUNT,
    MARK,
    TITLE_HEIGHT,
    Looks,
    kpi_number_format,
    kpi_sheet_name,
    set_up_a3,
)
from kenpo_xl.domain.outputs.comparison import BranchComparison, BranchValue, ComparedKpi

NAME = "比較"
_PARTS = (("実績", 8.5), ("評価", 4.5), ("順位", 4.5))
_FIRST_ROW, _ROW_OF_NAMES, _NATION = 5, 3, ("全国平均", "中央値")
_BRANCH_WIDTH, _NAME_HEIGHT, _ROW_HEIGHT = 13, 58, 15
_NOTE = (
    "順位は 1 が最もよい支部です。全国平均は、割合の指標では分子の計を分母の計で割ったもの（加重平均）です。"
    "色のある実績は外れ値です（シート「外れ値」）。「指標1」などから、そのシートへ移れます。"
)


def write_overview_sheet(book: Workbook, look: Styles, comparison: BranchComparison) -> None:
    """Add the sheet and show it first."""
    sheet, looks = book.add_worksheet(NAME), Looks(book)
    sheet.activate()
    set_up_a3(sheet, pages_high=0 if len(comparison.branches) > _MOST_ROWS else 1)
    sheet.set_row(0, TITLE_HEIGHT)
    sheet.write(0, 0, f"支部の比較　{comparison.quarter.label}", look("title"))
    reporting = {one.branch for kpi in comparison.kpis for one in kpi.values}
    counts = f"{len(comparison.branches)} 支部のうち、記録のあるのは {len(reporting)} 支部です。"
    sheet.write(1, 0, f"{counts}{_NOTE}", look("path"))
    sheet.set_column(0, 0, _BRANCH_WIDTH)
    sheet.set_row(_ROW_OF_NAMES, _NAME_HEIGHT)
    sheet.merge_range(_ROW_OF_NAMES, 0, _ROW_OF_NAMES + 1, 0, "支部", looks.header(wide=True))
    rows = {branch: place for place, branch in enumerate(comparison.branches, _FIRST_ROW + len(_NATION))}
    for row, name in enumerate((*_NATION, *comparison.branches), start=_FIRST_ROW):
        sheet.set_row(row, _ROW_HEIGHT)
        is_nation = row < _FIRST_ROW + len(_NATION)
        sheet.write(row, 0, name, looks(fill=looks.summary_fill if is_nation else "", bold=is_nation))
    for place, kpi in enumerate(comparison.kpis):
        _KpiColumns(sheet, looks, kpi, place).write(rows)
    sheet.freeze_panes(_FIRST_ROW + len(_NATION), 1)
    sheet.repeat_rows(_ROW_OF_NAMES, _ROW_OF_NAMES + 1)


_MOST_ROWS = 60


class _KpiColumns:
    """The columns of one KPI."""

    def __init__(self, sheet: Worksheet, looks: Looks, kpi: ComparedKpi, place: int) -> None:
        self.sheet, self.looks, self.kpi, self.place = sheet, looks, kpi, place
        self.first = 1 + place * len(_PARTS)

    def write(self, rows: dict[str, int]) -> None:
        self._write_headers()
        fill = self.looks.summary_fill
        for row, value in enumerate((self.kpi.mean, self.kpi.median), start=_FIRST_ROW):
            self._write_number(row, value, fill)
            for part in (1, 2):
                self.sheet.write_blank(row, self.first + part, None, self.looks(fill=fill))
        values = {one.branch: one for one in self.kpi.values}
        for branch, row in rows.items():
            self._write_branch(row, values.get(branch))

    def _write_headers(self) -> None:
        unit = f"\n（{self.kpi.shown_unit}）" if self.kpi.shown_unit else ""
        last = self.first + len(_PARTS) - 1
        name, header = kpi_sheet_name(self.place + 1), self.looks.header()
        self.sheet.write_url(_ROW_OF_NAMES - 1, self.first, f"internal:'{name}'!A1", None, name)
        title = f"{self.kpi.name}{unit}"
        self.sheet.merge_range(_ROW_OF_NAMES, self.first, _ROW_OF_NAMES, last, title, header)
        for column, (part, width) in enumerate(_PARTS, start=self.first):
            self.sheet.set_column(column, column, width)
            self.sheet.write(_ROW_OF_NAMES + 1, column, part, header)

    def _write_branch(self, row: int, one: BranchValue | None) -> None:
        self._write_number(row, one.result if one else None, MARK if one and one.outlier else "")
        self.sheet.write(row, self.first + 1, one.glyph if one else "", self.looks())
        if one and one.rank is not None:
            self.sheet.write_number(row, self.first + 2, one.rank, self.looks(COUNT))
        else:
            self.sheet.write(row, self.first + 2, "－", self.looks())

    def _write_number(self, row: int, value: object, fill: str) -> None:
        style = self.looks(kpi_number_format(self.kpi), fill=fill, bold=fill == self.looks.summary_fill)
        if value is None:
            self.sheet.write(row, self.first, "－", self.looks(fill=fill))
        else:
            self.sheet.write_number(row, self.first, float(value), style)  # type: ignore[arg-type]
