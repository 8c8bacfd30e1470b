"""Changes of rates that are points and are written in percent: 87.9％から2.9％上昇し、90.8％ (整合)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import is_in_percent_points
from kenpo_xl.checks.support.names.named_figures import figures_named, figures_of_same_name
from kenpo_xl.checks.support.number_matching import decimal_places
from kenpo_xl.checks.support.sentences.mentions import Mention, mentions_of_item
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.numbers_in_text import FRACTION
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import HALF_UP, decimal_text, rounded
from kenpo_xl.domain.results.figures import Figure

_CHANGED = LazyPattern(r"(?:の|ほど)?(?:上昇|低下|増加|減少|上が|下が|改善|悪化|伸び|増|減|上回|下回|高|低)")


@rule(
    "CO94",
    Family.AGREEMENT,
    Severity.WARNING,
    "割合の差が、「ポイント」でなく「％」で書かれています",
    why="87.9％ が 90.8％ になったことを「2.9％上昇」と書くと、2.9 ％ 増えて 90.4％ になったとも読めます。",
    remedy="2 つの割合の差なら「ポイント」と書いてください。",
    superseded_by=("CO55", "CO65", "CO84"),
)
def difference_of_rates_is_in_percent(context: CheckContext) -> Iterator[Violation]:
    """A change in ％ that is the difference of two rates of its sentence, or of the rate that it names.

    The second is that of another time in the same table.
    """
    for item in context.own_items:
        mentions = [one for one in mentions_of_item(context, item.id) if one.number.unit == FRACTION]
        for mention in mentions:
            if _CHANGED.match(mention.tail) and _is_percent_difference_of_rates(context, mention, mentions):
                yield _violation_for_percent_points(mention)


def _other_numbers_of_sentence(mention: Mention, mentions: Sequence[Mention]) -> list[Decimal]:
    return [
        one.number.value
        for one in mentions
        if one.sentence_id == mention.sentence_id and one is not mention and one.number.value
    ]


def _is_percent_difference_of_rates(
    context: CheckContext, mention: Mention, mentions: Sequence[Mention]
) -> bool:
    beside = _other_numbers_of_sentence(mention, mentions)
    if any(_is_difference_of_rates(mention, *pair) for pair in combinations(beside, 2)):
        return True
    named = [one.figure for one in figures_named(context, mention) if one.is_strict]
    return any(
        _is_difference_of_rates(
            mention, _rate_as_fraction(context, figure), _rate_as_fraction(context, other)
        )
        for figure in named
        for other in figures_of_same_name(context, figure)
    )


def _rate_as_fraction(context: CheckContext, figure: Figure) -> Decimal:
    """The value of a figure in ％ as a fraction."""
    number = figure.printed_number or Decimal(0)
    return number / 100 if is_in_percent_points(context, figure) else number


def _is_difference_of_rates(mention: Mention, one: Decimal, other: Decimal) -> bool:
    """Whether two rates differ by a stated number, which is not the share by which one is changed."""
    places = decimal_places(mention.number.value)
    stated = abs(mention.number.value)
    difference = rounded(abs(one - other), places, HALF_UP)
    shares = {rounded(abs(one - other) / base, places, HALF_UP) for base in (one, other) if base}
    return bool(stated) and stated == difference and stated not in shares


def _violation_for_percent_points(mention: Mention) -> Violation:
    number = mention.number.text.strip()
    points = f"{decimal_text(mention.number.value * 100)}ポイント"
    return mention.written.violation(
        mention.number.start,
        f"「{number}」は、2 つの割合の差です。「{points}」と書かないと、割合で増減したとも読めます。",
        f"差のことなら「{points}」と書いてください。",
        actual=number,
        expected=points,
    )
