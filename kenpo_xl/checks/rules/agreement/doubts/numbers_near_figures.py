"""Numbers that a slip of the keys makes of a figure that their sentence names among other words (整合)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import ANY_OTHER, rule
from kenpo_xl.checks.support.figure_wording import is_in_percent_points, unit_of
from kenpo_xl.checks.support.names.axis_names import ENDING
from kenpo_xl.checks.support.names.loose_names import LooseFigures, figures_loosely_named
from kenpo_xl.checks.support.number_matching import (
    decimal_places,
    is_likely_slip,
    is_number_approximate,
    is_unit_of_another,
    is_unit_of_figure,
    is_written_in_digits,
    violation_for_different_number,
)
from kenpo_xl.checks.support.sentences.mentions import IS_LIMIT, Mention, is_mention_of_part, mentions_of_item
from kenpo_xl.checks.support.sentences.stated_times import TimeFit, TimeKind
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf, half_width
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import HALF_UP, rounded
from kenpo_xl.domain.results.figures import Figure

_YEN, _THOUSANDS = "円", {"千円": 1_000, "百万円": 1_000_000, "万円": 10_000}
_LEAST, _MOST_MEANT = 10, 4
_NEAR, _FAR = Decimal("0.12"), Decimal("0.35")
_POWERS = tuple(Decimal(10) ** power for power in (-3, -2, -1, 1, 2, 3))
_ISSUE = LazyPattern(r"(?<!\d)(?P<month>1[0-2]|[1-9])\s*月号", needs="号")
_BELOW = LazyPattern(r"[^、。]{0,6}(?:下回|割|切っ|届か)")
_NO_FIGURE = AnyOf(
    "から順に|目標|計画|見込|予定|定員|予算|うち|新規|新たな|の差|平均|当たり|あたり|につき|対象|残り|あと|全国|過去|昨年|前回|前月|前々|割合|比|倍"
)

_Pair = tuple[Figure, Decimal]


@rule(
    "CO115",
    Family.AGREEMENT,
    Severity.INFO,
    "文の数が、表の数を打ち間違えたもののようです",
    why="「1,273万部」の数が表では 127,300 部なら、桁を間違えています。",
    remedy="どの数のことか確かめ、文か表を直してください。別の数なら、何の数か分かるように書いてください。",
    superseded_by=(ANY_OTHER, "CO113", "CO114"),
)
def number_is_a_slip_of_a_figure(context: CheckContext) -> Iterator[Violation]:
    """A number that is no figure of its item, and that a slip or ten times makes of one that may be meant.

    Its sentence names the figure by parts of its headers, among other words. A rough number (約, 万) is
    more than a third away. Silent for parts, differences, shares and targets.
    """
    for item in context.own_items:
        for mention in mentions_of_item(context, item.id):
            figure = _doubtful_figure(context, mention) if _is_whole_value_with_unit(mention) else None
            if figure is not None:
                yield violation_for_different_number(context, mention.written, mention.number, figure)


def _is_whole_value_with_unit(mention: Mention) -> bool:
    number, text = mention.number, mention.written.text
    is_count = bool(number.unit) and abs(number.value) >= _LEAST and not is_unit_of_another(number, text)
    is_other = mention.is_change or is_mention_of_part(mention)
    return is_count and not is_other


def _sentence_up_to_comma_behind_number(mention: Mention) -> str:
    """The sentence up to the number, and the words behind it up to the next comma."""
    text = half_width(mention.written.text)
    end = mention.number.start + len(mention.number.text)
    behind = text[end : mention.sentence[1]]
    return text[mention.sentence[0] : mention.number.start] + behind.split("、")[0]


def _doubtful_figure(context: CheckContext, mention: Mention) -> Figure | None:
    """The figure that a number should be; None where it is a figure of the item, or not clear."""
    is_known = mention.number.value in context.computed_once(_values_by_item)[mention.written.item.id]
    is_limit = IS_LIMIT.match(mention.tail) is not None
    if is_known and not is_limit and not _is_long_number_of_months(mention):
        return None
    named = _named_figures(context, mention)
    pairs = _figures_and_values_at_time_of_number(context, named, mention)
    if (
        not pairs
        or len(pairs) > _MOST_MEANT
        or any(_is_number_equal_or_roughly_near(mention, value) for _, value in pairs)
    ):
        return None
    if is_limit:
        return _figure_beyond_limit(context, pairs, mention)
    if is_known:
        return _figure_of_another_time(context, named, pairs, mention)
    return next(
        (
            one
            for one, value in pairs
            if _is_number_likely_slip_of_value(mention, value, is_only=len(pairs) == 1)
        ),
        None,
    )


def _is_long_number_of_months(mention: Mention) -> bool:
    """Whether a number that few figures have is said to be of some months."""
    is_of_months = mention.time is not None and mention.time.kind is TimeKind.MONTHS
    return is_of_months and mention.has_long_number


def _named_figures(context: CheckContext, mention: Mention) -> list[Figure]:
    """The figures of any time that the words around a number name; none where they are of another thing."""
    words = _sentence_up_to_comma_behind_number(mention)
    groups = figures_loosely_named(context, mention.written.item.id, words)
    if _NO_FIGURE.is_in(_words_without_header_names(words, groups)):
        return []
    return [one for group in groups for one in group.figures]


def _figures_and_values_at_time_of_number(
    context: CheckContext, figures: Sequence[Figure], mention: Mention
) -> list[_Pair]:
    """The figures of the time of a number, with their values in its unit."""
    meant = [one for one in figures if _is_figure_of_time_of_number(context, one, mention)]
    return [(one, value) for one in meant if (value := _value_in_unit_of_number(context, one, mention))]


def _figure_beyond_limit(context: CheckContext, pairs: Sequence[_Pair], mention: Mention) -> Figure | None:
    """The figure of most months, where a number is no limit that it is beyond."""
    wholes = _pairs_with_most_months(context, pairs)
    return wholes[0][0] if all(_is_beyond_limit(mention, value) for _, value in wholes) else None


def _figure_of_another_time(
    context: CheckContext, named: Sequence[Figure], pairs: Sequence[_Pair], mention: Mention
) -> Figure | None:
    """The only figure of the time of a number, where all that have the number are of other times."""
    is_clear = len(pairs) == 1 and all(
        one in named for one in _figures_of_item_equal_to_number(context, mention)
    )
    return pairs[0][0] if is_clear else None


def _words_without_header_names(words: str, groups: Sequence[LooseFigures]) -> str:
    """Words without those of headers: 対象者数 and 計画 may be what a table holds."""
    for name in (name for group in groups for name in (*group.names, group.figures[0].id.table)):
        words = words.replace(ENDING.sub("", name), "")
    return words


def _values_by_item(context: CheckContext) -> dict[str, set[Decimal]]:
    """The numbers of each item's figures, of rates also as fractions: those of most sentences.

    Of an overwritten figure also the computed one, and those of thousands as written in full.
    """
    found: dict[str, set[Decimal]] = {item.id: set() for item in context.own_items}
    for figure in context.own_figures:
        scale = _THOUSANDS.get(unit_of(context, figure), 1) if figure.overwritten else 1
        for number in (figure.printed_number, figure.computed):
            if number is not None:
                found[figure.id.item] |= {number, number / 100, number * scale}
    return found


def _figures_of_item_equal_to_number(context: CheckContext, mention: Mention) -> list[Figure]:
    """The figures of the item that have exactly the number, whatever they are called."""
    return [
        one
        for one in context.own_figures
        if one.id.item == mention.written.item.id
        and (value := _value_in_unit_of_number(context, one, mention))
        and _is_value_rounded_as_number(mention.number.value, value)
    ]


def _is_value_rounded_as_number(number: Decimal, value: Decimal) -> bool:
    return number == rounded(value, decimal_places(number), HALF_UP)


def _pairs_with_most_months(context: CheckContext, pairs: Sequence[_Pair]) -> list[_Pair]:
    """The figures of the most months, with their values: the total where there is one."""
    lengths = [_month_count(context, figure) for figure, _ in pairs]
    return [pair for pair, length in zip(pairs, lengths, strict=True) if length == max(lengths)]


def _month_count(context: CheckContext, figure: Figure) -> int:
    span = context.figures.span_of_figure(figure.id)
    return (span.last.year - span.first.year) * 12 + span.last.number - span.first.number


def _is_beyond_limit(mention: Mention, value: Decimal) -> bool:
    """Whether a number that is said to be exceeded, or not reached, is near a value on its other side."""
    number, is_below = mention.number.value, _BELOW.match(mention.tail) is not None
    is_contrary = value > number if is_below else value < number
    return is_contrary and number / 2 < value < number * 2


def _value_in_unit_of_number(context: CheckContext, figure: Figure, mention: Mention) -> Decimal | None:
    """The number of a figure in the unit of a number of a sentence, None where the units differ."""
    value, unit = figure.printed_number, mention.number.unit
    if value is None:
        return None
    held = unit_of(context, figure)
    if unit == _YEN and held in _THOUSANDS:
        return value * _THOUSANDS[held]
    if not held or not is_unit_of_figure(context, figure, unit):
        return None
    return value / 100 if is_in_percent_points(context, figure) else value


def _is_figure_of_time_of_number(context: CheckContext, figure: Figure, mention: Mention) -> bool:
    span, year = context.figures.span_of_figure(figure.id), context.plan.fiscal_year
    before = half_width(mention.written.text[mention.sentence[0] : mention.number.start])
    issue = next(iter(reversed(list(_ISSUE.finditer(before)))), None)
    if issue:
        return (
            year.contains(span.last) and (span.first.number, span.last.number) == (int(issue["month"]),) * 2
        )
    return year.contains(span.last) if mention.time is None else mention.time.fit(span, year) is TimeFit.EXACT


def _is_number_equal_or_roughly_near(mention: Mention, value: Decimal) -> bool:
    """Whether a number is a value as written, or near it where it is rough."""
    number = mention.number.value
    if IS_LIMIT.match(mention.tail):
        return False
    return _is_value_rounded_as_number(number, value) or (
        _is_number_rough(mention) and abs(number - value) <= _NEAR * abs(value)
    )


def _is_number_rough(mention: Mention) -> bool:
    number = mention.number
    return (
        is_number_approximate(number, mention.written.text)
        or not is_written_in_digits(number)
        or number.unit == _YEN
    )


def _is_number_likely_slip_of_value(mention: Mention, value: Decimal, *, is_only: bool) -> bool:
    number = mention.number.value
    if not value:
        return False
    if any(abs(number - value * power) <= _NEAR / 4 * abs(value * power) for power in _POWERS):
        return True
    if _is_number_rough(mention):
        return (is_only and abs(number - value) > _FAR * abs(value)) or _has_first_two_digits_swapped(
            number, value
        )
    return is_likely_slip(number, rounded(value, decimal_places(number), HALF_UP), digit_counts=is_only)


def _has_first_two_digits_swapped(number: Decimal, value: Decimal) -> bool:
    """Whether the first two digits of a rough number are those of a value, swapped: 3万4千 of 43,089."""
    one, other = (str(int(abs(found)))[:2] for found in (number, value))
    return len(str(int(abs(number)))) == len(str(int(abs(value)))) and one != other and one == other[::-1]
