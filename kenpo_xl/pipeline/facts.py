"""Plan, submissions, figures and assessments as facts (数値): every number with the cell that holds it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from kenpo_xl.domain.formulas.tree import ROUNDINGS, Call, written_whole_number
from kenpo_xl.domain.frozen import replace
from kenpo_xl.domain.numbers.exact import HALF_UP
from kenpo_xl.domain.plan.items import owner_of_table
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.placeholders import PLACEHOLDER, fill_placeholders
from kenpo_xl.domain.plan.plan import Item, Plan
from kenpo_xl.domain.plan.table import CellKind, Printing, Table
from kenpo_xl.domain.results.assessments import Assessments
from kenpo_xl.domain.results.facts import ROUNDING_NAMES, Fact, Origin
from kenpo_xl.domain.results.figures import Figure, Figures, TableFigures
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.joined_items import joined_entries
from kenpo_xl.domain.submission.submission import ItemEntry, Submission
from kenpo_xl.pipeline.kpi_facts import KpiFacts, is_computed
from kenpo_xl.pipeline.text_facts import (
    constant_source,
    facts_of_numbers_in,
    scale_legend_facts,
    section_title_facts,
)


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
        self._templates: dict[Origin, Fact] = {}

    def facts(self) -> Iterator[Fact]:
        yield from self._facts_of_text(
            self.item.title, f"{self.item.id}/題", Origin.PLAN, constant_source(self.item.source)
        )
        yield from self._plan_text_facts()
        yield from KpiFacts(self.plan, self.fact_template, self.entry, self.figures, self.assessments).facts()
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
            is_figure = self.figures.text_of_figure_named(self.item.id, placeholder[1]) is not None
            return "　" * len(placeholder[0]) if is_figure else placeholder[0]

        return PLACEHOLDER.sub(blank_if_figure, text)

    def _facts_of_text(
        self, text: str, identity_prefix: str, origin: Origin, source_at: Callable[[int], Source | None]
    ) -> Iterator[Fact]:
        return facts_of_numbers_in(self._template_of(origin), text, identity_prefix, source_at)

    def _template_of(self, origin: Origin) -> Fact:
        if origin not in self._templates:
            self._templates[origin] = replace(self.fact_template, origin=origin)
        return self._templates[origin]

    def _table_facts(self, found: TableFigures) -> Iterator[Fact]:
        """The numbers of a table's printed caption, headers and notes, then its figures and row ratings."""
        printed = found.table.texts if found.table.printing is not Printing.NONE else ()
        for place, (text, source) in enumerate(printed, start=1):
            where = f"{self.item.id}/{found.table.name}/見出し {place}"
            for fact in self._facts_of_plan_template(text, where, Origin.TABLE, source):
                yield replace(fact, table=found.table.name)
        for row in found.rows:
            for column, figure in enumerate(row.figures):
                if is_number_cell(figure) or figure.row_judgement:
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
        typed = None if is_computed(figure, as_printed=False) else figure.typed
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


def _rounding_and_decimals(figure: Figure) -> tuple[str, int | None]:
    """How a computed figure is rounded: as its formula says, else half up to the places of its format."""
    style, formula = figure.cell.format, figure.cell.formula
    if figure.printed_number is None or not is_computed(figure):
        return "", None
    decimals = None if style.is_general else style.decimals
    match formula:
        case Call(name, (_, places)) if name in ROUNDINGS:
            return ROUNDING_NAMES[ROUNDINGS[name]], written_whole_number(
                places
            ) if decimals is None else decimals
    return ("", None) if decimals is None else (ROUNDING_NAMES[HALF_UP], decimals)
