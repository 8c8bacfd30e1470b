"""A spreadsheet document as xlwings' Book, and its sheets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xlwings import base_classes

from tests.libreoffice_engine.cells import Range
from tests.libreoffice_engine.complete import complete
from tests.libreoffice_engine.formulas import Formulas
from tests.libreoffice_engine.names import Names
from tests.libreoffice_engine.numbers import NumberFormats
from tests.libreoffice_engine.sheet import Sheet
from tests.libreoffice_engine.uno_bridge import properties, system_path, url

FILTERS = {
    ".xlsx": "Calc MS Excel 2007 XML",
    ".xlsm": "Calc MS Excel 2007 VBA XML",
    ".ods": "calc8",
}


@complete
class Book(base_classes.Book):
    """An open document."""

    app = None  # the base class has a property without a setter

    def __init__(self, app: Any, document: Any) -> None:
        self.app = app
        self.document = document
        self.formulas = Formulas(document)
        self.formats = NumberFormats(app, document)

    @property
    def api(self) -> Any:
        return self.document

    @property
    def name(self) -> str:
        return Path(self.fullname).name

    @property
    def fullname(self) -> str:
        return system_path(self.document.URL) or self.document.Title.partition(" - ")[0]

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def names(self) -> Names:
        return Names(self)

    @property
    def selection(self) -> Range | None:
        selected = self.document.CurrentSelection
        return Range(self, selected) if hasattr(selected, "RangeAddress") else None

    def sheet_of(self, cells: Any) -> Sheet:
        """The sheet that LibreOffice's cells are of."""
        return Sheet(self, cells.Spreadsheet)

    def activate(self) -> None:
        self.document.CurrentController.Frame.activate()

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save; with a path the open book is that file from now on, as after Excel's SaveAs."""
        if password is not None:
            raise NotImplementedError("Book.save(password=…)")
        if path is None and self.document.URL:
            self.document.store()
            return
        target = Path(path or self.name).absolute()
        filter_name = FILTERS[target.suffix.lower()]
        self.document.storeAsURL(url(target), properties(FilterName=filter_name))

    def to_pdf(self, path: str, quality: str) -> None:
        """Print the whole book, as Excel does without its sheets named `#…`; quality changes nothing."""
        del quality
        self.document.storeToURL(url(Path(path)), properties(FilterName="calc_pdf_Export"))

    def close(self) -> None:
        """Close without asking; what is not saved is lost."""
        self.document.close(True)


@complete
class Sheets(base_classes.Sheets):
    """The sheets of a book, in order."""

    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def api(self) -> Any:
        return self.book.document.Sheets

    def __len__(self) -> int:
        return self.api.Count

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self.book, self.api.getByIndex(index)) for index in range(len(self)))

    def __contains__(self, name: str) -> bool:
        return name.casefold() in map(str.casefold, self.api.ElementNames)

    def __call__(self, name_or_index: int | str) -> Sheet:
        if isinstance(name_or_index, int):
            if not 1 <= name_or_index <= len(self):
                raise IndexError(name_or_index)
            return Sheet(self.book, self.api.getByIndex(name_or_index - 1))
        sheets = self.api
        if sheets.hasByName(name_or_index):
            return Sheet(self.book, sheets.getByName(name_or_index))
        for name in sheets.ElementNames:
            if name.casefold() == name_or_index.casefold():
                return Sheet(self.book, sheets.getByName(name))
        raise KeyError(name_or_index)

    @property
    def active(self) -> Sheet:
        return Sheet(self.book, self.book.document.CurrentController.ActiveSheet)

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        """A new sheet, active as in Excel."""
        place = before.index - 1 if before else after.index if after else self.active.index - 1
        name = name or self._free_name()
        self.api.insertNewByName(name, place)
        made = self(name)
        made.activate()
        return made

    def _free_name(self) -> str:
        return next(name for number in range(1, 10**6) if (name := f"Sheet{number}") not in self)
