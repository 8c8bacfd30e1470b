"""Books that stay open in LibreOffice as in Excel: worked on through xlwings, their buttons pressed."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Self

import xlwings

from kenpo_xl.books.common.names import NO_RESULT
from tests.libreoffice_engine import attach
from tests.libreoffice_engine.__main__ import STATE
from tests.office.screen import Box, Screen
from tests.office.server import Server
from tests.paths import ROOT

PRESS_SECONDS = 60
# com.sun.star.awt.PosSize
POSITION_AND_SIZE = 15
TINY = (10, 10)
# The cells in which the macro tells how a button ended, and what it tells meanwhile.
STATUS, WORKING = "kx_status", "kx_say_working"
BUTTON = "com.sun.star.form.component.CommandButton"


class Button(NamedTuple):
    """A form button of an open book."""

    sheet: str
    caption: str


NOTHING_RAN: dict[str, Any] = {"module": "", "arguments": [], "status": None}


class Run(NamedTuple):
    """What a button did: the module that it ran, with what, how that ended, and the sentence it told.

    `status` is None where no Python ran, `errors` is what it wrote to its error channel.
    """

    module: str
    arguments: list[str]
    status: int | None
    told: str
    errors: str


class LiveOffice:
    """A private LibreOffice with xlwings attached to it, without a screen or on the given one."""

    def __init__(self, screen: Screen | None = None, environment: Mapping[str, str] | None = None) -> None:
        self._screen = screen
        # Outside of the server's folder: its environment, which names both, is made before that.
        self.folder = Path(tempfile.mkdtemp(prefix="kenpo-xl-live-"))
        own = {
            # What a book or KENPO_XL_PYTHON names goes before the PATH.
            "PATH": f"{self._python().parent}:{os.environ['PATH']}",
            STATE: str(self._state),
            "KENPO_XL_PYTHON": "",
            "HOME": str(self.folder),
        }
        # That of the tests, whatever a test sets by the time it is started.
        own |= {name: os.environ[name] for name in ("XDG_CACHE_HOME",) if name in os.environ}
        self._server = Server({**own, **(environment or {})}, display=screen.display if screen else "")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # On a screen it would ask what to do with books that are not saved.
        if self._server.process_id is not None:
            self.close_all()
        self._server.end()
        shutil.rmtree(self.folder)

    @property
    def app(self) -> xlwings.App:
        """The running LibreOffice as xlwings' active App."""
        self._server.desktop  # noqa: B018 - starts it
        attached = xlwings.engines.active and xlwings.apps.active
        if attached and attached.impl.pipe == self._server.pipe:
            return attached
        return attach(self._server.pipe, self._state)

    def open(self, path: Path) -> xlwings.Book:
        """The workbook itself, opened; whoever wants the file unchanged gives a copy."""
        book = self.app.books.open(path)
        # Without a screen LibreOffice paints buttons again and again once a cell beside them was written, and
        # lets nobody in any more; it paints none that lie outside of the window.
        size = (self._screen.width, self._screen.height) if self._screen else TINY
        book.api.CurrentController.Frame.ContainerWindow.setPosSize(0, 0, *size, POSITION_AND_SIZE)
        return book

    def close_all(self) -> None:
        """Close every book without saving and forget alerts, answers and runs."""
        for book in list(self.app.books):
            book.close()
        self.app.impl.state.clear()
        self._errors.unlink(missing_ok=True)

    @property
    def alerts(self) -> list[dict[str, str]]:
        """The message boxes that were shown, in order."""
        return self.app.impl.state.get("alerts", [])

    def answer(self, button: str) -> None:
        """What is pressed in message boxes from now on, where it is offered."""
        self.app.impl.state.set("answer", button)

    def press(self, book: xlwings.Book, caption: str) -> Run:
        """Press a button and wait until its macro has told how the Python that it starts ended."""
        return self._done(book, lambda: push(book, caption))

    def click(self, book: xlwings.Book, caption: str) -> Run:
        """The same with the mouse on the screen."""
        shown = _accessible(book, caption)
        corner, size = shown.getLocationOnScreen(), shown.getSize()
        box = Box(corner.X, corner.Y, size.Width, size.Height)
        return self._done(book, lambda: self._screen.click(box))

    def _done(self, book: xlwings.Book, act: Callable[[], None]) -> Run:
        """What the act started; LibreOffice is ended where that takes too long."""
        status, working = (book.names[name].refers_to_range for name in (STATUS, WORKING))
        at_work, before = working.value, len(self._runs)
        unchanged = {status.value, at_work}
        with self._server.time_limit(PRESS_SECONDS):
            act()
            # The file of the runs is looked at, and less often the book, which costs LibreOffice as much.
            while not self._is_started(before) and status.value in unchanged:
                pass
            while any(run["status"] is None for run in self._runs):
                time.sleep(0.05)
            while self._runs[before:] and status.value in (at_work, NO_RESULT):
                time.sleep(0.05)
            run = next(iter(self._runs[before:]), NOTHING_RAN)
            return Run(**run, told=status.value, errors=self._error_text())

    def _is_started(self, before: int) -> bool:
        """True once there are more runs than before; False after waiting a moment."""
        for _ in range(10):
            if self._runs[before:]:
                return True
            time.sleep(0.05)
        return False

    @property
    def _runs(self) -> list[dict[str, Any]]:
        return self.app.impl.state.get("runs", [])

    @property
    def _state(self) -> Path:
        return self.folder / "state.json"

    @property
    def _errors(self) -> Path:
        return self.folder / "errors.txt"

    def _error_text(self) -> str:
        return self._errors.read_text(encoding="utf-8") if self._errors.exists() else ""

    def _python(self) -> Path:
        """A program that stands for Python: it runs a module with xlwings attached to this LibreOffice."""
        program = self.folder / "pythonw"
        python, errors = shlex.quote(sys.executable), shlex.quote(str(self._errors))
        program.write_text(
            f"#!/bin/sh\nexport PYTHONPATH={shlex.quote(str(ROOT))} PYTHONUTF8=1\n"
            f'exec {python} -m tests.pressed "$@" 2>>{errors}\n',
            encoding="utf-8",
        )
        program.chmod(0o755)
        return program


