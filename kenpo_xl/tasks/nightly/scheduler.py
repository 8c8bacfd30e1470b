"""Schedules periods: a few at a time, and one by one after a worker died."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from typing import Self

from kenpo_xl.tasks.nightly.period_job import Job, PeriodDone, consolidate_period
from kenpo_xl.tasks.period.book_error import BUG

DIED = (
    "処理が途中で止まったため、できませんでした（メモリの不足など）。"
    "もう一度実行しても止まるときは、IT 担当へお知らせください。"
)


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
            yield from self._finished()
        try:
            self._running[self._executor.submit(consolidate_period, job)] = job
        except BrokenExecutor:
            yield self._result_in_own_worker(job)

    def drain(self) -> Iterator[PeriodDone]:
        """Yield the results of all remaining jobs as they finish."""
        while self._running:
            yield from self._finished()

    def _finished(self) -> Iterator[PeriodDone]:
        for future in wait(self._running, return_when=FIRST_COMPLETED).done:
            yield self._result_of(future, self._running.pop(future))

    def _result_of(self, future: Future[PeriodDone], job: Job) -> PeriodDone:
        try:
            return future.result()
        except BrokenExecutor:
            return self._result_in_own_worker(job)
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
                return executor.submit(consolidate_period, job).result()
        except BrokenExecutor:
            return _failed_period(job, DIED, traceback.format_exc())


def _failed_period(job: Job, sentence: str, *traces: str) -> PeriodDone:
    folder = job.folder.relative_to(job.root).as_posix()
    return PeriodDone(folder, failures=[sentence], traces=list(traces))
