"""What a check found in one book, or why it could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from enum import StrEnum
from pathlib import Path

from kenpo_xl.domain.cell_edit import CellEdit
from kenpo_xl.domain.findings.acceptance import Acceptance
from kenpo_xl.domain.findings.finding import Finding, RuleRun, Severity, Status
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.submission.save_time import SaveRecord


class BookStatus(StrEnum):
    """What became of a book."""

    CHECKED = "点検済"
    PARTLY = "一部点検"
    UNREADABLE = "読取不可"


@frozen
class BookResult:
    """One book as checked; `failure` is one sentence where it could not be read.

    `reasons` are those of the findings that staff gave one for (確認済), errors included. `bug` tells that
    the failure is ours, not that of the book. `record` is what the book records of its last save, `doubts`
    are sentences on which of the books beside it count; `ending` is what its content asks for, '' where that
    is not known; `repairable` is how many cells `fix` would change, where that was asked for.
    `python_edits` give a copy of the book the office's Python, `unrecorded` are reasons in 指摘 that belong
    into 確認記録.
    """

    path: Path
    group: str = ""
    period: str = ""
    sheets: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    reasons: Mapping[Finding, str] = field(default_factory=dict)
    rules: tuple[RuleRun, ...] = ()
    failure: str = ""
    bug: bool = False
    repairable: int = 0
    record: SaveRecord = field(default=SaveRecord(), compare=False)
    doubts: tuple[str, ...] = ()
    ending: str = ""
    python_edits: tuple[CellEdit, ...] = ()
    unrecorded: tuple[Acceptance, ...] = ()

    @property
    def status(self) -> BookStatus:
        if self.failure:
            return BookStatus.UNREADABLE
        return BookStatus.PARTLY if self.failed else BookStatus.CHECKED

    @property
    def failed(self) -> list[RuleRun]:
        """The rules that raised."""
        return [rule for rule in self.rules if rule.status is Status.FAILED]

    def is_accepted(self, finding: Finding) -> bool:
        """Whether a finding counts no more; errors are not accepted away."""
        return finding.severity is not Severity.ERROR and finding in self.reasons

    @property
    def assessment(self) -> list[Finding]:
        """The findings that count."""
        return [finding for finding in self.findings if not self.is_accepted(finding)]

    @property
    def accepted(self) -> int:
        """How many findings count no more."""
        return len(self.findings) - len(self.assessment)

    @property
    def unexplained(self) -> list[Finding]:
        """The errors that stand without a reason."""
        return [one for one in self.findings if one.severity is Severity.ERROR and one not in self.reasons]

    @property
    def override(self) -> str:
        """Why the group hands the book in while errors stand; '' where none stand or one has no reason."""
        errors = (one for one in self.findings if one.severity is Severity.ERROR)
        said = dict.fromkeys(self.reasons.get(error, "") for error in errors)
        return "" if "" in said else "／".join(said)

    def explained_by(self, reason: str) -> BookResult:
        """The same with a reason for every error that stands without one."""
        return replace(self, reasons={**self.reasons, **dict.fromkeys(self.unexplained, reason)})

    def count(self, severity: Severity) -> int:
        """How many findings of a severity count."""
        return sum(finding.severity is severity for finding in self.assessment)
