"""Marks in an open workbook, through xlwings: the rows, notes and colours that a closed one would get.

What is to be done is worked out from a copy of the open state that was just written. Colours come by the
conditional formats that the book brings along.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.annotations.acceptance_log import acceptance_cells_by_header, find_record_sheet
from kenpo_xl.annotations.annotation import Mark
from kenpo_xl.annotations.comments import LEAD, Note, text_without_own_comment
from kenpo_xl.books.common.names import STAMP_SHEET
from kenpo_xl.books.common.save_record import SUBMITTED
from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.domain.findings.acceptance import Acceptance
from kenpo_xl.errors import KenpoError
from kenpo_xl.live.annotation_diff import AnnotationDiff, change
from kenpo_xl.live.bridge import import_xlwings
from kenpo_xl.live.cells import Undo, all_or_nothing
from kenpo_xl.live.lists import Rows, clear_rows, fit_rows, write_rows
from kenpo_xl.ooxml.edit.cell_xml import CellXml
from kenpo_xl.ooxml.edit.package_editor import PackageEditor
from kenpo_xl.ooxml.edit.protection import refuse_protected
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.workbook import Workbook

if TYPE_CHECKING:
    import xlwings

    OpenBook = xlwings.Book

SAVE_COPY, LOCK_SHEETS = "KenpoButtons.SaveCopy", "KenpoButtons.LockSheets"


def path_of(book: OpenBook) -> Path:
    """Where the open book is kept; KenpoError for one that was never saved, or stands in the web."""
    try:
        place = book.fullname
    except import_xlwings().XlwingsError as error:  # it finds no file on this PC for the address
        raise _in_the_web(book) from error
    if "://" in place:
        raise _in_the_web(book)
    if not Path(place).is_file():
        raise KenpoError(f"{book.name} はまだ保存されていません。保存してから、もう一度押してください。")
    return Path(place)


def _in_the_web(book: OpenBook) -> KenpoError:
    return KenpoError(
        f"{book.name} は Web 上（OneDrive や SharePoint）から開かれています。"
        "PC かネットワークのフォルダーに写し、それを開いてから、もう一度押してください。"
    )


@contextmanager
def copied(book: OpenBook) -> Iterator[Path]:
    """A file that holds the open state of a book, saved or not, for a while; the open book stays what it is.

    KenpoError where the book's own macro, which writes it, does not.
    """
    # A virus scanner may hold the file longer than we need it.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield _copy_in(book, Path(folder))


def _copy_in(book: OpenBook, folder: Path) -> Path:
    copy = folder / path_of(book).name
    failure: Exception | None = None
    try:
        book.macro(SAVE_COPY)(str(copy))
    except Exception as error:  # whatever the application raises
        failure = error
    if failure or not copy.is_file():
        raise KenpoError(
            f"{book.name} のいまの内容を読み取れませんでした。"
            "上書き保存し、ブックを開き直してから、もう一度押してください。"
        ) from failure
    return copy


def save(book: OpenBook) -> None:
    """Save an open book where it is kept, its sheets protected where they are to be; KenpoError where not."""
    try:
        with _protected(book), book.app.properties(display_alerts=False):
            book.save()
    except Exception as error:  # whatever the application raises
        raise KenpoError(
            f"{book.name} を保存できませんでした。読み取り専用で開いていないか、保存する場所に空きがあるかを"
            "確かめて、もう一度押してください。"
        ) from error


@contextmanager
def _protected(book: OpenBook) -> Iterator[None]:
    """The book's own macro, which opened its protected sheets for us, keeps them protected meanwhile."""
    lock = book.macro(LOCK_SHEETS)
    lock(True)
    try:
        yield
    finally:
        lock(False)


