"""The periods under work: a few at a time, and one by one where a worker died over one of them."""

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
    """An executor with no more than so many periods in hand; `another` makes a new one where it broke."""

    def __init__(self, executor: Executor, ahead: int, another: Callable[[], Executor] | None = None) -> None:
        self._executor, self._ahead, self._another = executor, ahead, another
        self._running: dict[Future[PeriodDone], Job] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is under work any more: what was not begun is given up, what was is waited for."""
        wait([future for future in self._running if not future.cancel()])

    def begin(self, job: Job) -> Iterator[PeriodDone]:
        """Hand a period over; those that were done before there was room for it."""
        while len(self._running) >= self._ahead:
            yield from self._finished()
        try:
            self._running[self._executor.submit(consolidate_period, job)] = job
        except BrokenExecutor:
            yield self._alone(job)

    def rest(self) -> Iterator[PeriodDone]:
        """All that are still under work, as they are done."""
        while self._running:
            yield from self._finished()

    def _finished(self) -> Iterator[PeriodDone]:
        for future in wait(self._running, return_when=FIRST_COMPLETED).done:
            yield self._result(future, self._running.pop(future))

    def _result(self, future: Future[PeriodDone], job: Job) -> PeriodDone:
        try:
            return future.result()
        except BrokenExecutor:
            return self._alone(job)
        except Exception:  # what the engine could not bring over: a bug is one line, its traceback in the log
            return _failed(job, BUG, traceback.format_exc())

    def _alone(self, job: Job) -> PeriodDone:
        """A period in a worker of its own; when that dies too, it is the culprit."""
        if self._another is None:
            return _failed(job, DIED)
        try:
            with self._another() as executor:
                return executor.submit(consolidate_period, job).result()
        except BrokenExecutor:
            return _failed(job, DIED, traceback.format_exc())


def _failed(job: Job, sentence: str, *traces: str) -> PeriodDone:
    folder = job.folder.relative_to(job.root).as_posix()
    return PeriodDone(folder, failures=[sentence], traces=list(traces))
