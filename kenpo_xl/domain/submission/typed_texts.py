"""All that staff typed into an input book, with the cells, and whether something private is among it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.numbers.exact import decimal_text
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.table import Table
from kenpo_xl.domain.privacy.personal_data import is_private_number, private_parts
from kenpo_xl.domain.source import Source
from kenpo_xl.domain.submission.submission import Entry, ItemEntry, LineEntry, RatingEntry, Submission

LINE_END, RATING_END = "実施状況", "評価"
"""The last parts of the names of a line and a rating."""


def line_identity(item: str, line: LineEntry) -> str:
    """How a finding calls a text line: its block and its hidden mark, where it has one."""
    return line_place(item, line) + (f"/{line.mark}" if line.mark else "")


def line_place(item: str, line: LineEntry) -> str:
    """How a text line is named where that is read: 1-1/ブロック 2/実施状況, 1-1/ブロック 2/今後の取組."""
    return f"{item}/ブロック {line.block}/{line.text_field or LINE_END}"


def rating_place(item: str, rating: RatingEntry) -> str:
    """How a rating is named: 1-1/ブロック 2/評価."""
    return f"{item}/ブロック {rating.block}/{RATING_END}"


def as_of_months_identity(table: Table) -> str:
    """How the as-of months of a table are named."""
    return f"{table.item}/{table.name}/基準月"


def rating_words(rating: RatingEntry) -> str:
    """A rating with its reason and as-of date, as typed."""
    return "　".join(filter(None, (rating.glyph, rating.reason, rating.as_of)))


def value_text(value: Decimal | str | None) -> str:
    """A value of a cell as text."""
    return decimal_text(value) if isinstance(value, Decimal) else value or ""


def _texts_of_item(item: ItemEntry) -> Iterator[tuple[str, Source | None]]:
    yield from ((line.text, line.source) for line in item.lines)
    yield from ((rating.reason, rating.reason_source) for rating in item.ratings)
    yield from ((rating.as_of, rating.source) for rating in item.ratings)
    yield from ((row.entity, None) for table in item.tables for row in table.rows)


def typed_texts(submission: Submission) -> Iterator[tuple[str, Source | None]]:
    """Every text that staff typed, with its cell where that is known."""
    for item in submission.items:
        yield from _texts_of_item(item)
    yield from ((one.reason, None) for one in submission.accepted)
    yield from ((one.value, None) for one in submission.accepted)
    for entry in typed_cells(submission):
        if isinstance(entry.value, str):
            yield entry.value, entry.source


def typed_cells(submission: Submission) -> Iterator[Entry]:
    """Every cell of its tables and KPI judgements."""
    for item in submission.items:
        yield from (cell for table in item.tables for row in table.rows for cell in row.cells)
        yield from (cell for kpi in item.kpis for cell in (kpi.target, kpi.result))


def has_private_data(submission: Submission) -> bool:
    """Whether a book holds something private that its group did not accept (確認済) as public."""
    numbers = (cell.value for cell in typed_cells(submission) if isinstance(cell.value, Decimal))
    remarks = (one.identity for one in submission.listed_remarks)
    return (
        bool(private_numbers_and_addresses(submission))
        or any(is_private_number(number, "") for number in numbers)
        or any(True for text in remarks for _ in private_parts(text))
    )


def private_numbers_and_addresses(submission: Submission) -> frozenset[str]:
    """What the texts of a book hold that is private, but for what its group accepted (確認済) as public."""
    accepted = {(one.code, normalized(one.identity)) for one in submission.accepted if one.reason}
    public = {
        part.normalized_secret
        for item in submission.items
        for line in item.lines
        for part in private_parts(line.text)
        if part.may_be_public and (part.code, normalized(line_identity(item.item, line))) in accepted
    }
    found = {part.normalized_secret for text, _ in typed_texts(submission) for part in private_parts(text)}
    return frozenset(found - public)


def my_numbers_in(submission: Submission, plan: Plan) -> frozenset[str]:
    """The digits of its cells that hold a My Number as a number, and count no 円."""
    return frozenset(
        decimal_text(cell.value)
        for item in submission.items
        for entry in item.tables
        if (table := plan.tables.get((item.item, entry.table)))
        for row in entry.rows
        for column, cell in enumerate(row.cells)
        if isinstance(cell.value, Decimal) and is_private_number(cell.value, table.unit_at(row.row, column))
    )
