"""The planner's morning board (提出状況.xlsx): the state of every group, and what the last check saw."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.checks.engine import rules
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.changes import Changes
from kenpo_xl.domain.outputs.status_board import (
    Board,
    CheckedBook,
    ChosenBooks,
    IgnoredFile,
    board_findings,
    choose_books,
    failure_of,
    group_state,
    groups_of,
    incomplete_rules,
)
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.privacy.personal_data import Mask
from kenpo_xl.domain.submission.save_time import BookChoice, DatedBook
from kenpo_xl.domain.time.business_days import next_open_day
from kenpo_xl.tasks.check import CheckResult
from kenpo_xl.tasks.masking import masked_board
from kenpo_xl.tasks.output_path import write_output
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.ignored_files import ignored_files
from kenpo_xl.tasks.period.latest_book import dated_book
from kenpo_xl.tasks.return_copies import Returned, return_copy

if TYPE_CHECKING:
    from kenpo_xl.books.board.links import BoardLinks


@frozen
class BoardResult:
    """Where the board lies, what it says, and whether it had to be written anew.

    `kept` is a board in its place that a person changed, `outdated` one of ours that an earlier run wrote
    beside it for that reason and nobody needs now. `damaged` tells that what lay in its place was damaged.
    `copies` are those in 返却/.
    """

    path: Path
    board: Board
    changed: bool
    kept: Path | None = None
    outdated: Path | None = None
    damaged: bool = False
    copies: tuple[Returned, ...] = ()


def update_board(
    period: PeriodFolder,
    plan: Plan,
    checked: CheckResult,
    *,
    today: date,
    changes: Changes | None = None,
    report: Path | None = None,
    mask: Mask | None = None,
) -> BoardResult:
    """Make the flagged copies and the board of a period whose submissions were checked.

    `changes` are those since the last report, None where none is known; `report` is the status report to
    link to. `mask` takes out of the board what is private in the books. KenpoError where the board cannot be
    written.
    """
    chosen = _chosen(period, checked, plan)
    books = {book.path: book for book in checked.books}
    copies = tuple(
        return_copy(period, group, books[book.path], python=plan.python)
        for group, book in chosen.books.items()
    )
    board = _board(period, plan, chosen, today=today, copies=copies)
    told = masked_board(replace(board, changes=changes), mask or Mask())
    return write_board(period, told, report=report, copies=copies)


def board_of(period: PeriodFolder, plan: Plan, checked: CheckResult, *, today: date) -> Board:
    """The board of a period whose submissions were checked; nothing is written.

    The books of `checked` in 提出/ count.
    """
    return _board(period, plan, _chosen(period, checked, plan), today=today)


def _board(
    period: PeriodFolder, plan: Plan, chosen: ChosenBooks, *, today: date, copies: Iterable[Returned] = ()
) -> Board:
    copied = {copy.group: copy.path.name for copy in copies if copy.path}
    due = due_day(plan)
    states = (
        group_state(group, chosen.books.get(group), due=due, today=today, returned=copied.get(group, ""))
        for group in groups_of(plan)
    )
    return Board(
        plan=plan,
        groups=tuple(states),
        seen=tuple(one for group, book in chosen.books.items() for one in board_findings(group, book)),
        rules=incomplete_rules(chosen.books, {rule.code: rule.title for rule in rules()}),
        duplicates=tuple(_duplicates(*pair) for pair in chosen.duplicates),
        ignored_files=tuple(_ignored_files(period, chosen, copies)),
    )


def due_day(plan: Plan) -> date | None:
    """The day by which submissions must be in: that of the plan, or the next on which offices are open."""
    if plan.period.due is None:
        return None
    import jpholiday

    return next_open_day(plan.period.due, jpholiday.is_holiday)


def write_board(
    period: PeriodFolder, board: Board, *, report: Path | None = None, copies: tuple[Returned, ...] = ()
) -> BoardResult:
    """Write 報告/提出状況.xlsx; one that a person changed stays, and ours is written beside it.

    The same board is not written twice. KenpoError where it cannot be written.
    """
    from kenpo_xl.books.board.writer import write_board_book

    place, _ = write_output(
        period.board, lambda beside: write_board_book(board, beside, _ways(period, report))
    )
    return BoardResult(
        place.path,
        board,
        changed=place.changed,
        kept=place.kept,
        outdated=place.outdated,
        damaged=place.damaged,
        copies=copies,
    )


def _chosen(period: PeriodFolder, checked: CheckResult, plan: Plan) -> ChosenBooks:
    books = (book for book in checked.books if book.path.parent.name == period.submitted.name)
    return choose_books(sorted(books, key=lambda book: _dated(book).rank), groups_of(plan))


def _dated(book: CheckedBook) -> DatedBook:
    return dated_book(book.path, book.record)


def _duplicates(unused: CheckedBook, used: CheckedBook) -> IgnoredFile:
    """Why a book beside the one that counts was not used."""
    choice = BookChoice(used.group, _dated(unused), _dated(used))
    return IgnoredFile(unused.path.name, failure_of(unused) or choice.sentence)


def _ignored_files(
    period: PeriodFolder, chosen: ChosenBooks, copies: Iterable[Returned]
) -> Iterable[IgnoredFile]:
    """Files that are no books, books that are nobody's, and copies that were left as they are."""
    yield from ignored_files(period)
    for stray in chosen.unmatched:
        yield IgnoredFile(stray.path.name, failure_of(stray) or "グループが計画にありません。")
    for copy in copies:
        yield from copy.left


def _ways(period: PeriodFolder, report: Path | None) -> BoardLinks:
    """The ways from 報告/, where the report lies as well."""
    from kenpo_xl.books.board.links import BoardLinks

    return BoardLinks(
        submitted=f"../{period.submitted.name}",
        returned=f"../{period.returned.name}",
        report=report.name if report and report.exists() else "",
        books=period.relative_paths_from(period.reports),
    )
