"""A period compared with the earlier reports of the year: what the council reads differently now."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product, zip_longest

from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.numbers.exact import NumberFormat
from kenpo_xl.domain.outputs.changes import ChangeKind, Changes, ReportChange
from kenpo_xl.domain.plan.figure_span import LAST_YEAR, effective_year_role
from kenpo_xl.domain.plan.last_year import identity_in_last_years_report
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import CellKind, Table
from kenpo_xl.domain.privacy.personal_data import is_private_number, mask_private_parts
from kenpo_xl.domain.results.assessments import Assessments, BlockRating, KpiAssessment
from kenpo_xl.domain.results.facts import UPPER_END, Fact, Origin, kpi_fact_identity
from kenpo_xl.domain.results.figures import Figure, Figures
from kenpo_xl.domain.results.history import History, PastPeriod
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.joined_items import joined_entries
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

    Corrections are found in all earlier reports. What a group has not submitted yet did not change. None
    where there is no earlier report of the branch at all.
    """
    earlier = history.periods_before(plan)
    if not earlier:
        return None
    before = earlier.period_before_in_year(plan)
    entries = joined_entries(plan, submissions)
    found = [*_FigureComparison(figures, earlier, before).figure_changes(entries)]
    if before is not None:
        found += _rating_changes(assessments, entries, before)
        found += _row_rating_changes((one for one in figures if one.id.item in entries), before)
        found += _changes_of_targets_and_results(
            (kpi for kpi in assessments.kpis if kpi.item in entries), facts, before
        )
        found += _text_changes(plan, entries, before)
    order = list(ChangeKind)
    return Changes(
        before.label if before else "", tuple(sorted(found, key=lambda one: order.index(one.kind)))
    )


class _FigureComparison:
    """Compares the figures of the tables: another value for the same months is a correction."""

    def __init__(self, figures: Figures, earlier: History, before: PastPeriod | None) -> None:
        self.figures, self.earlier, self.before = figures, earlier, before

    def figure_changes(self, item_ids: Container[str]) -> Iterator[ReportChange]:
        for figure in self.figures:
            is_number = figure.cell.kind is not CellKind.NOT_APPLICABLE and not figure.cell.format.is_text
            if is_number and figure.id.item in item_ids:
                table = self.figures.tables[figure.id.item, figure.id.table].table
                # A number that identifies a person is not stored with earlier reports.
                if not is_private_number(
                    figure.printed_number, table.unit_of_cell_value(*table.positions[figure.id])
                ):
                    yield from self._correction_or_none(figure, table) or self._changes_since_last_report(
                        figure, table
                    )

    def _correction_or_none(self, figure: Figure, table: Table) -> list[ReportChange]:
        """The correction of a figure that was reported for the same months with another value, else empty."""
        span, then = (
            self.figures.span_of_figure(figure.id),
            identity_in_last_years_report(table, *table.positions[figure.id]),
        )
        identities = [figure.id, then] if then else [figure.id]
        reported = (self.earlier.fact_with_span(str(one), figure.entity, span) for one in identities)
        known = [
            one
            for one in reported
            if one and one[1].unit == table.unit_of_cell_value(*table.positions[figure.id])
        ]
        if not known or figure.printed_number is None:
            return []
        period, fact = max(known, key=lambda one: one[0].year_and_months)
        return list(self._change_if_different(ChangeKind.CORRECTED, figure, fact, period))

    def _changes_since_last_report(self, figure: Figure, table: Table) -> Iterator[ReportChange]:
        """Its change since the report before; none for last year's figures, which move with this year's."""
        row, column = table.positions[figure.id]
        year_roles = {effective_year_role(table.rows[row]), effective_year_role(table.columns[column])}
        if self.before is None or year_roles & set(LAST_YEAR):
            return
        fact = self.before.facts_by_key.get((str(figure.id), figure.entity))
        if fact is None or fact.unit == table.unit_of_cell_value(row, column):
            yield from self._change_if_different(ChangeKind.FIGURE, figure, fact, self.before)

    def _change_if_different(
        self, kind: ChangeKind, figure: Figure, fact: Fact | None, period: PastPeriod
    ) -> Iterator[ReportChange]:
        before = fact.value if fact else None
        if figure.displayed_text(before) != figure.displayed_text(figure.printed_number):
            place = f"{figure.id}（{figure.entity}）" if figure.entity else str(figure.id)
            months = str(self.figures.span_of_figure(figure.id))
            yield ReportChange(
                kind,
                place,
                period.label,
                before,
                figure.printed_number,
                months,
                figure.cell.format,
                figure.source_of_printed_value,
            )


