"""Directions that a sentence states for a number with last year's in brackets behind it (整合)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.sentences.directions import change_verbs_in, dictionary_form
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.language.numbers_in_text import TextNumber, is_same_unit
from kenpo_xl.domain.lazy_patterns import LazyPattern

_BRACKET = LazyPattern(
    r"\s*\(\s*(?:参考[::]?)?(?:対)?(?:前年|昨年|前回|前期|前月|前四半期)(?:度末?|度?の?同(?:期間?|月|時期|四半期))?"
    r"(?:の?実績)?[はが::、\s]*",
    needs=("(前", "(昨", "(参考", "(対前", "( 前"),
)
_TO_VERB = LazyPattern(
    r"\s*\)\s*(?:に(?!は)|と(?!の)|となり|となって|であり|で|へ)?[、\s]*"
    r"(?:(?:前年|昨年)(?:度末?|度?の?同(?:期間?|月|時期|四半期))?(?:の?実績)?(?:(?:に|と)比べて?|に対して?|より|を|から)[もは]?)?"
    r"[、\s]*(?:大きく|大幅に|やや|わずかに|若干|少し|かなり|着実に|順調に|さらに|約?\d[\d,.]*\w{0,5}の?)*"
)
_UNCLEAR = AnyOf("目標|計画|見込|予定|全国")


@rule(
    "CO85",
    Family.AGREEMENT,
    Severity.WARNING,
    "増減の言葉が、かっこの中の前年の数と合いません",
    why="「8,590通（前年同月6,203通）に減少した」と書けば、読み手は 2 つの数を比べます。",
    remedy="2 つの数と、増加・減少などの言葉のどれが正しいか確かめて直してください。",
    superseded_by=(
        rule_codes.NUMBER_IN_TEXT_DIFFERS,
        rule_codes.NUMBER_DIFFERS_FROM_FIGURE,
        "CO15",
        "CO19",
        "CO55",
        "CO67",
        "CO84",
    ),
)
def direction_contradicts_bracket(context: CheckContext) -> Iterator[Violation]:
    """増加, 減少, 上回る or 下回る behind a number and last year's in brackets, which say the opposite."""
    for sentence in numbered_sentences(context):
        for now, then in pairwise(sentence.numbers):
            verb = (
                _verb_of_change_behind(sentence, then)
                if _are_numbers_of_two_years(sentence, now, then)
                else None
            )
            if verb is None or _UNCLEAR.is_in(sentence.text):
                continue
            if now.value < then.value if verb["up"] else now.value > then.value:
                yield sentence.violation(
                    now,
                    f"{now.text.strip()}（前年などは{then.text.strip()}）に「{dictionary_form(verb)}」とありますが、逆です",
                    "2 つの数と、増加・減少などの言葉を確かめ、違うものを直してください。",
                )


def _are_numbers_of_two_years(sentence: NumberedSentence, now: TextNumber, then: TextNumber) -> bool:
    is_alike = bool(now.unit) and is_same_unit(now.unit, then.unit)
    return is_alike and _BRACKET.fullmatch(sentence.between(now, then)) is not None


def _verb_of_change_behind(sentence: NumberedSentence, then: TextNumber) -> re.Match[str] | None:
    """The verb of change that the bracket leads to, None without one."""
    begin = then.start + len(then.text)
    rest = sentence.plain[begin : sentence.end]
    verb = next(change_verbs_in(rest), None)
    return verb if verb and _TO_VERB.fullmatch(rest[: verb.start()]) else None
