"""The registry of rules: a rule is one decorated function over a context."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.domain.findings.finding import NO_DICTIONARY, Family, Severity, Violation
from kenpo_xl.domain.frozen import frozen

RuleFunction = Callable[[CheckContext], Iterator[Violation]]

ANY_OTHER = "any other rule"
"""In the place of a code: all rules that do not give way to any other themselves."""

# The two letters that begin the codes of a family.
PREFIXES = {
    Family.STRUCTURE: "ST",
    Family.VALUES: "VA",
    Family.ARITHMETIC: "CA",
    Family.AGREEMENT: "CO",
    Family.HISTORY: "TI",
    Family.RATING: "RA",
    Family.WORDING: "WO",
    Family.PRIVACY: "PR",
    Family.RETURN: "RE",
}


class Requirement(StrEnum):
    """Data that a rule needs; the value is the reason reported for a skipped rule."""

    NEIGHBOURS = "ほかのグループのブックが同じフォルダーにないため"
    HISTORY = "比べる前の期がないため"
    DICTIONARY = NO_DICTIONARY
    NATIONAL = "この期の全国平均（全国平均.xlsx）が期のフォルダーにないため"
    REMARKS = "取りまとめのブックの差戻しを読めないため"


@frozen
class Rule:
    """A rule with its texts for users: `title`, `why` it matters, and `remedy`.

    `remedy` is also the hint of a violation without one. `superseded_by` are codes of rules whose findings
    replace those of this one in the same cell, in a related one and in those that they explain; with
    `ANY_OTHER` any finding in the same cell does, but for notices on words.
    `explained_by` are those of rules that say what is wrong with the other side: a finding of this one is
    left out where they report a cell that it names as related. `across`: it also compares with books of
    other groups.
    """

    code: str
    family: Family
    severity: Severity
    title: str
    why: str
    remedy: str
    function: RuleFunction
    needs: Requirement | None = None
    superseded_by: tuple[str, ...] = ()
    explained_by: tuple[str, ...] = ()
    across: bool = False

    @property
    def gives_way(self) -> bool:
        """Whether any other finding in its cell replaces one of this rule."""
        return ANY_OTHER in self.superseded_by


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
    explained_by: tuple[str, ...] = (),
    across: bool = False,
) -> Callable[[RuleFunction], RuleFunction]:
    """Register a rule; ValueError for a used code or one without the prefix of its family.

    Codes are never reused.
    """

    def register(function: RuleFunction) -> RuleFunction:
        if code in _RULES:
            raise ValueError(f"{code} is already the code of {_RULES[code].function.__name__}")
        if not _is_rule_number(code.removeprefix(PREFIXES[family])):
            raise ValueError(f"{code} is no code of {family}: use {PREFIXES[family]} and 01 to 999")
        _RULES[code] = Rule(
            code,
            family,
            severity,
            title,
            why,
            remedy,
            function,
            needs=needs,
            superseded_by=superseded_by,
            explained_by=explained_by,
            across=across,
        )
        return function

    return register


def _is_rule_number(text: str) -> bool:
    """Whether a text is a number from 01 to 999, as codes end with."""
    return text.isascii() and text.isdecimal() and text == f"{int(text):02}" and len(text) < 4


def registered_rules() -> tuple[Rule, ...]:
    """All registered rules by code; ValueError if a rule names an unknown code as superior."""
    for one in _RULES.values():
        for code in {*one.superseded_by, *one.explained_by} - {ANY_OTHER}:
            if code not in _RULES or code == one.code:
                raise ValueError(f"{one.code} is superseded by {code}, which is no other rule")
    return tuple(_RULES[code] for code in sorted(_RULES, key=lambda code: (code[:2], int(code[2:]))))
