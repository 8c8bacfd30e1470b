"""Marks put into workbooks and taken out: what staff see, what stays, and what is refused."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import process_time

import openpyxl
import pytest
import xlsxwriter

from kenpo_xl.annotations.annotate import (
    AcceptedReason,
    Mark,
    is_unchanged_since_marked,
    read_reasons,
    verify_marked_copy,
    write_marked_copy,
    write_unmarked_copy,
)
from kenpo_xl.books.common.styled_workbook import new_styled_workbook
from kenpo_xl.books.common.styles import Styles
from kenpo_xl.books.input.write.highlight_rules import add_findings_sheet, add_highlight_rules
from kenpo_xl.domain.findings.finding import Severity
from kenpo_xl.errors import KenpoError
from tests.annotations.books_to_mark import (
    changed,
    chartsheet,
    formats,
    merged,
    notes,
    odd_names,
    pack,
    parts_of,
    threads,
    written,
)
from tests.office import Office, edits

ERROR = Mark(
    "Sheet1", "B2", "合計が内訳と合いません。", Severity.ERROR, "CA01", "a/合計", "直してください。", "12,345"
)
EMPTY = Mark("Sheet1", "C9", "空欄です。", Severity.WARNING, "VA01", "a/率", "入れてください。")
MARKS = [ERROR, EMPTY]
LIST = "xl/worksheets/sheet2.xml"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.xlsx"
    written()(path)
    return path


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "marked.xlsx"


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A book that brings 指摘 and the colours along, as an input book does."""
    path = tmp_path / "template.xlsx"
    with new_styled_workbook(path) as made:
        for number, name in enumerate(("Sheet1", "二"), start=1):
            sheet = made.add_worksheet(name)
            sheet.write_row(1, 0, ["件数", 12345, "文" * 400])
            add_highlight_rules(made, sheet, number)
        add_findings_sheet(made, Styles(made))
    return path


