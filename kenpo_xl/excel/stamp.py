"""What an input book says of itself: its plan, its group, and how its tables were defined."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import field

from kenpo_xl.domain.formulas import to_words
from kenpo_xl.domain.periods import PeriodKey
from kenpo_xl.domain.plan import Plan, Table
from kenpo_xl.domain.text import folded
from kenpo_xl.domain.values import frozen
from kenpo_xl.errors import KenpoError
from kenpo_xl.excel import names
from kenpo_xl.excel.sheets import Workbook

_KEY = re.compile(r"(.+) ([0-9]{4}) Q([1-4])")


@frozen
class Stamp:
    """What a book says of itself: the plan it was built from, the group it belongs to, and hashes.

    `hashes` are those of its tables (by Excel name) and texts; a book made before there were any has none.
    """

    plan: str
    group: str
    definition: str
    hashes: dict[str, str] = field(default_factory=dict)

    def trouble(self, plan: Plan) -> tuple[str, str] | None:
        """What follows the name of a book that is none of this plan, and what to do; None for one that is."""
        if self.plan != plan_key(plan):
            fact = f"は別の計画（{key_words(self.plan)}）の入力ブックです。"
            return fact, f"{key_words(plan_key(plan))}のブックに入力し直してください。"
        if self.group not in plan.groups:
            return f"のグループ「{self.group}」が計画にありません。", "計画の「基本」を確かめてください。"
        return None

    def outdated(self, plan: Plan) -> bool:
        """Whether the plan's tables or formulas changed after the book was made."""
        return self.definition != definition_hash(plan, self.group)

    def outdated_tables(self, plan: Plan) -> list[Table]:
        """The tables that are defined otherwise by now, as far as the book tells how it defined them."""
        return [
            table
            for item in plan.items_of(self.group)
            for table in item.tables
            if self.hashes.get(names.table_name(item.id, table.name)) not in (None, table_hash(table))
        ]


def plan_key(plan: Plan) -> str:
    """What a book and its plan must have in common: branch, fiscal year and quarter."""
    return f"{plan.branch} {plan.fiscal_year} Q{plan.period.quarter}"


def key_words(key: str) -> str:
    """A key of a plan as staff read it: 埼玉支部 令和6年度第3四半期; one that is none of ours as it is."""
    found = _KEY.fullmatch(key)
    return f"{found[1]} {PeriodKey(found[1], int(found[2]), int(found[3])).label}" if found else key


def read_stamp(book: Workbook) -> Stamp | None:
    """The stamp of an input book, None for any other workbook."""
    said = _said(book)
    if not said.get(names.PLAN_KEY) or not said.get(names.GROUP):
        return None
    hashes = {key: digest for key, digest in _column(book, 3).items() if digest}
    return Stamp(said[names.PLAN_KEY], said[names.GROUP], said.get(names.DEFINITION, ""), hashes)


def sure_stamp(book: Workbook) -> Stamp:
    """The stamp of an input book; KenpoError for any other workbook."""
    stamp = read_stamp(book)
    if stamp is None:
        raise KenpoError(
            f"{book.path.name} は入力ブックではありません。build で作ったブックに入力して提出してください。"
        )
    return stamp


def planner_plan(book: Workbook) -> str:
    """The key of the plan that a planner's book was built from, '' for any other workbook."""
    said = _said(book)
    return said.get(names.PLAN_KEY, "") if names.PLANNER in said else ""


def _said(book: Workbook) -> dict[str, str]:
    return _column(book, 2)


def _column(book: Workbook, column: int) -> dict[str, str]:
    sheet = book.sheets.get(names.STAMP_SHEET)
    return {sheet.text(row, 1): sheet.text(row, column) for row in sheet.rows()} if sheet else {}


def definition_hash(plan: Plan, group: str) -> str:
    """A hash of a group's identities, kinds, units and formulas; wording and terms leave it as it is."""
    return _digest(line for item in plan.items_of(group) for table in item.tables for line in _lines(table))


def table_hash(table: Table) -> str:
    """The same of one table."""
    return _digest(_lines(table))


def text_hash(text: str) -> str:
    """A hash of a text as it is compared."""
    return _digest((folded(text),))


def _lines(table: Table) -> Iterator[str]:
    for identity, (row, column) in table.index.items():
        cell = table.cells[row][column]
        formula = to_words(cell.formula, repr) if cell.formula else ""
        yield f"{identity} {cell.kind} {table.unit_at(row, column)} {formula}"


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
