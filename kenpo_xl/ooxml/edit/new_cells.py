"""Contents for cells of a sheet, which are added where it has none: everything else stays to the byte."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kenpo_xl.domain.cell_edit import CellEdit
from kenpo_xl.domain.cell_reference import cell_position
from kenpo_xl.ooxml.edit.cell_edits import cell_nodes, edit_sheet_returning_skipped, edited_cell_xml
from kenpo_xl.ooxml.edit.sheet_xml import column_styles, row_nodes
from kenpo_xl.ooxml.edit.xml_part import Node, XmlPart


def put_cells_returning_skipped(
    draft: XmlPart, edits: Iterable[CellEdit], *, recalculates: bool = True
) -> tuple[CellEdit, ...]:
    """Write contents into cells of a sheet; returns the edits of cells that a formula of others fills.

    `recalculates` asks Excel in each formula that reads a changed cell to compute it again.
    """
    wanted = list(edits)
    present = {place for place, _ in cell_nodes(draft)}
    missing = [edit for edit in wanted if cell_position(edit.cell) not in present]
    skipped = edit_sheet_returning_skipped(
        draft, [edit for edit in wanted if edit not in missing], recalculates=recalculates
    )
    by_row: dict[int, list[CellEdit]] = {}
    for edit in sorted(missing, key=lambda edit: cell_position(edit.cell)):
        by_row.setdefault(cell_position(edit.cell)[0], []).append(edit)
    _add_cells_to_rows(draft, by_row)
    draft.apply_edits()
    return tuple(skipped)


def _add_cells_to_rows(draft: XmlPart, by_row: Mapping[int, list[CellEdit]]) -> None:
    """Add cells to rows, by number from above; a row is added as well where the sheet has none."""
    if not by_row:
        return
    root, nodes = draft.root_node(2), _row_nodes_by_number(draft)
    styles = column_styles(root)
    for row, edits in by_row.items():
        cells = _new_cells_by_column(edits, styles, root.prefix)
        if row in nodes:
            _insert_cells(draft, nodes[row], cells)
        else:
            text = f'<{root.prefix}row r="{row}">{"".join(cells.values())}</{root.prefix}row>'
            _insert_row(draft, next((node for number, node in nodes.items() if number > row), None), text)


def _new_cells_by_column(edits: Iterable[CellEdit], styles: Mapping[int, str], prefix: str) -> dict[int, str]:
    cells = {}
    for edit in edits:
        place = cell_position(edit.cell)
        cells[place[1]] = edited_cell_xml(edit, place, styles.get(place[1], ""), prefix)
    return cells


def _insert_row(draft: XmlPart, following: Node | None, text: str) -> None:
    """Insert a row before another one, or behind all."""
    holder = draft.root_node(2).child("sheetData")
    if following is not None:
        draft.insert(following.start, text)
    elif holder is not None:
        draft.append_child(holder, text)


def _row_nodes_by_number(draft: XmlPart) -> dict[int, Node]:
    """The rows of a sheet in its order, by number; one without a number follows the one before."""
    nodes: dict[int, Node] = {}
    number = 0
    for node in row_nodes(draft, deep=True):
        number = int(node.get("r") or number + 1)
        nodes.setdefault(number, node)
    return nodes


def _insert_cells(draft: XmlPart, row: Node, cells: dict[int, str]) -> None:
    """Insert cells, each before the first one of a later column."""
    places, column = [], 0
    for node in row.children_named("c"):
        column = cell_position(node.get("r"))[1] if node.get("r") else column + 1
        places.append((column, node))
    for own, text in cells.items():
        following = next((node for column, node in places if column > own), None)
        if following is not None:
            draft.insert(following.start, text)
        else:
            draft.append_child(row, text)
