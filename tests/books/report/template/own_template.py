"""A template that an office drew in a new workbook: a box around each cell, no narrow columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side

LINES = Border(*[Side(style="thin")] * 4)
PROGRESS = "実施状況"
# The samples of the two rows of a table, and of the other rows of that column.
TABLE_SAMPLES = {
    "表見出し": ("年度", "入力", "計算", "文字", "対象外"),
    "表の行": ("令和6年度", 1234, 0.965, "文字", "／"),
}
PROGRESS_SAMPLES = {"KPI": "KPI の文", "表題": "表の題", "注": "※ 注"}
TITLES = {"節の題": "（1）節の題", "項見出し": "① 項の見出し", "続き": "{項}（続き）"}
SPACES = {"すき間": 4, "余白": 8, "結び": 4}


def own_template(
    columns: Mapping[str, float], *, size: float = 11, font: str = "ＭＳ 明朝", row: float = 18
) -> Any:
    """An openpyxl workbook with columns of these headers and widths; that of 実施状況 consists of five."""
    book = Workbook()
    sheet = book.active
    sheet.title = "本文"
    _Drawn(sheet, columns, Font(name=font, size=size), row).draw()
    sheet.page_setup.orientation = "landscape"
    sheet.oddFooter.right.text = "&P"
    cover = book.create_sheet("表紙", 0)
    cover["A1"].value = "{表題}"
    return book


class _Drawn:
    """Draws the pattern rows from the first on."""

    def __init__(self, sheet: Any, columns: Mapping[str, float], font: Font, height: float) -> None:
        self.sheet, self.font, self.height, self.row = sheet, font, height, 0
        self.zones: dict[str, tuple[int, int]] = {}
        column = 2
        for name, width in columns.items():
            count = len(TABLE_SAMPLES["表の行"]) if name == PROGRESS else 1
            self.zones[name] = column, column + count - 1
            for one in range(column, column + count):
                sheet.column_dimensions[sheet.cell(1, one).column_letter].width = width / count
            column += count
        self.last = column - 1

    def draw(self) -> None:
        """Draw all rows."""
        self._row("節見出し", {(2, self.last): "{章}　{節}"})
        self._row("列見出し", {zone: name for name, zone in self.zones.items()})
        for name, text in TITLES.items():
            self._row(name, {self.zones[column]: text for column in ("計画内容", PROGRESS)})
        samples = {"計画内容": "計画の文", PROGRESS: "実施状況の文", "評価": "△"}
        self._row("本文", {zone: samples.get(name, "見本") for name, zone in self.zones.items()})
        for name, text in PROGRESS_SAMPLES.items():
            self._row(name, {self.zones[PROGRESS]: text})
        first, _ = self.zones[PROGRESS]
        for name, texts in TABLE_SAMPLES.items():
            self._row(name, {(first + at, first + at): text for at, text in enumerate(texts)})
        for name, height in SPACES.items():
            self._row(name, {}, height)

    def _row(self, name: str, texts: Mapping[tuple[int, int], Any], height: float | None = None) -> None:
        self.row += 1
        self.sheet.cell(self.row, 1, name)
        self.sheet.row_dimensions[self.row].height = height or self.height
        for (first, last), text in texts.items():
            for column in range(first, last + 1):
                self.sheet.cell(self.row, column).border = LINES
            cell = self.sheet.cell(self.row, first, text)
            cell.font, cell.alignment = self.font, Alignment(vertical="top", wrap_text=True)
            if last > first:
                self.sheet.merge_cells(
                    start_row=self.row, end_row=self.row, start_column=first, end_column=last
                )
