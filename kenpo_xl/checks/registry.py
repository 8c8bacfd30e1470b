"""The register of rules: a rule is one decorated function over a context."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.domain.findings.finding import Family, Severity, Violation
from kenpo_xl.domain.frozen import frozen

Function = Callable[[CheckContext], Iterator[Violation]]


class Requirement(StrEnum):
    """What a rule cannot do without, as the reason to give where it is missing."""

    NEIGHBOURS = "ほかのグループのブックが同じフォルダーにないため"
    HISTORY = "比べる前の期がないため"


@frozen
class Rule:
    """A rule: `title` says what it finds, `why` why that matters and `remedy` what to do, all for staff.

    `superseded_by` are codes of rules that say the same of a cell with more reason: theirs is told alone.
    `across` tells that it compares with the books of other groups as well.
    """

    code: str
    family: Family
    severity: Severity
    title: str
    why: str
    remedy: str
    function: Function
    needs: Requirement | None = None
    superseded_by: tuple[str, ...] = ()
    across: bool = False


_RULES: dict[str, Rule] = {}


def rule(
    code: str,
    family: Family,
    severity: Severity,
    title: str,
    *,
    why: str,
    remedy: str,
    needs: Requirement | None = None,
    superseded_by: tuple[str, ...] = (),
    across: bool = False,
) -> Callable[[Function], Function]:
    """Registers a rule. Codes are never reused."""

    def register(function: Function) -> Function:
        if code in _RULES:
            raise ValueError(f"the code {code} is taken")
        _RULES[code] = Rule(
            code, family, severity, title, why, remedy, function, needs, superseded_by, across
        )
        return function

    return register


def registered() -> tuple[Rule, ...]:
    """Every rule, by code."""
    return tuple(_RULES[code] for code in sorted(_RULES))
