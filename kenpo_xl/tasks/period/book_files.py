"""Which files of a folder are books that groups type into: by name, else by content."""

from __future__ import annotations

import re
from pathlib import Path

from kenpo_xl.domain.file_names import is_named_as_copy
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.ooxml.file_extension import file_extension

BOOKS = (".xlsx", ".xlsm")
# What systems and this program put into a folder on their own account.
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
    """Whether a file is a book; one with another ending is where it holds a workbook."""
    if path.name.startswith(("~$", ".")) or is_copy(path) or not (is_legible(path) and path.is_file()):
        return False
    if path.suffix.lower() in BOOKS:
        return True
    no_book = is_system_file(path) or is_temporary(path) or is_rejected(path)
    return not no_book and bool(file_extension(path))


def is_system_file(path: Path) -> bool:
    """Whether a system, or this program, put a file there on its own account."""
    return bool(_SYSTEM.fullmatch(path.name))


def is_temporary(path: Path) -> bool:
    """Whether a file is one that an application removes when it is done."""
    return bool(_TEMPORARY.fullmatch(path.name))


def is_rejected(path: Path) -> bool:
    """Whether a file is called as one that is no longer used (….old)."""
    return bool(_REJECTED.fullmatch(path.name))


def is_legible(path: Path) -> bool:
    """Whether a path can be written into a file; not so on Linux where its name came in another code."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def is_copy(path: Path) -> bool:
    """Whether a file is called as a copy that was made beside its original (… - コピー)."""
    return is_named_as_copy(path.stem)
