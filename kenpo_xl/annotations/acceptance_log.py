"""Moves reasons that staff typed beside findings in 指摘 to 確認記録, where no check ever clears them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, replace
from pathlib import Path

from kenpo_xl.annotations.acceptances import ACCEPTED, RECORD_HEADERS, recorded
from kenpo_xl.annotations.findings_sheet import text_of
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.findings.acceptance import Acceptance
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.edit.cell_xml import CellXml
from kenpo_xl.ooxml.edit.package_editor import PackageEditor, SheetEntry
from kenpo_xl.ooxml.edit.sheet_xml import column_styles, read_grid
from kenpo_xl.ooxml.edit.xml_part import Node
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.ooxml.zip_splice import replace_parts


def record(path: Path, acceptances: Iterable[Acceptance], target: Path, *, person: str, day: str) -> None:
    """Copy a workbook to the new file `target` with these acceptances at the end of its 確認記録.

    Every other part is copied as it lies there. KenpoError where the sheet or its headers are gone, or the
    copy does not read as it should.
    """
    new = [replace(one, person=person, day=day) for one in acceptances]
    with Package(path) as package:
        book = PackageEditor(package)
        _append(book, new)
        parts, removed = book.changed_parts()
    replace_parts(path, target, parts, removed)
    if recorded(Workbook(target)) != (*recorded(Workbook(path)), *new):
        raise KenpoError(
            f"{path.name} のシート「{ACCEPTED}」に書き込めません。Excel で保存し直してください。"
        )


def record_place(book: PackageEditor) -> tuple[SheetEntry, int, Mapping[str, int]]:
    """The sheet 確認記録, its last filled row and the column of each header; KenpoError without."""
    entry = next((sheet for sheet in book.sheets() if normalized(sheet.name) == ACCEPTED), None)
    place = _headers(book, entry) if entry else None
    if entry is None or place is None:
        raise KenpoError(
            f"{book.package.path.name} にシート「{ACCEPTED}」かその見出しがないため、"
            "確認済の理由を移せません。シートを元に戻してください。"
        )
    return entry, *place


def record_row(one: Acceptance) -> dict[str, CellXml]:
    """The row of an acceptance, by headers."""
    return {header: CellXml(said) for header, said in zip(RECORD_HEADERS, astuple(one), strict=True)}


def _append(book: PackageEditor, acceptances: Sequence[Acceptance]) -> None:
    entry, last, columns = record_place(book)
    draft = book.editable_part(entry.part)
    root = draft.nodes(3)
    holder = root.child("sheetData")
    rows = list(_numbered(holder))
    free = (number for number in range(last + 1, 1_048_577) if number not in dict(rows))
    looks = column_styles(root)
    for number, acceptance in zip(free, acceptances, strict=False):
        said = record_row(acceptance)
        cells = "".join(
            said[header].xml(a1(number, column), looks.get(column, ""), root.prefix)
            for header, column in sorted(columns.items(), key=lambda pair: pair[1])
        )
        text = f'<{root.prefix}row r="{number}">{cells}</{root.prefix}row>'
        following = next((node for place, node in rows if place > number), None)
        if following is not None:
            draft.insert(following.start, text)
        elif holder is not None:
            draft.append(holder, text)
    draft.apply_edits()


def _headers(book: PackageEditor, entry: SheetEntry) -> tuple[int, Mapping[str, int]] | None:
    """The last filled row and the column of each header, None where the headers are gone."""
    filled = {
        place: words
        for place, cell in sorted(read_grid(book.editable_part(entry.part)).cells.items())
        if (words := text_of(book, cell).strip())
    }
    for row in sorted({row for row, _ in filled}):
        columns = {words: column for (number, column), words in filled.items() if number == row}
        if set(RECORD_HEADERS) <= columns.keys():
            return max(place[0] for place in filled), {header: columns[header] for header in RECORD_HEADERS}
    return None


def _numbered(holder: Node | None) -> Iterator[tuple[int, Node]]:
    last = 0
    for node in holder.children if holder else ():
        last = int(node.get("r") or last + 1)
        yield last, node
