"""The processes among which a night spreads its periods; any other Executor does as well."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing.context import SpawnContext, SpawnProcess

# Windows waits for at most this many at once.
_MOST = 61


def available_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def worker_pool(jobs: int) -> Executor:
    """An executor with so many processes, each started when it is needed; with one job, a thread."""
    # With -E alone the Python of a worker would not read that it must leave the current folder out.
    is_open = sys.flags.ignore_environment and not sys.flags.safe_path
    if jobs <= 1 or is_open:
        return ThreadPoolExecutor(1)
    # Spawned on every system: the fork of a process with threads may hang.
    return ProcessPoolExecutor(min(jobs, _MOST), mp_context=_Spawn(), initializer=_initialize_worker)


class _Worker(SpawnProcess):
    """A process that leaves Ctrl-C, which reaches all processes of a terminal, to the one that began it."""

    def start(self) -> None:
        """Start it with that signal ignored from its first moment, as it inherits that."""
        if threading.current_thread() is not threading.main_thread():
            super().start()
            return
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            super().start()
        finally:
            signal.signal(signal.SIGINT, before)


class _Spawn(SpawnContext):
    """Begins new workers, and lets them finish what is under work when the run is interrupted."""

    Process = _Worker


def _initialize_worker() -> None:
    """Postpone garbage collection, end with the parent process, and load what a period needs.

    That takes no longer than the parent needs until it has a job.
    """
    _exit_when_parent_ends()
    import kenpo_xl.startup  # noqa: F401 - whatever the parent process was started with

    # isort: split
    import kenpo_xl.books.board.writer  # noqa: F401
    import kenpo_xl.books.report.writer  # noqa: F401
    import kenpo_xl.tasks.nightly.period_job  # noqa: F401
    from kenpo_xl.checks.engine import all_rules
    from kenpo_xl.tokenizer import available_tokenizer

    all_rules()
    available_tokenizer()


def _exit_when_parent_ends() -> None:
    """End this process with its parent: it must not write beside a new run."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def wait() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()
