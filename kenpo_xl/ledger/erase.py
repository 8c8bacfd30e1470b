"""Masks private values in all rows of a ledger, past ones included."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Table, bindparam, select

from kenpo_xl.domain.numbers.exact import decimal_text
from kenpo_xl.domain.privacy.personal_data import (
    MAY_BE_PUBLIC,
    PrivatePart,
    is_private_number,
    private_parts,
)
from kenpo_xl.domain.privacy.search_terms import SearchTerms
from kenpo_xl.ledger.schema import FACTS, FILES, FINDINGS, KPIS, LINES, RATINGS

# The columns that repeat text typed by staff; the others hold words of the plan, hashes and positions.
_TEXTS = {
    FILES: ("path",),
    FACTS: ("identity", "entity", "typed_text", "row_name", "column_name", "workbook"),
    LINES: ("text", "workbook"),
    RATINGS: ("given", "final", "printed", "explanation", "reason", "workbook"),
    FINDINGS: ("identity", "message", "hint", "actual", "expected", "reason", "workbook"),
    KPIS: ("glyph", "printed"),
}
# The columns with numbers of staff, by table.
_NUMBERS = {
    FACTS: ("value", "typed", "computed"),
    KPIS: ("target", "result", "same_period", "numerator", "denominator"),
}
_MASKED_NUMBER = "＊" * 12
Row = dict[str, Any]


def private_values_in(connection: Connection) -> frozenset[str]:
    """All that the privacy rules find in a ledger, except what a group accepted as public (確認済)."""
    allowed, secrets = set[str](), set(_private_numbers(connection))
    public = _cells_with_accepted_findings(connection)
    for row, part in _private_texts(connection):
        is_public = part.may_be_public and (part.code, *_cell_key(row)) in public
        (allowed if is_public else secrets).add(part.normalized_secret)
    return frozenset(secrets - allowed)


def _private_texts(connection: Connection) -> Iterator[tuple[Row, PrivatePart]]:
    """Each private part of a text, with its row."""
    for table, names in _TEXTS.items():
        for row in _rows_of(connection, table):
            yield from ((row, part) for name in names for part in private_parts(row[name] or ""))


def _private_numbers(connection: Connection) -> Iterator[str]:
    """The private numbers of facts and KPIs, as texts."""
    for table, names in _NUMBERS.items():
        for row in _rows_of(connection, table):
            for number in filter(None, (_number_in_text(row[name]) for name in names)):
                if is_private_number(number, row["unit"]):
                    yield decimal_text(number)


def _cells_with_accepted_findings(connection: Connection) -> set[tuple[Any, ...]]:
    columns = (FINDINGS.c.code, FINDINGS.c.period, FINDINGS.c.workbook, FINDINGS.c.sheet, FINDINGS.c.cell)
    asked = select(*columns).where(FINDINGS.c.code.in_(MAY_BE_PUBLIC), FINDINGS.c.reason != "")
    return {tuple(row) for row in connection.execute(asked)}


def masked_rows_by_table(connection: Connection, sought: SearchTerms) -> dict[Table, list[Row]]:
    """The rows with a sought value, by table, as they should become."""
    found = {
        table: [
            masked
            for row in _rows_of(connection, table)
            if (masked := _masked_row(table, row, sought)) != row
        ]
        for table in _TEXTS
    }
    found[FACTS] += _facts_from_masked_cells(connection, sought, {_cell_key(row) for row in found[LINES]})
    return {table: rows for table, rows in found.items() if rows}


def _facts_from_masked_cells(
    connection: Connection, sought: SearchTerms, cells: set[tuple[Any, ...]]
) -> Iterator[Row]:
    """Facts read from a masked text, without their numbers: 48, 658 and 5919 of a phone number."""
    for row in _rows_of(connection, FACTS) if cells else ():
        if _cell_key(row) in cells and sought.contains_digits_of(_number_in_text(row["value"])):
            yield {**row, **dict.fromkeys(_NUMBERS[FACTS])}


def _cell_key(row: Row) -> tuple[Any, ...]:
    return tuple(row.get(name) for name in ("period", "workbook", "sheet", "cell"))


def overwrite_rows(connection: Connection, rows: dict[Table, list[Row]]) -> None:
    """Write masked rows over the original ones; inside a transaction."""
    for table, masked in rows.items():
        names = [name for name in masked[0] if name in (*_TEXTS[table], *_NUMBERS.get(table, ()))]
        statement = table.update().where(table.c.id == bindparam("_row"))
        connection.execute(
            statement.values({name: bindparam(f"_{name}") for name in names}),
            [{"_row": row["id"], **{f"_{name}": row[name] for name in names}} for row in masked],
        )


def _rows_of(connection: Connection, table: Table) -> Iterator[Row]:
    return (dict(row) for row in connection.execute(select(table)).mappings())


def _masked_row(table: Table, row: Row, sought: SearchTerms) -> Row:
    texts = {name: sought.mask(row[name]) for name in _TEXTS[table] if isinstance(row[name], str)}
    numbers = _NUMBERS.get(table, ())
    if any(sought.contains_number(_number_in_text(row[name])) for name in numbers):
        texts |= {"typed_text": _MASKED_NUMBER} if "typed_text" in texts else {}
        return {**row, **texts, **dict.fromkeys(numbers)}
    return {**row, **texts}


def _number_in_text(text: object) -> Decimal | None:
    """The number in a text, None without one (which reading reports)."""
    try:
        return Decimal(text) if isinstance(text, str) and text.strip().isascii() else None
    except ArithmeticError:
        return None
