"""Rules for the cross-checks (検算) of the plan book that compare sentences (整合)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.rules.agreement.cross_checks import cross_checks_of_kind, figures_in_this_book
from kenpo_xl.checks.support.figure_wording import name_of_figure
from kenpo_xl.checks.support.number_matching import (
    WRONG_NUMBER_OF_TABLE,
    figure_agrees,
    is_likely_slip,
    is_number_of_part_or_past,
    is_slip_of_figure,
    is_stated_exactly,
    is_unit_of_figure,
    violation_for_different_number,
    violation_for_miscounted_list,
)
from kenpo_xl.checks.support.printed_text import PrintedText, printed_lines, quoted
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.formulas.evaluate import Ref
from kenpo_xl.domain.language.normalize import AnyOf, match_positions, normalized
from kenpo_xl.domain.language.numbers_in_text import TextNumber, is_same_unit, numbers_in
from kenpo_xl.domain.plan.cross_checks import CrossCheck, CrossCheckKind
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.results.figures import Figure, TableFigures, TableRow
from kenpo_xl.domain.text_span import TextSpan

_DENIED = AnyOf("なかった|ない|なく")


def _lines_and_spans_of_words(
    context: CheckContext, check: CrossCheck
) -> Iterator[tuple[PrintedText, TextSpan]]:
    """The lines of the item that contain all words in order, with start and end of the last word."""
    for written in printed_lines(context, check.item):
        last = (0, 0)
        for word in check.words.split():
            place = next(
                (found for found in match_positions(word, written.text) if found[0] >= last[1]), None
            )
            if place is None:
                break
            last = place
        else:
            yield written, last


def _numbers_counting_word(numbers: Sequence[TextNumber], start: int) -> list[TextNumber]:
    """The numbers whose unit the word at a place is or begins with."""
    return [one for one in numbers if one.start < start <= one.start + len(one.text)]


def _numbers_behind(text: str, numbers: Sequence[TextNumber], end: int) -> list[TextNumber]:
    """The numbers behind a place, but for those of what was not so."""
    return [one for one in numbers if one.start >= end and not _DENIED.is_in(text[end : one.start])]


def _numbers_after_words(
    context: CheckContext, check: CrossCheck, figure: Figure | None
) -> Iterator[tuple[PrintedText, TextNumber]]:
    """The numbers after the words in each line: those of the figure's unit, or of the first one's.

    Without a figure the last word may be what a number counts (15市町村): then it is that number. What was
    not so (同意が得られなかった 3 人) is another number.
    """
    for written, (start, end) in _lines_and_spans_of_words(context, check):
        found = numbers_in(written.text)
        counted = [] if figure else _numbers_counting_word(found, start)
        numbers = counted or _numbers_behind(written.text, found, end)
        fitting = [
            one
            for one in numbers
            if (
                is_unit_of_figure(context, figure, one.unit)
                if figure
                else is_same_unit(one.unit, numbers[0].unit)
            )
        ]
        yield from ((written, one) for one in fitting if is_stated_exactly(one, written.text))


def _line_and_number_most_likely_meant(
    found: Sequence[tuple[PrintedText, TextNumber]], is_slip: Callable[[TextNumber], bool]
) -> tuple[PrintedText, TextNumber]:
    """The number that is a slip of the right one, else the first that is neither a part nor past."""
    slips = (one for one in found if is_slip(one[1]))
    whole = (one for one in found if not is_number_of_part_or_past(one[0].text, one[1]))
    return next(slips, None) or next(whole, None) or found[0]


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
    remedy="元の資料を確かめ、文か表（文中の数値）を直してください。",
    superseded_by=("VA40",),
    explained_by=WRONG_NUMBER_OF_TABLE,
    across=True,
)
def number_in_text_differs(context: CheckContext) -> Iterator[Violation]:
    """文中の数: no number after the words is the figure as rounded in the text.

    One that agrees is enough, in any line with the words. 約, 以上 and 程度 are not compared, nor an empty
    figure.
    """
    for check in cross_checks_of_kind(context, CrossCheckKind.IN_TEXT):
        figure = _left_figure(context, check)
        if figure is None or figure.printed_number is None:
            continue
        found = list(_numbers_after_words(context, check, figure))
        if not found or any(figure_agrees(context, figure, number) for _, number in found):
            continue
        written, number = _line_and_number_most_likely_meant(
            found, partial(is_slip_of_figure, context, figure)
        )
        yield violation_for_different_number(context, written, number, figure, check.note)


@rule(
    "CO04",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の数が、一覧の件数と違います",
    why="「15市町村で実施」と書けば、読み手は一覧の行を数えます。",
    remedy="一覧に抜けや重なりがないか確かめ、文か一覧を直してください。",
)
def count_differs(context: CheckContext) -> Iterator[Violation]:
    """件数: no number after the words, of the first one's unit, is the number of rows of the open list.

    A number that the last word counts (15市町村) goes before those after it.
    With 列 the distinct values of that column count. Numbers reported by 文中の数 are skipped.
    """
    for check in cross_checks_of_kind(context, CrossCheckKind.COUNT):
        table = context.figures.tables.get((check.item, check.table))
        count = count_of_rows_or_values(table, check.column) if table else 0
        found = list(_numbers_after_words(context, check, None))
        if not found or not count or any(number.value == count for _, number in found):
            continue
        written, number = _line_and_number_most_likely_meant(found, partial(_is_slip_of_count, count))
        reported = ((violation.identity, violation.actual) for violation in number_in_text_differs(context))
        if (written.identity, number.text) not in reported:
            yield violation_for_miscounted_list(written, number, check.table, count, check.note)


def _is_slip_of_count(count: int, number: TextNumber) -> bool:
    return is_likely_slip(number.value, Decimal(count))


def count_of_rows_or_values(table: TableFigures, column: str = "") -> int:
    """The filled rows of an open list, or the different values of a column.

    0 where a key or value is missing (VA01) or a key is there twice (VA19): what the rows are is in doubt.
    """
    rows = _own_rows_of_list(table)
    keys = [normalized(text) for text in _texts_in_column(rows, table.table.key_column)]
    if "" in keys or len(set(keys)) < len(keys):
        return 0
    names = [axis.name for axis in table.table.columns]
    if column not in names:
        return len(rows)
    values = _texts_in_column(rows, names.index(column))
    return 0 if "" in values else len({normalized(value).partition("(")[0] for value in values})


def _texts_in_column(rows: Iterable[TableRow], place: int) -> list[str]:
    return [str(row.figures[place].printed_value or "") for row in rows]


def _own_rows_of_list(table: TableFigures) -> list[TableRow]:
    """The filled rows of an open list that the plan does not give."""
    return [row for row in table.rows if row.index == table.table.repeating and row.is_filled]


@rule(
    "CO05",
    Family.AGREEMENT,
    Severity.WARNING,
    "文にあるのに、数が入っていません",
    why="文で触れたことの数が空のままだと、集計にも報告書にも載りません。",
    remedy="数を入れてください。",
)
def figure_is_missing(context: CheckContext) -> Iterator[Violation]:
    """記載あれば数値: a line of the item contains the words, but the figure is empty."""
    for check in cross_checks_of_kind(context, CrossCheckKind.WHERE_WRITTEN):
        figure = _left_figure(context, check)
        line = next(_lines_and_spans_of_words(context, check), None)
        if figure is None or line is None or figure.printed_value not in (None, ""):
            continue
        if figure.source is None or figure not in figures_in_this_book(context, figure.id):
            continue
        name = name_of_figure(context, figure)
        message = check.note or f"文に{quoted(check.words)}とありますが、{name}の数が入っていません。"
        yield Violation(figure.source, figure.identity_with_entity, message, "数を入れてください。")
