"""Workbooks changed with openpyxl, their macros kept: without them they are no books that were handed out."""

from __future__ import annotations

import copyreg
import pickle
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.bound_dictionary import BoundDictionary


@contextmanager
def edited(path: Path, target: Path | None = None) -> Iterator[Any]:
    """The book at `path`, saved there or as `target` when all went well."""
    book = loaded(path, keep_vba=path.suffix == ".xlsm")
    try:
        yield book
        book.save(target or path)
    finally:
        if book.vba_archive:  # openpyxl leaves it open, and Python reports that in another test
            book.vba_archive.close()


def loaded(path: Path, *, keep_vba: bool = False) -> Any:
    """What openpyxl loads of a workbook; a content that comes again is not parsed again, which costs most."""
    content = path.read_bytes()
    book = pickle.loads(_pickled(content, keep_vba=keep_vba))
    if keep_vba:
        book.vba_archive = zipfile.ZipFile(BytesIO(content))
    return book


@lru_cache(maxsize=32)
def _pickled(content: bytes, *, keep_vba: bool) -> bytes:
    book = openpyxl.load_workbook(BytesIO(content), keep_vba=keep_vba)
    if keep_vba:
        book.vba_archive.close()
        book.vba_archive = None
    stream = BytesIO()
    _Pickler(stream).dump(book)
    return stream.getvalue()


class _Pickler(pickle.Pickler):
    """Keeps the attributes of dictionaries with a default, which their own way of being pickled drops."""

    def reducer_override(self, obj: Any) -> Any:
        if not isinstance(obj, BoundDictionary):
            return NotImplemented
        state = (vars(obj), {"default_factory": obj.default_factory})
        return copyreg.__newobj__, (type(obj),), state, None, iter(obj.items())
