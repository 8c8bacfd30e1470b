"""Every button of an input book is pressed, and what it did stands in the open document.

A book of the sample is as large as they get; two small ones have mistakes of each severity, a note of the
staff, and no error.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kenpo_xl.books.common import names
from kenpo_xl.books.common.macros.restored_buttons import restore_buttons
from kenpo_xl.cli.commands import main
from kenpo_xl.domain.findings.finding import Finding, Severity
from kenpo_xl.ooxml.workbook import Workbook
from kenpo_xl.tasks.check import BookResult, check_books
from tests.buttons.stages import OURS, Bench, Place, Seen, cells, notes
from tests.office.colours import Colour, shown_colours
from tests.office.live import buttons

CAPTIONS = ["点検", "直す", "直しを戻す", "指摘を消す", "提出"]
CHECK, CLEAR, SUBMIT = "点検", "指摘を消す", "提出"
COLOURS = {Severity.ERROR: (255, 179, 179), Severity.WARNING: (255, 217, 102)}
FLAGS = set(COLOURS.values())
REASON = "公表した資料のとおりにするため。"
WHY = "kx_override"
TOLD = ("identity", "message", "hint", "actual", "expected")


@dataclass(frozen=True)
class Checked:
    """A book before and after 点検."""

    handed_in: bytes
    closed: BookResult
    saved: dict[str, tuple[bytes, bytes]]
    cells: dict[str, Any]
    notes: dict[Place, str]
    seen: Seen
    colours: dict[Place, Colour | None]
    file_is_as_before: bool

    @property
    def in_cells(self) -> list[Finding]:
        """What was found in a cell, the worst first."""
        return sorted((one for one in self.closed.findings if one.cell), key=lambda one: one.severity.rank)


@pytest.fixture(scope="module")
def checked(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    saved = bench.saved(tmp_path_factory.mktemp("before"))
    file, handed_in = bench.path.read_bytes(), bench.submitted.read_bytes()
    (closed,) = check_books([bench.path]).books
    flagged = [place_of(one) for one in closed.findings if one.cell]
    before = cells(bench.book), notes(bench.book)
    seen = Seen.after(bench, CHECK)
    is_as_before = bench.path.read_bytes() == file
    return Checked(handed_in, closed, saved, *before, seen, colours(bench, flagged), is_as_before)


@pytest.fixture(scope="module")
def cleared(bench: Bench, checked: Checked) -> Seen:
    return Seen.after(bench, CLEAR)


@pytest.fixture(scope="module")
def refused(bench: Bench, checked: Checked, cleared: Seen) -> Seen | None:
    """What 提出 answers while errors stand without a reason; None for a book without errors."""
    return Seen.after(bench, SUBMIT) if checked.closed.open_errors else None


@pytest.fixture(scope="module")
def submitted(bench: Bench, checked: Checked, refused: Seen | None) -> Seen:
    """The book handed in, with a reason where errors stand."""
    assert bench.submitted.read_bytes() == checked.handed_in
    if refused:
        bench.book.names[WHY].refers_to_range.value = REASON
    return Seen.after(bench, SUBMIT)


def test_these_are_all_buttons_of_the_book(bench: Bench) -> None:
    found = [(one.sheet, one.caption) for one in buttons(bench.book)]
    items = dict.fromkeys(sheet for sheet, _ in found if sheet != "操作")
    assert items
    assert found == [
        *(("操作", one) for one in CAPTIONS),
        *((sheet, one) for sheet in items for one in ("次の指摘", "指摘一覧")),
    ]


class TestCheck:
    def test_it_ends_well_and_says_what_it_found(self, checked: Checked) -> None:
        run = checked.seen.run
        assert (run.status, run.errors, run.arguments[0]) == (0, "", "check")
        counts = {severity: checked.closed.count_open(severity) for severity in Severity}
        wanted = "、".join(f"{severity} {count} 件" for severity, count in counts.items() if count)
        assert run.told.startswith(f"{wanted}があります")
        assert checked.seen.status_bar == run.told

    def test_the_cursor_is_on_the_first_of_the_worst(self, checked: Checked) -> None:
        assert checked.seen.cursor == place_of(checked.in_cells[0])

    def test_every_flagged_cell_is_coloured(self, checked: Checked) -> None:
        # Of more findings in one cell the worst counts.
        wanted = {place_of(one): COLOURS.get(one.severity) for one in reversed(checked.in_cells)}
        ours = {place: colour if colour in FLAGS else None for place, colour in checked.colours.items()}
        assert ours == wanted

    def test_every_flagged_cell_has_a_note_that_tells_it(self, checked: Checked) -> None:
        ours = {place: text for place, text in checked.seen.notes.items() if OURS in text}
        beside = (side for one in checked.in_cells for side in (*one.related, *one.cells))
        others = {Place(side.sheet, side.cell) for side in beside}
        assert ours.keys() == {place_of(one) for one in checked.in_cells} | others
        assert all(one.message in ours[place_of(one)] for one in checked.in_cells)

    def test_nothing_of_the_staff_is_altered(self, checked: Checked) -> None:
        now = checked.seen.cells
        assert {sheet for sheet in now if now[sheet] != checked.cells[sheet]} == {"指摘"}
        assert checked.notes.items() <= checked.seen.notes.items()
        assert checked.file_is_as_before
        assert checked.seen.screen_updating


class TestTheDoors:
    """What the rules find is the same through every door, compared whole."""

    def test_the_sheet_lists_what_the_task_finds(self, checked: Checked) -> None:
        wanted = [
            (one.code, str(one.severity), *place_of(one), *(getattr(one, key) for key in TOLD))
            for one in checked.closed.findings
        ]
        assert listed(checked.seen) == sorted(wanted)

    def test_the_command_line_finds_the_same(self, bench: Bench, checked: Checked) -> None:
        told = CliRunner().invoke(main, ["check", str(bench.path), "--format", "json"])
        (book,) = json.loads(told.output)["workbooks"]
        words = {severity.name.lower(): str(severity) for severity in Severity}
        found = [
            (one["code"], words[one["severity"]], one["sheet"], one["cell"], *(one[key] for key in TOLD))
            for one in book["findings"]
        ]
        assert sorted(found) == listed(checked.seen)


class TestClear:
    def test_it_ends_well(self, cleared: Seen) -> None:
        assert (cleared.run.status, cleared.run.errors, cleared.run.arguments[0]) == (0, "", "clear_findings")
        assert cleared.status_bar == cleared.run.told
        assert cleared.screen_updating

    def test_the_book_is_as_before(self, checked: Checked, cleared: Seen) -> None:
        assert cleared.cells == checked.cells
        assert cleared.notes == checked.notes
        assert cleared.findings == []

    def test_the_saved_book_is_as_before(
        self, bench: Bench, checked: Checked, cleared: Seen, tmp_path: Path
    ) -> None:
        now = bench.saved(tmp_path)
        assert {sheet for sheet in now if now[sheet] != checked.saved[sheet]} <= {"操作", "指摘"}

    def test_no_colour_is_left(self, bench: Bench, checked: Checked, cleared: Seen) -> None:
        some = list(checked.colours)[:3]
        assert not set(colours(bench, some).values()) & FLAGS


class TestSubmit:
    def test_it_is_refused_while_errors_stand(self, checked: Checked, refused: Seen | None) -> None:
        if refused is None:
            assert not checked.closed.open_errors
            return
        assert (refused.run.status, refused.run.errors) == (3, "")
        assert f"誤りが {len(checked.closed.open_errors)} 件残っているため" in refused.run.told
        first = next(one for one in checked.closed.open_errors if one.cell)
        assert (refused.cursor.sheet, refused.cursor.cell) == place_of(first)
        assert refused.screen_updating

    def test_it_is_submitted(self, bench: Bench, submitted: Seen, tmp_path: Path) -> None:
        assert (submitted.run.status, submitted.run.errors, submitted.run.arguments[0]) == (0, "", "submit")
        assert submitted.run.told.startswith(f"提出しました（提出／{bench.path.name}）。")
        # LibreOffice saves the buttons so that nothing shows them; those of the submitted book are back.
        same = tmp_path / bench.path.name
        same.write_bytes(bench.path.read_bytes())
        assert restore_buttons(same)
        assert bench.submitted.read_bytes() == same.read_bytes()

    def test_no_saved_book_says_that_a_button_is_at_work(self, bench: Bench, submitted: Seen) -> None:
        for path in (bench.path, bench.submitted):
            book = Workbook(path)
            cell = book.named_area(names.STATUS)
            assert book.sheets[cell.sheet].text(cell.top, cell.left) == names.NO_RESULT

    def test_the_open_book_stays_the_working_book(self, bench: Bench, submitted: Seen) -> None:
        assert bench.path.parent.name == "入力"
        assert not bench.book.api.isModified()

    def test_what_was_submitted_before_is_kept(self, bench: Bench, checked: Checked, submitted: Seen) -> None:
        (kept,) = (bench.submitted.parent / "以前の版").glob(f"{bench.path.stem}_*.xlsm")
        assert kept.read_bytes() == checked.handed_in

    def test_the_submitted_book_has_the_same_findings(
        self, bench: Bench, checked: Checked, submitted: Seen
    ) -> None:
        (found,) = check_books([bench.submitted]).books
        assert [(one.code, *place_of(one)) for one in found.findings] == [
            (one.code, *place_of(one)) for one in checked.closed.findings
        ]
        assert found.override_reason == (REASON if checked.closed.open_errors else "")


def place_of(one: Finding) -> Place:
    return Place(one.sheet, one.cell)


def colours(bench: Bench, places: list[Place]) -> dict[Place, Colour | None]:
    cells_of = (bench.book.sheets[place.sheet][place.cell] for place in places)
    return dict(zip(places, shown_colours(cells_of), strict=True))


def listed(seen: Seen) -> list[tuple[str, ...]]:
    """The rows of 指摘 on findings: code, severity, sheet, cell, identity, message, hint, values."""
    rows = []
    for code, kind, place, *rest in seen.findings:
        if any(str(text).endswith(("の指摘の相手のセルです。", "の指摘にあるセルです。")) for text in rest):
            continue
        sheet, _, cell = place.rpartition("!")
        rows.append((code, kind.split()[0], sheet, cell, *rest[:-1]))
    return sorted(rows)
