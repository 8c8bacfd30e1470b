"""Results of KPIs that sentences state (整合)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_matching import WRONG_NUMBER_OF_TABLE, sources_of_other_side
from kenpo_xl.checks.support.sentences.mentions import (
    Mention,
    is_mention_comparable,
    words_without_neutral_ones,
)
from kenpo_xl.checks.support.sentences.stated_kpis import (
    is_number_of_item,
    is_number_of_value,
    is_number_slip_of_value,
    kpis_named_best,
    kpis_of_number,
    mentions_beside_kpis,
)
from kenpo_xl.checks.support.sentences.stated_times import TimeKind
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.formulas.evaluate import formula_keys
from kenpo_xl.domain.language.normalize import AnyOf, normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.results.assessments import KpiAssessment

_OTHER_VALUE = AnyOf("目標|計画|見込|予定|対象|全国|平均|差|前年|昨年")

# 10.0％から6.3％に: the first number is that of before.
_FORMER = LazyPattern(r"から[^。、]{0,12}\d", needs="から")


@rule(
    "CO18",
    Family.AGREEMENT,
    Severity.WARNING,
    "文に書かれた KPI の実績が、計算した値と違います",
    why="同じ資料の KPI の欄に計算した値が載ります。文と違うと、どちらが正しいのか読み手に分かりません。",
    remedy="元の資料を確かめ、文か表の数を直してください。",
    superseded_by=(
        rule_codes.NUMBER_IN_TEXT_DIFFERS,
        rule_codes.NUMBER_DIFFERS_FROM_FIGURE,
        "CO16",
        "CO95",
        "VA40",
    ),
    explained_by=WRONG_NUMBER_OF_TABLE,
)
def result_in_text_differs(context: CheckContext) -> Iterator[Violation]:
    """A number that a sentence calls by the name of a KPI is not its result at that month.

    Among other words only a slip of the keys is reported. Numbers that are a figure of the item or the target
    are skipped, and other months.
    """
    for mention in mentions_beside_kpis(context):
        is_former = _FORMER.match(mention.tail) is not None
        if is_former or not is_mention_comparable(mention) or _OTHER_VALUE.is_in(mention.words):
            continue
        one = _kpi_of_result(context, mention)
        if one is not None:
            yield _violation_for_result(context, mention, one)


def _violation_for_result(context: CheckContext, mention: Mention, one: KpiAssessment) -> Violation:
    tree = one.kpi.result
    keys = (key for key in (formula_keys(tree) if tree is not None else ()) if isinstance(key, FigureId))
    figures = (found for key in keys for found in context.figures.with_identity(key))
    return mention.written.violation(
        mention.number.start,
        f"文では「{mention.number.text}」ですが、KPI「{one.kpi.name}」の実績は {one.result_text} です。",
        actual=mention.number.text,
        expected="",
        related=sources_of_other_side(*islice(figures, 1)),
    )


def _kpi_of_result(context: CheckContext, mention: Mention) -> KpiAssessment | None:
    """The KPI whose result a number is said to be, and is not; None where that is not sure."""
    kpis = [one for one in kpis_of_number(context, mention) if one.assessment.result is not None]
    named = kpis_named_best(kpis, mention.words)
    if (
        len(named) != 1
        or is_number_of_item(context, mention)
        or not _is_number_of_base_of_kpi(context, mention, named[0])
    ):
        return None
    (one,) = named
    if any(is_number_of_value(mention, value) for value in (one.assessment.result, *one.ends_of_target)):
        return None
    is_month = _is_of_single_months(mention)
    is_certain = not is_month and not words_without_neutral_ones(mention.words, normalized(one.kpi.name))
    return (
        one
        if is_certain or is_number_slip_of_value(mention, one.assessment.result, digit_counts=not is_month)
        else None
    )


def _is_of_single_months(mention: Mention) -> bool:
    """Whether a number may be that of the named months alone: 12月は96.7％."""
    return mention.time is not None and mention.time.kind is TimeKind.MONTHS


def _is_number_of_base_of_kpi(context: CheckContext, mention: Mention, one: KpiAssessment) -> bool:
    """Whether a number is said of the KPI's as-of month, or of no month."""
    time = mention.time
    if time is None:
        return True
    year = context.plan.fiscal_year
    if time.kind is TimeKind.OTHER or not time.fiscal_year_in(year).contains(one.base):
        return False
    return time.months is None or time.months[1] == one.base.number
