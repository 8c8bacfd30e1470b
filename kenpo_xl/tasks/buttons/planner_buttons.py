"""Tasks of the buttons in the planner's book: collect submissions, make the report, find the newest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.books.handover.sheet import NAME as HANDOVER_NAME
from kenpo_xl.books.planner import lists
from kenpo_xl.books.planner.returns import read_return_rows
from kenpo_xl.books.planner.rows import line_rows, outlook_rows, rating_rows, rows_of_differing_overwrites
from kenpo_xl.books.report.remarks_sheet import TO_CONFIRM, TO_CORRECT
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.status_board import Board
from kenpo_xl.domain.source import Source
from kenpo_xl.errors import KenpoError
from kenpo_xl.live.followed_plan import follow_plan
from kenpo_xl.live.pdf import write_pdf_beside
from kenpo_xl.live.planner_book import (
    unsettled_ratings,
    write_group_states,
    write_plan_check,
    write_rating_cells,
    write_remarks_list,
    write_return_states,
)
from kenpo_xl.live.refreshed_lists import refresh_list
from kenpo_xl.live.workbook import save_book, saved_path, temporary_copy
from kenpo_xl.pipeline.adjust.matching import block_key
from kenpo_xl.tasks.board import board_of_checked_books
from kenpo_xl.tasks.build import BuildResult, build_books
from kenpo_xl.tasks.buttons.start_buttons import take_python_of_start_book
from kenpo_xl.tasks.check import CheckResult
from kenpo_xl.tasks.check_session import CheckSession
from kenpo_xl.tasks.next_period.new import NextPeriod, make_next_period, next_folder_of
from kenpo_xl.tasks.past_periods import past_from_ledger_above
from kenpo_xl.tasks.period.book_files import BOOKS
from kenpo_xl.tasks.period.closing import closing_of_period
from kenpo_xl.tasks.period.consolidation import Consolidation, consolidation_of
from kenpo_xl.tasks.period.folder import PeriodFolder, period_folder
from kenpo_xl.tasks.period.parse_cache import cached_plan
from kenpo_xl.tasks.period.returned import return_states
from kenpo_xl.tasks.plan.check import PlanCheck, check_plan
from kenpo_xl.tasks.plan.keys import fill_keys_of_keyed_plan
from kenpo_xl.tasks.report import ReportResult, make_report, with_pdf

if TYPE_CHECKING:
    from kenpo_xl.live.workbook import OpenBook


@frozen
class Collected:
    """The state of every group, and the number of changed ratings in 調整.

    `failures` are sentences on earlier periods that could not be read.
    """

    board: Board
    ratings: int = 0
    failures: tuple[str, ...] = ()


def collect_submissions(book: OpenBook, *, today: date) -> Collected:
    """List the state of all submissions in the open book, and the ratings of unsettled blocks.

    Input of the planner is kept. KenpoError if the plan or a list of the book cannot be read.
    """
    period = _period_folder_of(book)
    plan = cached_plan(period.plan_path)
    past, failures = past_from_ledger_above(period, plan)
    session = CheckSession(period.submitted_books(), plan=period.plan_path, history=past)
    checked = CheckResult(tuple(map(session.check_book, period.submitted_books())), failures)
    board = board_of_checked_books(period, plan, checked, today=today)
    data = session.period_data_of_folder(period.submission_folder, period.plan_path)
    whole = consolidation_of(session.adjustments.adjusted_period(data, period.plan_path))
    with temporary_copy(book) as copy:
        is_plan_changed = follow_plan(book, copy, plan)
    with temporary_copy(book) as copy:
        returned = return_states(read_return_rows(copy, plan), plan, board.seen)
        ratings = dict(_changed_ratings(copy, whole))
        write_group_states(book, copy, board, period.relative_paths_from(period.root))
        write_rating_cells(book, copy, ratings)
        if is_plan_changed:
            refresh_list(book, copy, lists.RATINGS, rating_rows(plan, whole.assessments))
        refresh_list(book, copy, lists.WORDINGS, line_rows(plan, data.submissions))
        refresh_list(book, copy, lists.FIGURES, rows_of_differing_overwrites(data.figures))
        refresh_list(book, copy, lists.OUTLOOKS, outlook_rows(plan, whole.assessments, whole.outlooks))
        write_return_states(book, copy, returned)
    return Collected(board, len(ratings), checked.failures)


def plan_check_of_open_book(book: OpenBook) -> PlanCheck:
    """Check the saved plan book of the open book's period, and list what was found and read of it.

    KenpoError if the plan book cannot be read at all.
    """
    period = _period_folder_of(book)
    found = check_plan(period)
    rows = [
        (TO_CORRECT if one.is_error else TO_CONFIRM, "", one.message, Source("", one.sheet, one.cell))
        for one in found.problems
    ]
    rows += [(lists.READ, one.name, one.words, one.source or Source("", "", "")) for one in found.readings]
    with temporary_copy(book) as copy:
        write_plan_check(book, copy, rows, period.plan_path.name)
    return found


def report_from_open_book(book: OpenBook) -> ReportResult:
    """Save the open book, make the report with its adjustments and PDF, and list the remarks in it."""
    period = _period_folder_of(book)
    save_book(book)
    result = with_pdf(make_report(period.root), partial(write_pdf_beside, book.app))
    with temporary_copy(book) as copy:
        write_remarks_list(book, copy, result.remarks, period.relative_paths_from(period.root))
    return result


def public_report_from_open_book(book: OpenBook) -> ReportResult:
    """Make the report for the public with its PDF; an open period's book is saved before.

    KenpoError while the report is a draft.
    """
    period = _period_folder_of(book)
    if closing_of_period(period) is None:
        save_book(book)
    return with_pdf(make_report(period.root, public=True), partial(write_pdf_beside, book.app))


def newest_report(book: OpenBook) -> Path:
    """The most recent report of this period; KenpoError without one."""
    period = _period_folder_of(book)
    wanted = period.report_path(cached_plan(period.plan_path))
    found = [one for one in wanted.parent.glob(f"{wanted.stem}*") if one.suffix.lower() in BOOKS]
    if not found:
        raise KenpoError("報告書がまだありません。「報告書作成」を押してください。")
    return max(found, key=lambda one: (one.stat().st_mtime_ns, one.name))


def input_books_of_period(book: OpenBook) -> str:
    """Make the input books of the open book's period, after missing keys and Python of its plan; sentences.

    KenpoError as for `build_books`.
    """
    period = _period_folder_of(book)
    keys = fill_keys_of_keyed_plan(period)
    python = take_python_of_start_book(book, period)
    return f"{keys}{python}{built_sentence(build_books(period.root, keeps_planner_book=True))}"


_HAND_OUT = "フォルダー「入力」のブックを、グループに配ってください。"


def built_sentence(built: BuildResult) -> str:
    """What was made of the input books, and what is left as it was."""
    unlike = "".join(f"{path.name}: {facts[0]}" for path, facts in built.unfit.items())
    made = f"{len(built.made)} 冊のブックを作りました。{_HAND_OUT}" if built.made else ""
    again = sum(path.exists() for path in built.older)
    done = [f"{again} 冊を作り直しました"] if again else []
    if len(built.older) > again:
        done.append(f"{len(built.older) - again} 冊を「以前の版」に移しました")
    if done:
        made += f"計画が変わったため、{'。'.join(done)}（前のブックは「入力」の「以前の版」）。"
    changes, forms = "".join(built.changes), "".join(form.sentence for form in built.forms)
    return (
        f"{made or 'ブックはもうあります。'}{changes}{built.carried}{forms}{unlike}{''.join(built.failures)}"
    )


@frozen
class NextPeriodStep:
    """What one press did: the new folder was made (`made`), or the input books of one that was there.

    `keys` is a sentence on missing keys of the plan, '' where there were none.
    """

    folder: PeriodFolder
    made: NextPeriod | None = None
    built: BuildResult | None = None
    keys: str = ""

    @property
    def handover(self) -> Path:
        return self.folder.root / HANDOVER_NAME

    @property
    def sentence(self) -> str:
        """What was made, and what to do next."""
        name = self.folder.root.name
        if self.built:
            return f"次の期のフォルダー「{name}」: {self.keys}{built_sentence(self.built)}"
        assert self.made
        count = len(self.made.handover.open_rows)
        rows = f"引継ぎの {count} 行を確かめて保存し、" if count else "計画ブックの日程などを確かめて、"
        again = "もう一度「次の期を作る」を押すと、入力ブックができます。"
        made = f"{self.made.key.label}のフォルダー「{name}」を作りました。"
        return f"{self.keys}{made}{rows}{again}{''.join(self.made.failures)}"


def next_period_of_open_book(book: OpenBook) -> NextPeriodStep:
    """Make the folder of the next period, or, where it is there, its input books.

    KenpoError if that cannot be done, or the handover waits for answers.
    """
    period = _period_folder_of(book)
    there = next_folder_of(period)
    if there is None:
        keys = fill_keys_of_keyed_plan(period)
        made = make_next_period(period.root)
        return NextPeriodStep(PeriodFolder(made.folder), made, keys=keys)
    keys = fill_keys_of_keyed_plan(there)
    return NextPeriodStep(there, built=build_books(there.root), keys=keys)


def _period_folder_of(book: OpenBook) -> PeriodFolder:
    return period_folder(saved_path(book).parent)


def _changed_ratings(copy: Path, whole: Consolidation) -> Iterator[tuple[Source, str]]:
    """The cells in unsettled rows of 調整 with an outdated rating, each with that of today."""
    for one in unsettled_ratings(copy, whole.plan):
        key = block_key(whole.plan, one.row)
        today = whole.assessments.blocks[key] if key else None
        if today and one.row.group != today.submitted_glyph:
            yield one.group, today.submitted_glyph
        if today and one.row.computed != today.computed:
            yield one.computed, today.computed
