"""Rules on the values typed into the cells of tables (値)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.figure_wording import input_text_for_value, shortened_text, value_text
from kenpo_xl.checks.support.missing_cells import groups_of_missing_cells, is_blank_table
from kenpo_xl.checks.support.number_cells import (
    MAY_FALL,
    NumberCell,
    all_number_cells,
    cells_of_table,
    looks_like_formula,
    numbers_in_row_and_column,
)
from kenpo_xl.checks.support.printed_text import all_printed_texts
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import decimal_text
from kenpo_xl.domain.numbers.typed import typed_number_and_unit
from kenpo_xl.domain.submission.submission import CellType

_MULTIPLES = {"": 1, "千": 10**3, "万": 10**4, "百万": 10**6, "億": 10**8}
_NO_RESULT = "算式の結果がブックに保存されていないため、値が分かりません。"
_COMPUTE = "Excel で開いて計算させ、保存し直してください。値が決まっているなら、数や文を入れてください。"
_FAULT = LazyPattern(r"#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!|FIELD!|GETTING_DATA)")
_UNIT = LazyPattern(r"(百万|千|万|億)?(.+)")


@rule(
    "VA01",
    Family.VALUES,
    Severity.WARNING,
    "記入する欄が空いています",
    why="空欄のままだと、合計・率・評価が少ない数で計算されます。",
    remedy="数を記入してください。該当がないときは 0 か「－」を入れてください。",
    superseded_by=(
        rule_codes.ISSUE_WITHOUT_COPIES,
        rule_codes.OUTSIDE_LINK,
        rule_codes.DDE_LINK,
        rule_codes.STRUCK_THROUGH,
    ),
)
def missing_value(context: CheckContext) -> Iterator[Violation]:
    """A due number cell is empty (see `groups_of_missing_cells`); never a cell with ／.

    An empty column or row of two or more due cells is one finding, at its first cell.
    """
    for table in context.own_tables:
        if is_blank_table(context, table):
            continue
        for together in groups_of_missing_cells(context, table):
            first, *others = together
            also = f"（{'、'.join(cell.source.cell for cell in others)} も空欄）" if others else ""
            known = context.published_value(first.figure)
            wanted = value_text(context, first.figure, known.value) if known else ""
            yield first.violation(
                f"{first.name}が空欄です{also}。",
                f"{known.workbook} の {wanted} を記入してください。"
                if known
                else "値を記入してください。該当がないときは 0 か「－」を入れてください。",
                wanted,
            )


@rule(
    "VA04",
    Family.VALUES,
    Severity.ERROR,
    "欄と違う単位が付いています",
    why="千円の欄に 9.6万円 とあると、読む人によって値が変わります。数として読めないため計算からも漏れます。",
    remedy="欄の単位に直した数だけを入れてください。",
)
def other_unit(context: CheckContext) -> Iterator[Violation]:
    """A number with another unit than the cell's; converted if both have the same base unit."""
    for cell in all_number_cells(context):
        text = cell.entry.value
        read = typed_number_and_unit(text) if isinstance(text, str) and cell.expects_number else None
        if read and read[1]:
            value = _number_in_unit_of_cell(*read, cell)
            unit = f"この欄の単位は「{cell.unit}」です" if cell.unit else "この欄には数だけを入れます"
            hint = (
                "数だけを入れてください。" if value is None else f"{decimal_text(value)} と入れてください。"
            )
            expected = "" if value is None else decimal_text(value)
            yield cell.violation(
                f"{cell.name}に「{shortened_text(str(text))}」とあります。{unit}。", hint, expected
            )


@rule(
    rule_codes.NEGATIVE_COUNT,
    Family.VALUES,
    Severity.WARNING,
    "件数や人数がマイナスです",
    why="件数・人数・金額の実績がマイナスになることは、ふつうありません。",
    remedy="符号を確かめてください。",
    superseded_by=(rule_codes.REPORTED_FIGURE_CHANGED, rule_codes.LAST_YEAR_DIFFERS_FROM_REPORT),
)
def negative_count(context: CheckContext) -> Iterator[Violation]:
    """A typed number below 0 that is no rate and that nothing marks as possibly negative.

    Marks: another negative number in its row or column, a number format with a part for negatives, or
    増減, 差, 対比, 伸, 損益, 収支, 過不足, 残 … in a header.
    """
    for cell in all_number_cells(context):
        number = cell.number
        if number is None or number >= 0 or not cell.is_input_cell or cell.unit == "％":
            continue
        may_fall = _has_format_for_negatives(cell) or MAY_FALL.is_in(cell.header_text.replace("差額通知", ""))
        if not may_fall and not any(one < 0 for one in numbers_in_row_and_column(cell)):
            positive = input_text_for_value(cell.figure, -number)
            yield cell.violation(
                f"{cell.name}が {cell.displayed_value()} で、マイナスです。",
                f"符号を確かめ、違っていれば {positive} と入れ直してください。",
                value_text(context, cell.figure, -number),
            )


@rule(
    "VA09",
    Family.VALUES,
    Severity.ERROR,
    "数を入れる欄に TRUE または FALSE があります",
    why="TRUE や FALSE は数ではなく、計算から漏れます。",
    remedy="数を入れ直してください。",
)
def boolean_value(context: CheckContext) -> Iterator[Violation]:
    """TRUE or FALSE in a number cell, typed or the result of a user's formula."""
    for cell in all_number_cells(context):
        if cell.entry.cell_type is CellType.BOOLEAN and cell.expects_number:
            yield cell.violation(
                f"{cell.name}に {cell.entry.written} が入っています。", "正しい数を入れ直してください。"
            )


