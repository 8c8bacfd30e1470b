"""Links from the board to the books, returned copies and the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from kenpo_xl.books.common.links import link_to_file_or_cell, link_to_source
from kenpo_xl.domain.findings.finding import Finding
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.outputs.status_board import Board, GroupState
from kenpo_xl.domain.source import Source


@frozen
class BoardLinks:
    """Relative paths from the board to the folders of submitted and returned books, and to the report.

    `books` are relative paths to other books by file name. An empty or missing path is not linked.
    """

    submitted: str
    returned: str
    report: str = ""
    books: Mapping[str, str] = field(default_factory=dict)

    def submission_link(self, group: GroupState) -> str:
        """The link to a group's book."""
        return link_to_file_or_cell(f"{self.submitted}/{group.book}") if group.book else ""

    def returned_copy_link(self, group: GroupState) -> str:
        """The link to the flagged copy of it."""
        return link_to_file_or_cell(f"{self.returned}/{group.returned}") if group.returned else ""

    def report_link(self) -> str:
        """The link to the status report."""
        return link_to_file_or_cell(self.report) if self.report else ""

    def finding_link(self, board: Board, group: str, finding: Finding) -> str:
        """The link to the cell of a finding, in the flagged copy where there is one."""
        state = next(one for one in board.groups if one.group == group)
        if finding.workbook not in ("", state.book):
            return self.source_link(Source(finding.workbook, finding.sheet, finding.cell))
        folder, book = (self.returned, state.returned) if state.returned else (self.submitted, state.book)
        return link_to_file_or_cell(f"{folder}/{book}", finding.sheet, finding.cell)

    def source_link(self, source: Source | None) -> str:
        """The link to a cell of another book."""
        return link_to_source(source, self.books) if source else ""
