"""Rules for the cross-checks (検算) of the plan book (整合)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import chain

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.rules.agreement.events import event_violations
from kenpo_xl.checks.support.figure_wording import name_of_figure
from kenpo_xl.checks.support.number_matching import (
    different_number_violation,
    figure_agrees,
    is_stated_exactly,
    is_unit_of_figure,
    miscounted_list_violation,
)
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines, quoted
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.formulas.evaluate import Node, Ref, formula_keys, to_words
from kenpo_xl.domain.formulas.intervals import Interval, exact_interval, formula_interval, rounding_interval
from kenpo_xl.domain.language.normalize import match_positions, normalized
from kenpo_xl.domain.language.numbers_in_text import TextNumber, numbers_in
from kenpo_xl.domain.numbers.exact import decimal_text, rounded
from kenpo_xl.domain.plan.cross_checks import CrossCheck, CrossCheckKind
from kenpo_xl.domain.plan.table import CellKind, FigureId
from kenpo_xl.domain.results.figures import Figure, TableFigures

_MOST_PLACES = 4
_FEW_CELLS = 4


def _cross_checks_of_kind(context: CheckContext, kind: CrossCheckKind) -> Iterator[CrossCheck]:
    return (check for check in context.plan.cross_checks if check.kind is kind)


@rule(
    "CO01",
    Family.AGREEMENT,
    Severity.ERROR,
    "同じはずの数が違います",
    why="計画ブックの「検算」で同じはずと決めた 2 つの数です。違うと、どちらかの表が誤っています。",
    remedy="元の資料を確かめ、誤っている方を直します。",
    across=True,
)
def figures_differ(context: CheckContext) -> Iterator[Violation]:
    """等しい: the intervals of possible values of both sides do not overlap.

    Counted whole numbers are exact, others known to half a unit of their last place. An empty side is silent.
    """
    yield from _relation_violations(
        context,
        CrossCheckKind.EQUAL,
        lambda one, other: one.low <= other.high and other.low <= one.high,
        "同じ",
    )


@rule(
    rule_codes.FIGURE_TOO_LARGE,
    Family.AGREEMENT,
    Severity.ERROR,
    "以下のはずの数が大きくなっています",
    why="計画ブックの「検算」で、もう一方を超えないと決めた数です。超えるなら、どちらかが誤っています。",
    remedy="元の資料を確かめ、誤っている方を直します。",
    across=True,
)
def figure_is_too_large(context: CheckContext) -> Iterator[Violation]:
    """以下: the smallest possible value of the left side is above the largest of the right side."""
    yield from _relation_violations(
        context, CrossCheckKind.AT_MOST, lambda one, other: one.low <= other.high, "以下"
    )


def _interval_of_formula(context: CheckContext, side: Node) -> Interval | None:
    return formula_interval(side, lambda key: _intervals_of_figure(context, key))


def _formula_in_words(context: CheckContext, side: Node) -> str:
    return to_words(side, lambda node: _name_of_operand(context, node))


def _relation_message(left: str, right: str, relation: str) -> str:
    if relation == "以下":
        return f"{left}が、{right}より大きくなっています。"
    return f"{left}は、{right}と{relation}のはずです。"


def _relation_violations(
    context: CheckContext, kind: CrossCheckKind, holds: Callable[[Interval, Interval], bool], relation: str
) -> Iterator[Violation]:
    for check in _cross_checks_of_kind(context, kind):
        if check.left is None or check.right is None:
            continue
        left, right = _interval_of_formula(context, check.left), _interval_of_formula(context, check.right)
        if left is None or right is None or holds(left, right):
            continue
        sides = (check.left, left), (check.right, right)
        one, other = (_displayed_value(context, *side) for side in sides)
        names = _formula_in_words(context, check.left), _formula_in_words(context, check.right)
        message = check.note or _relation_message(f"{names[0]} {one} ", f"{names[1]} {other} ", relation)
        for first, *others in filter(None, [_figures_to_mark(context, check.left, check.right)]):
            related = tuple(figure.source for figure in others if figure.source)
            assert first.source is not None
            about = first.source, first.identity_with_entity
            yield Violation(*about, message, actual=first.printed_text(), related=related)


def _intervals_of_figure(context: CheckContext, key: Hashable) -> Sequence[Interval | None]:
    """The possible values of each figure with this identity; rates are fractions."""
    assert isinstance(key, FigureId)
    found = context.figures.with_identity(key)
    table = context.figures.tables[key.item, key.table].table
    places = table.positions[key]
    show, in_points = table.cells[places[0]][places[1]].format, table.holds_percent_as_points(*places)
    decimals = show.decimals + (2 if show.is_percent or in_points else 0)
    is_rounded = decimals > 0 or table.unit_at(*places) in ("千円", "百万円", "億円")
    numbers = context.figures.values_as_fractions(key)
    return [
        None
        if number is None
        else rounding_interval(number, decimals)
        if is_rounded and one.computed is None
        else exact_interval(number)
        for one, number in zip(found, numbers, strict=True)
    ]


def _displayed_value(context: CheckContext, side: Node, value: Interval) -> str:
    """A side's value as the clerk sees it."""
    if isinstance(side, Ref) and isinstance(side.key, FigureId):
        return context.figures.with_identity(side.key)[0].printed_text()
    midpoint = (value.low + value.high) / 2
    return decimal_text(rounded(midpoint, 0 if midpoint == midpoint.to_integral_value() else _MOST_PLACES))


