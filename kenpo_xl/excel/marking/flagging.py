"""Putting marks into a book that holds none of ours."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kenpo_xl.domain.findings import Severity
from kenpo_xl.errors import KenpoError
from kenpo_xl.excel.marking import colour, findings_sheet, notes, own_sheet, undo
from kenpo_xl.excel.marking.book import Book, SheetEntry
from kenpo_xl.excel.marking.boxes import box
from kenpo_xl.excel.marking.findings_sheet import Cell, FindingsSheet, text_of
from kenpo_xl.excel.marking.mark import Mark
from kenpo_xl.excel.marking.places import Place, cell_name, place_of, quoted
from kenpo_xl.excel.marking.sheet_part import CellContent, Grid, read_grid
from kenpo_xl.excel.references import is_cell

_THREAD = "（このセルにはコメントのやり取りがあるため、セルに注記は付けていません。）"


@dataclass
class _Flagged:
    """A cell under work: what is said of it, what stands in it, and the word for it in 指摘."""

    marks: list[Mark]
    value: Cell = field(default_factory=Cell)
    key: str = ""
    has_thread: bool = False

    @property
    def note(self) -> str:
        return "\n".join(mark.note for mark in self.marks)

    @property
    def colour(self) -> Severity | None:
        """The worst severity that is shown by colour."""
        return min((m.severity for m in self.marks if m.is_coloured), key=lambda s: s.rank, default=None)


class Flagging:
    """Writes marks into the cells that they speak of, then all of them into 指摘."""

    def __init__(self, book: Book, marks: Sequence[Mark]) -> None:
        self.book, self.marks = book, marks
        self.entries = {entry.name: entry for entry in book.sheets()}
        self.anchors: dict[int, Place] = {}
        self.cells: dict[tuple[str, Place], _Flagged] = {}
        self.needs_names = False

    def write(self, before: Mapping[str, str]) -> None:
        """Write everything; `before` are the hashes that `undo.begin` gave."""
        own = findings_sheet.find(self.book)
        by_sheet: dict[str, list[tuple[int, Mark]]] = {}
        for number, mark in enumerate(self.marks):
            by_sheet.setdefault(_checked(mark, self.entries).sheet, []).append((number, mark))
        for name, marks in by_sheet.items():
            entry = self.entries.get(name)
            if entry and entry.kind == "worksheet":
                self._sheet(entry, [pair for pair in marks if pair[1].cell], own is not None)
        sheet = own or own_sheet.bring(self.book)
        if self.needs_names or own is None:
            own_sheet.name_it(self.book, sheet)
        self._list(sheet, before)

    def _sheet(self, entry: SheetEntry, marks: Sequence[tuple[int, Mark]], has_template: bool) -> None:
        if not marks:
            return
        draft = self.book.draft(entry.part)
        grid = read_grid(draft, {place_of(mark.cell) for _, mark in marks})
        cells: dict[Place, _Flagged] = {}
        for number, mark in marks:
            place = self.anchors[number] = grid.anchor(place_of(mark.cell))
            cells.setdefault(place, _Flagged([])).marks.append(mark)
        threads = notes.threaded(self.book, entry)
        template = colour.Template(draft)
        bare = []
        for place, cell in cells.items():
            is_covered = has_template and template.covers(place)
            cell.value = self._value(grid.cells.get(place))
            cell.key = (
                f"{cell.colour or Severity.INFO} {template.mark if is_covered else colour.own_mark(entry)}!"
            )
            cell.has_thread = place in threads
            if cell.colour and not is_covered:
                bare.append((place, cell.colour))
            self.cells[entry.name, place] = cell
        self._notes(entry, grid, cells)
        if bare:
            self.needs_names = True
            colour.put(self.book, entry, bare)

    def _notes(self, entry: SheetEntry, grid: Grid, cells: Mapping[Place, _Flagged]) -> None:
        wanted = [
            notes.Note(place, cell.note, box(f"{notes.LEAD}\n{cell.note}", place, grid))
            for place, cell in sorted(cells.items())
            if not cell.has_thread
        ]
        if wanted:
            notes.put(self.book, entry, wanted)

    def _value(self, cell: CellContent | None) -> Cell:
        """What the conditional format compares with the cell: its very value."""
        text = text_of(self.book, cell) if cell else ""
        if cell is None or text == "":
            return Cell(colour.EMPTY)
        if cell.kind == "e":
            return Cell(colour.FAULT)
        return Cell(text) if cell.kind in ("s", "str", "inlineStr") else Cell(text, cell.kind or "n")

    def _list(self, sheet: FindingsSheet, before: Mapping[str, str]) -> None:
        rows = [self._row(number, mark) for number, mark in enumerate(self.marks)]
        undoing = findings_sheet.chunks(undo.record(self.book, before, sheet.entry.part))
        for number, piece in enumerate(undoing):
            if number == len(rows):
                rows.append({})
            rows[number][findings_sheet.UNDO] = Cell(piece)
        sheet.write(rows)

    def _row(self, number: int, mark: Mark) -> dict[str, Cell]:
        row = {
            findings_sheet.KIND: Cell(f"{mark.severity} {mark.code}".strip()),
            findings_sheet.PLACE: _link(mark, self.entries.get(mark.sheet)),
            findings_sheet.MESSAGE: Cell(mark.text),
            findings_sheet.HINT: Cell(mark.hint),
            findings_sheet.ACTUAL: Cell(mark.actual),
            findings_sheet.EXPECTED: Cell(mark.expected),
            findings_sheet.REASON: Cell(mark.reason),
            findings_sheet.CODE: Cell(mark.code),
            findings_sheet.IDENTITY: Cell(mark.identity),
            findings_sheet.KEY: Cell(Severity.INFO),
        }
        place = self.anchors.get(number)
        if place is not None:
            cell = self.cells[mark.sheet, place]
            address = _address(mark.sheet, place)
            key = cell.key.replace('"', '""')
            row[findings_sheet.KEY] = Cell(cell.key + cell_name(place), "str", f'"{key}"&{address}')
            row[findings_sheet.VALUE] = cell.value
            if cell.has_thread:
                row[findings_sheet.HINT] = Cell(mark.hint + _THREAD)
            elif cell.marks[0] is mark:
                row[findings_sheet.NOTE] = Cell(cell.note)
        return row


def _link(mark: Mark, entry: SheetEntry | None) -> Cell:
    """A link that moves with its cell; plain words where there is nothing to go to."""
    if entry is None:
        return Cell("ブック全体")
    if entry.kind != "worksheet":
        return Cell(mark.sheet)
    place = place_of(mark.cell) if mark.cell else (1, 1)
    address = _address(mark.sheet, place)
    target, shown = f"#{quoted(mark.sheet)}!".replace('"', '""'), f"{mark.sheet}!".replace('"', '""')
    if not mark.cell:
        shown = shown[:-1]
        return Cell(mark.sheet, "str", f'HYPERLINK("{target}"&{address},"{shown}")')
    return Cell(
        f"{mark.sheet}!{cell_name(place)}", "str", f'HYPERLINK("{target}"&{address},"{shown}"&{address})'
    )


def _address(sheet: str, place: Place) -> str:
    cell = f"{quoted(sheet)}!{cell_name(place)}"
    return f"ADDRESS(ROW({cell}),COLUMN({cell}),4)"


def _checked(mark: Mark, entries: Mapping[str, SheetEntry]) -> Mark:
    """The mark; KenpoError where the book has no such sheet or cell."""
    if mark.sheet and mark.sheet not in entries:
        raise KenpoError(
            f"ブックにシート「{mark.sheet}」がないため、印を付けられません。シート名を確かめてください。"
        )
    if mark.cell and not (re.fullmatch(r"[A-Z]{1,3}\d+", mark.cell) and is_cell(*place_of(mark.cell))):
        raise KenpoError(f"「{mark.cell}」はセルの番地ではありません。F7 のように指定してください。")
    return mark
