"""Reads one layout sheet (様式図): blocks, lines and drawn tables of an item."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from kenpo_xl.books.plan.layout.drawn_table import CONTENT, FRAME, MARK, DrawnTable, DrawnTableReader
from kenpo_xl.books.plan.layout.number_formats import only_cell_without_format
from kenpo_xl.books.plan.support.former_names import name_and_former_names
from kenpo_xl.books.plan.support.groups import group_of_normalized_name, unknown_group_message
from kenpo_xl.books.plan.support.problems import Problems
from kenpo_xl.books.plan.support.text_placeholders import ItemText
from kenpo_xl.books.plan.support.unused import warn_of_unread_cell
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.placeholders import MONTH_WORDS
from kenpo_xl.domain.plan.plan import Item, StartLine
from kenpo_xl.domain.plan.table import AsOf, Printing, Table
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.ooxml.workbook import Sheet, Workbook

BLOCK, TEXT, KPI, TABLE, NOTE, KEY, REMARK = "ブロック", "文", "KPI", "表", "注", "鍵", "メモ"
_MARKS = {normalized(mark): mark for mark in (BLOCK, TEXT, KPI, TABLE, NOTE, KEY, REMARK)}


@dataclass
class Layout:
    """Contents of the layout sheet `sheet`: starting lines by block, tables, figures by cell.

    `unread` has the rows of each table with broken headers, whose figures are unknown.
    """

    sheet: str = ""
    tables: list[Table] = field(default_factory=list)
    lines: dict[str, list[StartLine]] = field(default_factory=dict)
    kpi_marks: list[tuple[str, str]] = field(default_factory=list)
    figures: dict[tuple[int, int], tuple[Table, int, int]] = field(default_factory=dict)
    texts: list[ItemText] = field(default_factory=list)
    unread: dict[str, range] = field(default_factory=dict)

    @cached_property
    def position_by_identity(self) -> dict[Hashable, tuple[Table, int, int]]:
        """Table, row and column of each figure by its identity, once the sheet is read."""
        found: dict[Hashable, tuple[Table, int, int]] = {}
        for table, row, column in self.figures.values():
            found.setdefault(table.identity(row, column), (table, row, column))
        return found

    @cached_property
    def figure_names(self) -> set[str]:
        """The names in texts of the item: table/row/column, table/年月; `table/` if unread."""
        names = {table.identity(row, column)[1:] for table, row, column in self.figures.values()}
        dated = {table.name for table, _, _ in self.figures.values() if table.as_of is not AsOf.COLUMNS}
        months = {f"{name}/{word}" for name in dated for word in MONTH_WORDS}
        unread = {f"{name}/" for name in self.unread}
        return {"/".join(name).lstrip("/") for name in names} | months | unread

    def is_row_of_unread_table(self, row: int) -> bool:
        """Whether the row belongs to a table whose headers are broken."""
        return any(row in rows for rows in self.unread.values())


def read_layout(
    book: Workbook,
    sheet: Sheet,
    item: Item,
    problems: Problems,
    *,
    fiscal_year: FiscalYear,
    groups: Sequence[str] = (),
) -> Layout:
    """The layout of `item` in a plan of `fiscal_year`; problems refer to cells of `sheet`.

    `groups` are those of the plan, which a table may name as its owner.
    """
    reader = _LayoutReader(book, sheet, item, fiscal_year, problems)
    reader.groups = groups
    row = sheet.next_displayed_row(1)
    while row <= sheet.last_row:
        row = sheet.next_displayed_row(reader.next_row_after_part(row))
    words = reader.layout.figure_names
    for line in reader.layout.texts:
        line.report_unknown_placeholders(words, problems)
    return reader.layout


class _LayoutReader:
    """Reads the sheet downwards, mark by mark."""

    def __init__(
        self, book: Workbook, sheet: Sheet, item: Item, fiscal_year: FiscalYear, problems: Problems
    ) -> None:
        self.book, self.sheet, self.item, self.problems = book, sheet, item, problems
        self.fiscal_year = fiscal_year
        self.groups: Sequence[str] = ()
        self.layout = Layout(sheet.name)
        self.names: set[str] = set()
        self.block = item.blocks[0].name if len(item.blocks) == 1 else ""
        self.has_marks = self.in_unassigned = False

    def next_row_after_part(self, row: int) -> int:
        """Reads the part that begins in `row`; returns the row after it."""
        mark = self._known_mark_of_row(row)
        if mark == REMARK:
            return row + 1
        if mark:
            last = FRAME if mark in (BLOCK, KPI, KEY) else CONTENT
            warn_of_unread_cell(self.sheet, row, last, mark, self.problems)
        if mark == BLOCK:
            self._start_block(row)
        elif mark in (TEXT, KPI):
            self._read_line(row, mark)
        elif mark == TABLE:
            return self._next_row_after_table(row)
        elif mark == NOTE and not self.in_unassigned:
            self._add_error(row, MARK, "「注」は表のすぐ下に置いてください。")
        elif mark != KEY:
            self._report_unassigned_row(row)
        return row + 1

    def _add_error(self, row: int, column: int, message: str) -> None:
        self.problems.add_error(self.sheet.name, a1(row, column), message)

    def _known_mark_of_row(self, row: int) -> str:
        found = _MARKS.get(normalized(self.sheet.text(row, MARK)), "")
        self.has_marks = self.has_marks or found not in ("", KEY, REMARK)
        self.in_unassigned = self.in_unassigned and found in ("", NOTE)
        return found

    def _report_unassigned_row(self, row: int) -> None:
        """Reports the first row without a mark; a title above the first mark is allowed."""
        filled = [
            column
            for column in self.sheet.non_empty_columns_by_row.get(row, [])
            if self._has_content(row, column)
        ]
        if not filled or self.in_unassigned or (not self.has_marks and len(filled) == 1):
            return
        self.in_unassigned = True
        if filled[0] == MARK:
            message = (
                f"A 列の「{self.sheet.text(row, MARK)}」は使えません。"
                f"{'、'.join(_MARKS.values())} のどれかにしてください。"
            )
        else:
            message = (
                "どの表にも行にも属さない文字です。"
                "空行で表が切れていないか、A 列の印が抜けていないか確かめてください。"
            )
        self._add_error(row, filled[0], message)

    def _has_content(self, row: int, column: int) -> bool:
        return bool(self.sheet.cells[row, column].formula or self.sheet.text(row, column))

    def _start_block(self, row: int) -> None:
        name = self.sheet.text(row, FRAME)
        self.block = name
        if name not in {block.name for block in self.item.blocks}:
            self._add_error(
                row,
                FRAME,
                f"ブロック「{name}」が「施策」の「{self.item.title}」にありません。番号を合わせてください。",
            )

    def _read_line(self, row: int, mark: str) -> None:
        name = self.sheet.text(row, FRAME)
        if mark == KPI:
            if not name:
                self._add_error(row, FRAME, "B 列に指標の名前を入れてください。")
                return
            self.layout.kpi_marks.append((name, a1(row, FRAME)))
            self._add_line(row, StartLine(LineKind.KPI, name))
        else:
            text = self.sheet.text(row, CONTENT)
            self.layout.texts.append(ItemText(self.item.id, self.sheet.name, a1(row, CONTENT), text))
            self._add_line(row, StartLine(LineKind.TEXT, text))

    def _add_line(self, row: int, line: StartLine) -> None:
        if not self.block:
            self._add_error(
                row, MARK, "この行の前に「ブロック」の行を置き、どのブロックの行かを示してください。"
            )
            return
        self.layout.lines.setdefault(self.block, []).append(line)

    def _next_row_after_table(self, row: int) -> int:
        name, _ = name_and_former_names(self.sheet.text(row, FRAME))
        if not name:
            self._add_error(row, FRAME, "B 列に表の名前を入れてください。")
        elif "/" in name:
            self._add_error(row, FRAME, f"表の名前「{name}」に / は使えません。・ などにしてください。")
        elif name in self.names:
            self._add_error(row, FRAME, f"表「{name}」がこのシートに 2 つあります。別の名前にしてください。")
        reader = DrawnTableReader(
            self.book, self.sheet, row, self.item.id, _MARKS, self.fiscal_year, self.problems
        )
        drawing = reader.read_drawn_table()
        if drawing.table is not None:
            self._add_table(row, drawing, drawing.table)
        else:
            self.layout.unread[name] = range(row, drawing.next_row)
        return drawing.next_row

    def _owner_of_table(self, drawing: DrawnTable) -> str:
        """The group that 担当 below 表 names, '' without that mark; an error for any other name."""
        if drawing.owner_row is None:
            return ""
        name = self.sheet.text(drawing.owner_row, FRAME)
        found = group_of_normalized_name(self.groups, name)
        if not found:
            message = (
                unknown_group_message(self.groups, name) if name else "B 列にグループの名前を入れてください。"
            )
            self._add_error(drawing.owner_row, FRAME, message)
        return found

    def _add_table(self, row: int, drawing: DrawnTable, table: Table) -> None:
        texts = [
            ItemText(self.item.id, self.sheet.name, a1(*at), self.sheet.text(*at)) for at in drawing.texts
        ]
        sources = ((text.text, Source(self.book.path.name, text.sheet, text.cell)) for text in texts)
        table = replace(table, texts=tuple(sources), owner=self._owner_of_table(drawing))
        self.layout.texts += texts
        self.layout.tables.append(table)
        self.names.add(table.name)
        if table.printing is not Printing.NONE:
            self._add_line(row, StartLine(LineKind.TABLE, table.name))
        lost = only_cell_without_format(table, drawing.body)
        if lost:
            message = "この欄だけ表示形式が「標準」です。隣の欄と同じ単位と桁にしてください。"
            self.problems.add_warning(self.sheet.name, a1(*lost), message)
        for (r, c), (i, j) in drawing.body.items():
            self.layout.figures[r, c] = (table, i, j)
