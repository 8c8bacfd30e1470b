"""A readable copy of a damaged workbook: what is left of it, and what is reported as lost."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from xlsxwriter import Workbook as NewWorkbook

from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml.salvage.readable_copy import LOST_TEXT, Salvage, write_readable_copy
from kenpo_xl.ooxml.workbook import Workbook

FIRST, SECOND = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
STRINGS, MAIN = "xl/sharedStrings.xml", "xl/workbook.xml"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Two sheets: texts in column A, numbers in column B."""
    path = tmp_path / "業務.xlsx"
    with NewWorkbook(path) as made:
        for name in ("一", "二"):
            sheet = made.add_worksheet(name)
            for row in range(20):
                sheet.write(row, 0, f"{name}の{row}行")
                sheet.write(row, 1, row * 1_000 + 7)
    return path


def changed(book: Path, drop: str = "", cut: Mapping[str, float] | None = None, **put: bytes) -> Path:
    """The book without a member, with others cut to a part of their length."""
    target = book.with_name("壊れた.xlsx")
    with zipfile.ZipFile(book) as before, zipfile.ZipFile(target, "w") as after:
        for name in (one for one in before.namelist() if one != drop):
            content = before.read(name)
            after.writestr(name, content[: int(len(content) * (cut or {}).get(name, 1))])
        for name, content in put.items():
            after.writestr(name, content)
    return target


def salvaged(path: Path) -> tuple[Workbook, Salvage]:
    copy = path.with_name("読めた.xlsx")
    salvage = write_readable_copy(path, copy)
    return Workbook(copy), salvage


def numbers(book: Workbook, sheet: str) -> list[object]:
    values = (book.sheets[sheet].value(row, 2) for row in range(1, 21))
    return [value for value in values if value is not None]


ALL = [float(row * 1_000 + 7) for row in range(20)]


def test_nothing_is_lost_of_a_whole_book(book: Path) -> None:
    read, salvage = salvaged(book)
    assert salvage == Salvage((), frozenset())
    assert numbers(read, "一") == numbers(read, "二") == ALL
    assert read.sheets["二"].text(3, 1) == "二の2行"


@pytest.mark.parametrize(
    "lost", ["[Content_Types].xml", "_rels/.rels", "xl/styles.xml", "xl/theme/theme1.xml"]
)
def test_parts_that_only_describe_others_are_not_needed(book: Path, lost: str) -> None:
    read, salvage = salvaged(changed(book, drop=lost))
    assert salvage.losses == ()
    assert numbers(read, "二") == ALL


@pytest.mark.parametrize("lost", [MAIN, "xl/_rels/workbook.xml.rels"])
def test_without_the_workbook_part_sheets_have_the_names_of_their_parts(book: Path, lost: str) -> None:
    read, salvage = salvaged(changed(book, drop=lost))
    assert salvage.losses == ("シートの名前と、表の場所の記録が失われています。",)
    assert (numbers(read, "sheet1"), read.sheets["sheet2"].text(1, 1)) == (ALL, "二の0行")


@pytest.mark.parametrize("part", [0.9, 0.6, 0.35])
def test_a_cut_sheet_keeps_the_rows_before_the_cut_and_no_half_number(book: Path, part: float) -> None:
    read, salvage = salvaged(changed(book, cut={FIRST: part}))
    found = numbers(read, "一")
    assert ALL[: len(found)] == found
    assert 0 < len(found) < len(ALL) or part == 0.9
    (sentence,) = salvage.losses
    assert sentence.startswith("シート「一」は壊れていて、")
    assert sentence.endswith(" 行目の途中から後が読めません。")
    assert numbers(read, "二") == ALL


def test_no_number_is_cut_wherever_the_sheet_ends(book: Path) -> None:
    for percent in range(20, 90, 3):
        found = numbers(salvaged(changed(book, cut={FIRST: percent / 100}))[0], "一")
        assert found == ALL[: len(found)], percent


def test_a_lost_sheet_is_empty_and_reported(book: Path) -> None:
    read, salvage = salvaged(changed(book, drop=SECOND))
    assert salvage.losses == ("シート「二」は失われています。",)
    assert (numbers(read, "一"), numbers(read, "二")) == (ALL, [])


def test_texts_that_are_lost_have_a_mark_and_are_counted(book: Path) -> None:
    read, salvage = salvaged(changed(book, drop=STRINGS))
    assert salvage.losses == ("文字の入ったセル 40 か所の文字が失われています。",)
    assert read.sheets["一"].text(1, 1) == LOST_TEXT
    assert numbers(read, "一") == ALL


@pytest.mark.parametrize("index", ["4294967295", "9" * 5000, "-1", "x", "1.5"])
def test_an_index_that_no_book_has_is_a_lost_text(book: Path, index: str) -> None:
    with zipfile.ZipFile(book) as archive:
        sheet = archive.read(FIRST)
    target = changed(book, drop=FIRST)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(FIRST, sheet.replace(b"<v>0</v>", f"<v>{index}</v>".encode(), 1))
    read, salvage = salvaged(target)
    assert salvage.losses == ("文字の入ったセル 1 か所の文字が失われています。",)
    assert [read.sheets["一"].text(row, 1) for row in (1, 2)] == [LOST_TEXT, "一の1行"]
    assert numbers(read, "一") == ALL


def test_texts_before_the_cut_stay(book: Path) -> None:
    read, salvage = salvaged(changed(book, cut={STRINGS: 0.5}))
    texts = [read.sheets[name].text(row, 1) for name in ("一", "二") for row in range(1, 21)]
    kept = [text for text in texts if text != LOST_TEXT]
    assert kept == [f"{name}の{row}行" for name in ("一", "二") for row in range(20)][: len(kept)]
    assert salvage.losses == (f"文字の入ったセル {len(texts) - len(kept)} か所の文字が失われています。",)


def test_a_sheet_with_another_checksum_is_doubtful(book: Path) -> None:
    content = bytearray(book.read_bytes())
    with zipfile.ZipFile(book) as archive:
        member = archive.getinfo(FIRST)
    content[member.header_offset + member.compress_size * 3 // 4] ^= 1
    book.write_bytes(bytes(content))
    _, salvage = salvaged(book)
    assert salvage.doubtful_sheets == {"一"}
    assert any("読めた値も違っているかもしれません" in one for one in salvage.losses)


def test_a_file_without_a_sheet_is_refused(book: Path) -> None:
    content = book.read_bytes()
    book.write_bytes(content[:60])
    with pytest.raises(KenpoError, match="読み取れるシートが 1 枚も残っていません"):
        salvaged(book)


def test_a_doctype_is_refused(book: Path) -> None:
    path = changed(book, drop=FIRST, **{FIRST: b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'})
    with pytest.raises(KenpoError, match="DOCTYPE"):
        salvaged(path)


def test_a_part_with_a_namespace_that_is_none_is_left_out(book: Path) -> None:
    content = b'<Relationships xmlns="http://schemas.openxmlformats.org package"/>'
    path = changed(book, drop="xl/_rels/workbook.xml.rels", **{"xl/_rels/workbook.xml.rels": content})
    read, salvage = salvaged(path)
    assert salvage.losses == ("シートの名前と、表の場所の記録が失われています。",)
    assert numbers(read, "sheet1") == ALL
