"""Reported figures (時系列): what earlier reports gave, against this book for the same months."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import Requirement, rule
from kenpo_xl.checks.support.figure_wording import value_text
from kenpo_xl.checks.support.past_reports import (
    WRONG_AS_OF_MONTH,
    as_of_groups_in_both_reports,
    fact_in_last_years_report,
    name_with_months,
    past_periods,
    typed_figures_of_book,
    value_in_same_unit,
)
from kenpo_xl.checks.support.printed_text import printed_lines
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.language.numbers_in_text import numbers_in
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.results.assessments import KpiAssessment
from kenpo_xl.domain.results.facts import Fact, kpi_fact_identity
from kenpo_xl.domain.results.figures import Figure
from kenpo_xl.domain.results.history import PastPeriod
from kenpo_xl.domain.source import Source

_ASK = "どちらが正しいか確かめ、誤りであれば直し、前の値の訂正であれば、「指摘」に理由を入れてください。"


@rule(
    rule_codes.REPORTED_FIGURE_CHANGED,
    Family.HISTORY,
    Severity.WARNING,
    "前の期に報告した値が変わっています",
    why="評議会に一度報告した月や四半期の数値が断りなく変わると、前の報告と合わなくなります。",
    remedy="どちらの値が正しいか確かめてください。誤りであれば直し、訂正であればその理由を残してください。",
    needs=Requirement.HISTORY,
    superseded_by=("CA01", "TI23", *WRONG_AS_OF_MONTH),
)
def reported_figure_changed(context: CheckContext) -> Iterator[Violation]:
    """The same identity, entity, months and kind printed another value in the newest earlier report.

    Not reported: computed cells (their parts are), figures of last year that last year's report itself holds
    (TI02), and those of an as-of month that was not moved on (TI08); nor what a line of the item says was
    corrected, with both numbers.
    """
    left = {
        id(figure)
        for group in as_of_groups_in_both_reports(context)
        if group.has_changed_under_old_month
        for figure, _ in group.pairs
    }
    for figure in typed_figures_of_book(context):
        if id(figure) not in left and fact_in_last_years_report(context, figure) is None:
            found = past_periods(context).fact_with_span(
                str(figure.id), figure.entity, context.figures.span_of_figure(figure.id)
            )
            yield from _changed_value_violations(context, figure, found)


@rule(
    rule_codes.LAST_YEAR_DIFFERS_FROM_REPORT,
    Family.HISTORY,
    Severity.WARNING,
    "前年の値が、前の年度に報告した値と違います",
    why="前年同期や前年度の欄は、前の年度に評議会へ報告した値と同じでなければ比較になりません。",
    remedy="前の年度の報告を見て、写し間違いや月の取り違えがないか確かめてください。",
    needs=Requirement.HISTORY,
    superseded_by=(
        "CA01",
        "CA02",
        rule_codes.PERCENT_OR_POINTS,
        rule_codes.FIGURE_TOO_LARGE,
        *WRONG_AS_OF_MONTH,
    ),
)
def last_year_differs_from_its_report(context: CheckContext) -> Iterator[Violation]:
    """A figure of 前年同期 or 前年度末 differs as printed from last year's report.

    Last year it was in the row or column of 当年; reports with another as-of month are not compared.
    """
    for figure in typed_figures_of_book(context):
        yield from _changed_value_violations(context, figure, fact_in_last_years_report(context, figure))


def _changed_value_violations(
    context: CheckContext, figure: Figure, found: tuple[PastPeriod, Fact] | None
) -> Iterator[Violation]:
    """A violation if a figure differs as printed from an earlier report."""
    then = value_in_same_unit(context, figure, found[1]) if found else None
    if (
        found is None
        or then is None
        or figure.source is None
        or figure.printed_text() == figure.displayed_text(then)
        or _is_corrected_in_text(context, figure, then)
    ):
        return
    now, before = value_text(context, figure), value_text(context, figure, then)
    message = (
        f"{name_with_months(context, figure)}は {now} ですが、{found[0].label}の報告では {before} でした。"
    )
    yield Violation(figure.source, figure.identity_with_entity, message, _ASK, now, before)


def _is_corrected_in_text(context: CheckContext, figure: Figure, then: Decimal) -> bool:
    """Whether a line of the item says what was corrected: 15,736 件から 15,741 件に訂正した."""
    numbers = {then, figure.printed_number}
    return any(
        _CORRECTED.is_in(written.text) and numbers <= {one.value for one in numbers_in(written.text)}
        for written in printed_lines(context, figure.id.item)
    )


_CORRECTED = AnyOf("訂正|修正|改め")


@rule(
    "TI03",
    Family.HISTORY,
    Severity.WARNING,
    "KPI の前年度の実績が、前の年度の最後の報告と違います",
    why="「前年度以上」の目標は前年度の実績から決まるため、実績が違うと目標も評価も変わります。",
    remedy="計画ブックの「過去実績」と、前の年度の最後の報告を比べて、違っている方を直してください。",
    needs=Requirement.HISTORY,
)
def past_result_differs_from_its_report(context: CheckContext) -> Iterator[Violation]:
    """過去実績 of last year differs as printed from the KPI's reported result up to March.

    Results that did not reach March or have another unit are not compared. A target that is a figure of last
    year's column is reported by TI02.
    """
    places = {
        line.text: line.source
        for entry in context.entries_by_item.values()
        for line in entry.lines
        if line.kind is LineKind.KPI and line.source is not None
    }
    for assessment in context.own_kpi_assessments:
        source = places.get(assessment.kpi.name)
        if source is not None:
            yield from _changed_result_violations(context, assessment, source)


def _changed_result_violations(
    context: CheckContext, assessment: KpiAssessment, source: Source
) -> Iterator[Violation]:
    kpi, last = assessment.kpi, context.plan.fiscal_year - 1
    recorded, reported = (
        context.plan.history.get((kpi.name, last)),
        past_periods(context).final_result(last, kpi),
    )
    if recorded is None or reported is None or reported[1].value is None:
        return
    period = reported[0]
    now, then = kpi.format.displayed_text(recorded), kpi.format.displayed_text(reported[1].value)
    if now != then:
        message = (
            f"{kpi.name}の前年度の実績は、計画では {now} ですが、{period.label}の報告では {then} でした。"
        )
        hint = "計画ブックの「過去実績」を確かめるよう、取りまとめの担当者に伝えてください。"
        yield Violation(source, kpi_fact_identity(kpi.name, "目標"), message, hint, now, then)
