"""The empty sheet 指摘 of an input book, and rules to highlight findings.

With them, annotating changes only the sheet 指摘 and the comments.
"""

from __future__ import annotations

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from kenpo_xl.annotations.findings_sheet import (
    HIDDEN,
    KEY,
    KIND,
    LAST_ROW,
    NAME,
    PLACE,
    REASON,
    REPAIR,
    REPAIR_WIDTH,
    VALUE,
    VISIBLE,
    WORDS,
)
from kenpo_xl.annotations.highlight import (
    CLOSED_INK,
    FILLS,
    LOOKS,
    PLACES,
    VALUES,
    closed_row_formula,
    highlight_formula,
    severity_row_formula,
)
from kenpo_xl.books.common import names
from kenpo_xl.books.common.list_sheet import FIRST_ROW, add_list_sheet, style_columns
from kenpo_xl.books.common.styles import Styles
from kenpo_xl.domain.cell_reference import column_letters
from kenpo_xl.domain.findings.finding import Severity

# The area that the rules cover; a flagged cell outside gets an own format.
_ROWS, _COLUMNS = 2000, 26
_CHOICE = {
    "validate": "list",
    "source": [REPAIR],
    "error_type": "warning",
    "error_title": REPAIR,
    "error_message": f"「{REPAIR}」を選ぶか、空にしてください。",
}


def add_findings_sheet(book: Workbook, styles: Styles) -> Worksheet:
    """Add the empty sheet 指摘 with headers, hidden columns and defined names."""
    headers = [*VISIBLE, *HIDDEN, REPAIR]
    sheet = add_list_sheet(book, styles, NAME, WORDS, VISIBLE.items())
    sheet.write_row(FIRST_ROW - 1, 0, headers, styles("header"))
    # Hidden columns do not wrap: narrow columns would increase the row height.
    formats = {PLACE: styles("place"), KEY: styles("plain"), VALUE: styles("plain")}
    seen, unseen = styles("finding", "@"), styles("plain", "@")
    style_columns(
        sheet,
        styles,
        (
            (
                REPAIR_WIDTH if header == REPAIR else VISIBLE.get(header, 10),
                formats.get(header, unseen if header in HIDDEN else seen),
                header in HIDDEN,
            )
            for header in headers
        ),
    )
    column = headers.index(REPAIR)
    sheet.data_validation(FIRST_ROW, column, LAST_ROW - 1, column, _CHOICE)
    _colour_rows(book, sheet, headers)
    for name, header in ((PLACES, KEY), (VALUES, VALUE), (names.FINDINGS, PLACE)):
        column_name = column_letters(headers.index(header) + 1)
        area = f"${column_name}${FIRST_ROW + 1}:${column_name}${LAST_ROW}"
        book.define_name(name, f"='{NAME}'!{area}")
    return sheet


def _colour_rows(book: Workbook, sheet: Worksheet, headers: list[str]) -> None:
    """Colour the kind of each finding by its severity; of a closed one only the ink is grey."""
    kind, reason = (headers.index(header) for header in (KIND, REASON))
    cell, why = (f"${column_letters(column + 1)}{FIRST_ROW + 1}" for column in (kind, reason))
    rules = [(closed_row_formula(cell, why), {"font_color": f"#{CLOSED_INK}"})]
    rules += [(severity_row_formula(one, cell), {"bg_color": f"#{fill}"}) for one, fill in FILLS.items()]
    for formula, look in rules:
        options = {"type": "formula", "criteria": f"={formula}", "format": book.add_format(look)}
        sheet.conditional_format(FIRST_ROW, kind, LAST_ROW - 1, kind, {**options, "stop_if_true": True})


def add_highlight_rules(book: Workbook, sheet: Worksheet, number: int) -> None:
    """Highlight cells with findings in 指摘; `number` is that of the sheet."""
    for severity in LOOKS:
        condition = f"={highlight_formula(severity, f'k{number}', 'A1')}"
        options = {
            "type": "formula",
            "criteria": condition,
            "format": book.add_format(_highlight_format(severity)),
        }
        sheet.conditional_format(0, 0, _ROWS - 1, _COLUMNS - 1, options)


def _highlight_format(severity: Severity) -> dict[str, object]:
    fill, ink, line, line_ink = LOOKS[severity]
    font = {"font_color": f"#{ink}", "bold": True} if ink else {}
    border = {"border": {"thin": 1, "dashed": 3}[line], "border_color": f"#{line_ink}"}
    return {"bg_color": f"#{fill}", **font, **border}
