"""Files in 提出/ that are ignored because they are no books, each with the reason and the next act."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.outputs.status_board import IgnoredFile
from kenpo_xl.storage.office_locks import book_name_of_lock, book_of_lock, user_of_lock
from kenpo_xl.tasks.period.book_files import (
    BOOKS,
    is_name_encodable,
    is_named_as_copy_of_another,
    is_named_as_discarded,
    is_system_file,
    is_temporary_file,
)
from kenpo_xl.tasks.period.folder import PeriodFolder

_PLACEHOLDER = LazyPattern(r"\.(.+)\.icloud", re.IGNORECASE)
_SHORTCUT = LazyPattern(r".*\.(lnk|url|webloc)", re.IGNORECASE)

_OPEN = (
    "{name} は開いたままです{person}。保存されているところまでを使いました。"
    "誰も開いていないときは、消してください。"
)
_TEMPORARY_FILE = "一時ファイルのため読んでいません。不要なら消してください。"
_COPY = "コピーのため読んでいません。提出するときは、ファイルの名前を変えてください。"
_GARBLED = "ファイルの名前が文字化けしているため読んでいません。名前を付け直してください。"
_GARBLED_FOLDER = "フォルダーの名前が文字化けしているため読んでいません。名前を付け直してください。"
_NOT_DOWNLOADED = "{name} は iCloud にあるだけで、この PC にまだ写されていないため読んでいません。"
_FOLDER = "フォルダーのため読んでいません。提出するブックは、このフォルダーから出してください。"
_NO_FILE = "ふつうのファイルではないか、リンクの先がないため読んでいません。ブックそのものを置いてください。"
_SHORTCUT_FILE = "ショートカットで、ブックそのものではないため読んでいません。ブックを写してください。"
_REJECTED = "名前から使わないものとみて、読んでいません。提出するときは、名前を変えてください。"
_PACKED = "圧縮されたファイルのため読んでいません。中のブックを取り出して置いてください。"
_NO_SUBMISSION = "入力ブックではないため読んでいません。提出のフォルダーから移してください。"
_NO_BOOK = (
    "Excel ブック（.xlsx、.xlsm）ではないため読んでいません。"
    "提出するものは、Excel で「Excel ブック (*.xlsx)」として保存し直してください。"
)


def ignored_files(period: PeriodFolder) -> tuple[IgnoredFile, ...]:
    """The ignored files of 提出/, by name; subfolders contain earlier versions."""
    return tuple(_ignored_submitted_files(period))


def _ignored_submitted_files(period: PeriodFolder) -> Iterator[IgnoredFile]:
    if not period.submission_folder.is_dir():
        return
    books = period.submitted_books()
    for path in sorted(period.submission_folder.iterdir()):
        reason = "" if path in books or is_system_file(path) else _ignored_reason(path, books)
        if reason:
            yield IgnoredFile(path.name.encode(errors="replace").decode(), reason)


def _ignored_reason(path: Path, books: Collection[Path]) -> str:
    """Why a file is ignored; '' for one that needs no report."""
    if not path.is_file():
        return _reason_if_no_file(path)
    if not is_name_encodable(path):
        return _GARBLED if is_name_encodable(path.parent) else _GARBLED_FOLDER
    opened = book_of_lock(path, books) if book_name_of_lock(path) else None
    if opened:
        person = user_of_lock(path)
        return _OPEN.format(name=opened.name, person=f"（{person}）" if person else "")
    placeholder = _PLACEHOLDER.fullmatch(path.name)
    if placeholder:
        is_here = (path.parent / placeholder[1]).exists()
        return "" if is_here else _NOT_DOWNLOADED.format(name=placeholder[1])
    return _reason_if_no_book(path)


def _reason_if_no_file(path: Path) -> str:
    """Why something other than a file is ignored; '' if it is not named like a book."""
    if path.suffix.lower() not in BOOKS or path.name.startswith(("~$", ".")):
        return ""
    return _FOLDER if path.is_dir() else _NO_FILE


def _reason_if_no_book(path: Path) -> str:
    """Why a file that is no book, or not named as one, is ignored."""
    if is_temporary_file(path):
        return _TEMPORARY_FILE
    if is_named_as_discarded(path):
        return _REJECTED
    if _SHORTCUT.fullmatch(path.name):
        return _SHORTCUT_FILE
    if path.suffix.lower() in (".zip", ".lzh", ".7z", ".rar"):
        return _PACKED
    if path.suffix.lower() not in BOOKS:
        return _NO_BOOK
    return _COPY if is_named_as_copy_of_another(path) else _NO_SUBMISSION
