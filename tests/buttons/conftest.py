"""The sample as a branch has it in the last week of a quarter: books typed into, older ones handed in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from kenpo_xl.tasks.build import build_books
from tests.buttons.stages import GROUPS, Bench
from tests.office.live import LiveOffice
from tests.paths import SAMPLE


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A period folder: 入力 holds what the groups typed, 提出 the same, beside it the planner's book."""
    folder = tmp_path_factory.mktemp("prepared") / "第3四半期"
    shutil.copytree(SAMPLE / "提出", folder / "提出")
    shutil.copytree(SAMPLE / "提出", folder / "入力")
    shutil.copy(SAMPLE / "計画.xlsx", folder)
    build_books(folder)
    return folder


@pytest.fixture(scope="module", params=GROUPS)
def bench(
    request: pytest.FixtureRequest,
    prepared: Path,
    live_office: LiveOffice,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Bench]:
    """A group's book, open in a period folder of its own."""
    folder = shutil.copytree(prepared, tmp_path_factory.mktemp("period") / prepared.name)
    yield Bench.of(live_office, folder / "入力" / f"{request.param}.xlsm")
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
