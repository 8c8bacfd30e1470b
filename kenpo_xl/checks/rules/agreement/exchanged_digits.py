"""Numbers of sentences that have the digits of their figure in another order: 18,990 and 18,909 (整合)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import name_with_table, value_text
from kenpo_xl.checks.support.number_matching import (
    figure_agrees,
    is_stated_exactly,
    is_unit_of_figure,
    sources_of_other_side,
)
from kenpo_xl.checks.support.sentences.mentions import Mention, mentions_of_item
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.language.numbers_in_text import TextNumber
from kenpo_xl.domain.numbers.exact import HALF_UP, decimal_text, rounded
from kenpo_xl.domain.results.figures import Figure

_FEWEST, _FEWEST_IN_REASON = 4, 3
_NAME = 2
"""Letters in a row that the words before a number share with the name of its figure."""


@rule(
    "CO73",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の数の数字の順が、表の数と違います",
    why="「18,909件」を「18,990件」と打つ誤りは、読み返しても気付きにくく、どちらが正しいのか読み手に分かりません。",
    remedy="元の資料を確かめ、文か表を直してください。",
    superseded_by=(
        rule_codes.NUMBER_IN_TEXT_DIFFERS,
        rule_codes.NUMBER_DIFFERS_FROM_FIGURE,
        "CO14",
        "CO18",
        "CO72",
    ),
)
def digits_are_exchanged(context: CheckContext) -> Iterator[Violation]:
    """A number of four digits and more is no figure of its item, but one of them has the same digits.

    Two digits have changed places, the unit is the same, and the words before the number are in the name of
    the figure. Another sentence may say the figure rightly. In a reason beside a rating three digits are
    enough, and the words may be others.
    """
    figures = context.computed_once(_figures_by_digits)
    for item in {one.id.item: None for one in context.own_figures}:
        for mention in mentions_of_item(context, item) if item in figures else ():
            for figure in figures[item].get(_sorted_digits(mention.number.value), ()):
                if _is_figure_with_two_digits_exchanged(context, mention, figure):
                    yield _violation_for_exchanged_digits(context, mention, figure)
                    break


def _sorted_digits(value: object) -> str:
    """The digits of a number, sorted; '' for one that is too short."""
    digits = "".join(sorted(filter(str.isdecimal, f"{value:f}")))
    return digits if len(digits) >= _FEWEST_IN_REASON else ""


def _figures_by_digits(context: CheckContext) -> dict[str, dict[str, list[Figure]]]:
    found: dict[str, dict[str, list[Figure]]] = {}
    for figure in context.own_figures:
        digits = _sorted_digits(_displayed_number(figure))
        if digits:
            found.setdefault(figure.id.item, {}).setdefault(digits, []).append(figure)
    return found


def _displayed_number(figure: Figure) -> Decimal:
    """The number of a figure as it is displayed, of a rate its fraction; 0 without one."""
    places = figure.cell.format.decimals + (2 if figure.cell.format.is_percent else 0)
    return rounded(figure.printed_number or Decimal(0), places, HALF_UP)


def _has_number_enough_digits(mention: Mention) -> bool:
    """Whether a number has digits enough for an exchange to be sure: fewer in a reason, of few figures."""
    return bool(mention.written.reason_for) or len(_sorted_digits(mention.number.value)) >= _FEWEST


def _is_figure_with_two_digits_exchanged(context: CheckContext, mention: Mention, figure: Figure) -> bool:
    number, value = mention.number, _displayed_number(figure)
    if not (
        number.unit and _has_number_enough_digits(mention) and is_unit_of_figure(context, figure, number.unit)
    ):
        return False
    pairs = zip(decimal_text(number.value), decimal_text(value), strict=False)
    is_swap = number.value != value and sum(one != other for one, other in pairs) == len("ab")
    return bool(
        is_swap
        and is_stated_exactly(number, mention.written.text)
        and (mention.written.reason_for or _share_words_of_name(context, mention, figure))
        and not _is_figure_of_item(context, figure.id.item, number)
    )


def _is_figure_of_item(context: CheckContext, item: str, number: TextNumber) -> bool:
    return any(figure_agrees(context, one, number) for one in context.own_figures if one.id.item == item)


def _share_words_of_name(context: CheckContext, mention: Mention, figure: Figure) -> bool:
    name = normalized(name_with_table(context, figure))
    words = mention.words
    return any(words[at : at + _NAME] in name for at in range(len(words) - _NAME + 1))


def _violation_for_exchanged_digits(context: CheckContext, mention: Mention, figure: Figure) -> Violation:
    number = mention.number
    return mention.written.violation(
        number.start,
        f"文では「{number.text.strip()}」ですが、{name_with_table(context, figure)}は "
        f"{value_text(context, figure)} です。数字の順が違います。",
        "元の資料を確かめ、文か表を直してください。",
        actual=number.text.strip(),
        expected=value_text(context, figure),
        related=sources_of_other_side(figure),
    )
