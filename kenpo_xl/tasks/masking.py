"""Masks private values of a period's books in outputs and records; accepted public ones stay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from decimal import Decimal

from kenpo_xl.domain.findings.finding import Finding
from kenpo_xl.domain.findings.rule_codes import MY_NUMBER
from kenpo_xl.domain.numbers.exact import decimal_text
from kenpo_xl.domain.outputs.changes import ReportChange
from kenpo_xl.domain.outputs.status_board import Board
from kenpo_xl.domain.privacy.personal_data import Mask, PrivatePart, is_of_public_contact, private_parts
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import Submission
from kenpo_xl.domain.submission.typed_texts import typed_cells, typed_texts
from kenpo_xl.tasks.book_result import BookResult

CodeAndCell = tuple[str, str, str, str]


def mask_for_books(
    submissions: Iterable[Submission], books: Iterable[BookResult], public_contacts: Sequence[str] = ()
) -> Mask:
    """The mask for texts about these books; what a group accepted (確認済) and the plan's contacts stay."""
    submitted, checked = tuple(submissions), tuple(books)
    flagged = {_code_and_cell(one.code, one) for book in checked for one in book.findings}
    public = {_code_and_cell(one.code, one) for book in checked for one in book.reason_by_finding}
    allowed, secrets = set[str](), set(_flagged_numbers(submitted, flagged))
    for part, source in _private_texts(submitted):
        is_public = source and part.may_be_public and _code_and_cell(part.code, source) in public
        is_public = is_public or is_of_public_contact(part, public_contacts)
        (allowed if is_public else secrets).add(part.normalized_secret)
    return Mask(frozenset(allowed), frozenset(secrets - allowed))


def _private_texts(submitted: Iterable[Submission]) -> Iterator[tuple[PrivatePart, Source | None]]:
    """Each private part of a text, with the cell of the text."""
    for text, source in (pair for one in submitted for pair in typed_texts(one)):
        yield from ((part, source) for part in private_parts(text))


def _flagged_numbers(submitted: Iterable[Submission], flagged: Set[CodeAndCell]) -> Iterator[str]:
    """The numbers in cells that were flagged for a My Number, as texts."""
    for entry in (cell for one in submitted for cell in typed_cells(one)):
        is_flagged = entry.source and _code_and_cell(MY_NUMBER, entry.source) in flagged
        if is_flagged and isinstance(entry.value, Decimal):
            yield decimal_text(entry.value)


def _code_and_cell(code: str, source: Source | Finding) -> CodeAndCell:
    return code, source.workbook, source.sheet, source.cell


def masked_board(board: Board, mask: Mask) -> Board:
    """The board with private values masked in findings, reasons and changes."""
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
    """The finding with private values masked in its texts; its cell stays."""
    return replace(
        finding,
        identity=mask(finding.identity),
        key=mask(finding.key),
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
