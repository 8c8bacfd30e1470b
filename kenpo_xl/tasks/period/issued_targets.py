"""Targets of KPIs that a book shows as it was issued, where the plan has others now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.submission.submission import (
    Entry,
    ItemEntry,
    KpiEntry,
    Mismatch,
    MismatchKind,
    Submission,
)

_JUDGED = "判定は計画の目標で行います。"
TargetOf = Callable[[str], Decimal | None]
"""The target that a book was issued with, by the name of its KPI; None where it is not known."""


def without_targets_as_issued(items: Iterable[ItemEntry], issued: TargetOf) -> Iterator[ItemEntry]:
    """The items without the targets of their KPIs that are as issued."""
    for item in items:
        kpis = (replace(one, target=Entry()) if _is_as_issued(one, issued) else one for one in item.kpis)
        yield replace(item, kpis=tuple(kpis))


def _is_as_issued(one: KpiEntry, issued: TargetOf) -> bool:
    return one.target.value is not None and one.target.value == issued(one.name)


def targets_changed_since(
    plan: Plan, items: Iterable[ItemEntry], issued: TargetOf, words: str = ""
) -> Iterator[Mismatch]:
    """The targets of a book as issued that are others in the plan; `words` begin the sentence."""
    for item in items:
        for one in item.kpis:
            kpi, before, source = plan.kpi(one.name), issued(one.name), one.target.source
            now = kpi.target if kpi else None
            if kpi and source and before is not None and isinstance(now, Decimal) and now != before:
                new, old = map(kpi.format.displayed_text, (now, before))
                targets = f"目標は、計画では {new} です（このブックでは {old}）。"
                fact = f"{words}KPI「{one.name}」の{targets}{_JUDGED}"
                yield Mismatch(MismatchKind.CHANGED, f"{item.item}/KPI/{one.name}/目標", fact, source)


def without_targets_of_unknown_plan(submission: Submission, plan: Plan) -> Submission:
    """A submission of which it is not known whether its plan had the targets of today.

    A number for a target that is another one today may be that of its own plan.
    """
    written = {
        one.name: one.target.value
        for item in submission.items
        for one in item.kpis
        if isinstance(one.target.value, Decimal) and not one.target.formula
    }
    mismatches = tuple(targets_changed_since(plan, submission.items, written.get))
    changed = {one.identity.split("/")[2] for one in mismatches}

    def issued(name: str) -> Decimal | None:
        return written[name] if name in changed else None

    items = tuple(without_targets_as_issued(submission.items, issued))
    return replace(submission, items=items, mismatches=(*submission.mismatches, *mismatches))
