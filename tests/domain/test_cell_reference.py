"""References of cells and ranges in A1 notation."""

from __future__ import annotations

import pytest

from kenpo_xl.domain.cell_reference import (
    LAST_COLUMN,
    LAST_ROW,
    a1,
    cell_position,
    column_letters,
    column_number,
    is_cell,
    range_rectangle,
)


@pytest.mark.parametrize(
    ("letters", "number"), [("A", 1), ("Z", 26), ("AA", 27), ("ZZ", 702), ("AAA", 703), ("XFD", LAST_COLUMN)]
)
def test_letters_of_columns(letters: str, number: int) -> None:
    assert (column_letters(number), column_number(letters)) == (letters, number)
    assert a1(7, number) == f"{letters}7"


@pytest.mark.parametrize("reference", ["F7", "$F$7", "F$7", "$F7", "f7", " F7 "])
def test_the_position_of_a_cell(reference: str) -> None:
    assert cell_position(reference) == (7, 6)
    assert range_rectangle(reference) == (7, 6, 7, 6)


@pytest.mark.parametrize(
    "text",
    ["", "F", "7", "F7:G8", "F 7", "FFFF7", "F12345678", "#REF!", "Ｆ7", "F７", "表!F7"],
)
def test_a_text_that_is_no_cell_has_no_position(text: str) -> None:
    assert cell_position(text) == (0, 0)


@pytest.mark.parametrize("reference", ["B3:D4", "$B$3:$D$4", "D4:B3", "B4:D3", "b3:d4"])
def test_the_rectangle_of_a_range(reference: str) -> None:
    assert range_rectangle(reference) == (3, 2, 4, 4)


@pytest.mark.parametrize("text", ["", "B:D", "3:4", "B3:", ":D4", "B3:D4:E5", "B3,D4", "B3:D"])
def test_a_text_that_is_no_range_has_no_rectangle(text: str) -> None:
    assert range_rectangle(text) is None


def test_the_cells_that_a_sheet_has() -> None:
    assert is_cell(1, 1)
    assert is_cell(LAST_ROW, LAST_COLUMN)
    assert not any((is_cell(0, 1), is_cell(1, 0), is_cell(LAST_ROW + 1, 1), is_cell(1, LAST_COLUMN + 1)))
    assert is_cell(*cell_position("XFD1048576"))
    assert not is_cell(*cell_position("XFE1"))
