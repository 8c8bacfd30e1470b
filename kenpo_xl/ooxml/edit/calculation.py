"""What a workbook says about computing its formulas: at opening, and in which order."""

from __future__ import annotations

from kenpo_xl.ooxml.edit.package_editor import PackageEditor
from kenpo_xl.ooxml.edit.sheet_xml import insert_child


def compute_on_opening(book: PackageEditor) -> None:
    """Let Excel compute all formulas when it opens the book."""
    draft = book.editable_part(book.main)
    root = draft.root_node(2)
    node = root.child("calcPr")
    if node is None:
        insert_child(draft, root, "calcPr", f'<{root.prefix}calcPr fullCalcOnLoad="1"/>')
    elif node.get("fullCalcOnLoad"):
        draft.set_attribute(node, "fullCalcOnLoad", "1")
    else:
        draft.insert(node.start + 1 + len(node.name.encode()), ' fullCalcOnLoad="1"')
    draft.apply_edits()


def drop_calculation_chain(book: PackageEditor) -> None:
    """Remove the list of formulas in their order, which Excel makes again; a wrong one is damage to it."""
    for relation in book.relationships(book.main):
        if relation.kind == "calcChain":
            book.remove_relationship(book.main, relation)
            book.remove_part(relation.target)
