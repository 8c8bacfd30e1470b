"""Moves reasons that staff typed beside findings in 指摘 to 確認記録, where no check ever clears them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, replace
from pathlib import Path

from kenpo_xl.annotations.acceptances import ACCEPTED, RECORD_HEADERS, recorded_acceptances
from kenpo_xl.annotations.findings_sheet import text_of_cell_content
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.findings.acceptance import Acceptance
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.edit.cell_xml import CellXml
from kenpo_xl.ooxml.edit.package_editor import PackageEditor, SheetEntry
from kenpo_xl.ooxml.edit.sheet_xml import column_styles, read_grid
from kenpo_xl.ooxml.edit.xml_part import Node
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.ooxml.zip_splice import replace_parts


def write_copy_with_acceptances(
    path: Path, acceptances: Iterable[Acceptance], target: Path, *, person: str, day: str
) -> None:
    """Copy a workbook to the new file `target` with these acceptances at the end of its 確認記録.

    Every other part is copied byte by byte. Raises KenpoError if the sheet or its headers are missing, or the
    rows cannot be read back from the copy.
    """
    new = [replace(acceptance, person=person, day=day) for acceptance in acceptances]
    with Package(path) as package:
        book = PackageEditor(package)
        _append_acceptances(book, new)
        parts, removed = book.changed_and_removed_parts()
    replace_parts(path, target, parts, removed)
    if recorded_acceptances(Workbook(target)) != (*recorded_acceptances(Workbook(path)), *new):
        raise KenpoError(
            f"{path.name} のシート「{ACCEPTED}」に書き込めません。Excel で保存し直してください。"
        )


@frozen
class RecordSheet:
    """The sheet 確認記録, its last filled row and the column of each header."""

    entry: SheetEntry
    last_row: int
    columns: Mapping[str, int]


def find_record_sheet(book: PackageEditor) -> RecordSheet:
    """The sheet 確認記録; raises KenpoError without it or one of its headers."""
    entry = next((sheet for sheet in book.sheets() if normalized(sheet.name) == ACCEPTED), None)
    found = _last_row_and_columns(book, entry) if entry else None
    if entry is None or found is None:
        raise KenpoError(
            f"{book.package.path.name} にシート「{ACCEPTED}」かその見出しがないため、"
            "確認済の理由を移せません。シートを元に戻してください。"
        )
    return RecordSheet(entry, *found)


def acceptance_cells_by_header(acceptance: Acceptance) -> dict[str, CellXml]:
    """The cells of the row of an acceptance, by header."""
    return {header: CellXml(text) for header, text in zip(RECORD_HEADERS, astuple(acceptance), strict=True)}


def _append_acceptances(book: PackageEditor, acceptances: Sequence[Acceptance]) -> None:
    sheet = find_record_sheet(book)
    draft = book.editable_part(sheet.entry.part)
    root = draft.root_node(3)
    holder = root.child("sheetData")
    rows = list(_numbered_rows(holder))
    free = (number for number in range(sheet.last_row + 1, 1_048_577) if number not in dict(rows))
    styles = column_styles(root)
    for number, acceptance in zip(free, acceptances, strict=False):
        cells = acceptance_cells_by_header(acceptance)
        row = "".join(
            cells[header].xml(a1(number, column), styles.get(column, ""), root.prefix)
            for header, column in sorted(sheet.columns.items(), key=lambda pair: pair[1])
        )
        text = f'<{root.prefix}row r="{number}">{row}</{root.prefix}row>'
        following = next((node for place, node in rows if place > number), None)
        if following is not None:
            draft.insert(following.start, text)
        elif holder is not None:
            draft.append_child(holder, text)
    draft.apply_edits()


def _last_row_and_columns(book: PackageEditor, entry: SheetEntry) -> tuple[int, Mapping[str, int]] | None:
    """The last filled row and the column of each header, None without the headers."""
    texts = {
        position: text
        for position, cell in sorted(read_grid(book.editable_part(entry.part)).cells.items())
        if (text := text_of_cell_content(book, cell).strip())
    }
    for row in sorted({row for row, _ in texts}):
        columns = {text: column for (number, column), text in texts.items() if number == row}
        if set(RECORD_HEADERS) <= columns.keys():
            return max(row for row, _ in texts), {header: columns[header] for header in RECORD_HEADERS}
    return None


def _numbered_rows(sheet_data: Node | None) -> Iterator[tuple[int, Node]]:
    """The rows of a sheet with their numbers."""
    last = 0
    for node in sheet_data.children if sheet_data else ():
        last = int(node.get("r") or last + 1)
        yield last, node
