"""Ratios to last year that a sentence states beside both numbers: 前年比115％, 15％減 (整合)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_matching import are_stated_exactly, decimal_places
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.numbers_in_text import FRACTION, TextNumber, is_same_unit
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import HALF_UP, decimal_text, rounded

_CHANGE = LazyPattern(r"\s*の?(?:(?P<up>増(?!減)|上昇|伸び)|(?P<down>減(?!額|免)|低下))")
_RATIO_NAMED = LazyPattern(
    r"(?:対?(?:前年|昨年)(?:度|同期|同月)?比|(?:前年|昨年)(?:度|同期|同月)?(?:に対する割合|の水準の)|対前年)[はがもで、:\s]*$",
    needs=("前年", "昨年"),
)
_RATIO_BEHIND_EARLIER = LazyPattern(
    r"\s*[)]?(?:に対し(?:て)?|と比べて?|に比べて?|と比較して|比で?|から)?の?[、\s]*$"
)
_IS_EARLIER_BEFORE = LazyPattern(r"(?:前年|昨年)[^。\d]{0,14}$", needs=("前年", "昨年"))
_NO_RATIO = LazyPattern(
    r"目標|計画(?!的)|見込|予定|全国|県平均|(?<![契予要集制節規条解誓成])約(?!束|款)|およそ|それぞれ|うち|達成|当たり|あたり|ポイント"
)


@rule(
    "CO66",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の前年比が、文の中の 2 つの数と合いません",
    why="「前年の120件に対して150件（前年比115％）」と書けば、読み手は割り算をします。",
    remedy="2 つの数と前年比のどれが正しいか確かめて直してください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, rule_codes.NUMBER_DIFFERS_FROM_FIGURE, "CO18"),
)
def ratio_to_last_year_is_not_that_of_its_numbers(context: CheckContext) -> Iterator[Violation]:
    """The only three numbers of a sentence are two of one unit, one of 前年, and a ratio that is not theirs.

    The ratio is the ％ behind 前年比 or right behind the number of 前年 and に対し. It may be the quotient or
    the change. Silent with 目標, 約, うち and ポイント, and if it is right within its last place.
    """
    for sentence in numbered_sentences(context):
        if len(sentence.numbers) != 3 or _NO_RATIO.search(sentence.text):
            continue
        found = _percent_and_numbers_of_both_years(sentence)
        if found is not None:
            percent, now, then = found
            right = now.value / then.value
            if not _is_percent_equal_to_ratio(sentence, percent, right):
                change = _CHANGE.match(sentence.behind(percent))
                exact = _text_of_change(percent, right) if change else _text_of_percent(percent, right)
                stated = percent.text.strip() + (change[0] if change else "")
                verb = "から" if change else "の"
                yield replace(
                    sentence.violation(
                        percent,
                        f"{now.text.strip()}は{then.text.strip()}{verb} {exact} ですが、"
                        f"「{stated}」とあります",
                        "2 つの数と前年比を確かめ、違うものを直してください。",
                        expected=exact,
                        first=sentence.numbers[0],
                    ),
                    actual=stated,
                )


def _text_of_percent(like: TextNumber, fraction: Decimal) -> str:
    """A fraction in percent, with the decimals of another one."""
    return f"{decimal_text(rounded(fraction * 100, max(decimal_places(like.value) - 2, 0), HALF_UP))}％"


def _text_of_change(stated: TextNumber, right: Decimal) -> str:
    """A quotient as the change that it is: 15％減 of 0.85."""
    return _text_of_percent(stated, abs(right - 1)) + ("増" if right > 1 else "減")


def _is_percent_equal_to_ratio(sentence: NumberedSentence, percent: TextNumber, right: Decimal) -> bool:
    """Whether a percent is a quotient, or the change that it means: 15％減 is one down."""
    allowed = Decimal(1).scaleb(-decimal_places(percent.value))
    change = _CHANGE.match(sentence.behind(percent))
    if change is None:
        return any(abs(abs(percent.value) - one) < allowed for one in (right, abs(right - 1)))
    sign = 1 if change["up"] else -1
    return abs(percent.value * sign - (right - 1)) < allowed


def _percent_and_numbers_of_both_years(
    sentence: NumberedSentence,
) -> tuple[TextNumber, TextNumber, TextNumber] | None:
    """The ratio that a sentence states, this year's number and last year's; None if that is not sure."""
    percents = [one for one in sentence.numbers if one.unit == FRACTION]
    counts = [one for one in sentence.numbers if one.unit not in (FRACTION, "ポイント", "")]
    if len(percents) != 1 or len(counts) != 2 or not is_same_unit(counts[0].unit, counts[1].unit):
        return None
    pair = _numbers_of_this_and_last_year(sentence, counts)
    return (percents[0], *pair) if pair and _are_exact_and_of_percent(sentence, percents[0], *pair) else None


def _numbers_of_this_and_last_year(
    sentence: NumberedSentence, counts: Sequence[TextNumber]
) -> tuple[TextNumber, TextNumber] | None:
    """The number of this year and that of last year; None where not just one is of last year."""
    first, second = counts
    is_earlier = [bool(_IS_EARLIER_BEFORE.search(sentence.before(one))) for one in counts]
    if is_earlier[0] == is_earlier[1]:
        return None
    return (first, second) if is_earlier[1] else (second, first)


def _are_exact_and_of_percent(
    sentence: NumberedSentence, percent: TextNumber, now: TextNumber, then: TextNumber
) -> bool:
    """Whether two numbers are exact, and a percent is theirs."""
    is_exact = are_stated_exactly((now, then), sentence.written.text)
    return then.value > 0 and is_exact and _is_percent_ratio_to_year_before(sentence, percent, then)


def _is_percent_ratio_to_year_before(
    sentence: NumberedSentence, percent: TextNumber, then: TextNumber
) -> bool:
    """Whether a percent is behind 前年比, or right behind the number of 前年 and に対し."""
    before = sentence.before(percent)
    if _RATIO_NAMED.search(before):
        return True
    is_right_behind = sentence.numbers.index(percent) - sentence.numbers.index(then) == 1
    return is_right_behind and _RATIO_BEHIND_EARLIER.fullmatch(before) is not None
