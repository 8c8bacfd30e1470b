"""Reads one input book (入力ブック) into a submission: parts by name, rows and columns by their heads.

Inserted, deleted, sorted and moved rows and columns, merged cells, blank and hidden rows do not matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kenpo_xl.domain.plan import Item, Plan
from kenpo_xl.domain.submission import ItemEntry, LineEntry, LineKind, RatingEntry, Source, Submission
from kenpo_xl.domain.text import folded
from kenpo_xl.errors import KenpoError
from kenpo_xl.excel import names
from kenpo_xl.excel.sheets import Area, Sheet, Workbook, a1
from kenpo_xl.excel.stamp import definition_hash, plan_key, read_stamp
from kenpo_xl.excel.table_reader import TableReader
from kenpo_xl.excel.typed import written

_MARK_COLUMN = 1
_KINDS = {folded(kind): kind for kind in LineKind}


def read_submission(path: Path, plan: Plan) -> Submission:
    """Everything that stands in the book; KenpoError where it is not one of this plan's books."""
    book = Workbook(path)
    stamp = read_stamp(book)
    if stamp is None:
        raise KenpoError(
            f"{path.name} は入力ブックではありません。build で作ったブックに入力して提出してください。"
        )
    if stamp.plan != plan_key(plan):
        raise KenpoError(
            f"{path.name} は別の計画（{stamp.plan}）の入力ブックです。"
            f"{plan_key(plan)} のブックに入力し直してください。"
        )
    if stamp.group not in plan.groups:
        raise KenpoError(
            f"{path.name} のグループ「{stamp.group}」が計画にありません。計画の「基本」を確かめてください。"
        )
    readers = [_ItemReader(book, plan, item) for item in plan.items_of(stamp.group)]
    entries = tuple(entry for entry in (reader.entry() for reader in readers) if entry)
    missed = [words for reader in readers for words in reader.missed]
    if stamp.definition != definition_hash(plan, stamp.group):
        missed.append("いまの計画と同じ様式（ブックを作った後に計画の表や算式が変わりました）")
    return Submission(stamp.group, entries, path.name, tuple(missed))


class _ItemReader:
    """One item's sheet, wherever it stands and whatever it is called by now."""

    def __init__(self, book: Workbook, plan: Plan, item: Item) -> None:
        self.book, self.plan, self.item = book, plan, item
        area = book.area(names.item_name(item.id)) or book.area(names.lines_name(item.id))
        self.sheet = book.sheets.get(area.sheet if area else item.id)
        self.missed: list[str] = []

    def entry(self) -> ItemEntry | None:
        if self.sheet is None:
            self.missed.append(f"シート {self.item.id}（{self.item.title}）")
            return None
        rows = list(self._lines(self.sheet))
        lines = tuple(line for line, _ in rows if line is not None)
        ratings = tuple(rating for _, rating in rows if rating is not None)
        tables = TableReader(self.book, self.plan, self.sheet)
        entries = tuple(entry for entry in (tables.entry(table) for table in self.item.tables) if entry)
        self.missed += tables.missed
        return ItemEntry(self.item.id, lines, ratings, entries)

    def _lines(self, sheet: Sheet) -> Iterator[tuple[LineEntry | None, RatingEntry | None]]:
        found = _line_heads(sheet, self.book.area(names.lines_name(self.item.id)))
        if found is None:
            self.missed.append(f"実施状況の見出し（シート {self.item.id}）")
            return
        top, bottom, columns = found
        block = self.item.blocks[0].name
        for row in (row for row in sheet.filled if top <= row <= bottom):
            text = written(sheet.value(row, columns[names.TEXT_HEAD]))
            if text.startswith(names.MORE_LINES):
                return
            block = self._block(sheet.text(row, columns[names.BLOCK_HEAD]), block)
            line = self._line(sheet, row, columns, block, text) if text else None
            yield line, self._rating(sheet, row, columns, block)

    def _line(self, sheet: Sheet, row: int, columns: dict[str, int], block: str, text: str) -> LineEntry:
        kind = _KINDS.get(folded(sheet.text(row, columns[names.KIND_HEAD])), LineKind.TEXT)
        source = Source(self.book.path.name, sheet.name, a1(row, columns[names.TEXT_HEAD]))
        if kind is LineKind.TABLE and self.item.table(text) is None:
            self.missed.append(f"表 {self.item.id}/{text}（{source.sheet}!{source.cell} の行が載せる表）")
        if kind is LineKind.KPI and self.plan.kpi(text) is None:
            self.missed.append(f"指標 {text}（{source.sheet}!{source.cell} の行が載せる指標）")
        mark = sheet.text(row, _MARK_COLUMN)
        return LineEntry(block, kind, text, mark if mark.startswith("L") else "", source)

    def _block(self, typed: str, current: str) -> str:
        """The block that a row belongs to: the typed one, else that of the row above."""
        named = {folded(block.name): block.name for block in self.item.blocks}
        if typed and folded(typed) not in named:
            self.missed.append(f"ブロック {self.item.id}/{typed}")
        return named.get(folded(typed), current)

    def _rating(self, sheet: Sheet, row: int, columns: dict[str, int], block: str) -> RatingEntry | None:
        def text(head: str) -> str:
            return written(sheet.value(row, columns[head])) if head in columns else ""

        glyph = text(names.RATING_HEAD)
        if not glyph:
            return None
        place = a1(row, columns[names.RATING_HEAD])
        source = Source(self.book.path.name, sheet.name, place)
        return RatingEntry(block, glyph, text(names.REASON_HEAD), text(names.AS_OF_HEAD), source)


def _line_heads(sheet: Sheet, area: Area | None) -> tuple[int, int, dict[str, int]] | None:
    """First and last row below the heads of the lines and the column of each head, None without heads."""
    wanted = {folded(head): head for head in names.LINE_HEADS}
    needed = {names.BLOCK_HEAD, names.KIND_HEAD, names.TEXT_HEAD, names.RATING_HEAD}
    top, bottom = (area.top, area.bottom) if area and area.sheet == sheet.name else (1, sheet.last_row)
    for row in (row for row in sheet.filled if top <= row <= bottom):
        columns: dict[str, int] = {}
        for column in sheet.filled[row]:
            head = wanted.get(folded(sheet.text(row, column)))
            if head:
                columns.setdefault(head, column)
        if needed <= columns.keys():
            return row + 1, bottom, columns
    return None
