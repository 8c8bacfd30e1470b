"""An amount of money that a sentence states twice, in two units (整合)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.sentences.numbered_sentences import numbered_sentences
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.numbers_in_text import TextNumber

_YEN = {"円": 1, "千円": 10**3, "百万円": 10**6}


@rule(
    "CO25",
    Family.AGREEMENT,
    Severity.WARNING,
    "かっこの中の金額が、前の金額と桁違いです",
    why="「委託費は680万円（680,000円）」と書かれると、どちらが正しいのか読み手に分かりません。",
    remedy="円、千円、万円の位を数え直し、違う方を直してください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, rule_codes.NUMBER_DIFFERS_FROM_FIGURE, "CO90"),
)
def amount_in_bracket_is_of_another_size(context: CheckContext) -> Iterator[Violation]:
    """Two amounts, the second alone in brackets behind the first, have the same digits and other sizes."""
    for sentence in numbered_sentences(context):
        for one, other in pairwise(sentence.numbers):
            if one.unit not in _YEN or other.unit not in _YEN or _amount_in_yen(one) == _amount_in_yen(other):
                continue
            is_alone = sentence.between(one, other).strip() == "(" and sentence.behind(other).startswith(")")
            if is_alone and _significant_digits(one) == _significant_digits(other):
                yield sentence.violation(
                    other,
                    f"「{one.text.strip()}」と「{other.text.strip()}」は、桁が違います",
                    "円、千円、万円の位を数え直し、違う方を直してください。",
                    first=one,
                )


def _amount_in_yen(number: TextNumber) -> Decimal:
    return number.value * _YEN[number.unit]


def _significant_digits(number: TextNumber) -> tuple[int, ...]:
    return number.value.normalize().as_tuple().digits
