"""Collects the rules and applies them to a book: their findings, and a status for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from kenpo_xl.checks.context import CheckContext
from kenpo_xl.checks.registry import ANY_OTHER, Requirement, Rule, registered_rules
from kenpo_xl.domain.findings import rule_codes
from kenpo_xl.domain.findings.finding import Family, Finding, RuleRun, Severity, Status, Violation
from kenpo_xl.domain.outputs.national_figures import asks_for_national_figures
from kenpo_xl.domain.plan.identities import Identities
from kenpo_xl.domain.plan.rule_settings import RuleSetting, RuleUse
from kenpo_xl.errors import log_failure

_SWITCHED_OFF = "計画ブックの「規則」で使わないことになっているため"
_FOREIGN_BOOK = "この計画のブックではないため調べていません。"
_OF_ANY_LINE = (Family.STRUCTURE, Family.PRIVACY, Family.RETURN)
_Place = tuple[str, str, str]
"""The code of a rule with a sheet and a cell."""


def all_rules() -> tuple[Rule, ...]:
    """All rules by code; ValueError where they contradict one another."""
    import kenpo_xl.checks.every_rule  # noqa: F401 - a command may need none

    return registered_rules()


def run_applicable_rules(
    context: CheckContext, every: Sequence[Rule]
) -> tuple[tuple[Finding, ...], tuple[RuleRun, ...]]:
    """Findings and rule states; of a book of another plan only rules on structure apply.

    All do as far as its items count for the groups that own them now.
    """
    if not context.survey.foreign or context.submission.items:
        return run_rules(context, every)
    fitting = [rule for rule in every if rule.family is Family.STRUCTURE]
    findings, runs = run_rules(context, fitting)
    skipped = [RuleRun(rule.code, Status.SKIPPED, _FOREIGN_BOOK) for rule in every if rule not in fitting]
    return findings, tuple(sorted((*runs, *skipped), key=lambda one: one.code))


def run_rules(
    context: CheckContext, rules: Iterable[Rule]
) -> tuple[tuple[Finding, ...], tuple[RuleRun, ...]]:
    """The findings of the rules in the order of the cells, and a status for every rule.

    A rule that raises is reported as failed, without the findings that it had yielded, and the others run.
    """
    findings: dict[Finding, Rule] = {}
    covered: set[_Place] = set()
    runs: list[RuleRun] = []
    for rule in rules:
        settings = [one for one in context.plan.rule_settings if one.code == rule.code]
        missing = _reason_to_skip(rule, context, settings)
        if missing:
            runs.append(RuleRun(rule.code, Status.SKIPPED, f"{missing}調べていません。"))
            continue
        try:
            violations = list(_violations_to_report(rule, context, settings))
        except Exception as error:  # one rule's bug must not hide what the others find
            log_failure(f"rule {rule.code} failed", error)
            runs.append(RuleRun(rule.code, Status.FAILED, f"{type(error).__name__}: {error}"))
            continue
        severity = settings[0].severity_for(rule.severity) if settings else rule.severity
        identities = context.plan.identities
        findings.update({_finding_from(rule, one, severity, identities): rule for one in violations})
        covered.update(place for one in violations for place in _covered_places(rule, one))
        runs.append(_run_with_missing_books(rule, context))
    kept = _in_order_of_cells(_findings_not_superseded(findings, covered), context)
    return tuple(_findings_without_other_sides(kept)), tuple(runs)


def _violations_to_report(
    rule: Rule, context: CheckContext, settings: Sequence[RuleSetting]
) -> Iterator[Violation]:
    """What a rule finds, without the exceptions of the office and what is about lines to confirm."""
    for one in rule.function(context):
        if not _is_exception(one, settings) and not is_held_as_unconfirmed_line(rule, context, one):
            yield one


def _in_order_of_cells(findings: Iterable[Finding], context: CheckContext) -> list[Finding]:
    order = {sheet.name: index for index, sheet in enumerate(context.survey.sheets)}
    return sorted(findings, key=lambda one: (order.get(one.sheet, -1), *one.position, one.code, one.identity))


def _covered_places(rule: Rule, violation: Violation) -> Iterator[_Place]:
    """Its own cell, those of the other side, and those that it explains, each with the code.

    The own one also for the rules that give way to any other; a notice on words (取組み) hides no number.
    """
    is_notice_on_words = rule.family is Family.WORDING and rule.severity is Severity.INFO
    if not (rule.gives_way or is_notice_on_words):
        yield ANY_OTHER, violation.source.sheet, violation.source.cell
    for source in (violation.source, *violation.related, *violation.explains):
        yield rule.code, source.sheet, source.cell


def _findings_not_superseded(findings: Mapping[Finding, Rule], covered: Set[_Place]) -> list[Finding]:
    """The findings without those that a finding of another rule replaces or explains."""
    return [one for one, rule in findings.items() if not _is_covered(one, rule, covered)]


def _is_covered(one: Finding, rule: Rule, covered: Set[_Place]) -> bool:
    """Whether a stronger rule reports the cell of a finding, or one that explains it the other side."""
    if any((code, one.sheet, one.cell) in covered for code in rule.superseded_by):
        return True
    return any(
        (code, other.sheet, other.cell) in covered for other in one.related for code in rule.explained_by
    )


def _findings_without_other_sides(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings; of two of one rule that name each other's cell only the first."""
    kept: list[Finding] = []
    for one in findings:
        sides = (other for other in kept if other.related and other.code == one.code)
        if not one.related or not any(a.is_related_to(one) and one.is_related_to(a) for a in sides):
            kept.append(one)
            yield one


