"""The handover (引継ぎ): what a planner confirms before the books of the next period are made."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from hashlib import sha256

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.plan.plan_changes import PartPath
from kenpo_xl.domain.plan.yearly_cells import CellContent
from kenpo_xl.domain.source import Source

NONE = "なし"
"""The new value of a part that is gone."""
AS_IT_IS = "このまま"
"""The word that the sheet offers to confirm a row; any other word confirms it as well."""


class HandoverState(StrEnum):
    """Whether a row waits for the planner."""

    OPEN = "要確認"
    DONE = "確認済"
    INFO = "お知らせ"


@frozen
class HandoverAnswer:
    """What the planner typed into a row: a new value, and any word that confirms it.

    `cell` is the cell for that word, `is_open` whether the sheet shows that it waits for one, `digest` that
    of the row as it was written.
    """

    new: CellContent = None
    confirmed: str = ""
    cell: str = ""
    is_open: bool = False
    digest: str = ""


@frozen
class HandoverRow:
    """One row. `id` identifies it in every state of the sheet; `old` and `new` are what the plans contain.

    `needs_answer` where a person has to look at it, `is_settled` where the plan book has a new value already.
    `is_cell`: `source` and `others` are cells of the plan book that a typed new value is written into;
    otherwise a typed one names another part of the plan.
    """

    id: str
    kind: str
    name: str
    old: CellContent
    new: CellContent
    hint: str = ""
    needs_answer: bool = False
    is_settled: bool = False
    source: Source | None = None
    format: str = "General"
    is_cell: bool = False
    others: tuple[Source, ...] = ()
    answer: HandoverAnswer = field(default_factory=HandoverAnswer)

    @property
    def digest(self) -> str:
        """A digest of everything but the answer: where it is the same, the row has not changed."""
        words = (self.id, self.kind, self.name, self.hint, self.needs_answer, self.is_settled)
        content = repr((*words, self.old, self.new, self.source))
        return sha256(content.encode()).hexdigest()[:12]

    @property
    def typed_value(self) -> CellContent:
        """The new value that the planner typed for a cell and that the plan book does not contain yet."""
        return self.answer.new if self.is_cell else None

    @property
    def state(self) -> HandoverState:
        if not self.needs_answer:
            return HandoverState.INFO
        is_answered = self.is_settled or bool(self.answer.confirmed) or self.typed_value is not None
        return HandoverState.DONE if is_answered else HandoverState.OPEN


@frozen
class Handover:
    """The rows of a period, its name, and the folder of the period before, relative to its own."""

    rows: tuple[HandoverRow, ...]
    title: str = ""
    previous: str = ""

    @property
    def open_rows(self) -> tuple[HandoverRow, ...]:
        return tuple(row for row in self.rows if row.state is HandoverState.OPEN)


def path_text(path: PartPath) -> str:
    """A part as people write it: 1-2-2/決定達成/当年."""
    return "/".join(path)


def handover_row_id(*parts: str) -> str:
    """The id of a row."""
    return "|".join(parts)
