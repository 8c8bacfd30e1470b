"""The sheet 指摘 and its names, as added to a book whose template has none."""

from __future__ import annotations

from collections.abc import Sequence

from kenpo_xl.annotations.findings_sheet import (
    HIDDEN,
    KEY,
    KIND,
    LAST_ROW,
    NAME,
    PLACE,
    REASON,
    VALUE,
    VISIBLE,
    WORDS,
    FindingsSheet,
)
from kenpo_xl.annotations.highlight import OWN_PLACES, OWN_VALUES, row_formats_xml
from kenpo_xl.domain.cell_reference import a1, column_letters
from kenpo_xl.ooxml.edit import styles_xml
from kenpo_xl.ooxml.edit.cell_xml import CellXml
from kenpo_xl.ooxml.edit.new_names import add_defined_names
from kenpo_xl.ooxml.edit.package_editor import PackageEditor
from kenpo_xl.ooxml.edit.xml_part import Node, XmlPart, attribute_text
from kenpo_xl.ooxml.references import quoted_sheet

_HEADER_ROW = 4


def add_findings_sheet(book: PackageEditor) -> FindingsSheet:
    """A new sheet 指摘 behind the last sheet of the book."""
    sheets = book.sheets()
    taken = {sheet.name.casefold() for sheet in sheets}
    name = next(
        name for name in (NAME, *(f"{NAME}({number})" for number in range(2, 999))) if name not in taken
    )
    part = book.unused_part_name("xl/worksheets/sheet{}.xml")
    has_view = book.editable_part(book.main).root_node(2).child("bookViews") is not None
    book.add_part(
        part,
        _empty_sheet_xml(book, styles_xml.add_styles_of_new_sheet(book), has_view=has_view),
        "worksheet+xml",
    )
    identity = book.add_relationship(book.main, "worksheet", part)
    draft = book.editable_part(book.main)
    draft.apply_edits()
    root = draft.root_node(3)
    holder = root.child("sheets")
    number = max((int(sheet.id) for sheet in sheets if sheet.id.isdigit()), default=0) + 1
    if holder is not None:
        draft.append_child(
            holder,
            f'<{root.prefix}sheet xmlns:kr="{book.relation_namespace}" name="{attribute_text(name)}" '
            f'sheetId="{number}" kr:id="{identity}"/>',
        )
    draft.apply_edits()
    return FindingsSheet(book, book.sheets()[-1], _HEADER_ROW + 1)


def define_own_names(book: PackageEditor, sheet: FindingsSheet) -> None:
    """Define the names through which added conditional formats refer to the sheet."""
    formulas = {}
    for name, header in ((OWN_PLACES, KEY), (OWN_VALUES, VALUE)):
        column = column_letters(sheet.column_by_header[header])
        formulas[name] = f"{quoted_sheet(sheet.entry.name)}!${column}${sheet.first}:${column}${LAST_ROW}"
    add_defined_names(book, formulas)


def remove_findings_sheet(book: PackageEditor, sheet: FindingsSheet) -> None:
    """Remove an added sheet 指摘 from the book; sheets behind it move up."""
    draft = book.editable_part(book.main)
    draft.apply_edits()
    root = draft.root_node(4)
    entry = sheet.entry
    draft.remove(next(one.node for one in book.sheets() if one.index == entry.index))
    _renumber_sheets(draft, root, entry.index)
    draft.apply_edits()
    relation = next(r for r in book.relationships(book.main) if r.target == entry.part)
    book.remove_relationship(book.main, relation)
    for child in book.relationships(entry.part):
        if child.kind in ("printerSettings", "comments", "vmlDrawing"):
            book.remove_part(child.target)
    book.remove_part(entry.part)


def _renumber_sheets(draft: XmlPart, root: Node, removed: int) -> None:
    """Remove the names of the removed sheet; names and views of sheets behind it move up."""
    for node in (node for holder in root.children_named("definedNames") for node in holder.children):
        if node.get("localSheetId") == str(removed):
            draft.remove(node)
        else:
            _decrement_sheet_number(draft, node, "localSheetId", removed + 1)
    for view in (view for views in root.children_named("bookViews") for view in views.children):
        for attribute in ("activeTab", "firstSheet"):
            _decrement_sheet_number(draft, view, attribute, max(removed, 1))


def _decrement_sheet_number(draft: XmlPart, node: Node, attribute: str, first: int) -> None:
    """Subtract one from a sheet number in an attribute if it is at least `first`."""
    number = node.get(attribute)
    if number.isdigit() and int(number) >= first:
        draft.set_attribute(node, attribute, str(int(number) - 1))


def remove_own_names(book: PackageEditor) -> None:
    """Remove the names that `define_own_names` added."""
    draft = book.editable_part(book.main)
    draft.apply_edits()
    holder = draft.root_node(3).child("definedNames")
    if holder is None:
        return
    ours = [node for node in holder.children if node.get("name") in (OWN_PLACES, OWN_VALUES)]
    for node in [holder] if ours and len(ours) == len(holder.children) else ours:
        draft.remove(node)
    draft.apply_edits()


def _empty_sheet_xml(book: PackageEditor, style_ids: Sequence[int], *, has_view: bool) -> str:
    """The XML of a sheet 指摘 with headers and no findings."""
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{VISIBLE.get(header, 10)}" '
        f'style="{style_ids[styles_xml.LINK if header == PLACE else styles_xml.WRAPPED]}"'
        f'{"" if header in VISIBLE else " hidden=" + chr(34) + "1" + chr(34)} customWidth="1"/>'
        for place, header in enumerate((*VISIBLE, *HIDDEN), start=1)
    )
    view = (
        '<sheetViews><sheetView showGridLines="0" workbookViewId="0"><pane ySplit="4" topLeftCell="A5" '
        'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
    )
    plain = f' s="{style_ids[styles_xml.PLAIN]}" customFormat="1"'
    headers = "".join(
        CellXml(header).xml(a1(_HEADER_ROW, place), str(style_ids[styles_xml.HEADER]), "")
        for place, header in enumerate((*VISIBLE, *HIDDEN), start=1)
    )
    shown = list(VISIBLE)
    kind, reason = (shown.index(header) + 1 for header in (KIND, REASON))
    formats = row_formats_xml(book, kind, reason, _HEADER_ROW + 1, LAST_ROW)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{book.namespace}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{a1(_HEADER_ROW, len(VISIBLE) + len(HIDDEN))}"/>{view if has_view else ""}'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>'
        f'<row r="1"{plain} ht="24" customHeight="1">'
        f"{CellXml(NAME).xml('A1', str(style_ids[styles_xml.TITLE]), '')}</row>"
        f'<row r="2"{plain}>{CellXml(WORDS).xml("A2", str(style_ids[styles_xml.PLAIN]), "")}</row>'
        f'<row r="3"{plain}/><row r="{_HEADER_ROW}">{headers}</row></sheetData>{formats}'
        '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )
