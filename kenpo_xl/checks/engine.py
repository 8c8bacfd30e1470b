"""Collects the rules and applies them to a book.

`rules` imports the modules of `checks.rules`, which register them; `run` returns their findings and a status
for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from pkgutil import walk_packages

from kenpo_xl.checks import rules as package
from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import Requirement, Rule, registered_rules
from kenpo_xl.domain.findings.finding import Finding, RuleRun, Status, Violation
from kenpo_xl.errors import log_failure


def all_rules() -> tuple[Rule, ...]:
    """All rules by code; ValueError where they contradict one another."""
    _import_rules()
    return registered_rules()


@cache
def _import_rules() -> None:
    for module in walk_packages(package.__path__, f"{package.__name__}."):
        import_module(module.name)


def run_rules(
    context: CheckContext, rules: Iterable[Rule]
) -> tuple[tuple[Finding, ...], tuple[RuleRun, ...]]:
    """The findings of the rules in the order of the cells, and a status for every rule.

    A rule that raises is reported as failed, without the findings that it had yielded, and the others run.
    """
    findings: dict[Finding, Rule] = {}
    runs: list[RuleRun] = []
    for rule in rules:
        missing = _missing_requirement(rule, context)
        if missing:
            runs.append(RuleRun(rule.code, Status.SKIPPED, f"{missing}調べていません。"))
            continue
        try:
            found = [_finding_from(rule, violation) for violation in rule.function(context)]
        except Exception as error:  # one rule's bug must not hide what the others find
            log_failure(f"rule {rule.code} failed", error)
            runs.append(RuleRun(rule.code, Status.FAILED, f"{type(error).__name__}: {error}"))
            continue
        findings.update(dict.fromkeys(found, rule))
        runs.append(_ran_or_skipped(rule, context))
    order = {sheet.name: index for index, sheet in enumerate(context.survey.sheets)}
    kept = _not_superseded(findings)
    kept.sort(key=lambda one: (order.get(one.sheet, -1), *one.position, one.code, one.identity))
    return tuple(kept), tuple(runs)


def _not_superseded(findings: Mapping[Finding, Rule]) -> list[Finding]:
    """The findings whose cell has none of a rule that supersedes theirs."""
    reported = {(one.code, one.sheet, one.cell) for one in findings}
    return [
        one
        for one, rule in findings.items()
        if not any((code, one.sheet, one.cell) in reported for code in rule.superseded_by)
    ]


def _ran_or_skipped(rule: Rule, context: CheckContext) -> RuleRun:
    """RAN, or SKIPPED with the reason if books that the rule compares with are missing."""
    if rule.across and context.lacking:
        return RuleRun(
            rule.code, Status.SKIPPED, f"{context.lacking}、ほかのグループとの比較は調べていません。"
        )
    return RuleRun(rule.code, Status.RAN)


def _missing_requirement(rule: Rule, context: CheckContext) -> Requirement | None:
    if rule.needs is Requirement.NEIGHBOURS and context.neighbours is None:
        return rule.needs
    if rule.needs is Requirement.HISTORY and not context.history:
        return rule.needs
    if rule.needs is Requirement.DICTIONARY and context.tokenizer is None:
        return rule.needs
    return None


def _finding_from(rule: Rule, violation: Violation) -> Finding:
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
        hint=violation.hint or rule.remedy,
        actual=violation.actual,
        expected=violation.expected,
    )
