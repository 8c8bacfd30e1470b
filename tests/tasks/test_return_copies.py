"""Flagged copies in 返却/: made where there is something to mark, and never over what a clerk went on in."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from kenpo_xl.annotations.annotate import (
    Mark,
    is_unchanged_since_marked,
    write_marked_copy,
    write_unmarked_copy,
)
from kenpo_xl.tasks.check import BookResult, check_books
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.return_copies import ReturnedCopy, update_returned_copy
from tests.edited import edited
from tests.office import Office
from tests.own_rules import overwritten, rule, use
from tests.tasks.books import figure_cell, type_into
from tests.tasks.two_groups import COUNTS, TOTAL, TOTAL_CELL, write_two_groups

GROUP = COUNTS
OLE2 = bytes.fromhex("D0CF11E0A1B11AE1")
OTHER_TOTAL_CELL = "H18"


@pytest.fixture(autouse=True)
def _own(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, rule(overwritten))


@pytest.fixture
def period(tmp_path: Path) -> Path:
    """A period of two groups, one of which typed over both of its totals."""
    folder = write_two_groups(tmp_path / "第3四半期")
    with edited(folder / "提出" / f"{GROUP}.xlsm") as book:
        book["1-1"][TOTAL_CELL], book["1-1"][OTHER_TOTAL_CELL] = 605, 589
    return folder


@pytest.fixture
def copy(period: Path) -> Path:
    """Where the copy of that book lies."""
    path = period / "返却" / f"{GROUP}.xlsm"
    assert returned(period) == ReturnedCopy(GROUP, path, changed=True)
    return path


def checked(period: Path) -> BookResult:
    return check_books([period / "提出" / f"{GROUP}.xlsm"]).books[0]


def returned(period: Path, book: BookResult | None = None) -> ReturnedCopy:
    return update_returned_copy(PeriodFolder(period), GROUP, book or checked(period))


def save_as_a_person(path: Path) -> None:
    openpyxl.load_workbook(path).save(path)


def mend(period: Path) -> None:
    """Hand in a book in which another total is typed over than before."""
    type_into(period, figure_cell(period, TOTAL), 12345)


def note(copy: Path, period: Path) -> str:
    place = figure_cell(period, TOTAL)
    return openpyxl.load_workbook(copy)[place.sheet][place.cell].comment.text


def test_the_copy_bears_the_marks_and_is_the_submission_otherwise(period: Path, copy: Path) -> None:
    assert "計算すると" in note(copy, period)
    assert is_unchanged_since_marked(copy)
    write_unmarked_copy(copy, copy.with_name("plain.xlsx"))
    with zipfile.ZipFile(copy.with_name("plain.xlsx")) as one, zipfile.ZipFile(checked(period).path) as other:
        assert {n: one.read(n) for n in one.namelist()} == {n: other.read(n) for n in other.namelist()}


def test_nothing_is_written_twice(period: Path, copy: Path) -> None:
    before = copy.stat().st_mtime_ns
    assert returned(period) == ReturnedCopy(GROUP, copy, changed=False)
    assert copy.stat().st_mtime_ns == before


def test_another_submission_gets_another_copy(period: Path, copy: Path) -> None:
    mend(period)
    assert returned(period).changed
    assert "12,345" in note(copy, period)


def test_other_findings_get_another_copy(period: Path, copy: Path) -> None:
    book = checked(period)
    assert returned(period, replace(book, findings=book.findings[:1])).changed


class TestWorkedIn:
    def test_one_that_a_clerk_saved_stays_and_is_told(self, period: Path, copy: Path) -> None:
        save_as_a_person(copy)
        kept = copy.read_bytes()
        mend(period)
        result = returned(period)
        assert copy.read_bytes() == kept
        assert (result.path, result.changed) == (None, False)
        assert [(one.name, one.group) for one in result.left] == [(f"返却/{GROUP}.xlsm", GROUP)]
        assert "続きを入力している" in result.left[0].reason

    def test_once_it_was_submitted_it_gives_way(self, period: Path, copy: Path) -> None:
        save_as_a_person(copy)
        shutil.copy(copy, period / "提出" / copy.name)
        plain = copy.with_suffix(".xlsx")  # it was saved without its macros
        assert returned(period) == ReturnedCopy(GROUP, plain, changed=True)
        assert is_unchanged_since_marked(plain)
        assert not copy.exists()

    def test_a_clerk_goes_on_in_it_and_hands_it_in(self, period: Path, copy: Path, office: Office) -> None:
        place = figure_cell(period, TOTAL)
        with office.edit(copy) as document:
            document.Sheets.getByName(place.sheet).getCellRangeByName(place.cell).Value = 98765
        assert returned(period).left
        shutil.copy(copy, period / "提出" / copy.name)
        assert returned(period) == ReturnedCopy(GROUP, copy, changed=True)
        assert "98,765" in note(copy, period)

    def test_one_whose_marks_were_taken_out_is_the_submission_and_gives_way(
        self, period: Path, copy: Path
    ) -> None:
        shutil.copy(period / "提出" / copy.name, copy)
        assert returned(period) == ReturnedCopy(GROUP, copy, changed=True)

    @pytest.mark.parametrize("header", [OLE2, OLE2 + "EncryptedPackage".encode("utf-16-le")])
    def test_one_with_a_password_or_of_the_old_format_stays(
        self, period: Path, copy: Path, header: bytes
    ) -> None:
        copy.write_bytes(header)
        result = returned(period)
        assert (bool(result.left), result.failed) == (True, ())
        assert copy.read_bytes() == header

    def test_another_book_of_that_name_stays(self, period: Path, copy: Path) -> None:
        openpyxl.Workbook().save(copy)
        kept = copy.read_bytes()
        assert returned(period).left
        assert copy.read_bytes() == kept

    def test_one_that_is_open_stays_and_is_told(self, period: Path, copy: Path) -> None:
        kept = copy.read_bytes()
        (copy.parent / f"~${copy.name}").write_bytes(b"")
        assert returned(period) == ReturnedCopy(GROUP, copy, changed=False)
        mend(period)
        result = returned(period)
        assert "開いている場合は閉じて" in result.left[0].reason
        assert result.failed == result.left
        assert copy.read_bytes() == kept


class TestDamaged:
    @pytest.mark.parametrize("content", [b"", bytes(9_000), b"something else", b"PK\3\4 cut"])
    def test_one_that_no_program_saved_is_made_again(self, period: Path, copy: Path, content: bytes) -> None:
        good = copy.read_bytes()
        copy.write_bytes(content)
        assert returned(period) == ReturnedCopy(GROUP, copy, changed=True)
        assert copy.read_bytes() == good

    def test_what_was_left_of_it_is_kept(self, period: Path, copy: Path) -> None:
        save_as_a_person(copy)
        whole = copy.read_bytes()
        half = whole[: len(whole) // 2]
        copy.write_bytes(half)
        assert returned(period) == ReturnedCopy(GROUP, copy, changed=True)
        assert copy.with_name(f"{copy.name}.bak").read_bytes() == half

    def test_that_of_another_group(self, period: Path, copy: Path, tmp_path: Path) -> None:
        good = copy.read_bytes()
        other = shutil.copy(period / "提出" / "業務グループ.xlsm", tmp_path)
        write_marked_copy(Path(other), [Mark("", "", "…")], copy.with_name("業務グループ.xlsm"))
        copy.with_name("業務グループ.xlsm").replace(copy)
        assert returned(period) == ReturnedCopy(GROUP, copy, changed=True)
        assert copy.read_bytes() == good


class TestTrouble:
    def test_a_folder_in_its_place(self, period: Path) -> None:
        place = period / "返却" / f"{GROUP}.xlsm"
        (place / "中").mkdir(parents=True)
        result = returned(period)
        assert [one.name for one in result.failed] == [f"返却/{GROUP}.xlsm"]
        assert result.left == result.failed
        assert (place / "中").is_dir()

    def test_a_file_in_the_place_of_the_folder(self, period: Path) -> None:
        (period / "返却").write_text("", encoding="utf-8")
        (failed,) = returned(period).failed
        assert "書き込めません" in failed.reason

    def test_a_full_disk(self, period: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The folder for temporary files is gone, which is what a program sees of a disk in failure."""
        book = checked(period)
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
        (failed,) = returned(period, book).failed
        assert "空き容量" in failed.reason
        assert not (period / "返却").exists()


