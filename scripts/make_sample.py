"""Writes the sample workbooks/saitama-fy2024-q3 from the data in scripts/sample, the same bytes each time.

python scripts/make_sample.py            writes 計画.xlsx and 提出/
python scripts/make_sample.py --check    writes nothing; exit 1 where a file differs from its data
"""

from __future__ import annotations

import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the clone's own packages come first

from kenpo_xl.books.plan.reader import read_plan
from kenpo_xl.domain.results.carried import CarriedBook
from kenpo_xl.tasks.carry.write_books import write_filled_book
from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.period.plan_version import current_plan_version
from scripts.paths import SAMPLE
from scripts.plan_drawing import write_plan_book
from scripts.sample import plan_book, submissions

PLAN = "計画.xlsx"
SUBMITTED = "提出"


def write_sample(folder: Path, version: str = "") -> list[Path]:
    """Write the plan book and the four submitted input books into `folder`; the paths below it.

    The books name the plan book that they are of, as those that `build` writes, or the one of `version`.
    """
    (folder / SUBMITTED).mkdir(parents=True, exist_ok=True)
    write_plan_book(folder / PLAN, plan_book())
    plan = read_plan(folder / PLAN)
    version = version or current_plan_version(PeriodFolder(folder))
    written = [Path(PLAN)]
    for group, submission in submissions().items():
        written.append(Path(SUBMITTED) / f"{group}.xlsm")
        write_filled_book(plan, group, folder / written[-1], CarriedBook(submission), version=version)
    return written


def stale(folder: Path) -> list[Path]:
    """The files of the sample in `folder` that differ from what the data gives today."""
    version = current_plan_version(PeriodFolder(folder))
    with tempfile.TemporaryDirectory() as fresh:
        written = write_sample(Path(fresh), version)
        return [path for path in written if not _same(folder / path, Path(fresh) / path)]


def _same(one: Path, other: Path) -> bool:
    """Whether two workbooks hold the same members (how well they are compressed depends on the machine)."""
    return one.exists() and _members(one) == _members(other)


def _members(path: Path) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as book:
        return [(name, book.read(name)) for name in book.namelist()]


def main(arguments: Sequence[str]) -> int:
    """The exit status."""
    if arguments == ["--check"]:
        old = stale(SAMPLE)
        for path in old:
            print(f"{path} is not what scripts/sample gives: run python scripts/make_sample.py")
        return 1 if old else 0
    if arguments:
        print(__doc__)
        return 2
    for path in write_sample(SAMPLE):
        print(SAMPLE / path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
