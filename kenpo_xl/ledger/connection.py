"""Opens the file of a ledger: made where there is none, brought up to date, never thrown away.

A rollback journal, not WAL: WAL needs memory that all who use the file share, which a network drive has not.
Every transaction is on the disk when it ends (synchronous EXTRA), and what was begun and not ended is undone
by whoever opens the file next.
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
from kenpo_xl.ledger.errors import DAMAGED, told
from kenpo_xl.ledger.migrations import STEPS

# "KPXL": how a SQLite file says whose it is.
APPLICATION = 0x4B50584C
# How long one waits for another that writes.
PATIENCE = 30.0
_FOREIGN = "{path} は台帳ではありません。台帳（.sqlite3）を指定してください。"
_NEWER = (
    "台帳 {path} は、新しい版の kenpo-xl が書いたものです。この PC の kenpo-xl を新しくしてから、"
    "もう一度実行してください。"
)
_COLUMNS = (
    "SELECT s.name, c.name FROM sqlite_schema s JOIN pragma_table_info(s.name) c WHERE s.type = 'table'"
)

Steps = Sequence[Sequence[str]]


def opened_for_writing(path: Path, steps: Steps = STEPS, *, patience: float = PATIENCE) -> Connection:
    """A connection to the ledger at `path`, made or brought up to date; KenpoError where that cannot be."""
    with told(path):
        if not path.exists():
            _make(path, steps)
        if not path.is_file():  # a pipe would let us wait for ever
            raise OSError(f"{path} is no file")
        connection = _connection(sqlite3.connect(path, patience, isolation_level=None))
        with _closed_on_failure(connection):
            version = _verify(connection, path, steps)
            _check_whole(connection, path)
            _check_tables(connection, path, steps[:version])
            connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
            connection.exec_driver_sql("PRAGMA synchronous = EXTRA")
            connection.exec_driver_sql("PRAGMA foreign_keys = ON")
            _bring_up_to_date(connection, steps)
    return connection


def opened_for_reading(path: Path, steps: Steps = STEPS, *, patience: float = PATIENCE) -> Connection:
    """A connection that changes nothing: a ledger of an older version is brought up to date in memory."""
    if not path.is_file():
        raise KenpoError(f"台帳 {path} がありません。場所を確かめてください。")
    with told(path):
        file = sqlite3.connect(path, patience, isolation_level=None)
        connection = _connection(file)
        with _closed_on_failure(connection):
            version = _verify(connection, path, steps)
            _check_tables(connection, path, steps[:version])
            if version < len(steps):
                memory = sqlite3.connect(":memory:", isolation_level=None)
                file.backup(memory)
                connection.close()
                connection = _connection(memory)
                _bring_up_to_date(connection, steps)
            connection.exec_driver_sql("PRAGMA query_only = ON")
    return connection


@contextmanager
def transaction(connection: Connection, path: Path, *, writes: bool = False) -> Iterator[None]:
    """All that is done inside, or nothing of it; what is read inside is of one moment."""
    with told(path):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
        try:
            yield
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            # A full disk may have ended it already.
            if connection.connection.driver_connection.in_transaction:  # type: ignore[union-attr]
                connection.exec_driver_sql("ROLLBACK")
            raise


def _connection(file: sqlite3.Connection) -> Connection:
    # Transactions are begun and ended here, so that BEGIN is what it says.
    engine = create_engine("sqlite://", creator=lambda: file, poolclass=StaticPool)
    return engine.connect().execution_options(isolation_level="AUTOCOMMIT")


@contextmanager
def _closed_on_failure(connection: Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        close(connection)
        raise


def close(connection: Connection) -> None:
    """Close the connection and its file."""
    connection.close()
    connection.engine.dispose()


def _make(path: Path, steps: Steps) -> None:
    """Make an empty ledger beside and rename it: a file of ours is never an empty one."""
    beside = path.with_name(f"{path.name}.new")
    beside.unlink(missing_ok=True)
    connection = _connection(sqlite3.connect(beside, isolation_level=None))
    try:
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
        _bring_up_to_date(connection, steps)
    finally:
        close(connection)
    beside.replace(path)


def _verify(connection: Connection, path: Path, steps: Steps) -> int:
    """The version of the file; KenpoError where it is none of ours, or that of a newer program."""
    if path.stat().st_size == 0:
        raise KenpoError(DAMAGED.format(path=path))
    if _pragma(connection, "application_id") != APPLICATION:
        raise KenpoError(_FOREIGN.format(path=path))
    version = _pragma(connection, "user_version")
    if version < 1:
        raise KenpoError(DAMAGED.format(path=path))
    if version > len(steps):
        raise KenpoError(_NEWER.format(path=path))
    return version


def _check_whole(connection: Connection, path: Path) -> None:
    """KenpoError where pages of the file are damaged: nothing must be written upon them."""
    if connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
        raise KenpoError(DAMAGED.format(path=path))


def _check_tables(connection: Connection, path: Path, steps: Steps) -> None:
    """KenpoError where a table or a column is gone that these steps made."""
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


def _bring_up_to_date(connection: Connection, steps: Steps) -> None:
    """Take the steps that the file has not taken, all or none."""
    version = _pragma(connection, "user_version")
    if version == len(steps):
        return
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    for step in steps[version:]:
        for statement in step:
            connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"PRAGMA user_version = {len(steps)}")
    connection.exec_driver_sql("COMMIT")


def _pragma(connection: Connection, name: str) -> int:
    return int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())
