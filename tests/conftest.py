"""Fixtures for all tests.

A test that needs an installed LibreOffice asks for the fixture `libreoffice`, mostly through `office`,
`live_office` or `live_book`; it gets the mark `libreoffice` by that. For any other test the program fails.
In the same way `postgresql` is a server of the tests, and a mark.
"""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kenpo_xl.live.bridge import import_xlwings
from tests.merged_cells import use_fast_formats

if TYPE_CHECKING:
    import xlwings

    from tests.office import Office
    from tests.office.live import LiveOffice
    from tests.postgresql import Cluster

# A test module that imports xlwings does not import pandas with it.
import_xlwings()
use_fast_formats()
LIBREOFFICE = "libreoffice"
POSTGRESQL = "postgresql"
# Fixtures that make a folder with all books of a period, or a package to install.
PERIODS = {
    *("period", "produced", "root", "one", "ran", "one_ran", "first_nights", "nights", "kept", "workshop"),
    "wheel",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if LIBREOFFICE in fixtures:
            item.add_marker(LIBREOFFICE)
        if POSTGRESQL in fixtures:
            item.add_marker(POSTGRESQL)
        if PERIODS & fixtures:
            item.add_marker("period")


def pytest_collection_finish() -> None:
    """Let garbage be collected less often, without what lives as long as the run: 7 % of the CPU time."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def tmp_path_factory(tmp_path_factory: pytest.TempPathFactory) -> pytest.TempPathFactory:
    """Makes folders apart from one another: the folders beside a period are its earlier ones.

    `tmp_path` is made by it as well. What other tests left beside it would be read, and taken for the past.
    """
    make = tmp_path_factory.mktemp

    def made_apart(basename: str, numbered: bool = True) -> Path:
        folder = make(basename, numbered) / "apart" / "folder"
        folder.mkdir(parents=True)
        return folder

    tmp_path_factory.mktemp = made_apart  # type: ignore[method-assign]
    return tmp_path_factory


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test writes into the log or the cache of the user who runs it.

    All processes of a run have one cache, as those of a user have.
    """
    base = tmp_path_factory.getbasetemp()
    cache = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "cache"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(cache))
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(scope="session")
def _failing_programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with programs that fail in the place of LibreOffice's."""
    folder = tmp_path_factory.mktemp("no-libreoffice")
    for name in ("soffice", "libreoffice"):
        program = folder / name
        program.write_text(f"#!/bin/sh\necho 'no fixture {LIBREOFFICE}' >&2\nexit 1\n", encoding="utf-8")
        program.chmod(0o755)
    return folder


@pytest.fixture(autouse=True)
def _no_libreoffice_unasked(
    request: pytest.FixtureRequest, _failing_programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if LIBREOFFICE not in request.fixturenames:
        monkeypatch.setenv("PATH", f"{_failing_programs}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    """A PostgreSQL server of this run, whose password is in the environment as for any client."""
    from tests.postgresql import ENVIRONMENT, running

    with pytest.MonkeyPatch.context() as patch:
        for name, value in ENVIRONMENT.items():
            patch.setenv(name, value)
        yield from running()


@pytest.fixture(scope="session")
def libreoffice() -> None:
    """The LibreOffice of this machine may be started."""


@pytest.fixture(scope="session")
def office(libreoffice: None) -> Iterator[Office]:
    """One LibreOffice for the whole run, started by the first test that uses it."""
    from tests.office import Office

    with Office() as running:
        yield running


@pytest.fixture(scope="session")
def live_office(libreoffice: None) -> Iterator[LiveOffice]:
    """One LibreOffice for the whole run that keeps books open, with xlwings attached to it."""
    from tests.office.live import LiveOffice

    with LiveOffice() as running:
        yield running


@pytest.fixture
def live_book(
    live_office: LiveOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Path], xlwings.Book]]:
    """Opens a book where it lies, or a copy of one of the repository; it is `xlwings.Book.caller()` then."""
    import xlwings

    def opened(path: Path) -> xlwings.Book:
        if tmp_path not in path.parents:
            path = Path(shutil.copy(path, tmp_path))
        book = live_office.open(path)
        monkeypatch.setattr(xlwings.Book, "_mock_caller", book, raising=False)
        return book

    yield opened
    live_office.close_all()
