"""Presses a button of a book as its macro does, without Excel: bench.py measures our part of a press.

The open book is a stand-in: it gives the bytes of the file as its state, and takes what is written into cells
without keeping it.
"""

from __future__ import annotations

import kenpo_xl.startup  # noqa: F401 - before anything that loads much, as a button does

# isort: split
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from kenpo_xl.buttons import main
from kenpo_xl.live.bridge import import_xlwings


class Cells:
    """A range of empty cells of so many rows and columns that are formatted as text."""

    number_format, note = "@", None

    def __init__(self, rows: int = 1, columns: int = 1) -> None:
        self.shape = rows, columns
        self.size = rows * columns
        self.rows = SimpleNamespace(autofit=lambda: None)
        self.value = [[None] * columns for _ in range(rows)]
        self.formula: Any = [[""] * columns for _ in range(rows)] if self.size > 1 else ""

    def options(self, **_: object) -> Cells:
        return self

    def __getitem__(self, _: object) -> Cells:
        return Cells()

    def ignore(self, *_: object) -> None:
        """Take what is done with the cells."""

    add_note = clear_contents = select = ignore


class Sheet:
    """A visible sheet without shapes."""

    visible, shapes = True, ()

    def __init__(self, name: str = "") -> None:
        self.name = name

    def range(self, first: Any, last: Any = None) -> Cells:
        return Cells(last[0] - first[0] + 1, last[1] - first[1] + 1) if last else Cells()

    def activate(self) -> None:
        """Show the sheet."""


class Sheets:
    """The sheets of a book, whatever their names; those that were asked for are listed."""

    def __init__(self) -> None:
        self.by_name: dict[str, Sheet] = {}

    def __getitem__(self, name: str) -> Sheet:
        return self.by_name.setdefault(name, Sheet(name))

    def __iter__(self) -> Iterator[Sheet]:
        return iter(self.by_name.values())


class Book:
    """An open book whose state is that of its file."""

    def __init__(self, path: Path) -> None:
        self.name, self.fullname, self.sheets = path.name, str(path), Sheets()
        self.app = SimpleNamespace(
            screen_updating=True, status_bar=False, alert=_stop, macro=lambda _: self._save_copy
        )

    def _save_copy(self, target: str) -> None:
        """The only macro that a check runs."""
        shutil.copyfile(self.fullname, target)


def _stop(sentence: str, **_: str) -> None:
    """End with the sentence of a message box: a press that fails measures nothing."""
    sys.exit(sentence)


def write_listed_copy(book: Path, target: Path) -> Path:
    """A copy of a book at `target` in which 直す listed what it can repair: the next press does it."""
    from kenpo_xl.annotations.undo_log import start_undo_log
    from kenpo_xl.annotations.write import write_marks
    from kenpo_xl.ooxml.edit.package_editor import PackageEditor
    from kenpo_xl.ooxml.package import Package
    from kenpo_xl.ooxml.zip_splice import replace_parts
    from kenpo_xl.tasks.buttons.repair_marks import marks_of_repairs
    from kenpo_xl.tasks.check_session import CheckSession

    found = CheckSession([book], lists_repairs=True).check_book(book)
    assert found.repairs
    with Package(book) as package:
        editor = PackageEditor(package)
        write_marks(editor, marks_of_repairs(found.repairs), start_undo_log(editor))
        parts, removed = editor.changed_and_removed_parts()
    target.parent.mkdir(parents=True, exist_ok=True)
    replace_parts(book, target, parts, removed)
    return target


def press(button: str, book: str) -> int:
    """Press a button of a book; the exit status of its process."""
    import_xlwings().Book.caller = lambda: Book(Path(book))
    return main([button])
