"""What an office sets for a rule (規則): off or on trial, another severity, exceptions."""

from __future__ import annotations

from enum import StrEnum

from kenpo_xl.domain.findings.finding import Severity, Violation
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.source import Source


class RuleUse(StrEnum):
    """Whether a rule is applied; on trial its findings are 参考, whatever its severity."""

    ON = "する"
    OFF = "しない"
    TRIAL = "試行"


@frozen
class RuleSetting:
    """A row of 規則: the code of a rule and what the office sets for it.

    `severity` is None where the rule's own counts. Violations in one of `items`, with one of `words`
    (with both where both are set) are left out. `source` is the cell of the code.
    """

    code: str
    use: RuleUse = RuleUse.ON
    severity: Severity | None = None
    items: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    source: Source | None = None

    def severity_for(self, usual: Severity) -> Severity:
        """The severity of findings of a rule whose own severity is `usual`."""
        return Severity.INFO if self.use is RuleUse.TRIAL else self.severity or usual

    def is_exception(self, violation: Violation) -> bool:
        """Whether a violation is left out: in one of the items and with one of the words, where set."""
        if not self.items and not self.words:
            return False
        text = normalized(violation.message + violation.actual)
        in_item = not self.items or violation.identity.partition("/")[0] in self.items
        return in_item and (not self.words or any(normalized(word) in text for word in self.words))
