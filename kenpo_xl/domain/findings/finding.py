"""Findings (指摘): what a rule found in a cell, and which rules ran."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from enum import StrEnum

from kenpo_xl.domain.cell_reference import CellPosition, cell_position
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.source import Source


class Severity(StrEnum):
    """How much a finding matters; the name in lower case is the word for the command line and JSON."""

    ERROR = "誤り"
    WARNING = "注意"
    INFO = "参考"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


class Family(StrEnum):
    """What a finding is about."""

    STRUCTURE = "様式"
    VALUES = "値"
    ARITHMETIC = "計算"
    AGREEMENT = "整合"
    HISTORY = "時系列"
    RATING = "評価"
    WORDING = "表記"
    PRIVACY = "個人情報"
    RETURN = "差戻し"


@frozen
class Violation:
    """What a rule saw in one cell: the fact with its values in Japanese, and the reader's next act.

    `identity` says what the cell is in the plan (`1-2-2/決定達成/当年/達成率`, `1-2-2/ブロック 1/評価`);
    `actual` and `expected` are values as shown, '' where there is none. `related` are the cells of the other
    side where two places disagree and either may be wrong: such a violation expects no value. `cells` are the
    wrong ones where `source` is only their header or the first of them. `explains` are cells in which other
    rules would report the same mistake again.
    """

    source: Source
    identity: str
    message: str
    hint: str = ""
    actual: str = ""
    expected: str = ""
    related: tuple[Source, ...] = ()
    cells: tuple[Source, ...] = ()
    explains: tuple[Source, ...] = ()


@frozen
class Finding:
    """A violation with the rule that found it. An empty `cell` means the sheet, an empty `sheet` the book.

    `identity` is by today's numbers and names, `key` the same by keys, '' where it is no other. `cells` are
    the wrong cells where `cell` is only their header or the first of them.
    """

    code: str
    family: Family
    severity: Severity
    workbook: str
    sheet: str
    cell: str
    identity: str
    message: str
    hint: str
    actual: str = ""
    expected: str = ""
    related: tuple[Source, ...] = ()
    cells: tuple[Source, ...] = field(default=(), compare=False)
    key: str = ""

    @property
    def stored_identity(self) -> str:
        """The identity under which the finding is stored."""
        return self.key or self.identity

    @property
    def is_remark(self) -> bool:
        """Whether the planner sent the book back with it (差戻し); a reply of the group answers it."""
        return self.family is Family.RETURN

    @property
    def source(self) -> Source:
        """The cell that it names."""
        return Source(self.workbook, self.sheet, self.cell)

    @property
    def wrong_cells(self) -> tuple[Source, ...]:
        """The cells that it is about."""
        return self.cells or (self.source,)

    @property
    def position(self) -> CellPosition:
        """Row and column of the cell; (0, 0) without one."""
        return cell_position(self.cell)

    def is_related_to(self, other: Finding) -> bool:
        """Whether the other finding's cell is a related one of this finding."""
        return Source(other.workbook, other.sheet, other.cell) in self.related


class Status(StrEnum):
    """What became of a rule in a run."""

    RAN = "ran"
    SKIPPED = "skipped"
    FAILED = "failed"


NO_DICTIONARY = "このパソコンに文章を調べる辞書がないため"
NOT_PROOFREAD = "文章の点検はしていません。"


@frozen
class RuleRun:
    """Whether a rule ran; `reason` says in Japanese why it was skipped, or how it failed."""

    code: str
    status: Status
    reason: str = ""


def is_unproofread(runs: Iterable[RuleRun]) -> bool:
    """Whether rules on words were skipped because no dictionary is installed."""
    return any(run.status is Status.SKIPPED and run.reason.startswith(NO_DICTIONARY) for run in runs)