def _run_with_missing_books(rule: Rule, context: CheckContext) -> RuleRun:
    """RAN, or SKIPPED with the reason if books that the rule compares with are missing."""
    if rule.across and context.lacking:
        return RuleRun(
            rule.code, Status.SKIPPED, f"{context.lacking}、ほかのグループとの比較は調べていません。"
        )
    return RuleRun(rule.code, Status.RAN)


def is_held_as_unconfirmed_line(rule: Rule, context: CheckContext, violation: Violation) -> bool:
    """Whether a violation is about the words of a line that is still last quarter's.

    Such a line is judged once staff have edited or confirmed it; what is private is private before.
    """
    if rule.code == rule_codes.UNCONFIRMED_LINES or rule.family in _OF_ANY_LINE:
        return False
    cells = context.unconfirmed_cells
    return bool(cells) and not cells.isdisjoint((violation.source, *violation.related))


def _is_exception(violation: Violation, settings: Iterable[RuleSetting]) -> bool:
    """Whether the office left a violation out in 規則."""
    return any(one.is_exception(violation) for one in settings)


def _reason_to_skip(rule: Rule, context: CheckContext, settings: Iterable[RuleSetting]) -> str:
    """Why a rule is not applied, '' where it is."""
    if any(one.use is RuleUse.OFF for one in settings):
        return _SWITCHED_OFF
    if rule.needs is None:
        return ""
    is_missing = {
        Requirement.NEIGHBOURS: context.neighbours is None,
        Requirement.HISTORY: not context.history,
        Requirement.DICTIONARY: context.tokenizer is None,
        Requirement.NATIONAL: context.national is None and asks_for_national_figures(context.plan),
        Requirement.REMARKS: context.returned is None,
    }
    return rule.needs if is_missing[rule.needs] else ""


def _finding_from(rule: Rule, violation: Violation, severity: Severity, identities: Identities) -> Finding:
    source, key = violation.source, identities.stored(violation.identity)
    return Finding(
        code=rule.code,
        family=rule.family,
        severity=severity,
        workbook=source.workbook,
        sheet=source.sheet,
        cell=source.cell,
        identity=violation.identity,
        message=violation.message,
        hint=violation.hint or rule.remedy,
        actual=violation.actual,
        expected=violation.expected,
        related=violation.related,
        cells=violation.cells,
        key=key if key != violation.identity else "",
    )
