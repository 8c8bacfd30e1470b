"""A period as adjusted by the planner: what report, export, ledger and the planner's book start from."""

from __future__ import annotations

from dataclasses import field
from pathlib import Path

from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.books.planner.reader import read_adjustments
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.remarks import Remark
from kenpo_xl.domain.outputs.status_board import IgnoredFile
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.results.adjustments import Adjustments
from kenpo_xl.domain.results.assessments import Assessments
from kenpo_xl.domain.results.facts import Fact
from kenpo_xl.domain.results.figures import Figures
from kenpo_xl.domain.results.history import History, Past
from kenpo_xl.domain.submission.save_time import BookChoice
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.errors import KenpoError
from kenpo_xl.pipeline.adjust import adjust_ratings, adjust_wordings, choose_figures, tell_choices
from kenpo_xl.pipeline.facts import facts
from kenpo_xl.pipeline.rate import rate
from kenpo_xl.pipeline.recompute import with_choices
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.period_data import PeriodData, Read

_BUG = "プログラムの誤りで読めませんでした。IT 担当へお知らせください。"


@frozen
class Consolidation:
    """A period as read, adjusted and computed; `adjustment_remarks` has one for each adjustment.

    `facts` are all of its numbers. `rejected` are books that cannot be used, each with the sentence that
    says why; `history` are the earlier periods of the branch, None where none was asked for.
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


def consolidate(
    folder: PeriodFolder,
    *,
    prefer_computed: bool = False,
    past: Past | None = None,
    plan: Plan | None = None,
) -> Consolidation:
    """Read the plan, every book in 提出/ and the planner's book; recompute, rate, adjust.

    What the planner chose for an overwritten cell goes before `prefer_computed`. A book that cannot be used
    is set aside; KenpoError where the plan or the planner's book cannot. `past` knows the earlier periods:
    where plan and tables do not contain the result of a KPI last year, they do. `plan` is that of the folder,
    where it was read before.
    """
    plan = plan or read_plan(folder.plan)
    books = {path: _read(path, plan) for path in folder.submissions()}
    return adjusted(PeriodData.of(plan, books, past), folder.planner, prefer_computed=prefer_computed)


def adjusted(period: PeriodData, planner: Path, *, prefer_computed: bool = False) -> Consolidation:
    """The same of a period that was read before, with what the planner's book asks for where there is one."""
    plan = period.plan
    asked = read_adjustments(planner, plan) if planner.exists() else Adjustments()
    submissions, about_wordings = adjust_wordings(plan, period.submissions, asked.wordings)
    choices, failures = choose_figures(period.figures, asked.figures)
    figures = with_choices(period.figures, choices, prefer_computed=prefer_computed)
    about_figures = tell_choices(figures, asked.figures, failures)
    rated = period.assessments
    if figures is not period.figures:
        rated = rate(plan, figures, submissions, history=period.history)
    assessments, about_ratings = adjust_ratings(plan, rated, asked.ratings)
    return Consolidation(
        plan=plan,
        submissions=submissions,
        figures=figures,
        assessments=assessments,
        facts=facts(plan, submissions, figures, assessments),
        duplicates=period.choices,
        rejected=tuple(
            _rejected(path, one) for path, one in period.books.items() if isinstance(one, Exception)
        ),
        adjustments=asked,
        adjustment_remarks=(*about_ratings, *about_wordings, *about_figures),
        history=period.history,
    )


def _read(path: Path, plan: Plan) -> Read:
    try:
        return read_submission(path, plan)
    except KenpoError as error:
        return error


def _rejected(path: Path, error: Exception) -> IgnoredFile:
    """The book with the sentence, in one line and without the name that it begins with."""
    sentence = "".join(str(error).splitlines()) if isinstance(error, KenpoError) else _BUG
    return IgnoredFile(path.name, sentence.removeprefix(f"{path.name} は").strip())