def raw_edit(path: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """Change one part of a book as a program would that leaves all others as they are."""
    parts = parts_of(path)
    assert change(parts[name]) != parts[name]
    parts[name] = change(parts[name])
    pack(path, parts)


def note_texts(path: Path, sheet: str = "Sheet1") -> dict[str, str]:
    cells = (cell for row in openpyxl.load_workbook(path)[sheet].iter_rows() for cell in row)
    return {cell.coordinate: cell.comment.text for cell in cells if cell.comment}


def listed(path: Path, sheet: str = "指摘") -> list[tuple[object, ...]]:
    rows = openpyxl.load_workbook(path)[sheet].iter_rows(min_row=5, max_col=7, values_only=True)
    return [row for row in rows if any(row)]


class TestWhatStaffSee:
    def test_the_note_tells_what_is_wrong_and_what_to_do(self, book: Path, target: Path) -> None:
        write_marked_copy(book, MARKS, target)
        assert note_texts(target) == {
            "B2": "kenpo-xl:\n【誤り CA01】合計が内訳と合いません。\n直してください。",
            "C9": "kenpo-xl:\n【注意 VA01】空欄です。\n入れてください。",
        }

    def test_two_findings_of_one_cell_share_a_note(self, book: Path, target: Path) -> None:
        write_marked_copy(book, [ERROR, replace(EMPTY, cell="B2")], target)
        assert note_texts(target)["B2"].count("【") == 2

    def test_the_list_tells_all(self, book: Path, target: Path) -> None:
        write_marked_copy(book, [*MARKS, Mark("Sheet1", "", "シート"), Mark("", "", "ブック")], target)
        rows = listed(target)
        assert [row[0] for row in rows] == ["誤り CA01", "注意 VA01", "注意", "注意"]
        assert [row[2] for row in rows] == [ERROR.text, EMPTY.text, "シート", "ブック"]
        assert rows[0][3:5] == ("直してください。", "12,345")

    def test_a_long_note_gets_a_larger_box(self, book: Path, target: Path) -> None:
        def height(text: str) -> int:
            write_marked_copy(book, [Mark("Sheet1", "B2", text)], target)
            return int(re.findall(rb"height:(\d+)pt", parts_of(target)["xl/drawings/vmlDrawing1.vml"])[0])

        assert height("短い。") < height("長い文です。" * 20) < height("長い文です。" * 80) <= 400

    def test_a_merged_cell_is_marked_at_its_anchor(self, tmp_path: Path, target: Path) -> None:
        written(merged)(tmp_path / "m.xlsx")
        write_marked_copy(tmp_path / "m.xlsx", [ERROR], target)
        assert list(note_texts(target)) == ["A2"]

    @pytest.mark.parametrize(
        "cell", [b'<c r="C9" s="1"/>', b'<c r="C9" t="n"></c>', b'<c r="C9"><v></v></c>']
    )
    def test_an_empty_cell_however_it_is_written(self, cell: bytes, book: Path, target: Path) -> None:
        raw_edit(
            book,
            "xl/worksheets/sheet1.xml",
            lambda part: part.replace(b"</sheetData>", b'<row r="9">' + cell + b"</row></sheetData>"),
        )
        write_marked_copy(book, [EMPTY], target)
        assert list(note_texts(target)) == ["C9"]

    def test_a_thread_of_comments_is_left_alone_and_that_is_said(self, tmp_path: Path, target: Path) -> None:
        changed(written(notes), threads)(tmp_path / "t.xlsx")
        write_marked_copy(tmp_path / "t.xlsx", MARKS, target)
        texts = note_texts(target)
        assert "kenpo-xl" not in texts["B2"]
        assert "kenpo-xl" in texts["C9"]
        assert "セルに注記は付けていません" in str(listed(target)[0][3])

    def test_sheets_of_any_name_and_kind(self, tmp_path: Path, target: Path) -> None:
        written(odd_names, chartsheet)(tmp_path / "o.xlsx")
        names = ["a'b", 'x"y', "空 白", "#1", "R&D<", "指摘", "2024!"]
        write_marked_copy(
            tmp_path / "o.xlsx",
            [*(Mark(name, "A1", f"{name} の件") for name in names), Mark("グラフ", "A1", "図")],
            target,
        )
        rows = listed(target, "指摘(2)")
        assert [row[2] for row in rows] == [*(f"{name} の件" for name in names), "図"]
        assert "HYPERLINK(\"#'a''b'!\"" in str(rows[0][1])

    def test_the_office_opens_it_and_the_places_follow_their_cells(
        self, book: Path, target: Path, office: Office
    ) -> None:
        write_marked_copy(book, MARKS, target)
        with office.edit(target) as document:
            edits.insert_rows(document, "Sheet1", 1, 2)
        shown = office.shown(target)["指摘"]
        assert (shown["B5"], shown["J5"]) == ("Sheet1!B4", "誤り s1!B4")
        assert note_texts(target).keys() == {"B4", "C11"}


class TestColour:
    """A conditional format is asked through a cell that holds its formula."""

    def is_lit(self, office: Office, path: Path, cell: str, value: object = ...) -> bool:
        parts = parts_of(path)
        sheet = parts["xl/worksheets/sheet1.xml"].decode()
        found = [
            formula
            for ranges, formula in re.findall(
                r'<conditionalFormatting sqref="([^"]*)">.*?<formula>(.*?)</formula>.*?</conditional',
                sheet,
            )
            if ranges == cell or "指摘_場所" in formula
        ]
        formula = found[0].replace("&quot;", '"').replace("&amp;", "&")
        formula = re.sub(r"\bA1\b", cell, formula)
        asked = path.with_name("asked.xlsx")
        with office.edit(path, asked) as document:
            if value is not ...:
                edits.set_value(document, "Sheet1", cell, value)  # type: ignore[arg-type]
            edits.set_value(document, "Sheet1", "Z99", f"=IFERROR({formula};FALSE())".replace(",", ";"))
        return office.recalculated(asked)["Sheet1"]["Z99"] == 1.0

    def test_it_goes_out_when_the_value_changes(self, book: Path, target: Path, office: Office) -> None:
        write_marked_copy(book, MARKS, target)
        assert self.is_lit(office, target, "B2")
        assert self.is_lit(office, target, "B2", 12345)
        assert not self.is_lit(office, target, "B2", 12346)
        assert not self.is_lit(office, target, "B2", "12345")
        assert not self.is_lit(office, target, "B2", None)

    def test_an_empty_cell_is_told_from_a_nought(self, book: Path, target: Path, office: Office) -> None:
        write_marked_copy(book, MARKS, target)
        assert self.is_lit(office, target, "C9")
        assert not self.is_lit(office, target, "C9", 0)
        assert not self.is_lit(office, target, "C9", "あ")

    def test_a_text_of_four_hundred_letters(self, template: Path, target: Path, office: Office) -> None:
        write_marked_copy(template, [replace(ERROR, cell="C2")], target)
        assert self.is_lit(office, target, "C2")
        assert not self.is_lit(office, target, "C2", "文" * 399)

    def test_information_and_accepted_warnings_have_none(self, book: Path, target: Path) -> None:
        write_marked_copy(
            book, [replace(ERROR, severity=Severity.INFO), replace(EMPTY, reason="確認しました")], target
        )
        assert b"conditionalFormatting" not in parts_of(target)["xl/worksheets/sheet1.xml"]
        assert "確認済：確認しました" in note_texts(target)["C9"]

    def test_an_error_keeps_it_whatever_the_reason(self, book: Path, target: Path) -> None:
        write_marked_copy(book, [replace(ERROR, reason="承知しています")], target)
        assert b"conditionalFormatting" in parts_of(target)["xl/worksheets/sheet1.xml"]

    def test_the_formats_of_the_staff_come_first(self, tmp_path: Path, target: Path) -> None:
        written(formats)(tmp_path / "f.xlsx")
        write_marked_copy(tmp_path / "f.xlsx", [ERROR], target)
        sheet = parts_of(target)["xl/worksheets/sheet1.xml"].decode()
        assert re.findall(r'priority="(\d)"', sheet)[:3] == ["1", "2", "3"]


class TestTheTemplate:
    def test_only_the_list_and_the_notes_are_touched(self, template: Path, target: Path) -> None:
        write_marked_copy(template, MARKS, target)
        before, after = parts_of(template), parts_of(target)
        assert {name for name in before if before[name] != after[name]} == {
            "[Content_Types].xml",
            "xl/worksheets/sheet1.xml",
            "xl/worksheets/sheet3.xml",
        }
        old, new = (parts["xl/worksheets/sheet1.xml"] for parts in (before, after))
        assert re.sub(rb"<legacyDrawing[^>]*/>", b"", new) == old

    def test_rows_that_an_office_left_bare_are_in_nobodys_way(
        self, template: Path, target: Path, tmp_path: Path
    ) -> None:
        opened = openpyxl.load_workbook(template)
        opened["指摘"]["A5"].fill = openpyxl.styles.PatternFill("solid", fgColor="FFFF00")
        opened["指摘"]["A6"] = "自分の覚え"
        opened.save(tmp_path / "used.xlsx")
        write_marked_copy(tmp_path / "used.xlsx", MARKS, target)
        assert [row[0] for row in listed(target)] == ["誤り CA01", "自分の覚え", "注意 VA01"]

    def test_it_comes_out_to_the_byte(self, template: Path, target: Path, tmp_path: Path) -> None:
        write_marked_copy(template, MARKS, target)
        write_unmarked_copy(target, tmp_path / "out.xlsx")
        assert parts_of(tmp_path / "out.xlsx") == parts_of(template)

    def test_a_cell_beyond_its_colours_brings_its_own(
        self, template: Path, target: Path, tmp_path: Path
    ) -> None:
        write_marked_copy(template, [replace(ERROR, cell="B2500")], target)
        assert b'sqref="B2500"' in parts_of(target)["xl/worksheets/sheet1.xml"]
        write_unmarked_copy(target, tmp_path / "out.xlsx")
        assert parts_of(tmp_path / "out.xlsx") == parts_of(template)

    @pytest.mark.parametrize("lost", ["list", "colours"])
    def test_what_staff_deleted_is_brought_back(
        self, template: Path, target: Path, tmp_path: Path, office: Office, lost: str
    ) -> None:
        with office.edit(template) as document:
            if lost == "list":
                document.Sheets.removeByName("指摘")
            else:
                for sheet in (document.Sheets.getByName("Sheet1"), document.Sheets.getByName("二")):
                    for each in list(sheet.ConditionalFormats.getConditionalFormats()):
                        sheet.ConditionalFormats.removeByID(each.ID)
        write_marked_copy(template, MARKS, target)
        assert [row[0] for row in listed(target)] == ["誤り CA01", "注意 VA01"]
        assert "指摘印_場所" in parts_of(target)["xl/worksheets/sheet1.xml"].decode()
        write_unmarked_copy(target, tmp_path / "out.xlsx")
        assert parts_of(tmp_path / "out.xlsx") == parts_of(template)


class TestWhatStaffTypedSince:
    def test_a_value_stays(self, book: Path, target: Path, tmp_path: Path) -> None:
        write_marked_copy(book, MARKS, target)
        raw_edit(target, "xl/worksheets/sheet1.xml", lambda part: part.replace(b"12345", b"12346"))
        write_unmarked_copy(target, tmp_path / "out.xlsx")
        expected = parts_of(book)
        expected["xl/worksheets/sheet1.xml"] = expected["xl/worksheets/sheet1.xml"].replace(
            b"12345", b"12346"
        )
        out = parts_of(tmp_path / "out.xlsx")
        assert out.pop("xl/styles.xml")
        expected.pop("xl/styles.xml")
        assert out == expected

    def test_words_typed_behind_our_note_stay(self, book: Path, target: Path, tmp_path: Path) -> None:
        write_marked_copy(book, MARKS, target)
        raw_edit(
            target,
            "xl/comments1.xml",
            lambda part: part.replace("直してください。".encode(), "直してください。\n直しました。".encode()),
        )
        write_unmarked_copy(target, tmp_path / "out.xlsx")
        assert {k: v.strip() for k, v in note_texts(tmp_path / "out.xlsx").items()} == {"B2": "直しました。"}

    def test_notes_of_the_staff_stay(self, tmp_path: Path, target: Path, office: Office) -> None:
        book = tmp_path / "n.xlsx"
        written(notes)(book)
        before = note_texts(book)
        write_marked_copy(book, MARKS, target)
        assert note_texts(target)["B2"].startswith(before["B2"])
        with office.edit(target) as document:
            edits.set_value(document, "Sheet1", "A1", "直した見出し")
        assert "合計が内訳" in note_texts(target)["B2"]
        write_unmarked_copy(target, tmp_path / "out.xlsx")
        assert note_texts(tmp_path / "out.xlsx") == before
        assert openpyxl.load_workbook(tmp_path / "out.xlsx")["Sheet1"]["A1"].value == "直した見出し"

    @pytest.mark.parametrize("kind", ["book", "template"])
    def test_after_the_office_saved_it_nothing_of_ours_is_left(
        self, kind: str, request: pytest.FixtureRequest, target: Path, tmp_path: Path, office: Office
    ) -> None:
        path = request.getfixturevalue(kind)
        write_marked_copy(path, MARKS, target)
        with office.edit(target):
            pass
        again = tmp_path / "again.xlsx"
        write_marked_copy(target, MARKS, again)
        assert [row[0] for row in listed(again)] == ["誤り CA01", "注意 VA01"]
        assert note_texts(again).keys() == {"B2", "C9"}
        write_unmarked_copy(again, tmp_path / "out.xlsx")
        parts = parts_of(tmp_path / "out.xlsx")
        assert not [name for name, part in parts.items() if b"kenpo-xl:" in part or "指摘印".encode() in part]
        assert (
            openpyxl.load_workbook(tmp_path / "out.xlsx").sheetnames
            == openpyxl.load_workbook(path).sheetnames
        )
        assert not note_texts(tmp_path / "out.xlsx")

    def test_the_list_may_be_deleted(self, book: Path, target: Path, tmp_path: Path, office: Office) -> None:
        write_marked_copy(book, MARKS, target)
        with office.edit(target) as document:
            document.Sheets.removeByName("指摘")
        write_unmarked_copy(target, tmp_path / "out.xlsx")
        assert not note_texts(tmp_path / "out.xlsx")
        assert b"conditionalFormatting" not in parts_of(tmp_path / "out.xlsx")["xl/worksheets/sheet1.xml"]

    def test_the_order_of_calculation_forgets_our_formulas(
        self, book: Path, target: Path, tmp_path: Path
    ) -> None:
        write_marked_copy(book, MARKS, target)
        parts = parts_of(target)
        parts["xl/calcChain.xml"] = (
            b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            b'<c r="B5" i="2"/><c r="B6"/></calcChain>'
        )
        parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
            b"</Relationships>",
            b'<Relationship Id="c" Type="x/calcChain" Target="calcChain.xml"/></Relationships>',
        )
        pack(target, parts)
        write_unmarked_copy(target, tmp_path / "out.xlsx")
        assert "xl/calcChain.xml" not in parts_of(tmp_path / "out.xlsx")


