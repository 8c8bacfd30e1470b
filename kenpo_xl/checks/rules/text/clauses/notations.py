"""Words that a line writes in two ways (表記)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import joined_texts, printed_lines, quoted_with_neighbors
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.sense.notations import two_notations


@rule(
    "WO88",
    Family.WORDING,
    Severity.WARNING,
    "1 つの行で、同じ言葉の書き方が違います",
    why="「打ち合わせ」と「打合せ」が 1 つの文に並ぶと、別のことか、書き間違いに見えます。",
    remedy="どちらか一方の書き方にそろえてください。",
    superseded_by=("WO08", "WO19", "WO20", "WO31", "WO39", "WO46", "WO63"),
)
def notations_differ(context: CheckContext) -> Iterator[Violation]:
    """Two ways to write a word in one line, outside of quotes; not what 用語 replaces."""
    whole = joined_texts(context).text
    for written in printed_lines(context):
        found = next(two_notations(written.text, whole), None)
        if found:
            start, end, other = found
            word, quote = written.text[start:end], quoted_with_neighbors(written.text, start, end)
            yield written.violation(
                start,
                f"{quote}の「{word}」は、この行の前では「{other}」と書いています。",
                f"「{word}」と「{other}」の、どちらか一方にそろえてください。",
                actual=word,
                expected=other,
            )
