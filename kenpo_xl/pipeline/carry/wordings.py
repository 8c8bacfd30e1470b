"""The planner's words of the last quarter (文の調整) that still find what they replace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kenpo_xl.domain.language.normalize import match_positions
from kenpo_xl.domain.plan.plan_changes import PlanChanges, PlanPart
from kenpo_xl.domain.results.adjustments import WordingAdjustment
from kenpo_xl.domain.submission.submission import ItemEntry


def applicable_wordings(
    changes: PlanChanges, wordings: Iterable[WordingAdjustment], items: Iterable[ItemEntry]
) -> Iterator[WordingAdjustment]:
    """The changes of wording whose old words are in a carried line of their block among `items`."""
    texts: dict[tuple[str, ...], list[str]] = {}
    for item in items:
        for line in item.lines:
            if line.carried:
                texts.setdefault((item.item, line.block), []).append(line.text)
    for one in wordings:
        path = changes.new_path(PlanPart.BLOCK, one.item, one.block)
        if path and not one.moved and any(match_positions(one.old, text) for text in texts.get(path, ())):
            yield replace(one, item=path[0], block=path[1], source=None)
