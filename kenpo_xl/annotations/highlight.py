"""The highlight of a flagged cell: a conditional format that looks up its address and value in 指摘.

The formula compares with the flagged value, so the highlight disappears as soon as the cell is edited. It
refers to 指摘 through two workbook names, as a classic conditional format must. Formats of the template use
the names `PLACES` and `VALUES`; formats that are added to other books use own names, and are found by them.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from html import unescape

from kenpo_xl.domain.cell_reference import CellPosition, a1, column_letters
from kenpo_xl.domain.findings.closure import Closure
from kenpo_xl.domain.findings.finding import Severity
from kenpo_xl.ooxml.edit.package_editor import PackageEditor, SheetEntry
from kenpo_xl.ooxml.edit.sheet_xml import insert_child, ranges_contain
from kenpo_xl.ooxml.edit.styles_xml import add_style_elements, styles_part_or_new
from kenpo_xl.ooxml.edit.xml_part import Node, XmlPart, cell_text, contains_text

PLACES, VALUES = "指摘_場所", "指摘_値"
OWN_PLACES, OWN_VALUES = "指摘印_場所", "指摘印_値"
# Replace values that cannot be compared.
EMPTY, FAULT = "（空欄）", "（エラー）"
# Fill, ink, line and its colour of each severity; lines and bold type are seen without colour too.
LOOKS = {
    Severity.ERROR: ("FFB3B3", "9C0006", "thin", "9C0006"),
    Severity.WARNING: ("FFD966", "", "dashed", "7F6000"),
}
# The fill of each severity in the first columns of 指摘.
FILLS = {Severity.ERROR: "FFB3B3", Severity.WARNING: "FFD966", Severity.INFO: "DDEBF7"}
CLOSED_INK = "7F7F7F"
"""The ink of a finding in 指摘 that is closed."""
_MARK = re.compile(rf'"{Severity.ERROR} ([^"!]+)!"')
_PRIORITY = re.compile(rb'\bpriority\s*=\s*["\'](\d+)')


def highlight_formula(
    severity: Severity, sheet_mark: str, cell: str, places: str = PLACES, values: str = VALUES
) -> str:
    """The formula, without =, that is true in a flagged cell; `sheet_mark` identifies the sheet in 指摘."""
    address = f"ADDRESS(ROW({cell}),COLUMN({cell}),4)"
    flagged = f'INDEX({values},MATCH("{severity} {sheet_mark}!"&{address},{places},0))'
    value = f'IFERROR(IF(LEN({cell})=0,"{EMPTY}",{cell}),"{FAULT}")'
    return f"AND({flagged}={value},EXACT({flagged},{value}))"


def closed_row_formula(kind: str, reason: str) -> str:
    """The formula, without =, that is true in 指摘 for a closed finding, by the cells of kind and reason."""
    is_accepted = f'AND({reason}<>"",LEFT({kind},{len(Severity.ERROR)})<>"{Severity.ERROR}")'
    return f'OR(LEFT({kind},{len(Closure.ADJUSTED)})="{Closure.ADJUSTED}",{is_accepted})'


def severity_row_formula(severity: Severity, kind: str) -> str:
    """The formula, without =, that is true in 指摘 for a finding of a severity, by the cell of its kind."""
    return f'LEFT({kind},{len(severity)})="{severity}"'


def own_sheet_mark(sheet: SheetEntry) -> str:
    """The text that identifies a sheet in 指摘 if the template does not cover it."""
    return f"s{sheet.index + 1}"


class HighlightTemplate:
    """The conditional formats of a sheet of the template: its mark in 指摘, and the covered cells."""

    def __init__(self, draft: XmlPart) -> None:
        self.mark = ""
        self._ranges: list[str] = []
        if not contains_text(draft.content, PLACES):
            return
        for format_, text in _conditional_formats_naming(draft, PLACES):
            found = _MARK.search(text)
            self.mark = found[1] if found else self.mark
            self._ranges += format_.get("sqref").split()

    def contains(self, position: CellPosition) -> bool:
        return bool(self.mark) and ranges_contain(self._ranges, position)


def _conditional_formats_naming(draft: XmlPart, name: str) -> list[tuple[Node, str]]:
    """The conditional formats of a sheet whose formulas contain a name, with their texts."""
    root = draft.root_node(4)
    found = []
    for node in root.children_named("conditionalFormatting"):
        text = unescape(draft.inner_bytes(node).decode())
        if name in text:
            found.append((node, text))
    return found


def add_highlights(
    book: PackageEditor, sheet: SheetEntry, cells: Collection[tuple[CellPosition, Severity]]
) -> None:
    """Add a conditional format with own names to each of these cells."""
    draft = book.editable_part(sheet.part)
    draft.apply_edits()
    root = draft.root_node(2)
    last = max((int(number) for number in _PRIORITY.findall(draft.content)), default=0)
    styles = _style_id_by_severity(book)
    p = root.prefix
    pieces = []
    for priority, (place, severity) in enumerate(sorted(cells), start=last + 1):
        cell = a1(*place)
        formula = cell_text(highlight_formula(severity, own_sheet_mark(sheet), cell, OWN_PLACES, OWN_VALUES))
        pieces.append(
            f'<{p}conditionalFormatting sqref="{cell}"><{p}cfRule type="expression" '
            f'dxfId="{styles[severity]}" priority="{priority}">'
            f"<{p}formula>{formula}</{p}formula></{p}cfRule></{p}conditionalFormatting>"
        )
    insert_child(draft, root, "conditionalFormatting", "".join(pieces))
    draft.apply_edits()


def remove_own_highlights(draft: XmlPart) -> None:
    """Remove the conditional formats with own names from a sheet."""
    if not contains_text(draft.content, OWN_PLACES):
        return
    for format_, _ in _conditional_formats_naming(draft, OWN_PLACES):
        ours = [rule for rule in format_.children if contains_text(draft.inner_bytes(rule), OWN_PLACES)]
        for node in [format_] if len(ours) == len(format_.children) else ours:
            draft.remove(node)
    draft.apply_edits()


def _style_id_by_severity(book: PackageEditor) -> dict[Severity, int]:
    """The index of the differential style of each severity, added where missing."""
    draft = styles_part_or_new(book)
    prefix = draft.root_node(1).prefix
    first = add_style_elements(
        draft, "dxfs", [differential_style_xml(severity, prefix) for severity in LOOKS]
    )
    return dict(zip(LOOKS, first, strict=True))


def row_formats_xml(book: PackageEditor, kind: int, reason: int, first: int, last: int) -> str:
    """The conditional formats of the rows of an added sheet 指摘, without prefix; their styles are added.

    `kind` and `reason` are the columns of the kind, which is formatted, and of the reason.
    """
    draft = styles_part_or_new(book)
    p = draft.root_node(1).prefix
    looks = [f'<{p}dxf><{p}font><{p}color rgb="FF{CLOSED_INK}"/></{p}font></{p}dxf>']
    looks += [
        f'<{p}dxf><{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="FF{fill}"/>'
        f'<{p}bgColor rgb="FF{fill}"/></{p}patternFill></{p}fill></{p}dxf>'
        for fill in FILLS.values()
    ]
    cell, why = (f"${column_letters(column)}{first}" for column in (kind, reason))
    formulas = [closed_row_formula(cell, why), *(severity_row_formula(one, cell) for one in FILLS)]
    rules = "".join(
        f'<cfRule type="expression" dxfId="{style}" priority="{number}" stopIfTrue="1">'
        f"<formula>{cell_text(formula)}</formula></cfRule>"
        for number, (style, formula) in enumerate(
            zip(add_style_elements(draft, "dxfs", looks), formulas, strict=True), start=1
        )
    )
    letters = column_letters(kind)
    area = f"{letters}{first}:{letters}{last}"
    return f'<conditionalFormatting sqref="{area}">{rules}</conditionalFormatting>'


def differential_style_xml(severity: Severity, prefix: str) -> str:
    """The differential style of a severity, with the namespace prefix of the part."""
    fill, ink, line, line_ink = LOOKS[severity]
    p = prefix
    font = f'<{p}font><{p}b/><{p}color rgb="FF{ink}"/></{p}font>' if ink else ""
    sides = "".join(
        f'<{p}{side} style="{line}"><{p}color rgb="FF{line_ink}"/></{p}{side}>'
        for side in ("left", "right", "top", "bottom")
    )
    return (
        f'<{p}dxf>{font}<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="FF{fill}"/>'
        f'<{p}bgColor rgb="FF{fill}"/></{p}patternFill></{p}fill><{p}border>{sides}</{p}border></{p}dxf>'
    )
