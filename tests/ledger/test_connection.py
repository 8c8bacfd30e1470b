"""A ledger that cannot be opened says so in one sentence and stays as it is; an older one is taken along."""

from __future__ import annotations

import hashlib
import signal
import sqlite3
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, Inspector, create_engine, inspect

from kenpo_xl.errors import KenpoError
from kenpo_xl.ledger import Ledger
from kenpo_xl.ledger.connection import close, read_only_connection, writable_connection
from kenpo_xl.ledger.migrations import STEPS
from kenpo_xl.ledger.schema import SCHEMA
from tests.ledger.records import DAYS, FACT, IDENTITY, KEY, RECORD, kept, with_fact
from tests.made_once import made_once
from tests.paths import ROOT

KEYS = {"id", "run", "period"}
NEXT = (*STEPS, ("ALTER TABLE runs ADD COLUMN place TEXT", "UPDATE runs SET place = program"))
TAKEN = ["7430942d4e00703f"]
DOORS = pytest.mark.parametrize("door", [Ledger.open_for_writing, Ledger.open_read_only])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made_once(tmp_path, (kept, "RECORD"), lambda folder: kept(folder / "台帳.sqlite3", RECORD))
    return tmp_path / "台帳.sqlite3"


@pytest.fixture
def opened() -> Iterator[Callable[[Connection], Connection]]:
    """Connections that are closed behind the test."""
    found: list[Connection] = []
    yield lambda connection: (found.append(connection), connection)[1]
    for connection in found:
        close(connection)


def columns(connection: Connection, table: str) -> list[tuple[str, str, bool]]:
    rows = connection.exec_driver_sql(f"PRAGMA table_info({table})")
    return [(row[1], row[2], bool(row[5])) for row in rows]


def test_the_steps_lead_to_the_tables_that_are_asked(
    tmp_path: Path, opened: Callable[[Connection], Connection]
) -> None:
    connection = opened(writable_connection(tmp_path / "new.sqlite3"))
    for name, table in SCHEMA.tables.items():
        expected = [(one.name, str(one.type), one.primary_key) for one in table.columns]
        assert columns(connection, name) == expected


def test_the_steps_lead_to_the_indexes_and_references_of_a_server(
    tmp_path: Path, opened: Callable[[Connection], Connection]
) -> None:
    """Those are made from the schema itself."""
    stepped = inspect(opened(writable_connection(tmp_path / "steps.sqlite3")))
    engine = create_engine("sqlite://")
    SCHEMA.create_all(engine)
    made = inspect(engine)
    for table in SCHEMA.tables:
        assert indexes(stepped, table) == indexes(made, table)
        assert references(stepped, table) == references(made, table)
        assert nullable(stepped, table) == nullable(made, table)
    engine.dispose()


