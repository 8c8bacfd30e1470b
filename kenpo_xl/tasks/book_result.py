"""The result of a check of one book, or why it could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.domain.cell_edit import CellEdit
from kenpo_xl.domain.findings.acceptance import Acceptance
from kenpo_xl.domain.findings.closure import Closure, closure_of
from kenpo_xl.domain.findings.finding import (
    NOT_PROOFREAD,
    Finding,
    RuleRun,
    Severity,
    Status,
    is_unproofread,
)
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.submission.save_time import SaveRecord

if TYPE_CHECKING:  # a check of books needs no repairs
    from kenpo_xl.tasks.repairs.repair import ProposedRepairs


class BookStatus(StrEnum):
    """How far a book was checked."""

    CHECKED = "点検済"
    PARTLY = "一部点検"
    UNREADABLE = "読取不可"


@frozen
class BookResult:
    """One book as checked; `failure` is one sentence if it could not be read.

    `reason_by_finding` holds the reasons that staff gave for findings (確認済), errors included; `adjusted`
    are the findings that the planner's adjustments settle, `of_adjustments` those on the planner's own words
    and ratings for this book.
    `is_program_error` is true for a failure of the program. `save_record` is the book's own record of its
    last save, `doubts` are sentences on which of the
    books beside it counts; `ending` is the file extension that fits its content, '' if unknown; `repairs`
    are those that `fix` would make or offer, if that was requested. `python_edits` set the Python of
    the office in a copy of the book, `buttons_lost` is true where another program hid its buttons,
    `unrecorded` are reasons in 指摘 that are missing in 確認記録, `line_edits` what inserted lines lack.
    `unconfirmed_lines` counts the lines that are still last quarter's. `moved_items` are those that count for
    other groups, which own them since the plan was changed.
    """

    path: Path
    group: str = ""
    period: str = ""
    sheets: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    reason_by_finding: Mapping[Finding, str] = field(default_factory=dict)
    adjusted: Set[Finding] = frozenset()
    of_adjustments: tuple[Finding, ...] = ()
    rules: tuple[RuleRun, ...] = ()
    failure: str = ""
    is_program_error: bool = False
    repairs: ProposedRepairs | None = field(default=None, compare=False)
    save_record: SaveRecord = field(default=SaveRecord(), compare=False)
    doubts: tuple[str, ...] = ()
    ending: str = ""
    python_edits: tuple[CellEdit, ...] = ()
    buttons_lost: bool = False
    unrecorded: tuple[Acceptance, ...] = ()
    line_edits: tuple[CellEdit, ...] = ()
    unconfirmed_lines: int = 0
    moved_items: tuple[str, ...] = ()

    @property
    def status(self) -> BookStatus:
        if self.failure:
            return BookStatus.UNREADABLE
        return BookStatus.PARTLY if self.failed_rules else BookStatus.CHECKED

    @property
    def failed_rules(self) -> list[RuleRun]:
        """The rules that raised."""
        return [rule for rule in self.rules if rule.status is Status.FAILED]

    @property
    def proofreading_sentence(self) -> str:
        """A sentence that its texts were not proofread, '' where they were."""
        return NOT_PROOFREAD if is_unproofread(self.rules) else ""

    def closure(self, finding: Finding) -> Closure | None:
        """Why a finding is closed, None for an open one."""
        reason = self.reason_by_finding.get(finding, "")
        return closure_of(finding, reason, is_adjusted=finding in self.adjusted)

    @property
    def open_findings(self) -> list[Finding]:
        """The findings that are open, by weight; those of one weight in the order of their cells."""
        found = (finding for finding in self.findings if not self.closure(finding))
        return sorted(found, key=lambda one: one.severity.rank)

    @property
    def closed_counts(self) -> Counter[Closure]:
        """How many findings are closed for each reason."""
        return Counter(filter(None, map(self.closure, self.findings)))

    @property
    def open_errors(self) -> list[Finding]:
        """The errors that are open, which keep the book from being submitted."""
        return [one for one in self.open_findings if one.severity is Severity.ERROR]

    @property
    def override_reason(self) -> str:
        """Why the group submits the book despite errors; '' without such errors, or if one is open."""
        explained = (one for one in self.findings if self.closure(one) is Closure.EXPLAINED)
        reasons = dict.fromkeys(self.reason_by_finding[one] for one in explained)
        return "" if self.open_errors else "／".join(reasons)

    def with_reason_for_errors(self, reason: str) -> BookResult:
        """The same with `reason` for every open error."""
        return replace(
            self,
            reason_by_finding={**self.reason_by_finding, **dict.fromkeys(self.open_errors, reason)},
        )

    def count_open(self, severity: Severity) -> int:
        """The number of open findings of a severity."""
        return sum(finding.severity is severity for finding in self.open_findings)
