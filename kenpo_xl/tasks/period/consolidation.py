"""A period as adjusted by the planner: the input of report, export, ledger and planner's book."""

from __future__ import annotations

from dataclasses import field
from pathlib import Path

from kenpo_xl.books.planner.reader import read_adjustments
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.remarks import Remark
from kenpo_xl.domain.outputs.status_board import IgnoredFile
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.rule_settings import OutlookUse
from kenpo_xl.domain.results.adjustments import Adjustments
from kenpo_xl.domain.results.assessments import Assessments
from kenpo_xl.domain.results.facts import Fact
from kenpo_xl.domain.results.figures import Figures
from kenpo_xl.domain.results.history import History, Past
from kenpo_xl.domain.results.outlooks import KpiOutlook
from kenpo_xl.domain.submission.save_time import BookChoice
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.errors import KenpoError
from kenpo_xl.pipeline.adjust import adjust_outlooks
from kenpo_xl.pipeline.facts import collect_facts
from kenpo_xl.pipeline.outlook import kpi_outlooks
from kenpo_xl.tasks.period.adjusted_period import AdjustedPeriod, adjusted_period
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.parse_cache import cached_plan
from kenpo_xl.tasks.period.period_data import PeriodData, Read
from kenpo_xl.tasks.period.submitted_book import read_submitted_book

_BUG = "プログラムの誤りで読めませんでした。IT 担当へお知らせください。"


@frozen
class Consolidation:
    """A period as read, adjusted and computed; `adjustment_remarks` has one for each adjustment.

    `facts` are all of its numbers, `outlooks` the outlooks of its KPIs. `rejected` are books that cannot be
    used, each with the reason; `history` has the earlier periods of the branch, None if none was requested.
    """

    plan: Plan
    submissions: tuple[Submission, ...]
    figures: Figures
    assessments: Assessments
    facts: tuple[Fact, ...]
    duplicates: tuple[BookChoice, ...] = ()
    rejected: tuple[IgnoredFile, ...] = ()
    adjustments: Adjustments = field(default_factory=Adjustments)
    adjustment_remarks: tuple[Remark, ...] = ()
    history: History | None = None
    outlooks: tuple[KpiOutlook, ...] = ()


def consolidate(
    folder: PeriodFolder,
    *,
    prefer_computed: bool = False,
    past: Past | None = None,
    plan: Plan | None = None,
) -> Consolidation:
    """Read the plan, every book in 提出/ and the planner's book; recompute, rate, adjust.

    The planner's choice for an overwritten cell precedes `prefer_computed`. A book that cannot be used is
    rejected; KenpoError if the plan or the planner's book cannot be read. `past` provides the earlier
    periods, with last year's result of a KPI if plan and tables lack it. `plan` is that of the folder, if it
    was read before.
    """
    period = read_period_data(folder, plan or cached_plan(folder.plan_path), past)
    return adjusted_consolidation(period, folder.planner_path, prefer_computed=prefer_computed)


def read_period_data(folder: PeriodFolder, plan: Plan, past: Past | None = None) -> PeriodData:
    """The plan and every book in 提出/ as read; a book that cannot be used is the error why."""
    books = {path: _read_book(folder, path, plan) for path in folder.submitted_books()}
    return PeriodData.of(plan, books, past)


def adjustments_in(planner: Path, plan: Plan) -> Adjustments:
    """The adjustments in the planner's book, none without one. KenpoError if it cannot be read."""
    return read_adjustments(planner, plan) if planner.exists() else Adjustments()


def adjusted_consolidation(
    period: PeriodData, planner: Path, *, prefer_computed: bool = False
) -> Consolidation:
    """The consolidation of a read period with the adjustments of the planner's book, if any."""
    asked = adjustments_in(planner, period.plan)
    return consolidation_of(adjusted_period(period, asked, prefer_computed=prefer_computed))


def consolidation_of(adjusted: AdjustedPeriod) -> Consolidation:
    """The consolidation of a period with its adjustments."""
    period = adjusted.period
    parts = (period.plan, adjusted.submissions, adjusted.figures, adjusted.assessments)
    facts = collect_facts(*parts)
    outlooks, about_outlooks = _outlooks_and_remarks(adjusted, facts)
    return Consolidation(
        *parts,
        facts=facts,
        duplicates=period.book_choices,
        rejected=tuple(
            _rejected_book(path, one) for path, one in period.books.items() if isinstance(one, Exception)
        ),
        adjustments=adjusted.adjustments,
        adjustment_remarks=(*adjusted.remarks, *about_outlooks),
        history=period.history,
        outlooks=outlooks,
    )


def _outlooks_and_remarks(
    adjusted: AdjustedPeriod, facts: tuple[Fact, ...]
) -> tuple[tuple[KpiOutlook, ...], tuple[Remark, ...]]:
    """The outlooks and the remarks on the planner's, which do not count where no outlook is shown."""
    is_shown = adjusted.period.plan.summary_outlook is not OutlookUse.NONE
    asked = adjusted.adjustments.outlooks if is_shown else ()
    return adjust_outlooks(kpi_outlooks(adjusted.assessments, facts), asked)


def _read_book(folder: PeriodFolder, path: Path, plan: Plan) -> Read:
    try:
        return read_submitted_book(folder, path, plan)
    except KenpoError as error:
        return error


def _rejected_book(path: Path, error: Exception) -> IgnoredFile:
    """The book with the reason, in one line and without the name at its beginning."""
    sentence = "".join(str(error).splitlines()) if isinstance(error, KenpoError) else _BUG
    return IgnoredFile(path.name, sentence.removeprefix(f"{path.name} は").strip())