def indexes(found: Inspector, table: str) -> set[tuple[str, str]]:
    """The indexes of a table with their columns or expressions; expressions as SQLite keeps them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # expressions are no columns
        plain = {(str(one["name"]), str(one["column_names"])) for one in found.get_indexes(table)}
    rows = found.bind.connect() if isinstance(found.bind, Engine) else found.bind
    named = rows.exec_driver_sql(
        f"SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = '{table}' AND sql IS NOT NULL"
    )
    return plain | {(name, "") for (name,) in named}


def references(found: Inspector, table: str) -> list[tuple[str, str]]:
    keys = found.get_foreign_keys(table)
    return sorted((str(one["constrained_columns"]), str(one["referred_table"])) for one in keys)


def nullable(found: Inspector, table: str) -> dict[str, bool]:
    return {one["name"]: one["nullable"] for one in found.get_columns(table) if one["name"] not in KEYS}


def test_a_step_that_ledgers_have_taken_never_changes() -> None:
    """Write a new step instead: a ledger of the old one would never get what is changed here."""
    digests = [hashlib.sha256("\n".join(step).encode()).hexdigest()[:16] for step in STEPS]
    assert digests[: len(TAKEN)] == TAKEN


def test_an_older_file_is_brought_up_to_date(path: Path, opened: Callable[[Connection], Connection]) -> None:
    connection = opened(writable_connection(path, NEXT))
    assert connection.exec_driver_sql("PRAGMA user_version").scalar() == len(NEXT)
    assert connection.exec_driver_sql("SELECT count(*) FROM runs WHERE place = program").scalar() == 1
    assert connection.exec_driver_sql("SELECT count(*) FROM facts").scalar() == len(RECORD.facts)


def test_reading_an_older_file_does_not_change_it(
    path: Path, opened: Callable[[Connection], Connection]
) -> None:
    before = path.read_bytes()
    connection = opened(read_only_connection(path, NEXT))
    assert connection.exec_driver_sql("SELECT count(*) FROM runs WHERE place = program").scalar() == 1
    assert path.read_bytes() == before


def test_steps_are_taken_all_or_none(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(Exception, match="nowhere"):
        writable_connection(path, (*NEXT, ("ALTER TABLE nowhere ADD COLUMN place TEXT",)))
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (len(STEPS),)
    connection.close()
    assert path.read_bytes() == before


@DOORS
def test_one_of_a_newer_program_is_left_to_it(path: Path, door: Callable[[Path], Ledger]) -> None:
    close(writable_connection(path, NEXT))
    before = path.read_bytes()
    with pytest.raises(KenpoError, match="新しい版の kenpo-xl"):
        door(path)
    assert path.read_bytes() == before


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def overwritten(path: Path) -> None:
    content = path.read_bytes()
    median = len(content) // 2
    path.write_bytes(content[:median] + b"\xff" * 6_000 + content[median + 6_000 :])


def no_database(path: Path) -> None:
    path.write_text("台帳", encoding="utf-8")


@pytest.mark.parametrize("damage", [emptied, cut, overwritten, no_database])
def test_a_damaged_one_is_told_and_stays(path: Path, damage: Callable[[Path], None]) -> None:
    damage(path)
    before = path.read_bytes()
    with pytest.raises(KenpoError, match="が壊れています。消さずに") as failure:
        Ledger.open_for_writing(path)
    assert "\n" not in str(failure.value)
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("damage", [emptied, cut, no_database])
def test_a_damaged_one_is_told_to_who_reads(path: Path, damage: Callable[[Path], None]) -> None:
    damage(path)
    with pytest.raises(KenpoError, match="壊れています"), Ledger.open_read_only(path) as ledger:
        ledger.history(KEY.branch)


@pytest.mark.parametrize("nonsense", ["value = '多い'", "last_month = '2024-13月'", "origin = 'memo'"])
def test_nonsense_that_somebody_wrote_into_it_is_damage(path: Path, nonsense: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"UPDATE facts SET {nonsense} WHERE identity = ?", (IDENTITY,))
    connection.commit()
    connection.close()
    with pytest.raises(KenpoError, match="壊れています"), Ledger.open_read_only(path) as ledger:
        ledger.history(KEY.branch)


@DOORS
def test_another_programs_database_is_left_alone(tmp_path: Path, door: Callable[[Path], Ledger]) -> None:
    path = tmp_path / "住所録.sqlite3"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE runs (run INTEGER)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(KenpoError, match="台帳ではありません"):
        door(path)
    assert path.read_bytes() == before


def test_none_is_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(KenpoError, match="がありません"):
        Ledger.open_read_only(tmp_path / "台帳.sqlite3")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KenpoError, match="開けません"):
        Ledger.open_for_writing(tmp_path / "なし" / "台帳.sqlite3")


def test_reading_refuses_to_write(path: Path) -> None:
    with (
        Ledger.open_read_only(path) as ledger,
        pytest.raises(KenpoError, match="権限"),
        ledger.begin_run(DAYS[1]),
    ):
        pass


def test_one_that_another_program_writes(path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with Ledger.open_for_writing(path, patience=0) as ledger:
            assert len(ledger.versions_of_figure(IDENTITY)) == 1
            with pytest.raises(KenpoError, match="ほかの処理が使っています"), ledger.begin_run(DAYS[1]):
                pass
    finally:
        other.close()


def test_a_full_disk_loses_nothing(path: Path) -> None:
    many = tuple(with_fact(identity=f"1-2-2/表/{place}/列").facts[0] for place in range(5_000))
    with Ledger.open_for_writing(path) as ledger:
        ledger._database.connection.exec_driver_sql("PRAGMA max_page_count = 60")
        with ledger.begin_run(DAYS[1]) as run:
            with pytest.raises(KenpoError, match="ディスクの空きがありません"):
                run.record_period(RECORD.__class__(KEY, facts=many))
            run.record_period(with_fact(value=Decimal(1)))
        assert [one.record.value for one in ledger.versions_of_figure(IDENTITY)] == [1, FACT.value]


KILLED = """
import sys
from pathlib import Path
from tests.ledger.records import DAYS, RECORD, with_fact
from kenpo_xl.ledger import Ledger
with Ledger.open_for_writing(Path(sys.argv[1])) as ledger, ledger.begin_run(DAYS[1]) as run:
    ledger._database.connection.exec_driver_sql("PRAGMA cache_size = 1")
    count = 0
    while True:
        count += 1
        facts = tuple(with_fact(identity=f"{n}", value=count).facts[0] for n in range(300))
        run.record_period(RECORD.__class__(RECORD.key, facts=facts))
        print(count, flush=True)
"""


@pytest.mark.parametrize("lines", [1, 2, 5])
@pytest.mark.soak
def test_a_killed_run_leaves_the_last_whole_period(path: Path, lines: int) -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED, path], cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        for _ in range(lines):
            told = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
        told = max([told, *map(int, process.stdout.read().split())])
    for door in (Ledger.open_read_only, Ledger.open_for_writing):
        with door(path) as ledger:
            values = {fact.value for fact in ledger.history(KEY.branch).periods[0].facts}
        assert len(values) == 1
        assert values <= {Decimal(told), Decimal(told + 1)}
    with Ledger.open_for_writing(path) as ledger:
        with ledger.begin_run(DAYS[2]) as run:
            run.record_period(RECORD)
        assert ledger.history(KEY.branch).periods == (RECORD.past_period,)
