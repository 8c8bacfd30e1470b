"""様式: lines of tables and KPIs that were typed in another block than the one that they belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Item
from kenpo_xl.domain.submission.submission import ItemEntry

_NAMES = {LineKind.TABLE: "表", LineKind.KPI: "KPI"}


@rule(
    "ST32",
    Family.STRUCTURE,
    Severity.WARNING,
    "表や KPI を載せる行が、計画とは別のブロックにあります",
    why="表や KPI は、その行の所に印字されます。別のブロックの評価の横に載ると、何の数か分かりません。",
    remedy="行の「内容」を、計画にあるブロックの行に入れ直してください。",
    superseded_by=("ST30",),
)
def table_or_kpi_in_another_block(context: CheckContext) -> Iterator[Violation]:
    """A line prints a table or a KPI that the plan has in other blocks of the item only."""
    for item in context.own_items:
        planned: dict[tuple[LineKind, str], list[str]] = defaultdict(list)
        for block in item.blocks:
            for line in block.lines:
                planned[line.kind, line.text].append(block.name)
        entry = context.entries_by_item.get(item.id)
        if entry and len(item.blocks) > 1:
            yield from _violations_for_lines_in_other_block(item, entry, planned)


def _violations_for_lines_in_other_block(
    item: Item, entry: ItemEntry, planned: dict[tuple[LineKind, str], list[str]]
) -> Iterator[Violation]:
    known = {block.name for block in item.blocks}
    for line in entry.lines:
        blocks = planned.get((line.kind, line.text), [])
        if line.kind is LineKind.TEXT or not blocks or line.block in blocks or line.block not in known:
            continue
        if line.source and not line.left_out:
            yield Violation(
                line.source,
                f"{item.id}/ブロック {line.block}/{line.text}",
                f"{_NAMES[line.kind]}「{line.text}」を載せる行は、計画ではブロック {blocks[0]} にあります。",
                f"この行をブロック {blocks[0]} に移してください。",
                line.text,
            )
