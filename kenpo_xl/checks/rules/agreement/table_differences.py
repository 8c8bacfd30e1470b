"""Differences and remainders that sentences state, against the numbers that they are of (整合)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.rules.agreement.trends_in_text import BEFORE, figures_with_year_before
from kenpo_xl.checks.support.figure_wording import is_in_percent_points, name_with_table, unit_of, value_text
from kenpo_xl.checks.support.number_matching import decimal_places, is_stated_exactly, sources_of_other_side
from kenpo_xl.checks.support.printed_text import PrintedText, lines_and_reasons
from kenpo_xl.checks.support.sentences.directions import change_verbs_in
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.language.numbers_in_text import TextNumber, is_same_unit, numbers_in
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.results.figures import Figure

_WINDOW = 40
_POINTS = "ポイント"
_MORE_OR_LESS = LazyPattern(
    r"(?P<up>(?:多|高)(?:い|く|かった))|(?P<down>(?:少な|低)(?:い|く|かった))", needs="多少高低"
)
_JOINT = LazyPattern(r"\s*(?:の|ほど|も)?\s*")


@rule(
    "CO65",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の前年との差が、表の 2 つの数と合いません",
    why="「前年同期より43件増加した」と書けば、読み手は表の当年と前年の数を引き算します。",
    remedy="表の当年と前年の数、文の差のどれが正しいか確かめて直してください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, rule_codes.NUMBER_DIFFERS_FROM_FIGURE, "CO15", "CO55"),
)
def difference_contradicts_table(context: CheckContext) -> Iterator[Violation]:
    """前年同期より43件増加, 43件多い or 前年度比+1.2ポイント where the figures differ by another number.

    Or in the other direction. The words before 前年 name the figure and nothing else. 前年 and 前年度 may be
    the whole year before.
    """
    for written in lines_and_reasons(context):
        plain = half_width(written.text)
        for stated in _stated_differences(written, plain) if "年" in plain else ():
            start = max(0, stated.start - _WINDOW)
            found = BEFORE.search(plain[start : stated.start])
            place = start + found.start() if found else 0
            pairs = (
                figures_with_year_before(context, written, place, found, is_down=not stated.is_up)
                if found
                else []
            )
            if pairs and not any(_is_difference_of_figures(context, stated, *pair) for pair in pairs):
                yield _violation_for_difference(context, written, stated, *pairs[0])


@frozen
class _StatedDifference:
    """A difference as a text states it from `start` on: 3件増, +1.2ポイント."""

    number: TextNumber
    start: int
    text: str
    is_up: bool


def _stated_differences(written: PrintedText, plain: str) -> Iterator[_StatedDifference]:
    """The exact numbers of a text before a verb of change, or behind a sign."""
    verbs = [*change_verbs_in(plain), *_MORE_OR_LESS.finditer(plain)]
    for number in numbers_in(written.text):
        end = number.start + len(number.text)
        verb = next((one for one in verbs if _is_verb_right_behind(one, plain, end)), None)
        sign = plain[max(0, number.start - 1) : number.start]
        start = number.start - (sign == "+")
        if (verb or sign == "+" or number.value < 0) and is_stated_exactly(number, written.text):
            is_up = bool(verb["up"]) if verb else number.value > 0
            last = verb.end() if verb else end
            yield _StatedDifference(number, start, written.text[start:last].strip(), is_up)


def _is_verb_right_behind(verb: re.Match[str], plain: str, end: int) -> bool:
    """Whether a verb is behind a number that ends there, with nothing but a joint between."""
    return end <= verb.start() and _JOINT.fullmatch(plain[end : verb.start()]) is not None


def _is_difference_of_figures(
    context: CheckContext, stated: _StatedDifference, now: Figure, then: Figure
) -> bool:
    """Whether two figures are so far apart, in that direction, or a number is no difference of their unit."""
    assert now.printed_number is not None
    assert then.printed_number is not None
    number = stated.number
    unit = unit_of(context, now)
    is_rate = unit in ("％", "%")
    if number.unit != _POINTS if is_rate else not is_same_unit(number.unit, unit):
        return True
    change = now.printed_number - then.printed_number
    if is_rate and not is_in_percent_points(context, now):
        change *= 100
    places = decimal_places(number.value)
    allowed = Decimal(1).scaleb(-places) if places or is_rate else Decimal(0)
    meant = abs(number.value) if stated.is_up else -abs(number.value)
    return abs(change - meant) <= allowed


def _violation_for_difference(
    context: CheckContext, written: PrintedText, stated: _StatedDifference, now: Figure, then: Figure
) -> Violation:
    return written.violation(
        stated.start,
        f"文では前年との差が「{stated.text}」ですが、{name_with_table(context, now)}は "
        f"{value_text(context, now)}、前年は {value_text(context, then)} です。",
        "表の当年と前年の数を確かめ、文か表を直してください。",
        actual=stated.number.text.strip(),
        related=sources_of_other_side(now, then),
    )
