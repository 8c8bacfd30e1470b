"""Workbooks as other applications write them."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from kenpo_xl.domain.cell_reference import a1
from kenpo_xl.errors import KenpoError
from kenpo_xl.ooxml import cell_reader
from kenpo_xl.ooxml.references import Area, parse_area, shifted_formula
from kenpo_xl.ooxml.workbook import CellError, Workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
STYLES = (
    '<styleSheet xmlns="{main}"><numFmts><numFmt numFmtId="164" formatCode="0.0%"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>'
)


def workbook(
    path: Path,
    rows: str,
    *,
    main: str = MAIN,
    office: str = OFFICE,
    strings: str = "",
    prefix: str = "",
    properties: str = "",
) -> Workbook:
    kinds = {"worksheet": "s.xml", "sharedStrings": "t.xml", "styles": "y.xml"}
    relations = "".join(
        f'<Relationship Id="{k}" Type="{office}/{k}" Target="{v}"/>' for k, v in kinds.items()
    )
    p = f"{prefix}:" if prefix else ""
    space = f'xmlns:{prefix}="{main}"' if prefix else f'xmlns="{main}"'
    parts = {
        "_rels/.rels": f'<Relationships><Relationship Id="b" '
        f'Type="{office}/officeDocument" Target="xl/b.xml"/></Relationships>',
        "xl/_rels/b.xml.rels": f"<Relationships>{relations}</Relationships>",
        "xl/b.xml": f'<workbook xmlns="{main}" xmlns:r="{office}">{properties}'
        f'<sheets><sheet name="表" r:id="worksheet"/></sheets></workbook>',
        "xl/s.xml": f"<{p}worksheet {space}><{p}sheetData>{rows}</{p}sheetData></{p}worksheet>",
        "xl/t.xml": f'<sst xmlns="{main}">{strings}</sst>',
        "xl/y.xml": STYLES.format(main=main),
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return Workbook(path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "book.xlsx"


def test_shared_formulas_are_filled_down(path: Path) -> None:
    rows = (
        '<row r="1"><c r="B1"><f t="shared" si="0" ref="B1:B2">A1+$A$9</f><v>1</v></c></row>'
        '<row r="2"><c r="B2"><f t="shared" si="0"/><v>2</v></c></row>'
    )
    cells = workbook(path, rows).sheets["表"].cells
    assert [cells[1, 2].formula, cells[2, 2].formula] == ["A1+$A$9", "A2+$A$9"]


def test_texts(path: Path) -> None:
    strings = (
        "<si><r><t>協会</t></r><r><t>けんぽ</t></r><rPh><t>キョウカイ</t></rPh></si>"
        "<si><t>a_x000D_\nb</t></si>"
    )
    rows = (
        '<row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>中</t></is></c>'
        '<c t="s"><v>1</v></c><c t="str"><f>A1</f><v>出</v></c></row>'
    )
    sheet = workbook(path, rows, strings=strings).sheets["表"]
    assert [sheet.text(1, column) for column in (1, 2, 3, 4)] == ["協会けんぽ", "中", "a\nb", "出"]


@pytest.mark.parametrize(("main", "office"), [(MAIN, OFFICE), (STRICT, STRICT_OFFICE)])
def test_cells_without_their_place_in_either_namespace(path: Path, main: str, office: str) -> None:
    sheet = workbook(
        path, "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>", main=main, office=office
    ).sheets["表"]
    assert {place: cell.value for place, cell in sheet.cells.items()} == {(1, 1): 1, (1, 2): 2, (2, 1): 3}


def test_a_prefixed_root(path: Path) -> None:
    rows = '<x:row r="3"><x:c r="C3"><x:v>7</x:v></x:c></x:row>'
    assert workbook(path, rows, prefix="x").sheets["表"].value(3, 3) == 7


@pytest.mark.parametrize(
    ("properties", "day"), [("", date(2025, 1, 17)), ('<workbookPr date1904="1"/>', date(2029, 1, 18))]
)
def test_dates(path: Path, properties: str, day: date) -> None:
    rows = (
        '<row><c s="1"><v>45674</v></c><c s="2"><v>0.5</v></c><c t="d"><v>2025-01-17T00:00:00Z</v></c></row>'
    )
    book = workbook(path, rows, properties=properties)
    sheet = book.sheets["表"]
    assert [sheet.value(1, column) for column in (1, 2, 3)] == [day, 0.5, date(2025, 1, 17)]
    assert book.number_format_code(sheet.get(1, 2)) == "0.0%"


def test_the_last_day_of_either_calendar(path: Path) -> None:
    rows = '<row><c s="1"><v>2957003</v></c><c s="1"><v>2957004</v></c></row>'
    sheet = workbook(path, rows, properties='<workbookPr date1904="1"/>').sheets["表"]
    assert [sheet.value(1, 1), sheet.value(1, 2)] == [date.max, 2957004]


def test_faults_and_truth(path: Path) -> None:
    sheet = workbook(path, '<row><c t="e"><v>#REF!</v></c><c t="b"><v>1</v></c></row>').sheets["表"]
    assert (sheet.value(1, 1), sheet.value(1, 2)) == (CellError("#REF!"), True)


@pytest.mark.parametrize("cell", ["<c><v>abc</v></c>", '<c t="s"><v>x</v></c>', '<c t="d"><v>x</v></c>'])
def test_a_cell_that_no_application_writes(path: Path, cell: str) -> None:
    book = workbook(path, f"<row>{cell}</row>")
    with pytest.raises(KenpoError, match="中身が壊れていて"):
        book.sheets["表"].value(1, 1)


def test_a_sheet_that_nobody_looks_into_is_not_parsed(path: Path) -> None:
    book = workbook(path, "<row><c><v>abc</v></c></row>")
    assert [sheet.name for sheet in book.sheets.values()] == ["表"]


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("a_x0000_b_x001B_[31mc", "ab[31mc"),
        ("_xD83D__xDE00_", "\U0001f600"),
        ("_xD83D_", "\ufffd"),
        ("_x005F_x000D_", "_x000D_"),
        ("a_x0009_b_x000A_c", "a\tb\nc"),
    ],
)
def test_what_no_cell_can_show_is_not_read(stored: str, shown: str, path: Path) -> None:
    rows = f'<row><c t="inlineStr"><is><t>{stored}</t></is></c></row>'
    assert workbook(path, rows).sheets["表"].value(1, 1) == shown


@pytest.mark.parametrize(
    ("reference", "merged"), [("A1:A20000", True), ("A1:A20001", False), ("B2:A1", True), ("A0:A1", False)]
)
def test_a_merged_rectangle_has_the_size_of_a_form(reference: str, merged: bool, path: Path) -> None:
    rows = f'</sheetData><mergeCells><mergeCell ref="{reference}"/></mergeCells><sheetData>'
    assert bool(workbook(path, rows).sheets["表"].merges) == merged


def test_cells_past_the_budget(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cell_reader, "MAX_CELLS", 2)
    assert len(workbook(path, "<row><c><v>1</v></c><c><v>2</v></c></row>").sheets["表"].cells) == 2
    book = workbook(path, "<row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row>")
    with pytest.raises(KenpoError, match="セルが多すぎる"):
        assert book.sheets["表"].cells


def test_blank_cells_past_their_budget(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cell_reader, "MAX_CELLS", 1)
    monkeypatch.setattr(cell_reader, "MAX_BLANK_CELLS", 2)
    assert len(workbook(path, '<row><c s="1"/><c s="1"/><c><v>2</v></c></row>').sheets["表"].cells) == 3
    book = workbook(path, '<row><c s="1"/><c s="1"/><c s="1"/></row>')
    with pytest.raises(KenpoError, match="セルが多すぎる"):
        assert book.sheets["表"].cells


def test_a_style_that_is_not_there_is_the_first(path: Path) -> None:
    rows = '<row><c s="3"><v>1</v></c><c s="-1"><v>2</v></c><c s="2"><v>3</v></c></row>'
    sheet = workbook(path, rows).sheets["表"]
    assert [sheet.cells[1, column].style for column in (1, 2, 3)] == [0, 0, 2]


def test_a_formula_that_is_filled_beyond_the_sheet(path: Path) -> None:
    rows = (
        '<row r="3"><c r="C3"><f t="shared" si="0">B1+XFD1+ABC1</f></c></row>'
        '<row r="2"><c r="D2"><f t="shared" si="0"/></c></row>'
    )
    sheet = workbook(path, rows).sheets["表"]
    assert sheet.cells[2, 4].formula == "#REF!+#REF!+#REF!"


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("A1+$B2+C$3+$D$4", "B2+$B3+D$3+$D$4"),
        ('"A1"&A1', '"A1"&B2'),
        ("'A1'!A1", "'A1'!B2"),
        ("LOG10(A1)", "LOG10(B2)"),
        ("DATA2024+Z9", "DATA2024+AA10"),
        ("YEN2024+Z9", "YEN2024+AA10"),
        ("XFD9+A1048576", "#REF!+#REF!"),
    ],
)
def test_formulas_move(formula: str, moved: str) -> None:
    assert shifted_formula(formula, 1, 1) == moved


def test_areas() -> None:
    assert parse_area("'1-2'!$B$3:$D$4") == Area("1-2", 3, 2, 4, 4)
    assert parse_area("表!C5") == Area("表", 5, 3, 5, 3)
    assert parse_area("表!XFD1048576") == Area("表", 1_048_576, 16_384, 1_048_576, 16_384)
    assert parse_area("表!D4:B3") == Area("表", 3, 2, 4, 4)
    for text in ("#REF!", "表!XFE1", "表!A1048577", "表!A0", f"表!A{'9' * 5000}"):
        assert parse_area(text) is None
    assert a1(9, 28) == "AB9"
