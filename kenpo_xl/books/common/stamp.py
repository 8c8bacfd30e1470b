"""The stamp of an input book: its plan, its group, and the items and tables with which it was built."""

from __future__ import annotations

from dataclasses import field

from kenpo_xl.books.common import names
from kenpo_xl.books.common.item_marks import StampRow, item_marks_in_stamp
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.submission.plan_match import ItemMark
from kenpo_xl.domain.time.fiscal_calendar import APRIL, FiscalYear
from kenpo_xl.domain.time.periods import Cycle
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.workbook import Workbook

FOLLOWED = 6
"""The first of three columns in which the hidden sheet of a planner's book has the items of a later plan."""
_KEY = LazyPattern(r"(.+) ([0-9]{4}) ([MQHY])([0-9]{1,2})(?:/([0-9]{1,2}))?")
_CYCLES = {cycle.name[0]: cycle for cycle in Cycle}


@frozen
class Stamp:
    """The stamp of a book: the plan it was built from, the group it belongs to, and hashes.

    `hashes` are those of its tables (by Excel name) and texts. `items` are the items with which the book was
    built, `identities` the identity of each Excel name. `lost` is what is known of the period of a book that
    lost its stamp, '' for any other.
    """

    plan: str
    group: str
    hashes: dict[str, str] = field(default_factory=dict)
    items: tuple[ItemMark, ...] = ()

    identities: dict[str, str] = field(default_factory=dict)
    lost: str = ""

    @property
    def item_names(self) -> frozenset[str]:
        """The numbers and keys of the items with which the book was built."""
        return frozenset(name for mark in self.items for name in (mark.id, mark.stored))

    def mismatch_and_advice(self, plan: Plan) -> tuple[str, str] | None:
        """For a book of another plan, the text after its name and the advice; None for one of this plan."""
        if self.plan != branch_and_period_key(plan):
            fact = f"は別の計画（{branch_and_period_label(self.plan)}）の入力ブックです。"
            return (
                fact,
                f"{branch_and_period_label(branch_and_period_key(plan))}のブックに入力し直してください。",
            )
        if self.group not in plan.groups:
            return f"のグループ「{self.group}」が計画にありません。", "計画の「基本」を確かめてください。"
        return None


def branch_and_period_key(plan: Plan) -> str:
    """Branch, fiscal year and quarter of a plan, which its books have in common: 埼玉支部 2024 Q3.

    Of a year that begins in another month than April with that month: 埼玉支部 2024 Q3/1.
    """
    year = plan.fiscal_year
    begins = "" if year.first_month == APRIL else f"/{year.first_month}"
    return f"{plan.branch} {year} {plan.period.cycle.name[0]}{plan.period.number}{begins}"


def branch_and_period_label(key: str) -> str:
    """A key of a plan for users: 埼玉支部 令和6年度第3四半期; any other text as it is."""
    period = period_of_key(key)
    return f"{period.branch} {period.label}" if period else key


def period_of_key(key: str) -> PeriodKey | None:
    """The period that a key of a plan names, None for any other text."""
    found = _KEY.fullmatch(key)
    if not found:
        return None
    year = FiscalYear(int(found[2]), int(found[5] or APRIL))
    return PeriodKey(found[1], year, int(found[4]), _CYCLES[found[3]])


def read_stamp(book: Workbook) -> Stamp | None:
    """The stamp of an input book, None for any other workbook."""
    rows = _stamp_rows(book)
    texts = {key: text for key, text, _ in rows}
    if not texts.get(names.PLAN_KEY) or not texts.get(names.GROUP):
        return None
    hashes = {key: digest for key, _, digest in rows if digest}
    return Stamp(texts[names.PLAN_KEY], texts[names.GROUP], hashes, item_marks_in_stamp(rows), texts)


def not_an_input_book_error(name: str) -> KenpoError:
    """The error for a workbook that is no input book."""
    return KenpoError(f"{name} は入力ブックではありません。配られた入力ブックに入力して提出してください。")


def key_in_planner_book(book: Workbook) -> str:
    """The key of the plan that a planner's book was built from, '' for any other workbook."""
    texts = {key: text for key, text, _ in _stamp_rows(book)}
    return texts.get(names.PLAN_KEY, "") if names.PLANNER in texts else ""


def added_lists_in_planner_book(book: Workbook) -> frozenset[str]:
    """The sheets of the lists that a planner's book was built with, and that earlier ones lack."""
    return frozenset(text for key, text, _ in _stamp_rows(book) if key == names.PLANNER and text)


def item_marks_in_book(book: Workbook) -> tuple[ItemMark, ...]:
    """The marks of the items with which an input book or a planner's book was built, () if it has none."""
    return item_marks_in_stamp(_stamp_rows(book))


def item_marks_in_planner_book(book: Workbook) -> tuple[ItemMark, ...]:
    """The marks of the items whose numbers a planner's book has: those written last, else as it was built."""
    return item_marks_in_stamp(_stamp_rows(book, FOLLOWED)) or item_marks_in_book(book)


def _stamp_rows(book: Workbook, column: int = 1) -> list[StampRow]:
    """Three cells of each row of the hidden sheet, from a column on."""
    sheet = book.sheets.get(names.STAMP_SHEET)
    if sheet is None:
        return []
    a, b, c = range(column, column + 3)
    return [(sheet.text(r, a), sheet.text(r, b), sheet.text(r, c)) for r in sheet.non_empty_rows()]
