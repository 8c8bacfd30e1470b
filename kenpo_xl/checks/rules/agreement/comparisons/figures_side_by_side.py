"""What sentences say of two figures of a table side by side (整合)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.comparisons.claims import StatedComparison, stated_comparisons_in
from kenpo_xl.checks.support.comparisons.compared_figures import Pair, figures_compared
from kenpo_xl.checks.support.figure_wording import is_in_percent_points, name_with_table, unit_of, value_text
from kenpo_xl.checks.support.number_matching import is_unit_of_figure, sources_of_other_side
from kenpo_xl.checks.support.printed_text import (
    PrintedText,
    lines_and_reasons,
    quoted,
    sentences_with_start,
)
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.letters import LINE_MARKS
from kenpo_xl.domain.language.normalize import half_width

_POINTS = "ポイント"
_PERCENT = ("％", "%")


@rule(
    "CO103",
    Family.AGREEMENT,
    Severity.WARNING,
    "ほかの月や行と比べた文が、表の 2 つの数と合いません",
    why="「第3四半期は前四半期より191件多い」「10月の2倍」と書けば、読み手は表の 2 つの数を比べます。",
    remedy="表の 2 つの数と、文の数や言葉のどれが正しいか確かめて直してください。",
    superseded_by=(
        rule_codes.NUMBER_IN_TEXT_DIFFERS,
        rule_codes.NUMBER_DIFFERS_FROM_FIGURE,
        "CO15",
        "CO18",
        "CO19",
        "CO61",
        "CO62",
        "CO82",
        "CO84",
    ),
)
def comparison_with_other_figure_differs(context: CheckContext) -> Iterator[Violation]:
    """より多い, を上回った, の2倍 or 30件増 beside another month, quarter, row, or the nation.

    The words name both figures and nothing else, and every pair that may be meant contradicts them. The year
    before and targets have rules of their own.
    """
    for written in lines_and_reasons(context):
        plain = half_width(written.text)
        for sentence, start in sentences_with_start(plain):
            for claim in stated_comparisons_in(plain, start, start + len(sentence)):
                pairs = figures_compared(context, written, claim.base_start, claim.base_end)
                pairs = [pair for pair in pairs if _is_comparable(context, claim, pair)]
                if pairs and not any(_is_claim_true_of(context, claim, pair) for pair in pairs):
                    yield _violation_for_compared_figures(context, written, claim, sentence, pairs[-1])


def _is_comparable(context: CheckContext, claim: StatedComparison, pair: Pair) -> bool:
    """Whether both figures have a number, and a stated difference has their unit."""
    figure = pair[0]
    is_rate = unit_of(context, figure) in _PERCENT
    if claim.is_ratio:
        return not is_rate
    if is_rate:
        return claim.unit == "" or claim.unit.endswith(_POINTS)
    return claim.unit == "" or is_unit_of_figure(context, figure, claim.unit)


def _is_claim_true_of(context: CheckContext, claim: StatedComparison, pair: Pair) -> bool:
    now, then = (one.printed_number for one in pair)
    assert now is not None
    assert then is not None
    scale = 100 if claim.unit.endswith(_POINTS) and not is_in_percent_points(context, pair[0]) else 1
    return claim.holds(now * scale, then * scale)


def _violation_for_compared_figures(
    context: CheckContext, written: PrintedText, claim: StatedComparison, sentence: str, pair: Pair
) -> Violation:
    now, other = pair
    return written.violation(
        claim.base_start,
        f"{quoted(sentence.lstrip(LINE_MARKS))}とありますが、{name_with_table(context, now)}は "
        f"{value_text(context, now)}、{name_with_table(context, other)}は "
        f"{value_text(context, other)} です。",
        "表の 2 つの数を確かめ、文か表を直してください。",
        actual=sentence.strip(LINE_MARKS)[:30],
        related=sources_of_other_side(now, other),
    )
