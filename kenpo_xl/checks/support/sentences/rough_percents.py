"""Shares in words beside the percent that they stand for: 半数以上（58％）, 9割を超える92％."""

from __future__ import annotations

import re
from decimal import Decimal

from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence
from kenpo_xl.checks.support.sentences.rough_shares import SHARE_WORDS, bounds_of_share
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.language.numbers_in_text import FRACTION, TextNumber
from kenpo_xl.domain.lazy_patterns import LazyPattern

_JOINS = LazyPattern(r"\s*(?:の|に(?:当たる|あたる|相当する)|となる|である|超の|[^。、,()\d]{0,14}[(])?\s*")
_FOLLOWS = LazyPattern(r"\s*(?:で|と|であり|となり|とな(?:って|り))[、\s]*(?:全体の|回答者の)?\s*")
_ENDS_BRACKET = LazyPattern(r"\s*[)]")
_NOT_SO = AnyOf(
    "目標|前年|昨年|前回|前期|全国|計画|予定|見込|未|以外|残|除|ずつ|それぞれ|増|減|上昇|低下|比べ|割引|負担|倍|時点では"
)


@frozen
class RoughPercent:
    """What a sentence says of a percent in words, and between which fractions these are right."""

    words: str
    percent: TextNumber
    least: Decimal
    most: Decimal

    @property
    def is_wrong(self) -> bool:
        return not self.least <= self.percent.value <= self.most


def rough_percent(sentence: NumberedSentence) -> RoughPercent | None:
    """The only share in words of a sentence beside its only percent; None where they are apart."""
    if "%" not in sentence.text or _NOT_SO.is_in(sentence.text):
        return None
    found = list(SHARE_WORDS.finditer(sentence.text))
    if len(found) != 1 or found[0]["times"]:
        return None
    (words,) = found
    first, end = sentence.start + words.start(), sentence.start + words.end()
    percents = [one for one in sentence.numbers if one.unit == FRACTION and not first <= one.start < end]
    if len(percents) != 1 or not _are_joined(sentence, words, percents[0]):
        return None
    return RoughPercent(words[0].strip(), percents[0], *bounds_of_share(words))


def _are_joined(sentence: NumberedSentence, words: re.Match[str], percent: TextNumber) -> bool:
    """Whether words lead to the percent, or follow it, with nothing but a joint between."""
    end = sentence.start + words.end()
    if percent.start >= end:
        joint = sentence.plain[end : percent.start]
        behind = sentence.behind(percent)
        return bool(_JOINS.fullmatch(joint)) and ("(" not in joint or bool(_ENDS_BRACKET.match(behind)))
    joint = sentence.plain[percent.start + len(percent.text) : sentence.start + words.start()]
    return bool(_FOLLOWS.fullmatch(joint))
