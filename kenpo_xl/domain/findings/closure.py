"""Whether a finding is open: the one place that decides, for every command, button, sheet and page."""

from __future__ import annotations

from enum import StrEnum

from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Finding, Severity


class Closure(StrEnum):
    """Why a finding is no longer open, as staff read it."""

    ACCEPTED = "確認済"
    EXPLAINED = "理由あり"
    ADJUSTED = "調整済"
    REPLIED = "返事あり"


def closure_of(finding: Finding, reason: str, *, is_adjusted: bool) -> Closure | None:
    """Why a finding is closed, None for an open one.

    What the planner's adjustments settle (`is_adjusted`) is closed. A reason of the group accepts a warning;
    an error cannot be accepted, but is submitted with its reason, and stays visible; a reply answers a remark
    of the planner. No reason makes a book of another plan one of this plan.
    """
    if finding.code == rule_codes.NOT_OF_THIS_PLAN:
        return None
    if is_adjusted:
        return Closure.ADJUSTED
    if not reason:
        return None
    if finding.is_remark:
        return Closure.REPLIED
    return Closure.EXPLAINED if finding.severity is Severity.ERROR else Closure.ACCEPTED
