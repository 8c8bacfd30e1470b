"""Sheets that somebody protected (シートの保護): nothing can be written into them while the book is open."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.edit.package_editor import PackageEditor, SheetEntry
from kenpo_xl.ooxml.package import Package


def refuse_protected(book: PackageEditor, filled: Collection[str], noted: Collection[str] = ()) -> None:
    """KenpoError where a sheet that is to be filled, or to bear notes, is protected against that."""
    names = "、".join(f"「{name}」" for name in _protected_sheets(book, filled, noted))
    if names:
        raise KenpoError(
            f"シート{names}が保護されているため、書き込めません。"
            "「校閲」の「シート保護の解除」で保護を外してから、もう一度押してください。"
        )


def refuse_protected_in(copy: Path, filled: Collection[str]) -> None:
    """The same for the sheets of a closed book."""
    with Package(copy) as package:
        refuse_protected(PackageEditor(package), filled)


def _protected_sheets(book: PackageEditor, filled: Collection[str], noted: Collection[str]) -> Iterator[str]:
    for entry in book.sheets():
        if (entry.name in filled and _is_locked(book, entry, "sheet")) or (
            entry.name in noted and _is_locked(book, entry, "sheet", "objects")
        ):
            yield entry.name


def _is_locked(book: PackageEditor, entry: SheetEntry, *kinds: str) -> bool:
    """Whether a sheet is protected in all these respects; notes are objects."""
    found = book.editable_part(entry.part).nodes(2).child("sheetProtection")
    return found is not None and all(found.get(kind) in ("1", "true") for kind in kinds)
