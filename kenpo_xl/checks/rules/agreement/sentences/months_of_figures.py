"""The months that sentences name for figures, against those of their tables (整合)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import name_with_table, table_of_figure, value_text
from kenpo_xl.checks.support.names.named_figures import NamedFigure, figures_named
from kenpo_xl.checks.support.number_matching import is_exact_value_of_figure, sources_of_other_side
from kenpo_xl.checks.support.sentences.mentions import Mention, is_mention_comparable, mentions_of_item
from kenpo_xl.checks.support.sentences.stated_times import StatedTime, TimeFit, TimeKind
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.formulas.evaluate import formula_keys
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.results.figures import Figure
from kenpo_xl.domain.time.span import Accumulation, Span

_OTHER = AnyOf("目標|計画|見込|予定|定員|予算|うち|新規")
_FEWEST_DIGITS = 2
_AS_OF = "{年月}現在"
"""In the caption of a table that counts up to the end of the period."""


@rule(
    "CO75",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の月が、同じ数の欄の月と違います",
    why="表で 9 月までの数を、文で「8月までで」と書くと、いつの数か読み手に分かりません。",
    remedy="いつの数か確かめ、文の月か、表の月（時点）を直してください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, rule_codes.NUMBER_DIFFERS_FROM_FIGURE),
)
def month_differs_from_figure(context: CheckContext) -> Iterator[Violation]:
    """A number of 8月まで or 8月末 is the figure that its words name, but of another month in the table.

    They name nothing else, the number has two digits and more, and no figure has it up to that month.
    A table that says no month of its own may be older than the period: it is left out. So are totals, unless
    their last part is of the month.
    """
    for item in context.own_items:
        for mention in mentions_of_item(context, item.id):
            figure = (
                _figure_of_another_month(context, mention)
                if _is_time_of_number_a_month(context, mention)
                else None
            )
            if figure is not None:
                yield _violation_for_other_month(context, mention, figure)


def _is_time_of_number_a_month(context: CheckContext, mention: Mention) -> bool:
    is_of_month = mention.time is not None and (
        mention.time.kind in (TimeKind.UP_TO, TimeKind.AT) or _is_from_first_month(context, mention.time)
    )
    is_long = len(mention.number.value.as_tuple().digits) >= _FEWEST_DIGITS
    return is_of_month and is_long and is_mention_comparable(mention) and not _OTHER.is_in(mention.words)


def _is_from_first_month(context: CheckContext, time: StatedTime) -> bool:
    """Whether a time begins with the fiscal year and goes on for some months: 4月から9月まで."""
    first = context.plan.fiscal_year.first_month
    return (
        time.kind is TimeKind.MONTHS and time.months is not None and time.months[0] == first != time.months[1]
    )


def _figure_of_another_month(context: CheckContext, mention: Mention) -> Figure | None:
    """The running figure of this year that a number is, if none of the stated month may be meant."""
    assert mention.time is not None
    year = context.plan.fiscal_year
    if mention.time.fiscal_year_in(year) != year or figures_named(context, mention):
        return None
    named = figures_named(context, replace(mention, time=None))
    same = [one for one in named if is_exact_value_of_figure(context, one.figure, mention.number.value)]
    are_others = all(_is_of_another_month(context, mention.time, one) for one in same)
    return same[0].figure if same and are_others else None


def _is_of_another_month(context: CheckContext, time: StatedTime, named: NamedFigure) -> bool:
    """Whether a figure is surely named, and of a known month that a time does not fit."""
    if not named.is_strict or not _is_up_to_a_month(context, named.figure):
        return False
    span = context.figures.span_of_figure(named.figure.id)
    return time.fit(span, context.plan.fiscal_year) is TimeFit.NONE


def _is_up_to_a_month(context: CheckContext, figure: Figure) -> bool:
    """Whether a figure is of the end of a month that its table says, or of the months from April to one."""
    span = context.figures.span_of_figure(figure.id)
    if not _has_known_month(context, figure, span):
        return False
    return span.kind is Accumulation.MOMENT or span.first.number == context.plan.fiscal_year.first_month


def _has_known_month(context: CheckContext, figure: Figure, span: Span) -> bool:
    """Whether headers, caption or a month beside the table say up to when a figure counts.

    A total counts up to the last month that it has a number of.
    """
    if context.figures.as_of_month(figure.id) is not None:
        return True
    if _AS_OF in table_of_figure(context, figure).caption:
        return True
    parts = _parts_with_number(context, figure)
    months = [context.figures.as_of_month(one.id) for one in parts]
    spans = [context.figures.span_of_figure(one.id) for one in parts]
    are_periods = len({one.first for one in spans}) == len(spans) > 1
    return bool(parts) and (months[-1] == span.last.number or (are_periods and spans[-1].last == span.last))


def _parts_with_number(context: CheckContext, figure: Figure) -> list[Figure]:
    """The figures that a total is computed from and that have a number."""
    keys = formula_keys(figure.cell.formula) if figure.cell.formula is not None else ()
    return [
        one
        for key in keys
        if isinstance(key, FigureId)
        for one in context.figures.with_identity(key)
        if one.printed_number is not None
    ]


def _violation_for_other_month(context: CheckContext, mention: Mention, figure: Figure) -> Violation:
    number, span = mention.number, context.figures.span_of_figure(figure.id)
    assert mention.time is not None
    assert mention.time.months is not None
    end = f"{mention.time.months[1]}月"
    return mention.written.violation(
        number.start,
        f"文では{end}の数として「{number.text.strip()}」とありますが、{name_with_table(context, figure)}の "
        f"{value_text(context, figure)} は{span.last.number}月の数です。",
        "いつの数か確かめ、文の月か、表の月（時点）を直してください。",
        actual=end,
        related=sources_of_other_side(figure),
    )
