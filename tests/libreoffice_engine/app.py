"""The engine itself, and LibreOffice as xlwings' App."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import xlwings
from xlwings import base_classes

from tests.libreoffice_engine import values
from tests.libreoffice_engine.book import Book
from tests.libreoffice_engine.cells import Range
from tests.libreoffice_engine.complete import complete
from tests.libreoffice_engine.macros import run_macro
from tests.libreoffice_engine.state import State
from tests.libreoffice_engine.uno_bridge import connected, properties, url

NAME = "libreoffice"
ANSWERS = {"ok": "ok", "ok_cancel": "ok", "yes_no": "yes", "yes_no_cancel": "yes"}
ALWAYS_EXECUTE_NO_WARN = 4


class Engine:
    """What `xlwings.Engine` asks of an engine."""

    name = NAME
    type = "desktop"
    prepare_xl_data_element = staticmethod(values.prepared)
    clean_value_data = staticmethod(values.cleaned)

    def __init__(self) -> None:
        self.apps = Apps()


def register() -> Engine:
    """The engine, known to xlwings and its active one."""
    if NAME not in xlwings.engines.engines_by_name:
        xlwings.engines.add(xlwings.Engine(impl=Engine()))
    xlwings.engines[NAME].activate()
    return xlwings.engines[NAME].impl


def attach(pipe: str, state: Path | None = None) -> xlwings.App:
    """The LibreOffice that listens on this pipe, as the only and active App."""
    engine = register()
    engine.apps.running = [App(engine, pipe, State(state))]
    return xlwings.apps.active


@complete
class Apps(base_classes.Apps):
    """The one LibreOffice that was attached."""

    def __init__(self) -> None:
        self.running: list[App] = []

    def keys(self) -> list[int]:
        return [app.pid for app in self.running]

    def __iter__(self) -> Iterator[App]:
        return iter(self.running)

    def __len__(self) -> int:
        return len(self.running)

    def __getitem__(self, pid: int) -> App:
        return self.running[self.keys().index(pid)]

    @staticmethod
    def cleanup() -> None:
        """Nothing is left behind: whoever started LibreOffice ends it."""


def _kept(name: str, default: Any) -> property:
    """A setting that changes nothing in LibreOffice but is seen by everyone attached."""
    return property(lambda app: app.state.get(name, default), lambda app, value: app.state.set(name, value))


@complete
class App(base_classes.App):
    """A running LibreOffice."""

    screen_updating = _kept("screen_updating", True)
    display_alerts = _kept("display_alerts", True)
    enable_events = _kept("enable_events", True)
    interactive = _kept("interactive", True)
    status_bar = _kept("status_bar", False)
    visible = _kept("visible", True)
    hwnd = 0
    # xlwings asks on its way to the calling book whether this is an Excel of before 2016.
    version = "16.0"

    def __init__(self, engine: Engine, pipe: str, state: State) -> None:
        self.engine = engine
        self.pipe = pipe
        self.context = connected(pipe)
        self.state = state
        self.desktop = self.service("frame.Desktop")

    def service(self, name: str) -> Any:
        """A service of LibreOffice itself."""
        return self.context.ServiceManager.createInstanceWithContext(f"com.sun.star.{name}", self.context)

    @property
    def api(self) -> Any:
        return self.desktop

    @property
    def pid(self) -> int:
        """No process id: there is one App, and its LibreOffice may run elsewhere."""
        return 1

    @property
    def books(self) -> Books:
        return Books(self)

    @property
    def selection(self) -> Range | None:
        book = self.books.active
        return book and book.selection

    def activate(self, steal_focus: bool = False) -> None:
        book = self.books.active
        if book:
            book.activate()

    @property
    def calculation(self) -> str:
        automatic = all(book.api.isAutomaticCalculationEnabled() for book in self.books)
        return "automatic" if automatic else "manual"

    @calculation.setter
    def calculation(self, value: str) -> None:
        for book in self.books:
            book.api.enableAutomaticCalculation(value != "manual")

    def calculate(self) -> None:
        for book in self.books:
            book.api.calculate()

    def run(self, macro: str, args: Sequence[Any]) -> Any:
        """What a macro returns; `macro` is `Module.Sub` or `Sub`, with `'book'!` before it or not."""
        book, name = re.fullmatch(r"(?:'(.*)'!|([^'!]*)!)?(.*)", macro).group(1, 3)
        book = book.replace("''", "'") if book else book
        return run_macro((self.books(book) if book else self.books.active).api, name, args)

    def alert(self, prompt: str, title: str | None, buttons: str, mode: str | None, callback: Any) -> str:
        """The button that the state's `answer` names where it is offered, else the first: nobody is there."""
        asked = {"prompt": prompt, "title": title, "buttons": buttons, "mode": mode}
        answer = self.state.get("answer")
        given = answer if answer in buttons.split("_") else ANSWERS[buttons]
        self.state.append("alerts", {**asked, "answer": given})
        return given


@complete
class Books(base_classes.Books):
    """The open spreadsheets, in the order in which they were opened."""

    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def api(self) -> Any:
        return self.app.desktop.Components

    def __iter__(self) -> Iterator[Book]:
        documents = self.api.createEnumeration()
        while documents.hasMoreElements():
            document = documents.nextElement()
            if document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
                yield Book(self.app, document)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __call__(self, name_or_index: int | str) -> Book:
        if isinstance(name_or_index, int):
            return list(self)[name_or_index - 1]
        for book in self:
            if book.name.casefold() == name_or_index.casefold():
                return book
        raise KeyError(name_or_index)

    @property
    def active(self) -> Book | None:
        current = self.app.desktop.getCurrentComponent()
        books = list(self)
        return next((book for book in books if book.api == current), books[-1] if books else None)

    def add(self) -> Book:
        return self._loaded("private:factory/scalc")

    def open(self, fullname: str, *_: object, **__: object) -> Book:
        """The book, its macros allowed to run; the options of Excel's dialogue change nothing."""
        return self._loaded(url(Path(fullname)))

    def _loaded(self, address: str) -> Book:
        options = properties(MacroExecutionMode=ALWAYS_EXECUTE_NO_WARN)
        document = self.app.desktop.loadComponentFromURL(address, "_blank", 0, options)
        if document is None:
            raise FileNotFoundError(f"LibreOffice could not open {address}")
        return Book(self.app, document)
