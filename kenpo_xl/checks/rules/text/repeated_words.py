"""Punctuation, particles, words and sentences that are repeated.

What searches a text is imported for the first text that no earlier check has searched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import found_in_each, quoted_with_neighbors
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.form.repeated_words import (
    Repetition,
    repeated_marks,
    repeated_particles,
    repeated_words,
    words_listed_twice,
)


@rule(
    "WO17",
    Family.WORDING,
    Severity.WARNING,
    "句読点などの記号が重なっています",
    why="「。。」や「、」」のような記号は、文を直したときに残ったもので、そのまま印刷されます。",
    remedy="余分な記号を消してください。",
    superseded_by=("WO20", "VA40"),
)
def mark_is_repeated(context: CheckContext) -> Iterator[Violation]:
    """、、 。。 、。 ：： ％％ and a comma beside a bracket; once a cell."""
    return _violations_for_repetitions(context, repeated_marks, "記号が重なっています")


@rule(
    "WO18",
    Family.WORDING,
    Severity.WARNING,
    "助詞が重なっています",
    why="「広報をを図った」「対象者をに送付」のような文は、打ち間違いか、書き直しの跡が残ったものです。",
    remedy="余分な助詞を消してください。",
    superseded_by=("WO20",),
)
def particle_is_repeated(context: CheckContext) -> Iterator[Violation]:
    """Pairs of particles that no sentence holds, between words written in kanji; once a cell."""
    return _violations_for_repetitions(context, repeated_particles, "助詞が重なっています")


@rule(
    "WO19",
    Family.WORDING,
    Severity.WARNING,
    "同じ言葉が続いています",
    why="「周知周知を図った」のような文は、打ち間違いか、書き直しの跡が残ったものです。",
    remedy="余分な言葉を消してください。",
    superseded_by=("WO01", "WO20"),
)
def word_is_repeated(context: CheckContext) -> Iterator[Violation]:
    """A word or a unit twice in a row, not 一人一人, 個人個人 nor 支部支部長, or a clause twice; once a cell.

    A clause of a sentence may also be said again later in it, and a name in a list (理解・理解), a word that
    joins sentences (そのため、このため), or a kanji where a word begins or ends (実実施).
    """
    return _violations_for_repetitions(context, _all_repetitions, "同じ言葉が続いています")


def _all_repetitions(text: str) -> Iterator[Repetition]:
    from kenpo_xl.domain.language.form.repeated_clauses import clauses_repeated_in_sentence
    from kenpo_xl.domain.language.grammar.repeated_starts import repeated_conjunctions, repeated_letters

    yield from repeated_words(text)
    yield from clauses_repeated_in_sentence(text)
    yield from words_listed_twice(text)
    yield from repeated_conjunctions(text)
    yield from repeated_letters(text)


def _violations_for_repetitions(
    context: CheckContext, find: Callable[[str], Iterator[Repetition]], fact: str
) -> Iterator[Violation]:
    """A violation at the first place of each text where something is doubled."""
    for written, repetitions in found_in_each(context, find):
        for found in repetitions[:1]:
            repeated = written.text[found.start : found.end].strip()
            quote = quoted_with_neighbors(written.text, found.start, found.end)
            hint = f"「{repeated}」を「{found.once}」に直してください。" if found.once else ""
            yield written.violation(
                found.start, f"{quote}は、{fact}。", hint, actual=repeated, expected=found.once
            )
