"""Marks in an open book: what staff see, what stays, what a closed book makes of them, what is undone."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings

from kenpo_xl.annotations.acceptances import (
    ACCEPTED,
    RECORD_HEADERS,
    recorded_acceptances,
    unrecorded_acceptances,
)
from kenpo_xl.annotations.annotate import Mark, write_marked_copy, write_unmarked_copy
from kenpo_xl.annotations.highlight import highlight_formula
from kenpo_xl.books.common.list_sheet import add_list_sheet
from kenpo_xl.books.common.styled_workbook import new_styled_workbook
from kenpo_xl.books.common.styles import Styles
from kenpo_xl.books.input.write.highlight_rules import add_findings_sheet, add_highlight_rules
from kenpo_xl.domain.findings.acceptance import Acceptance
from kenpo_xl.domain.findings.finding import Severity
from kenpo_xl.errors import KenpoError
from kenpo_xl.live.workbook import set_marks_of_open_book
from kenpo_xl.ooxml.workbook import Workbook
from tests.annotations.books_to_mark import parts_of
from tests.libreoffice_engine.cells import Range
from tests.libreoffice_engine.notes import Note
from tests.libreoffice_engine.shapes import Shape
from tests.office import Office, bridge
from tests.office.office import FILTERS

ERROR = Mark(
    "集計", "B2", "合計が内訳と合いません。", Severity.ERROR, "CA01", "a/合計", "直してください。", "12,345"
)
EMPTY = Mark("集計", "C9", "空欄です。", Severity.WARNING, "VA01", "a/率", "入れてください。")
TEXT = Mark("集計", "C2", "長い文です。", Severity.WARNING, "WO01", "a/文")
WHOLE = Mark("", "", "ブックのことです。", Severity.INFO)
MARKS = [ERROR, EMPTY, TEXT, WHOLE]
WORDS = {"person": "山田", "day": "令和7年1月20日"}
# What Excel would read as something else if it were typed.
TRAPS = ["00123", "4/1", "=SUM(A1)", "TRUE", "1,080", "'引用", '文「"」', "行\n行", "文" * 400]


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A book as an input book is: a sheet that can be coloured, 指摘 and 確認記録."""
    path = tmp_path / "template.xlsx"
    with new_styled_workbook(path) as made:
        look = Styles(made)
        sheet = made.add_worksheet("集計")
        sheet.write_row(1, 0, ["件数", 12345, "文" * 400])
        sheet.write_formula("B3", "=B2*2", look("computed"), 24690)
        sheet.write_comment("C3", "自分の注記", {"author": "山田"})
        add_highlight_rules(made, sheet, 1)
        add_findings_sheet(made, look)
        add_list_sheet(made, look, ACCEPTED, "", [(header, 12) for header in RECORD_HEADERS])
    return path


@pytest.fixture
def book(template: Path, live_book: Callable[[Path], xlwings.Book]) -> xlwings.Book:
    return live_book(template)


def state(book: xlwings.Book, name: str = "state") -> Path:
    """A copy of the open state, as the book's own macro writes one."""
    path = Path(book.fullname).with_name(name) / book.name
    path.parent.mkdir(exist_ok=True)
    book.api.storeToURL(bridge.url(path), bridge.properties(FilterName=FILTERS[path.suffix]))
    return path


def marked(book: xlwings.Book, marks: list[Mark], accepted: Iterable[Acceptance] = ()) -> None:
    """As a button does: reasons typed into 指摘 since are accepted first."""
    copy = Workbook(state(book))
    set_marks_of_open_book(book, copy, marks, **WORDS, acceptances=(*unrecorded_acceptances(copy), *accepted))


def listed(book: xlwings.Book) -> list[list[Any]]:
    """The filled rows of 指摘, its visible columns."""
    return [row for row in book.sheets["指摘"]["A5:G40"].value if any(row)]


def notes(book: xlwings.Book) -> dict[str, str]:
    return {note.location.address.replace("$", ""): note.text for note in book.sheets["集計"].notes}


def content(book: xlwings.Book) -> dict[Any, Any]:
    """Everything in a saved copy of the open book: values, formulas, formats, notes, heights of rows."""
    return content_of(state(book, "content"))


def content_of(path: Path) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            for cell in row:
                look = (cell.number_format, cell.font, cell.fill, cell.border, cell.alignment)
                comment = cell.comment and cell.comment.text
                if cell.value is not None or comment:
                    found[sheet.title, cell.coordinate] = (cell.value, *map(repr, look), comment)
    for part, xml in parts_of(path).items():
        if "worksheets/" in part:
            found[part] = re.findall(rb'<row r="(\d+)"[^>]* customHeight="(?:1|true)"[^>]*ht="([\d.]+)"', xml)
    return found


