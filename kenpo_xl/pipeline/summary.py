"""Ratings, KPIs, changes and the planner's words joined into the summary page (概要)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from kenpo_xl.domain.outputs.changes import ChangeKind, Changes, ReportChange
from kenpo_xl.domain.outputs.summary import ChangedRating, RatingCounts, Summary, SummaryKpi
from kenpo_xl.domain.plan.plan import Kpi, Plan
from kenpo_xl.domain.plan.rule_settings import OutlookUse
from kenpo_xl.domain.results.adjustments import SummaryPoint
from kenpo_xl.domain.results.assessments import Assessments, KpiAssessment
from kenpo_xl.domain.results.facts import Fact, kpi_fact_identity
from kenpo_xl.domain.results.history import History, PastPeriod
from kenpo_xl.domain.results.outlooks import KpiOutlook, Outlook
from kenpo_xl.domain.time.periods import FIRST_PERIOD

BlockKey = tuple[str, str]


def summarize(
    plan: Plan,
    assessments: Assessments,
    *,
    facts: Sequence[Fact],
    outlooks: Iterable[KpiOutlook],
    changes: Changes | None = None,
    history: History | None = None,
    points: Iterable[SummaryPoint] = (),
) -> Summary:
    """The summary of a period; `history` are earlier ones, `changes` what differs from the last report."""
    past = (history or History()).periods_before(plan)
    before = past.period_before_in_year(plan)
    found = changes.found if changes else ()
    printed = plan.summary_outlook is OutlookUse.PRINTED
    return Summary(
        steps=tuple(step.glyph for step in plan.scale.steps),
        chapters=_ratings_by_chapter(plan, assessments, before),
        kpis=_KpiLines(plan, assessments, facts, past).lines(outlooks, by_outlook=printed),
        since=before.label if before else "",
        changed=tuple(_changed_ratings(plan, found)),
        corrected=tuple(one for one in found if one.kind is ChangeKind.CORRECTED),
        has_changes=changes is not None,
        points=tuple(points),
        periods=plan.names_of_periods[: plan.period.number],
        shows_outlooks=printed,
    )


def _ratings_by_chapter(
    plan: Plan, assessments: Assessments, before: PastPeriod | None
) -> tuple[RatingCounts, ...]:
    """The counts of every chapter in the order of the plan; a block counts that is or was rated."""
    keys: dict[str, list[BlockKey]] = {}
    for section in plan.sections:
        blocks = [(item.id, block.name) for item in section.items for block in item.blocks]
        keys.setdefault(section.chapter, []).extend(blocks)
    return tuple(_rating_counts(plan, assessments, before, chapter, of) for chapter, of in keys.items())


def _rating_counts(
    plan: Plan, assessments: Assessments, before: PastPeriod | None, chapter: str, blocks: Iterable[BlockKey]
) -> RatingCounts:
    ratings = [assessments.blocks[key] for key in blocks]
    now = Counter(plan.scale.canonical_glyph(one.printed_glyph) for one in ratings)
    then = Counter(
        plan.scale.canonical_glyph(before.ratings.get((one.item, one.block), "")) if before else ""
        for one in ratings
    )
    return RatingCounts(
        chapter,
        _in_order_of_scale(plan, now),
        _in_order_of_scale(plan, then) if before else (),
        sum(one.rated and not plan.scale.canonical_glyph(one.printed_glyph) for one in ratings),
    )


def _in_order_of_scale(plan: Plan, counts: Counter[str]) -> tuple[int, ...]:
    return tuple(counts[step.glyph] for step in plan.scale.steps)


def _changed_ratings(plan: Plan, found: Iterable[ReportChange]) -> Iterator[ChangedRating]:
    """The changes of ratings, with the titles of their items."""
    for one in found:
        if one.kind is ChangeKind.RATING:
            number, block, _ = one.place.split("/")
            item = plan.item(number)
            title = item.title if item else ""
            yield ChangedRating(number, title, block, str(one.before or ""), str(one.now or ""))


class _KpiLines:
    """Makes the lines of the KPIs; `past` are the earlier periods of the branch."""

    def __init__(self, plan: Plan, assessments: Assessments, facts: Sequence[Fact], past: History) -> None:
        self.assessments = assessments
        self.index_by_identity = {fact.identity: index for index, fact in enumerate(facts)}
        self.periods = plan.names_of_periods
        reports = {
            one.number: one
            for one in past.periods
            if one.fiscal_year == plan.fiscal_year and one.cycle is plan.period.cycle
        }  # of two reports of a period the last read one
        self.earlier = [reports.get(number) for number in range(FIRST_PERIOD, plan.period.number)]

    def lines(self, outlooks: Iterable[KpiOutlook], *, by_outlook: bool) -> tuple[SummaryKpi, ...]:
        """A line for each KPI, the farthest from its target first; `by_outlook`: within each outlook."""
        found = {one.kpi: one for one in outlooks}
        lines = [
            self._summary_line(kpi, found.get(kpi.kpi.name, KpiOutlook(kpi.kpi.name)))
            for kpi in self.assessments.kpis
        ]
        return tuple(sorted(lines, key=lambda line: _sort_key(line, by_outlook=by_outlook)))

    def _summary_line(self, kpi: KpiAssessment, outlook: KpiOutlook) -> SummaryKpi:
        block = self.assessments.blocks.get((kpi.item, kpi.block))
        printed = block.printed_glyph if block else ""
        target, result = (
            self.index_by_identity.get(kpi_fact_identity(kpi.kpi.name, what)) for what in ("目標", "実績")
        )
        return SummaryKpi(
            kpi,
            outlook,
            rating=printed or kpi.judgement.glyph,
            is_computed_rating=not printed and bool(kpi.judgement.glyph),
            trend=(*(_reported_result(one, kpi.kpi) for one in self.earlier), kpi.assessment.result),
            target_fact=target,
            result_fact=result,
            periods=self.periods,
        )


def _reported_result(period: PastPeriod | None, kpi: Kpi) -> Decimal | None:
    """The result of a KPI in an earlier report, None where it has none in the KPI's unit."""
    fact = period.facts_by_key.get((kpi_fact_identity(kpi.name, "実績"), "")) if period else None
    unit = kpi.format.unit_of_cell_value(kpi.format.unit)
    return fact.value if fact and fact.unit == unit else None


def _sort_key(line: SummaryKpi, *, by_outlook: bool) -> tuple[int, bool, Decimal]:
    """By outlook, the worst first and none last; within it by attainment, an unknown one last."""
    outlook, share = line.outlook.printed_outlook, line.assessment.attainment
    place = list(Outlook).index(outlook) if outlook else len(Outlook)
    return (place if by_outlook else 0, share is None, share or Decimal(0))
