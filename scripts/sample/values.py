"""What was handed in for one item, from the text of its file.

Figures are written as printed, a line a row: `43,089 | 96.5% | =`. `=` is a formula left as it was, an empty
cell is one that nobody filled, a number where the drawing has a formula was typed over it. Rows left out at
the end are empty.
"""

from __future__ import annotations

from decimal import Decimal

from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.submission.submission import (
    Entry,
    ItemEntry,
    LineEntry,
    RatingEntry,
    RowEntry,
    TableEntry,
)
from scripts.drawing_text import Cell, Drawing, Kind, parse_layout
from scripts.sample.item_file import ItemFile, Part


def item_entry(item: ItemFile) -> ItemEntry:
    """The lines, ratings and tables of an item."""
    drawings = parse_layout(item.layout).drawings
    return ItemEntry(
        item=item.id,
        lines=tuple(_line(part.words[0], line) for part in item.progress for line in part.lines),
        ratings=tuple(_rating(*part.words) for part in item.progress if len(part.words) > 1),
        tables=tuple(_table(drawings[part.words[0]], part) for part in item.figures),
    )


def _rating(block: str, glyph: str, reason: str = "") -> RatingEntry:
    return RatingEntry(block, glyph, reason)


def _line(block: str, line: str) -> LineEntry:
    kind, _, text = line.partition(":")
    return LineEntry(block, LineKind(kind), text.strip(" "))


def _table(drawing: Drawing, part: Part) -> TableEntry:
    months = tuple(int(word) for word in part.words[2:])
    body = drawing.body()
    lines = [_cells(line, len(drawing.columns)) for line in part.lines]
    if drawing.repeated:
        rows = [_row(0, body[0], cells, drawing) for cells in lines]
    else:
        lines += [[""] * len(drawing.columns)] * (len(body) - len(lines))
        rows = [
            _row(index, kinds, cells, drawing)
            for index, (kinds, cells) in enumerate(zip(body, lines, strict=True))
        ]
    return TableEntry(drawing.name, tuple(rows), months)


def _cells(line: str, count: int) -> list[str]:
    cells = [cell.strip(" ") for cell in line.split("|")]
    if len(cells) != count:
        raise ValueError(f"{count} cells are drawn, not {len(cells)}: {line}")
    return cells


def _row(index: int, drawn: list[Cell], cells: list[str], drawing: Drawing) -> RowEntry:
    entries = tuple(_entry(cell, text) for cell, text in zip(drawn, cells, strict=True))
    key = list(drawing.columns).index(drawing.marks.get("キー", next(iter(drawing.columns))))
    return RowEntry(index, entries, cells[key] if drawing.repeated else "")


def _entry(drawn: Cell, text: str) -> Entry:
    if (text == "／") != (drawn.kind is Kind.NOT_APPLICABLE):
        raise ValueError(f"／ stands in one of drawing and figures only: {drawn} {text!r}")
    if text == "=" and drawn.kind is not Kind.COMPUTED:
        raise ValueError(f"no formula is drawn where = stands: {drawn}")
    if text in ("", "／", "="):
        return Entry(formula=text == "=")
    return Entry(text.replace("\\n", "\n") if drawn.number_format == "@" else _number(text))


def _number(text: str) -> Decimal:
    bare = text.replace(",", "")
    return Decimal(bare[:-1]).scaleb(-2) if bare.endswith("%") else Decimal(bare)
