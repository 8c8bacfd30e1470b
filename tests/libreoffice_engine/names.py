"""Defined names, of a book or of one sheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xlwings import base_classes

from tests.libreoffice_engine.addresses import quoted
from tests.libreoffice_engine.complete import complete
from tests.libreoffice_engine.uno_bridge import struct


@complete
class Names(base_classes.Names):
    """The names of a book, those of its sheets with `Sheet!` before them; or those of one sheet."""

    def __init__(self, book: Any, sheet: Any = None) -> None:
        self.book = book
        self._sheet = sheet

    @property
    def api(self) -> Any:
        return (self._sheet or self.book).api.NamedRanges

    def __iter__(self) -> Iterator[Name]:
        yield from _names_in(self.book, self.api, self._scope)
        if self._sheet is None:
            for sheet in self.book.sheets:
                yield from sheet.names

    @property
    def _scope(self) -> str:
        """What stands before the names of one sheet."""
        return f"{quoted(self._sheet.name)}!" if self._sheet else ""

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __call__(self, name_or_index: int | str) -> Name:
        if isinstance(name_or_index, int):
            return list(self)[name_or_index - 1]
        if self.api.hasByName(name_or_index):
            return Name(self.book, self.api, self.api.getByName(name_or_index), self._scope)
        wanted = name_or_index.casefold()
        for name in self:
            if wanted in {name.name.casefold(), self._sheet and name.local_name.casefold()}:
                return name
        raise KeyError(name_or_index)

    def snapshot(self) -> list[tuple[str, Name]]:
        return [(name.name, name) for name in self]

    def contains(self, name_or_index: int | str) -> bool:
        try:
            self(name_or_index)
        except (KeyError, IndexError):
            return False
        return True

    def add(self, name: str, refers_to: str) -> Name:
        """The new name; one of the same name is replaced, as in Excel."""
        if self.contains(name):
            self(name).delete()
        start = struct("table.CellAddress")
        self.api.addNewByName(name, "", start, 0)
        made = self(name)
        made.refers_to = refers_to
        return made


@complete
class Name(base_classes.Name):
    """A defined name; `scope` is "" or its sheet as it stands in formulas, with `!`."""

    def __init__(self, book: Any, container: Any, named: Any, scope: str) -> None:
        self.book = book
        self._container = container
        self._named = named
        self._scope = scope

    @property
    def api(self) -> Any:
        return self._named

    @property
    def local_name(self) -> str:
        """The name without its sheet."""
        return self._named.Name.removeprefix("_xlnm.")

    @property
    def name(self) -> str:
        return self._scope + self.local_name

    @name.setter
    def name(self, value: str) -> None:
        self._named.Name = value

    @property
    def refers_to(self) -> str:
        return "=" + self.book.formulas.text(self._named.getTokens(), self._named.ReferencePosition)

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self._named.setTokens(
            self.book.formulas.tokens(value.removeprefix("="), self._named.ReferencePosition)
        )

    @property
    def refers_to_range(self) -> Any:
        cells = self._named.ReferredCells
        if cells is None:
            raise RuntimeError(f"{self.name} means no cells: {self.refers_to}")
        return self.book.sheet_of(cells).range(cells.AbsoluteName.rpartition(".")[2])

    def delete(self) -> None:
        self._container.removeByName(self._named.Name)


def _names_in(book: Any, container: Any, scope: str) -> Iterator[Name]:
    for index in range(container.Count):
        yield Name(book, container, container.getByIndex(index), scope)
