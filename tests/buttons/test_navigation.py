"""次の指摘 and 指摘一覧, pressed on the sheets of items: from finding to finding, by weight, and back."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.buttons.stages import Bench, Place, rows_below
from tests.office.live import LiveOffice, push

GROUP = "レセプトグループ.xlsm"
NEXT, BACK = "次の指摘", "指摘一覧"
SECONDS = 10


@pytest.fixture
def bench(prepared: Path, live_office: LiveOffice, tmp_path: Path) -> Iterator[Bench]:
    folder = shutil.copytree(prepared, tmp_path / prepared.name)
    yield Bench.of(live_office, folder / "入力" / GROUP)
    live_office.close_all()


def cursor(bench: Bench) -> Place:
    cell = bench.office.app.selection
    return Place(cell.sheet.name, cell.get_address(False, False))


def moved(bench: Bench, caption: str) -> Place:
    """Where the cursor is after a button of the sheet was pressed."""
    before, until = cursor(bench), time.monotonic() + SECONDS
    push(bench.book, caption)
    while cursor(bench) == before and time.monotonic() < until:
        time.sleep(0.05)
    return cursor(bench)


def test_from_finding_to_finding_and_back(bench: Bench) -> None:
    sheet = bench.book.sheets["1-2-4"]
    sheet["I29"].value, sheet["I30"].value = 1, 2
    bench.office.press(bench.book, "点検")
    places = [place for (place,) in rows_below(bench.book, "指摘", ("場所",))]
    listed = [Place(*place.split("!")) for place in places if "!" in place]
    assert cursor(bench) == listed[0]
    steps = [moved(bench, NEXT) for _ in listed[1:]]
    assert steps == listed[1:]
    assert moved(bench, NEXT) == listed[0]
    back = moved(bench, BACK)
    assert back == Place("指摘", "B5")
    assert bench.office.app.books.active.name == bench.path.name


def test_without_findings_the_list_is_shown(bench: Bench) -> None:
    bench.book.sheets["1-2-4"].activate()
    assert moved(bench, NEXT).sheet == "指摘"
