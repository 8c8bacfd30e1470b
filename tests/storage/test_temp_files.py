"""Temporary files of a run that was killed are cleared; those of a run that goes on, or elsewhere, stay."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kenpo_xl.storage.atomic_write import atomic_write
from kenpo_xl.storage.processes import this_host
from kenpo_xl.storage.temp_files import clear, prefix


@pytest.fixture
def ended() -> int:
    """The number of a process that runs no more."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_what_a_process_left_is_removed(tmp_path: Path, ended: int) -> None:
    left = tmp_path / f".kenpo-{this_host()}-{ended}-x1_y.xlsx"
    left.touch()
    assert clear(tmp_path) == (left,)
    assert not left.exists()


def test_all_else_stays(tmp_path: Path, ended: int) -> None:
    names = [
        f"{prefix()}x.xlsx",
        f".kenpo-other-{ended}-x.xlsx",
        ".kenpo-x.xlsx",
        f"kenpo-{this_host()}-{ended}-x.xlsx",
        "報告.xlsx",
    ]
    for name in names:
        (tmp_path / name).touch()
    assert clear(tmp_path) == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


def test_a_folder_that_is_not_there_has_none(tmp_path: Path) -> None:
    assert clear(tmp_path / "報告") == ()


def test_what_is_written_beside_is_called_so(tmp_path: Path) -> None:
    with atomic_write(tmp_path / "報告.xlsx") as beside:
        assert beside.name.startswith(f".kenpo-{this_host()}-{os.getpid()}-")
        assert clear(tmp_path) == ()
