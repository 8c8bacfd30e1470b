"""Times that are right because a number of their sentence is the figure of that time."""

from __future__ import annotations

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.names.named_figures import figures_named
from kenpo_xl.checks.support.number_matching import figure_agrees, figures_with_number
from kenpo_xl.checks.support.printed_text import PrintedText
from kenpo_xl.checks.support.sentences.mentions import Mention, mentions_of_item
from kenpo_xl.domain.language.dates.dates_in_text import NamedDate
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear


def is_time_of_stated_figure(context: CheckContext, written: PrintedText, named: NamedDate) -> bool:
    """Whether a number of the sentence of a date is what the table has for that month."""
    year = context.plan.fiscal_year
    for mention in mentions_of_item(context, written.item.id):
        first, end = mention.sentence
        is_near = mention.written.identity == written.identity and first <= named.start < end
        if (
            is_near
            and _is_of_month(mention, named, year)
            and (_is_figure_named(context, mention) or _has_figure_of_month(context, mention, named))
        ):
            return True
    return False


def _has_figure_of_month(context: CheckContext, mention: Mention, named: NamedDate) -> bool:
    """Whether a number is a figure at that month: of the item, or a long one of any other."""
    month = named.month_in(context.plan.fiscal_year)
    figures = context.figures if mention.has_long_number else figures_with_number(context, mention.written)
    return any(
        figure_agrees(context, figure, mention.number)
        and context.figures.span_of_figure(figure.id).last == month
        for figure in figures
    )


def _is_of_month(mention: Mention, named: NamedDate, year: FiscalYear) -> bool:
    time = mention.time
    if time is None or time.months is None or time.months[1] != named.month:
        return False
    return time.fiscal_year_in(year).contains(named.month_in(year))


def _is_figure_named(context: CheckContext, mention: Mention) -> bool:
    """Whether a number is one of the figures that its words name, also by their KPI."""
    named = figures_named(context, mention) or figures_named(context, mention, unit="")
    return any(figure_agrees(context, one.figure, mention.number) for one in named)
