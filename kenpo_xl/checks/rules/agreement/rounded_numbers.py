"""Rounded numbers of sentences (約43万件) against the figures that they are said to be (整合)."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_matching import different_number_violation, is_near_figure
from kenpo_xl.checks.support.sentences.mentions import Mention, is_rounded, mentions_of_item
from kenpo_xl.checks.support.sentences.named_figures import figures_named
from kenpo_xl.checks.support.sentences.stated_times import TimeFit
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.results.figures import Figure

_OTHER = LazyPattern(r"目標|計画|見込|予定|定員|予算|うち|新規|差|平均")
_ABOUT = LazyPattern(r"(?:延べ)?(?:約|およそ|おおよそ|概ね|おおむね|ほぼ)$")


@rule(
    "CO62",
    Family.AGREEMENT,
    Severity.WARNING,
    "おおよその数が、表の数と大きく違います",
    why="「約43万件」と書いた数が表では 43,089 件なら、桁を間違えています。",
    remedy="元の資料を確かめ、文か表を直します。別の数なら、何の数か分かるように書きます。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, rule_codes.NUMBER_DIFFERS_FROM_FIGURE, "CO18"),
)
def rounded_number_is_far_from_figure(context: CheckContext) -> Iterator[Violation]:
    """A number behind 約 or in 万 is more than a third away from the figure that the words before it name.

    They name nothing else. Silent for differences, 以上 and 目標.
    """
    for item in context.own_items:
        for mention in mentions_of_item(context, item.id):
            figure = _figure_far_away(context, mention) if is_rounded(mention) else None
            if figure is not None:
                yield different_number_violation(context, mention.written, mention.number, figure)


def _figure_far_away(context: CheckContext, mention: Mention) -> Figure | None:
    """The figure that a number is said to be, and that no rounding leads to; None without one."""
    words = _ABOUT.sub("", mention.words)
    if not words or _OTHER.search(words):
        return None
    found = figures_named(context, mention, words=words)
    named = [one.figure for one in found if one.is_strict and one.fit is TimeFit.EXACT]
    if not named or any(is_near_figure(context, one, mention.number.value) for one in named):
        return None
    return named[0]
