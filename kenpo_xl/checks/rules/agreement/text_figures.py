"""Text against tables (整合) without a row of 検算, and targets against 過去実績."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import name_of_figure, table_of
from kenpo_xl.checks.support.number_matching import (
    different_number_violation,
    figure_agrees,
    figures_with_number,
    is_stated_exactly,
    is_unit_of_figure,
)
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines, sentence_span
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.formulas.evaluate import Ref, formula_keys
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.dates_in_text import dates_in
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.language.numbers_in_text import TextNumber, normalized_unit, numbers_in
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.cross_checks import CrossCheckKind
from kenpo_xl.domain.plan.placeholders import PLACEHOLDER, YearRole
from kenpo_xl.domain.plan.plan import Item
from kenpo_xl.domain.plan.table import CellKind, FigureId, Printing
from kenpo_xl.domain.results.figures import Figure

_PAST = re.compile(r"前年|昨年|前回|前期|過去|参考|同期|目標|計画|見込|対象年")
_TIME = LazyPattern(r"第?[\d~〜-]+(?:月|年度?|四半期)末?")
_SHORTEST_WORDS = 3
_WINDOW = 40


@frozen
class StatedNumber:
    """A number of a line, and the words before it in its clause, normalized."""

    written: PrintedText
    number: TextNumber
    words: str
    is_past: bool

    @property
    def block_name(self) -> str:
        return self.written.line.block if self.written.line else ""


def stated_numbers_of_item(context: CheckContext, item: Item) -> list[StatedNumber]:
    """Every number of an item's lines that is stated exactly."""
    found = []
    for written in printed_lines(context, item.id):
        numbers = numbers_in(written.text)
        sentences = _Sentences(written.text, context.plan.fiscal_year)
        for place, number in enumerate(numbers):
            before = numbers[place - 1] if place else None
            start = max(before.start + len(before.text) if before else 0, number.start - _WINDOW)
            words = re.split(r"[。、\n]", written.text[start : number.start])[-1]
            if is_stated_exactly(number, written.text):
                found.append(
                    StatedNumber(
                        written, number, normalized(words), sentences.is_of_another_time(number.start)
                    )
                )
    return found


class _Sentences:
    """The sentences of a text; each is searched once for words and dates of another time."""

    def __init__(self, text: str, year: int) -> None:
        self._text, self._year = text, year
        self._end, self._past = 0, float("inf")

    def is_of_another_time(self, position: int) -> bool:
        """Whether the sentence at `position` is about another time; positions must not decrease."""
        if position >= self._end:
            first, self._end = sentence_span(self._text, position)
            self._past = self._end_of_first_past_word(self._text[first : self._end])
        return self._past <= position + _WINDOW

    def _end_of_first_past_word(self, sentence: str) -> float:
        """The end of the first words of another time in a sentence; infinity without any."""
        dates = (named.month_in(self._year) for named in dates_in(sentence) if named.is_possible)
        if any(month.fiscal_year != self._year for month in dates):
            return 0
        return min((found.end() for found in _PAST.finditer(sentence)), default=float("inf"))


@rule(
    rule_codes.NUMBER_DIFFERS_FROM_FIGURE,
    Family.AGREEMENT,
    Severity.WARNING,
    "文の数が、同じ名前の欄の数と違います",
    why="同じ数が文と表の両方に載ります。違うと、どちらが正しいのか読み手に分かりません。",
    remedy="元の資料を確かめ、文か表を直します。別の数なら、何の数か分かるように書きます。",
)
def number_differs_from_its_figure(context: CheckContext) -> Iterator[Violation]:
    """A number in the text that should be a figure of the item and equals none of the item.

    Two ways: the words right before it end in the header of exactly one figure of its unit (at least three
    letters, not a month or year alone); or it is the only number of its unit in the item's text that no
    figure accounts for, and the only figure of an unprinted table (文中の数値) that no number equals.
    Not reported: less certain cases, 約, 以上, 前年, 参考, and what 検算 compares.
    """
    compared = _figures_in_cross_checks(context)
    for item in context.own_items:
        figures = _figures_not_given_by_plan(context, item)
        stated = stated_numbers_of_item(context, item)
        matches = _Matches(context, figures)
        unmatched = [one for one in stated if not matches.figures_agreeing_with(one.number)]
        unstated = matches.unmatched_figures(stated)
        counts = Counter(normalized_unit(one.number.unit) for one in unmatched)
        for one in unmatched:
            is_alone = counts[normalized_unit(one.number.unit)] == 1
            meant = _figure_named_before(context, one, figures) or (
                _only_figure_with_unit(context, one, unstated) if is_alone else None
            )
            if meant is not None and meant.id not in compared:
                yield different_number_violation(context, one.written, one.number, meant)


