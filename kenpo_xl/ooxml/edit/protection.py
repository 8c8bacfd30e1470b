"""Sheets protected by a user (シートの保護): nothing can be written into them while the book is open."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.edit.package_editor import PackageEditor, SheetEntry
from kenpo_xl.ooxml.package import Package


def raise_if_protected(
    book: PackageEditor, sheets_to_fill: Collection[str], sheets_to_comment: Collection[str] = ()
) -> None:
    """KenpoError where a sheet that is to be filled, or to get comments, is protected against that."""
    names = "、".join(f"「{name}」" for name in _protected_sheets(book, sheets_to_fill, sheets_to_comment))
    if names:
        raise KenpoError(
            f"シート{names}が保護されているため、書き込めません。"
            "「校閲」の「シート保護の解除」で保護を外してから、もう一度押してください。"
        )


def raise_if_file_protected(copy: Path, sheets_to_fill: Collection[str]) -> None:
    """The same for the sheets of a closed book."""
    with Package(copy) as package:
        raise_if_protected(PackageEditor(package), sheets_to_fill)


def _protected_sheets(
    book: PackageEditor, sheets_to_fill: Collection[str], sheets_to_comment: Collection[str]
) -> Iterator[str]:
    for entry in book.sheets():
        if (entry.name in sheets_to_fill and _is_protected(book, entry, "sheet")) or (
            entry.name in sheets_to_comment and _is_protected(book, entry, "sheet", "objects")
        ):
            yield entry.name


def _is_protected(book: PackageEditor, entry: SheetEntry, *aspects: str) -> bool:
    """Whether a sheet is protected in all these respects; notes are objects."""
    found = book.editable_part(entry.part).root_node(2).child("sheetProtection")
    return found is not None and all(found.get(kind) in ("1", "true") for kind in aspects)
