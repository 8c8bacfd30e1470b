"""A read period with the planner's adjustments, and the same as if the groups had typed what is printed."""

from __future__ import annotations

from functools import cached_property

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.remarks import Concern, Remark
from kenpo_xl.domain.results.adjustments import Adjustments
from kenpo_xl.domain.results.assessments import Assessments
from kenpo_xl.domain.results.figures import Figures
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.pipeline.adjust import (
    adjust_ratings,
    adjust_wordings,
    choice_remarks,
    choices_and_failures,
    printed_submissions,
)
from kenpo_xl.pipeline.rate import rate_kpis_and_blocks
from kenpo_xl.pipeline.recompute import recompute_figures, with_chosen_values
from kenpo_xl.tasks.period.period_data import PeriodData


@frozen
class PrintedPeriod:
    """The submissions as printed, with their figures and ratings.

    The planner chose the value of the cells in `chosen_cells`.
    """

    submissions: tuple[Submission, ...]
    figures: Figures
    assessments: Assessments
    chosen_cells: frozenset[Source]


@frozen
class AdjustedPeriod:
    """A period with its adjustments in effect; `remarks` has one for each of them."""

    period: PeriodData
    adjustments: Adjustments
    submissions: tuple[Submission, ...]
    figures: Figures
    assessments: Assessments
    remarks: tuple[Remark, ...] = ()

    @cached_property
    def printed(self) -> PrintedPeriod | None:
        """The period as if the groups had typed what is printed; None where the planner changed nothing."""
        if not any(one.concern is Concern.ADJUSTED for one in self.remarks):
            return None
        before, plan = self.period, self.period.plan
        submissions = printed_submissions(
            before.submissions, self.submissions, self.figures, self.assessments
        )
        chosen = [figure for figure in self.figures if figure.settled and figure.source]
        is_computed = any(figure.prefers_computed for figure in chosen)
        figures = recompute_figures(plan, submissions) if is_computed else before.figures
        return PrintedPeriod(
            submissions,
            figures,
            rate_kpis_and_blocks(plan, figures, submissions, history=before.history),
            frozenset(figure.source for figure in chosen if figure.source),
        )


def adjusted_period(
    period: PeriodData, asked: Adjustments, *, prefer_computed: bool = False
) -> AdjustedPeriod:
    """A read period with these adjustments; the planner's choice for a cell precedes `prefer_computed`."""
    plan = period.plan
    submissions, about_wordings = adjust_wordings(plan, period.submissions, asked.wordings)
    choices, failures = choices_and_failures(period.figures, asked.figures)
    figures = with_chosen_values(period.figures, choices, prefer_computed=prefer_computed)
    about_figures = choice_remarks(figures, asked.figures, failures)
    rated = period.assessments
    if figures is not period.figures:
        rated = rate_kpis_and_blocks(plan, figures, submissions, history=period.history)
    assessments, about_ratings = adjust_ratings(plan, rated, asked.ratings)
    remarks = (*about_ratings, *about_wordings, *about_figures)
    return AdjustedPeriod(period, asked, submissions, figures, assessments, remarks)
