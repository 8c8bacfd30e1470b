"""An annotation of a cell, and the reason with which staff accepted it."""

from __future__ import annotations

from kenpo_xl.domain.findings.finding import Severity
from kenpo_xl.domain.frozen import frozen


@frozen
class Mark:
    """An annotation of a cell.

    An empty `cell` means the sheet, an empty `sheet` the book: these have a row in 指摘 only. Values are as
    displayed. `reason` is why the finding was accepted (確認済の理由); an accepted warning has no colour.
    `is_other_side` marks the other of two cells that disagree, or a further cell of the same finding: its
    reason is that of the finding. `closed` is the word for one that the planner settled, and for another cell
    of an accepted one, whose row shows no reason; '' for any other.
    `is_repair` marks a cell that 直す would change: it has a row in 指摘 only, `is_chosen` is its mark there.
    """

    sheet: str
    cell: str
    text: str
    severity: Severity = Severity.WARNING
    code: str = ""
    identity: str = ""
    hint: str = ""
    actual: str = ""
    expected: str = ""
    reason: str = ""
    is_other_side: bool = False
    is_repair: bool = False
    is_chosen: bool = False
    closed: str = ""

    @property
    def kind(self) -> str:
        """The severity, or that it is settled, with the code."""
        return f"{self.closed or self.severity} {self.code}".strip()

    @property
    def is_highlighted(self) -> bool:
        """True for an error and for a warning that is not accepted, unless the planner settled it."""
        if self.closed:
            return False
        return self.severity is Severity.ERROR or (self.severity is Severity.WARNING and not self.reason)

    @property
    def comment_text(self) -> str:
        """The text of the comment in the cell."""
        lines = [f"【{self.kind}】{self.text}", self.hint]
        if self.reason:
            lines.append(f"確認済：{self.reason}")
        return "\n".join(line for line in lines if line)


@frozen
class AcceptedReason:
    """The reason, typed in 指摘, for which a finding with the value `actual` is accepted."""

    code: str
    identity: str
    actual: str
    text: str
