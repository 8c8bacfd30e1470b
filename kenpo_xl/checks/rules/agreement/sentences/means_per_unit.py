"""Means that sentences state per one of something: 1回当たり26.8件, against the table (整合)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import name_with_table, table_of_figure, unit_of, value_text
from kenpo_xl.checks.support.names.axis_names import length_of_name_part_in_words
from kenpo_xl.checks.support.names.named_figures import figures_named, names_of_figure
from kenpo_xl.checks.support.names.names_behind import noun_behind
from kenpo_xl.checks.support.number_matching import (
    decimal_places,
    figure_agrees,
    figures_with_number,
    is_number_approximate,
    sources_of_other_side,
)
from kenpo_xl.checks.support.sentences.mentions import Mention, mentions_of_item, words_without_neutral_ones
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.numbers_in_text import FRACTION, is_same_unit
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import HALF_UP, rounded
from kenpo_xl.domain.plan.table import Printing
from kenpo_xl.domain.results.figures import Figure

_PER = LazyPattern(r"^(?:当たり|あたり|につき|平均)の?")
_ROUGHLY = LazyPattern(r"(?:約|およそ|平均)+$|^(?:では|で)")
_EACH = LazyPattern(r"(?:それぞれ|順に|各々)$")
_TOPIC = LazyPattern(r"^[^、]{2,24}?(?=(?:では|[はが])(?:、|$))")
_ABOUT = Decimal("0.1")
_START = 3


@frozen
class _Quotient:
    """Two figures of a table in the same row or column, and how many of one fall to one of the other."""

    whole: Figure
    number: Figure
    value: Decimal


@frozen
class _Mean:
    """A number per one of something: what names it before the one, and behind it up to the number."""

    mention: Mention
    unit: str
    before: str
    behind: str


@rule(
    "CO91",
    Family.AGREEMENT,
    Severity.WARNING,
    "「1回当たり」などの数が、表の 2 つの数と合いません",
    why="「1回当たり26.8件」と書けば、読み手は表の件数を回数で割って確かめます。",
    remedy="表の 2 つの数から計算し直し、文か表を直してください。",
    superseded_by=(
        rule_codes.NUMBER_IN_TEXT_DIFFERS,
        rule_codes.NUMBER_DIFFERS_FROM_FIGURE,
        "CO79",
        "CO84",
    ),
)
def mean_per_unit_differs(context: CheckContext) -> Iterator[Violation]:
    """1回当たりの審査件数は26.8件 or 審査会では、1回当たり26.8件を審査 with other numbers in the table.

    The words name the first number, and the second is the only one of its unit, or the only one that they
    name, in the same column or row. Silent where the number is a figure of the item, or any such quotient.
    """
    for item in context.own_items:
        for one, mention in pairwise(mentions_of_item(context, item.id)):
            if one.sentence_id == mention.sentence_id and one.number.value == 1 and one.number.unit:
                found = _PER.match(mention.words)
                if found and mention.number.unit not in ("", FRACTION):
                    behind = _ROUGHLY.sub("", mention.words[found.end() :])
                    yield from _violations_for_mean_per_unit(
                        context, _mean_of_each_time(mention, one, behind)
                    )


def _mean_of_each_time(mention: Mention, one: Mention, behind: str) -> _Mean:
    """The mean that a sentence states; behind それぞれ it may be that of any time that it lists."""
    if _EACH.search(behind):
        mention, behind = replace(mention, time=None), _EACH.sub("", behind)
    return _Mean(mention, one.number.unit, one.words, behind)


def _violations_for_mean_per_unit(context: CheckContext, mean: _Mean) -> Iterator[Violation]:
    mention, number = mean.mention, mean.mention.number
    quotients = [
        one
        for figure in _figures_of_named_whole(context, mean)
        for one in _quotients_for_mean(context, figure, mean)
    ]
    is_figure = any(
        figure_agrees(context, figure, number) for figure in figures_with_number(context, mention.written)
    )
    if (
        quotients
        and not is_figure
        and not any(_is_stated_mean_equal_to(mention, one.value) for one in quotients)
    ):
        yield _violation_for_quotient(context, mention, quotients[-1])


def _figures_of_named_whole(context: CheckContext, mean: _Mean) -> list[Figure]:
    """The figures that the words on both sides of the one name, also with the verb behind the number."""
    mention = mean.mention
    if words_without_neutral_ones(mean.behind):
        named = figures_named(context, mention, words=mean.behind)
        if named:
            return [one.figure for one in named]
    topic = _TOPIC.match(mean.before)
    verb = noun_behind(mention.tail)
    readings = [f"{mean.before}{mean.behind}", *([topic[0]] if topic else ())]
    for words in (*readings, *(f"{one}{verb}" for one in readings if verb)):
        named = [one for one in figures_named(context, mention, words=words, unit="") if one.is_strict]
        figures = [one.figure for one in named if _factor_to_unit(context, one.figure, mention.number.unit)]
        if figures:
            return figures
    return []


def _factor_to_unit(context: CheckContext, figure: Figure, unit: str) -> int:
    """By what a figure is multiplied for a number of a unit: 1, 1000 for 円 of 千円, 0 for another unit."""
    held = unit_of(context, figure)
    if not held or held in ("％", "%"):
        return 0
    return 1 if is_same_unit(held, unit) else 1000 if (held, unit) == ("千円", "円") else 0


def _quotients_for_mean(context: CheckContext, figure: Figure, mean: _Mean) -> Iterator[_Quotient]:
    """A figure divided by each number of a unit in its column or row, if only one is meant in either."""
    scale = _factor_to_unit(context, figure, mean.mention.number.unit)
    for found in _figures_of_unit_in_line(context, figure, mean.unit):
        called = [one for one in found if _is_figure_called(context, one, mean.before)]
        (number,) = found if len(found) == 1 else called if len(called) == 1 else (None,)
        if number is not None and figure.printed_number and number.printed_number:
            yield _Quotient(figure, number, scale * figure.printed_number / number.printed_number)


def _is_figure_called(context: CheckContext, figure: Figure, words: str) -> bool:
    names = names_of_figure(context, figure)
    return bool(names) and all(length_of_name_part_in_words(name, words) for name in names)


def _figures_of_unit_in_line(context: CheckContext, figure: Figure, unit: str) -> Iterable[list[Figure]]:
    """The other figures of a unit with a number in the column, and in the row, of a figure."""
    lines: dict[str, list[Figure]] = {"column": [], "row": []}
    for row in context.figures.tables[figure.id.item, figure.id.table].rows:
        for other in row.figures:
            is_number = other is not figure and _is_count_in_unit(context, other, unit)
            if not (is_number and _are_of_one_matter(context, figure, other)):
                continue
            is_beside = other.id.row == figure.id.row and other.entity == figure.entity
            if other.id.column == figure.id.column or is_beside:
                lines["row" if is_beside else "column"].append(other)
    return lines.values()


def _are_of_one_matter(context: CheckContext, figure: Figure, other: Figure) -> bool:
    """Whether figures belong together: they are printed in one table, or their names begin alike."""
    if table_of_figure(context, figure).printing is not Printing.NONE:
        return True
    names, others = names_of_figure(context, figure), names_of_figure(context, other)
    return bool(names and others) and names[0][:_START] == others[0][:_START]


def _is_count_in_unit(context: CheckContext, figure: Figure, unit: str) -> bool:
    """Whether a figure has a number other than 0, of a unit, or is named for it (通いの場の会場数)."""
    held = unit_of(context, figure)
    is_named = any(name.endswith(f"{unit}数") for name in names_of_figure(context, figure))
    return bool(figure.printed_number) and bool(held) and (is_named or is_same_unit(held, unit))


def _is_stated_mean_equal_to(mention: Mention, value: Decimal) -> bool:
    """Whether a number is a mean within its last place, or within a tenth behind 約."""
    number = mention.number.value
    if abs(number - value) <= Decimal(1).scaleb(-decimal_places(number)):
        return True
    return (
        is_number_approximate(mention.number, mention.written.text) and abs(number - value) <= value * _ABOUT
    )


def _violation_for_quotient(context: CheckContext, mention: Mention, one: _Quotient) -> Violation:
    number = mention.number.text.strip()
    right = f"{rounded(one.value, max(1, decimal_places(mention.number.value)), HALF_UP):,}"
    return mention.written.violation(
        mention.number.start,
        f"文では「{number}」ですが、{name_with_table(context, one.whole)}は "
        f"{value_text(context, one.whole)}、{name_with_table(context, one.number)}は "
        f"{value_text(context, one.number)} なので {right} です。",
        "表の 2 つの数から計算し直し、文か表を直してください。",
        actual=number,
        expected=right,
        related=sources_of_other_side(one.whole, one.number),
    )
