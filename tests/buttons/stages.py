"""A book on the screen, pressed button by button, and what is seen of it after each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Self

import xlwings

from tests.office import bridge
from tests.office.held import held
from tests.office.live import LiveOffice, Run
from tests.office.office import FILTERS
from tests.paths import SAMPLE

GROUPS = sorted(path.stem for path in (SAMPLE / "提出").iterdir())
FINDINGS = "指摘"
OURS = "kenpo-xl:\n"
HEADERS = (
    "コード",
    "区分",
    "場所",
    "対象",
    "指摘の内容",
    "直し方",
    "いまの値",
    "あるべき値",
    "確認済の理由・返事",
)


class Place(NamedTuple):
    """A cell of an open book."""

    sheet: str
    cell: str


@dataclass(frozen=True)
class Bench:
    """An open book of a period folder, and the LibreOffice that it is open in."""

    office: LiveOffice
    book: xlwings.Book

    @classmethod
    def of(cls, office: LiveOffice, path: Path) -> Self:
        return cls(office, office.open(path))

    @property
    def path(self) -> Path:
        return Path(self.book.fullname)

    @property
    def period(self) -> Path:
        return self.path.parent.parent

    def saved(self, folder: Path) -> dict[str, tuple[bytes, bytes]]:
        """What a saved copy of the open state holds, sheet by sheet."""
        copy = folder / self.path.name
        self.book.api.storeToURL(bridge.url(copy), bridge.properties(FilterName=FILTERS[copy.suffix]))
        return held(copy)

    @property
    def submitted(self) -> Path:
        """Where the book lies once it is handed in."""
        return self.period / "提出" / self.path.name


@dataclass(frozen=True)
class Pressed:
    """What a button did, and what it shows when it has ended."""

    run: Run
    status_bar: str | bool
    cursor: Place
    screen_updating: bool
    findings: list[tuple[str, ...]]

    @classmethod
    def after(cls, bench: Bench, caption: str) -> Pressed:
        """Press a button and look."""
        run = bench.office.press(bench.book, caption)
        assert run.module == "kenpo_xl.buttons"
        app = bench.office.app
        return Pressed(
            run,
            app.status_bar,
            Place(app.selection.sheet.name, app.selection.get_address(False, False)),
            app.screen_updating,
            findings(bench.book),
        )


@dataclass(frozen=True)
class Seen(Pressed):
    """The same, and all that is in the open book then: in a large book that takes as long as the press."""

    notes: dict[Place, str]
    cells: dict[str, Any]

    @classmethod
    def after(cls, bench: Bench, caption: str) -> Seen:
        return Seen(**vars(Pressed.after(bench, caption)), notes=notes(bench.book), cells=cells(bench.book))


def findings(book: xlwings.Book) -> list[tuple[str, ...]]:
    """The rows of 指摘, of each the columns HEADERS; none in a book without it."""
    return rows_below(book, FINDINGS, HEADERS) if FINDINGS in book.sheets else []


def rows_below(book: xlwings.Book, sheet: str, headers: Sequence[str]) -> list[tuple[str, ...]]:
    """The filled rows of a list as texts, of each the columns with these headers."""
    rows = book.sheets[sheet].used_range.options(ndim=2, empty="").value
    top = next(number for number, row in enumerate(rows) if headers[0] in row)
    columns = [rows[top].index(header) for header in headers]
    picked = (tuple(str(row[column]) for column in columns) for row in rows[top + 1 :])
    return [row for row in picked if any(row)]


def notes(book: xlwings.Book) -> dict[Place, str]:
    """The notes of all sheets."""
    return {
        Place(sheet.name, note.location.get_address(False, False)): note.text
        for sheet in book.sheets
        for note in sheet.notes
    }


def cells(book: xlwings.Book) -> dict[str, Any]:
    """The formulas and values of every sheet but 操作, which tells how a button ended."""
    return {sheet.name: sheet.used_range.formula for sheet in book.sheets if sheet.name != "操作"}
