"""A ledger on a server: who may do what, what is said of a server that refuses or is gone, what survives."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import threading
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from kenpo_xl.domain.outputs.ledger_place import LedgerUrl
from kenpo_xl.errors import KenpoError
from kenpo_xl.ledger import Ledger
from kenpo_xl.ledger.migrations import STEPS
from kenpo_xl.ledger.server import Server
from tests.ledger.records import DAYS, FACT, IDENTITY, KEY, RECORD, kept, with_fact
from tests.paths import ROOT
from tests.postgresql import ENDS, OWNER, PASSWORD, Cluster, running
from tests.soak import TIMES, soak

NEXT = (
    *STEPS,
    (
        "ALTER TABLE runs ADD COLUMN place TEXT",
        "CREATE TABLE more (id INTEGER PRIMARY KEY, name TEXT NOT NULL)",
        "UPDATE runs SET place = program",
    ),
)
ROLES = ROOT / "scripts" / "ledger_roles.sql"


@pytest.fixture
def place(postgresql: Cluster) -> LedgerUrl:
    return postgresql.new_ledger()


@pytest.fixture
def fragile() -> Iterator[Cluster]:
    """A server of its own, to be killed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PGPASSWORD", PASSWORD)
        yield from running()


def values(place: LedgerUrl) -> list[Decimal | None]:
    with Ledger.open_read_only(place) as ledger:
        return [one.record.value for one in ledger.versions_of_figure(IDENTITY)]


def test_a_long_identity_and_a_long_entity_are_kept(place: LedgerUrl) -> None:
    """An index of a server has a bound, what staff type has none below a cell's 32,767 letters."""
    rng = random.Random(1)
    longest = "".join(chr(rng.randrange(0x4E00, 0x9FFF)) for _ in range(32_000))
    other = replace(FACT, identity=longest[:-1] + "他")
    kept(place, replace(RECORD, facts=(replace(FACT, identity=longest, entity=longest), other)))
    with Ledger.open_read_only(place) as ledger:
        assert [one.record.entity for one in ledger.versions_of_figure(longest)] == [longest]


@pytest.mark.parametrize("writes", [True, False])
def test_a_newer_one_is_left_to_its_program(place: LedgerUrl, writes: bool) -> None:
    Server(place, writes=True, steps=NEXT).close()
    with pytest.raises(KenpoError, match="新しい版の kenpo-xl"):
        Server(place, writes=writes)


def test_an_older_one_is_brought_up_to_date_by_who_writes(place: LedgerUrl, postgresql: Cluster) -> None:
    kept(place, RECORD)
    with pytest.raises(KenpoError, match="ledger init"):
        Server(place, writes=False, steps=NEXT)
    Server(place, writes=True, steps=NEXT).close()
    assert postgresql.execute(place, "SELECT count(*) FROM runs WHERE place = program") == [(1,)]
    assert postgresql.execute(place, "INSERT INTO more (name) VALUES ('あ') RETURNING id") == [(1,)]


def test_steps_are_taken_all_or_none(place: LedgerUrl, postgresql: Cluster) -> None:
    kept(place, RECORD)
    with pytest.raises(KenpoError, match="の表が"):
        Server(place, writes=True, steps=(*NEXT, ("ALTER TABLE nowhere ADD COLUMN place TEXT",)))
    assert postgresql.execute(place, "SELECT version FROM kenpo_xl_ledger") == [(len(STEPS),)]
    assert values(place) == [FACT.value]


@pytest.mark.parametrize("writes", [True, False])
def test_tables_of_another_program_are_left_alone(
    place: LedgerUrl, postgresql: Cluster, writes: bool
) -> None:
    postgresql.execute(place, "CREATE TABLE runs (name text)")
    with pytest.raises(KenpoError, match="ほかのプログラムの表" if writes else "台帳がまだありません"):
        Server(place, writes=writes)


