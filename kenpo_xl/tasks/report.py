"""The main job: read all submissions, recompute, rate, fill the status report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from kenpo_xl.books.common.content_seal import has_valid_pdf_seal
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.changes import Changes
from kenpo_xl.domain.outputs.ledger_place import LedgerPlace
from kenpo_xl.domain.outputs.remarks import Remark
from kenpo_xl.domain.outputs.report import Report
from kenpo_xl.domain.outputs.status_board import BoardFinding
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.damage import is_damaged_pdf
from kenpo_xl.pipeline.assemble import assemble_report
from kenpo_xl.pipeline.compare import changes_since_report
from kenpo_xl.pipeline.publication import public_report
from kenpo_xl.pipeline.review import review_remarks
from kenpo_xl.pipeline.summary import summarize
from kenpo_xl.pipeline.trend import kpi_trends
from kenpo_xl.storage.atomic_write import available_path
from kenpo_xl.tasks.examine.examined_period import examine_period
from kenpo_xl.tasks.output_path import write_output
from kenpo_xl.tasks.own_forms.filled_forms import FilledForm, fill_report_forms
from kenpo_xl.tasks.past_periods import past_from_ledger_above, read_past
from kenpo_xl.tasks.period.closing import refuse_closed_period
from kenpo_xl.tasks.period.consolidation import Consolidation
from kenpo_xl.tasks.period.folder import REPORT_TEMPLATE, PeriodFolder, find_template, period_folder
from kenpo_xl.tasks.period.ignored_files import ignored_files
from kenpo_xl.tasks.period.open_remarks import readable_remarks_of_period
from kenpo_xl.tasks.period.parse_cache import cached_plan, cached_template
from kenpo_xl.tasks.period.returned import remarks_without_place


@frozen
class ReportResult:
    """The path of the report, and the remarks to review before printing.

    `changed` is true if its bytes changed. `kept` and `kept_pdf` are files at the intended paths that a
    person changed, which were not replaced; `outdated` is the report of an earlier run beside them that is no
    longer needed. `damaged` is true if the file at its path was damaged. `changes` are those since the report
    before, None without one; `failures` are sentences on earlier periods that could not be read, and on parts
    of the template that the report does not use. `removed` says what a public report leaves out, `forms` are
    the office's own.
    """

    path: Path
    pages: int
    remarks: tuple[Remark, ...]
    changed: bool = True
    kept: Path | None = None
    pdf: Path | None = None
    pdf_failure: str = ""
    kept_pdf: Path | None = None
    outdated: Path | None = None
    damaged: bool = False
    changes: Changes | None = None
    failures: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    forms: tuple[FilledForm, ...] = ()

    @property
    def removed_sentence(self) -> str:
        """What a public report leaves out, '' for any other report."""
        return f"公表用に除いたもの: {'、'.join(self.removed)}。" if self.removed else ""

    @property
    def pdf_sentence(self) -> str:
        """Where the PDF is, or why there is none."""
        return f"PDF は {self.pdf.name} です。" if self.pdf else f"PDF は作っていません。{self.pdf_failure}"

    @property
    def error_count(self) -> int:
        """The number of remarks that make the report a draft."""
        return sum(remark.is_error for remark in self.remarks)


def make_report(
    folder: Path,
    *,
    output: Path | None = None,
    template: Path | None = None,
    recomputed: bool = False,
    history: LedgerPlace | None = None,
    pdf: bool = False,
    public: bool = False,
    forms: Iterable[Path] = (),
    trend: bool = False,
) -> ReportResult:
    """Write the status report of a period folder; `recomputed` prints computed values of overwritten cells.

    Beside it the office's own `forms` are filled, by default those in 報告の様式, but for a public report.

    A report or PDF that a person changed is not replaced; the new one is written beside it. `history` is a
    ledger or a folder of earlier periods, by default the ledger above the period folder. With `trend` it has
    the sheet 推移. A `public` report is
    a file of its own, also of a closed period. KenpoError if the plan or the planner's book cannot be read,
    or the report not be written, and for a public report that would be a draft.
    """
    period = period_folder(folder)
    if not public:
        _refuse_output_in_closed_period(period, output)
    plan = cached_plan(period.plan_path)
    past, failures = read_past(history) if history else past_from_ledger_above(period, plan)
    examined = examine_period(period, plan, past, prefer_computed=recomputed)
    result = write_report_of(
        period,
        examined.whole,
        examined.findings,
        output=output,
        template=template,
        public=public,
        forms=forms,
        trend=trend,
    )
    result = replace(result, failures=(*failures, *result.failures))
    return with_pdf(result) if pdf else result


def write_report_of(
    period: PeriodFolder,
    whole: Consolidation,
    findings: Iterable[BoardFinding],
    *,
    output: Path | None = None,
    template: Path | None = None,
    public: bool = False,
    forms: Iterable[Path] = (),
    trend: bool = False,
) -> ReportResult:
    """Write the report of a period with the findings of the books that count; KenpoError if it cannot."""
    from kenpo_xl.books.report.layout.further_texts import FurtherTexts
    from kenpo_xl.books.report.writer import write_report

    wanted = output or period.report_path(whole.plan, public=public)
    period.refuse_to_overwrite(wanted)
    paths = period.relative_paths_from(wanted.parent)
    joined = _report_of_consolidation(period, whole, findings, paths, trend=trend)
    remarks = joined.remarks
    if public:
        _refuse_draft(remarks)
    joined, removed = public_report(joined) if public else (joined, ())
    look = cached_template(find_template(period, REPORT_TEMPLATE, template))
    written, pages = write_output(wanted, lambda beside: write_report(joined, look, beside))
    return ReportResult(
        written.path,
        pages,
        remarks,
        changed=written.changed,
        kept=written.kept,
        outdated=written.outdated,
        damaged=written.damaged,
        changes=joined.changes,
        failures=(*look.notes, *FurtherTexts(joined, look).notes()),
        removed=removed,
        forms=() if public else fill_report_forms(period, whole.figures, joined, wanted.parent, forms),
    )


def _refuse_draft(remarks: Iterable[Remark]) -> None:
    """KenpoError where errors are open."""
    count = sum(remark.is_error for remark in remarks)
    if count:
        raise KenpoError(
            f"直すものが {count} 件残っていて、報告書が「案」のため、公表用は作っていません。"
            "シート「要確認」の「直すもの」をなくしてから、もう一度作ってください。"
        )


def _report_of_consolidation(
    period: PeriodFolder,
    whole: Consolidation,
    findings: Iterable[BoardFinding],
    paths: Mapping[str, str],
    *,
    trend: bool,
) -> Report:
    returned = readable_remarks_of_period(period, period.plan_path, whole.plan) or ()
    asked = remarks_without_place(returned, whole.plan, whole.submissions)
    parts = (whole.plan, whole.submissions, whole.figures, whole.assessments)
    remarks = review_remarks(
        *parts,
        findings=findings,
        duplicates=whole.duplicates,
        rejected=whole.rejected,
        ignored_files=ignored_files(period),
        adjustments=(*whole.adjustment_remarks, *asked),
    )
    new = changes_since_last_report(whole)
    summary = summarize(
        whole.plan,
        whole.assessments,
        facts=whole.facts,
        outlooks=whole.outlooks,
        changes=new,
        history=whole.history,
        points=whole.adjustments.points,
    )
    made = assemble_report(
        *parts, facts=whole.facts, remarks=remarks, books=paths, changes=new, summary=summary
    )
    return replace(made, trends=kpi_trends(whole.plan, whole.history, whole.facts)) if trend else made


def changes_since_last_report(whole: Consolidation) -> Changes | None:
    """What changed since the last report; None without one."""
    if not whole.history:
        return None
    parts = (whole.plan, whole.submissions, whole.figures, whole.assessments)
    return changes_since_report(*parts, facts=whole.facts, history=whole.history)


def _refuse_output_in_closed_period(period: PeriodFolder, output: Path | None) -> None:
    """KenpoError for a closed period, except to write somewhere else."""
    if output is None or period.root.resolve() in output.resolve().parents:
        refuse_closed_period(period)


def with_pdf(result: ReportResult, write: Callable[[Path, Path], None] | None = None) -> ReportResult:
    """The same with a PDF beside the report, or with the sentence why it failed.

    `write` makes a PDF of a workbook, by default LibreOffice.
    """
    from kenpo_xl.books.report.pdf import convert_to_pdf

    wanted = result.path.with_suffix(".pdf")
    try:
        pdf = available_path(wanted, lambda path: has_valid_pdf_seal(path) or is_damaged_pdf(path))
        (write or convert_to_pdf)(result.path, pdf)
    except KenpoError as error:
        return replace(result, pdf_failure=str(error))
    return replace(result, pdf=pdf, kept_pdf=wanted if pdf != wanted else None)
