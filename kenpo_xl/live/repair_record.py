"""What the last 直す changed, kept in the hidden sheet of the book: each cell, what it held, what it got.

The cells are formulas, and so are the formulas that were written: they move with the rows and columns that
staff insert, so that a cell is found again, and a formula compared, where it is now.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from kenpo_xl.books.common.names import STAMP_SHEET
from kenpo_xl.domain.cell_reference import CellPosition, a1
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.domain.lazy_patterns import LazyPattern
from kenpo_xl.live.cell_states import FORMULA, CellState
from kenpo_xl.live.lists import ListRows
from kenpo_xl.ooxml.edit.cell_xml import CellXml
from kenpo_xl.ooxml.references import (
    formula_with_sheet,
    formula_without_sheet,
    parse_area,
    quoted_sheet,
)
from kenpo_xl.ooxml.workbook import Sheet, Workbook

# Right of the stamp and of the sources of carried values.
FIRST_COLUMN = 21
_HEADERS = (
    "place", "moving old", "moving new",
    "label", "old kind", "old", "old format", "new kind", "new", "new format",
)  # fmt: skip
_MOVING = _HEADERS[:3]
# What a formula may consist of so that it can be kept as one: no other sheet or book, no error, no name.
_OWN_FORMULA = LazyPattern(r"(?:\"[^\"]*\"|[A-Z]+\(|\$?[A-Z]{1,3}\$?\d{1,7}|[\d.,:+\-*/^&%<>=() ])*")


@frozen
class RecordedRepair:
    """A cell that 直す changed. `label` is where it was; `place` where it is, None if it was deleted.

    `has_moving_formula` is whether the old formula, if it held one, follows the rows that are inserted.
    """

    sheet: str
    place: CellPosition | None
    label: str
    before: CellState
    after: CellState
    has_moving_formula: bool = True

    @property
    def has_moved(self) -> bool:
        return self.place is None or f"{self.sheet}!{a1(*self.place)}" != self.label


def recorded_repairs(book: Workbook) -> tuple[RecordedRepair, ...]:
    """The changes of the last 直す, none in a book without them."""
    sheet = book.sheets.get(STAMP_SHEET)
    return tuple(_recorded_repair(sheet, row) for row in _recorded_rows(sheet)) if sheet else ()


def rows_without_record(book: Workbook) -> ListRows | None:
    """The rows with a record, to be emptied; None for none."""
    sheet = book.sheets.get(STAMP_SHEET)
    rows = list(_recorded_rows(sheet)) if sheet else []
    return _list_rows({row: {} for row in rows}) if rows else None


def rows_of_record(repairs: Sequence[RecordedRepair]) -> ListRows:
    """The rows that record some changes."""
    return _list_rows(dict(enumerate(map(_row_of_repair, repairs), start=1)))


def _list_rows(rows: dict[int, dict[str, CellXml]]) -> ListRows:
    columns = {header: FIRST_COLUMN + index for index, header in enumerate(_HEADERS)}
    return ListRows(STAMP_SHEET, columns, rows, mixed=_MOVING)


def _row_of_repair(one: RecordedRepair) -> dict[str, CellXml]:
    assert one.place is not None
    row = {
        "place": CellXml(kind="str", formula=f"{quoted_sheet(one.sheet)}!{a1(*one.place)}"),
        "label": CellXml(one.label),
    }
    for name, state in (("old", one.before), ("new", one.after)):
        row[f"{name} kind"] = CellXml(state.kind)
        row[name] = CellXml(state.text)
        row[f"{name} format"] = CellXml(state.number_format)
        if state.kind == FORMULA and _OWN_FORMULA.fullmatch(state.text):
            moving = formula_with_sheet(state.text, one.sheet)
            row[f"moving {name}"] = CellXml(kind="str", formula=moving)
    return row


def _recorded_rows(sheet: Sheet) -> Iterator[int]:
    label = FIRST_COLUMN + _HEADERS.index("label")
    return (row for row in sheet.non_empty_rows() if sheet.text(row, label))


def _recorded_repair(sheet: Sheet, row: int) -> RecordedRepair:
    columns = {header: FIRST_COLUMN + index for index, header in enumerate(_HEADERS)}
    label = sheet.text(row, columns["label"])
    area = parse_area(_formula_of_cell(sheet, row, columns["place"]))
    name = area.sheet if area else label.rpartition("!")[0]

    def state(which: Collection[str]) -> tuple[CellState, bool]:
        moving, text = (columns[f"{one}{which}"] for one in ("moving ", ""))
        formula = formula_without_sheet(_formula_of_cell(sheet, row, moving), name)
        kind, number_format = (sheet.text(row, columns[f"{which}{end}"]) for end in (" kind", " format"))
        return CellState(kind, formula or _stored_text(sheet, row, text), number_format), bool(formula)

    before, is_moving = state("old")
    return RecordedRepair(
        name,
        (area.top, area.left) if area else None,
        label,
        before,
        state("new")[0],
        has_moving_formula=is_moving or before.kind != FORMULA,
    )


def _stored_text(sheet: Sheet, row: int, column: int) -> str:
    """A text with its blanks and unseen letters."""
    value = sheet.value(row, column)
    return value if isinstance(value, str) else ""


def _formula_of_cell(sheet: Sheet, row: int, column: int) -> str:
    cell = sheet.get(row, column)
    return cell.formula if cell else ""
