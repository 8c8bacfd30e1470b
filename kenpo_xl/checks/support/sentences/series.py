"""The figures of one name in the successive months or quarters of this year, and which a sentence names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.support.names.named_figures import figures_named, parts_of_axis
from kenpo_xl.checks.support.printed_text import PrintedText
from kenpo_xl.checks.support.sentences.mentions import Mention
from kenpo_xl.checks.support.sentences.stated_times import StatedTime, TimeKind, stated_times_in
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.language.numbers_in_text import TextNumber
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.domain.results.figures import Figure, TableFigures, TableRow
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear

Months = tuple[int, int]
_LONGEST_PERIOD = 3
_FEWEST = 2
_HEADING = LazyPattern(r"^[\s・•●■※]*(?:KPI\s*[::]?)?\s*")


@frozen
class Series:
    """The figures by their first and last month, in order; `is_running`: each counts from April on."""

    figures: dict[Months, Figure]
    is_running: bool

    @property
    def values(self) -> list[Decimal]:
        """The numbers as printed, in order."""
        return [printed_number(one) for one in self.figures.values()]


def printed_number(figure: Figure) -> Decimal:
    """The number of a figure of a series; each has one."""
    assert figure.printed_number is not None
    return figure.printed_number


def series_named(
    context: CheckContext, written: PrintedText, words: str, months: Months | None
) -> list[tuple[Series, Figure]]:
    """The series that some words name, and nothing else, each with its figure of the months.

    Without months the last figure of each.
    """
    words = _HEADING.sub("", words)
    time = StatedTime(TimeKind.MONTHS, 0, 0, months) if months else None
    number = TextNumber(Decimal(0), "", "", 0)
    mention = Mention(written, number, normalized(words), "", time, is_bare=False, sentence=(0, 0))
    found = []
    for named in figures_named(context, mention, unit="") if mention.words else ():
        series = context.computed_once(_series_by_figure).get(id(named.figure)) if named.is_strict else None
        if series is not None:
            found.append((series, named.figure))
    return found


def series_of_figure(context: CheckContext, figure: Figure) -> Series | None:
    """The series that a figure is one of, None where it stands alone."""
    return context.computed_once(_series_by_figure).get(id(figure))


def without_times(words: str, fiscal_year: FiscalYear) -> str:
    """Words with a blank for each time that they name."""
    for time in reversed(stated_times_in(words, fiscal_year)):
        words = f"{words[: time.start]} {words[time.end :]}"
    return words


def times_within_year(sentence: str, year: FiscalYear) -> list[StatedTime]:
    """The times that a sentence names, without this year itself: 今年度の."""
    return [
        one
        for one in stated_times_in(sentence, year)
        if not (one.kind is TimeKind.YEAR and one.fiscal_year_in(year) == year)
    ]


def _series_by_figure(context: CheckContext) -> dict[int, Series]:
    """The series of each figure, by the identity of the object."""
    found: dict[int, Series] = {}
    for table in context.own_tables:
        for cells in _cells_of_one_name(table):
            series = _series_of_cells(context, cells)
            found |= {id(figure): series for figure in series.figures.values()} if series else {}
    return found


def _cells_of_one_name(found: TableFigures) -> Iterator[list[Figure]]:
    """The cells of each row and each column that differ in their time only."""
    if found.table.repeating is not None:
        return
    rows = [parts_of_axis(found.table.rows[row.index]) for row in found.rows]
    columns = [parts_of_axis(axis) for axis in found.table.columns]
    for names in dict.fromkeys(rows):
        for in_column in dict.fromkeys(columns):
            yield [
                figure
                for row, in_row in zip(found.rows, rows, strict=True)
                if in_row == names
                for figure in _filled_figures(row, columns, in_column)
            ]


def _filled_figures(
    row: TableRow, columns: Sequence[tuple[str, ...]], wanted: tuple[str, ...]
) -> list[Figure]:
    return [
        figure
        for figure, name in zip(row.figures, columns, strict=False)
        if name == wanted and figure.printed_number is not None
    ]


def _figures_of_this_year(context: CheckContext, cells: Sequence[Figure]) -> dict[Months, Figure]:
    """The cells of this year that are not to come, by their first and last month."""
    figures: dict[Months, Figure] = {}
    for figure in cells:
        span = context.figures.span_of_figure(figure.id)
        if context.plan.fiscal_year.contains(span.last) and not context.figures.is_in_future(figure.id):
            figures.setdefault((span.first.number, span.last.number), figure)
    return figures


def _series_of_cells(context: CheckContext, cells: Sequence[Figure]) -> Series | None:
    """The single months or quarters of this year, else its running figures; None for fewer than two."""
    figures, year = (
        _figures_of_this_year(context, cells) if len(cells) >= _FEWEST else {},
        context.plan.fiscal_year,
    )
    running = {months: one for months, one in figures.items() if months[0] == year.first_month}
    if len(running) == len(figures) >= _FEWEST:
        return Series(_in_order(year, running.items()), is_running=True)
    lengths = [_month_count(months) for months in figures if _month_count(months) <= _LONGEST_PERIOD]
    length = max(set(lengths), key=lengths.count, default=0)
    single = _in_order(
        year, ((months, one) for months, one in figures.items() if _month_count(months) == length)
    )
    return Series(single, is_running=False) if len(single) >= _FEWEST else None


def _in_order(year: FiscalYear, figures: Iterable[tuple[Months, Figure]]) -> dict[Months, Figure]:
    return dict(sorted(figures, key=lambda one: year.place_of(one[0][1])))


def _month_count(months: Months) -> int:
    return (months[1] - months[0]) % 12 + 1
