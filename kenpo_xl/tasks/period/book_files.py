"""Which files of a folder are books of groups: by name, else by content."""

from __future__ import annotations

import re
from pathlib import Path

from kenpo_xl.domain.file_names import is_named_as_copy
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.ooxml.file_extension import file_extension

BOOKS = (".xlsx", ".xlsm")

# Files that systems and this program create in a folder.
_SYSTEM = LazyPattern(
    r"\.(?!~lock\.|.+\.icloud$).*|Thumbs\.db|ehthumbs.*\.db|desktop\.ini|Icon\r|.*\.bak"
    r"|.*:Zone\.Identifier.*",
    re.IGNORECASE,
)
_TEMPORARY = LazyPattern(
    r"~.*|\.~.*|.*~|.*\.(tmp|crdownload|partial|part|download|opdownload)|[0-9A-F]{8}", re.IGNORECASE
)
_REJECTED = LazyPattern(r".*\.(old|orig|backup)", re.IGNORECASE)


def is_book(path: Path) -> bool:
    """Whether a file is a book; with another extension, whether it contains a workbook."""
    if (
        path.name.startswith(("~$", "."))
        or is_named_as_copy_of_another(path)
        or not (is_name_encodable(path) and path.is_file())
    ):
        return False
    if path.suffix.lower() in BOOKS:
        return True
    no_book = is_system_file(path) or is_temporary_file(path) or is_named_as_discarded(path)
    return not no_book and bool(file_extension(path))


def is_system_file(path: Path) -> bool:
    """Whether a file was created by the operating system or by this program."""
    return bool(_SYSTEM.fullmatch(path.name))


def is_temporary_file(path: Path) -> bool:
    """Whether a file is a temporary one of an application."""
    return bool(_TEMPORARY.fullmatch(path.name))


def is_named_as_discarded(path: Path) -> bool:
    """Whether a file is named as no longer used (….old)."""
    return bool(_REJECTED.fullmatch(path.name))


def is_name_encodable(path: Path) -> bool:
    """Whether a path can be encoded as UTF-8; on Linux a name in another encoding cannot."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def is_named_as_copy_of_another(path: Path) -> bool:
    """Whether a file is named as a copy beside its original (… - コピー)."""
    return is_named_as_copy(path.stem)


def extension_of_books(plan: Plan) -> str:
    """The extension of the books that are made for a plan: without buttons they hold no macro."""
    return ".xlsm" if plan.has_buttons else ".xlsx"
