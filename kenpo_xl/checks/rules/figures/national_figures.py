"""National means and ranks as typed, against what head office published (整合)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import Requirement, rule
from kenpo_xl.checks.support.figure_wording import value_text
from kenpo_xl.domain.findings.finding import Family, Severity, Violation


@rule(
    "CO86",
    Family.AGREEMENT,
    Severity.WARNING,
    "全国平均や全国順位が、本部の公表した数と違います",
    why="全国平均と順位は、どの支部の報告でも同じ数でなければ比べられません。",
    remedy="全国平均.xlsx を見て、写し間違いや月の取り違えがないか確かめてください。",
    needs=Requirement.NATIONAL,
)
def national_figure_differs(context: CheckContext) -> Iterator[Violation]:
    """A cell that the plan marks as 全国平均 or 全国順位 differs as printed from 全国平均.xlsx.

    Figures up to another month than the published ones are not compared.
    """
    for figure in context.own_figures:
        one = context.published_value(figure)
        if one is None or figure.source is None or figure.printed_number is None:
            continue
        if figure.printed_text() != figure.displayed_text(one.value):
            now, then = value_text(context, figure), value_text(context, figure, one.value)
            yield Violation(
                figure.source,
                figure.identity_with_entity,
                f"{one.kpi}の{one.what}は {now} ですが、{one.workbook} では {then} です。",
                actual=now,
                expected=then,
            )
