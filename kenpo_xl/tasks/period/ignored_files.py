"""Files in 提出/ that are no books to be read: they are named, with what to do, and left as they are."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from kenpo_xl.domain.outputs.status_board import IgnoredFile
from kenpo_xl.storage.office_locks import book_name, opened_book, opened_by
from kenpo_xl.tasks.period.book_files import (
    BOOKS,
    is_copy,
    is_legible,
    is_rejected,
    is_system_file,
    is_temporary,
)
from kenpo_xl.tasks.period.folder import PeriodFolder

_PLACEHOLDER = re.compile(r"\.(.+)\.icloud", re.IGNORECASE)
_SHORTCUT = re.compile(r".*\.(lnk|url|webloc)", re.IGNORECASE)

_OPEN = (
    "{name} は開いたままです{person}。保存されているところまでを使いました。"
    "誰も開いていないときは、消してください。"
)
_TEMPORARY_SAID = "一時ファイルのため読んでいません。不要なら消してください。"
_COPY_SAID = "コピーのため読んでいません。提出するときは、ファイルの名前を変えてください。"
_GARBLED_SAID = "ファイルの名前が文字化けしているため読んでいません。名前を付け直してください。"
_GARBLED_FOLDER_SAID = "フォルダーの名前が文字化けしているため読んでいません。名前を付け直してください。"
_ABSENT_SAID = "{name} は iCloud にあるだけで、この PC にまだ写されていないため読んでいません。"
_FOLDER_SAID = "フォルダーのため読んでいません。提出するブックは、このフォルダーから出してください。"
_NO_FILE_SAID = (
    "ふつうのファイルではないか、リンクの先がないため読んでいません。ブックそのものを置いてください。"
)
_SHORTCUT_SAID = "ショートカットで、ブックそのものではないため読んでいません。ブックを写してください。"
_REJECTED_SAID = "名前から使わないものとみて、読んでいません。提出するときは、名前を変えてください。"
_PACKED_SAID = "圧縮されたファイルのため読んでいません。中のブックを取り出して置いてください。"
_NO_SUBMISSION = "入力ブックではないため読んでいません。提出のフォルダーから移してください。"
_NO_BOOK = (
    "Excel ブック（.xlsx、.xlsm）ではないため読んでいません。"
    "提出するものは、Excel で「Excel ブック (*.xlsx)」として保存し直してください。"
)


def ignored_files(period: PeriodFolder) -> tuple[IgnoredFile, ...]:
    """The files of 提出/ that no command reads, by name; sub-folders hold older versions."""
    return tuple(_told(period))


def _told(period: PeriodFolder) -> Iterator[IgnoredFile]:
    if not period.submitted.is_dir():
        return
    books = period.submissions()
    for path in sorted(period.submitted.iterdir()):
        reason = "" if path in books or is_system_file(path) else _reason(path, books)
        if reason:
            yield IgnoredFile(path.name.encode(errors="replace").decode(), reason)


def _reason(path: Path, books: Collection[Path]) -> str:
    """Why a file is not read; '' for what is worth no word."""
    if not path.is_file():
        is_book = path.suffix.lower() in BOOKS and not path.name.startswith(("~$", "."))
        return (_FOLDER_SAID if path.is_dir() else _NO_FILE_SAID) if is_book else ""
    if not is_legible(path):
        return _GARBLED_SAID if is_legible(path.parent) else _GARBLED_FOLDER_SAID
    opened = opened_book(path, books) if book_name(path) else None
    if opened:
        person = opened_by(path)
        return _OPEN.format(name=opened.name, person=f"（{person}）" if person else "")
    placeholder = _PLACEHOLDER.fullmatch(path.name)
    if placeholder:
        is_here = (path.parent / placeholder[1]).exists()
        return "" if is_here else _ABSENT_SAID.format(name=placeholder[1])
    if is_temporary(path):
        return _TEMPORARY_SAID
    return _REJECTED_SAID if is_rejected(path) else _no_book(path)


def _no_book(path: Path) -> str:
    if _SHORTCUT.fullmatch(path.name):
        return _SHORTCUT_SAID
    if path.suffix.lower() in (".zip", ".lzh", ".7z", ".rar"):
        return _PACKED_SAID
    if path.suffix.lower() not in BOOKS:
        return _NO_BOOK
    return _COPY_SAID if is_copy(path) else _NO_SUBMISSION