class TestNothingToMark:
    def test_no_copy_is_made(self, period: Path) -> None:
        assert returned(period, replace(checked(period), findings=())) == ReturnedCopy(GROUP)
        assert not (period / "返却").exists()

    def test_accepted_warnings_alone_need_none(self, period: Path) -> None:
        book = checked(period)
        reasons = dict.fromkeys(book.findings, "資料のとおり")
        assert returned(period, replace(book, reason_by_finding=reasons)) == ReturnedCopy(GROUP)

    def test_one_of_ours_is_taken_away(self, period: Path, copy: Path) -> None:
        result = returned(period, replace(checked(period), findings=()))
        assert result == ReturnedCopy(GROUP, changed=True)
        assert not copy.exists()

    def test_one_that_a_clerk_saved_stays(self, period: Path, copy: Path) -> None:
        save_as_a_person(copy)
        result = returned(period, replace(checked(period), findings=()))
        assert copy.exists()
        assert result.left

    def test_a_book_that_cannot_be_read_takes_no_copy_away(self, period: Path, copy: Path) -> None:
        (period / "提出" / copy.name).write_bytes(b"PK")
        assert returned(period) == ReturnedCopy(GROUP)
        assert copy.exists()


def test_a_macro_book_takes_the_place_of_a_plain_one(period: Path, copy: Path) -> None:
    book = checked(period)
    plain = book.path.with_suffix(".xlsx")
    shutil.copy(book.path, plain)
    assert returned(period, replace(book, path=plain, ending=".xlsx")).path == copy.with_suffix(".xlsx")
    assert returned(period, book) == ReturnedCopy(GROUP, copy, changed=True)
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]


def test_a_book_that_cannot_be_marked_is_told(period: Path, copy: Path) -> None:
    book = checked(period)
    with zipfile.ZipFile(book.path, "a") as package:
        package.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    (left,) = returned(period, book).left
    assert "デジタル署名" in left.reason
