"""Differences and comparisons that a sentence states beside both numbers (整合)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_matching import decimal_places, is_stated_exactly
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf, alternatives
from kenpo_xl.domain.language.numbers_in_text import FRACTION, TextNumber, is_same_unit
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import decimal_text

_POINTS = "ポイント"
_DIRECTION = LazyPattern(
    r"\s*(?:の|も|ほど)?\s*(?:(?P<up>増(?!減)|上昇|上が|上回|高(?!齢)|伸|改善|多[いくか]|プラス)"
    r"|(?P<down>減(?!額|免)|低下|下が|下回|低[いくか]|悪化|少な|マイナス|短縮|縮))"
)
_EARLIER = LazyPattern(
    r"(?:前年|昨年|前回|前期|前月|前四半期|前の年|当初|従来|\d\s*年度)[^。\d]{0,14}$|(?:から|より)$"
)
_IS_OF_EARLIER = LazyPattern(r"[\s)]*(?:から|より|に比べ|と比べ|に対し|と比較|を)")
_NOT_SO = LazyPattern(
    r"目標|計画(?!的)|見込|予定|全国|県平均|(?<![契予要集制節規条解誓成])約(?!束|款)|当たり|あたり|それぞれ|累計|うち|改善率|点|順位"
)


@rule(
    "CO55",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の差が、文の中の 2 つの数と合いません",
    why="「63.2％（前年度60.1％、5ポイント増）」と書けば、読み手は引き算をします。",
    remedy="2 つの数と差のどれが正しいか確かめて直してください。",
    superseded_by=(
        rule_codes.NUMBER_IN_TEXT_DIFFERS,
        rule_codes.NUMBER_DIFFERS_FROM_FIGURE,
        "CO15",
        "CO18",
    ),
)
def difference_is_not_that_of_its_numbers(context: CheckContext) -> Iterator[Violation]:
    """The only three numbers of a sentence are two of one unit and their difference, which is another.

    The difference is the one before 増, 減, 上昇, 低下 and the like, in ポイント between rates; one of the
    others is of 前年, 前回 and the like, or before から, より. Or its direction alone is wrong
    (前年度12件から3件減の15件). Silent with 目標, 約, うち, and within the last place. A national mean
    counts right before the difference: 全国平均の69.2％を3.3ポイント上回った.
    """
    for sentence in numbered_sentences(context):
        if len(sentence.numbers) != 3 or _NOT_SO.search(_text_without_mean(sentence)):
            continue
        found = _difference_and_its_two_numbers(sentence)
        if found is not None:
            problem, expected = _message_and_hint_on_difference(sentence, *found)
            if problem:
                yield sentence.violation(
                    found[0],
                    problem,
                    "2 つの数と差を確かめ、違うものを直してください。",
                    expected=expected,
                    first=sentence.numbers[0],
                )


_MEANS = alternatives("全国平均|県平均|全国の平均|支部平均")
_BLANKS_AND_PARTICLES = " 　のは(がで値"
_NEAR_DIFFERENCE = 10


def _text_without_mean(sentence: NumberedSentence) -> str:
    """The sentence without 全国平均, where its difference is that to the mean right before it."""
    for mean, difference in pairwise(sentence.numbers):
        before, between = sentence.before(mean), sentence.between(mean, difference)
        words = before.rstrip(_BLANKS_AND_PARTICLES)
        is_mean = words.endswith(_MEANS) and difference.unit == _POINTS and len(between) <= _NEAR_DIFFERENCE
        if is_mean and _IS_OF_EARLIER.match(between) and not _OTHER_TIME.is_in(sentence.text):
            name = next(one for one in _MEANS if words.endswith(one))
            return sentence.text.replace(name, "")
    return sentence.text


_OTHER_TIME = AnyOf("前年|昨年|前回|前期|前月")


def _message_and_hint_on_difference(
    sentence: NumberedSentence, difference: TextNumber, one: TextNumber, other: TextNumber
) -> tuple[str, str]:
    """What is wrong with a difference and what it should be; '' for what is right or not known."""
    stated = difference.text.strip()
    real = abs(one.value - other.value) * (100 if one.unit == FRACTION else 1)
    if abs(real - abs(difference.value)) > _allowed_rounding(difference, one, other):
        names = f"{one.text.strip()}と{other.text.strip()}"
        return f"{names}の差は {decimal_text(real)} ですが、「{stated}」とあります", decimal_text(real)
    return _message_on_direction(sentence, difference, one, other), ""


def _message_on_direction(
    sentence: NumberedSentence, difference: TextNumber, one: TextNumber, other: TextNumber
) -> str:
    """What is wrong with the word behind a difference that says more or less, '' for nothing."""
    found = _DIRECTION.match(sentence.behind(difference))
    earlier = [number for number in (one, other) if _is_number_of_earlier_time(sentence, number)]
    if found is None or len(earlier) != 1 or found[0].strip(" のもほど") in ("改善", "悪化"):
        return ""
    (then,) = earlier
    now = other if then is one else one
    if now.value == then.value or (now.value > then.value) == bool(found["up"]):
        return ""
    word = "増えて" if now.value > then.value else "減って"
    stated = f"{difference.text.strip()}{found[0].strip()}"
    return f"{then.text.strip()}から{now.text.strip()}に{word}いますが、「{stated}」とあります"


def _allowed_rounding(difference: TextNumber, *numbers: TextNumber) -> Decimal:
    """How far a difference may be off by the rounding of all three numbers; 0 for whole ones."""
    places = [max(decimal_places(one.value) - (2 if one.unit == FRACTION else 0), 0) for one in numbers]
    own = decimal_places(difference.value)
    if difference.unit != _POINTS and not any((own, *places)):
        return Decimal(0)
    return Decimal("0.5").scaleb(-own) + Decimal(1).scaleb(-min(places))


def _difference_and_its_two_numbers(
    sentence: NumberedSentence,
) -> tuple[TextNumber, TextNumber, TextNumber] | None:
    """The difference that a sentence states and the two numbers that it is of, None if that is not sure."""
    stated = [one for one in sentence.numbers if _DIRECTION.match(sentence.behind(one))]
    if len(stated) != 1:
        return None
    (difference,) = stated
    first, second = (one for one in sentence.numbers if one is not difference)
    is_sure = (
        _is_difference_of_numbers_units(difference, first, second)
        and _is_any_number_of_earlier_time(sentence, first, second)
        and not _has_base_of_its_own(sentence, difference, (first, second))
        and all(is_stated_exactly(one, sentence.written.text) for one in sentence.numbers)
    )
    return (difference, first, second) if is_sure else None


_BASE = (
    r"(?P<base>(?:(?:前年|昨年|前回|前期|前月|前四半期|前の年|全国|県)(?:度|同[期月])?(?:末|平均)?"
    r"|\d+月(?:末|時点)?|第\d四半期))"
)
_BASE_OF_DIFFERENCE = LazyPattern(rf"{_BASE}(?:を|から|より|に?比べ?(?:て|で)?)[^。、\d]{{0,8}}$")
_BASE_OF_NUMBER = LazyPattern(rf"{_BASE}[^。、\d]{{0,4}}$")


def _has_base_of_its_own(
    sentence: NumberedSentence, difference: TextNumber, others: tuple[TextNumber, ...]
) -> bool:
    """Whether a time without number is what a difference is to, and the numbers are of now and another time.

    前年同月を1.65ポイント上回っているが、前年度末の63.53％には及んでいない.
    """
    own = _BASE_OF_DIFFERENCE.search(sentence.before(difference))
    bases = [found["base"] for one in others if (found := _BASE_OF_NUMBER.search(sentence.before(one)))]
    if own is None or not bases:
        return False
    return not any(own["base"].startswith(one) or one.startswith(own["base"]) for one in bases)


def _is_difference_of_numbers_units(difference: TextNumber, *others: TextNumber) -> bool:
    """Whether a difference is in ポイント and the others are rates, or all three are of one unit."""
    units = [one.unit for one in others]
    is_of_rates = all(unit == FRACTION for unit in units)
    if difference.unit == _POINTS or is_of_rates:
        return difference.unit == _POINTS and is_of_rates
    return _POINTS not in units and all(is_same_unit(unit, difference.unit) for unit in units)


def _is_any_number_of_earlier_time(sentence: NumberedSentence, *numbers: TextNumber) -> bool:
    """Whether one of some numbers is said of an earlier time."""
    return any(_is_number_of_earlier_time(sentence, one) for one in numbers)


def _is_number_of_earlier_time(sentence: NumberedSentence, number: TextNumber) -> bool:
    found = _EARLIER.search(sentence.before(number)) or _IS_OF_EARLIER.match(sentence.behind(number))
    return found is not None


_COMPARED = LazyPattern(
    r"\s*\)?(?:より|を|(?:に|と)比べて?|と比較して)(?:も|は|、|大きく|大幅に|やや|わずかに|若干|少し|かなり|\s)*"
    r"(?:(?P<up>多|高|大き|上回)|(?P<down>少な|低|小さ|安|下回))"
    r"(?:(?:かった|(?:く|り|い結果と|い水準と)?な(?:った|り)|った|い)(?P<is_end>[。、)\n]|$)|(?P<of_next>[いる]|く、(?=\d)))",
    needs=("より", "を", "比"),
)
_IS_OTHER_THAN = LazyPattern(
    r"(?:前年|昨年|前回|前期|前月|前四半期|前の年|目標|計画|全国|県|当初)[^。、\d]{0,14}$",
    needs=("前", "昨年", "目標", "計画", "全国", "県", "当初"),
)
_LEADS_ON = LazyPattern(r"\s*(?:で|と|に|であり|となり|とな(?:って|り)|へ)?[、\s(]*")
_IS_NO_PART_OF_UNIT = LazyPattern(r"\s*(?:[、。)]|と|に|で|だ|へ|を|が|は|から|$)")
_TWO = 2
# Of ranks the smaller number is the higher one.
_RANKS = AnyOf("位|番|級|ランク|約|およそ|以上|以下|未満")


@rule(
    "CO67",
    Family.AGREEMENT,
    Severity.WARNING,
    "「より多い」などの言葉が、前後の 2 つの数と逆です",
    why="「前年の22.2％より少ない22.9％」と書けば、読み手は 2 つの数を比べます。",
    remedy="2 つの数と、多い・少ないなどの言葉のどれが正しいか確かめて直してください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, rule_codes.NUMBER_DIFFERS_FROM_FIGURE, "CO15", "CO19"),
)
def comparison_contradicts_its_numbers(context: CheckContext) -> Iterator[Violation]:
    """多い, 少ない, 高い, 低い, 上回る or 下回る between two numbers of one unit that say the opposite.

    前年の22.2％より少ない22.9％; 4.1で、前回の4.3より高かった, where the second is of 前年, 目標 and the
    like. Silent for ranks, 約 and 以上, and where the word belongs to another noun.
    """
    for sentence in numbered_sentences(context):
        if len(sentence.numbers) < _TWO:
            continue
        for than in sentence.numbers:
            found = _COMPARED.match(sentence.plain, than.start + len(than.text))
            now = _number_compared_with_base(sentence, than, found) if found else None
            if found and now and (now.value <= than.value if found["up"] else now.value >= than.value):
                word = _COMPARING_WORDS[found["up"] or found["down"]]
                yield sentence.violation(
                    now,
                    f"{now.text.strip()}は{than.text.strip()}より「{word}」とありますが、逆です",
                    "2 つの数と、多い・少ないなどの言葉を確かめ、違うものを直してください。",
                    first=min(now, than, key=lambda one: one.start),
                )


_COMPARING_WORDS = {
    "多": "多い",
    "高": "高い",
    "大き": "大きい",
    "上回": "上回る",
    "少な": "少ない",
    "低": "低い",
    "小さ": "小さい",
    "安": "安い",
    "下回": "下回る",
}


def _number_compared_with_base(
    sentence: NumberedSentence, than: TextNumber, word: re.Match[str]
) -> TextNumber | None:
    """The number that a sentence compares with another one, None where that is not sure."""
    at = sentence.numbers.index(than)
    behind = sentence.numbers[at + 1] if at + 1 < len(sentence.numbers) else None
    if word["of_next"] and behind and not sentence.plain[word.end() : behind.start].strip():
        now = behind
    elif (
        word["is_end"] is not None
        and at
        and _is_number_led_to_by_base(sentence, sentence.numbers[at - 1], than)
    ):
        now = sentence.numbers[at - 1]
    else:
        return None
    return now if _are_of_one_unit(sentence, now, than) else None


def _are_of_one_unit(sentence: NumberedSentence, now: TextNumber, than: TextNumber) -> bool:
    """Whether two numbers have the same unit, or clearly none, and are no ranks."""
    return (
        is_same_unit(now.unit, than.unit)
        and bool(now.unit or _IS_NO_PART_OF_UNIT.match(sentence.plain, now.start + len(now.text)))
        and not _RANKS.is_in(sentence.text)
    )


def _is_number_led_to_by_base(sentence: NumberedSentence, now: TextNumber, than: TextNumber) -> bool:
    """Whether a number leads to the one of 前年, 目標 and the like, and there is no third one of the unit."""
    if sum(is_same_unit(one.unit, than.unit) for one in sentence.numbers) > _TWO:
        return False
    between = sentence.between(now, than)
    other = _IS_OTHER_THAN.search(between)
    return other is not None and _LEADS_ON.fullmatch(between[: other.start()]) is not None
