"""What of the books of a period must not be kept beyond them, and what may: a phone number that is public."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from kenpo_xl.domain.findings.finding import Finding
from kenpo_xl.domain.findings.rule_codes import MY_NUMBER
from kenpo_xl.domain.numbers.exact import decimal_text
from kenpo_xl.domain.outputs.changes import ReportChange
from kenpo_xl.domain.outputs.status_board import Board
from kenpo_xl.domain.privacy.personal_data import Mask, private_parts
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.domain.submission.typed_texts import typed_cells, typed_texts
from kenpo_xl.tasks.check import BookResult


def mask_for(submissions: Iterable[Submission], books: Iterable[BookResult]) -> Mask:
    """The mask for all that is said of these books; what a group accepted (確認済) may stay."""
    submitted, checked = tuple(submissions), tuple(books)
    flagged = {_place(one.code, one) for book in checked for one in book.findings}
    public = {_place(one.code, one) for book in checked for one in book.reasons}
    allowed, secrets = set[str](), set[str]()
    for text, source in (pair for one in submitted for pair in typed_texts(one)):
        for part in private_parts(text):
            is_public = source and part.may_be_public and _place(part.code, source) in public
            (allowed if is_public else secrets).add(part.secret)
    for entry in (cell for one in submitted for cell in typed_cells(one)):
        if isinstance(entry.value, Decimal) and entry.source and _place(MY_NUMBER, entry.source) in flagged:
            secrets.add(decimal_text(entry.value))
    return Mask(frozenset(allowed), frozenset(secrets - allowed))


def _place(code: str, where: Source | Finding) -> tuple[str, str, str, str]:
    return code, where.workbook, where.sheet, where.cell


def masked_board(board: Board, mask: Mask) -> Board:
    """The board without what must not be kept: what was found, reasons, changes, and why files were left."""
    changes = board.changes
    return replace(
        board,
        groups=tuple(
            replace(one, failure=mask(one.failure), override=mask(one.override)) for one in board.groups
        ),
        seen=tuple(
            replace(one, finding=masked_finding(one.finding, mask), reason=mask(one.reason))
            for one in board.seen
        ),
        rules=tuple(replace(one, reason=mask(one.reason)) for one in board.rules),
        changes=changes and replace(changes, found=tuple(_masked_change(one, mask) for one in changes.found)),
        duplicates=tuple(replace(one, reason=mask(one.reason)) for one in board.duplicates),
        ignored_files=tuple(replace(one, reason=mask(one.reason)) for one in board.ignored_files),
    )


def masked_finding(finding: Finding, mask: Mask) -> Finding:
    """A finding without what it repeats of the book; its place stays."""
    return replace(
        finding,
        identity=mask(finding.identity),
        message=mask(finding.message),
        hint=mask(finding.hint),
        actual=mask(finding.actual),
        expected=mask(finding.expected),
    )


def _masked_change(change: ReportChange, mask: Mask) -> ReportChange:
    before, now = (_masked_value(one, mask) for one in (change.before, change.now))
    return replace(change, place=mask(change.place), before=before, now=now)


def _masked_value(value: Decimal | str | None, mask: Mask) -> Decimal | str | None:
    if isinstance(value, Decimal):
        return mask(decimal_text(value)) if decimal_text(value) in mask.secrets else value
    return mask(value) if value else value
