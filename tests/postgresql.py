"""A PostgreSQL server of the tests: its own cluster in a temporary folder, on loopback, ended by its process.

The programs refuse to run as root; there the user `postgres` or `nobody` runs them.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

from kenpo_xl.domain.outputs.ledger_place import LedgerUrl
from kenpo_xl.ledger.schema import RUNS, SCHEMA

ENDS = (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL)
"""How a server ends: at once, without tidying up, killed."""
OWNER, DATABASE = "administrator", "postgres"
PASSWORD = "秘密-%40:/"
# What is lost when the computer stops is no matter here.
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "max_connections": "40",
    "shared_buffers": "16MB",
    "autovacuum": "off",
}


def folder_of_programs() -> Path | None:
    """The folder with initdb and postgres, None where no server is installed."""
    found = shutil.which("postgres")
    if found:
        return Path(found).resolve().parent
    return max(
        Path("/usr/lib/postgresql").glob("*/bin"), default=None, key=lambda one: float(one.parent.name)
    )


def _other_user() -> dict[str, Any]:
    """Arguments of `subprocess` that run a program as an ordinary user, where this one is root."""
    if os.geteuid() != 0:
        return {}
    import pwd

    names = {one.pw_name for one in pwd.getpwall()}
    user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


class Cluster:
    """A cluster that is started, killed and started again."""

    def __init__(self) -> None:
        programs = folder_of_programs()
        assert programs is not None, "PostgreSQL is not installed: apt-get install postgresql"
        self._programs, self._user = programs, _other_user()
        self.folder = Path(tempfile.mkdtemp(prefix="kenpo-postgresql-"))
        self.give(self.folder)
        self._data, self._process = self.folder / "data", None
        self._names = (f"kenpo_{number}" for number in count(1))
        password = self.folder / "password"
        password.write_text(PASSWORD, encoding="utf-8")
        password.chmod(0o644)
        self._run(
            *(
                "initdb",
                "--pgdata",
                self._data,
                "--username",
                OWNER,
                "--encoding",
                "UTF8",
                "--locale",
                "C.UTF-8",
            ),
            *("--auth", "scram-sha-256", "--pwfile", password, "--no-sync", "--no-instructions"),
        )
        self.port = _free_port()
        self.start()

    def give(self, folder: Path) -> None:
        """Let a folder belong to the user of the server."""
        if self._user:
            os.chown(folder, self._user["user"], self._user["group"])

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(self._programs / program), *map(str, arguments)]
        subprocess.run(command, check=True, capture_output=True, cwd=self.folder, **self._user)

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = [f"--{name}={value}" for name, value in {**_SETTINGS, "port": str(self.port)}.items()]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [str(self._programs / "postgres"), "-D", str(self._data), *settings],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                **self._user,
            )
        for _ in range(600):
            try:
                self.connect().close()
            except psycopg.OperationalError:
                assert self._process.poll() is None, (self.folder / "log").read_text(encoding="utf-8")
                time.sleep(0.02)
            else:
                return
        raise TimeoutError("PostgreSQL does not answer")

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End the server: at once (SIGINT), without tidying up (SIGQUIT), or killed."""
        if self._process is not None:
            served = processes_of(self._process.pid) if self._process.poll() is None else []
            self._process.send_signal(how)
            self._process.wait(timeout=60)
            wait_for_end(served)
            self._process = None

    def close(self) -> None:
        """End the server and remove its files."""
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)

    def connect(self) -> psycopg.Connection[Any]:
        """A connection of the owner, each statement of which is a transaction."""
        place = {"host": "127.0.0.1", "port": self.port, "dbname": DATABASE}
        return psycopg.connect(**place, user=OWNER, password=PASSWORD, autocommit=True)

    def new_ledger(self) -> LedgerUrl:
        """The address of a new, empty schema; without the password, which the environment has."""
        name = next(self._names)
        with self.connect() as connection:
            connection.execute(f"CREATE SCHEMA {name}".encode())
        return self.address(name)

    def address(self, schema: str, user: str = OWNER) -> LedgerUrl:
        where = f"127.0.0.1:{self.port}/{DATABASE}?options=-csearch_path%3D{schema}"
        return LedgerUrl(f"postgresql://{user}@{where}")

    def execute(self, place: LedgerUrl, *statements: str) -> list[Any]:
        """The rows of the last of some statements, run by the owner."""
        with self.connect() as connection:
            connection.execute(f"SET search_path = {place.address.rpartition('%3D')[2]}".encode())
            for statement in statements:
                found = connection.execute(statement.encode())
            return found.fetchall() if found.description else []

    def row_counts(self, place: LedgerUrl) -> dict[str, int]:
        """The rows of each table of a ledger but that of its runs, past ones too."""
        tables = [name for name in SCHEMA.tables if name != RUNS.name]
        return {name: self.execute(place, f"SELECT count(*) FROM {name}")[0][0] for name in tables}

    @contextmanager
    def failing(self, how: signal.Signals, after: float) -> Iterator[None]:
        """A server that is ended after some seconds and comes back."""

        def fail() -> None:
            time.sleep(after)
            self.stop(how)
            self.start()

        thread = threading.Thread(target=fail)
        thread.start()
        try:
            yield
        finally:
            thread.join()


def processes_of(server: int) -> list[Path]:
    """The folders in /proc of the processes that serve the connections of a server."""
    found = Path(f"/proc/{server}/task/{server}/children").read_text(encoding="utf-8")
    return [Path(f"/proc/{number}") for number in found.split()]


def wait_for_end(processes: list[Path]) -> None:
    """Wait for the processes of a killed server: no other one starts beside them."""
    for _ in range(600):
        if not any(one.exists() for one in processes):
            return
        time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def running() -> Iterator[Cluster]:
    """A cluster while it is used."""
    cluster = Cluster()
    try:
        yield cluster
    finally:
        cluster.close()


ENVIRONMENT: Mapping[str, str] = {"PGPASSWORD": PASSWORD}
