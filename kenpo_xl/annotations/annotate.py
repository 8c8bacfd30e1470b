"""Marks in the cells of a closed workbook (指摘の印): a highlight, a comment, a row in the sheet 指摘.

Works on any .xlsx or .xlsm. Content of users is not altered: every other part is copied byte by byte. Books
of our template contain the sheet 指摘 and the conditional formats; they are added to any other book.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kenpo_xl.annotations import findings_sheet, undo_log, write
from kenpo_xl.annotations.annotation import AcceptedReason, Mark
from kenpo_xl.annotations.findings_sheet import FindingsSheet
from kenpo_xl.annotations.kept_reasons import marks_with_reasons, typed_reasons_in_rows
from kenpo_xl.annotations.remove import remove_marks_and_return_rows, template_and_added_sheet
from kenpo_xl.annotations.verify import verify_marked_copy
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.edit.package_editor import PackageEditor
from kenpo_xl.ooxml.edit.xml_part import edit_error
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.sheet_titles import naming_sheets_in_errors
from kenpo_xl.ooxml.zip_splice import replace_parts

__all__ = [
    "AcceptedReason",
    "Mark",
    "is_unchanged_since_marked",
    "read_reasons",
    "verify_marked_copy",
    "write_marked_copy",
    "write_unmarked_copy",
]


def write_marked_copy(path: Path, marks: Iterable[Mark], target: Path) -> None:
    """Copy the workbook `path` to the new file `target`, with these marks in place of earlier ones.

    A typed reason is kept while the value of its finding is the same. The same marks give the same bytes.
    The copy is read again and compared. Raises KenpoError if the book cannot be marked.
    """
    with naming_sheets_in_errors(path):
        _write_marked_copy(path, list(marks), target)


def _write_marked_copy(path: Path, wanted: list[Mark], target: Path) -> None:
    with Package(path) as package:
        try:
            book = PackageEditor(package)
            rows = remove_marks_and_return_rows(book, *template_and_added_sheet(book))
            wanted = marks_with_reasons(wanted, rows)
            before = undo_log.start_undo_log(book)
            if wanted:
                write.write_marks(book, wanted, before)
            parts, removed = book.changed_and_removed_parts()
        except ValueError as error:
            raise edit_error(path.name, error) from error
    replace_parts(path, target, parts, removed)
    verify_marked_copy(path, target, wanted)


def write_unmarked_copy(path: Path, target: Path) -> None:
    """Copy the workbook `path` to the new file `target` without marks.

    Later edits by users are kept. Raises KenpoError as `write_marked_copy` does.
    """
    write_marked_copy(path, (), target)


def is_unchanged_since_marked(path: Path) -> bool:
    """Whether a book contains marks and was not saved since; False for one that cannot be read."""
    try:
        with Package(path) as package:
            sheets = [sheet for sheet in template_and_added_sheet(PackageEditor(package)) if sheet]
            return any(
                undo_log.is_unchanged_since_log(package, _stored_undo_log_text(sheet), sheet.entry.part)
                for sheet in sheets
            )
    except (KenpoError, OSError, ValueError):
        return False


def _stored_undo_log_text(sheet: FindingsSheet) -> str:
    return "".join(row.words.get(findings_sheet.UNDO, "") for row in sheet.finding_rows)


def read_reasons(path: Path) -> tuple[AcceptedReason, ...]:
    """What staff typed as 確認済の理由 into 指摘, in its order."""
    with Package(path) as package:
        found = [sheet for sheet in template_and_added_sheet(PackageEditor(package)) if sheet]
        return tuple(typed_reasons_in_rows([row for sheet in found for row in sheet.finding_rows]))
