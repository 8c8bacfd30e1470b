"""Sums in sentences of what an open list adds up to (整合)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import rule
from kenpo_xl.checks.support.names.named_figures import figures_named
from kenpo_xl.checks.support.printed_text import quoted, sentence_at
from kenpo_xl.checks.support.sentences.mentions import mentions_of_item
from kenpo_xl.checks.support.sentences.stated_numbers import StatedNumber, stated_numbers_of_item
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import AnyOf, half_width, normalized
from kenpo_xl.domain.language.numbers_in_text import is_same_unit
from kenpo_xl.domain.results.figures import Figure, TableFigures

_SUM = ("計", "合計", "合わせて", "あわせて", "延べ", "総数は", "総勢")
_OF_LIST = AnyOf("上表|下表|次表|表のとおり|全会場|会場全体|各会場")
_OTHER = AnyOf("うち|見込|目標|定員|予定|前年|昨年|参考|ほか|その他|累計|年度末|ずつ|以外|除|のみ|新規")
_ENDINGS = ("件数", "者数", "人数", "回数", "数")
_FEWEST = 2


@frozen
class _Column:
    """A column of numbers of an open list with what it adds up to, and the words that name it."""

    table: TableFigures
    figures: tuple[Figure, ...]
    unit: str
    words: tuple[str, ...]

    @property
    def total(self) -> Decimal:
        return sum((one.printed_number or Decimal(0) for one in self.figures), Decimal(0))


@rule(
    "CO98",
    Family.AGREEMENT,
    Severity.WARNING,
    "文の合計が、一覧の数を足したものと違います",
    why="「参加者数は計75人」と書けば、読み手は一覧の数を足します。",
    remedy="一覧の数を足し直し、文か一覧を直してください。別の数の合計なら、何の合計か分かるように書いてください。",
    superseded_by=("CO03", "CO07", "CO14"),
)
def sum_differs_from_list(context: CheckContext) -> Iterator[Violation]:
    """A number behind 計, 合計, 延べ with the unit of a list's column is not the sum of that column.

    The sentence names the list, its column, or all of it (会場全体), and is in the block of the list or
    names it. Silent where another number of the sentence is the sum, for a part (うち, 除く), another time,
    and what a table of the item has.
    """
    for item in context.own_items:
        columns = [
            one
            for table in context.own_tables
            if table.table.item == item.id
            for one in _count_columns(table)
        ]
        if not columns:
            continue
        blocks = _block_by_table_name(context, item.id)
        for stated in stated_numbers_of_item(context, item):
            column = _column_with_another_sum(stated, columns, blocks)
            if column and not (
                _is_number_in_tables_of_item(context, item.id, stated)
                or _is_number_named_as_other_figure(context, stated, column)
            ):
                yield _violation_for_sum_of_list(stated, column)


def _count_columns(table: TableFigures) -> Iterator[_Column]:
    """The columns of counts of an open list with two numbers and more."""
    if table.table.repeating is None:
        return
    for place, axis in enumerate(table.table.columns):
        figures = tuple(
            row.figures[place] for row in table.rows if row.figures[place].printed_number is not None
        )
        unit = table.table.unit_at(table.table.repeating, place)
        if len(figures) >= _FEWEST and unit and unit != "％":
            name = normalized(axis.name)
            stem = next((name.removesuffix(end) for end in _ENDINGS if name.endswith(end)), name)
            yield _Column(table, figures, unit, (stem, normalized(table.table.name)))


def _block_by_table_name(context: CheckContext, item: str) -> Mapping[str, str]:
    """The block in which each table of an item is printed."""
    return {line.text: line.block for line in context.entries_by_item[item].lines}


def _column_with_another_sum(
    stated: StatedNumber, columns: list[_Column], blocks: Mapping[str, str]
) -> _Column | None:
    """The column that a number is the sum of by its words, if it is another number; None otherwise."""
    text, number = half_width(stated.written.text), stated.number
    if stated.is_past or not text[: number.start].rstrip("は 、").endswith(_SUM):
        return None
    sentence = normalized(sentence_at(text, number.start))
    if _OTHER.is_in(sentence):
        return None
    for one in columns:
        in_block = blocks.get(one.table.table.name) == stated.block_name
        if _is_list_or_column_named(one, sentence, in_block=in_block) and is_same_unit(number.unit, one.unit):
            total = f"{one.total:,}"
            return one if number.value != one.total and total not in sentence else None
    return None


def _is_list_or_column_named(column: _Column, sentence: str, *, in_block: bool) -> bool:
    """Whether a sentence names the list of a column, or in its block the column or all of the list."""
    stem, name = column.words
    return name in sentence or (in_block and (stem in sentence or _OF_LIST.is_in(sentence)))


def _is_number_in_tables_of_item(context: CheckContext, item: str, stated: StatedNumber) -> bool:
    """Whether a table of the item has the number."""
    return any(
        figure.printed_number == stated.number.value
        for table in context.own_tables
        if table.table.item == item
        for row in table.rows
        for figure in row.figures
    )


def _is_number_named_as_other_figure(context: CheckContext, stated: StatedNumber, column: _Column) -> bool:
    """Whether the words before a number name a figure of another table."""
    own = column.table.table.name
    return any(
        named.figure.id.table != own
        for mention in mentions_of_item(context, stated.written.item.id)
        if mention.number_id == stated.number_id
        for named in figures_named(context, replace(mention, time=None))
    )


def _violation_for_sum_of_list(stated: StatedNumber, column: _Column) -> Violation:
    first, last = column.figures[0].source, column.figures[-1].source
    cells = f"（{first.cell} から {last.cell}）" if first and last else ""
    total = f"{column.total:,} {column.unit}"
    return stated.written.violation(
        stated.number.start,
        f"文では「{stated.number.text.strip()}」ですが、一覧「{column.table.table.name}」の数{cells}を足すと"
        f" {total} です（{quoted(sentence_at(stated.written.text, stated.number.start))}）。",
        "一覧の数を足し直し、文か一覧を直してください。",
        actual=stated.number.text,
        expected=total,
        related=tuple(one.source for one in column.figures if one.source),
    )
