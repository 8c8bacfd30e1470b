"""What is beside a book in its folder: its plan, the submissions of other groups, what counts for them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.books.input.read.reader import read_submission
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.submission.inspection import Survey
from kenpo_xl.domain.submission.save_time import BookChoice
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.errors import KenpoError, missing_file_error
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.period_data import PeriodData
from kenpo_xl.tasks.period.plan_version import is_of_present_plan

if TYPE_CHECKING:
    from kenpo_xl.books.input.match.plan_match import PlanMatch


def items_moved_to_other_groups(period: PeriodData, path: Path, own: Submission) -> tuple[str, ...]:
    """The items in a book from before a change of the plan that count for other groups now."""
    book = period.books.get(path)
    if not isinstance(book, Submission):
        return ()
    counting = {id(entry) for one in period.submissions if one.group != own.group for entry in one.items}
    return tuple(entry.item for entry in book.items if id(entry) in counting)


def submissions_of_others(period: PeriodData, own: Submission) -> Iterator[Submission]:
    """The submissions of other groups, without the items that are in this one."""
    entries = {id(entry) for entry in own.items}
    for one in period.submissions:
        items = tuple(entry for entry in one.items if id(entry) not in entries)
        if one.group != own.group and (items or not one.items):
            yield one if len(items) == len(one.items) else replace(one, items=items)


def with_items_that_count(one: Submission, plan: Plan, moved_items: Collection[str]) -> Submission:
    """A submission without the items that another group has handed in itself since it owns them."""
    own = {item.id for item in plan.items_of(one.group)}.union(moved_items)
    if all(entry.item in own for entry in one.items):
        return one
    return replace(one, items=tuple(entry for entry in one.items if entry.item in own))


def missing_groups_reason(period: PeriodData) -> str:
    """Why books of other groups are missing; '' if every group with items has one."""
    plan, known = period.plan, {one.group for one in period.submissions}
    lacking = [group for group in plan.groups if plan.items_of(group) and group not in known]
    if not lacking:
        return ""
    unread = [path.name for path, one in period.books.items() if isinstance(one, Exception)]
    return f"{'、'.join(unread)} を読めないため" if unread else f"{'、'.join(lacking)}のブックがないため"


def period_of_book(path: Path, plan_book: Path) -> PeriodFolder | None:
    """The period folder of a book that is checked with the plan of that folder, None for others."""
    period = PeriodFolder(path.resolve().parent.parent)
    return period if plan_book.resolve() == period.plan_path.resolve() else None


def plan_book_of(path: Path, given: Path | None) -> Path:
    """The plan book of a book: the one given, else that of the folder above 提出/ or 入力/, or of its own.

    KenpoError without one, if `path` is a folder without books, and if it does not exist.
    """
    if path.is_dir():
        raise KenpoError(f"{path} に入力ブックがありません。ブックのあるフォルダーを指定してください。")
    if given:
        return given
    home = path.resolve().parent
    for folder in (home.parent, home):
        if PeriodFolder(folder).plan_path.is_file():
            return PeriodFolder(folder).plan_path
    if not path.exists():
        raise missing_file_error(path)
    raise KenpoError(
        f"{path.name} の計画ブック（計画.xlsx）が見つかりません。"
        "期のフォルダーの「入力」に置くか、コマンドの --plan で指定してください。"
    )


def read_other_book(path: Path, plan_book: Path, plan: Plan) -> Submission:
    """The submission in a book of a folder, also of its plan before a change. It may raise KenpoError."""
    from kenpo_xl.tasks.period.submitted_book import read_submitted_book  # most are read from the cache

    period = period_of_book(path, plan_book)
    return read_submitted_book(period, path, plan) if period else read_submission(path, plan)


def moved_unless_present(period: PeriodFolder, present: PlanMatch) -> tuple[Submission, Survey] | None:
    """A book that does not name the present plan book, as `moved_book`; None for any other."""
    if present.stamp.lost or is_of_present_plan(period, present.stamp):
        return None
    from kenpo_xl.tasks.period.submitted_book import moved_book  # few books are of another plan

    return moved_book(period, present)


def doubts_about_others(choices: Iterable[BookChoice], checked: Collection[Path]) -> Iterator[str]:
    """Sentences on doubtful choices among unchecked books; a checked book has a finding instead."""
    for one in choices:
        both = one.used.path.resolve(), one.unused.path.resolve()
        if one.doubt_sentence and not any(path in checked for path in both):
            yield one.choice_sentence
