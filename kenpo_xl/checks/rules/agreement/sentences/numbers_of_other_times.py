"""Numbers that a sentence gives for one time and that the table has for another (整合)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import name_of_figure, name_with_table, value_text
from kenpo_xl.checks.support.names.named_figures import (
    NamedFigure,
    figure_of_whole_year_before,
    figures_named,
    figures_of_same_name,
)
from kenpo_xl.checks.support.names.names_behind import noun_behind
from kenpo_xl.checks.support.number_matching import (
    decimal_places,
    figure_agrees,
    is_exact_value_of_figure,
    is_unit_of_figure,
    sources_of_other_side,
)
from kenpo_xl.checks.support.sentences.mentions import (
    Mention,
    is_mention_comparable,
    is_mention_of_part,
    mentions_of_item,
)
from kenpo_xl.checks.support.sentences.stated_times import TimeFit, TimeKind
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.numbers.exact import HALF_UP, rounded
from kenpo_xl.domain.results.figures import Figure

_OTHER = AnyOf("目標|計画|見込|予定|定員|予算|うち|新規|新たな|の差は|の差が|の差を|の差も|全国|平均")
# 第1四半期から順に138件、127件: the time is only that of the first number.
_IN_TURN = AnyOf("から順に|から順番に|の順に、")
_PLACES = (0, 1, 3, 4, 5)


@rule(
    "CO84",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の数が、別の年や月の数です",
    why="「令和6年6月は5,745通」の数が前年 6 月の数なら、去年の数を今年の数として報告することになります。",
    remedy="いつの数か確かめ、文の数か、文の年月を直してください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, rule_codes.NUMBER_DIFFERS_FROM_FIGURE, "CO75", "CO80"),
)
def number_is_of_another_time(context: CheckContext) -> Iterator[Violation]:
    """A number is not the figure of the month or year that its sentence names, but that of another one.

    Nor is 前年同期 the whole year before, where the table has no other figure of that year.
    The words name the figure, among others if the number has three digits and more. Silent for 目標, うち and
    averages, and where any figure that may be meant has the number.
    """
    for item in context.own_items:
        for mention in mentions_of_item(context, item.id):
            if not _has_number_stated_time(mention):
                continue
            whole = _whole_year_figure_with_number(context, mention)
            found = _figures_of_both_times(context, mention) if whole is None else None
            if whole is not None:
                yield _violation_of_whole_year(context, mention, whole)
            elif found is not None:
                yield _violation_for_other_time(context, mention, *found)


def _has_number_stated_time(mention: Mention) -> bool:
    time = mention.time
    is_sure = time is not None and time.kind is not TimeKind.OTHER and not _is_undated_former_value(mention)
    is_sure = is_sure and not _IN_TURN.is_in(mention.written.text[slice(*mention.sentence)])
    return (
        is_sure
        and is_mention_comparable(mention)
        and not (is_mention_of_part(mention) or _OTHER.is_in(mention.words))
    )


def _is_undated_former_value(mention: Mention) -> bool:
    """Whether a number is what another one grew from, in a clause without a time (通報も21件から25件に)."""
    clause = mention.written.text[: mention.number.start].rpartition("、")[2]
    return mention.tail.startswith("から") and not any(unit in clause for unit in "月年期")


def _figures_of_both_times(context: CheckContext, mention: Mention) -> tuple[Figure, Figure] | None:
    """The figure that a number is said to be, and that of another time which it is; None where not sure."""
    if mention.number.value not in context.computed_once(_values_by_item)[mention.written.item.id]:
        return None
    named = _figures_named_also_by_kpi(context, mention)
    if not named or any(figure_agrees(context, one.figure, mention.number) for one in named):
        return None
    if not mention.has_long_number and not all(one.is_strict and one.fit is TimeFit.EXACT for one in named):
        return None
    return _figure_meant_and_figure_of_another_time(context, mention, named)


def _whole_year_figure_with_number(context: CheckContext, mention: Mention) -> Figure | None:
    """The figure of the whole year before, if it is said to be that of 前年同期."""
    if mention.time is None or mention.time.kind is not TimeKind.SAME_PERIOD:
        return None
    last_month = context.plan.fiscal_year.last_month
    for one in _figures_named_also_by_kpi(context, replace(mention, time=None)):
        whole = figure_of_whole_year_before(context, one.figure)
        if whole is None or not (one.is_strict or mention.has_long_number):
            continue
        now, then = map(context.figures.span_of_figure, (one.figure.id, whole.id))
        is_part = now.last.number != last_month and then.first != then.last
        if is_part and _is_number_value_of_figure(context, whole, mention):
            return whole
    return None


def _is_number_value_of_figure(context: CheckContext, figure: Figure, mention: Mention) -> bool:
    return is_exact_value_of_figure(context, figure, mention.number.value)


def _values_by_item(context: CheckContext) -> dict[str, set[Decimal]]:
    """The numbers of each item's figures, and as rates may be written: most numbers of sentences are none."""
    found: dict[str, set[Decimal]] = {item.id: set() for item in context.own_items}
    for figure in context.own_figures:
        number = figure.printed_number
        if number is not None:
            values = found[figure.id.item]
            values |= {number, number / 100}
            if decimal_places(number) > _PLACES[-1]:
                values.update(rounded(number, places, HALF_UP) for places in _PLACES)
    return found


