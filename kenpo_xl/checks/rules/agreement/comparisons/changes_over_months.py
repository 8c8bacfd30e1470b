"""By how much a figure changed from one month to another, as sentences state it, against the table (整合)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import is_in_percent_points, name_with_table, unit_of, value_text
from kenpo_xl.checks.support.number_matching import decimal_places, is_unit_of_figure, sources_of_other_side
from kenpo_xl.checks.support.printed_text import PrintedText, lines_and_reasons, quoted, sentences_with_start
from kenpo_xl.checks.support.sentences.series import printed_number, series_named
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.letters import LINE_MARKS
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.results.figures import Figure

_MONTH = r"(?:1[0-2]|[1-9])"
# 回収率は、10月から11月にかけて1.92ポイント上昇した
_CHANGE = LazyPattern(
    rf"^(?P<name>[^。\d]{{2,40}}?)(?:は|が|も)、?\s*(?P<first>{_MONTH})\s*月(?:末)?(?:から|と比べ(?:て)?)、?"
    rf"(?P<last>{_MONTH})\s*月(?:末)?(?:にかけて|には?|までに)、?\s*(?P<digits>\d[\d,]*(?:\.\d+)?)\s*"
    r"(?P<unit>ポイント|[^\s\d、。をがはにで]{1,4}?)\s*(?:の)?(?:(?P<up>増|上昇|伸び|上がっ)|(?P<down>減|低下|下がっ|落ち))",
    needs="月",
)
_OTHER = AnyOf("目標|計画|見込|予定|前年|昨年|全国|平均|累計")


@rule(
    "CO109",
    Family.AGREEMENT,
    Severity.WARNING,
    "ある月から別の月までの増減が、表の 2 つの数と合いません",
    why="「10月から11月にかけて1.92ポイント上昇した」と書けば、読み手は表の 2 つの月を引き算します。",
    remedy="表の 2 つの月の数と、文の差のどれが正しいか確かめて直してください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, rule_codes.NUMBER_DIFFERS_FROM_FIGURE, "CO61", "CO103"),
)
def change_over_months_differs(context: CheckContext) -> Iterator[Violation]:
    """10月から11月にかけて1.92ポイント上昇 of a figure whose months differ by another number.

    Or in the other direction. The words before the months name the figure and nothing else; 約 is silent.
    """
    for written in lines_and_reasons(context):
        plain = half_width(written.text)
        for sentence, start in sentences_with_start(plain) if "月" in plain else ():
            bare = sentence.lstrip(LINE_MARKS)
            found = None if _OTHER.is_in(sentence) else _CHANGE.match(bare)
            pair = _months_compared(context, written, found) if found else None
            if found and pair and not _is_change(context, found, *pair):
                yield _violation_for_months(context, written, start, bare, *pair)


def _months_compared(
    context: CheckContext, written: PrintedText, found: re.Match[str]
) -> tuple[Figure, Figure] | None:
    """The figures of the first and the last month of the only series that words name, None without both."""
    named = {id(series): series for series, _ in series_named(context, written, found["name"], None)}
    if len(named) != 1:
        return None
    (series,) = named.values()
    by_last = {months[1]: one for months, one in series.figures.items()}
    pair = by_last.get(int(found["first"])), by_last.get(int(found["last"]))
    return (pair[0], pair[1]) if pair[0] and pair[1] else None


def _is_change(context: CheckContext, found: re.Match[str], first: Figure, last: Figure) -> bool:
    """Whether two figures differ so, or the unit is of something else."""
    is_rate = unit_of(context, last) in ("％", "%")
    fits = found["unit"] == "ポイント" if is_rate else is_unit_of_figure(context, last, found["unit"])
    if not fits:
        return True
    amount = Decimal(found["digits"].replace(",", ""))
    change = printed_number(last) - printed_number(first)
    if is_rate and not is_in_percent_points(context, last):
        change *= 100
    allowed = Decimal(1).scaleb(-decimal_places(amount)) if is_rate else Decimal(0)
    return abs(change - (amount if found["up"] else -amount)) <= allowed


def _violation_for_months(
    context: CheckContext, written: PrintedText, start: int, sentence: str, first: Figure, last: Figure
) -> Violation:
    return written.violation(
        start,
        f"{quoted(sentence)}とありますが、{name_with_table(context, first)}は {value_text(context, first)}、"
        f"{name_with_table(context, last)}は {value_text(context, last)} です。",
        "表の 2 つの月の数を確かめ、文か表を直してください。",
        actual=sentence[:30],
        related=sources_of_other_side(first, last),
    )
