"""Figures in, ratings out: every KPI against its target, every block by its KPIs."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from decimal import Decimal

from kenpo_xl.domain.formulas.evaluate import Group, Node, Ref, evaluate, formula_keys
from kenpo_xl.domain.plan.placeholders import YearRole
from kenpo_xl.domain.plan.plan import Block, Item, Kpi, Plan
from kenpo_xl.domain.plan.ratings import Interim
from kenpo_xl.domain.plan.table import Axis, FigureId
from kenpo_xl.domain.plan.targets.aggregation import RatedKpi, combined_rating
from kenpo_xl.domain.plan.targets.aim import ReferenceTarget, TargetRange
from kenpo_xl.domain.plan.targets.judgement import Assessment, judge_kpi
from kenpo_xl.domain.plan.targets.milestones import Milestone, MilestoneState, completion_in
from kenpo_xl.domain.plan.targets.relative_targets import RelativeTarget
from kenpo_xl.domain.results.assessments import Assessments, BlockRating, KpiAssessment, SeriesPoint
from kenpo_xl.domain.results.figures import Figures
from kenpo_xl.domain.results.history import History
from kenpo_xl.domain.submission.joined_items import joined_entries
from kenpo_xl.domain.submission.submission import RatingEntry, Submission
from kenpo_xl.domain.time.fiscal_calendar import Month


def rate_kpis_and_blocks(
    plan: Plan, figures: Figures, submissions: Iterable[Submission], *, history: History | None = None
) -> Assessments:
    """The assessments of all KPIs and blocks of a period.

    `history` are earlier periods: a result of the same period last year that no table holds is taken from it.
    """
    kpis = tuple(_Rater(plan, figures, kpi, history or History()).kpi_assessment() for kpi in plan.kpis)
    given = {
        (item.item, rating.block): rating
        for item in joined_entries(plan, submissions).values()
        for rating in reversed(item.ratings)
    }
    blocks = {
        (item.id, block.name): _rate_block(plan, item, block, kpis, given.get((item.id, block.name)))
        for item in plan.items
        for block in item.blocks
    }
    return Assessments(kpis, blocks)


def relative_target_value(plan: Plan, kpi: Kpi, target: RelativeTarget) -> Decimal | None:
    """The value of a relative target, None where the final value of one of its years is missing."""
    past = {year: value for (name, year), value in plan.history.items() if name == kpi.name}
    return target.value(past, plan.fiscal_year, kpi.direction)


class _Rater:
    """One KPI: finds its result, its target and last year's figure, and judges."""

    def __init__(self, plan: Plan, figures: Figures, kpi: Kpi, history: History) -> None:
        self.plan, self.figures, self.kpi, self.history = plan, figures, kpi, history

    def kpi_assessment(self) -> KpiAssessment:
        newest = self._index_of_newest_month()
        base = self._as_of_month(newest)
        assessment = Assessment(
            result=self._formula_value(self.kpi.result, newest),
            target=self._target_value(),
            same_period=self._same_period_result(newest, base),
            elapsed=self.plan.fiscal_year.elapsed_months(base),
            monthly=self.kpi.newest,
            upper=self.kpi.target.high if isinstance(self.kpi.target, TargetRange) else None,
            milestone=self._milestone_state(),
            reference=self.kpi.target if isinstance(self.kpi.target, ReferenceTarget) else None,
        )
        judgement = judge_kpi(
            assessment,
            scale=self.plan.scale.with_floors(self.kpi.thresholds),
            direction=self.kpi.direction,
            interim=self.kpi.interim,
            year_end=self.plan.is_year_end,
            style=self.kpi.format,
        )
        item, block = self._item_and_block()
        return KpiAssessment(
            self.kpi,
            item,
            block,
            assessment,
            base,
            judgement,
            last_year=self._last_years_result(),
            series=self._monthly_points(),
            under_way=self.kpi.interim is not Interim.TARGET and not self.plan.is_year_end,
        )

    def _item_and_block(self) -> tuple[str, str]:
        for item in self.plan.items:
            block = item.block_of_kpi(self.kpi.name)
            if block:
                return item.id, block.name
        return "", ""

    def _index_of_newest_month(self) -> int | None:
        """The index of the newest filled cell in the range of the result, None where all are empty.

        Months after the as-of month do not count: a 0 there means that nothing was reported yet.
        """
        if not (self.kpi.newest and isinstance(self.kpi.result, Group)):
            return None
        keys = enumerate(self.kpi.result.keys)
        return max((index for index, key in keys if self._value_unless_future(key) is not None), default=None)

    def _value_unless_future(self, key: Hashable) -> Decimal | None:
        """The value of a month of the result, None for a month after the as-of month."""
        assert isinstance(key, FigureId)
        return None if self.figures.is_in_future(key) else self._figure_values(key)[0]

    def _figure_values(self, key: Hashable) -> Sequence[Decimal | None]:
        assert isinstance(key, FigureId)
        return self.figures.values_as_fractions(key) or [None]

    def _formula_value(self, tree: Node | None, newest_index: int | None) -> Decimal | None:
        if tree is None:
            return None
        if isinstance(tree, Group):
            return (
                None
                if newest_index is None or newest_index >= len(tree.keys)
                else self._figure_values(tree.keys[newest_index])[0]
            )
        return evaluate(tree, self._figure_values)

    def _same_period_result(self, newest_index: int | None, base: Month) -> Decimal | None:
        """The result of the same period last year: that of the tables, else as it was reported then."""
        held = self._formula_value(self.kpi.same_period, newest_index)
        reported = (
            self.history.reported_result_up_to(base.years_earlier(1), self.kpi) if held is None else None
        )
        return reported[1].value if reported else held

    def _is_filled(self, key: FigureId) -> bool:
        return any(value is not None for value in self.figures.values_as_fractions(key))

    def _as_of_month(self, newest_index: int | None) -> Month:
        """The as-of month of the result: the latest of its filled figures, else the period's."""
        if self.kpi.result is None:
            return self.plan.as_of_month
        read = [key for key in formula_keys(self.kpi.result) if isinstance(key, FigureId)]
        used = read if newest_index is None else [read[newest_index]]
        filled = [key for key in used if self._is_filled(key)]
        numbers = (self.figures.as_of_month(key) for key in filled)
        months = [self.plan.fiscal_year.month(number) for number in numbers if number]
        return max(months, default=self.plan.as_of_month)

    def _target_value(self) -> Decimal | None:
        target = self.kpi.target
        if isinstance(target, ReferenceTarget):
            target = target.source
        if target is None or isinstance(target, Decimal):
            return target
        if isinstance(target, RelativeTarget):
            return relative_target_value(self.plan, self.kpi, target)
        if isinstance(target, TargetRange):
            return target.low
        if isinstance(target, Milestone):
            return None
        return evaluate(target, self._figure_values)

    def _milestone_state(self) -> MilestoneState | None:
        """What the group gave for a target to be met by a day; None for any other target."""
        target, keys = self.kpi.target, formula_keys(self.kpi.result) if self.kpi.result else ()
        if not isinstance(target, Milestone):
            return None
        figures = (
            one for key in keys if isinstance(key, FigureId) for one in self.figures.with_identity(key)
        )
        texts = (figure.printed_text() for figure in figures)
        given = completion_in(next(texts, ""), self.plan.fiscal_year)
        return MilestoneState(target, self.plan.period.as_of, given)

    def _last_years_result(self) -> Decimal | None:
        """Last year's final result: as given, else as recorded, else where the tables show it."""
        kpi = self.kpi
        if kpi.last_year is not None:
            return evaluate(kpi.last_year, self._figure_values)
        recorded = self.plan.history.get((kpi.name, self.plan.fiscal_year - 1))
        if recorded is not None:
            return recorded
        key = (
            self._figure_id_of_last_month(kpi.same_period)
            if kpi.newest
            else self._figure_id_of_last_year_end(kpi.result)
        )
        return None if key is None else self._figure_values(key)[0]

    def _figure_id_of_last_month(self, months: Node | None) -> FigureId | None:
        keys, last = _figure_ids_of_range(months), self.plan.fiscal_year.last_month
        return next((key for key in keys if self._first_and_last_month(key) == (last, last)), None)

    def _figure_id_of_last_year_end(self, result: Node | None) -> FigureId | None:
        """The figure beside that of the result, in the row or column of last year's end (前年度末)."""
        if not (isinstance(result, Ref) and isinstance(result.key, FigureId)):
            return None
        key, last = result.key, self.plan.fiscal_year.last_month
        months = self._first_and_last_month(key)
        if months and months[1] != last:
            return None
        table = self.plan.tables[key.item, key.table]
        row, column = table.positions[key]
        at_end = _index_of_last_year_end(table.rows, row, last)
        if at_end is not None:
            return table.identity(at_end, column)
        at_end = _index_of_last_year_end(table.columns, column, last)
        return None if at_end is None else table.identity(row, at_end)

    def _monthly_points(self) -> tuple[SeriesPoint, ...]:
        """The months of the range of a KPI with 最新; empty where two of them have the same header month."""
        now = _figure_ids_of_range(self.kpi.result) if self.kpi.newest else []
        before = _figure_ids_of_range(self.kpi.same_period)
        months = [named[1] for named in map(self._first_and_last_month, now) if named]
        if len(set(months)) < len(now):
            return ()
        points = [
            SeriesPoint(
                self.plan.fiscal_year.month(month),
                self._value_unless_future(key),
                self._figure_values(before[index])[0] if index < len(before) else None,
            )
            for index, (month, key) in enumerate(zip(months, now, strict=True))
        ]
        return tuple(sorted(points, key=lambda point: point.month))

    def _first_and_last_month(self, key: FigureId) -> tuple[int, int] | None:
        """First and last month that the headers of a figure name."""
        table = self.plan.tables[key.item, key.table]
        row, column = table.positions[key]
        return table.columns[column].months or table.rows[row].months


