"""Damage inside a ledger, whatever was asked of it: one sentence, never a bug."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kenpo_xl.errors import KenpoError
from kenpo_xl.ledger import Ledger
from tests.ledger.records import DAYS, FACT, IDENTITY, KEY, RECORD, kept
from tests.made_once import made_once
from tests.soak import sparse

ASKED: dict[str, Callable[[Ledger], object]] = {
    "history": lambda ledger: ledger.history(KEY.branch),
    "trace": lambda ledger: ledger.versions_of_figure(IDENTITY),
    "identities": lambda ledger: ledger.matching_figures(["達成"]),
    "periods": lambda ledger: ledger.periods(),
    "files": lambda ledger: ledger.recorded_files(KEY),
    "outputs": lambda ledger: ledger.recorded_outputs(KEY),
    "findings": lambda ledger: ledger.versions_of_findings(KEY),
}
FACTS, LINES, RATINGS, PERIODS = (
    "UPDATE facts SET",
    "UPDATE lines SET",
    "UPDATE ratings SET",
    "UPDATE periods SET",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made_once(tmp_path, (kept, "RECORD"), lambda folder: kept(folder / "台帳.sqlite3", RECORD))
    return tmp_path / "台帳.sqlite3"


def damage(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA ignore_check_constraints = ON")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("statement", "asked"),
    sparse([
        *((f"{FACTS} value = {value}", "history") for value in (
            "'NaN'", "'sNaN'", "'Infinity'", "'-inf'", "'1E+999999999'", "''", "'٣'", "'1_0'", "X'31'",
            "'" + "9" * 311 + "'",
        )),
        (f"{FACTS} typed = 'NaN'", "trace"),
        (f"{FACTS} computed = 'Infinity'", "trace"),
        (f"{FACTS} decimals = 1000000000", "history"),
        (f"{FACTS} decimals = '二'", "history"),
        *((f"{FACTS} last_month = {month}", "history") for month in (
            "'2024-13'", "'0000-01'", "'99999-01'", "'1700-01'", "'2024-02'", "'2024'", "202412", "X'00'",
        )),
        (f"{FACTS} kind = '永久'", "history"),
        (f"{FACTS} unit = CAST(X'FFFE' AS TEXT)", "history"),
        (f"{FACTS} identity = CAST(X'E99481E68890FF' AS TEXT)", "history"),
        (f"{FACTS} identity = CAST(X'E98194E68890FF' AS TEXT)", "identities"),
        (f"{LINES} text = X'00'", "history"),
        (f"{LINES} text = CAST(X'82A0' AS TEXT)", "history"),
        (f"{LINES} number = '一'", "history"),
        (f"{RATINGS} printed = X'00'", "history"),
        *((f"{PERIODS} {column}", asked) for column in (
            "fiscal_year = '令和'", "fiscal_year = 99999", "fiscal_year = 2024.5", "number = 0",
            "number = 5", "until = '2025-02-30'", "has_errors = 'はい'",
        ) for asked in ("periods", "history")),
        (f"{PERIODS} branch = CAST(X'FF' AS TEXT)", "periods"),
        ("UPDATE runs SET day = '昨日'", "periods"),
        ("UPDATE runs SET day = X'00'", "trace"),
        ("UPDATE findings SET family = '占い'", "findings"),
        ("UPDATE findings SET message = X'00'", "findings"),
        ("UPDATE outputs SET content = X'00'", "outputs"),
        ("UPDATE files SET path = X'00'", "files"),
    ]),
)  # fmt: skip
def test_nonsense_in_a_row(path: Path, statement: str, asked: str) -> None:
    damage(path, statement)
    with Ledger.open_read_only(path) as ledger, pytest.raises(KenpoError, match="が壊れています。消さずに"):
        ASKED[asked](ledger)


@pytest.mark.parametrize(
    "table", ["runs", "periods", "files", "facts", "lines", "ratings", "findings", "outputs"]
)
@pytest.mark.parametrize("door", [Ledger.open_for_writing, Ledger.open_read_only])
def test_a_table_that_is_gone(path: Path, door: Callable[[Path], Ledger], table: str) -> None:
    damage(path, f"ALTER TABLE {table} RENAME TO gone")
    with pytest.raises(KenpoError, match="が壊れています"):
        door(path)


@pytest.mark.parametrize(
    "column", ["facts.value", "periods.until", "runs.day", "outputs.content", "lines.cell"]
)
@pytest.mark.parametrize("door", [Ledger.open_for_writing, Ledger.open_read_only])
def test_a_column_that_is_gone(path: Path, door: Callable[[Path], Ledger], column: str) -> None:
    table, _, name = column.partition(".")
    damage(path, f"ALTER TABLE {table} DROP COLUMN {name}")
    before = path.read_bytes()
    with pytest.raises(KenpoError, match="が壊れています"):
        door(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("door", [Ledger.open_for_writing, Ledger.open_read_only])
@pytest.mark.parametrize("version", [-1, 0])
def test_a_version_that_never_was(path: Path, door: Callable[[Path], Ledger], version: int) -> None:
    damage(path, f"PRAGMA user_version = {version}")
    with pytest.raises(KenpoError, match="が壊れています"):
        door(path)


def test_an_older_one_without_a_table(path: Path) -> None:
    damage(path, "PRAGMA user_version = 1", "DROP TABLE periods")
    for door in (Ledger.open_for_writing, Ledger.open_read_only):
        with pytest.raises(KenpoError, match="が壊れています"):
            door(path)


@pytest.mark.parametrize(
    "statements",
    [
        ["UPDATE facts SET identity = CAST(X'FF' AS TEXT)"],
        ["CREATE TRIGGER planted BEFORE INSERT ON facts BEGIN SELECT RAISE(ABORT, 'no'); END"],
        ["CREATE UNIQUE INDEX planted ON lines (number)"],
    ],
)
def test_writing_upon_it(path: Path, statements: list[str]) -> None:
    damage(path, *statements)
    facts = tuple(replace(one, value=Decimal(1)) for one in RECORD.facts)
    lines = tuple(replace(one, text="・研修を行わなかった。") for one in RECORD.lines)
    record = replace(RECORD, facts=facts, lines=lines)
    with (
        Ledger.open_for_writing(path) as ledger,
        ledger.begin_run(DAYS[1]) as run,
        pytest.raises(KenpoError, match="が壊れています"),
    ):
        run.record_period(record)


def test_a_planted_file_that_is_none(tmp_path: Path) -> None:
    import os

    if not hasattr(os, "mkfifo"):
        pytest.skip("pipes are for Unix")
    path = tmp_path / "台帳.sqlite3"
    os.mkfifo(path)
    with pytest.raises(KenpoError, match="を開けません"):
        Ledger.open_for_writing(path)
    with pytest.raises(KenpoError, match="がありません"):
        Ledger.open_read_only(path)


def test_one_that_another_program_left_with_a_wal(path: Path) -> None:
    """A copy of both files, as after a crash, holds what only the WAL has."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("UPDATE lines SET text = '・研修を 2 回行った。' WHERE number = 2")
    connection.commit()
    copies = {one.name: one.read_bytes() for one in path.parent.iterdir()}
    connection.close()
    assert f"{path.name}-wal" in copies
    for name, content in copies.items():
        path.with_name(name).write_bytes(content)
    with Ledger.open_read_only(path) as ledger:
        assert "・研修を 2 回行った。" in ledger.history(KEY.branch).periods[0].lines["1-2-2", "1"]
    with Ledger.open_for_writing(path) as ledger:
        assert "・研修を 2 回行った。" in ledger.history(KEY.branch).periods[0].lines["1-2-2", "1"]
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_one_that_is_locked(path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(KenpoError, match="ほかの処理が使っています"):
            Ledger.open_for_writing(path, patience=0)
    finally:
        connection.close()


@pytest.mark.parametrize(
    "value", [Decimal("NaN"), Decimal("Infinity"), Decimal(10) ** 310, Decimal("1E-701")]
)
def test_what_cannot_be_read_again_is_not_kept(tmp_path: Path, value: Decimal) -> None:
    record = replace(RECORD, facts=(replace(FACT, value=value, typed=value),))
    with Ledger.open_read_only(kept(tmp_path / "台帳.sqlite3", record)) as ledger:
        (fact,) = ledger.history(KEY.branch).periods[0].facts
    assert (fact.value, fact.typed) == (None, None)


@pytest.mark.parametrize("value", [Decimal("9.99E+309"), Decimal("-1E-308"), Decimal("1E-616")])
def test_what_excel_holds_is_kept(tmp_path: Path, value: Decimal) -> None:
    record = replace(RECORD, facts=(replace(FACT, value=value),))
    with Ledger.open_read_only(kept(tmp_path / "台帳.sqlite3", record)) as ledger:
        (fact,) = ledger.history(KEY.branch).periods[0].facts
    assert fact.value == value
