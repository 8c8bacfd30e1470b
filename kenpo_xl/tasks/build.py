"""Input books and the planner's book from a plan book."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from functools import cached_property, partial
from pathlib import Path

from kenpo_xl.books.common.stamp import (
    Stamp,
    branch_and_quarter_key,
    branch_and_quarter_label,
    item_marks_in_book,
    key_in_planner_book,
    read_stamp,
)
from kenpo_xl.books.input.match.plan_match import PlanMatch
from kenpo_xl.books.input.read.reader import read_matched_submission
from kenpo_xl.books.planner.renumbered import PlannerPlaces
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.results.carried import CarriedBook, CarriedValue, CellKey
from kenpo_xl.domain.submission.submission import MismatchKind, Submission
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.pipeline.carry.books import KnownContent
from kenpo_xl.pipeline.rate import rate_kpis_and_blocks
from kenpo_xl.pipeline.recompute import recompute_figures
from kenpo_xl.storage.atomic_write import atomic_write
from kenpo_xl.tasks.carry.earlier_periods import EarlierPeriods, find_earlier_periods
from kenpo_xl.tasks.next_period.handover import ConfirmedPlan, confirmed_plan
from kenpo_xl.tasks.period.consolidation import consolidate
from kenpo_xl.tasks.period.folder import PeriodFolder, books_in, period_folder


@frozen
class BuildResult:
    """The books that were created (`made`), and the existing ones, which are unchanged (`kept`).

    `unfit` are those of the latter, and other books in 入力/, that do not match the current plan, each with
    the differences. `carried` is a sentence on what was known of the new books, '' for nothing; `failures`
    are sentences on earlier periods that could not be used.
    """

    made: tuple[Path, ...]
    kept: tuple[Path, ...]
    unfit: Mapping[Path, tuple[str, ...]] = field(default_factory=dict)
    carried: str = ""
    failures: tuple[str, ...] = ()


def build_books(folder: Path, *, protect: bool = False) -> BuildResult:
    """Create one input book per group in 入力/, and 取りまとめ.xlsm; existing ones are never overwritten.

    They are filled with what earlier periods reported.

    With `protect` the sheets of the input books are protected, without a password, except their input cells.
    KenpoError if the plan cannot be read, its handover waits for answers, or a book cannot be written.
    """
    period = period_folder(folder)
    confirmed = confirmed_plan(period)
    plan, known = confirmed.plan, _KnownBooks(period, confirmed)
    makers: dict[Path, Callable[[Path], None]] = {
        period.input_book_path(group): partial(_write_known_book, known, group, protect)
        for group in plan.groups
    }
    makers[period.planner_path] = partial(_write_planner_book, period, known)
    made = tuple(path for path in makers if not path.exists())
    for path in made:
        with atomic_write(path) as beside:
            makers[path](beside)
    kept = tuple(path for path in makers if path not in made)
    failures = known.earlier.failures if made else ()
    return BuildResult(made, kept, _books_unlike_plan(period, plan, kept), known.sentence(), failures)


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
    elif key and key != branch_and_quarter_key(plan):
        yield f"これは{branch_and_quarter_label(key)}の取りまとめのブックです。"
    elif key:
        places = PlannerPlaces(item_marks_in_book(book), plan)
        yield from (f"{message}。" for message in places.all_renumbering_messages())


def _input_book_differences(book: Workbook, plan: Plan, stamp: Stamp, group: str | None) -> Iterator[str]:
    """Sentences on how an input book differs from the plan, or from the group of its file name."""
    if stamp.mismatch_and_advice(plan) or group not in (None, stamp.group):
        missing = "" if stamp.group in plan.groups else "。このグループは計画にありません"
        yield f"これは{branch_and_quarter_label(stamp.plan)}のブックです（{stamp.group}{missing}）。"
        return
    found = read_matched_submission(PlanMatch(book, plan, stamp)).mismatches
    yield from (one.fact for one in found if one.kind is not MismatchKind.CHANGED)


class _KnownBooks:
    """What is known of the books of a period before they are filled, read when the first is needed."""

    def __init__(self, period: PeriodFolder, confirmed: ConfirmedPlan) -> None:
        self.period, self.plan, self.confirmed = period, confirmed.plan, confirmed

    @cached_property
    def earlier(self) -> EarlierPeriods:
        return find_earlier_periods(self.period, self.plan, also=self.confirmed.previous)

    @cached_property
    def content(self) -> KnownContent:
        return KnownContent(self.plan, self.earlier.periods, self.confirmed.decided)

    @cached_property
    def books(self) -> dict[str, CarriedBook]:
        """The books that were asked for, by group."""
        return {}

    def book_of_group(self, group: str) -> CarriedBook:
        return self.books.setdefault(group, self.content.book_of_group(group))

    def sentence(self) -> str:
        """What the books were filled with, '' for nothing."""
        values = [one for book in self.books.values() for one in book.values.values()]
        lines = sum(book.unconfirmed_lines for book in self.books.values())
        if not values and not lines:
            return ""
        origins = "、".join(dict.fromkeys(one.origin for one in values))
        counts = [f"{len(values)} か所の値（{origins}）"] if values else []
        counts += [f"前の期の文 {lines} 行"] if lines else []
        return f"{'と、'.join(counts)}を、新しい入力ブックに入れました。"


def _write_known_book(known: _KnownBooks, group: str, protect: bool, path: Path) -> None:
    book = known.book_of_group(group)
    write_input_book(known.plan, group, path, book.submission, values=book.values, protect=protect)


def _write_planner_book(period: PeriodFolder, known: _KnownBooks, path: Path) -> None:
    """Write the planner's book with the ratings and overwritten cells of the current submissions.

    It begins with last quarter's changes of wording that still find their words.
    """
    from kenpo_xl.books.planner.writer import write_planner_book

    whole = consolidate(period)
    wordings = known.content.standing_wordings()
    write_planner_book(whole.plan, path, whole.figures, whole.assessments, wordings)


def write_input_book(
    plan: Plan,
    group: str,
    path: Path,
    submission: Submission | None,
    *,
    values: Mapping[CellKey, CarriedValue] | None = None,
    protect: bool = False,
) -> None:
    """Write the book of a group, empty or filled with a submission; the same input gives the same bytes.

    `values` are those of its cells that an earlier report gave.
    """
    from kenpo_xl.books.input.write.writer import fill_input_book

    submissions = [submission] if submission else []
    figures = recompute_figures(plan, submissions)
    assessments = rate_kpis_and_blocks(plan, figures, submissions)
    fill_input_book(
        plan,
        group,
        path,
        submission=submission,
        figures=figures,
        assessments=assessments,
        values=values,
        protect=protect,
    )