@pytest.mark.parametrize(
    "damage",
    [
        "DROP TABLE lines",
        "ALTER TABLE facts DROP COLUMN value",
        "DELETE FROM kenpo_xl_ledger",
        "UPDATE kenpo_xl_ledger SET version = 0",
    ],
)
@pytest.mark.parametrize("door", [Ledger.open_for_writing, Ledger.open_read_only])
def test_a_part_that_is_gone(
    place: LedgerUrl, postgresql: Cluster, damage: str, door: Callable[[LedgerUrl], Ledger]
) -> None:
    kept(place, RECORD)
    postgresql.execute(place, damage)
    with pytest.raises(KenpoError, match="の表が、この kenpo-xl の台帳と合いません"):
        door(place)


@pytest.mark.parametrize(
    "nonsense", ["value = '多い'", "last_month = '2024-13月'", "origin = 'memo'", "decimals = 1000000000"]
)
def test_nonsense_in_a_row(place: LedgerUrl, postgresql: Cluster, nonsense: str) -> None:
    kept(place, RECORD)
    postgresql.execute(place, f"UPDATE facts SET {nonsense}")
    with Ledger.open_read_only(place) as ledger, pytest.raises(KenpoError, match="の表が"):
        ledger.history(KEY.branch)


def test_a_letter_that_a_server_does_not_hold(place: LedgerUrl) -> None:
    kept(place, RECORD)
    with (
        Ledger.open_for_writing(place) as ledger,
        ledger.begin_run(DAYS[1]) as run,
        pytest.raises(KenpoError, match="の表が"),
    ):
        run.record_period(replace(RECORD, lines=(replace(RECORD.lines[0], text="a\x00b"),)))
    assert values(place) == [FACT.value]


@pytest.fixture
def people(postgresql: Cluster) -> Iterator[Callable[[str], LedgerUrl]]:
    """The database and the roles of the documentation, with a person in each; the place for one of them."""
    psql = ["psql", "-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", str(postgresql.port), "-U", OWNER]
    people = f"""
        CREATE ROLE keeper LOGIN IN ROLE kenpo_owner PASSWORD '{PASSWORD}';
        ALTER ROLE keeper IN DATABASE kenpo SET role = kenpo_owner;
        CREATE ROLE night LOGIN IN ROLE kenpo_writer PASSWORD '{PASSWORD}';
        CREATE ROLE reader LOGIN IN ROLE kenpo_reader PASSWORD '{PASSWORD}';
        CREATE ROLE stranger LOGIN PASSWORD '{PASSWORD}';
    """
    script = ROLES.read_text(encoding="utf-8")
    subprocess.run([*psql, "-d", "postgres"], input=script + people, text=True, check=True)
    yield lambda name: LedgerUrl(f"postgresql://{name}@127.0.0.1:{postgresql.port}/kenpo")
    with postgresql.connect() as connection:
        connection.execute("DROP DATABASE kenpo WITH (FORCE)")
        for name in ("keeper", "night", "reader", "stranger", "kenpo_writer", "kenpo_reader", "kenpo_owner"):
            connection.execute(f"DROP ROLE {name}".encode())


def test_roles(people: Callable[[str], LedgerUrl]) -> None:
    with pytest.raises(KenpoError, match="台帳がまだありません"):
        Ledger.open_read_only(people("reader"))
    with pytest.raises(KenpoError, match="この利用者は書けません"):
        Ledger.open_for_writing(people("night"))
    Ledger.open_for_writing(people("keeper")).close()
    kept(people("night"), RECORD, with_fact(value=Decimal(1)))
    assert values(people("reader")) == [1, FACT.value]
    with (
        Ledger.open_for_writing(people("reader")) as ledger,
        pytest.raises(KenpoError, match="この利用者は書けません"),
        ledger.begin_run(DAYS[1]),
    ):
        pass
    with pytest.raises(KenpoError, match="入れません"):
        Ledger.open_read_only(people("stranger"))
    with pytest.raises(KenpoError, match="この利用者は書けません"):
        Server(people("night"), writes=True, steps=NEXT)
    assert values(people("reader")) == [1, FACT.value]


