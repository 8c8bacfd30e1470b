"""Checks books that were typed into or handed in: what the rules find, and what became of every rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.domain.findings.finding import Severity
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.tasks.book_result import BookResult, BookStatus
from kenpo_xl.tasks.check_session import CheckSession, plan_book_of
from kenpo_xl.tasks.period.folder import PeriodFolder, books_in

if TYPE_CHECKING:
    from kenpo_xl.domain.results.history import Past

__all__ = ["BookResult", "BookStatus", "CheckResult", "books_of", "check", "plan_book_of"]


@frozen
class CheckResult:
    """All books in the order they were asked for.

    `failures` are sentences on earlier periods that could not be read, and on books beside the checked ones
    of which it is doubtful whether they are the right ones.
    """

    books: tuple[BookResult, ...]
    failures: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether every book was read and every rule held."""
        return all(book.status is BookStatus.CHECKED for book in self.books)

    def count(self, severity: Severity) -> int:
        """How many findings of a severity stand that nobody accepted."""
        return sum(book.count(severity) for book in self.books)

    @property
    def repairable(self) -> int:
        """How many cells `fix` would change, where that was asked for."""
        return sum(book.repairable for book in self.books)

    @property
    def accepted(self) -> int:
        """How many findings count no more."""
        return sum(book.accepted for book in self.books)

    def stands(self, least: Severity) -> bool:
        """Whether a finding of this severity or a worse one stands."""
        return any(self.count(severity) for severity in Severity if severity.rank <= least.rank)


def check(
    files: Iterable[Path],
    *,
    plan: Path | None = None,
    history: Path | None = None,
    copies: Mapping[Path, Path] | None = None,
    counts_repairs: bool = False,
) -> CheckResult:
    """Check books; a folder stands for the books in its 提出/, 入力/ or in itself. Nothing is written.

    `plan` is the plan book, that of the period folder where it is None; `history` is a ledger, or a folder of
    earlier periods. `copies` are files of the same names that are read in the place of books, which are
    checked as if they held what the copies hold. A book that cannot be read does not stop the others;
    KenpoError where `history` holds no period.
    """
    past, failures = _past(history) if history else (None, ())
    paths = [path for file in files for path in books_of(file)]
    desk = CheckSession(paths, plan=plan, history=past, copies=copies, counts_repairs=counts_repairs)
    books = tuple(desk.checked(path) for path in paths)
    doubts = dict.fromkeys(doubt for book in books for doubt in book.doubts)
    return CheckResult(books, (*failures, *doubts))


def _past(path: Path) -> tuple[Past, tuple[str, ...]]:
    from kenpo_xl.tasks.past_periods import read_past

    return read_past(path)


def books_of(path: Path) -> Sequence[Path]:
    """The books that a file or folder stands for; the folder itself where it holds none."""
    if not path.is_dir():
        return [path]
    period = PeriodFolder(path)
    return period.submissions() or books_in(period.inputs) or books_in(path) or [path]
