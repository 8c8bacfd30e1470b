"""The content of single cells of an open workbook: as its file has it, written back exactly.

Excel reads what is written as if it were typed. A text goes into a cell with a text format, or behind an
apostrophe, which Excel does not show.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kenpo_xl.domain.cell_edit import CellEdit
from kenpo_xl.domain.cell_reference import CellPosition
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.live.cells import TEXT_FORMAT
from kenpo_xl.ooxml.rich_text import RichText
from kenpo_xl.ooxml.workbook import CellError, RawCell, Workbook

if TYPE_CHECKING:
    import xlwings

NOTHING, NUMBER, TEXT, FORMULA, BOOLEAN, ERROR, OTHER = "", "n", "s", "f", "b", "e", "?"
_GENERAL = "General"
# Of a number that was saved and read again.
_EXACT = 1e-12


@frozen
class CellState:
    """The content of a cell (a formula without =) and its number format, '' if the file does not say it."""

    kind: str
    text: str
    number_format: str

    def has_content_of(self, other: CellState) -> bool:
        """Whether two cells contain the same, whatever their formats are."""
        if self.kind != other.kind:
            return False
        if self.kind == NUMBER:
            one, two = float(self.text), float(other.text)
            return abs(one - two) <= abs(one) * _EXACT
        if self.kind == FORMULA:
            return "".join(self.text.split()) == "".join(other.text.split())
        return self.text == other.text


def state_in_file(book: Workbook, sheet: str, place: CellPosition) -> CellState:
    """The content of a cell in a closed workbook."""
    raw = book.sheets[sheet].get(*place)
    if raw is None:
        return CellState(NOTHING, "", "")
    return CellState(*_kind_and_text(raw), book.number_format_code(raw))


def _kind_and_text(raw: RawCell) -> tuple[str, str]:
    match raw:
        case RawCell(_, formula, _) if formula:
            return FORMULA, formula
        case RawCell(None | "", _, _):
            return NOTHING, ""
        case RawCell(bool() as value, _, _):
            return BOOLEAN, str(int(value))
        case RawCell(float() as value, _, _):
            return NUMBER, repr(value)
        case RawCell(RichText() as value, _, _):
            return TEXT, "".join(text for text, _ in value.runs)
        case RawCell(CellError() as value, _, _):
            return ERROR, str(value)
        case RawCell(str() as value, _, _):
            return TEXT, value
    return OTHER, ""


def state_after_edit(book: Workbook, edit: CellEdit, before: CellState) -> CellState:
    """The content of a cell after an edit of the closed workbook `book`; a text format shows no number."""
    code = before.number_format
    if edit.style is not None:
        code = book.number_format_code(RawCell(None, "", edit.style))
    if edit.formula or isinstance(edit.value, Decimal):
        code = _GENERAL if code == TEXT_FORMAT else code
    if edit.formula:
        return CellState(FORMULA, edit.formula, code)
    if isinstance(edit.value, Decimal):
        return CellState(NUMBER, repr(float(edit.value)), code)
    return CellState(TEXT if edit.value else NOTHING, edit.value or "", code)


def write_state(cell: xlwings.Range, state: CellState, current: CellState) -> None:
    """Write content into an open cell that has the content `current`, and a number format if it differs."""
    is_text = state.number_format == TEXT_FORMAT
    # A number or formula that is written into a cell with a text format becomes a text.
    is_text_later = is_text and state.kind not in (TEXT, NOTHING)
    if state.number_format != current.number_format or is_text_later:
        cell.number_format = _GENERAL if is_text_later else state.number_format
    match state.kind:
        case "n":
            cell.value = float(state.text)
        case "b":
            cell.value = state.text == "1"
        case "f":
            cell.formula = f"={state.text}"
        case "s":
            is_plain = is_text and not state.text.startswith("'")
            cell.value = state.text if is_plain else f"'{state.text}"
        case "e":
            cell.value = state.text
        case _:
            cell.clear_contents()
    if is_text_later:
        cell.number_format = TEXT_FORMAT
