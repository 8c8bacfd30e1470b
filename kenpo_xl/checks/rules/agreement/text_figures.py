"""Numbers of sentences against the figures of their item (整合) without a row of 検算."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import name_of_figure, table_of_figure
from kenpo_xl.checks.support.names.named_figures import NamedFigure, figures_named
from kenpo_xl.checks.support.names.names_behind import noun_behind
from kenpo_xl.checks.support.number_matching import (
    WRONG_NUMBER_OF_TABLE,
    figure_agrees,
    figures_with_number,
    is_number_near_figure,
    is_slip_of_figure,
    is_unit_of_figure,
    violation_for_different_number,
)
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines
from kenpo_xl.checks.support.sentences.mentions import (
    Mention,
    is_mention_comparable,
    is_mention_rounded,
    mentions_of_item,
)
from kenpo_xl.checks.support.sentences.stated_numbers import StatedNumber, stated_numbers_of_item
from kenpo_xl.checks.support.sentences.stated_times import TimeFit
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.formulas.evaluate import Ref, formula_keys
from kenpo_xl.domain.language.letters import is_noun_letter
from kenpo_xl.domain.language.normalize import AnyOf, alternatives, normalized
from kenpo_xl.domain.language.numbers_in_text import TextNumber, normalized_unit
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.cross_checks import CrossCheckKind
from kenpo_xl.domain.plan.placeholders import PLACEHOLDER
from kenpo_xl.domain.plan.plan import Item
from kenpo_xl.domain.plan.table import CellKind, FigureId, Printing
from kenpo_xl.domain.results.figures import Figure
from kenpo_xl.domain.text_span import TextSpan

_OF_TARGET = AnyOf("目標|計画|見込|予定|定員|予算|月平均|期平均|年平均|1日平均")
_EVENTS = alternatives(
    "勉強会|研修会|説明会|講習会|相談会|連絡会|懇談会|交流会|講演会|研修|セミナー|教室|講座"
)
_COMMON = LazyPattern(r"者数|件数|人数|実施|状況|事業所|令和\d+年度?|年度|\d+月")
_NO_FIGURE = LazyPattern(r"目標|計画|見込|予定|定員|予算|うち|新規(?!加入|適用)|の差[はがも]?$|平均")
_ABOUT = LazyPattern(r"(?:延べ)?(?:約|およそ|おおよそ|概ね|おおむね|ほぼ)$")


@rule(
    rule_codes.NUMBER_DIFFERS_FROM_FIGURE,
    Family.AGREEMENT,
    Severity.WARNING,
    "文の数が、同じ名前の欄の数と違います",
    why="同じ数が文と表の両方に載ります。違うと、どちらが正しいのか読み手に分かりません。",
    remedy="元の資料を確かめ、文か表を直してください。別の数なら、何の数か分かるように書いてください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, "CO95", "VA40"),
    explained_by=WRONG_NUMBER_OF_TABLE,
)
def number_differs_from_its_figure(context: CheckContext) -> Iterator[Violation]:
    """A number in the text that should be a figure of the item and equals none that it may be.

    Three ways: its clause consists of the headers, months and unit of exactly one figure; it names them
    among other words, and a slip of the keys makes the one of the other; or it is the only number of its unit
    in the item's text that no figure accounts for, and the only figure of an unprinted table (文中の数値)
    that no number equals. Not reported: less certain cases, 約, 以上, differences, and what 検算 compares; a
    number beside one of its sentence that agrees.
    """
    compared = _figures_in_cross_checks(context)
    for item in context.own_items:
        figures = figures_not_given_by_plan(context, item)
        mentions = mentions_of_item(context, item.id) if figures else ()
        matches = Matches(context, figures)
        beside = _ids_of_stated_figures(mentions, matches)
        meant = {
            mention.number_id: figure
            for mention in mentions
            if (figure := _figure_meant(context, mention, matches))
            and id(figure) not in beside[mention.sentence_id]
        }
        changes = {mention.number_id for mention in mentions if mention.is_change}
        stated = [one for one in stated_numbers_of_item(context, item) if one.number_id not in changes]
        yield from _violations_of_item(context, stated, matches, meant, compared)


def _violations_of_item(
    context: CheckContext,
    stated: list[StatedNumber],
    matches: Matches,
    meant: dict[tuple[str, int], Figure],
    compared: set[FigureId],
) -> Iterator[Violation]:
    unmatched = [one for one in stated if not matches.figures_agreeing_with(one.number)]
    unstated = matches.unmatched_figures(stated)
    candidates = set(map(id, unmatched))
    counts = Counter(normalized_unit(one.number.unit) for one in unmatched)
    for one in stated:
        is_alone = id(one) in candidates and counts[normalized_unit(one.number.unit)] == 1
        figure = meant.get(one.number_id)
        is_certain = figure is not None
        if figure is None and is_alone:
            figure = _only_figure_with_unit(context, one, unstated)
        if figure is not None and (figure.id not in compared or is_certain):
            yield violation_for_different_number(context, one.written, one.number, figure)


def _ids_of_stated_figures(
    mentions: Sequence[Mention], matches: Matches
) -> dict[tuple[str, TextSpan], set[int]]:
    """The figures that the numbers of each sentence agree with, by identity of the object."""
    found: dict[tuple[str, TextSpan], set[int]] = {}
    for mention in mentions:
        agreeing = matches.figures_agreeing_with(mention.number)
        found.setdefault(mention.sentence_id, set()).update(map(id, agreeing))
    return found


def _figure_meant(context: CheckContext, mention: Mention, matches: Matches) -> Figure | None:
    """The one figure that a number is said to be, or is a slip of, and that it does not equal."""
    if not is_mention_comparable(mention) or _OF_TARGET.is_in(mention.words):
        return None
    named = figures_named(context, mention)
    agreeing = matches.figures_agreeing_with(mention.number)
    if any(one.figure is figure for one in named for figure in agreeing):
        return None
    if len(named) == 1 and _is_named_exactly(named[0]):
        return named[0].figure
    return (
        None
        if agreeing
        else _figure_of_slip(context, named or _figures_named_behind(context, mention), mention)
    )


def _is_named_exactly(named: NamedFigure) -> bool:
    return named.is_strict and named.fit is TimeFit.EXACT


def _figure_of_slip(context: CheckContext, named: Sequence[NamedFigure], mention: Mention) -> Figure | None:
    """The one figure of those named that a number is a slip of; None for more than one."""
    slips = [one.figure for one in named if _is_number_likely_slip_of_figure(context, one, mention)]
    return slips[0] if len(slips) == 1 else None


def _is_number_likely_slip_of_figure(context: CheckContext, named: NamedFigure, mention: Mention) -> bool:
    is_sure = named.fit is TimeFit.EXACT
    return is_slip_of_figure(context, named.figure, mention.number, is_sure=is_sure)


def _figures_named_behind(context: CheckContext, mention: Mention) -> list[NamedFigure]:
    """The figures whose name is behind the number: 191人が登録."""
    behind = noun_behind(mention.tail)
    return figures_named(context, mention, words=f"{mention.words}{behind}") if behind else []


def _numeric_figures_of_item(context: CheckContext, item: Item) -> list[Figure]:
    found = next(printed_lines(context, item.id), None)
    return list(figures_with_number(context, found)) if found else []


def figures_not_given_by_plan(context: CheckContext, item: Item) -> list[Figure]:
    """The figures of an item without those that the plan gives."""
    return [
        figure for figure in _numeric_figures_of_item(context, item) if figure.cell.kind is not CellKind.FIXED
    ]


def _figures_in_cross_checks(context: CheckContext) -> set[FigureId]:
    """What rows of 検算 compare with the text."""
    return {
        check.left.key
        for check in context.plan.cross_checks
        if check.kind is CrossCheckKind.IN_TEXT
        and isinstance(check.left, Ref)
        and isinstance(check.left.key, FigureId)
    }


class Matches:
    """Which figures a number can be, found once for each number as it is written."""

    def __init__(self, context: CheckContext, figures: list[Figure]) -> None:
        self._context, self._figures = context, figures
        self._found: dict[tuple[object, str], list[Figure]] = {}

    def figures_agreeing_with(self, number: TextNumber) -> list[Figure]:
        """The figures that a number agrees with."""
        key = (number.value.as_tuple(), number.unit)
        if key not in self._found:
            self._found[key] = [
                figure for figure in self._figures if figure_agrees(self._context, figure, number)
            ]
        return self._found[key]

    def unmatched_figures(self, stated_numbers: list[StatedNumber]) -> list[Figure]:
        """The figures printed only in text with which no stated number agrees."""
        stated = {
            id(figure) for stated in stated_numbers for figure in self.figures_agreeing_with(stated.number)
        }
        rest = [
            figure
            for figure in self._figures
            if id(figure) not in stated and table_of_figure(self._context, figure).printing is Printing.NONE
        ]
        printed = _keys_in_kpis_and_texts(self._context, rest[0].id.item) if rest else set()
        return [figure for figure in rest if not {figure.id, _placeholder_name(figure.id)} & printed]


def _only_figure_with_unit(
    context: CheckContext, stated: StatedNumber, unmatched: list[Figure]
) -> Figure | None:
    """The only figure of `unmatched` with the unit and the year of the number, None if there are several."""
    if not stated.number.unit or _OF_TARGET.is_in(stated.words):
        return None
    year = context.plan.fiscal_year
    fitting = [
        figure
        for figure in unmatched
        if is_unit_of_figure(context, figure, stated.number.unit)
        and (context.figures.year_of_figure(figure.id) < year) == stated.is_past
    ]
    is_sure = (
        len(fitting) == 1
        and has_words_of_figure(context, fitting[0], stated.written)
        and not is_name_of_another_event(name_of_figure(context, fitting[0]), stated.words)
    )
    return fitting[0] if is_sure else None


def is_name_of_another_event(name: str, words: str) -> bool:
    """Whether words name an event that a figure is not of: 勉強会の参加者, not 通いの場の参加者数."""
    owner, stated = normalized(name).rpartition("の")[0].rpartition("の")[2], normalized(words)
    events = [one for one in _EVENTS if one in stated]
    return bool(owner and events) and owner not in stated and not any(one in owner for one in events)


def _keys_in_kpis_and_texts(context: CheckContext, item_id: str) -> set[object]:
    """The keys of figures used by KPIs, and placeholder names in texts of the item's tables."""
    item = context.plan.item(item_id)
    texts = (text for table in (item.tables if item else ()) for text, _ in table.texts)
    named = (name for text in texts for name in PLACEHOLDER.findall(text))
    return {*named, *(key for kpi in context.plan.kpis for key in _figure_keys(kpi.result))}


