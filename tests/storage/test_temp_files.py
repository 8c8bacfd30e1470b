"""Temporary files of a run that was killed are cleared; those of a run that goes on, or elsewhere, stay."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kenpo_xl.storage.atomic_write import atomic_write
from kenpo_xl.storage.processes import host_name
from kenpo_xl.storage.temp_files import remove_abandoned_temp_files, temp_name_prefix


@pytest.fixture
def ended() -> int:
    """The number of a process that runs no more."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_what_a_process_left_is_removed(tmp_path: Path, ended: int) -> None:
    left = tmp_path / f".kenpo-{host_name()}-{ended}-x1_y.xlsx"
    left.touch()
    assert remove_abandoned_temp_files(tmp_path) == (left,)
    assert not left.exists()


def test_all_else_stays(tmp_path: Path, ended: int) -> None:
    names = [
        f"{temp_name_prefix()}x.xlsx",
        f".kenpo-other-{ended}-x.xlsx",
        ".kenpo-x.xlsx",
        f"kenpo-{host_name()}-{ended}-x.xlsx",
        "報告.xlsx",
    ]
    for name in names:
        (tmp_path / name).touch()
    assert remove_abandoned_temp_files(tmp_path) == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


def test_a_folder_that_is_not_there_has_none(tmp_path: Path) -> None:
    assert remove_abandoned_temp_files(tmp_path / "報告") == ()


def test_what_is_written_beside_is_called_so(tmp_path: Path) -> None:
    with atomic_write(tmp_path / "報告.xlsx") as beside:
        assert beside.name.startswith(f".kenpo-{host_name()}-{os.getpid()}-")
        assert remove_abandoned_temp_files(tmp_path) == ()
