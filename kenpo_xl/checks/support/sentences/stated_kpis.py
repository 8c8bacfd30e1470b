"""Numbers of sentences beside the KPIs (KPI) of their item: which KPI is named, and which it may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.number_matching import (
    decimal_places,
    figure_agrees,
    figures_with_number,
    is_likely_slip,
)
from kenpo_xl.checks.support.sentences.mentions import Mention, mentions_of_item
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.language.numbers_in_text import FRACTION, is_same_unit, numbers_in
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import HALF_UP, rounded
from kenpo_xl.domain.results.assessments import KpiAssessment

_LAST_NAME = LazyPattern(r"に係る|に関する|における|による|の|\(|\)")
_SHORTEST = 3


def mentions_beside_kpis(context: CheckContext) -> Iterator[Mention]:
    """The numbers of the items that have KPIs."""
    items = dict.fromkeys(one.item for one in context.own_kpi_assessments)
    return (mention for item in items for mention in mentions_of_item(context, item))


def kpis_of_number(context: CheckContext, mention: Mention) -> list[KpiAssessment]:
    """The KPIs of the number's item and unit."""
    unit = mention.number.unit
    return [
        one
        for one in context.own_kpi_assessments
        if one.item == mention.written.item.id
        and (unit == FRACTION if one.kpi.format.is_percent else is_same_unit(one.kpi.format.unit, unit))
    ]


def kpis_named_best(kpis: Sequence[KpiAssessment], words: str) -> list[KpiAssessment]:
    """The KPIs whose whole name is in some words, else those with its last part there.

    Else the only one whose name is there but for の within it, or the end of its first part (一者応札の割合).
    """
    names = [normalized(one.kpi.name) for one in kpis]
    whole = [one for one, name in zip(kpis, names, strict=True) if _is_named_itself(name, names, words)]
    if whole:
        return whole
    return _with_last_part_in(kpis, words) or [one for one in kpis if _is_shortened(one.kpi.name, words)]


def _with_last_part_in(kpis: Sequence[KpiAssessment], words: str) -> list[KpiAssessment]:
    """The KPIs whose name ends with a part that is in some words, and not only within a longer one there."""
    lasts = {last for one in kpis if (last := _last_part(one.kpi.name)) and last in words}
    longest = {one for one in lasts if not any(one != other and other.endswith(one) for other in lasts)}
    return [one for one in kpis if _last_part(one.kpi.name) in longest]


def _is_named_itself(name: str, names: Sequence[str], words: str) -> bool:
    """Whether words have a name, and not only within a longer one (受診率 within 受診率の順位)."""
    for longer in names:
        if longer != name and name in longer:
            words = words.replace(longer, "、")
    return name in words


def _is_shortened(name: str, words: str) -> bool:
    whole = normalized(name)
    if whole.replace("の", "") in words.replace("の", ""):
        return True
    first, _, last = whole.partition("の")
    return last != "" and any(f"{first[:end]}の{last}" in words for end in range(_SHORTEST, len(first)))


def _last_part(name: str) -> str:
    parts = [part for part in _LAST_NAME.split(normalized(name)) if part]
    return parts[-1] if parts and len(parts[-1]) >= _SHORTEST else ""


def is_number_of_value(mention: Mention, value: Decimal | None) -> bool:
    """Whether a number is a value, at the decimals that it has."""
    number = mention.number.value
    return value is not None and number in (value, rounded(value, decimal_places(number), HALF_UP))


def is_number_slip_of_value(mention: Mention, value: Decimal | None, *, digit_counts: bool = True) -> bool:
    """Whether a number is a value with a slip of the keys; `digit_counts`: one other digit is one."""
    number = mention.number.value
    right = None if value is None else rounded(value, decimal_places(number), HALF_UP)
    return right is not None and is_likely_slip(number, right, digit_counts=digit_counts)


def is_number_of_item(context: CheckContext, mention: Mention) -> bool:
    """Whether a number is a figure of its item, or in a sentence of its plan."""
    sentences = (text for block in mention.written.item.blocks for text in block.sentences)
    planned = {one.value for text in sentences for one in numbers_in(text)}
    return mention.number.value in planned or any(
        figure_agrees(context, figure, mention.number)
        for figure in figures_with_number(context, mention.written)
    )