def _figures_named_also_by_kpi(context: CheckContext, mention: Mention) -> list[NamedFigure]:
    """The figures that the words before a number name, also by the KPI that is computed from them."""
    found = figures_named(context, mention)
    unit = mention.number.unit
    return (
        found
        or [
            one
            for one in figures_named(context, mention, unit="")
            if is_unit_of_figure(context, one.figure, unit)
        ]
        or figures_named(context, mention, words=f"{mention.words}{noun_behind(mention.tail)}")
    )


def _figure_meant_and_figure_of_another_time(
    context: CheckContext, mention: Mention, named: Sequence[NamedFigure]
) -> tuple[Figure, Figure] | None:
    """A figure named and one of the same name with the number; None if the time may be that of the second."""
    found = [
        (one.figure, other)
        for one in named
        for other in figures_of_same_name(context, one.figure)
        if _is_number_value_of_figure(context, other, mention)
    ]
    return (
        found[0]
        if found and not any(_may_other_figure_be_meant(context, mention, *pair) for pair in found)
        else None
    )


def _may_other_figure_be_meant(context: CheckContext, mention: Mention, one: Figure, other: Figure) -> bool:
    """Whether a time without months is that of another figure too: one month of 前年同月."""
    assert mention.time is not None
    spans = [context.figures.span_of_figure(figure.id) for figure in (one, other)]
    if mention.time.months is None:
        return context.plan.fiscal_year.of(spans[0].last).contains(spans[1].last)
    return (spans[0].first, spans[0].last) == (spans[1].first, spans[1].last)


def _violation_for_other_time(
    context: CheckContext, mention: Mention, figure: Figure, other: Figure
) -> Violation:
    number = mention.number.text.strip()
    place = f"（{figure.source.cell}）" if figure.source else ""
    return mention.written.violation(
        mention.number.start,
        f"文では「{number}」ですが、{name_with_table(context, figure)}{place}は "
        f"{value_text(context, figure)} です。"
        f"「{number}」は{name_of_figure(context, other, figure)}の数です。",
        "いつの数か確かめ、文の数か、文の年月を直してください。",
        actual=number,
        related=sources_of_other_side(figure),
    )


def _violation_of_whole_year(context: CheckContext, mention: Mention, whole: Figure) -> Violation:
    number = mention.number.text.strip()
    return mention.written.violation(
        mention.number.start,
        f"文では前年同期の数として「{number}」とありますが、{name_with_table(context, whole)}の "
        f"{value_text(context, whole)} は 1 年間の数です。",
        "前年の同じ時期の数に直すか、1 年間の数であることが分かるように書いてください。",
        actual=number,
        related=sources_of_other_side(whole),
    )
