"""A period as read and computed: what `report`, `export` and the night start from."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from kenpo_xl.adjust import adjust_ratings, adjust_wordings, choose_figures, tell_choices
from kenpo_xl.domain.adjustments import Adjustments
from kenpo_xl.domain.figures import Figures
from kenpo_xl.domain.plan import Plan
from kenpo_xl.domain.remarks import Remark
from kenpo_xl.domain.standings import Standings
from kenpo_xl.domain.submission import Submission
from kenpo_xl.excel.adjustments_reader import read_adjustments
from kenpo_xl.excel.reader import read_submission
from kenpo_xl.plan_book import read_plan
from kenpo_xl.rate import rate
from kenpo_xl.recompute import recompute
from kenpo_xl.tasks.period import PeriodFolder

# A book that was not used, and the one of the same group that was.
Doubled = tuple[Submission, Submission]


@dataclass(frozen=True)
class Consolidation:
    """A period as read, adjusted and computed; `adjustment_remarks` has one for each adjustment."""

    plan: Plan
    submissions: tuple[Submission, ...]
    figures: Figures
    standings: Standings
    doubled: tuple[Doubled, ...] = ()
    adjustments: Adjustments = field(default_factory=Adjustments)
    adjustment_remarks: tuple[Remark, ...] = ()


def consolidate(folder: PeriodFolder, *, prefer_computed: bool = False) -> Consolidation:
    """Read the plan, every book in 提出/ and the planner's book; adjust, recompute, rate.

    What the planner chose for a typed-over cell goes before `prefer_computed`.
    """
    plan = read_plan(folder.plan)
    handed_in, doubled = _handed_in(folder, plan)
    asked = read_adjustments(folder.planner, plan) if folder.planner.exists() else Adjustments()
    submissions, about_wordings = adjust_wordings(plan, handed_in, asked.wordings)
    choices, troubles = choose_figures(recompute(plan, submissions), asked.figures)
    figures = recompute(plan, submissions, prefer_computed=prefer_computed, choices=choices)
    about_figures = tell_choices(figures, asked.figures, troubles)
    standings, about_ratings = adjust_ratings(plan, rate(plan, figures, submissions), asked.ratings)
    return Consolidation(
        plan=plan,
        submissions=submissions,
        figures=figures,
        standings=standings,
        doubled=doubled,
        adjustments=asked,
        adjustment_remarks=(*about_ratings, *about_wordings, *about_figures),
    )


def _handed_in(folder: PeriodFolder, plan: Plan) -> tuple[tuple[Submission, ...], tuple[Doubled, ...]]:
    """One submission a group, and what is doubled; of two books of a group one counts."""
    submissions: dict[str, Submission] = {}
    doubled = []
    read = [read_submission(path, plan) for path in folder.submissions()]
    for submission in sorted(read, key=lambda one: Path(one.workbook).stem != one.group):
        used = submissions.setdefault(submission.group, submission)
        if used is not submission:
            doubled.append((submission, used))
    return tuple(submissions.values()), tuple(doubled)