def mark_open(
    book: OpenBook,
    copy: Path,
    marks: Iterable[Mark],
    *,
    person: str,
    day: str,
    accepted: Iterable[Acceptance] = (),
) -> None:
    """Let an open book, whose state is that of `copy`, bear these marks and no other of ours.

    The reasons in `accepted` go to 確認記録 as of `day` and by `person`. A cell with a note of the staff's
    gets none of ours. All is done or, where something fails, undone.
    KenpoError where there is no 指摘 to write to or no 確認記録, or a sheet to write to is protected.
    """
    new = [replace(one, person=person, day=day) for one in accepted]
    recorded, wanted = _worked_out(copy, marks, new)
    with all_or_nothing() as undo:
        if recorded:
            write_rows(book, recorded, undo)
        _do(book, wanted, undo)


def record_submission(book: OpenBook, copy: Path, time: datetime) -> None:
    """Record the time of submission in the stamp sheet of an open book, whose state is that of `copy`."""
    sheet = Workbook(copy).sheets.get(STAMP_SHEET)
    if sheet is None:
        return
    row = next((row for row in sheet.non_empty_rows() if sheet.text(row, 1) == SUBMITTED), sheet.last_row + 1)
    words = {"key": CellXml(SUBMITTED), "time": CellXml(time.isoformat(timespec="seconds"))}
    with all_or_nothing() as undo:
        write_rows(book, Rows(sheet.name, {"key": 1, "time": 2}, {row: words}), undo)


def _worked_out(
    copy: Path, marks: Iterable[Mark], new: Collection[Acceptance]
) -> tuple[Rows | None, AnnotationDiff]:
    with Package(copy) as package:
        try:
            state = PackageEditor(package)
            recorded, wanted = _recorded(state, new) if new else None, change(state, marks)
            refuse_protected(state, _filled(recorded, wanted), {*wanted.noted, *wanted.notes})
        except ValueError as error:
            raise KenpoError(
                f"{copy.name} の中身が壊れているため印を付けられません。Excel で保存し直してください。"
            ) from error
        return recorded, wanted


def _filled(recorded: Rows | None, wanted: AnnotationDiff) -> set[str]:
    """The sheets whose cells are to be written to."""
    return {rows.sheet for rows in (recorded, *wanted.old, wanted.new) if rows and rows.rows}


def _recorded(state: PackageEditor, new: Iterable[Acceptance]) -> Rows:
    """The rows of acceptances below the last one of 確認記録."""
    sheet = find_record_sheet(state)
    rows = enumerate(map(acceptance_cells_by_header, new), start=sheet.last_row + 1)
    return Rows(sheet.entry.name, sheet.columns, dict(rows))


def _do(book: OpenBook, wanted: AnnotationDiff, undo: Undo) -> None:
    lists = (*wanted.old, *filter(None, (wanted.new,)))
    undo(fit_rows, book, lists)
    for rows in wanted.old:
        clear_rows(book, rows, undo)
    for sheet, places in wanted.noted.items():
        for place in places:
            _take_out(book.sheets[sheet].range(a1(*place)), wanted.known, undo)
    if wanted.new:
        write_rows(book, wanted.new, undo)
    fit_rows(book, lists)
    for sheet, notes in wanted.notes.items():
        for note in notes:
            _add(book.sheets[sheet], note, undo)


def _take_out(cell: xlwings.Range, known: Collection[str], undo: Undo) -> None:
    """Take our words out of a note, and the note out where nothing else is left of it."""
    text = cell.note.text if cell.note else ""
    left = text_without_own_comment(text, known)
    if left == text:
        return
    undo(_say, cell, text)
    _say(cell, left if left.strip() else "")


def _say(cell: xlwings.Range, text: str) -> None:
    """Let the note of a cell say this; no text, no note."""
    note = cell.note
    if note is None and text:
        cell.add_note(text)
    elif note is not None and text:
        note.text = text
    elif note is not None:
        note.delete()


def _add(sheet: xlwings.Sheet, note: Note, undo: Undo) -> None:
    """Put our note into a cell, as large as its text needs it: Excel draws every new one small."""
    cell = sheet.range(a1(*note.position))
    shapes = len(sheet.shapes)
    undo(_say, cell, "")
    cell.add_note(f"{LEAD}\n{note.text}")
    if len(sheet.shapes) > shapes:
        shape = sheet.shapes[-1]
        shape.width, shape.height = note.box.width, note.box.height
