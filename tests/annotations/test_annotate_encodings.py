"""Marks in books of other encodings, in books that lost their styles, and an undo text that is not ours."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kenpo_xl.annotations import undo_log
from kenpo_xl.annotations.annotate import write_marked_copy, write_unmarked_copy
from kenpo_xl.ooxml.edit.package_editor import PackageEditor
from kenpo_xl.ooxml.package import Package
from tests.annotations.books_to_mark import pack, parts_of, written
from tests.annotations.test_annotate import MARKS

SHEET = "xl/worksheets/sheet1.xml"


def in_encoding(path: Path, encoding: str) -> None:
    """Store the first sheet in another encoding; what it cannot hold becomes a character reference."""
    parts = parts_of(path)
    text = re.sub(r'encoding="[^"]+"', f'encoding="{encoding}"', parts[SHEET].decode(), count=1)
    pack(path, {**parts, SHEET: text.encode(encoding, "xmlcharrefreplace")})


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "ブック.xlsx"
    written()(path)
    return path


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "US-ASCII", "UTF-16", "Shift_JIS"])
class TestEncodings:
    def test_marks_come_out_to_the_byte(self, encoding: str, book: Path, tmp_path: Path) -> None:
        in_encoding(book, encoding)
        marked, bare = tmp_path / "印.xlsx", tmp_path / "元.xlsx"
        write_marked_copy(book, MARKS, marked)
        write_unmarked_copy(marked, bare)
        assert parts_of(bare) == parts_of(book)

    def test_marking_again_adds_nothing(self, encoding: str, book: Path, tmp_path: Path) -> None:
        in_encoding(book, encoding)
        once, twice = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
        write_marked_copy(book, MARKS, once)
        write_marked_copy(once, MARKS, twice)
        assert parts_of(twice)[SHEET] == parts_of(once)[SHEET]

    def test_so_they_do_after_somebody_saved_the_book(
        self, encoding: str, book: Path, tmp_path: Path
    ) -> None:
        in_encoding(book, encoding)
        marked, bare = tmp_path / "印.xlsx", tmp_path / "元.xlsx"
        write_marked_copy(book, MARKS, marked)
        parts = parts_of(marked)
        pack(marked, {**parts, "xl/workbook.xml": parts["xl/workbook.xml"] + b"\n"})
        write_unmarked_copy(marked, bare)
        assert parts_of(bare)[SHEET].count(b"cfRule") == parts_of(book)[SHEET].count(b"cfRule")


def test_marks_come_out_of_a_book_that_lost_its_styles(book: Path, tmp_path: Path) -> None:
    marked, bare = tmp_path / "印.xlsx", tmp_path / "元.xlsx"
    write_marked_copy(book, MARKS, marked)
    pack(marked, {name: content for name, content in parts_of(marked).items() if "styles" not in name})
    write_unmarked_copy(marked, bare)
    assert parts_of(bare)[SHEET] == parts_of(book)[SHEET]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a":1}',
        "[[1,2,3]]",
        '[["xl/no.xml","x",[]]]',
        '[["xl/workbook.xml","x",[[["a",1,2]]]]]',
    ],
    ids=["deep", "an object", "numbers", "a part that is gone", "words for places"],
)
@pytest.mark.parametrize(
    "read",
    [undo_log.try_to_undo_edits, lambda book, text: undo_log.is_unchanged_since_log(book.package, text, "")],
)
def test_an_undo_text_that_is_not_ours_is_not_followed(
    text: str, read: Callable[[PackageEditor, str], bool], book: Path
) -> None:
    assert not read(PackageEditor(Package(book)), text)
