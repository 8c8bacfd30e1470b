"""What is left of a whole, beside the whole and its parts (整合)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_matching import are_stated_exactly
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf, alternatives
from kenpo_xl.domain.language.numbers_in_text import TextNumber, is_same_unit
from kenpo_xl.domain.numbers.exact import decimal_text

_REMAINDER = AnyOf("残|を除|差し引")
_OF_WHOLE = alternatives("のうち|うち|の内|中|から|を抽出|を対象|の対象|があり|あり、|に対し|を予定|ある")
_RESTS = alternatives("残り|残る|残余|残額|残件数|残件|残った|残りの|を除く|を除いた|を差し引いた|を差し引き")
_NOT_ALONE = AnyOf("約|目標|計画|見込|重複|延べ|それぞれ|前年|昨年|残高|残業|期末|追加|新た|別の|他の|ほかの")
_FEWEST, _MOST = 3, 4


@rule(
    "CO64",
    Family.AGREEMENT,
    Severity.WARNING,
    "残りの数が、全体と一部の数に合いません",
    why="「1,689件のうち1,323件を確認し、残り466件」と書けば、読み手は引き算をします。",
    remedy="全体、一部、残りの数のどれが正しいか確かめて直してください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, rule_codes.NUMBER_DIFFERS_FROM_FIGURE, "CO52"),
)
def remainder_is_not_the_rest(context: CheckContext) -> Iterator[Violation]:
    """A whole, one or two parts of it and what is left, which is another number.

    No other numbers of the unit are before what is left, which may begin the next sentence: 残る4会場は….
    """
    sentences = numbered_sentences(context)
    for place, sentence in enumerate(sentences):
        if not _REMAINDER.is_in(sentence.text):
            continue
        found = _stated_rest_parts_and_right_rest(sentence, _sentence_before_if_same_text(sentences, place))
        if found:
            rest, parts, real = found
            names = "、".join(one.text.strip() for one in parts[1:])
            yield sentence.violation(
                rest,
                f"{parts[0].text.strip()}から{names}を引くと {decimal_text(real)} ですが、"
                f"「{rest.text.strip()}」とあります",
                "全体、一部、残りの数を確かめ、違うものを直してください。",
                expected=decimal_text(real),
                first=parts[0] if parts[0].start >= sentence.start else rest,
            )


def _sentence_before_if_same_text(
    sentences: Sequence[NumberedSentence], place: int
) -> NumberedSentence | None:
    """The sentence right before one in its text; None where there is none."""
    before, sentence = sentences[place - 1], sentences[place]
    is_right_before = place > 0 and before.written is sentence.written and before.end >= sentence.start - 1
    return before if is_right_before else None


def _stated_rest_parts_and_right_rest(
    sentence: NumberedSentence, before: NumberedSentence | None
) -> tuple[TextNumber, Sequence[TextNumber], Decimal] | None:
    """What is left, the whole with its parts, and what should be left; None for nothing wrong."""
    rest = next((one for one in sentence.numbers if _is_number_called_rest(sentence, one)), None)
    if rest is None or not rest.unit:
        return None
    parts = _whole_and_parts(sentence, before, rest)
    if not parts or not are_stated_exactly((*parts, rest), sentence.written.text):
        return None
    whole, *others = (one.value for one in parts)
    if max(others) > whole or rest.value in _possible_rests(whole, others):
        return None
    return rest, parts, whole - sum(others, Decimal(0))


def _whole_and_parts(
    sentence: NumberedSentence, before: NumberedSentence | None, rest: TextNumber
) -> Sequence[TextNumber]:
    """The whole and its parts, of this sentence or else the one before; () where they are not clear."""
    numbers = [one for one in sentence.numbers if one.start < rest.start]
    text = sentence.plain[sentence.start : rest.start]
    if not numbers and before is not None:
        numbers, text, sentence = list(before.numbers), before.text + text, before
    parts = [one for one in numbers if is_same_unit(one.unit, rest.unit)]
    if _NOT_ALONE.is_in(text) or not _FEWEST <= len(parts) + 1 <= _MOST:
        return ()
    return parts if sentence.behind(parts[0]).lstrip().startswith(_OF_WHOLE) else ()


def _is_number_called_rest(sentence: NumberedSentence, number: TextNumber) -> bool:
    words = sentence.before(number).rstrip(" 、のはが約")
    return words.endswith(_RESTS)


def _possible_rests(whole: Decimal, others: Sequence[Decimal]) -> set[Decimal]:
    """What may be left: of the whole without some of its parts, or of a part without the next."""
    rests = {whole - one for one in others} | {whole - sum(others, Decimal(0))}
    return rests | {one - other for one, other in pairwise(others)}
