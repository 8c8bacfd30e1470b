"""Differences, percentages and sums that are nearly what the other numbers of a sentence give (整合)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import ANY_OTHER, rule
from kenpo_xl.checks.support.number_matching import are_stated_exactly, decimal_places, is_likely_slip
from kenpo_xl.checks.support.sentences.changes import is_followed_by_change
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf, normalized
from kenpo_xl.domain.language.numbers_in_text import FRACTION, TextNumber, unit_of_count
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import HALF_UP, decimal_text, rounded

_Wrong = tuple[TextNumber, Decimal, str]
_NEAR, _TWO = Decimal("0.2"), 2
_TOTAL = LazyPattern(
    r"(?:合計|総計|計|合わせて?|あわせて|総勢|全体で|全部で)(?:で|は|の|、)?\s*(?:延べ)?\s*$",
    needs="計合総全あ",
)
_CHANGES = LazyPattern(r"\s*(?:に|を|も|の)?(?:上昇|低下|上回|下回|上が|下が|増|減|向上|改善)")
_OTHERS = AnyOf(
    "ほか|等|など|除|重複|それぞれ|各|ずつ|目標|計画|予定|見込|定員|約|およそ|概ね|おおむね|以上|以下|未満|平均|当たり|あたり|全国|ポイント|超え"
)
_OF_NO_QUOTIENT = AnyOf("年|延べ|のべ")


@rule(
    "CO116",
    Family.AGREEMENT,
    Severity.INFO,
    "文の差、割合か合計が、文のほかの数とわずかに合わないようです",
    why="「15,736件であったが、12,377件と3,459件減少」と書けば、読み手は引き算します。",
    remedy="文の数のどれが正しいか確かめて直してください。別の数のことなら、何の数か分かるように書いてください。",
    superseded_by=(ANY_OTHER, "CO113", "CO114", "CO115"),
)
def number_is_nearly_what_others_give(context: CheckContext) -> Iterator[Violation]:
    """The difference, percentage or sum of the other numbers of a sentence, but for a slip or a fifth.

    Its numbers are two counts with a change, two with one percentage, or some with a total. A number that is
    far from what they give is of something else. Silent with 約, ほか, 各, 目標 and the like.
    """
    for sentence in numbered_sentences(context):
        numbers = [one for one in sentence.numbers if one.unit]
        if len(numbers) < 3 or _OTHERS.is_in(sentence.text) or not are_stated_exactly(numbers, sentence.text):
            continue
        found = (
            _change_unlike_difference(sentence, numbers)
            or _percentage_unlike_quotients(sentence, numbers)
            or _total_unlike_sum(sentence, numbers)
        )
        if found:
            number, right, how = found
            yield sentence.violation(
                number,
                f"「{number.text.strip()}」とありますが、{how}は {decimal_text(right)} です",
                "文の数のどれが正しいか確かめて直してください。",
                first=min(numbers, key=lambda one: one.start),
            )


def _change_unlike_difference(sentence: NumberedSentence, numbers: Sequence[TextNumber]) -> _Wrong | None:
    """The change among three numbers of one unit, with the difference of the other two."""
    units = {unit_of_count(one.unit) for one in numbers}
    if len(numbers) != _TWO + 1 or len(units) > 1 or FRACTION in units:
        return None
    changes = [one for one in numbers if is_followed_by_change(normalized(sentence.behind(one)))]
    if len(changes) != 1:
        return None
    one, other = (number.value for number in numbers if number is not changes[0])
    right, stated = abs(one - other), changes[0].value
    is_wrong = _is_unequal_but_near_or_slip(stated, right) or _is_one_digit_away(stated, right)
    return (changes[0], right, "2 つの数の差") if is_wrong else None


def _percentage_unlike_quotients(sentence: NumberedSentence, numbers: Sequence[TextNumber]) -> _Wrong | None:
    """The only percentage beside two counts, with the quotient that it is nearest to."""
    rate, counts = _only_percentage_and_counts(sentence, numbers)
    if rate is None:
        return None
    places = decimal_places(rate.value)
    rights = [
        rounded(one, places, HALF_UP)
        for one in _quotients_of_two_counts(*sorted(one.value for one in counts))
    ]
    last = Decimal(1).scaleb(-places)
    if any(abs(rate.value - right) <= last for right in rights):
        return None
    right = min(rights, key=lambda one: abs(one - rate.value))
    return (
        (rate, right * 100, "2 つの数の割合（％）")
        if _is_unequal_but_near_or_slip(rate.value, right)
        else None
    )


def _only_percentage_and_counts(
    sentence: NumberedSentence, numbers: Sequence[TextNumber]
) -> tuple[TextNumber | None, list[TextNumber]]:
    """The only percentage of a sentence, None without one that is of its two counts; and these."""
    rates = [one for one in numbers if one.unit == FRACTION and "割" not in one.text]
    counts = [one for one in numbers if one.unit != FRACTION]
    if len(rates) != 1 or len(counts) != _TWO or min(one.value for one in counts) <= 0:
        return None, counts
    rate = rates[0]
    is_change = _CHANGES.match(sentence.behind(rate)) is not None
    # 受講率は50％で、100人中60人が
    is_apart = rate.start < counts[0].start and "、" in sentence.between(rate, counts[0])
    return None if is_change or is_apart or _OF_NO_QUOTIENT.is_in(sentence.text) else rate, counts


def _quotients_of_two_counts(small: Decimal, large: Decimal) -> tuple[Decimal, ...]:
    """What a percentage beside two counts may be: of each other, or of the change."""
    return small / large, large / small, (large - small) / large, (large - small) / small


def _total_unlike_sum(sentence: NumberedSentence, numbers: Sequence[TextNumber]) -> _Wrong | None:
    """The number behind 計, with the sum of all others, which have its unit."""
    totals = [one for one in numbers if _TOTAL.search(sentence.before(one))]
    if (
        len(totals) != 1
        or totals[0] not in (numbers[0], numbers[-1])
        or len({unit_of_count(one.unit) for one in numbers}) > 1
    ):
        return None
    parts = [one.value for one in numbers if one is not totals[0]]
    sums = [sum(parts[start:], Decimal(0)) for start in range(len(parts))]
    if totals[0].value in sums:  # of the last ones: 訪問は5件、面談は12件、電話は15件、計27件
        return None
    return (
        (totals[0], sums[0], "ほかの数の合計")
        if _is_unequal_but_near_or_slip(totals[0].value, sums[0])
        else None
    )


def _is_one_digit_away(number: Decimal, right: Decimal) -> bool:
    """Whether one digit of a number of two and more is another one."""
    one, other = str(number), str(right)
    is_as_long = len(one) == len(other) and len(one) > 1
    return is_as_long and sum(map(str.__ne__, one, other)) == 1


def _is_unequal_but_near_or_slip(number: Decimal, right: Decimal) -> bool:
    """Whether a number is not what it should be, but within a fifth of it or a slip away."""
    if number == right or not right:
        return False
    return abs(number - right) <= _NEAR * right or is_likely_slip(number, right)