def _numeric_figures_of_item(context: CheckContext, item: Item) -> list[Figure]:
    found = next(printed_lines(context, item.id), None)
    return list(figures_with_number(context, found)) if found else []


def _figures_not_given_by_plan(context: CheckContext, item: Item) -> list[Figure]:
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


def _figure_named_before(context: CheckContext, stated: StatedNumber, figures: list[Figure]) -> Figure | None:
    """The one figure of this year whose row or column header the words before the number end in."""
    words = stated.words.rstrip(":はがをの約計")
    if stated.is_past or not stated.number.unit:
        return None
    fitting = [
        figure
        for figure in figures
        if is_unit_of_figure(context, figure, stated.number.unit) and _is_named_by(context, figure, words)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _is_named_by(context: CheckContext, figure: Figure, words: str) -> bool:
    table = table_of(context, figure)
    row, column = table.positions[figure.id]
    axes = (table.rows[row], table.columns[column])
    if any(
        axis.year_role in (YearRole.SAME_PERIOD, YearRole.YEAR_END, YearRole.REFERENCE, YearRole.OTHER)
        for axis in axes
    ):
        return False
    names = [normalized(axis.name).rpartition(">")[2] for axis in axes]
    names = [name for name in names if len(name) >= _SHORTEST_WORDS and not _TIME.fullmatch(name)]
    return any(words.endswith(name) for name in names)


class _Matches:
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
            if id(figure) not in stated and table_of(self._context, figure).printing is Printing.NONE
        ]
        printed = _keys_in_kpis_and_texts(self._context, rest[0].id.item) if rest else set()
        return [figure for figure in rest if not {figure.id, _placeholder_name(figure.id)} & printed]


def _only_figure_with_unit(
    context: CheckContext, stated: StatedNumber, unmatched: list[Figure]
) -> Figure | None:
    """The only figure of `unmatched` with the unit of the number, None if there are several."""
    fitting = [figure for figure in unmatched if is_unit_of_figure(context, figure, stated.number.unit)]
    is_sure = stated.number.unit and len(fitting) == 1 and _shares_words(context, fitting[0], stated)
    return fitting[0] if is_sure else None


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


def _shares_words(context: CheckContext, figure: Figure, stated: StatedNumber) -> bool:
    """Whether two successive letters of the figure's name occur in the line of the number."""
    name, text = normalized(name_of_figure(context, figure)), normalized(stated.written.text)
    return any(
        re.fullmatch(r"[一-龯ァ-ヴー]{2}", pair) and pair in text for pair in map("".join, pairwise(name))
    )


@rule(
    rule_codes.TARGET_OF_ANOTHER_LAST_YEAR,
    Family.AGREEMENT,
    Severity.WARNING,
    "目標になる前年度の値が、過去実績と違います",
    why="「前年度以上」の目標は前年度の確定値です。表の前年度の値が過去実績と違うと、評価も違ってきます。",
    remedy="表の前年度の値と、計画ブックの「過去実績」のどちらが正しいか確かめて直します。",
    superseded_by=(rule_codes.LAST_YEAR_DIFFERS_FROM_REPORT,),
)
def target_differs_from_last_year(context: CheckContext) -> Iterator[Violation]:
    """A KPI's target, a cell of this book, differs from last year's value in 過去実績.

    Compared as printed: 63.53 ％ and 63.534 ％ are equal.
    """
    for assessment in context.own_kpi_assessments:
        kpi = assessment.kpi
        past = context.plan.history.get((kpi.name, context.plan.fiscal_year - 1))
        if past is None or not isinstance(kpi.target, Ref) or assessment.assessment.target is None:
            continue
        assert isinstance(kpi.target.key, FigureId)
        shown = kpi.format.displayed_text(past)
        if assessment.target_text == shown:
            continue
        for figure in context.figures.with_identity(kpi.target.key)[:1]:
            if figure.source is not None and figure.source.workbook == context.submission.workbook:
                yield Violation(
                    figure.source,
                    figure.identity_with_entity,
                    f"指標「{kpi.name}」の目標になる{name_of_figure(context, figure)}は "
                    f"{assessment.target_text} ですが、"
                    f"過去実績では {shown} です。",
                    "確定した値を確かめ、表か、計画ブックの「過去実績」を直してください。",
                    assessment.target_text,
                    shown,
                )
