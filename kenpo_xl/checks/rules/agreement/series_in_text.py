"""What sentences say of the order of months and quarters, against the figures of a table (整合)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import name_with_table, value_text
from kenpo_xl.checks.support.number_matching import sources_of_other_side
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines, quoted, sentence_span
from kenpo_xl.checks.support.sentences.series import printed_number, series_named, without_times
from kenpo_xl.checks.support.sentences.stated_times import StatedTime, TimeKind, times_in
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.results.figures import Figure

_EXTREME = LazyPattern(
    r"(?:最も|もっとも|一番)(?:(?P<most>多|高|大き)|(?P<least>少な|低|小さ))"
    r"|(?P<top>最多|最大(?!限)|最高(?!齢|裁)|ピーク)|(?P<bottom>最少|最小(?!限)|最低(?!限))",
    needs=("最", "一番", "もっとも", "ピーク"),
)
_OTHER = AnyOf("過去|前年|昨年|これまで|目標|全国|支部で|うち|月平均|1日|除|会場|中で最|年代|種別|地区")
# What is left of a sentence behind its extreme.
_BEHIND = LazyPattern(
    r"^(?:かった|くなった|くなり|い|く)?(?:とな(?:った|り)|にな(?:った|り)|であ(?:った|る|り)|した|だった)?(?:のは|の|月|時期)*"
    r"|(?:であ(?:った|る)|だった)。?$"
)
_MARKS = "・•●■※ "


@rule(
    "CO60",
    Family.AGREEMENT,
    Severity.WARNING,
    "「最も多い」などの月が、表と違います",
    why="「10月が最も多かった」と書けば、読み手は表のほかの月と比べます。",
    remedy="表の数と、文の月や言葉のどれが正しいか確かめて直します。",
    superseded_by=("CO07",),
)
def extreme_contradicts_table(context: CheckContext) -> Iterator[Violation]:
    """最も多い, 最多, 最少 of a month or quarter, where a table has a larger or smaller one.

    The sentence names the figure and one time, and nothing else. Silent for 過去最高, 全国で and the like.
    """
    for written in printed_lines(context):
        plain = half_width(written.text)
        for found in _EXTREME.finditer(plain):
            first, end = sentence_span(plain, found.start())
            sentence = plain[first:end]
            times = [one for one in times_in(sentence) if one.kind is TimeKind.MONTHS and one.months]
            if len(times) != 1 or len(times_in(sentence)) != 1 or _OTHER.is_in(sentence):
                continue
            pair = _contradiction(context, written, sentence, times[0], found)
            if pair is not None:
                yield _violation(context, written, found.start(), sentence, *pair)


def _violation(
    context: CheckContext, written: PrintedText, place: int, sentence: str, named: Figure, other: Figure
) -> Violation:
    return written.violation(
        place,
        f"{quoted(sentence.lstrip(_MARKS))}とありますが、{name_with_table(context, named)}は "
        f"{value_text(context, named)}、{name_with_table(context, other)}は "
        f"{value_text(context, other)} です。",
        "表の数を確かめ、文か表を直してください。",
        actual=sentence[:30],
        related=sources_of_other_side(named, other),
    )


def _contradiction(
    context: CheckContext, written: PrintedText, sentence: str, time: StatedTime, found: re.Match[str]
) -> tuple[Figure, Figure] | None:
    """The figure of the month that a sentence names, and one that contradicts it; None without one."""
    wants_most = bool(found["most"] or found["top"])
    before, behind = sentence.split(found[0], 1)
    words = f"{without_times(before)}、{_BEHIND.sub('', without_times(behind))}"
    named = series_named(context, written, words, time.months)
    pairs = []
    for series, own in named:
        if series.is_running or time.months not in series.figures:
            continue
        extreme = (max if wants_most else min)(series.figures.values(), key=printed_number)
        if printed_number(extreme) == printed_number(own):
            return None
        pairs.append((own, extreme))
    return pairs[0] if pairs else None
