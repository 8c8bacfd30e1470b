"""The KPI judgement at the end of an item's sheet, with live formulas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from kenpo_xl.books.common import names
from kenpo_xl.books.common.grid import row_height, width_of_columns
from kenpo_xl.books.common.styles import REFUSE_COMPUTED, Styles
from kenpo_xl.books.input.result_formulas import (
    KpiCells,
    ReferenceOf,
    blank_safe_formula,
    kpi_rating_formula,
    kpi_result_formula,
    kpi_same_period_formula,
    milestone_rating_formula,
    typed_month_formula,
)
from kenpo_xl.books.input.write.page_breaks import PrintedPart
from kenpo_xl.books.input.write.tables import LEFT, RIGHT, TableWriter
from kenpo_xl.books.input.write.validations import first_and_last_of_runs, highlight_text_in_number_cells
from kenpo_xl.domain.formulas.evaluate import Group, Node, Ref, formula_keys
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Item, Kpi, Plan
from kenpo_xl.domain.plan.ratings import Direction, Interim
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.plan.targets.milestones import MilestoneState
from kenpo_xl.domain.plan.targets.relative_targets import RelativeTarget
from kenpo_xl.domain.results.assessments import Assessments, KpiAssessment
from kenpo_xl.domain.time.fiscal_calendar import era_name_letter_and_year

_NAME, _TARGET, _RESULT, _SAME, _RATING, _RULE = range(LEFT, LEFT + 6)
_HEADERS = (
    (_TARGET, names.KPI_TARGET),
    (_RESULT, names.KPI_RESULT),
    (_SAME, names.KPI_SAME),
    (_RATING, names.KPI_RATING),
)
_WHEN_MET = {
    Direction.AT_MOST: "。目標以下で達成です",
    Direction.WITHIN: "。目標の範囲内で達成です",
}
_JUDGED = (Interim.YEAR_END, Interim.SAME_PERIOD, Interim.ELAPSED, Interim.TARGET)
*_SENTENCES, _NO_TARGET, _BY_A_DAY = names.KPI_RULES
_RULES = dict(zip(_JUDGED, _SENTENCES, strict=True))


class KpiSection:
    """Writes a row for every KPI with a line in the item."""

    def __init__(
        self,
        sheet: Worksheet,
        styles: Styles,
        plan: Plan,
        item: Item,
        assessments: Assessments,
        tables: TableWriter,
    ) -> None:
        self.sheet, self.styles, self.plan = sheet, styles, plan
        self.places, self.figures, self.heights = tables.places, tables.figures, tables.heights
        self.printed_parts = tables.printed_parts
        marks = [line.text for block in item.blocks for line in block.lines if line.kind is LineKind.KPI]
        self.kpis = [found for found in map(assessments.assessment_of_kpi, marks) if found]

    def write_from_row(self, row: int) -> int:
        """Write from `row` on; returns the next free row."""
        if not self.kpis:
            return row
        for column in range(1, RIGHT + 1):
            self.sheet.write_blank(row, column, None, self.styles("part"))
        self.sheet.write_string(row, 1, names.KPI_TITLE, self.styles("part"))
        self._write_headers(row + 1)
        for place, kpi in enumerate(self.kpis, start=row + 2):
            self._write_kpi(place, kpi)
        last = row + 1 + len(self.kpis)
        self.sheet.data_validation(row + 2, _NAME, last, _RATING, REFUSE_COMPUTED)
        numbers = [row + 2 + place for place, kpi in enumerate(self.kpis) if not kpi.assessment.milestone]
        for first, end in first_and_last_of_runs(numbers):
            highlight_text_in_number_cells(self.sheet, self.styles, first, _TARGET, end, _SAME)
        self.printed_parts.append(PrintedPart(row, (row + 1, row + 1)))
        return last + 1

    def _write_headers(self, row: int) -> None:
        self.sheet.write_string(row, _NAME, names.KPI_NAME, self.styles("header"))
        for column, header in _HEADERS:
            self.sheet.write_string(row, column, header, self.styles("header"))

    def _write_kpi(self, row: int, found: KpiAssessment) -> None:
        self.sheet.write_string(row, _NAME, found.kpi.name, self.styles("row header"))
        if found.assessment.milestone:
            self._write_milestone(row, found, found.assessment.milestone)
        else:
            self._write_numbers_and_rating(row, found)
        rule = self._rating_explanation(found, year_end=self.plan.is_year_end)
        self.sheet.merge_range(row, _RULE, row, RIGHT, rule, self.styles("reason"))
        texts = ((found.kpi.name, width_of_columns(_NAME, _NAME)), (rule, width_of_columns(_RULE, RIGHT)))
        self.heights.raise_height(row, max(row_height(*text) for text in texts), fixed=True)

    def _write_milestone(self, row: int, found: KpiAssessment, state: MilestoneState) -> None:
        """Write what the group gave, and its rating; the words of the target are in the explanation."""
        style, tree = self.styles("judged"), found.kpi.result
        for column in (_TARGET, _SAME):
            self.sheet.write_blank(row, column, None, style)
        self.sheet.write_string(row, _TARGET, _short_date_text(state.milestone.due), style)
        if tree is None or not self._is_on_sheet(tree):
            self.sheet.write_string(row, _RESULT, found.result_text, style)
            self.sheet.write_string(row, _RATING, found.judgement.glyph, style)
            return
        cell = self.places.reference_function()(tree)
        given = "" if state.completion is None else str(state.completion)
        self.sheet.write_formula(row, _RESULT, f'=IF({cell}="","",{cell})', style, given)
        rating = milestone_rating_formula(state, self.plan.scale, cell)
        self.sheet.write_formula(row, _RATING, rating, style, found.judgement.glyph)

    def _write_numbers_and_rating(self, row: int, found: KpiAssessment) -> None:
        kpi, assessment = found.kpi, found.assessment
        style = self.styles("judged", kpi.format.code)
        aim = self.styles("judged", found.target_format.code)
        self._write_cell(row, _TARGET, self._target_formula(found), assessment.target, aim)
        self._write_cell(row, _RESULT, self._result_formula(found), assessment.result, style)
        self._write_cell(row, _SAME, self._same_period_formula(found), assessment.same_period, style)
        result, target, same = (str(xl_rowcol_to_cell(row, column)) for column in (_RESULT, _TARGET, _SAME))
        year_end = self.plan.is_year_end
        cells = KpiCells(result, target, same, self._elapsed_months_formula(found))
        rating = kpi_rating_formula(kpi, self.plan.scale, cells, year_end=year_end)
        self.sheet.write_formula(row, _RATING, rating, self.styles("judged"), found.judgement.glyph)

    def _rating_explanation(self, found: KpiAssessment, *, year_end: bool) -> str:
        """A sentence that explains how the rating is determined."""
        if found.assessment.milestone:
            return f"{_BY_A_DAY}（{found.target_text}）"
        if found.assessment.target is None and isinstance(found.kpi.target, RelativeTarget):
            return _NO_TARGET
        under_way = self.plan.scale.interim_step
        rule = _RULES[Interim.TARGET if year_end else found.kpi.interim]
        rule = rule.format(glyph=under_way.glyph if under_way else "なし")
        if found.aim and found.aim.name:
            return f"{rule}。{found.aim.name}{found.aim.side_text}と達成です"
        return rule + _WHEN_MET.get(found.kpi.direction, "")

    def _write_cell(self, row: int, column: int, formula: str, value: Decimal | None, style: object) -> None:
        if formula:
            self.sheet.write_formula(row, column, formula, style, "" if value is None else float(value))
        elif value is None:
            self.sheet.write_blank(row, column, None, style)
        else:
            self.sheet.write_number(row, column, float(value), style)

    def _is_on_sheet(self, tree: Node | None) -> bool:
        """Whether all figures of a formula are on this sheet (plan figures are not)."""
        return tree is not None and all(self.places.has_figure(key) for key in formula_keys(tree))

    def _is_in_percentage_points(self, tree: Node | None) -> bool:
        first = next(formula_keys(tree), None) if tree is not None else None
        if not isinstance(first, FigureId):
            return False
        table = self.places.tables[first.table].table
        return table.holds_percent_as_points(*table.positions[first])

    def _target_formula(self, found: KpiAssessment) -> str:
        target = found.kpi.target_formula
        if not isinstance(target, Ref) or not self._is_on_sheet(target):
            return ""
        share = "/100" if self._is_in_percentage_points(target) else ""
        cell = self.places.reference_function()(target)
        return f'=IF(COUNT({cell})<1,"",{cell}{share})'

    def _result_formula(self, found: KpiAssessment) -> str:
        return self._formula_of_figures(found, found.kpi.result, kpi_result_formula)

    def _same_period_formula(self, found: KpiAssessment) -> str:
        return self._formula_of_figures(found, found.kpi.same_period, kpi_same_period_formula)

    def _formula_of_figures(
        self, found: KpiAssessment, tree: Node | None, ranged: Callable[[Kpi, ReferenceOf, str], str]
    ) -> str:
        if tree is None:
            return ""
        cells = self._reference_function()
        if isinstance(tree, Group):
            share = "/100" if self._is_in_percentage_points(tree) else ""
            return (
                ranged(self._kpi_without_future_months(found.kpi), cells, share)
                if self._is_on_sheet(tree)
                else ""
            )
        if not any(self.places.has_figure(key) for key in formula_keys(tree)):
            return ""
        return blank_safe_formula(tree, cells)

    def _kpi_without_future_months(self, kpi: Kpi) -> Kpi:
        """The KPI without months after the as-of month, whose 0 is no result."""
        assert isinstance(kpi.result, Group)
        months = kpi.result.keys
        later = [isinstance(key, FigureId) and self.figures.is_in_future(key) for key in months]
        count = later.index(True) if True in later else len(later)
        if count == 0 or not all(later[count:]):
            return kpi
        before = Group(kpi.same_period.keys[:count]) if isinstance(kpi.same_period, Group) else None
        return replace(kpi, result=Group(months[:count]), same_period=before)

    def _reference_function(self) -> ReferenceOf:
        """References, with figures of the plan itself written as their numbers."""
        reference_of = self.places.reference_function()

        def reference_or_numbers(node: Node) -> str:
            if self._is_on_sheet(node):
                return reference_of(node)
            values = (
                self.figures.values_as_fractions(key)
                for key in formula_keys(node)
                if isinstance(key, FigureId)
            )
            numbers = [format(float(v), ".15g") for fractions in values for v in fractions if v is not None]
            return ",".join(numbers) or '""'

        return reference_or_numbers

    def _elapsed_months_formula(self, found: KpiAssessment) -> str:
        tree = found.kpi.result
        first = next(formula_keys(tree), None) if tree is not None else None
        here = isinstance(first, FigureId) and self.places.has_figure(first)
        cell = self.places.as_of_month_cell(first) if here else ""  # type: ignore[arg-type]
        if isinstance(tree, Group):
            tree = self._kpi_without_future_months(found.kpi).result
        months = self._filled_months_formula(tree) or str(found.assessment.elapsed)
        if not cell:
            return months
        month = typed_month_formula(cell, self.plan.as_of_month.number)
        return f"(MOD({month}+{12 - self.plan.fiscal_year.first_month},12)+1)"

    def _filled_months_formula(self, tree: Node | None) -> str:
        """A formula for the number of filled months; '' without single months."""
        read = [key for key in formula_keys(tree) if self.places.has_figure(key)] if tree is not None else []
        cells = [
            self.places.reference_function()(Ref(key))
            for key in read
            if isinstance(key, FigureId) and self._is_single_month(key)
        ]
        return f"MAX(1,COUNT({','.join(cells)}))" if len(cells) > 1 else ""

    def _is_single_month(self, key: FigureId) -> bool:
        table = self.places.tables[key.table].table
        row, column = table.positions[key]
        months = table.columns[column].months or table.rows[row].months
        return months is not None and months[0] == months[1]


def _short_date_text(day: date) -> str:
    """R7.3.31"""
    _, letter, year = era_name_letter_and_year(day)
    return f"{letter}{year}.{day.month}.{day.day}"
