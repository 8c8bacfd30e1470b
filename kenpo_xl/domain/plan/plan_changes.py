"""What became of every part of a plan in a later one: same, moved, renamed, split, joined, new or gone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import field, replace
from enum import StrEnum

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.table import FigureId

PartPath = tuple[str, ...]
"""A part by its names from the outside in: (item, table, row), (item, block), (KPI,), (group,)."""


class PlanPart(StrEnum):
    """The kinds of parts that are compared."""

    GROUP = "グループ"
    ITEM = "項"
    BLOCK = "ブロック"
    TABLE = "表"
    ROW = "行"
    COLUMN = "列"
    KPI = "指標"


class Difference(StrEnum):
    """What became of a part. MOVED: the same with another number or at another place; GIVEN: to a group."""

    MOVED = "場所が変わった"
    GIVEN = "担当が変わった"
    RENAMED = "名前が変わった"
    SPLIT = "分かれた"
    JOINED = "まとまった"
    NEW = "新しい"
    GONE = "なくなった"


@frozen
class PlanChange:
    """One difference. `old` is () for a new part; `new` is empty for one that is gone, several if split.

    `certain`: a key, an old name or equal words say so; otherwise it is a guess by title and headers.
    """

    part: PlanPart
    difference: Difference
    old: PartPath
    new: tuple[PartPath, ...]
    certain: bool = True

    @property
    def needs_confirmation(self) -> bool:
        """Whether a person has to confirm it: a guess, and a part that is split or gone."""
        return not self.certain or self.difference in (Difference.SPLIT, Difference.GONE)


PartPairs = Mapping[PlanPart, Mapping[PartPath, PartPath]]
Decisions = Mapping[tuple[PlanPart, PartPath], PartPath | None]
"""What the planner decided: the new part of an old one, None for one that is gone."""


@frozen
class PlanChanges:
    """The part of the new plan for each part of the old one, and all differences in the order of the plan.

    `pairs` has every old part that is in the new plan, unchanged ones too; a part of several new ones has
    the one that continues it. `guessed` are those of them that a person should confirm.
    """

    pairs: PartPairs
    changes: tuple[PlanChange, ...] = ()
    guessed: frozenset[tuple[PlanPart, PartPath]] = field(default_factory=frozenset)

    def new_path(self, part: PlanPart, *old: str) -> PartPath | None:
        """The path of a part in the new plan, None if it is gone."""
        return self.pairs.get(part, {}).get(old)

    def new_figure(self, old: FigureId) -> FigureId | None:
        """The identity of a figure in the new plan, None if its table, row or column is gone."""
        table = self.new_path(PlanPart.TABLE, old.item, old.table)
        row = self.new_path(PlanPart.ROW, old.item, old.table, old.row)
        column = self.new_path(PlanPart.COLUMN, old.item, old.table, old.column)
        if not (table and row and column):
            return None
        item, name = table
        return FigureId(item, name, row[-1], column[-1])

    def without(self, parts: Collection[tuple[PlanPart, PartPath]]) -> PlanChanges:
        """The same without the pairs of some old parts, and of what is in them."""
        pairs = {
            part: {old: new for old, new in found.items() if not _is_in(part, old, parts)}
            for part, found in self.pairs.items()
        }
        return replace(self, pairs=pairs)


def _is_in(part: PlanPart, path: PartPath, parts: Collection[tuple[PlanPart, PartPath]]) -> bool:
    """Whether a part is one of some parts, or is in an item that is."""
    return (part, path) in parts or (part is not PlanPart.KPI and (PlanPart.ITEM, path[:1]) in parts)
