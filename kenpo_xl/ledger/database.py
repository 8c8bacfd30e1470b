"""A ledger's database as the package uses it: one transaction at a time, wherever it is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from typing import TypeVar

from sqlalchemy import Connection, Table

from kenpo_xl.domain.outputs.ledger_place import LedgerPlace

PATIENCE = 30.0
"""Seconds to wait for another program that writes, and for a server that is being started again."""
Made = TypeVar("Made")
Work = Callable[[Connection], Made]
"""What is done inside a transaction; it may be done again after a lost connection."""


class Database(ABC):
    """An open database. Errors of file or server are KenpoErrors that name `place`."""

    place: LedgerPlace

    @abstractmethod
    def read(self, work: Work[Made]) -> Made:
        """The result of a transaction that sees one state and writes nothing."""

    @abstractmethod
    def write(self, work: Work[Made]) -> Made:
        """The result of a transaction of which everything is committed, or nothing."""

    @abstractmethod
    def prepare_to_erase(self) -> None:
        """Let overwritten rows be overwritten on the disk as well, where the database can."""

    @abstractmethod
    def purge(self, tables: Iterable[Table], /) -> None:
        """Rewrite these tables, so that earlier versions of their rows are gone from their files."""

    @abstractmethod
    def close(self) -> None:
        """Close the connection."""
