"""How a process ends: with its status and all of its output, but without freeing each object."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TextIO

import pytest

START = (
    "import atexit, sys; from kenpo_xl.startup import end_without_freeing\n"
    "atexit.register(print, 'at exit'); print('first', end=', ')\n"
)


def end_of(code: str, stdout: TextIO | int = subprocess.PIPE) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", START + code],
        env={name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},
        stdout=stdout,
        stderr=subprocess.DEVNULL,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout


def test_a_process_ends_at_once_after_all_that_is_done_at_exit() -> None:
    assert end_of("end_without_freeing(3)") == (3, "first, at exit\n")


def test_any_other_process_ends_as_usual() -> None:
    assert end_of("sys.exit(2)") == (2, "first, at exit\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
def test_output_that_is_lost_at_the_end_has_the_status_of_python() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        assert end_of("end_without_freeing(0)", full)[0] == 120
