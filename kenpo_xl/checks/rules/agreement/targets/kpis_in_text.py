"""Targets and results of KPIs that sentences state (整合)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.number_matching import (
    WRONG_NUMBER_OF_TABLE,
    decimal_places,
    figure_agrees,
    figures_with_number,
    is_about,
    is_likely_slip,
    sources_of_other_side,
)
from kenpo_xl.checks.support.sentences.mentions import (
    Mention,
    is_comparable,
    mentions_of_item,
    without_neutral_words,
)
from kenpo_xl.checks.support.sentences.stated_times import TimeKind
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.formulas.evaluate import formula_keys
from kenpo_xl.domain.language.normalize import AnyOf, normalized
from kenpo_xl.domain.language.numbers_in_text import FRACTION, is_same_unit, numbers_in
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import HALF_UP, rounded
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.results.assessments import KpiAssessment
from kenpo_xl.domain.results.figures import Figure

_TARGET = LazyPattern(
    r"(?:達成|年度|年間|数値)?(?:目標|KPI)(?:値|水準|数|件数|人数|率|額)?", needs=("目標", "KPI")
)
_OF_ITSELF = LazyPattern(r"(?:の|に対し|に対する|比)")
_OTHER_VALUE = AnyOf("目標|計画|見込|予定|対象|全国|平均|差|前年|昨年")
_LAST_NAME = LazyPattern(r"に係る|に関する|における|による|の|\(|\)")
_SHORTEST = 3


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
    for mention in _mentions_beside_kpis(context):
        before, former = former, mention
        split = _TARGET.search(mention.words) or _end_if_target(mention)
        is_no_value = mention.is_change or is_about(mention.number, mention.written.text)
        if split is None or mention.is_bare or is_no_value or _is_distance(mention, split.end()):
            continue
        before = before if before is None or before.sentence_id == mention.sentence_id else None
        one = _kpi_of_target(
            context, mention, mention.words[: split.start()], mention.words[split.end() :], before
        )
        if one is not None:
            yield _violation(mention, one, f"計画の目標は {one.target_text} です", one.target_text)


_AS_TARGET = LazyPattern(r"(?:以上|以下)?とする(?:こと[をがは])?(?:年度|年間|数値)?目標", needs=("とする",))


def _end_if_target(mention: Mention) -> re.Match[str] | None:
    """The end of the words before a number that is called a target behind it: 1,200人以上とする目標."""
    return re.search(r"を?$", mention.words) if _AS_TARGET.match(mention.tail) else None


def _is_distance(mention: Mention, end: int) -> bool:
    """Whether a number is how far it is to a target: 目標まで521人, 目標に対し521人足りない."""
    return _UP_TO.match(mention.words, end) is not None or mention.tail.startswith(_LACKING)


_UP_TO = LazyPattern(r"(?:の?達成)?(?:まで|との(?:差|開き))", needs=("まで", "との"))
_LACKING = ("足り", "足ら", "不足", "及ば", "届か", "の不足", "残", "が不足", "分が不足")


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
    for mention in _mentions_beside_kpis(context):
        if not is_comparable(mention) or _OTHER_VALUE.is_in(mention.words):
            continue
        one = _kpi_of_result(context, mention)
        if one is not None:
            figures = [found for key in _keys(one) for found in context.figures.with_identity(key)]
            known = f"KPI「{one.kpi.name}」の実績は {one.result_text} です"
            yield _violation(mention, one, known, "", figures[:1])


def _violation(
    mention: Mention, one: KpiAssessment, known: str, expected: str, figures: Sequence[Figure] = ()
) -> Violation:
    name = "" if one.kpi.name in known else f"KPI「{one.kpi.name}」の"
    return mention.written.violation(
        mention.number.start,
        f"文では「{mention.number.text}」ですが、{name}{known}。",
        actual=mention.number.text,
        expected=expected,
        related=sources_of_other_side(*figures),
    )


def _keys(one: KpiAssessment) -> Iterator[FigureId]:
    tree = one.kpi.result
    return (key for key in (formula_keys(tree) if tree is not None else ()) if isinstance(key, FigureId))


def _mentions_beside_kpis(context: CheckContext) -> Iterator[Mention]:
    """The numbers of the items that have KPIs."""
    items = dict.fromkeys(one.item for one in context.own_kpi_assessments)
    return (mention for item in items for mention in mentions_of_item(context, item))


def kpis_of_number(context: CheckContext, mention: Mention) -> list[KpiAssessment]:
    """The KPIs of the number's item and unit."""
    unit = mention.number.unit
    return [
        one
        for one in context.own_kpi_assessments
        if one.item == mention.written.item.id
        and (unit == FRACTION if one.kpi.format.is_percent else is_same_unit(one.kpi.format.unit, unit))
    ]


def _kpi_of_target(
    context: CheckContext, mention: Mention, before: str, behind: str, former: Mention | None
) -> KpiAssessment | None:
    """The KPI whose target a number is said to be, and is not; None where that is not sure."""
    kpis = [one for one in kpis_of_number(context, mention) if one.assessment.target is not None]
    is_target = any(_equals(mention, end) for one in kpis for end in one.ends_of_target)
    behind = behind.removeprefix("である")
    named_behind = named_kpis(kpis, behind) if without_neutral_words(behind) else []
    names = "|".join(normalized(one.kpi.name) for one in named_behind)
    if is_target or without_neutral_words(behind, names) or _is_known_otherwise(context, mention):
        return None
    meant = (named := named_kpis(kpis, before) or named_behind) or [
        one for one in kpis if _is_of_size(mention, one)
    ]
    is_of_former = former is not None and not without_neutral_words(before)
    if is_of_former and former:
        called = named_kpis(meant, former.words)
        meant = called or [one for one in meant if _equals(former, one.assessment.result)]
    if len(meant) == 1 and _is_surely_target(mention, before, behind, meant, is_of_former=is_of_former):
        return meant[0]
    return _only_slip(mention, named or kpis)


