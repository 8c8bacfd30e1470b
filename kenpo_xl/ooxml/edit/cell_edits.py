"""New contents for some cells of a closed workbook: nothing but the parts of their sheets changes.

The style of a cell stays, and every other cell to the byte; texts are stored in the cell itself, so that
the shared ones stay as they are. Excel computes the new formulas, and those that read a
changed cell, when it opens the book: their cached values would be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

from kenpo_xl.domain.cell_edit import CellEdit
from kenpo_xl.domain.cell_reference import CellPosition, a1, cell_position, range_rectangle
from kenpo_xl.ooxml.edit.cell_xml import CellXml
from kenpo_xl.ooxml.edit.package_editor import PackageEditor
from kenpo_xl.ooxml.edit.sheet_xml import Grid, ranges_contain, row_nodes
from kenpo_xl.ooxml.edit.wanted_cells import nodes_of_unshared_cells
from kenpo_xl.ooxml.edit.xml_part import Node, XmlPart, edit_error
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.ooxml.zip_splice import replace_parts

_REFERENCE = re.compile(r"\$?[A-Z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Z]{1,3}\$?[0-9]{1,7})?")


def edit_cells_returning_skipped(path: Path, edits: Iterable[CellEdit], target: Path) -> tuple[CellEdit, ...]:
    """Copy the workbook `path` to the new file `target` with these contents; what was left as it is.

    A cell that holds a formula for others as well (filled down, or an array) is left, and one that is none.
    Of merged cells the first takes the content. KenpoError where the book cannot be written.
    """
    with Package(path) as package:
        changed, left = _changed_parts_and_skipped(package, edits, recalculates=True)
    replace_parts(path, target, changed)
    return left


def edited_workbook_and_skipped(
    book: Workbook, edits: Iterable[CellEdit]
) -> tuple[Workbook, tuple[CellEdit, ...]]:
    """The workbook as it would be with these contents, and what was left as it is, as in a copy.

    It is only read by us: no formula of it has to be computed again.
    """
    changed, left = _changed_parts_and_skipped(book.package.with_parts({}), edits, recalculates=False)
    return book.with_worksheets(changed), left


def _changed_parts_and_skipped(
    package: Package, edits: Iterable[CellEdit], *, recalculates: bool
) -> tuple[dict[str, bytes], tuple[CellEdit, ...]]:
    by_sheet: dict[str, list[CellEdit]] = {}
    for edit in edits:
        by_sheet.setdefault(edit.sheet, []).append(edit)
    left: list[CellEdit] = []
    try:
        book = PackageEditor(package)
        parts = {entry.name: entry.part for entry in book.sheets() if entry.kind == "worksheet"}
        for sheet, own in by_sheet.items():
            left += (
                edit_sheet_returning_skipped(book.editable_part(parts[sheet]), own, recalculates=recalculates)
                if sheet in parts
                else own
            )
        return book.changed_and_removed_parts()[0], tuple(left)
    except ValueError as error:
        raise edit_error(package.path.name, error) from error


def edit_sheet_returning_skipped(
    draft: XmlPart, edits: Iterable[CellEdit], *, recalculates: bool = True
) -> list[CellEdit]:
    """Change the cells of one sheet; the edits that were not made."""
    anchor = Grid(draft.root_node(3)).merge_anchor
    placed = [(anchor(cell_position(edit.cell)), edit) for edit in edits]
    nodes = nodes_of_unshared_cells(draft, {place for place, _ in placed})
    if nodes is None:
        nodes = dict(cell_nodes(draft))
    kept = _ranges_of_shared_formulas(nodes.values())
    left, changed = [], set()
    for place, edit in placed:
        node = nodes.get(place)
        if node is None or ranges_contain(kept, place):
            left.append(edit)
        elif place not in changed:
            draft.replace(node.start, node.end, edited_cell_xml(edit, place, node.get("s"), node.prefix))
            changed.add(place)
    draft.apply_edits()
    if recalculates:
        _force_recalculation_on_opening(draft, changed)
    return left


def cell_nodes(draft: XmlPart) -> Iterator[tuple[CellPosition, Node]]:
    """The elements of all cells; rows and cells that do not say where they are follow the last."""
    row = 0
    for line in row_nodes(draft, deep=True):
        row, column = int(line.get("r") or row + 1), 0
        for node in line.children_named("c"):
            column = cell_position(node.get("r"))[1] if node.get("r") else column + 1
            yield (row, column), node


def _ranges_of_shared_formulas(nodes: Iterable[Node]) -> list[str]:
    """The references of cells that one formula fills: arrays, and the first of those filled down."""
    found = []
    for node in nodes:
        formula = node.child("f")
        if formula is not None and formula.get("ref"):
            is_first = formula.get("t") == "shared"
            found.append(node.get("r") if is_first and ":" in formula.get("ref") else formula.get("ref"))
    return found


def edited_cell_xml(edit: CellEdit, place: CellPosition, old_style: str, prefix: str) -> str:
    """The element of a cell with its new content; the old style stays unless the edit brings one."""
    style = old_style if edit.style is None else str(edit.style)
    if isinstance(edit.value, Decimal):
        cell = CellXml(repr(float(edit.value)).removesuffix(".0"), "n", edit.formula)
    else:
        cell = CellXml(edit.value or "", "str" if edit.formula else "inlineStr", edit.formula)
    return cell.xml(a1(*place), style, prefix)


def _force_recalculation_on_opening(draft: XmlPart, changed: set[CellPosition]) -> None:
    """Let Excel compute the changed formulas and those that read a changed cell, and so what follows them."""
    from html import unescape  # a copy that only we read is never computed

    for place, node in cell_nodes(draft):
        formula = node.child("f")
        if formula is None or formula.get("ca"):
            continue
        text = unescape(draft.inner_bytes(formula).decode())
        filled_down = formula.get("t") == "shared"
        if place in changed or filled_down or _reads_changed_cell(text, changed):
            at = formula.start + 1 + len(formula.name.encode())
            draft.insert(at, ' ca="1"')
    draft.apply_edits()


def _reads_changed_cell(formula: str, changed: set[CellPosition]) -> bool:
    return any(
        top <= row <= bottom and left <= column <= right
        for top, left, bottom, right in filter(None, map(range_rectangle, _REFERENCE.findall(formula)))
        for row, column in changed
    )
