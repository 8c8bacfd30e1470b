"""What stands in a book around the parts of the plan: links, macros, other sheets, leftovers."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from kenpo_xl.domain.findings.finding import Severity
from tests.checks.planted import BOOK, checked, places, planted, repacked

ITEM = "1-2-2"
WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
PART = "xl/worksheets/sheet3.xml"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)


def formula(cell: str, text: str) -> Callable[[Any], None]:
    def edit(book: Any) -> None:
        book[ITEM][cell].value = text

    return edit


class TestLinks:
    @pytest.mark.parametrize(
        ("text", "target"),
        [
            ("='C:\\月報\\[集計.xlsx]10月'!$B$3", "C:\\月報\\集計.xlsx"),
            ("=[集計.xlsx]Sheet1!B3+1", "集計.xlsx"),
            ('=HYPERLINK("https://example.com/a","資料")', "https://example.com/a"),
            ('=HYPERLINK("資料.pdf","資料")', "資料.pdf"),
            ('=WEBSERVICE("http://example.com/?q="&D11)', "http://example.com/?q="),
            ("=WEBSERVICE(D11)", "WEBSERVICE 関数"),
            ("='\\\\server\\share\\[a.xlsx]S'!A1", "\\\\server\\share\\a.xlsx"),
        ],
    )
    def test_a_formula_that_leads_out(self, tmp_path: Path, text: str, target: str) -> None:
        (finding,) = checked(planted(tmp_path, formula("K22", text)), "ST")
        assert places([finding]) == [("ST08", "1-2-2!K22")]
        assert (finding.severity, finding.actual) == (Severity.WARNING, target)

    def test_in_a_typed_cell_it_is_no_number_that_we_know(self, tmp_path: Path) -> None:
        """What the other book showed last was not kept here; it is not taken for 0."""
        path = planted(tmp_path, formula("E26", "='[集計.xlsx]10月'!$B$3"))
        before = places(checked(BOOK, ""))
        assert [place for place in places(checked(path, "")) if place not in before] == [
            ("ST08", "1-2-2!E26")
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "='1-2-1'!D9",
            '=HYPERLINK("#\'1-2-1\'!A1","戻る")',
            '="[1]は別紙"&D9',
            "=SUM(E26:E27)",
            "=表1[数]+1",
            "https://example.com/",
        ],
    )
    def test_one_that_stays_inside(self, tmp_path: Path, text: str) -> None:
        assert checked(planted(tmp_path, formula("K22", text)), "ST08") == []

    def test_a_target_is_told_once_for_each_sheet(self, tmp_path: Path) -> None:
        def edit(book: Any) -> None:
            for cell in ("K22", "K23", "K24"):
                book[ITEM][cell].value = "=[集計.xlsx]Sheet1!B3"
            book["1-2-1"]["K20"].value = "=[集計.xlsx]Sheet1!B3"

        assert places(checked(planted(tmp_path, edit), "ST")) == [
            ("ST08", "1-2-1!K20"),
            ("ST08", "1-2-2!K22"),
        ]

    def test_a_numbered_reference_is_called_by_its_target(self, tmp_path: Path) -> None:
        link = f'<externalLink xmlns="{MAIN}" xmlns:r="{KIND}"><externalBook r:id="rId1"/></externalLink>'
        path = linked(tmp_path, link, "[1]Sheet1!$A$1", target="file:///C:/集計.xlsx")
        (finding,) = checked(path, "ST")
        assert (finding.code, finding.cell, finding.actual) == ("ST08", "K26", "file:///C:/集計.xlsx")

    def test_a_reference_that_no_cell_uses(self, tmp_path: Path) -> None:
        link = f'<externalLink xmlns="{MAIN}" xmlns:r="{KIND}"><externalBook r:id="rId1"/></externalLink>'
        path = linked(tmp_path, link, "", target="集計.xlsx")
        assert places(checked(path, "ST")) == [("ST08", "")]

    @pytest.mark.parametrize(
        ("names", "said", "hint"),
        [
            (
                '<definedName name="旧集計">[集計.xlsx]月!$A$1</definedName>',
                "名前「旧集計」が、",
                "「旧集計」など",
            ),
            (
                '<definedName name="a1" hidden="1">[集計.xlsx]月!#REF!</definedName>'
                '<definedName name="旧集計">[集計.xlsx]月!$A$1</definedName>',
                "名前「旧集計」など 2 個の名前が、",
                "「名前の管理」を開き",
            ),
            (
                "".join(
                    f'<definedName name="n{n}" hidden="1">[集計.xlsx]月!#REF!</definedName>'
                    for n in range(20_000)
                ),
                "名前「n0」など 20000 個の名前が、",
                "隠れた名前",
            ),
        ],
        ids=["one", "a hidden one too", "20,000 hidden ones"],
    )
    def test_a_name_is_called_by_its_name(self, tmp_path: Path, names: str, said: str, hint: str) -> None:
        path = repacked(tmp_path, {WORKBOOK: before("</definedNames>", names)})
        (finding,) = checked(path, "ST")
        assert (finding.code, finding.actual) == ("ST08", "集計.xlsx")
        assert finding.message.startswith(said)
        assert hint in finding.hint


class TestDde:
    @pytest.mark.parametrize("text", ["=cmd|'/C calc'!A0", "=+MSEXCEL|'\\..\\..\\cmd.exe'!''", "=CMD|x!A1"])
    def test_in_a_formula(self, tmp_path: Path, text: str) -> None:
        (finding,) = checked(planted(tmp_path, formula("K22", text)), "ST")
        assert (*places([finding])[0], finding.severity) == ("ST09", "1-2-2!K22", Severity.ERROR)

    def test_as_a_part_of_the_book(self, tmp_path: Path) -> None:
        link = f'<externalLink xmlns="{MAIN}"><ddeLink ddeService="cmd" ddeTopic="/C calc"/></externalLink>'
        (finding,) = checked(linked(tmp_path, link, "[1]!A0"), "ST")
        assert (finding.code, finding.cell, finding.actual) == ("ST09", "K26", "cmd|/C calc")


class TestMacros:
    def test_one_that_is_not_ours(self, tmp_path: Path) -> None:
        (finding,) = checked(with_project(tmp_path, project()), "ST")
        assert (*places([finding])[0], finding.severity) == ("ST10", "", Severity.ERROR)
        assert finding.identity == "マクロ/Module1"

    def test_one_that_cannot_be_read(self, tmp_path: Path) -> None:
        (finding,) = checked(with_project(tmp_path, project()[:2000]), "ST")
        assert (finding.code, finding.actual) == ("ST10", "（読めないマクロ）")

    def test_a_sheet_of_old_macros(self, tmp_path: Path) -> None:
        kind = "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"
        sheet = '<sheet name="Macro1" sheetId="99" r:id="m"/>'
        relation = f'<Relationship Id="m" Type="{kind}" Target="macrosheets/sheet1.xml"/>'
        changes = {WORKBOOK: before("</sheets>", sheet), RELATIONS: before("</Relationships>", relation)}
        path = repacked(tmp_path, changes, {"xl/macrosheets/sheet1.xml": f'<macrosheet xmlns="{MAIN}"/>'})
        (finding,) = checked(path, "ST")
        assert (finding.code, finding.actual) == ("ST10", "Macro1")


class TestOtherSheets:
    @pytest.mark.parametrize(
        ("state", "expected"),
        [
            ("visible", [("ST19", "メモ!A1")]),
            ("hidden", [("ST12", "メモ")]),
            ("veryHidden", [("ST11", "メモ")]),
        ],
    )
    def test_one_of_staffs_own(self, tmp_path: Path, state: str, expected: list[tuple[str, str]]) -> None:
        def edit(book: Any) -> None:
            book.create_sheet("メモ")["A1"].value = "手元の計算"
            book["メモ"].sheet_state = state

        assert places(checked(planted(tmp_path, edit), "ST")) == expected

    def test_ours_may_be_very_hidden(self, tmp_path: Path) -> None:
        def edit(book: Any) -> None:
            book["kx"].sheet_state = "veryHidden"

        assert checked(planted(tmp_path, edit), "ST") == []

    @pytest.mark.parametrize("name", ["1-2-2 (2)", "控え"])
    def test_a_copy_of_an_item(self, tmp_path: Path, name: str) -> None:
        def edit(book: Any) -> None:
            book.copy_worksheet(book[ITEM]).title = name

        (finding,) = checked(planted(tmp_path, edit), "ST")
        assert (*places([finding])[0], finding.severity) == ("ST13", name, Severity.WARNING)
        assert finding.identity == ITEM

    def test_a_sheet_that_only_has_such_a_name(self, tmp_path: Path) -> None:
        def edit(book: Any) -> None:
            book.create_sheet("1-2-2 (2)")["A1"].value = "計算"

        assert places(checked(planted(tmp_path, edit), "ST")) == [("ST19", "1-2-2 (2)!A1")]

    @pytest.mark.parametrize("name", ["指摘", "確認記録"])
    def test_a_sheet_for_answers_that_is_gone(self, tmp_path: Path, name: str) -> None:
        (finding,) = checked(planted(tmp_path, lambda book: book.remove(book[name])), "ST")
        assert (*places([finding])[0], finding.severity) == ("ST15", "", Severity.INFO)
        assert name in finding.message


class TestStray:
    def test_a_cell_at_the_end_of_the_sheet(self, tmp_path: Path) -> None:
        far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        path = repacked(tmp_path, {PART: before("</sheetData>", far)})
        (finding,) = checked(path, "ST")
        assert (*places([finding])[0], finding.severity) == ("ST19", "1-2-2!XFD1048576", Severity.INFO)

    def test_what_is_too_large_to_be_meant(self, tmp_path: Path) -> None:
        path = repacked(tmp_path, {PART: before("</mergeCells>", '<mergeCell ref="R1:XFD1048576"/>')})
        (finding,) = checked(path, "ST")
        assert (*places([finding])[0], finding.severity) == ("ST14", "1-2-2!R1", Severity.INFO)


def linked(folder: Path, link: str, cell: str, target: str = "") -> Path:
    """The book with an externalLink part, and a cell K26 that uses it."""
    reference = '<externalReferences><externalReference r:id="ext1"/></externalReferences>'
    relation = (
        f'<Relationship Id="ext1" Type="{KIND}/externalLink" Target="externalLinks/externalLink1.xml"/>'
    )
    changes = {WORKBOOK: before("<definedNames>", reference), RELATIONS: before("</Relationships>", relation)}
    if cell:
        changes[PART] = before('</row><row r="27"', f'<c r="K26"><f>{cell}</f><v>1</v></c>')
    added = {"xl/externalLinks/externalLink1.xml": link}
    if target:
        kind = f"{KIND}/externalLinkPath"
        way = f'<Relationship Id="rId1" Type="{kind}" Target="{target}" TargetMode="External"/>'
        added["xl/externalLinks/_rels/externalLink1.xml.rels"] = RELATION.format(way)
    return repacked(folder, changes, added)


def before(mark: str, text: str) -> Callable[[str], str]:
    """Puts a text before a mark."""
    return lambda content: content.replace(mark, f"{text}{mark}", 1)


def with_project(folder: Path, content: bytes) -> Path:
    return repacked(folder, {}, {"xl/vbaProject.bin": content})


def project() -> bytes:
    """The VBA project of a book that Excel saved, as the package xlwings carries it."""
    spec = find_spec("xlwings")
    assert spec
    assert spec.origin
    with zipfile.ZipFile(Path(spec.origin).parent / "quickstart.xlsm") as book:
        return book.read("xl/vbaProject.bin")
