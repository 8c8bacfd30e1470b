"""Plan, submissions, figures and assessments as facts (数値): every number with the cell that holds it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from kenpo_xl.domain.formulas.tree import ROUNDINGS, Call, Group, Node, Ref, formula_keys, whole_number_in
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.numbers.exact import DOWN, HALF_UP, UP, is_same_number
from kenpo_xl.domain.plan.figure_span import whole_year_span, year_to_date_span
from kenpo_xl.domain.plan.items import owner_of_table
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.placeholders import PLACEHOLDER, fill_placeholders
from kenpo_xl.domain.plan.plan import Item, Kpi, Plan
from kenpo_xl.domain.plan.table import CellKind, FigureId, Printing, Table
from kenpo_xl.domain.plan.targets.aim import TargetRange
from kenpo_xl.domain.plan.targets.relative_targets import RelativeTarget
from kenpo_xl.domain.results.assessments import Assessments, KpiAssessment
from kenpo_xl.domain.results.facts import UPPER_END, Fact, Origin, kpi_fact_identity
from kenpo_xl.domain.results.figures import Figure, Figures, TableFigures
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.joined_items import joined_entries
from kenpo_xl.domain.submission.submission import ItemEntry, Submission
from kenpo_xl.pipeline.text_facts import (
    constant_source,
    facts_of_numbers_in,
    scale_legend_facts,
    section_title_facts,
)

_ROUNDED = {HALF_UP: "四捨五入", DOWN: "切捨て", UP: "切上げ"}


def collect_facts(
    plan: Plan, submissions: Iterable[Submission], figures: Figures, assessments: Assessments
) -> tuple[Fact, ...]:
    """Every number in the order of the plan: the scale, titles, then items.

    Of an item its title, plan text, KPIs, tables and progress.
    """
    entries = joined_entries(plan, submissions)
    found = [*scale_legend_facts(plan.scale)]
    for section in plan.sections:
        found += section_title_facts(section)
        for item in section.items:
            found += _ItemFacts(plan, item, entries.get(item.id), figures, assessments).facts()
    return tuple(found)


class _ItemFacts:
    """The facts of one item; `entry` is what was submitted for it."""

    def __init__(
        self, plan: Plan, item: Item, entry: ItemEntry | None, figures: Figures, assessments: Assessments
    ) -> None:
        self.plan, self.item, self.entry = plan, item, entry
        self.figures, self.assessments = figures, assessments
        self.fact_template = Fact("", Origin.TABLE, item.id, item.title, item.owner)

    def facts(self) -> Iterator[Fact]:
        yield from self._facts_of_text(
            self.item.title, f"{self.item.id}/題", Origin.PLAN, constant_source(self.item.source)
        )
        yield from self._plan_text_facts()
        yield from self._kpi_facts()
        for table in self.item.tables:
            yield from self._table_facts(self.figures.tables[self.item.id, table.name])
        yield from self._progress_text_facts()

    def _plan_text_facts(self) -> Iterator[Fact]:
        for block in self.item.blocks:
            for place, sentence in enumerate(block.sentences):
                where = f"{self.item.id}/ブロック {block.name}/計画 {place + 1}"
                source = block.sources[place] if place < len(block.sources) else None
                yield from self._facts_of_plan_template(sentence, where, Origin.PLAN, source)

    def _facts_of_plan_template(
        self, template: str, identity_prefix: str, origin: Origin, source: Source | None
    ) -> Iterator[Fact]:
        """The numbers of a text of the plan, without those that a placeholder takes from a figure."""
        text = fill_placeholders(
            template, self.plan.placeholder_context(), lambda word: "　" if "/" in word else None
        )
        return self._facts_of_text(text, identity_prefix, origin, constant_source(source))

    def _progress_text_facts(self) -> Iterator[Fact]:
        places = Counter[tuple[str, str]]()
        for line in self.entry.lines if self.entry else ():
            if line.kind is LineKind.TEXT:
                name = line.text_field or line.kind
                places[line.block, name] += 1
                where = f"{self.item.id}/ブロック {line.block}/{name} {places[line.block, name]}"
                if not line.left_out:
                    yield from self._facts_of_text(
                        self._text_without_figure_placeholders(line.text),
                        where,
                        Origin.PROGRESS,
                        line.source_at,
                    )

    def _text_without_figure_placeholders(self, text: str) -> str:
        """A line with each figure's placeholder blanked, as figures are facts of their own; same length."""

        def blank_if_figure(placeholder: re.Match[str]) -> str:
            is_figure = self.figures.figure_named(self.item.id, placeholder[1])
            return "　" * len(placeholder[0]) if is_figure else placeholder[0]

        return PLACEHOLDER.sub(blank_if_figure, text)

    def _facts_of_text(
        self, text: str, identity_prefix: str, origin: Origin, source_at: Callable[[int], Source | None]
    ) -> Iterator[Fact]:
        return facts_of_numbers_in(
            replace(self.fact_template, origin=origin), text, identity_prefix, source_at
        )

    def _kpi_facts(self) -> Iterator[Fact]:
        for assessment in self.assessments.kpis:
            if assessment.item == self.item.id:
                yield self._target_fact(assessment)
                yield from self._upper_end_fact(assessment)
                yield self._result_fact(assessment)
                yield from self._kpi_wording_facts(assessment)

    def _target_fact(self, assessment: KpiAssessment) -> Fact:
        kpi, value = assessment.kpi, assessment.assessment.target
        figure = self._single_figure_of_formula(kpi.target) if isinstance(kpi.target, Ref) else None
        past = self._source_of_last_years_result(kpi, value)
        is_typed = past is not None or isinstance(kpi.target, Decimal | TargetRange)
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
        yield from self._facts_of_text(kpi.name, name, Origin.KPI, constant_source(named))
        own = fill_placeholders(
            kpi.print,
            placeholder_context,
            lambda word: "　" if placeholder_context.placeholder_text(word) is None else None,
        )
        yield from self._facts_of_text(own, words, Origin.KPI, constant_source(kpi.print_source))

    def _result_fact(self, assessment: KpiAssessment) -> Fact:
        kpi, value = assessment.kpi, assessment.assessment.result
        figure = self._single_figure_of_formula(kpi.result)
        return replace(
            self._kpi_value_fact(assessment, "実績", value, is_typed=False, figure=figure),
            span=self.figures.span_of_figure(figure.id) if figure else year_to_date_span(assessment.base),
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
        typed = is_typed or (figure is not None and not _is_computed(figure))
        rounded = value is not None and not (typed or style.is_general)
        return replace(
            self.fact_template,
            identity=kpi_fact_identity(assessment.kpi.name, value_name),
            origin=Origin.KPI,
            unit=style.unit_of_cell_value(style.unit),
            typed=value if typed else None,
            computed=None if typed else value,
            value=value,
            rounding=_ROUNDED[HALF_UP] if rounded else "",
            decimals=style.decimals if rounded else None,
        )

    def _single_figure_of_formula(self, tree: Node | None) -> Figure | None:
        """The one figure that a formula is, of the months of 最新 the newest; None where it computes."""
        if not isinstance(tree, Ref | Group):
            return None
        keys = (key for key in formula_keys(tree) if isinstance(key, FigureId))
        found = [figure for key in keys for figure in self.figures.with_identity(key)]
        if isinstance(tree, Group):
            here = (one for one in found if one.printed_number is not None)
            found = [figure for figure in here if not self.figures.is_in_future(figure.id)][-1:]
        return found[0] if len(found) == 1 else None

    def _table_facts(self, found: TableFigures) -> Iterator[Fact]:
        """The numbers of a table's printed caption, headers and notes, then its figures."""
        printed = found.table.texts if found.table.printing is not Printing.NONE else ()
        for place, (text, source) in enumerate(printed, start=1):
            where = f"{self.item.id}/{found.table.name}/見出し {place}"
            for fact in self._facts_of_plan_template(text, where, Origin.TABLE, source):
                yield replace(fact, table=found.table.name)
        for row in found.rows:
            for column, figure in enumerate(row.figures):
                if is_number_cell(figure):
                    yield self._figure_fact(found.table, row.index, column, figure)
                if isinstance(figure.printed_value, str):
                    yield from self._cell_text_facts(found.table, figure)

    def _cell_text_facts(self, table: Table, figure: Figure) -> Iterator[Fact]:
        """The numbers in the text of a cell."""
        bare = replace(
            self.fact_template,
            group=owner_of_table(self.item, table),
            table=table.name,
            row=figure.id.row,
            column=figure.id.column,
            entity=figure.entity,
        )
        return facts_of_numbers_in(
            bare, str(figure.printed_value), str(figure.id), constant_source(figure.source_of_printed_value)
        )

    def _figure_fact(self, table: Table, row: int, column: int, figure: Figure) -> Fact:
        typed = None if _is_computed(figure, as_printed=False) else figure.typed
        rounding, decimals = _rounding_and_decimals(figure)
        return replace(
            self.fact_template,
            identity=str(figure.id),
            group=owner_of_table(self.item, table),
            table=table.name,
            row=figure.id.row,
            column=figure.id.column,
            entity=figure.entity,
            span=self.figures.span_of_figure(figure.id),
            unit=table.unit_of_cell_value(row, column),
            typed=typed if isinstance(typed, Decimal) else None,
            typed_text=typed if isinstance(typed, str) else "",
            computed=figure.computed,
            value=figure.printed_number,
            rounding=rounding,
            decimals=decimals,
            source=figure.source_of_printed_value,
        )


def is_number_cell(figure: Figure) -> bool:
    """Whether a cell holds a number, or should: not ／, not text, no fixed text of the plan."""
    if figure.cell.kind is CellKind.FIXED:
        return isinstance(figure.typed, Decimal)
    return figure.cell.kind is not CellKind.NOT_APPLICABLE and not figure.cell.format.is_text


def _is_computed(figure: Figure, *, as_printed: bool = True) -> bool:
    """Whether the cell has its computed value; with `as_printed`, whether that value is printed."""
    if figure.cell.kind is not CellKind.COMPUTED:
        return False
    return not figure.overwritten or (as_printed and figure.prefers_computed)


def _rounding_and_decimals(figure: Figure) -> tuple[str, int | None]:
    """How a computed figure is rounded: as its formula says, else half up to the places of its format."""
    style, formula = figure.cell.format, figure.cell.formula
    if figure.printed_number is None or not _is_computed(figure):
        return "", None
    decimals = None if style.is_general else style.decimals
    match formula:
        case Call(name, (_, places)) if name in ROUNDINGS:
            return _ROUNDED[ROUNDINGS[name]], whole_number_in(places) if decimals is None else decimals
    return ("", None) if decimals is None else (_ROUNDED[HALF_UP], decimals)
