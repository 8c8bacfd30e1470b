"""Shares that a sentence states in words beside its numbers: 半数以上, 約3割, 2倍 (整合)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.sentences.numbered_sentences import numbered_sentences
from kenpo_xl.checks.support.sentences.rough_percents import rough_percent
from kenpo_xl.checks.support.sentences.rough_shares import rough_share
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.numbers.exact import HALF_UP, decimal_text, rounded


@rule(
    "CO68",
    Family.AGREEMENT,
    Severity.WARNING,
    "「半数以上」「約3割」「2倍」などが、文の中の数と合いません",
    why="「120人のうち半数以上の45人」と書けば、読み手は割り算をします。",
    remedy="2 つの数と言葉のどれが正しいか確かめて直してください。",
    superseded_by=("CO18", "CO07", "CO03", "CO51", "CO52"),
)
def rough_share_is_not_that_of_its_numbers(context: CheckContext) -> Iterator[Violation]:
    """半数以上, 過半数, 約3割, 3分の1 or 2倍 beside the only two counts of a sentence that do not give it.

    Or beside its only percent: 半数以上（38％）, 9割を超える77％.
    """
    for sentence in numbered_sentences(context):
        found = rough_share(sentence)
        if found is not None and found.is_wrong:
            exact = decimal_text(rounded(found.quotient * 100, 1, HALF_UP))
            fact = f"{found.part.text.strip()}は{found.whole.text.strip()}の {exact}％ ですが、"
            yield sentence.violation(
                found.part,
                f"{fact}「{found.words}」とあります",
                "2 つの数と言葉を確かめ、違うものを直してください。",
                first=min(found.part, found.whole, key=lambda one: one.start),
            )
        rough = rough_percent(sentence)
        if rough is not None and rough.is_wrong:
            yield sentence.violation(
                rough.percent,
                f"「{rough.words}」と「{rough.percent.text.strip()}」が合いません",
                "割合と言葉を確かめ、違う方を直してください。",
            )
