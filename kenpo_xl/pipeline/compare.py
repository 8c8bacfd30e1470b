"""A period beside the one that was reported before: what the council is told otherwise now."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import product, zip_longest

from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.numbers.exact import NumberFormat
from kenpo_xl.domain.outputs.changes import ChangeKind, Changes, ReportChange
from kenpo_xl.domain.plan.figure_span import LAST_YEAR, effective_year_role
from kenpo_xl.domain.plan.last_year import last_year_identity
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import CellKind, Table
from kenpo_xl.domain.privacy.personal_data import is_private_number, mask_private_parts
from kenpo_xl.domain.results.assessments import Assessments, BlockRating, KpiAssessment
from kenpo_xl.domain.results.facts import Fact, Origin, kpi_identity
from kenpo_xl.domain.results.figures import Figure, Figures
from kenpo_xl.domain.results.history import History, PastPeriod
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import ItemEntry, LineEntry, Submission


def changes_since_report(
    plan: Plan,
    submissions: Iterable[Submission],
    figures: Figures,
    assessments: Assessments,
    *,
    facts: Iterable[Fact],
    history: History,
) -> Changes | None:
    """What changed since the newest earlier report of the fiscal year, by kind and in the order of the plan.

    Corrections are found in all earlier reports. What a group is yet to hand in did not change. None where
    there is no earlier report of the branch at all.
    """
    earlier = history.before(plan)
    if not earlier:
        return None
    before = earlier.previous(plan.fiscal_year, plan.period.quarter)
    entries = {entry.item: entry for submission in submissions for entry in submission.items}
    found = [*_FigureComparison(figures, earlier, before).changes(entries)]
    if before is not None:
        found += _rating_changes(assessments, entries, before)
        found += _kpi_changes((kpi for kpi in assessments.kpis if kpi.item in entries), facts, before)
        found += _text_changes(plan, entries, before)
    order = list(ChangeKind)
    return Changes(
        before.label if before else "", tuple(sorted(found, key=lambda one: order.index(one.kind)))
    )


class _FigureComparison:
    """The figures of the tables: another value for the same months is a correction, else it went on."""

    def __init__(self, figures: Figures, earlier: History, before: PastPeriod | None) -> None:
        self.figures, self.earlier, self.before = figures, earlier, before

    def changes(self, items: Container[str]) -> Iterator[ReportChange]:
        for figure in self.figures:
            is_number = figure.cell.kind is not CellKind.NOT_APPLICABLE and not figure.cell.format.is_text
            if is_number and figure.id.item in items:
                table = self.figures.tables[figure.id.item, figure.id.table].table
                # The number of a person is kept of no earlier report.
                if not is_private_number(figure.number, table.held_unit(*table.index[figure.id])):
                    yield from self._correction(figure, table) or self._progress(figure, table)

    def _correction(self, figure: Figure, table: Table) -> list[ReportChange] | None:
        """The correction or nothing of a figure that was reported for the same months, None of any other."""
        span, then = self.figures.span(figure.id), last_year_identity(table, *table.index[figure.id])
        identities = [figure.id, then] if then else [figure.id]
        told = (self.earlier.of_months(str(one), figure.entity, span) for one in identities)
        known = [one for one in told if one and one[1].unit == table.held_unit(*table.index[figure.id])]
        if not known or figure.number is None:
            return None
        period, fact = max(known, key=lambda one: one[0].place)
        return list(self._change_if_different(ChangeKind.CORRECTED, figure, fact, period))

    def _progress(self, figure: Figure, table: Table) -> Iterator[ReportChange]:
        """What it was in the report before; last year's figures move with this year's and tell nothing."""
        row, column = table.index[figure.id]
        year_roles = {effective_year_role(table.rows[row]), effective_year_role(table.columns[column])}
        if self.before is None or year_roles & set(LAST_YEAR):
            return
        fact = self.before.figures.get((str(figure.id), figure.entity))
        if fact is None or fact.unit == table.held_unit(row, column):
            yield from self._change_if_different(ChangeKind.FIGURE, figure, fact, self.before)

    def _change_if_different(
        self, kind: ChangeKind, figure: Figure, fact: Fact | None, period: PastPeriod
    ) -> Iterator[ReportChange]:
        before = fact.value if fact else None
        if figure.show(before) != figure.show(figure.number):
            place = f"{figure.id}（{figure.entity}）" if figure.entity else str(figure.id)
            months = str(self.figures.span(figure.id))
            yield ReportChange(
                kind, place, period.label, before, figure.number, months, figure.cell.format, figure.held_in
            )


def _rating_changes(
    assessments: Assessments, entries: Mapping[str, ItemEntry], before: PastPeriod
) -> Iterator[ReportChange]:
    for (item, block), rating in assessments.blocks.items():
        then = before.ratings.get((item, block), "")
        if item in entries and then != rating.printed:
            source = _cell_of(rating) or dict(entries[item].rating_cells).get(block)
            place = f"{item}/ブロック {block}/評価"
            yield ReportChange(ChangeKind.RATING, place, before.label, then, rating.printed, source=source)


def _cell_of(rating: BlockRating) -> Source | None:
    return rating.entry.source if rating.entry else None


def _kpi_changes(
    assessments: Iterable[KpiAssessment], facts: Iterable[Fact], before: PastPeriod
) -> Iterator[ReportChange]:
    """Targets and results that print otherwise."""
    now = {fact.identity: fact for fact in facts if fact.origin is Origin.KPI}
    for kpi, what in product(assessments, ("目標", "実績")):
        show, identity = kpi.kpi.format, kpi_identity(kpi.kpi.name, what)
        fact, then = now.get(identity), before.figures.get((identity, ""))
        if fact is None or (then and then.unit != fact.unit):
            continue
        old = then.value if then else None
        if _displayed_value(show, old) != _displayed_value(show, fact.value):
            months = str(fact.span or "")
            yield ReportChange(
                ChangeKind.KPI, identity, before.label, old, fact.value, months, show, fact.source
            )


def _displayed_value(show: NumberFormat, value: Decimal | None) -> str:
    return "" if value is None else show.show(value)


def _text_changes(plan: Plan, entries: Mapping[str, ItemEntry], before: PastPeriod) -> Iterator[ReportChange]:
    """The lines of each block that were written, altered or taken out; their spaces do not matter."""
    for item in (item for item in plan.items if item.id in entries):
        for block in item.blocks:
            now = [line for line in entries[item.id].lines if _is_printed_text(line, block.name)]
            then = before.lines.get((item.id, block.name), ())
            yield from _line_changes(f"{item.id}/ブロック {block.name}", then, now, before.label)


def _is_printed_text(line: LineEntry, block: str) -> bool:
    return line.block == block and line.kind is LineKind.TEXT and not line.left_out


def _masked_words(texts: Iterable[str]) -> list[str]:
    """The texts in the form to compare; what is kept of an earlier report is masked."""
    return [normalized(mask_private_parts(text)) for text in texts]


def _line_changes(
    place: str, then: Sequence[str], now: Sequence[LineEntry], report: str
) -> Iterator[ReportChange]:
    words = (_masked_words(then), _masked_words(line.text for line in now))
    for same, a, b, c, d in SequenceMatcher(None, *words, autojunk=False).get_opcodes():
        pairs = zip_longest(then[a:b], range(c, d)) if same != "equal" else ()
        for old, number in pairs:
            line = None if number is None else now[number]
            yield ReportChange(
                ChangeKind.TEXT,
                place if number is None else f"{place}/文 {number + 1}",
                report,
                old or "",
                line.text if line else "",
                source=line.source if line else None,
            )
