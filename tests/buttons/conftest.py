"""A period as a branch has it in the last week of a quarter: books typed into, older ones handed in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from openpyxl.comments import Comment

from kenpo_xl.tasks.build import build_books
from tests.buttons.stages import Bench
from tests.edited import edited
from tests.office.live import LiveOffice
from tests.paths import SAMPLE
from tests.tasks.two_groups import COUNTS, TEXTS, TOTAL_CELL, write_two_groups

# The group of the sample whose book has errors.
LARGE = "レセプトグループ"
BOOKS = [("prepared", LARGE), ("small", COUNTS), ("small", TEXTS)]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample: 入力 holds what the groups typed, 提出 the same, beside it the planner's book."""
    folder = tmp_path_factory.mktemp("prepared") / "第3四半期"
    shutil.copytree(SAMPLE / "提出", folder / "提出")
    shutil.copytree(SAMPLE / "提出", folder / "入力")
    shutil.copy(SAMPLE / "計画.xlsx", folder)
    build_books(folder)
    return folder


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same of two small groups: both typed odd words, one a wrong total and a note."""
    folder = write_two_groups(tmp_path_factory.mktemp("small") / "第3四半期")
    with edited(folder / "提出" / f"{COUNTS}.xlsm") as book:
        sheet = book["1-1"]
        sheet[TOTAL_CELL], sheet["D11"] = 605, "・メルマガで、担当者に事例を共有した。"
        sheet["E17"].comment = Comment("課内で確かめました。", "担当")
    with edited(folder / "提出" / f"{TEXTS}.xlsm") as book:
        book["1-2"]["D12"] = "・メルマガやHPに予想を掲載し、混雑の緩和を図った。。"
    shutil.copytree(folder / "提出", folder / "入力")
    return folder


@pytest.fixture(scope="module", params=BOOKS, ids="-".join)
def bench(
    request: pytest.FixtureRequest, live_office: LiveOffice, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Bench]:
    """A group's book, open in a period folder of its own."""
    period, group = request.param
    source = request.getfixturevalue(period)
    folder = shutil.copytree(source, tmp_path_factory.mktemp("period") / source.name)
    yield Bench.of(live_office, folder / "入力" / f"{group}.xlsm")
    live_office.close_all()


class OpenBook(Protocol):
    """Opens a book in the 入力 of a folder, by default in a period folder of its own."""

    def __call__(self, name: str, folder: Path | None = None) -> Bench: ...


@pytest.fixture
def opened(prepared: Path, live_office: LiveOffice, tmp_path: Path) -> Iterator[OpenBook]:
    """What opens books that are closed after the test."""

    def open_book(name: str, folder: Path | None = None) -> Bench:
        home = folder or shutil.copytree(prepared, tmp_path / prepared.name)
        return Bench.of(live_office, home / "入力" / name)

    yield open_book
    live_office.close_all()
