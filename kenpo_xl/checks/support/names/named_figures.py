"""Which figure of its item a sentence names: by the words of headers, the months and the unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.figure_wording import unit_of
from kenpo_xl.checks.support.names.axis_names import (
    COMMON,
    ENDING,
    AxisNames,
    length_of_name_in_words,
    length_of_name_part_in_words,
    names_with_shared_starts_apart,
    words_with_plain_joints,
)
from kenpo_xl.checks.support.number_matching import is_unit_of_figure
from kenpo_xl.checks.support.sentences.mentions import Mention, words_without_neutral_ones
from kenpo_xl.checks.support.sentences.stated_times import TimeFit
from kenpo_xl.domain.formulas.evaluate import Node, formula_keys
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.placeholders import PLACEHOLDER
from kenpo_xl.domain.plan.table import Axis, FigureId, Printing, Table
from kenpo_xl.domain.results.figures import Figure, TableFigures
from kenpo_xl.domain.time.span import Span

# Parts of headers that say a time or a total, not what is counted.
_NO_NAME = LazyPattern(
    r"(?:当年度?|当月末?|前年度?末?|前年同?[期月]?|明細|合計|総計|計|通期|通年|累計|年計|実績値?|年度|当支部|"
    r"(?:前年)?\d+月(?:末|号)?|(?:前年)?\d+[~・]\d+月|第?[1-4]四半期|[上下]半?期)(?:\(.*\))?"
)
# A year before one of these in a short name (当年件数) is no part of what is counted.
_YEAR_BEFORE = LazyPattern(r"(?:当年度?|今年度?|前年(?:度|同期)?)の?")
# 健診実施率は全国で 22 位: the unit names the column of ranks.
_RANK_UNIT, _RANK = "位", "の順位"
_RANKED_AMONG = LazyPattern(r"(?:全国|全支部)(?:で|中)?(?:の?第)?$")
# Acts that a count is of and that a header leaves out: 予防健診の受診者数 of the header 予防健診.
_ACTS = "受診|取得|処理|申立て|申し立て|送付|発送|配信|発行|交付|データ"


@frozen
class _Group:
    """A table with the names of its rows, entities included, and columns; `kpis` read it."""

    found: TableFigures
    rows: tuple[AxisNames, ...]
    columns: tuple[AxisNames, ...]
    own: str
    caption: str
    kpis: tuple[str, ...]


@frozen
class NamedFigure:
    """A figure that a sentence names; `is_strict`: with no other words; `length`: of the words that do."""

    figure: Figure
    fit: TimeFit
    is_strict: bool
    length: int


def figures_named(
    context: CheckContext, mention: Mention, *, words: str = "", unit: str | None = None
) -> list[NamedFigure]:
    """The figures that a number is said to be, the best readings only; several where it is not clear.

    `words` are others than those before the number, `unit` another than its own ('' for any).
    """
    words = words_with_plain_joints(words or mention.words)
    unit = mention.number.unit if unit is None else unit
    if unit == _RANK_UNIT and not _is_number_part_of_noun(mention):
        words = _RANKED_AMONG.sub("", words) + _RANK
    found: list[NamedFigure] = []
    for group in context.computed_once(_groups_by_word).get(mention.written.item.id, ()):
        whole: list[NamedFigure] = []
        by_inner: list[NamedFigure] = []
        for named, is_whole in _named_in_group(context, group, mention, words, unit):
            (whole if is_whole else by_inner).append(named)
        by_inner = _figures_with_longest_name(by_inner)
        is_clear = len({names_of_figure(context, one.figure) for one in by_inner}) == 1
        found += whole or (by_inner if is_clear else ())
    return _best_named(found)


def _is_number_part_of_noun(mention: Mention) -> bool:
    """Whether a number only says which one the noun behind it is (全国2位の支部を訪ねた)."""
    number = mention.number
    return mention.written.text[number.start + len(number.text) :].lstrip().startswith("の")


def _best_named(found: Sequence[NamedFigure]) -> list[NamedFigure]:
    kept = [one for one in found if one.is_strict] or list(found)
    kept = [one for one in kept if one.fit is TimeFit.EXACT] or kept
    return _figures_with_longest_name(kept)


def _figures_with_longest_name(found: Sequence[NamedFigure]) -> list[NamedFigure]:
    longest = max((one.length for one in found), default=0)
    return [one for one in found if one.length == longest]


def _named_in_group(
    context: CheckContext, group: _Group, mention: Mention, words: str, unit: str
) -> Iterator[tuple[NamedFigure, bool]]:
    """The figures that some words name, each with whether they name every level of its headers."""
    rows = list(_named_lines_with_length(group.rows, words))
    rows = rows or list(_only_row_of_table(context, group, words, unit))
    columns = list(_named_lines_with_length(group.columns, words)) if rows else []
    for row, in_row, is_whole_row in rows:
        for column, in_column, is_whole_column in columns:
            figure = group.found.rows[row.place].figures[column.place]
            parts = (*row.parts, *column.parts)
            length = in_row + in_column or _length_of_table(group, words, unit)
            if not length or figure.printed_number is None:
                continue
            fits_unit = not unit or is_unit_of_figure(context, figure, unit)
            fit = _time_fit(context, figure, mention)
            if fits_unit and fit is not TimeFit.NONE:
                vocabulary = "|".join((*parts, *row.common, *column.common, group.own, group.caption, _ACTS))
                is_strict = _are_words_only_names(words, parts, vocabulary)
                yield NamedFigure(figure, fit, is_strict, length), is_whole_row and is_whole_column


def _only_row_of_table(
    context: CheckContext, group: _Group, words: str, unit: str
) -> Iterator[tuple[AxisNames, int, bool]]:
    """The only row that the name of a table with a unit, or with 件数, means: 保険者間調整の件数."""
    length = length_of_name_in_words(group.own, words) if group.own else 0
    fitting = [
        row for row in group.rows if length and _is_row_counted_in_unit(context, group, row, words, unit)
    ]
    if len(fitting) == 1:
        yield fitting[0], length, False


def _is_row_counted_in_unit(
    context: CheckContext, group: _Group, row: AxisNames, words: str, unit: str
) -> bool:
    """Whether a row has a unit, or its name ends in a word of a count that some words have."""
    if unit:
        figures = group.found.rows[row.place].figures
        return any(unit_of(context, one) and is_unit_of_figure(context, one, unit) for one in figures)
    ending = ENDING.search(row.parts[-1]) if row.parts else None
    return ending is not None and ending[0] in words


def _length_of_table(group: _Group, words: str, unit: str) -> int:
    """How many letters of the name of a table, or of a KPI that reads it, are in some words.

    A number with a unit behind the name of a KPI is the result, which has a rule of its own (CO18).
    """
    kpi = max((len(name) for name in group.kpis if name in words), default=0)
    if kpi:
        return length_of_name_in_words(group.own, words) if unit else kpi
    return length_of_name_part_in_words(group.own, words)


def _are_words_only_names(words: str, parts: Iterable[str], vocabulary: str) -> bool:
    """Whether words are these parts, pieces of a vocabulary and particles only."""
    if not words_without_neutral_ones(words, vocabulary):
        return True
    for part in parts:
        words = words.replace(part, "、", 1)
    return not words_without_neutral_ones(words, vocabulary)


def _time_fit(context: CheckContext, figure: Figure, mention: Mention) -> TimeFit:
    span, year = context.figures.span_of_figure(figure.id), context.plan.fiscal_year
    if mention.time is not None:
        return mention.time.fit(span, year)
    return TimeFit.EXACT if year.contains(span.last) else TimeFit.NONE


def _named_lines_with_length(axes: Iterable[AxisNames], words: str) -> Iterator[tuple[AxisNames, int, bool]]:
    """The rows or columns whose innermost part is in the words, with the length of all that are.

    And whether all are.
    """
    for axis in axes:
        lengths = [length_of_name_part_in_words(part, words) for part in axis.parts]
        if axis.is_named(lengths):
            length = sum(lengths) + sum(len(part) for part in axis.common if part in words)
            yield axis, length, all(lengths)


def figure_of_year_before(context: CheckContext, figure: Figure) -> Figure | None:
    """The figure of the same names and months a year before in its table, None without one."""
    span = context.figures.span_of_figure(figure.id)
    months = span.first.years_earlier(1), span.last.years_earlier(1)
    return _figure_of_months(context, figure, lambda then: (then.first, then.last) == months)


def figure_of_whole_year_before(context: CheckContext, figure: Figure) -> Figure | None:
    """The figure of the same names up to the end of the year before in its table, None without one."""
    end = (context.figures.year_of_figure(figure.id) - 1).last
    return _figure_of_months(context, figure, lambda then: then.last == end)


def figures_of_same_name(context: CheckContext, figure: Figure) -> Iterator[Figure]:
    """The other figures with a number that have the names of a figure in its table, of whatever time."""
    names = names_of_figure(context, figure)
    for row in context.figures.tables[figure.id.item, figure.id.table].rows:
        for other in row.figures:
            is_number = other.printed_number is not None and other.entity == figure.entity
            if is_number and other is not figure and names_of_figure(context, other) == names:
                yield other


def figure_of_same_line_called(context: CheckContext, figure: Figure, words: str) -> Figure | None:
    """The figure of a table whose names are those of another and one more that some words have: 全国平均."""
    names = set(names_of_figure(context, figure))
    for row in context.figures.tables[figure.id.item, figure.id.table].rows:
        for other in row.figures:
            more = set(names_of_figure(context, other)) - names
            is_number = other.printed_number is not None and other is not figure
            if is_number and len(more) == 1 and names <= {*names_of_figure(context, other)}:
                (name,) = more
                if name in words or words in name:
                    return other
    return None


def _figure_of_months(
    context: CheckContext, figure: Figure, is_meant: Callable[[Span], bool]
) -> Figure | None:
    found = figures_of_same_name(context, figure)
    return next((one for one in found if is_meant(context.figures.span_of_figure(one.id))), None)


def names_of_figure(context: CheckContext, figure: Figure) -> tuple[str, ...]:
    """What the headers of a figure name, without times and totals, normalized."""
    table = context.figures.tables[figure.id.item, figure.id.table].table
    row, column = table.positions[figure.id]
    own = context.plan.branch
    return (*parts_of_axis(table.rows[row], own), *parts_of_axis(table.columns[column], own))


def _groups_by_word(context: CheckContext) -> dict[str, list[_Group]]:
    groups: dict[str, list[_Group]] = {}
    for found in context.own_tables:
        table = found.table
        rows = tuple(
            AxisNames(place, (normalized(row.entity),))
            if row.entity
            else _names_of_axis(place, table.rows[row.index], context.plan.branch)
            for place, row in enumerate(found.rows)
        )
        columns = tuple(
            _names_of_axis(at, axis, context.plan.branch) for at, axis in enumerate(table.columns)
        )
        own = normalized(table.name) if table.printing is not Printing.NONE else ""
        caption = normalized(PLACEHOLDER.sub("", table.caption))
        kpis = tuple(
            normalized(one.name) for one in context.plan.kpis if _is_table_read_by_formula(one.result, table)
        )
        group = _Group(
            found, names_with_shared_starts_apart(rows), columns, own, "|".join((caption, *kpis)), kpis
        )
        groups.setdefault(table.item, []).append(group)
    return groups


def _is_table_read_by_formula(formula: Node | None, table: Table) -> bool:
    keys = formula_keys(formula) if formula is not None else ()
    return any(isinstance(key, FigureId) and key[:2] == (table.item, table.name) for key in keys)


def _names_of_axis(place: int, axis: Axis, branch: str) -> AxisNames:
    parts = tuple(map(words_with_plain_joints, parts_of_axis(axis, branch)))
    common = tuple(part for part in parts if part in COMMON)
    return AxisNames(place, tuple(part for part in parts if part not in common), common)


def parts_of_axis(axis: Axis, branch: str = "") -> tuple[str, ...]:
    """What the headers of a row or column name, without times, totals and the branch itself, normalized."""
    return _named_parts(axis.name, branch)


@lru_cache(maxsize=2_048)
def _named_parts(header: str, branch: str) -> tuple[str, ...]:
    parts = map(_without_year, normalized(header).split(">"))
    return tuple(
        part for part in parts if part not in ("", normalized(branch)) and not _NO_NAME.fullmatch(part)
    )


def _without_year(name: str) -> str:
    """件数 of 当年件数; any other name as it is."""
    year = _YEAR_BEFORE.match(name)
    return name[year.end() :] if year and name[year.end() :] in COMMON else name
