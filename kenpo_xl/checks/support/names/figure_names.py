"""The figures of a whole period by the name that sentences of any item give them."""

from __future__ import annotations

from collections.abc import Iterator

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.figure_wording import unit_of
from kenpo_xl.checks.support.names.named_figures import parts_of_axis
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.language.numbers_in_text import FRACTION, normalized_unit
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.placeholders import PLACEHOLDER
from kenpo_xl.domain.plan.table import Printing, Table
from kenpo_xl.domain.results.figures import Figure, TableFigures

# Names that tables of many items have.
_SHORTEST_IN_TEXT, _SHORTEST_PRINTED = 4, 6
_GENERAL = LazyPattern(
    r"(?:参加|受講|受診|利用|実施|開催|発送|送付|登録|回答|相談|申請|対象|延べ|新規|合計|総)*"
    r"(?:者|件|人|回|部|事業所|会場|機関|団体)?(?:数|率|割合|金額|額)?"
)


@frozen
class FigureName:
    """A figure of any year with its name, normalized, and the unit of numbers that may be it.

    A short name of a printed table has the caption of the table, or its name, before it.
    """

    figure: Figure
    name: str
    unit: str


def figure_names_by_unit(context: CheckContext) -> dict[str, tuple[FigureName, ...]]:
    """The figures of all items, also of other groups, whose names tell what they are, by unit."""
    return context.computed_once(_figure_names_by_unit)


def _figure_names_by_unit(context: CheckContext) -> dict[str, tuple[FigureName, ...]]:
    found: dict[str, list[FigureName]] = {}
    for table in context.figures.tables.values():
        for one in _names_of_table(context, table):
            found.setdefault(one.unit, []).append(one)
    return {unit: tuple(names) for unit, names in found.items()}


def _names_of_table(context: CheckContext, found: TableFigures) -> Iterator[FigureName]:
    table = found.table
    if table.repeating is not None:
        return
    columns = [parts_of_axis(axis) for axis in table.columns]
    is_printed = table.printing is not Printing.NONE
    shortest = _SHORTEST_PRINTED if is_printed else _SHORTEST_IN_TEXT
    caption = _caption_in_text(table) if is_printed else ""
    for row in found.rows:
        in_row = parts_of_axis(table.rows[row.index])
        for figure, in_column in zip(row.figures, columns, strict=False):
            if figure.printed_number is None or figure.source is None:
                continue
            name = _name_in_text("の".join((*in_row, *in_column)), caption, shortest)
            if name:
                yield FigureName(figure, name, _unit_in_text(context, figure))


def _caption_in_text(table: Table) -> str:
    return normalized(PLACEHOLDER.sub("", table.caption) or table.name)


def _name_in_text(name: str, caption: str, shortest: int) -> str:
    """What a sentence may call a figure, behind the caption where the name is short; '' for none."""
    is_of_table = name == caption and len(name) >= _SHORTEST_IN_TEXT
    if len(name) < shortest and caption and not is_of_table:
        name = f"{caption}の{name}"
    is_short = len(name) < shortest and not is_of_table
    return "" if is_short or _GENERAL.fullmatch(name) else name


def _unit_in_text(context: CheckContext, figure: Figure) -> str:
    unit = unit_of(context, figure)
    return FRACTION if unit in ("％", "%") else normalized_unit(unit)
