"""Workbooks changed with openpyxl, their macros kept: without them they are no books that were handed out.

openpyxl takes long to parse a workbook and to write one. A content that comes again is not parsed again,
and of its sheets only those are read and written that a test looks at.
"""

from __future__ import annotations

import copyreg
import datetime as dt
import pickle
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles.stylesheet import write_stylesheet
from openpyxl.utils.bound_dictionary import BoundDictionary
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer import excel
from openpyxl.writer.excel import ExcelWriter

# What openpyxl writes of a sheet into the workbook's own part; it stays at hand while the sheet is unread.
OF_THE_WORKBOOK = (
    *("_WorkbookChild__title", "_parent", "sheet_state", "defined_names"),
    *("auto_filter", "_print_rows", "_print_cols", "_print_area"),
)
# What has numbered parts of its own beside the sheet's: a sheet with any is always written anew.
NUMBERED = ("_charts", "_images", "_comments", "_pivots", "_tables")
# openpyxl adds to them and takes nothing out.
STYLE_LISTS = (
    *("_cell_styles", "_fonts", "_fills", "_borders", "_number_formats", "_alignments", "_protections"),
    "_named_styles",
)


@contextmanager
def edited(path: Path, target: Path | None = None) -> Iterator[Any]:
    """The book at `path`, saved there or as `target` when all went well."""
    book = loaded(path, keep_vba=(target or path).suffix == ".xlsm")
    try:
        yield book
        book.properties.modified = dt.datetime.now(tz=dt.UTC).replace(tzinfo=None)
        with zipfile.ZipFile(target or path, "w", zipfile.ZIP_DEFLATED) as archive:
            _Writer(book, archive).write_data()
    finally:
        if book.vba_archive:  # openpyxl leaves it open, and Python reports that in another test
            book.vba_archive.close()


def loaded(path: Path, *, keep_vba: bool = False) -> Any:
    """What openpyxl loads of a workbook."""
    content = path.read_bytes()
    book = _parsed(content, keep_vba=keep_vba).copy()
    if keep_vba:
        book.vba_archive = zipfile.ZipFile(BytesIO(content))
    return book


@dataclass
class _Parsed:
    """A parsed workbook, each sheet apart from it, and what was written of sheets that nobody looked at."""

    book: bytes
    sheets: list[bytes]
    written: dict[int, _Written] = field(default_factory=dict)
    style_counts: list[int] = field(default_factory=list)
    styles: Any = None

    @classmethod
    def of(cls, book: Any) -> _Parsed:
        sheets = [sheet for sheet in book.worksheets if type(sheet) is Worksheet]
        own, rest = [], []
        for sheet in sheets:
            for styled in (sheet._cells, sheet.row_dimensions, sheet.column_dimensions):
                for one in (one for one in styled.values() if one.has_style):
                    book._cell_styles.add(one._style)  # their numbers stand in what is written
            state = dict(vars(sheet))
            own.append({name: state.pop(name) for name in OF_THE_WORKBOOK})
            rest.append(state)
        return cls(_pickled((book, own), sheets), [_pickled(state, [*sheets, book]) for state in rest])

    def copy(self) -> Any:
        """A copy of the book whose sheets are read when something is asked of them."""
        sheets = [_UnreadSheet.__new__(_UnreadSheet) for _ in self.sheets]
        book, own = _unpickled(self.book, sheets)
        for place, (sheet, known) in enumerate(zip(sheets, own, strict=True)):
            vars(sheet).update(known, _unread=_Unread(self, place, [*sheets, book]))
        book.parsed = self
        self.style_counts = self.style_counts or _style_counts(book)
        return book


@dataclass
class _Written:
    """The part of a sheet, its links, and the part with its buttons."""

    part: bytes
    rels: bytes
    legacy_drawing: str | None

    def as_written(self) -> dict[str, Any]:
        """What openpyxl wants to know of a sheet once its part is written."""
        beside = {"_rels": pickle.loads(self.rels), "legacy_drawing": self.legacy_drawing, "_drawing": None}
        return {name: {} if name == "_tables" else () for name in NUMBERED} | beside


