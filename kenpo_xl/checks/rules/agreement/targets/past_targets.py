"""Targets against the results of earlier years (過去実績), and results that are targets (整合)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import name_of_figure, value_text
from kenpo_xl.checks.support.kpi_targets import figures_and_independent_targets
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.formulas.evaluate import Ref
from kenpo_xl.domain.numbers.exact import decimal_text
from kenpo_xl.domain.plan.table import CellKind, FigureId

# With fewer digits before its zeros a target is reached exactly now and then: 1,500 人.
_DIGITS = 3


@rule(
    rule_codes.TARGET_OF_ANOTHER_LAST_YEAR,
    Family.AGREEMENT,
    Severity.WARNING,
    "目標になる前年度の値が、過去実績と違います",
    why="「前年度以上」の目標は前年度の確定値です。表の前年度の値が過去実績と違うと、評価も違ってきます。",
    remedy="表の前年度の値と、計画ブックの「過去実績」のどちらが正しいか確かめて直してください。",
    superseded_by=(rule_codes.LAST_YEAR_DIFFERS_FROM_REPORT,),
)
def target_differs_from_last_year(context: CheckContext) -> Iterator[Violation]:
    """A KPI's target, a cell of this book, differs from last year's value in 過去実績.

    Compared as printed: 63.53 ％ and 63.534 ％ are equal.
    """
    for assessment in context.own_kpi_assessments:
        kpi = assessment.kpi
        past = context.plan.history.get((kpi.name, context.plan.fiscal_year - 1))
        if past is None or not isinstance(kpi.target, Ref) or assessment.assessment.target is None:
            continue
        assert isinstance(kpi.target.key, FigureId)
        shown = kpi.format.displayed_text(past)
        if kpi.format.displayed_text(assessment.assessment.target) == shown:
            continue
        for figure in context.figures.with_identity(kpi.target.key)[:1]:
            if figure.source is not None and figure.source.workbook == context.submission.workbook:
                yield Violation(
                    figure.source,
                    figure.identity_with_entity,
                    f"指標「{kpi.name}」の目標になる{name_of_figure(context, figure)}は "
                    f"{assessment.target_text} ですが、"
                    f"過去実績では {shown} です。",
                    "確定した値を確かめ、表か、計画ブックの「過去実績」を直してください。",
                    assessment.target_text,
                    shown,
                )


@rule(
    "CO99",
    Family.AGREEMENT,
    Severity.WARNING,
    "KPI の実績が、目標と同じ数です",
    why="目標の数を実績の欄に入れると、ちょうど目標に達したことになります。",
    remedy="実績の数か確かめ、目標を入れていれば入れ直してください。本当に同じであれば、理由を残してください。",
    superseded_by=("TI12", "TI22", rule_codes.REPORTED_FIGURE_CHANGED),
)
def result_is_the_target(context: CheckContext) -> Iterator[Violation]:
    """The typed figure that is a KPI's result is exactly its target, a number of three digits and more."""
    for key, target in figures_and_independent_targets(context):
        digits = decimal_text(target).replace(".", "").strip("0")
        for figure in context.figures.with_identity(key)[:1] if len(digits) >= _DIGITS else ():
            is_typed = figure.cell.kind is CellKind.TYPED and figure.printed_number == target
            if is_typed and figure.source and figure.source.workbook == context.submission.workbook:
                value = value_text(context, figure)
                message = f"{name_of_figure(context, figure)}の {value} は、KPI の目標と同じ数です。"
                yield Violation(figure.source, figure.identity_with_entity, message, actual=value)