def test_a_wrong_password_is_never_repeated(place: LedgerUrl, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", "ちがう")
    with pytest.raises(KenpoError, match="入れません") as failure:
        Ledger.open_read_only(place)
    typed = LedgerUrl(place.address.replace("@", ":hidden-word@"))
    with pytest.raises(KenpoError) as other:
        Ledger.open_read_only(typed)
    told = (
        str(failure.value),
        str(other.value),
        str(typed),
        repr(typed),
        *traceback.format_exception(other.value),
    )
    assert not [one for one in told if "hidden-word" in one or "ちがう" in one]


def test_the_password_of_pgpass(
    place: LedgerUrl, postgresql: Cluster, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    secret = PASSWORD.replace("\\", "\\\\").replace(":", "\\:")
    pgpass = tmp_path / "pgpass"
    pgpass.write_text(f"127.0.0.1:{postgresql.port}:*:{OWNER}:{secret}\n", encoding="utf-8")
    pgpass.chmod(0o600)
    monkeypatch.delenv("PGPASSWORD")
    monkeypatch.setenv("PGPASSFILE", str(pgpass))
    kept(place, RECORD)
    assert values(place) == [FACT.value]


def test_a_server_that_is_not_there(place: LedgerUrl) -> None:
    nowhere = LedgerUrl("postgresql://kenpo@127.0.0.1:1/kenpo")
    with pytest.raises(KenpoError, match="に接続できません") as failure:
        Ledger.open_read_only(nowhere)
    assert "\n" not in str(failure.value)
    no_database = LedgerUrl(place.address.replace("/postgres?", "/nowhere?"))
    with pytest.raises(KenpoError, match="入れません"):
        Ledger.open_read_only(no_database)


def test_a_row_that_another_program_holds(place: LedgerUrl, postgresql: Cluster) -> None:
    kept(place, RECORD)
    with postgresql.connect() as other:
        other.execute(f"SET search_path = {place.address.rpartition('%3D')[2]}".encode())
        with other.transaction():
            other.execute("LOCK TABLE periods")
            with (
                Ledger.open_for_writing(place, patience=0.05) as ledger,
                pytest.raises(KenpoError, match="ほかの処理が使っています"),
                ledger.begin_run(DAYS[1]) as run,
            ):
                run.record_period(with_fact(value=Decimal(1)))
    assert values(place) == [FACT.value]


def test_several_nights_at_once(place: LedgerUrl) -> None:
    """They make the tables together, and each records its own branch."""
    branches = [f"第{number}支部" for number in range(6)]

    def night(branch: str) -> None:
        with Ledger.open_for_writing(place) as ledger:
            for turn, day in enumerate(DAYS[:4]):
                with ledger.begin_run(day) as run:
                    run.record_period(
                        replace(with_fact(value=Decimal(turn)), key=KEY._replace(branch=branch))
                    )

    with ThreadPoolExecutor(len(branches)) as executor:
        list(executor.map(night, branches))
    with Ledger.open_read_only(place) as ledger:
        for branch in branches:
            found = ledger.versions_of_figure(IDENTITY, branch=branch)
            assert [one.record.value for one in found] == [3, 2, 1, 0]


def whole(place: LedgerUrl, cluster: Cluster, turns: int) -> None:
    """Every turn is there once, each with all of its figures."""
    with Ledger.open_read_only(place) as ledger:
        now = ledger.history(KEY.branch).periods[0].facts
    assert {fact.value for fact in now} == {Decimal(turns)}
    rows = cluster.execute(
        place,
        "SELECT value, count(*), count(DISTINCT identity) FROM facts GROUP BY value ORDER BY value::int",
    )
    assert rows == [(str(turn), 40, 40) for turn in range(1, turns + 1)]


def record_turn(run: object, turn: int) -> None:
    facts = tuple(replace(FACT, identity=f"1-2-2/表/{place}/列", value=Decimal(turn)) for place in range(40))
    run.record_period(replace(RECORD, facts=facts))  # type: ignore[attr-defined]


@soak
def test_a_server_that_is_killed_and_started_again(fragile: Cluster) -> None:
    """The night waits for it and goes on: nothing is lost, nothing is there twice."""
    place = fragile.new_ledger()
    rng = random.Random(os.getpid() if TIMES > 1 else 7)
    turns = 0
    with Ledger.open_for_writing(place) as ledger, ledger.begin_run(DAYS[0]) as run:
        for _ in range(2 * TIMES):
            with fragile.failing(rng.choice(ENDS), rng.uniform(0, 0.2)):
                for _ in range(6):
                    turns += 1
                    record_turn(run, turns)
    whole(place, fragile, turns)


def test_a_server_that_stays_away_ends_the_night(fragile: Cluster) -> None:
    """What was recorded is there, and the next night completes, which waits for the server."""
    place = kept(fragile.new_ledger(), RECORD)
    ledger = Ledger.open_for_writing(place, patience=0.1)
    with pytest.raises(KenpoError, match="に接続できません"), ledger.begin_run(DAYS[1]) as run:
        fragile.stop(signal.SIGKILL)
        run.record_period(with_fact(value=Decimal(1)))
    ledger.close()
    with pytest.raises(KenpoError, match="に接続できません"):
        Ledger.open_read_only(place)
    back = threading.Timer(0.3, fragile.start)
    back.start()
    Ledger.open_for_writing(place).close()
    back.join()
    assert values(place) == [FACT.value]
    kept(place, with_fact(value=Decimal(2)))
    assert values(place) == [2, FACT.value]


def test_a_connection_that_is_cut(place: LedgerUrl, postgresql: Cluster) -> None:
    """An administrator who ends the connection is no reason to stop."""
    kept(place, RECORD)
    with Ledger.open_for_writing(place) as ledger, ledger.begin_run(DAYS[1]) as run:
        postgresql.execute(
            place,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'kenpo-xl' AND pid <> pg_backend_pid()",
        )
        run.record_period(with_fact(value=Decimal(1)))
    assert values(place) == [1, FACT.value]


@pytest.fixture
def small_disk(postgresql: Cluster) -> Iterator[str]:
    """A tablespace on a disk of a few megabytes; its name."""
    place = postgresql.folder / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a disk of one's own takes root and mount")
    postgresql.give(place)
    with postgresql.connect() as connection:
        connection.execute(f"CREATE TABLESPACE small LOCATION '{place}'".encode())
    yield "small"
    with postgresql.connect() as connection:
        connection.execute("DROP SCHEMA IF EXISTS on_small CASCADE")
        connection.execute("CHECKPOINT")
        connection.execute("DROP TABLESPACE small")
    subprocess.run(["umount", "--lazy", str(place)], check=True)  # a backend may just be ending


def test_a_full_disk_loses_nothing(small_disk: str, postgresql: Cluster) -> None:
    with postgresql.connect() as connection:
        connection.execute("CREATE SCHEMA on_small")
    address = postgresql.address("on_small").address
    place = kept(LedgerUrl(f"{address}%20-cdefault_tablespace%3D{small_disk}"), RECORD)
    many = tuple(replace(FACT, identity=f"1-2-2/表/{number}/列") for number in range(20_000))
    with Ledger.open_for_writing(place) as ledger, ledger.begin_run(DAYS[1]) as run:
        with pytest.raises(KenpoError, match="空きがありません"):
            run.record_period(replace(RECORD, facts=many))
        assert [one.record.value for one in ledger.versions_of_figure(IDENTITY)] == [FACT.value]
    subprocess.run(["mount", "-o", "remount,size=60m", str(postgresql.folder / "small")], check=True)
    kept(place, with_fact(value=Decimal(1)))
    assert values(place) == [1, FACT.value]
