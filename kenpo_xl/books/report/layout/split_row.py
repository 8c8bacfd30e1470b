"""A row of a table torn in two where it is higher than a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kenpo_xl.books.common.text_metrics import printable_text, wrapped_lines
from kenpo_xl.domain.outputs.report import ReportCell, ReportTable
from kenpo_xl.domain.plan.headers import Header


def with_row_torn(table: ReportTable, lines: int, rooms: Sequence[int]) -> ReportTable | None:
    """The table with its first row in two: so many lines of each text, then the rest without a line between.

    `rooms` are the halves that fit into a line of each column, those of the row headers first. None where no
    text is longer than that.
    """
    if not table.rows:
        return None
    body_rooms = rooms[table.header_columns :]
    pieces = [_cell(cell, lines, room) for cell, room in zip(table.rows[0], body_rooms, strict=False)]
    upper_headers, lower_headers = _headers(table, lines, rooms)
    if not any(lower.value for _, lower in pieces) and not any(header.text for header in lower_headers):
        return None
    return replace(
        table,
        rows=(tuple(upper for upper, _ in pieces), tuple(lower for _, lower in pieces), *table.rows[1:]),
        row_headers=(*upper_headers, *lower_headers, *_moved(table)),
        joined=_joined_rows(table),
    )


def _joined_rows(table: ReportTable) -> frozenset[int]:
    return frozenset({1, *(row + 1 for row in table.joined if row)})


def torn(text: str, lines: int, room: int) -> tuple[str, str]:
    """The first lines of a text and the rest of it; line feeds are kept but for one at the cut."""
    text = printable_text(text)
    found = wrapped_lines(text, room)
    end = 0
    for line in found[:lines]:
        end += len(line)
        end += text[end : end + 1] == "\n"
    return text[:end].removesuffix("\n"), text[end:]


def _cell(cell: ReportCell, lines: int, room: int) -> tuple[ReportCell, ReportCell]:
    if not isinstance(cell.value, str):
        return cell, ReportCell(None, "", "")
    upper, lower = torn(cell.value, lines, room)
    return replace(cell, value=upper, shown=upper), replace(cell, value=lower, shown=lower)


def _headers(table: ReportTable, lines: int, rooms: Sequence[int]) -> tuple[list[Header], list[Header]]:
    """The row headers of the first row in two; one that reaches further down reaches over both pieces."""
    upper, lower = [], []
    for header in table.row_headers:
        if header.row == 0 and header.down == 1:
            room = sum(rooms[header.column : header.column + header.across])
            first, rest = torn(header.text, lines, room)
            upper.append(replace(header, text=first))
            lower.append(replace(header, text=rest, row=1))
        elif header.row == 0:
            upper.append(replace(header, down=header.down + 1))
    return upper, lower


def _moved(table: ReportTable) -> list[Header]:
    return [replace(header, row=header.row + 1) for header in table.row_headers if header.row]
