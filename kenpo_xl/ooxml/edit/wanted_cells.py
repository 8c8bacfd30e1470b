"""Some cells of a sheet, found without parsing the others, which takes ten times as long."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from kenpo_xl.domain.cell_reference import CellPosition, a1
from kenpo_xl.ooxml.edit.xml_part import Node, XmlPart, parse_nodes, rows_start_and_end

_ROW = re.compile(rb"<(?:[\w.-]+:)?row(?:\s[^>]*)?>")
_CELL = re.compile(rb"<((?:[\w.-]+:)?)c(?:\s[^>]*)?>")
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Z]+\d+)[\"']")


def xml_of_wanted_cells(content: bytes, wanted: Collection[CellPosition]) -> bytes:
    """The rows with a height and the wanted cells of a sheet as XML; b"" where cells have no reference."""
    pieces = _row_tags_with_height(content, *rows_start_and_end(content))
    spans = _spans_of_cells(content, wanted)
    if spans is None or pieces is None:
        return b""
    pieces += [b'<row r="%d">' % row + content[slice(*span)] + b"</row>" for (row, _), span in spans]
    return b"<sheetData>" + b"".join(pieces) + b"</sheetData>"


def _spans_of_cells(
    content: bytes, wanted: Collection[CellPosition]
) -> list[tuple[CellPosition, tuple[int, int]]] | None:
    """Start and end of the wanted cells of a sheet; None where cells have no reference."""
    start, end = rows_start_and_end(content)
    if not end:
        return None
    names, spans = {a1(*place).encode(): place for place in wanted}, []
    for tag in _CELL.finditer(content, start, end):
        if b" r=" not in tag[0]:
            return None
        name = _REFERENCE.search(tag[0])
        place = names.get(name[1]) if name else None
        if place:
            end_tag = b"" if tag[0].endswith(b"/>") else b"</" + tag[1] + b"c>"
            spans.append((place, (tag.start(), content.find(end_tag, tag.end()) + len(end_tag))))
    return spans


def nodes_of_unshared_cells(
    draft: XmlPart, wanted: Collection[CellPosition]
) -> dict[CellPosition, Node] | None:
    """The elements of the wanted cells of a sheet without a formula that fills several cells.

    None for any other sheet, and where cells have no reference: there all cells have to be parsed.
    """
    spans = _spans_of_cells(draft.content, wanted)
    if spans is None or draft.content.find(b" ref", *rows_start_and_end(draft.content)) >= 0:
        return None
    found = {}
    for place, (start, end) in spans:
        found[place] = parse_nodes(draft.part, draft.content[start:end], 2)
        shift_offsets([found[place]], start)
    return found


def _row_tags_with_height(content: bytes, start: int, end: int) -> list[bytes] | None:
    """The tags of the rows with a height or hidden, without cells; None where rows have no number."""
    rows = []
    for tag in _ROW.finditer(content, start, end):
        if b" r=" not in tag[0]:
            return None
        if b" ht=" in tag[0] or b" hidden=" in tag[0]:
            rows.append(tag[0].rstrip(b"/>") + b"/>")
    return rows


def shift_offsets(nodes: Iterable[Node], by: int) -> None:
    """Move elements and those below them by some bytes."""
    for node in nodes:
        for name in ("start", "inner", "close", "end"):
            setattr(node, name, getattr(node, name) + by)
        shift_offsets(node.children, by)
