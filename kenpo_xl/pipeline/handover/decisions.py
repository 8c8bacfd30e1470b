"""The planner's answers on parts of the plan that were renamed, split or taken out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.outputs.handover import NONE, HandoverAnswer, handover_row_id, path_text
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.plan_changes import (
    Decisions,
    Difference,
    PartPath,
    PlanChange,
    PlanChanges,
    PlanPart,
)
from kenpo_xl.pipeline.plan_changes.compare import compare_plans

Answers = Mapping[str, HandoverAnswer]
# A decision on a table may show new changes of its rows, and those are decided as well.
_ROUNDS = 3


def decided_changes(old: Plan, new: Plan, answers: Answers) -> tuple[PlanChanges, Decisions]:
    """The changes from one plan to the next with the planner's answers, and these answers.

    An answer that names no part of the new plan decides nothing.
    """
    changes, decided = compare_plans(old, new), dict[tuple[PlanPart, PartPath], PartPath | None]()
    for _ in range(_ROUNDS if answers else 0):
        found = decided | {
            (change.part, change.old): answer[0]
            for change in changes.changes
            if change.old and (answer := _decided_path(change, new, answers))
        }
        if found == decided:
            break
        decided = found
        changes = compare_plans(old, new, decided)
    return changes, decided


def decisions_for_earlier_plan(old: Plan, previous: Plan, decided: Decisions) -> Decisions:
    """Decisions on parts of the previous period's plan, as ones on an earlier plan of this period.

    Each is about the part of `old` that certainly continues that of the previous plan.
    """
    known = {key: new for key, new in decided.items() if new and new in part_paths(old, key[0])}
    then = compare_plans(previous, old, known)
    certain = {key: new for key, new in decided.items() if key not in then.guessed}
    found = {(part, then.new_path(part, *path)): new for (part, path), new in certain.items()}
    return {(part, path): new for (part, path), new in found.items() if path is not None}


def change_id(change: PlanChange) -> str:
    """The id of the row of a change."""
    return handover_row_id(change.part, path_text(change.old or change.new[0]))


def _decided_path(change: PlanChange, new: Plan, answers: Answers) -> tuple[PartPath | None] | None:
    """The new path of a part in a tuple, None in it where it is gone; None without a usable answer."""
    answer = answers.get(change_id(change))
    if answer is None or not answer.confirmed or change.difference in (Difference.SPLIT, Difference.NEW):
        return None
    text = normalized(str(answer.new or ""))
    if text in ("", normalized(NONE)):
        return (None,) if text or not change.new else (change.new[0],)
    path = _paths_by_words(new, change.part).get(text)
    return None if path is None else (path,)


def _paths_by_words(plan: Plan, part: PlanPart) -> dict[str, PartPath]:
    """The paths of all parts of a kind, by each way in which the planner may name them."""
    return {
        normalized(words): path
        for path in part_paths(plan, part)
        for words in (path_text(path), part_text(plan, part, path))
    }


def is_confirmed_name_unknown(change: PlanChange, new: Plan, answers: Answers) -> bool:
    """Whether the planner confirmed a row with a new name that the new plan does not have."""
    answer = answers.get(change_id(change))
    asks = change.old and change.difference is not Difference.SPLIT
    return bool(asks and answer and answer.confirmed) and _decided_path(change, new, answers) is None


def part_text(plan: Plan, part: PlanPart, path: PartPath) -> str:
    """A part as people read it: an item with its title, 1-2-2 ブロック 1, 1-2-2/決定達成/当年."""
    item = plan.item(path[0]) if part is PlanPart.ITEM else None
    if item:
        return f"{item.id} {item.title}"
    return f"{path[0]} {part} {path[1]}" if part is PlanPart.BLOCK else path_text(path)


def part_paths(plan: Plan, part: PlanPart) -> Iterator[PartPath]:
    """The paths of all parts of a kind."""
    match part:
        case PlanPart.GROUP:
            yield from ((group,) for group in plan.groups)
        case PlanPart.ITEM:
            yield from ((item.id,) for item in plan.items)
        case PlanPart.BLOCK:
            yield from ((item.id, block.name) for item in plan.items for block in item.blocks)
        case PlanPart.KPI:
            yield from ((kpi.name,) for kpi in plan.kpis)
        case PlanPart.TABLE:
            yield from plan.tables
        case _:
            rows = part is PlanPart.ROW
            for path, table in plan.tables.items():
                yield from ((*path, axis.name) for axis in (table.rows if rows else table.columns))
