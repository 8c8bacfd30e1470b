"""The cells of a table as they are written: columns of the sheet, heights, values, styles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache

from kenpo_xl.books.common.links import source_note
from kenpo_xl.books.common.text_metrics import mixes_latin_and_japanese
from kenpo_xl.books.report.layout.tables.table import TablePart
from kenpo_xl.books.report.layout.tables.table_cells import CellPattern, TableBox, grid_boxes, is_number
from kenpo_xl.books.report.layout.tables.table_padding import (
    Piece,
    centred_columns,
    is_bracketed,
    number_format_with_space,
    pieces_of_box,
    space_by_column,
)
from kenpo_xl.books.report.template.style import Style
from kenpo_xl.books.report.template.template import TABLE_HEADER, TABLE_ROW, Slot, SlotCondition, Template
from kenpo_xl.domain.frozen import frozen


@frozen
class PlacedCell:
    """A table cell in the sheet's columns, and in pixels from the top of the table.

    `late` where most of its row is of mixed script, which LibreOffice prints after all other cells; `fact` is
    the index of the fact that it prints. `note` names the sources of the numbers in its text.
    """

    first: int
    last: int
    top: int
    end: int
    value: str | Decimal | None
    style: Style
    late: bool
    fact: int | None
    note: str = ""
    conditions: tuple[SlotCondition, ...] = ()


def placed_cells(part: TablePart, template: Template) -> Iterator[PlacedCell]:
    """The cells of a table, in columns of the sheet and pixels."""
    style_of, slots = _cell_styles(part, pattern_styles(template)), pattern_slots(template)
    found = list(grid_boxes(part.table, part.look.not_applicable))
    spaces = space_by_column(found, part)
    middle = centred_columns(found, spaces)
    late = _rows_with_mixed_letters(found)
    for box in found:
        is_close = box.kind in part.look.centred or is_bracketed(box)
        space = "" if is_close else spaces.get(box.column, "")
        note = source_note(box.sources)
        for piece in pieces_of_box(box, part, padded=bool(space)):
            yield PlacedCell(
                first=piece.first,
                last=piece.last,
                top=piece.top,
                end=piece.end,
                value=_cell_value(box) if piece.text is None else piece.text or None,
                style=style_of(box, piece, space, box.column in middle),
                late=box.row in late,
                fact=box.cell.fact if box.cell else None,
                note=note if piece.text else "",
                conditions=slots[box.kind].conditions,
            )


def _rows_with_mixed_letters(boxes: Iterable[TableBox]) -> set[int]:
    """The rows with Latin beside Japanese letters in another cell than a header of the row."""
    return {
        box.row
        for box in boxes
        if box.kind is not CellPattern.ROW_HEADER and mixes_latin_and_japanese(box.text)
    }


def pattern_styles(template: Template) -> Mapping[CellPattern, Style]:
    """The styles of a table's cells, from the two pattern rows of the template."""
    return {kind: slot.style for kind, slot in pattern_slots(template).items()}


def pattern_slots(template: Template) -> Mapping[CellPattern, Slot]:
    """The cells of the two pattern rows of a table by their kinds."""
    corner, header = template[TABLE_HEADER].slots[:2]
    row_header, typed, computed, text, not_applicable = template[TABLE_ROW].slots[:5]
    return {
        CellPattern.CORNER: corner,
        CellPattern.HEADER: header,
        CellPattern.ROW_HEADER: row_header,
        CellPattern.TYPED: typed,
        CellPattern.COMPUTED: computed,
        CellPattern.TEXT: text,
        CellPattern.NOT_APPLICABLE: not_applicable,
    }


def _cell_value(box: TableBox) -> str | Decimal | None:
    if is_number(box) and box.cell is not None and isinstance(box.cell.value, Decimal):
        return box.cell.value
    return box.text or None


def _cell_styles(
    part: TablePart, styles: Mapping[CellPattern, Style]
) -> Callable[[TableBox, Piece, str, bool], Style]:
    """A function that returns the style of a piece; a table has few different ones, each made once."""

    @cache
    def style_for(
        kind: CellPattern,
        open_sides: tuple[str, ...],
        number_format: str | None,
        setting: tuple[bool, bool, bool],
        centred: bool,
    ) -> Style:
        style = styles[kind]
        if part.size != part.look.size:
            style = style.with_properties(font_size=style.font_size * part.size / part.look.size)
        style = style.without_borders(*open_sides) if open_sides else style
        if number_format is None:
            wraps, spreads, shrinks = setting
            valign = "vjustify" if spreads else style.properties_by_name.get("valign")
            return style.with_properties(text_wrap=wraps or None, valign=valign, shrink=shrinks or None)
        # Shrinking is for a figure that comes out wider than it was measured: it would be shown as ###.
        style = style.with_properties(num_format=number_format or None, text_wrap=None, shrink=True)
        return style.with_properties(align="center") if centred else style

    def style_of(box: TableBox, piece: Piece, space: str, centred: bool) -> Style:
        number_format = box.cell.number_format if box.cell is not None and is_number(box) else None
        if number_format is not None and space:
            number_format = number_format_with_space(number_format, space)
        open_sides = [
            side for side, is_open in (("top", box.open_above), ("bottom", box.open_below)) if is_open
        ]
        # LibreOffice prints wrapped cells after all others: a row of plain ones stays together as text.
        return style_for(
            *(box.kind, (*piece.open_sides, *open_sides), number_format),
            (piece.wraps, piece.spreads, piece.shrinks),
            centred and number_format is not None,
        )

    return style_of
