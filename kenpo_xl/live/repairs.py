"""Repairs in an open workbook: made and recorded, or undone in the cells that still hold them.

What to change is decided from a copy of the open state that was just written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kenpo_xl.domain.cell_edit import CellEdit
from kenpo_xl.domain.cell_reference import a1, cell_position
from kenpo_xl.domain.frozen import frozen
from kenpo_xl.live.cell_states import CellState, state_after_edit, state_in_file, write_state
from kenpo_xl.live.cells import Undo, undo_on_failure
from kenpo_xl.live.lists import clear_rows, write_rows
from kenpo_xl.live.repair_record import (
    RecordedRepair,
    recorded_repairs,
    rows_of_record,
    rows_without_record,
)
from kenpo_xl.ooxml.edit.package_editor import PackageEditor
from kenpo_xl.ooxml.edit.protection import raise_if_protected
from kenpo_xl.ooxml.workbook import Workbook

if TYPE_CHECKING:
    import xlwings


@frozen
class UndoneRepairs:
    """The cells that hold again what they held before the last 直す, and those that changed since."""

    restored: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


@contextmanager
def repaired_open_book(book: xlwings.Book, state: Workbook, edits: Sequence[CellEdit]) -> Iterator[None]:
    """Make edits in an open book, whose state `state` is, and record what they changed.

    If the work within the context fails, all is undone. KenpoError where a sheet is protected.
    """
    _raise_if_protected(state, {edit.sheet for edit in edits})
    repairs = [_recorded_edit(state, edit) for edit in edits]
    with undo_on_failure() as undo:
        for one in repairs:
            _write_cell_state(book, one, one.before, one.after, undo)
        _write_record(book, state, repairs, undo)
        yield


def undo_last_repairs(book: xlwings.Book, copy: Path) -> UndoneRepairs | None:
    """Put back what the last 直す changed, in each cell that still holds it; None without a record of one.

    KenpoError where a sheet is protected.
    """
    state = Workbook(copy)
    repairs = recorded_repairs(state)
    if not repairs:
        return None
    unchanged = [one for one in repairs if _still_holds_repair(state, one)]
    _raise_if_protected(state, {one.sheet for one in unchanged})
    with undo_on_failure() as undo:
        for one in unchanged:
            _write_cell_state(book, one, one.after, one.before, undo)
        _write_record(book, state, (), undo)
    kept = [one for one in repairs if one not in unchanged]
    return UndoneRepairs(tuple(map(_cell_name, unchanged)), tuple(map(_cell_name, kept)))


def forget_last_repairs(book: xlwings.Book, state: Workbook) -> None:
    """Remove the record of the last 直す: it cannot be undone any more."""
    with undo_on_failure() as undo:
        _write_record(book, state, (), undo)


def _raise_if_protected(state: Workbook, sheets: Iterable[str]) -> None:
    """KenpoError where one of the sheets is protected; most books contain no word of that."""
    parts = {sheet: state.sheets[sheet].part for sheet in sheets}
    if any(b"sheetProtection" in state.package.read(part) for part in parts.values()):
        raise_if_protected(PackageEditor(state.package.with_parts({})), parts.keys())


def _recorded_edit(state: Workbook, edit: CellEdit) -> RecordedRepair:
    place = cell_position(edit.cell)
    place = state.sheets[edit.sheet].merge_anchors.get(place, place)
    before = state_in_file(state, edit.sheet, place)
    after = state_after_edit(state, edit, before)
    return RecordedRepair(edit.sheet, place, f"{edit.sheet}!{a1(*place)}", before, after)


def _write_cell_state(
    book: xlwings.Book, one: RecordedRepair, old: CellState, new: CellState, undo: Undo
) -> None:
    assert one.place is not None
    cell = book.sheets[one.sheet].range(a1(*one.place))
    undo(write_state, cell, old, new)
    write_state(cell, new, old)


def _write_record(book: xlwings.Book, state: Workbook, repairs: Sequence[RecordedRepair], undo: Undo) -> None:
    """Write a record in place of the one that there is."""
    before = rows_without_record(state)
    if before:
        clear_rows(book, before, undo)
    if repairs:
        write_rows(book, rows_of_record(repairs), undo)


def _still_holds_repair(state: Workbook, one: RecordedRepair) -> bool:
    """Whether a cell holds what 直す wrote, and its old content can be written where it is now."""
    if one.place is None or one.sheet not in state.sheets or (one.has_moved and not one.has_moving_formula):
        return False
    return state_in_file(state, one.sheet, one.place).has_content_of(one.after)


def _cell_name(one: RecordedRepair) -> str:
    """The cell where it is now, else where it was."""
    return f"{one.sheet}!{a1(*one.place)}" if one.place else one.label
