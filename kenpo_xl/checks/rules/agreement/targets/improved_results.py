"""Results of KPIs that are said to have become better or worse, against their two numbers (整合)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import quoted, sentence_at
from kenpo_xl.checks.support.sentences.mentions import Mention
from kenpo_xl.checks.support.sentences.stated_kpis import (
    kpis_named_best,
    kpis_of_number,
    mentions_beside_kpis,
)
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.letters import LINE_MARKS
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.ratings import Direction

_UNIT = r"(?:%|ポイント|事業所|件|人|名|円|千円|回|機関)"
_CHANGE = LazyPattern(
    rf"(?P<then>\d[\d,]*(?:\.\d+)?)\s*{_UNIT}\s*から[^。、\d]{{0,10}}(?P<now>\d[\d,]*(?:\.\d+)?)\s*{_UNIT}\s*"
    r"(?:に|へと?|となり)、?(?:大きく|大幅に|やや|わずかに|若干)?(?:(?P<better>改善|向上|好転)|(?P<worse>悪化|後退))"
    r"(?!を図|を目|に向|する(?:よう|ため|見込))",
    needs=("改善", "向上", "好転", "悪化", "後退"),
)


@rule(
    "CO111",
    Family.AGREEMENT,
    Severity.WARNING,
    "「改善」「悪化」が、KPI の前の数と今の数に合いません",
    why="高いほうがよい率が「0.183％から0.149％に改善」とあると、読み手はどちらが正しいのか分かりません。",
    remedy="2 つの数と、「改善」「悪化」のどれが正しいか確かめて直してください。",
    superseded_by=("CO15", "CO20"),
)
def result_moved_the_other_way(context: CheckContext) -> Iterator[Violation]:
    """0.183％から0.149％に改善 of a KPI that should be high, or the other way round.

    The words before the first number name the KPI, whose target says which way is better.
    """
    for mention in mentions_beside_kpis(context):
        plain = half_width(mention.written.text)
        found = _CHANGE.match(plain, mention.number.start)
        kpis = kpis_named_best(kpis_of_number(context, mention), mention.words) if found else []
        if found and len(kpis) == 1 and _is_verb_against_direction(found, kpis[0].kpi.direction):
            yield _violation_for_improved_result(mention, found, kpis[0].kpi.name)


def _is_verb_against_direction(found: re.Match[str], direction: Direction) -> bool:
    then, now = (Decimal(found[name].replace(",", "")) for name in ("then", "now"))
    is_better = now > then if direction is Direction.AT_LEAST else now < then
    return then != now and is_better != bool(found["better"])


def _violation_for_improved_result(mention: Mention, found: re.Match[str], name: str) -> Violation:
    word = found["better"] or found["worse"]
    sentence = sentence_at(mention.written.text, mention.number.start).strip(LINE_MARKS)
    return mention.written.violation(
        mention.number.start,
        f"KPI「{name}」が「{word}」とありますが、数は逆に動いています（{quoted(sentence)}）。",
        "2 つの数と言葉を確かめ、違うものを直してください。",
        actual=word,
    )
