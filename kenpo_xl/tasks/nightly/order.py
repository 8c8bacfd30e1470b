"""The order in which the periods of a run are processed: of a branch the earlier ones first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.period_key import PeriodKey
from kenpo_xl.tasks.period.folder import PeriodFolder


@frozen
class Due:
    """A period folder with its period."""

    folder: PeriodFolder
    key: PeriodKey


def split_off_duplicates(due: Iterable[Due]) -> tuple[list[Due], list[tuple[Due, list[Due]]]]:
    """The periods with one folder, and those with several, each with the others."""
    by_key: dict[PeriodKey, list[Due]] = {}
    for one in due:
        by_key.setdefault(one.key, []).append(one)
    single = [same[0] for same in by_key.values() if len(same) == 1]
    duplicates = [
        (one, [other for other in same if other is not one])
        for same in by_key.values()
        if len(same) > 1
        for one in same
    ]
    return single, duplicates


def with_later_periods(due: Iterable[Due], folders: Collection[Path]) -> list[Due]:
    """The periods in `folders`, and those of their branches that come later."""
    due = list(due)
    first: dict[str, PeriodKey] = {}
    for one in due:
        if one.folder.root in folders:
            first[one.key.branch] = min(one.key, first.get(one.key.branch, one.key))
    return [one for one in due if one.key.branch in first and one.key >= first[one.key.branch]]


def waves_by_branch(due: Iterable[Due]) -> list[list[Due]]:
    """Lists of periods in which the earlier ones of a branch are in an earlier list."""
    waves: list[list[Due]] = []
    ranks: dict[str, int] = {}
    for one in sorted(due, key=lambda each: each.key):
        rank = ranks.get(one.key.branch, 0)
        ranks[one.key.branch] = rank + 1
        waves += [[]] if rank == len(waves) else []
        waves[rank].append(one)
    return waves
