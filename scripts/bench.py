"""How long the main job takes, as ratios in one run, so that the machine does not matter.

python scripts/bench.py [RUNS]      the median of RUNS (5) each
python scripts/bench.py nights      what nightly runs cost, see bench_nights.py
python scripts/bench.py ledgers     what ledgers of many branches cost, see bench_ledgers.py

Whole processes: `report` on the sample, and reading and checking its largest submitted book, against
openpyxl.load_workbook of that book; `flag` of that book, and presses of its buttons 点検 and 直す, against
`check` of it. In one process: reading the plan and all four books against openpyxl.load_workbook, and one
period stage by stage. Then the rules and the regular expressions of a check that cost most. Programs start
from bytecode and a cached plan, as on every day but the first.

Since the layout of books was made simpler (25 merged areas, not 186), openpyxl loads one in 270 ms instead of
440, while we need the same. A better layout must not look like a slower program: the second ratio of whole
processes is to the load of `former_layout.xlsx`, the same book as it was before, without its macros.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the clone's own packages come first

from scripts.bench_press import write_listed_copy
from scripts.bench_rules import print_costs
from scripts.bench_stages import stages
from scripts.paths import ROOT, SAMPLE

PLAN = SAMPLE / "計画.xlsx"
FORMER = ROOT / "scripts" / "former_layout.xlsx"
BOOKS = sorted((SAMPLE / "提出").glob("*.xlsm"))
RUNS = 5
LOAD = "import sys, openpyxl; openpyxl.load_workbook(sys.argv[1])"
READ = (
    "import sys; from pathlib import Path; from kenpo_xl.ooxml.workbook import Workbook; "
    "from kenpo_xl.books.input.read.reader import read_submission; "
    "from kenpo_xl.books.plan.reader import read_plan; "
    "read_submission(Path(sys.argv[1]), read_plan(Path(sys.argv[2])))"
)
PANDAS = "import sys, pandas; [pandas.read_excel(book, sheet_name=None) for book in sys.argv[1:]]"
PRESS = "import sys; from scripts.bench_press import press; sys.exit(press(sys.argv[1], sys.argv[2]))"
COMMAND = "from kenpo_xl.cli.commands import main; main()"
FINDINGS = 1
"""The sample has findings: `check` ends with this."""


def main(arguments: Sequence[str]) -> int:
    """Print the ratios; the exit status."""
    if arguments[:1] == ["nights"]:
        from scripts.bench_nights import main as nights

        return nights(arguments[1:])
    if arguments[:1] == ["ledgers"]:
        from scripts.bench_ledgers import main as ledgers

        return ledgers(arguments[1:])
    runs = int(arguments[0]) if arguments else RUNS
    book = max(BOOKS, key=lambda path: path.stat().st_size)
    print(f"median of {runs}, one book: {book.name}")
    with tempfile.TemporaryDirectory() as folder:
        _whole_processes(Path(folder), book, runs)
    _print(
        "in one process",
        _medians({"openpyxl.load_workbook": _load(book), "plan and four books": _read}, runs),
    )
    with tempfile.TemporaryDirectory() as folder:
        _print_stages(stages(SAMPLE, Path(folder), runs))
    print_costs(runs)
    return 0


def _print_stages(medians: Mapping[str, float]) -> None:
    whole = sum(medians.values())
    print(f"\none period by stage, {whole * 1000:.0f} ms")
    for name, median in medians.items():
        print(f"  {name:<24} {median * 1000:7.1f} ms  {median / whole:5.0%}")


def _whole_processes(folder: Path, book: Path, runs: int) -> None:
    """Print the ratios of commands in processes of their own; `folder` holds what they write."""
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    kept = clean | {"PYTHONPYCACHEPREFIX": str(folder / "bytecode"), "XDG_CACHE_HOME": str(folder / "plans")}
    period = folder / "period"
    shutil.copytree(SAMPLE / "提出", period / "提出")
    shutil.copy(PLAN, period)
    ours = period / "提出" / book.name

    def job(code: str, *arguments: object) -> Callable[[], object]:
        return lambda: _process(code, *map(str, arguments), environment=kept)

    def flag() -> None:
        shutil.copy(book, ours)
        job(COMMAND, "flag", ours)()

    jobs: dict[str, Callable[[], object]] = {
        "openpyxl.load_workbook": job(LOAD, book),
        "the same, former layout": job(LOAD, FORMER),
        "reading one book": job(READ, book, PLAN),
        "check of one book": job(COMMAND, "check", book),
        "pandas reading 4 books": job(PANDAS, *BOOKS),
        "check of 4 books": job(COMMAND, "check", *BOOKS),
        "report": job(COMMAND, "report", SAMPLE, "-o", folder / "report.xlsx"),
        "starting python": job("pass"),
    }
    _print("whole processes", _medians(jobs, runs), "openpyxl.load_workbook", "the same, former layout")
    marking = {
        "check of one book": job(COMMAND, "check", book),
        "flag": flag,
        "press of 点検": job(PRESS, "check", book),
        "直す, the list": job(PRESS, "repair", book),
        "直す, the changes": job(
            PRESS, "repair", write_listed_copy(book, folder / "period" / "入力" / book.name)
        ),
    }
    _print("marking", _medians(marking, runs))


def _process(code: str, *arguments: str, environment: Mapping[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=False,
        timeout=300,
    )
    # A press that fails ends with 1 and a sentence.
    passing = (0,) if code == PRESS else (0, FINDINGS)
    if done.returncode not in passing or b"Traceback" in done.stderr:
        raise RuntimeError(done.stderr.decode("utf-8", "replace"))


def _load(book: Path) -> Callable[[], object]:
    import openpyxl

    return lambda: openpyxl.load_workbook(book)


def _read() -> None:
    from kenpo_xl.books.input.read.reader import read_submission
    from kenpo_xl.books.plan.reader import read_plan

    plan = read_plan(PLAN)
    for book in BOOKS:
        read_submission(book, plan)


def _medians(jobs: dict[str, Callable[[], object]], runs: int) -> dict[str, float]:
    """Seconds a job; the jobs take turns, so that a slow moment of the machine meets all of them."""
    seconds: dict[str, list[float]] = {name: [] for name in jobs}
    for turn in range(runs + 1):
        for name, job in jobs.items():
            start = time.perf_counter()
            job()
            # The first turn warms the disk and the import caches.
            if turn:
                seconds[name].append(time.perf_counter() - start)
    return {name: statistics.median(found) for name, found in seconds.items()}


def _print(title: str, medians: dict[str, float], *bases: str) -> None:
    """Print the medians with their ratios to the jobs `bases`, by default to the first."""
    print(f"\n{title}")
    units = [medians[name] for name in bases or [*medians][:1]]
    for name, median in medians.items():
        ratios = "".join(f"  {median / unit:5.2f} ×" for unit in units)
        print(f"  {name:<24} {median * 1000:7.0f} ms{ratios}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
