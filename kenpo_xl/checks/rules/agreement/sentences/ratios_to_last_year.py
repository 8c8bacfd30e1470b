"""Ratios to last year that sentences state without its number, against the table (整合)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import name_with_table, unit_of, value_text
from kenpo_xl.checks.support.number_matching import sources_of_other_side
from kenpo_xl.checks.support.printed_text import PrintedText, lines_and_reasons
from kenpo_xl.checks.support.sentences.stated_ratios import StatedRatio, ratio_stated_at, stated_share
from kenpo_xl.checks.support.sentences.years_compared import (
    figures_called_before_place,
    figures_with_year_before_each,
)
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import HALF_UP, decimal_text, rounded
from kenpo_xl.domain.results.figures import Figure

_YEAR = r"(?:対)?(?:前年|昨年)(?:度末?)?(?:の?同(?:期間?|月|時期|四半期))?(?:の?(?:実績|件数|人数|数))?"
_NUMBER = r"(?P<about>約|およそ|ほぼ)?\s*(?P<digits>\d+(?:\.\d+)?)\s*"
_RATIO = LazyPattern(
    rf"(?P<year>{_YEAR})(?:"
    rf"(?:対?比)(?:で|は|べ)?[、\s]*{_NUMBER}(?P<unit>[%％]|割|倍)"
    r"(?!ポイント)(?P<change>の?(?:増|減|上昇|低下|プラス|マイナス|伸び|アップ|ダウン))?"
    rf"|(?:の|(?:に|と)比べて?|より|から|比)[、も\s]*{_NUMBER.replace('?P<', '?P<b_')}(?P<b_unit>[%％]|割|倍)"
    r"(?!ポイント|以|を?超|弱|強|近)(?P<b_change>の?(?:増|減|上昇|低下|伸び)|(?=と(?:な|い)|に(?:増|な|達)|で(?:あ|、)|。|、|の\s*\d))"
    r"(?:の\s*(?P<now>\d[\d,]*(?:\.\d+)?))?"
    rf"|を[、\s]*{_NUMBER.replace('?P<', '?P<c_')}(?P<c_unit>[%％]|割)(?:ほど|程度)?(?P<c_change>上回|下回))",
    needs=("%", "％", "割", "倍"),
)
_ALIKE = LazyPattern(
    rf"(?P<year>{_YEAR})(?:(?:と(?:比べ(?:て)?|は)?|から|に比べ(?:て)?|並みの)[、も\s]*)(?:全く|まったく)?"
    r"(?P<about>(?:ほぼ|おおむね|概ね|ほとんど|あまり|大きく)?[、\s]*)"
    r"(?P<word>(?P<exact>同(?:数|率|額|件数|人数|回数|値|点)|同じ(?!水準|程度|規模|傾向|内容|方法|時期|期間|会場|体制|条件|く|よう)"
    r"|増減(?:は|が)?な[いく])|同じ(?:水準|程度|規模)|同(?:程度|水準|規模)|横ばい|(?P<kept>変わら(?:ない|ず|ぬ)|変わり(?:は|が)?な))"
    r"(?!.{0,6}(?:ため|よう|ことを))",
    needs=("同", "横ばい", "変わら", "変わり", "増減"),
)
# 前年度比 of a table that is not at the end of its year, and of another base: 前月比.
_OTHER_BASE = LazyPattern(
    rf"(?P<year>(?:対)?(?:前年度|昨年度|前月|前四半期|前期))(?:対?比)(?:で|は|べ)?[、\s]*{_NUMBER}(?P<unit>[%％]|割|倍)"
    r"(?!ポイント)(?P<change>の?(?:増|減|上昇|低下|プラス|マイナス|伸び|アップ|ダウン))?",
    needs=("年度", "前月", "前四半期", "前期"),
)
# What leads from the year before to 2倍, 半減 and the like.
_BASE = LazyPattern(
    rf"(?P<year>{_YEAR})(?:の|(?:に|と)比べ(?:て)?|比(?:で)?|より|から|に対し(?:て)?)(?:は|も|、|\s|大きく|大幅に|ほぼ(?=半|倍))*"
    r"(?=(?:約|おおよそ|およそ|ほぼ|概ね|おおむね)?\s*(?:\d+(?:\.\d+)?\s*(?:倍|分の)|半|倍))",
    needs=("倍", "半", "分の"),
)
_ALMOST_ALIKE, _UNCHANGED, _SAME = Decimal("0.15"), Decimal("0.03"), Decimal(100)


@frozen
class _RatioToLastYear:
    """A ratio to last year as stated from `start` on; `is_alike`: both are said to be the same."""

    start: int
    ratio: StatedRatio
    is_alike: bool = False


@rule(
    "CO80",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の前年比が、表の 2 つの数と合いません",
    why="「前年同期比105.2％」「前年の2倍」と書けば、読み手は表の当年と前年の数で割り算をします。",
    remedy="表の当年と前年の数、文の前年比のどれが正しいか確かめて直してください。",
    superseded_by=(
        rule_codes.NUMBER_IN_TEXT_DIFFERS,
        rule_codes.NUMBER_DIFFERS_FROM_FIGURE,
        "CO18",
        "CO65",
        "CO66",
    ),
)
def ratio_contradicts_table(context: CheckContext) -> Iterator[Violation]:
    """前年同期比105.2％, 前年を12.4％上回った or 前年とほぼ同数 of a figure with another ratio.

    105.2％の増加 is wrong where the figure grew by 5.2％; of 105.2％の伸び that is not sure.
    The words before 前年 name the figure and nothing else. 前年 and 前年度 may be the whole year before.
    同数 and 同じ are exact. Ratios of figures in ％ are left out.
    """
    for written in lines_and_reasons(context):
        plain = half_width(written.text)
        if "年" not in plain:
            continue
        for stated in _stated_ratios(plain):
            pairs = _figures_of_both_years(context, written, stated.start, with_rates=stated.is_alike)
            pairs = [pair for pair in pairs if pair[0].printed_number == stated.ratio.now] or pairs
            if pairs and not any(_is_ratio_of(stated, *pair) for pair in pairs):
                yield _violation_for_ratio(context, written, stated, *pairs[0])


@rule(
    "CO92",
    Family.AGREEMENT,
    Severity.INFO,
    "「前年度比」「前月比」などが、比べた数と合いません",
    why="前年同期と比べた数を「前年度比」「前月比」と書くと、読み手は 1 年分や前の月の数と比べたと思います。",
    remedy="前年の同じ時期と比べた数なら「前年同期比」と書いてください。",
    superseded_by=("CO80",),
)
def ratio_names_another_base(context: CheckContext) -> Iterator[Violation]:
    """前年度比 or 前月比 of a ratio that is the one to the same months of the year before.

    Silent where the ratio to the whole year before is the same, and at the end of a year.
    """
    for written in lines_and_reasons(context):
        plain = half_width(written.text)
        for found in _OTHER_BASE.finditer(plain):
            stated, base = _stated_ratio(found, ""), found["year"].removeprefix("対")
            pair = next(_pairs_of_same_months(context, written, stated), None)
            if pair is not None:
                yield written.violation(
                    found.start(),
                    f"「{found[0]}」とありますが、{name_with_table(context, pair[0])}の "
                    f"{value_text(context, pair[0])} を、前年同期の {value_text(context, pair[1])} と"
                    f"比べた数です。",
                    "前年の同じ時期と比べたのなら、「前年同期比」と書いてください。",
                    actual=f"{base}比",
                    expected="前年同期比",
                    related=sources_of_other_side(*pair),
                )


def _pairs_of_same_months(
    context: CheckContext, written: PrintedText, stated: _RatioToLastYear
) -> Iterator[tuple[Figure, Figure]]:
    """The figures within a year that have a stated ratio to those a year before, and to nothing else."""
    pairs = [
        pair for pair in _figures_of_both_years(context, written, stated.start) if _is_ratio_of(stated, *pair)
    ]
    for now, then in pairs:
        spans = [context.figures.span_of_figure(one.id) for one in (now, then)]
        is_same_period = spans[1].last == spans[0].last.years_earlier(1)
        if is_same_period and spans[0].last.number != context.plan.fiscal_year.last_month and len(pairs) == 1:
            yield now, then


def _stated_ratios(plain: str) -> Iterator[_RatioToLastYear]:
    known = set()
    for found in _RATIO.finditer(plain):
        known.add(found.start())
        yield _stated_ratio(found, "" if found["digits"] else "b_" if found["b_digits"] else "c_")
    for found in _BASE.finditer(plain):
        ratio = ratio_stated_at(plain, found.end()) if found.start() not in known else None
        if ratio is not None:
            yield _RatioToLastYear(found.start(), ratio)
    for found in _ALIKE.finditer(plain):
        spread = _ALMOST_ALIKE
        if not found["about"].strip("、 "):
            spread = Decimal(0) if found["exact"] else _UNCHANGED if found["kept"] else spread
        ratio = StatedRatio(found["word"], ((1 - spread, 1 + spread),))
        yield _RatioToLastYear(found.start(), ratio, is_alike=True)


def _stated_ratio(found: re.Match[str], prefix: str) -> _RatioToLastYear:
    now = found["now"] if prefix == "b_" else None
    stated = found[0][: found.start("now") - found.start()].rstrip("の ") if now else found[0]
    ratio = stated_share(
        stated[len(found["year"]) :].lstrip("、 "),
        Decimal(found[f"{prefix}digits"]),
        found[f"{prefix}unit"],
        found[f"{prefix}change"] or "",
        is_about=bool(found[f"{prefix}about"]),
        now=Decimal(now.replace(",", "")) if now else None,
    )
    return _RatioToLastYear(found.start(), ratio)


def _figures_of_both_years(
    context: CheckContext, written: PrintedText, place: int, *, with_rates: bool = False
) -> list[tuple[Figure, Figure]]:
    """The figures named before a place, each with that of a year before; rates if they are wanted."""
    figures = [
        one
        for one in figures_called_before_place(context, written, place)
        if with_rates or unit_of(context, one) not in ("％", "%")
    ]
    return [
        (now, then) for now, then in figures_with_year_before_each(context, figures) if then.printed_number
    ]


def _is_ratio_of(stated: _RatioToLastYear, now: Figure, then: Figure) -> bool:
    assert now.printed_number is not None
    assert then.printed_number is not None
    return stated.ratio.holds(now.printed_number / then.printed_number)


def _violation_for_ratio(
    context: CheckContext, written: PrintedText, stated: _RatioToLastYear, now: Figure, then: Figure
) -> Violation:
    assert now.printed_number is not None
    assert then.printed_number is not None
    percent = rounded(now.printed_number / then.printed_number * 100, 1, HALF_UP)
    right = shown = f"{decimal_text(percent)}％"
    if stated.ratio.is_change and percent != _SAME:
        right = f"{decimal_text(abs(percent - _SAME))}％の{'増' if percent > _SAME else '減'}"
        shown = f"{shown}、{right}"
    return written.violation(
        stated.start,
        f"文では前年比が「{stated.ratio.text}」ですが、{name_with_table(context, now)}は "
        f"{value_text(context, now)}、前年は {value_text(context, then)}（{shown}）です。",
        "表の当年と前年の数を確かめ、文か表を直してください。",
        actual=stated.ratio.text,
        expected=right,
        related=sources_of_other_side(now, then),
    )