def _figure_ids_of_range(tree: Node | None) -> list[FigureId]:
    return [key for key in formula_keys(tree) if isinstance(key, FigureId)] if isinstance(tree, Group) else []


def _index_of_last_year_end(axes: Sequence[Axis], index_of_result: int, last: int) -> int | None:
    """The index of the axis of last year's end; of several the one with the same name but for the year."""
    found = [index for index, axis in enumerate(axes) if _is_last_year_end(axis, last)]
    if len(found) > 1:
        name = axes[index_of_result].name.replace("当年", "前年")
        found = [index for index in found if axes[index].name == name]
    return found[0] if len(found) == 1 else None


def _is_last_year_end(axis: Axis, last: int) -> bool:
    """Whether a header names last year's end, and no months that end before its `last` one."""
    return axis.year_role is YearRole.YEAR_END and (axis.months is None or axis.months[1] == last)


def _rate_block(
    plan: Plan, item: Item, block: Block, kpis: tuple[KpiAssessment, ...], entry: RatingEntry | None
) -> BlockRating:
    own = [kpi for kpi in kpis if (kpi.item, kpi.block) == (item.id, block.name)]
    rated = [RatedKpi(kpi.kpi.name, kpi.judgement.glyph, kpi.kpi.is_main) for kpi in own]
    combined = combined_rating(block.aggregation or plan.aggregation, rated, plan.scale)
    explanations = [f"{kpi.kpi.name}: {kpi.judgement.explanation}" for kpi in own]
    if combined.words:
        explanations.append(f"ブロックは{combined.words}")
    return BlockRating(
        item=item.id,
        block=block.name,
        rated=block.rated,
        group=plan.scale.canonical_glyph(entry.glyph) if entry else "",
        computed=combined.glyph,
        explanation="／".join(explanations),
        entry=entry,
    )
