"""The offices whose books are judged: the corrected sample and two others, and their period folders."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.results.carried import CarriedBook
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear
from kenpo_xl.domain.time.periods import Cycle
from kenpo_xl.tasks.carry.write_books import write_filled_book
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.plan_version import current_plan_version
from scripts.judging.corrections import corrected
from scripts.plan_drawing import PlanDrawing, write_plan_book
from scripts.sample import drawn_plan_book, item_texts, lists, read_items, submitted

HERE = Path(__file__).parent / "offices"
PLAN, SUBMITTED = "計画.xlsx", "提出"


@dataclass(frozen=True)
class Office:
    """An office: its plan book as data, and what its groups submit in the period of that plan."""

    name: str
    drawing: PlanDrawing
    submissions: Mapping[str, Submission]

    @property
    def period(self) -> tuple[int, int]:
        """Fiscal year and quarter of the present period."""
        basics = dict(self.drawing.basics)
        return int(str(basics["年度"])), int(str(basics["四半期"]))


def sample_office() -> Office:
    """The sample with every mistake put right."""
    items = read_items(corrected(item_texts()))
    return Office("sample", drawn_plan_book(items, lists()), submitted(items))


def drawn_office(name: str) -> Office:
    """One of the offices in `offices/`, which are written without mistakes."""
    items = read_items(item_texts(HERE / name))
    return Office(name, drawn_plan_book(items, lists(HERE / name)), submitted(items))


@cache
def offices() -> tuple[Office, ...]:
    """Every office, the sample first."""
    return sample_office(), *(drawn_office(one.name) for one in sorted(HERE.glob("*")) if one.is_dir())


def write_period(
    folder: Path, office: str, period: tuple[int, int], submissions: Mapping[str, Submission]
) -> Plan:
    """Write a period folder (of a fiscal year and quarter) with its plan and submitted books; the plan."""
    content, plan = plan_book(office, *period)
    (folder / SUBMITTED).mkdir(parents=True)
    (folder / PLAN).write_bytes(content)
    version = current_plan_version(PeriodFolder(folder))
    for group, submission in submissions.items():
        path = folder / SUBMITTED / f"{group}.xlsm"
        write_filled_book(plan, group, path, CarriedBook(submission), version=version)
    return plan


@cache
def plan_book(office: str, fiscal_year: int, quarter: int) -> tuple[bytes, Plan]:
    """The plan book of an office in a period, and the plan as read from it."""
    found = next(one for one in offices() if one.name == office)
    is_present = (fiscal_year, quarter) == found.period
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / PLAN
        drawing = found.drawing if is_present else drawing_at(found.drawing, fiscal_year, quarter)
        write_plan_book(path, drawing)
        return path.read_bytes(), read_plan(path)


def drawing_at(drawing: PlanDrawing, fiscal_year: int, quarter: int) -> PlanDrawing:
    """The same plan in another year and quarter."""
    moved = {"年度": fiscal_year, "四半期": quarter}
    basics: list[tuple[str, object]] = [(key, moved.get(key, value)) for key, value in drawing.basics]
    periods: list[dict[str, Any]] = [
        {"四半期": number, "基準日": Cycle.QUARTER.last_day_of(FiscalYear(fiscal_year), number)}
        for number in (1, 2, 3, 4)
    ]
    history = [row for row in drawing.history if int(row["年度"]) < fiscal_year]
    return replace(drawing, basics=basics, periods=periods, history=history)
