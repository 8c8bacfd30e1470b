"""Measures how many mistakes the rules find in their very cell, and that they leave clean books alone.

python scripts/judge.py                          every kind, 5 mistakes each, seed 1
python scripts/judge.py --kinds "ten times" 円   kinds or families whose name contains one of the words
python scripts/judge.py --missed                 also each mistake that was not found in its cell
python scripts/judge.py --more FILE.py           also the kinds of another file (see judging/mistakes.py)
python scripts/judge.py --clean 5                also five variations of each office, all without a mistake
python scripts/judge.py --count 0 --clean 5      only what is said of clean books
python scripts/judge.py --json                   everything, for programs

The mistakes are planted into corrected copies of the sample and of two other offices, one at a time, and
checked with earlier periods that agree with them and without. What is printed by kind and family: mistakes,
those with an error or a warning in their very cell, only a 参考 there, only findings elsewhere, and further
errors and warnings beyond one in each of its cells; the last columns are the same without earlier periods.

Clean are the variations (other figures, days and words, everything that depends on them following), the right
sentences near the rules' edges (judging/edges.tsv, each in the place of its line), and the right rows of
tests/sentences.tsv. Every error and warning about one of them is printed: each is a false alarm.

Rules are tuned with seeds below 1000 (1 by default) and judged with seeds from 1000 on, which a person who
tunes does not run: rules must know kinds, not the mistakes of a seed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the clone's own packages come first

from scripts.judging.clean import Alarm, alarms_of_edges, alarms_of_sentences, alarms_of_variation
from scripts.judging.kinds import load_kinds
from scripts.judging.mistakes import KINDS, Kind
from scripts.judging.offices import offices
from scripts.judging.table import print_alarms, print_missed, print_table
from scripts.judging.trial import Desk, Trial, all_trials, desks, try_kind
from scripts.judging.workshop import workshop


def measure(
    kinds: Iterable[Kind], *, seed: int, count: int, jobs: int, more: Sequence[Path] = ()
) -> list[Trial]:
    """The trials of some kinds, in their order."""
    chosen = [kind.name for kind in kinds]
    with ProcessPoolExecutor(jobs, initializer=_prepare, initargs=(more,)) as pool:
        folder = workshop(pool)
        tasks = len(chosen)
        return list(all_trials(pool.map(_try, [folder] * tasks, chosen, [seed] * tasks, [count] * tasks)))


def measure_clean(variations: int, *, seed: int, jobs: int) -> list[Alarm]:
    """The findings in clean books: variations of every office, and right sentences."""
    with ProcessPoolExecutor(jobs, initializer=_prepare, initargs=((),)) as pool:
        folder = workshop(pool)
        sentences = [pool.submit(_edges, folder), pool.submit(_sentences, folder)]
        numbers = [(office, seed + turn) for turn in range(variations) for office in range(len(offices()))]
        varied = [pool.submit(_variation, *one) for one in numbers]
        return [alarm for future in (*sentences, *varied) for alarm in future.result()]


def _edges(folder: Path) -> list[Alarm]:
    return list(alarms_of_edges(_desks(folder)))


def _sentences(folder: Path) -> list[Alarm]:
    return list(alarms_of_sentences(_desks(folder)))


def _variation(office: int, seed: int) -> list[Alarm]:
    return alarms_of_variation(office, seed, with_history=True)


def _prepare(more: Sequence[Path]) -> None:
    """What every process needs: all kinds, and a cache that only these runs use."""
    os.environ["XDG_CACHE_HOME"] = str(
        Path(os.environ.get("TMPDIR", "/tmp")) / f"kenpo-xl-judge-{os.getuid()}"
    )
    load_kinds()
    for path in more:
        load_file(path)


@cache
def load_file(path: Path) -> None:
    """Register the kinds of a file, once; a forked process has those of its parent."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec, path
    assert spec.loader, path
    spec.loader.exec_module(importlib.util.module_from_spec(spec))


def _try(folder: Path, kind: str, seed: int, count: int) -> list[Trial]:
    return try_kind(KINDS[kind], _desks(folder), seed, count)


@cache
def _desks(folder: Path) -> list[Desk]:
    return desks(folder)


def chosen_kinds(words: Sequence[str]) -> list[Kind]:
    """The kinds whose name, family or module contains one of the words; all without words."""
    return [
        kind
        for kind in KINDS.values()
        if not words or any(word in f"{kind.name} {kind.family} {kind.module}" for word in words)
    ]


def main(arguments: Sequence[str]) -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(description="Measure what the rules find of planted mistakes.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=5, help="mistakes per kind")
    parser.add_argument("--kinds", nargs="*", default=[], metavar="WORD")
    parser.add_argument("--more", type=Path, action="append", default=[], metavar="FILE.py")
    parser.add_argument("--clean", type=int, default=0, metavar="N", help="variations of each office")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--missed", action="store_true")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    more = [path.resolve() for path in asked.more]
    _prepare(more)
    kinds = chosen_kinds(asked.kinds)
    trials = measure(kinds, seed=asked.seed, count=asked.count, jobs=asked.jobs, more=more)
    alarms = measure_clean(asked.clean, seed=asked.seed, jobs=asked.jobs) if asked.clean else []
    if asked.json:
        everything = {"trials": [asdict(one) for one in trials], "alarms": [asdict(one) for one in alarms]}
        print(json.dumps(everything, ensure_ascii=False, indent=1))
        return 0
    if asked.missed:
        print_missed(trials)
    if asked.clean:
        print_alarms(alarms)
    print_table(trials)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
