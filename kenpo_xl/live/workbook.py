"""Marks in an open workbook, through xlwings: the rows, notes and colours that a closed one would get.

The changes are computed from a copy of the open state that was just written. Colours come from the
conditional formats of the book.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.annotations.acceptance_log import acceptance_cells_by_header, find_record_sheet
from kenpo_xl.annotations.annotation import Mark
from kenpo_xl.annotations.comments import LEAD, CellComment, text_without_own_comment
from kenpo_xl.books.common.names import NO_RESULT, STAMP_SHEET, STATUS
from kenpo_xl.books.common.save_record import SUBMITTED
from kenpo_xl.domain.cell_edit import CellEdit
from kenpo_xl.domain.cell_reference import a1, cell_position
from kenpo_xl.domain.findings.acceptance import Acceptance
from kenpo_xl.errors import KenpoError
from kenpo_xl.live.annotation_diff import AnnotationDiff, annotation_diff
from kenpo_xl.live.bridge import import_xlwings
from kenpo_xl.live.cell_states import state_after_edit, state_in_file, write_state
from kenpo_xl.live.cells import Undo, undo_on_failure
from kenpo_xl.live.lists import ListRows, clear_rows, fit_row_heights, write_rows
from kenpo_xl.ooxml.edit.cell_xml import CellXml
from kenpo_xl.ooxml.edit.package_editor import PackageEditor
from kenpo_xl.ooxml.edit.protection import raise_if_protected
from kenpo_xl.ooxml.workbook import Workbook

if TYPE_CHECKING:
    import xlwings

    OpenBook = xlwings.Book

SAVE_COPY, LOCK_SHEETS = "KenpoButtons.SaveCopy", "KenpoButtons.LockSheets"


def saved_path(book: OpenBook) -> Path:
    """The path of the open book; KenpoError for one that was never saved, or was opened from the web."""
    try:
        place = book.fullname
    except import_xlwings().XlwingsError as error:  # it finds no file on this PC for the address
        raise _web_book_error(book) from error
    if "://" in place:
        raise _web_book_error(book)
    if not Path(place).is_file():
        raise KenpoError(f"{book.name} はまだ保存されていません。保存してから、もう一度押してください。")
    return Path(place)


def _web_book_error(book: OpenBook) -> KenpoError:
    return KenpoError(
        f"{book.name} は Web 上（OneDrive や SharePoint）から開かれています。"
        "エクスプローラーで、OneDrive が同期しているフォルダーか、PC やネットワークのフォルダーから開いて、"
        "もう一度押してください。"
    )


@contextmanager
def temporary_copy(book: OpenBook) -> Iterator[Path]:
    """A temporary file with the open state of a book, saved or not; the open book is not changed.

    KenpoError where the book's own macro, which writes it, fails.
    """
    # A virus scanner may hold the file longer than we need it.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield _saved_copy(book, Path(folder))


def _saved_copy(book: OpenBook, folder: Path) -> Path:
    copy = folder / saved_path(book).name
    failure: Exception | None = None
    try:
        _macro_of_book(book, SAVE_COPY)(str(copy))
    except Exception as error:  # whatever the application raises
        failure = error
    if failure or not copy.is_file():
        raise KenpoError(
            f"{book.name} のいまの内容を読み取れませんでした。"
            "上書き保存し、ブックを開き直してから、もう一度押してください。"
        ) from failure
    return copy


def _macro_of_book(book: OpenBook, name: str) -> xlwings.main.Macro:
    """A macro of a book; an apostrophe in the book's name is doubled, as in formulas."""
    quoted = book.name.replace("'", "''")
    return book.app.macro(f"'{quoted}'!{name}")


def save_book(book: OpenBook) -> None:
    """Save an open book at its path, its locked sheets protected; KenpoError where that fails.

    That a button is at work is not saved: who opens the book later would wait for it.
    """
    try:
        if STATUS in book.names:
            book.names[STATUS].refers_to_range.value = NO_RESULT
        with _sheets_kept_protected(book), book.app.properties(display_alerts=False):
            book.save()
    except Exception as error:  # whatever the application raises
        raise KenpoError(
            f"{book.name} を保存できませんでした。読み取り専用で開いていないか、保存する場所に空きがあるかを"
            "確かめて、もう一度押してください。"
        ) from error


@contextmanager
def _sheets_kept_protected(book: OpenBook) -> Iterator[None]:
    """Protects, by the book's own macro, the sheets that it had unlocked; unlocks them afterwards."""
    lock = _macro_of_book(book, LOCK_SHEETS)
    lock(True)
    try:
        yield
    finally:
        lock(False)


