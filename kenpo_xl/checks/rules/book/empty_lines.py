"""様式: lines beside the plan that were left empty."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.domain.cell_reference import cell_position
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.plan.plan import Item
from kenpo_xl.domain.submission.submission import ItemEntry, LineEntry


@rule(
    "ST37",
    Family.STRUCTURE,
    Severity.INFO,
    "計画の横の「内容」が空です",
    why="ほかの行が埋まった項で 1 つだけ空いていると、書き忘れたのか、していないのか分かりません。",
    remedy="実施したことを「内容」に入れてください。要らない行なら、行ごと消してください。",
    superseded_by=(rule_codes.RATED_WITHOUT_ANSWER, "RA27", "VA41"),
)
def line_is_left_empty(context: CheckContext) -> Iterator[Violation]:
    """A block of a plan sentence has no line though others of its item do, or a line was emptied.

    Emptied is one that has another line of its block behind it.
    """
    for item in context.own_items:
        entry = context.entries_by_item.get(item.id)
        filled = {one.block for one in entry.lines if one.is_progress} if entry else set()
        for line in entry.blank_lines if entry and filled else ():
            if (
                line.source
                and line.mark
                and line.is_progress
                and _is_given_line_missing(item, entry, line, filled)
            ):
                yield Violation(
                    line.source,
                    f"{item.id}/ブロック {line.block}/{line.mark}",
                    f"ブロック {line.block} のこの行の「内容」が空です。",
                    "実施したことを「内容」に入れてください。要らない行なら、行ごと消してください。",
                )


def _is_given_line_missing(item: Item, entry: ItemEntry | None, line: LineEntry, filled: set[str]) -> bool:
    """Whether an empty line is the only place of its block, or was filled before."""
    block = item.block(line.block)
    if block is None or entry is None:
        return False
    if line.block not in filled:
        return bool(block.sentences)
    row = _sheet_row_of_line(line)
    return any(
        one.is_progress and one.block == line.block and _sheet_row_of_line(one) > row for one in entry.lines
    )


def _sheet_row_of_line(line: LineEntry) -> int:
    return cell_position(line.source.cell)[0] if line.source else 0
