"""Shows what a book was filled with: a tint while a value is unchanged, a note under each table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from decimal import Decimal

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from kenpo_xl.books.common import names
from kenpo_xl.books.common.styles import Styles
from kenpo_xl.books.input.write.uncertain_sheet import UncertainCells
from kenpo_xl.domain.numbers.exact import decimal_text
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.results.carried import CarriedValue, CellKey
from kenpo_xl.domain.results.figures import Figure
from kenpo_xl.domain.submission.typed_texts import value_text
from kenpo_xl.domain.time.fiscal_calendar import FiscalYear, fiscal_year_text
from kenpo_xl.domain.time.span import Span

FIRST_COLUMN = 5
"""The first column of the hidden sheet with the sources, counted from 0; the stamp is left of it."""

# So many letters of a text are compared by the rule that tints its cell.
_COMPARED = 60


class CarriedCells:
    """The cells of an item's sheet that hold a carried value."""

    def __init__(self, plan: Plan, values: Mapping[CellKey, CarriedValue], uncertain: UncertainCells) -> None:
        self.plan, self.values, self.uncertain = plan, values, uncertain
        self._cells: list[tuple[int, int, Decimal | str]] = []

    def add_cell(self, row: int, column: int, figure: Figure) -> None:
        """Remember the cell (from 0) of a figure if its value was carried."""
        self.uncertain.add_cell(row, column, figure.identity_with_entity, value_text(figure.typed))
        carried = self.values.get((figure.id, figure.entity))
        if carried and carried.value == figure.typed:
            self._cells.append((row, column, carried.value))

    def note_of_table(self, figures: Iterable[Figure]) -> str:
        """A sentence on what was carried into a table, '' for nothing."""
        keys = [(figure.id, figure.entity) for figure in figures if figure.typed is not None]
        known = {key: self.values[key] for key in keys if key in self.values}
        is_list = any(entity for _, entity in known)
        return carried_note(self.plan, known.values(), texts="項目" if is_list else "文字")

    def add_tints(self, sheet: Worksheet, styles: Styles) -> None:
        """Tint each cell as long as it holds its carried value; findings are highlighted before."""
        for row, column, value in self._cells:
            cell = xl_rowcol_to_cell(row, column)
            is_same = (
                f"=AND(ISNUMBER({cell}),{cell}={decimal_text(value)})"
                if isinstance(value, Decimal)
                else _is_text_formula(cell, value)
            )
            rule = {"type": "formula", "criteria": is_same, "format": styles("carried")}
            sheet.conditional_format(row, column, row, column, rule)


def _is_text_formula(cell: str, text: str) -> str:
    """A formula on whether a cell holds a text, by its length and beginning: a rule takes 255 letters."""
    beginning = text[:_COMPARED].replace('"', '""')
    return f'=AND(LEN({cell})={len(text)},EXACT(LEFT({cell},{_COMPARED}),"{beginning}"))'


def carried_note(plan: Plan, values: Iterable[CarriedValue], *, texts: str = "項目") -> str:
    """前年度と4～9月は第3四半期の報告から入れてあります。: the times of values by report, '' for none.

    `texts` is what texts are called.
    """
    by_origin: dict[str, list[CarriedValue]] = {}
    for value in values:
        by_origin.setdefault(value.origin, []).append(value)
    this_year = fiscal_year_text(plan.fiscal_year)
    years = Counter(
        year for found in by_origin.values() for year in _fiscal_years_of_values(plan.fiscal_year, found)
    )
    shared = {year for year, count in years.items() if count > 1}
    year = plan.fiscal_year
    parts = [
        f"{'と'.join(_times_in_words(year, found, shared, texts))}は{origin.removeprefix(this_year)}"
        for origin, found in by_origin.items()
    ]
    return "から、".join(parts) + names.CARRIED_END if parts else ""


def _fiscal_years_of_values(year: FiscalYear, values: Sequence[CarriedValue]) -> list[FiscalYear]:
    return sorted({year.of(value.span.last) for value in values if value.span})


def _times_in_words(
    fiscal_year: FiscalYear, values: Sequence[CarriedValue], shared: Set[int], texts: str
) -> Iterator[str]:
    """The years of values, with the months of this year and of years that several reports gave."""
    if not all(value.span for value in values):
        yield texts
    for year in _fiscal_years_of_values(fiscal_year, values):
        spans = [one.span for one in values if one.span and year.contains(one.span.last)]
        months = _months_in_words(year, spans)
        name = "前年度" if year == fiscal_year - 1 else fiscal_year_text(year)
        if year == fiscal_year:
            yield months
        else:
            yield f"{name}の{months}" if year in shared else name


def _months_in_words(year: FiscalYear, spans: Iterable[Span]) -> str:
    """The months of one fiscal year that spans cover: 4～9月、12月."""
    covered = {
        month
        for span in spans
        for month in range(
            1 if span.first < year.first else year.elapsed_months(span.first),
            year.elapsed_months(span.last) + 1,
        )
    }
    runs: list[list[int]] = []
    for month in sorted(covered):
        if runs and runs[-1][-1] == month - 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return "、".join(_run_in_words([year.months[month - 1] for month in run]) for run in runs)


def _run_in_words(run: list[int]) -> str:
    first, last = run[0], run[-1]
    return f"{last}月" if first == last else f"{first}～{last}月"


def write_carried_sources(sheet: Worksheet, values: Mapping[CellKey, CarriedValue]) -> None:
    """Write each carried value with its report and cell into the hidden sheet."""
    for row, ((identity, entity), carried) in enumerate(values.items()):
        source = carried.source
        place = (source.workbook, source.sheet, source.cell) if source else ("", "", "")
        cells = (*identity, entity, carried.value, carried.origin, *place)
        for column, content in enumerate(cells, start=FIRST_COLUMN):
            if isinstance(content, Decimal):
                sheet.write_number(row, column, float(content))
            else:
                sheet.write_string(row, column, content)
