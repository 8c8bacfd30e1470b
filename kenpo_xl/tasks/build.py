"""Input books from a plan book."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kenpo_xl.domain.plan import Plan
from kenpo_xl.domain.submission import Submission
from kenpo_xl.excel.in_place import written_beside
from kenpo_xl.plan_book import read_plan
from kenpo_xl.rate import rate
from kenpo_xl.recompute import recompute
from kenpo_xl.tasks.period import period_folder


@dataclass(frozen=True)
class BuildResult:
    """The books that were made, and those that stood there already and were left alone."""

    made: tuple[Path, ...]
    kept: tuple[Path, ...]


def build(folder: Path) -> BuildResult:
    """One input book per group in 入力/; a book that is there already is never overwritten."""
    period = period_folder(folder)
    plan = read_plan(period.plan)
    made, kept = [], []
    for group in plan.groups:
        path = period.inputs / f"{group}.xlsx"
        if path.exists():
            kept.append(path)
            continue
        with written_beside(path) as beside:
            write_input_book(plan, group, beside, None)
        made.append(path)
    return BuildResult(tuple(made), tuple(kept))


def write_input_book(plan: Plan, group: str, path: Path, submission: Submission | None) -> None:
    """Write the book of a group, empty or filled with a submission; the same input gives the same bytes."""
    from kenpo_xl.excel.input_book import fill_input_book

    submissions = [submission] if submission else []
    figures = recompute(plan, submissions)
    fill_input_book(plan, group, path, submission, figures, rate(plan, figures, submissions))
