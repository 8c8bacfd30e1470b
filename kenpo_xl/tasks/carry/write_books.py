"""Writes the input book of a group, empty or with known content."""

from __future__ import annotations

from pathlib import Path

from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.results.carried import CarriedBook
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.pipeline.rate import rate_kpis_and_blocks
from kenpo_xl.pipeline.recompute import recompute_figures


def write_input_book(
    plan: Plan, group: str, path: Path, submission: Submission | None, *, protect: bool = False
) -> None:
    """Write the book of a group, empty or filled with a submission; the same input gives the same bytes."""
    write_filled_book(plan, group, path, CarriedBook(submission or Submission(group, ())), protect=protect)


def write_filled_book(
    plan: Plan,
    group: str,
    path: Path,
    content: CarriedBook,
    *,
    version: str = "",
    protect: bool = False,
) -> None:
    """Write the book of a group with known content; `version` is that of the plan book."""
    from kenpo_xl.books.input.write.writer import fill_input_book

    submissions = [content.submission] if content.submission.items else []
    figures = recompute_figures(plan, submissions)
    assessments = rate_kpis_and_blocks(plan, figures, submissions)
    fill_input_book(
        plan,
        group,
        path,
        known=content,
        figures=figures,
        assessments=assessments,
        version=version,
        protect=protect,
    )
