"""Marking in place: the book is written beside, kept, and left alone where it is open; reasons are kept."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kenpo_xl.annotations.acceptances import recorded_acceptances, typed_acceptances
from kenpo_xl.checks.context import CheckContext
from kenpo_xl.domain.findings.acceptance import Acceptance
from kenpo_xl.domain.findings.finding import Family, Finding, Severity, Violation
from kenpo_xl.domain.source import Source
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.storage.backup import backup_path
from kenpo_xl.tasks.book_result import BookResult
from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.examine.finding_marks import marks_of_findings
from kenpo_xl.tasks.flag import FlaggedBook, FlagResult, flag_books, unflag_books
from tests.own_rules import elsewhere, overwritten, rule, silent, use
from tests.tasks.books import figure_cell, type_into

CLAIMS = "レセプトグループ.xlsm"
TOTAL = "1-2-4/査定金額/当年/合計"
TODAY = date(2025, 1, 31)


@pytest.fixture(autouse=True)
def _own(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, rule(overwritten))


@pytest.fixture
def book(period: Path) -> Path:
    return period / "提出" / CLAIMS


def marked(book: Path) -> FlagResult:
    result = flag_books([book], today=TODAY, person="山田")
    assert result.written[0].failure == ""
    return result


def unmarked(book: Path) -> FlaggedBook:
    (written,) = unflag_books([book], today=TODAY, person="山田")
    assert written.failure == ""
    return written


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def give_reason(book: Path, reason: str) -> None:
    """Type beside the finding about the total."""
    opened = openpyxl.load_workbook(book)
    sheet = [sheet for sheet in opened if sheet.title.startswith("指摘")][-1]
    rows = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    headers = next(row for row in rows if "確認済の理由・返事" in row)
    row = next(place for place, words in enumerate(rows, start=1) if TOTAL in words)
    sheet.cell(row, headers.index("確認済の理由・返事") + 1).value = reason
    opened.save(book)


class TestInPlace:
    def test_the_cell_bears_what_was_found_and_the_book_is_kept_beside(
        self, period: Path, book: Path
    ) -> None:
        before, place = book.read_bytes(), figure_cell(period, TOTAL)
        result = marked(book)
        assert result.written == (FlaggedBook(book, changed=True),)
        sheet = openpyxl.load_workbook(book)[place.sheet]
        assert "算式に戻してください。" in sheet[place.cell].comment.text
        assert backup_path(book).name == f"{CLAIMS}.bak"
        assert backup_path(book).read_bytes() == before
        assert [path.name for path in book.parent.iterdir() if path.name.startswith(".")] == []

    def test_twice_is_once(self, book: Path) -> None:
        marked(book)
        once, kept = book.read_bytes(), backup_path(book).read_bytes()
        assert marked(book).written == (FlaggedBook(book, changed=False),)
        assert (book.read_bytes(), backup_path(book).read_bytes()) == (once, kept)

    def test_taken_out_again_every_part_is_as_before(self, book: Path) -> None:
        before = members(book)
        marked(book)
        assert members(book) != before
        backup_path(book).unlink()
        assert unmarked(book).changed
        assert members(book) == before
        assert not unmarked(book).changed

    def test_what_was_typed_in_between_stays(self, period: Path, book: Path) -> None:
        place = figure_cell(period, TOTAL)
        marked(book)
        type_into(period, place, 12345)
        unmarked(book)
        sheet = openpyxl.load_workbook(book)[place.sheet]
        assert sheet[place.cell].value == 12345
        assert sheet[place.cell].comment is None

    def test_the_marks_do_not_change_what_is_found(self, book: Path) -> None:
        before = check_books([book]).books[0].findings
        marked(book)
        assert check_books([book]).books[0].findings == before

    def test_nothing_found_nothing_written(self, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        use(monkeypatch, rule(silent))
        before = book.read_bytes()
        assert marked(book).written == (FlaggedBook(book, changed=False),)
        assert book.read_bytes() == before
        assert not backup_path(book).exists()

    def test_what_has_no_cell_here_stands_in_the_list_only(
        self, book: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        use(monkeypatch, rule(elsewhere))
        marked(book)
        opened = openpyxl.load_workbook(book)
        lists = [sheet for sheet in opened if sheet.title.startswith("指摘")]
        words = [cell.value for sheet in lists for row in sheet.iter_rows() for cell in row]
        assert {"消えたシートのことです。", "KPIのことです。", "ブックのことです。"} <= set(words)

    def test_the_other_side_is_coloured_too_and_has_no_reason_of_its_own(
        self, period: Path, book: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def both_sides(context: CheckContext) -> Iterator[Violation]:
            here, there = (Source(book.name, "1-2-4", cell) for cell in ("E29", "E30"))
            neighbour = Source("保健グループ.xlsm", "2-2-1", "E9")
            yield Violation(here, TOTAL, "2 つの数が違います。", actual="1", related=(there, neighbour))

        use(monkeypatch, rule(both_sides))
        flag_books([book], today=TODAY)
        sheet = openpyxl.load_workbook(book)["指摘"]
        rows = [[sheet.cell(row, column).value for column in (1, 3)] for row in (5, 6, 7)]
        assert rows == [
            ["注意 CA90", "2 つの数が違います。"],
            ["注意 CA90", "1-2-4!E29 の指摘の相手のセルです。"],
            [None, None],
        ]
        give_reason(book, "確かめました")
        (checked,) = check_books([book]).books
        marks = [(one.code, one.cell, one.reason) for one in marks_of_findings(checked)]
        assert marks == [("CA90", "E29", "確かめました"), ("CA90", "E30", "確かめました")]
        assert [(one.identity, one.value) for one in typed_acceptances(Workbook(book))] == [(TOTAL, "1")]

    @pytest.mark.parametrize(
        ("severity", "kind"),
        [(Severity.WARNING, "確認済"), (Severity.INFO, "確認済"), (Severity.ERROR, "誤り")],
    )
    def test_the_rows_of_other_sides_and_further_cells_show_that_a_finding_is_accepted(
        self, book: Path, monkeypatch: pytest.MonkeyPatch, severity: Severity, kind: str
    ) -> None:
        """An error cannot be accepted: all its rows keep its colour."""

        def both_sides(context: CheckContext) -> Iterator[Violation]:
            here, other, further = (Source(book.name, "1-2-4", cell) for cell in ("E29", "E30", "F29"))
            yield Violation(here, TOTAL, "違います。", actual="1", related=(other,), cells=(here, further))

        use(monkeypatch, rule(both_sides, severity=severity))
        marked(book)
        give_reason(book, "確かめました")
        (checked,) = check_books([book]).books
        kinds = [(one.cell, one.kind, one.is_highlighted) for one in marks_of_findings(checked)]
        is_error = severity is Severity.ERROR
        assert kinds == [
            ("E29", f"{severity} CA90", is_error),
            ("E30", f"{kind} CA90", is_error),
            ("F29", f"{kind} CA90", is_error),
        ]

    @pytest.mark.parametrize("lock", ["~${}", ".~lock.{}#"])
    def test_an_open_book_is_left_alone(self, book: Path, lock: str) -> None:
        before = book.read_bytes()
        book.with_name(lock.format(book.name)).write_bytes(b"")
        for written in (*flag_books([book], today=TODAY).written, *unflag_books([book], today=TODAY)):
            assert "開いている場合は閉じて" in written.failure
        assert book.read_bytes() == before
        assert not backup_path(book).exists()

    def test_one_that_cannot_be_read_stops_no_other(self, period: Path, book: Path) -> None:
        book.write_bytes(b"")
        result = flag_books([period], today=TODAY)
        assert [bool(one.failure) for one in result.written].count(True) == 1
        assert book.read_bytes() == b""
        assert not result.has_no_failures


class TestReasons:
    WORDS = "資料のとおりです"

    def test_they_move_to_the_record_with_who_and_when(self, book: Path) -> None:
        marked(book)
        give_reason(book, self.WORDS)
        marked(book)
        (row,) = recorded_acceptances(Workbook(book))
        value = next(one.actual for one in check_books([book]).books[0].findings if one.identity == TOTAL)
        assert row == Acceptance("CA90", TOTAL, value, self.WORDS, "山田", "令和7年1月31日")
        assert [one.reason for one in typed_acceptances(Workbook(book))] == [self.WORDS]

    def test_none_twice(self, book: Path) -> None:
        marked(book)
        give_reason(book, self.WORDS)
        marked(book)
        once = book.read_bytes()
        assert not marked(book).written[0].changed
        assert book.read_bytes() == once

    def test_unflag_keeps_them(self, book: Path) -> None:
        marked(book)
        give_reason(book, self.WORDS)
        unmarked(book)
        assert [one.reason for one in recorded_acceptances(Workbook(book))] == [self.WORDS]
        assert check_books([book]).closed_counts.total() == 1

    def test_an_accepted_warning_counts_no_more(self, book: Path) -> None:
        before = marked(book).checked.count_open(Severity.WARNING)
        give_reason(book, self.WORDS)
        assert marked(book).checked.count_open(Severity.WARNING) == before - 1

    def test_another_reason_goes_below_the_first_and_counts(self, book: Path) -> None:
        marked(book)
        for reason in (self.WORDS, "確かめました"):
            give_reason(book, reason)
            marked(book)
        assert [one.reason for one in recorded_acceptances(Workbook(book))] == [self.WORDS, "確かめました"]
        assert set(check_books([book]).books[0].reason_by_finding.values()) == {"確かめました"}

    def test_without_the_record_nothing_is_lost(self, book: Path) -> None:
        marked(book)
        give_reason(book, self.WORDS)
        opened = openpyxl.load_workbook(book)
        del opened["確認記録"]
        opened.save(book)
        before = book.read_bytes()
        (written,) = unflag_books([book], today=TODAY)
        assert "確認記録" in written.failure
        assert book.read_bytes() == before


class TestOrder:
    """The rows of 指摘: open findings by weight, closed ones behind, further cells of a column last."""

    def result(self, *findings: Finding, **changes: Any) -> BookResult:
        return replace(BookResult(Path("一.xlsm"), sheets=("1-1",), findings=findings), **changes)

    def finding(self, severity: Severity, cell: str, **changes: Any) -> Finding:
        place = ("一.xlsm", "1-1", cell, f"1-1/{cell}")
        return Finding("CA90", Family.ARITHMETIC, severity, *place, "合いません。", "直す", **changes)

    def test_by_weight_then_by_place(self) -> None:
        info, late, error = (
            self.finding(severity, cell)
            for severity, cell in ((Severity.INFO, "B1"), (Severity.WARNING, "B9"), (Severity.ERROR, "B8"))
        )
        early = self.finding(Severity.WARNING, "B2")
        marks = marks_of_findings(self.result(info, early, error, late))
        assert [mark.cell for mark in marks] == ["B8", "B2", "B9", "B1"]

    def test_a_closed_error_is_behind_an_open_warning_and_without_colour_if_settled(self) -> None:
        settled, explained = self.finding(Severity.ERROR, "B1"), self.finding(Severity.ERROR, "B2")
        warning = self.finding(Severity.WARNING, "B3")
        found = self.result(
            settled, explained, warning, adjusted={settled}, reason_by_finding={explained: "公表のとおり"}
        )
        marks = marks_of_findings(found)
        assert [(mark.cell, mark.kind, mark.is_highlighted) for mark in marks] == [
            ("B3", "注意 CA90", True),
            ("B1", "調整済 CA90", False),
            ("B2", "誤り CA90", True),
        ]
        assert [mark.reason for mark in marks] == ["", "", "公表のとおり"]

    def test_every_cell_of_a_column_is_marked_and_its_first_or_header_once(self) -> None:
        cells = tuple(Source("一.xlsm", "1-1", cell) for cell in ("G3", "G4", "G6"))
        column = self.finding(Severity.WARNING, "G3", cells=cells, actual="切捨て")
        marks = marks_of_findings(self.result(column, self.finding(Severity.WARNING, "H1")))
        assert [mark.cell for mark in marks] == ["G3", "H1", "G4", "G6"]
        assert all(mark.is_highlighted for mark in marks)
        assert marks[2].text == "1-1!G3 の指摘にあるセルです。"
        assert (marks[2].actual, marks[2].is_other_side) == ("", True)
