"""Changes that a sentence states with a sign, against its words and numbers (整合)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_matching import decimal_places
from kenpo_xl.checks.support.sentences.compared_pairs import ComparedPair, compared_pair
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.language.numbers_in_text import FRACTION, TextNumber, is_same_unit
from kenpo_xl.domain.lazy_patterns import LazyPattern

_SIGNS = AnyOf("+|＋|▲|△|マイナス|-|−")
_UP = LazyPattern(r"\s*(?:の|と|で)?(?:増加|増(?=[とで、。)]|$)|増え|上昇|上回)")
_DOWN = LazyPattern(r"\s*(?:の|と|で)?(?:減少|減(?=[とで、。)]|$)|減っ|低下|下回)")
_POINTS = "ポイント"
_TRIPLE = 3
_RATIO_BEFORE = LazyPattern(
    r"(?:前年|昨年|前期|前月|前回|前四半期)(?:度|同期|同月)?比(?:[がはで]|較?して)?[:\s]*$", needs="比"
)
_RATIO_BEHIND = LazyPattern(
    r"[\s)]*(?:と(?:なり|なって)?|で(?:あり)?)[、\s]*(?:大きく|大幅に|やや|わずかに"
    r"|(?:前年|昨年|前回)[^。、\d]{0,6}(?:を|より(?:も)?|に比べて?|から))?"
    r"(?:(?P<up>上回|増加(?=し)|増え|伸び)|(?P<down>下回|減少(?=し)|減[っり]))"
)
# A ratio below this may be a change: 前年比20％と増加した.
_LEAST_RATIO = Decimal("0.6")


@rule(
    "CO27",
    Family.AGREEMENT,
    Severity.WARNING,
    "「＋」「▲」の付いた差や前年比が、文の言葉や 2 つの数と合いません",
    why="「266人（前年度283人、＋17人）」「＋34人の減少」と書かれると、増えたのか減ったのか読み手に分かりません。",
    remedy="2 つの数、符号、言葉のどれが正しいか確かめて直してください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, "CO15", "CO20", "CO55", "CO65"),
)
def sign_contradicts_words_or_numbers(context: CheckContext) -> Iterator[Violation]:
    """＋ before 減少, ▲ before 増加, or a signed difference that two numbers beside it do not have.

    Nor does 前年同期比105％ go with 下回る, or 95％ with 増加.
    """
    for sentence in numbered_sentences(context):
        if _SIGNS.is_in(sentence.text):
            yield from _violations_for_signs_against_words(sentence)
        if "比" in sentence.text:
            yield from _violations_for_ratios_against_words(sentence)


def _violations_for_ratios_against_words(sentence: NumberedSentence) -> Iterator[Violation]:
    for number in sentence.numbers:
        if number.unit != FRACTION or not _RATIO_BEFORE.search(sentence.before(number)):
            continue
        word = _RATIO_BEHIND.match(sentence.behind(number))
        if word and (number.value > 1 if word["down"] else _LEAST_RATIO <= number.value < 1):
            real = "多い" if word["down"] else "少ない"
            stated = f"{number.text.strip()}{word[0]}"
            fact = f"「{number.text.strip()}」なら前より{real}はずですが、「{stated}」と続いています"
            yield sentence.violation(number, fact, "前年比と言葉を確かめ、違う方を直してください。")


def _violations_for_signs_against_words(sentence: NumberedSentence) -> Iterator[Violation]:
    signed = [(one, sign) for one in sentence.numbers if (sign := _sign_of_number(sentence, one))]
    for number, sign in signed:
        other_way = (_DOWN if sign > 0 else _UP).match(sentence.behind(number))
        if other_way:
            fact = f"「{_text_with_sign(number, sign)}」に「{other_way[0].lstrip(' のとで')}」とあります"
            yield sentence.violation(number, fact, "符号と言葉を確かめ、違う方を直してください。")
            return
    pair = compared_pair(sentence) if len(signed) == 1 and len(sentence.numbers) == _TRIPLE else None
    if pair is not None and not pair.is_aim:
        yield from _violations_for_signed_difference(sentence, pair, *signed[0])


def _sign_of_number(sentence: NumberedSentence, number: TextNumber) -> int:
    """1 for +, -1 for ▲ and the like, 0 for a number without a sign."""
    if number.value < 0:
        return -1
    return int(number.start > 0 and sentence.plain[number.start - 1] == "+")


def _text_with_sign(number: TextNumber, sign: int) -> str:
    return f"＋{number.text.strip()}" if sign > 0 else number.text.strip()


def _violations_for_signed_difference(
    sentence: NumberedSentence, pair: ComparedPair, number: TextNumber, sign: int
) -> Iterator[Violation]:
    is_of_rates = pair.now.unit == FRACTION
    if number.unit != _POINTS if is_of_rates else not is_same_unit(number.unit, pair.now.unit):
        return
    change = (pair.now.value - pair.base.value) * (100 if is_of_rates else 1)
    places = decimal_places(number.value)
    allowed = Decimal(1).scaleb(-places) if is_of_rates or places else Decimal(0)
    if abs(abs(number.value) * sign - change) > allowed:
        fact = (
            f"{pair.base.text.strip()}から{pair.now.text.strip()}になりましたが、"
            f"差は「{_text_with_sign(number, sign)}」とあります"
        )
        first = pair.in_order[0]
        yield sentence.violation(
            number, fact, "2 つの数と差を確かめ、違うものを直してください。", first=first
        )
