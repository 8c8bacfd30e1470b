"""Quotients that a sentence states beside both numbers: 1回平均30名, 回答率61.4％ (整合)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_matching import (
    are_stated_exactly,
    decimal_places,
    figure_agrees,
    figures_with_number,
    is_number_approximate,
)
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.language.numbers_in_text import FRACTION, TextNumber, is_same_unit
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import HALF_UP, decimal_text, rounded

_PER = LazyPattern(
    r"(?:[1一]\s*(?P<each>回|会場|件|人|名|日|か所|社|事業所|団体|か月|校|講座|教室|施設|機関|市町村|支部|世帯|店舗)\s*(?:当たり|あたり|につき|平均)(?:の?(?:平均|\w{2,4}))?(?:は)?(?:平均)?"
    r"|(?P<month>月平均)|(?P<times>(?:^|(?<=[、。\s(]))平均(?:すると|して)?(?:は|で)?\s*(?:[1一]\s*回)?))[はがで、のも]*(?:平均)?(?:約|およそ)?\s*$",
    needs=("当たり", "あたり", "につき", "平均"),
)
_ANY_MEAN = AnyOf("平均|当たり|あたり")
_DAYS = ("日", "日間", "営業日")
_PEOPLE = "人"
_NO_MEAN = AnyOf(
    "前年|昨年|前回|前期|目標|計画|予定|定員|重複|回目|うち|内訳|ほか|除|最[大小多少高低]|中央値"
)
_TRIPLE = 3
_ABOUT = Decimal("0.1")


@rule(
    "CO21",
    Family.AGREEMENT,
    Severity.WARNING,
    "「1回平均」などの数が、文の合計と回数に合いません",
    why="「3回で計90名（1回平均45名）」と書けば、読み手は割り算をします。",
    remedy="合計、回数、平均のどれが正しいか確かめて直してください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, rule_codes.NUMBER_DIFFERS_FROM_FIGURE, "CO53", "CO91"),
)
def mean_is_not_total_by_count(context: CheckContext) -> Iterator[Violation]:
    """The number behind 1回平均 or 1会場当たり is not the total of its unit by the number of 回 or 会場.

    Each is the only one of the sentence; 1か月当たり also of months that are named (4月から9月まで). Silent
    with a second count, words of another time and 約, and within the last place.
    """
    for sentence in numbered_sentences(context):
        for mean in sentence.numbers if _ANY_MEAN.is_in(sentence.text) else ():
            yield from _violations_for_mean_of_months(sentence, mean)
        if len(sentence.numbers) < _TRIPLE:
            continue
        for mean in sentence.numbers:
            found = _PER.search(sentence.plain[sentence.start : mean.start])
            parts = _total_and_divisor_of_mean(sentence, mean, found) if found else None
            if parts is not None:
                yield from _violations_for_mean(sentence, mean, *parts)


def _total_and_divisor_of_mean(
    sentence: NumberedSentence, mean: TextNumber, found: re.Match[str]
) -> tuple[TextNumber, TextNumber] | None:
    """The total and by what it is divided, None where it is not sure which they are."""
    each = _divisor_unit(found)
    others = _numbers_beside_mean(sentence, mean)
    totals = [one for one in others if is_same_unit(one.unit, mean.unit)]
    counts = [one for one in others if _is_number_in_divisor_unit(each, one) and one not in totals]
    if (len(totals), len(counts), len(others)) != (1, 1, 2):
        return None
    is_exact = are_stated_exactly((*totals, *counts), sentence.written.text)
    is_sure = is_exact and counts[0].value > 1 and not _NO_MEAN.is_in(sentence.text)
    return (totals[0], counts[0]) if is_sure else None


_PER_MONTHS = LazyPattern(
    r"(?:1\s*か?ヶ?月(?:間)?(?:当たり|あたり)の?(?:平均)?|月平均|1か月平均|(?P<quarter>1\s*四半期(?:当たり|あたり)の?(?:平均)?))[はがで、のも]*(?:約|およそ)?\s*$",
    needs=("当たり", "あたり", "平均"),
)
_MONTHS = LazyPattern(
    r"(?<![\d~～])(?P<first>1[0-2]|[1-9])(?:\s*月)?(?:\s*[~～]\s*\d+)?\s*月?\s*(?:から|[~～])\s*"
    r"(?:\d+\s*[~～]\s*)?(?P<last>1[0-2]|[1-9])\s*月",
    needs=("月",),
)
_YEAR = 12
# How many months a named part of the year has.
_NAMED_SPANS = (("四半期の", 3), ("四半期は", 3), ("上半期", 6), ("下半期", 6), ("上期", 6), ("下期", 6))


def _violations_for_mean_of_months(sentence: NumberedSentence, mean: TextNumber) -> Iterator[Violation]:
    """The mean of a month or quarter that is not the only total of its unit by the months that are named."""
    parts = _number_of_months_or_quarters(sentence, mean)
    others = [
        one for one in _numbers_beside_mean(sentence, mean) if one.unit not in ("か月", "か月間", "四半期")
    ]
    if parts <= 1 or len(others) != 1:
        return
    (total,) = others
    is_exact = are_stated_exactly((total,), sentence.written.text)
    if is_exact and is_same_unit(total.unit, mean.unit) and total.value > mean.value:
        divisor = TextNumber(Decimal(parts), "", str(parts), total.start)
        yield from _violations_for_mean(sentence, mean, total, divisor)


def _number_of_months_or_quarters(sentence: NumberedSentence, mean: TextNumber) -> int:
    """How many months, or quarters, the only span of a sentence has that a mean is of; 0 for none."""
    found = _PER_MONTHS.search(sentence.plain[sentence.start : mean.start])
    if not found or _NO_MEAN.is_in(sentence.text):
        return 0
    months = list(_MONTHS.finditer(sentence.text))
    named = [one for words, one in _NAMED_SPANS for _ in range(sentence.text.count(words))]
    if len(months) + len(named) != 1:
        return 0
    count = named[0] if named else (int(months[0]["last"]) - int(months[0]["first"])) % _YEAR + 1
    if not found["quarter"]:
        return count
    return 0 if count % 3 else count // 3


def _divisor_unit(found: re.Match[str]) -> str:
    """The unit of what a mean is of one of: 回, 会場, か月."""
    return "か月" if found["month"] else found["each"] or "回"


def _numbers_beside_mean(sentence: NumberedSentence, mean: TextNumber) -> list[TextNumber]:
    """The other numbers of a sentence with a mean, without the 1 of 1回平均."""
    return [
        one
        for one in sentence.numbers
        if one is not mean and not _is_one_of_mean_per_one(sentence, one, mean)
    ]


def _is_number_in_divisor_unit(each: str, number: TextNumber) -> bool:
    """Whether a number says how many 回, 会場 or days there were."""
    return any(is_same_unit(number.unit, unit) for unit in (_DAYS if each == "日" else (each,)))


def _is_one_of_mean_per_one(sentence: NumberedSentence, one: TextNumber, mean: TextNumber) -> bool:
    """Whether a number is the 1 of 1回平均."""
    between = sentence.plain[one.start + len(one.text) : mean.start]
    return one.value == 1 and one.start < mean.start and between.startswith(_MEAN_WORDS)


_MEAN_WORDS = ("当たり", "あたり", "につき", "平均")


def _violations_for_mean(
    sentence: NumberedSentence, mean: TextNumber, total: TextNumber, count: TextNumber
) -> Iterator[Violation]:
    right, places = total.value / count.value, decimal_places(mean.value)
    last = Decimal(1).scaleb(-places)
    about = right * _ABOUT if is_number_approximate(mean, sentence.written.text) else last
    if abs(right - mean.value) >= max(last, about):
        exact = decimal_text(rounded(right, max(places, 1), HALF_UP))
        names = f"{total.text.strip()}を{count.text.strip()}で割ると"
        yield sentence.violation(
            mean,
            f"{names} {exact} ですが、「{mean.text.strip()}」とあります",
            "合計、回数、平均を確かめ、違うものを直してください。",
            expected=exact,
            first=min(total, count, key=_start_of_number),
        )


def _start_of_number(number: TextNumber) -> int:
    return number.start


_RATE = LazyPattern(r"(?P<what>(?![ぁ-ん])\w{2})率[はがも:]?(?:で)?[、\s]*$", needs="率")
_ACTS = {
    "回収": ("回答", "返信", "回収", "返送"),
    "返信": ("返信", "返送", "回答"),
    "応募": ("応募", "申込", "申し込"),
    "出席": ("出席", "参加"),
    "参加": ("参加", "出席", "来場"),
}
_KANA = LazyPattern(r"[ぁ-ん]+")
_OF_AIM = frozenset(("達成", "充足", "進捗", "執行", "消化"))
_AIM = LazyPattern(r"(?:目標|計画|見込み?|予定|定員|予算|募集)[^。、\d]{0,8}$")
_NO_RATE = AnyOf("延べ|重複|前年|昨年|前回|同期|追加|新規|除|全国|以外|累計|うち新|年度末|上回|下回")
_CHANGES = LazyPattern(r"\s*(?:に(?!と|す)|へ|から|を(?!示|得|維))")
_NO_COUNTS = frozenset((FRACTION, "ポイント", "日", "年", "か月", "時間", "回", ""))


@rule(
    "CO22",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の「回答率」「達成率」などが、文の中の 2 つの数と合いません",
    why="「計画267件に対し実績331件（達成率80.7％）」と書けば、読み手は割り算をします。",
    remedy="割合と 2 つの数のどれが正しいか確かめて直してください。",
    superseded_by=("CO18", "CO07", "CO03", "CO50", "CO51", "CO66"),
)
def named_rate_is_not_that_of_its_numbers(context: CheckContext) -> Iterator[Violation]:
    """The only three numbers of a sentence are two counts of one unit and a rate that is not their quotient.

    The rate is named for what the smaller one counts (回答率, 受講率), or is 達成率, 充足率 and the like and
    one of the two is behind 計画, 定員 and the like. Silent with 延べ, 前年, 全国, 除, and where a table
    of the item has the rate.
    """
    for sentence in numbered_sentences(context):
        if len(sentence.numbers) != _TRIPLE or _NO_RATE.is_in(sentence.text):
            continue
        rate = sentence.numbers[2]
        is_stated = rate.unit == FRACTION and not _CHANGES.match(sentence.behind(rate))
        named = _RATE.search(sentence.before(rate)) if is_stated else None
        right = _rate_of_two_counts(sentence, named["what"], sentence.numbers[:2]) if named else None
        if (
            right is not None
            and _is_rate_off_by_a_last_place(rate.value, right)
            and not _is_rate_a_figure_of_item(context, sentence, rate)
        ):
            yield _rate_violation(sentence, rate, right)


def _is_rate_a_figure_of_item(context: CheckContext, sentence: NumberedSentence, rate: TextNumber) -> bool:
    """Whether a rate is one that a table of the item has: it is that of other numbers."""
    figures = figures_with_number(context, sentence.written)
    return any(figure_agrees(context, figure, rate) for figure in figures)


def _rate_of_two_counts(
    sentence: NumberedSentence, what: str, counts: Sequence[TextNumber]
) -> Decimal | None:
    """What the rate of two counts is, None where it is not sure that it is theirs."""
    first, second = counts
    is_pair = first.unit not in _NO_COUNTS and is_same_unit(first.unit, second.unit)
    is_exact = are_stated_exactly(counts, sentence.written.text)
    if not is_pair or not is_exact or not min(first.value, second.value) > 0:
        return None
    if what in _OF_AIM:
        return _rate_of_done_to_aim(sentence, counts)
    part = sentence.before(second) + sentence.behind(second, 10)
    part += _KANA.sub("", part)  # 申し込み is 申込
    is_part = second.value <= first.value and any(act in part for act in _ACTS.get(what, (what,)))
    return second.value / first.value if is_part else None


def _rate_of_done_to_aim(sentence: NumberedSentence, counts: Sequence[TextNumber]) -> Decimal | None:
    """The rate of what was done to the only one of two counts that is an aim, None for none and both."""
    aims = [one for one in counts if _AIM.search(sentence.before(one))]
    others = [one for one in counts if one not in aims]
    return others[0].value / aims[0].value if len(aims) == 1 else None


def _rate_violation(sentence: NumberedSentence, rate: TextNumber, right: Decimal) -> Violation:
    exact = f"{decimal_text(rounded(right * 100, max(decimal_places(rate.value) - 2, 0), HALF_UP))}％"
    names = "と".join(one.text.strip() for one in sentence.numbers[:2])
    return sentence.violation(
        rate,
        f"{names}からは {exact} ですが、「{rate.text.strip()}」とあります",
        "2 つの数と割合を確かめ、違うものを直してください。",
        expected=exact,
        first=sentence.numbers[0],
    )


def _is_rate_off_by_a_last_place(rate: Decimal, right: Decimal) -> bool:
    return abs(rate - right) >= Decimal(1).scaleb(-decimal_places(rate))
