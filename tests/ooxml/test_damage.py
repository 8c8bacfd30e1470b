"""A damaged file is one that no spreadsheet program can have saved; what a person saved never is."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from kenpo_xl.ooxml.damage import is_damaged, is_damaged_pdf

OLE2 = bytes.fromhex("D0CF11E0A1B11AE1")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "提出状況.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet("提出状況").write("A1", "業務グループ" * 200)
        made.add_worksheet("指摘")
    return path


def without(name: str) -> Callable[[Path], None]:
    """Leave a member out of the zip."""

    def leave_out(path: Path) -> None:
        with zipfile.ZipFile(path) as old:
            parts = {one: old.read(one) for one in old.namelist() if one != name}
        with zipfile.ZipFile(path, "w") as new:
            for one, content in parts.items():
                new.writestr(one, content)

    return leave_out


def cut(share: float) -> Callable[[Path], None]:
    return lambda path: os.truncate(path, int(path.stat().st_size * share))


def flipped(path: Path) -> None:
    """Change one byte of the packed first sheet."""
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        at = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    content[at + 100] ^= 0xFF
    path.write_bytes(bytes(content))


@pytest.mark.parametrize(
    "damage",
    [
        cut(0),
        cut(0.01),
        cut(0.5),
        cut(0.99),
        flipped,
        lambda path: path.write_bytes(bytes(path.stat().st_size)),
        lambda path: path.write_bytes(b"damaged"),
        lambda path: path.write_bytes(b"x" + path.read_bytes()[1:]),
        without("xl/workbook.xml"),
        without("xl/worksheets/sheet2.xml"),
        without("_rels/.rels"),
        without("xl/_rels/workbook.xml.rels"),
    ],
)
def test_damaged(book: Path, damage: Callable[[Path], None]) -> None:
    damage(book)
    assert is_damaged(book)


def saved(path: Path) -> None:
    openpyxl.load_workbook(path).save(path)


def an_ods(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", "<office:document-content/>")


@pytest.mark.parametrize(
    "change",
    [
        lambda _: None,
        saved,
        an_ods,
        lambda path: path.write_bytes(OLE2 + "EncryptedPackage".encode("utf-16-le")),
        without("docProps/app.xml"),
        without("xl/theme/theme1.xml"),
        lambda path: path.unlink(),
        lambda path: (path.unlink(), path.mkdir()),
    ],
)
def test_not_damaged(book: Path, change: Callable[[Path], object]) -> None:
    change(book)
    assert not is_damaged(book)


@pytest.mark.parametrize(
    ("content", "damaged"),
    [
        (b"", True),
        (b"%PDF-1.7\n1 0 obj", True),
        (b"no PDF %%EOF", True),
        (b"%PDF-1.7\n%%EOF\n", False),
        (b"%PDF-1.7\n%%EOF" + b"\n" * 1_000, False),
        (b"%PDF-1.7\n%%EOF" + b"\n" * 1_020, True),
    ],
)
def test_a_pdf(tmp_path: Path, content: bytes, damaged: bool) -> None:
    (tmp_path / "報告書.pdf").write_bytes(content)
    assert is_damaged_pdf(tmp_path / "報告書.pdf") is damaged