def set_marks_of_open_book(
    book: OpenBook,
    state: Workbook,
    marks: Iterable[Mark],
    *,
    person: str,
    day: str,
    acceptances: Iterable[Acceptance] = (),
) -> None:
    """Give an open book, whose state is `state`, exactly these marks.

    The reasons in `acceptances` go to 確認記録 as of `day` and by `person`. A cell with a note of the user
    gets none. On failure all changes are undone.
    KenpoError where 指摘 or 確認記録 is missing, or a sheet to write to is protected.
    """
    new = [replace(one, person=person, day=day) for one in acceptances]
    recorded, wanted = _planned_changes(state, marks, new)
    with undo_on_failure() as undo:
        if recorded:
            write_rows(book, recorded, undo)
        _apply_diff(book, wanted, undo)


def fill_empty_cells(book: OpenBook, state: Workbook, edits: Sequence[CellEdit]) -> None:
    """Write into empty cells of an open book with the state `state`; on no protected sheet."""
    with undo_on_failure() as undo:
        for edit in edits:
            if b"sheetProtection" not in state.package.read(state.sheets[edit.sheet].part):
                cell = book.sheets[edit.sheet].range(edit.cell)
                before = state_in_file(state, edit.sheet, cell_position(edit.cell))
                undo(cell.clear_contents)
                write_state(cell, state_after_edit(state, edit, before), before)


def record_submission_time(book: OpenBook, state: Workbook, time: datetime) -> None:
    """Record the time of submission in the stamp sheet of an open book with the state `state`."""
    sheet = state.sheets.get(STAMP_SHEET)
    if sheet is None:
        return
    row = next((row for row in sheet.non_empty_rows() if sheet.text(row, 1) == SUBMITTED), sheet.last_row + 1)
    words = {"key": CellXml(SUBMITTED), "time": CellXml(time.isoformat(timespec="seconds"))}
    with undo_on_failure() as undo:
        write_rows(book, ListRows(sheet.name, {"key": 1, "time": 2}, {row: words}), undo)


def _planned_changes(
    state: Workbook, marks: Iterable[Mark], acceptances: Collection[Acceptance]
) -> tuple[ListRows | None, AnnotationDiff]:
    try:
        file = PackageEditor(state.package.with_parts({}))
        recorded, wanted = (
            _new_acceptance_log_rows(file, acceptances) if acceptances else None,
            annotation_diff(file, marks),
        )
        raise_if_protected(file, _written_sheet_names(recorded, wanted), {*wanted.noted, *wanted.notes})
    except ValueError as error:
        raise KenpoError(
            f"{state.path.name} の中身が壊れているため印を付けられません。Excel で保存し直してください。"
        ) from error
    return recorded, wanted


def _written_sheet_names(log_rows: ListRows | None, diff: AnnotationDiff) -> set[str]:
    """The names of the sheets whose cells are written."""
    return {rows.sheet for rows in (log_rows, *diff.old, diff.new) if rows and rows.rows}


def _new_acceptance_log_rows(state: PackageEditor, acceptances: Iterable[Acceptance]) -> ListRows:
    """The rows of acceptances below the last one of 確認記録."""
    sheet = find_record_sheet(state)
    rows = enumerate(map(acceptance_cells_by_header, acceptances), start=sheet.last_row + 1)
    return ListRows(sheet.entry.name, sheet.columns, dict(rows))


def _apply_diff(book: OpenBook, diff: AnnotationDiff, undo: Undo) -> None:
    lists = (*diff.old, *filter(None, (diff.new,)))
    undo(fit_row_heights, book, lists)
    for rows in diff.old:
        clear_rows(book, rows, undo)
    for sheet, places in diff.noted.items():
        for place in places:
            _remove_program_note(book.sheets[sheet].range(a1(*place)), diff.known, undo)
    if diff.new:
        write_rows(book, diff.new, undo)
    fit_row_heights(book, lists)
    for sheet, notes in diff.notes.items():
        for note in notes:
            _add_note(book.sheets[sheet], note, undo)


def _remove_program_note(cell: xlwings.Range, program_texts: Collection[str], undo: Undo) -> None:
    """Remove the program's text from a note, and the note where nothing else is left of it."""
    text = cell.note.text if cell.note else ""
    left = text_without_own_comment(text, program_texts)
    if left == text:
        return
    undo(_set_note_text, cell, text)
    _set_note_text(cell, left if left.strip() else "")


def _set_note_text(cell: xlwings.Range, text: str) -> None:
    """Set the text of the note of a cell; an empty text deletes the note."""
    note = cell.note
    if note is None and text:
        cell.add_note(text)
    elif note is not None and text:
        note.text = text
    elif note is not None:
        note.delete()


def _add_note(sheet: xlwings.Sheet, note: CellComment, undo: Undo) -> None:
    """Add a note to a cell, as large as its text: Excel draws every acceptances one small."""
    cell = sheet.range(a1(*note.position))
    shapes = len(sheet.shapes)
    undo(_set_note_text, cell, "")
    cell.add_note(f"{LEAD}\n{note.text}")
    if len(sheet.shapes) > shapes:
        shape = sheet.shapes[-1]
        shape.width, shape.height = note.box.width, note.box.height
