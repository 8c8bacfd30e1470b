"""All that staff typed into an input book, with the cells, and whether something private is among it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kenpo_xl.domain.privacy import is_private_number, private_parts
from kenpo_xl.domain.submission import Entry, LineEntry, Source, Submission
from kenpo_xl.domain.text import folded


def line_identity(item: str, line: LineEntry) -> str:
    """How a finding calls a text line: its block and its hidden mark, where it has one."""
    return f"{item}/ブロック {line.block}/実施状況" + (f"/{line.mark}" if line.mark else "")


def texts_of(submission: Submission) -> Iterator[tuple[str, Source | None]]:
    """Every text that staff typed, with its cell where that is known."""
    for item in submission.items:
        yield from ((line.text, line.source) for line in item.lines)
        yield from ((rating.reason, rating.reason_source) for rating in item.ratings)
        yield from ((rating.as_of, rating.source) for rating in item.ratings)
        yield from ((row.entity, None) for table in item.tables for row in table.rows)
    yield from ((one.reason, None) for one in submission.accepted)
    yield from ((one.value, None) for one in submission.accepted)
    for entry in cells_of(submission):
        if isinstance(entry.value, str):
            yield entry.value, entry.source


def cells_of(submission: Submission) -> Iterator[Entry]:
    """Every cell of its tables and KPI judgements."""
    for item in submission.items:
        yield from (cell for table in item.tables for row in table.rows for cell in row.cells)
        yield from (cell for kpi in item.kpis for cell in (kpi.target, kpi.result))


def is_private(submission: Submission) -> bool:
    """Whether a book holds something private that its group did not accept (確認済) as public."""
    accepted = {(one.code, folded(one.identity)) for one in submission.accepted if one.reason}
    public = {
        part.secret
        for item in submission.items
        for line in item.lines
        for part in private_parts(line.text)
        if part.may_be_public and (part.code, folded(line_identity(item.item, line))) in accepted
    }
    texts = (part for text, _ in texts_of(submission) for part in private_parts(text))
    numbers = (cell.value for cell in cells_of(submission) if isinstance(cell.value, Decimal))
    return any(part.secret not in public for part in texts) or any(
        is_private_number(number, "") for number in numbers
    )
