"""Everything that a saved workbook holds, sheet by sheet, to be compared with what it held before.

Values, formulas, formats, sizes, merged cells, conditional formats and notes; not where the cursor is, nor
the height of a row without a fixed one, which LibreOffice fits when a note comes or goes. A program that
saves a book numbers its formats and texts anew: here each number is replaced by what it means.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from lxml import etree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STYLE = re.compile(rb'( s| style)="(\d+)"')
TEXT = re.compile(rb't="s"((?: [^>]*)?)><v>(\d+)</v>')
FITTED = re.compile(rb'(<row [^>]*?) ht="[\d.]+"([^>]* customHeight="false")')
VIEW = re.compile(rb"<sheetViews>.*?</sheetViews>|<dimension [^>]*/>", re.DOTALL)


def held(path: Path) -> dict[str, tuple[bytes, bytes]]:
    """Sheet → its cells with everything about them, and its notes; of a book that LibreOffice saved."""
    with zipfile.ZipFile(path) as book:
        looks, texts = _looks(book.read("xl/styles.xml")), _texts(book.read("xl/sharedStrings.xml"))
        names = [
            sheet.get("name") for sheet in etree.fromstring(book.read("xl/workbook.xml")).iter(f"{MAIN}sheet")
        ]
        return {
            name: (
                _told(book.read(f"xl/worksheets/sheet{number}.xml"), looks, texts),
                _read(book, f"xl/comments{number}.xml"),
            )
            for number, name in enumerate(names, start=1)
        }


def _told(sheet: bytes, looks: list[bytes], texts: list[bytes]) -> bytes:
    sheet = FITTED.sub(rb"\1\2", VIEW.sub(b"", sheet))
    sheet = STYLE.sub(_replaced(rb'%s="%s"', looks), sheet)
    return TEXT.sub(_replaced(rb't="s"%s><v>%s</v>', texts), sheet)


def _replaced(pattern: bytes, meanings: list[bytes]) -> Callable[[re.Match[bytes]], bytes]:
    return lambda match: pattern % (match[1], meanings[int(match[2])])


def _looks(styles: bytes) -> list[bytes]:
    """What each cell format means: its font, fill, borders, number format and the rest."""
    root = etree.fromstring(styles)
    codes = {one.get("numFmtId"): one.get("formatCode") for one in root.iter(f"{MAIN}numFmt")}
    parts = {
        "fontId": _serialized(root, "fonts"),
        "fillId": _serialized(root, "fills"),
        "borderId": _serialized(root, "borders"),
    }
    return [_look(one, parts, codes) for one in root.find(f"{MAIN}cellXfs")]


def _look(one: etree._Element, parts: dict[str, list[bytes]], codes: dict[str, str]) -> bytes:
    number = one.get("numFmtId")
    code = "General" if number == "0" else codes.get(number, number)
    inside = [parts[name][int(one.get(name))] for name in parts]
    return b" ".join([code.encode(), *inside, *map(etree.tostring, one)])


def _serialized(root: etree._Element, name: str) -> list[bytes]:
    return [etree.tostring(one) for one in root.find(f"{MAIN}{name}")]


def _texts(strings: bytes) -> list[bytes]:
    return [etree.tostring(one) for one in etree.fromstring(strings)]


def _read(book: zipfile.ZipFile, name: str) -> bytes:
    return book.read(name) if name in book.namelist() else b""
