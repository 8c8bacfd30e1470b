"""So many each time and so many times, beside what they make together (整合)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_matching import is_number_approximate
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf, alternatives
from kenpo_xl.domain.language.numbers_in_text import FRACTION, TextNumber, is_same_unit

# What is said before a number of each time, and the unit of the times.
_EACH = (
    ("毎月", ("か月", "か月間")),
    ("月に", ("か月", "か月間")),
    ("月", ("か月", "か月間")),
    ("毎週", ("週", "週間")),
    ("週に", ("週", "週間")),
    ("週", ("週", "週間")),
    ("毎日", ("日", "日間")),
    ("各回", ("回",)),
    ("毎回", ("回",)),
    ("各会場", ("会場", "か所")),
    ("各社", ("社",)),
    ("各校", ("校",)),
    ("各日", ("日", "日間")),
)
_PER_ONE = frozenset(alternatives("枠|会場|回|社|校|日|人|名|事業所|か所|団体|部|冊|枚"))
_ANY_EACH = AnyOf("月|週|毎|各|1|ずつ")
_NOT_SO = AnyOf("定員|約|程度|延べ|平均|最大|最低|以上|以内|目標|予定|前年|昨年|ほか|除|うち|概ね|から|曜")
_TRIPLE = 3
_LEADS_TO_TOTAL = (
    "、総額",
    "、合計額",
    "、費用は",
    "で",
    "、計",
    "、合計",
    "計",
    "合計",
    "分で",
    "行い",
    "実施し",
)


@rule(
    "CO31",
    Family.AGREEMENT,
    Severity.WARNING,
    "1 回の数と回数を掛けても、全体の数になりません",
    why="「月4回、3か月で15回」「1会場30名、5会場で160名」と書けば、読み手は掛け算をします。",
    remedy="1 回の数、回数、全体の数のどれが正しいか確かめて直してください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, rule_codes.NUMBER_DIFFERS_FROM_FIGURE, "CO21", "WO55"),
)
def product_is_another(context: CheckContext) -> Iterator[Violation]:
    """月4回、3か月で15回, 各回20名、3回で70名, 3社ずつ4日間で15社: all numbers, a wrong product.

    Silent with 約, 平均, 延べ, 以上 and the like.
    """
    for sentence in numbered_sentences(context):
        numbers = [one for one in sentence.numbers if not _is_per_one_number(sentence, one)]
        if len(numbers) != _TRIPLE or not _ANY_EACH.is_in(sentence.text) or _NOT_SO.is_in(sentence.text):
            continue
        each, times, total = numbers
        if not _is_clearly_product(sentence, each, times, total):
            continue
        real = each.value * times.value
        if real != total.value:
            yield sentence.violation(
                total,
                f"{each.text.strip()}ずつ{times.text.strip()}なら {real:,} ですが、"
                f"「{total.text.strip()}」とあります",
                "3 つの数を確かめ、違うものを直してください。",
                expected="" if "万" in total.text else f"{real:,}",
                first=each,
            )


def _is_per_one_number(sentence: NumberedSentence, number: TextNumber) -> bool:
    """Whether a number is the 1 of 1会場 and 1社当たり."""
    return number.value == 1 and number.unit in _PER_ONE and number is not sentence.numbers[-1]


def _is_clearly_product(
    sentence: NumberedSentence, each: TextNumber, times: TextNumber, total: TextNumber
) -> bool:
    is_amount = each.unit not in ("", FRACTION, "倍") and is_same_unit(each.unit, total.unit)
    return (
        is_amount
        and times.value > 1
        and _are_three_numbers_joined(sentence, each, times, total)
        and not any(is_number_approximate(one, sentence.written.text) for one in (each, times, total))
        and _is_number_of_each_time(sentence, each, times)
    )


def _are_three_numbers_joined(
    sentence: NumberedSentence, each: TextNumber, times: TextNumber, total: TextNumber
) -> bool:
    """Whether three numbers are near each other, and で, 計 or the like leads to the last."""
    first, second = sentence.between(each, times), sentence.between(times, total)
    is_near = len(first) <= 12 and len(second) <= 10 and "。" not in first and "。" not in second
    return is_near and second.lstrip("にの間").startswith(_LEADS_TO_TOTAL)


def _is_number_of_each_time(sentence: NumberedSentence, each: TextNumber, times: TextNumber) -> bool:
    """Whether 毎月, ずつ or a 1 of what is counted says that a number is of each time."""
    before = sentence.plain[sentence.start : each.start].rstrip(" ")
    by_word = next((units for word, units in _EACH if before.endswith(word)), ())
    if by_word:
        return times.unit in by_word
    return sentence.between(each, times).startswith("ずつ") or _is_behind_one_of_counted(
        sentence, each, times
    )


def _is_behind_one_of_counted(sentence: NumberedSentence, each: TextNumber, times: TextNumber) -> bool:
    """Whether a number is said of one of what is counted: 1会場30名、5会場で."""
    at = sentence.numbers.index(each)
    if at == 0:
        return False
    one = sentence.numbers[at - 1]
    between = sentence.between(one, each).strip()
    return one.value == Decimal(1) and is_same_unit(one.unit, times.unit) and between in (
        "", "当たり", "あたり", "につき", "に", "、",
    )  # fmt: skip
