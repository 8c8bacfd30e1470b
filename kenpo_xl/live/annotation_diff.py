"""What is to go from a book and what is to come, so that it bears these marks and no other of ours.

Read from a file; for doing it in the same book while it is open.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from kenpo_xl.annotations import comments, findings_sheet
from kenpo_xl.annotations.annotate import marks_with_reasons
from kenpo_xl.annotations.annotation import Mark
from kenpo_xl.annotations.comments import Note
from kenpo_xl.annotations.findings_sheet import HIDDEN, KEY, NAME, PLACE, VALUE, VISIBLE, FindingsSheet
from kenpo_xl.annotations.placement import Placement
from kenpo_xl.annotations.remove import (
    own_comment_texts,
    remove_marks_and_return_rows,
    template_and_added_sheet,
)
from kenpo_xl.domain.cell_reference import CellPosition
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.errors import KenpoError
from kenpo_xl.live.lists import Rows
from kenpo_xl.ooxml.edit.cell_xml import CellXml
from kenpo_xl.ooxml.edit.package_editor import PackageEditor

# The columns of 指摘 that hold formulas; all others hold texts only.
MIXED = (PLACE, KEY, VALUE)


@frozen
class AnnotationDiff:
    """The rows that go and those that come, and the notes by sheet.

    `noted` are cells whose note holds words of ours, `known` our texts as `notes.take_out` wants them.
    """

    old: tuple[Rows, ...]
    new: Rows | None
    noted: Mapping[str, Collection[CellPosition]]
    known: Collection[str]
    notes: Mapping[str, Collection[Note]]


def change(book: PackageEditor, marks: Iterable[Mark]) -> AnnotationDiff:
    """What makes a book bear these marks; a cell with a note of the staff's own gets none of ours.

    The book, as it is held in memory, is clean of our marks afterwards. KenpoError where there are marks and
    no sheet 指摘.
    """
    sheets = list(filter(None, template_and_added_sheet(book)))
    noted = _noted_cells(book)
    old = tuple(_rows(sheet, {row.number: {} for row in sheet.rows}) for sheet in sheets)
    numbers = _free(sheets[0]) if sheets else None
    rows = remove_marks_and_return_rows(book)
    sketch = Placement(book, marks_with_reasons(marks, rows), keep_notes=True)
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


def _noted_cells(book: PackageEditor) -> dict[str, set[CellPosition]]:
    """The cells whose note holds words of ours, by worksheet."""
    worksheets = [entry for entry in book.sheets() if entry.kind == "worksheet"]
    noted = {entry.name: comments.cells_with_comment(book, entry, comments.LEAD) for entry in worksheets}
    return {sheet: places for sheet, places in noted.items() if places}


def _rows(sheet: FindingsSheet, rows: Mapping[int, Mapping[str, CellXml]]) -> Rows:
    columns = {header: sheet.columns[header] for header in (*VISIBLE, *HIDDEN)}
    return Rows(sheet.entry.name, columns, rows, mixed=MIXED)


def _free(sheet: FindingsSheet) -> Iterator[int]:
    """The rows below the headers, but for those in which staff wrote."""
    taken = sheet.rows_used_by_staff
    return (number for number in range(sheet.first, findings_sheet.LAST_ROW + 1) if number not in taken)