def seen(book: xlwings.Book) -> dict[str, Any]:
    """What a look at the open book shows: formulas, notes, and formats of the lists' first rows."""
    return {
        sheet.name: (
            sheet.used_range.formula,
            {note.location.address: note.text for note in sheet.notes},
            [cell.number_format for cell in sheet["A5:M5"]],
        )
        for sheet in book.sheets
    }


def is_lit(book: xlwings.Book, cell: str, severity: Severity) -> bool:
    """Whether the formula of the conditional format that the sheet brings along holds for a cell."""
    asked = book.sheets["集計"]["Z99"]
    asked.formula = f"=IFERROR({highlight_formula(severity, 'k1', cell)},FALSE)"
    lit = asked.value
    asked.clear_contents()
    return lit


class TestWhatStaffSee:
    def test_the_list_the_notes_and_the_links(self, book: xlwings.Book) -> None:
        marked(book, MARKS)
        rows = listed(book)
        assert [row[0] for row in rows] == ["誤り CA01", "注意 VA01", "注意 WO01", "参考"]
        assert [row[1] for row in rows] == ["集計!B2", "集計!C9", "集計!C2", "ブック全体"]
        assert rows[0][2:5] == ["合計が内訳と合いません。", "直してください。", "12,345"]
        assert book.sheets["指摘"]["B5"].formula.startswith("=HYPERLINK(\"#'集計'!\"")
        assert notes(book) == {
            "B2": "kenpo-xl:\n【誤り CA01】合計が内訳と合いません。\n直してください。",
            "C2": "kenpo-xl:\n【注意 WO01】長い文です。",
            "C3": "自分の注記",
            "C9": "kenpo-xl:\n【注意 VA01】空欄です。\n入れてください。",
        }

    def test_it_is_what_a_closed_book_gets(self, template: Path, book: xlwings.Book, tmp_path: Path) -> None:
        write_marked_copy(template, MARKS, tmp_path / "closed.xlsx")
        marked(book, MARKS)
        # A program that saves the book again writes formatted rows below the list, too.
        closed, live = (
            [
                texts
                for row in openpyxl.load_workbook(path, data_only=True)["指摘"].values
                if any(texts := [cell or "" for cell in row[:12]])
            ]
            for path in (tmp_path / "closed.xlsx", state(book))
        )
        assert len(closed) > len(MARKS)
        assert live == closed

    def test_a_colour_goes_out_with_the_value(self, book: xlwings.Book) -> None:
        marked(book, MARKS)
        total = book.sheets["集計"]["B2"]
        assert is_lit(book, "B2", Severity.ERROR)
        total.value = 12346
        assert not is_lit(book, "B2", Severity.ERROR)
        total.value = 12345
        assert is_lit(book, "B2", Severity.ERROR)

    def test_long_texts_and_empty_cells_have_one_too(self, book: xlwings.Book) -> None:
        marked(book, MARKS)
        assert is_lit(book, "C2", Severity.WARNING)
        assert is_lit(book, "C9", Severity.WARNING)
        book.sheets["集計"]["C9"].value = 0
        assert not is_lit(book, "C9", Severity.WARNING)

    def test_places_follow_their_cells(self, book: xlwings.Book) -> None:
        marked(book, MARKS)
        book.sheets["集計"]["1:2"].insert("down")
        assert [row[1] for row in listed(book)] == ["集計!B4", "集計!C11", "集計!C4", "ブック全体"]
        assert is_lit(book, "B4", Severity.ERROR)

    def test_a_note_is_as_large_as_its_text_needs(self, book: xlwings.Book) -> None:
        marked(book, [ERROR, replace(EMPTY, text="長い文です。" * 20)])
        short, long = (shape.height for shape in list(book.sheets["集計"].shapes)[-2:])
        assert short < long
        assert round(book.sheets["集計"].shapes[-1].width) == 220

    def test_a_merged_cell_is_marked_at_its_anchor(self, book: xlwings.Book) -> None:
        book.sheets["集計"]["D5:E6"].merge()
        marked(book, [replace(ERROR, cell="E6")])
        assert "D5" in notes(book)

    def test_rows_grow_with_their_words_and_shrink_again(self, book: xlwings.Book) -> None:
        marked(book, [replace(ERROR, text="長い文です。" * 40)])
        row = book.sheets["指摘"]["A5"]
        assert row.row_height > 50
        marked(book, [])
        assert row.row_height < 20


