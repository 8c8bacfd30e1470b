"""Rules for the cross-checks (検算) of the plan book that compare figures, or events (整合)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import chain

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.rules.agreement.events import violations_for_event_details
from kenpo_xl.checks.support.figure_wording import name_of_figure
from kenpo_xl.checks.support.sizes.odd_sizes import figures_with_odd_sizes_first
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.formulas.evaluate import Node, Ref, formula_keys, to_words
from kenpo_xl.domain.formulas.intervals import Interval, exact_interval, formula_interval, rounding_interval
from kenpo_xl.domain.numbers.exact import decimal_text, rounded
from kenpo_xl.domain.plan.cross_checks import CrossCheck, CrossCheckKind
from kenpo_xl.domain.plan.table import CellKind, FigureId
from kenpo_xl.domain.results.figures import Figure

_MOST_PLACES = 4
_FEW_CELLS = 4


def cross_checks_of_kind(context: CheckContext, kind: CrossCheckKind) -> Iterator[CrossCheck]:
    """The rows of 検算 of a kind."""
    return (check for check in context.plan.cross_checks if check.kind is kind)


@rule(
    rule_codes.FIGURES_DIFFER,
    Family.AGREEMENT,
    Severity.ERROR,
    "同じはずの数が違います",
    why="計画ブックの「検算」で同じはずと決めた 2 つの数です。違うと、どちらかの表が誤っています。",
    remedy="元の資料を確かめ、誤っている方を直してください。",
    superseded_by=("CA01", "CA02"),
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
    remedy="元の資料を確かめ、誤っている方を直してください。",
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
    for check in cross_checks_of_kind(context, kind):
        if check.left is None or check.right is None:
            continue
        left, right = _interval_of_formula(context, check.left), _interval_of_formula(context, check.right)
        if left is None or right is None or holds(left, right):
            continue
        sides = (check.left, left), (check.right, right)
        one, other = (_displayed_value(context, *side) for side in sides)
        names = _formula_in_words(context, check.left), _formula_in_words(context, check.right)
        message = check.note or _relation_message(f"{names[0]} {one} ", f"{names[1]} {other} ", relation)
        marked = figures_with_odd_sizes_first(context, _figures_to_mark(context, check.left, check.right))
        for first, *others in filter(None, [marked]):
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
        [figure for key in formula_keys(side) for figure in figures_in_this_book(context, key)]
        for side in (left, right)
    ]
    if isinstance(left, Ref) and isinstance(right, Ref):
        return [figure for side in own for figure in side[:1]]
    every = list(chain.from_iterable(own))
    return every if len(every) <= _FEW_CELLS else every[:1]


def figures_in_this_book(context: CheckContext, key: Hashable) -> list[Figure]:
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


@rule(
    "CO06",
    Family.AGREEMENT,
    Severity.WARNING,
    "同じ行事の日付や人数が違います（検算）",
    why="同じ行事が 2 つの項に載るときは、日付も人数も同じはずです。",
    remedy="実際の日付と人数を確かめ、違う方を直してください。",
    across=True,
)
def event_is_described_differently(context: CheckContext) -> Iterator[Violation]:
    """同じ行事: lines of different items with the words have other dates, or other counts."""
    for check in cross_checks_of_kind(context, CrossCheckKind.SAME_EVENT):
        yield from violations_for_event_details(
            context, check.words.replace(" ", ""), check.words.split(), check.note
        )
