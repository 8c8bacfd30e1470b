"""The main job: read all submissions, recompute, rate, fill the status report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kenpo_xl.domain.figures import Figure, Figures
from kenpo_xl.domain.plan import Plan
from kenpo_xl.domain.standings import BlockRating, KpiStanding, Standings
from kenpo_xl.domain.submission import Submission
from kenpo_xl.excel.reader import read_submission
from kenpo_xl.join import join
from kenpo_xl.plan_book import read_plan
from kenpo_xl.rate import rate
from kenpo_xl.recompute import recompute
from kenpo_xl.tasks.period import PeriodFolder, find_template, period_folder, written_beside

TEMPLATE = "status_report.xlsx"


@dataclass(frozen=True)
class ReportResult:
    """Where the report lies, and what the planner should look at before printing it."""

    path: Path
    pages: int
    missing: tuple[str, ...]
    typed_over: tuple[Figure, ...]
    differing: tuple[BlockRating, ...]
    without_target: tuple[KpiStanding, ...]
    doubled: tuple[str, ...] = ()
    pdf: Path | None = None

    @property
    def needs_attention(self) -> bool:
        return bool(self.missing or self.typed_over or self.differing or self.without_target or self.doubled)

    @property
    def has_findings(self) -> bool:
        """Whether something stands that makes the command end with 1."""
        return bool(self.missing or self.typed_over or self.doubled)


@dataclass(frozen=True)
class Consolidation:
    """A period as read and computed."""

    plan: Plan
    submissions: tuple[Submission, ...]
    figures: Figures
    standings: Standings
    doubled: tuple[str, ...] = ()


def consolidate(folder: PeriodFolder, *, prefer_computed: bool = False) -> Consolidation:
    """Read the plan and every book in 提出/, recompute, rate; of two books of a group the first counts."""
    plan = read_plan(folder.plan)
    submissions: dict[str, Submission] = {}
    doubled = []
    for path in folder.submissions():
        submission = read_submission(path, plan)
        if submission.group in submissions:
            doubled.append(
                f"{path.name}（{submission.group}は {submissions[submission.group].workbook} を使いました）"
            )
        else:
            submissions[submission.group] = submission
    found = tuple(submissions.values())
    figures = recompute(plan, found, prefer_computed=prefer_computed)
    return Consolidation(plan, found, figures, rate(plan, figures, found), tuple(doubled))


def report(
    folder: Path,
    *,
    output: Path | None = None,
    template: Path | None = None,
    recomputed: bool = False,
    pdf: bool = False,
) -> ReportResult:
    """Write the status report of a period folder; `recomputed` prints our values in typed-over cells."""
    from kenpo_xl.excel.report import write_report

    period = period_folder(folder)
    whole = consolidate(period, prefer_computed=recomputed)
    joined = join(whole.plan, whole.submissions, whole.figures, whole.standings)
    path = output or period.report_path(whole.plan)
    with written_beside(path) as beside:
        pages = write_report(joined, find_template(period, TEMPLATE, template), beside)
    result = _result(whole, path, pages)
    return _with_pdf(result) if pdf else result


def _with_pdf(result: ReportResult) -> ReportResult:
    from dataclasses import replace

    from kenpo_xl.excel.pdf import to_pdf

    pdf = result.path.with_suffix(".pdf")
    to_pdf(result.path, pdf)
    return replace(result, pdf=pdf)


def _result(whole: Consolidation, path: Path, pages: int) -> ReportResult:
    there = {submission.group for submission in whole.submissions}
    return ReportResult(
        path=path,
        pages=pages,
        missing=tuple(
            group for group in whole.plan.groups if group not in there and whole.plan.items_of(group)
        ),
        typed_over=tuple(_typed_over(whole.figures)),
        differing=tuple(block for block in whole.standings.blocks.values() if block.differs),
        without_target=tuple(kpi for kpi in whole.standings.kpis if kpi.standing.target is None),
        doubled=whole.doubled,
    )


def _typed_over(figures: Figures) -> Iterable[Figure]:
    """Computed cells that a person typed over, also where both values agree as printed."""
    return (figure for figure in figures if figure.typed_over)
