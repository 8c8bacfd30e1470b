"""Input books and the planner's book from a plan book."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from kenpo_xl.domain.plan import Plan
from kenpo_xl.domain.submission import Submission
from kenpo_xl.domain.values import frozen
from kenpo_xl.errors import KenpoError
from kenpo_xl.excel.in_place import written_beside
from kenpo_xl.excel.sheets import Workbook
from kenpo_xl.excel.stamp import read_stamp
from kenpo_xl.plan_book import read_plan
from kenpo_xl.rate import rate
from kenpo_xl.recompute import recompute
from kenpo_xl.tasks.consolidation import consolidate
from kenpo_xl.tasks.period import PeriodFolder, period_folder


@frozen
class BuildResult:
    """The books that were made, and those that stood there already and were left alone.

    `outdated` are those of `kept` whose tables or formulas are no longer those of the plan.
    """

    made: tuple[Path, ...]
    kept: tuple[Path, ...]
    outdated: tuple[Path, ...] = ()


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
        with written_beside(path) as beside:
            makers[path](beside)
    kept = tuple(path for path in makers if path not in made)
    return BuildResult(made, kept, tuple(path for path in kept if _is_outdated(plan, path)))


def _is_outdated(plan: Plan, path: Path) -> bool:
    """Whether an input book was built before its tables changed; not known of what is no such book."""
    try:
        stamp = read_stamp(Workbook(path))
    except KenpoError:
        return False
    return stamp is not None and stamp.outdated(plan)


def _empty_book(plan: Plan, group: str, protect: bool, path: Path) -> None:
    write_input_book(plan, group, path, None, protect=protect)


def _planner_book(period: PeriodFolder, path: Path) -> None:
    """The planner's book, with the ratings and typed-over cells of what was handed in by now."""
    from kenpo_xl.excel.planner_book import write_planner_book

    whole = consolidate(period)
    write_planner_book(whole.plan, path, whole.figures, whole.standings)


def write_input_book(
    plan: Plan, group: str, path: Path, submission: Submission | None, *, protect: bool = False
) -> None:
    """Write the book of a group, empty or filled with a submission; the same input gives the same bytes."""
    from kenpo_xl.excel.input_book import fill_input_book

    submissions = [submission] if submission else []
    figures = recompute(plan, submissions)
    standings = rate(plan, figures, submissions)
    fill_input_book(
        plan,
        group,
        path,
        submission=submission,
        figures=figures,
        standings=standings,
        protect=protect,
    )