@dataclass
class _Unread:
    """Where the rest of a sheet is."""

    parsed: _Parsed
    place: int
    others: list[Any]

    def state(self) -> dict[str, Any]:
        return _unpickled(self.parsed.sheets[self.place], self.others)


class _UnreadSheet(Worksheet):
    """A sheet that becomes an ordinary one when something is asked of it."""

    def __getattr__(self, name: str) -> Any:
        own = vars(self)
        if "_unread" not in own:
            raise AttributeError(name)
        unread = own.pop("_unread")
        self.__class__ = Worksheet
        own.update(unread.state() | own)
        return getattr(self, name)


def _stylesheet(book: Any) -> Any:
    """What openpyxl writes of the styles of a book, made once for a content to which none is added."""
    parsed = getattr(book, "parsed", None)
    if parsed is None or _style_counts(book) != parsed.style_counts:
        return write_stylesheet(book)
    if parsed.styles is None:
        parsed.styles = write_stylesheet(book)
    return parsed.styles


def _style_counts(book: Any) -> list[int]:
    return [len(getattr(book, name)) for name in STYLE_LISTS] + [len(book._differential_styles.styles)]


excel.write_stylesheet = _stylesheet


class _Writer(ExcelWriter):
    """Writes a sheet that nobody looked at as it was written the last time."""

    def _write_worksheets(self) -> None:
        for sheet in self.workbook.worksheets:
            if sheet.auto_filter:
                _ = sheet.views  # a filter stands in both parts
        unchanged = {sheet: written for sheet in self.workbook.worksheets if (written := _written(sheet))}
        states = {sheet: written.as_written() for sheet, written in unchanged.items()}
        for sheet, state in states.items():
            vars(sheet).update(state)
        super()._write_worksheets()
        for sheet, state in states.items():
            for name in state:
                del vars(sheet)[name]

    def write_worksheet(self, ws: Any) -> None:
        unread = vars(ws).get("_unread")
        if written := _written(ws):
            self._archive.writestr(ws.path[1:], written.part)
            self.manifest.append(ws)
            return
        super().write_worksheet(ws)
        if unread and not any(getattr(ws, name) for name in NUMBERED):
            part, rels = self._archive.read(ws.path[1:]), pickle.dumps(ws._rels)
            unread.parsed.written[unread.place] = _Written(part, rels, ws.legacy_drawing)


def _written(sheet: Any) -> _Written | None:
    """What was written of a sheet before, None if somebody looked at it or it never was."""
    unread = vars(sheet).get("_unread")
    return unread.parsed.written.get(unread.place) if unread else None


@lru_cache(maxsize=32)
def _parsed(content: bytes, *, keep_vba: bool) -> _Parsed:
    book = openpyxl.load_workbook(BytesIO(content), keep_vba=keep_vba)
    if keep_vba:
        book.vba_archive.close()
        book.vba_archive = None
    return _Parsed.of(book)


def _pickled(thing: object, apart: list[Any]) -> bytes:
    stream = BytesIO()
    _Pickler(stream, apart).dump(thing)
    return stream.getvalue()


def _unpickled(content: bytes, apart: list[Any]) -> Any:
    return _Unpickler(BytesIO(content), apart).load()


class _Pickler(pickle.Pickler):
    """Names what stands apart, and keeps attributes of dictionaries with a default, which pickling drops."""

    def __init__(self, stream: BytesIO, apart: list[Any]) -> None:
        super().__init__(stream)
        self._places = {id(one): place for place, one in enumerate(apart)}

    def persistent_id(self, obj: Any) -> int | None:
        return self._places.get(id(obj))

    def reducer_override(self, obj: Any) -> Any:
        if not isinstance(obj, BoundDictionary):
            return NotImplemented
        state = (vars(obj), {"default_factory": obj.default_factory})
        return copyreg.__newobj__, (type(obj),), state, None, iter(obj.items())


class _Unpickler(pickle.Unpickler):
    def __init__(self, stream: BytesIO, apart: list[Any]) -> None:
        super().__init__(stream)
        self._apart = apart

    def persistent_load(self, pid: int) -> Any:
        return self._apart[pid]