def _is_of_size(mention: Mention, one: KpiAssessment) -> bool:
    """Whether a target that no KPI is named for may be that of a KPI: within ten times and a tenth of it."""
    number = mention.number.value
    return any(end <= number * 10 and number <= end * 10 for end in one.ends_of_target if end)


def _only_slip(mention: Mention, kpis: Sequence[KpiAssessment]) -> KpiAssessment | None:
    """The KPI whose target a number is a slip of, None for more than one."""
    slips = [one for one in kpis if any(_is_slip(mention, end) for end in one.ends_of_target)]
    return slips[0] if len(slips) == 1 else None


def _is_known_otherwise(context: CheckContext, mention: Mention) -> bool:
    """Whether a number is said of another year, or is another one of its item."""
    time, year = mention.time, context.plan.fiscal_year
    if time is not None and (time.kind is TimeKind.OTHER or time.fiscal_year_in(year) != year):
        return True
    return _is_number_of_item(context, mention)


def _is_surely_target(
    mention: Mention, before: str, behind: str, kpis: Sequence[KpiAssessment], *, is_of_former: bool
) -> bool:
    """Whether nothing beside a number but names of these KPIs says what it is a target of.

    `is_of_former`: the number before it is the result of the only one.
    """
    names = "|".join(normalized(one.kpi.name) for one in kpis)
    is_share = mention.number.unit == FRACTION or not is_of_former
    is_part = is_share and _OF_ITSELF.match(behind) and "." not in mention.number.text
    if without_neutral_words(before, names) or is_part:
        return False
    return mention.time is None or not mention.time.months


def _kpi_of_result(context: CheckContext, mention: Mention) -> KpiAssessment | None:
    """The KPI whose result a number is said to be, and is not; None where that is not sure."""
    kpis = [one for one in kpis_of_number(context, mention) if one.assessment.result is not None]
    named = named_kpis(kpis, mention.words)
    if len(named) != 1 or _is_number_of_item(context, mention) or not _is_at_base(context, mention, named[0]):
        return None
    (one,) = named
    if any(_equals(mention, value) for value in (one.assessment.result, *one.ends_of_target)):
        return None
    is_month = _is_of_single_months(mention)
    is_certain = not is_month and not without_neutral_words(mention.words, normalized(one.kpi.name))
    return one if is_certain or _is_slip(mention, one.assessment.result, digit_counts=not is_month) else None


def _is_of_single_months(mention: Mention) -> bool:
    """Whether a number may be that of the named months alone: 12月は96.7％."""
    return mention.time is not None and mention.time.kind is TimeKind.MONTHS


def named_kpis(kpis: Sequence[KpiAssessment], words: str) -> list[KpiAssessment]:
    """The KPIs whose whole name is in some words, else those with its last part there.

    Else the only one whose name is there but for the end of its first part (一者応札の割合).
    """
    names = [normalized(one.kpi.name) for one in kpis]
    whole = [one for one, name in zip(kpis, names, strict=True) if _is_named_itself(name, names, words)]
    if whole:
        return whole
    last_parts = [one for one in kpis if (last := _last_part(one.kpi.name)) and last in words]
    return last_parts or [one for one in kpis if _is_shortened(one.kpi.name, words)]


def _is_named_itself(name: str, names: Sequence[str], words: str) -> bool:
    """Whether words have a name, and not only within a longer one (受診率 within 受診率の順位)."""
    for longer in names:
        if longer != name and name in longer:
            words = words.replace(longer, "、")
    return name in words


def _is_shortened(name: str, words: str) -> bool:
    first, _, last = normalized(name).partition("の")
    return last != "" and any(f"{first[:end]}の{last}" in words for end in range(_SHORTEST, len(first)))


def _last_part(name: str) -> str:
    parts = [part for part in _LAST_NAME.split(normalized(name)) if part]
    return parts[-1] if parts and len(parts[-1]) >= _SHORTEST else ""


def _is_at_base(context: CheckContext, mention: Mention, one: KpiAssessment) -> bool:
    """Whether a number is said of the KPI's as-of month, or of no month."""
    time = mention.time
    if time is None:
        return True
    year = context.plan.fiscal_year
    if time.kind is TimeKind.OTHER or not time.fiscal_year_in(year).contains(one.base):
        return False
    return time.months is None or time.months[1] == one.base.number


def _equals(mention: Mention, value: Decimal | None) -> bool:
    number = mention.number.value
    return value is not None and number in (value, rounded(value, decimal_places(number), HALF_UP))


def _is_slip(mention: Mention, value: Decimal | None, *, digit_counts: bool = True) -> bool:
    number = mention.number.value
    right = None if value is None else rounded(value, decimal_places(number), HALF_UP)
    return right is not None and is_likely_slip(number, right, digit_counts=digit_counts)


def _is_number_of_item(context: CheckContext, mention: Mention) -> bool:
    """Whether a number is a figure of its item, or in a sentence of its plan."""
    sentences = (text for block in mention.written.item.blocks for text in block.sentences)
    planned = {one.value for text in sentences for one in numbers_in(text)}
    return mention.number.value in planned or any(
        figure_agrees(context, figure, mention.number)
        for figure in figures_with_number(context, mention.written)
    )
