"""Books, sheets, names, notes and looks behave as in Excel."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
import xlwings

from tests.libreoffice_engine import OfficeError
from tests.libreoffice_engine.app import register
from tests.office.live import LiveOffice


def test_a_book_is_known_by_its_file(book: xlwings.Book, tmp_path: Path) -> None:
    assert book.fullname == str(tmp_path / "入力 ブック.xlsx")
    assert book.name == "入力 ブック.xlsx"
    assert xlwings.Book(book.fullname) == book
    assert book in list(xlwings.books)


def test_save_keeps_the_file_and_writes_what_is_open(book: xlwings.Book, tmp_path: Path) -> None:
    book.sheets[0]["A1"].value = 7
    book.save()
    with xlwings.Book(book.fullname) as same:
        assert same.fullname == str(tmp_path / "入力 ブック.xlsx")
    assert (tmp_path / "入力 ブック.xlsx").stat().st_size > 0


def test_save_with_a_path_moves_the_book(book: xlwings.Book, tmp_path: Path) -> None:
    book.save(tmp_path / "別名.xlsx")
    assert book.name == "別名.xlsx"


def test_the_calling_book(live_book: Callable[[Path], xlwings.Book], tmp_path: Path) -> None:
    path = tmp_path / "ブック.xlsx"
    xlsxwriter.Workbook(path).close()
    opened = live_book(path)
    assert xlwings.Book.caller() == opened


class TestSheets:
    def test_by_name_and_place(self, book: xlwings.Book) -> None:
        assert [sheet.name for sheet in book.sheets] == ["表", "1-2 別表"]
        assert book.sheets["表"] == book.sheets[0] == book.sheets(1)
        assert "表" in book.sheets
        assert "指摘" not in book.sheets
        with pytest.raises(KeyError):
            book.sheets["指摘"]

    def test_added_deleted_renamed(self, book: xlwings.Book) -> None:
        added = book.sheets.add("指摘", after=book.sheets["表"])
        assert [sheet.name for sheet in book.sheets] == ["表", "指摘", "1-2 別表"]
        assert book.sheets.active == added
        added.name = "指摘2"
        book.sheets["表"].delete()
        assert [sheet.name for sheet in book.sheets] == ["指摘2", "1-2 別表"]

    def test_a_hidden_sheet_is_not_activated(self, book: xlwings.Book) -> None:
        hidden = book.sheets["1-2 別表"]
        hidden.visible = False
        assert not hidden.visible
        with pytest.raises(RuntimeError, match="1-2 別表"):
            hidden.activate()

    def test_cells_of_another_sheet_are_not_selected(self, book: xlwings.Book) -> None:
        book.sheets["表"].activate()
        with pytest.raises(RuntimeError, match="active sheet"):
            book.sheets["1-2 別表"]["B3"].select()
        book.sheets["1-2 別表"].activate()
        book.sheets["1-2 別表"]["B3"].select()
        assert book.app.selection.address == "$B$3"
        assert book.app.selection.sheet.name == "1-2 別表"

    def test_used_range(self, sheet: xlwings.Sheet) -> None:
        sheet["B2"].value = [[1, 2], [3, 4]]
        assert sheet.used_range.address == "$B$2:$C$3"


class TestRanges:
    def test_addresses(self, sheet: xlwings.Sheet) -> None:
        assert sheet["$b$3:A2"].address == sheet["A2:B3"].address == "$A$2:$B$3"
        assert (sheet["AB10"].row, sheet["AB10"].column) == (10, 28)
        assert sheet.range((2, 28)).get_address(False, False) == "AB2"
        assert sheet.range((1, 1), (3, 3)).address == "$A$1:$C$3"
        assert sheet["A1:C3"][1, 2].get_address(include_sheetname=True) == "'表'!$C$2"
        assert sheet["B2"].offset(1, 1).address == "$C$3"
        assert sheet["A:A"].shape == (1048576, 1)

    @pytest.mark.parametrize(
        ("start", "direction", "address"),
        [
            ("B2", "down", "$B$4"),
            ("B4", "down", "$B$6"),
            ("B6", "down", "$B$1048576"),
            ("B6", "up", "$B$4"),
            ("B2", "up", "$B$1"),
            ("B2", "right", "$C$2"),
            ("C2", "right", "$XFD$2"),
            ("C2", "left", "$B$2"),
            ("A2", "right", "$B$2"),
        ],
    )
    def test_end(self, sheet: xlwings.Sheet, start: str, direction: str, address: str) -> None:
        sheet["B2"].value = [[1, 2], [3, None], ['=""', None], [None, None], [5, None]]
        assert sheet[start].end(direction).address == address

    def test_expand(self, sheet: xlwings.Sheet) -> None:
        sheet["B2"].value = [[1, 2], [3, 4], [5, 6]]
        assert sheet["B2"].expand().address == "$B$2:$C$4"

    def test_rows_inserted_and_deleted(self, sheet: xlwings.Sheet) -> None:
        sheet["A1"].value = [[1], [2], ["=A1+A2"]]
        sheet["2:3"].insert("down")
        assert sheet["A5"].formula == "=A1+A4"
        sheet["2:3"].delete()
        assert sheet["A3"].formula == "=A1+A2"

    def test_merged_cells(self, sheet: xlwings.Sheet) -> None:
        sheet["B2:C3"].merge()
        assert sheet["C3"].merge_cells
        assert sheet["C3"].merge_area.address == "$B$2:$C$3"
        assert not sheet["D4"].merge_cells
        sheet["B2"].merge_area.unmerge()
        assert not sheet["B2"].merge_cells

    def test_sizes_and_hidden_rows(self, sheet: xlwings.Sheet) -> None:
        sheet["A1:A2"].row_height = 30
        sheet["B1"].column_width = 20
        assert sheet["A1:A2"].row_height == pytest.approx(30, abs=0.1)
        assert sheet["A1:A3"].row_height is None
        assert sheet["B1"].column_width == pytest.approx(20, abs=0.1)
        sheet["A2"].rows.hidden = True
        assert [sheet[cell].rows.hidden for cell in ("A1", "A2", "A1:A2")] == [False, True, None]

    def test_cleared(self, sheet: xlwings.Sheet) -> None:
        cell = sheet["A1"]
        cell.value, cell.color = 5, (255, 199, 206)
        cell.clear_contents()
        assert (cell.value, cell.color) == (None, (255, 199, 206))
        cell.clear()
        assert cell.color is None


class TestLooks:
    def test_colours(self, sheet: xlwings.Sheet) -> None:
        sheet["A1"].color = "#FFC7CE"
        sheet["A1"].font.color = (156, 0, 6)
        assert (sheet["A1"].color, sheet["A1"].font.color) == ((255, 199, 206), (156, 0, 6))

    def test_fonts(self, sheet: xlwings.Sheet) -> None:
        font = sheet["A1"].font
        font.name, font.size, font.bold, font.italic = "BIZ UDゴシック", 9, True, True
        assert (font.name, font.size, font.bold, font.italic) == ("BIZ UDゴシック", 9, True, True)

    @pytest.mark.parametrize("code", ["0.0%", "@", "General", "#,##0", 'yyyy"年"m"月"d"日"'])
    def test_number_formats(self, sheet: xlwings.Sheet, code: str) -> None:
        sheet["A1"].number_format = code
        assert sheet["A1"].number_format == code

    def test_alignment(self, sheet: xlwings.Sheet) -> None:
        cell = sheet["A1"]
        cell.wrap_text, cell.horizontal_alignment, cell.vertical_alignment = True, "center", "top"
        assert (cell.wrap_text, cell.horizontal_alignment, cell.vertical_alignment) == (True, "center", "top")

    def test_links(self, sheet: xlwings.Sheet) -> None:
        sheet["A1"].add_hyperlink("#表!B2", "B2 へ")
        assert (sheet["A1"].value, sheet["A1"].hyperlink) == ("B2 へ", "#表!B2")


class TestNotes:
    def test_added_changed_deleted(self, sheet: xlwings.Sheet) -> None:
        assert sheet["B2"].note is None
        note = sheet["B2"].add_note("合計が合いません。\n確かめてください。")
        assert (note.text, note.location.address) == ("合計が合いません。\n確かめてください。", "$B$2")
        note.text = "直しました。"
        assert [(one.location.address, one.text) for one in sheet.notes] == [("$B$2", "直しました。")]
        note.delete()
        assert sheet["B2"].note is None

    def test_its_box_is_a_shape(self, sheet: xlwings.Sheet) -> None:
        assert len(sheet.shapes) == 0
        sheet["B2"].add_note("合計が合いません。")
        box = sheet.shapes[-1]
        box.width, box.height = 220, 80
        assert (round(sheet.shapes[0].width), round(sheet.shapes[0].height)) == (220, 80)

    def test_a_cell_has_one_note(self, sheet: xlwings.Sheet) -> None:
        sheet["B2"].add_note("一つ目")
        with pytest.raises(ValueError, match="already has a note"):
            sheet["B2"].add_note("二つ目")


class TestNames:
    def test_added_and_followed(self, book: xlwings.Book, sheet: xlwings.Sheet) -> None:
        book.names.add("kx_total", "='1-2 別表'!$B$2:$C$3")
        assert book.names["KX_TOTAL"].refers_to == "='1-2 別表'!$B$2:$C$3"
        assert book.names["kx_total"].refers_to_range.sheet.name == "1-2 別表"
        assert book.sheets["1-2 別表"]["kx_total"].address == "$B$2:$C$3"
        with pytest.raises(OfficeError):
            _ = sheet["kx_total"]
        book.sheets["1-2 別表"]["2:2"].insert("down")
        assert book.names["kx_total"].refers_to_range.address == "$B$3:$C$4"

    def test_of_one_sheet(self, book: xlwings.Book, sheet: xlwings.Sheet) -> None:
        sheet.names.add("kx_here", "=表!$A$1")
        assert [name.name for name in book.names] == ["表!kx_here"]
        assert "kx_here" in sheet.names
        assert "kx_here" not in book.sheets["1-2 別表"].names

    def test_deleted(self, book: xlwings.Book) -> None:
        book.names.add("kx_a", "=1")
        book.names["kx_a"].delete()
        assert "kx_a" not in book.names

    def test_one_without_cells(self, book: xlwings.Book) -> None:
        book.names.add("kx_rate", "=0.5")
        with pytest.raises(RuntimeError, match="kx_rate"):
            _ = book.names["kx_rate"].refers_to_range

    def test_the_name_of_a_range(self, sheet: xlwings.Sheet) -> None:
        sheet["B2:C3"].name = "kx_area"
        assert sheet["B2:C3"].name.name == "kx_area"
        assert sheet["B2"].name is None


class TestApp:
    @pytest.fixture(autouse=True)
    def _forgotten(self, live_office: LiveOffice) -> None:
        live_office.app.impl.state.clear()

    def test_settings(self, book: xlwings.Book) -> None:
        app = book.app
        assert (app.screen_updating, app.display_alerts, app.status_bar) == (True, True, False)
        app.screen_updating = False
        app.status_bar = "点検しました。"
        assert (app.screen_updating, app.status_bar) == (False, "点検しました。")

    def test_manual_calculation(self, book: xlwings.Book, sheet: xlwings.Sheet) -> None:
        sheet["A1"].value = [[1, "=A1*2"]]
        book.app.calculation = "manual"
        sheet["A1"].value = 5
        assert (book.app.calculation, sheet["B1"].value) == ("manual", 2)
        book.app.calculate()
        assert sheet["B1"].value == 10
        book.app.calculation = "automatic"

    def test_a_message_box_waits_for_nobody(self, live_office: LiveOffice, book: xlwings.Book) -> None:
        assert book.app.alert("誤りがあります。", "提出", "ok_cancel") == "ok"
        live_office.answer("cancel")
        assert book.app.alert("提出しますか。", "提出", "ok_cancel") == "cancel"
        assert [(one["prompt"], one["answer"]) for one in live_office.alerts] == [
            ("誤りがあります。", "ok"),
            ("提出しますか。", "cancel"),
        ]

    def test_what_is_missing_is_named(self, sheet: xlwings.Sheet) -> None:
        with pytest.raises(NotImplementedError, match=r"Sheet\.charts"):
            _ = sheet.charts
        with pytest.raises(NotImplementedError, match=r"Range\.copy_picture"):
            sheet["A1"].copy_picture()
        with pytest.raises(NotImplementedError, match=r"Apps\.add"):
            register().apps.add()
