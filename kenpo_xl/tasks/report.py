"""The main job: read all submissions, recompute, rate, fill the status report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from kenpo_xl.domain.figures import Figure, Figures
from kenpo_xl.domain.plan import CellKind
from kenpo_xl.domain.standings import BlockRating, KpiStanding
from kenpo_xl.errors import KenpoError
from kenpo_xl.excel.in_place import written_beside
from kenpo_xl.join import join
from kenpo_xl.tasks.consolidation import Consolidation, consolidate
from kenpo_xl.tasks.period import find_template, period_folder

TEMPLATE = "status_report.xlsx"
# None, unknown, negligible, withheld, as statistical tables print them.
_SIGNS = ("-", "－", "―", "ー", "…", "x", "X", "／", "/")


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
    missed: tuple[str, ...] = ()
    unread: tuple[Figure, ...] = ()
    unrated: tuple[BlockRating, ...] = ()
    pdf: Path | None = None
    pdf_trouble: str = ""

    @property
    def has_findings(self) -> bool:
        """Whether something stands that makes the command end with 1."""
        found = (self.missing, self.missed, self.unread, self.unrated, self.typed_over, self.doubled)
        return any(found)


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
    period.refuse_to_overwrite(path)
    with written_beside(path) as beside:
        pages = write_report(joined, find_template(period, TEMPLATE, template), beside)
    result = _result(whole, path, pages)
    return _with_pdf(result) if pdf else result


def _with_pdf(result: ReportResult) -> ReportResult:
    """With a PDF beside the report; where that fails the report still stands and the trouble is told."""
    from kenpo_xl.excel.pdf import to_pdf

    pdf = result.path.with_suffix(".pdf")
    try:
        to_pdf(result.path, pdf)
    except KenpoError as error:
        return replace(result, pdf_trouble=str(error))
    return replace(result, pdf=pdf)


def _result(whole: Consolidation, path: Path, pages: int) -> ReportResult:
    handed_in = {item.item for submission in whole.submissions for item in submission.items}
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
        unread=tuple(figure for figure in whole.figures if _is_unread(figure)),
        unrated=tuple(block for block in whole.standings.blocks.values() if _is_unrated(block, handed_in)),
        doubled=whole.doubled,
        missed=tuple(
            f"{submission.workbook} の{part}"
            for submission in whole.submissions
            for part in submission.missed
        ),
    )


def _is_unread(figure: Figure) -> bool:
    """Whether text stands where a number belongs; the signs of statistical tables are no text."""
    text = figure.typed
    wants_number = figure.cell.kind is CellKind.TYPED and not figure.cell.format.is_text
    return wants_number and isinstance(text, str) and text not in _SIGNS


def _is_unrated(block: BlockRating, groups_items: set[str]) -> bool:
    """Whether a rating is missing or not of the scale, in an item that was handed in."""
    return block.rated and not block.group and block.item in groups_items


def _typed_over(figures: Figures) -> Iterable[Figure]:
    """Computed cells that a person typed over, also where both values agree as printed."""
    return (figure for figure in figures if figure.typed_over)
