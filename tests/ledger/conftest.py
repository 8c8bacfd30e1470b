"""Ledgers of both kinds: what a test asks of a file, it asks of a server too."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kenpo_xl.domain.outputs.ledger_place import LedgerPlace, LedgerUrl

KINDS = ["file", pytest.param("server", marks=pytest.mark.postgresql)]
Execute = Callable[..., list[Any]]


@pytest.fixture(params=KINDS)
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], LedgerPlace]:
    """Makes the place of a new ledger."""
    if request.param == "server":
        return request.getfixturevalue("postgresql").new_ledger  # type: ignore[no-any-return]
    names = (tmp_path / f"{number or ''}台帳.sqlite3" for number in range(100))
    return lambda: next(names)


@pytest.fixture
def place(new_place: Callable[[], LedgerPlace]) -> LedgerPlace:
    """The place of a ledger that is not there yet."""
    return new_place()


@pytest.fixture
def execute(request: pytest.FixtureRequest) -> Execute:
    """Runs statements of another program in a ledger; the rows of the last one."""

    def run(place: LedgerPlace, *statements: str) -> list[Any]:
        if isinstance(place, LedgerUrl):
            return request.getfixturevalue("postgresql").execute(place, *statements)  # type: ignore[no-any-return]
        with closing(sqlite3.connect(place)) as connection, connection:
            for statement in statements:
                found = connection.execute(statement)
            return found.fetchall()

    return run
