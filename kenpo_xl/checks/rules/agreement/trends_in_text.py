"""Increases and decreases that sentences report, against this year's figure and last year's (整合)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import name_with_table, value_text
from kenpo_xl.checks.support.names.named_figures import (
    figure_of_whole_year_before,
    figure_of_year_before,
    figures_named,
)
from kenpo_xl.checks.support.number_matching import sources_of_other_side
from kenpo_xl.checks.support.printed_text import PrintedText, lines_and_reasons
from kenpo_xl.checks.support.sentences.directions import change_verbs_in, dictionary_form
from kenpo_xl.checks.support.sentences.mentions import Mention, mention_at
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.results.figures import Figure
from kenpo_xl.domain.time.span import Accumulation

BEFORE = LazyPattern(
    r"(?:前年|昨年)(?P<year>度末?)?(?P<same>の?同(?:期間?|月|時期|四半期|じ(?:時期|月|期間)))?(?:の?(?:実績|水準|数値|値|件数|人数))?\s*(?:\([^()。]{1,14}\)\s*)?"
    r"(?:(?:と|に)?(?:比べ|比較し|対し|比で|比)|より|を|から|に対して)"
    r"(?:て|は|、|も|大きく|大幅に|やや|わずかに|若干|\s)*$",
    needs=("前年", "昨年"),
)
_WINDOW = 40


@rule(
    "CO19",
    Family.AGREEMENT,
    Severity.WARNING,
    "増減の言葉が、表の数と合いません",
    why="「前年同期より減少した」と書けば、読み手は表の 2 つの数を比べます。",
    remedy="表の当年と前年の数、文の言葉のどれが正しいか確かめて直してください。",
    superseded_by=("CO15",),
)
def direction_contradicts_table(context: CheckContext) -> Iterator[Violation]:
    """前年同期より増加, 減少, 上回る or 下回る of a figure whose numbers say the opposite.

    前年 and 前年度 without 同期 may be the whole year: its figure must say the opposite too, and a running
    count is not below it before the year ends. The words before it name nothing but the figure. Where they
    name several (those of each month), all of them say the opposite. A number between 前年同期 and the verb
    belongs to another rule.
    """
    for written in lines_and_reasons(context):
        plain = half_width(written.text)
        for verb in change_verbs_in(plain) if "年" in plain else ():
            start = max(0, verb.start() - _WINDOW)
            found = BEFORE.search(plain[start : verb.start()])
            place = start + found.start() if found else 0
            pairs = (
                figures_with_year_before(context, written, place, found, is_down=bool(verb["down"]))
                if found
                else []
            )
            if pairs and all(_is_change_against_verb(verb, *pair) for pair in pairs):
                yield _violation_for_trend(context, written, verb, *pairs[-1])


def _violation_for_trend(
    context: CheckContext, written: PrintedText, verb: re.Match[str], now: Figure, then: Figure
) -> Violation:
    word = dictionary_form(verb)
    return written.violation(
        verb.start(),
        f"文では前年同期より「{word}」とありますが、{name_with_table(context, now)}は "
        f"{value_text(context, now)}、前年同期は {value_text(context, then)} です。",
        "表の当年と前年の数を確かめ、文か表を直してください。",
        actual=word,
        related=sources_of_other_side(now, then),
    )


def _figures_strictly_named(context: CheckContext, mention: Mention) -> list[Figure]:
    return [one.figure for one in figures_named(context, mention, unit="") if one.is_strict]


def figures_with_year_before(
    context: CheckContext, written: PrintedText, place: int, words: re.Match[str], *, is_down: bool
) -> list[tuple[Figure, Figure]]:
    """The figures that the words before a place name, each with those of a year before."""
    mention = mention_at(context, written, place)
    figures = _figures_strictly_named(context, mention) if mention.words else []
    pairs = [(now, then) for now in figures if (then := figure_of_year_before(context, now)) is not None]
    if words["same"]:
        return pairs
    if words["year"] and is_down and any(_still_grows(context, now) for now, _ in pairs):
        return []
    # The end of the year before is compared with what is newest.
    whole = figure_of_whole_year_before(context, figures[-1]) if figures else None
    return [*pairs, (figures[-1], whole)] if whole is not None else pairs


def _still_grows(context: CheckContext, figure: Figure) -> bool:
    """Whether a figure counts from April on and the year is not over."""
    span = context.figures.span_of_figure(figure.id)
    is_running = span.kind is Accumulation.CUMULATIVE and span.first != span.last
    return is_running and span.last.number != context.plan.fiscal_year.last_month


def _is_change_against_verb(verb: re.Match[str], now: Figure, then: Figure) -> bool:
    assert now.printed_number is not None
    assert then.printed_number is not None
    change = now.printed_number - then.printed_number
    return change < 0 if verb["up"] else change > 0
