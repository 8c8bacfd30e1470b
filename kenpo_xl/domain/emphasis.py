"""Bold, underlined and coloured parts of a text, by the positions of their letters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from kenpo_xl.domain.frozen import frozen


@frozen
class Emphasis:
    """How letters are set apart; `colour` as RRGGBB, '' for that of the text around."""

    is_bold: bool = False
    is_underlined: bool = False
    colour: str = ""


PLAIN = Emphasis()


@frozen
class EmphasisedSpan:
    """The letters from `start` to before `end` of a text, and how they are set apart."""

    start: int
    end: int
    emphasis: Emphasis


def spans_of_letters(letters: Sequence[Emphasis]) -> tuple[EmphasisedSpan, ...]:
    """The spans of a text whose letters have these emphases."""
    spans, start = [], 0
    for emphasis, group in groupby(letters):
        end = start + len(list(group))
        if emphasis != PLAIN:
            spans.append(EmphasisedSpan(start, end, emphasis))
        start = end
    return tuple(spans)


def spans_of_part(spans: Iterable[EmphasisedSpan], start: int, end: int) -> tuple[EmphasisedSpan, ...]:
    """The spans of the part of a text from `start` to before `end`, counted from its start."""
    return tuple(
        replace(span, start=max(span.start, start) - start, end=min(span.end, end) - start)
        for span in spans
        if span.start < end and span.end > start
    )


def spans_in_changed_text(spans: Iterable[EmphasisedSpan], old: str, new: str) -> tuple[EmphasisedSpan, ...]:
    """The spans of a text that was changed: those whose letters it has exactly once, where they are now."""
    if old == new:
        return tuple(spans)
    words = ((span, old[span.start : span.end]) for span in spans)
    return tuple(
        replace(span, start=new.index(word), end=new.index(word) + len(word))
        for span, word in words
        if new.count(word) == 1
    )
