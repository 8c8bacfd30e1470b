"""Books with buttons (.xlsm): our macros as a VBA project, made without Excel.

The project is pyOpenVBA's: modules added to an empty project as Excel saves one. It keeps no compiled code,
so that any Excel compiles the text for itself, and the same modules give the same bytes.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook

from kenpo_xl.books.common.macros.reader import our_macros
from kenpo_xl.books.common.new_workbook import whole_workbook
from kenpo_xl.books.common.styles import FONT, INK, new_book
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.zip_splice import replace_parts

# XlsxWriter's font of a caption, for which it has no option; sizes are twentieths of a point.
_CAPTION = b'<font face="Calibri" size="220" color="#000000">'
_OUR_CAPTION = f'<font face="{FONT}" size="280" color="{INK}"><b>'.encode()


@contextmanager
def macro_book(path: Path) -> Iterator[Workbook]:
    """A workbook in the house's look that carries our macros; its bytes depend on its content alone."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.xlsm"
        with new_book(plain) as book:
            yield book
            book.add_vba_project(BytesIO(vba_project(len(book.worksheets()))), is_stream=True)
        replace_parts(plain, path, _captions(plain))


@cache
def vba_project(sheets: int) -> bytes:
    """The vbaProject.bin of a book with so many sheets: our modules, and those of the book and its sheets.

    KenpoError where the program's own modules are gone: the buttons of a book without them are dead.
    """
    from pyopenvba import ExcelFile

    ours = list(our_macros())
    if not ours:
        raise KenpoError("ボタンのマクロが見つかりません。kenpo-xl を入れ直してください。")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.xlsm"
        _write_empty(path, sheets)
        with ExcelFile(path) as book:
            project = book.add_vba_project()
            for macro in ours:
                project.add_module(macro.name, "\r\n".join([*macro.code.splitlines(), ""]))
            book.save()
        with ExcelFile(path) as book:
            return bytes(book.vba_project_bytes())


def _write_empty(path: Path, sheets: int) -> None:
    """A book whose sheets have the code names that XlsxWriter gives by itself."""
    with whole_workbook(path) as book:
        for _ in range(sheets):
            book.add_worksheet()


def _captions(path: Path) -> dict[str, bytes]:
    """The parts with buttons, their captions in the house's font."""
    with Package(path) as package:
        parts = {part: package.read(part) for part in package if part.endswith(".vml")}
    return {
        part: content.replace(_CAPTION, _OUR_CAPTION).replace(b"</font>", b"</b></font>")
        for part, content in parts.items()
        if _CAPTION in content
    }
