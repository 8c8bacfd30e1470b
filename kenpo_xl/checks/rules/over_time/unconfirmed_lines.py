"""The rule on lines that a book was filled with and that no one has confirmed (時系列)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import unconfirmed_lines
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.source import Source


@rule(
    rule_codes.UNCONFIRMED_LINES,
    Family.HISTORY,
    Severity.WARNING,
    "前の期の文が、確かめられていません",
    why="前の期から引き継いだ文がそのまま印刷されると、古いことがこの期のこととして読まれます。",
    remedy="灰色の文を 1 行ずつ、直すか、そのままでよいときは列「前の期の文」で「このまま」を選びます。",
)
def lines_are_unconfirmed(context: CheckContext) -> Iterator[Violation]:
    """Lines of a block are still as last quarter's book had them: one finding a block, with their count.

    No other rule judges their words until each is edited or confirmed, and the report is a draft.
    """
    cells: dict[tuple[str, str], list[Source]] = {}
    for written in unconfirmed_lines(context):
        if written.line:
            cells.setdefault((written.item.id, written.line.block), []).append(written.source)
    for (item_id, block), sources in cells.items():
        count = f"{len(sources)} 行"
        message = f"ブロック {block} に、前の期の文のままの行が {count}あります。"
        yield Violation(sources[0], f"{item_id}/ブロック {block}/実施状況", message, actual=count)
