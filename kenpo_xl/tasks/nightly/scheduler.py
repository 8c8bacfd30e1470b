"""Schedules periods: a few at a time, and one by one after a worker died."""

from __future__ import annotations

import gc
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import suppress
from typing import Self

from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.nightly.job import Job, PeriodDone
from kenpo_xl.tasks.period.book_error import BUG

DIED = (
    "処理が途中で止まったため、できませんでした（メモリの不足など）。"
    "もう一度実行しても止まるときは、IT 担当へお知らせください。"
)


def start_workers(executor: Executor, count: int) -> None:
    """Let up to `count` workers start and load what a period needs, before there are jobs for them."""
    with suppress(BrokenExecutor):  # reported when a job is submitted
        for _ in range(count):
            executor.submit(_do_nothing)


def _do_nothing() -> None:
    """The task of a worker that is to start."""


def _result_of_job(job: Job) -> PeriodDone:
    """The result of a job; all that it made is freed, so that many jobs need no more memory than one."""
    from kenpo_xl.tasks.nightly.period_job import consolidate_period  # much, which only workers need

    try:
        return consolidate_period(job)
    finally:
        gc.collect()
        gc.freeze()  # what is left are modules, which the next collection need not examine


class Scheduler:
    """An executor with at most `ahead` jobs; `another` creates a new one if it broke."""

    def __init__(self, executor: Executor, ahead: int, another: Callable[[], Executor] | None = None) -> None:
        self._executor, self._ahead, self._another = executor, ahead, another
        self._running: dict[Future[PeriodDone], Job] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Cancel jobs that did not begin and wait for those in progress."""
        wait([future for future in self._running if not future.cancel()])

    def submit(self, job: Job) -> Iterator[PeriodDone]:
        """Submit a job; yields the results of those that finished before it could be."""
        while len(self._running) >= self._ahead:
            yield from self._finished_jobs()
        try:
            self._running[self._executor.submit(_result_of_job, job)] = job
        except BrokenExecutor:
            yield self._result_in_own_worker(job)

    def drain(self) -> Iterator[PeriodDone]:
        """Yield the results of all remaining jobs as they finish."""
        while self._running:
            yield from self._finished_jobs()

    def _finished_jobs(self) -> Iterator[PeriodDone]:
        for future in wait(self._running, return_when=FIRST_COMPLETED).done:
            yield self._result_of(future, self._running.pop(future))

    def _result_of(self, future: Future[PeriodDone], job: Job) -> PeriodDone:
        try:
            return future.result()
        except BrokenExecutor:
            return self._result_in_own_worker(job)
        except KenpoError as error:  # of a worker that does not fit
            return _failed_period(job, str(error))
        except (
            Exception
        ):  # a result that could not be transferred: a bug is one line, its traceback in the log
            return _failed_period(job, BUG, traceback.format_exc())

    def _result_in_own_worker(self, job: Job) -> PeriodDone:
        """The result of a job in a worker of its own; if that dies too, the job is the culprit."""
        if self._another is None:
            return _failed_period(job, DIED)
        try:
            with self._another() as executor:
                return executor.submit(_result_of_job, job).result()
        except BrokenExecutor:
            return _failed_period(job, DIED, traceback.format_exc())


def _failed_period(job: Job, sentence: str, *traces: str) -> PeriodDone:
    folder = job.folder.relative_to(job.root).as_posix()
    return PeriodDone(folder, failures=[sentence], traces=list(traces))
