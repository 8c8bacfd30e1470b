"""Closes a period (確定) with its final report, and opens it again with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from kenpo_xl.domain.outputs.closing import ClosingAct, ClosingEntry
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.period.closing import (
    ClosedContent,
    add_closing_entry,
    closing_of_period,
    read_closing_entries,
    refuse_closed_period,
)
from kenpo_xl.tasks.period.folder import period_folder
from kenpo_xl.tasks.period.open_remarks import open_remarks_of_period
from kenpo_xl.tasks.period.parse_cache import cached_plan
from kenpo_xl.tasks.report import ReportResult, make_report, with_pdf

PdfWriter = Callable[[Path, Path], None]


def close_period(
    folder: Path, *, today: date, person: str, pdf: bool = False, write_pdf: PdfWriter | None = None
) -> ReportResult:
    """Make the final report and close the period: nothing of ours changes it any more.

    KenpoError for a period that is closed, whose report would be a draft, or with remarks to groups that the
    planner has not closed or that cannot be read. `write_pdf` is as for `with_pdf`.
    """
    period = period_folder(folder)
    refuse_closed_period(period)
    remarks = open_remarks_of_period(period, period.plan_path, cached_plan(period.plan_path)).remarks
    if remarks:
        raise KenpoError(
            f"終わっていない差戻しが {len(remarks)} 件あるため、確定していません。"
            "シート「差戻し」の「終了」に済を入れ、ブックを保存してから、もう一度確定してください。"
        )
    report = make_report(folder)
    if report.error_count:
        raise KenpoError(
            f"報告書に「直すもの」が {report.error_count} 件あるため、確定していません。"
            "シート「要確認」の「直すもの」をなくしてから、もう一度確定してください。"
        )
    report = with_pdf(report, write_pdf) if pdf else report
    content = ClosedContent(period).digest
    add_closing_entry(period, ClosingEntry(ClosingAct.CLOSED, today.isoformat(), person, "", content))
    return report


def reopen_period(folder: Path, reason: str, *, today: date, person: str) -> ClosingEntry:
    """Open a closed period again; the entry that closed it.

    KenpoError for a period that is not closed, and for a reason that is empty or was given before.
    """
    period = period_folder(folder)
    closing = closing_of_period(period)
    if closing is None:
        raise KenpoError("この期は確定していません。そのまま変えられます。")
    given = " ".join(reason.split())
    if not given:
        raise KenpoError("「確定を取り消す理由」に理由を入れて、もう一度実行してください。")
    if any(one.reason == given for one in read_closing_entries(period)):
        raise KenpoError("入っている理由は、前に取り消したときのものです。いまの理由に書き直してください。")
    add_closing_entry(period, ClosingEntry(ClosingAct.REOPENED, today.isoformat(), person, given))
    return closing
