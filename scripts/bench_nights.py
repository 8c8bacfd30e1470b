"""How long a nightly run takes: wall time, processor time, books a second, and the memory of its processes.

python scripts/bench.py nights [--branches 47] [--jobs N] [--times 1,2,4] [--dask] [--ledger URL]

A folder of so many branches with four books each: the first run, then runs after one thing changed; at last
first runs over 1, 2 and 4 times as many branches (none with --times ""). Whole processes; programs start from
bytecode. With --dask the work is done by N workers of a scheduler that is started here. With --ledger the
ledger is in the empty schema of a server, whose own processor time is not counted. On a machine that has
other work to do only processor time says anything.
"""

from __future__ import annotations

import argparse
import importlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the clone's own packages come first

from kenpo_xl.tasks.check import check_books
from kenpo_xl.tasks.nightly.workers import available_cores, worker_pool
from scripts.make_branches import make_branches
from scripts.paths import ROOT

BOOKS = 4
COMMAND = """
import resource, sys
from kenpo_xl.cli.commands import main
try:
    main()
finally:
    own, below = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    seconds = own.ru_utime + own.ru_stime + below.ru_utime + below.ru_stime
    print(f"\\n{seconds} {own.ru_maxrss // 1024} {below.ru_maxrss // 1024}", file=sys.stderr)
"""


@dataclass(frozen=True)
class Cost:
    """Seconds on the clock and of processors, and the most memory (MB) of the night and of a worker."""

    wall: float
    processor: float
    own: int
    worker: int
    summary: str


def main(arguments: Sequence[str]) -> int:
    """Print what nights cost; the exit status."""
    parser = argparse.ArgumentParser(prog="bench.py nights")
    parser.add_argument("--branches", type=int, default=47)
    parser.add_argument("--jobs", type=int, default=available_cores())
    parser.add_argument("--times", default="1,2,4")
    parser.add_argument("--dask", action="store_true")
    parser.add_argument("--ledger", default="")
    asked = parser.parse_args(arguments)
    where = "workers of Dask" if asked.dask else "jobs"
    print(f"{asked.branches} branches × {BOOKS} books, {asked.jobs} {where} on {available_cores()} cores")
    print(
        f"{'':<28}{'wall s':>8}{'CPU s':>8}{'books/s':>9}{'per CPU s':>11}{'night MB':>10}{'worker MB':>11}"
    )
    with tempfile.TemporaryDirectory() as folder, _engine(asked) as engine:
        root = Path(folder) / "root"
        list(make_branches(root, asked.branches))
        _checks(root, asked.jobs, asked.branches)
        for name, change in _changes(root):
            change()
            _print(name, night(root, engine), asked.branches)
        for times in map(int, filter(None, asked.times.split(","))):
            more = Path(folder) / str(times)
            list(make_branches(more, times * asked.branches))
            _print(f"first run, {times} ×", night(more, engine), times * asked.branches)
            shutil.rmtree(more)
    return 0


@dataclass(frozen=True)
class Engine:
    """Words of the command that name what does the work, and a client of the workers of Dask if they do."""

    words: tuple[str, ...]
    client: Any = None

    def workers(self) -> tuple[float, int]:
        """Processor seconds of the workers of Dask so far, and the most memory (MB) of one; 0 without any."""
        used = [] if self.client is None else list(self.client.run(_own_use).values())
        return sum(seconds for seconds, _ in used), max((memory for _, memory in used), default=0)


def _own_use() -> tuple[float, int]:
    """Processor seconds and the most memory (MB) of the process that runs this."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


@contextmanager
def _engine(asked: argparse.Namespace) -> Iterator[Engine]:
    ledger = ("--ledger", asked.ledger) if asked.ledger else ()
    if not asked.dask:
        yield Engine(("--jobs", str(asked.jobs), *ledger))
        return
    distributed: Any = importlib.import_module("distributed")
    kind = {"threads_per_worker": 1, "processes": True, "dashboard_address": ":0", "host": "127.0.0.1"}
    with (
        distributed.LocalCluster(n_workers=asked.jobs, **kind) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield Engine(("--scheduler", cluster.scheduler_address, *ledger), client)


def night(root: Path, engine: Engine) -> Cost:
    """A nightly run as a process of its own."""
    begun, (before, _) = time.perf_counter(), engine.workers()
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, "nightly", str(root), *engine.words, "--today", "2025-01-08"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        capture_output=True,
        text=True,
        check=False,
    )
    wall = time.perf_counter() - begun
    if done.returncode not in (0, 1, 3) or "Traceback" in done.stderr:
        raise RuntimeError(done.stderr)
    seconds, own, worker = done.stderr.splitlines()[-1].split()
    cost = Cost(wall, float(seconds), int(own), int(worker), done.stdout.splitlines()[-1])
    after, most = engine.workers()
    return replace(cost, processor=cost.processor + after - before, worker=max(cost.worker, most))


def _changes(root: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """What happens to a folder from one night to the next, one thing at a time."""
    one, other, third = sorted(path for path in root.iterdir() if path.is_dir())[:3]
    book, damaged, missing = (sorted((path / "提出").iterdir())[0] for path in (one, other, third))
    yield "first run", lambda: None
    yield "second run", lambda: None
    yield "one book changed", lambda: shutil.copy(one / "返却" / book.name, book)
    yield "one book damaged", lambda: damaged.write_bytes(damaged.read_bytes()[:9000])
    yield "one book open", (book.parent / f"~${book.name}").touch
    yield "one book missing", missing.unlink
    yield "a plan changed", lambda: _touched(one / "計画.xlsx")


def _touched(book: Path) -> None:
    """Make a workbook another file that says the same."""
    with zipfile.ZipFile(book, "a") as package:
        package.comment = b"changed"


def _checks(root: Path, jobs: int, branches: int) -> None:
    """Print how fast books are read, recomputed and checked, without anything written."""
    folders = sorted(path for path in root.iterdir() if path.is_dir())
    begun, before = time.perf_counter(), _processors()
    with worker_pool(jobs) as executor:
        for result in executor.map(check_books, [[folder] for folder in folders]):
            if not result.has_no_failures:
                raise RuntimeError("a book could not be checked")
    cost = Cost(time.perf_counter() - begun, _processors() - before, 0, 0, "")
    _print("check and recompute alone", cost, branches)


def _processors() -> float:
    """Seconds of processors that this process and those that it waited for took."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _print(name: str, cost: Cost, branches: int) -> None:
    books = branches * BOOKS
    speeds = f"{books / cost.wall:9.1f}{books / cost.processor:11.1f}"
    memory = f"{cost.own:10}{cost.worker:11}" if cost.own else ""
    print(f"{name:<28}{cost.wall:8.2f}{cost.processor:8.2f}{speeds}{memory}   {cost.summary}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
