"""The width of a column of a sheet; its style and those of the columns beside it stay."""

from __future__ import annotations

from kenpo_xl.ooxml.edit.sheet_xml import insert_child
from kenpo_xl.ooxml.edit.xml_part import Node, XmlPart


def set_column_width(draft: XmlPart, column: int, width: float) -> None:
    """Give one column a width; an element for several columns is split around it."""
    draft.apply_edits()
    root = draft.root_node(3)
    holder = root.child("cols")
    own = {"min": str(column), "max": str(column), "width": str(width), "customWidth": "1"}
    if holder is None:
        insert_child(
            draft, root, "cols", f"<{root.prefix}cols>{_column_element_xml(root, own)}</{root.prefix}cols>"
        )
    else:
        _set_width_among(draft, holder, column, own)
    draft.apply_edits()


def _set_width_among(draft: XmlPart, holder: Node, column: int, own: dict[str, str]) -> None:
    for node in holder.children:
        first, last = int(node.get("min") or 0), int(node.get("max") or 0)
        if first > column:
            draft.insert(node.start, _column_element_xml(holder, own))
            return
        if last >= column:
            pieces = [(first, column - 1, {}), (column, column, own), (column + 1, last, {})]
            texts = (
                _column_element_xml(node, {**node.attributes, **new, "min": str(a), "max": str(b)})
                for a, b, new in pieces
                if a <= b
            )
            draft.replace(node.start, node.end, "".join(texts))
            return
    draft.append_child(holder, _column_element_xml(holder, own))


def _column_element_xml(beside: Node, attributes: dict[str, str]) -> str:
    words = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<{beside.prefix}col{words}/>"
