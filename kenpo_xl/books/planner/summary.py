"""Reads what the planner typed for the page 概要: outlooks, and further lines."""

from __future__ import annotations

from kenpo_xl.books.planner import lists
from kenpo_xl.books.planner.list_rows import AdjustmentRow, rows_of_added_list
from kenpo_xl.domain.results.adjustments import OutlookAdjustment, SummaryPoint
from kenpo_xl.ooxml.workbook import Workbook


def outlook_adjustments(book: Workbook) -> tuple[OutlookAdjustment, ...]:
    """The rows of 見通し with an outlook of the planner; KenpoError as for `rows_of_added_list`."""
    rows = rows_of_added_list(book, lists.OUTLOOKS)
    return tuple(_outlook_adjustment(row) for row in rows if row(lists.FINAL_OUTLOOK))


def summary_points(book: Workbook) -> tuple[SummaryPoint, ...]:
    """The lines of 概要の文; KenpoError as for `rows_of_added_list`."""
    rows = rows_of_added_list(book, lists.POINTS)
    return tuple(SummaryPoint(row(lists.POINT), row.source_of_cell(lists.POINT)) for row in rows)


def _outlook_adjustment(row: AdjustmentRow) -> OutlookAdjustment:
    return OutlookAdjustment(
        kpi=row(lists.KPI),
        final=row(lists.FINAL_OUTLOOK),
        reason=row(lists.REASON),
        computed=row(lists.COMPUTED_OUTLOOK),
        source=row.source_of_cell(lists.FINAL_OUTLOOK),
    )
