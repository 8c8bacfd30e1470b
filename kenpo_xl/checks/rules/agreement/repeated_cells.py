"""Long texts that two rows of a list have (整合)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import PrintedText, all_printed_texts, quoted
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.dates.dates_in_text import dates_in
from kenpo_xl.domain.language.normalize import normalized

_SHORTEST = 12


@rule(
    "CO131",
    Family.AGREEMENT,
    Severity.INFO,
    "一覧の 2 つの行に、同じ内容があります",
    why="上の行を写して直し忘れた行は、その行に書くはずだったことが報告書から抜けます。",
    remedy="その行の内容を確かめてください。同じで正しければ、そのままで構いません。",
    superseded_by=("VA19", "WO20"),
)
def row_repeats_the_text_of_another(context: CheckContext) -> Iterator[Violation]:
    """A text of twelve letters or more without a date, which another row of its column has."""
    first: dict[tuple[str, str, str], PrintedText] = {}
    for written in all_printed_texts(context):
        text = normalized(written.text)
        if not written.axes or len(text) < _SHORTEST or dates_in(written.text):
            continue
        column = written.axes[1]
        before = first.setdefault((written.item.id, column.name, text), written)
        if before is not written and before.source.cell != written.source.cell:
            yield written.violation(
                0,
                f"{quoted(written.text)}は、{before.source.cell} と同じ内容です。",
                "その行の内容を確かめてください。同じで正しければ、そのままで構いません。",
                actual=quoted(written.text)[1:-1],
                related=(before.source,),
            )
