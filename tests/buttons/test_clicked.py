"""One button clicked with the mouse on a screen, as staff do, and the screen looked at."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.buttons.stages import Place
from tests.office.live import LiveOffice
from tests.office.screen import Box, Screen

WARNING = (255, 217, 102)
SECONDS = 10
MANY = 5_000


@pytest.fixture
def screen() -> Iterator[Screen]:
    with Screen() as shown:
        yield shown


@pytest.fixture
def office_on_screen(libreoffice: None, screen: Screen) -> Iterator[LiveOffice]:
    with LiveOffice(screen) as running:
        yield running


def test_a_click_checks_the_book(
    prepared: Path, screen: Screen, office_on_screen: LiveOffice, tmp_path: Path
) -> None:
    """The picture of the screen stays in the folder of the test."""
    folder = shutil.copytree(prepared, tmp_path / prepared.name)
    book = office_on_screen.open(folder / "入力" / "業務グループ.xlsm")
    assert screen.count(WARNING, tmp_path) == 0
    run = office_on_screen.click(book, "点検")
    assert (run.status, run.errors) == (0, "")
    cursor = office_on_screen.app.selection
    assert Place(cursor.sheet.name, cursor.get_address(False, False)) == Place("1-2-2", "D9")
    # The flagged cell is to be seen without the tint of the cursor, and without the mouse on its note, with
    # which LibreOffice crashes when it closes the book.
    book.sheets["1-2-2"].range("D11").select()
    screen.click(Box(1000, 600, 0, 0))
    until = time.monotonic() + SECONDS
    while screen.count(WARNING, tmp_path) < MANY and time.monotonic() < until:
        time.sleep(0.2)
    screen.picture(tmp_path / "clicked.png")
    assert screen.count(WARNING, tmp_path) >= MANY
