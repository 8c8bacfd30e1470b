"""Input books and the planner's book from a plan book."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from functools import partial
from pathlib import Path

from kenpo_xl.books.common.stamp import key_words, plan_key, planner_items, planner_plan, read_stamp
from kenpo_xl.books.input.match.plan_match import PlanMatch
from kenpo_xl.books.input.read.reader import submission_of
from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.books.planner.renumbered import PlannerPlaces
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.submission.submission import MismatchKind, Submission
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.pipeline.rate import rate
from kenpo_xl.pipeline.recompute import recompute
from kenpo_xl.storage.atomic_write import atomic_write
from kenpo_xl.tasks.period.consolidation import consolidate
from kenpo_xl.tasks.period.folder import PeriodFolder, books_in, period_folder


@frozen
class BuildResult:
    """The books that were made, and those that stood there already and were left alone.

    `unfit` are those of them, and other books in 入力/, that are of another plan or of an earlier state of
    this one, each with what is not the plan's.
    """

    made: tuple[Path, ...]
    kept: tuple[Path, ...]
    unfit: Mapping[Path, tuple[str, ...]] = field(default_factory=dict)


def build(folder: Path, *, protect: bool = False) -> BuildResult:
    """One input book per group in 入力/, and 取りまとめ.xlsm; what is there already is never overwritten.

    With `protect` the sheets of the input books are protected, without a password, but for what is typed.
    """
    period = period_folder(folder)
    plan = read_plan(period.plan)
    makers: dict[Path, Callable[[Path], None]] = {
        period.input_book(group): partial(_empty_book, plan, group, protect) for group in plan.groups
    }
    makers[period.planner] = partial(_planner_book, period)
    made = tuple(path for path in makers if not path.exists())
    for path in made:
        with atomic_write(path) as beside:
            makers[path](beside)
    kept = tuple(path for path in makers if path not in made)
    groups = {period.input_book(group): group for group in plan.groups}
    others = (path for path in books_in(period.inputs) if path not in makers)
    found = {path: tuple(_unfit(plan, path, groups.get(path))) for path in (*kept, *others)}
    return BuildResult(made, kept, {path: facts for path, facts in found.items() if facts})


def _unfit(plan: Plan, path: Path, group: str | None) -> Iterator[str]:
    """Sentences on what of a book is not the plan's, or not its group's; none for what is no book of ours."""
    try:
        book = Workbook(path)
        stamp, key = read_stamp(book), planner_plan(book)
    except KenpoError:
        return
    if stamp and (stamp.failure(plan) or group not in (None, stamp.group)):
        missing = "" if stamp.group in plan.groups else "。このグループは計画にありません"
        yield f"これは{key_words(stamp.plan)}のブックです（{stamp.group}{missing}）。"
    elif stamp:
        found = submission_of(PlanMatch(book, plan, stamp)).mismatches
        yield from (one.fact for one in found if one.kind is not MismatchKind.CHANGED)
    elif key and key != plan_key(plan):
        yield f"これは{key_words(key)}の取りまとめのブックです。"
    elif key:
        yield from (f"{moved}。" for moved in PlannerPlaces(planner_items(book), plan).all_moved())


def _empty_book(plan: Plan, group: str, protect: bool, path: Path) -> None:
    write_input_book(plan, group, path, None, protect=protect)


def _planner_book(period: PeriodFolder, path: Path) -> None:
    """The planner's book, with the ratings and typed-over cells of what was handed in by now."""
    from kenpo_xl.books.planner.writer import write_planner_book

    whole = consolidate(period)
    write_planner_book(whole.plan, path, whole.figures, whole.assessments)


def write_input_book(
    plan: Plan, group: str, path: Path, submission: Submission | None, *, protect: bool = False
) -> None:
    """Write the book of a group, empty or filled with a submission; the same input gives the same bytes."""
    from kenpo_xl.books.input.write.writer import fill_input_book

    submissions = [submission] if submission else []
    figures = recompute(plan, submissions)
    assessments = rate(plan, figures, submissions)
    fill_input_book(
        plan,
        group,
        path,
        submission=submission,
        figures=figures,
        assessments=assessments,
        protect=protect,
    )
