"""The marked copies of submissions that are returned (返却/); a clerk may continue in one and submit it.

A copy that was saved since is therefore not overwritten, unless its content was submitted meanwhile.
"""

from __future__ import annotations

import filecmp
import hashlib
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from kenpo_xl.annotations.annotate import write_marked_copy, write_unmarked_copy
from kenpo_xl.books.common.macros.copies_with_python import copy_with_python
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.ledger_records import OutputRecord
from kenpo_xl.domain.outputs.status_board import (
    IgnoredFile,
    State,
    is_readable_and_of_this_plan,
    submission_state,
)
from kenpo_xl.errors import KenpoError, log_failure
from kenpo_xl.storage.atomic_write import atomic_write, refuse_while_open
from kenpo_xl.tasks.check import BookResult, check_books
from kenpo_xl.tasks.examine.finding_marks import marks_of_findings
from kenpo_xl.tasks.output_path import back_up_damaged, may_be_replaced
from kenpo_xl.tasks.period.book_files import BOOKS, extension_of_books
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.hashes import file_hash, program_hash

if TYPE_CHECKING:
    from kenpo_xl.tasks.carry.offered_books import OfferedBooks

_NONE: Mapping[Path, OutputRecord] = MappingProxyType({})


@frozen
class ReturnedCopy:
    """The copy for a group: its path, None without a copy of this submission.

    `left` are files at its path that were not replaced, with the reason; `failed` are those of them that
    could not be written, removed or made because of a bug, which the next run tries again. `input_digest` is
    a hash of all that decides about its bytes.
    """

    group: str
    path: Path | None = None
    changed: bool = False
    left: tuple[IgnoredFile, ...] = ()
    failed: tuple[IgnoredFile, ...] = ()
    input_digest: str = field(default="", compare=False)


class _LeftAsItIsError(KenpoError):
    """A copy that must not be replaced, or a book that cannot be marked; a retry is useless."""


def update_returned_copy(
    period: PeriodFolder,
    group: str,
    book: BookResult,
    *,
    python: str = "",
    recorded: Mapping[Path, OutputRecord] = _NONE,
    offered: OfferedBooks | None = None,
) -> ReturnedCopy:
    """Write the marked copy of a group's book; remove it if no finding is open any more.

    For a book of the plan before a change it is the group's book of the plan now, from `offered`, with all
    that was submitted and the findings in that; for one that cannot be read, with what is left of it.

    Its buttons use the Python of the office, `python`, whatever the submission names. An unchanged copy is
    not rewritten, and not even made if it is as `recorded` by an earlier run, with the same inputs; one that
    is open or was edited is left and reported. For a book of which nothing can be read, or that is of another
    period, there is no copy, and that of an earlier book remains.
    """
    if is_readable_and_of_this_plan(book):
        is_outdated = submission_state(book) is State.OUTDATED
        copy = _CopySource(group, book, python, recorded, offered if is_outdated else None)
        return _copy_of_readable_book(period, copy)
    if offered is None or not book.failure or book.is_program_error:
        return ReturnedCopy(group)
    return _rescued_copy(period, group, book, offered, recorded)


def _copy_of_readable_book(period: PeriodFolder, copy: _CopySource) -> ReturnedCopy:
    """Write the copy that is wanted, and remove those with another ending."""
    group, ending = copy.group, copy.ending
    wanted = period.returned_copy_path(group, ending) if copy.book.open_findings else None
    # The bytes of an offered book depend on other books too.
    digest = "" if copy.offered else _input_digest(copy.book)
    outcomes = []
    for suffix in dict.fromkeys((*BOOKS, ending)):
        path = period.returned_copy_path(group, suffix)
        is_wanted = path == wanted
        if not (is_wanted and _is_as_recorded(path, digest, copy.recorded.get(path))):
            outcomes.append(copy.write_or_remove(path, is_wanted=is_wanted))
    return _returned_copy(group, wanted, outcomes, digest)


def offer_copy(
    period: PeriodFolder,
    group: str,
    former: BookResult,
    offered: OfferedBooks,
    *,
    recorded: Mapping[Path, OutputRecord] = _NONE,
) -> ReturnedCopy:
    """Write the book of a group that submitted nothing, with its items in the book of a `former` group."""
    copy = _CopySource(group, former, offered.plan.python, recorded, offered)
    return _offered_copy(period, copy)


def _rescued_copy(
    period: PeriodFolder,
    group: str,
    damaged: BookResult,
    offered: OfferedBooks,
    recorded: Mapping[Path, OutputRecord],
) -> ReturnedCopy:
    """Write the book of a group with what can be read of its damaged one; none where that is nothing."""
    with tempfile.TemporaryDirectory() as folder:
        rescued = Path(folder) / f"{group}{extension_of_books(offered.plan)}"
        try:
            offered.write_rescued(group, damaged.path, rescued)
        except KenpoError:
            return ReturnedCopy(group)
        copy = _CopySource(group, damaged, offered.plan.python, recorded, offered, rescued)
        return _offered_copy(period, copy)


def _offered_copy(period: PeriodFolder, copy: _CopySource) -> ReturnedCopy:
    path = period.returned_copy_path(copy.group, copy.ending)
    return _returned_copy(copy.group, path, [copy.write_or_remove(path, is_wanted=True)])