def _rating_changes(
    assessments: Assessments, entries: Mapping[str, ItemEntry], before: PastPeriod
) -> Iterator[ReportChange]:
    for (item, block), rating in assessments.blocks.items():
        then = before.ratings.get((item, block), "")
        if item in entries and then != rating.printed_glyph:
            source = _rating_source(rating) or dict(entries[item].rating_cells).get(block)
            place = f"{item}/ブロック {block}/評価"
            yield ReportChange(
                ChangeKind.RATING, place, before.label, then, rating.printed_glyph, source=source
            )


def _row_rating_changes(figures: Iterable[Figure], before: PastPeriod) -> Iterator[ReportChange]:
    """The ratings of the rows of tables; not those of open lists, whose rows come and go."""
    for figure in (one for one in figures if one.row_judgement and not one.entity):
        reported = before.texts_by_identity.get(str(figure.id))
        then, now = reported.typed_text if reported else "", str(figure.printed_value or "")
        if then != now:
            place = f"{figure.id.item}/{figure.id.table}・{figure.id.row}/{figure.id.column}"
            yield ReportChange(ChangeKind.RATING, place, before.label, then, now, source=figure.source)


def _rating_source(rating: BlockRating) -> Source | None:
    return rating.entry.source if rating.entry else None


def _changes_of_targets_and_results(
    assessments: Iterable[KpiAssessment], facts: Iterable[Fact], before: PastPeriod
) -> Iterator[ReportChange]:
    """Targets and results whose displayed value changed."""
    now = {fact.identity: fact for fact in facts if fact.origin is Origin.KPI}
    for kpi, what in product(assessments, ("目標", UPPER_END, "実績")):
        identity = kpi_fact_identity(kpi.kpi.name, what)
        fact, then = now.get(identity), before.facts_by_key.get((identity, ""))
        if fact is None or (then and then.unit != fact.unit):
            continue
        if fact.typed_text:
            yield from _changed_words_of_kpi(fact, before)
        else:
            yield from _changed_number_of_kpi(kpi.kpi.format, fact, then.value if then else None, before)


def _changed_words_of_kpi(fact: Fact, before: PastPeriod) -> Iterator[ReportChange]:
    """The change of a target or result that is in words now."""
    reported = before.texts_by_identity.get(fact.identity)
    then = reported.typed_text if reported else ""
    if then != fact.typed_text:
        yield ReportChange(
            ChangeKind.KPI, fact.identity, before.label, then, fact.typed_text, source=fact.source
        )


def _changed_number_of_kpi(
    show: NumberFormat, fact: Fact, then: Decimal | None, before: PastPeriod
) -> Iterator[ReportChange]:
    """The change of a target or result as it is displayed."""
    if _displayed_value(show, then) != _displayed_value(show, fact.value):
        months = str(fact.span or "")
        yield ReportChange(
            ChangeKind.KPI, fact.identity, before.label, then, fact.value, months, show, fact.source
        )


def _displayed_value(number_format: NumberFormat, value: Decimal | None) -> str:
    return "" if value is None else number_format.displayed_text(value)


def _text_changes(plan: Plan, entries: Mapping[str, ItemEntry], before: PastPeriod) -> Iterator[ReportChange]:
    """The lines of each block that were added, altered or removed; white space is ignored."""
    for item in (item for item in plan.items if item.id in entries):
        for block in item.blocks:
            for name in ("", *(one.name for one in plan.text_fields)):
                place = f"{item.id}/ブロック {block.name}{'/' if name else ''}{name}"
                now = [line for line in entries[item.id].lines if _is_printed_text(line, block.name, name)]
                then = before.lines_of(item.id, block.name, name)
                yield from _text_line_changes(place, then, now, before.label)


def _is_printed_text(line: LineEntry, block: str, text_field: str) -> bool:
    is_there = (line.block, line.text_field) == (block, text_field)
    return is_there and line.kind is LineKind.TEXT and not line.left_out


def _normalized_masked_texts(texts: Iterable[str]) -> list[str]:
    """The texts in the form to compare; the stored text of an earlier report is masked."""
    return [normalized(mask_private_parts(text)) for text in texts]


def _text_line_changes(
    location: str, lines_then: Sequence[str], lines_now: Sequence[LineEntry], report_label: str
) -> Iterator[ReportChange]:
    from difflib import SequenceMatcher  # seldom needed

    words = (_normalized_masked_texts(lines_then), _normalized_masked_texts(line.text for line in lines_now))
    for same, a, b, c, d in SequenceMatcher(None, *words, autojunk=False).get_opcodes():
        pairs = zip_longest(lines_then[a:b], range(c, d)) if same != "equal" else ()
        for old, number in pairs:
            line = None if number is None else lines_now[number]
            yield ReportChange(
                ChangeKind.TEXT,
                f"{location}/文 {number + 1}" if line else location,
                report_label,
                old or "",
                line.text if line else "",
                source=line.source if line else None,
            )
