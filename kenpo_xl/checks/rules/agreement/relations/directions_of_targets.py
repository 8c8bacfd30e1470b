"""Targets that sentences state with the direction turned round: 15％以上 for 15％以下 (整合)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_matching import decimal_places
from kenpo_xl.checks.support.printed_text import printed_lines
from kenpo_xl.checks.support.sentences.mentions import Mention, mentions_of_item
from kenpo_xl.checks.support.sentences.stated_kpis import kpis_named_best, kpis_of_number
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import half_width, normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import HALF_UP, rounded
from kenpo_xl.domain.plan.ratings import Direction
from kenpo_xl.domain.results.assessments import KpiAssessment

# Behind a number that is an aim; 以下となった says the result.
_AIM = (
    r"[)」』]|[)」』]?(?:を|が|に|と)?(?:目標|目指|めざ|達成|維持|確保|掲げ|向け|する(?:こと|目標|よう|ため)|設定|定め)"
    r"|(?:という|との|の)(?:年度)?(?:目標|達成|実現|確保|維持|KPI)"
)
_WORDS = LazyPattern(
    rf"(?:(?P<least>以上)|(?P<most>以下|以内|未満))(?:{_AIM}|(?P<end>である|であり|です|で、|、|。|$))"
    r"|を(?:(?P<above>上回る|超える|下回らない)|(?P<below>下回る|切る|上回らない|超えない))"
    r"(?:こと|よう|水準|値|数|件数|実績|の)?(?:を|が|に|という|とする)*(?:目標|目指|めざ|向け|取り組|努め)"
)
_TARGET, _KPI = "目標", "KPI"
_LEADS_TO_TARGET = (_TARGET, "目標は", "目標を", "目標値は", "目標が", "目標値", ":")
_NEAR = 16


@rule(
    "CO46",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の目標の「以上」「以下」が、計画と逆です",
    why="「目標の63.53％以下に向けて」と書くと、計画では以上の目標が逆の意味になります。",
    remedy="計画の目標を確かめ、「以上」「以下」などの言葉を直してください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, "CO17", "CO41"),
)
def direction_of_target_is_turned(context: CheckContext) -> Iterator[Violation]:
    """The target of a KPI with 以下 where the plan has 以上, or the reverse; also を下回ることを目指し.

    The KPI is named, or 目標 is just before the number. Silent for what the result is (以下となった), and
    where another KPI of the item has this target.
    """
    for item in dict.fromkeys(one.item for one in context.own_kpi_assessments):
        for mention in mentions_of_item(context, item):
            if mention.tail.startswith(("以", "未満", "を")):
                found = _kpi_and_words_against_its_direction(context, mention)
                if found is not None:
                    yield _violation_for_direction(mention, *found)
    yield from _violations_for_direction_without_number(context)


def _kpi_and_words_against_its_direction(
    context: CheckContext, mention: Mention
) -> tuple[KpiAssessment, str] | None:
    """The KPI whose target a number is, and the words behind that turn it round; None where it is right."""
    words = _WORDS.match(mention.tail)
    if words is None:
        return None
    plain = half_width(mention.written.text)
    before = plain[mention.sentence[0] : mention.number.start]
    if not _are_words_about_aim(words, before):
        return None
    kpis = [one for one in kpis_of_number(context, mention) if _is_number_target_of_kpi(mention, one)]
    named = kpis_named_best(kpis, mention.words)
    meant = named or (kpis if _has_word_for_target(words, before) else [])
    direction, stated = _stated_direction_and_words(words)
    if not meant or any(one.kpi.direction is direction for one in kpis):
        return None
    return meant[0], stated


_AIM_OF_LAST_YEAR = LazyPattern(
    r"(?P<words>[^。、\n]{2,40}?)を、?(?:対?前年度?|昨年度)(?:実績|水準)?(?P<side>以上|以下)(?:と|に)?(?:する|を目標|を目指|の目標|との目標)",
    needs="年度",
)


def _violations_for_direction_without_number(context: CheckContext) -> Iterator[Violation]:
    """A KPI that is named with 前年度以下とする where the plan wants more, or the reverse."""
    for item in dict.fromkeys(one.item for one in context.own_kpi_assessments):
        kpis = [one for one in context.own_kpi_assessments if one.item == item]
        for written in printed_lines(context, item):
            found = _AIM_OF_LAST_YEAR.search(half_width(written.text))
            named = kpis_named_best(kpis, normalized(found["words"])) if found else []
            if not found or len(named) != 1:
                continue
            (one,) = named
            direction = Direction.AT_LEAST if found["side"] == "以上" else Direction.AT_MOST
            if one.aim is not None and one.aim.upper is None and one.kpi.direction is not direction:
                yield written.violation(
                    found.start("side"),
                    f"文では「前年度{found['side']}」ですが、KPI「{one.kpi.name}」の計画の目標は "
                    f"{one.target_in_words} です。",
                    "計画の目標を確かめ、「以上」「以下」などの言葉を直してください。",
                    actual=found["side"],
                )


def _are_words_about_aim(words: re.Match[str], before: str) -> bool:
    """Whether 以上 or 以下 is of an aim: the words behind it say so, or those right before the number."""
    return words["end"] is None or before.rstrip("( 、").endswith(_LEADS_TO_TARGET)


def _has_word_for_target(words: re.Match[str], before: str) -> bool:
    return any(word in before[-_NEAR:] for word in (_TARGET, _KPI)) or _TARGET in words[0]


def _stated_direction_and_words(words: re.Match[str]) -> tuple[Direction, str]:
    """The direction that the words behind a target state, and those words."""
    direction = Direction.AT_LEAST if words["least"] or words["above"] else Direction.AT_MOST
    return direction, words["least"] or words["most"] or f"を{words['above'] or words['below']}"


def _is_number_target_of_kpi(mention: Mention, one: KpiAssessment) -> bool:
    """Whether a number is the target of a KPI, which has one end."""
    target, number = one.assessment.target, mention.number.value
    if target is None or one.aim is None or one.aim.upper is not None:
        return False
    return number in (target, rounded(target, decimal_places(number), HALF_UP))


def _violation_for_direction(mention: Mention, one: KpiAssessment, stated: str) -> Violation:
    number = mention.number
    return mention.written.violation(
        number.start,
        f"文では「{number.text.strip()}{stated}」ですが、KPI「{one.kpi.name}」の計画の目標は "
        f"{one.target_in_words} です。",
        "計画の目標を確かめ、「以上」「以下」などの言葉を直してください。",
        actual=f"{number.text.strip()}{stated}",
        expected=one.target_in_words,
    )
