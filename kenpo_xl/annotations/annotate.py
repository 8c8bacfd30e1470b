"""Marks in the cells of a closed workbook (指摘の印): colour and note in the cell, a row in the sheet 指摘.

Works on any .xlsx or .xlsm. Nothing of the staff's is altered: every part that is not ours is copied as it
lies there. A book of our template brings the sheet 指摘 and the colours along; to any other we bring them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from kenpo_xl.annotations import findings_sheet, undo_log, write
from kenpo_xl.annotations.annotation import AcceptedReason, Mark
from kenpo_xl.annotations.findings_sheet import FindingRow, FindingsSheet
from kenpo_xl.annotations.remove import cleaned, sheets_of_ours
from kenpo_xl.annotations.verify import verify
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.edit.package_editor import PackageEditor
from kenpo_xl.ooxml.edit.xml_part import edit_error
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.sheet_titles import sheet_names_in_errors
from kenpo_xl.ooxml.zip_splice import replace_parts

__all__ = ["AcceptedReason", "Mark", "is_as_marked", "mark", "reasons", "unmark", "verify"]


def mark(path: Path, marks: Iterable[Mark], target: Path) -> None:
    """Copy the workbook `path` to the new file `target`, which bears these marks and no other of ours.

    Reasons that staff typed beside a finding stay while its value does. The same marks give the same bytes.
    The copy is read again and compared; KenpoError with one sentence where the book cannot be marked.
    """
    with sheet_names_in_errors(path):
        _mark(path, list(marks), target)


def _mark(path: Path, wanted: list[Mark], target: Path) -> None:
    with Package(path) as package:
        try:
            book = PackageEditor(package)
            wanted = with_reasons(wanted, cleaned(book))
            before = undo_log.begin(book)
            if wanted:
                write.put(book, wanted, before)
            parts, removed = book.changed_parts()
        except ValueError as error:
            raise edit_error(path.name, error) from error
    replace_parts(path, target, parts, removed)
    verify(path, target, wanted)


def unmark(path: Path, target: Path) -> None:
    """Copy the workbook `path` to the new file `target` without our marks.

    What staff typed since stays. KenpoError as for `mark`.
    """
    mark(path, (), target)


def is_as_marked(path: Path) -> bool:
    """Whether a book bears marks of ours and nobody saved it since; one that cannot be read does not."""
    try:
        with Package(path) as package:
            sheets = [sheet for sheet in sheets_of_ours(PackageEditor(package)) if sheet]
            return any(undo_log.is_as_left(package, _undoing(sheet), sheet.entry.part) for sheet in sheets)
    except (KenpoError, OSError, ValueError):
        return False


def _undoing(sheet: FindingsSheet) -> str:
    return "".join(row.words.get(findings_sheet.UNDO, "") for row in sheet.rows)


def reasons(path: Path) -> tuple[AcceptedReason, ...]:
    """What staff typed as 確認済の理由 into 指摘, in its order."""
    with Package(path) as package:
        found = [sheet for sheet in sheets_of_ours(PackageEditor(package)) if sheet]
        return tuple(_reasons([row for sheet in found for row in sheet.rows]))


def _reasons(rows: Sequence[FindingRow]) -> list[AcceptedReason]:
    headers = (findings_sheet.CODE, findings_sheet.IDENTITY, findings_sheet.ACTUAL, findings_sheet.REASON)
    found = [AcceptedReason(*(row.words.get(header, "").strip() for header in headers)) for row in rows]
    return [reason for reason in found if reason.text]


def with_reasons(marks: Iterable[Mark], rows: Sequence[FindingRow]) -> list[Mark]:
    """The marks with the reasons that staff typed beside them into the rows that 指摘 had."""
    kept = _reasons(rows)
    return [_with_reason(one, kept) for one in marks]


def _with_reason(one: Mark, kept: Sequence[AcceptedReason]) -> Mark:
    """The mark with the reason that staff gave for this very value, unless the caller brings one."""
    key = (one.code, one.identity, one.actual.strip())
    found = (reason.text for reason in kept if (reason.code, reason.identity, reason.actual) == key)
    return one if one.reason else replace(one, reason=next(found, ""))
