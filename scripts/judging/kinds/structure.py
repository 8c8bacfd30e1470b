"""What a clerk does to rows, sheets, headers and whole cells in Excel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import openpyxl

from kenpo_xl.domain.cell_reference import a1, cell_position
from scripts.judging.book import Book, Number, edit
from scripts.judging.mistakes import Planted, mistake, pick


def _with_openpyxl(change: Callable[[Any], None]) -> Callable[[Path], None]:
    """Something done to the book as openpyxl reads and writes it."""

    def changed(path: Path) -> None:
        book = openpyxl.load_workbook(path, keep_vba=True)
        change(book)
        book.save(path)
        if book.vba_archive:
            book.vba_archive.close()

    return changed


def _in_sheet(number: Number) -> tuple[str, int, int]:
    sheet, _, cell = number.cell.rpartition("!")
    return sheet, *cell_position(cell)


@mistake("number beside a table", "structure")
def beside_table(book: Book, random: Random) -> Planted | None:
    """A number typed into a cell that nobody reads."""
    number = pick(random, [one for one in book.typed if one.column == len(one.table.columns) - 1])
    if number is None:
        return None
    sheet, row, column = _in_sheet(number)
    at, value = a1(row, column + 2), random.randint(100, 9000)

    def change(workbook: Any) -> None:
        workbook[sheet][at] = value

    return Planted(f"{value} in {sheet}!{at}", (), (f"{sheet}!{at}",), change=_with_openpyxl(change))


@mistake("TRUE for a number", "contents")
def true_for_number(book: Book, random: Random) -> Planted | None:
    """TRUE, from a formula that compares."""
    number = pick(random, book.typed)
    return _typed(number, True, f"TRUE in {number.cell}") if number else None


@mistake("error for a number", "contents")
def error_for_number(book: Book, random: Random) -> Planted | None:
    """#REF!, pasted as a value."""
    number = pick(random, book.typed)
    return (
        _typed(number, random.choice(("#REF!", "#N/A", "#VALUE!")), f"error in {number.cell}")
        if number
        else None
    )


def _typed(number: Number, value: object, note: str) -> Planted:
    sheet, row, column = _in_sheet(number)

    def change(workbook: Any) -> None:
        workbook[sheet].cell(row, column).value = value

    return Planted(note, (), (number.cell,), change=_with_openpyxl(change))


@mistake("row of numbers hidden", "structure")
def row_hidden(book: Book, random: Random) -> Planted | None:
    """A row that the reader of the sheet does not see."""
    number = pick(random, book.typed)
    if number is None:
        return None
    sheet, row, _ = _in_sheet(number)
    own = [one.cell for one in book.numbers if _in_sheet(one)[:2] == (sheet, row)]
    header, _ = book.row_header(number)

    def change(workbook: Any) -> None:
        workbook[sheet].row_dimensions[row].hidden = True

    cells = (*own, header, *(f"{sheet}!{a1(row, column)}" for column in range(1, 8)))
    return Planted(f"row {row} of {sheet} hidden", (), cells, change=_with_openpyxl(change))


@mistake("header of a column overtyped", "structure")
def column_header(book: Book, random: Random) -> Planted | None:
    """Another word in the header of a column."""
    number = pick(random, book.typed)
    if number is None:
        return None
    at, text = book.column_header(number)
    return (
        book.type_at(at, random.choice(("備考", "その他", text[:-1] or "列")), f"{at}: {text}")
        if text
        else None
    )


@mistake("header of a row overtyped", "structure")
def row_header(book: Book, random: Random) -> Planted | None:
    """Another word in the header of a row."""
    number = pick(random, [one for one in book.typed if not one.figure.entity])
    if number is None:
        return None
    at, text = book.row_header(number)
    return book.type_at(at, random.choice(("備考", "小計", "その他")), f"{at}: {text}") if text else None


@mistake("columns swapped", "structure", needs_history=True)
def columns_swapped(book: Book, random: Random) -> Planted | None:
    """Two numbers of a row in each other's cells."""
    found = [
        (one, other)
        for one in book.typed
        for other in book.typed
        if one.table is other.table
        and one.row == other.row
        and one.column < other.column
        and one.unit == other.unit
        and min(one.value, other.value) * 2 < max(one.value, other.value)
    ]
    chosen = pick(random, found)
    if chosen is None:
        return None
    one, other = chosen
    edits = (edit(one.cell, other.value), edit(other.cell, one.value))
    return Planted(f"{one.identity} and {other.identity} swapped", edits, (one.cell, other.cell))
