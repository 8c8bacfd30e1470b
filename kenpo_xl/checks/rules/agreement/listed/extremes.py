"""Numbers of which one is never below the other: 最高 and 最低, 延べ and 実人数, 税込 and 税抜 (整合)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.language.numbers_in_text import TextNumber, is_same_unit
from kenpo_xl.domain.lazy_patterns import LazyPattern

_PAIRS = (
    ("最高", "最低"),
    ("最大", "最小"),
    ("最長", "最短"),
    ("最多", "最少"),
    ("上限", "下限"),
    ("最も多い", "最も少ない"),
    ("最も高い", "最も低い"),
    ("最も大きい", "最も小さい"),
    ("税込", "税抜"),
    ("税込", "税別"),
    ("延べ", "実人"),
    ("延べ", "実数"),
    ("延べ", "実員"),
    ("のべ", "実人"),
)
_RANK = "位"
_APRIL = 4


@rule(
    "CO34",
    Family.AGREEMENT,
    Severity.WARNING,
    "「最高」と「最低」、「延べ」と「実人数」などの大小が逆です",
    why="「最高23.1％、最低45.2％」「延べ30人（実人数45人）」のような数は、どちらかが入れ替わっています。",
    remedy="2 つの数が入れ替わっていないか確かめて直してください。",
    superseded_by=(
        rule_codes.NUMBER_IN_TEXT_DIFFERS,
        rule_codes.NUMBER_DIFFERS_FROM_FIGURE,
        "CO09",
        "CO15",
        "CO52",
        "CO53",
    ),
)
def larger_one_is_smaller(context: CheckContext) -> Iterator[Violation]:
    """最高23.1％、最低45.2％, 延べ30人（実人数45人）: both words once, each before its number.

    Nor does a running total fall from one month to a later one: 累計は4月末で185人、5月末で131人.
    """
    yield from _violations_for_falling_totals(context)
    for sentence in numbered_sentences(context):
        for large, small in _word_pairs_in(sentence.text):
            upper, lower = (
                _number_described_by_word(sentence, large),
                _number_described_by_word(sentence, small),
            )
            if upper is None or lower is None or upper is lower or upper.unit == _RANK:
                continue
            if is_same_unit(upper.unit, lower.unit) and upper.value < lower.value:
                yield sentence.violation(
                    lower,
                    f"「{large}」の数が「{upper.text.strip()}」、「{small}」の数が「{lower.text.strip()}」で、大小が逆です",
                    "2 つの数が入れ替わっていないか確かめて直してください。",
                    first=min(upper, lower, key=lambda one: one.start),
                )


_TOTALS = AnyOf("累計|通算|までに|延べ登録|累積")
_MAY_FALL = AnyOf("減|下回|訂正|修正|見込|予定|前年|昨年|令和|平成|目標|計画|うち|解約|廃止|脱退|単月|残")
_UP_TO_MONTH = LazyPattern(
    r"(?<![\d~-])(?<!月から)(?<!月から )(?P<month>1[0-2]|[1-9])\s*月"
    r"(?:末(?:日)?(?:まで)?|まで)(?:現在|時点)?(?:に|で|の|は|には|では)?\s*"
    r"(?:累計|累積|通算)?(?:で|は|の)?[^\d。、た]{0,6}$",
    needs=("月末", "月まで"),
)


def _violations_for_falling_totals(context: CheckContext) -> Iterator[Violation]:
    """The number up to a month that is below that up to a month before, in a sentence on a running total."""
    for sentence in numbered_sentences(context):
        if not _TOTALS.is_in(sentence.text) or _MAY_FALL.is_in(sentence.text):
            continue
        found = [(one, _UP_TO_MONTH.search(sentence.before(one))) for one in sentence.numbers]
        totals = [(one, int(month["month"])) for one, month in found if month and one.unit]
        for (one, first), (other, later) in pairwise(totals):
            is_later = (first - _APRIL) % 12 < (later - _APRIL) % 12
            if is_later and is_same_unit(one.unit, other.unit) and other.value < one.value:
                yield sentence.violation(
                    other,
                    f"{first}月までが「{one.text.strip()}」、{later}月までが「{other.text.strip()}」で、累計が減っています",
                    "2 つの数と月を確かめて直してください。",
                    first=one,
                )


def _word_pairs_in(text: str) -> Iterator[tuple[str, str]]:
    """The pairs of words that a text has, each word once."""
    for large, small in _PAIRS:
        if large in text and small in text and text.count(large) == text.count(small) == 1:
            yield large, small


def _number_described_by_word(sentence: NumberedSentence, word: str) -> TextNumber | None:
    """The number in whose words, since the number before it and the last comma, a word is."""
    for number in sentence.numbers:
        words = sentence.before(number)
        if word in words[max(words.rfind("、"), words.rfind(",")) + 1 :]:
            return number
    return None
