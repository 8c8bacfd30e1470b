"""Acceptances (確認済): findings that staff saw and accept, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized

if TYPE_CHECKING:
    from kenpo_xl.domain.findings.finding import Finding


@frozen
class Acceptance:
    """Why a finding is accepted: known by its rule's code, what it is about, and the value it was said of.

    `value` is the finding's actual value as displayed. The period is that of the book that contains it.
    `person` and `day` are as typed, '' where not stated.
    """

    code: str
    identity: str
    value: str
    reason: str
    person: str = ""
    day: str = ""

    @property
    def comparison_key(self) -> tuple[str, str, str]:
        """What must be the same for the acceptance to hold; it lapses when the value changes."""
        return _comparison_key(self.code, self.identity, self.value)


def acceptance_reasons(findings: Iterable[Finding], acceptances: Iterable[Acceptance]) -> dict[Finding, str]:
    """The reason of every finding that has one; of two for the same finding the later counts."""
    reasons = {one.comparison_key: one.reason for one in acceptances if one.reason}
    keys = {finding: _comparison_key(finding.code, finding.identity, finding.actual) for finding in findings}
    return {finding: reasons[key] for finding, key in keys.items() if key in reasons}


def _comparison_key(code: str, identity: str, value: str) -> tuple[str, str, str]:
    return normalized(code).upper(), normalized(identity), normalized(value)