def _name_of_operand(context: CheckContext, node: Node) -> str:
    words = []
    for key in formula_keys(node):
        assert isinstance(key, FigureId)
        found = context.figures.with_identity(key)
        words.append(f"「{key.table}」の{name_of_figure(context, found[0]) if found else key.column}")
    return words[0] if len(words) == 1 else f"{words[0]} … {words[-1]}"


def _figures_to_mark(context: CheckContext, left: Node, right: Node) -> list[Figure]:
    """The figures of this book to mark: all of a few, since any may be wrong, else the first."""
    own = [
        [figure for key in formula_keys(side) for figure in _figures_in_this_book(context, key)]
        for side in (left, right)
    ]
    if isinstance(left, Ref) and isinstance(right, Ref):
        return [figure for side in own for figure in side[:1]]
    every = list(chain.from_iterable(own))
    return every if len(every) <= _FEW_CELLS else every[:1]


def _figures_in_this_book(context: CheckContext, key: Hashable) -> list[Figure]:
    """The figures of an identity whose cell is in this book."""
    assert isinstance(key, FigureId)
    book = context.submission.workbook
    return [
        figure
        for figure in context.figures.with_identity(key)
        if figure.source is not None
        and figure.source.workbook == book
        and figure.cell.kind is not CellKind.FIXED
    ]


def _lines_with_words(context: CheckContext, check: CrossCheck) -> Iterator[tuple[PrintedText, int]]:
    """The lines of the item that contain all words in order, with the end of the last word."""
    for written in printed_lines(context, check.item):
        end = 0
        for word in check.words.split():
            place = next((found for found in match_positions(word, written.text) if found[0] >= end), None)
            if place is None:
                break
            end = place[1]
        else:
            yield written, end


def _numbers_after_words(
    context: CheckContext, check: CrossCheck, figure: Figure | None
) -> Iterator[tuple[PrintedText, TextNumber]]:
    """The first number after the words in each line; with `figure` the first of its unit."""
    for written, end in _lines_with_words(context, check):
        numbers = (one for one in numbers_in(written.text) if one.start >= end)
        fitting = (one for one in numbers if figure is None or is_unit_of_figure(context, figure, one.unit))
        found = next(fitting, None)
        if found is not None and is_stated_exactly(found, written.text):
            yield written, found


def _left_figure(context: CheckContext, check: CrossCheck) -> Figure | None:
    if not (isinstance(check.left, Ref) and isinstance(check.left.key, FigureId)):
        return None
    found = context.figures.with_identity(check.left.key)
    return found[0] if len(found) == 1 else None


