"""The version of a period's plan book, which the books that are built from it name."""

from __future__ import annotations

from pathlib import Path

from kenpo_xl.books.common import names
from kenpo_xl.books.common.stamp import Stamp
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.hashes import file_hash

DIGITS = 12


def plan_version(plan_book: Path) -> str:
    """The version of a plan book: the beginning of its hash."""
    return file_hash(plan_book)[:DIGITS]


def current_plan_version(period: PeriodFolder) -> str:
    """The version of the period's plan book."""
    return plan_version(period.plan_path)


def is_of_present_plan(period: PeriodFolder, stamp: Stamp) -> bool:
    """Whether a book says that it was built from the plan book as it is now."""
    version = stamp.identities.get(names.PLAN_VERSION, "")
    return bool(version) and version == current_plan_version(period)