def buttons(book: xlwings.Book) -> list[Button]:
    """All form buttons of a book, sheet by sheet."""
    return [Button(sheet.name, control.Label) for sheet in book.sheets for control in _controls(sheet)]


def push(book: xlwings.Book, caption: str) -> None:
    """Press a button; its macro goes on while LibreOffice answers."""
    _accessible(book, caption).doAccessibleAction(0)


def _controls(sheet: xlwings.Sheet) -> Iterator[Any]:
    """The models of the form buttons; the boxes of notes, which are shapes as well, are not looked at."""
    forms = sheet.api.DrawPage.Forms
    for form in (forms.getByIndex(index) for index in range(forms.Count)):
        models = (form.getByIndex(index) for index in range(form.Count))
        yield from (model for model in models if model.supportsService(BUTTON))


def _captioned(sheets: Iterable[xlwings.Sheet], caption: str) -> Iterator[tuple[xlwings.Sheet, list[Any]]]:
    """The sheets that have a button with this caption, and their buttons with it."""
    for sheet in sheets:
        if found := [control for control in _controls(sheet) if control.Label == caption]:
            yield sheet, found


def _accessible(book: xlwings.Book, caption: str) -> Any:
    """What a program that presses a button for its user talks to; the button's sheet is shown first.

    Of several sheets that have one it is the sheet that is shown, or else the first.
    """
    place, found = next(_captioned((book.sheets.active, *book.sheets), caption), (book.sheets.active, []))
    assert len(found) == 1, f"{len(found)} buttons with the caption {caption}"
    place.activate()
    return book.api.CurrentController.getControl(found[0]).AccessibleContext
