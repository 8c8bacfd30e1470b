"""Checks input and submitted books: their findings, and the status of every rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.domain.findings.closure import Closure
from kenpo_xl.domain.findings.finding import Severity
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.ledger_place import LedgerPlace
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.book_result import BookResult, BookStatus
from kenpo_xl.tasks.check_session import CheckSession
from kenpo_xl.tasks.past_periods import read_past
from kenpo_xl.tasks.period.beside_a_book import plan_book_of
from kenpo_xl.tasks.period.folder import PeriodFolder, books_in

if TYPE_CHECKING:
    from kenpo_xl.domain.outputs.chosen_books import ChosenBooks
    from kenpo_xl.ooxml.workbook import Workbook

__all__ = ["BookResult", "BookStatus", "CheckResult", "books_at", "check_books", "plan_book_of"]


@frozen
class CheckResult:
    """All books in the order of the arguments.

    `failures` are sentences on earlier periods that could not be read, on doubts which of several books
    beside the checked ones counts, and on groups of a period folder without a book. `unused` are books of a
    period folder in whose place the report takes another one of the group: what is open in them is not open
    in the period.
    """

    books: tuple[BookResult, ...]
    failures: tuple[str, ...] = ()
    unused: frozenset[Path] = frozenset()

    @property
    def used_books(self) -> tuple[BookResult, ...]:
        """The books without those that the report leaves out for another one of their group."""
        return tuple(book for book in self.books if book.path not in self.unused)

    @property
    def has_no_failures(self) -> bool:
        """Whether every book that is used was read and no rule failed in it."""
        return all(book.status is BookStatus.CHECKED for book in self.used_books)

    def count_open(self, severity: Severity) -> int:
        """The number of open findings of a severity in the books that are used."""
        return sum(book.count_open(severity) for book in self.used_books)

    @property
    def repairable_count(self) -> int:
        """The number of repairs that `fix` would make, if that was requested."""
        return sum(len(book.repairs.certain) for book in self.books if book.repairs)

    @property
    def closed_counts(self) -> Counter[Closure]:
        """How many findings are closed for each reason."""
        return sum((book.closed_counts for book in self.books), Counter())

    def has_finding(self, least: Severity) -> bool:
        """Whether a finding of this severity or a worse one is open."""
        return any(self.count_open(severity) for severity in Severity if severity.rank <= least.rank)


def check_books(
    files: Iterable[Path],
    *,
    plan: Path | None = None,
    history: LedgerPlace | None = None,
    copies: Mapping[Path, Path | Workbook] | None = None,
    counts_repairs: bool = False,
) -> CheckResult:
    """Check books; of a folder those in its 提出/, its 入力/ or itself. Nothing is written.

    `plan` is the plan book, by default that of the period folder; `history` is a ledger, or a folder of
    earlier periods, by default the ledger of each period folder. `copies` are files that are read instead of
    books, which are checked as if they had that content. A book
    that cannot be read does not stop the others; KenpoError if `history` contains no period.
    """
    past, failures = read_past(history) if history else (None, ())
    places = list(files)
    paths = [path for file in places for path in books_at(file)]
    session = CheckSession(
        paths,
        plan=plan,
        history=past,
        uses_ledgers=history is None,
        copies=copies,
        counts_repairs=counts_repairs,
    )
    books = tuple(session.check_book(path) for path in paths)
    doubts = dict.fromkeys(doubt for book in books for doubt in book.doubts)
    periods = [one for place in places if (one := _submitted_period(place, session, books))]
    missing = (sentence for period in periods for sentence in period.missing_sentences())
    unused = frozenset(path for period in periods for path in period.unused_paths())
    return CheckResult(books, (*failures, *doubts, *missing), unused)


@frozen
class _SubmittedPeriod:
    """The groups of a period folder that have items, and which of its checked books counts for each."""

    groups: tuple[str, ...]
    chosen: ChosenBooks

    def missing_sentences(self) -> Iterator[str]:
        """A sentence on the groups without a submitted book, which no finding names."""
        missing = [group for group in self.groups if group not in self.chosen.books]
        if missing:
            yield f"{'、'.join(missing)}のブックが「提出」にありません。そろうまで、報告書は案になります。"

    def unused_paths(self) -> Iterator[Path]:
        """The books in whose place another one of their group counts."""
        return (unused.path for unused, _ in self.chosen.duplicates)


def _submitted_period(
    place: Path, session: CheckSession, books: Iterable[BookResult]
) -> _SubmittedPeriod | None:
    """The books of a period folder with a readable plan; None for a book, and other folders."""
    period = PeriodFolder(place)
    if not (place.is_dir() and _has_plan_and_books(period)):
        return None
    from kenpo_xl.domain.outputs.status_board import groups_with_items  # of a folder only
    from kenpo_xl.tasks.examine.chosen_books import chosen_books

    try:
        plan = session.cached_plan(period.plan_path)
    except KenpoError:  # reported for each of its books
        return None
    submitted = [book for book in books if book.path.parent == period.submission_folder]
    return _SubmittedPeriod(groups_with_items(plan), chosen_books(submitted, plan))


def _has_plan_and_books(period: PeriodFolder) -> bool:
    return period.plan_path.is_file() and bool(period.submitted_books())


def books_at(path: Path) -> Sequence[Path]:
    """The books at a path: a file itself, those of a folder, or the folder itself without books."""
    if not path.is_dir():
        return [path]
    period = PeriodFolder(path)
    return period.submitted_books() or books_in(period.input_folder) or books_in(path) or [path]