def _placeholder_name(identity: FigureId) -> str:
    """A figure as a text of its item names it."""
    return f"{identity.table}/{identity.row}/{identity.column}"


def _figure_keys(tree: object) -> set[object]:
    return set(formula_keys(tree)) if tree is not None else set()  # type: ignore[arg-type]


def has_words_of_figure(context: CheckContext, figure: Figure, written: PrintedText) -> bool:
    """Whether two successive letters of the figure's name occur in a line, others than 件数 and the like."""
    name = _COMMON.sub(" ", normalized(name_of_figure(context, figure)))
    text = normalized(written.text)
    return any(
        is_noun_letter(one) and is_noun_letter(other) and one + other in text for one, other in pairwise(name)
    )


@rule(
    "CO62",
    Family.AGREEMENT,
    Severity.WARNING,
    "おおよその数が、表の数と大きく違います",
    why="「約43万件」と書いた数が表では 43,089 件なら、桁を間違えています。",
    remedy="元の資料を確かめ、文か表を直してください。別の数なら、何の数か分かるように書いてください。",
    superseded_by=(rule_codes.NUMBER_IN_TEXT_DIFFERS, rule_codes.NUMBER_DIFFERS_FROM_FIGURE, "CO18"),
)
def rounded_number_is_far_from_figure(context: CheckContext) -> Iterator[Violation]:
    """A number behind 約 or in 万 is more than a third away from the figure that the words before it name.

    They name nothing else. Silent for differences, 以上 and 目標.
    """
    for item in context.own_items:
        for mention in mentions_of_item(context, item.id):
            figure = _named_figure_far_off(context, mention) if is_mention_rounded(mention) else None
            if figure is not None:
                yield violation_for_different_number(context, mention.written, mention.number, figure)


def _named_figure_far_off(context: CheckContext, mention: Mention) -> Figure | None:
    """The figure that a number is said to be, and that no rounding leads to; None without one."""
    words = _ABOUT.sub("", mention.words)
    if not words or _NO_FIGURE.search(words):
        return None
    found = figures_named(context, mention, words=words)
    named = [one.figure for one in found if one.is_strict and one.fit is TimeFit.EXACT]
    if not named or any(is_number_near_figure(context, one, mention.number.value) for one in named):
        return None
    return named[0]
