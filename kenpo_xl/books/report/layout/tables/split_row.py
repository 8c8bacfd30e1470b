"""A row of a table split in two where it is higher than a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kenpo_xl.books.common.text_metrics import printable_text, wrapped_lines
from kenpo_xl.domain.outputs.report import ReportCell, ReportTable
from kenpo_xl.domain.plan.headers import Header


def with_first_row_split(
    table: ReportTable, line_count: int, capacities: Sequence[int]
) -> ReportTable | None:
    """The table with its first row in two: the first lines of each text, then the rest without a border.

    `capacities` are the halves that fit into a line of each column, row headers first. None where no
    text is longer than that.
    """
    if not table.rows:
        return None
    body_capacities = capacities[table.header_columns :]
    pieces = [
        _split_cell(cell, line_count, capacity)
        for cell, capacity in zip(table.rows[0], body_capacities, strict=False)
    ]
    upper_headers, lower_headers = _split_row_headers(table, line_count, capacities)
    if not any(lower.value for _, lower in pieces) and not any(header.text for header in lower_headers):
        return None
    return replace(
        table,
        rows=(tuple(upper for upper, _ in pieces), tuple(lower for _, lower in pieces), *table.rows[1:]),
        row_headers=(*upper_headers, *lower_headers, *_row_headers_below_split(table)),
        joined=_joined_rows_after_split(table),
    )


def _joined_rows_after_split(table: ReportTable) -> frozenset[int]:
    return frozenset({1, *(row + 1 for row in table.joined if row)})


def split_text_after_lines(text: str, line_count: int, line_capacity: int) -> tuple[str, str]:
    """The first lines of a text and the rest of it; line feeds are kept but for one at the cut."""
    text = printable_text(text)
    found = wrapped_lines(text, line_capacity)
    end = 0
    for line in found[:line_count]:
        end += len(line)
        end += text[end : end + 1] == "\n"
    return text[:end].removesuffix("\n"), text[end:]


def _split_cell(cell: ReportCell, line_count: int, line_capacity: int) -> tuple[ReportCell, ReportCell]:
    if not isinstance(cell.value, str):
        return cell, ReportCell(None, "", "")
    upper, lower = split_text_after_lines(cell.value, line_count, line_capacity)
    return replace(cell, value=upper, shown=upper), replace(cell, value=lower, shown=lower)


def _split_row_headers(
    table: ReportTable, line_count: int, capacities: Sequence[int]
) -> tuple[list[Header], list[Header]]:
    """The row headers of the first row in two; one that spans more rows spans both pieces."""
    upper, lower = [], []
    for header in table.row_headers:
        if header.row == 0 and header.down == 1:
            capacity = sum(capacities[header.column : header.column + header.across])
            first, rest = split_text_after_lines(header.text, line_count, capacity)
            upper.append(replace(header, text=first))
            lower.append(replace(header, text=rest, row=1))
        elif header.row == 0:
            upper.append(replace(header, down=header.down + 1))
    return upper, lower


def _row_headers_below_split(table: ReportTable) -> list[Header]:
    return [replace(header, row=header.row + 1) for header in table.row_headers if header.row]
