"""The board (提出状況.xlsx) that a planner opens in the morning, as a workbook ready for printing."""

from __future__ import annotations

from pathlib import Path

from xlsxwriter import Workbook

from kenpo_xl.books.board import list_sheets as lists
from kenpo_xl.books.board.links import BoardLinks
from kenpo_xl.books.board.overview_sheet import write_front
from kenpo_xl.books.board.reminders_sheet import write_letters
from kenpo_xl.books.common.content_seal import BLANK, PROPERTY, seal
from kenpo_xl.books.common.styles import Styles, new_book
from kenpo_xl.domain.outputs.status_board import Board

__all__ = ["BoardLinks", "write_board_book"]

# What today's Excel writes. With an older number it computes when opening, and asks on closing whether to
# save what nobody changed; who says yes makes the board a changed one, which is never written over.
_CALCULATED_BY = 191029


def write_board_book(board: Board, path: Path, ways: BoardLinks) -> None:
    """Write the board to `path`, sealed; the same board gives the same bytes."""
    blank = path.with_name(f"{path.name}.blank")
    try:
        with new_book(blank) as book:
            book.set_calc_mode("auto", _CALCULATED_BY)
            book.calc_on_load = False
            book.set_custom_property(PROPERTY, BLANK)
            _sheets(book, board, ways)
        seal(blank, path)
    finally:
        blank.unlink(missing_ok=True)


def _sheets(book: Workbook, board: Board, ways: BoardLinks) -> None:
    look = Styles(book)
    write_front(book, look, board, ways)
    lists.write_findings(book, look, board, ways)
    lists.write_changes(book, look, board, ways)
    lists.write_accepted(book, look, board, ways)
    lists.write_rules(book, look, board)
    write_letters(book, look, board)
