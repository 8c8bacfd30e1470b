"""様式: the first line of a block, whose first word joins it to words that are not there."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines, quoted
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.plan import Item

_LINKS = (
    *(
        "しかしながら",
        "しかし",
        "ところが",
        "そのため",
        "このため",
        "その結果",
        "この結果",
        "これにより",
        "したがって",
    ),
    *(
        "一方で",
        "一方",
        "ただし",
        "それにより",
        "その後",
        "その際",
        "そこで",
        "また",
        "さらに",
        "加えて",
        "併せて",
    ),
    *("あわせて", "なお", "同様に", "上記の", "上記に", "前述の", "これらの", "当該"),
)
_OPENING = LazyPattern(
    rf"^[\s・•●■◆○]*(?:[(（]?[0-9０-９]{{1,2}}[)）.．]\s*)?(?P<link>{'|'.join(_LINKS)})(?:[、は]|(?<=の)|(?<=に)|(?<=該))"
)


@rule(
    "ST36",
    Family.STRUCTURE,
    Severity.INFO,
    "ブロックの最初の文が、前の文を受ける言葉で始まっています",
    why="「しかし」「そのため」「また」で始まる文の前に文がないと、前の行を消したか、別の所の文を写したように読めます。",
    remedy="つなぐ言葉を消すか、前にあった文を入れてください。",
    superseded_by=("WO20", "WO69"),
)
def first_line_goes_on(context: CheckContext) -> Iterator[Violation]:
    """The first line of a block with a plan of its own begins with しかし, そのため, また and the like."""
    for written in printed_lines(context):
        found = _OPENING.match(written.text)
        if found and _is_first_line_of_block(context, written.item, written):
            yield written.violation(
                found.start("link"),
                f"{quoted(written.text.strip())}は「{found['link']}」で始まりますが、このブロックの最初の行です。",
                f"「{found['link']}」を消すか、前にあった文を入れてください。",
                actual=found["link"],
            )


def _is_first_line_of_block(context: CheckContext, item: Item, written: PrintedText) -> bool:
    """Whether a line is the first of a block that the plan has sentences for."""
    block, entry = item.block(written.block), context.entries_by_item.get(item.id)
    if block is None or not block.sentences or entry is None:
        return False
    lines = (one for one in entry.lines if one.block == written.block and one.text and not one.text_field)
    first = next(lines, None)
    return first is not None and first.source == written.source
