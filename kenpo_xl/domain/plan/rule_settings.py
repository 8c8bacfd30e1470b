"""What an office sets for a rule (規則): off or on trial, its severity, exceptions; and for the page 概要."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from kenpo_xl.domain.findings.finding import Severity, Violation
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.source import Source

SUMMARY_OUTLOOK = "概要の見通し"


class OutlookUse(StrEnum):
    """Where the outlooks (見通し) of the KPIs are shown: in the report, to the planner only, or nowhere."""

    PRINTED = "載せる"
    PLANNER_ONLY = "取りまとめだけ"
    NONE = "なし"


class RuleUse(StrEnum):
    """Whether a rule is applied; on trial its findings are 参考, whatever its severity."""

    ON = "する"
    OFF = "しない"
    TRIAL = "試行"


@frozen
class RuleSetting:
    """A row of 規則: the code of a rule and what the office sets for it.

    `severity` and `threshold` (in the unit of `THRESHOLDS`) are None where the rule's own count. Violations
    in one of `items`, with one of `words` (with both where both are set) are left out. `source` is the cell
    of the code.
    """

    code: str
    use: RuleUse = RuleUse.ON
    severity: Severity | None = None
    threshold: Decimal | None = None
    items: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    source: Source | None = None

    def severity_for(self, usual: Severity) -> Severity:
        """The severity of findings of a rule whose own severity is `usual`."""
        return Severity.INFO if self.use is RuleUse.TRIAL else self.severity or usual

    def is_exception(self, violation: Violation) -> bool:
        """Whether a violation is left out: in one of the items and with one of the words, where set."""
        return self.excludes(violation.identity.partition("/")[0], violation.message + violation.actual)

    def excludes(self, item: str, text: str) -> bool:
        """Whether a text of an item is an exception."""
        if not self.items and not self.words:
            return False
        plain = normalized(text)
        in_item = not self.items or item in self.items
        return in_item and (not self.words or any(normalized(word) in plain for word in self.words))


def is_rule_active_for_text(settings: Iterable[RuleSetting], code: str, item: str, text: str) -> bool:
    """Whether a rule reports what it finds in a text of an item: neither off nor an exception."""
    own = [one for one in settings if one.code == code]
    return not any(one.use is RuleUse.OFF or one.excludes(item, text) for one in own)
