"""The two figures that a sentence compares: this year's and the one of a year before."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.names.named_figures import (
    figure_of_whole_year_before,
    figure_of_year_before,
    figures_named,
)
from kenpo_xl.checks.support.number_matching import is_unit_of_figure
from kenpo_xl.checks.support.printed_text import PrintedText
from kenpo_xl.checks.support.sentences.mentions import mention_at
from kenpo_xl.domain.results.figures import Figure


def figures_called_before_place(context: CheckContext, written: PrintedText, place: int) -> list[Figure]:
    """The figures of this year that the words before a place name, and nothing else.

    Where a number leads to the place, those of its unit.
    """
    mention = mention_at(context, written, place)
    named = figures_named(context, mention, unit="") if mention.words else []
    year = context.plan.fiscal_year
    unit = mention.number.unit
    return [
        one.figure
        for one in named
        if one.is_strict
        and context.figures.year_of_figure(one.figure.id) == year
        and (not unit or is_unit_of_figure(context, one.figure, unit))
    ]


def figures_with_year_before_each(
    context: CheckContext, figures: list[Figure]
) -> Iterator[tuple[Figure, Figure]]:
    """Each figure with that of the same months of the year before, and the last with that of its end."""
    for now in figures:
        then = figure_of_year_before(context, now)
        if then is not None:
            yield now, then
    whole = figure_of_whole_year_before(context, figures[-1]) if figures else None
    if whole is not None:
        yield figures[-1], whole
