"""Finds the earlier periods of a period folder: in the folders beside it, and in the ledger above."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from kenpo_xl.books.plan.reader import read_period_key
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.plan import PLAN_NAME, Plan
from kenpo_xl.domain.results.history import YEARS, History, PastPeriod
from kenpo_xl.errors import KenpoError
from kenpo_xl.pipeline.carry.earlier_period import EarlierPeriod
from kenpo_xl.tasks.past_periods import past_from_ledger_above
from kenpo_xl.tasks.period.consolidation import adjusted_consolidation, read_period_data
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.parse_cache import cached_plan
from kenpo_xl.tasks.period_record import period_record


@frozen
class EarlierPeriods:
    """The earlier periods, newest first, with the folder of each that has one.

    `failures` are sentences on folders and books that could not be used.
    """

    periods: tuple[EarlierPeriod, ...] = ()
    folders: tuple[PeriodFolder, ...] = ()
    failures: tuple[str, ...] = ()


def find_earlier_periods(
    folder: PeriodFolder, plan: Plan, *, also: PeriodFolder | None = None
) -> EarlierPeriods:
    """The earlier periods of the plan's branch, each from its folder, else as the ledger has it.

    Folders count that are beside this one, the folder `also`, and those in folders of other years: beside the
    one above, named as that is but for the number. Of two folders of one period the first by name counts.
    """
    reading = _FolderReader(PeriodKey.of(plan))
    elsewhere = [also.root] if also else []
    reading.read_folders(dict.fromkeys((*elsewhere, *_folders_beside(folder.root.resolve()))))
    history, failures = past_from_ledger_above(folder, plan)
    known = {one.past.year_and_months for one in reading.found.values()}
    recorded = (
        EarlierPeriod(past)
        for past in (history.periods if history else ())
        if past.year_and_months not in known
    )
    periods = [*reading.found.values(), *recorded]
    return EarlierPeriods(
        tuple(sorted(periods, key=lambda one: one.past.year_and_months, reverse=True)),
        tuple(reading.found),
        (*reading.failures, *failures),
    )


def period_folders_beside(period: PeriodFolder) -> Iterator[PeriodFolder]:
    """The other period folders beside one, and those of other years."""
    return map(PeriodFolder, _folders_beside(period.root.resolve()))


def _folders_beside(root: Path) -> Iterator[Path]:
    """The other folders with a plan book beside a period folder, and those of other years."""
    name = _without_numbers(root.parent.name)
    uncles = (
        one
        for one in _folders_in(root.parent.parent)
        if one != root.parent and name and _without_numbers(one.name) == name
    )
    for parent in (root.parent, *uncles):
        for one in _folders_in(parent):
            if one != root and (one / PLAN_NAME).is_file():
                yield one


def _folders_in(parent: Path) -> list[Path]:
    try:
        return sorted(one for one in parent.iterdir() if one.is_dir() and not one.name.startswith("."))
    except OSError:
        return []


def _without_numbers(name: str) -> str:
    """A name with one mark for each number, '' without a number: 令和6年度 and 令和元年度 are alike."""
    plain = re.sub(r"元(?=年)", "1", half_width(name))
    marked = re.sub(r"\d+", "#", plain)
    return marked if marked != plain else ""


class _FolderReader:
    """Reads the folders of one branch that are earlier than a period, oldest first."""

    def __init__(self, key: PeriodKey) -> None:
        self.key = key
        self.found: dict[PeriodFolder, EarlierPeriod] = {}
        self.stored: list[PastPeriod] = []
        self.failures: list[str] = []

    def read_folders(self, folders: Iterable[Path]) -> None:
        """Read every folder of an earlier period."""
        plans: dict[PeriodKey, tuple[Path, Plan]] = {}
        for path in folders:
            plan = self._plan_of(path)
            if plan is None:
                continue
            key = PeriodKey.of(plan)
            if key in plans:
                self.failures.append(
                    f"{key.label}のフォルダーが 2 つあるため、{path.name} からは写していません。"
                    f"{plans[key][0].name} から写しました。"
                )
            else:
                plans[key] = path, plan
        for _, (path, plan) in sorted(plans.items()):
            self._read_folder(path, plan)

    def _is_earlier(self, key: PeriodKey) -> bool:
        is_recent = key.fiscal_year >= self.key.fiscal_year - YEARS
        return key.branch == self.key.branch and is_recent and key < self.key

    def _plan_of(self, path: Path) -> Plan | None:
        """The plan of an earlier period's folder; None for any other, and where it cannot be read.

        Its sheet 基本 is read first: of fifty branches side by side, only the plans of one are needed. A
        folder whose plan cannot be read is reported.
        """
        book = path / PLAN_NAME
        try:
            return cached_plan(book) if self._is_earlier(read_period_key(book)) else None
        except KenpoError as error:
            self._report(path, error)
            return None

    def _read_folder(self, path: Path, plan: Plan) -> None:
        """Add the period of a folder: the facts as reported, the books as the groups submitted them."""
        folder = PeriodFolder(path)
        data = read_period_data(folder, plan, History.of(self.stored))
        try:
            whole = adjusted_consolidation(data, folder.planner_path)
        except KenpoError as error:
            self._report(path, error)
            return
        stored = period_record(whole).past_period
        self.stored.append(stored)
        past = stored.in_names_of(plan)
        self.found[folder] = EarlierPeriod(past, data.submissions, data.figures, whole.adjustments.wordings)
        self.failures += [
            f"前の期のフォルダー {path.name} の {one.name} からは写していません。{one.reason}"
            for one in whole.rejected
        ]

    def _report(self, path: Path, error: KenpoError) -> None:
        reason = " ".join(str(error).split())
        self.failures.append(f"前の期のフォルダー {path.name} は読めなかったため写していません。{reason}")
