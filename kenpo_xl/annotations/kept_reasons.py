"""The reasons that users typed into rows of 指摘: a mark with the same value keeps its reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kenpo_xl.annotations import findings_sheet
from kenpo_xl.annotations.annotation import AcceptedReason, Mark
from kenpo_xl.annotations.findings_sheet import FindingRow


def typed_reasons_in_rows(rows: Sequence[FindingRow]) -> list[AcceptedReason]:
    """What users typed as a reason into rows of 指摘."""
    headers = (findings_sheet.CODE, findings_sheet.IDENTITY, findings_sheet.ACTUAL, findings_sheet.REASON)
    found = [AcceptedReason(*(row.words.get(header, "").strip() for header in headers)) for row in rows]
    return [reason for reason in found if reason.text]


def marks_with_reasons(marks: Iterable[Mark], rows: Sequence[FindingRow]) -> list[Mark]:
    """The marks with the reasons that users typed for the same value into earlier rows of 指摘."""
    kept = typed_reasons_in_rows(rows)
    return [_mark_with_reason(mark, kept) for mark in marks]


def _mark_with_reason(mark: Mark, kept: Sequence[AcceptedReason]) -> Mark:
    """The mark with the reason typed for the same value, unless it has a reason."""
    key = (mark.code, mark.identity, mark.actual.strip())
    found = (reason.text for reason in kept if (reason.code, reason.identity, reason.actual) == key)
    return mark if mark.reason else replace(mark, reason=next(found, ""))
