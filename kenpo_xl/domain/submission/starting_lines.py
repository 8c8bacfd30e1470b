"""The progress lines with which a book starts: those of the plan, and empty ones."""

from __future__ import annotations

from collections.abc import Iterable

from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.placeholders import PLACEHOLDER, fill_placeholders
from kenpo_xl.domain.plan.plan import Block, Plan
from kenpo_xl.domain.submission.submission import LineEntry

_SPARE_LINES = 2


def starting_lines(plan: Plan, block: Block) -> list[LineEntry]:
    """The lines that the plan starts a block with, their calendar words filled."""
    context = plan.placeholder_context()
    return [
        LineEntry(
            block.name,
            one.kind,
            text,
            mark_of_quoting_line(block, place) if PLACEHOLDER.search(text) else "",
            text_field=one.text_field,
        )
        for place, one in enumerate(block.lines)
        for text in [fill_placeholders(one.text, context)]
    ]


def lines_of_new_book(plan: Plan, block: Block) -> list[LineEntry]:
    """The lines with which a block begins in a new book: those of the plan, empty ones, text fields."""
    return lines_in_order(block, [*starting_lines(plan, block), *spare_lines(block)])


def lines_in_order(block: Block, lines: Iterable[LineEntry]) -> list[LineEntry]:
    """The lines of a block, its text fields behind the progress; progress and each field have a line."""
    found = list(lines)
    filled = {line.text_field for line in found}
    names = list(dict.fromkeys(one.text_field for one in block.lines if one.text_field))
    names = ["", *names] if names else names
    found += [
        LineEntry(block.name, LineKind.TEXT, "", text_field=name) for name in names if name not in filled
    ]
    order = {name: place for place, name in enumerate(names)}
    return sorted(found, key=lambda line: order.get(line.text_field, len(order)))


def line_mark(block: Block, place: int) -> str:
    """The mark of the line at a place of a block, from 0."""
    return f"L{block.name}-{place + 1}"


def mark_of_quoting_line(block: Block, place: int) -> str:
    """The mark of a line of the plan that quotes figures, by which it is known when it is overwritten."""
    return f"{line_mark(block, place)}="


def spare_lines(block: Block) -> list[LineEntry]:
    """The empty lines for what the plan does not start a rated block with."""
    return [LineEntry(block.name, LineKind.TEXT, "")] * (_SPARE_LINES if block.rated else 0)
