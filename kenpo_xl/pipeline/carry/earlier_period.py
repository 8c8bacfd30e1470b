"""Earlier periods in the words of a later plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.plan_changes import Decisions, PlanChanges
from kenpo_xl.domain.plan.table import FigureId
from kenpo_xl.domain.results.adjustments import WordingAdjustment
from kenpo_xl.domain.results.facts import Fact
from kenpo_xl.domain.results.figures import Figures
from kenpo_xl.domain.results.history import PastPeriod
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.pipeline.plan_changes.compare import compare_plans


@frozen
class EarlierPeriod:
    """An earlier quarter as reported, with its books where its folder was found, else without figures.

    `submissions` and `figures` are as the groups submitted them, `wordings` what the planner put for words.
    """

    past: PastPeriod
    submissions: tuple[Submission, ...] = ()
    figures: Figures | None = None
    wordings: tuple[WordingAdjustment, ...] = ()

    def changes_to(self, plan: Plan, decided: Decisions | None) -> PlanChanges | None:
        """What became of its plan in a later one, None without a plan."""
        return compare_plans(self.figures.plan, plan, decided) if self.figures else None


def past_in_words_of_plan(earlier: EarlierPeriod, changes: PlanChanges | None) -> PastPeriod:
    """The period with the facts of tables under their present identities; without those that are gone.

    The same where its plan is not known: then its identities are those of the ledger.
    """
    if changes is None or earlier.figures is None:
        return earlier.past
    past = earlier.past.in_names_of(earlier.figures.plan)
    return replace(past, facts=tuple(_facts_now(past.facts, changes)))


def _facts_now(facts: Iterable[Fact], changes: PlanChanges) -> Iterator[Fact]:
    for fact in facts:
        then = FigureId(fact.item, fact.table, fact.row, fact.column)
        if fact.table and fact.identity == str(then):
            now = changes.new_figure(then)
            if now:
                yield replace(
                    fact, identity=str(now), item=now.item, table=now.table, row=now.row, column=now.column
                )
