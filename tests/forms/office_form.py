"""Draws the form of an office, and knows what a careful reader takes each of its cells for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

_THIN = Side(style="thin")
BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_GREY = PatternFill("solid", fgColor="DDDDDD")

Line = Sequence[Any]


@dataclass
class BodyCell:
    """What a body cell is: its kind (typed, computed, given, text, none), the words of its headers, if ％.

    A word that begins with ! keeps its year; Y-1 is the year before that of the form, * the row of a list.
    """

    kind: str
    row: str = ""
    column: str = ""
    percent: bool = False


@dataclass
class OfficeForm:
    """A workbook with the truth about its cells: `body` of tables, `roles` of all others with content."""

    name: str
    year: int = 2024
    book: Workbook = field(default_factory=Workbook)
    body: dict[str, BodyCell] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    sheet: Any = None

    def add_sheet(self, title: str) -> Any:
        self.sheet = self.book.active if self.sheet is None else self.book.create_sheet()
        self.sheet.title = title
        self.sheet.column_dimensions["B"].width = 16
        self.sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        self.sheet.page_setup.fitToHeight = 0
        return self.sheet

    def cell_key(self, row: int, column: int) -> str:
        return f"{self.sheet.title}!{get_column_letter(column)}{row}"

    def put(
        self,
        row: int,
        column: int,
        value: object,
        role: str,
        *,
        merge: tuple[int, int] = (1, 1),
        bold: bool = False,
        box: bool = False,
        number_format: str = "General",
    ) -> None:
        """Put a text at a cell, merged over rows and columns."""
        cell = self.sheet.cell(row, column, value)
        cell.font = Font(bold=bold, size=14 if bold else 11)
        cell.alignment = Alignment(wrap_text=merge[0] > 1)
        cell.number_format = number_format
        down, across = merge
        if merge != (1, 1):
            end = {"end_row": row + down - 1, "end_column": column + across - 1}
            self.sheet.merge_cells(start_row=row, start_column=column, **end)
        if box:
            for one in range(row, row + down):
                for other in range(column, column + across):
                    self.sheet.cell(one, other).border = BOX
        if value not in (None, ""):
            self.roles[self.cell_key(row, column)] = role

    def table(
        self,
        top: int,
        left: int,
        headers: Sequence[Line],
        rows: Sequence[Line],
        *,
        stub: int = 1,
        formats: Sequence[str] = (),
        border: bool = True,
        percent: Collection[int] = (),
        texts: Collection[int] = (),
        kinds: Mapping[tuple[int, int], str] | None = None,
        row_names: Sequence[str] = (),
        column_names: Sequence[str] = (),
        struck: Collection[int] = (),
        unit_columns: Collection[int] = (),
    ) -> None:
        """Draw a table whose first `stub` columns are headers.

        `<` joins a cell to the one at its left, `^` to the one above. In a formula {r} is its row, {t} the
        first row of the body, {up} the row above, {c3} the letters of the column 3 from 0.
        """
        drawing = _Drawing(self, top, left, [list(one) for one in (*headers, *rows)], len(headers))
        drawing.draw(formats, border=border)
        for at in drawing.roots_in_order():
            line, column = at[0] - len(headers), at[1]
            key = self.cell_key(top + at[0], left + column)
            value = drawing.grid[at[0]][column]
            filled = value not in (None, "")
            if line < 0 or column < stub or column in unit_columns:
                role = "unit" if column in unit_columns and line >= 0 else "header"
                self.roles |= {key: role} if filled else {}
            elif line in struck:
                self.roles |= {key: "ignored"} if filled else {}
            else:
                kind = _kind(value, is_text=column in texts)
                beside = row_names[line] if row_names else drawing.words([(at[0], k) for k in range(stub)])
                above = [(k, column) for k in range(len(headers))]
                over = column_names[column] if column_names else drawing.words(above)
                kind = (kinds or {}).get((line, column), kind)
                self.body[key] = BodyCell(kind, beside, over, column in percent)

    def save(self, folder: Path) -> Path:
        path = folder / f"{self.name}.xlsx"
        self.book.save(path)
        return path


def _kind(value: object, *, is_text: bool) -> str:
    if is_text:
        return "text"
    if isinstance(value, str) and value.startswith("="):
        return "computed"
    return "none" if value in ("／", "－", "-") else "typed"


@dataclass
class _Drawing:
    """One table while it is drawn."""

    form: OfficeForm
    top: int
    left: int
    grid: list[list[Any]]
    header_rows: int

    def __post_init__(self) -> None:
        self.roots: dict[tuple[int, int], tuple[int, int]] = {}
        for row, line in enumerate(self.grid):
            for column, text in enumerate(line):
                before = {"<": (row, column - 1), "^": (row - 1, column)}.get(text)
                self.roots[row, column] = self.roots[before] if before else (row, column)

    def roots_in_order(self) -> list[tuple[int, int]]:
        return sorted(set(self.roots.values()))

    def draw(self, formats: Sequence[str], *, border: bool) -> None:
        sheet, members = self.form.sheet, dict[tuple[int, int], list[tuple[int, int]]]()
        for at, root in self.roots.items():
            members.setdefault(root, []).append(at)
            cell = sheet.cell(self.top + at[0], self.left + at[1])
            cell.border = BOX if border else Border()
            if border and at[0] < self.header_rows:
                cell.fill = _GREY
        for root, cells in members.items():
            if len(cells) > 1:
                (row, column), (last_row, last_column) = root, max(cells)
                sheet.merge_cells(
                    start_row=self.top + row,
                    start_column=self.left + column,
                    end_row=self.top + last_row,
                    end_column=self.left + last_column,
                )
            self._fill(root, formats)

    def _fill(self, at: tuple[int, int], formats: Sequence[str]) -> None:
        row, column = self.top + at[0], self.left + at[1]
        value = self.grid[at[0]][at[1]]
        if isinstance(value, str) and value.startswith("="):
            letters = {f"c{k}": get_column_letter(self.left + k) for k in range(len(self.grid[0]))}
            value = value.format(r=row, t=self.top + self.header_rows, up=row - 1, **letters)
        if value not in (None, ""):
            cell = self.form.sheet.cell(row, column, value)
            cell.alignment = Alignment(wrap_text="\n" in str(value))
        if at[0] >= self.header_rows and at[1] < len(formats) and formats[at[1]]:
            self.form.sheet.cell(row, column).number_format = formats[at[1]]

    def words(self, places: Sequence[tuple[int, int]]) -> str:
        roots = dict.fromkeys(self.roots[at] for at in places)
        return "|".join(str(self.grid[row][column]) for row, column in roots if self.grid[row][column])
