"""When a period is due: a change that was left alone for a moment, in a book that nobody has open."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kenpo_xl.tasks.period.folder import PeriodFolder
from kenpo_xl.tasks.watch.changed_inputs import SETTLED, ChangedInputs

BOOK, OTHER = "提出/一課.xlsx", "提出/二課.xlsm"


class Seen:
    """A period whose files were all processed once, and a clock."""

    def __init__(self, root: Path) -> None:
        self.folder, self.inputs, self.now = PeriodFolder(root), ChangedInputs(), 100.0
        (root / "提出").mkdir(parents=True)
        for name in ("計画.xlsx", BOOK, OTHER):
            self.write(name)
        self.after(0)
        assert self.after(SETTLED) == [root]
        self.inputs.mark_checked([root])
        assert self.after(0) == []

    def write(self, name: str, content: str = "a") -> None:
        path = self.folder.root / name
        path.write_text(content, encoding="utf-8")
        os.utime(path, (self.now, self.now))

    def after(self, seconds: float) -> list[Path]:
        """What is due so many seconds later."""
        self.now += seconds
        self.inputs.look([self.folder], self.now)
        return self.inputs.due()


@pytest.fixture
def seen(tmp_path: Path) -> Seen:
    return Seen(tmp_path / "青森")


def test_a_saved_book_is_due_when_it_was_left_alone(seen: Seen) -> None:
    seen.write(BOOK, "ab")
    assert seen.after(1) == []
    assert seen.inputs.are_settling
    assert seen.after(SETTLED - 0.1) == []
    assert seen.after(0.1) == [seen.folder.root]
    assert not seen.inputs.are_settling
    seen.inputs.mark_checked([seen.folder.root])
    assert seen.after(60) == []


def test_one_that_is_still_being_written_keeps_the_period_waiting(seen: Seen) -> None:
    seen.write(BOOK, "ab")
    seen.after(0)
    for size in range(3, 6):
        seen.write(OTHER, "a" * size)
        assert seen.after(1) == []
    assert seen.after(SETTLED) == [seen.folder.root]


@pytest.mark.parametrize("lock", ["~$一課.xlsx", ".~lock.一課.xlsx#"])
def test_one_that_is_open_waits_until_it_is_closed(seen: Seen, lock: str) -> None:
    path = seen.folder.submission_folder / lock
    path.touch()
    seen.write(BOOK, "ab")
    seen.after(0)
    assert seen.after(60) == []
    assert not seen.inputs.are_settling
    path.unlink()
    assert seen.after(0) == [seen.folder.root]


def test_one_that_is_open_keeps_no_other_waiting(seen: Seen) -> None:
    (seen.folder.submission_folder / "~$一課.xlsx").touch()
    seen.write(OTHER, "ab")
    seen.after(0)
    assert seen.after(SETTLED) == [seen.folder.root]


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / BOOK).unlink(),
        lambda root: (root / BOOK).rename(root / "提出/改名.xlsx"),
        lambda root: (root / "提出/三課.xlsx").write_text("a", encoding="utf-8"),
        lambda root: (root / "計画.xlsx").write_text("ab", encoding="utf-8"),
        lambda root: (root / "取りまとめ.xlsx").write_text("a", encoding="utf-8"),
    ],
    ids=["gone", "renamed", "new", "plan", "planner's book"],
)
def test_what_makes_a_period_due(seen: Seen, change: Callable[[Path], object]) -> None:
    change(seen.folder.root)
    seen.after(0)
    assert seen.after(SETTLED) == [seen.folder.root]


@pytest.mark.parametrize("name", ["提出/~$一課.xlsx", "提出/1A2B3C4D", "提出/写真.jpg", "返却/一課.xlsx"])
def test_what_does_not(seen: Seen, name: str) -> None:
    (seen.folder.root / "返却").mkdir()
    seen.write(name, "a")
    seen.after(0)
    assert seen.after(60) == []


def test_a_book_that_comes_back_as_it_was_is_no_change(seen: Seen) -> None:
    path = seen.folder.root / BOOK
    path.rename(path.with_suffix(".tmp"))
    assert seen.after(0.1) == []
    path.with_suffix(".tmp").rename(path)
    seen.after(0.1)
    assert seen.after(60) == []


def test_a_period_that_is_gone_is_forgotten(seen: Seen) -> None:
    seen.write(BOOK, "ab")
    seen.inputs.look([], 1000)
    assert seen.inputs.due() == []
    assert seen.inputs.roots == set()
