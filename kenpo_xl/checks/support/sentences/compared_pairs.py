"""The two numbers of a sentence that it compares: what is, and what was or was meant to be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kenpo_xl.checks.support.sentences.changes import is_followed_by_change
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.language.numbers_in_text import TextNumber, normalized_unit
from kenpo_xl.domain.lazy_patterns import LazyPattern

_BASE_WORDS = AnyOf(
    "前年|昨年|前回|前期|前月|従来|当初|例年|平年|前の年|定員|予定|見込|見積|想定|計画|目標|から"
)
_THEN = LazyPattern(
    r"(?:前々?年|昨年|前回|前期|前月|前四半期|前の年|従来|例年|平年)(?!(?:度|同期|同月)?(?:の実績)?と同)[^。、\d]{0,14}$",
    needs=("前", "昨年", "従来", "例年", "平年"),
)
_AIM = LazyPattern(
    r"(?:定員|募集人数|目標|計画|予定|見込|見積|想定)[^。、\d]{0,12}$",
    needs=("定員", "募集人数", "目標", "計画", "予定", "見込", "見積", "想定"),
)
_FROM = LazyPattern(r"[\s)]*から[、\s]*")
_SIGNS = "+＋±"
_PAIR = 2


@frozen
class ComparedPair:
    """Two numbers of one unit: `base` is of an earlier time, or an aim (定員, 見込み) if `is_aim`."""

    now: TextNumber
    base: TextNumber
    is_aim: bool

    @property
    def in_order(self) -> tuple[TextNumber, TextNumber]:
        """Both as the sentence has them."""
        return (self.now, self.base) if self.now.start < self.base.start else (self.base, self.now)


def compared_pair(sentence: NumberedSentence) -> ComparedPair | None:
    """The only two amounts of one unit of a sentence, if just one of them is of an earlier time or an aim.

    Differences (5件増, ＋5件) are no amounts. None where it is not clear which is which.
    """
    if len(sentence.numbers) < _PAIR or not _BASE_WORDS.is_in(sentence.text):
        return None
    pairs = list(_pairs_of_one_unit(sentence))
    if len(pairs) != 1:
        return None
    one, other = pairs[0]
    roles = [_role_of_number(sentence, number) for number in (one, other)]
    if not any(roles) and _FROM.match(sentence.plain, one.start + len(one.text)):
        return ComparedPair(other, one, is_aim=False)
    if bool(roles[0]) == bool(roles[1]):
        return None
    now, base = (other, one) if roles[0] else (one, other)
    return ComparedPair(now, base, is_aim="aim" in roles)


def _pairs_of_one_unit(sentence: NumberedSentence) -> Iterator[Sequence[TextNumber]]:
    """The amounts of each unit of which the sentence has two."""
    by_unit: dict[str, list[TextNumber]] = {}
    for number in sentence.numbers:
        if number.unit and not is_number_a_difference(sentence, number):
            by_unit.setdefault(normalized_unit(number.unit), []).append(number)
    return (found for found in by_unit.values() if len(found) == _PAIR)


def is_number_a_difference(sentence: NumberedSentence, number: TextNumber) -> bool:
    """Whether a number is a difference: 5件増, +5件, ▲5件, 1.2ポイント."""
    has_sign = number.value < 0 or sentence.plain[number.start - 1 : number.start] in _SIGNS
    is_signed = has_sign if number.start else number.value < 0
    return is_signed or number.unit == "ポイント" or is_followed_by_change(sentence.behind(number))


def _role_of_number(sentence: NumberedSentence, number: TextNumber) -> str:
    before = sentence.before(number)
    if _AIM.search(before):
        return "aim"
    return "then" if _THEN.search(before) else ""
