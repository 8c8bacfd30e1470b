"""Figures that are printed in sentences only, where no sentence contains their number (整合)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import name_with_table, unit_of, value_text
from kenpo_xl.checks.support.number_matching import (
    figure_agrees,
    is_exact_value_of_figure,
    is_unit_of_figure,
    sources_of_other_side,
)
from kenpo_xl.checks.support.sentences.mentions import IS_LIMIT
from kenpo_xl.checks.support.sentences.numbered_sentences import NumberedSentence, numbered_sentences
from kenpo_xl.checks.support.sentences.stated_times import stated_times_in
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf, normalized
from kenpo_xl.domain.language.numbers_in_text import FRACTION, TextNumber
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.table import CellKind, Printing
from kenpo_xl.domain.results.figures import Figure

_ENDING = LazyPattern(r"(?:件数|者数|人数|回数|部数|通数|社数|数|率|割合)$")
_OTHER_TIME = AnyOf("前年|昨年|前回|目標|計画|予定|見込|うち|参考|約|平均|当たり|累計|延べ")
_SHORTEST = 3


@rule(
    "CO72",
    Family.AGREEMENT,
    Severity.WARNING,
    "文に載るはずの数が、どの文の数とも違います",
    why="「文中の数値」のような印字しない表の数は、文にだけ載ります。文の数が違うと、どちらが正しいのか分かりません。",
    remedy="元の資料を確かめ、文か表（文中の数値）を直してください。",
    superseded_by=(
        rule_codes.NUMBER_IN_TEXT_DIFFERS,
        rule_codes.NUMBER_DIFFERS_FROM_FIGURE,
        "CO05",
        "CO16",
        "CO18",
        "CO46",
        "CO62",
    ),
)
def figure_is_in_no_sentence(context: CheckContext) -> Iterator[Violation]:
    """A typed figure of a table that is not printed, which no sentence of its item contains.

    One sentence alone has all words of its name, beside a single number of its unit that is no figure of
    the item; or its number has another unit there. Numbers before the name count too (137件の問い合わせ).
    """
    figures = [one for one in context.own_figures if _is_printed_in_text(context, one)]
    sentences = numbered_sentences(context) if figures else ()
    for figure in figures:
        here = [one for one in sentences if one.written.item.id == figure.id.item]
        if not any(figure_agrees(context, figure, number) for one in here for number in one.numbers):
            yield from _violations_of_figure(context, figure, here)


def _violations_of_figure(
    context: CheckContext, figure: Figure, sentences: Sequence[NumberedSentence]
) -> Iterator[Violation]:
    """A violation where one sentence alone names a figure that no sentence has."""
    named = [one for one in sentences if _names_figure(one, figure)]
    meant = _number_meant(context, figure, named[0]) if len(named) == 1 else None
    if meant is not None:
        yield _violation_for_unprinted_figure(context, figure, named[0], meant)


def _is_printed_in_text(context: CheckContext, figure: Figure) -> bool:
    """Whether a figure is a typed number of this year in a table that is not printed."""
    table = context.figures.tables[figure.id.item, figure.id.table].table
    is_typed = figure.cell.kind is CellKind.TYPED and figure.printed_number is not None
    if table.printing is not Printing.NONE or not is_typed or figure.entity:
        return False
    return context.figures.year_of_figure(figure.id) == context.plan.fiscal_year


def _names_figure(sentence: NumberedSentence, figure: Figure) -> bool:
    """Whether a sentence has every word of the name of a figure, and names no other time."""
    pieces = _ENDING.sub("", normalized(figure.id.row)).split("の")
    if not all(pieces) or len("".join(pieces)) < _SHORTEST or _OTHER_TIME.is_in(sentence.text):
        return False
    words = normalized(sentence.text)
    return all(piece in words for piece in pieces)


def _free_numbers(context: CheckContext, figure: Figure, sentence: NumberedSentence) -> list[TextNumber]:
    """The numbers of a sentence that are no limit and of no other figure."""
    return [
        one
        for one in sentence.numbers
        if not _is_of_another_figure(context, figure, one) and not IS_LIMIT.match(sentence.behind(one))
    ]


def _number_meant(context: CheckContext, figure: Figure, sentence: NumberedSentence) -> TextNumber | None:
    """The number of a sentence that is meant for a figure, None where that is not sure."""
    free = _free_numbers(context, figure, sentence)
    same_unit = [one for one in free if is_unit_of_figure(context, figure, one.unit)]
    alike = same_unit or [one for one in free if _has_value_of_figure(context, figure, one)]
    return (
        alike[0]
        if len(alike) == 1 and len(stated_times_in(sentence.text, context.plan.fiscal_year)) <= 1
        else None
    )


def _has_value_of_figure(context: CheckContext, figure: Figure, number: TextNumber) -> bool:
    return number.unit not in ("", FRACTION) and is_exact_value_of_figure(context, figure, number.value)


def _is_of_another_figure(context: CheckContext, figure: Figure, number: TextNumber) -> bool:
    return any(
        figure_agrees(context, other, number)
        for other in context.own_figures
        if other.id.item == figure.id.item and other is not figure
    )


def _violation_for_unprinted_figure(
    context: CheckContext, figure: Figure, sentence: NumberedSentence, number: TextNumber
) -> Violation:
    is_unit = is_exact_value_of_figure(context, figure, number.value)
    advice = "単位" if is_unit else "数"
    return sentence.written.violation(
        number.start,
        f"文では「{number.text.strip()}」ですが、{name_with_table(context, figure)}は "
        f"{value_text(context, figure)} です。",
        f"元の資料を確かめ、文か表の{advice}を直してください。",
        actual=number.text.strip(),
        expected=unit_of(context, figure) if is_unit else value_text(context, figure),
        related=sources_of_other_side(figure),
    )