class TestReasons:
    @pytest.fixture
    def answered(self, book: Path, target: Path, office: Office) -> Path:
        write_marked_copy(book, MARKS, target)
        with office.edit(target) as document:
            edits.set_value(document, "指摘", "G6", "対象なしのため")
        return target

    def test_they_are_read(self, answered: Path) -> None:
        assert read_reasons(answered) == (AcceptedReason("VA01", "a/率", "", "対象なしのため"),)

    def test_they_survive_the_next_marking(self, answered: Path, tmp_path: Path) -> None:
        write_marked_copy(answered, MARKS, tmp_path / "next.xlsx")
        assert [row[6] for row in listed(tmp_path / "next.xlsx")] == [None, "対象なしのため"]

    def test_they_lapse_with_the_value(self, answered: Path, tmp_path: Path) -> None:
        write_marked_copy(answered, [ERROR, replace(EMPTY, actual="5")], tmp_path / "next.xlsx")
        assert not read_reasons(tmp_path / "next.xlsx")


class TestRefusals:
    def test_a_signed_book(self, book: Path, target: Path) -> None:
        with zipfile.ZipFile(book, "a") as archive:
            archive.writestr("_xmlsignatures/origin.sigs", b"")
        with pytest.raises(KenpoError, match="署名"):
            write_marked_copy(book, MARKS, target)

    @pytest.mark.parametrize(("sheet", "cell"), [("ない", "A1"), ("Sheet1", "XFE1"), ("Sheet1", "1A")])
    def test_a_place_that_is_not_there(self, book: Path, target: Path, sheet: str, cell: str) -> None:
        with pytest.raises(KenpoError, match=r"^[^\n]+。$"):
            write_marked_copy(book, [Mark(sheet, cell, "件")], target)

    def test_a_declaration_that_excel_does_not_write(self, book: Path, target: Path) -> None:
        raw_edit(
            book,
            "xl/worksheets/sheet1.xml",
            lambda part: part.replace(b"<worksheet", b"<!DOCTYPE a><worksheet", 1),
        )
        with pytest.raises(KenpoError, match="DOCTYPE"):
            write_marked_copy(book, MARKS, target)

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (b'<row r="2"', b'<row r="two"'),
            (b"<cols>", b'<cols><col min="a" max="b"/>'),
            (b"</sheetData>", b"</sheetDate>"),
        ],
    )
    def test_a_damaged_sheet(self, tmp_path: Path, target: Path, old: bytes, new: bytes) -> None:
        path = tmp_path / "damaged.xlsx"
        with xlsxwriter.Workbook(str(path)) as made:
            sheet = made.add_worksheet()
            sheet.set_column(0, 0, 20)
            sheet.write(1, 1, 5)
        raw_edit(
            path, "xl/worksheets/sheet1.xml", lambda part: part.replace(old, new).replace(b' r="B2"', b"")
        )
        with pytest.raises(KenpoError, match=r"^[^\n]+。$"):
            write_marked_copy(path, [ERROR], target)

    @pytest.mark.parametrize(
        ("name", "old", "new"),
        [
            ("xl/worksheets/sheet1.xml", b"12345", b"12346"),
            ("xl/worksheets/sheet1.xml", b"<pageMargins", b"<a/><pageMargins"),
            ("xl/workbook.xml", b'name="Sheet1"', b'name="Sheet2"'),
            ("xl/styles.xml", b"<fonts", b"<fontz"),
            ("xl/theme/theme1.xml", b"<a:", b"<b:"),
            (LIST, ERROR.text.encode(), b""),
            ("xl/comments1.xml", EMPTY.text.encode(), b""),
        ],
    )
    def test_a_copy_that_lost_something_is_seen(
        self, book: Path, target: Path, name: str, old: bytes, new: bytes
    ) -> None:
        write_marked_copy(book, MARKS, target)
        verify_marked_copy(book, target, MARKS)
        raw_edit(target, name, lambda part: part.replace(old, new))
        with pytest.raises(KenpoError, match="元のファイルは変えていません"):
            verify_marked_copy(book, target, MARKS)


