"""The planner's morning board (提出状況.xlsx): the state of every group, and the last findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from kenpo_xl.checks.engine import all_rules
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.changes import Changes
from kenpo_xl.domain.outputs.checked_book import CheckedBook
from kenpo_xl.domain.outputs.chosen_books import ChosenBooks
from kenpo_xl.domain.outputs.former_books import with_former_books
from kenpo_xl.domain.outputs.ledger_records import OutputRecord
from kenpo_xl.domain.outputs.status_board import (
    Board,
    IgnoredFile,
    board_findings,
    failure_sentence,
    group_state,
    groups_with_items,
    skipped_or_failed_rules,
)
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.privacy.personal_data import Mask
from kenpo_xl.domain.submission.save_time import BookChoice, DatedBook
from kenpo_xl.domain.time.business_days import same_or_next_business_day
from kenpo_xl.tasks.check import BookResult, CheckResult
from kenpo_xl.tasks.examine.chosen_books import chosen_books
from kenpo_xl.tasks.masking import masked_board
from kenpo_xl.tasks.output_path import write_output
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.ignored_files import ignored_files
from kenpo_xl.tasks.period.latest_book import dated_book
from kenpo_xl.tasks.return_copies import ReturnedCopy, offer_copy, update_returned_copy

if TYPE_CHECKING:
    from kenpo_xl.books.board.links import BoardLinks

_NONE: Mapping[Path, OutputRecord] = MappingProxyType({})


@frozen
class BoardResult:
    """The path of the board, its content, and whether its bytes changed.

    `kept` is a board at the intended path that a person changed, `outdated` the one of an earlier run beside
    it that is no longer needed. `damaged` is true if the file at its path was damaged. `copies` are those in
    返却/.
    """

    path: Path
    board: Board
    changed: bool
    kept: Path | None = None
    outdated: Path | None = None
    damaged: bool = False
    copies: tuple[ReturnedCopy, ...] = ()


def write_board_and_copies(
    period: PeriodFolder,
    plan: Plan,
    checked: CheckResult,
    *,
    today: date,
    changes: Changes | None = None,
    report: Path | None = None,
    mask: Mask | None = None,
    recorded: Mapping[Path, OutputRecord] = _NONE,
) -> BoardResult:
    """Write the marked copies and the board of a period with checked submissions.

    `changes` are those since the last report, None without one; `report` is the status report for a link.
    `mask` masks the private values of the books in the board. `recorded` are outputs of an earlier run, by
    path: a copy with the same inputs is not made again. KenpoError if the board cannot be written.
    """
    chosen = _chosen_books(period, checked, plan)
    books = {book.path: book for book in checked.books}
    copies = tuple(_updated_copies(period, plan, chosen, books, recorded))
    board = _board_of_chosen_books(period, plan, chosen, today=today, copies=copies)
    masked = masked_board(replace(board, changes=changes), mask or Mask())
    return write_board(period, masked, report=report, copies=copies)


def _updated_copies(
    period: PeriodFolder,
    plan: Plan,
    chosen: ChosenBooks,
    books: Mapping[Path, BookResult],
    recorded: Mapping[Path, OutputRecord],
) -> Iterator[ReturnedCopy]:
    """The copies of the books that count, and of groups whose items are in the book of a former one."""
    from kenpo_xl.tasks.carry.offered_books import OfferedBooks

    offered = OfferedBooks(period, plan)
    for group, book in chosen.books.items():
        yield update_returned_copy(
            period, group, books[book.path], python=plan.python, recorded=recorded, offered=offered
        )
    others = (*chosen.books.values(), *chosen.unmatched)
    for group in (one for one in groups_with_items(plan) if one not in chosen.books):
        own = {item.id for item in plan.items_of(group)}
        former = next((one for one in others if own & set(one.moved_items)), None)
        if former:
            yield offer_copy(period, group, books[former.path], offered, recorded=recorded)


def board_of_checked_books(period: PeriodFolder, plan: Plan, checked: CheckResult, *, today: date) -> Board:
    """The board of a period from the books of `checked` in 提出/; nothing is written."""
    return _board_of_chosen_books(period, plan, _chosen_books(period, checked, plan), today=today)


def _board_of_chosen_books(
    period: PeriodFolder, plan: Plan, chosen: ChosenBooks, *, today: date, copies: Iterable[ReturnedCopy] = ()
) -> Board:
    copied = {copy.group: copy.path.name for copy in copies if copy.path}
    due = due_day(plan)
    states = (
        group_state(group, chosen.books.get(group), due=due, today=today, returned=copied.get(group, ""))
        for group in groups_with_items(plan)
    )
    books = (*chosen.books.values(), *chosen.unmatched)
    return Board(
        plan=plan,
        groups=tuple(with_former_books(state, plan, books) for state in states),
        seen=tuple(one for group, book in chosen.books.items() for one in board_findings(group, book)),
        rules=skipped_or_failed_rules(chosen.books, {rule.code: rule.title for rule in all_rules()}),
        duplicates=tuple(_ignored_duplicate(*pair) for pair in chosen.duplicates),
        ignored_files=tuple(_all_ignored_files(period, chosen, copies)),
    )


def due_day(plan: Plan) -> date | None:
    """The due day of submissions: that of the plan, or the next business day; None without one."""
    if plan.period.due is None:
        return None
    import jpholiday

    return same_or_next_business_day(plan.period.due, jpholiday.is_holiday)


def write_board(
    period: PeriodFolder, board: Board, *, report: Path | None = None, copies: tuple[ReturnedCopy, ...] = ()
) -> BoardResult:
    """Write 報告/提出状況.xlsx, beside one that a person changed; KenpoError if it cannot be written."""
    from kenpo_xl.books.board.writer import write_board_book

    written, _ = write_output(
        period.board_path, lambda beside: write_board_book(board, beside, _board_links(period, report))
    )
    return BoardResult(
        written.path,
        board,
        changed=written.changed,
        kept=written.kept,
        outdated=written.outdated,
        damaged=written.damaged,
        copies=copies,
    )


def _chosen_books(period: PeriodFolder, checked: CheckResult, plan: Plan) -> ChosenBooks:
    name = period.submission_folder.name
    return chosen_books((book for book in checked.books if book.path.parent.name == name), plan)


def _dated_book(book: CheckedBook) -> DatedBook:
    return dated_book(book.path, book.save_record)


def _ignored_duplicate(unused: CheckedBook, used: CheckedBook) -> IgnoredFile:
    """An unused book of a group, with the reason."""
    choice = BookChoice(used.group, _dated_book(unused), _dated_book(used))
    return IgnoredFile(unused.path.name, failure_sentence(unused) or choice.choice_sentence)


def _all_ignored_files(
    period: PeriodFolder, chosen: ChosenBooks, copies: Iterable[ReturnedCopy]
) -> Iterable[IgnoredFile]:
    """Files that are no books, books of unknown groups, and copies that were not replaced."""
    yield from ignored_files(period)
    for book in (one for one in chosen.unmatched if not one.moved_items):
        yield IgnoredFile(book.path.name, failure_sentence(book) or "グループが計画にありません。")
    for copy in copies:
        yield from copy.left


def _board_links(period: PeriodFolder, report: Path | None) -> BoardLinks:
    """The links from the board in 報告/ to books, copies and the report."""
    from kenpo_xl.books.board.links import BoardLinks

    return BoardLinks(
        submitted=f"../{period.submission_folder.name}",
        returned=f"../{period.returned_folder.name}",
        report=report.name if report and report.exists() else "",
        books=period.relative_paths_from(period.report_folder),
    )
