"""Whether an output file is damaged: no spreadsheet program can have saved it like this."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Collection
from io import BytesIO
from pathlib import Path

from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.file_type import MAX_FILE_BYTES
from kenpo_xl.ooxml.package import MAX_BYTES, Package
from kenpo_xl.ooxml.parts import relations_by_id

_ZIP = b"PK\3\4"
# Books with a password and of the old format: made by a user, though they cannot be read here.
_OLE2 = bytes.fromhex("D0CF11E0A1B11AE1")
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
_CHUNK = 64 * 1024
_MAIN, _SHEETS = ("officeDocument",), ("worksheet", "chartsheet", "dialogsheet", "xlMacrosheet")
_PDF, _PDF_END = b"%PDF", b"%%EOF"
_END_WITHIN = 1024


def is_damaged(path: Path) -> bool:
    """Whether a workbook is empty, cut off or has lost parts; a foreign or unreadable file is not damaged."""
    content = _file_content(path)
    if content is None or content.startswith(_OLE2):
        return False
    return not content.startswith(_ZIP) or not _has_intact_members(content) or not _has_all_sheets(path)


def is_damaged_pdf(path: Path) -> bool:
    """Whether a PDF is empty, has no beginning or no end."""
    content = _file_content(path)
    return content is not None and not (content.startswith(_PDF) and _PDF_END in content[-_END_WITHIN:])


def _file_content(path: Path) -> bytes | None:
    """The bytes of a file, None where they cannot be read or are too many."""
    try:
        if not path.is_file() or path.stat().st_size > MAX_FILE_BYTES:
            return None
        return path.read_bytes()
    except OSError:
        return None


def _has_intact_members(content: bytes) -> bool:
    """Whether the checksums of all members of a zip match, up to the limit of inflated bytes."""
    inflated = 0
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for info in archive.infolist():
                with archive.open(info) as stream:
                    while chunk := stream.read(_CHUNK):
                        inflated += len(chunk)
                        if inflated > MAX_BYTES:
                            return True
    except _DAMAGE:
        return False
    return True


def _has_all_sheets(path: Path) -> bool:
    """Whether a workbook package has its main part and all sheets; True for any other zip."""
    try:
        with Package(path) as package:
            if not any(name.startswith("xl/") for name in package):
                return True
            main = _related_parts(package, "", _MAIN)
            sheets = [target for part in main for target in _related_parts(package, part, _SHEETS)]
            return bool(sheets) and all(part in package for part in (*main, *sheets))
    except KenpoError:
        return False


def _related_parts(package: Package, part: str, kinds: Collection[str]) -> list[str]:
    return [target for kind, target in relations_by_id(package, part).values() if kind in kinds]
