"""Content outside the sheets of items that reaches neither report nor ledger.

Sheets that the program wrote are recognized by their headers; all other content is of the user.
"""

from __future__ import annotations

from collections.abc import Callable

from kenpo_xl.annotations.acceptances import ACCEPTED, FINDINGS, columns_of_findings_or_record
from kenpo_xl.books.common import names
from kenpo_xl.books.input.line_headers import find_line_headers
from kenpo_xl.books.input.read.read_cells import ReadCells
from kenpo_xl.books.input.read.unread import areas_of_drawn_objects, unread_cells, unread_report_of_sheet
from kenpo_xl.domain.cell_reference import CellPosition
from kenpo_xl.domain.language.normalize import normalized
from kenpo_xl.domain.python_path import PYTHON_PLACE
from kenpo_xl.domain.submission.submission import Unread, UnreadNear
from kenpo_xl.ooxml.cell_areas import positions_and_texts
from kenpo_xl.ooxml.workbook import Sheet, Workbook

# The end of the title of the sheet 操作.
_TITLE = "入力ブック"
CellTest = Callable[[CellPosition, str], bool]


def user_content_of_other_sheet(
    book: Workbook, sheet: Sheet, read_cells: ReadCells, used: str
) -> Unread | None:
    """The user's content of a sheet without an item, None for none.

    `used` are the formulas of the items' sheets: a sheet that they refer to does reach the report.
    """
    is_program_cell = _test_for_program_cells(sheet)
    if is_program_cell is None and f"{sheet.name}!" in used.replace("'!", "!"):
        return None
    cells = unread_cells(sheet, read_cells, is_program_cell or _is_never_program_cell)
    found = [*cells, *areas_of_drawn_objects(book, sheet)]
    has_lines = is_program_cell is None and find_line_headers(sheet, None)
    near = UnreadNear.LINES if has_lines else UnreadNear.NOTHING
    return unread_report_of_sheet(book.path.name, sheet, found, near) if found else None


def _test_for_program_cells(sheet: Sheet) -> CellTest | None:
    """A test for the program's own cells; None for a user's sheet."""
    name = normalized(sheet.name)
    if name in map(normalized, (names.UNPLACED, names.CONVERTED)):
        return _is_always_program_cell
    if name == names.CONTROL:
        return _test_for_control_cells(sheet)
    if name == ACCEPTED or name.startswith(FINDINGS):
        return _test_for_findings_cells(sheet)
    return None


def _is_always_program_cell(_: CellPosition, __: str) -> bool:
    return True


def _is_never_program_cell(_: CellPosition, __: str) -> bool:
    return False


def _test_for_control_cells(sheet: Sheet) -> CellTest | None:
    """A test for two columns from title to settings, except cells blank as built."""
    at = {normalized(text): place for place, text in positions_and_texts(sheet)}
    group, last = at.get(names.GROUP), at.get(normalized(PYTHON_PLACE)) or at.get(names.NO_MACROS)
    if group is None or last is None:
        return None
    top, left = group
    title = next((row for row in range(1, top) if sheet.text(row, left).endswith(_TITLE)), top)
    headers = {word: at.get(normalized(word), (0, 0))[0] for word in names.CONTROL_PARTS}
    blank = {*range(title + 1, top), *(row - 1 for row in headers.values())}
    steps = range(headers[names.STEPS], headers[names.SHEETS])

    def is_program_cell(place: CellPosition, _: str) -> bool:
        row, column = place
        is_within = title <= row <= last[0] + 1 and column - left in (0, 1)
        return is_within and row not in blank and not (column > left and row in steps)

    return is_program_cell


def _test_for_findings_cells(sheet: Sheet) -> CellTest | None:
    """A test for title, note, headers, findings and hidden columns."""
    answers = columns_of_findings_or_record(sheet)
    if answers is None:
        return None
    top, own = answers.header_row, answers.all

    def is_program_cell(place: CellPosition, _: str) -> bool:
        row, column = place
        if row < top:
            return column == own.start and row != top - 1
        if column in answers.hidden or row == top:
            return column in own
        return column in own and all(sheet.text(row, one) for one in answers.required)

    return is_program_cell
