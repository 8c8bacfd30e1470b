"""A night on the workers of Dask: real processes, the bytes of any other night, a worker that dies."""

from __future__ import annotations

import gc
import os
import random
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

import kenpo_xl.startup
from kenpo_xl.domain.outputs.ledger_place import LedgerUrl
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.nightly import PeriodDone
from kenpo_xl.tasks.nightly import dask_workers as module
from kenpo_xl.tasks.nightly.dask_workers import dask_workers
from scripts.kill_nights import recorded_values
from tests.postgresql import ENDS, Cluster
from tests.soak import TIMES, soak
from tests.tasks.nightly.conftest import outputs, run

dask = pytest.importorskip("dask")
distributed = pytest.importorskip("distributed")

pytestmark = soak  # processes are started, and some are killed

# How long a worker may take on a busy machine, and after which time the cluster gives it up for good.
_PATIENCE, _GIVEN_UP = 300, "30 minutes"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A scheduler with two worker processes, each with a nanny that starts it again."""
    settings = {
        "distributed.comm.timeouts.connect": _PATIENCE,
        "distributed.deploy.lost-worker-timeout": _GIVEN_UP,
    }
    with (
        dask.config.set(settings),
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            dashboard_address="127.0.0.1:0",
            host="127.0.0.1",
            local_directory=str(tmp_path_factory.mktemp("dask")),
        ) as started,
    ):
        yield started


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def wait_for_workers(cluster: Any, number: int) -> None:
    """Those that a test before this one killed are back, and their nannies know it."""
    with distributed.Client(cluster) as client:
        client.wait_for_workers(number, timeout=_PATIENCE)
    wait_until(lambda: sum(one.status.name == "running" for one in cluster.workers.values()) >= number)


@pytest.fixture
def a_worker(cluster: Any) -> None:
    wait_for_workers(cluster, 1)


@pytest.fixture
def both_workers(cluster: Any) -> None:
    wait_for_workers(cluster, 2)


def night(root: Path, address: str, ledger: LedgerUrl | None = None) -> list[PeriodDone]:
    with dask_workers(address, root) as workers:
        return run(root, executor=workers.executor, ledger=ledger).periods


def whole_outputs(root: Path) -> dict[str, str]:
    """The outputs; what a killed process was writing lies there until the next run on its computer."""
    return {name: content for name, content in outputs(root).items() if "/.kenpo-" not in name}


def pids(cluster: Any) -> set[int]:
    return {nanny.pid for nanny in cluster.workers.values() if nanny.pid}


@pytest.mark.period
@pytest.mark.usefixtures("a_worker")
def test_it_is_a_night_as_any_other(root: Path, first_nights: Path, cluster: Any) -> None:
    done = night(root, cluster.scheduler_address)
    assert [one.failures for one in done] == [[], []]
    assert outputs(root) == outputs(first_nights / "root")
    assert recorded_values(root / "台帳.sqlite3") == recorded_values(first_nights / "root" / "台帳.sqlite3")


@pytest.mark.period
@soak
def test_killed_at_random_moments_all_is_there_once(
    root: Path, first_nights: Path, tmp_path: Path, cluster: Any, postgresql: Cluster
) -> None:
    """A worker, the server of the ledger, or both: the outputs and facts of one process and a file."""
    chance = random.Random(TIMES)
    file, copy = first_nights / "root" / "台帳.sqlite3", tmp_path / "写し"
    quiet = postgresql.new_ledger()
    wait_for_workers(cluster, 2)
    begun = time.monotonic()
    night(Path(shutil.copytree(root, copy)), cluster.scheduler_address, quiet)
    longest = time.monotonic() - begun
    assert recorded_values(quiet) == recorded_values(file)
    for turn in range(TIMES):
        shutil.rmtree(copy)
        wait_for_workers(cluster, 2)
        place = postgresql.new_ledger()
        killer = threading.Timer(chance.uniform(0, longest), os.kill, (min(pids(cluster)), signal.SIGKILL))
        killer.start()
        is_server_too = turn % 2 == 0
        after = chance.uniform(0, longest)
        with postgresql.failing(chance.choice(ENDS), after) if is_server_too else nullcontext():
            done = night(Path(shutil.copytree(root, copy)), cluster.scheduler_address, place)
        killer.join()
        assert [one.failures for one in done] == [[], []]
        assert whole_outputs(copy) == outputs(first_nights / "root")
        assert recorded_values(place) == recorded_values(file)
        assert postgresql.row_counts(place) == postgresql.row_counts(quiet)
        wait_for_workers(cluster, 2)
        assert [one.unchanged for one in night(copy, cluster.scheduler_address, place)] == [True, True]
        assert outputs(copy) == outputs(first_nights / "root")


@pytest.mark.usefixtures("a_worker")
def test_a_worker_keeps_no_result_that_was_handed_over(cluster: Any, tmp_path: Path) -> None:
    """Else its memory grows with the periods of a night."""
    gc.disable()
    try:
        with dask_workers(cluster.scheduler_address, tmp_path) as workers:
            results = [workers.executor.submit(bytes, 1000).result() for _ in range(3)]
            wait_until(lambda: not cluster.scheduler.tasks)
    finally:
        gc.enable()
    assert results == [bytes(1000)] * 3


@pytest.mark.usefixtures("a_worker")
def test_a_worker_collects_garbage_seldom(cluster: Any, tmp_path: Path) -> None:
    with dask_workers(cluster.scheduler_address, tmp_path) as workers:
        assert workers.executor.submit(gc.get_threshold).result()[0] == kenpo_xl.startup._NEW_OBJECTS


@pytest.mark.usefixtures("a_worker")
def test_another_version_is_a_sentence(cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "program_hash", lambda: "older")
    with pytest.raises(KenpoError, match="違う版です"), dask_workers(cluster.scheduler_address, tmp_path):
        pass


@pytest.mark.usefixtures("a_worker")
def test_a_folder_that_workers_do_not_see(cluster: Any, tmp_path: Path) -> None:
    with (
        pytest.raises(KenpoError, match="が見えません"),
        dask_workers(cluster.scheduler_address, tmp_path / "x"),
    ):
        pass


def test_no_scheduler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.5)
    with pytest.raises(KenpoError, match="に接続できません"), dask_workers("tcp://127.0.0.1:1", tmp_path):
        pass


@pytest.mark.period
@pytest.mark.usefixtures("both_workers")
def test_a_worker_that_is_killed_loses_nothing(root: Path, first_nights: Path, cluster: Any) -> None:
    stop = threading.Event()
    victims = pids(cluster)

    def kill() -> None:
        """As soon as a report is being made, when the workers are at work."""
        while not stop.is_set() and not list(root.rglob("報告/.kenpo-*")):
            time.sleep(0.005)
        os.kill(min(victims), signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    done = night(root, cluster.scheduler_address)
    stop.set()
    killer.join()
    assert [one.failures for one in done] == [[], []]
    assert whole_outputs(root) == outputs(first_nights / "root")
    assert pids(cluster) != victims


def slow(began: str, wrote: str) -> None:
    """A task that says when it began, and would write later."""
    Path(began).touch()
    time.sleep(2 * _PATIENCE)
    Path(wrote).touch()


@pytest.mark.usefixtures("both_workers")
def test_a_task_ends_with_its_night(cluster: Any, tmp_path: Path) -> None:
    """A night that is gone must not have a worker that writes beside the next one."""
    began, wrote = tmp_path / "began", tmp_path / "wrote"
    before = pids(cluster)
    with dask_workers(cluster.scheduler_address, tmp_path) as workers:
        workers.executor.submit(slow, str(began), str(wrote))
        wait_until(began.exists)
        assert pids(cluster) == before
    wait_until(lambda: len(before & pids(cluster)) < 2)
    assert not wrote.exists()


def die() -> None:
    os._exit(1)


@pytest.mark.usefixtures("both_workers")
def test_a_task_that_kills_every_worker_is_the_culprit(
    cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of the two dies once: a nanny gives up a worker that dies while it begins."""
    monkeypatch.setattr(cluster.scheduler, "allowed_failures", 1)
    victims = pids(cluster)
    with dask_workers(cluster.scheduler_address, tmp_path) as workers:
        future = workers.executor.submit(die)
        with pytest.raises(BrokenExecutor):
            future.result(timeout=_PATIENCE)
    wait_until(lambda: not victims & pids(cluster))
