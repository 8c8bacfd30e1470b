"""Names and values of figures in findings, as they are displayed in the table."""

from __future__ import annotations

import re
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.numbers.exact import decimal_text
from kenpo_xl.domain.plan.placeholders import fill_placeholders
from kenpo_xl.domain.plan.table import Axis, Table
from kenpo_xl.domain.results.figures import Figure

_BRACKETED = LazyPattern(r"\s*[（(]([^（()）]*)[）)]\s*", re.DOTALL)
_LONGEST = 30
_TOTALS = frozenset(("計", "合計", "総計", "小計", "累計", "平均", "通期", "通年"))


def table_of_figure(context: CheckContext, figure: Figure) -> Table:
    """The table of a figure."""
    return context.figures.tables[figure.id.item, figure.id.table].table


def unit_of(context: CheckContext, figure: Figure) -> str:
    """The unit of a figure's cell, '' where it has none."""
    return table_of_figure(context, figure).unit_by_id[figure.id]


def is_in_percent_points(context: CheckContext, figure: Figure) -> bool:
    """Whether a rate is held as 24.45, not as 0.2445."""
    table = table_of_figure(context, figure)
    return table.holds_percent_as_points(*table.positions[figure.id])


def name_of_figure(context: CheckContext, figure: Figure, beside: Figure | None = None) -> str:
    """Row and column header of a figure (6月の登録率); only what differs from `beside`."""
    table = table_of_figure(context, figure)
    row, column = (
        axis[place]
        for axis, place in zip((table.rows, table.columns), table.positions[figure.id], strict=True)
    )
    in_row = figure.entity or axis_header_text(context, figure, row)
    in_column = axis_header_text(context, figure, column)
    if beside is not None and beside.id[:2] == figure.id[:2]:
        if (beside.id.row, beside.entity) == (figure.id.row, figure.entity):
            return in_column
        if beside.id.column == figure.id.column:
            return in_row
    is_only_row = len(table.rows) == 1 and not figure.entity
    if not in_row or (is_only_row and (_is_time_axis(row) or not _is_time_axis(column))):
        return in_column
    return _joined_header_names(table, row, column, in_row, in_column)


def name_with_table(context: CheckContext, figure: Figure) -> str:
    """Table, row and column header of a figure, each once: 「査定金額」の令和6年度の10～12月."""
    name = name_without_table(context, figure)
    return name if figure.id.table in name else f"「{figure.id.table}」の{name}"


def name_without_table(context: CheckContext, figure: Figure) -> str:
    """Row and column header of a figure, for words that name the table before it."""
    return name_of_figure(context, figure).removeprefix(f"{figure.id.table}の")


def _joined_header_names(table: Table, row: Axis, column: Axis, in_row: str, in_column: str) -> str:
    """The words of a row and a column together, those of a time first."""
    if _is_time_axis(row) and (_is_time_axis(column) or in_column in _TOTALS):
        return f"{table.name}の{in_row}の{in_column}"
    return (
        f"{in_column}の{in_row}"
        if _is_time_axis(column) and not _is_time_axis(row)
        else f"{in_row}の{in_column}"
    )


def _is_time_axis(axis: Axis) -> bool:
    return bool(axis.year_role or axis.months)


def axis_header_text(context: CheckContext, figure: Figure, axis: Axis) -> str:
    """The header of an axis as printed, in one line; its short name if it contains a figure."""
    printed = "・".join(map(_label_in_one_line, axis.labels))
    if "{" in printed:
        table = context.figures.tables[figure.id.item, figure.id.table]
        month = table.as_of_month(table.table.positions[figure.id][1])
        printed = fill_placeholders(printed, context.plan.placeholder_context(month))
    inner = _BRACKETED.fullmatch(printed)
    return axis.name if "{" in printed or not printed else inner[1] if inner else printed


def value_text(context: CheckContext, figure: Figure, value: Decimal | str | None = None) -> str:
    """A value (by default the figure's) in its format, without brackets, with its unit."""
    value = figure.printed_value if value is None else value
    if not isinstance(value, Decimal):
        return f"「{value}」" if value else "空欄"
    text = figure.displayed_text(value)
    inner = _BRACKETED.fullmatch(text)
    text = (inner[1] if inner else text).strip()
    unit = unit_of(context, figure)
    return f"{text} {unit}".replace(" ％", "％") if unit and not text.endswith(unit) else text


def input_text_for_value(figure: Figure, value: Decimal) -> str:
    """What to type for a value: digits without separators; a rate as 96.5%."""
    return f"{decimal_text(value * 100)}%" if figure.cell.format.is_percent else decimal_text(value)


def shortened_text(text: str) -> str:
    """The text in one line, at most 30 letters of it."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def _label_in_one_line(label: str) -> str:
    """A label as it is printed, without its line breaks and the spaces beside them."""
    return "".join(line.strip() for line in label.split("\n"))
