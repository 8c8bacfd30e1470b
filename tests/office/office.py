"""What the tests let LibreOffice do with a workbook."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from xlsxwriter.utility import xl_rowcol_to_cell

from tests.office import bridge
from tests.office.server import Server

Value = float | str
SECONDS = 120
FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".xls": "MS Excel 97",
    ".pdf": "calc_pdf_Export",
}
# com.sun.star.sheet.CellFlags: VALUE, DATETIME, STRING, FORMULA
FILLED = 1 | 2 | 4 | 16


class Office:
    """A private LibreOffice. It works on copies: no lock file and no change reaches the given workbook."""

    def __init__(self) -> None:
        self._server = Server()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.end()

    @property
    def process_id(self) -> int | None:
        """The process to look at; None before the first use."""
        return self._server.process_id

    @property
    def folder(self) -> Path:
        """Where its files are while it runs."""
        return self._server.folder

    def to_pdf(self, workbook: Path, pdf: Path, *, pages: str = "") -> None:
        """Print the workbook, or only some of its pages (`1-3`), to a PDF file."""
        with self._opened(workbook) as document:
            self._store(document, pdf, **({"FilterData": bridge.nested(PageRange=pages)} if pages else {}))

    def recalculated(self, workbook: Path) -> dict[str, dict[str, Value]]:
        """Sheet → cell → value after a hard recalculation.

        Numbers, dates and truth values are float, the rest str; empty cells are left out;
        a cell in error gives what it shows (`#DIV/0!`).
        """
        return self._read(workbook, _values)

    def shown(self, workbook: Path) -> dict[str, dict[str, str]]:
        """Sheet → cell → the text that the cell shows after a hard recalculation, in its number format."""
        return self._read(workbook, _texts)

    @contextmanager
    def edit(self, workbook: Path, stored: Path | None = None) -> Iterator[Any]:
        """The open UNO document; on leaving without error it is stored in place, or as `stored`."""
        with self._opened(workbook) as document:
            yield document
            self._store(document, stored or workbook)

    def _read(self, workbook: Path, of_range: Callable[[Any], dict[str, Any]]) -> dict[str, dict[str, Any]]:
        with self._opened(workbook) as document:
            return _recalculated(document, of_range)

    @contextmanager
    def _opened(self, workbook: Path) -> Iterator[Any]:
        desktop = self._server.desktop
        copy = self._scratch(workbook.suffix)
        shutil.copyfile(workbook, copy)
        with self._server.time_limit(SECONDS):
            document = desktop.loadComponentFromURL(
                bridge.url(copy), "_blank", 0, bridge.properties(Hidden=True)
            )
            if document is None:
                raise RuntimeError(f"LibreOffice could not open {workbook}")
            try:
                yield document
            finally:
                document.close(True)
                copy.unlink()

    def _store(self, document: Any, path: Path, **options: Any) -> None:
        # Into the scratch folder first: LibreOffice then locks nothing in the folders of the tests.
        written = self._scratch(path.suffix)
        document.storeToURL(
            bridge.url(written), bridge.properties(FilterName=FILTERS[path.suffix], **options)
        )
        shutil.move(written, path)

    def _scratch(self, suffix: str) -> Path:
        return self._server.folder / f"{uuid.uuid4().hex}{suffix}"


def recalculated_values(document: Any) -> dict[str, dict[str, Value]]:
    """What `Office.recalculated` returns, of a document that is open."""
    return _recalculated(document, _values)


def _recalculated(document: Any, of_range: Callable[[Any], dict[str, Any]]) -> dict[str, dict[str, Any]]:
    document.calculateAll()
    return {sheet.Name: _filled(sheet, of_range) for sheet in document.Sheets}


def _filled(sheet: Any, of_range: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    """The filled cells of a sheet, in the order of rows and columns."""
    found = {}
    for address in sheet.queryContentCells(FILLED).RangeAddresses:
        corners = (address.StartColumn, address.StartRow, address.EndColumn, address.EndRow)
        found |= of_range(sheet.getCellRangeByPosition(*corners))
    return {xl_rowcol_to_cell(*place): value for place, value in sorted(found.items())}


def _values(area: Any) -> dict[tuple[int, int], Value]:
    first = area.RangeAddress
    return {
        (first.StartRow + row, first.StartColumn + column): _value(area, row, column, value)
        for row, values in enumerate(area.getDataArray())
        for column, value in enumerate(values)
    }


def _value(area: Any, row: int, column: int, value: Value | None) -> Value:
    """A cell in error has no value to give; it gives what it shows."""
    cell = None if isinstance(value, str | float) and value != "" else area.getCellByPosition(column, row)
    return value if cell is None or not cell.getError() else cell.String


def _texts(area: Any) -> dict[tuple[int, int], str]:
    first = area.RangeAddress
    return {
        (row, column): area.getCellByPosition(column - first.StartColumn, row - first.StartRow).String
        for row in range(first.StartRow, first.EndRow + 1)
        for column in range(first.StartColumn, first.EndColumn + 1)
    }
