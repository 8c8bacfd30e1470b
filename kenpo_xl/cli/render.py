"""The result of a check for a terminal (text) and for other programs (JSON)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kenpo_xl.cli.lines import wrapped
from kenpo_xl.domain.findings.closure import Closure
from kenpo_xl.domain.findings.finding import Finding, RuleRun, Severity, Status
from kenpo_xl.tasks.check import BookResult, CheckResult

if TYPE_CHECKING:
    from kenpo_xl.tasks.explain import Rule

VERSION = 1


def result_lines(result: CheckResult, width: int | None) -> Iterator[str]:
    """The lines for every book with its findings by sheet, then the skipped rules and the counts."""
    for book in result.books:
        if not book.failure:
            yield from _book_lines(book, width)
            yield ""
    for reason, count in _skipped_counts(result).items():
        yield from wrapped(f"{reason}（規則 {count} 件）", width, "  ")
    if result.repairable_count:
        yield from wrapped(f"{result.repairable_count} か所は kenpo-xl fix で直せます。", width, "  ")
    yield counts_in_words(result)
    yield from proofreading_sentences(result)


def counts_in_words(result: CheckResult | BookResult) -> str:
    """The numbers of open findings by severity, and of closed ones, in words."""
    counts = "、".join(f"{severity} {result.count_open(severity)} 件" for severity in Severity)
    closed = result.closed_counts
    others = "、".join(f"{closure} {closed[closure]} 件" for closure in Closure if closed[closure])
    return counts + (f"、ほかに{others}" if others else "")


def proofreading_sentences(result: CheckResult) -> Iterator[str]:
    """The sentence that texts were not proofread, if those of a book were not."""
    yield from dict.fromkeys(filter(None, (book.proofreading_sentence for book in result.books)))


def _book_lines(book: BookResult, width: int | None) -> Iterator[str]:
    yield from wrapped("　".join(filter(None, (book.path.name, book.group, book.period))), width, "  ", "■ ")
    if not book.findings:
        yield "  指摘はありません。"
    sheet = None
    for finding in book.findings:
        if sheet not in (None, finding.sheet):
            yield ""
        sheet = finding.sheet
        yield from _finding_lines(finding, book, width)


def _finding_lines(finding: Finding, book: BookResult, width: int | None) -> Iterator[str]:
    reason = book.reason_by_finding.get(finding, "")
    closure = book.closure(finding)
    kind = (
        str(closure) if closure is Closure.ACCEPTED else "・".join(filter(None, (finding.severity, closure)))
    )
    position = "!".join(filter(None, (finding.sheet, finding.cell))) or "ブック全体"
    if finding.workbook not in ("", book.path.name):
        position = f"{finding.workbook} {position}"
    yield from wrapped(finding.message, width, " " * 6, f"  {position}  【{kind}】 ")
    if reason:
        yield from wrapped(f"理由：{reason}", width, " " * 8, " " * 6)
    yield from wrapped(f"{finding.hint}（{finding.code}）", width, " " * 8, " " * 6)


def _skipped_counts(result: CheckResult) -> dict[str, int]:
    """The number of rules that were skipped in some book, by reason."""
    pairs = {
        (rule.reason, rule.code)
        for book in result.books
        for rule in book.rules
        if rule.status is Status.SKIPPED
    }
    return dict(sorted(Counter(reason for reason, _ in pairs).items()))


def failure_sentences(result: CheckResult) -> Iterator[str]:
    """A sentence for each book or earlier period that could not be read, and each rule that failed."""
    yield from result.failures
    yield from dict.fromkeys(book.failure for book in result.books if book.failure)
    failed: dict[RuleRun, list[str]] = {}
    for book in result.books:
        for rule in book.failed_rules:
            failed.setdefault(rule, []).append(book.path.name)
    for rule, books in failed.items():
        yield f"規則 {rule.code} が動きませんでした（{'、'.join(books)}。{rule.reason}）。"


def result_object(result: CheckResult) -> dict[str, Any]:
    """The object that `--format json` prints; the same for the same findings."""
    return {
        "version": VERSION,
        "workbooks": [_book_object(book) for book in result.books],
        "summary": {severity.name.lower(): result.count_open(severity) for severity in Severity},
    }


def _book_object(book: BookResult) -> dict[str, Any]:
    found: dict[str, Any] = {
        "path": str(book.path),
        "group": book.group,
        "period": book.period,
        "status": str(book.status),
        "findings": [_finding_object(finding, book) for finding in book.findings],
        "rules": [{"code": one.code, "status": str(one.status), "reason": one.reason} for one in book.rules],
    }
    return found | ({"reason": book.failure} if book.failure else {})


def _finding_object(finding: Finding, book: BookResult) -> dict[str, Any]:
    found = {
        "code": finding.code,
        "family": str(finding.family),
        "severity": finding.severity.name.lower(),
        "sheet": finding.sheet,
        "cell": finding.cell,
        "identity": finding.identity,
        "key": finding.stored_identity,
        "message": finding.message,
        "hint": finding.hint,
        "actual": finding.actual,
        "expected": finding.expected,
        "related": [
            {"workbook": one.workbook, "sheet": one.sheet, "cell": one.cell} for one in finding.related
        ],
    }
    closure, reason = book.closure(finding), book.reason_by_finding.get(finding, "")
    return found | ({closure.name.lower(): reason} if closure else {})


def rule_lines(rule: Rule, width: int | None) -> Iterator[str]:
    """The lines of `explain` for one rule."""
    yield from wrapped(rule.title, width, "  ", f"{rule.code}　")
    for header, words in (
        ("区分", f"{rule.family}（{rule.severity}）"),
        ("なぜ", rule.why),
        ("どうするか", rule.remedy),
    ):
        yield from wrapped(words, width, "    ", f"  {header}：")


def catalogue_lines(rules: Iterable[Rule], width: int | None) -> Iterator[str]:
    """The lines of `explain` for all rules, one each."""
    for rule in rules:
        yield from wrapped(rule.title, width, " " * 6, f"{rule.code}  {rule.severity}  {rule.family}  ")
