"""Copies of the plan books that input books were built from, so that these can be read after a change."""

from __future__ import annotations

import shutil
from pathlib import Path

from kenpo_xl.books.common import names
from kenpo_xl.books.common.stamp import Stamp, branch_and_period_key
from kenpo_xl.books.input.match.plan_match import PlanMatch
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.period.folder import PLAN_COPY, PeriodFolder
from kenpo_xl.tasks.period.hashes import file_hash
from kenpo_xl.tasks.period.parse_cache import cached_plan
from kenpo_xl.tasks.period.plan_version import DIGITS, is_of_present_plan


def keep_copy_of_plan(period: PeriodFolder, version: str) -> None:
    """Copy the plan book beside the older books, unless a copy of this version is there."""
    from kenpo_xl.storage.atomic_write import atomic_write  # a check only reads

    path = _copy_path(period, version)
    if not path.exists():
        with atomic_write(path) as beside:
            shutil.copyfile(period.plan_path, beside)


def plan_of_version(period: PeriodFolder, version: str) -> Plan | None:
    """The plan of a version, None if its copy is missing or cannot be read."""
    path = _copy_path(period, version)
    if not version or not path.is_file() or file_hash(path)[:DIGITS] != version:
        return None
    try:
        return cached_plan(path)
    except KenpoError:
        return None


def _copy_path(period: PeriodFolder, version: str) -> Path:
    return period.older_books_folder / f"{PLAN_COPY}{version}.xlsx"


def is_copy_of_plan(path: Path) -> bool:
    """Whether a file has the name and place of such a copy."""
    folder = PeriodFolder(path.parent.parent.parent).older_books_folder
    return path.parent == folder and path.name.startswith(PLAN_COPY)


def matched_with_own_plan(period: PeriodFolder, present: PlanMatch) -> PlanMatch:
    """A book matched with the plan that it was built from; `present` itself if that is no other, or unknown.

    `present` is the book matched with the present plan of the period.
    """
    book, plan, stamp = present.book, present.plan, present.stamp
    if stamp.plan != branch_and_period_key(plan) or is_of_present_plan(period, stamp):
        return present
    own = plan_of_version(period, stamp.identities.get(names.PLAN_VERSION, ""))
    if own is not None:
        return PlanMatch(book, own, stamp) if stamp.group in own.groups else present
    match = present
    if _has_items_of_others(stamp, plan):
        from kenpo_xl.pipeline.carry.book_of_plan import plan_when_handed_out  # few items get another group

        match = PlanMatch(book, plan_when_handed_out(plan, stamp.group, stamp.item_names), stamp)
    rescaled = match.plan_in_issued_scales()
    return PlanMatch(book, rescaled, stamp) if rescaled else match


def _has_items_of_others(stamp: Stamp, plan: Plan) -> bool:
    """Whether a book has an item that is not its group's in the plan."""
    known = {name for item in plan.items_of(stamp.group) for name in (item.id, item.key)}
    return any(known.isdisjoint((mark.id, mark.stored)) for mark in stamp.items)
