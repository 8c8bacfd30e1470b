"""Rule on lines of the plan that quote figures, where a user typed the figures (様式)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.language.numbers_in_text import TextNumber, numbers_in
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.placeholders import PLACEHOLDER
from kenpo_xl.domain.plan.plan import Block, Item
from kenpo_xl.domain.submission.starting_lines import mark_of_quoting_line, starting_lines
from kenpo_xl.domain.submission.submission import LineEntry
from kenpo_xl.domain.submission.typed_texts import line_identity

_FEWEST_LETTERS = 2
_FINE = "このままで構いません。表の数を直したときは、この文も直してください。"
_OTHER = "「あるべき値」の文に直してください。ほかのことは、行を挿入して、そこに書いてください。"


@rule(
    "ST31",
    Family.STRUCTURE,
    Severity.INFO,
    "表の数が自動で入る文に、文字が直接入力されています",
    why="直接入力した文は、表の数を直しても変わりません。",
    remedy="表の数と同じか確かめてください。加えたい言葉は、別の行に書くこともできます。",
    superseded_by=("CO03",),
)
def plan_line_is_overwritten(context: CheckContext) -> Iterator[Violation]:
    """A line replaces a line of the plan that quotes figures: it has its words, or else its place.

    Silent where the line of the plan is in the block as well.
    """
    for item in context.own_items:
        entry = context.entries_by_item.get(item.id)
        for block in item.blocks:
            lines = [line for line in (entry.lines if entry else ()) if line.block == block.name]
            yield from _violations_of_block(context, item, block, lines)


def _violations_of_block(
    context: CheckContext, item: Item, block: Block, lines: Sequence[LineEntry]
) -> Iterator[Violation]:
    texts = {normalized(line.text) for line in lines}
    for place, start in enumerate(starting_lines(context.plan, block)):
        if start.kind is not LineKind.TEXT or normalized(start.text) in texts:
            continue
        line = _line_instead_of_start_line(start, lines, mark_of_quoting_line(block, place))
        if line and line.source and not line.is_unconfirmed:
            yield _violation_for_overwritten_line(context, item, start, line)


def _line_instead_of_start_line(start: LineEntry, lines: Sequence[LineEntry], mark: str) -> LineEntry | None:
    """The line with the words of one of the plan, or else in its place; None for a line without either."""
    pattern = _pattern_of_words(start.text)
    same_words = (line for line in lines if pattern and pattern.fullmatch(normalized(line.text)))
    same_place = (line for line in lines if line.text and line.mark == mark)
    return next(chain(same_words, same_place), None)


def _pattern_of_words(text: str) -> re.Pattern[str] | None:
    """The words of a line around the figures that it quotes; None for a line that quotes none, or has few."""
    parts = PLACEHOLDER.split(text)
    words = [normalized(part) for part in parts[::2]]
    if len(parts) == 1 or len("".join(words)) < _FEWEST_LETTERS:
        return None
    return re.compile(".*?".join(map(re.escape, words)))


def _violation_for_overwritten_line(
    context: CheckContext, item: Item, start: LineEntry, line: LineEntry
) -> Violation:
    shown, quoted = _shown_text_and_numbers(context, item, start.text)
    agrees = _agrees_with_plan(line.text, shown, quoted)
    fact = "表の数と同じです" if agrees else f"表の数では「{' '.join(shown.split())}」となります"
    assert line.source
    return Violation(
        line.source,
        line_identity(item.id, line),
        f"表の数が自動で入る文に、文字が直接入力されています（{fact}）。",
        _FINE if agrees else _OTHER,
        actual=line.text,
        expected="" if agrees else shown,
    )


def _shown_text_and_numbers(context: CheckContext, item: Item, text: str) -> tuple[str, list[TextNumber]]:
    """What a line of the plan shows, and those of its numbers that are figures."""
    shown, starts = "", set[int]()
    for place, part in enumerate(PLACEHOLDER.split(text)):
        figure = context.figures.text_of_figure_named(item.id, part) if place % 2 else None
        if figure:
            starts.add(len(shown))
        shown += part if place % 2 == 0 else figure or ""
    return shown, [number for number in numbers_in(shown) if number.start in starts]


def _agrees_with_plan(text: str, shown: str, quoted: Sequence[TextNumber]) -> bool:
    """Whether a text is what the plan's line shows, or gives its figures, known by their units."""
    written = {(number.value, number.unit) for number in numbers_in(text)}
    units = {unit for _, unit in written}
    named = [number for number in quoted if number.unit in units]
    is_same = normalized(shown) == normalized(text)
    return is_same or (bool(named) and all((number.value, number.unit) in written for number in named))
