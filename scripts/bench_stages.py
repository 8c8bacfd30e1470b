"""Where the time of one period goes, stage by stage in one process: read, recompute, rules, write.

Used by bench.py. Each stage takes what the one before it made, as in a nightly run; no stage runs twice.
"""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path

import kenpo_xl.startup  # noqa: F401 - collect garbage as seldom as a command or the night does
from kenpo_xl.books.input.inspect.inspection import read_book
from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.engine import all_rules, run_rules
from kenpo_xl.tasks.board import write_board_and_copies
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.examine.examined_period import findings_to_review
from kenpo_xl.tasks.masking import mask_for_books
from kenpo_xl.tasks.period.consolidation import adjusted_consolidation
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.period_data import PeriodData
from kenpo_xl.tasks.period_record import period_record
from kenpo_xl.tasks.report import write_report_of

TODAY = date(2025, 1, 8)
Stage = Callable[[str], AbstractContextManager[None]]


def stages(sample: Path, folder: Path, runs: int) -> dict[str, float]:
    """The median seconds of each stage on a copy of a period below `folder`, in their order."""
    seconds: dict[str, list[float]] = {}

    @contextmanager
    def stage(name: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        seconds.setdefault(name, []).append(time.perf_counter() - start)

    for number in range(runs + 1):
        period = PeriodFolder(folder / str(number))
        shutil.copytree(sample, period.root, ignore=shutil.ignore_patterns("報告", "返却"))
        _run_stages(period, stage)
    # The first run warms the disk and the import caches.
    return {name: statistics.median(found[1:]) for name, found in seconds.items()}


def _run_stages(period: PeriodFolder, stage: Stage) -> None:
    checked = check_books([period.root])
    with stage("read: plan"):
        plan = read_plan(period.plan_path)
    with stage("read: four books"):
        read = {path: read_book(path, plan) for path in period.submitted_books()}
    data = PeriodData.of(plan, {path: submission for path, (submission, _) in read.items()})
    with stage("recompute and rate"):
        figures, assessments = data.figures, data.assessments
    with stage("rules of four books"):
        for submission, survey in read.values():
            others = tuple(one for one in data.submissions if one is not submission)
            run_rules(CheckContext(plan, submission, survey, figures, assessments, others), all_rules())
    with stage("adjust and facts"):
        whole = adjusted_consolidation(data, period.planner_path)
    with stage("write: report"):
        mask = mask_for_books(data.valid_books.values(), checked.books, plan.public_contacts)
        write_report_of(period, whole, findings_to_review(checked, plan, mask))
    with stage("write: copies and board"):
        write_board_and_copies(period, plan, checked, today=TODAY)
    with stage("write: record for ledger"):
        period_record(whole)
