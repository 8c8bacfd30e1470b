"""Figures in, ratings out: every KPI against its target, every block by the worst of its KPIs."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from decimal import Decimal

from kenpo_xl.domain.calendar import Month, fiscal_month
from kenpo_xl.domain.figures import Figures
from kenpo_xl.domain.formulas import Group, Node, evaluate, keys
from kenpo_xl.domain.plan import Block, FigureId, Item, Kpi, Plan, RelativeTarget
from kenpo_xl.domain.ratings import Direction, Standing, judge
from kenpo_xl.domain.standings import BlockRating, KpiStanding, Standings
from kenpo_xl.domain.submission import RatingEntry, Submission


def rate(plan: Plan, figures: Figures, submissions: Iterable[Submission]) -> Standings:
    """Where all KPIs and blocks of a period stand."""
    kpis = tuple(_Rater(plan, figures, kpi).standing() for kpi in plan.kpis)
    given = {
        (item.item, rating.block): rating
        for submission in submissions
        for item in submission.items
        for rating in reversed(item.ratings)
    }
    blocks = {
        (item.id, block.name): _block(plan, item, block, kpis, given.get((item.id, block.name)))
        for item in plan.items
        for block in item.blocks
    }
    return Standings(kpis, blocks)


class _Rater:
    """One KPI: finds its result, its target and last year's figure, and judges."""

    def __init__(self, plan: Plan, figures: Figures, kpi: Kpi) -> None:
        self.plan, self.figures, self.kpi = plan, figures, kpi

    def standing(self) -> KpiStanding:
        newest = self._newest()
        base = self._base(newest)
        standing = Standing(
            result=self._value(self.kpi.result, newest),
            target=self._target(),
            same_period=self._value(self.kpi.same_period, newest),
            elapsed=base.elapsed,
        )
        judgement = judge(
            standing,
            scale=self.plan.scale.with_floors(self.kpi.thresholds),
            direction=self.kpi.direction,
            interim=self.kpi.interim,
            year_end=self.plan.is_year_end,
            show=self.kpi.format,
        )
        item, block = self._place()
        return KpiStanding(self.kpi, item, block, standing, base, judgement)

    def _place(self) -> tuple[str, str]:
        for item in self.plan.items:
            block = item.block_of_kpi(self.kpi.name)
            if block:
                return item.id, block.name
        return "", ""

    def _newest(self) -> int | None:
        """The place of the newest filled cell in the range of the result, None where all are empty."""
        if not (self.kpi.newest and isinstance(self.kpi.result, Group)):
            return None
        filled = [place for place, key in enumerate(self.kpi.result.keys) if self._lookup(key)[0] is not None]
        return max(filled, default=None)

    def _lookup(self, key: Hashable) -> Sequence[Decimal | None]:
        assert isinstance(key, FigureId)
        return self.figures.fraction(key) or [None]

    def _value(self, tree: Node | None, newest: int | None) -> Decimal | None:
        if tree is None:
            return None
        if isinstance(tree, Group):
            return None if newest is None or newest >= len(tree.keys) else self._lookup(tree.keys[newest])[0]
        return evaluate(tree, self._lookup)

    def _base(self, newest: int | None) -> Month:
        """The as-of month of the result: the latest of its filled figures, else the period's."""
        if self.kpi.result is None:
            return self.plan.base
        read = [key for key in keys(self.kpi.result) if isinstance(key, FigureId)]
        used = read if newest is None else [read[newest]]
        filled = [key for key in used if any(value is not None for value in self.figures.fraction(key))]
        numbers = (self.figures.as_of_month(key) for key in filled)
        months = [fiscal_month(self.plan.fiscal_year, number) for number in numbers if number]
        return max(months, default=self.plan.base)

    def _target(self) -> Decimal | None:
        target = self.kpi.target
        if target is None or isinstance(target, Decimal):
            return target
        if isinstance(target, RelativeTarget):
            return self._relative(target)
        return evaluate(target, self._lookup)

    def _relative(self, target: RelativeTarget) -> Decimal | None:
        year = self.plan.fiscal_year
        past = [self.plan.history.get((self.kpi.name, year - back)) for back in (1, 2, 3)]
        last = past[0]
        if target is RelativeTarget.LAST_YEAR or last is None:
            return last
        known = [value for value in past if value is not None]
        if len(known) < len(past):
            return None
        mean = sum(known, Decimal(0)) / len(known)
        return max(last, mean) if self.kpi.direction is Direction.AT_LEAST else min(last, mean)


def _block(
    plan: Plan, item: Item, block: Block, kpis: tuple[KpiStanding, ...], entry: RatingEntry | None
) -> BlockRating:
    own = [kpi for kpi in kpis if (kpi.item, kpi.block) == (item.id, block.name)]
    computed = plan.scale.worst(kpi.judgement.glyph for kpi in own if kpi.judgement.glyph)
    return BlockRating(
        item=item.id,
        block=block.name,
        rated=block.rated,
        group=plan.scale.canonical(entry.glyph) if entry else "",
        computed=computed,
        explanation="／".join(f"{kpi.kpi.name}: {kpi.judgement.explanation}" for kpi in own),
        entry=entry,
    )