@rule(
    rule_codes.NUMBER_IN_TEXT_DIFFERS,
    Family.AGREEMENT,
    Severity.WARNING,
    "文の数が、表の数と違います",
    why="同じ数が文と表の両方に載ります。違うと、どちらが正しいのか読み手に分かりません。",
    remedy="元の資料を確かめ、文か表（文中の数値）を直します。",
    across=True,
)
def number_in_text_differs(context: CheckContext) -> Iterator[Violation]:
    """文中の数: the first number after the words differs from the figure as rounded in the text.

    Where several lines hold the words, one that agrees is enough. 約, 以上 and 程度 are not compared, nor an
    empty figure.
    """
    for check in _cross_checks_of_kind(context, CrossCheckKind.IN_TEXT):
        figure = _left_figure(context, check)
        if figure is None or figure.printed_number is None:
            continue
        found = list(_numbers_after_words(context, check, figure))
        if not found or any(figure_agrees(context, figure, number) for _, number in found):
            continue
        written, number = found[0]
        yield different_number_violation(context, written, number, figure, check.note)


@rule(
    "CO04",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の数が、一覧の件数と違います",
    why="「15市町村で実施」と書けば、読み手は一覧の行を数えます。",
    remedy="一覧に抜けや重なりがないか確かめ、文か一覧を直します。",
)
def count_differs(context: CheckContext) -> Iterator[Violation]:
    """件数: the first number after the words differs from the number of rows of the open list.

    With 列 the distinct values of that column count. Numbers reported by 文中の数 are skipped.
    """
    for check in _cross_checks_of_kind(context, CrossCheckKind.COUNT):
        table = context.figures.tables.get((check.item, check.table))
        count = count_of_rows_or_values(table, check.column) if table else 0
        found = list(_numbers_after_words(context, check, None))
        if not found or not count or any(number.value == count for _, number in found):
            continue
        written, number = found[0]
        reported = ((violation.identity, violation.actual) for violation in number_in_text_differs(context))
        if (written.identity, number.text) not in reported:
            yield miscounted_list_violation(written, number, check.table, count, check.note)


def count_of_rows_or_values(table: TableFigures, column: str = "") -> int:
    """The filled rows of an open list, or the different values of a column."""
    rows = [row for row in table.rows if row.index == table.table.repeating and row.is_filled]
    names = [axis.name for axis in table.table.columns]
    if column not in names:
        return len(rows)
    values = (str(row.figures[names.index(column)].printed_value or "") for row in rows)
    return len({normalized(value).partition("(")[0] for value in values} - {""})


@rule(
    "CO05",
    Family.AGREEMENT,
    Severity.WARNING,
    "文にあるのに、数が入っていません",
    why="文で触れたことの数が空のままだと、集計にも報告書にも載りません。",
    remedy="数を入れます。",
)
def figure_is_missing(context: CheckContext) -> Iterator[Violation]:
    """記載あれば数値: a line of the item contains the words, but the figure is empty."""
    for check in _cross_checks_of_kind(context, CrossCheckKind.WHERE_WRITTEN):
        figure = _left_figure(context, check)
        line = next(_lines_with_words(context, check), None)
        if figure is None or line is None or figure.printed_value not in (None, ""):
            continue
        if figure.source is None or figure not in _figures_in_this_book(context, figure.id):
            continue
        name = name_of_figure(context, figure)
        message = check.note or f"文に{quoted(check.words)}とありますが、{name}の数が入っていません。"
        yield Violation(figure.source, figure.identity_with_entity, message, "数を入れてください。")


@rule(
    "CO06",
    Family.AGREEMENT,
    Severity.WARNING,
    "同じ行事の日付や人数が違います（検算）",
    why="同じ行事が 2 つの項に載るときは、日付も人数も同じはずです。",
    remedy="実際の日付と人数を確かめ、違う方を直します。",
    across=True,
)
def event_is_described_differently(context: CheckContext) -> Iterator[Violation]:
    """同じ行事: lines of different items with the words have other dates, or other counts."""
    for check in _cross_checks_of_kind(context, CrossCheckKind.SAME_EVENT):
        yield from event_violations(context, check.words.replace(" ", ""), check.words.split(), check.note)
