"""The board (提出状況.xlsx) that a planner opens in the morning, as a workbook ready for printing."""

from __future__ import annotations

from pathlib import Path

from xlsxwriter import Workbook

from kenpo_xl.books.board import list_sheets as lists
from kenpo_xl.books.board.links import BoardLinks
from kenpo_xl.books.board.overview_sheet import write_overview_sheet
from kenpo_xl.books.board.reminders_sheet import write_reminders_sheet
from kenpo_xl.books.common.styled_workbook import new_sealed_workbook
from kenpo_xl.books.common.styles import Styles
from kenpo_xl.domain.outputs.status_board import Board

__all__ = ["BoardLinks", "write_board_book"]


def write_board_book(board: Board, path: Path, board_links: BoardLinks) -> None:
    """Write the board to `path`, sealed; the same board gives the same bytes."""
    with new_sealed_workbook(path) as book:
        _write_sheets(book, board, board_links)


def _write_sheets(book: Workbook, board: Board, board_links: BoardLinks) -> None:
    look = Styles(book)
    write_overview_sheet(book, look, board, board_links)
    lists.write_findings_sheet(book, look, board, board_links)
    lists.write_changes_sheet(book, look, board, board_links)
    lists.write_accepted_sheet(book, look, board, board_links)
    lists.write_rules_sheet(book, look, board)
    write_reminders_sheet(book, look, board)
