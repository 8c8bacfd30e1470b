"""Means that sentences state per one of something: 1回当たり26.8件, against the table (整合)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import name_with_table, unit_of, value_text
from kenpo_xl.checks.support.names.named_figures import figures_named
from kenpo_xl.checks.support.number_matching import (
    decimal_places,
    figure_agrees,
    figures_with_number,
    is_about,
    sources_of_other_side,
)
from kenpo_xl.checks.support.sentences.mentions import Mention, mentions_of_item
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.numbers_in_text import FRACTION, is_same_unit
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import HALF_UP, rounded
from kenpo_xl.domain.results.figures import Figure

_PER = LazyPattern(r"^(?:当たり|あたり|につき|平均)の?")
_ABOUT = Decimal("0.1")


@frozen
class _Quotient:
    """Two figures of a table in the same row or column, and how many of one fall to one of the other."""

    whole: Figure
    number: Figure
    value: Decimal


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
    """1回当たりの審査件数は26.8件 where the table has other numbers of 件 and 回.

    The words name the first number, and the second is the only one of its unit in the same column or row.
    Silent where the number is a figure of the item, or any such quotient.
    """
    for item in context.own_items:
        for one, mention in pairwise(mentions_of_item(context, item.id)):
            if one.sentence_id == mention.sentence_id and one.number.value == 1 and one.number.unit:
                found = _PER.match(mention.words)
                if found and mention.number.unit not in ("", FRACTION):
                    yield from _violations(context, mention, mention.words[found.end() :], one.number.unit)


def _violations(context: CheckContext, mention: Mention, words: str, unit: str) -> Iterator[Violation]:
    named = [one.figure for one in figures_named(context, mention, words=words)] if words else []
    quotients = [one for figure in named for one in _means_per_unit(context, figure, unit)]
    is_figure = any(
        figure_agrees(context, figure, mention.number)
        for figure in figures_with_number(context, mention.written)
    )
    if quotients and not is_figure and not any(_is_mean(mention, one.value) for one in quotients):
        yield _violation(context, mention, quotients[-1])


def _means_per_unit(context: CheckContext, figure: Figure, unit: str) -> Iterator[_Quotient]:
    """A figure divided by each number of a unit in its column or row, if only one is in either."""
    for found in _numbers_in_line(context, figure, unit):
        if len(found) == 1 and figure.printed_number and found[0].printed_number:
            yield _Quotient(figure, found[0], figure.printed_number / found[0].printed_number)


def _numbers_in_line(context: CheckContext, figure: Figure, unit: str) -> Iterable[list[Figure]]:
    """The other figures of a unit with a number in the column, and in the row, of a figure."""
    lines: dict[str, list[Figure]] = {"column": [], "row": []}
    for row in context.figures.tables[figure.id.item, figure.id.table].rows:
        for other in row.figures:
            if other is figure or not _is_number_of(context, other, unit):
                continue
            is_beside = other.id.row == figure.id.row and other.entity == figure.entity
            if other.id.column == figure.id.column or is_beside:
                lines["row" if is_beside else "column"].append(other)
    return lines.values()


def _is_number_of(context: CheckContext, figure: Figure, unit: str) -> bool:
    """Whether a figure has a number other than 0, of a unit."""
    held = unit_of(context, figure)
    return bool(figure.printed_number) and bool(held) and is_same_unit(held, unit)


def _is_mean(mention: Mention, value: Decimal) -> bool:
    """Whether a number is a mean within its last place, or within a tenth behind 約."""
    number = mention.number.value
    if abs(number - value) <= Decimal(1).scaleb(-decimal_places(number)):
        return True
    return is_about(mention.number, mention.written.text) and abs(number - value) <= value * _ABOUT


def _violation(context: CheckContext, mention: Mention, one: _Quotient) -> Violation:
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
