"""The summary page (概要) of the status report as values: ratings, KPIs by distance, what changed."""

from __future__ import annotations

from decimal import Decimal

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.changes import ReportChange
from kenpo_xl.domain.results.adjustments import SummaryPoint
from kenpo_xl.domain.results.assessments import KpiAssessment
from kenpo_xl.domain.results.outlooks import KpiOutlook


@frozen
class RatingCounts:
    """How often each step of the scale was given in a chapter, and in the last report (`before`).

    `before` is empty without a last report; `unrated` blocks wait for a rating.
    """

    chapter: str
    counts: tuple[int, ...]
    before: tuple[int, ...] = ()
    unrated: int = 0

    @property
    def total(self) -> int:
        """The number of ratings that were given."""
        return sum(self.counts)


@frozen
class ChangedRating:
    """A rating that differs from that of the last report; `before` and `now` are '' for none."""

    item: str
    title: str
    block: str
    before: str
    now: str


@frozen
class SummaryKpi:
    """A line of a KPI. `trend` has its result of every period of the year so far, None where unknown.

    `rating` is the printed one of its block, else the computed one (`is_computed_rating`), '' for none.
    `target_fact` and `result_fact` are indexes of the report's facts. `periods` are the names of those of
    the year.
    """

    assessment: KpiAssessment
    outlook: KpiOutlook
    rating: str = ""
    is_computed_rating: bool = False
    trend: tuple[Decimal | None, ...] = ()
    target_fact: int | None = None
    result_fact: int | None = None
    periods: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.assessment.kpi.name

    @property
    def rating_in_brackets(self) -> str:
        """The rating, in brackets where it is computed."""
        return f"（{self.rating}）" if self.is_computed_rating else self.rating

    @property
    def expected(self) -> Decimal | None:
        """The share of the target for the months that are over, None where no share is expected.

        None is of a range: neither of its ends is what a month has to reach.
        """
        aim = self.assessment.aim
        if aim is None or aim.upper is not None or not self.outlook.is_running:
            return None
        return aim.up_to_month(self.assessment.assessment.elapsed).value

    def share_of_target(self, value: Decimal | None) -> Decimal | None:
        """A value of the KPI ÷ its target, as `Aim.share`; None where that cannot be said."""
        return self.assessment.aim.share(value) if self.assessment.aim else None

    def drawn_share(self, value: Decimal | None) -> Decimal | None:
        """Where a value is on the axis of the drawing: its share of the target, or of the end of a range."""
        return self.assessment.aim.share_of_upper_end(value) if self.assessment.aim else None


@frozen
class Summary:
    """What the page shows. `steps` are the glyphs of the scale, best first.

    `since` is the label of the last report, `changed` are the ratings and `corrected` the figures that differ
    from it. `periods` are the names of those of `SummaryKpi.trend`. Without `shows_outlooks` no estimate
    and no outlook is printed.
    """

    steps: tuple[str, ...]
    chapters: tuple[RatingCounts, ...]
    kpis: tuple[SummaryKpi, ...] = ()
    since: str = ""
    changed: tuple[ChangedRating, ...] = ()
    corrected: tuple[ReportChange, ...] = ()
    has_changes: bool = False
    points: tuple[SummaryPoint, ...] = ()
    periods: tuple[str, ...] = ()
    shows_outlooks: bool = False

    @property
    def has_trend(self) -> bool:
        """Whether an earlier period of the year reported any KPI."""
        return any(value is not None for kpi in self.kpis for value in kpi.trend[:-1])

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to sum up."""
        counted = sum(one.total + one.unrated for one in self.chapters)
        return not (counted or self.kpis or self.points or self.changed or self.corrected)
