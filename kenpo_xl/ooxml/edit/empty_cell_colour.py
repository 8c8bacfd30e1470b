"""Colours cells while they are empty: a conditional format, so that the colour goes out by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kenpo_xl.domain.cell_reference import cell_position
from kenpo_xl.ooxml.edit.package_editor import PackageEditor, SheetEntry
from kenpo_xl.ooxml.edit.sheet_xml import insert_child
from kenpo_xl.ooxml.edit.styles_xml import add_style_elements, styles_part_or_new

_COLOUR = "FFFFF2CC"
_PRIORITY = re.compile(rb'\bpriority\s*=\s*["\'](\d+)')


def colour_empty_cells(book: PackageEditor, sheet: SheetEntry, cells: Sequence[str]) -> None:
    """Colour these cells of a sheet as long as they are empty; those that are so already stay as they are."""
    styles = styles_part_or_new(book)
    p = styles.root_node(1).prefix
    fill = f'<{p}patternFill patternType="solid"><{p}bgColor rgb="{_COLOUR}"/></{p}patternFill>'
    (style,) = add_style_elements(styles, "dxfs", [f"<{p}dxf><{p}fill>{fill}</{p}fill></{p}dxf>"])
    draft = book.editable_part(sheet.part)
    draft.apply_edits()
    root = draft.root_node(2)
    p = root.prefix
    last = max((int(number) for number in _PRIORITY.findall(draft.content)), default=0)
    pieces = []
    for cell in sorted(cells, key=cell_position):
        formula = f"<{p}formula>LEN(TRIM({cell}))=0</{p}formula>".encode()
        if formula not in draft.content:
            last += 1
            pieces.append(
                f'<{p}conditionalFormatting sqref="{cell}"><{p}cfRule type="expression" dxfId="{style}" '
                f'priority="{last}">{formula.decode()}</{p}cfRule></{p}conditionalFormatting>'
            )
    if pieces:
        insert_child(draft, root, "conditionalFormatting", "".join(pieces))
        draft.apply_edits()
