"""Amounts of money in sentences whose digits are those of a figure, and whose size is not (整合)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import name_with_table, unit_of, value_text
from kenpo_xl.checks.support.names.named_figures import figures_named
from kenpo_xl.checks.support.number_matching import (
    is_number_approximate,
    is_unit_of_another,
    sources_of_other_side,
)
from kenpo_xl.checks.support.sentences.mentions import IS_LIMIT, Mention, mentions_of_item
from kenpo_xl.checks.support.sentences.stated_times import TimeFit
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import decimal_text
from kenpo_xl.domain.results.figures import Figure

_YEN = {"円": 1, "千円": 10**3, "百万円": 10**6}
_FEWEST_DIGITS = 3
# How near a rough amount is to the figure that it is.
_FAR = (Decimal("0.3"), Decimal("3"))
_ABOUT = LazyPattern(r"(?:延べ)?(?:約|およそ|おおよそ|概ね|おおむね|ほぼ)$")
_OTHER = AnyOf("目標|計画|見込|予定|予算|うち|新規|差|平均|当たり|あたり|1件|1人|1回|月割")


@rule(
    "CO90",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の金額の桁か単位が、表と違います",
    why="表の 244,116 千円を「24億4,116千円」「2,441万円」と書くと、10 倍や 10 分の 1 の金額になります。",
    remedy="億、万、千円の位を表の単位で数え直し、文か表を直してください。",
    superseded_by=(
        rule_codes.NUMBER_IN_TEXT_DIFFERS,
        rule_codes.NUMBER_DIFFERS_FROM_FIGURE,
        "CO16",
        "CO62",
        "VA40",
    ),
)
def amount_is_of_another_size(context: CheckContext) -> Iterator[Violation]:
    """An amount that no figure of its item is, with the digits of one that is ten or more times another.

    Of three digits and more, zeros at the end not counted; of three the words name the figure. A rounded
    amount is the figure. A rough one (約7億5千万円) is three times or a third of what its words name.
    """
    for item_id, figures in context.computed_once(_amounts_by_item).items():
        for mention in mentions_of_item(context, item_id):
            figure = _figure_with_digits_in_other_size(context, mention, figures)
            if figure is not None:
                yield _violation_for_amount(context, mention, figure)


def _amounts_by_item(context: CheckContext) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = {}
    for figure in context.own_figures:
        if figure.printed_number and unit_of(context, figure) in _YEN:
            found.setdefault(figure.id.item, []).append(figure)
    return found


def _figure_with_digits_in_other_size(
    context: CheckContext, mention: Mention, figures: list[Figure]
) -> Figure | None:
    digits = _significant_digits(mention.number.text)
    if mention.number.unit not in _YEN:
        return None
    stated = mention.number.value * _YEN[mention.number.unit]
    if len(digits) < _FEWEST_DIGITS or is_number_approximate(mention.number, mention.written.text):
        return _named_figure_far_from_amount(context, mention, stated)
    if any(
        _is_stated_amount_rounding_of(stated, _figure_value_in_yen(context, figure)) for figure in figures
    ):
        return None
    alike = _figures_with_same_digits(context, mention, figures, digits)
    return alike[0] if alike else None


def _named_figure_far_from_amount(context: CheckContext, mention: Mention, stated: Decimal) -> Figure | None:
    """The first of the amounts that the words name, and nothing else, if a rough number is far from all."""
    words = _ABOUT.sub("", mention.words)
    is_of_another = is_unit_of_another(mention.number, mention.written.text) or mention.is_change
    if not words or is_of_another or _OTHER.is_in(words) or IS_LIMIT.match(mention.tail):
        return None
    named = [
        one.figure
        for one in figures_named(context, mention, words=words, unit="")
        if one.is_strict and one.fit is TimeFit.EXACT and unit_of(context, one.figure) in _YEN
    ]
    ratios = [stated / amount for one in named if (amount := _figure_value_in_yen(context, one))]
    return named[0] if ratios and not any(_FAR[0] < one < _FAR[1] for one in ratios) else None


def _figures_with_same_digits(
    context: CheckContext, mention: Mention, figures: list[Figure], digits: str
) -> list[Figure]:
    """The figures with the digits of a number; where they are few, those that its words name as well."""
    alike = [
        one
        for one in figures
        if _significant_digits(decimal_text(_figure_value_in_yen(context, one))) == digits
    ]
    if not alike or len(digits) != _FEWEST_DIGITS:
        return alike
    named = {id(one.figure) for one in figures_named(context, mention, unit="")}
    return [one for one in alike if id(one) in named]


def _significant_digits(text: str) -> str:
    """The digits of a number as written, whatever 億 and 万 are between, without zeros at either end."""
    return "".join(str(int(letter)) for letter in text if letter.isdecimal()).strip("0")


def _figure_value_in_yen(context: CheckContext, figure: Figure) -> Decimal:
    assert figure.printed_number is not None
    return figure.printed_number * _YEN[unit_of(context, figure)]


def _is_stated_amount_rounding_of(stated: Decimal, amount: Decimal) -> bool:
    """Whether an amount is another as rounded or cut off at the last digit that is stated."""
    exponent = stated.normalize().as_tuple().exponent
    last = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return abs(stated - amount) < last


def _violation_for_amount(context: CheckContext, mention: Mention, figure: Figure) -> Violation:
    number = mention.number.text.strip()
    place = f"（{figure.source.cell}）" if figure.source else ""
    return mention.written.violation(
        mention.number.start,
        f"文では「{number}」ですが、{name_with_table(context, figure)}{place}は "
        f"{value_text(context, figure)} です。桁か単位が違います。",
        "億、万、千円の位を数え直し、文か表を直してください。",
        actual=number,
        expected=value_text(context, figure),
        related=sources_of_other_side(figure),
    )
