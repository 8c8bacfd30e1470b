"""The rows and notes to remove from a book and to add, so that it has exactly the given marks.

Read from a file, applied to the same book while it is open.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from kenpo_xl.annotations import comments, findings_sheet
from kenpo_xl.annotations.annotation import Mark
from kenpo_xl.annotations.comments import CellComment
from kenpo_xl.annotations.findings_sheet import (
    HIDDEN,
    KEY,
    NAME,
    PLACE,
    REPAIR,
    VALUE,
    VISIBLE,
    FindingsSheet,
)
from kenpo_xl.annotations.kept_reasons import marks_with_reasons
from kenpo_xl.annotations.placement import Placement
from kenpo_xl.annotations.remove import (
    own_comment_texts,
    remove_comments_of_rows,
    template_and_added_sheet,
)
from kenpo_xl.domain.cell_reference import CellPosition
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.errors import KenpoError
from kenpo_xl.live.lists import ListRows
from kenpo_xl.ooxml.edit.cell_xml import CellXml
from kenpo_xl.ooxml.edit.package_editor import PackageEditor

# The columns of 指摘 that hold formulas; all others hold texts only.
MIXED = (PLACE, KEY, VALUE)


@frozen
class AnnotationDiff:
    """The rows to remove and to add, and the notes by sheet.

    `noted` are cells whose note contains text of the program, `known` those texts.
    """

    old: tuple[ListRows, ...]
    new: ListRows | None
    noted: Mapping[str, Collection[CellPosition]]
    known: Collection[str]
    notes: Mapping[str, Collection[CellComment]]


def annotation_diff(book: PackageEditor, marks: Iterable[Mark]) -> AnnotationDiff:
    """The changes that give a book these marks; a cell with a note of the user gets none.

    The book in memory has none of our comments afterwards. KenpoError where there are marks and no
    sheet 指摘.
    """
    own, added = template_and_added_sheet(book)
    sheets = list(filter(None, (own, added)))
    noted = _cells_with_program_notes(book)
    old = tuple(_findings_rows(sheet, {row.number: {} for row in sheet.finding_rows}) for sheet in sheets)
    numbers = _free_row_numbers(sheets[0]) if sheets else None
    rows = [row for sheet in sheets for row in sheet.finding_rows]
    remove_comments_of_rows(book, rows)
    sketch = Placement(book, marks_with_reasons(marks, rows), own, keep_notes=True)
    if sketch.marks and numbers is None:
        raise KenpoError(
            f"{book.package.path.name} にシート「{NAME}」がないため、印を付けられません。"
            "ブックを保存して閉じ、kenpo-xl flag を実行すると、シートが戻ります。"
        )
    new = dict(zip(numbers or (), sketch.finding_rows(), strict=False))
    return AnnotationDiff(
        old=old,
        new=replace(old[0], rows=new) if new else None,
        noted=noted,
        known=own_comment_texts(rows),
        notes={sheet: sketch.own_comments(sheet) for sheet in sketch.cells},
    )


def _cells_with_program_notes(book: PackageEditor) -> dict[str, set[CellPosition]]:
    """The cells whose note contains text of the program, by worksheet."""
    worksheets = [entry for entry in book.sheets() if entry.kind == "worksheet"]
    noted = {entry.name: comments.cells_with_comment(book, entry, comments.LEAD) for entry in worksheets}
    return {sheet: places for sheet, places in noted.items() if places}


def _findings_rows(sheet: FindingsSheet, rows: Mapping[int, Mapping[str, CellXml]]) -> ListRows:
    known = sheet.column_by_header
    columns = {header: known[header] for header in (*VISIBLE, *HIDDEN, REPAIR) if header in known}
    return ListRows(sheet.entry.name, columns, rows, mixed=MIXED)


def _free_row_numbers(sheet: FindingsSheet) -> Iterator[int]:
    """The rows below the headers, except those in which staff wrote."""
    taken = sheet.rows_used_by_staff
    return (number for number in range(sheet.first, findings_sheet.LAST_ROW + 1) if number not in taken)
