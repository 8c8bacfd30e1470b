"""値: numbers with a digit too many or too few, or in another unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import name_of_figure, value_text
from kenpo_xl.checks.support.sizes.differences import CODES_OF_DIFFERENCES
from kenpo_xl.checks.support.sizes.odd_sizes import OddSize, odd_sizes
from kenpo_xl.checks.support.sizes.stated_reasons import has_stated_reason
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf

_AMOUNT = AnyOf("円")
_THOUSAND = 3


@rule(
    rule_codes.ODD_SIZE,
    Family.VALUES,
    Severity.WARNING,
    "前年やほかの月、前の報告と桁が違います",
    why="0 を一つ多く入れた数や、千円の欄に円で入れた数は、前年やほかの月と並べると分かります。",
    remedy="元の資料で桁を確かめ、違っていれば入れ直してください。",
    superseded_by=(
        "VA18",
        "VA29",
        rule_codes.IMPOSSIBLE_PERCENTAGE,
        rule_codes.PERCENT_OR_POINTS,
        rule_codes.RATE_FAR_FROM_USUAL,
        *CODES_OF_DIFFERENCES,
    ),
)
def number_of_odd_size(context: CheckContext) -> Iterator[Violation]:
    """A typed number 6 times what it is compared with, or a sixth, or farther off.

    Compared are last year's, other months of its row or column, earlier reports, and the target of its KPI,
    each for as many months, in counts of 100 or more and rates. Three or more must lie close together (median
    absolute deviation), and the number among them once its point is moved by one to three places. Where only
    one can be compared, the number is about 10, 100 or 1000 times that or such a part, and both are marked
    if nothing shows which is wrong. Not where last year's or an earlier report has the same size, nor (but
    for a thousandfold) where another number of the same months moved likewise, nor where a line of the item
    gives the number, or its month, with the reason.
    """
    for odd in odd_sizes(context):
        if not has_stated_reason(context, odd.cell.figure):
            yield _violation_for_odd_size(context, odd)


def _violation_for_odd_size(context: CheckContext, odd: OddSize) -> Violation:
    cell, source = odd.cell, odd.beside.figure.source if odd.beside.figure else None
    message = (
        f"{cell.name}の {cell.displayed_value()} は、{_text_on_compared_size(context, odd)} と桁が違います。"
    )
    if not odd.is_either or source is None:
        return cell.violation(message, _hint_on_unit(odd))
    hint = f"どちらが正しいか元の資料で桁を確かめ、違う方（ここか {source.cell}）を入れ直してください。"
    return replace(cell.violation(message, hint), related=(source,))


def _text_on_compared_size(context: CheckContext, odd: OddSize) -> str:
    """What the number is compared with, in words with its value."""
    figure, beside = odd.cell.figure, odd.beside
    if beside.figure is not None and beside.is_same_figure:
        name = name_of_figure(context, beside.figure, figure)
        is_scaled = beside.value != beside.figure.printed_number
        for_months = f"（同じ月数で {value_text(context, figure, beside.value)}）" if is_scaled else ""
        return f"{name}の {value_text(context, beside.figure)}{for_months}"
    usual = value_text(context, figure, odd.usual)
    if beside.is_target:
        return f"KPI の目標の {usual}"
    if beside.report is not None:
        return f"{beside.report.label}の報告の {usual}"
    return f"並びの {usual} など"


def _hint_on_unit(odd: OddSize) -> str:
    if abs(odd.power) == _THOUSAND and _AMOUNT.is_in(odd.cell.unit):
        return f"この欄の単位は「{odd.cell.unit}」です。円と千円を取り違えていれば、入れ直してください。"
    way = "多く" if odd.power > 0 else "少なく"
    return f"0 や数字を{way}入れていないか元の資料で確かめ、違っていれば入れ直してください。"