class TestTexts:
    """Nothing is read into a text, neither in the list nor in what the colour is compared with."""

    @pytest.mark.parametrize("text", TRAPS, ids=[text[:5] for text in TRAPS])
    def test_it_stays_one(self, book: xlwings.Book, text: str) -> None:
        fields = ("text", "hint", "actual", "expected", "reason", "code", "identity")
        book.sheets["集計"]["D2"].number_format = "@"
        book.sheets["集計"]["D2"].value = text if text[0] != "'" else f"'{text}"
        marked(book, [Mark("集計", "D2", severity=Severity.ERROR, **dict.fromkeys(fields, text))])
        (row,) = openpyxl.load_workbook(state(book), data_only=True)["指摘"].iter_rows(min_row=5, max_row=5)
        assert [row[column].value for column in (2, 3, 4, 5, 6, 7, 8)] == [text] * 7
        assert {row[column].data_type for column in (2, 3, 4, 5, 6, 7, 8)} == {"s"}
        assert is_lit(book, "D2", Severity.ERROR)
        assert notes(book)["D2"].startswith(f"kenpo-xl:\n【誤り {text}】{text}\n{text}")

    def test_one_that_is_too_long_for_a_bulk_write_is_whole(self, book: xlwings.Book) -> None:
        marked(book, [replace(ERROR, actual="長" * 9000)])
        assert listed(book)[0][4] == "長" * 9000
        assert is_lit(book, "B2", Severity.ERROR)

    @pytest.mark.parametrize("value", [0.1 + 0.2, 1e-9, 123456789012, True, "=1/0"])
    def test_other_values_are_compared_as_they_are(self, book: xlwings.Book, value: object) -> None:
        book.sheets["集計"]["D2"].value = value
        marked(book, [replace(ERROR, cell="D2")])
        assert is_lit(book, "D2", Severity.ERROR)


class TestWhatIsTheStaffs:
    def test_a_cell_with_their_note_is_coloured_and_listed_and_that_is_said(self, book: xlwings.Book) -> None:
        marked(book, [replace(ERROR, cell="C3")])
        assert notes(book) == {"C3": "自分の注記"}
        assert "元からの注記" in listed(book)[0][3]
        assert is_lit(book, "C3", Severity.ERROR)

    def test_their_rows_in_the_list(self, book: xlwings.Book) -> None:
        book.sheets["指摘"]["C6"].value = "自分の覚え"
        for _ in range(2):
            marked(book, MARKS)
            assert [row[2] for row in listed(book)] == [
                MARKS[0].text,
                "自分の覚え",
                *(m.text for m in MARKS[1:]),
            ]
        marked(book, [])
        assert [row[2] for row in listed(book)] == ["自分の覚え"]
        assert book.sheets["指摘"]["C6"].value == "自分の覚え"

    def test_their_own_columns_in_the_list(self, book: xlwings.Book) -> None:
        book.sheets["指摘"]["D:D"].insert("right")
        marked(book, MARKS)
        book.sheets["指摘"]["D5"].value = "担当：山田"
        marked(book, MARKS)
        assert book.sheets["指摘"]["C5:E5"].value == [ERROR.text, "担当：山田", ERROR.hint]

    def test_words_typed_behind_our_note(self, book: xlwings.Book) -> None:
        marked(book, [ERROR])
        book.sheets["集計"]["B2"].note.text += "\n直しました。"
        marked(book, [])
        assert notes(book)["B2"].strip() == "直しました。"

    def test_nothing_is_left_of_ours(self, book: xlwings.Book) -> None:
        before = content(book)
        marked(book, MARKS)
        assert content(book) != before
        marked(book, MARKS)
        marked(book, [])
        assert content(book) == before


