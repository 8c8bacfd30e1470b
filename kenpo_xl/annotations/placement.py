"""Computes where each annotation goes (comment, highlight, row of 指摘) in a workbook without any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kenpo_xl.annotations import comments, findings_sheet, highlight
from kenpo_xl.annotations.annotation import Mark
from kenpo_xl.annotations.comment_size import comment_size
from kenpo_xl.annotations.findings_sheet import text_of_cell_content
from kenpo_xl.domain.cell_reference import CellPosition, a1, cell_position, is_cell
from kenpo_xl.domain.findings.finding import Severity
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.edit.cell_xml import CellXml
from kenpo_xl.ooxml.edit.package_editor import PackageEditor, SheetEntry
from kenpo_xl.ooxml.edit.sheet_xml import CellContent, Grid, read_grid
from kenpo_xl.ooxml.references import quoted_sheet

_THREAD = "（このセルにはコメントのやり取りがあるため、セルに注記は付けていません。）"
_NOTED = "（このセルには元からの注記があるため、セルに注記は付けていません。）"


@dataclass
class FlaggedCell:
    """A flagged cell: its marks, its value, and the key of its highlight in 指摘.

    `excuse` is why it gets no comment, '' if it gets one; `is_bare` is whether no format highlights it yet.
    """

    marks: list[Mark]
    value: CellXml = field(default_factory=CellXml)
    key: str = ""
    excuse: str = ""
    is_bare: bool = False

    @property
    def comment_text(self) -> str:
        return "\n".join(mark.comment_text for mark in self.marks)

    @property
    def highlight_severity(self) -> Severity | None:
        """The worst severity that is highlighted, None for none."""
        return min((m.severity for m in self.marks if m.is_highlighted), key=lambda s: s.rank, default=None)


class Placement:
    """The annotations of a book by cell, and the rows of its sheet 指摘 (`own_sheet`, None without one).

    If `keep_notes`, a cell with a comment of a user gets none; otherwise ours is appended to theirs.
    Raises KenpoError if the book has no such sheet or cell.
    """

    def __init__(
        self,
        book: PackageEditor,
        marks: Sequence[Mark],
        own_sheet: findings_sheet.FindingsSheet | None,
        *,
        keep_notes: bool = False,
    ) -> None:
        self.book, self.marks = book, marks
        self.entries = {entry.name: entry for entry in book.sheets()}
        self.cells: dict[str, dict[CellPosition, FlaggedCell]] = {}
        self.grids: dict[str, Grid] = {}
        self._anchors: dict[int, CellPosition] = {}
        self._keeps_notes = keep_notes
        self.own_sheet = own_sheet
        by_sheet: dict[str, list[tuple[int, Mark]]] = {}
        for number, mark in enumerate(marks):
            if mark.is_repair:
                continue
            by_sheet.setdefault(_mark_or_error(mark, self.entries).sheet, []).append((number, mark))
        for name, found in by_sheet.items():
            entry = self.entries.get(name)
            placed = [pair for pair in found if pair[1].cell]
            if entry and entry.kind == "worksheet" and placed:
                self.cells[name] = self._flagged_cells_of_sheet(entry, placed)

    def _flagged_cells_of_sheet(
        self, entry: SheetEntry, marks: Sequence[tuple[int, Mark]]
    ) -> dict[CellPosition, FlaggedCell]:
        draft = self.book.editable_part(entry.part)
        # First: it parses the sheet more deeply than the grid.
        template = highlight.HighlightTemplate(draft)
        grid = self.grids[entry.name] = read_grid(draft, {cell_position(mark.cell) for _, mark in marks})
        cells: dict[CellPosition, FlaggedCell] = {}
        for number, mark in marks:
            place = self._anchors[number] = grid.merge_anchor(cell_position(mark.cell))
            cells.setdefault(place, FlaggedCell([])).marks.append(mark)
        excuses = (
            dict.fromkeys(comments.cells_with_comment(self.book, entry), _NOTED) if self._keeps_notes else {}
        )
        excuses |= dict.fromkeys(comments.cells_with_threads(self.book, entry), _THREAD)
        for place, cell in cells.items():
            is_covered = self.own_sheet is not None and template.contains(place)
            word = template.mark if is_covered else highlight.own_sheet_mark(entry)
            cell.value = self._compared_value(grid.cells.get(place))
            cell.key = f"{cell.highlight_severity or Severity.INFO} {word}!"
            cell.excuse = excuses.get(place, "")
            cell.is_bare = not is_covered
        return cells

    def _compared_value(self, cell: CellContent | None) -> CellXml:
        """The value that the conditional format compares with the cell."""
        text = text_of_cell_content(self.book, cell) if cell else ""
        if cell is None or text == "":
            return CellXml(highlight.EMPTY)
        if cell.kind == "e":
            return CellXml(highlight.FAULT)
        return CellXml(text) if cell.kind in ("s", "str", "inlineStr") else CellXml(text, cell.kind or "n")

    def own_comments(self, sheet: str) -> list[comments.CellComment]:
        """Our comments on a sheet, sorted by cell."""
        grid = self.grids[sheet]
        return [
            comments.CellComment(
                place, cell.comment_text, comment_size(f"{comments.LEAD}\n{cell.comment_text}", place, grid)
            )
            for place, cell in sorted(self.cells[sheet].items())
            if not cell.excuse
        ]

    def finding_rows(self) -> list[dict[str, CellXml]]:
        """The row of every mark in 指摘, by headers."""
        return [
            self._repair_row(mark) if mark.is_repair else self._finding_row(number, mark)
            for number, mark in enumerate(self.marks)
        ]

    def _repair_row(self, mark: Mark) -> dict[str, CellXml]:
        word = findings_sheet.REPAIR
        return {
            **_visible_cells(mark, self.entries.get(mark.sheet)),
            findings_sheet.KIND: CellXml(word),
            findings_sheet.CODE: CellXml(word),
            findings_sheet.IDENTITY: CellXml(mark.identity),
            findings_sheet.KEY: CellXml(word),
            findings_sheet.REPAIR: CellXml(word if mark.is_chosen else ""),
        }

    def _finding_row(self, number: int, mark: Mark) -> dict[str, CellXml]:
        row = {
            **_visible_cells(mark, self.entries.get(mark.sheet)),
            findings_sheet.KIND: CellXml(mark.kind),
            findings_sheet.REASON: CellXml("" if mark.is_other_side else mark.reason),
            findings_sheet.CODE: CellXml(mark.code),
            findings_sheet.IDENTITY: CellXml(mark.identity),
            findings_sheet.KEY: CellXml(Severity.INFO),
        }
        place = self._anchors.get(number)
        if place is not None:
            cell = self.cells[mark.sheet][place]
            address = _address_formula(mark.sheet, place)
            key = cell.key.replace('"', '""')
            row[findings_sheet.KEY] = CellXml(cell.key + a1(*place), "str", f'"{key}"&{address}')
            row[findings_sheet.VALUE] = cell.value
            if cell.excuse:
                row[findings_sheet.HINT] = CellXml(mark.hint + cell.excuse)
            elif cell.marks[0] is mark:
                row[findings_sheet.NOTE] = CellXml(cell.comment_text)
        return row


def _visible_cells(mark: Mark, entry: SheetEntry | None) -> dict[str, CellXml]:
    """The cells of a row that say where it is, what is there and what to do."""
    return {
        findings_sheet.PLACE: _link_cell(mark, entry),
        findings_sheet.MESSAGE: CellXml(mark.text),
        findings_sheet.HINT: CellXml(mark.hint),
        findings_sheet.ACTUAL: CellXml(mark.actual),
        findings_sheet.EXPECTED: CellXml(mark.expected),
    }


def _link_cell(mark: Mark, entry: SheetEntry | None) -> CellXml:
    """A link that moves with its cell; plain text without a target."""
    if entry is None:
        return CellXml("ブック全体")
    if entry.kind != "worksheet":
        return CellXml(mark.sheet)
    place = cell_position(mark.cell) if mark.cell else (1, 1)
    address = _address_formula(mark.sheet, place)
    target, shown = f"#{quoted_sheet(mark.sheet)}!".replace('"', '""'), f"{mark.sheet}!".replace('"', '""')
    if not mark.cell:
        shown = shown[:-1]
        return CellXml(mark.sheet, "str", f'HYPERLINK("{target}"&{address},"{shown}")')
    return CellXml(
        f"{mark.sheet}!{a1(*place)}", "str", f'HYPERLINK("{target}"&{address},"{shown}"&{address})'
    )


def _address_formula(sheet: str, position: CellPosition) -> str:
    cell = f"{quoted_sheet(sheet)}!{a1(*position)}"
    return f"ADDRESS(ROW({cell}),COLUMN({cell}),4)"


def _mark_or_error(mark: Mark, entries: Mapping[str, SheetEntry]) -> Mark:
    """The mark; raises KenpoError if the book has no such sheet or cell."""
    if mark.sheet and mark.sheet not in entries:
        raise KenpoError(
            f"ブックにシート「{mark.sheet}」がないため、印を付けられません。シート名を確かめてください。"
        )
    if mark.cell and not is_cell(*cell_position(mark.cell)):
        raise KenpoError(f"「{mark.cell}」はセルの番地ではありません。F7 のように指定してください。")
    return mark
