"""Fixtures for all tests."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlwings

from tests.office import Office
from tests.office.live import LiveOffice


@pytest.fixture(scope="session", autouse=True)
def _own_log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test writes into the log of the user who runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(scope="session")
def office() -> Iterator[Office]:
    """One LibreOffice for the whole run, started by the first test that uses it."""
    with Office() as running:
        yield running


@pytest.fixture(scope="session")
def live_office() -> Iterator[LiveOffice]:
    """One LibreOffice for the whole run that keeps books open, with xlwings attached to it."""
    with LiveOffice() as running:
        yield running


@pytest.fixture
def live_book(
    live_office: LiveOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Path], xlwings.Book]]:
    """Opens a book where it lies, or a copy of one of the repository; it is `xlwings.Book.caller()` then."""

    def opened(path: Path) -> xlwings.Book:
        if tmp_path not in path.parents:
            path = Path(shutil.copy(path, tmp_path))
        book = live_office.open(path)
        monkeypatch.setattr(xlwings.Book, "_mock_caller", book, raising=False)
        return book

    yield opened
    live_office.close_all()
