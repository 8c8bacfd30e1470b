"""Connections to the file of a ledger: created if missing, migrated, never discarded.

The journal is a rollback journal, not WAL: WAL needs shared memory, which a network drive lacks (SQLite,
"Write-Ahead Logging"). Every transaction is durable when it ends (synchronous EXTRA); the next connection
rolls back an unfinished one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from kenpo_xl.errors import KenpoError
from kenpo_xl.ledger.database import PATIENCE
from kenpo_xl.ledger.errors import DAMAGED, sqlite_errors_reported
from kenpo_xl.ledger.migrations import STEPS

# "KPXL": the application id in the header of the SQLite file.
APPLICATION = 0x4B50584C
_FOREIGN = "{path} は台帳ではありません。台帳（.sqlite3）を指定してください。"
_NEWER = (
    "台帳 {path} は、新しい版の kenpo-xl が書いたものです。この PC の kenpo-xl を新しくしてから、"
    "もう一度実行してください。"
)
_COLUMNS = (
    "SELECT s.name, c.name FROM sqlite_schema s JOIN pragma_table_info(s.name) c WHERE s.type = 'table'"
)

Steps = Sequence[Sequence[str]]


def writable_connection(path: Path, steps: Steps = STEPS, *, patience: float = PATIENCE) -> Connection:
    """A connection to the ledger at `path`, which is created or migrated; KenpoError if that fails."""
    with sqlite_errors_reported(path):
        if not path.exists():
            _create_ledger(path, steps)
        if not path.is_file():  # opening a pipe would block
            raise OSError(f"{path} is no file")
        connection = _connection_to(sqlite3.connect(path, patience, isolation_level=None))
        with _closed_on_error(connection):
            version = _verified_version(connection, path, steps)
            _refuse_damaged_pages(connection, path)
            _refuse_missing_columns(connection, path, steps[:version])
            connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
            connection.exec_driver_sql("PRAGMA synchronous = EXTRA")
            # A step may replace a table that others refer to.
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            _migrate(connection, steps)
            connection.exec_driver_sql("PRAGMA foreign_keys = ON")
    return connection


def read_only_connection(path: Path, steps: Steps = STEPS, *, patience: float = PATIENCE) -> Connection:
    """A read-only connection; a ledger of an older version is migrated in memory. KenpoError without one."""
    if not path.is_file():
        raise KenpoError(f"台帳 {path} がありません。場所を確かめてください。")
    with sqlite_errors_reported(path):
        file = sqlite3.connect(path, patience, isolation_level=None)
        connection = _connection_to(file)
        with _closed_on_error(connection):
            version = _verified_version(connection, path, steps)
            _refuse_missing_columns(connection, path, steps[:version])
            if version < len(steps):
                memory = sqlite3.connect(":memory:", isolation_level=None)
                file.backup(memory)
                connection.close()
                connection = _connection_to(memory)
                _migrate(connection, steps)
            connection.exec_driver_sql("PRAGMA query_only = ON")
    return connection


@contextmanager
def transaction(connection: Connection, path: Path, *, writes: bool = False) -> Iterator[None]:
    """One transaction: everything inside is committed, or nothing; reads see one state.

    KenpoError for an error of the file.
    """
    with sqlite_errors_reported(path):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
        try:
            yield
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            # A full disk may have rolled it back already.
            if connection.connection.driver_connection.in_transaction:  # type: ignore[union-attr]
                connection.exec_driver_sql("ROLLBACK")
            raise


def _connection_to(file: sqlite3.Connection) -> Connection:
    # Transactions are begun and ended here, not by the driver.
    engine = create_engine("sqlite://", creator=lambda: file, poolclass=StaticPool)
    return engine.connect().execution_options(isolation_level="AUTOCOMMIT")


@contextmanager
def _closed_on_error(connection: Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        close(connection)
        raise


def close(connection: Connection) -> None:
    """Close the connection and its file."""
    connection.close()
    connection.engine.dispose()


def _create_ledger(path: Path, steps: Steps) -> None:
    """Create a ledger under a temporary name and rename it, so that no ledger is ever an empty file."""
    beside = path.with_name(f"{path.name}.new")
    beside.unlink(missing_ok=True)
    connection = _connection_to(sqlite3.connect(beside, isolation_level=None))
    try:
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
        _migrate(connection, steps)
    finally:
        close(connection)
    beside.replace(path)


def _verified_version(connection: Connection, path: Path, steps: Steps) -> int:
    """The schema version; KenpoError if the file is no ledger, damaged, or of a newer program."""
    if path.stat().st_size == 0:
        raise KenpoError(DAMAGED.format(path=path))
    if _pragma_value(connection, "application_id") != APPLICATION:
        raise KenpoError(_FOREIGN.format(path=path))
    version = _pragma_value(connection, "user_version")
    if version < 1:
        raise KenpoError(DAMAGED.format(path=path))
    if version > len(steps):
        raise KenpoError(_NEWER.format(path=path))
    return version


def _refuse_damaged_pages(connection: Connection, path: Path) -> None:
    """KenpoError if pages of the file are damaged: these must not be written to."""
    if connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
        raise KenpoError(DAMAGED.format(path=path))


def _refuse_missing_columns(connection: Connection, path: Path, steps: Steps) -> None:
    """KenpoError if a table or a column that these steps create is missing."""
    made = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for statement in (statement for step in steps for statement in step):
            made.execute(statement)
        expected = set(made.execute(_COLUMNS))
        found = {tuple(row) for row in connection.exec_driver_sql(_COLUMNS)}
    except DBAPIError as error:
        raise KenpoError(DAMAGED.format(path=path)) from error
    finally:
        made.close()
    if expected - found:
        raise KenpoError(DAMAGED.format(path=path))


def _migrate(connection: Connection, steps: Steps) -> None:
    """Apply the migrations that the file lacks, all or none."""
    version = _pragma_value(connection, "user_version")
    if version == len(steps):
        return
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    for step in steps[version:]:
        for statement in step:
            connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"PRAGMA user_version = {len(steps)}")
    connection.exec_driver_sql("COMMIT")


def _pragma_value(connection: Connection, name: str) -> int:
    return int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())
