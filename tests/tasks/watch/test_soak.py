"""Clerks who save, replace, open and delete their books at random while a watch looks at them."""

from __future__ import annotations

import filecmp
import logging
import shutil
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from random import Random

import psutil

from scripts.make_branches import make_branch
from tests.soak import IS_LONG, TIMES, soak
from tests.tasks.nightly.conftest import run
from tests.tasks.watch.conftest import Watched, watching

BRANCH = "青森支部"
VARIANTS = 4
ACTS = 10 * TIMES
# So much more at the end than after the first tenth: caches of a fixed size fill up meanwhile.
MOST_GROWTH = 40 * 2**20


class Clerks:
    """What clerks do in 提出, and what lies there after it."""

    def __init__(self, folder: Path, variants: list[Path], seed: int) -> None:
        self.folder, self.random = folder, Random(seed)
        self.contents = {
            path.name: [variant.joinpath("提出", path.name).read_bytes() for variant in variants]
            for path in sorted(folder.iterdir())
        }
        self.expected = {path.name: path.read_bytes() for path in folder.iterdir()}

    def act(self) -> None:
        name = self.random.choice(sorted(self.contents))
        acts: list[Callable[[str], None]] = [
            self.save,
            self.save_as_excel_does,
            self.copy_slowly,
            self.save_again,
            self.open,
            self.open,
            self.close,
            self.close,
            self.delete,
        ]
        self.random.choice(acts)(name)
        time.sleep(self.random.choice([0, 0, 0.2, 0.5, 3, 4]))

    def save(self, name: str) -> None:
        self.expected[name] = self.random.choice(self.contents[name])
        (self.folder / name).write_bytes(self.expected[name])

    def save_as_excel_does(self, name: str) -> None:
        """A new file beside, the old one away, the new one in its place."""
        self.expected[name] = self.random.choice(self.contents[name])
        beside, away = self.folder / "1A2B3C40", self.folder / "5D6E7F80.tmp"
        beside.write_bytes(self.expected[name])
        time.sleep(self.random.random() / 5)
        if (self.folder / name).exists():
            (self.folder / name).replace(away)
        beside.replace(self.folder / name)
        away.unlink(missing_ok=True)

    def copy_slowly(self, name: str) -> None:
        content = self.expected[name] = self.random.choice(self.contents[name])
        with (self.folder / name).open("wb") as file:
            for start in range(0, len(content), len(content) // 4):
                file.write(content[start : start + len(content) // 4])
                file.flush()
                time.sleep(0.3)

    def save_again(self, name: str) -> None:
        """The same content, in a new file with a new time."""
        if name in self.expected:
            (self.folder / name).write_bytes(self.expected[name])

    def open(self, name: str) -> None:
        (self.folder / f"~${name}").write_bytes(b"\x04user")

    def close(self, name: str) -> None:
        (self.folder / f"~${name}").unlink(missing_ok=True)

    def delete(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)
        self.expected.pop(name, None)

    def go_home(self) -> None:
        for name in self.contents:
            self.close(name)


def was_checked_last(watched: Watched, clerks: Clerks) -> Callable[[], bool]:
    from hashlib import sha256

    wanted = {name: sha256(content).hexdigest() for name, content in clerks.expected.items()}

    def check() -> bool:
        inputs = dict(watched.checks[-1][1]) if watched.checks else {}
        return {Path(path).name: content for path, content in inputs.items() if "提出" in path} == wanted

    return check


@soak
def test_every_last_content_has_its_copy_and_nothing_was_checked_twice(tmp_path: Path) -> None:
    period = make_branch(tmp_path / "全支部" / "青森", BRANCH, 0)
    variants = [make_branch(tmp_path / f"{number}", BRANCH, number) for number in range(VARIANTS)]
    clerks, sizes = Clerks(period / "提出", variants, seed=TIMES), []
    begun = time.monotonic()
    with watching(tmp_path / "全支部") as watched:
        watched.wait_for_checks(1)
        for _ in range(ACTS):
            clerks.act()
            sizes.append(psutil.Process().memory_info().rss)
        clerks.go_home()
        last = time.monotonic()
        watched.wait_for(was_checked_last(watched, clerks))
        waited = time.monotonic() - last
        time.sleep(4)  # a check too many would come now
    checks = [inputs for _, inputs in watched.checks]
    logging.getLogger(__name__).info(
        f"{ACTS} acts in {last - begun:.0f} s, {len(checks)} checks, the last {waited:.1f} s after them, "
        f"{sizes[len(sizes) // 10] / 2**20:.0f} to {sizes[-1] / 2**20:.0f} MB, most {max(sizes) / 2**20:.0f}"
    )
    assert all(before != after for before, after in pairwise(checks))
    assert {path.name: path.read_bytes() for path in clerks.folder.iterdir()} == clerks.expected
    assert watched.shown[-1].failures == []
    reference = tmp_path / "後で" / "青森"
    shutil.copytree(period / "提出", reference / "提出")
    shutil.copy(period / "計画.xlsx", reference)
    run(reference.parent)
    copies = [path.name for path in (reference / "返却").iterdir()]
    assert sorted(copies) == sorted(clerks.expected)
    assert all(
        filecmp.cmp(period / "返却" / name, reference / "返却" / name, shallow=False) for name in copies
    )
    if IS_LONG:
        assert max(sizes[len(sizes) * 9 // 10 :]) < sizes[len(sizes) // 10] + MOST_GROWTH
