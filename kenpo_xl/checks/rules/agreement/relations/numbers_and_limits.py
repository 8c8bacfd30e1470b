"""A number beside the limit that it is said to be beyond: 2,415人と2,500人を超えた (整合)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_matching import are_stated_exactly
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.language.numbers_in_text import TextNumber, is_same_unit
from kenpo_xl.domain.lazy_patterns import LazyPattern

_MUCH = r"(?:大きく|大幅に|はるかに|わずかに|やや|若干|既に|すでに)?"
_LIMIT = LazyPattern(
    rf"\s*(?:の?大台)?(?:(?P<above>を(?:も)?{_MUCH}(?:超え|上回[っりる]|突破|超過し)|に(?:まで)?達し(?=た|て(?!い?な)|、|、?ま))"
    rf"|(?P<below>を(?:も)?{_MUCH}(?:下回[っりる]|割り?込|割っ)|に(?:は|も|まで(?:は)?)?(?:届[いか][なずて]|達し(?:な|てい?な)|満た[なず]|及ば[なず])))",
    needs=("を", "に"),
)
_ANY_LIMIT = AnyOf("超|上回|突破|達し|下回|割|届|満た|及ば")
_JOINS = frozenset(("と", "と、", "で", "で、", "であり、", "となり", "となり、", "に上り、", "まで増え、"))
_NOT_SO = AnyOf("目標|計画|見込|予定|定員|うち|前年|昨年|前回|前期|前月|平均|合わせ|計")


@rule(
    "CO106",
    Family.AGREEMENT,
    Severity.WARNING,
    "「超えた」「届かない」などの言葉が、前の数と合いません",
    why="「2,415人と2,500人を超えた」と書けば、読み手は 2 つの数を比べます。",
    remedy="2 つの数と言葉のどれが正しいか確かめて直してください。",
    superseded_by=(
        rule_codes.NUMBER_IN_TEXT_DIFFERS,
        rule_codes.NUMBER_DIFFERS_FROM_FIGURE,
        "CO15",
        "CO18",
        "CO20",
        "CO68",
        "CO70",
        "CO81",
    ),
)
def number_is_not_beyond_its_limit(context: CheckContext) -> Iterator[Violation]:
    """2,415人と2,500人を超えた, 61.2％となり6割に届かなかった: a number and the limit right behind it.

    Both are exact and of one unit, and nothing but と, で or となり is between them. Silent for targets,
    other times, parts and totals.
    """
    for sentence in numbered_sentences(context):
        if len(sentence.numbers) < 2 or not _ANY_LIMIT.is_in(sentence.text):
            continue
        for number, limit in pairwise(sentence.numbers):
            words = _limit_words_contradicted(sentence, number, limit)
            if words:
                yield sentence.violation(
                    limit,
                    f"「{number.text.strip()}」が「{limit.text.strip()}{words}」とあります",
                    "2 つの数と言葉を確かめ、違うものを直してください。",
                    first=number,
                )


def _limit_words_contradicted(sentence: NumberedSentence, number: TextNumber, limit: TextNumber) -> str:
    """The words behind a limit that a number contradicts, '' for none."""
    between = "".join(sentence.between(number, limit).split())
    if between not in _JOINS or not number.unit or not is_same_unit(number.unit, limit.unit):
        return ""
    found = _LIMIT.match(sentence.behind(limit))
    if found is None or _NOT_SO.is_in(sentence.before(number)[-12:]):
        return ""
    if not are_stated_exactly((number,), sentence.written.text):
        return ""
    is_wrong = number.value < limit.value if found["above"] else number.value > limit.value
    return found[0].strip() if is_wrong else ""
