"""What sentences say of one number beside another: 第1四半期より191件多い, 前月の2倍, 専門機関を上回った."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from kenpo_xl.checks.support.number_matching import decimal_places
from kenpo_xl.checks.support.sentences.directions import change_verbs_in
from kenpo_xl.checks.support.sentences.stated_ratios import ratio_stated_at, stated_share
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.lazy_patterns import LazyPattern

# (this number, the other) -> whether it is so.
Relation = Callable[[Decimal, Decimal], bool]


@frozen
class StatedComparison:
    """A relation between what is named before `base_start` and what is named from there to `base_end`.

    `unit` is that of the difference where one is stated, '' where none is. `is_ratio`: it is of a multiple.
    """

    base_start: int
    base_end: int
    place: int
    holds: Relation
    unit: str = ""
    is_ratio: bool = False


_MORE_OR_LESS = LazyPattern(
    r"(?P<up>多(?:かった|く(?=な|、)|い)|高(?:かった|く(?=な|、)|い)|大き(?:かった|い))"
    r"|(?P<down>少な(?:かった|く(?=な|、)|い)|低(?:かった|く(?=な|、)|い)|小さ(?:かった|い))",
    needs=("多", "少", "高", "低", "大き", "小さ"),
)
# What is between two things that are compared, up to the verb.
_AMOUNT = (
    r"(?:(?P<about>約|およそ|ほぼ)?\s*(?P<digits>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[%％]?ポイント|[^\s\d、。はがをにのでと]{1,4})"
    r"(?:ほど|程度)?、?\s*)?"
)
_ADVERBS = r"(?:(?:大きく|大幅に|わずかに|やや|若干|少し|かなり|さらに|も|、|\s)*)"
_UP_TO_VERB = LazyPattern(
    rf"(?P<marker>より(?:も)?|を|(?:に|と)比べ(?:て|ると)?|と比較して|に対し(?:て)?|から){_ADVERBS}{_AMOUNT}{_ADVERBS}$",
    needs=("より", "を", "比", "に対し", "から"),
)
_RATIO = LazyPattern(
    r"(?P<marker>の|(?:に|と)比べ(?:て)?、?|と比較して|より(?:も)?|から)\s*"
    r"(?=(?:約|おおよそ|およそ|ほぼ|概ね|おおむね)?\s*(?:\d+(?:\.\d+)?\s*(?:倍|分の|割|[%％](?!ポ))|半|倍増))",
    contains=r"\d|半|倍",
)
_SHARE = LazyPattern(
    r"(?P<about>約|おおよそ|およそ|ほぼ|概ね|おおむね)?\s*(?P<digits>\d+(?:\.\d+)?)\s*(?P<unit>割|[%％](?!ポ))(?P<change>の?(?:増|減)(?!ら))?"
    r"(?=に(?:とどま|減|増|相当|当た|あた|なっ|あたる)|と(?:な|いう)|で(?:あ|、)|だった|。|、)",
    contains=r"\d",
)
# The words of what is compared begin behind these.
_BEGINS = LazyPattern(r"(?:[、。:]|(?<=[^もはが])[はがも](?![んっく]))")
# 専門機関と同数, 第1四半期と同じ水準
_SAME = LazyPattern(
    r"(?P<marker>と)(?:ほぼ|おおむね|概ね)?(?P<same>同(?:数|率|額|件数|人数|回数|値)|同じ(?=数|件数|人数|率|額|で|だ|と|。|\d)"
    r"|(?P<rough>同じ(?:水準|程度|規模)|同(?:程度|水準|規模)))(?!.{0,6}(?:ため|よう|こと))",
    needs="同",
)
_NOT_SO = AnyOf(
    "目標|計画|見込|予定|定員|予算|基準|平均的|過去|これまで|従来|例年|当初|想定|上限|以前|前年|昨年|前回"
)
_ALIKE = Decimal("0.15")
_TENTH = Decimal("0.1")


def stated_comparisons_in(plain: str, first: int, end: int) -> Iterator[StatedComparison]:
    """The comparisons of a sentence with half-width digits; not with a target or the year before."""
    sentence = plain[first:end]
    if _NOT_SO.is_in(sentence):
        return
    for verb in (*change_verbs_in(sentence), *_MORE_OR_LESS.finditer(sentence)):
        found = _UP_TO_VERB.search(sentence[: verb.start()])
        if found is not None:
            yield from _comparisons_of_verb(first, sentence, verb, found)
    for found in _RATIO.finditer(sentence):
        yield from _comparisons_of_ratio(first, sentence, found)
    for found in _SAME.finditer(sentence):
        start = _start_of_base(sentence, found.start())
        is_exact = not found["rough"] and found["same"] == found[0].removeprefix("と")
        holds = _is_equal if is_exact else _is_nearly_equal
        yield StatedComparison(first + start, first + found.start(), first + found.start(), holds)


def _is_equal(now: Decimal, then: Decimal) -> bool:
    return now == then


def _is_nearly_equal(now: Decimal, then: Decimal) -> bool:
    return abs(now - then) <= abs(then) * _ALIKE


def _comparisons_of_verb(
    first: int, sentence: str, verb: re.Match[str], found: re.Match[str]
) -> Iterator[StatedComparison]:
    is_up = bool(verb["up"])
    is_beyond = verb[0].startswith(("上回", "下回"))
    if (found["marker"] == "を") != is_beyond:
        return
    start = _start_of_base(sentence, found.start())
    relation = (
        _relation_of_difference(found, is_up=is_up)
        if found["digits"]
        else _relation_of_direction(is_up=is_up)
    )
    unit = found["unit"] or ""
    yield StatedComparison(first + start, first + found.start(), first + verb.start(), relation, unit)


def _relation_of_direction(*, is_up: bool) -> Relation:
    return lambda now, then: now > then if is_up else now < then


def _relation_of_difference(found: re.Match[str], *, is_up: bool) -> Relation:
    amount = Decimal(found["digits"].replace(",", ""))
    spread = amount * _TENTH if found["about"] else Decimal(1).scaleb(-decimal_places(amount)) / 2

    def holds(now: Decimal, then: Decimal) -> bool:
        return abs((now - then if is_up else then - now) - amount) <= spread

    return holds


def _comparisons_of_ratio(first: int, sentence: str, found: re.Match[str]) -> Iterator[StatedComparison]:
    ratio = ratio_stated_at(sentence, found.end())
    share = _SHARE.match(sentence, found.end()) if ratio is None else None
    if share is not None:
        digits, change = Decimal(share["digits"]), share["change"] or ""
        ratio = stated_share(share[0], digits, share["unit"], change, is_about=bool(share["about"]))
    if ratio is None:
        return
    start, stated = _start_of_base(sentence, found.start()), ratio

    def holds(now: Decimal, then: Decimal) -> bool:
        return stated.holds(now / then) if then else True

    yield StatedComparison(first + start, first + found.start(), first + found.end(), holds, is_ratio=True)


def _start_of_base(sentence: str, end: int) -> int:
    """Where the words of what is compared begin: behind the last 、 or は before them."""
    return max((found.end() for found in _BEGINS.finditer(sentence[:end])), default=0)
