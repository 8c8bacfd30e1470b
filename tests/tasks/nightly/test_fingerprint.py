"""Whether something seems to have changed in a period folder, before any file is opened."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kenpo_xl.tasks.nightly.fingerprint import may_have_changed
from kenpo_xl.tasks.period.folder import PeriodFolder

BOOK = "提出/業務グループ.xlsm"
OLD = 1_000_000_000


def copied_with_its_time(folder: Path) -> None:
    """As Explorer and rsync copy: the file keeps the time at which it was saved."""
    book = folder / BOOK
    shutil.copy(book, folder / "other")
    os.utime(folder / "other", (OLD, OLD))
    shutil.copy2(folder / "other", book)


CHANGES: dict[str, Callable[[Path], object]] = {
    "saved": lambda folder: (folder / BOOK).write_bytes(b"other"),
    "copied": copied_with_its_time,
    "removed": lambda folder: (folder / BOOK).unlink(),
    "renamed": lambda folder: (folder / BOOK).rename(folder / "提出" / "業務.xlsm"),
    "new": lambda folder: (folder / "提出" / "別.xlsm").touch(),
    "plan": lambda folder: (folder / "計画.xlsx").write_bytes(b"other"),
    "planner": lambda folder: (folder / "取りまとめ.xlsm").touch(),
}


@pytest.fixture
def since(one: Path) -> int:
    """A time after everything in the folder was written."""
    time.sleep(0.02)
    marker = one.parent / "marker"
    marker.touch()
    time.sleep(0.02)
    return marker.stat().st_mtime_ns


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change(one: Path, since: int, change: Callable[[Path], object]) -> None:
    folder = next(path for path in one.iterdir() if path.is_dir())
    change(folder)
    assert may_have_changed(PeriodFolder(folder), since)


def test_no_change(one: Path, since: int) -> None:
    folder = next(path for path in one.iterdir() if path.is_dir())
    assert not may_have_changed(PeriodFolder(folder), since)


def test_a_folder_that_cannot_be_read(tmp_path: Path) -> None:
    assert not may_have_changed(PeriodFolder(tmp_path / "none"), 0)
