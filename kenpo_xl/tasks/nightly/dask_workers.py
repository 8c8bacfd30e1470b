"""A night on the workers of a Dask scheduler, which somebody started; any other Executor does as well.

The workers see the same files under the same paths and run the same program. Only the process of the night
writes the ledger. A task ends with the night that submitted it: a worker whose task was given up is ended,
and its nanny starts another one.
"""

from __future__ import annotations

import os
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from kenpo_xl.errors import KenpoError
from kenpo_xl.tasks.period.hashes import program_hash

# Seconds until a scheduler must have answered, and between two looks at whether a task is still wanted.
_PATIENCE, _PAUSE = 10, 0.2
_NO_DASK = (
    "--scheduler を使うには、部品 distributed が必要です。"
    "IT 担当に「pip install distributed」を頼んでください。"
)
_UNREACHABLE = (
    "Dask のスケジューラー {address} に接続できません。動いているか、アドレスを確かめてから、"
    "もう一度実行してください。"
)
_NO_WORKERS = (
    "Dask のスケジューラー {address} にワーカーがありません。「dask worker {address} --nthreads 1」で"
    "始めてから、もう一度実行してください。"
)
_OTHER_PROGRAM = (
    "Dask のワーカー {worker} の kenpo-xl か Python が、このコンピューターと違う版です。"
    "同じ版にしてから、もう一度実行してください。"
)
_NO_ROOT = "Dask のワーカー {worker} から {root} が見えません。同じ場所に見えるようにしてください。"
_THREADS = (
    "Dask のワーカー {worker} が、いくつかのスレッドで動いています。「--nthreads 1」で始め直してから、"
    "もう一度実行してください。"
)


class WorkerFacts(NamedTuple):
    """What a worker runs and sees."""

    program: str
    python: tuple[int, int]
    sees_root: bool


class DaskWorkers(NamedTuple):
    """An executor with the number of its workers."""

    executor: Executor
    number: int


@contextmanager
def dask_workers(address: str, root: Path) -> Iterator[DaskWorkers]:
    """The workers of a scheduler; KenpoError if it cannot be reached, or a worker does not fit."""
    try:
        import distributed
    except ImportError as error:
        raise KenpoError(_NO_DASK) from error
    try:
        client: Any = _connected_client(distributed, address)
    except (OSError, ValueError, TypeError) as error:  # TimeoutError is an OSError
        raise KenpoError(_UNREACHABLE.format(address=address)) from error
    with client:
        count = _verified_workers(client, address, root)
        yield DaskWorkers(_DaskExecutor(client), count)


def _connected_client(distributed: Any, address: str) -> Any:
    return distributed.Client(address, timeout=_PATIENCE, set_as_default=False)


def _verified_workers(client: Any, address: str, root: Path) -> int:
    """The number of workers; KenpoError for none, and for one that does not fit."""
    threads = client.nthreads()
    if not threads:
        raise KenpoError(_NO_WORKERS.format(address=address))
    for worker, number in threads.items():
        if number > 1:
            raise KenpoError(_THREADS.format(worker=worker))
    found = client.run(worker_facts, str(root), on_error="return")
    for worker, facts in found.items():
        if not isinstance(facts, WorkerFacts) or not _is_same_program(facts):
            raise KenpoError(_OTHER_PROGRAM.format(worker=worker))
        if not facts.sees_root:
            raise KenpoError(_NO_ROOT.format(worker=worker, root=root))
    return len(found)


def _is_same_program(facts: WorkerFacts) -> bool:
    return (facts.program, facts.python) == (program_hash(), sys.version_info[:2])


def worker_facts(root: str) -> WorkerFacts:
    """The facts of the worker that runs this."""
    return WorkerFacts(program_hash(), (sys.version_info[0], sys.version_info[1]), Path(root).is_dir())


class _DaskExecutor(Executor):
    """The executor of Dask, with its errors as those of a pool of processes."""

    def __init__(self, client: Any) -> None:
        # Two jobs are never one, whatever they hold, and another one gets the task of a worker that ends.
        self._executor = client.get_executor(pure=False)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Submit work to a worker; BrokenExecutor from its result if that died again and again."""
        outer: Future[Any] = Future()
        inner = self._executor.submit(run_on_worker, program_hash(), fn, *args, **kwargs)
        inner.add_done_callback(partial(_copy_result_to_outer, outer))
        # The client holds it while it runs; held here, its worker would keep the result until the night ends.
        outer.add_done_callback(partial(_cancel_inner_with_outer, weakref.ref(inner)))
        return outer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._executor.shutdown(wait=wait and not cancel_futures)


def _cancel_inner_with_outer(reference: weakref.ref[Future[Any]], outer: Future[Any]) -> None:
    """Cancel Dask's future with ours."""
    inner = reference()
    if inner is not None and outer.cancelled():
        inner.cancel()


def _copy_result_to_outer(outer: Future[Any], inner: Future[Any]) -> None:
    """Give the result of Dask's future to ours."""
    from distributed import KilledWorker

    if not outer.set_running_or_notify_cancel():
        return
    try:
        outer.set_result(inner.result())
    except (KilledWorker, CancelledError, OSError) as error:  # the scheduler itself went away
        outer.set_exception(BrokenExecutor(str(error)))
    except Exception as error:  # raised again where the result is asked for
        outer.set_exception(error)


def run_on_worker(program: str, work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """The result of a task, on a worker that ends when the task is given up.

    KenpoError on a worker of another version, which may have come later than the others.
    """
    from distributed import get_worker

    import kenpo_xl.startup  # noqa: F401 - garbage is collected seldom there too

    worker = get_worker()
    if program != program_hash():
        raise KenpoError(_OTHER_PROGRAM.format(worker=worker.address))
    done = threading.Event()
    key = worker.get_current_task()
    threading.Thread(target=_end_process_if_task_is_unwanted, args=(worker, key, done), daemon=True).start()
    try:
        return work(*args, **kwargs)
    finally:
        done.set()


def _end_process_if_task_is_unwanted(worker: Any, key: str, done: threading.Event) -> None:
    """End this process if its task is not wanted any more: it must not write beside a new run."""
    while not done.wait(_PAUSE):
        task = worker.state.tasks.get(key)
        if task is None or task.state in ("cancelled", "released", "forgotten"):
            time.sleep(_PAUSE)
            if not done.is_set():
                os._exit(1)
