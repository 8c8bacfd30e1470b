"""Data validations of table cells: ask about text in number cells and input in computed ones.

No rule that LibreOffice understands too distinguishes a formula from other input, so a computed cell asks
and takes what a person confirms; 点検 judges it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from kenpo_xl.books.common.styles import ASK_COMPUTED, REFUSE_PLAN, Styles
from kenpo_xl.books.input.result_formulas import contains_text_formula
from kenpo_xl.domain.numbers.exact import SIGNS
from kenpo_xl.domain.plan.line_kind import LineKind
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.domain.plan.ratings import Scale
from kenpo_xl.domain.plan.table import CellDefinition, CellKind

SheetCell = tuple[int, int]
"""Row and column of a cell, from 0."""
Rectangle = tuple[int, int, int, int]
"""Top, left, bottom and right of a range of cells, from 0, inclusive."""
_ASK = {
    "validate": "custom",
    "error_type": "information",
    "error_title": "数ではありません",
    "error_message": "「43089件」のような文字は、数ではありません。43089 と、数だけを入れてください"
    "（単位は自動で付きます）。文字のまま残すと、赤い字になり、合計や率に入りません。",
}
_NO_KIND = {"validate": "list", "error_type": "warning", "error_title": "種類"}
AS_OF_HINT = {
    "validate": "any",
    "input_title": "基準日",
    "input_message": "評価した時点が期の基準日と違うときだけ入れてください（例 11月末）。",
}

MONTH_HINT = {
    "validate": "integer",
    "criteria": "between",
    "minimum": 1,
    "maximum": 12,
    "error_title": "基準月",
    "error_message": "月を 1 から 12 までの数字で入れてください（例 10）。",
    "input_title": "基準月",
    "input_message": "何月までの数値かを、数字で入れてください（例 10）。空欄なら期の基準月です。",
}


def line_kind_validation(plan: Plan) -> dict[str, object]:
    """A validation that offers the kinds of lines and the text fields of the plan."""
    kinds = [*LineKind, *(field.name for field in plan.text_fields)]
    return {**_NO_KIND, "source": kinds, "error_message": f"{'、'.join(kinds)} のどれかを選んでください。"}


def rating_validation(name: str, scale: Scale) -> dict[str, object]:
    """Offer the glyphs of a scale, with their meanings."""
    return {
        "validate": "list",
        "source": [step.glyph for step in scale.steps],
        "error_type": "warning",
        "input_title": name,
        "input_message": scale.legend_text[:250],
        "error_title": name,
        "error_message": "一覧から選んでください。",
    }


def add_number_validations(sheet: Worksheet, styles: Styles, cells: dict[SheetCell, CellDefinition]) -> None:
    """Add validations to table cells by (row, column), one rule per rectangle."""
    _add_choices(sheet, cells)
    numbers = {place: cell for place, cell in cells.items() if _takes_number(cell)}
    for area in _areas_of_kind(numbers, CellKind.TYPED):
        first = xl_rowcol_to_cell(*area[:2])
        # A number, a sign, or nothing: FIND gives the position of the sign.
        rule = f'=OR(ISNUMBER({first}),ISNUMBER(FIND({first},"{"".join(SIGNS)}")))'
        sheet.data_validation(*area, _ASK | {"value": rule})
    for kind, answer in ((CellKind.COMPUTED, ASK_COMPUTED), (CellKind.NOT_APPLICABLE, REFUSE_PLAN)):
        for area in _areas_of_kind(cells, kind):
            sheet.data_validation(*area, answer)
    for area in covering_rectangles(numbers):
        highlight_text_in_number_cells(sheet, styles, *area)


def _add_choices(sheet: Worksheet, cells: dict[SheetCell, CellDefinition]) -> None:
    """Offer the words of text cells; others can be typed."""
    for choices in dict.fromkeys(cell.choices for cell in cells.values() if cell.choices):
        for area in covering_rectangles(place for place, cell in cells.items() if cell.choices == choices):
            sheet.data_validation(*area, {"validate": "list", "source": list(choices), "show_error": False})


def _areas_of_kind(cells: dict[SheetCell, CellDefinition], kind: CellKind) -> list[Rectangle]:
    return covering_rectangles(place for place, cell in cells.items() if cell.kind is kind)


def highlight_text_in_number_cells(
    sheet: Worksheet, styles: Styles, top: int, left: int, bottom: int, right: int
) -> None:
    """Highlight cells without a number in an area of number cells."""
    rule = f"={contains_text_formula(str(xl_rowcol_to_cell(top, left)))}"
    style = {"type": "formula", "criteria": rule, "format": styles("unread")}
    sheet.conditional_format(top, left, bottom, right, style)


def _takes_number(cell: CellDefinition) -> bool:
    return cell.kind in (CellKind.TYPED, CellKind.COMPUTED) and not cell.format.is_text


def covering_rectangles(places: Iterable[SheetCell]) -> list[Rectangle]:
    """Rectangles (top, left, bottom, right) that cover each cell (row, column) once."""
    rows: dict[int, list[int]] = {}
    for row, column in sorted(places):
        rows.setdefault(column, []).append(row)
    lefts: dict[tuple[int, int, int], int] = {}
    for column in sorted(rows):
        for top, bottom in first_and_last_of_runs(rows[column]):
            lefts[top, bottom, column] = lefts.pop((top, bottom, column - 1), column)
    return sorted((top, left, bottom, right) for (top, bottom, right), left in lefts.items())


def first_and_last_of_runs(rows: list[int]) -> Iterator[tuple[int, int]]:
    """First and last of the rows that follow one another."""
    for _, group in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        run = [row for _, row in group]
        yield run[0], run[-1]
