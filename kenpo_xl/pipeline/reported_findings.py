"""The findings of the books as remarks for the planner, and what the findings say already."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.closure import Closure
from kenpo_xl.domain.findings.finding import Finding, Severity
from kenpo_xl.domain.outputs.remarks import Concern, Remark
from kenpo_xl.domain.outputs.status_board import BoardFinding
from kenpo_xl.domain.results.figures import Figure, Figures
from kenpo_xl.domain.source import Source

STALE_RULES = (
    rule_codes.OUTDATED_TABLE,
    rule_codes.EXCHANGED_PARTS,
    rule_codes.ADDED_PARTS,
    rule_codes.DROPPED_PARTS,
)
"""The rules on what differs from the plan since the book was made."""
NEW_BOOK = "build で新しい入力ブックを作り、グループに渡してください"


class ReportedFindings:
    """The findings of the books that count: a remark on what one of them says would say it twice."""

    def __init__(self, findings: Iterable[BoardFinding]) -> None:
        self._findings = tuple(findings)
        # An open notice is not listed for the planner, so it stands for no remark (a rule on trial).
        every = [one.finding for one in self._findings if one.closure or _is_listed(one.finding)]
        self._cells = {one.source for one in every} | self._cells_of_closed_findings()
        self._identities = {one.identity for one in every}
        self._parts = {(one.code, one.workbook, _item_of_identity(one.identity)) for one in every}

    def _cells_of_closed_findings(self) -> set[Source]:
        closed = (one.finding for one in self._findings if one.closure)
        return {cell for one in closed for cell in one.wrong_cells}

    def cover_cell(self, cell: Source | None) -> bool:
        """Whether a finding names a cell, or a closed one covers it.

        An open one on a whole column leaves its cells to be listed, each with its value and ours.
        """
        return cell in self._cells

    def cover_identity(self, identity: str) -> bool:
        """Whether a finding is about what is called so."""
        return identity in self._identities

    def cover_item(self, codes: Collection[str], workbook: str, identity: str) -> bool:
        """Whether a finding of one of the rules is about the item of an identity in a book."""
        return any((code, workbook, _item_of_identity(identity)) in self._parts for code in codes)

    def remarks(self, figures: Figures) -> Iterator[Remark]:
        """A remark on each open error and warning, and on each error that the group answered."""
        overwritten = {one.source: one for one in figures if one.overwritten and one.source}
        for one in self._findings:
            is_open = one.closure is None and _is_listed(one.finding)
            if is_open or one.closure in (Closure.EXPLAINED, Closure.REPLIED):
                yield _remark_on_finding(one, overwritten)


def _item_of_identity(identity: str) -> str:
    return identity.partition("/")[0]


def _is_listed(finding: Finding) -> bool:
    """Whether a finding is a remark for the planner as long as it is open."""
    return finding.severity is not Severity.INFO


def _remark_on_finding(one: BoardFinding, overwritten: Mapping[Source, Figure]) -> Remark:
    found = one.finding
    is_error = one.closure is None and found.severity is Severity.ERROR
    word = "返事" if found.is_remark else "理由"
    reason = f"（{word}：{one.reason}）" if one.closure else ""
    advice = f"（{NEW_BOOK}）" if is_error and found.code in STALE_RULES else ""
    return Remark(
        Concern.STALE if found.code in STALE_RULES else Concern.FINDING,
        is_error,
        found.identity,
        f"{found.message}{advice}{_printed_note(found, overwritten)}{reason}",
        found.actual,
        found.expected,
        found.source,
    )


def _printed_note(found: Finding, overwritten: Mapping[Source, Figure]) -> str:
    """Which value is printed in the overwritten cells of a finding, in brackets; '' for other cells."""
    figures = [overwritten[cell] for cell in found.wrong_cells if cell in overwritten]
    if not figures:
        return ""
    printed = {"計算値" if one.prefers_computed else "入力値" for one in figures}
    return f"（{'・'.join(sorted(printed))}で印字）"
