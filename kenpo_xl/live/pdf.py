"""A PDF of a closed workbook, by the application in which another book is open, else by LibreOffice."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.books.report.list_sheet import LIST_SHEETS
from kenpo_xl.books.report.pdf import convert_to_pdf, save_sealed_pdf
from kenpo_xl.errors import log_failure

if TYPE_CHECKING:
    import xlwings


def write_pdf_beside(app: xlwings.App, workbook: Path, pdf: Path) -> None:
    """Print a closed workbook to a sealed PDF file; KenpoError where neither can.

    Excel prints with its own fonts and needs nothing else on the PC; without a printer it may refuse.
    """
    with tempfile.TemporaryDirectory(prefix="kenpo-xl-", ignore_cleanup_errors=True) as folder:
        copy = Path(shutil.copy(workbook, folder))
        made = copy.with_suffix(".pdf")
        try:
            _export_with_application(app, copy, made)
        except Exception as error:  # whatever the application raises
            log_failure("no PDF by the application", error)
            convert_to_pdf(workbook, pdf)
        else:
            save_sealed_pdf(made, pdf)


def _export_with_application(app: xlwings.App, workbook: Path, pdf: Path) -> None:
    """Let the application open a book and print it, without asking anything."""
    with app.properties(display_alerts=False):
        book = app.books.open(workbook, update_links=False, read_only=True)
        try:
            # Their print areas are empty, for which Excel would print empty pages.
            book.to_pdf(pdf, exclude=list(LIST_SHEETS))
        finally:
            book.close()
