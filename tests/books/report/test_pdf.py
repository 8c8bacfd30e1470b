"""A workbook becomes a PDF, or one sentence says why not."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import xlsxwriter

from kenpo_xl.books.report import pdf
from kenpo_xl.errors import KenpoError
from tests.office import Office
from tests.office.pictures import pdf_text


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "報告書.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("表紙").write("A1", "事業実施状況")
    return path


def office_that(tmp_path: Path, does: str) -> Path:
    """A program in LibreOffice's place."""
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
    program.chmod(0o755)
    return program


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_workbook_is_printed(libreoffice: None, workbook: Path, tmp_path: Path) -> None:
    made = tmp_path / "別の名前.pdf"
    pdf.convert_to_pdf(workbook, made)
    assert "事業実施状況" in pdf_text(made)
    assert names_in(tmp_path) == {"報告書.xlsx", "別の名前.pdf"}


def test_no_line_begins_with_a_closing_mark(office: Office, tmp_path: Path) -> None:
    sentences = [f"{'あ' * count}、{'い' * 9}ェ（うう）という。" for count in range(1, 13)]
    workbook = tmp_path / "文.xlsx"
    with xlsxwriter.Workbook(workbook) as book:
        sheet, wrapped = (
            book.add_worksheet(),
            book.add_format({"text_wrap": True, "font_name": "BIZ UDGothic"}),
        )
        sheet.set_column(0, 0, 20)
        for row, sentence in enumerate(sentences):
            sheet.set_row(row, 60)
            sheet.write(row, 0, sentence, wrapped)
    plain, made = tmp_path / "plain.pdf", tmp_path / "made.pdf"
    office.to_pdf(workbook, plain)
    pdf.convert_to_pdf(workbook, made)
    torn, kept = ({line[0] for line in pdf_text(path).split("\n") if line} for path in (plain, made))
    assert (set("、ェ）。") & torn, set("、ェ）。") & kept) == (set("、ェ）。"), set())
    assert pdf_text(made).replace("\n", "").strip("\f") == "".join(sentences)


def test_an_older_pdf_is_replaced(libreoffice: None, workbook: Path, tmp_path: Path) -> None:
    made = tmp_path / "報告書.pdf"
    made.write_bytes(b"old")
    pdf.convert_to_pdf(workbook, made)
    assert made.read_bytes().startswith(b"%PDF")


def test_a_pdf_that_is_open_stays(libreoffice: None, workbook: Path, tmp_path: Path) -> None:
    made = tmp_path / "報告書.pdf"
    made.write_bytes(b"old")
    (tmp_path / ".~lock.報告書.pdf#").touch()
    with pytest.raises(KenpoError, match=r"^報告書\.pdf を書き換えられません。[^\n]+。$"):
        pdf.convert_to_pdf(workbook, made)
    assert made.read_bytes() == b"old"


def test_without_libreoffice_a_sentence(
    workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "find_libreoffice", lambda: None)
    with pytest.raises(KenpoError, match="LibreOffice が見つからないため"):
        pdf.convert_to_pdf(workbook, tmp_path / "報告書.pdf")


def test_a_conversion_that_fails_leaves_the_older_pdf(
    workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "報告書.pdf"
    made.write_bytes(b"old")
    monkeypatch.setattr(pdf, "find_libreoffice", lambda: office_that(tmp_path, "exit 0"))
    with pytest.raises(KenpoError, match="PDF を作れませんでした"):
        pdf.convert_to_pdf(workbook, made)
    assert made.read_bytes() == b"old"


def test_libreoffice_keeps_the_memory_that_it_frees(
    workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = tmp_path / "environment"
    monkeypatch.setattr(pdf, "find_libreoffice", lambda: office_that(tmp_path, f'env > "{seen}"'))
    with pytest.raises(KenpoError):
        pdf.convert_to_pdf(workbook, tmp_path / "報告書.pdf")
    given = dict(line.partition("=")[::2] for line in seen.read_text(encoding="utf-8").splitlines())
    assert given.items() >= pdf.KEEPS_FREED_MEMORY.items()
    assert given["LC_ALL"] == "C.UTF-8"


def test_a_conversion_that_hangs_is_ended_with_its_children(
    workbook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = tmp_path / "child"
    hanging = office_that(tmp_path, f'sleep 600 & echo $! > "{child}"; wait')
    monkeypatch.setattr(pdf, "find_libreoffice", lambda: hanging)
    with pytest.raises(KenpoError, match="1 秒たっても"):
        pdf.convert_to_pdf(workbook, tmp_path / "報告書.pdf", seconds=1)
    assert has_ended(int(child.read_text(encoding="utf-8")))


def has_ended(process: int) -> bool:
    """True once it is gone, or waits to be collected by the system's first process."""
    status = Path(f"/proc/{process}/stat")
    for _ in range(50):
        if not status.exists() or status.read_text(encoding="utf-8").split()[2] == "Z":
            return True
        time.sleep(0.1)
    return False
