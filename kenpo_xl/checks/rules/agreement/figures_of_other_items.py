"""Numbers of sentences that are figures of another item, with another value (整合)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.rules.agreement.text_units import may_replace_unit
from kenpo_xl.checks.support.figure_wording import name_with_table, value_text
from kenpo_xl.checks.support.names.figure_names import FigureName, figure_names_by_unit
from kenpo_xl.checks.support.number_matching import (
    figure_agrees,
    figures_with_number,
    is_exact_value_of_figure,
    is_slip_of_figure,
    sources_of_other_side,
)
from kenpo_xl.checks.support.sentences.mentions import (
    Mention,
    is_mention_comparable,
    mentions_of_item,
    words_without_neutral_ones,
)
from kenpo_xl.checks.support.sentences.stated_times import TimeFit
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import AnyOf
from kenpo_xl.domain.language.numbers_in_text import normalized_unit, numbers_in
from kenpo_xl.domain.lazy_patterns import LazyPattern

_OTHER = AnyOf("目標|計画|見込|予定|全国|全支部|他支部|平均|前年|昨年|前回|うち|新規|予算|定員")
_BEGINNING = LazyPattern(r"^(?:また|なお|ちなみに|あわせて|併せて|加えて|本部|当支部|現在の?|、|\(|（|・)*")
_SHARED = 5
_SLIP_DIGITS = 4
# So many digits are those of another number by chance hardly ever: a shorter word is enough.
_LONG_DIGITS, _SHARED_BY_LONG = 5, 4


@rule(
    "CO59",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の数が、別の項の同じ名前の数と違います",
    why="同じ数が 2 つの項に載ります。違うと、どちらが正しいのか読み手に分かりません。",
    remedy="元の資料を確かめ、違う方を直してください。別の数なら、何の数か分かるように書いてください。",
    across=True,
    superseded_by=(
        rule_codes.NUMBER_IN_TEXT_DIFFERS,
        rule_codes.NUMBER_DIFFERS_FROM_FIGURE,
        "CO16",
        "CO17",
        "CO18",
        "VA40",
    ),
)
def number_differs_from_another_item(context: CheckContext) -> Iterator[Violation]:
    """A number called by the name of a figure of another item, and by nothing else, is not that figure.

    Or it has four digits and more, a slip of the keys makes it of the figure, and both share a word of five
    letters, of four where it has five digits. The month and the unit fit (事業所 and 社 are one). Silent
    where a figure or the plan of the own item has the number, and for names that many items have (参加者数).
    """
    for item in context.own_items:
        for mention in mentions_of_item(context, item.id):
            found = (
                _figure_of_other_item_named_wrongly(context, mention)
                if _may_be_figure_of_other_item(mention)
                else None
            )
            if found is not None and not _is_number_in_plan_or_figures_of_item(context, mention):
                yield _violation_for_figure_of_other_item(context, mention, found)


def _is_number_in_plan_or_figures_of_item(context: CheckContext, mention: Mention) -> bool:
    """Whether a number is in the plan sentences of its item, or one of its figures."""
    sentences = (text for block in mention.written.item.blocks for text in block.sentences)
    return any(one.value == mention.number.value for text in sentences for one in numbers_in(text)) or any(
        figure_agrees(context, figure, mention.number)
        for figure in figures_with_number(context, mention.written)
    )


def _may_be_figure_of_other_item(mention: Mention) -> bool:
    return (
        is_mention_comparable(mention)
        and len(mention.words) >= _SHARED - 1
        and not _OTHER.is_in(mention.words)
    )


def _violation_for_figure_of_other_item(
    context: CheckContext, mention: Mention, found: FigureName
) -> Violation:
    figure, number = found.figure, mention.number
    assert figure.source is not None
    return mention.written.violation(
        number.start,
        f"文では「{number.text.strip()}」ですが、{figure.source.sheet} の{name_with_table(context, figure)}"
        f"（{figure.source.cell}）は {value_text(context, figure)} です。",
        "元の資料を確かめ、違う方を直してください。別の数なら、何の数か分かるように書いてください。",
        actual=number.text.strip(),
        related=sources_of_other_side(figure),
    )


def _figure_of_other_item_named_wrongly(context: CheckContext, mention: Mention) -> FigureName | None:
    """The figure of another item that a number is said to be and is not, None where that is not sure."""
    others = list(chain.from_iterable(_figure_names_for_unit(context, mention.number.unit)))
    called = _figure_names_before_number(context, others, mention)
    if called:
        is_known = any(is_exact_value_of_figure(context, one.figure, mention.number.value) for one in called)
        own = any(one.figure.id.item == mention.written.item.id for one in called)
        return None if is_known or own else called[0]
    return _figure_mistyped_as(context, others, mention)


def _figure_names_for_unit(context: CheckContext, unit: str) -> Iterator[Sequence[FigureName]]:
    """The names of figures of a unit, and of units that one may write for it."""
    unit = normalized_unit(unit)
    for held, names in figure_names_by_unit(context).items():
        if held == unit or may_replace_unit(unit, held):
            yield names


def _figure_names_before_number(
    context: CheckContext, others: Sequence[FigureName], mention: Mention
) -> list[FigureName]:
    """The names of the sentence's time that are before a number, with nothing else that says what it is."""
    words = _BEGINNING.sub("", mention.words)
    called = [one for one in others if one.name in words and _is_figure_of_stated_time(context, one, mention)]
    return [one for one in called if not words_without_neutral_ones(words.replace(one.name, "、", 1))]


def _figures_sharing_word(
    context: CheckContext, others: Sequence[FigureName], words: str, shared: int
) -> list[FigureName]:
    return [
        one
        for one in others
        if _has_common_word_of_length(one.name, words, shared) and _is_figure_of_fiscal_year(context, one)
    ]


def _figure_mistyped_as(
    context: CheckContext, others: Sequence[FigureName], mention: Mention
) -> FigureName | None:
    """The only figure with a word of the sentence that a slip of the keys makes of the number."""
    digits = sum(map(str.isdecimal, mention.number.text))
    if digits < _SLIP_DIGITS:
        return None
    shared = _SHARED_BY_LONG if digits >= _LONG_DIGITS else _SHARED
    named = _figures_sharing_word(context, others, mention.words, shared)
    own = mention.written.item.id
    slips = [
        one
        for one in named
        if one.figure.id.item != own and is_slip_of_figure(context, one.figure, mention.number, is_sure=False)
    ]
    is_sure = len(slips) == 1 and not _is_number_value_of_any_figure(context, others, mention)
    return slips[0] if is_sure else None


def _is_number_value_of_any_figure(
    context: CheckContext, others: Sequence[FigureName], mention: Mention
) -> bool:
    """Whether a number is the value of one of the figures of its year."""
    value = mention.number.value
    return any(
        is_exact_value_of_figure(context, one.figure, value) and _is_figure_of_fiscal_year(context, one)
        for one in others
    )


def _has_common_word_of_length(name: str, words: str, letters: int) -> bool:
    """Whether so many successive letters of a name are in the words before a number."""
    return any(name[at : at + letters] in words for at in range(len(name) - letters + 1))


def _is_figure_of_fiscal_year(context: CheckContext, one: FigureName) -> bool:
    return context.figures.year_of_figure(one.figure.id) == context.plan.fiscal_year


def _is_figure_of_stated_time(context: CheckContext, one: FigureName, mention: Mention) -> bool:
    if not _is_figure_of_fiscal_year(context, one):
        return False
    if mention.time is None:
        return True
    span = context.figures.span_of_figure(one.figure.id)
    return mention.time.fit(span, context.plan.fiscal_year) is TimeFit.EXACT
