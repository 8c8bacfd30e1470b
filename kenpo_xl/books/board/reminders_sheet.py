"""The sheet 催促 of the board: letters that are ready to be copied into a mail, one line a row."""

from __future__ import annotations

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from kenpo_xl.books.common.grid import row_height
from kenpo_xl.books.common.list_sheet import set_up_page
from kenpo_xl.books.common.styles import Styles
from kenpo_xl.books.common.text_metrics import printable_text
from kenpo_xl.domain.outputs.reminders import Reminder, reminders
from kenpo_xl.domain.outputs.status_board import Board

NAME = "催促"
NOTHING = "お願いする相手はいません。"
_NOTE = (
    "提出期限を過ぎたグループと、直すところのあるグループへのお願いです。"
    "件名と本文を写して、そのままメールで送れます。"
)
_LABEL, _TEXT = 1, 2
_WIDTH = 138


NextRow = int


def write_reminders_sheet(book: Workbook, look: Styles, board: Board) -> None:
    """Add the letters one below another; a sentence where no reminder is needed."""
    sheet = book.add_worksheet(NAME)
    sheet.hide_gridlines(2)
    for column, width in enumerate((2, 9, _WIDTH)):
        sheet.set_column(column, column, width, look("plain"))
    sheet.write_string(0, 0, NAME, look("title"))
    sheet.write_string(1, 0, _NOTE, look("path"))
    set_up_page(sheet)
    letters = reminders(board)
    row, breaks = 3, []
    for letter in letters:
        row = _write_letter(sheet, look, row, letter) + 1
        breaks.append(row)
    sheet.set_h_pagebreaks(breaks[:-1])
    if not letters:
        sheet.write_string(row, _LABEL, NOTHING, look("plain"))


def _write_letter(sheet: Worksheet, look: Styles, row: int, letter: Reminder) -> NextRow:
    """Write a letter; returns the row below it."""
    for column, text in ((_LABEL, letter.group), (_TEXT, "")):
        sheet.write_string(row, column, text, look("part"))
    sheet.write_string(row + 1, _LABEL, "件名", look("header"))
    sheet.write_string(row + 1, _TEXT, printable_text(letter.subject), look("grid"))
    sheet.merge_range(row + 2, _LABEL, row + 1 + len(letter.lines), _LABEL, "本文", look("header"))
    last = len(letter.lines) - 1
    for number, line in enumerate(map(printable_text, letter.lines)):
        sheet.set_row(row + 2 + number, row_height(line, _WIDTH))
        style = look("letter end" if number == last else "letter")
        sheet.write_string(row + 2 + number, _TEXT, line, style)
    return row + 2 + len(letter.lines)
