"""A night on the workers of Dask: real processes, the bytes of any other night, a worker that dies."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from pathlib import Path
from typing import Any

import pytest

from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.nightly import PeriodDone, run_nightly
from kenpo_xl.tasks.nightly import dask_workers as module
from kenpo_xl.tasks.nightly.dask_workers import dask_workers
from tests.tasks.nightly.conftest import TODAY, outputs

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A scheduler with two worker processes, each with a nanny that starts it again."""
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        host="127.0.0.1",
        local_directory=str(tmp_path_factory.mktemp("dask")),
    ) as started:
        yield started


@pytest.fixture(autouse=True)
def both_workers(cluster: Any) -> None:
    """Those that a test before this one killed are back."""
    with distributed.Client(cluster) as client:
        client.wait_for_workers(2, timeout=60)


def night(root: Path, address: str, watch: Any = lambda *_: None) -> list[PeriodDone]:
    with dask_workers(address, root) as workers:
        result = run_nightly(
            root,
            workers.executor,
            today=TODAY,
            user="佐藤",
            since="2:00",
            watch=watch,
            ahead=2 * workers.number,
        )
    return result.periods


def pids(cluster: Any) -> set[int]:
    return {nanny.pid for nanny in cluster.workers.values() if nanny.pid}


@pytest.mark.period
def test_it_is_a_night_as_any_other(root: Path, first_nights: Path, cluster: Any) -> None:
    done = night(root, cluster.scheduler_address)
    assert [one.failures for one in done] == [[], []]
    assert outputs(root) == outputs(first_nights / "root")


@pytest.mark.period
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
    # What a killed process was writing lies there until the next run on its computer.
    whole = {name: content for name, content in outputs(root).items() if "/.kenpo-" not in name}
    assert whole == outputs(first_nights / "root")
    assert pids(cluster) != victims


def wait_for(path: Path) -> None:
    for _ in range(2_000):
        if path.exists():
            return
        time.sleep(0.01)
    raise TimeoutError(path)


def slow(path: str) -> None:
    """A task that says when it began, and writes later."""
    Path(path, "began").touch()
    time.sleep(4)
    Path(path, "wrote").touch()


def test_a_task_ends_with_its_night(cluster: Any, tmp_path: Path) -> None:
    """A night that is gone must not have a worker that writes beside the next one."""
    with dask_workers(cluster.scheduler_address, tmp_path) as workers:
        workers.executor.submit(slow, str(tmp_path))
        wait_for(tmp_path / "began")
    time.sleep(5)
    assert [one.name for one in tmp_path.iterdir()] == ["began"]


def die() -> None:
    os._exit(1)


def test_a_task_that_kills_every_worker_is_the_culprit(cluster: Any, tmp_path: Path) -> None:
    with dask_workers(cluster.scheduler_address, tmp_path) as workers:
        future = workers.executor.submit(die)
        with pytest.raises(BrokenExecutor):
            future.result(timeout=120)


def test_another_version_is_a_sentence(cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "program_hash", lambda: "older")
    with pytest.raises(KenpoError, match="違う版です"), dask_workers(cluster.scheduler_address, tmp_path):
        pass


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
