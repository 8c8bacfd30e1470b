"""Numbers that are called the plan's, or that a slip makes of one of the plan (整合)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import ANY_OTHER, rule
from kenpo_xl.checks.support.number_matching import is_likely_slip
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.letters import noun_runs
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.language.numbers_in_text import FRACTION, TextNumber, numbers_in
from kenpo_xl.domain.plan.plan import Item

_LIMITS = ("以上", "以下", "以内", "未満")
_PLAN = AnyOf("計画|目標")
_OTHERS = AnyOf(
    "前年|昨年|前回|当初|変更|見直し|上回|下回|超え|うち|次年度|来年度|実績|達成率|全国|ポイント|約|残り|あと"
)
_LEAST, _SHORTEST = 10, 3


@frozen
class _Planned:
    """A number of the plan, the limit behind it (以上), and the names of its sentence."""

    number: TextNumber
    limit: str
    names: frozenset[str]


@rule(
    "CO118",
    Family.AGREEMENT,
    Severity.INFO,
    "文の計画の数が、計画の文の数と違うようです",
    why="計画が「1,200人以上」なのに「2,100人以上を養成する計画」と書くと、計画が変わったのか読み手に分かりません。",
    remedy="計画の文を確かめて直してください。計画の数でなければ、このままで構いません。",
    superseded_by=(ANY_OTHER, "CO113", "CO114", "CO115", "CO116", "CO117"),
)
def number_is_nearly_that_of_the_plan(context: CheckContext) -> Iterator[Violation]:
    """A number with 以上 or the like that a sentence calls the plan's, and the plan has another one so.

    Or one that a slip makes of a number of the plan in its unit, where both sentences share a name. The plan
    of the item does not have it at all. Silent with 前年, 変更, 上回る and the like.
    """
    planned = context.computed_once(_planned_numbers_by_item)
    for sentence in numbered_sentences(context):
        own = planned.get(sentence.written.item.id, ()) if sentence.written.line else ()
        for number in sentence.numbers if own and not _OTHERS.is_in(sentence.text) else ():
            right = _planned_number_meant(sentence, number, own)
            if right is not None:
                yield sentence.violation(
                    number,
                    f"「{number.text.strip()}」とありますが、計画には「{right.text.strip()}」とあります",
                    "計画の文を確かめて直してください。",
                    expected=right.text.strip(),
                )
                break


def _planned_numbers_by_item(context: CheckContext) -> dict[str, tuple[_Planned, ...]]:
    return {item.id: tuple(_planned_numbers_of_item(item)) for item in context.own_items}


def _planned_numbers_of_item(item: Item) -> Iterator[_Planned]:
    for text in (text for block in item.blocks for text in block.sentences):
        plain = half_width(text)
        for one in numbers_in(text):
            yield _Planned(one, _limit_word_behind_number(plain, one), _long_nouns_in(plain))


def _long_nouns_in(text: str) -> frozenset[str]:
    return frozenset(run for _, run in noun_runs(text) if len(run) >= _SHORTEST)


def _limit_word_behind_number(plain: str, number: TextNumber) -> str:
    behind = plain[number.start + len(number.text) :].lstrip().removeprefix("(※)")
    return next((one for one in _LIMITS if behind.startswith(one)), "")


def _planned_number_meant(
    sentence: NumberedSentence, number: TextNumber, planned: Sequence[_Planned]
) -> TextNumber | None:
    """The number of the plan that is meant; None where the plan has this one, or not surely another."""
    alike = [one for one in planned if one.number.unit == number.unit]
    if not number.unit or not alike or any(one.number.value == number.value for one in planned):
        return None
    limit = _limit_word_behind_number(sentence.plain, number)
    limited = {one.number.value: one.number for one in alike if limit and one.limit == limit}
    if len(limited) == 1 and _PLAN.is_in(sentence.text):
        return next(iter(limited.values()))
    names = _long_nouns_in(sentence.text)
    slips = (
        one.number for one in alike if one.names & names and _is_long_and_likely_slip(number, one.number)
    )
    return next(slips, None)


def _is_long_and_likely_slip(number: TextNumber, other: TextNumber) -> bool:
    scale = 100 if number.unit == FRACTION else 1
    is_long = min(number.value, other.value) * scale >= Decimal(_LEAST)
    return is_long and is_likely_slip(number.value, other.value)
