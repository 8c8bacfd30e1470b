"""Counts that another sentence of the item gives the same thing in other digits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kenpo_xl.checks.support.number_matching import is_likely_slip, is_stated_exactly
from kenpo_xl.checks.support.sentence_pairs.item_sentences import ItemSentence, SentenceDoubt
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.language.numbers_in_text import TextNumber, numbers_in, unit_of_count
from kenpo_xl.domain.lazy_patterns import LazyPattern

_TWO_DIGITS = 10
_OF_SOME = AnyOf(
    "うち|前年|昨年|目標|計画|予定|定員|各|ごと|当たり|あたり|平均|新たに|追加|累計|残り|ほか|前回|過去|全国|見込|延べ|割"
)
_Count = tuple[ItemSentence, TextNumber]


def doubts_on_counts(sentences: Sequence[ItemSentence]) -> Iterator[SentenceDoubt]:
    """The only number of its unit in a sentence, where one before it has another one of the same thing."""
    by_unit: dict[str, list[_Count]] = {}
    for sentence in sentences:
        for unit, number in _single_counts(sentence).items():
            before, later = by_unit.setdefault(unit, []), (sentence, number)
            found = next((one for one in before if _are_of_one_thing(one, later)), None)
            if found:
                yield SentenceDoubt(sentence, number.start, number.text, found[0], found[1].text)
            before.append(later)


def _are_of_one_thing(before: _Count, now: _Count) -> bool:
    """Whether two other numbers are slips, or of those who came, and their sentences share a name."""
    (earlier, there), (later, here) = before, now
    if here.value == there.value or min(here.value, there.value) < _TWO_DIGITS:
        return False
    is_same = is_likely_slip(here.value, there.value) or (
        _is_number_of_those_who_came(*before) and _is_number_of_those_who_came(*now)
    )
    return is_same and bool(earlier.names & later.names) and _are_of_one_time(earlier, later)


_CAME = LazyPattern(r"\s*(?:が|の)?(?:参加|受講|出席|来場)")


def _is_number_of_those_who_came(sentence: ItemSentence, number: TextNumber) -> bool:
    return _CAME.match(sentence.text, number.start + len(number.text)) is not None


def _single_counts(sentence: ItemSentence) -> dict[str, TextNumber]:
    """The numbers of a sentence by their unit, of which it has one each."""
    numbers = [one for one in numbers_in(sentence.text) if one.unit]
    if not numbers or _OF_SOME.is_in(sentence.text):
        return {}
    units = Counter(unit_of_count(one.unit) for one in numbers)
    return {
        unit: one
        for one in numbers
        if units[unit := unit_of_count(one.unit)] == 1 and is_stated_exactly(one, sentence.text)
    }


def _are_of_one_time(one: ItemSentence, other: ItemSentence) -> bool:
    return one.times == other.times or not (one.times and other.times)
