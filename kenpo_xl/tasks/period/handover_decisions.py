"""What the planner decided in 引継ぎ.xlsx, as far as it is answered; nothing is written or refused."""

from __future__ import annotations

import os
from pathlib import Path

from kenpo_xl.books.handover.reader import read_handover_answers
from kenpo_xl.books.handover.sheet import NAME
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.plan_changes import Decisions
from kenpo_xl.errors import KenpoError
from kenpo_xl.pipeline.handover.decisions import decided_changes, decisions_for_earlier_plan
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.parse_cache import cached_plan


def folder_before(period: PeriodFolder, previous: str) -> PeriodFolder | None:
    """The folder of the period before, None without a name of it, or where it has no plan book."""
    folder = PeriodFolder(Path(os.path.normpath(period.root.resolve() / previous)))
    return folder if previous and folder.plan_path.is_file() else None


def decisions_in_handover(period: PeriodFolder, plan: Plan) -> tuple[PeriodFolder | None, Decisions]:
    """The folder of the period before, and what is decided on parts of its plan that changed since.

    Nothing without a handover, or where it or that folder cannot be read.
    """
    path = period.root / NAME
    try:
        answers = read_handover_answers(path) if path.is_file() else None
        before = folder_before(period, answers.previous) if answers else None
        if answers is None or before is None:
            return None, {}
        return before, decided_changes(cached_plan(before.plan_path), plan, answers.by_id)[1]
    except KenpoError:
        return None, {}


def decisions_on_earlier_plan(old: Plan, before: PeriodFolder | None, decided: Decisions) -> Decisions:
    """The same decisions, on the parts of an earlier plan of this period or of the plan before."""
    if not decided or before is None:
        return {}
    previous = cached_plan(before.plan_path)
    is_previous = PeriodKey.of(old) == PeriodKey.of(previous)
    return decided if is_previous else decisions_for_earlier_plan(old, previous, decided)
