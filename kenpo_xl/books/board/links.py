"""The ways from the board to the files that it speaks of, as links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from kenpo_xl.books.common.links import to_place, to_source
from kenpo_xl.domain.findings.finding import Finding
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.status_board import Board, GroupState
from kenpo_xl.domain.source import Source


@frozen
class BoardLinks:
    """From the board to the folders of what was handed in and handed back (with /), and to the report.

    `books` are the ways to others by file name. What is '' or not there is not linked.
    """

    submitted: str
    returned: str
    report: str = ""
    books: Mapping[str, str] = field(default_factory=dict)

    def to_submission(self, group: GroupState) -> str:
        """The link to a group's book."""
        return to_place(f"{self.submitted}/{group.book}") if group.book else ""

    def to_copy(self, group: GroupState) -> str:
        """The link to the flagged copy of it."""
        return to_place(f"{self.returned}/{group.returned}") if group.returned else ""

    def to_report(self) -> str:
        """The link to the status report."""
        return to_place(self.report) if self.report else ""

    def to_finding(self, board: Board, group: str, finding: Finding) -> str:
        """The link to the cell of a finding, in the flagged copy where there is one."""
        state = next(one for one in board.groups if one.group == group)
        if finding.workbook not in ("", state.book):
            return self.to_source(Source(finding.workbook, finding.sheet, finding.cell))
        folder, book = (self.returned, state.returned) if state.returned else (self.submitted, state.book)
        return to_place(f"{folder}/{book}", finding.sheet, finding.cell)

    def to_source(self, source: Source | None) -> str:
        """The link to a cell of another book."""
        return to_source(source, self.books) if source else ""
