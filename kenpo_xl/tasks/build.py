"""Input books and the planner's book from a plan book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from functools import partial
from pathlib import Path

from kenpo_xl.books.common.stamp import (
    Stamp,
    branch_and_period_key,
    branch_and_period_label,
    key_in_planner_book,
    read_stamp,
)
from kenpo_xl.books.input.match.plan_match import PlanMatch
from kenpo_xl.books.input.read.reader import read_matched_submission
from kenpo_xl.books.planner.reader import renumbering_messages
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.submission.submission import MismatchKind
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.storage.atomic_write import atomic_write
from kenpo_xl.tasks.carry.period_books import PeriodBooks
from kenpo_xl.tasks.carry.planner_book import (
    renew_planner_book,
    typed_rows_of_earlier_book,
    write_planner_book_of,
)
from kenpo_xl.tasks.carry.staged_books import Writers, finish_replacing, replace_books
from kenpo_xl.tasks.carry.write_books import write_filled_book
from kenpo_xl.tasks.next_period.handover import confirmed_plan
from kenpo_xl.tasks.own_forms.filled_forms import FilledForm, fill_input_forms
from kenpo_xl.tasks.period.closing import refuse_closed_period
from kenpo_xl.tasks.period.folder import PeriodFolder, books_in, period_folder
from kenpo_xl.tasks.period.plan_copies import keep_copy_of_plan


@frozen
class BuildResult:
    """The books that were created (`made`), and the existing ones, which are unchanged (`kept`).

    `unfit` are those of the latter, and other books in 入力/, that do not match the current plan, each with
    the differences. `carried` is a sentence on what was known of the new books, '' for nothing; `failures`
    are sentences on earlier periods that could not be used. `older` are the books that were replaced because
    the plan changed, with their paths now, and `changes` sentences on what was taken over. `renewed` is where
    a planner's book is now that lacked buttons or lists and was replaced. `forms` are copies of the office's
    own forms that were made.
    """

    made: tuple[Path, ...]
    kept: tuple[Path, ...]
    unfit: Mapping[Path, tuple[str, ...]] = field(default_factory=dict)
    carried: str = ""
    failures: tuple[str, ...] = ()
    older: Mapping[Path, Path] = field(default_factory=dict)
    changes: tuple[str, ...] = ()
    renewed: Path | None = None
    forms: tuple[FilledForm, ...] = ()


def build_books(folder: Path, *, protect: bool = False, keeps_planner_book: bool = False) -> BuildResult:
    """Create an input book per group, filled with what earlier periods reported, and 取りまとめ.xlsm.

    An existing input book is kept, or replaced by one of the current plan with all that was typed if the plan
    changed; the old one goes to 入力/以前の版. So does a planner's book that lacks buttons or lists, unless
    `keeps_planner_book` (it is open). The books in 提出/ are never touched.

    With `protect` the sheets of the input books are protected, without a password, except their input cells.
    KenpoError if the plan cannot be read, its handover waits for answers, or a book cannot be written.
    """
    period = period_folder(folder)
    refuse_closed_period(period)
    books = PeriodBooks(period, confirmed_plan(period), finish_replacing(period))
    typed = None if keeps_planner_book else typed_rows_of_earlier_book(period, books.plan)
    writers = {
        path: partial(_write_book, books, group, protect) for group, path in books.books_to_write.items()
    }
    made = [path for path in writers if not path.exists()]
    _write_input_books(books, writers)
    renewed = None if typed is None else renew_planner_book(books, typed)
    if not books.planner_path.exists():
        made.append(books.planner_path)
        write_planner_book_of(books)
    written = {*made, *writers, *([period.planner_path] if renewed else ())}
    kept = tuple(path for path in books.all_paths if path not in written)
    return BuildResult(
        tuple(made),
        kept,
        _books_unlike_plan(period, books.plan, kept),
        books.sentence(),
        books.known_failures(),
        books.older,
        tuple(books.sentences_on_change()),
        renewed,
        fill_input_forms(
            period,
            books.plan,
            lambda: [books.content_of_group(group).submission for group in books.plan.groups],
        ),
    )


def _write_input_books(books: PeriodBooks, writers: Writers) -> None:
    """Write the missing books, and those of the plan now in the place of the ones before."""
    if writers:
        keep_copy_of_plan(books.period, books.version)
    if books.replaces_existing_books:
        books.older |= replace_books(books.period, writers, books.retired_books)
        return
    for path, write in writers.items():
        with atomic_write(path) as beside:
            write(beside)


def _books_unlike_plan(period: PeriodFolder, plan: Plan, kept: Iterable[Path]) -> dict[Path, tuple[str, ...]]:
    """The books kept and others in 入力/ that do not match the plan, each with its differences."""
    groups = {period.input_book_path(group): group for group in plan.groups}
    books = dict.fromkeys((*kept, *books_in(period.input_folder)))
    found = {path: tuple(_differences_from_plan(plan, path, groups.get(path))) for path in books}
    return {path: facts for path, facts in found.items() if facts}


def _differences_from_plan(plan: Plan, path: Path, group: str | None) -> Iterator[str]:
    """Sentences on how a book differs from the plan or its group; none for a foreign book."""
    try:
        book = Workbook(path)
        stamp, key = read_stamp(book), key_in_planner_book(book)
    except KenpoError:
        return
    if stamp:
        yield from _input_book_differences(book, plan, stamp, group)
    elif key and key != branch_and_period_key(plan):
        yield f"これは{branch_and_period_label(key)}の取りまとめのブックです。"
    elif key:
        yield from renumbering_messages(book, plan)


def _input_book_differences(book: Workbook, plan: Plan, stamp: Stamp, group: str | None) -> Iterator[str]:
    """Sentences on how an input book differs from the plan, or from the group of its file name."""
    if stamp.mismatch_and_advice(plan) or group not in (None, stamp.group):
        missing = "" if stamp.group in plan.groups else "。このグループは計画にありません"
        yield f"これは{branch_and_period_label(stamp.plan)}のブックです（{stamp.group}{missing}）。"
        return
    found = read_matched_submission(PlanMatch(book, plan, stamp)).mismatches
    yield from (one.fact for one in found if one.kind is not MismatchKind.CHANGED)


def _write_book(books: PeriodBooks, group: str, protect: bool, path: Path) -> None:
    content = books.content_of_group(group)
    write_filled_book(books.plan, group, path, content, version=books.version, protect=protect)
