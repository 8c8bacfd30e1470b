"""What is on the screen counts, saved or not; and what is told where a button cannot do its work."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kenpo_xl.books.common.macros.python_cell import python_settings
from kenpo_xl.books.common.macros.restored_buttons import restore_buttons
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.tasks.check import check_books
from tests.buttons.conftest import OpenBook
from tests.buttons.stages import OURS, Bench, Seen, cells, notes
from tests.tasks.two_groups import COUNTS, TOTAL_CELL, build_two_groups

CLAIMS = f"{COUNTS}.xlsm"
CHECK, SUBMIT = "点検", "提出"


@pytest.fixture
def bench(opened: OpenBook, small: Path, tmp_path: Path) -> Bench:
    return opened(CLAIMS, shutil.copytree(small, tmp_path / small.name))


def test_a_change_that_is_not_saved_is_checked(bench: Bench) -> None:
    cell = bench.book.sheets["1-1"][TOTAL_CELL]
    cell.value = 12345
    seen = Seen.after(bench, CHECK)
    (row,) = (row for row in seen.findings if row[2] == f"1-1!{TOTAL_CELL}")
    assert row[6].startswith("12,345")
    assert cell.note.text.startswith(OURS)
    assert cell.value == 12345


def test_a_line_that_was_inserted_gets_its_block_and_kind(bench: Bench) -> None:
    sheet = bench.book.sheets["1-1"]
    sheet.range("A11:C11").clear_contents()
    assert Seen.after(bench, CHECK).run.status == 0
    assert sheet.range("A11:C11").value == [None, "1", "文"]
    assert Seen.after(bench, CHECK).cells["1-1"] == cells(bench.book)["1-1"]


def test_a_change_that_is_not_saved_is_submitted(bench: Bench) -> None:
    bench.book.names["kx_override"].refers_to_range.value = "公表のとおり。"
    bench.book.sheets["1-1"]["D11"].value = "・直したばかりの文。"
    assert Seen.after(bench, SUBMIT).run.status == 0
    with_text = bench.office.open(Path(shutil.copy(bench.submitted, bench.period.parent / "写し.xlsm")))
    assert with_text.sheets["1-1"]["D11"].value == "・直したばかりの文。"


def test_what_is_submitted_names_no_python_of_the_clerks(bench: Bench) -> None:
    """Others press the buttons of that book; the clerk's own book stays as typed."""
    bench.book.names["kx_override"].refers_to_range.value = "公表のとおり。"
    python = next(bench.office.folder.glob("pythonw"))
    bench.book.names["kx_python"].refers_to_range.value = str(python)
    assert Seen.after(bench, SUBMIT).run.status == 0
    assert [one.text for one in python_settings(Workbook(bench.path))] == [str(python)]
    assert python_settings(Workbook(bench.submitted)) == ()


def test_without_the_plan_nothing_is_touched(bench: Bench) -> None:
    before = cells(bench.book), notes(bench.book)
    (bench.period / "計画.xlsx").unlink()
    seen = Seen.after(bench, CHECK)
    assert seen.run.status == 3
    assert "計画" in seen.run.told
    assert (seen.cells, seen.notes) == before
    assert seen.screen_updating
    assert seen.status_bar is False


def test_without_python_the_book_says_so(bench: Bench) -> None:
    bench.book.names["kx_python"].refers_to_range.value = "/ここには/ない/python"
    run = bench.office.press(bench.book, CHECK)
    assert run.status is None
    assert "Python を起動できませんでした" in run.told
    assert "/ここには/ない/python" in run.told


def test_a_book_with_signs_in_its_name_is_checked(bench: Bench) -> None:
    path = Path(shutil.copy(bench.path, bench.path.with_name(" 業務=1's 100%TEMP%𠮷.xlsm")))
    run = bench.office.press(bench.office.open(path), CHECK)
    assert (run.status, run.arguments[1]) == (0, f"--wb={path.name}")
    assert run.told.startswith("誤り")


def test_a_book_whose_name_the_bridge_cannot_tell(bench: Bench) -> None:
    """The sign that quotes an argument; Windows lets no file have it in its name."""
    path = Path(shutil.copy(bench.path, bench.path.with_name('業務"1.xlsm')))
    run = bench.office.press(bench.office.open(path), CHECK)
    assert run.status == 3
    assert "kenpo-xl doctor" in run.told


# What staff type where a number, a rating or a sentence is expected.
MISTYPED = {
    "E29": "４３，０８９",
    "F29": "43,089 件",
    "G29": True,
    "E30": "=1/0",
    "F30": -5,
    "G30": "'00123",
    "E19": "◯",
    "D10": "・加入者へ、12 月 20 に令和 7 月１～３月分を送った。電話 048-123-4567",
    "D11": "'=高額レセプトの点検を徹底。",
}


def test_what_is_found_is_what_the_saved_book_gives(opened: OpenBook) -> None:
    bench = opened(CLAIMS)
    sheet = bench.book.sheets["1-2-4"]
    for cell, value in MISTYPED.items():
        sheet[cell].value = value
    sheet["18:19"].insert("down")
    seen = Seen.after(bench, CHECK)
    bench.book.save()
    restore_buttons(bench.path)  # LibreOffice saves them so that nothing shows them
    (saved,) = check_books([bench.path]).books
    found = [
        (one.code, f"{one.sheet}!{one.cell}", one.message, one.actual, one.expected)
        for one in saved.findings
        if one.cell
    ]
    on_screen = [
        (code, place, message, actual, expected)
        for code, _, place, _, message, _, actual, expected, _ in seen.findings
        if "!" in place
    ]
    assert sorted(on_screen) == sorted(found)
    assert len(seen.findings) == len(saved.findings) > len(MISTYPED)


def test_a_protected_book_is_marked_and_protected_again(opened: OpenBook, tmp_path: Path) -> None:
    bench = opened(CLAIMS, build_two_groups(tmp_path, protect=True))
    protected = {sheet.name: sheet.api.isProtected() for sheet in bench.book.sheets}
    for caption, is_marked in (("点検", True), ("指摘を消す", False)):
        seen = Seen.after(bench, caption)
        assert (seen.run.status, seen.run.errors) == (0, "")
        assert any(OURS in text for text in seen.notes.values()) is is_marked
        assert {sheet.name: sheet.api.isProtected() for sheet in bench.book.sheets} == protected
    assert any(protected.values())
