"""Reads one layout sheet (様式図): blocks, lines and drawn tables of an item, in the order of the report."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kenpo_xl.books.plan.layout.drawn_table import CONTENT, FRAME, MARK, Drawing, DrawingReader
from kenpo_xl.books.plan.layout.number_formats import lost_format
from kenpo_xl.books.plan.support.problems import Problems
from kenpo_xl.books.plan.support.text_placeholders import Text
from kenpo_xl.books.plan.support.unused import warn_beside
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Item, StartLine
from kenpo_xl.domain.plan.table import FigureId, Printing, Table
from kenpo_xl.domain.source import Source
from kenpo_xl.ooxml.workbook import Sheet, Workbook

BLOCK, TEXT, KPI, TABLE, NOTE = "ブロック", "文", "KPI", "表", "注"
_MARKS = {normalized(mark): mark for mark in (BLOCK, TEXT, KPI, TABLE, NOTE)}


@dataclass
class Layout:
    """What a layout sheet says: starting lines by block, tables, and the figure of every body cell.

    `unread` holds the rows of each table whose headers are broken: which figures stand there is not known.
    """

    tables: list[Table] = field(default_factory=list)
    lines: dict[str, list[StartLine]] = field(default_factory=dict)
    kpi_marks: list[tuple[str, str]] = field(default_factory=list)
    figures: dict[tuple[int, int], tuple[Table, int, int]] = field(default_factory=dict)
    texts: list[Text] = field(default_factory=list)
    unread: dict[str, range] = field(default_factory=dict)

    @property
    def words(self) -> set[str]:
        """The name of every figure as a text of the item calls it: table/row/column; `table/` if unread."""
        figures = {str(FigureId("", *t.identity(i, j)[1:])).lstrip("/") for t, i, j in self.figures.values()}
        return figures | {f"{name}/" for name in self.unread}

    def is_unread(self, row: int) -> bool:
        """Whether the row belongs to a table whose headers are broken."""
        return any(row in rows for rows in self.unread.values())


def read_layout(book: Workbook, sheet: Sheet, item: Item, problems: Problems, *, fiscal_year: int) -> Layout:
    """The layout of `item` in a plan of `fiscal_year`; problems name the cells of `sheet`."""
    reader = _LayoutReader(book, sheet, item, fiscal_year, problems)
    row = sheet.next_shown(1)
    while row <= sheet.last_row:
        row = sheet.next_shown(reader.part(row))
    words = reader.layout.words
    for line in reader.layout.texts:
        line.check(words, problems)
    return reader.layout


class _LayoutReader:
    """Goes down the sheet from mark to mark."""

    def __init__(
        self, book: Workbook, sheet: Sheet, item: Item, fiscal_year: int, problems: Problems
    ) -> None:
        self.book, self.sheet, self.item, self.problems = book, sheet, item, problems
        self.fiscal_year = fiscal_year
        self.layout = Layout()
        self.names: set[str] = set()
        self.block = item.blocks[0].name if len(item.blocks) == 1 else ""
        self.begun = self.adrift = False

    def part(self, row: int) -> int:
        """Reads the part that begins in `row`; the row after it."""
        mark = self._mark(row)
        if mark:
            last = FRAME if mark in (BLOCK, KPI) else CONTENT
            warn_beside(self.sheet, row, last, mark, self.problems)
        if mark == BLOCK:
            self._block(row)
        elif mark in (TEXT, KPI):
            self._line(row, mark)
        elif mark == TABLE:
            return self._table(row)
        elif mark == NOTE and not self.adrift:
            self.refuse(row, MARK, "「注」は表のすぐ下に置いてください。")
        else:
            self._stray(row)
        return row + 1

    def refuse(self, row: int, column: int, message: str) -> None:
        self.problems.add(self.sheet.name, a1(row, column), message)

    def _mark(self, row: int) -> str:
        found = _MARKS.get(normalized(self.sheet.text(row, MARK)), "")
        self.begun = self.begun or bool(found)
        self.adrift = self.adrift and found in ("", NOTE)
        return found

    def _stray(self, row: int) -> None:
        """Refuses the first of some rows that belong to nothing; a title above the first mark may stand."""
        filled = [column for column in self.sheet.filled.get(row, []) if self._shows(row, column)]
        if not filled or self.adrift or (not self.begun and len(filled) == 1):
            return
        self.adrift = True
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
        self.refuse(row, filled[0], message)

    def _shows(self, row: int, column: int) -> bool:
        return bool(self.sheet.cells[row, column].formula or self.sheet.text(row, column))

    def _block(self, row: int) -> None:
        name = self.sheet.text(row, FRAME)
        self.block = name
        if name not in {block.name for block in self.item.blocks}:
            self.refuse(
                row,
                FRAME,
                f"ブロック「{name}」が「施策」の「{self.item.title}」にありません。番号を合わせてください。",
            )

    def _line(self, row: int, mark: str) -> None:
        name = self.sheet.text(row, FRAME)
        if mark == KPI:
            if not name:
                self.refuse(row, FRAME, "B 列に指標の名前を入れてください。")
                return
            self.layout.kpi_marks.append((name, a1(row, FRAME)))
            self._add(row, StartLine(LineKind.KPI, name))
        else:
            text = self.sheet.text(row, CONTENT)
            self.layout.texts.append(Text(self.item.id, self.sheet.name, a1(row, CONTENT), text))
            self._add(row, StartLine(LineKind.TEXT, text))

    def _add(self, row: int, line: StartLine) -> None:
        if not self.block:
            self.refuse(row, MARK, "この行の前に「ブロック」の行を置き、どのブロックの行かを示してください。")
            return
        self.layout.lines.setdefault(self.block, []).append(line)

    def _table(self, row: int) -> int:
        name = self.sheet.text(row, FRAME)
        if not name:
            self.refuse(row, FRAME, "B 列に表の名前を入れてください。")
        elif "/" in name:
            self.refuse(row, FRAME, f"表の名前「{name}」に / は使えません。・ などにしてください。")
        elif name in self.names:
            self.refuse(row, FRAME, f"表「{name}」がこのシートに 2 つあります。別の名前にしてください。")
        reader = DrawingReader(
            self.book, self.sheet, row, self.item.id, _MARKS, self.fiscal_year, self.problems
        )
        drawing = reader.read()
        if drawing.table is not None:
            self._keep(row, drawing, drawing.table)
        else:
            self.layout.unread[name] = range(row, drawing.next_row)
        return drawing.next_row

    def _keep(self, row: int, drawing: Drawing, table: Table) -> None:
        texts = [Text(self.item.id, self.sheet.name, a1(*at), self.sheet.text(*at)) for at in drawing.texts]
        sources = ((text.text, Source(self.book.path.name, text.sheet, text.cell)) for text in texts)
        table = replace(table, texts=tuple(sources))
        self.layout.texts += texts
        self.layout.tables.append(table)
        self.names.add(table.name)
        if table.printing is not Printing.NONE:
            self._add(row, StartLine(LineKind.TABLE, table.name))
        lost = lost_format(table, drawing.body)
        if lost:
            message = "この欄だけ表示形式が「標準」です。隣の欄と同じ単位と桁にしてください。"
            self.problems.warn(self.sheet.name, a1(*lost), message)
        for (r, c), (i, j) in drawing.body.items():
            self.layout.figures[r, c] = (table, i, j)
