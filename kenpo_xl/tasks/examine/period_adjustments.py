"""The planner's adjustments in a check: each planner's book is read once, each period adjusted once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.checks.adjusted_findings import AdjustedFindings, adjusted_findings
from kenpo_xl.domain.findings.finding import Finding
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.parse_cache import cached_adjustments

if TYPE_CHECKING:  # most checks need no planner's book
    from kenpo_xl.checks.context import CheckContext
    from kenpo_xl.checks.registry import Rule
    from kenpo_xl.domain.plan.plan import Plan
    from kenpo_xl.domain.results.adjustments import Adjustments
    from kenpo_xl.tasks.period.adjusted_period import AdjustedPeriod, PrintedPeriod
    from kenpo_xl.tasks.period.period_data import PeriodData

_UNREAD = "取りまとめの調整は見ていません。"


class PeriodAdjustments:
    """The adjustments for the periods of one command, by plan book."""

    def __init__(self) -> None:
        self._read: dict[Path, Adjustments | KenpoError] = {}
        self._adjusted: list[AdjustedPeriod] = []

    def adjusted_period(
        self, period: PeriodData, plan_book: Path, *, prefer_computed: bool = False
    ) -> AdjustedPeriod:
        """A period with the adjustments beside its plan book; KenpoError if these cannot be read."""
        from kenpo_xl.tasks.period.adjusted_period import adjusted_period

        known = (one for one in self._adjusted if one.period is period)
        found = None if prefer_computed else next(known, None)
        if found is None:
            asked = self._adjustments(plan_book, period.plan)
            found = adjusted_period(period, asked, prefer_computed=prefer_computed)
            self._adjusted += [] if prefer_computed else [found]
        return found

    def findings_of_book(
        self,
        findings: Iterable[Finding],
        context: CheckContext,
        period: PeriodData,
        plan_book: Path,
        rules: Iterable[Rule],
    ) -> tuple[AdjustedFindings, tuple[str, ...]]:
        """What the adjustments make of the findings of a book, and a sentence if they cannot be read."""
        if context.survey.foreign or not _planner_path(plan_book).exists():
            return AdjustedFindings(), ()
        try:
            if not self._adjustments(plan_book, period.plan).has_any:
                return AdjustedFindings(), ()
            adjusted = self.adjusted_period(period, plan_book)
        except KenpoError as error:
            return AdjustedFindings(), (f"{error}{_UNREAD}",)
        as_printed = _printed_context(context, adjusted.printed) if adjusted.printed else None
        if adjusted.printed is None or as_printed is None:
            return AdjustedFindings(), ()
        chosen = adjusted.printed.chosen_cells
        return adjusted_findings(findings, as_printed, rules, chosen), ()

    def _adjustments(self, plan_book: Path, plan: Plan) -> Adjustments:
        if plan_book not in self._read:
            path = _planner_path(plan_book)
            try:
                self._read[plan_book] = cached_adjustments(
                    path, plan_book, partial(_read_adjustments, path, plan)
                )
            except KenpoError as error:  # raised below, each time that they are asked for
                self._read[plan_book] = error
        found = self._read[plan_book]
        if isinstance(found, KenpoError):
            raise found
        return found


def _planner_path(plan_book: Path) -> Path:
    return PeriodFolder(plan_book.parent).planner_path


def _read_adjustments(path: Path, plan: Plan) -> Adjustments:
    from kenpo_xl.tasks.period.consolidation import adjustments_in  # most are read from the cache

    return adjustments_in(path, plan)


def _printed_context(context: CheckContext, printed: PrintedPeriod) -> CheckContext | None:
    """The context with what is printed; None for a book that does not count in its period."""
    own = context.submission
    new = next((one for one in printed.submissions if one.workbook == own.workbook), None)
    if new is None:
        return None
    others = tuple(one for one in printed.submissions if one.group != own.group)
    return replace(
        context,
        submission=new,
        figures=printed.figures,
        assessments=printed.assessments,
        neighbours=None if context.neighbours is None else others,
    )
