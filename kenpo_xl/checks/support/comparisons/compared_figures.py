"""The figures that a sentence compares: of two times, of two rows or columns, or with the nation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.figure_wording import table_of_figure, unit_of
from kenpo_xl.checks.support.names.axis_names import length_of_name_part_in_words
from kenpo_xl.checks.support.names.named_figures import (
    figure_of_same_line_called,
    names_of_figure,
)
from kenpo_xl.checks.support.printed_text import PrintedText
from kenpo_xl.checks.support.sentences.mentions import words_without_neutral_ones
from kenpo_xl.checks.support.sentences.series import Series, series_of_figure
from kenpo_xl.checks.support.sentences.stated_times import StatedTime, TimeKind, stated_times_in
from kenpo_xl.checks.support.sentences.years_compared import figures_called_before_place
from kenpo_xl.domain.language.normalize import half_width, normalized
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.plan.placeholders import PLACEHOLDER
from kenpo_xl.domain.results.figures import Figure

Pair = tuple[Figure, Figure]
_STEP_BEFORE = LazyPattern(
    r"(?:直前|前)(?:の)?(?:月|四半期|期)(?:の?(?:実績|件数|人数|回数|数|率|金額|額))?", needs="前"
)
_NATION = LazyPattern(
    r"(?:全国|全支部|支部)(?:の?平均|計)?(?:値|の(?:平均|水準|値))?", needs=("全国", "支部")
)


def figures_compared(
    context: CheckContext, written: PrintedText, base_start: int, base_end: int
) -> list[Pair]:
    """The figures named before some words of a text, each with the one that these words name beside it.

    The words before them name the figure and nothing else; so do these, which say another month or quarter,
    the one before, the nation, or another row or column. Several where it is not clear; () where nothing is.
    """
    base = half_width(written.text)[base_start:base_end].strip()
    figures = figures_called_before_place(context, written, base_start) if base else []
    return [pair for figure in figures for pair in _figure_with_each_base(context, figure, base)]


def _figure_with_each_base(context: CheckContext, figure: Figure, base: str) -> Iterator[Pair]:
    times = stated_times_in(base, context.plan.fiscal_year)
    if _STEP_BEFORE.fullmatch(base):
        yield from _figure_with_period_before(context, figure)
    elif _NATION.fullmatch(base):
        beside = figure_of_same_line_called(context, figure, normalized(base))
        if beside is not None:
            yield figure, beside
    elif len(times) == 1:
        rest = f"{base[: times[0].start]} {base[times[0].end :]}"
        if not words_without_neutral_ones(normalized(rest), _header_words_of_table(context, figure)):
            yield from _figure_with_one_at_time(context, figure, times[0])
    elif not times:
        yield from ((figure, other) for other in _other_figures_called(context, figure, normalized(base)))


def _figure_with_period_before(context: CheckContext, figure: Figure) -> Iterator[Pair]:
    """A figure of a month or quarter with that of the one before; the newest where none is named."""
    series = series_of_figure(context, figure)
    if series is None or series.is_running:
        return
    figures = list(series.figures.values())
    at = next((place for place, one in enumerate(figures) if one is figure), 0)
    months = list(series.figures)
    if at and (months[at][0] - months[at - 1][1]) % 12 == 1:
        yield figure, figures[at - 1]


def _figure_with_one_at_time(context: CheckContext, figure: Figure, time: StatedTime) -> Iterator[Pair]:
    """A figure with that of another month or quarter of this year; the newest for the total of a series."""
    year = context.plan.fiscal_year
    is_of_months = time.kind in (TimeKind.MONTHS, TimeKind.AT) and time.months is not None
    series = series_of_figure(context, figure)
    if not is_of_months or time.months is None or series is None or time.fiscal_year_in(year) != year:
        return
    other = _figure_at(series, time.months)
    if other is not None and other is not figure and any(figure is one for one in series.figures.values()):
        yield figure, other


def _figure_at(series: Series, months: tuple[int, int]) -> Figure | None:
    if series.is_running:
        return next((one for (_, last), one in series.figures.items() if last == months[1]), None)
    return series.figures.get(months)


def _other_figures_called(context: CheckContext, figure: Figure, words: str) -> list[Figure]:
    """The figures beside a figure whose only other name is in some words, and nothing else."""
    own, vocabulary = names_of_figure(context, figure), _header_words_of_table(context, figure)
    found = []
    for other in figures_of_other_rows_in_column(context, figure):
        (name,) = (one for one in names_of_figure(context, other) if one not in own)
        rest = words_without_neutral_ones(words, f"{vocabulary}|{name}")
        if length_of_name_part_in_words(name, words) and not rest:
            found.append(other)
    return found


def figures_of_other_rows_in_column(context: CheckContext, figure: Figure) -> list[Figure]:
    """The figures of a table with the months and unit of a figure, and all names but one."""
    own, span = names_of_figure(context, figure), context.figures.span_of_figure(figure.id)
    found = []
    for other in _figures_of_table(context, figure):
        names = names_of_figure(context, other)
        is_beside = len(names) == len(own) and sum(name not in own for name in names) == 1
        is_alike = unit_of(context, other) == unit_of(context, figure)
        if is_beside and is_alike and context.figures.span_of_figure(other.id) == span:
            found.append(other)
    return found


def _figures_of_table(context: CheckContext, figure: Figure) -> Sequence[Figure]:
    """The other figures of a table with a number, and with the entity of a figure where it has one."""
    found = context.figures.tables[figure.id.item, figure.id.table]
    return [
        other
        for row in found.rows
        for other in row.figures
        if other.printed_number is not None and other is not figure and other.entity == figure.entity
    ]


def _header_words_of_table(context: CheckContext, figure: Figure) -> str:
    """The words that name a figure or its table."""
    table = table_of_figure(context, figure)
    caption = normalized(PLACEHOLDER.sub("", table.caption))
    return "|".join((*names_of_figure(context, figure), normalized(table.name), caption))
