"""What an input book says of itself: its plan, its group, and what its items and tables were made with."""

from __future__ import annotations

import re
from dataclasses import field

from kenpo_xl.books.common import names
from kenpo_xl.books.common.item_marks import marks_in
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.submission.plan_match import ItemMark
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.workbook import Workbook

_KEY = re.compile(r"(.+) ([0-9]{4}) Q([1-4])")


@frozen
class Stamp:
    """What a book says of itself: the plan it was built from, the group it belongs to, and hashes.

    `hashes` are those of its tables (by Excel name) and texts.
    `items` are those that the book was made with, `identities` what its Excel names stand for.
    `lost` says what is known of the period of a book whose stamp is gone, '' for one that has it.
    """

    plan: str
    group: str
    hashes: dict[str, str] = field(default_factory=dict)
    items: tuple[ItemMark, ...] = ()
    identities: dict[str, str] = field(default_factory=dict)
    lost: str = ""

    def failure(self, plan: Plan) -> tuple[str, str] | None:
        """What follows the name of a book that is none of this plan, and what to do; None for one that is."""
        if self.plan != plan_key(plan):
            fact = f"は別の計画（{key_words(self.plan)}）の入力ブックです。"
            return fact, f"{key_words(plan_key(plan))}のブックに入力し直してください。"
        if self.group not in plan.groups:
            return f"のグループ「{self.group}」が計画にありません。", "計画の「基本」を確かめてください。"
        return None


def plan_key(plan: Plan) -> str:
    """What a book and its plan must have in common: branch, fiscal year and quarter."""
    return f"{plan.branch} {plan.fiscal_year} Q{plan.period.quarter}"


def key_words(key: str) -> str:
    """A key of a plan as staff read it: 埼玉支部 令和6年度第3四半期; one that is none of ours as it is."""
    found = _KEY.fullmatch(key)
    return f"{found[1]} {PeriodKey(found[1], int(found[2]), int(found[3])).label}" if found else key


def read_stamp(book: Workbook) -> Stamp | None:
    """The stamp of an input book, None for any other workbook."""
    rows = _rows(book)
    said = {key: words for key, words, _ in rows}
    if not said.get(names.PLAN_KEY) or not said.get(names.GROUP):
        return None
    hashes = {key: digest for key, _, digest in rows if digest}
    return Stamp(said[names.PLAN_KEY], said[names.GROUP], hashes, marks_in(rows), said)


def no_input_book(name: str) -> KenpoError:
    """What is raised for any other workbook."""
    return KenpoError(f"{name} は入力ブックではありません。配られた入力ブックに入力して提出してください。")


def planner_plan(book: Workbook) -> str:
    """The key of the plan that a planner's book was built from, '' for any other workbook."""
    said = {key: words for key, words, _ in _rows(book)}
    return said.get(names.PLAN_KEY, "") if names.PLANNER in said else ""


def planner_items(book: Workbook) -> tuple[ItemMark, ...]:
    """The items that a planner's book was made with; none where it does not say."""
    return marks_in(_rows(book))


def _rows(book: Workbook) -> list[tuple[str, str, str]]:
    """The first three cells of each row of the hidden sheet."""
    sheet = book.sheets.get(names.STAMP_SHEET)
    return (
        [(sheet.text(r, 1), sheet.text(r, 2), sheet.text(r, 3)) for r in sheet.non_empty_rows()]
        if sheet
        else []
    )
