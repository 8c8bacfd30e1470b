"""A period as read and computed: what `report`, `export` and the night start from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kenpo_xl.domain.figures import Figures
from kenpo_xl.domain.plan import Plan
from kenpo_xl.domain.standings import Standings
from kenpo_xl.domain.submission import Submission
from kenpo_xl.excel.reader import read_submission
from kenpo_xl.plan_book import read_plan
from kenpo_xl.rate import rate
from kenpo_xl.recompute import recompute
from kenpo_xl.tasks.period import PeriodFolder


@dataclass(frozen=True)
class Consolidation:
    """A period as read and computed."""

    plan: Plan
    submissions: tuple[Submission, ...]
    figures: Figures
    standings: Standings
    doubled: tuple[str, ...] = ()


def consolidate(folder: PeriodFolder, *, prefer_computed: bool = False) -> Consolidation:
    """Read the plan and every book in 提出/, recompute, rate; of two books of a group one counts."""
    plan = read_plan(folder.plan)
    submissions: dict[str, Submission] = {}
    doubled = []
    read = [read_submission(path, plan) for path in folder.submissions()]
    for submission in sorted(read, key=lambda one: Path(one.workbook).stem != one.group):
        used = submissions.setdefault(submission.group, submission)
        if used is not submission:
            doubled.append(f"{submission.workbook}（{submission.group}は {used.workbook} を使いました）")
    found = tuple(submissions.values())
    figures = recompute(plan, found, prefer_computed=prefer_computed)
    return Consolidation(plan, found, figures, rate(plan, figures, found), tuple(doubled))
