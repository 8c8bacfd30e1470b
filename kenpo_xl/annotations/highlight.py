"""Colour in a flagged cell: a conditional format that looks its place and its value up in 指摘.

The formula asks for the very value that was flagged, so the colour goes out as soon as the cell is edited. It
reaches 指摘 through two workbook names, as a classic conditional format should. What a template brings along
uses `PLACES` and `VALUES`; what we bring to a book uses names of its own, and is known by them.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from html import unescape

from kenpo_xl.domain.cell_reference import CellPosition, a1
from kenpo_xl.domain.findings.finding import Severity
from kenpo_xl.ooxml.edit.package_editor import PackageEditor, SheetEntry
from kenpo_xl.ooxml.edit.sheet_xml import insert_child, ranges_contain
from kenpo_xl.ooxml.edit.styles_xml import add_styles, styles_part
from kenpo_xl.ooxml.edit.xml_part import Node, XmlPart, cell_text, contains_text

PLACES, VALUES = "指摘_場所", "指摘_値"
OWN_PLACES, OWN_VALUES = "指摘印_場所", "指摘印_値"
# What stands for a value that cannot be compared.
EMPTY, FAULT = "（空欄）", "（エラー）"
# Fill, ink, line and its colour of each severity; lines and bold type are seen without colour too.
LOOKS = {
    Severity.ERROR: ("FFB3B3", "9C0006", "thin", "9C0006"),
    Severity.WARNING: ("FFD966", "", "dashed", "7F6000"),
}
_MARK = re.compile(rf'"{Severity.ERROR} ([^"!]+)!"')
_PRIORITY = re.compile(rb'\bpriority\s*=\s*["\'](\d+)')


def rule(severity: Severity, mark: str, cell: str, places: str = PLACES, values: str = VALUES) -> str:
    """The formula, without =, that is true in a flagged cell; `mark` stands for the sheet."""
    flagged = f'INDEX({values},MATCH("{severity} {mark}!"&ADDRESS(ROW({cell}),COLUMN({cell}),4),{places},0))'
    value = f'IFERROR(IF(LEN({cell})=0,"{EMPTY}",{cell}),"{FAULT}")'
    return f"AND({flagged}={value},EXACT({flagged},{value}))"


def own_mark(sheet: SheetEntry) -> str:
    """What stands for a sheet in the places of 指摘 where the template has no word for it."""
    return f"s{sheet.index + 1}"


class HighlightTemplate:
    """What a sheet brings along for our colours: the word for it in 指摘, and the cells that it covers."""

    def __init__(self, draft: XmlPart) -> None:
        self.mark = ""
        self._ranges: list[str] = []
        if not contains_text(draft.content, PLACES):
            return
        for format_, text in _formats(draft, PLACES):
            found = _MARK.search(text)
            self.mark = found[1] if found else self.mark
            self._ranges += format_.get("sqref").split()

    def contains(self, place: CellPosition) -> bool:
        return bool(self.mark) and ranges_contain(self._ranges, place)


def _formats(draft: XmlPart, name: str) -> list[tuple[Node, str]]:
    """The conditional formats of a sheet whose formulas speak of a name."""
    root = draft.nodes(4)
    found = []
    for node in root.children_named("conditionalFormatting"):
        text = unescape(draft.text(node).decode())
        if name in text:
            found.append((node, text))
    return found


def put(book: PackageEditor, sheet: SheetEntry, cells: Collection[tuple[CellPosition, Severity]]) -> None:
    """Bring our own conditional format to these cells."""
    draft = book.editable_part(sheet.part)
    draft.apply_edits()
    root = draft.nodes(2)
    last = max((int(number) for number in _PRIORITY.findall(draft.content)), default=0)
    styles = _looks(book)
    p = root.prefix
    pieces = []
    for priority, (place, severity) in enumerate(sorted(cells), start=last + 1):
        cell = a1(*place)
        formula = cell_text(rule(severity, own_mark(sheet), cell, OWN_PLACES, OWN_VALUES))
        pieces.append(
            f'<{p}conditionalFormatting sqref="{cell}"><{p}cfRule type="expression" '
            f'dxfId="{styles[severity]}" priority="{priority}">'
            f"<{p}formula>{formula}</{p}formula></{p}cfRule></{p}conditionalFormatting>"
        )
    insert_child(draft, root, "conditionalFormatting", "".join(pieces))
    draft.apply_edits()


def take_out(draft: XmlPart) -> None:
    """Take out the conditional formats that we brought to a sheet."""
    if not contains_text(draft.content, OWN_PLACES):
        return
    for format_, _ in _formats(draft, OWN_PLACES):
        ours = [rule for rule in format_.children if contains_text(draft.text(rule), OWN_PLACES)]
        for node in [format_] if len(ours) == len(format_.children) else ours:
            draft.remove(node)
    draft.apply_edits()


def _looks(book: PackageEditor) -> dict[Severity, int]:
    """The differential style of each severity, made where it is not there yet."""
    draft = styles_part(book)
    prefix = draft.nodes(1).prefix
    first = add_styles(draft, "dxfs", [dxf(severity, prefix) for severity in LOOKS])
    return dict(zip(LOOKS, first, strict=True))


def dxf(severity: Severity, p: str) -> str:
    """The differential style of a severity."""
    fill, ink, line, line_ink = LOOKS[severity]
    font = f'<{p}font><{p}b/><{p}color rgb="FF{ink}"/></{p}font>' if ink else ""
    sides = "".join(
        f'<{p}{side} style="{line}"><{p}color rgb="FF{line_ink}"/></{p}{side}>'
        for side in ("left", "right", "top", "bottom")
    )
    return (
        f'<{p}dxf>{font}<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="FF{fill}"/>'
        f'<{p}bgColor rgb="FF{fill}"/></{p}patternFill></{p}fill><{p}border>{sides}</{p}border></{p}dxf>'
    )