def test_many_sheets_with_twenty_marks_take_a_moment(tmp_path: Path, target: Path) -> None:
    path = tmp_path / "ten.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        for number in range(10):
            sheet = made.add_worksheet(f"表{number}")
            for row in range(60):
                sheet.write_row(row, 0, ["日本語の文", row, row / 7] * 5)
    marks = [Mark(f"表{number}", cell, "件") for number in range(10) for cell in ("B7", "C30")]
    write_marked_copy(path, marks, target)
    began = process_time()  # however busy the machine is with other things
    write_marked_copy(path, marks, target)
    assert process_time() - began < 0.5


class TestAsMarked:
    """Whether a copy may be written over: nobody went on working in it."""

    @pytest.mark.parametrize("source", ["book", "template"])
    def test_just_marked(self, source: str, target: Path, request: pytest.FixtureRequest) -> None:
        write_marked_copy(request.getfixturevalue(source), MARKS, target)
        assert is_unchanged_since_marked(target)

    def test_a_finding_without_a_cell_tells_as_well(self, template: Path, target: Path) -> None:
        write_marked_copy(template, [replace(ERROR, sheet="", cell="")], target)
        assert is_unchanged_since_marked(target)
        openpyxl.load_workbook(target).save(target)
        assert not is_unchanged_since_marked(target)

    def test_not_once_a_person_saved_it(self, template: Path, target: Path, office: Office) -> None:
        write_marked_copy(template, MARKS, target)
        with office.edit(target):
            pass
        assert not is_unchanged_since_marked(target)

    def test_not_where_a_part_changed_that_bears_no_mark(self, template: Path, target: Path) -> None:
        write_marked_copy(template, MARKS, target)
        raw_edit(target, LIST, lambda part: part.replace(b"<v>12345</v>", b"<v>12346</v>"))
        assert not is_unchanged_since_marked(target)

    def test_not_a_book_without_marks_nor_one_that_cannot_be_read(self, template: Path, target: Path) -> None:
        assert not is_unchanged_since_marked(template)
        target.write_bytes(b"PK")
        assert not is_unchanged_since_marked(target)

    def test_marking_what_is_marked_is_as_marked_too(self, template: Path, target: Path) -> None:
        write_marked_copy(template, MARKS, target)
        again = target.with_name("again.xlsx")
        write_marked_copy(target, [ERROR], again)
        assert is_unchanged_since_marked(again)
