"""Kills nightly runs at random moments, and verifies that the next one completes what each of them began.

python scripts/kill_nights.py [--kills 100] [--branches 3] [--jobs 2] [--seed 0]

Half of the runs begin with nothing, the others over a finished night after other books were handed in, which
are taken back when the run was killed. After every kill each output is either whole or not there, and what
was handed in is as it was. After the next run the outputs are those of a run that nobody killed, to the
byte, the ledger holds every fact and finding, and no temporary file is left; a third run has nothing to do.
Exit 1 where one of these does not hold.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the clone's own packages come first

from kenpo_xl.domain.outputs.ledger_place import LedgerPlace
from kenpo_xl.ledger import Ledger
from kenpo_xl.tasks.period.folder import LEDGER_NAME
from scripts.make_branches import make_branches
from scripts.paths import ROOT

COMMAND = "from kenpo_xl.cli.commands import main; main()"
# By how many thousandths the figures differ of the books that are taken back.
_VARIED = 500
ENDED = (0, 1)
"""How a night ends that could do everything."""


@dataclass(frozen=True)
class Night:
    """What a root holds after a night: hashes of the outputs, and what the ledger says."""

    outputs: dict[str, str]
    known: tuple[str, ...]


def main(arguments: Sequence[str]) -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(description="Kill nightly runs, and verify the ones after.")
    for name, usual in (("kills", 100), ("branches", 3), ("jobs", 2), ("seed", 0)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        failures = kill_nights(Path(folder), asked.kills, asked.branches, asked.jobs, asked.seed)
    print("\n".join(failures) or f"{asked.kills} nights were killed, and all was completed.")
    return 1 if failures else 0


def kill_nights(folder: Path, kills: int, branches: int, jobs: int, seed: int) -> list[str]:
    """What did not hold after a kill, a line each; `folder` is for the roots."""
    chance = random.Random(seed)
    fresh, others = folder / "fresh", folder / "others"
    list(make_branches(fresh, branches))
    list(make_branches(others, branches, varied=_VARIED))
    begun = time.monotonic()
    whole = _completed(Path(shutil.copytree(fresh, folder / "whole")), jobs)
    longest = time.monotonic() - begun
    other = _completed(Path(shutil.copytree(others, folder / "other")), jobs)
    failures = []
    for number in range(kills):
        is_over = number % 4 >= 2
        root = Path(shutil.copytree(folder / "whole" if is_over else fresh, folder / "killed"))
        submitted = others if is_over else fresh
        _submit(submitted, root)
        after = chance.uniform(0, longest)
        _kill(root, jobs, after, with_workers=bool(number % 2))
        found = _damage(root, submitted, (whole, other))
        _submit(fresh, root)
        found += _loss(root, fresh, jobs, whole)
        failures += [f"kill {number} after {after:.2f} s: {one}" for one in found]
        shutil.rmtree(root)
    return failures


def _submit(source: Path, root: Path) -> None:
    """Put plans and submissions of one root into another, with their times."""
    shutil.copytree(source, root, dirs_exist_ok=True)


def night(root: Path, jobs: int) -> subprocess.Popen[bytes]:
    """A nightly run, begun in a group of its own."""
    words = ["nightly", str(root), "--jobs", str(jobs), "--today", "2025-01-08"]
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def _kill(root: Path, jobs: int, after: float, *, with_workers: bool) -> None:
    """Kill a night, with its workers at once or so that they have to notice."""
    process = night(root, jobs)
    time.sleep(after)
    if with_workers:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.communicate()


def _completed(root: Path, jobs: int) -> Night:
    """What a root holds after a night that nobody kills; RuntimeError where that ends badly."""
    process = night(root, jobs)
    told, _ = process.communicate()
    if process.returncode not in ENDED:
        raise RuntimeError(told.decode("utf-8", "replace"))
    return Night(_outputs(root), recorded_values(root / LEDGER_NAME))


def _damage(root: Path, submitted: Path, nights: Sequence[Night]) -> list[str]:
    """Outputs that are not whole, as in none of these nights, and submissions that are not as they were."""
    whole = {known for one in nights for known in one.outputs.items()}
    found = [f"{known[0]} is not whole" for known in _outputs(root).items() if known not in whole]
    return found + ([] if _submissions(root) == _submissions(submitted) else ["a submission was changed"])


def _loss(root: Path, fresh: Path, jobs: int, whole: Night) -> list[str]:
    """What the next night did not complete."""
    try:
        now = _completed(root, jobs)
        times = {path: path.stat().st_mtime_ns for path in root.glob("*/報告/*")}
        again = _completed(root, jobs)
    except RuntimeError as error:
        return [str(error)]
    left = [str(path.relative_to(root)) for path in root.rglob(".kenpo-*") if path.parent != root]
    found = [f"{name} is left" for name in left]
    found += [] if now.outputs == whole.outputs else ["the outputs are other ones"]
    found += [] if now.known == whole.known else ["the ledger says something else"]
    found += [] if _submissions(root) == _submissions(fresh) else ["a submission was changed"]
    is_still = again == now and all(path.stat().st_mtime_ns == then for path, then in times.items())
    return found + ([] if is_still else ["a third run changed something"])


def _outputs(root: Path) -> dict[str, str]:
    paths = (path for folder in ("報告", "返却") for path in root.glob(f"*/{folder}/[!.]*"))
    return {path.relative_to(root).as_posix(): _hash(path) for path in paths}


def _submissions(root: Path) -> dict[str, tuple[str, int]]:
    paths = (*root.glob("*/提出/*"), *root.glob("*/計画.xlsx"))
    return {path.relative_to(root).as_posix(): (_hash(path), path.stat().st_mtime_ns) for path in paths}


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def recorded_values(place: LedgerPlace) -> tuple[str, ...]:
    """Everything that a ledger says is so, whenever it began to be; twice what is recorded twice."""
    with Ledger.open_read_only(place) as ledger:
        periods = [one.key for one in ledger.periods()]
        pasts = [
            past for branch in {key.branch for key in periods} for past in ledger.history(branch).periods
        ]
        facts = [
            repr((past.branch, past.year_and_months, one))
            for past in pasts
            for one in (*past.facts, *past.lines.items(), *past.ratings.items())
        ]
        findings = [
            repr(one.record) for key in periods for one in ledger.versions_of_findings(key) if one.is_current
        ]
        outputs = [
            repr((key, one))
            for key in periods
            for one in (*ledger.recorded_files(key), *ledger.recorded_outputs(key))
        ]
    return tuple(sorted([*map(repr, periods), *facts, *findings, *outputs]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
