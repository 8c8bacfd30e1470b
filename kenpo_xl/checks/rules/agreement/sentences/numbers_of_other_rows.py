"""Numbers that a sentence gives to one row or column and that the table has in another (整合)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import name_of_figure, name_with_table, unit_of, value_text
from kenpo_xl.checks.support.names.named_figures import figures_named, names_of_figure
from kenpo_xl.checks.support.number_matching import (
    figures_with_number,
    is_exact_value_of_figure,
    is_unit_of_figure,
    sources_of_other_side,
)
from kenpo_xl.checks.support.printed_text import sentence_at
from kenpo_xl.checks.support.sentences.mentions import (
    Mention,
    is_mention_comparable,
    is_mention_of_part,
    mentions_of_item,
)
from kenpo_xl.checks.support.sentences.stated_times import TimeKind
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf, normalized
from kenpo_xl.domain.language.numbers_in_text import FRACTION
from kenpo_xl.domain.results.figures import Figure

_OTHER = AnyOf("目標|計画|見込|予定|定員|予算|うち|新規|新たな|差|全国|平均|合わせ|ほか|除")
_RATIOS = (FRACTION, "倍")


@rule(
    "CO83",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の数が、表の別の欄の数です",
    why="「医療機関は2,415人」の数が隣の「専門機関」の数なら、取り違えたまま報告することになります。",
    remedy="どの欄の数か確かめ、文の数か言葉を直してください。",
    superseded_by=(
        rule_codes.NUMBER_IN_TEXT_DIFFERS,
        rule_codes.NUMBER_DIFFERS_FROM_FIGURE,
        "CO16",
        "CO18",
        "CO84",
        "CO79",
    ),
)
def number_is_of_another_row(context: CheckContext) -> Iterator[Violation]:
    """A number of three digits and more is that of another row or column than the one its words name.

    They name nothing else, and the sentence does not name the other one. Or two numbers in a row have each
    the place of the other (弁護士57件、再加入396件). Silent for 目標, うち, 合わせて and
    other times, and where any figure that may be meant has the number.
    """
    for item in context.own_items:
        mentions = mentions_of_item(context, item.id)
        for pair in pairwise(mentions):
            exchanged = (
                _figures_of_exchanged_numbers(context, *pair)
                if _are_numbers_comparable_for_exchange(*pair)
                else None
            )
            if exchanged is not None:
                yield _violation_for_number_of_other_row(context, pair[0], *exchanged)
        for mention in mentions:
            found = (
                _named_figure_and_figure_with_number(context, mention)
                if _has_number_enough_digits(mention)
                else None
            )
            if found is not None:
                yield _violation_for_number_of_other_row(context, mention, *found)


def _are_numbers_comparable_for_exchange(one: Mention, other: Mention) -> bool:
    """Whether two numbers of one sentence and unit are each behind words of their own."""
    is_pair = one.sentence_id == other.sentence_id and one.number.unit == other.number.unit
    return is_pair and one.number.value != other.number.value and not (other.is_bare or not one.number.unit)


def _figures_of_exchanged_numbers(
    context: CheckContext, one: Mention, other: Mention
) -> tuple[Figure, Figure] | None:
    """The figures of one table that two numbers are said to be, where each number is that of the other."""
    first, second = (_figures_named_strictly(context, mention) for mention in (one, other))
    values = one.number.value, other.number.value
    if any(is_exact_value_of_figure(context, figure, values[0]) for figure in first):
        return None
    for figure in first:
        for beside in second:
            is_beside = figure.id[:2] == beside.id[:2] and figure is not beside
            spans = {context.figures.span_of_figure(each.id) for each in (figure, beside)}
            is_swapped = is_beside and len(spans) == 1
            if is_swapped and (beside.printed_number, figure.printed_number) == values:
                return figure, beside
    return None


def _figures_named_strictly(context: CheckContext, mention: Mention) -> list[Figure]:
    return [one.figure for one in figures_named(context, mention) if one.is_strict]


def _has_number_enough_digits(mention: Mention) -> bool:
    time = mention.time
    is_now = time is None or time.kind is not TimeKind.OTHER
    return (
        mention.has_long_number
        and is_now
        and is_mention_comparable(mention)
        and not (is_mention_of_part(mention) or _OTHER.is_in(mention.words))
    )


def _named_figure_and_figure_with_number(
    context: CheckContext, mention: Mention
) -> tuple[Figure, Figure] | None:
    """The figure that a number is said to be and the one that it is; None where that is not sure."""
    named = figures_named(context, mention, unit="")
    figures = [one.figure for one in named if one.is_strict]
    if not figures or any(is_exact_value_of_figure(context, one, mention.number.value) for one in figures):
        return None
    figure = figures[-1]
    if _is_ratio_to_last_year(context, mention, figure):
        return None
    other = _only_other_figure_with_number(context, mention, figure)
    if other is None or _is_counted_as_other(context, mention, figure, other):
        return None
    return figure, other


def _only_other_figure_with_number(context: CheckContext, mention: Mention, figure: Figure) -> Figure | None:
    """The first figure that has a number, None where the sentence may mean one of them."""
    sentence = normalized(sentence_at(mention.written.text, mention.number.start))
    others = [
        one
        for one in figures_with_number(context, mention.written)
        if is_exact_value_of_figure(context, one, mention.number.value)
    ]
    is_called = any(_is_other_figure_called(context, one, figure, sentence) for one in others)
    return others[0] if others and not is_called else None


def _is_ratio_to_last_year(context: CheckContext, mention: Mention, figure: Figure) -> bool:
    """Whether a number compares a figure with that of last year: 照会件数は前年同期の 78.7％."""
    is_of_last_year = mention.time is not None and mention.time.kind.is_last_year
    return is_of_last_year and mention.number.unit in _RATIOS and unit_of(context, figure) != "％"


def _is_counted_as_other(context: CheckContext, mention: Mention, figure: Figure, other: Figure) -> bool:
    """Whether a number has the other figure's unit, and words only a part of this name (審査は127回)."""
    if any(name in mention.words for name in names_of_figure(context, figure)):
        return False
    unit = mention.number.unit
    return is_unit_of_figure(context, other, unit) and not is_unit_of_figure(context, figure, unit)


def _is_other_figure_called(context: CheckContext, other: Figure, figure: Figure, sentence: str) -> bool:
    """Whether a figure is of another table, or a sentence has the names that only it has."""
    if other.id[:2] != figure.id[:2]:
        return True
    names = set(names_of_figure(context, other)) - set(names_of_figure(context, figure))
    return not names or any(name in sentence for name in names)


def _violation_for_number_of_other_row(
    context: CheckContext, mention: Mention, figure: Figure, other: Figure
) -> Violation:
    number = mention.number.text.strip()
    return mention.written.violation(
        mention.number.start,
        f"文では「{number}」ですが、{name_with_table(context, figure)}は {value_text(context, figure)} です。"
        f"「{number}」は{name_of_figure(context, other, figure)}の数です。",
        "どの欄の数か確かめ、文の数か言葉を直してください。",
        actual=number,
        related=sources_of_other_side(figure),
    )
