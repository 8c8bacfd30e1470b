"""Shares of a breakdown that a sentence lists in percent: 男性52％、女性46％、無回答2％ (整合)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_matching import decimal_places, is_stated_exactly
from kenpo_xl.checks.support.sentences.labelled_numbers import lists_of_numbers
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.language.numbers_in_text import FRACTION
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import decimal_text

_BREAKDOWN = AnyOf("内訳|構成比|構成割合")
# Names of what is left, and opposite answers with one between: the names are all there are.
_LAST_NAMES = AnyOf("その他|無回答|未回答|不明")
_OPPOSITE_ANSWERS = (("満足", "不満"), ("はい", "いいえ"), ("賛成", "反対"))
_BETWEEN_THEM = AnyOf("普通|ふつう|どちら")
_NO_WHOLE = AnyOf("複数回答|重複|など|等|ほか|主な|うち|前年|昨年|前回|比べ|それぞれ|達成|上位")
_BETWEEN = LazyPattern(r"[、,・(]\s*[^、,。()\d]{1,16}|(?:と|及び|で)[、\s]*[^、,。()\d]{1,16}")
_FEWEST, _MOST_OFF = 3, Decimal("0.3")


@rule(
    "CO74",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の割合の内訳を足しても、100％ になりません",
    why="「男性52％、女性46％、無回答12％」と書けば、読み手は足し算をします。",
    remedy="それぞれの割合を確かめ、違うものを直してください。複数回答なら、そう書いてください。",
)
def shares_do_not_add_up(context: CheckContext) -> Iterator[Violation]:
    """The three or more rates of a breakdown (内訳, その他, 普通 and 不満) are not 100 % together.

    Within their last places. They are the only numbers of the sentence, each behind a name. Answers
    (「満足」60％) and 男性 with 女性 are more than 100 % together. Silent with 複数回答, など, うち.
    """
    for sentence in numbered_sentences(context):
        is_breakdown = len(sentence.numbers) >= _FEWEST and _has_word_for_whole(sentence.text)
        are_answers = not is_breakdown and "%" in sentence.text and _ANSWERS.is_in(sentence.text)
        if not (is_breakdown or are_answers) or _NO_WHOLE.is_in(sentence.text):
            continue
        yield from (
            _violations_for_breakdown_unlike_whole if is_breakdown else _violations_for_breakdown_above_whole
        )(sentence)


def _has_word_for_whole(text: str) -> bool:
    """Whether a sentence says that it has a breakdown, or names what is left or opposite answers."""
    if _BREAKDOWN.is_in(text):
        return True
    is_scale = _BETWEEN_THEM.is_in(text) and any(
        one in text and other in text for one, other in _OPPOSITE_ANSWERS
    )
    return "%" in text and (_LAST_NAMES.is_in(text) or is_scale)


def _violations_for_breakdown_unlike_whole(sentence: NumberedSentence) -> Iterator[Violation]:
    """Rates of a breakdown that are not 100 % together."""
    if not _is_sentence_a_list_of_parts(sentence):
        return
    total = sum((one.value for one in sentence.numbers), Decimal(0))
    places: int = min(max(decimal_places(one.value) - 2, 0) for one in sentence.numbers)
    allowed = len(sentence.numbers) * Decimal("0.005").scaleb(-places)
    if allowed < abs(total - 1) <= _MOST_OFF:
        yield sentence.violation(
            sentence.numbers[-1],
            f"内訳の割合を足すと {decimal_text(total * 100)}％ です",
            "それぞれの割合を確かめ、違うものを直してください。複数回答なら、そう書いてください。",
            first=sentence.numbers[0],
        )


def _violations_for_breakdown_above_whole(sentence: NumberedSentence) -> Iterator[Violation]:
    """Answers or sexes whose rates are more than 100 % together."""
    for listed in lists_of_numbers(sentence):
        numbers = [one.number for one in listed]
        if len(numbers) != len(sentence.numbers) or not _are_names_of_a_whole([one.name for one in listed]):
            continue
        total = sum((one.value for one in numbers), Decimal(0))
        if numbers[0].unit == FRACTION and 1.005 < total <= 1 + _MOST_OVER:
            yield sentence.violation(
                numbers[-1],
                f"割合を足すと {decimal_text(total * 100)}％ になり、100％ を超えます",
                "それぞれの割合を確かめ、違うものを直してください。複数回答なら、そう書いてください。",
                first=numbers[0],
            )


def _are_names_of_a_whole(names: Sequence[str]) -> bool:
    """Whether names are three and more or two opposite ones, none of a rate, time or place of its own."""
    are_two = len(names) == 2 and (names[0][-2:], names[1][-2:]) in _OPPOSITES
    return (len(names) >= _FEWEST or are_two) and not any(map(_RATES.is_in, names))


_ANSWERS = AnyOf("回答|アンケート|占め|構成|割合|「|男性|男|電話|年代|20代|30代")
_RATES = AnyOf("率|比|月|年度|四半期|会場|支部|グループ")
_OPPOSITES = frozenset(
    (("男性", "女性"), ("女性", "男性"), ("会場", "イン"), ("対面", "イン"), ("新規", "継続"))
)
_MOST_OVER = Decimal("0.6")


def _is_sentence_a_list_of_parts(sentence: NumberedSentence) -> bool:
    """Whether the numbers of a sentence are exact rates, one behind the other."""
    return all(
        one.unit == FRACTION and is_stated_exactly(one, sentence.written.text) for one in sentence.numbers
    ) and all(_BETWEEN.fullmatch(sentence.before(one)) for one in sentence.numbers[1:])
