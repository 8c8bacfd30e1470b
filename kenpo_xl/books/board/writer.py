"""The board (提出状況.xlsx) that a planner opens in the morning, as a workbook ready for printing."""

from __future__ import annotations

from pathlib import Path

from xlsxwriter import Workbook

from kenpo_xl.books.board import list_sheets as lists
from kenpo_xl.books.board.links import BoardLinks
from kenpo_xl.books.board.overview_sheet import write_overview_sheet
from kenpo_xl.books.board.reminders_sheet import write_reminders_sheet
from kenpo_xl.books.common.content_seal import BLANK, PROPERTY, seal_report
from kenpo_xl.books.common.styles import Styles, new_styled_workbook
from kenpo_xl.domain.outputs.status_board import Board

__all__ = ["BoardLinks", "write_board_book"]

# What today's Excel writes. With an older number it computes when opening, and asks on closing whether to
# save an unchanged board; a board saved that way counts as edited and is never overwritten.
_CALCULATED_BY = 191029


def write_board_book(board: Board, path: Path, board_links: BoardLinks) -> None:
    """Write the board to `path`, sealed; the same board gives the same bytes."""
    blank = path.with_name(f"{path.name}.blank")
    try:
        with new_styled_workbook(blank) as book:
            book.set_calc_mode("auto", _CALCULATED_BY)
            book.calc_on_load = False
            book.set_custom_property(PROPERTY, BLANK)
            _write_sheets(book, board, board_links)
        seal_report(blank, path)
    finally:
        blank.unlink(missing_ok=True)


def _write_sheets(book: Workbook, board: Board, board_links: BoardLinks) -> None:
    look = Styles(book)
    write_overview_sheet(book, look, board, board_links)
    lists.write_findings_sheet(book, look, board, board_links)
    lists.write_changes_sheet(book, look, board, board_links)
    lists.write_accepted_sheet(book, look, board, board_links)
    lists.write_rules_sheet(book, look, board)
    write_reminders_sheet(book, look, board)
