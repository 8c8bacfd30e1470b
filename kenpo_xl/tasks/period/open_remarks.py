"""The planner's open remarks (差戻し) to the groups of a period."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from kenpo_xl.domain.findings.return_remark import OpenRemarks, ReturnRemark
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.parse_cache import cached_remarks


def open_remarks_of_period(period: PeriodFolder, plan_book: Path, plan: Plan) -> OpenRemarks:
    """The remarks that the planner has not closed, none without a planner's book.

    `plan` is that of `plan_book`. KenpoError as for `read_return_rows`.
    """
    path = period.planner_path
    if not path.is_file():
        return OpenRemarks()
    return cached_remarks(path, plan_book, partial(_read_open_remarks, path, plan))


def readable_remarks_of_period(
    period: PeriodFolder, plan_book: Path, plan: Plan
) -> tuple[ReturnRemark, ...] | None:
    """The remarks that the planner has not closed; None if the planner's book cannot be read."""
    try:
        return open_remarks_of_period(period, plan_book, plan).remarks
    except (KenpoError, OSError):  # reported by what needs its adjustments
        return None


def _read_open_remarks(path: Path, plan: Plan) -> OpenRemarks:
    from kenpo_xl.books.planner.returns import read_return_rows  # most are read from the cache

    rows = read_return_rows(path, plan)
    return OpenRemarks(tuple(row.remark for row in rows if not row.is_closed))