def _returned_copy(
    group: str, wanted: Path | None, outcomes: Sequence[_CopyOutcome], digest: str = ""
) -> ReturnedCopy:
    """What became of the files of a group; no path where the wanted copy could not be written."""
    left = [(one.path, one.left) for one in outcomes if one.left]
    return ReturnedCopy(
        group,
        path=None if wanted in dict(left) else wanted,
        changed=any(one.changed for one in outcomes),
        left=tuple(file for _, file in left),
        failed=tuple(one.left for one in outcomes if one.left and one.is_tried_again),
        input_digest=digest,
    )


def _input_digest(book: BookResult) -> str:
    """A hash of all that decides about the bytes of the copy of a book; '' if the book cannot be read."""
    content = file_hash(book.path)
    inputs = (program_hash(), content, book.path.name, book.python_edits, marks_of_findings(book))
    return hashlib.sha256(repr(inputs).encode()).hexdigest() if content else ""


def _is_as_recorded(path: Path, digest: str, record: OutputRecord | None) -> bool:
    """Whether a copy has the recorded bytes, and would be made from the recorded inputs."""
    if record is None or not digest:
        return False
    return (record.input_digest, record.content) == (digest, file_hash(path))


def _error_sentence(error: Exception) -> str:
    if isinstance(error, KenpoError):
        return str(error)
    if isinstance(error, OSError):
        folder = tempfile.gettempdir()
        return f"返却のフォルダーか一時フォルダー（{folder}）に書けません。権限と空き容量を確かめてください。"
    log_failure("a copy failed", error)
    return "プログラムの誤りで作れませんでした。IT 担当へお知らせください。"


@frozen
class _CopyOutcome:
    """What became of the file at a path; `left` if it was not replaced, for a reason that may pass."""

    path: Path
    changed: bool = False
    left: IgnoredFile | None = None
    is_tried_again: bool = False


@frozen
class _CopySource:
    """What the copies of one book are made of.

    The book of the plan now from `offered` is in its place, or `rescued`, that with what is left of it.
    """

    group: str
    book: BookResult
    python: str
    recorded: Mapping[Path, OutputRecord]
    offered: OfferedBooks | None = None
    rescued: Path | None = None

    @property
    def ending(self) -> str:
        """The ending of the file name of a copy."""
        if self.offered:
            return extension_of_books(self.offered.plan)
        return self.book.ending or self.book.path.suffix.lower()

    def write_or_remove(self, path: Path, *, is_wanted: bool) -> _CopyOutcome:
        """Write a copy that is wanted, remove any other."""
        try:
            if is_wanted:
                return _CopyOutcome(path, self._write_if_changed(path))
            return _CopyOutcome(path, path.exists() and self._remove(path))
        except Exception as error:  # a bug is the failure of this copy, and of no other
            left = IgnoredFile(f"{path.parent.name}/{path.name}", _error_sentence(error), self.group)
            may_pass = not isinstance(error, _LeftAsItIsError)
            return _CopyOutcome(path, left=left, is_tried_again=may_pass)

    def _write_if_changed(self, path: Path) -> bool:
        """Write the copy; False if it has the same bytes already."""
        with tempfile.TemporaryDirectory() as folder:
            made = Path(folder) / path.name
            self._make_marked_copy(made)
            if path.exists() and filecmp.cmp(made, path, shallow=False):
                return False
            self._refuse_edited_copy(path)
            with atomic_write(path) as beside:
                shutil.copyfile(made, beside)
                back_up_damaged(path)
        return True

    def _make_marked_copy(self, made: Path) -> None:
        """Write the copy to `made`; an error names the book by its own name."""
        source, book = self.book.path, self.book
        try:
            is_changed = bool(self.book.python_edits) or self.book.buttons_lost
            if self.offered or is_changed:
                source = made.parent / "提出" / made.name
                source.parent.mkdir()
            if self.offered:
                self._write_offered_book(self.offered, source)
                as_submitted = self.book.path.with_name(made.name)
                (book,) = check_books([as_submitted], copies={as_submitted: source}).books
            elif is_changed:
                copy_with_python(self.book.path, self.python, source)
            write_marked_copy(source, marks_of_findings(book), made)
        except KenpoError as error:
            raise _LeftAsItIsError(str(error)) from error

    def _write_offered_book(self, offered: OfferedBooks, path: Path) -> None:
        if self.rescued:
            shutil.copyfile(self.rescued, path)
        else:
            offered.write(self.group, path)

    def _remove(self, path: Path) -> bool:
        self._refuse_edited_copy(path)
        back_up_damaged(path)
        path.unlink()
        return True

    def _refuse_edited_copy(self, path: Path) -> None:
        """KenpoError if a copy is open, or contains work that was not submitted."""
        refuse_while_open(path)
        if path.exists() and not path.is_file():
            raise KenpoError("同じ名前のフォルダーなどがあるため書けません。別の場所へ移してください。")
        if path.exists() and not self._may_be_replaced(path):
            raise _LeftAsItIsError(
                "グループが続きを入力しているため、書き換えていません。提出されると、新しい写しに替わります。"
            )

    def _may_be_replaced(self, path: Path) -> bool:
        record = self.recorded.get(path)
        is_as_written = record is not None and record.content == file_hash(path)
        return (
            is_as_written or may_be_replaced(path) or _have_equal_content(path, self.book.path, self.python)
        )


def _have_equal_content(one: Path, other: Path, python: str) -> bool:
    """Whether two books are equal except for marks and the Python that they name."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            plain_one, plain_other, ours = (Path(folder) / name for name in ("1", "2", "3"))
            for path, plain in ((one, plain_one), (other, plain_other)):
                copy_with_python(path, python, ours)
                write_unmarked_copy(ours, plain)
            return filecmp.cmp(plain_one, plain_other, shallow=False)
    except KenpoError:
        return False
