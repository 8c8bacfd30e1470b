"""Lists and tables that a line announces, and that do not follow (表記)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines, quoted_with_neighbors
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.submission.submission import LineEntry

_BELOW = r"(?:次|以下|下記?|下表|(?:次|以下|下)の表)"
_ANNOUNCED = LazyPattern(
    rf"(?:{_BELOW}(?:の|に(?:示す|記す|掲げる))(?:とおり|通り)(?:である|です|であった|となった|となっている)?"
    rf"|{_BELOW}に(?:示す|示した|記す|記した|掲げる|掲げた|まとめた|記載する|記載した|列挙する|挙げる)"
    r"|(?:次|以下)の\s*[\d０-９一二三四五]\s*(?:点|つ|項目|事項)(?:に|を|が|である|で)[^。、（(]{0,12})[。::：\s]*$",
    needs=("次", "以下", "下に", "下記", "下表", "下の"),
)


@rule(
    "WO75",
    Family.WORDING,
    Severity.WARNING,
    "「次のとおり」の後に何もありません",
    why="「結果は次のとおりである」の後に表も行もないと、読み手は書き忘れだと思います。",
    remedy="続く行か表を入れるか、文を直してください。",
    superseded_by=("CO57", "CO69", "WO20", "WO22"),
)
def announced_list_is_missing(context: CheckContext) -> Iterator[Violation]:
    """The last line of a block ends in 次のとおり or 以下に示す, and no table begins the next block.

    Also 下表のとおり within a line of an item without a table behind it, and 下記のとおり in its last line.
    """
    for written in printed_lines(context):
        found = _ANNOUNCED.search(written.text)
        table = None if found else _TABLE.search(written.text)
        if (found and not _is_line_followed_by_content(context, written)) or (
            table and not _is_announced_list_behind(context, written, table)
        ):
            found = found or table
            assert found
            quote = quoted_with_neighbors(written.text, found.start(), len(written.text))
            yield written.violation(
                found.start(),
                f"{quote}の後に、行も表もありません。",
                "続く行か表を入れるか、文を直してください。",
                actual=found[0].rstrip("。:： \n"),
            )


_TABLE = LazyPattern(
    r"(?P<table>(?:次|以下|下)の表|下表)の(?:とおり|通り)|下記の?(?:とおり|通り)|(?P<figure>下図|次の図|以下の図)の?(?:とおり|通り|に示)",
    needs=("の表", "下表", "下記", "下図", "の図"),
)


def _is_announced_list_behind(context: CheckContext, written: PrintedText, announced: re.Match[str]) -> bool:
    """Whether an item has a table, or for 下記 any line, behind the line that announces it."""
    behind = _lines_behind(context, written)
    return any(line.kind is not LineKind.TEXT or not announced["table"] for line in behind)


def _lines_behind(context: CheckContext, written: PrintedText) -> list[LineEntry]:
    lines = context.entries_by_item[written.item.id].lines
    place = next((at for at, line in enumerate(lines) if line is written.line), len(lines))
    return [line for line in lines[place + 1 :] if line.text.strip()]


def _is_line_followed_by_content(context: CheckContext, written: PrintedText) -> bool:
    """Whether what a line announces may be behind it: in its block, or a table that begins another one."""
    behind = _lines_behind(context, written)
    return any(line.block == written.block for line in behind) or _begins_with_table(behind)


def _begins_with_table(lines: Sequence[LineEntry]) -> bool:
    return bool(lines) and lines[0].kind is not LineKind.TEXT
