"""The progress lines with which a book starts: those of the plan, and empty ones."""

from __future__ import annotations

from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.placeholders import PLACEHOLDER, fill_placeholders
from kenpo_xl.domain.plan.plan import Block, Plan
from kenpo_xl.domain.submission.submission import LineEntry

_SPARE_LINES = 2


def starting_lines(plan: Plan, block: Block) -> list[LineEntry]:
    """The lines that the plan starts a block with, their calendar words filled."""
    context = plan.placeholder_context()
    return [
        LineEntry(block.name, one.kind, text, quoting_mark(block, place) if PLACEHOLDER.search(text) else "")
        for place, one in enumerate(block.lines)
        for text in [fill_placeholders(one.text, context)]
    ]


def line_mark(block: Block, place: int) -> str:
    """The mark of the line at a place of a block, from 0."""
    return f"L{block.name}-{place + 1}"


def quoting_mark(block: Block, place: int) -> str:
    """The mark of a line of the plan that quotes figures, by which it is known when it is overwritten."""
    return f"{line_mark(block, place)}="


def spare_lines(block: Block) -> list[LineEntry]:
    """The empty lines for what the plan does not start a rated block with."""
    return [LineEntry(block.name, LineKind.TEXT, "")] * (_SPARE_LINES if block.rated else 0)
