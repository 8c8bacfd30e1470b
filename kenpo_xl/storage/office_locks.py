"""Lock files that Excel and LibreOffice create beside an open book: which book, opened by whom."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from kenpo_xl.domain.lazy_patterns import LazyPattern

_LOCK = LazyPattern(r"~\$(.+)|\.~lock\.(.+)#", re.DOTALL)
# Larger than either application writes.
_MAX_BYTES = 4096
# Excel: length and name in the code page of the PC, then the same in UTF-16, both in fields of fixed size.
_NAME, _WIDE = 1, 55


def book_name_of_lock(lock: Path) -> str:
    """The name of the book that a lock file belongs to, '' for any other file."""
    found = _LOCK.fullmatch(lock.name)
    return (found[1] or found[2]) if found else ""


def book_of_lock(lock: Path, books: Iterable[Path]) -> Path | None:
    """The book that a lock file belongs to, None if it is not one of `books`.

    Excel omits the first two letters of some names.
    """
    wanted = _normalized_name(book_name_of_lock(lock))
    names = {_normalized_name(book.name): book for book in books}
    return names.get(wanted) or next((book for name, book in names.items() if name[2:] == wanted), None)


def user_of_lock(lock: Path) -> str:
    """The name of the user in a lock file, '' if it contains none."""
    try:
        content = lock.read_bytes() if lock.stat().st_size <= _MAX_BYTES else b""
    except OSError:
        return ""
    name = _user_in_excel_lock(content) if lock.name.startswith("~$") else _user_in_libreoffice_lock(content)
    return " ".join("".join(letter if letter.isprintable() else " " for letter in name).split())


def _user_in_excel_lock(content: bytes) -> str:
    wide = content[_WIDE + 2 : _WIDE + 2 + 2 * int.from_bytes(content[_WIDE : _WIDE + 2], "little")]
    letters = content[_NAME : _NAME + content[0]] if content else b""
    if len(content) > _WIDE and wide and b"\0" in content[_WIDE:]:
        return wide.decode("utf-16-le", errors="replace")
    return letters.decode("cp932", errors="replace")


def _user_in_libreoffice_lock(content: bytes) -> str:
    """The name that the user entered, else that of the account."""
    names = content.decode("utf-8", errors="replace").split(",")[:2]
    return next((name for name in names if name.strip()), "")


def _normalized_name(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
