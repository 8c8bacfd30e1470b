"""The flagged copies of submissions that are handed back (返却/); a clerk may go on in one and hand it in.

So none is written over that anybody saved since, unless what it holds was handed in meanwhile.
"""

from __future__ import annotations

import filecmp
import shutil
import tempfile
from pathlib import Path

from kenpo_xl.annotations.annotate import mark, unmark
from kenpo_xl.books.common.macros.python_cell import with_python
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.status_board import IgnoredFile, is_valid
from kenpo_xl.errors import KenpoError, log_failure
from kenpo_xl.ooxml.edit.cell_edits import edit_cells
from kenpo_xl.storage.atomic_write import atomic_write, refuse_while_open
from kenpo_xl.tasks.check import BookResult
from kenpo_xl.tasks.flag import marks_of
from kenpo_xl.tasks.output_path import back_up_damaged, may_be_replaced
from kenpo_xl.tasks.period.book_files import BOOKS
from kenpo_xl.tasks.period.folder import PeriodFolder


@frozen
class Returned:
    """What became of a group's copy: `path` is where it lies, None where there is none of this submission.

    `left` are files in its place that were left as they are, and why; `failed` are those of them that could
    not be written or removed, or made for a bug of ours, so that it is tried again.
    """

    group: str
    path: Path | None = None
    changed: bool = False
    left: tuple[IgnoredFile, ...] = ()
    failed: tuple[IgnoredFile, ...] = ()


class _LeftAsItIsError(KenpoError):
    """A copy that is right to stay, or a book that cannot be marked: trying again changes nothing."""


def return_copy(period: PeriodFolder, group: str, book: BookResult, *, python: str = "") -> Returned:
    """Make the flagged copy of a group's book; take it away where nothing is to be marked any more.

    It names the office's `python` for its buttons, whatever the submission names.

    A copy that is right stays untouched, one that is open or that somebody worked in is left and told. A book
    that cannot be read, or is of another period, has none, and leaves that of an earlier book where it is.
    """
    if not is_valid(book):
        return Returned(group)
    ending = book.ending or book.path.suffix.lower()
    wanted = period.returned_copy(group, ending) if book.open_findings else None
    changed, left, failed = False, [], []
    for path in (period.returned_copy(group, suffix) for suffix in dict.fromkeys((*BOOKS, ending))):
        try:
            if path == wanted:
                changed |= _written(path, book, python)
            elif path.exists():
                changed |= _removed(path, book.path, python)
        except Exception as error:  # a bug is the failure of this copy, and of no other
            left.append(IgnoredFile(f"{path.parent.name}/{path.name}", _sentence(error), group))
            failed += [] if isinstance(error, _LeftAsItIsError) else left[-1:]
            wanted = None if path == wanted else wanted
    return Returned(group, wanted, changed, tuple(left), tuple(failed))


def _sentence(error: Exception) -> str:
    if isinstance(error, KenpoError):
        return str(error)
    if isinstance(error, OSError):
        place = tempfile.gettempdir()
        return f"返却のフォルダーか一時フォルダー（{place}）に書けません。権限と空き容量を確かめてください。"
    log_failure("a copy failed", error)
    return "プログラムの誤りで作れませんでした。IT 担当へお知らせください。"


def _written(path: Path, book: BookResult, python: str) -> bool:
    """Put the copy in its place; False where it is there already, to the byte."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / path.name
        _make(book, made)
        if path.exists() and filecmp.cmp(made, path, shallow=False):
            return False
        _refuse_worked_in(path, book.path, python)
        with atomic_write(path) as beside:
            shutil.copyfile(made, beside)
            back_up_damaged(path)
    return True


def _make(book: BookResult, made: Path) -> None:
    """Make the copy; what is said of a book that cannot be marked calls it by its own name."""
    source = book.path
    try:
        if book.python_edits:
            source = made.parent / "提出" / source.name
            source.parent.mkdir()
            edit_cells(book.path, book.python_edits, source)
        mark(source, marks_of(book), made)
    except KenpoError as error:
        raise _LeftAsItIsError(str(error)) from error


def _removed(path: Path, submission: Path, python: str) -> bool:
    _refuse_worked_in(path, submission, python)
    back_up_damaged(path)
    path.unlink()
    return True


def _refuse_worked_in(path: Path, submission: Path, python: str) -> None:
    """KenpoError where a copy is open, or holds work that was not handed in."""
    refuse_while_open(path)
    if path.exists() and not path.is_file():
        raise KenpoError("同じ名前のフォルダーなどがあるため書けません。別の場所へ移してください。")
    if path.exists() and not may_be_replaced(path) and not _holds_the_same(path, submission, python):
        raise _LeftAsItIsError(
            "グループが続きを入力しているため、書き換えていません。提出されると、新しい写しに替わります。"
        )


def _holds_the_same(one: Path, other: Path, python: str) -> bool:
    """Whether two books are the same but for our marks and the Python that they name."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            plain_one, plain_other, ours = (Path(folder) / name for name in ("1", "2", "3"))
            for path, plain in ((one, plain_one), (other, plain_other)):
                with_python(path, python, ours)
                unmark(ours, plain)
            return filecmp.cmp(plain_one, plain_other, shallow=False)
    except KenpoError:
        return False
