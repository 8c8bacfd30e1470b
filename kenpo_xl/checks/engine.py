"""Finds the rules, and runs them over a book.

`rules` are all of them, registered by the modules below `checks.rules`; `run` applies rules to a book and
returns what became of each.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pkgutil import walk_packages

from kenpo_xl.checks import rules as package
from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import Requirement, Rule, registered
from kenpo_xl.domain.findings.finding import Finding, RuleRun, Status, Violation


def rules() -> tuple[Rule, ...]:
    """Every rule of every family, by code."""
    _load()
    return registered()


@cache
def _load() -> None:
    for module in walk_packages(package.__path__, f"{package.__name__}."):
        import_module(module.name)


def run(context: CheckContext, rules: Iterable[Rule]) -> tuple[tuple[Finding, ...], tuple[RuleRun, ...]]:
    """What the rules find in a book, in the order of its cells, and a line for every rule.

    A rule that raises is told as failed after all others ran; what it found before is left out.
    """
    findings: dict[Finding, Rule] = {}
    runs: list[RuleRun] = []
    for rule in rules:
        missing = _missing(rule, context)
        if missing:
            runs.append(RuleRun(rule.code, Status.SKIPPED, f"{missing}調べていません。"))
            continue
        try:
            found = [_finding(rule, violation) for violation in rule.function(context)]
        except Exception as error:  # one rule's bug must not hide what the others find
            logging.getLogger(__name__).exception("rule %s failed", rule.code)
            runs.append(RuleRun(rule.code, Status.FAILED, f"{type(error).__name__}: {error}"))
            continue
        findings.update(dict.fromkeys(found, rule))
        runs.append(_ran(rule, context))
    order = {sheet.name: place for place, sheet in enumerate(context.survey.sheets)}
    told = {(one.code, one.sheet, one.cell) for one in findings}
    alone = [
        one
        for one, rule in findings.items()
        if not any((code, one.sheet, one.cell) in told for code in rule.superseded_by)
    ]
    alone.sort(key=lambda one: (order.get(one.sheet, -1), *one.place, one.code, one.identity))
    return tuple(alone), tuple(runs)


def _ran(rule: Rule, context: CheckContext) -> RuleRun:
    """That a rule ran; for one that compares with other groups, that some of their books are lacking."""
    if rule.across and context.lacking:
        return RuleRun(
            rule.code, Status.SKIPPED, f"{context.lacking}、ほかのグループとの比較は調べていません。"
        )
    return RuleRun(rule.code, Status.RAN)


def _missing(rule: Rule, context: CheckContext) -> Requirement | None:
    if rule.needs is Requirement.NEIGHBOURS and context.neighbours is None:
        return rule.needs
    if rule.needs is Requirement.HISTORY and not context.history:
        return rule.needs
    return None


def _finding(rule: Rule, violation: Violation) -> Finding:
    source = violation.source
    return Finding(
        code=rule.code,
        family=rule.family,
        severity=rule.severity,
        workbook=source.workbook,
        sheet=source.sheet,
        cell=source.cell,
        identity=violation.identity,
        message=violation.message,
        hint=violation.hint,
        actual=violation.actual,
        expected=violation.expected,
    )
