"""Files in 提出/ that are no books to be read: they are named, with what to do, and left as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kenpo_xl.domain.board import LeftAlone
from kenpo_xl.tasks.period import BOOKS, PeriodFolder, is_copy, is_legible

# What systems and this program put into a folder on their own account: nobody needs to know.
_SYSTEM = re.compile(r"\.(?!~lock\.).*|Thumbs\.db|desktop\.ini|.*\.bak", re.IGNORECASE)
_LOCK = re.compile(r"~\$(.+)|\.~lock\.(.+)#")
_TEMPORARY = re.compile(r"~.*|.*\.tmp|[0-9A-F]{8}", re.IGNORECASE)

_OPEN = (
    "{name} は開いたままです。保存されているところまでを使いました。誰も開いていないときは、消してください。"
)
_TEMPORARY_SAID = "一時ファイルのため読んでいません。不要なら消してください。"
_COPY_SAID = "コピーのため読んでいません。提出するときは、ファイルの名前を変えてください。"
_GARBLED_SAID = "ファイルの名前が文字化けしているため読んでいません。名前を付け直してください。"
_NO_SUBMISSION = "入力ブックではないため読んでいません。提出のフォルダーから移してください。"
_NO_BOOK = (
    "Excel ブック（.xlsx、.xlsm）ではないため読んでいません。"
    "提出するものは、Excel で「Excel ブック (*.xlsx)」として保存し直してください。"
)


def left_alone(period: PeriodFolder) -> tuple[LeftAlone, ...]:
    """The files of 提出/ that no door reads, by name. Sub-folders hold older versions and are left alone."""
    return tuple(_told(period))


def _told(period: PeriodFolder) -> Iterator[LeftAlone]:
    if not period.submitted.is_dir():
        return
    books = set(period.submissions())
    for path in sorted(period.submitted.iterdir()):
        if path.is_file() and path not in books and not _SYSTEM.fullmatch(path.name):
            yield LeftAlone(path.name.encode(errors="replace").decode(), _reason(path))


def _reason(path: Path) -> str:
    if not is_legible(path):
        return _GARBLED_SAID
    lock = _LOCK.fullmatch(path.name)
    if lock:
        return _OPEN.format(name=_opened(path, lock[1] or lock[2]))
    if _TEMPORARY.fullmatch(path.name):
        return _TEMPORARY_SAID
    if path.suffix.lower() not in BOOKS:
        return _NO_BOOK
    return _COPY_SAID if is_copy(path) else _NO_SUBMISSION


def _opened(lock: Path, rest: str) -> str:
    """The name of the book that a lock file belongs to: Excel drops the first letters of a short name's."""
    beside = (path.name for path in lock.parent.iterdir() if not path.name.startswith(("~$", ".~")))
    return next((name for name in sorted(beside) if name.endswith(rest) and len(name) <= len(rest) + 2), rest)
