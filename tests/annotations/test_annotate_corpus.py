"""Marks in books of every kind: nothing is lost, every part is well-formed, and all comes out again."""

from __future__ import annotations

import warnings
import zipfile
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from kenpo_xl.annotations.annotate import Mark, write_marked_copy, write_unmarked_copy
from kenpo_xl.domain.findings.finding import Severity
from tests.annotations.books_to_mark import Maker, corpus, parts_of
from tests.soak import sparse

BOOKS = list(corpus())
EVERY_BOOK = pytest.mark.parametrize(
    "make", sparse(make for _, make in BOOKS), ids=[name for name, _ in BOOKS]
)
# What openpyxl does not read, whether marked or not.
CLOSED_TO_OPENPYXL = ("shift_jis", "back", "other_case", "unplaced", "strict")


def marks_of(path: Path) -> list[Mark]:
    with zipfile.ZipFile(path) as archive:
        name = next(info.filename for info in archive.infolist() if info.filename.endswith("workbook.xml"))
        root = etree.fromstring(archive.read(name))
    sheet = next(root.iterfind("{*}sheets/{*}sheet")).get("name") or ""
    return [
        Mark(
            sheet,
            "B2",
            "合計が内訳と合いません。",
            Severity.ERROR,
            "CA01",
            "a/b",
            "直してください。",
            "1",
            "2",
        ),
        Mark(sheet, "B2", "表記が違います。<&>", Severity.WARNING, "WO01"),
        Mark(sheet, "D700", "空欄です。", Severity.WARNING, "VA01"),
        Mark(sheet, "A1", "参考です。", Severity.INFO, "VA02"),
        Mark(sheet, "", "シートについて"),
        Mark("", "", "ブックについて"),
    ]


def raw(path: Path) -> dict[str, bytes]:
    """The compressed bytes of every member."""
    with zipfile.ZipFile(path) as archive, path.open("rb") as file:
        found = {}
        for info in archive.infolist():
            file.seek(info.header_offset + 26)
            lengths = file.read(4)
            file.seek(int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little"), 1)
            found[info.filename] = file.read(info.compress_size)
        return found


@EVERY_BOOK
def test_marks_go_in_and_come_out(make: Maker, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    book, marked, again, out = (tmp_path / f"{name}.xlsx" for name in ("book", "marked", "again", "out"))
    make(book)
    marks = marks_of(book)
    write_marked_copy(book, marks, marked)

    before, after = raw(book), raw(marked)
    touched = {name for name in before if before[name] != after.get(name)}
    assert before.keys() <= after.keys()
    assert len(touched) <= 7
    contents = parts_of(marked)
    for name, content in contents.items():
        if name.endswith((".xml", ".rels")) or (name.endswith(".vml") and b"<br>" not in content):
            etree.fromstring(content)

    write_marked_copy(marked, marks, again)
    assert again.read_bytes() == marked.read_bytes()
    write_unmarked_copy(marked, out)
    assert parts_of(out) == parts_of(book)
    restored = raw(out)
    assert {name for name in before if before[name] != restored[name]} <= touched

    if not request.node.callspec.id.startswith(CLOSED_TO_OPENPYXL):
        seen_by_openpyxl(marked, marks)


def seen_by_openpyxl(marked: Path, marks: list[Mark]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(marked)
    sheet = book[marks[0].sheet]
    assert "空欄です。" in sheet["D700"].comment.text
    listed = [name for name in book.sheetnames if name.startswith("指摘")][-1]
    assert book[listed]["C5"].value == marks[0].text