class TestAClosedBook:
    """What is marked while open is understood when it is closed, and the other way round."""

    def test_unmark_takes_out_what_was_marked_live(self, book: xlwings.Book, tmp_path: Path) -> None:
        before = content(book)
        marked(book, MARKS)
        write_unmarked_copy(state(book), tmp_path / "out.xlsx")
        book.close()
        assert content_of(tmp_path / "out.xlsx") == before

    def test_mark_marks_anew(self, book: xlwings.Book, tmp_path: Path) -> None:
        marked(book, MARKS)
        write_marked_copy(state(book), MARKS[:2], tmp_path / "out.xlsx")
        opened = openpyxl.load_workbook(tmp_path / "out.xlsx")
        assert [row[0] for row in opened["指摘"].iter_rows(min_row=5, values_only=True) if row[0]] == [
            "誤り CA01",
            "注意 VA01",
        ]
        assert opened["集計"]["C2"].comment is None

    @pytest.mark.parametrize("then", [[], MARKS[:1]])
    def test_marks_of_a_closed_book_are_taken_out_live(
        self,
        template: Path,
        tmp_path: Path,
        live_book: Callable[[Path], xlwings.Book],
        then: list[Mark],
    ) -> None:
        write_marked_copy(template, [*MARKS, replace(ERROR, cell="C3")], tmp_path / "marked.xlsx")
        book = live_book(tmp_path / "marked.xlsx")
        marked(book, then)
        assert len(listed(book)) == len(then)
        assert {cell: text.strip() for cell, text in notes(book).items() if cell != "B2"} == {
            "C3": "自分の注記"
        }
        assert ("B2" in notes(book)) == bool(then)

    def test_the_list_that_a_closed_book_was_brought(
        self, template: Path, tmp_path: Path, live_book: Callable[[Path], xlwings.Book], office: Office
    ) -> None:
        with office.edit(template) as document:
            document.Sheets.removeByName("指摘")
        write_marked_copy(template, MARKS[:1], tmp_path / "marked.xlsx")
        book = live_book(tmp_path / "marked.xlsx")
        marked(book, MARKS)
        assert [row[2] for row in listed(book)] == [one.text for one in MARKS]

    def test_without_the_list_one_sentence(self, book: xlwings.Book) -> None:
        book.sheets["指摘"].delete()
        with pytest.raises(KenpoError, match="kenpo-xl flag"):
            marked(book, MARKS)
        marked(book, [])


class TestReasons:
    def test_one_typed_into_the_list_moves_to_the_record_and_stays(self, book: xlwings.Book) -> None:
        marked(book, MARKS)
        book.sheets["指摘"]["G6"].value = "来月入れます"
        marked(book, MARKS)
        assert recorded_acceptances(Workbook(state(book))) == (
            Acceptance("VA01", "a/率", "", "来月入れます", "山田", "令和7年1月20日"),
        )
        assert listed(book)[1][6] == "来月入れます"
        assert "確認済：来月入れます" in notes(book)["C9"]
        assert not is_lit(book, "C9", Severity.WARNING)
        marked(book, [])
        assert len(recorded_acceptances(Workbook(state(book)))) == 1

    def test_those_that_are_given_go_below(self, book: xlwings.Book) -> None:
        for number in ("00123", "00124"):
            marked(book, MARKS, accepted=[Acceptance("CA01", "a/合計", number, "承知しています")])
        assert [(one.value, one.person) for one in recorded_acceptances(Workbook(state(book)))] == [
            ("00123", "山田"),
            ("00124", "山田"),
        ]

    def test_without_the_record_nothing_is_done(self, book: xlwings.Book) -> None:
        marked(book, MARKS)
        book.sheets["指摘"]["G6"].value = "来月入れます"
        book.sheets[ACCEPTED].delete()
        with pytest.raises(KenpoError, match=ACCEPTED):
            marked(book, [])
        assert len(listed(book)) == len(MARKS)


class TestHalfWay:
    """Whatever fails, and wherever, the book is as it was."""

    def test_every_step_is_undone(self, book: xlwings.Book, monkeypatch: pytest.MonkeyPatch) -> None:
        marked(book, [replace(ERROR, cell="B3"), EMPTY, WHOLE])
        book.sheets["集計"]["C9"].note.text += "\n直しました。"
        book.sheets["指摘"]["G6"].value = "来月入れます"
        before, copy = seen(book), Workbook(state(book))
        typed = unrecorded_acceptances(copy)
        steps = Steps(monkeypatch)
        for number in count(1, 2):
            steps.fail_at(number)
            try:
                set_marks_of_open_book(book, copy, MARKS, **WORDS, acceptances=typed)
            except SteppedOnError:
                assert seen(book) == before, f"step {number}"
            else:
                break
        assert number > 15
        assert seen(book) != before


class SteppedOnError(Exception):
    """What a test lets the application raise."""


class Steps:
    """Counts what is done to an open book, and lets one step fail."""

    DONE = (
        (Range, ("add_note", "clear_contents", "autofit"), ("raw_value", "formula", "number_format")),
        (Note, ("delete",), ("text",)),
        (Shape, (), ("width", "height")),
    )

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._left = 0
        for part, methods, settings in self.DONE:
            for name in methods:
                monkeypatch.setattr(part, name, self._counted(getattr(part, name)))
            for name in settings:
                own = inspect.getattr_static(part, name)
                monkeypatch.setattr(part, name, own.setter(self._counted(own.fset)))

    def fail_at(self, number: int) -> None:
        self._left = number

    def _counted(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **options: Any) -> Any:
            self._left -= 1
            if self._left == 0:
                raise SteppedOnError
            return step(*arguments, **options)

        return counted
