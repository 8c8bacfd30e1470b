"""The assessment of every KPI and every rated block: computed beside what the group gave."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.numbers.differences import difference_unit, displayed_difference
from kenpo_xl.domain.numbers.exact import NumberFormat
from kenpo_xl.domain.plan.plan import Kpi
from kenpo_xl.domain.plan.targets.aim import Aim
from kenpo_xl.domain.plan.targets.judgement import Assessment, Judgement
from kenpo_xl.domain.plan.targets.milestones import Progress
from kenpo_xl.domain.submission.submission import RatingEntry
from kenpo_xl.domain.time.fiscal_calendar import Month

if TYPE_CHECKING:
    from kenpo_xl.domain.results.adjustments import RatingAdjustment


_ATTAINMENTS = {Progress.IN_TIME: Decimal(1), Progress.OVERDUE: Decimal(0)}


@frozen
class SeriesPoint:
    """A month of a KPI that is followed month by month; None where nothing was reported."""

    month: Month
    value: Decimal | None
    last_year: Decimal | None


@frozen
class KpiAssessment:
    """A KPI with its exact numbers, as-of month and computed rating.

    `last_year` is last year's final result, `series` the months of a KPI with 最新 in their order.
    `under_way` (途中): the result is compared with its target at the year's end only.
    """

    kpi: Kpi
    item: str
    block: str
    assessment: Assessment
    base: Month
    judgement: Judgement
    last_year: Decimal | None = None
    series: tuple[SeriesPoint, ...] = ()
    under_way: bool = False

    @property
    def aim(self) -> Aim | None:
        """What the result is compared with at the year's end, None without a target."""
        return self.assessment.aim(self.kpi.direction)

    @property
    def is_met(self) -> bool:
        """Whether the result reaches its target; False where one of them is unknown."""
        result = self.assessment.result
        return self.aim is not None and result is not None and self.aim.is_met(result)

    @property
    def attainment(self) -> Decimal | None:
        """The attainment (達成率) of the target as a fraction, None where it cannot be said.

        Of a milestone: 1 where it was done in time, 0 where it is overdue.
        """
        milestone = self.assessment.milestone
        if milestone:
            return None if milestone.progress is None else _ATTAINMENTS.get(milestone.progress)
        return self.aim.attainment(self.assessment.result) if self.aim else None

    @property
    def has_result(self) -> bool:
        """Whether the group gave a result: a number, or what is done."""
        milestone = self.assessment.milestone
        return self.assessment.result is not None or bool(milestone and milestone.completion)

    @property
    def difference_to_same_period(self) -> Decimal | None:
        """How far the result is above that of the same period last year, in `difference_unit`."""
        return displayed_difference(self.assessment.result, self.assessment.same_period, self.kpi.format)

    @property
    def difference_unit(self) -> str:
        """The unit of that difference: ポイント for rates, else that of the KPI."""
        return difference_unit(self.kpi.format)

    @property
    def result_text(self) -> str:
        """The result as printed, － where it is unknown."""
        milestone = self.assessment.milestone
        if milestone:
            return str(milestone.completion or "－")
        value = self.assessment.result
        return "－" if value is None else self.result_format.displayed_text(value)

    @property
    def result_format(self) -> NumberFormat:
        """The number format of the result, with decimals where they tell it from its target."""
        result = self.assessment.result
        return self.kpi.format if result is None else self.format_beside_target(result)

    def format_beside_target(self, value: Decimal) -> NumberFormat:
        """The number format of a result or an estimate, with decimals that tell it from the target."""
        return self.aim.format_of_value(value, self.kpi.format, value) if self.aim else self.kpi.format

    @property
    def looks_like_target(self) -> bool:
        """Whether result and target are one number in the KPI's own format."""
        style, numbers = self.kpi.format, (self.assessment.result, self.assessment.target)
        return len({None if one is None else style.displayed_text(one) for one in numbers}) == 1

    @property
    def ends_of_target(self) -> tuple[Decimal | None, Decimal | None]:
        """The target, and the upper end of a range; None for what there is not."""
        return self.assessment.target, self.assessment.upper

    @property
    def target_format(self) -> NumberFormat:
        """The number format of the target; of a range it shows both ends."""
        style = self.kpi.format
        return self.aim.number_format(style, self.assessment.result) if self.aim else style

    @property
    def target_text(self) -> str:
        """The target as printed, 目標値なし where it could not be resolved."""
        if self.assessment.milestone:
            return str(self.assessment.milestone.milestone)
        style = self.kpi.format
        return self.aim.displayed_text(style, self.assessment.result) if self.aim else "目標値なし"

    @property
    def target_in_words(self) -> str:
        """The target with its direction: 51.5％以上, 全国平均 57.0％を上回る; else 目標値なし."""
        if self.aim is None:
            return self.target_text
        name = f"{self.aim.name} " if self.aim.name else ""
        return f"{name}{self.target_text}{self.aim.side_text}"


@frozen
class BlockRating:
    """The rating of a block: the group's, in the scale's glyph, and the computed one ('' where none).

    `final` is the planner's, in the scale's glyph, '' where the group's is kept.
    """

    item: str
    block: str
    rated: bool
    group: str = ""
    computed: str = ""
    explanation: str = ""
    entry: RatingEntry | None = None
    final: str = ""
    adjustment: RatingAdjustment | None = None

    @property
    def submitted_glyph(self) -> str:
        """What the group gave: the scale's glyph, or what was typed where that is not of the scale."""
        return self.group or (self.entry.glyph.strip() if self.entry else "")

    @property
    def printed_glyph(self) -> str:
        """The rating that is printed: the planner's, else what the group gave."""
        return self.final or self.submitted_glyph

    @property
    def prints_group_rating(self) -> bool:
        """Whether the printed rating is the group's, so that its reason and as-of date belong to it."""
        return bool(self.printed_glyph) and self.printed_glyph == self.submitted_glyph

    @property
    def differs_from_computed(self) -> bool:
        """Whether the group gave another rating than the rule."""
        return bool(self.group and self.computed and self.group != self.computed)


@frozen
class Assessments:
    """All KPIs in the order of the plan, and every block's rating by item and block."""

    kpis: tuple[KpiAssessment, ...]
    blocks: dict[tuple[str, str], BlockRating]

    @property
    def differing_ratings(self) -> list[BlockRating]:
        """The ratings of the groups that differ from the computed ones."""
        return [rating for rating in self.blocks.values() if rating.differs_from_computed]

    def assessment_of_kpi(self, name: str) -> KpiAssessment | None:
        return next((assessment for assessment in self.kpis if assessment.kpi.name == name), None)
