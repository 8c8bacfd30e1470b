"""What an input book says of itself: its plan, its group, and how its tables were defined."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from kenpo_xl.domain.formulas import to_words
from kenpo_xl.domain.plan import Plan
from kenpo_xl.excel import names
from kenpo_xl.excel.sheets import Workbook


@dataclass(frozen=True)
class Stamp:
    """What a book says of itself: the plan it was built from and the group it belongs to."""

    plan: str
    group: str
    definition: str


def plan_key(plan: Plan) -> str:
    """What a book and its plan must have in common: branch, fiscal year and quarter."""
    return f"{plan.branch} {plan.fiscal_year} Q{plan.period.quarter}"


def read_stamp(book: Workbook) -> Stamp | None:
    """The stamp of an input book, None for any other workbook."""
    said = _said(book)
    if not said.get(names.PLAN_KEY) or not said.get(names.GROUP):
        return None
    return Stamp(said[names.PLAN_KEY], said[names.GROUP], said.get(names.DEFINITION, ""))


def planner_plan(book: Workbook) -> str:
    """The key of the plan that a planner's book was built from, '' for any other workbook."""
    said = _said(book)
    return said.get(names.PLAN_KEY, "") if names.PLANNER in said else ""


def _said(book: Workbook) -> dict[str, str]:
    sheet = book.sheets.get(names.STAMP_SHEET)
    return {sheet.text(row, 1): sheet.text(row, 2) for row in sheet.rows()} if sheet else {}


def definition_hash(plan: Plan, group: str) -> str:
    """A hash of a group's identities, kinds, units and formulas; wording and terms leave it as it is."""
    lines = []
    for item in plan.items_of(group):
        for table in item.tables:
            for identity, (row, column) in table.index.items():
                cell = table.cells[row][column]
                formula = to_words(cell.formula, repr) if cell.formula else ""
                lines.append(f"{identity} {cell.kind} {table.unit_at(row, column)} {formula}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
