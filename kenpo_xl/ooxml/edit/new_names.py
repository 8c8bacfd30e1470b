"""Defined names that are added to a workbook: nothing else of its part changes."""

from __future__ import annotations

from collections.abc import Mapping

from kenpo_xl.ooxml.edit.package_editor import PackageEditor
from kenpo_xl.ooxml.edit.sheet_xml import insert_child
from kenpo_xl.ooxml.edit.xml_part import attribute_text, cell_text


def add_defined_names(book: PackageEditor, formulas: Mapping[str, str]) -> None:
    """Define names of the whole book by their formulas, without =."""
    draft = book.editable_part(book.main)
    draft.apply_edits()
    root = draft.root_node(3)
    p = root.prefix
    text = "".join(
        f'<{p}definedName name="{attribute_text(name)}">{cell_text(formula)}</{p}definedName>'
        for name, formula in formulas.items()
    )
    holder = root.child("definedNames")
    if holder is None:
        insert_child(draft, root, "definedNames", f"<{p}definedNames>{text}</{p}definedNames>")
    else:
        draft.append_child(holder, text)
    draft.apply_edits()
