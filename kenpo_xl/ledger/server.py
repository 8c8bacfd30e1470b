"""A ledger on a PostgreSQL server, in the schema that the connection's search path names first.

Several nights write into it at once, each its own branches. A transaction is repeated after a lost
connection: each replaces a state by another, so that doing it twice is doing it once.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from contextlib import suppress

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    MetaData,
    Table,
    create_engine,
    inspect,
    make_url,
)
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from kenpo_xl.domain.outputs.ledger_place import LedgerUrl
from kenpo_xl.errors import KenpoError
from kenpo_xl.ledger.database import PATIENCE, Database, Made, Work
from kenpo_xl.ledger.errors import SERVER_DAMAGED as DAMAGED
from kenpo_xl.ledger.migrations import STEPS
from kenpo_xl.ledger.schema import SCHEMA
from kenpo_xl.ledger.server_errors import NO_DRIVER, LostConnectionError, server_errors_reported

_PAUSE = 0.5
# "KPXL": the advisory lock that a program holds while it makes or migrates the tables.
_LOCK = 0x4B50584C
_MISSING = (
    "{place} に台帳がまだありません。台帳の所有者として「kenpo-xl ledger init」か「kenpo-xl ledger move」を"
    "一度実行してください。"
)
_FOREIGN = "{place} にはほかのプログラムの表があります。台帳だけのデータベースを指定してください。"
_OLDER = (
    "台帳 {place} は、前の版の kenpo-xl が作ったものです。台帳の所有者として「kenpo-xl ledger init」を"
    "一度実行してください。"
)
_NEWER = (
    "台帳 {place} は、新しい版の kenpo-xl が書いたものです。この PC の kenpo-xl を新しくしてから、"
    "もう一度実行してください。"
)
_WRONG = "台帳の場所 {place} を読めません。postgresql://利用者@サーバー/データベース の形で指定してください。"
# The version of the schema; that it is there says that the tables beside it are a ledger.
VERSION = Table("kenpo_xl_ledger", MetaData(), Column("version", BigInteger, nullable=False))
_COLUMNS = (
    "SELECT relname, attname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid"
    " WHERE relkind = 'r' AND attnum > 0 AND NOT attisdropped AND pg_table_is_visible(pg_class.oid)"
)
_VERSION_TABLE = f"SELECT 1 FROM pg_class WHERE relname = '{VERSION.name}' AND pg_table_is_visible(oid)"
_READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_WRITE = "BEGIN"
Steps = Sequence[Sequence[str]]


class Server(Database):
    """A database on a server, through one connection at a time, which is made again when it is lost."""

    def __init__(
        self, place: LedgerUrl, *, writes: bool, patience: float = PATIENCE, steps: Steps = STEPS
    ) -> None:
        """KenpoError if it cannot be reached, or holds no ledger of this version.

        Where it `writes`, tables that are missing or of an older version are made by who may make them.
        """
        self.place: LedgerUrl = place
        self._patience = patience
        self._engine = _database_engine(place, patience)
        self._connection: Connection | None = None
        try:
            self._open(steps, writes=writes)
        except BaseException:
            self.close()
            raise

    @property
    def connection(self) -> Connection:
        """The connection, made where there is none."""
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def read(self, work: Work[Made]) -> Made:
        return self._retried_transaction(_READ, work, self._patience)

    def write(self, work: Work[Made]) -> Made:
        return self._retried_transaction(_WRITE, work, self._patience)

    def prepare_to_erase(self) -> None:
        """Nothing: a server has no such setting, `purge` rewrites the tables."""

    def purge(self, tables: Iterable[Table], /) -> None:
        with server_errors_reported(self.place):
            for table in tables:
                self.connection.exec_driver_sql(f"VACUUM FULL {table.name}")

    def close(self) -> None:
        self._disconnect()
        self._engine.dispose()

    def _disconnect(self) -> None:
        if self._connection is not None:
            with suppress(SQLAlchemyError):
                self._connection.close()
        self._connection = None

    def _retried_transaction(self, begin: str, work: Work[Made], patience: float) -> Made:
        """The result of a transaction, tried again for a while where the server went away."""
        until = time.monotonic() + patience
        while True:
            try:
                return self._transaction_once(begin, work)
            except LostConnectionError:
                self._disconnect()
                if time.monotonic() > until:
                    raise
            time.sleep(_PAUSE)

    def _transaction_once(self, begin: str, work: Work[Made]) -> Made:
        with server_errors_reported(self.place):
            connection = self.connection
            connection.exec_driver_sql(begin)
            try:
                result = work(connection)
                connection.exec_driver_sql("COMMIT")
            except BaseException:
                with suppress(SQLAlchemyError):  # the server rolls back what a lost connection left
                    connection.exec_driver_sql("ROLLBACK")
                raise
            return result

    def _open(self, steps: Steps, *, writes: bool) -> None:
        # A night waits for a server that is being started again; a person who reads learns at once.
        patience = self._patience if writes else 0
        version = self._retried_transaction(_READ, _stored_version, patience)
        if version is not None and version < 1:
            raise KenpoError(DAMAGED.format(place=self.place))
        if version is None or version < len(steps):
            if not writes:
                raise KenpoError((_MISSING if version is None else _OLDER).format(place=self.place))
            self._retried_transaction(_WRITE, lambda connection: self._migrate(connection, steps), patience)
        elif version > len(steps):
            raise KenpoError(_NEWER.format(place=self.place))
        self.read(self._refuse_missing_columns)

    def _migrate(self, connection: Connection, steps: Steps) -> None:
        """Make the tables, or apply the migrations that they lack; all or nothing, one program at a time."""
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        version = _stored_version(connection)
        if version is None:
            if set(inspect(connection).get_table_names()) & set(SCHEMA.tables):
                raise KenpoError(_FOREIGN.format(place=self.place))
            SCHEMA.create_all(connection)
            VERSION.create(connection)
            version = len(STEPS)
            connection.execute(VERSION.insert().values(version=version))
        for statement in (statement for step in steps[version:] for statement in step):
            connection.exec_driver_sql(statement_for_postgresql(statement))
        connection.execute(VERSION.update().values(version=len(steps)))

    def _refuse_missing_columns(self, connection: Connection) -> None:
        """KenpoError if a table or a column of the schema is missing."""
        rows = connection.exec_driver_sql(_COLUMNS)
        expected = {(name, column.name) for name, table in SCHEMA.tables.items() for column in table.columns}
        if expected - {tuple(row) for row in rows}:
            raise KenpoError(DAMAGED.format(place=self.place))


def statement_for_postgresql(statement: str) -> str:
    """A statement of a migration in the words of PostgreSQL: numbered keys, texts in the order of letters."""
    numbered = statement.replace("INTEGER PRIMARY KEY", "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY")
    return numbered.replace(" TEXT", ' TEXT COLLATE "C"')


def _database_engine(place: LedgerUrl, patience: float) -> Engine:
    try:
        url = make_url(place.address).set(drivername="postgresql+psycopg")
        given = {"connect_timeout": "10", "application_name": "kenpo-xl", **_OF_DEAD_PEERS}
        arguments = {name: value for name, value in given.items() if name not in url.query}
        return create_engine(
            url,
            poolclass=NullPool,
            # Transactions are begun and ended here, not by the driver.
            isolation_level="AUTOCOMMIT",
            # What is stored may be private, and no error needs to repeat it.
            hide_parameters=True,
            connect_args={**arguments, "options": _session_options(url.query.get("options"), patience)},
        )
    except ImportError as error:  # not there, or without the library of PostgreSQL that it needs
        raise KenpoError(NO_DRIVER) from error
    except (ArgumentError, ValueError) as error:
        raise KenpoError(_WRONG.format(place=place)) from error


# A peer that is gone without a word is noticed within a minute.
_OF_DEAD_PEERS = {"keepalives_idle": "20", "keepalives_interval": "10", "keepalives_count": "3"}


def _session_options(given: object, patience: float) -> str:
    """The settings of the session: how long it waits for others, beside those that the address gives."""
    waits = f"-c lock_timeout={max(int(patience * 1000), 1)}"
    return f"{given} {waits}" if isinstance(given, str) else waits


def _stored_version(connection: Connection) -> int | None:
    """The version of the schema, None where there is no ledger."""
    # A look-up by name (to_regclass) may not see what another program made in this moment.
    if connection.exec_driver_sql(_VERSION_TABLE).scalar() is None:
        return None
    try:
        return int(connection.execute(VERSION.select()).scalar_one())
    except DBAPIError:
        raise
    except SQLAlchemyError:  # no row, or several
        return 0
