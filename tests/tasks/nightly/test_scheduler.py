"""Periods on an executor of whatever kind: one that kills its worker costs no other period its report."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import kenpo_xl.startup
from kenpo_xl.domain.plan.plan import Plan
from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks import check_session
from kenpo_xl.tasks.nightly import BUG, run_nightly
from kenpo_xl.tasks.nightly.job import Job
from kenpo_xl.tasks.nightly.scheduler import DIED, Scheduler, start_workers
from kenpo_xl.tasks.nightly.workers import worker_pool
from tests.tasks.nightly.conftest import REPORT, TODAY, files


def poison() -> None:
    """Let a worker die, as for want of memory, when it comes to 青森."""
    read = check_session.cached_plan

    def deadly(plan: Path) -> Plan:
        if plan.parent.name == "青森":
            os._exit(9)
        return read(plan)

    check_session.cached_plan = deadly


def deadly_workers() -> Executor:
    return ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"), initializer=poison)


class Forgetful(Executor):
    """An engine that loses what its tasks give back."""

    def submit(self, _: Callable[..., Any], /, *__: Any, **___: Any) -> Future[Any]:
        future = Future[Any]()
        future.set_exception(ConnectionError("lost"))
        return future


def run(
    root: Path, executor: Executor, another: Callable[[], Executor] | None = None
) -> dict[str, list[str]]:
    with executor:
        result = run_nightly(
            root, executor, today=TODAY, user="", since="", watch=lambda *_: None, another=another
        )
    return {done.folder: done.failures for done in result.periods}


def test_only_the_period_that_kills_its_worker_is_left_out(root: Path) -> None:
    assert run(root, deadly_workers(), deadly_workers) == {"岩手": [], "青森": [DIED]}
    assert (root / "岩手" / "報告" / REPORT).is_file()


def test_without_another_executor_every_period_under_work_is_told(root: Path) -> None:
    assert run(root, deadly_workers())["青森"] == [DIED]


def test_what_another_engine_loses_is_told(root: Path) -> None:
    assert run(root, Forgetful()) == {"岩手": [BUG], "青森": [BUG]}


def test_when_a_run_ends_early_nobody_writes_any_more(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock is given back then, and another run may begin."""

    def full(*_: object) -> None:
        raise KenpoError("台帳に書けません。")

    monkeypatch.setattr("kenpo_xl.ledger.Run.record_period", full)
    with ThreadPoolExecutor(1) as executor:
        with pytest.raises(KenpoError, match="台帳に書けません"):
            run_nightly(root, executor, today=TODAY, user="", since="", watch=lambda *_: None)
        before = files(root)
    assert files(root) == before


def test_many_periods_leave_no_more_behind_than_one(root: Path) -> None:
    job = Job(root, root / "青森", TODAY)
    left = []
    with ThreadPoolExecutor(1) as executor, Scheduler(executor, 1) as scheduler:
        for _ in range(3):
            done = [*scheduler.submit(job), *scheduler.drain()]
            left.append(gc.get_freeze_count())
    assert [one.failures for one in done] == [[]]
    assert left[2] - left[1] < 5_000  # a period makes more than 40,000 that only a collection frees


def test_workers_start_before_there_is_a_job() -> None:
    with worker_pool(2) as executor:
        start_workers(executor, 3)
        assert isinstance(executor, ProcessPoolExecutor)
        assert len(executor._processes) == 2


def test_a_broken_executor_is_reported_with_a_job_only(root: Path) -> None:
    with deadly_workers() as executor:
        executor.submit(os._exit, 9).exception()
        start_workers(executor, 1)
        with Scheduler(executor, 1) as scheduler:
            (done,) = [*scheduler.submit(Job(root, root / "青森", TODAY)), *scheduler.drain()]
    assert done.failures == [DIED]


def test_a_worker_collects_garbage_seldom_however_the_run_was_started() -> None:
    with worker_pool(2) as executor:
        assert executor.submit(gc.get_threshold).result()[0] == kenpo_xl.startup._NEW_OBJECTS
