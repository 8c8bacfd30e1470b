"""The sheet 指摘: a row for every finding with a link, the reason to accept it, and hidden columns.

The columns behind the seventh are hidden, but for the last one (直す), which is for rows on repairs. `印`
contains the severity and the cell, as a formula that moves with the cell, `照合値` the flagged value; the
conditional formats look up both. `注記` contains the text of our comment, to recognize it later, `控え` the
undo log.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from kenpo_xl.annotations.highlight import PLACES
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.text_size import FontSize, text_height
from kenpo_xl.domain.lengths import Points
from kenpo_xl.ooxml.edit.cell_xml import LONGEST, CellXml
from kenpo_xl.ooxml.edit.package_editor import PackageEditor, SheetEntry
from kenpo_xl.ooxml.edit.sheet_xml import CellContent, Grid, column_styles, read_grid, row_nodes
from kenpo_xl.ooxml.edit.xml_part import XmlPart
from kenpo_xl.ooxml.references import parse_area
from kenpo_xl.ooxml.safe_xml import parse_xml

NAME = "指摘"
KIND, PLACE, MESSAGE, HINT, ACTUAL, EXPECTED, REASON = (
    "区分",
    "場所",
    "指摘の内容",
    "直し方",
    "いまの値",
    "あるべき値",
    "確認済の理由・返事",
)
CODE, IDENTITY, KEY, VALUE, NOTE, UNDO = "コード", "対象", "印", "照合値", "注記", "控え"
VISIBLE = {KIND: 13, PLACE: 18, MESSAGE: 44, HINT: 36, ACTUAL: 16, EXPECTED: 16, REASON: 21}
HIDDEN = (CODE, IDENTITY, KEY, VALUE, NOTE, UNDO)
REPAIR, REPAIR_WIDTH = "直す", 7
"""The header of the column behind all others, its width, and the mark of the changes that 直す makes."""
WORDS = "点検の結果です。「場所」をクリックするとそのセルへ移ります。直したら、もう一度点検してください。"
FORMER_HEADERS = {"確認済の理由": REASON}
"""The headers of books that were made before, with those of today."""
# The last row that the two names cover.
LAST_ROW = 3000
# Letters of ten points in a column measured in pixels, of which the cell uses some for itself.
_FONT = FontSize(advance=6.9, line=13.5, margin=5)
_PADDING, _LEAST_WIDTH = 18, 14
_ESCAPED = re.compile(rb"[&<\r]")
_FILLED = re.compile(rb"<(?:[\w.-]+:)?(?:v|f|is)[\s/>]")


@frozen
class FindingRow:
    """A row of 指摘: its number, and the text of each column by header."""

    number: int
    words: Mapping[str, str]


class FindingsSheet:
    """The sheet 指摘 of a book, of its template or added; `first` is the row below the headers."""

    def __init__(self, book: PackageEditor, entry: SheetEntry, first: int) -> None:
        self.book, self.entry, self.first = book, entry, first

    @cached_property
    def xml_part(self) -> XmlPart:
        return self.book.editable_part(self.entry.part)

    @cached_property
    def grid(self) -> Grid:
        return read_grid(self.xml_part)

    @cached_property
    def column_by_header(self) -> dict[str, int]:
        """The column of each header."""
        cells = sorted(self.grid.cells.items())
        texts = {
            column: text_of_cell_content(self.book, cell)
            for (row, column), cell in cells
            if row == self.first - 1
        }
        return {FORMER_HEADERS.get(text, text): column for column, text in texts.items() if text}

    @property
    def has_all_headers(self) -> bool:
        return {*VISIBLE, *HIDDEN} <= self.column_by_header.keys()

    @cached_property
    def finding_rows(self) -> list[FindingRow]:
        """The rows with a finding or a part of the undo log."""
        found: dict[int, dict[str, str]] = {}
        headers = {column: header for header, column in self.column_by_header.items()}
        for (row, column), cell in sorted(self.grid.cells.items()):
            if row >= self.first and column in headers:
                found.setdefault(row, {})[headers[column]] = text_of_cell_content(self.book, cell)
        return [FindingRow(row, words) for row, words in found.items() if words.get(KEY) or words.get(UNDO)]

    @cached_property
    def rows_used_by_staff(self) -> set[int]:
        """The rows below the headers with texts other than ours."""
        filled = {row for (row, _), cell in self.grid.cells.items() if text_of_cell_content(self.book, cell)}
        return {row for row in filled if row >= self.first} - {row.number for row in self.finding_rows}

    def remove_finding_rows(self) -> None:
        """Remove the rows with findings; other rows stay."""
        ours = {row.number for row in self.finding_rows}
        if not ours:
            return
        last = 0
        for node in row_nodes(self.xml_part):
            last = int(node.get("r") or last + 1)
            if last in ours:
                self.xml_part.remove(node)
        self.xml_part.apply_edits()
        self._update_dimension()

    def write_rows(self, rows: Sequence[Mapping[str, CellXml]]) -> None:
        """Write rows (header → cell) below the headers, skipping rows with other content."""
        self._remove_empty_rows()
        root = self.xml_part.root_node(3)
        numbers = self._numbers_of_free_rows()
        holder = root.child("sheetData")
        if holder is None:
            return
        styles = column_styles(root)
        behind = {int(node.get("r") or 0): node for node in row_nodes(self.xml_part)}
        for number, row in zip(numbers, rows, strict=False):
            text = self._row_xml(number, row, styles, root.prefix)
            following = next((behind[place] for place in sorted(behind) if place > number), None)
            if following is None:
                self.xml_part.append_child(holder, text)
            else:
                self.xml_part.insert(following.start, text)
        self.xml_part.apply_edits()
        self._update_dimension()

    def _numbers_of_free_rows(self) -> Iterator[int]:
        """The rows below the headers without a cell."""
        taken = {row for row, _ in read_grid(self.xml_part).cells if row >= self.first}
        return (number for number in range(self.first, 1_048_577) if number not in taken)

    def _remove_empty_rows(self) -> None:
        """Remove empty rows: office programs keep them where earlier findings were cleared."""
        last = 0
        for node in row_nodes(self.xml_part):
            last = int(node.get("r") or last + 1)
            if last >= self.first and not _FILLED.search(self.xml_part.inner_bytes(node)):
                self.xml_part.remove(node)
        self.xml_part.apply_edits()

    def _row_xml(
        self, number: int, row: Mapping[str, CellXml], styles: Mapping[int, str], prefix: str
    ) -> str:
        cells = [
            row.get(header, CellXml()).xml(a1(number, column), styles.get(column, ""), prefix)
            for header, column in sorted(self.column_by_header.items(), key=lambda pair: pair[1])
        ]
        height = (
            max(self._needed_height(cell.value, header) for header, cell in row.items() if header in VISIBLE)
            if row.keys() & VISIBLE.keys()
            else 0
        )
        attributes = f' ht="{height}" customHeight="1"' if height else ""
        return f'<{prefix}row r="{number}"{attributes}>{"".join(cells)}</{prefix}row>'

    def _needed_height(self, text: str, header: str) -> Points:
        """The row height in points that a text needs in the column of a header."""
        width = self.grid.width_in_pixels(self.column_by_header[header]) - _PADDING
        return text_height(text, max(width, _LEAST_WIDTH), _FONT)

    def _update_dimension(self) -> None:
        """Set the range in the element `dimension` to the filled cells."""
        node = self.xml_part.root_node(2).child("dimension")
        cells = read_grid(self.xml_part).cells
        if node is None or not cells:
            return
        bottom, right = max(row for row, _ in cells), max(column for _, column in cells)
        top, left = min(row for row, _ in cells), min(column for _, column in cells)
        self.xml_part.set_attribute(node, "ref", f"{a1(top, left)}:{a1(bottom, right)}")
        self.xml_part.apply_edits()


def find_findings_sheet(book: PackageEditor, name: str = PLACES) -> FindingsSheet | None:
    """The sheet 指摘 that a workbook name refers to, None without it or its headers."""
    area = parse_area(formula_of_name(book, name))
    entry = next((one for one in book.sheets() if area and one.name == area.sheet), None)
    if area is None or entry is None or entry.kind != "worksheet":
        return None
    sheet = FindingsSheet(book, entry, area.top)
    return sheet if sheet.has_all_headers else None


def formula_of_name(book: PackageEditor, name: str) -> str:
    """The formula of a defined name of the whole book, '' for none."""
    draft = book.editable_part(book.main)
    holder = draft.root_node(3).child("definedNames")
    nodes = (node for node in (holder.children if holder else ()) if node.get("name") == name)
    found = [_unescaped_text(draft.inner_bytes(node)) for node in nodes if not node.get("localSheetId")]
    return found[-1] if found else ""


def cell_sized_pieces(text: str) -> Iterable[str]:
    """A long text in pieces that fit into cells."""
    return (text[start : start + LONGEST] for start in range(0, len(text), LONGEST))


def text_of_cell_content(book: PackageEditor, cell: CellContent) -> str:
    """The content of a cell, as text."""
    if cell.kind == "s":
        strings = shared_strings(book)
        return strings[int(cell.value)] if cell.value.isdigit() and int(cell.value) < len(strings) else ""
    return cell.inline if cell.kind == "inlineStr" else cell.value


def shared_strings(book: PackageEditor) -> list[str]:
    """The shared strings of the book, as stored."""
    if not book.strings:
        part = book.related_part(book.main, "sharedStrings")
        for item in book.package.elements(part, ("si",)) if part else ():
            own = (*item.iterchildren("{*}t"), *item.iterfind("{*}r/{*}t"))
            book.strings.append("".join(node.text or "" for node in own))
    return book.strings


def _unescaped_text(text: bytes) -> str:
    """The text of an element; most of them have nothing to unescape."""
    return str(parse_xml(b"<t>" + text + b"</t>").text or "") if _ESCAPED.search(text) else text.decode()
