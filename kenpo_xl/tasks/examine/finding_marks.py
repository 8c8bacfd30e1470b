"""The marks for the findings of a book, in its cells and in 指摘."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kenpo_xl.annotations.annotation import Mark
from kenpo_xl.domain.findings.closure import Closure
from kenpo_xl.domain.findings.finding import Finding
from kenpo_xl.tasks.book_result import BookResult


def marks_of_findings(book: BookResult) -> list[Mark]:
    """The marks for all findings of a book: open ones first, by weight, each with its related cells.

    The further cells of findings on a whole column are marked last.
    """
    findings = sorted(book.findings, key=lambda one: (bool(book.closure(one)), one.severity.rank))
    return [
        *(
            mark
            for finding in findings
            for mark in (_mark_of_finding(finding, book), *_related_marks(finding, book))
        ),
        *(mark for finding in findings for mark in _further_marks(finding, book)),
    ]


def _related_marks(finding: Finding, book: BookResult) -> Iterator[Mark]:
    """The marks of the other sides of a finding in this book."""
    mark = replace(
        _mark_beside(finding, book),
        text=f"{finding.sheet}!{finding.cell} の指摘の相手のセルです。",
        hint="どちらを直すか、またはその理由は、その指摘の行でお願いします。",
    )
    for source in finding.related:
        if source.workbook == book.path.name and source.sheet in book.sheets:
            yield replace(mark, sheet=source.sheet, cell=source.cell)


def _further_marks(finding: Finding, book: BookResult) -> Iterator[Mark]:
    """The marks of the wrong cells of a finding that names only their header or the first of them."""
    mark = replace(
        _mark_beside(finding, book),
        text=f"{finding.sheet}!{finding.cell} の指摘にあるセルです。",
        hint="理由は、その指摘の行に入れてください。",
    )
    for source in finding.cells:
        if source != finding.source and source.sheet in book.sheets:
            yield replace(mark, sheet=source.sheet, cell=source.cell)


def _mark_beside(finding: Finding, book: BookResult) -> Mark:
    """The mark of a further cell of a finding, without the cell; it names an acceptance itself."""
    own = _mark_of_finding(finding, book)
    closed = Closure.ACCEPTED if book.closure(finding) is Closure.ACCEPTED else own.closed
    return replace(own, actual="", expected="", is_other_side=True, closed=closed)


def _mark_of_finding(finding: Finding, book: BookResult) -> Mark:
    """The mark of a finding; without a cell for one on another book or a missing sheet."""
    is_here = finding.workbook in ("", book.path.name) and finding.sheet in book.sheets
    return Mark(
        sheet=finding.sheet if is_here else "",
        cell=finding.cell if is_here else "",
        text=finding.message,
        severity=finding.severity,
        code=finding.code,
        identity=finding.stored_identity,
        hint=finding.hint,
        actual=finding.actual,
        expected=finding.expected,
        reason=book.reason_by_finding.get(finding, ""),
        closed=Closure.ADJUSTED if book.closure(finding) is Closure.ADJUSTED else "",
    )
