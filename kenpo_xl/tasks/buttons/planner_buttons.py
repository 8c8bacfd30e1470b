"""What the buttons of the planner's book do: take in what was handed in, make the report, find the newest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.status_board import Board
from kenpo_xl.domain.source import Source
from kenpo_xl.errors import KenpoError
from kenpo_xl.live.planner_book import open_ratings, put_ratings, show_remarks, show_states
from kenpo_xl.live.workbook import copied, path_of, save
from kenpo_xl.pipeline.adjust.matching import block_of
from kenpo_xl.tasks.board import board_of
from kenpo_xl.tasks.check import CheckResult
from kenpo_xl.tasks.check_session import CheckSession
from kenpo_xl.tasks.past_periods import past_above
from kenpo_xl.tasks.period.book_files import BOOKS
from kenpo_xl.tasks.period.consolidation import Consolidation, adjusted
from kenpo_xl.tasks.period.folder import PeriodFolder, period_folder
from kenpo_xl.tasks.period.parse_cache import cached_plan
from kenpo_xl.tasks.report import ReportResult, report

if TYPE_CHECKING:
    from kenpo_xl.live.workbook import OpenBook


@frozen
class Collected:
    """The state of every group, and how many ratings in 調整 are others now.

    `failures` are sentences on what of the earlier periods could not be read.
    """

    board: Board
    ratings: int = 0
    failures: tuple[str, ...] = ()


def collect_submissions(book: OpenBook, *, today: date) -> Collected:
    """List the state of all submissions in the open book, and the ratings of blocks that are not settled yet.

    What the planner typed stays. KenpoError where the plan, or a list of the book, cannot be read.
    """
    period = _period_of(book)
    plan = cached_plan(period.plan)
    past, failures = past_above(period, plan)
    desk = CheckSession(period.submissions(), plan=period.plan, history=past)
    checked = CheckResult(tuple(map(desk.checked, period.submissions())), failures)
    board = board_of(period, plan, checked, today=today)
    whole = adjusted(desk.folder(period.submitted, period.plan), period.planner)
    with copied(book) as copy:
        ratings = dict(_changed_ratings(copy, whole))
        show_states(book, copy, board, period.ways_from(period.root))
        put_ratings(book, copy, ratings)
    return Collected(board, len(ratings), checked.failures)


def report_open(book: OpenBook) -> ReportResult:
    """Save the open book, make the report with what it settles, and list what is to be looked at in it."""
    period = _period_of(book)
    save(book)
    result = report(period.root)
    with copied(book) as copy:
        show_remarks(book, copy, result.remarks, period.ways_from(period.root))
    return result


def newest_report(book: OpenBook) -> Path:
    """The report of this period that was written last; KenpoError where there is none."""
    period = _period_of(book)
    wanted = period.report_path(cached_plan(period.plan))
    found = [one for one in wanted.parent.glob(f"{wanted.stem}*") if one.suffix.lower() in BOOKS]
    if not found:
        raise KenpoError("報告書がまだありません。「報告書作成」を押してください。")
    return max(found, key=lambda one: (one.stat().st_mtime_ns, one.name))


def _period_of(book: OpenBook) -> PeriodFolder:
    return period_folder(path_of(book).parent)


def _changed_ratings(copy: Path, whole: Consolidation) -> Iterator[tuple[Source, str]]:
    """The cells in unsettled rows of 調整 that record another rating than that of today."""
    for one in open_ratings(copy, whole.plan):
        key = block_of(whole.plan, one.row)
        today = whole.assessments.blocks[key] if key else None
        if today and one.row.group != today.given:
            yield one.group, today.given
        if today and one.row.computed != today.computed:
            yield one.computed, today.computed
