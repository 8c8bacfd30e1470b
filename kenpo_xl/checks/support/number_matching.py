"""Comparison of numbers in sentences with figures of tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.figure_wording import name_of_figure, table_of, unit_of
from kenpo_xl.checks.support.printed_text import PrintedText
from kenpo_xl.domain.findings.finding import Violation
from kenpo_xl.domain.language.numbers_in_text import FRACTION, TextNumber, is_same_unit, numbers_in
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import HALF_UP, rounded
from kenpo_xl.domain.results.figures import Figure

_ABOUT = LazyPattern(
    r"(?:(?<![一-龯])約|およそ|おおよそ|概ね|ほぼ|延べ?約)\s*$", needs=("約", "およそ", "概ね", "ほぼ")
)
# Letters before a number in which 約 and the like are looked for.
_LONGEST_ABOUT = 12
_MYRIADS = LazyPattern(r"[千万億兆](?!円)", needs="千万億兆")
_MORE_OR_LESS = re.compile(r"\s*(?:余り?|強|弱|程度|ほど|前後|超|近く|以上|以下|未満|以内|台)")


def is_stated_exactly(number: TextNumber, text: str) -> bool:
    """Whether a number is exact: without 約, 以上, 程度, and not in 万 or 億."""
    after = number.start + len(number.text)
    before = text[max(0, number.start - _LONGEST_ABOUT) : number.start]
    return not (_ABOUT.search(before) or _MORE_OR_LESS.match(text, after) or _MYRIADS.search(number.text))


def is_unit_of_figure(context: CheckContext, figure: Figure, unit: str) -> bool:
    """Whether a number with this unit can be the figure."""
    held = unit_of(context, figure)
    return not held or is_same_unit(FRACTION if held in ("％", "%") else held, unit)


def figure_agrees(context: CheckContext, figure: Figure, number: TextNumber) -> bool:
    """Whether the number is the figure, at the places that the text gives.

    Or the computed value of an overwritten figure, which is reported in its own cell.
    """
    if figure.printed_number is None or not is_unit_of_figure(context, figure, number.unit):
        return False
    table = table_of(context, figure)
    exponent = number.value.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    for found in (figure.printed_number, figure.computed):
        value = (
            found / 100
            if found is not None and table.holds_percent_as_points(*table.positions[figure.id])
            else found
        )
        if value is not None and number.value in (value, rounded(value, places, HALF_UP)):
            return True
    return False


def figures_named_before_bracket(
    context: CheckContext, written: PrintedText, text: str, place: int
) -> list[Figure]:
    """The figures of the item that the number right before a place in brackets can be."""
    before = [one for one in numbers_in(text) if one.start + len(one.text) <= place]
    if not before or not re.fullmatch(
        r"\s*\(\s*(?:\D*\d+\s*年\s*)?", text[_end_of_number(before[-1]) : place]
    ):
        return []
    return [
        figure
        for figure in figures_with_number(context, written)
        if figure_agrees(context, figure, before[-1])
    ]


def _end_of_number(number: TextNumber) -> int:
    return number.start + len(number.text)


def figures_with_number(context: CheckContext, written: PrintedText) -> Iterator[Figure]:
    """Every figure with a number of the item that a text belongs to."""
    for table in written.item.tables:
        for row in context.figures.tables[written.item.id, table.name].rows:
            yield from (figure for figure in row.figures if figure.printed_number is not None)


def different_number_violation(
    context: CheckContext, written: PrintedText, number: TextNumber, figure: Figure, note: str = ""
) -> Violation:
    """The violation of a number in a line that is not the figure meant."""
    place = f"（{figure.source.cell}）" if figure.source else ""
    return written.violation(
        number.start,
        note
        or f"文では「{number.text}」ですが、「{figure.id.table}」の"
        f"{name_of_figure(context, figure)}{place}は {figure.printed_text()} です。",
        "元の資料を確かめ、文か表のどちらかを直してください。",
        actual=number.text,
        expected=figure.printed_text(),
    )


def miscounted_list_violation(
    written: PrintedText, number: TextNumber, table: str, count: int, note: str = ""
) -> Violation:
    """The violation of a stated count that is not that of the list."""
    return written.violation(
        number.start,
        note or f"文では「{number.text}」ですが、一覧「{table}」には {count} 件あります。",
        "一覧に抜けや重なりがないか確かめ、文か一覧を直してください。",
        actual=number.text,
        expected=str(count),
    )
