"""Targets of KPIs that sentences state (整合)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_matching import is_number_approximate
from kenpo_xl.checks.support.sentences.mentions import Mention, words_without_neutral_ones
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
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.language.numbers_in_text import FRACTION
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.results.assessments import KpiAssessment

_TARGET = LazyPattern(
    r"(?:達成|年度|年間|数値)?(?:目標|KPI)(?:値|水準|数|件数|人数|率|額)?", needs=("目標", "KPI")
)
_OF_ITSELF = LazyPattern(r"(?:の|に対し|に対する|比)")
_AS_TARGET = LazyPattern(
    r"(?:(?:以上|以下)?とする(?:こと[をがは])?|(?:以上|以下)の)(?:年度|年間|数値)?目標", needs="目標"
)
_UP_TO = LazyPattern(r"(?:の?達成)?(?:まで|との(?:差|開き))", needs=("まで", "との"))
_LACKING = ("足り", "足ら", "不足", "及ば", "届か", "の不足", "残", "が不足", "分が不足")


class _StatedTarget(NamedTuple):
    """A number that a sentence calls a target, with the words around that call."""

    mention: Mention
    before: str
    """The words before 目標."""
    behind: str
    """The words between 目標, or 目標である, and the number."""
    former: Mention | None
    """The number before it in its sentence."""

    @property
    def is_of_former(self) -> bool:
        """Whether only the number before it says what it is a target of."""
        return self.former is not None and not words_without_neutral_ones(self.before)


@rule(
    "CO17",
    Family.AGREEMENT,
    Severity.WARNING,
    "文に書かれた目標が、計画の目標と違います",
    why="目標は計画で決まっています。文の目標が違うと、評価の根拠が疑われます。",
    remedy="計画の目標を確かめ、文を直してください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, "CO95"),
)
def target_in_text_differs(context: CheckContext) -> Iterator[Violation]:
    """A number behind 目標 is not the target of the KPI that the words before it name.

    The only KPI of the unit in the item is meant where no other words are there. Among other words, at
    目標の… and with a month, only a slip of the keys is reported. Targets of another year are skipped, and
    numbers of the item's plan sentences and figures.
    """
    former: Mention | None = None
    for mention in mentions_beside_kpis(context):
        before, former = former, mention
        split = _TARGET.search(mention.words) or _end_of_words_for_target(mention)
        is_no_value = mention.is_change or is_number_approximate(mention.number, mention.written.text)
        if (
            split is None
            or mention.is_bare
            or is_no_value
            or _is_number_distance_to_target(mention, split.end())
        ):
            continue
        words = mention.words
        behind = words[split.end() :].removeprefix("である").removeprefix("とする")
        stated = _StatedTarget(
            mention, words[: split.start()], behind, _mention_before_if_in_same_sentence(before, mention)
        )
        one = _kpi_of_target(context, stated)
        if one is not None:
            yield _violation_for_target(mention, one)


def _end_of_words_for_target(mention: Mention) -> re.Match[str] | None:
    """The end of the words before a number that is called a target behind it: 1,200人以上とする目標."""
    return re.search(r"を?$", mention.words) if _AS_TARGET.match(mention.tail) else None


def _is_number_distance_to_target(mention: Mention, end: int) -> bool:
    """Whether a number is how far it is to a target: 目標まで521人, 目標に対し521人足りない."""
    return _UP_TO.match(mention.words, end) is not None or mention.tail.startswith(_LACKING)


def _violation_for_target(mention: Mention, one: KpiAssessment) -> Violation:
    target = f"KPI「{one.kpi.name}」の計画の目標は {one.target_text} です"
    return mention.written.violation(
        mention.number.start,
        f"文では「{mention.number.text}」ですが、{target}。",
        actual=mention.number.text,
        expected=one.target_text,
    )


def _mention_before_if_in_same_sentence(before: Mention | None, mention: Mention) -> Mention | None:
    """A number, None where it is in another sentence than one behind it."""
    return before if before and before.sentence_id == mention.sentence_id else None


def _kpi_of_target(context: CheckContext, stated: _StatedTarget) -> KpiAssessment | None:
    """The KPI whose target a number is said to be, and is not; None where that is not sure."""
    mention = stated.mention
    kpis = _kpis_with_target(context, mention)
    if _is_target_of(kpis, mention) or _is_number_known_otherwise(context, mention):
        return None
    named_behind = _kpis_named_behind(kpis, stated.behind)
    if named_behind is None:
        return _only_kpi_with_slip_of_target(mention, kpis)
    named = kpis_named_best(kpis, stated.before) or named_behind
    meant = _kpis_beside_former_target(
        stated, named or [one for one in kpis if _is_number_of_size_of_target(mention, one)]
    )
    if len(meant) == 1 and _is_surely_target(stated, meant):
        return meant[0]
    return _only_kpi_with_slip_of_target(mention, named or kpis)


def _kpis_with_target(context: CheckContext, mention: Mention) -> list[KpiAssessment]:
    return [one for one in kpis_of_number(context, mention) if one.assessment.target is not None]


def _is_target_of(kpis: Sequence[KpiAssessment], mention: Mention) -> bool:
    return any(is_number_of_value(mention, end) for one in kpis for end in one.ends_of_target)


def _kpis_named_behind(kpis: Sequence[KpiAssessment], behind: str) -> list[KpiAssessment] | None:
    """The KPIs that the words behind 目標 name; None where other words are there."""
    named = kpis_named_best(kpis, behind) if words_without_neutral_ones(behind) else []
    return None if words_without_neutral_ones(behind, _pattern_of_names(named)) else named


def _pattern_of_names(kpis: Sequence[KpiAssessment]) -> str:
    """The names as a pattern that finds any of them."""
    return "|".join(normalized(one.kpi.name) for one in kpis)


def _kpis_beside_former_target(stated: _StatedTarget, kpis: list[KpiAssessment]) -> list[KpiAssessment]:
    """Those KPIs that the words of the number before it name, else those whose result it is."""
    former = stated.former
    if former is None or not stated.is_of_former:
        return kpis
    return kpis_named_best(kpis, former.words) or [
        one for one in kpis if is_number_of_value(former, one.assessment.result)
    ]


def _is_number_of_size_of_target(mention: Mention, one: KpiAssessment) -> bool:
    """Whether a target that no KPI is named for may be that of a KPI: within ten times and a tenth of it."""
    number = mention.number.value
    return any(end <= number * 10 and number <= end * 10 for end in one.ends_of_target if end)


def _only_kpi_with_slip_of_target(mention: Mention, kpis: Sequence[KpiAssessment]) -> KpiAssessment | None:
    """The KPI whose target a number is a slip of, None for more than one."""
    slips = [one for one in kpis if any(is_number_slip_of_value(mention, end) for end in one.ends_of_target)]
    return slips[0] if len(slips) == 1 else None


def _is_number_known_otherwise(context: CheckContext, mention: Mention) -> bool:
    """Whether a number is said of another year, or is another one of its item."""
    time, year = mention.time, context.plan.fiscal_year
    if time is not None and (time.kind is TimeKind.OTHER or time.fiscal_year_in(year) != year):
        return True
    return is_number_of_item(context, mention)


def _is_surely_target(stated: _StatedTarget, kpis: Sequence[KpiAssessment]) -> bool:
    """Whether nothing beside a number but names of these KPIs says what it is a target of."""
    number, time = stated.mention.number, stated.mention.time
    is_share = number.unit == FRACTION or not stated.is_of_former
    is_part = is_share and _OF_ITSELF.match(stated.behind) and "." not in number.text
    if words_without_neutral_ones(stated.before, _pattern_of_names(kpis)) or is_part:
        return False
    return time is None or not time.months
