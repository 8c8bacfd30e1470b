"""What head office published for a period (全国平均.xlsx), for the cells of its plan."""

from __future__ import annotations

from collections.abc import Mapping

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.national_figures import NationalFigures, asks_for_national_figures
from kenpo_xl.domain.plan.figure_span import span_of_cell
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.results.carried import CarriedValue, CellKey
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.period.folder import PeriodFolder


@frozen
class PublishedFigures:
    """The figures, None without those of the period, and sentences on what of them cannot be used."""

    figures: NationalFigures | None = None
    sentences: tuple[str, ...] = ()


def published_figures(period: PeriodFolder, plan: Plan) -> PublishedFigures:
    """What was published for a period; nothing is read where its plan asks for nothing."""
    path = period.national_path
    if not asks_for_national_figures(plan) or not path.is_file():
        return PublishedFigures()
    from kenpo_xl.books.comparison.national_reader import read_national_book  # of few plans
    from kenpo_xl.pipeline.branches.compare import quarter_of

    try:
        figures = read_national_book(path, quarter_of(PeriodKey.of(plan)))
    except KenpoError as error:
        return PublishedFigures(sentences=(" ".join(str(error).split()),))
    return PublishedFigures(figures, tuple(figures.gap_sentences(plan)))


def values_for_new_books(plan: Plan, figures: NationalFigures) -> Mapping[CellKey, CarriedValue]:
    """The published numbers for the cells of books that are made, whose as-of month is that of the period."""
    found: dict[CellKey, CarriedValue] = {}
    for one in figures.values_for(plan):
        table = plan.tables[one.identity[:2]]
        place = table.positions[one.identity]
        span = span_of_cell(table, *place, plan.fiscal_year, plan.as_of_month.number)
        if span.last == one.until:
            found[one.identity, ""] = CarriedValue(one.value, figures.workbook, span=span)
    return found
