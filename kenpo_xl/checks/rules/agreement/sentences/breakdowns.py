"""Shares of a breakdown that a sentence lists in percent: 男性52％、女性46％、無回答2％ (整合)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_matching import decimal_places, is_stated_exactly
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.language.numbers_in_text import FRACTION
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import decimal_text

_BREAKDOWN = AnyOf("内訳|構成比|構成割合")
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
    """The three or more rates of a breakdown (内訳, 構成比) are not 100 % together, within their last places.

    They are the only numbers of the sentence, each behind a name. Silent with 複数回答, など, うち.
    """
    for sentence in numbered_sentences(context):
        is_breakdown = len(sentence.numbers) >= _FEWEST and _BREAKDOWN.is_in(sentence.text)
        if not is_breakdown or _NO_WHOLE.is_in(sentence.text) or not _is_list(sentence):
            continue
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


def _is_list(sentence: NumberedSentence) -> bool:
    """Whether the numbers of a sentence are exact rates, one behind the other."""
    return all(
        one.unit == FRACTION and is_stated_exactly(one, sentence.written.text) for one in sentence.numbers
    ) and all(_BETWEEN.fullmatch(sentence.before(one)) for one in sentence.numbers[1:])
