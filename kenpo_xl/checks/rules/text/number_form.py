"""The form of numbers in sentences: commas and points at the wrong digit (値), and units of other things.

What searches a text is imported for the first text that no earlier check has searched.
"""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.printed_text import (
    PrintedText,
    all_printed_texts,
    found_in_each,
    quoted_with_neighbors,
    sentence_at,
)
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.text_span import SpanAndWord, TextSpan

_COUNTED = r"\s*(?:件|人|名|部|通|社|枚|冊|事業[所者]|機関|[かカヶケヵ箇]所|回|世帯|団体|市町村|千?円)"
_GROUPS = r"\d{1,3}(?:,\d{3})*"
_COMMA = LazyPattern(
    rf"(?<![\d,.])(?P<number>\d+,,+\d+|\d{{4,}}(?:,\d{{3}})+|\d{{1,3}}(?:,\d{{3}})+,\d{{1,2}}|\d{{3}},\d{{1,2}}"
    r"|\d{1,2},\d{2}(?=\s*[件人名部通社円枚冊千])"
    rf"|\d{{1,3}}(?:,\d{{3}})+,|{_GROUPS},\d{{4,}}|{_GROUPS}、0\d\d|{_GROUPS},[ \u3000]\d{{3}}"
    r"|\d{1,3}(?:,\d{1,3})*,\d{1,2}(?:,\d{1,3})+(?!\s*回)|\d{1,3}\.\d{3},\d{3})(?![\d,.])"
    rf"{_COUNTED}",
    contains=r"\d[,、.]",
)
_POINT = LazyPattern(rf"(?<![\d,.])(?P<number>\d{{1,3}}\.\d{{3}})(?![\d,.]){_COUNTED}", contains=r"\d\.\d{3}")
# A number that begins with 0, has two points, or has digits of both widths.
_ODD = LazyPattern(
    rf"(?<![\d.,/:\-])(?P<number>0\d[\d,]*){_COUNTED}"
    r"|(?<![\d.,/:\-A-Za-z])(?P<points>\d+\.\d+\.\d+)\s*(?:[%％]|ポイント|倍|人|件|千?円)",
    contains=r"\d",
)
_BOTH_WIDTHS = LazyPattern(r"[0-9][０-９]|[０-９][0-9]", needs="０１２３４５６７８９")
_AVERAGE = AnyOf("平均|当たり|あたり|毎に|ごと|率|倍|単価|換算")


@rule(
    "VA40",
    Family.VALUES,
    Severity.WARNING,
    "文の数の書き方が違います（コンマ、小数点、先頭の 0、全角と半角）",
    why="「609,91件」「18.909件」のような数は、桁を読み違えられます。",
    remedy="元の資料で桁を確かめ、3 桁ごとにコンマを入れてください。",
)
def comma_is_at_wrong_digit(context: CheckContext) -> Iterator[Violation]:
    """609,91件, 1234,567件, 12,3456人, 2,,415人 and, where nothing is an average, 18.909件; once a text.

    Also 13,7,98件, 2,415,人, 0123件, 12.3.4％, and digits of both widths in one number (1２3件).
    """
    for written in all_printed_texts(context):
        plain = half_width(written.text)
        found = _COMMA.search(plain) or _POINT.search(plain)
        if found and not ("." in found["number"] and _AVERAGE.is_in(sentence_at(plain, found.start()))):
            yield _violation_at_span(written, found.span(), "コンマか小数点の位置が違います")
            continue
        if odd := _ODD.search(plain):
            yield _violation_at_span(written, odd.span(), "数の書き方が違います")
        elif mixed := _BOTH_WIDTHS.search(written.text):
            yield _violation_at_span(written, mixed.span(), "数に全角と半角が混ざっています")


@rule(
    "WO83",
    Family.WORDING,
    Severity.WARNING,
    "数の単位が、数えたものと合いません",
    why="「42件が参加した」「チラシを860人配布した」のような数は、何を数えたのか読み手に分かりません。",
    remedy="人、件、部などの正しい単位に直してください。",
    superseded_by=("CO16", "VA40", "WO19", "WO20"),
)
def unit_counts_something_else(context: CheckContext) -> Iterator[Violation]:
    """件 that attend, 人 that are handed out, and 円 or 歳 of places or persons; once a text."""
    for written, units in found_in_each(context, _wrong_units):
        for start, end, unit in units[:1]:
            quote = quoted_with_neighbors(written.text, start, end)
            yield written.violation(
                start,
                f"{quote}の「{unit}」は、数えたものと合いません。",
                "数えたものの単位（人、件、部など）に直してください。",
                actual=unit,
            )


def _wrong_units(text: str) -> Iterator[SpanAndWord]:
    from kenpo_xl.domain.language.form.wrong_units import wrong_units

    yield from wrong_units(text)


def _violation_at_span(written: PrintedText, span: TextSpan, fact: str) -> Violation:
    return written.violation(
        span[0],
        f"{quoted_with_neighbors(written.text, *span)}は、{fact}。",
        "元の資料で桁を確かめて直してください。",
        actual=written.text[slice(*span)].strip(),
    )
