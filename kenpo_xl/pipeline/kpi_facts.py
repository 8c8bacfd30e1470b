"""Targets, results and wordings of KPIs as facts (数値)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from kenpo_xl.domain.formulas.tree import Group, Node, Ref, formula_keys
from kenpo_xl.domain.frozen import replace
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.numbers.exact import HALF_UP, is_same_number
from kenpo_xl.domain.plan.figure_span import whole_year_span, year_to_date_span
from kenpo_xl.domain.plan.placeholders import fill_placeholders
from kenpo_xl.domain.plan.plan import Kpi, Plan
from kenpo_xl.domain.plan.table import CellKind, FigureId
from kenpo_xl.domain.plan.targets.aim import ReferenceTarget, TargetRange
from kenpo_xl.domain.plan.targets.relative_targets import RelativeTarget
from kenpo_xl.domain.results.assessments import Assessments, KpiAssessment
from kenpo_xl.domain.results.facts import ROUNDING_NAMES, UPPER_END, Fact, Origin, kpi_fact_identity
from kenpo_xl.domain.results.figures import Figure, Figures
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import ItemEntry
from kenpo_xl.pipeline.text_facts import constant_source, facts_of_numbers_in


class KpiFacts:
    """The facts of the KPIs of one item; `fact_template` names the item, `entry` is what was submitted."""

    def __init__(
        self,
        plan: Plan,
        fact_template: Fact,
        entry: ItemEntry | None,
        figures: Figures,
        assessments: Assessments,
    ) -> None:
        self.plan, self.fact_template, self.entry = plan, fact_template, entry
        self.figures, self.assessments = figures, assessments

    def facts(self) -> Iterator[Fact]:
        """The facts of the item's KPIs in the order of the plan."""
        for assessment in self.assessments.kpis:
            if assessment.item == self.fact_template.item:
                yield self._with_words(self._target_fact(assessment), assessment.target_text, assessment)
                yield from self._upper_end_fact(assessment)
                yield self._with_words(self._result_fact(assessment), assessment.result_text, assessment)
                yield from self._kpi_wording_facts(assessment)

    def _with_words(self, fact: Fact, words: str, assessment: KpiAssessment) -> Fact:
        """The fact of what is to be done by a day, with its words; that of numbers as it is."""
        state = assessment.assessment.milestone
        return replace(fact, typed_text=words) if state and state.completion else fact

    def _target_fact(self, assessment: KpiAssessment) -> Fact:
        kpi, value = assessment.kpi, assessment.assessment.target
        figure = self._single_figure_of_formula(kpi.target_formula)
        past = self._source_of_last_years_result(kpi, value)
        is_typed = past is not None or _is_typed(kpi)
        computed = None if is_typed else self._source_of_equal_kpi_cell("目標", kpi, value)
        return replace(
            self._kpi_value_fact(assessment, "目標", value, is_typed=is_typed, figure=figure),
            span=whole_year_span(self.plan.fiscal_year),
            source=figure.source_of_printed_value if figure else past or computed or kpi.target_source,
        )

    def _upper_end_fact(self, assessment: KpiAssessment) -> Iterator[Fact]:
        """The upper end of a target that is a range."""
        upper = assessment.assessment.upper
        if upper is not None:
            fact = self._kpi_value_fact(assessment, UPPER_END, upper, is_typed=True, figure=None)
            span = whole_year_span(self.plan.fiscal_year)
            yield replace(fact, span=span, source=assessment.kpi.target_source)

    def _source_of_last_years_result(self, kpi: Kpi, target: Decimal | None) -> Source | None:
        """The cell of 過去実績 that holds a relative target; None where it is another or a mean."""
        last_year = (kpi.name, self.plan.fiscal_year - 1)
        if not isinstance(kpi.target, RelativeTarget) or target != self.plan.history.get(last_year):
            return None
        return self.plan.history_sources.get(last_year)

    def _kpi_wording_facts(self, assessment: KpiAssessment) -> Iterator[Fact]:
        """The numbers in a KPI's name, and those that the planner typed in the words of its line."""
        kpi, placeholder_context = assessment.kpi, self.plan.placeholder_context(assessment.base.number)
        name, words = (kpi_fact_identity(kpi.name, what) for what in ("名称", "印字"))
        named = replace(kpi.print_source, cell=kpi.place) if kpi.print_source else None
        of_kpi = replace(self.fact_template, origin=Origin.KPI)
        yield from facts_of_numbers_in(of_kpi, kpi.name, name, constant_source(named))
        own = fill_placeholders(
            kpi.print,
            placeholder_context,
            lambda word: "　" if placeholder_context.placeholder_text(word) is None else None,
        )
        yield from facts_of_numbers_in(of_kpi, own, words, constant_source(kpi.print_source))

    def _result_fact(self, assessment: KpiAssessment) -> Fact:
        kpi, value = assessment.kpi, assessment.assessment.result
        figure = self._single_figure_of_formula(kpi.result)
        return replace(
            self._kpi_value_fact(assessment, "実績", value, is_typed=False, figure=figure),
            span=self.figures.span_of_figure(figure.id)
            if figure
            else year_to_date_span(assessment.base, self.plan.fiscal_year),
            source=figure.source_of_printed_value
            if figure
            else self._source_of_equal_kpi_cell("実績", kpi, value) or kpi.result_source,
        )

    def _source_of_equal_kpi_cell(self, value_name: str, kpi: Kpi, value: Decimal | None) -> Source | None:
        """The cell of the item's KPI judgement that has the same value; None where it has another."""
        rows = self.entry.kpis if self.entry else ()
        own = (row for row in rows if normalized(row.name) == normalized(kpi.name))
        cells = (row.target if value_name == "目標" else row.result for row in own)
        return next((cell.source for cell in cells if is_same_number(cell.value, value)), None)

    def _kpi_value_fact(
        self,
        assessment: KpiAssessment,
        value_name: str,
        value: Decimal | None,
        *,
        is_typed: bool,
        figure: Figure | None,
    ) -> Fact:
        """A number of a KPI; it is typed where one typed cell gives it, else computed."""
        style = assessment.kpi.format
        typed = is_typed or (figure is not None and not is_computed(figure))
        rounded = value is not None and not (typed or style.is_general)
        return replace(
            self.fact_template,
            identity=kpi_fact_identity(assessment.kpi.name, value_name),
            origin=Origin.KPI,
            unit=style.unit_of_cell_value(style.unit),
            typed=value if typed else None,
            computed=None if typed else value,
            value=value,
            rounding=ROUNDING_NAMES[HALF_UP] if rounded else "",
            decimals=style.decimals if rounded else None,
        )

    def _single_figure_of_formula(self, tree: Node | None) -> Figure | None:
        """The one figure that a formula is, of the months of 最新 the newest; None where it computes."""
        if not isinstance(tree, Ref | Group):
            return None
        keys = (key for key in formula_keys(tree) if isinstance(key, FigureId))
        found = [figure for key in keys for figure in self.figures.with_identity(key)]
        if isinstance(tree, Group):
            return self._newest_figure(found)
        return found[0] if len(found) == 1 else None

    def _newest_figure(self, figures: Sequence[Figure]) -> Figure | None:
        """The last figure with a number that is not of a month to come."""
        filled = (one for one in reversed(figures) if one.printed_number is not None)
        return next((one for one in filled if not self.figures.is_in_future(one.id)), None)


def _is_typed(kpi: Kpi) -> bool:
    """Whether the number of a target is typed in the plan book."""
    source = kpi.target.source if isinstance(kpi.target, ReferenceTarget) else kpi.target
    return isinstance(source, Decimal | TargetRange)


def is_computed(figure: Figure, *, as_printed: bool = True) -> bool:
    """Whether the cell has its computed value; with `as_printed`, whether that value is printed."""
    if figure.cell.kind is not CellKind.COMPUTED:
        return False
    return not figure.overwritten or (as_printed and figure.prefers_computed)
