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

from kenpo_xl.books.common.macros.reader import shipped_macros
from kenpo_xl.books.common.new_workbook import new_workbook_in_memory
from kenpo_xl.books.common.styled_workbook import new_styled_workbook
from kenpo_xl.books.common.styles import FONT, INK
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.compound_file import with_black_directory_entries
from kenpo_xl.ooxml.package import Package
from kenpo_xl.ooxml.zip_splice import replace_parts

# XlsxWriter's font of a caption, for which it has no option; sizes are twentieths of a point.
_CAPTION = b'<font face="Calibri" size="220" color="#000000">'
# MS-OVBA 2.3.4.1: the mark of the stream, the version that no Office has, and nothing compiled.
_OF_NO_VERSION = bytes.fromhex("CC61 FFFF 00 0000")
_OUR_CAPTION = f'<font face="{FONT}" size="280" color="{INK}"><b>'.encode()


@contextmanager
def new_macro_workbook(path: Path) -> Iterator[Workbook]:
    """A workbook in the font of the program with its macros; its bytes depend on its content alone."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.xlsm"
        with new_styled_workbook(plain) as book:
            yield book
            book.add_vba_project(BytesIO(vba_project_bytes(len(book.worksheets()))), is_stream=True)
        replace_parts(plain, path, _parts_with_caption_font(plain))


@contextmanager
def new_book_of_plan(path: Path, *, has_buttons: bool) -> Iterator[Workbook]:
    """A workbook with the macros of the buttons, or an ordinary one for an office that blocks macros."""
    with new_macro_workbook(path) if has_buttons else new_styled_workbook(path) as book:
        yield book


@cache
def vba_project_bytes(sheets: int) -> bytes:
    """The vbaProject.bin of a book with this number of sheets: our modules, and those of book and sheets.

    Raises KenpoError if the modules of the program are missing: the buttons would do nothing.
    """
    from pyopenvba import ExcelFile

    shipped = list(shipped_macros())
    if not shipped:
        raise KenpoError("ボタンのマクロが見つかりません。kenpo-xl を入れ直してください。")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.xlsm"
        _write_empty_workbook(path, sheets)
        with ExcelFile(path) as book:
            project = book.add_vba_project()
            for macro in shipped:
                project.add_module(macro.name, "\r\n".join([*macro.code.splitlines(), ""]))
            for module in project.modules:
                module.dirty = True  # written again, without what Excel compiled of the empty project
            book.save()
        with ExcelFile(path) as book:
            return _project_as_specified(book.vba_project_bytes())


def _project_as_specified(project: bytes) -> bytes:
    """A project in the form that MS-OVBA asks of writers: of no version of Office, nothing compiled.

    Excel takes other forms as well; these two do not depend on that.
    """
    from pyopenvba.cfb import CFB

    compound = CFB.from_bytes(project)
    compound.write_stream_in_storage("VBA", "_VBA_PROJECT", _OF_NO_VERSION)
    return with_black_directory_entries(compound.to_bytes())


def _write_empty_workbook(path: Path, sheets: int) -> None:
    """A book whose sheets have the code names that XlsxWriter gives by itself."""
    with new_workbook_in_memory(path) as book:
        for _ in range(sheets):
            book.add_worksheet()


def _parts_with_caption_font(path: Path) -> dict[str, bytes]:
    """The content of each part with buttons, with captions in the font of the program."""
    with Package(path) as package:
        parts = {part: package.read(part) for part in package if part.endswith(".vml")}
    return {
        part: content.replace(_CAPTION, _OUR_CAPTION).replace(b"</font>", b"</b></font>")
        for part, content in parts.items()
        if _CAPTION in content
    }