@rule(
    "VA10",
    Family.VALUES,
    Severity.ERROR,
    "セルがエラー値になっているか、算式の結果がありません",
    why="#REF! や #N/A のセルは報告書に載せられず、参照している計算もエラーになります。",
    remedy="数や文を入れ直してください。計算のセルは、「直す」を押すと算式に戻ります。",
    superseded_by=(rule_codes.OUTSIDE_LINK, rule_codes.DDE_LINK),
)
def error_value(context: CheckContext) -> Iterator[Violation]:
    """An Excel error value (#REF!, #N/A, #DIV/0! …) in a table cell or a progress line.

    Also a formula that cannot be computed here and whose result the book does not store.
    """
    for cell in all_number_cells(context):
        if cell.entry.cell_type is CellType.ERROR and not cell.entry.written:
            yield cell.violation(f"{cell.name}の{_NO_RESULT}", _COMPUTE)
        elif cell.entry.cell_type is CellType.ERROR:
            yield cell.violation(
                f"{cell.name}がエラー値 {cell.entry.written} になっています。",
                "値を入れ直してください。" if cell.is_input_cell else "「直す」を押すと、算式に戻ります。",
            )
    for written in all_printed_texts(context):
        if _FAULT.fullmatch(written.text) and not written.axes:
            fact, hint = f"文がエラー値 {written.text} になっています。", "文を入れ直してください。"
            yield written.violation(0, fact, hint, actual=written.text)
    for part in context.survey.formulas_without_result:
        yield Violation(part.source, part.identity, f"{part}の{_NO_RESULT}", _COMPUTE)


@rule(
    "VA11",
    Family.VALUES,
    Severity.ERROR,
    "数を入れる欄に日付があります",
    why="10/12 や 1-2 と入れると Excel が日付に変えてしまい、数として読めません。",
    remedy="セルの表示形式を元に戻して、数を入れ直してください。",
)
def date_value(context: CheckContext) -> Iterator[Violation]:
    """A cell for a number that Excel holds as a date."""
    for cell in all_number_cells(context):
        if cell.entry.cell_type is CellType.DATE and cell.expects_number:
            yield cell.violation(
                f"{cell.name}が日付（{cell.entry.written}）になっています。",
                "表示形式を「数値」に戻してから、数を入れ直してください。",
            )


@rule(
    "VA12",
    Family.VALUES,
    Severity.WARNING,
    "文字が計算式のように始まっています",
    why="= や @ で始まる文字は、ほかのブックや CSV に写したときに計算式や命令として動くことがあります。",
    remedy="先頭の記号を取るか、数を入れ直してください。身に覚えがないときは IT 担当に知らせてください。",
)
def formula_like_text(context: CheckContext) -> Iterator[Violation]:
    """Text in a table cell or progress line that begins with =, +, - or @ like a formula.

    A sign (－), a bullet (- and a word), a negative number and a telephone number (+81-…) are none.
    """
    for cell in all_number_cells(context):
        if cell.entry.cell_type is CellType.TEXT and looks_like_formula(cell.entry.written):
            yield cell.violation(*_formula_like_message_and_hint(cell.name, cell.entry.written))
    for item, line in context.text_lines_with_items:
        if line.source and looks_like_formula(line.text):
            message, hint = _formula_like_message_and_hint("実施状況の行", line.text)
            yield Violation(line.source, f"{item.id}/ブロック {line.block}/文", message, hint, line.text)


@rule(
    "VA14",
    Family.VALUES,
    Severity.WARNING,
    "表に何も記入されていません",
    why="表がすべて空欄のまま報告書に載ります。",
    remedy="表に記入してください。",
)
def blank_table(context: CheckContext) -> Iterator[Violation]:
    """A table with fixed rows and due numbers that is empty; reported at its title."""
    for table in context.own_tables:
        first = next((cell for cell in cells_of_table(context, table) if cell.is_input_cell), None)
        if first is not None and is_blank_table(context, table):
            entries = context.entries_by_item[table.table.item].tables
            title = next(entry.title for entry in entries if entry.table == table.table.name)
            message = f"表「{table.table.name}」に何も記入されていません。"
            hint = "表に記入してください。該当がないときは 0 か「－」を入れてください。"
            yield Violation(title or first.source, f"{table.table.item}/{table.table.name}", message, hint)


def _formula_like_message_and_hint(name: str, text: str) -> tuple[str, str]:
    return (
        f"{name}の「{shortened_text(text)}」は、計算式のように始まる文字です。",
        "先頭の記号を取るか、値を入れ直してください。",
    )


def _has_format_for_negatives(cell: NumberCell) -> bool:
    """Whether the number format has a part of its own for negative numbers."""
    return ";" in re.sub(r'"[^"]*"', "", cell.figure.cell.format.code)


def _number_in_unit_of_cell(number: Decimal, unit: str, cell: NumberCell) -> Decimal | None:
    """The number converted to the unit of the cell, None for another base unit."""
    if unit == "％" and cell.unit == "％":
        return number
    typed, held = (_UNIT.fullmatch(normalized(one)) for one in (unit, cell.unit))
    if not typed or not held or typed[2] != held[2]:
        return None
    value = number * _MULTIPLES[typed[1] or ""] / _MULTIPLES[held[1] or ""]
    return value * Decimal(1000) ** cell.figure.cell.format.scaling_comma_count
