"""The progress lines with which a book starts: those of the plan, and empty ones."""

from __future__ import annotations

from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.placeholders import fill_placeholders
from kenpo_xl.domain.plan.plan import Block, Plan
from kenpo_xl.domain.submission.submission import LineEntry

_SPARE_LINES = 2


def starting_lines(plan: Plan, block: Block) -> list[LineEntry]:
    """The lines that the plan starts a block with, their calendar words filled."""
    context = plan.placeholder_context()
    return [LineEntry(block.name, one.kind, fill_placeholders(one.text, context)) for one in block.lines]


def spare_lines(block: Block) -> list[LineEntry]:
    """The empty lines for what the plan does not start a rated block with."""
    return [LineEntry(block.name, LineKind.TEXT, "")] * (_SPARE_LINES if block.rated else 0)
