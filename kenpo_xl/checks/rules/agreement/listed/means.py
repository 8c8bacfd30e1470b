"""The mean of the numbers that a sentence lists, and two numbers under one name (整合)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_matching import decimal_places, is_number_approximate, is_stated_exactly
from kenpo_xl.checks.support.sentences.labelled_numbers import (
    LabelledNumber,
    labelled_number,
    lists_of_numbers,
)
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.language.numbers_in_text import FRACTION, TextNumber, is_same_unit
from kenpo_xl.domain.numbers.exact import HALF_UP, decimal_text, rounded

_MEAN = "平均"
_OTHER_MEAN = AnyOf("全国|県平均|前年|昨年|全体|過去|目標|計")
_FEWEST = 2


@rule(
    "CO42",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の平均が、並べた数の平均と合いません",
    why="「10月20件、11月30件、12月40件で、月平均45件」と書けば、読み手は割り算をします。",
    remedy="平均と、並べた数のどれが正しいか確かめて直してください。",
    superseded_by=(
        rule_codes.NUMBER_IN_TEXT_DIFFERS,
        rule_codes.NUMBER_DIFFERS_FROM_FIGURE,
        "CO21",
        "CO53",
        "CO79",
    ),
)
def mean_is_not_that_of_the_list(context: CheckContext) -> Iterator[Violation]:
    """平均 right behind a list of numbers is not between them; 月平均 is not the mean of months."""
    for sentence in numbered_sentences(context):
        if _MEAN not in sentence.text or len(sentence.numbers) <= _FEWEST or _OTHER_MEAN.is_in(sentence.text):
            continue
        for listed in lists_of_numbers(sentence):
            members = [one for one in listed if not one.name.endswith(_MEAN)]
            found = _stated_mean_and_other_real_mean(sentence, members)
            if found:
                mean, real = found
                yield sentence.violation(
                    mean,
                    f"並べた数の平均は {decimal_text(real)} ですが、「{mean.text.strip()}」とあります",
                    "平均と、並べた数を確かめ、違うものを直してください。",
                    expected=decimal_text(real),
                    first=members[0].number,
                )


def _stated_mean_and_other_real_mean(
    sentence: NumberedSentence, members: Sequence[LabelledNumber]
) -> tuple[TextNumber, Decimal] | None:
    """The mean stated behind a list and the real one, None where it may be right or there is none."""
    numbers = [one.number for one in members]
    mean = _mean_behind_list(sentence, numbers)
    if mean is None or len(numbers) < _FEWEST:
        return None
    values = [one.value for one in numbers]
    real = rounded(sum(values, Decimal(0)) / len(values), max(decimal_places(mean.value), 1), HALF_UP)
    allowed = Decimal(1).scaleb(-decimal_places(mean.value))
    if all(one.name.endswith("月") for one in members):
        is_right = abs(real - mean.value) <= allowed
    else:
        is_right = min(values) <= mean.value <= max(values)
    return None if is_right else (mean, real)


def _mean_behind_list(sentence: NumberedSentence, numbers: Sequence[TextNumber]) -> TextNumber | None:
    """The only number that 平均 is right before, behind all numbers of a list and of their unit."""
    found = [one for one in sentence.numbers if labelled_number(sentence, one).name.endswith(_MEAN)]
    if len(found) != 1 or not numbers or found[0].start < numbers[-1].start:
        return None
    (mean,) = found
    return mean if _is_mean_of(sentence, mean, numbers) else None


def _is_mean_of(sentence: NumberedSentence, mean: TextNumber, numbers: Sequence[TextNumber]) -> bool:
    """Whether a mean has the unit of a list, which has all other numbers of the unit in the sentence."""
    others = [one for one in sentence.numbers if one is not mean and is_same_unit(one.unit, mean.unit)]
    is_clear = is_same_unit(mean.unit, numbers[0].unit) and not is_number_approximate(
        mean, sentence.written.text
    )
    return is_clear and mean.unit != FRACTION and len(others) == len(numbers)


_APART = AnyOf(
    "前年|昨年|前回|前月|前期|目標|うち|月|年度|四半期|上期|下期|会場|時点|累計|延べ|定員|予定|当初|それぞれ|各|全国|から|新たに"
)
_SHORTEST_NAME = 2


@rule(
    "CO43",
    Family.AGREEMENT,
    Severity.WARNING,
    "同じ名前の数が、1 つの文の中で違います",
    why="「男性12名、女性30名の計42名（男性30名、女性12名）」では、どちらが正しいのか読み手に分かりません。",
    remedy="2 つの数のどちらが正しいか確かめ、違う方を直してください。",
    superseded_by=(
        rule_codes.NUMBER_IN_TEXT_DIFFERS,
        rule_codes.NUMBER_DIFFERS_FROM_FIGURE,
        "CO09",
        "CO20",
        "CO23",
        "CO33",
        "CO38",
    ),
)
def one_name_has_two_numbers(context: CheckContext) -> Iterator[Violation]:
    """A name before two different numbers of one unit, one of them in a bracket; no other time or place.

    All of the name is the same: 参加者 and 男性の参加者 are two.
    """
    for sentence in numbered_sentences(context):
        if len(sentence.numbers) < _FEWEST or "(" not in sentence.text or _APART.is_in(sentence.text):
            continue
        labelled = [labelled_number(sentence, one) for one in sentence.numbers]
        for one, other in combinations(labelled, 2):
            if _contradicts_number_outside_bracket(sentence, one, other):
                yield sentence.violation(
                    other.number,
                    f"「{one.name}」の数が「{one.number.text.strip()}」と"
                    f"「{other.number.text.strip()}」の 2 つあります",
                    "どちらが正しいか確かめ、違う方を直してください。",
                    first=one.number,
                )
                break


def _contradicts_number_outside_bracket(
    sentence: NumberedSentence, one: LabelledNumber, other: LabelledNumber
) -> bool:
    """Whether a number in brackets has the name and unit of one outside, but not its value."""
    depths = [_open_bracket_count(sentence, number.number) for number in (one, other)]
    return (
        one.label.strip("・ ") == other.label.strip("・ ") == one.name
        and len(one.name) >= _SHORTEST_NAME
        and depths == [0, 1]
        and one.number.value != other.number.value
        and is_same_unit(one.number.unit, other.number.unit)
        and bool(one.number.unit)
        and all(is_stated_exactly(x.number, sentence.written.text) for x in (one, other))
    )


def _open_bracket_count(sentence: NumberedSentence, number: TextNumber) -> int:
    """How many brackets are open before a number."""
    before = sentence.plain[sentence.start : number.start]
    return before.count("(") - before.count(")")
