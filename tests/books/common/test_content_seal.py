"""A report knows whether a person saved it since we wrote it; whatever is not ours is a person's."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from kenpo_xl.books.common.content_seal import (
    BLANK,
    PROPERTY,
    has_valid_pdf_seal,
    has_valid_seal,
    pdf_with_seal,
)
from kenpo_xl.books.common.new_workbook import new_workbook_in_memory
from kenpo_xl.books.common.styles import CREATED
from kenpo_xl.ooxml.package import MAX_BYTES
from tests.office import Office


def write_report(path: Path, *, is_sealed: bool) -> Path:
    with new_workbook_in_memory(path, is_sealed=is_sealed) as book:
        if not is_sealed:
            book.set_custom_property(PROPERTY, BLANK)
        book.set_properties({"created": CREATED})
        book.add_worksheet("表紙").write("A1", "事業実施状況")
    return path


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    return write_report(tmp_path / "下書き.xlsx", is_sealed=False)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return write_report(tmp_path / "報告書.xlsx", is_sealed=True)


def test_what_was_sealed_is_unchanged(report: Path) -> None:
    assert has_valid_seal(report)


def test_it_opens_and_shows_its_seal(report: Path) -> None:
    (entry,) = openpyxl.load_workbook(report).custom_doc_props.props
    assert entry.name == PROPERTY
    assert len(entry.value) == 64
    assert entry.value != BLANK


def test_only_the_seal_differs_from_the_blank(blank: Path, report: Path) -> None:
    with zipfile.ZipFile(blank) as before, zipfile.ZipFile(report) as after:
        assert before.namelist() == after.namelist()
        changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert changed == ["docProps/custom.xml"]


def test_a_copy_under_another_name_is_unchanged(report: Path) -> None:
    copy = report.with_name("写し.xlsx")
    copy.write_bytes(report.read_bytes())
    assert has_valid_seal(copy)


def test_the_same_content_gets_the_same_seal(report: Path) -> None:
    again = write_report(report.with_name("再.xlsx"), is_sealed=True)
    assert again.read_bytes() == report.read_bytes()


def test_nothing_else_is_written(report: Path) -> None:
    assert list(report.parent.iterdir()) == [report]


def test_one_cell_changed(report: Path) -> None:
    book = openpyxl.load_workbook(report)
    book["表紙"]["A1"] = "別の題"
    book.save(report)
    assert not has_valid_seal(report)


def test_restyled_only(report: Path) -> None:
    book = openpyxl.load_workbook(report)
    book["表紙"]["A1"].font = Font(bold=True)
    book.save(report)
    assert not has_valid_seal(report)


def test_saved_by_libreoffice(report: Path, office: Office) -> None:
    with office.edit(report):
        pass
    assert not has_valid_seal(report)


def test_a_part_added(report: Path) -> None:
    with zipfile.ZipFile(report, "a") as archive:
        archive.writestr("xl/comments1.xml", "<comments/>")
    assert not has_valid_seal(report)


def test_never_sealed(blank: Path) -> None:
    assert not has_valid_seal(blank)


def test_another_workbook(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "名簿.xlsx")
    assert not has_valid_seal(tmp_path / "名簿.xlsx")


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04broken", b"no workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_no_workbook(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "壊れた.xlsx").write_bytes(content)
    assert not has_valid_seal(tmp_path / "壊れた.xlsx")


def test_a_damaged_part(report: Path) -> None:
    content = bytearray(report.read_bytes())
    content[60] ^= 0xFF
    report.write_bytes(bytes(content))
    assert not has_valid_seal(report)


def test_a_part_that_is_too_large(report: Path) -> None:
    with zipfile.ZipFile(report, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/big.bin", bytes(MAX_BYTES + 1))
    assert not has_valid_seal(report)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert not has_valid_seal(tmp_path / "ない.xlsx")


@pytest.mark.parametrize(
    ("changed", "unchanged"),
    [
        (lambda report: report, True),
        (lambda report: report + b"\n", False),
        (lambda report: report.replace(b"1.7", b"1.6"), False),
        (lambda _: b"%PDF-1.7\n%%EOF\n", False),
        (lambda _: b"", False),
    ],
)
def test_a_pdf_is_ours_while_its_seal_holds(
    tmp_path: Path, changed: Callable[[bytes], bytes], unchanged: bool
) -> None:
    path = tmp_path / "報告書.pdf"
    path.write_bytes(changed(pdf_with_seal(b"%PDF-1.7\n%%EOF\n")))
    assert has_valid_pdf_seal(path) is unchanged
    assert not has_valid_pdf_seal(tmp_path / "ない.pdf")
