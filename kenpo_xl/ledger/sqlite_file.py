"""A ledger in a SQLite file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Connection, Table

from kenpo_xl.ledger.connection import (
    close,
    read_only_connection,
    transaction,
    writable_connection,
)
from kenpo_xl.ledger.database import PATIENCE, Database, Made, Work
from kenpo_xl.ledger.errors import sqlite_errors_reported


class SqliteFile(Database):
    """A file, opened by one connection."""

    def __init__(self, place: Path, *, writes: bool, patience: float = PATIENCE) -> None:
        """KenpoError if it cannot be opened, or created where it `writes`."""
        self.place: Path = place
        opened = writable_connection if writes else read_only_connection
        self.connection: Connection = opened(place, patience=patience)

    def read(self, work: Work[Made]) -> Made:
        with transaction(self.connection, self.place):
            return work(self.connection)

    def write(self, work: Work[Made]) -> Made:
        with transaction(self.connection, self.place, writes=True):
            return work(self.connection)

    def prepare_to_erase(self) -> None:
        with sqlite_errors_reported(self.place):
            self.connection.exec_driver_sql("PRAGMA secure_delete = ON")

    def purge(self, _tables: Iterable[Table], /) -> None:
        with sqlite_errors_reported(self.place):
            self.connection.exec_driver_sql("VACUUM")

    def close(self) -> None:
        close(self.connection)
